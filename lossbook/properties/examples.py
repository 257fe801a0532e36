"""Draw the samples on which a property is examined."""

import numpy as np

from ..losses.domains import DISTRIBUTION, PROBABILITY, REAL
from ..losses.kinds import MarginLoss, ResidualLoss, RowLoss
from ..numerics import sigmoid

N = 200  # samples drawn for a property
FAR_AND_NEAR = (-700.0, 70.0, 1e-3, -1e-5)  # residuals that ordinary samples do not have


def smooth_example(loss, rng, away=0.05):
    """Return samples whose argument is not near a kink, where differences mean nothing."""
    y, p = loss._example(rng, N)
    if isinstance(loss, RowLoss):
        return y, p
    last = loss._args(np.asarray(y, float), np.asarray(p, float))[-1]
    good = np.ones(N, bool)
    for kink in kinks_of(loss):
        good &= np.abs(last - kink) > away
    return y[good], p[good]


def kinks_of(loss):
    """Return the kinks that a loss states, and where its slope jumps if it states none."""
    kinks = loss._claims().get("kinks")
    if kinks is not None:
        return kinks
    return jumps(loss._grad) if isinstance(loss, (ResidualLoss, MarginLoss)) else ()


def jumps(function):
    """Return where a function of one number jumps, seen on a fine grid and closed in on."""
    x = np.linspace(-12, 12, 24001) + 1.234567e-4
    steps = np.abs(np.diff(function(x)))
    around = np.maximum(np.roll(steps, 2), np.roll(steps, -2))
    at = np.flatnonzero(steps > 20 * around + 1e-3)
    left, right = x[at], x[at + 1]
    for _ in range(30 * (len(at) > 0)):
        middle = (left + right) / 2
        here = function(middle)
        on_the_left = np.abs(here - function(left)) > np.abs(function(right) - here)
        left, right = np.where(on_the_left, left, middle), np.where(on_the_left, middle, right)
    return (left + right) / 2


def wide_example(loss, rng):
    """Return samples far out and near 0: scores up to `reach`, probabilities near 0 and 1."""
    y, p = loss._example(rng, 4000)
    stretch = np.exp(rng.uniform(-3, 12, p.shape[:1])).reshape((-1,) + (1,) * (p.ndim - 1))
    if loss.prediction is DISTRIBUTION:
        p = p ** np.minimum(stretch, 50)
        p = np.maximum(p / p.sum(axis=1, keepdims=True), 1e-100)
        return y, p / p.sum(axis=1, keepdims=True)
    if loss.prediction is PROBABILITY:
        return y, np.clip(sigmoid((p - 0.5) * stretch), 1e-12, 1 - 1e-12)
    if loss.prediction.inside is None:
        p = np.clip(p * stretch, -loss.reach, loss.reach)
    return y, p


def formula_example(loss, rng):
    """Return samples for the formula; a loss of a fixed truth or of a batch brings its own."""
    if hasattr(loss, "_formula_example"):
        return loss._formula_example(rng)
    y, p = smooth_example(loss, rng)
    y, p = y[:12].copy(), p[:12].copy()
    if isinstance(loss, ResidualLoss) and loss.truth is REAL:
        p[:4] = y[:4] + FAR_AND_NEAR
    return y, p
