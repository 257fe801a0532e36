"""scikit-learn: metrics, the losses of its trees and linear models, and those of SGD.

A metric takes the truth first and returns the mean.  The classes of `sklearn._loss`, which boosted
trees and generalised linear models minimise, return a value for each sample.
"""

from functools import partial

from .record import Convention

__all__ = ["CONVENTIONS", "MISSING"]

_library = partial(Convention, library="scikit-learn", order="truth first")


def _metric(loss, call, **more):
    return _library(loss, call=f"sklearn.metrics.{call}", **more)


def _loss(loss, call, ours="{}", arguments="y, p", **more):
    """Describe a class of `sklearn._loss`, by its methods `loss` and `gradient`."""
    return _library(
        loss,
        call=f"sklearn._loss.{call}.loss({arguments})",
        gradient=f"sklearn._loss.{call}.gradient({arguments})",
        ours=ours.format(f"lb.{loss}.pointwise(y, p)"),
        reduction="none",
        **more,
    )


def _sgd(loss, name, arguments="", **more):
    """Describe a loss of SGDClassifier or SGDRegressor, which compute one sample at a time."""
    made = f"sklearn.linear_model.SGDClassifier.loss_functions[{name!r}][0]({arguments})"
    return _library(
        loss,
        **{
            "call": f"np.vectorize({made}.py_loss)(p, y)",
            "gradient": f"np.vectorize({made}.py_dloss)(p, y)",
            "ours": f"lb.{loss}.pointwise(y, p)",
            "order": "prediction first",
            "reduction": "none",
            **more,
        },
    )


_CONSTANT = "+ a term of y"
_METRICS = (
    _metric("SquaredError()", "mean_squared_error(y, p)"),
    _metric(
        "SquaredError()",
        "root_mean_squared_error(y, p)",
        ours="np.sqrt(lb.SquaredError()(y, p))",
        scale="√",
        reduction="root of the mean",
        note="of several outputs, the mean of their roots",
    ),
    _metric("AbsoluteError()", "mean_absolute_error(y, p)"),
    _metric(
        "AbsoluteError()",
        "median_absolute_error(y, p)",
        ours="np.median(lb.AbsoluteError().pointwise(y, p))",
        reduction="median",
    ),
    _metric(
        "AbsoluteError()",
        "max_error(y, p)",
        ours="lb.AbsoluteError().pointwise(y, p).max()",
        reduction="maximum",
    ),
    _metric(
        "AbsolutePercentageError()",
        "mean_absolute_percentage_error(y, p)",
        note="a fraction, not per cent; a truth of 0 is replaced by 2.2e-16",
        data="positive",
    ),
    _metric("SquaredLogError()", "mean_squared_log_error(y, p)", data="positive"),
    _metric(
        "SquaredLogError()",
        "root_mean_squared_log_error(y, p)",
        ours="np.sqrt(lb.SquaredLogError()(y, p))",
        scale="√",
        reduction="root of the mean",
        data="positive",
    ),
    _metric(
        "Quantile(0.9)",
        "mean_pinball_loss(y, p, alpha=0.9)",
        note="alpha is the quantile; alpha = 0.5 by default, half the absolute error",
    ),
    _metric(
        "Poisson()",
        "mean_poisson_deviance(y, np.exp(p))",
        ours="2 * lb.Poisson()(y, p)",
        scale="×2",
        takes="means",
        data="log means of counts",
    ),
    _metric(
        "Gamma()",
        "mean_gamma_deviance(y, np.exp(p))",
        ours="2 * lb.Gamma()(y, p)",
        scale="×2",
        takes="means",
        data="log means",
    ),
    _metric(
        "Tweedie(1.5)",
        "mean_tweedie_deviance(y, np.exp(p), power=1.5)",
        ours="2 * lb.Tweedie(1.5)(y, p)",
        scale="×2",
        takes="means",
        note="power = 0 by default: the squared error",
        data="log means",
    ),
    _metric(
        "BinaryCrossEntropy()",
        "log_loss(y, p)",
        takes="probabilities",
        note="cut off at 2.2e-16 from 0 and 1; needs labels= if a class does not occur",
        data="probabilities",
    ),
    _metric(
        "CategoricalCrossEntropy()",
        "log_loss(y, p)",
        takes="probabilities",
        note="cut off at 2.2e-16; the columns are the classes in sorted order",
        data="class probabilities",
    ),
    _metric(
        "Brier()",
        "brier_score_loss(y, p)",
        takes="probabilities",
        note="of class 1 alone; 0 to 2 with scale_by_half=False",
        data="probabilities",
    ),
    _metric(
        "MulticlassBrier()",
        "brier_score_loss(y, p)",
        takes="probabilities",
        note="0 to 2; of two classes it is half of that, unless scale_by_half=False",
        data="class probabilities",
    ),
    _metric(
        "ZeroOne()",
        "zero_one_loss(y, np.sign(p))",
        takes="decisions",
        note="any labels will do",
        data="signs",
    ),
    _metric(
        "ZeroOne()",
        "hamming_loss(y, np.sign(p))",
        takes="decisions",
        note="of several labels a row, the share of wrong ones; zero_one_loss that of wrong rows",
        data="signs",
    ),
    _metric(
        "Hinge()",
        "hinge_loss(y, p)",
        note="any two labels will do: the larger one is +1",
        data="signs",
    ),
    _metric("MulticlassHinge()", "hinge_loss(y, p)", takes="scores", data="classes"),
)

_LOSSES = (
    _loss("HalfSquaredError()", "HalfSquaredError()"),
    _loss("AbsoluteError()", "AbsoluteError()", note="the slope at the kink is −1"),
    _loss("Quantile(0.9)", "PinballLoss(quantile=0.9)"),
    _loss(
        "Huber(2.0)",
        "HuberLoss(delta=2.0)",
        note="while a tree is boosted, delta becomes a quantile (0.9) of the absolute residuals",
    ),
    _loss(
        "Poisson()",
        "HalfPoissonLoss()",
        "{} + y - y * np.log(np.maximum(y, 1))",
        scale=_CONSTANT,
        takes="logarithms",
        note="leaves out y log y − y",
        data="log means of counts",
    ),
    _loss(
        "Gamma()",
        "HalfGammaLoss()",
        "{} + np.log(y) + 1",
        scale=_CONSTANT,
        takes="logarithms",
        note="leaves out −log y − 1",
        data="log means",
    ),
    _loss(
        "Tweedie(1.5)",
        "HalfTweedieLoss(power=1.5)",
        "{} + 4 * np.sqrt(y)",
        scale=_CONSTANT,
        takes="logarithms",
        note="leaves out the term of y alone",
        data="log means",
    ),
    _library(
        "Tweedie(1.5)",
        call="sklearn._loss.HalfTweedieLossIdentity(power=1.5).loss(y, np.exp(p))",
        gradient="np.exp(p)"
        " * sklearn._loss.HalfTweedieLossIdentity(power=1.5).gradient(y, np.exp(p))",
        ours="lb.Tweedie(1.5).pointwise(y, p)",
        reduction="none",
        takes="means",
        note="keeps the term of y alone, which HalfTweedieLoss leaves out",
        data="log means",
    ),
    _loss(
        "SigmoidCrossEntropy()",
        "HalfBinomialLoss()",
        takes="logits",
        note="half the binomial deviance is the cross-entropy, not half of it",
        data="binary",
    ),
    _loss(
        "Exponential()",
        "loss.ExponentialLoss()",
        arguments="(y + 1) / 2, p",
        takes="half the log-odds",
        note='labels 0 and 1; that of GradientBoostingClassifier(loss="exponential")',
        data="signs",
    ),
    _loss(
        "SoftmaxCrossEntropy()",
        "HalfMultinomialLoss(n_classes=4)",
        arguments="y.astype(float), p",
        takes="logits",
        note="half the multinomial deviance is the cross-entropy, not half of it",
        data="classes",
    ),
)

_SGD = (
    _sgd("Hinge()", "hinge", "1.0", data="signs"),
    _sgd("SquaredHinge()", "squared_hinge", "1.0", data="signs"),
    _sgd("Perceptron()", "perceptron", "0.0", data="signs", note="a hinge that asks for 0"),
    _sgd("ModifiedHuber()", "modified_huber", data="signs"),
    _sgd("EpsilonInsensitive(0.1)", "epsilon_insensitive", "0.1"),
    _sgd("SquaredEpsilonInsensitive(0.1)", "squared_epsilon_insensitive", "0.1"),
)

CONVENTIONS = _METRICS + _LOSSES + _SGD

_SCORE = "a score, 1 less a loss over that of the best constant: more is better"
_COUNT = "counts errors of ranks: its slope is 0 wherever it has one"
_TWIN = "the same loss for arrays of other libraries"
MISSING = {
    "r2_score": _SCORE,
    "explained_variance_score": _SCORE,
    "d2_tweedie_score": _SCORE,
    "d2_pinball_score": _SCORE,
    "d2_absolute_error_score": _SCORE,
    "d2_log_loss_score": _SCORE,
    "coverage_error": _COUNT,
    "label_ranking_loss": _COUNT,
    "HalfBinomialLossArrayAPI": _TWIN,
    "HalfMultinomialLossArrayAPI": _TWIN,
}
