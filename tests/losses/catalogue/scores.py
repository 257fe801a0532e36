"""The losses of `lossbook.losses.scores`, and their values worked out by hand."""

import math

import numpy as np

import lossbook as lb

LOSSES = [
    lb.Brier(),
    lb.SigmoidSquaredError(),
    lb.SphericalScore(),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.Brier(), 1.0, 0.75, 1 / 16, -0.5),
    (lb.Brier(), 0.0, 1.0, 1.0, 2.0),
    (lb.Brier(), 0.25, 0.75, 0.25, 1.0),
    (lb.SigmoidSquaredError(), 1.0, 0.0, 0.25, -0.25),
    (lb.SigmoidSquaredError(), 0.0, math.log(3), 9 / 16, 9 / 32),
    (lb.SigmoidSquaredError(), 0.0, 1e4, 1.0, 0.0),
    (lb.SphericalScore(), 1.0, 0.5, 1 - math.sqrt(0.5), -math.sqrt(2)),
    (lb.SphericalScore(), 0.0, 0.8, 1 - 0.2 / math.sqrt(0.68), 0.8 / math.sqrt(0.68) ** 3),
    (lb.SphericalScore(), 1.0, 1.0, 0.0, 0.0),
    (lb.SphericalScore(), 1.0, 0.0, 1.0, -1.0),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.Brier(), [0, 1], [0.5, 1.5], r"y_pred\[1\] is 1\.5.*logits"),
    (lb.SphericalScore(), [0, 1], [0.5, -0.5], r"y_pred\[1\] is -0\.5.*logits"),
    (lb.SigmoidSquaredError(), [-1, 1], [0.5, 0.5], r"\(y \+ 1\) / 2"),
    (lb.SigmoidSquaredError(), [0, 1], [-np.inf, 0.5], r"y_pred\[0\] is -inf"),
]
