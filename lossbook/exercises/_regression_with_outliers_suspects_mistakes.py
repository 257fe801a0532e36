"""Mistakes typical of the exercise on suspects of *Regression with outliers*."""

import numpy as np

from lossbook.exercises.mistakes import instead


def _beyond(spread):
    """Return a function that flags residuals beyond k such spreads."""
    return lambda y, p, k: np.abs(p - y) > k * spread(p - y)


def _mad(r):
    return 1.4826 * np.median(np.abs(r))


SUSPECTS = (
    instead(
        "standard deviation",
        "You measure the spread by the standard deviation. The slips are in it and make it so "
        "large that they hide behind it; take the median of the sizes, times 1.4826.",
        _beyond(np.std),
    ),
    instead(
        "standard deviation, n − 1",
        "You measure the spread by the standard deviation. The slips are in it and make it so "
        "large that they hide behind it; take the median of the sizes, times 1.4826.",
        _beyond(lambda r: np.std(r, ddof=1)),
    ),
    instead(
        "root mean square",
        "You measure the spread by the root of the mean square. The slips are in it and make it so "
        "large that they hide behind it; take the median of the sizes, times 1.4826.",
        _beyond(lambda r: np.sqrt(np.mean(r**2))),
    ),
    instead(
        "mean size",
        "You take the mean size of a residual for the spread. The slips are in it; take the "
        "median.",
        _beyond(lambda r: 1.4826 * np.mean(np.abs(r))),
    ),
    instead(
        "1.4826 forgotten",
        "Your spread is the median size alone. Times 1.4826 it is the standard deviation of normal "
        "noise.",
        _beyond(lambda r: np.median(np.abs(r))),
    ),
    instead(
        "deviations from the median residual",
        "You subtract the median residual first. Here the spread is the median distance from 0, "
        "where the residuals of a fit should be.",
        _beyond(lambda r: _mad(r - np.median(r))),
    ),
    instead(
        "residuals centred too",
        "You subtract the median residual first. Here the spread is the median distance from 0, "
        "where the residuals of a fit should be.",
        lambda y, p, k: _beyond(_mad)(y - p, np.median(y - p), k),
    ),
    instead(
        "as far as k spreads",
        "Right, but for labels exactly k spreads away, as all are that are met exactly when the "
        "spread is 0. *More* than k spreads is asked for: `>`.",
        lambda y, p, k: np.abs(p - y) >= k * _mad(p - y),
    ),
    instead(
        "only labels that are too high",
        "You flag labels that are too high and let those that are too low pass. A decimal point "
        "can slip in either direction: take the size of the residual.",
        lambda y, p, k: y - p > k * _mad(p - y),
    ),
    instead(
        "only labels that are too low",
        "You flag labels that are too low and let those that are too high pass. Take the size of "
        "the residual.",
        lambda y, p, k: p - y > k * _mad(p - y),
    ),
    instead(
        "the others flagged",
        "You flag exactly the labels that are not suspect.",
        lambda y, p, k: ~_beyond(_mad)(y, p, k),
    ),
    instead(
        "positions returned",
        "You return the positions of the suspects. One true or false for each label is due.",
        lambda y, p, k: np.flatnonzero(_beyond(_mad)(y, p, k)),
    ),
    instead(
        "number returned",
        "You return how many there are. One true or false for each label is due.",
        lambda y, p, k: np.sum(_beyond(_mad)(y, p, k)),
    ),
)
