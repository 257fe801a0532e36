"""Keras: the classes of `keras.losses`, truth first.

The lower-case functions beside them return one value a row, the mean over the last axis; the
classes take the mean of those.  Where a logarithm or a quotient could be infinite, Keras first adds
or cuts off at its epsilon, 1e-7.
"""

from functools import partial

from .record import Convention

__all__ = ["CONVENTIONS", "MISSING"]

_keras = partial(Convention, library="Keras", order="truth first")
_k = "keras.losses."

_REGRESSION = (
    _keras("SquaredError()", call=_k + "MeanSquaredError()(y, p)"),
    _keras(
        "SquaredError()",
        call=_k + "mean_squared_error(y, p)",
        ours="lb.SquaredError().pointwise(y, p).mean(axis=-1)",
        reduction="mean over the last axis",
        note="as all lower-case functions: one value a row",
        data="matrices",
    ),
    _keras(
        "SquaredError()",
        call=_k + 'MeanSquaredError(reduction="sum")(y, p)',
        ours="lb.SquaredError().pointwise(y, p).mean(axis=-1).sum()",
        reduction="sum",
        note="the sum over rows of the mean over the last axis",
        data="matrices",
    ),
    _keras("AbsoluteError()", call=_k + "MeanAbsoluteError()(y, p)"),
    _keras(
        "AbsolutePercentageError()",
        call=_k + "MeanAbsolutePercentageError()(y, p)",
        ours="100 * lb.AbsolutePercentageError()(y, p)",
        scale="×100",
        note="per cent; a truth nearer to 0 than 1e-7 counts as 1e-7",
        data="positive",
    ),
    _keras(
        "SquaredLogError()",
        call=_k + "MeanSquaredLogarithmicError()(y, p)",
        note="what is below 1e-7 counts as 1e-7",
        data="positive",
    ),
    _keras(
        "Poisson()",
        call=_k + "Poisson()(y, keras.ops.exp(p))",
        ours="(lb.Poisson().pointwise(y, p) + y - y * np.log(np.maximum(y, 1))).mean()",
        scale="+ a term of y",
        takes="means",
        note="leaves out y log y − y; 1e-7 is added inside of the logarithm",
        data="log means of counts",
        rtol=1e-6,
    ),
    _keras("Huber(2.0)", call=_k + "Huber(delta=2.0)(y, p)", note="delta = 1 by default"),
    _keras("LogCosh()", call=_k + "LogCosh()(y, p)", note="log 2 is a float32 inside", rtol=1e-7),
)

_CLASSIFICATION = (
    _keras(
        "BinaryCrossEntropy()",
        call=_k + "BinaryCrossentropy()(y, p)",
        takes="probabilities",
        note="probabilities unless from_logits=True; cut off at 1e-7 from 0 and 1",
        data="probabilities",
    ),
    _keras(
        "SigmoidCrossEntropy()",
        call=_k + "BinaryCrossentropy(from_logits=True)(y, p)",
        takes="logits",
        data="binary",
    ),
    _keras(
        "SigmoidCrossEntropy(label_smoothing=0.1)",
        call=_k + "BinaryCrossentropy(from_logits=True, label_smoothing=0.1)(y, p)",
        takes="logits",
        data="binary",
    ),
    _keras(
        "FocalLoss(alpha=None)",
        call=_k + "BinaryFocalCrossentropy(from_logits=True)(y, p)",
        takes="logits",
        note="its alpha = 0.25 counts only with apply_class_balancing=True",
        data="binary",
    ),
    _keras(
        "FocalLoss()",
        call=_k + "BinaryFocalCrossentropy(apply_class_balancing=True, from_logits=True)(y, p)",
        takes="logits",
        data="binary",
    ),
    _keras(
        "CategoricalCrossEntropy()",
        call=_k + "SparseCategoricalCrossentropy()(y, p)",
        takes="probabilities",
        note="integer labels; cut off at 1e-7",
        data="class probabilities",
    ),
    _keras(
        "SoftmaxCrossEntropy()",
        call=_k + "SparseCategoricalCrossentropy(from_logits=True)(y, p)",
        takes="logits",
        note="integer labels; ignored ones by ignore_class",
        data="classes",
    ),
    _keras(
        "CategoricalCrossEntropy()",
        call=_k + "CategoricalCrossentropy()(y, p)",
        takes="probabilities",
        note="rows as truth; probabilities are divided by their sum and cut off at 1e-7",
        data="distributions",
    ),
    _keras(
        "SoftmaxCrossEntropy(label_smoothing=0.1)",
        call=_k + "CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)(y, p)",
        takes="logits",
        note="rows as truth; probabilities unless from_logits=True",
        data="one-hot",
    ),
    _keras(
        "SoftmaxFocalLoss()",
        call=_k + "CategoricalFocalCrossentropy(from_logits=True)(keras.ops.one_hot(y, 4), p)",
        ours="lb.SoftmaxFocalLoss()(y, p) / 4",
        scale="÷4",
        takes="logits",
        note="alpha = 0.25 by default, for every class",
        data="classes",
    ),
    _keras(
        "GeneralizedCrossEntropy(0.7)",
        call=_k + "CategoricalGeneralizedCrossEntropy(q=0.7)(y, keras.ops.softmax(p))",
        takes="probabilities",
        note="integer labels; q = 0.5 by default",
        data="classes",
    ),
    _keras("Hinge()", call=_k + "Hinge()(y, p)", note="labels 0 and 1 become ±1", data="signs"),
    _keras(
        "SquaredHinge()",
        call=_k + "SquaredHinge()(y, p)",
        note="labels 0 and 1 become ±1",
        data="signs",
    ),
    _keras(
        "MulticlassHinge()",
        call=_k + "CategoricalHinge()(keras.ops.one_hot(y, 4), p)",
        takes="scores",
        note="rows as truth; where all other scores are negative, the rival's counts as 0",
        data="positive scores",
    ),
)

_STRUCTURED = (
    _keras(
        "KLDivergence()",
        call=_k + "KLDivergence()(y, p)",
        takes="probabilities",
        note="y log(y/p) summed over a row; both cut off at 1e-7",
        data="distributions",
    ),
    _keras(
        "CosineDistance()",
        call=_k + "CosineSimilarity()(y, p)",
        ours="lb.CosineDistance()(y, p) - 1",
        scale="− 1",
        takes="vectors",
        note="the negative cosine: −1 is best",
        data="matrices",
    ),
    _keras(
        "Dice(1e-100)",
        call=_k + "Dice()(y, p)",
        ours="lb.Dice(1e-100)(y[None], p[None])",
        reduction="whole batch",
        takes="probabilities",
        note="the whole batch is one mask unless axis is given; 1e-7 is added below only",
        data="masks",
        rtol=1e-6,
    ),
    _keras(
        "Dice(1e-100)",
        call=_k + "Dice(axis=1)(y, p)",
        takes="probabilities",
        note="axis: those of a mask, so that each has its own value",
        data="masks",
        rtol=1e-6,
    ),
    _keras(
        "Tversky(0.3, 0.7, 1e-100)",
        call=_k + "Tversky(alpha=0.7, beta=0.3, axis=1)(y, p)",
        takes="probabilities",
        note="alpha weighs what is missing, beta what is too much: the other way round",
        data="masks",
        rtol=1e-6,
    ),
    _keras(
        "CTC()",
        call=_k + "CTC()(keras.ops.maximum(y, 0), p)",
        takes="logits",
        note="labels are padded with 0, the blank; computed in float32",
        data="sequences",
        rtol=1e-5,
    ),
)

CONVENTIONS = _REGRESSION + _CLASSIFICATION + _STRUCTURED

MISSING = {
    "Circle": "a loss of all pairs of a batch with a weight for each, for unit vectors",
}
