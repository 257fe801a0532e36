"""optax: functions of prediction and target that return a value for each sample or row."""

from functools import partial

from .record import Convention

__all__ = ["CONVENTIONS", "MISSING"]

_optax = partial(Convention, library="optax")
_o = "optax.losses."


def _each(loss, call, data="reals", **more):
    """Describe a function that returns a value for each sample: the rule in optax."""
    return _optax(
        loss,
        call=_o + call,
        data=data,
        **{"ours": f"lb.{loss}.pointwise(y, p)", "reduction": "none", **more},
    )


_REGRESSION = (
    _each("SquaredError()", "squared_error(p, y)"),
    _each("HalfSquaredError()", "l2_loss(p, y)", note="half the squared error"),
    _each("Huber(2.0)", "huber_loss(p, y, delta=2.0)", note="delta = 1 by default"),
    _each("LogCosh()", "log_cosh(p, y)"),
    _each("CosineDistance()", "cosine_distance(p, y)", "matrices", takes="vectors"),
    _each(
        "CosineDistance()",
        "cosine_similarity(p, y)",
        "matrices",
        ours="1 - lb.CosineDistance().pointwise(y, p)",
        scale="1 −",
        takes="vectors",
        note="the cosine itself: more is better",
    ),
)

_CLASSIFICATION = (
    _each("SigmoidCrossEntropy()", "sigmoid_binary_cross_entropy(p, y)", "binary", takes="logits"),
    _each(
        "FocalLoss(alpha=None)",
        "sigmoid_focal_loss(p, y)",
        "binary",
        takes="logits",
        note="alpha = None by default",
    ),
    _each("FocalLoss()", "sigmoid_focal_loss(p, y, alpha=0.25)", "binary", takes="logits"),
    _each("Hinge()", "hinge_loss(p, y)", "signs", note="labels −1 and +1"),
    _each("Perceptron()", "perceptron_loss(p, y)", "signs", note="labels −1 and +1"),
    _each(
        "SoftmaxCrossEntropy()",
        "softmax_cross_entropy_with_integer_labels(p, y)",
        "classes",
        takes="logits",
    ),
    _each(
        "SoftmaxCrossEntropy()",
        "softmax_cross_entropy(p, y)",
        "soft labels",
        takes="logits",
        note="rows as truth, taken as they are, whatever their sum",
    ),
    _each(
        "SoftmaxCrossEntropy()",
        "safe_softmax_cross_entropy(p, y)",
        "one-hot",
        takes="logits",
        note="a logit of −∞ where the truth is 0 does no harm",
    ),
    _each(
        "SoftmaxCrossEntropy()",
        "make_fenchel_young_loss(jax.nn.logsumexp)(p, y)",
        "one-hot",
        takes="scores",
        note="makes a loss from a maximum; this one makes the cross-entropy",
    ),
    _each(
        "SoftmaxPolyCrossEntropy(2.0)",
        "poly_loss_cross_entropy(p, jax.nn.one_hot(y, 4))",
        "classes",
        takes="logits",
        note="rows as truth; epsilon = 2 by default",
    ),
    _each("MulticlassHinge()", "multiclass_hinge_loss(p, y)", "classes", takes="scores"),
)

_DISTRIBUTIONS = (
    _each(
        "KLDivergence()",
        "kl_divergence(jnp.log(p), y)",
        "distributions",
        takes="logarithms",
        note="y log(y/p) summed over a row; the logarithm is that of the prediction alone",
    ),
    _each(
        "KLDivergence()",
        "kl_divergence_with_log_targets(jnp.log(p), jnp.log(y))",
        "distributions",
        takes="logarithms",
    ),
    _each(
        "GeneralizedKL()",
        "generalized_kl_divergence(jnp.log(p), y)",
        "rows of counts",
        ours="lb.GeneralizedKL().pointwise(y, p).sum(axis=-1)",
        reduction="sum over the last axis",
        takes="logarithms",
        note="y log(y/p) − y + p, for rows that need not sum to 1",
    ),
)

_STRUCTURED = (
    _each(
        "Dice(2.0)",
        "binary_dice_loss(jax.scipy.special.logit(p), y)",
        "masks",
        takes="logits",
        note="smooth counts twice: its 1 is our 2; applies the sigmoid unless told not to",
    ),
    _each(
        "Tversky(0.3, 0.7)",
        "dice_loss(jax.scipy.special.logit(p)[..., None], y[..., None], alpha=0.3, beta=0.7)",
        "masks",
        takes="logits",
        note="channels last; sigmoid of one channel, softmax of several, then the mean of them",
    ),
    _each(
        "Triplet(1.0, squared=False)",
        "triplet_margin_loss(p[:, 0], p[:, 1], p[:, 2], eps=0.0)",
        "triplets",
        takes="vectors",
        note="eps = 1e-6 by default, added to the squared distance before the root",
    ),
    _optax(
        "SupervisedContrastive(0.07)",
        call=_o + "ntxent(p, y)",
        reduction="whole batch",
        takes="vectors",
        note="the same where every label occurs twice; of more, each pair meets the others alone",
        data="views",
    ),
    _optax(
        'ListSoftmax("share")',
        call=_o + "ranking_softmax_loss(p, y)",
        takes="scores",
        note="relevance is taken as it is, not divided by its sum",
        data="soft labels",
    ),
    _each(
        "CTC()",
        "ctc_loss(p, jnp.zeros(p.shape[:2]), jnp.maximum(y, 0), (y < 0).astype(float))",
        "sequences",
        takes="logits",
        note="what is padding is said by arrays of 1; blank_id = 0 by default",
    ),
)

CONVENTIONS = _REGRESSION + _CLASSIFICATION + _DISTRIBUTIONS + _STRUCTURED

MISSING = {
    "multiclass_perceptron_loss": "MulticlassHinge without its margin",
    "sparsemax_loss": "the logistic loss of a projection onto the simplex in the place of softmax",
    "multiclass_sparsemax_loss": "the same of K classes",
    "convex_kl_divergence": "the deprecated name of generalized_kl_divergence",
    "ctc_loss_with_forward_probs": "ctc_loss, which also returns what it computed on the way",
    "multiclass_generalized_dice_loss": "Dice losses of classes, weighed by their areas in the "
    "whole batch",
    "smooth_labels": "no loss: label_smoothing of the cross-entropies",
}
