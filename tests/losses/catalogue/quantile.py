"""The losses of `lossbook.losses.quantile`, and their values worked out by hand."""

import lossbook as lb

LOSSES = [
    lb.Quantile(0.9),
    lb.Quantile(0.3),
    lb.Expectile(0.8),
    lb.EpsilonInsensitive(0.5),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.Quantile(0.75), 0.0, 2.0, 0.5, 0.25),
    (lb.Quantile(0.75), 0.0, -2.0, 1.5, -0.75),
    (lb.Quantile(0.75), 0.0, 0.0, 0.0, -0.75),
    (lb.Expectile(0.75), 0.0, 2.0, 1.0, 1.0),
    (lb.Expectile(0.75), 0.0, -2.0, 3.0, -3.0),
    (lb.EpsilonInsensitive(0.5), 0.0, 0.5, 0.0, 0.0),
    (lb.EpsilonInsensitive(0.5), 0.0, -2.0, 1.5, -1.0),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.Quantile, {"q": 1.0}),
    (lb.Expectile, {"q": 0.0}),
    (lb.EpsilonInsensitive, {"epsilon": -0.1}),
]
