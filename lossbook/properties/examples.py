"""Draw the samples on which a property is examined."""

import numpy as np

from ..losses.kinds import RowLoss

N = 200  # samples drawn for a property


def smooth_example(loss, rng, away=0.05):
    """Return samples whose argument is not near a kink, where differences mean nothing."""
    y, p = loss._example(rng, N)
    if isinstance(loss, RowLoss):
        return y, p
    kinks = loss._facts().get("kinks", ())
    last = loss._args(np.asarray(y, float), np.asarray(p, float))[-1]
    good = np.ones(N, bool)
    for kink in kinks:
        good &= np.abs(last - kink) > away
    return y[good], p[good]


def wide_example(loss, rng):
    """Return samples out to a thousand, and dense near 0."""
    y, p = loss._example(rng, 4000)
    if loss.prediction.inside is None:
        p = p * np.exp(rng.uniform(-3, 6, p.shape))
    return y, p
