"""The losses of `lossbook.losses.general_robust`, and their values worked out by hand."""

import math

import lossbook as lb

LOSSES = [
    lb.GeneralRobust(2.0, 1.0),
    lb.GeneralRobust(1.5, 2.0),
    lb.GeneralRobust(1.0, 1.0),
    lb.GeneralRobust(0.5, 1.0),
    lb.GeneralRobust(0.0, 3.0),
    lb.GeneralRobust(-2.0, 2.0),
    lb.GeneralRobust(-math.inf, 1.0),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.GeneralRobust(2.0, 2.0), 0.0, 4.0, 2.0, 1.0),
    (lb.GeneralRobust(1.0, 1.0), 0.0, 1.0, math.sqrt(2) - 1, 1 / math.sqrt(2)),
    (lb.GeneralRobust(0.0, 1.0), 0.0, 2.0, math.log(3), 2 / 3),
    (lb.GeneralRobust(-2.0, 1.0), 0.0, 2.0, 1.0, 0.5),
    (lb.GeneralRobust(-math.inf, 1.0), 0.0, 1.0, 1 - math.exp(-0.5), math.exp(-0.5)),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.GeneralRobust, {"alpha": 3.0}),
    (lb.GeneralRobust, {"c": 0.0}),
]
