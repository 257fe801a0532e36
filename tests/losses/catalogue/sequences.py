"""The loss of `lossbook.losses.sequences`, and its values worked out by hand."""

import math

import numpy as np

import lossbook as lb

LOSSES = [
    lb.CTC(),
    lb.CTC(blank=2),
]

EVEN = np.zeros((2, 2)).tolist()
# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.CTC(), [1], EVEN, math.log(4 / 3), [[1 / 6, -1 / 6], [1 / 6, -1 / 6]]),
    (lb.CTC(), [-1], EVEN, math.log(4), [[-1 / 2, 1 / 2], [-1 / 2, 1 / 2]]),
    (
        lb.CTC(),
        [1, 1],
        np.zeros((3, 2)).tolist(),
        math.log(8),
        [[1 / 2, -1 / 2], [-1 / 2, 1 / 2], [1 / 2, -1 / 2]],
    ),
    (lb.CTC(blank=1), [0, -1], [[0.0, math.log(3)]], math.log(4), [[-3 / 4, 3 / 4]]),
]

Z = np.zeros((2, 3, 3))
# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.CTC(), [[1, 2], [1, 1], [1, -1]], np.zeros((3, 2, 3)), r"y_pred\[1\] has 2 .*needs 3: 2"),
    (lb.CTC(), [[1, 2], [3, 1]], Z, r"y_true\[1, 0\] is 3.*classes 0 to 2"),
    (lb.CTC(), [[1, 2], [1, 0]], Z, r"y_true\[1, 1\] is 0.*the blank: leave it out"),
    (lb.CTC(), [[1, -1], [-1, 2]], Z, r"y_true\[1, 1\] is 2.*follows a −1"),
    (lb.CTC(), [[1, -2], [1, 2]], Z, r"y_true\[0, 1\] is -2.*only −1"),
    (lb.CTC(), [[1, 1.5], [1, 2]], Z, r"y_true\[1\]?.*1\.5.*whole numbers|y_true\[0\].*1\.5"),
    (lb.CTC(blank=3), [[1, 2], [1, 2]], Z, "blank is 3.*classes 0 to 2"),
    (lb.CTC(), [1, 2], Z, r"y_true has shape \(2,\).*\(n, L\)"),
    (lb.CTC(), [[1], [2]], Z[:, :, 0], r"y_pred has shape \(2, 3\)"),
    (lb.CTC(), [[1], [2]], [Z[0], Z[1, :, :2]], r"y_pred\[1\] has shape \(3, 2\).*same K"),
    (lb.CTC(), [[1]], [Z[0], Z[1]], r"y_pred has shape \(2, 3, 3\) beside y_true \(1, 1\)"),
    (lb.CTC(), [[1], [2]], [Z[0], Z[1] * np.nan], r"y_pred\[1, 0, 0\] is nan"),
]


def _points(loss, dtype):
    """Return sequences with the labels of the formula."""
    y, z = loss._formula_example(np.random.default_rng(11), 30)
    return y, (z / 2).astype(dtype)


POINTS = {lb.CTC: _points}
LOOSE = {
    lb.CTC: (
        1000,
        "a slope is a probability less a share of the paths: where the two are nearly equal only "
        "their own digits are left, which test_relations_sequences.py holds to, far out too",
    ),
}
