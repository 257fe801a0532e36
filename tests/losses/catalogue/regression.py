"""The losses of `lossbook.losses.regression`, and their values worked out by hand."""

import math

import lossbook as lb

LOSSES = [
    lb.SquaredError(),
    lb.HalfSquaredError(),
    lb.AbsoluteError(),
    lb.SquaredLogError(),
    lb.AbsolutePercentageError(),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.SquaredError(), 1.0, 4.0, 9.0, 6.0),
    (lb.HalfSquaredError(), 1.0, 4.0, 4.5, 3.0),
    (lb.AbsoluteError(), 1.0, -1.0, 2.0, -1.0),
    (lb.AbsoluteError(), 1.0, 1.0, 0.0, 0.0),
    (lb.SquaredLogError(), 0.0, math.e - 1, 1.0, 2 / math.e),
    (lb.AbsolutePercentageError(), -4.0, -5.0, 0.25, -0.25),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.AbsolutePercentageError(), [0.0], [1.0], r"y_true\[0\] is 0"),
    (lb.SquaredLogError(), [1.0], [-1.0], "greater than −1"),
]
