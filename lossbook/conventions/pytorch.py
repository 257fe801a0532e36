"""PyTorch: the functions of `torch.nn.functional`, whose modules in `torch.nn` do the same.

The prediction comes first, and the default is the mean of all entries.
"""

from functools import partial

from .record import Convention

__all__ = ["CONVENTIONS", "MISSING"]

_torch = partial(Convention, library="PyTorch")
_f = "torch.nn.functional."

CONVENTIONS = (
    _torch("SquaredError()", call=_f + "mse_loss(p, y)"),
    _torch("AbsoluteError()", call=_f + "l1_loss(p, y)", note="the slope at the kink is 0"),
    _torch(
        "Huber(2.0)",
        call=_f + "huber_loss(p, y, delta=2.0)",
        note="delta = 1 by default",
    ),
    _torch(
        "SmoothL1(0.5)",
        call=_f + "smooth_l1_loss(p, y, beta=0.5)",
        note="Huber divided by its threshold; beta = 1 by default, where the two are one; "
        "beta = 0 is the absolute error",
    ),
    _torch(
        "BinaryCrossEntropy()",
        call=_f + "binary_cross_entropy(p, y)",
        takes="probabilities",
        note="logarithms are cut off at −100, so that a sure miss costs 100 and not infinity",
        data="probabilities",
    ),
    _torch(
        "SigmoidCrossEntropy()",
        call=_f + "binary_cross_entropy_with_logits(p, y)",
        takes="logits",
        data="binary",
    ),
    _torch(
        "SigmoidCrossEntropy(pos_weight=3.0)",
        call=_f + "binary_cross_entropy_with_logits(p, y, pos_weight=torch.tensor(3.0))",
        takes="logits",
        note="pos_weight is no part of the denominator",
        data="binary",
    ),
    _torch(
        "SoftmaxCrossEntropy()",
        call=_f + "cross_entropy(p, y)",
        takes="logits",
        note="applies the softmax itself; further axes come after the classes, (n, K, …)",
        data="classes",
    ),
    _torch(
        "SoftmaxCrossEntropy(label_smoothing=0.1)",
        call=_f + "cross_entropy(p, y, label_smoothing=0.1)",
        takes="logits",
        data="classes",
    ),
    _torch(
        "SoftmaxCrossEntropy(class_weight=(1.0, 2.0, 3.0, 4.0))",
        call=_f + "cross_entropy(p, y, weight=torch.tensor([1.0, 2.0, 3.0, 4.0]).double())",
        takes="logits",
        note="weights stand in the denominator too; with probabilities as truth they do not",
        data="classes",
    ),
    _torch(
        "SoftmaxCrossEntropy(ignore_index=-100)",
        call=_f + "cross_entropy(p, y)",
        takes="logits",
        note="ignore_index = −100 by default; a batch of nothing else gives NaN",
        data="ignored",
    ),
    _torch(
        "SoftmaxCrossEntropy()",
        call=_f + "cross_entropy(p, y)",
        takes="logits",
        note="rows of probabilities as truth are taken as they are, whatever their sum",
        data="soft labels",
    ),
    _torch(
        "SoftmaxCrossEntropy()",
        call=_f + "nll_loss(torch.log_softmax(p, dim=1), y)",
        takes="logarithms",
        note="expects log-probabilities: it takes no logarithm itself",
        data="classes",
    ),
    _torch(
        "Poisson()",
        call=_f + "poisson_nll_loss(p, y)",
        ours="(lb.Poisson().pointwise(y, p) + y - y * np.log(np.maximum(y, 1))).mean()",
        scale="+ a term of y",
        takes="logarithms",
        note="leaves out y log y − y; full=True adds Stirling's approximation of log y!",
        data="log means of counts",
    ),
    _torch(
        "Poisson()",
        call=_f + "poisson_nll_loss(torch.exp(p), y, log_input=False)",
        ours="(lb.Poisson().pointwise(y, p) + y - y * np.log(np.maximum(y, 1))).mean()",
        scale="+ a term of y",
        takes="means",
        note="1e-8 is added inside of the logarithm",
        data="log means of counts",
        rtol=1e-6,
    ),
    _torch(
        "GaussianNLL()",
        call=_f + "gaussian_nll_loss(p[:, 0], y, torch.exp(p[:, 1]))",
        takes="mean and variance",
        note="without the constant unless full=True; a variance below eps = 1e-6 by default is "
        "raised to it, while the gradient goes on as if it were not",
        data="mean and log variance",
    ),
    _torch(
        "SoftmaxCrossEntropy()",
        call=_f + "linear_cross_entropy(p, torch.eye(4).double(), y)",
        takes="features",
        note="the layer of weights and the loss in one; the weights here change nothing",
        data="classes",
    ),
    _torch(
        "SigmoidCrossEntropy()",
        call=_f + "multilabel_soft_margin_loss(p, y)",
        takes="logits",
        note="labels 0 and 1; the mean over a row's labels is one value, then the mean of those",
        data="several labels",
    ),
    _torch(
        "Logistic()",
        call=_f + "soft_margin_loss(p, y)",
        note="labels −1 and +1; overflows below a margin of −709",
        data="signs",
    ),
    _torch(
        "MultiMargin()",
        call=_f + "multi_margin_loss(p, y)",
        takes="scores",
        note="divides by the number of classes; p = 1 and margin = 1 by default",
        data="classes",
    ),
    _torch(
        "MultiMargin(p=2, margin=0.5)",
        call=_f + "multi_margin_loss(p, y, p=2, margin=0.5)",
        takes="scores",
        data="classes",
    ),
    _torch(
        "KLDivergence()",
        call=_f + "kl_div(torch.log(p), y)",
        ours="lb.KLDivergence()(y, p) / p.shape[1]",
        scale="÷K",
        takes="logarithms",
        note="the default divides by the number of entries, not of rows, and warns of it",
        data="distributions",
    ),
    _torch(
        "KLDivergence()",
        call=_f + 'kl_div(torch.log(p), y, reduction="batchmean")',
        takes="logarithms",
        note="log_target=True if the truth comes as logarithms too",
        data="distributions",
    ),
    _torch(
        "CosineEmbedding(0.2)",
        call=_f + "cosine_embedding_loss(p[:, 0], p[:, 1], y, margin=0.2)",
        takes="vectors",
        note="margin = 0 by default; 1e-12 is added to squared lengths",
        data="pairs",
        rtol=1e-10,
    ),
    _torch(
        "Triplet(1.0, squared=False)",
        call=_f + "triplet_margin_loss(p[:, 0], p[:, 1], p[:, 2], eps=0.0)",
        takes="vectors",
        note="anchor, positive, negative; eps = 1e-6 by default, added to every difference of "
        "coordinates; plain distances",
        data="triplets",
    ),
    _torch(
        "Triplet(1.0)",
        call=_f + "triplet_margin_with_distance_loss(p[:, 0], p[:, 1], p[:, 2], "
        "distance_function=lambda a, b: (a - b).square().sum(dim=1))",
        takes="vectors",
        note="the default distance is the plain one, with 1e-6 added to every difference",
        data="triplets",
    ),
    _torch(
        "PairwiseHinge(0.5)",
        call=_f + "margin_ranking_loss(p[:, 0], p[:, 1], y, margin=0.5)",
        takes="scores",
        note="margin = 0 by default: equal scores then cost nothing",
        data="scores of pairs",
    ),
    _torch(
        "CTC()",
        call=_f + "ctc_loss(torch.log_softmax(p, dim=2).swapaxes(0, 1), y, frames, labels, "
        'reduction="sum")',
        ours="lb.CTC().pointwise(y, p).sum()",
        reduction="sum",
        takes="logarithms",
        note="(T, n, K), time first; blank = 0 by default; infinite where the labels do not fit",
        data="sequences",
    ),
    _torch(
        "CTC()",
        call=_f + "ctc_loss(torch.log_softmax(p, dim=2).swapaxes(0, 1), y, frames, labels)",
        ours="(lb.CTC().pointwise(y, p) / labels).mean()",
        scale="÷ number of labels",
        takes="logarithms",
        note="by default each sequence is divided by its number of labels, then the mean",
        data="sequences",
    ),
)

MISSING = {
    "AdaptiveLogSoftmaxWithLoss": "a layer with parameters of its own",
    "HingeEmbeddingLoss": "takes distances, where Contrastive takes vectors, and squares none",
    "MultiLabelMarginLoss": "a hinge for each pair of a label that is there and one that is not",
}
