"""The losses of `lossbook.losses.margin_bounded`, and their values worked out by hand."""

import math

import numpy as np

import lossbook as lb

LOSSES = [
    lb.Ramp(),
    lb.Ramp(0.0),
    lb.Ramp(-2.5),
    lb.SigmoidLoss(),
    lb.Savage(),
    lb.Tangent(),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.Ramp(), 1.0, 0.25, 0.75, -1.0),
    (lb.Ramp(), -1.0, 3.0, 2.0, 0.0),
    (lb.Ramp(), 1.0, -1.0, 2.0, 0.0),
    (lb.Ramp(), 1.0, 1.0, 0.0, -1.0),
    (lb.Ramp(0.5), 1.0, 0.25, 0.5, 0.0),
    (lb.SigmoidLoss(), 1.0, 0.0, 0.5, -0.25),
    (lb.SigmoidLoss(), -1.0, math.log(3), 0.75, 3 / 16),
    (lb.Savage(), 1.0, 0.0, 0.25, -0.5),
    (lb.Savage(), -1.0, math.log(3) / 2, 9 / 16, 9 / 16),
    (lb.Tangent(), 1.0, 0.0, 1.0, -4.0),
    (lb.Tangent(), 1.0, 1.0, (math.pi / 2 - 1) ** 2, math.pi - 2),
    (lb.Tangent(), -1.0, 1.0, (math.pi / 2 + 1) ** 2, math.pi + 2),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.Savage(), [1, 1], [0.5, -np.inf], r"y_pred\[1\] is -inf"),
    (lb.Tangent(), [1, 0], [0.5, 0.5], r"y_true\[1\] is 0.*2 \* y − 1"),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.Ramp, {"s": 1.0}),
    (lb.Ramp, {"s": -math.inf}),
]
