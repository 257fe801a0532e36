"""Mistakes typical of a weighted mean of squared errors."""

from dataclasses import replace

import numpy as np

from lossbook.exercises.mistakes import (
    ABSOLUTE_INSTEAD,
    MEAN_TWICE,
    ROOT_TAKEN,
    instead,
    of_arguments,
)

WEIGHTED = (
    instead(
        "weights ignored",
        "This is the plain mean: the weights make no difference.",
        lambda y, p, w: np.mean((p - y) ** 2),
    ),
    instead(
        "divided by n",
        "You divide by the number of samples. Divide by the sum of the weights, or "
        "doubling all weights would double the loss.",
        lambda y, p, w: np.mean(w * (p - y) ** 2),
    ),
    instead(
        "not divided",
        "This is the weighted sum. Divide it by the sum of the weights.",
        lambda y, p, w: np.sum(w * (p - y) ** 2),
    ),
    instead(
        "weights squared",
        "You weigh the error before you square it, so that the weights are squared too. "
        "Weigh the loss, not the error.",
        lambda y, p, w: np.sum((w * (p - y)) ** 2) / np.sum(w),
    ),
    instead(
        "weights squared, divided by n",
        "You weigh the error before you square it, so that the weights are squared too, "
        "and divide by n. Weigh the loss, and divide by the sum of the weights.",
        lambda y, p, w: np.mean((w * (p - y)) ** 2),
    ),
    of_arguments(
        "divided by the weights",
        "You divide each loss by its weight, so that the most important samples count the least.",
        lambda y, p, w: (y, p, 1 / w),
    ),
    instead(
        "weights below only",
        "You divide by the sum of the weights, but the squared errors above have none.",
        lambda y, p, w: np.sum((p - y) ** 2) / np.sum(w),
    ),
    replace(
        MEAN_TWICE,
        explanation="You divide by the sum of the weights and by n as well. The sum of "
        "the weights is enough.",
    ),
    ROOT_TAKEN,
    replace(
        ABSOLUTE_INSTEAD,
        transform=lambda reference: lambda y, p, w: np.sum(w * np.abs(p - y)) / np.sum(w),
    ),
)
