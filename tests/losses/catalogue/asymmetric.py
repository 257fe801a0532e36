"""The losses of `lossbook.losses.asymmetric`, and their values worked out by hand."""

import math

import lossbook as lb

LOSSES = [
    lb.SquaredEpsilonInsensitive(),
    lb.SquaredEpsilonInsensitive(0.75),
    lb.Linex(),
    lb.Linex(-0.5),
    lb.Linex(0.7),
]

LOG2 = math.log(2)

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.SquaredEpsilonInsensitive(0.5), 0.0, 0.5, 0.0, 0.0),
    (lb.SquaredEpsilonInsensitive(0.5), 0.0, -2.0, 2.25, -3.0),
    (lb.Linex(1.0), 3.0, 3.0, 0.0, 0.0),
    (lb.Linex(1.0), 0.0, LOG2, 1 - LOG2, 1.0),
    (lb.Linex(-2.0), 0.0, -0.5, math.e - 2, -2 * (math.e - 1)),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.SquaredEpsilonInsensitive, {"epsilon": -0.1}),
    (lb.Linex, {"a": 0.0}),
    (lb.Linex, {"a": math.inf}),
]
