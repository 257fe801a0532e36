"""The losses of `lossbook.losses.multiclass_margin`, and their values worked out by hand."""

import numpy as np

import lossbook as lb

LOSSES = [
    lb.MulticlassHinge(),
    lb.MultiMargin(),
    lb.MultiMargin(p=2),
    lb.MultiMargin(margin=0.5),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.MulticlassHinge(), 1, [2.0, 0.5, 0.0], 2.5, [1.0, -1.0, 0.0]),
    (lb.MulticlassHinge(), 0, [2.0, 0.5, 0.0], 0.0, [0.0, 0.0, 0.0]),
    (lb.MulticlassHinge(), 0, [1.0, 0.0, -5.0], 0.0, [-1.0, 1.0, 0.0]),
    (lb.MulticlassHinge(), 2, [1.0, 1.0, 0.0], 2.0, [1.0, 0.0, -1.0]),
    (lb.MulticlassHinge(), 0, [-3.0, -2.0], 2.0, [-1.0, 1.0]),
    (lb.MultiMargin(), 1, [2.0, 0.5, 0.0], 1.0, [1 / 3, -2 / 3, 1 / 3]),
    (lb.MultiMargin(), 0, [1.0, 0.0], 0.0, [-0.5, 0.5]),
    (lb.MultiMargin(p=2), 1, [2.0, 0.5, 0.0], 13 / 6, [5 / 3, -2.0, 1 / 3]),
    (lb.MultiMargin(p=2), 0, [1.0, 0.0], 0.0, [0.0, 0.0]),
    (lb.MultiMargin(margin=0.5), 0, [0.0, 0.0], 0.25, [-0.5, 0.5]),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.MulticlassHinge(), np.eye(2), np.ones((2, 2)), "MulticlassHinge is defined.*argmax"),
    (lb.MultiMargin(), [0, 3], np.ones((2, 3)), r"y_true\[1\] is 3.*0 to 2"),
    (lb.MultiMargin(), [0, -1], np.ones((2, 3)), r"y_true\[1\] is -1"),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.MultiMargin, {"p": 3}),
    (lb.MultiMargin, {"margin": 0.0}),
]
