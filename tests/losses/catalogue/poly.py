"""The losses of `lossbook.losses.poly`, and their values worked out by hand."""

import math

import lossbook as lb

LOSSES = [
    lb.PolyCrossEntropy(),
    lb.PolyCrossEntropy(2.0),
    lb.PolyCrossEntropy(-0.5),
    lb.PolyCrossEntropy(-1.0),
    lb.PolyCrossEntropy(0.0),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.PolyCrossEntropy(2.0), 1.0, 0.0, math.log(2) + 1, -1.0),
    (lb.PolyCrossEntropy(2.0), 0.0, math.log(3), math.log(4) + 1.5, 9 / 8),
    (lb.PolyCrossEntropy(-1.0), 0.0, math.log(3), math.log(4) - 0.75, 9 / 16),
    (lb.PolyCrossEntropy(-1.0), 1.0, 46.0, math.exp(-92) / 2, -math.exp(-92)),
    (lb.PolyCrossEntropy(2.0), 0.25, 0.0, math.log(2) + 1, 0.5),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.PolyCrossEntropy, {"epsilon": -1.5}),
    (lb.PolyCrossEntropy, {"epsilon": math.inf}),
]
