"""The losses of `lossbook.losses.kernels`, and their values worked out by hand."""

import numpy as np

import lossbook as lb

LOSSES = [lb.MMD(), lb.MMD(0.5)]


def batches(loss, dtype):
    """Return samples that are clearly apart: of equal ones the loss is a rounded 0."""
    rng = np.random.default_rng(11)
    y, x = (0.7 * loss.bandwidth * part for part in loss._formula_example(rng))
    return y.astype(dtype), (x + loss.bandwidth).astype(dtype)


POINTS = {lb.MMD: batches}
LOOSE = {
    lb.MMD: (
        256.0,
        "a difference of means of kernels, and a gradient that adds pulls of both signs: near 0 "
        "neither has more digits than the absolute rounding of its terms leaves",
    )
}

# Loss, truth, prediction, value, derivative: one sample each, of which k(y, y) = k(ŷ, ŷ) = 1.
KNOWN = [
    (lb.MMD(), [0.0, 0.0], [0.0, 0.0], 0.0, [0.0, 0.0]),
    (lb.MMD(), [0.0, 0.0], [1.0, 1.0], 2 - 2 / np.e, [2 / np.e, 2 / np.e]),
    (lb.MMD(2.0), [0.0], [2.0], 2 - 2 * np.exp(-0.5), [np.exp(-0.5)]),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.MMD(), [1.0, 2.0], [1.0, 2.0], r"y_true has shape \(2,\), but MMD needs y_true \(n, d\)")
]

BAD_FIELDS = [(lb.MMD, {"bandwidth": 0.0})]
