"""The points at which values and derivatives are compared with 50 digits, for each kind of loss."""

import math

import numpy as np
from catalogue import POINTS

from lossbook.losses import BatchLoss, ResidualLoss, RowLoss
from lossbook.losses.domains import DISTRIBUTION, PROBABILITY, REAL

SEED = 11


def points(loss, dtype):
    """Return truth and prediction, out to the extremes that the loss promises to bear."""
    for kind, make in POINTS.items():
        if isinstance(loss, kind):
            return make(loss, dtype)
    if isinstance(loss, BatchLoss):
        raise TypeError(f"{loss!r} compares samples: give its batches in POINTS of its catalogue")
    rng = np.random.default_rng(SEED)
    if isinstance(loss, RowLoss):
        return rows(loss, dtype, rng)
    if isinstance(loss, ResidualLoss):
        r = residuals(dtype, rng)
        return np.zeros_like(r), r
    if loss.prediction is PROBABILITY:
        p = probabilities(dtype, rng)
    elif loss.prediction is REAL:
        p = scores(dtype, rng, loss.reach)
    else:
        raise TypeError(f"{loss!r} takes predictions of its own: give POINTS in its catalogue")
    return loss.truth.sample(rng, len(p)).astype(dtype), p


def residuals(dtype, rng):
    """Return residuals of all sizes, and 0, of both signs."""
    top = 150 if dtype == np.float64 else 18
    size = np.concatenate(
        [
            10.0 ** rng.uniform(-top, top, 25),
            10.0 ** rng.uniform(-3, 3, 40),
            rng.uniform(0, 30, 40),
            [0.0, 1.0, 0.5, 10.0**top, 10.0**-top],
        ]
    )
    r = (size * rng.choice([-1, 1], size.size)).astype(dtype)
    return np.concatenate([r, -r[:5]])


def scores(dtype, rng, reach):
    """Return scores out to `reach`, many where functions bend, and both zeros."""
    z = np.concatenate(
        [
            rng.uniform(-1e4, 1e4, 4),
            rng.uniform(-40, 40, 60),
            rng.normal(size=40),
            10.0 ** rng.uniform(-30, 0, 20),
            [0.0, -0.0, 700.0, -700.0, 745.0, -745.0],
        ]
    )
    return np.clip(z, -reach, reach).astype(dtype)


def probabilities(dtype, rng):
    """Return probabilities inside (0, 1), down to 1e-30 and up to the last one below 1."""
    p = np.concatenate(
        [
            rng.uniform(0, 1, 60),
            10.0 ** rng.uniform(-30, -1, 30),
            1 - 10.0 ** rng.uniform(-12, -2, 9),
        ]
    ).astype(dtype)
    return p[(p > 0) & (p < 1)]


def rows(loss, dtype, rng):
    """Return rows of scores of three spreads, or of probabilities near and far from the truth."""
    parts = []
    for spread, n in ((1.0, 15), (30.0, 12), (min(1e3, loss.reach), 5)):
        y, p = loss._example(rng, n)
        if loss.prediction is DISTRIBUTION:
            p = p ** min(spread, 5) + 1e-9
            p /= p.sum(axis=1, keepdims=True)
        elif loss.prediction.inside is None:
            p = p * spread
        parts.append((y, p))
    y, p = (np.concatenate(part) for part in zip(*parts, strict=True))
    return (y if y.dtype.kind == "i" else y.astype(dtype)), p.astype(dtype)


def exact_in_float32(loss):
    """Tell whether float32 holds the parameters, or rounds them before the loss sees them."""
    numbers = [x for v in vars(loss).values() if v is not None for x in np.ravel(v)]
    return all(
        not isinstance(x, float) or not math.isfinite(x) or float(np.float32(x)) == x
        for x in numbers
    )
