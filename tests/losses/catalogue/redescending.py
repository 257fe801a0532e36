"""The losses of `lossbook.losses.redescending`, and their values worked out by hand."""

import math

import lossbook as lb

LOSSES = [
    lb.Cauchy(),
    lb.Cauchy(0.7),
    lb.Welsch(),
    lb.Welsch(0.7),
    lb.GemanMcClure(1.0),
    lb.Tukey(),
    lb.Tukey(1.3),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.Cauchy(2.0), 0.0, 2.0, 2 * math.log(2), 1.0),
    (lb.Welsch(2.0), 0.0, 2.0, 2 * (1 - 1 / math.e), 2 / math.e),
    (lb.GemanMcClure(2.0), 0.0, 2.0, 1.0, 0.5),
    (lb.Tukey(2.0), 0.0, 1.0, 2 / 3 * (1 - 27 / 64), 9 / 16),
    (lb.Tukey(2.0), 0.0, 5.0, 2 / 3, 0.0),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.Tukey, {"c": 1e200}),
    (lb.Cauchy, {"c": 0.0}),
]
