"""The losses of `lossbook.losses.margin_smooth`, and their values worked out by hand."""

import lossbook as lb

LOSSES = [
    lb.SquaredHinge(),
    lb.SmoothHinge(),
    lb.SmoothHinge(0.25),
    lb.ModifiedHuber(),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.SquaredHinge(), 1.0, 0.25, 9 / 16, -1.5),
    (lb.SquaredHinge(), -1.0, 3.0, 16.0, 8.0),
    (lb.SquaredHinge(), 1.0, 1.5, 0.0, 0.0),
    (lb.SmoothHinge(), 1.0, 0.5, 0.125, -0.5),
    (lb.SmoothHinge(), -1.0, 0.5, 1.0, 1.0),
    (lb.SmoothHinge(0.25), 1.0, 0.875, 1 / 32, -0.5),
    (lb.SmoothHinge(0.25), 1.0, 0.75, 1 / 8, -1.0),
    (lb.ModifiedHuber(), 1.0, 0.5, 0.25, -1.0),
    (lb.ModifiedHuber(), -1.0, 3.0, 12.0, 4.0),
    (lb.ModifiedHuber(), 1.0, -1.0, 4.0, -4.0),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.ModifiedHuber(), [0, 1], [0.5, 0.5], r"y_true\[0\] is 0.*2 \* y − 1"),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.SmoothHinge, {"gamma": 0.0}),
]
