"""The losses of `lossbook.losses.densities`, and their values worked out by hand."""

import math

import numpy as np

import lossbook as lb

LOSSES = [
    lb.GaussianNLL(),
    lb.GaussianNLL(full=True),
    lb.LaplaceNLL(),
    lb.LaplaceNLL(full=True),
    lb.GaussianCRPS(),
]

LOG2, LOG4, LOG2PI = math.log(2), math.log(4), math.log(2 * math.pi)
HIT = (math.sqrt(2) - 1) / math.sqrt(math.pi)

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.GaussianNLL(), 5.0, [1.0, LOG4], LOG2 + 2, [-1.0, -1.5]),
    (lb.GaussianNLL(), 1.0, [1.0, -3.0], -1.5, [0.0, 0.5]),
    (lb.GaussianNLL(full=True), 2.0, [0.0, 0.0], 2 + LOG2PI / 2, [-2.0, -1.5]),
    (lb.LaplaceNLL(), 5.0, [1.0, LOG2], LOG2 + 2, [-0.5, -1.0]),
    (lb.LaplaceNLL(), 1.0, [1.0, -3.0], -3.0, [0.0, 1.0]),
    (lb.LaplaceNLL(full=True), -2.0, [0.0, 0.0], 2 + LOG2, [1.0, -1.0]),
    (lb.GaussianCRPS(), 1.0, [1.0, 0.0], HIT, [0.0, HIT]),
    (lb.GaussianCRPS(), 1.0, [1.0, LOG2], 2 * HIT, [0.0, 2 * HIT]),
    (lb.GaussianCRPS(), 5.0, [0.0, -40.0], 5.0, [-1.0, -math.exp(-40) / math.sqrt(math.pi)]),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.GaussianNLL(), [1.0, 2.0], [1.0, 2.0], r"y_pred has shape \(2,\)"),
    (lb.LaplaceNLL(), [1.0], [[1.0, 2.0, 3.0]], r"y_pred has shape \(1, 3\)"),
    (lb.GaussianCRPS(), [[1.0, 2.0]], [[1.0, 2.0]], r"y_true has shape \(1, 2\)"),
]


def near_and_far(loss, dtype):
    """Return predictions out to `reach`, and some whose slope by the scale is all but 0."""
    rng = np.random.default_rng(14)
    parts = [loss._example(rng, 15) for _ in range(4)]
    y = np.concatenate([part[0] for part in parts]).astype(dtype)
    p = np.concatenate([part[1] * f for part, f in zip(parts, (1, 30, 1e3, 1), strict=True)])
    p = np.clip(p, -loss.reach, loss.reach).astype(dtype)
    size = np.abs(y[45:].astype(float) - p[45:, 0])
    power = 2 if isinstance(loss, lb.GaussianNLL) else 1
    close = power * np.log(np.where(size > 0, size, 1))
    p[45:, 1] = close + 10.0 ** rng.uniform(-12, -1, 15)
    return y, p


POINTS = dict.fromkeys((lb.GaussianNLL, lb.LaplaceNLL, lb.GaussianCRPS), near_and_far)

LOOSE = {
    lb.GaussianNLL(full=True): (
        100,
        "the value passes through 0: at one point its terms are 250 times as large as their sum",
    ),
}
