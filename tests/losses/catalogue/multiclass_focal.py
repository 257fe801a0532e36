"""The losses of `lossbook.losses.multiclass_focal`, and their values worked out by hand."""

import math

import numpy as np

import lossbook as lb

LOSSES = [
    lb.SoftmaxFocalLoss(),
    lb.SoftmaxFocalLoss(gamma=0.0),
    lb.SoftmaxFocalLoss(gamma=0.5),
    lb.SoftmaxFocalLoss(alpha=(1.0, 2.0, 0.5), gamma=1.0),
]

# Loss, truth, prediction, value, derivative: one sample each.
steep = 0.75**2 * (0.75 + 0.5 * math.log(4))
KNOWN = [
    (lb.SoftmaxFocalLoss(), 0, [0.0, math.log(3)], 9 / 16 * math.log(4), [-steep, steep]),
    (lb.SoftmaxFocalLoss(gamma=0.0), 0, [0.0, math.log(3)], math.log(4), [-0.75, 0.75]),
    (
        lb.SoftmaxFocalLoss(alpha=(1.0, 2.0)),
        1,
        [0.0, 0.0],
        math.log(2) / 2,
        [0.25 + math.log(2) / 2, -0.25 - math.log(2) / 2],
    ),
    (lb.SoftmaxFocalLoss(gamma=0.5), 0, [1e4, 0.0], 0.0, [0.0, 0.0]),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.SoftmaxFocalLoss(), np.eye(2), np.ones((2, 2)), "SoftmaxFocalLoss is defined.*argmax"),
    (lb.SoftmaxFocalLoss(alpha=(1.0, 2.0)), [0], [[0.0, 0.0, 0.0]], "alpha has 2.*3 columns"),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.SoftmaxFocalLoss, {"gamma": -1.0}),
    (lb.SoftmaxFocalLoss, {"gamma": 11.0}),
    (lb.SoftmaxFocalLoss, {"alpha": (1.0, 0.0)}),
]
