"""The losses of `lossbook.losses.regression`, and their values worked out by hand."""

import math

import numpy as np

import lossbook as lb

LOSSES = [
    lb.SquaredError(),
    lb.HalfSquaredError(),
    lb.AbsoluteError(),
    lb.SquaredLogError(),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.SquaredError(), 1.0, 4.0, 9.0, 6.0),
    (lb.HalfSquaredError(), 1.0, 4.0, 4.5, 3.0),
    (lb.AbsoluteError(), 1.0, -1.0, 2.0, -1.0),
    (lb.AbsoluteError(), 1.0, 1.0, 0.0, 0.0),
    (lb.SquaredLogError(), 0.0, math.e - 1, 1.0, 2 / math.e),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.SquaredLogError(), [1.0], [-1.0], "greater than −1"),
]


def over_minus_one(loss, dtype):
    """Return pairs above −1: of unlike size, all but equal, and near the ratio e."""
    rng = np.random.default_rng(6)
    y = np.concatenate([loss.truth.sample(rng, 40), 10.0 ** rng.uniform(-12, 6, 20)]).astype(dtype)
    far = np.expm1(rng.uniform(-12, 12, y.size))
    close = y + (1 + y) * 10.0 ** rng.uniform(-15, -1, y.size) * rng.choice([-1, 1], y.size)
    bend = (1 + y) * math.e * (1 + 10.0 ** rng.uniform(-15, -1, y.size)) - 1
    p = np.concatenate([far, close, bend]).astype(dtype)
    y = np.concatenate([y, y, y])
    return y[p > -1], p[p > -1]


POINTS = {lb.SquaredLogError: over_minus_one}
