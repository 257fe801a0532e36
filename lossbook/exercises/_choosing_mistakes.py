"""Mistakes typical of the exercises of *Choose a loss*."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments


def _cost(y, forecast, too_low, too_high):
    return np.where(forecast < y, too_low * (y - forecast), too_high * (forecast - y))


def _differences(y, a, b, too_low, too_high):
    return _cost(y, a, too_low, too_high) - _cost(y, b, too_low, too_high)


def _error(d):
    return d.std(ddof=1) / np.sqrt(len(d))


def _unpaired(y, a, b, too_low, too_high):
    one, other = (_cost(y, f, too_low, too_high) for f in (a, b))
    both = np.sqrt(one.var(ddof=1) / len(y) + other.var(ddof=1) / len(y))
    return one.mean() - other.mean(), both


def _of_differences(change):
    return lambda *args: change(_differences(*args))


COMPARE = (
    of_arguments(
        "prices exchanged",
        "You charge `too_low` where the forecast is above y. Too low is a forecast below.",
        lambda y, a, b, too_low, too_high: (y, a, b, too_high, too_low),
    ),
    of_arguments(
        "b minus a",
        "Your difference is that of b over a. How much more *a* costs is due.",
        lambda y, a, b, too_low, too_high: (y, b, a, too_low, too_high),
    ),
    instead(
        "unpaired",
        "Your difference is right. Its error is that of two separate samples; both forecasts face "
        "the same rows, so take the spread of the differences.",
        _unpaired,
    ),
    instead(
        "spread for error",
        "Your difference is right. The second number is the spread of single differences; that of "
        "their mean is smaller by the root of n.",
        _of_differences(lambda d: (d.mean(), d.std(ddof=1))),
    ),
    instead(
        "ddof of 0",
        "Your difference is right. The standard deviation of a sample divides by n − 1: `ddof=1`.",
        _of_differences(lambda d: (d.mean(), d.std() / np.sqrt(len(d)))),
    ),
    instead(
        "sums",
        "You added the differences up. The mean over the samples is due, and its error.",
        _of_differences(lambda d: (d.sum(), _error(d) * len(d))),
    ),
    instead(
        "absolute errors",
        "You compare absolute errors. The two sides have different prices.",
        lambda y, a, b, too_low, too_high: (
            (np.abs(a - y) - np.abs(b - y)).mean(),
            _error(np.abs(a - y) - np.abs(b - y)),
        ),
    ),
)
