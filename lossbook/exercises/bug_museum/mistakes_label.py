"""The pieces of rooms 5 and 9 of *The bug museum*, and repairs that do not last."""

import numpy as np

from lossbook.exercises._mistake import instead


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _surprises(y, p):
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


def _squeezed(z):
    low, high = np.min(z), np.max(z)
    return (z - low) / (high - low)


PROBABILITY = (
    instead(
        "the museum's piece",
        "That is still the museum's piece: it is NaN as soon as one output lies below 0 or above "
        "1.",
        lambda w, X, y: np.mean(_surprises(y, X @ w)),
    ),
    *(
        instead(
            f"output clipped at {eps:g}",
            f"You cut the line's output off at {eps:g} and 1 − {eps:g}. NaN is gone, but an output "
            "of 2 now counts as much as one of 200, and the cut pulls at nothing. Let a sigmoid "
            "make a probability of every number.",
            lambda w, X, y, eps=eps: np.mean(_surprises(y, np.clip(X @ w, eps, 1 - eps))),
        )
        for eps in (1e-3, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)
    ),
    *(
        instead(
            f"sigmoid, then clipped at {eps:g}",
            f"The sigmoid is there, and each of its values lies between 0 and 1 as it is. Your "
            f"clip at {eps:g} makes the loss of a sample that is surely wrong a constant.",
            lambda w, X, y, eps=eps: np.mean(_surprises(y, np.clip(_sigmoid(X @ w), eps, 1 - eps))),
        )
        for eps in (1e-3, 1e-5, 1e-6, 1e-7, 1e-8)
    ),
    instead(
        "absolute values",
        "You take absolute values before the logarithms. NaN is gone, and with it the sense: an "
        "output of −5 now counts as one of 5, and both give a negative loss.",
        lambda w, X, y: -np.mean(y * np.log(np.abs(X @ w)) + (1 - y) * np.log(np.abs(1 - X @ w))),
    ),
    instead(
        "NaN left out of the mean",
        "You leave the NaN out of the mean. Those are the samples that were most wrong or most "
        "sure: the loss now looks away from them.",
        lambda w, X, y: np.nanmean(_surprises(y, X @ w)),
    ),
    instead(
        "NaN set to 0",
        "You count each NaN as 0, as if that sample were perfect. Those are samples whose output "
        "is no probability.",
        lambda w, X, y: np.mean(np.nan_to_num(_surprises(y, X @ w))),
    ),
    instead(
        "squeezed by the batch",
        "You squeeze the outputs of the batch between 0 and 1, so that the forecast for one sample "
        "depends on the others, and the two at the ends are 0 and 1. Use a function of z alone.",
        lambda w, X, y: np.mean(_surprises(y, _squeezed(X @ w))),
    ),
    instead(
        "sigmoid of −z",
        "Your probability falls where the output rises: it is that of class 0. The sigmoid has a "
        "minus in its exponent, 1 / (1 + exp(−z)).",
        lambda w, X, y: np.mean(_surprises(y, _sigmoid(-(X @ w)))),
    ),
    instead(
        "tanh for a sigmoid",
        "You move the tanh between 0 and 1. That is a sigmoid too, but of 2 z: the forecasts are "
        "too sure.",
        lambda w, X, y: np.mean(_surprises(y, (1 + np.tanh(X @ w)) / 2)),
    ),
    instead(
        "exponential for a sigmoid",
        "You take exp(z) for the probability. It is positive, as the first logarithm wants, and "
        "above 1 for a positive output, where the second one fails.",
        lambda w, X, y: np.mean(_surprises(y, np.exp(X @ w))),
    ),
    instead(
        "class 1 alone pays",
        "A sample of class 0 costs nothing: the second term, (1 − y) log(1 − p), is missing.",
        lambda w, X, y: np.mean(y * np.logaddexp(0, -(X @ w))),
    ),
    instead(
        "squared error of the probability",
        "The sigmoid is there, the logarithms are gone: this is the squared error of the "
        "probability. A sample that is surely wrong then pulls at almost nothing.",
        lambda w, X, y: np.mean((_sigmoid(X @ w) - y) ** 2),
    ),
)


def _hinge(margin):
    return np.mean(np.maximum(0, 1 - margin))


LABELS = (
    instead(
        "the museum's piece",
        "That is still the museum's piece: a sample of class 0 costs 1, whatever its score is.",
        lambda y, z: _hinge(y * z),
    ),
    instead(
        "class 0 left out",
        "You have thrown the samples of class 0 out of the mean. They pulled at nothing before, "
        "and do so now.",
        lambda y, z: np.maximum(0, 1 - z)[y == 1].mean(),
    ),
    instead(
        "class 0 free",
        "A sample of class 0 now costs 0, and pulls at nothing still. It has to pay for a score "
        "that is too high.",
        lambda y, z: np.mean(y * np.maximum(0, 1 - z)),
    ),
    instead(
        "labels −½ and +½",
        "Your labels are −½ and +½: both classes count, but every margin is half as wide. The "
        "labels are −1 and +1.",
        lambda y, z: _hinge((y - 0.5) * z),
    ),
    instead(
        "labels −1 and 0",
        "You subtract 1. Now class 0 is right, with the label −1, and class 1 has the label 0: the "
        "bug has changed sides.",
        lambda y, z: _hinge((y - 1) * z),
    ),
    instead(
        "labels 0 and 2",
        "You double the labels. Twice 0 is still 0: subtract 1 as well.",
        lambda y, z: _hinge(2 * y * z),
    ),
    instead(
        "labels 1 and 2",
        "You add 1 to the labels. Both are positive now, so every sample pulls its score up. Class "
        "0 has to pull down.",
        lambda y, z: _hinge((y + 1) * z),
    ),
    instead(
        "classes exchanged",
        "Your labels are +1 for class 0 and −1 for class 1. The other way round: 2 y − 1.",
        lambda y, z: _hinge((1 - 2 * y) * z),
    ),
    instead(
        "all taken for class 1",
        "Every sample is treated as one of class 1. Class 0 has to pull its scores *down*.",
        lambda y, z: _hinge(z),
    ),
    instead(
        "no room for class 0",
        "Class 1 has a room of 1 to spare, class 0 has none: your second case is max(0, z), and "
        "max(0, 1 + z) is due.",
        lambda y, z: np.mean(np.where(y == 1, np.maximum(0, 1 - z), np.maximum(0, z))),
    ),
    instead(
        "the 1 lost",
        "The labels are right. The room is gone: the hinge is max(0, 1 − m), not max(0, −m).",
        lambda y, z: np.mean(np.maximum(0, -(2 * y - 1) * z)),
    ),
)
