"""The losses of `lossbook.losses.multiclass`, and their values worked out by hand."""

import math

import numpy as np

import lossbook as lb

LOSSES = [
    lb.SoftmaxCrossEntropy(),
    lb.SoftmaxCrossEntropy(label_smoothing=0.1),
    lb.SoftmaxCrossEntropy(class_weight=(1.0, 2.0, 3.0)),
    lb.GeneralizedCrossEntropy(),
    lb.GeneralizedCrossEntropy(q=1.0),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.SoftmaxCrossEntropy(), 0, [0.0, math.log(3)], math.log(4), [-0.75, 0.75]),
    (lb.SoftmaxCrossEntropy(), 1, [0.0, 0.0, 0.0], math.log(3), [1 / 3, -2 / 3, 1 / 3]),
    (lb.GeneralizedCrossEntropy(0.5), 0, [0.0, math.log(3)], 1.0, [-3 / 8, 3 / 8]),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.GeneralizedCrossEntropy(), np.eye(2), np.ones((2, 2)), "argmax"),
    (lb.cross_entropy, [0, 3], np.ones((2, 3)), r"y_true\[1\] is 3.*0 to 2"),
    (lb.cross_entropy, [0, -1], np.ones((2, 3)), r"y_true\[1\] is -1"),
    (lb.cross_entropy, [0.5, 1], np.ones((2, 3)), "whole numbers"),
    (lb.cross_entropy, [[0], [1]], np.ones((2, 3)), "ravel"),
    (lb.cross_entropy, [[0.5, 0.6]], [[1.0, 2.0]], "sum 1.1"),
    (lb.cross_entropy, [0, 1, 1], np.ones((2, 3)), "3 labels.*2 rows"),
    (lb.cross_entropy, [0, 1], [0.5, 0.5], r"must be \(n, K\)"),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.GeneralizedCrossEntropy, {"q": 0}),
    (lb.SoftmaxCrossEntropy, {"class_weight": (1.0, -1.0)}),
    (lb.SoftmaxCrossEntropy, {"label_smoothing": -0.1}),
]

LOOSE = {
    lb.SoftmaxCrossEntropy(label_smoothing=0.1): (
        40,
        "p − t cancels where the model gives a class just the smoothed share t: within 4 of the "
        "larger of p and t, but not of their difference",
    ),
}
