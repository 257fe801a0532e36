"""The losses of `lossbook.losses.adversarial`, and their values worked out by hand."""

import math

import lossbook as lb

LOSSES = [
    lb.SaturatingGenerator(),
    lb.HingeCritic(),
    lb.WassersteinCritic(),
    lb.GradientPenalty(),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.SaturatingGenerator(), 1.0, 0.0, -math.log(2), -1 / 2),
    (lb.SaturatingGenerator(), 1.0, -math.log(3), math.log(3 / 4), -1 / 4),
    (lb.SaturatingGenerator(), 0.0, math.log(3), math.log(3 / 4), 1 / 4),
    (lb.HingeCritic(), 1.0, 0.25, 0.75, -1.0),
    (lb.HingeCritic(), 0.0, 0.25, 1.25, 1.0),
    (lb.HingeCritic(), 1.0, 1.0, 0.0, -1.0),
    (lb.HingeCritic(), 0.0, -1.0, 0.0, 1.0),
    (lb.HingeCritic(), 0.25, 2.0, 9 / 4, 3 / 4),
    (lb.WassersteinCritic(), 1.0, 3.0, -3.0, -1.0),
    (lb.WassersteinCritic(), 0.0, 2.0, 2.0, 1.0),
    (lb.GradientPenalty(), 1.0, [3.0, 4.0], 16.0, [24 / 5, 32 / 5]),
    (lb.GradientPenalty(), 0.0, [3.0, 4.0], 25.0, [6.0, 8.0]),
    (lb.GradientPenalty(), 1.0, [0.0, 0.0], 1.0, [0.0, 0.0]),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.WassersteinCritic(), [-1, 1], [0.5, 0.5], r"y_true\[0\] is -1.*\(y \+ 1\) / 2"),
    (lb.GradientPenalty(), [1.0, -1.0], [[1.0], [1.0]], r"y_true\[1\] is -1.*the length"),
    (lb.GradientPenalty(), [1.0], [1.0], r"y_pred has shape \(1,\).*\(n, d\)"),
]
