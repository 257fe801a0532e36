"""Typical mistakes, written once and derived from the reference.

A mistake is a function that turns the right answer into a wrong one.  ``sign reversed`` is
``lambda reference: lambda *args: -reference(*args)``, for every gradient there is.  If a
reader's outputs equal the mistake's on every test input, the reader made that mistake, or one
that cannot be told from it.

Three ways to write one, from short to free:

* ``of_result(name, explanation, lambda result, *args: ...)`` changes the right result;
* ``of_arguments(name, explanation, lambda *args: ...)`` gives the reference other arguments;
* ``instead(name, explanation, function)`` is a wrong function in full.

The families belong to the kinds of ``kinds.py``; those of steps and loops are in
``step_mistakes.py``.  The single mistakes below them,
such as ``ABSOLUTE_FORGOTTEN``, make sense for some exercises only: add them by name.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from lossbook.exercises._mistake import Mistake, instead, of_arguments, of_result, scaled

# --- helpers: in every kind with data, args[1] has one row per sample --------------------------


def _n(args: tuple) -> int:
    return len(args[1])


def _columns(args: tuple, otherwise: float = 1) -> float:
    """Return the number of columns of the first matrix among the arguments."""
    return next((a.shape[1] for a in args if np.ndim(a) == 2), otherwise)


def _every_pair(reference: Callable) -> Callable:
    """Return the mean loss over all n × n pairs, as broadcasting a column against a row does."""

    def wrong(y_true, y_pred, *rest):
        i, j = np.divmod(np.arange(len(y_pred) ** 2), len(y_pred))
        return reference(y_true[i], y_pred[j], *rest)

    return wrong


def _sample_by_sample(reference: Callable) -> Callable:
    """Return the reference on each sample alone: what is left when no mean is taken."""

    def wrong(y_true, y_pred, *rest):
        samples = [slice(i, i + 1) for i in range(len(y_pred))]
        return np.array([reference(y_true[s], y_pred[s], *rest) for s in samples])

    return wrong


def _share_of(chosen: Callable[[int], slice]) -> Callable:
    """Return the transform to the samples chosen, added up and divided by the number of all."""

    def transform(reference: Callable) -> Callable:
        def wrong(y_true, y_pred, *rest):
            n = len(y_pred)
            few = chosen(n)
            count = len(range(n)[few])
            return reference(y_true[few], y_pred[few], *rest) * count / n if count else 0.0

        return wrong

    return transform


# --- families ----------------------------------------------------------------------------------

TWICE = scaled(
    "½ forgotten",
    "Your answer is twice the right one everywhere. Look for a forgotten ½, or for a factor 2 "
    "that does not belong there.",
    2,
)
HALF = scaled(
    "factor 2 forgotten",
    "Your answer is half the right one everywhere. Look for a forgotten factor 2 (the derivative "
    "of r² is 2r), or for a ½ that is not in this definition.",
    0.5,
)
HALF_VALUE = scaled(
    "half as large",
    "Your answer is half the right one everywhere. Look for a ½ that is not in this definition.",
    0.5,
)
SUM = of_result(
    "sum instead of mean",
    "The 1/n is missing: your answer is n times the right one, so it grows with the size of the "
    "batch. Divide by the number of samples.",
    lambda result, *args: result * _n(args),
)
MEAN_TWICE = of_result(
    "divided by n twice",
    "Your answer is the right one divided by n once more. If you use `np.mean`, do not divide "
    "again.",
    lambda result, *args: result / _n(args),
)
MEAN_UNASKED = of_result(
    "divided by n",
    "You divide by n. Here the answer is per sample: each number stands for itself, whatever the "
    "size of the batch.",
    lambda result, *args: result / _n(args),
)
N_MINUS_ONE = of_result(
    "n − 1 instead of n",
    "You divide by n − 1. That is the correction for an estimated variance; a mean loss divides "
    "by n, and must work for a single sample.",
    lambda result, *args: result * _n(args) / (_n(args) - 1),
)
COLUMNS_TOO = of_result(
    "divided by the columns too",
    "You divide by the number of columns as well as by the number of rows. The mean is over the "
    "samples, the rows, only. (`np.mean` without `axis` takes all elements.)",
    lambda result, *args: result / _columns(args),
)
COLUMNS_INSTEAD = of_result(
    "columns instead of rows",
    "You divide by the number of columns. The mean is over the samples, the rows.",
    lambda result, *args: result * _n(args) / _columns(args, otherwise=np.nan),
)
SWAPPED = of_arguments(
    "arguments swapped",
    "You have taken the predictions for the truth, and the truth for the predictions. The truth "
    "is the first argument.",
    lambda y_true, y_pred, *rest: (y_pred, y_true, *rest),
)
NEGATIVE_VALUE = scaled(
    "sign reversed",
    "Your loss has the right size and the wrong sign. A loss is what we make small: better "
    "predictions must give smaller values.",
    -1,
)
GRADIENT_SIGN = scaled(
    "sign reversed",
    "Your gradient has the right size and the wrong sign. Differentiate with respect to the "
    "prediction, not the truth: the derivative of ŷ − y with respect to ŷ is +1. A step against "
    "your gradient would climb.",
    -1,
)
ALL_PAIRS = Mistake(
    "(n,) against (n, 1)",
    "You average over all n × n pairs of a truth and a prediction. A column (n, 1) minus a row "
    "(n,) broadcasts to an n × n table; keep both of shape (n,).",
    _every_pair,
)
NOT_AVERAGED = Mistake(
    "mean not taken",
    "You return the loss of each sample. Here one number is due: their mean.",
    _sample_by_sample,
)

FIRST_ONLY = Mistake(
    "first sample only",
    "Only the first sample counts. Is the `return` inside the loop?",
    _share_of(lambda n: slice(0, 1)),
)
LAST_ONLY = Mistake(
    "last sample only",
    "Only the last sample counts. Does the loop overwrite its sum, with `=` instead of `+=`, or "
    "set it back to 0 in every turn?",
    _share_of(lambda n: slice(n - 1, n)),
)
LAST_LEFT_OUT = Mistake(
    "last sample left out",
    "The last sample is missing from your sum. `range(n)` ends before `n` by itself.",
    _share_of(lambda n: slice(0, n - 1)),
)

# The same where the loss is not one of a residual, so that there is no ŷ − y, no r² and no ½.
TWICE_ELSEWHERE = replace(
    TWICE,
    name="twice as large",
    explanation="Your answer is twice the right one everywhere. Look for a factor 2 that does not "
    "belong there.",
)
HALF_ELSEWHERE = replace(
    HALF,
    name="half as large",
    explanation="Your answer is half the right one everywhere. Look for a ½ that does not belong "
    "there, or for a forgotten factor 2.",
)
SIGN_ELSEWHERE = replace(
    GRADIENT_SIGN,
    explanation="Your gradient has the right size and the wrong sign: a step against it would "
    "climb. Where a larger prediction lowers the loss, the derivative is negative.",
)
_ELSEWHERE = {TWICE: TWICE_ELSEWHERE, HALF: HALF_ELSEWHERE, GRADIENT_SIGN: SIGN_ELSEWHERE}


def without_residual(family: tuple[Mistake, ...]) -> tuple[Mistake, ...]:
    """Return the mistakes in words that are true of a loss that is not one of a residual."""
    return tuple(_ELSEWHERE.get(mistake, mistake) for mistake in family)


VALUE = (NEGATIVE_VALUE, TWICE, HALF_VALUE)
VALUE_OF_MEAN = (
    SUM,
    MEAN_TWICE,
    N_MINUS_ONE,
    NOT_AVERAGED,
    ALL_PAIRS,
    COLUMNS_TOO,
    FIRST_ONLY,
    LAST_ONLY,
    LAST_LEFT_OUT,
)
GRADIENT = (GRADIENT_SIGN, TWICE, HALF)
GRADIENT_OF_MEAN = (SUM, MEAN_TWICE, N_MINUS_ONE, COLUMNS_TOO, COLUMNS_INSTEAD)

# --- single mistakes, to be added to an exercise by name ---------------------------------------

ROOT_TAKEN = of_result(
    "square root taken",
    "You return the square root of the right value. That is another measure (the root of the "
    "mean squared error is called RMSE).",
    lambda result, *args: np.sqrt(result),
)
ROOT_FORGOTTEN = of_result(
    "square root forgotten",
    "You return the square of the right value: a square root is still to be taken.",
    lambda result, *args: result**2,
)
ABSOLUTE_FORGOTTEN = instead(
    "absolute value forgotten",
    "You average the residuals with their signs, so that errors in opposite directions cancel. "
    "Take the absolute value of each first.",
    lambda y_true, y_pred, *rest: np.mean(y_pred - y_true),
)
ABSOLUTE_AFTER_MEAN = instead(
    "absolute value after the mean",
    "You take the absolute value of the mean residual: errors in opposite directions have "
    "already cancelled. Take the absolute value of each first, then the mean.",
    lambda y_true, y_pred, *rest: np.abs(np.mean(y_pred - y_true)),
)
SQUARE_AFTER_MEAN = instead(
    "square after the mean",
    "You square the mean residual: errors in opposite directions have already cancelled. Square "
    "each first, then take the mean.",
    lambda y_true, y_pred, *rest: np.mean(y_pred - y_true) ** 2,
)
SQUARE_FORGOTTEN = instead(
    "square forgotten",
    "You average the residuals with their signs, so that errors in opposite directions cancel. "
    "Square each first.",
    lambda y_true, y_pred, *rest: np.mean(y_pred - y_true),
)
SQUARED_INSTEAD = instead(
    "squared instead of absolute error",
    "This is the mean of the squared errors; the absolute ones are asked for.",
    lambda y_true, y_pred, *rest: np.mean((y_pred - y_true) ** 2),
)
ABSOLUTE_INSTEAD = instead(
    "absolute instead of squared error",
    "This is the mean of the absolute errors; the squared ones are asked for.",
    lambda y_true, y_pred, *rest: np.mean(np.abs(y_pred - y_true)),
)
