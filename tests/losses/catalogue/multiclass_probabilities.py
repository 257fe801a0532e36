"""The losses of `lossbook.losses.multiclass_probabilities`, and values worked out by hand."""

import math

import lossbook as lb

LOSSES = [
    lb.CategoricalCrossEntropy(),
    lb.MulticlassBrier(),
    lb.MulticlassSphericalScore(),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.CategoricalCrossEntropy(), 0, [0.25, 0.75], math.log(4), [-4.0, 0.0]),
    (lb.CategoricalCrossEntropy(), 1, [1.0, 0.0], math.inf, [0.0, -math.inf]),
    (lb.CategoricalCrossEntropy(), 0, [1.0, 0.0], 0.0, [-1.0, 0.0]),
    (lb.CategoricalCrossEntropy(), [0.0, 1.0], [1.0, 0.0], math.inf, [0.0, -math.inf]),
    (
        lb.CategoricalCrossEntropy(),
        [0.5, 0.5],
        [0.25, 0.75],
        math.log(4) - math.log(3) / 2,
        [-2.0, -2 / 3],
    ),
    (lb.MulticlassBrier(), 0, [0.25, 0.75], 9 / 8, [-1.5, 1.5]),
    (lb.MulticlassBrier(), 1, [1.0, 0.0, 0.0], 2.0, [2.0, -2.0, 0.0]),
    (lb.MulticlassBrier(), [0.5, 0.5], [0.25, 0.75], 1 / 8, [-0.5, 0.5]),
    (lb.MulticlassSphericalScore(), 0, [3 / 7, 4 / 7], 0.4, [-0.896, 0.672]),
    (lb.MulticlassSphericalScore(), 1, [1.0, 0.0], 1.0, [0.0, -1.0]),
    (lb.MulticlassSphericalScore(), 0, [1.0, 0.0], 0.0, [0.0, 0.0]),
    (lb.MulticlassSphericalScore(), [0.5, 0.5], [3 / 7, 4 / 7], 0.3, [-0.112, 0.084]),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.categorical_cross_entropy, [0, 1], [[0.5, 0.5], [2.0, -1.0]], r"y_pred\[1\].*softmax"),
    (lb.categorical_cross_entropy, [0], [[0.5, 0.6]], r"y_pred\[0\].*divide each row"),
    (lb.categorical_cross_entropy, [2], [[0.5, 0.5]], r"y_true\[0\] is 2.*0 to 1"),
    (lb.MulticlassBrier(), [[0.5, 0.6]], [[0.5, 0.5]], "sum 1.1"),
]
