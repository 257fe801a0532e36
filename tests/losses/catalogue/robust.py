"""The losses of `lossbook.losses.robust`, and their values worked out by hand."""

import math

import lossbook as lb

LOSSES = [
    lb.Huber(1.0),
    lb.Huber(0.3),
    lb.SmoothL1(1.0),
    lb.SmoothL1(0.3),
    lb.PseudoHuber(1.0),
    lb.PseudoHuber(2.5),
    lb.LogCosh(),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.Huber(2.0), 0.0, 1.0, 0.5, 1.0),
    (lb.Huber(2.0), 0.0, -5.0, 8.0, -2.0),
    (lb.SmoothL1(2.0), 0.0, 1.0, 0.25, 0.5),
    (lb.SmoothL1(2.0), 0.0, -5.0, 4.0, -1.0),
    (lb.PseudoHuber(3.0), 0.0, 4.0, 6.0, 12 / 5),
    (lb.LogCosh(), 0.0, math.log(2), math.log(5 / 4), 3 / 5),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.Huber, {"delta": 0}),
    (lb.Huber, {"delta": -1.0}),
    (lb.PseudoHuber, {"delta": 1e-200}),
    (lb.SmoothL1, {"beta": math.inf}),
]
