"""The losses of `lossbook.losses.multiclass_softmax`, and their values worked out by hand."""

import math

import numpy as np

import lossbook as lb

LOSSES = [
    lb.SymmetricCrossEntropy(),
    lb.SymmetricCrossEntropy(alpha=1.0, beta=0.125),
    lb.SoftmaxPolyCrossEntropy(),
    lb.SoftmaxPolyCrossEntropy(3.0),
    lb.SoftmaxPolyCrossEntropy(-0.5),
    lb.SoftmaxPolyCrossEntropy(-1.0),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (
        lb.SymmetricCrossEntropy(alpha=1.0, beta=1.0),
        0,
        [0.0, math.log(3)],
        math.log(4) + 3,
        [-1.5, 1.5],
    ),
    (lb.SymmetricCrossEntropy(2.0, 0.5, -8.0), 1, [0.0, 0.0], math.log(4) + 2, [2.0, -2.0]),
    (lb.SoftmaxPolyCrossEntropy(), 0, [0.0, math.log(3)], math.log(4) + 0.75, [-15 / 16, 15 / 16]),
    (
        lb.SoftmaxPolyCrossEntropy(-1.0),
        0,
        [math.log(3), 0.0],
        math.log(4 / 3) - 0.25,
        [-1 / 16, 1 / 16],
    ),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.SymmetricCrossEntropy(), np.eye(2), np.ones((2, 2)), "SymmetricCrossEntropy.*argmax"),
    (lb.SoftmaxPolyCrossEntropy(), [[0], [1]], np.ones((2, 2)), "ravel"),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.SymmetricCrossEntropy, {"alpha": 0.0}),
    (lb.SymmetricCrossEntropy, {"beta": -1.0}),
    (lb.SymmetricCrossEntropy, {"log_zero": 0.0}),
    (lb.SoftmaxPolyCrossEntropy, {"epsilon": -1.5}),
]
