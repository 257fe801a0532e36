"""The losses of `lossbook.losses.surrogates`, and their values worked out by hand."""

import math

import numpy as np

import lossbook as lb

LOSSES = [
    lb.ZeroOne(),
    lb.Logistic(),
    lb.Exponential(),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.ZeroOne(), 1.0, 0.25, 0.0, 0.0),
    (lb.ZeroOne(), -1.0, 0.25, 1.0, 0.0),
    (lb.ZeroOne(), 1.0, 0.0, 1.0, 0.0),
    (lb.Logistic(), -1.0, 0.0, math.log(2), 0.5),
    (lb.Logistic(), 1.0, math.log(3), math.log(4 / 3), -0.25),
    (lb.Logistic(), 1.0, -1e4, 1e4, -1.0),
    (lb.Exponential(), 1.0, 2.0, math.exp(-2), -math.exp(-2)),
    (lb.Exponential(), -1.0, 2.0, math.exp(2), math.exp(2)),
    (lb.Exponential(), 1.0, -710.0, math.inf, -math.inf),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.Logistic(), [0, 1], [0.5, 0.5], r"y_true\[0\] is 0.*2 \* y − 1"),
    (lb.ZeroOne(), [1, 1], [0.5, np.inf], r"y_pred\[1\] is inf"),
    (lb.Exponential(), [1, 1], [0.5, np.inf], r"y_pred\[1\] is inf"),
]
