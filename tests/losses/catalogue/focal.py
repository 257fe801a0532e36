"""The losses of `lossbook.losses.focal`, and their values worked out by hand."""

import math

import numpy as np

import lossbook as lb

LOSSES = [
    lb.FocalLoss(),
    lb.FocalLoss(alpha=None, gamma=0.5),
    lb.FocalLoss(alpha=0.5, gamma=0.0),
    lb.FocalLoss(alpha=None, gamma=3.0),
    lb.FocalLoss(alpha=0.75, gamma=1.0),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.FocalLoss(alpha=None), 1.0, 0.0, math.log(2) / 4, -(math.log(2) + 0.5) / 4),
    (lb.FocalLoss(), 1.0, 0.0, math.log(2) / 16, -(math.log(2) + 0.5) / 16),
    (
        lb.FocalLoss(),
        0.0,
        math.log(3),
        0.75 * 9 / 16 * math.log(4),
        0.75 * 9 / 16 * (math.log(4) / 2 + 0.75),
    ),
    (lb.FocalLoss(alpha=0.5, gamma=0.0), 0.0, math.log(3), math.log(4) / 2, 3 / 8),
    (lb.FocalLoss(alpha=None, gamma=0.5), 1.0, -1e4, 1e4, -1.0),
    (lb.FocalLoss(), 1.0, 1e4, 0.0, 0.0),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.focal, [0.0, 0.5], [1.0, 1.0], r"y_true\[1\] is 0\.5.*label.*SigmoidCrossEntropy"),
    (lb.focal, [-1, 1], [1.0, 1.0], r"y_true\[0\] is -1.*\(y \+ 1\) / 2"),
    (lb.focal, [0, 1], [-np.inf, 1.0], r"y_pred\[0\] is -inf"),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.FocalLoss, {"alpha": 0.0}),
    (lb.FocalLoss, {"alpha": 1.0}),
    (lb.FocalLoss, {"gamma": -0.5}),
    (lb.FocalLoss, {"gamma": np.inf}),
]
