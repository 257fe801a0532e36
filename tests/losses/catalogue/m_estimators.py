"""The losses of `lossbook.losses.m_estimators`, and their values worked out by hand."""

import math

import lossbook as lb

LOSSES = [
    lb.Fair(),
    lb.Fair(0.75),
    lb.Hampel(),
    lb.Hampel(1.25, 1.25, 1.5),
    lb.Andrews(),
    lb.Andrews(0.75),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.Fair(2.0), 0.0, 2.0, 4 * (1 - math.log(2)), 1.0),
    (lb.Fair(2.0), 0.0, -4.0, 4 * (2 - math.log(3)), -4 / 3),
    (lb.Hampel(1.0, 2.0, 4.0), 0.0, 0.5, 0.125, 0.5),
    (lb.Hampel(1.0, 2.0, 4.0), 0.0, 1.5, 1.0, 1.0),
    (lb.Hampel(1.0, 2.0, 4.0), 0.0, -3.0, 2.25, -0.5),
    (lb.Hampel(1.0, 2.0, 4.0), 0.0, 9.0, 2.5, 0.0),
    (lb.Andrews(2.0), 0.0, math.pi, 4.0, 2.0),
    (lb.Andrews(2.0), 0.0, -9.0, 8.0, 0.0),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.Fair, {"c": 0.0}),
    (lb.Hampel, {"b": 1.0}),
    (lb.Hampel, {"c": 4.0}),
    (lb.Andrews, {"c": -1.0}),
]
