"""The losses of `lossbook.losses.ordinal`, and their values worked out by hand."""

import math

import numpy as np

import lossbook as lb

LOSSES = [
    lb.RankedProbability(),
    lb.OrdinalLogistic(),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.RankedProbability(), 0, [0.5, 0.0, 0.5], 0.25, [0.0, 0.5, 1.0]),
    (lb.RankedProbability(), 1, [0.5, 0.25, 0.25], 5 / 32, [0.5, 0.0, 0.25]),
    (lb.RankedProbability(), 2, [1.0, 0.0, 0.0], 1.0, [2.0, 1.0, 0.0]),
    (lb.RankedProbability(), 2, [0.0, 0.0, 1.0], 0.0, [0.0, 0.0, 0.0]),
    (lb.RankedProbability(), [0.5, 0.5], [0.25, 0.75], 1 / 16, [-0.25, 0.25]),
    (lb.OrdinalLogistic(), 0, [0.0, 0.0], 2 * math.log(2), [0.5, 0.5]),
    (
        lb.OrdinalLogistic(),
        1,
        [math.log(3), math.log(3)],
        math.log(16 / 3),
        [-0.25, 0.75],
    ),
    (lb.OrdinalLogistic(), 2, [0.0, math.log(3)], math.log(8 / 3), [-0.5, -0.25]),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.OrdinalLogistic(), [0, 3], np.ones((2, 2)), r"y_true\[1\] is 3.*2 of them.*0 to 2"),
    (lb.OrdinalLogistic(), [-1, 0], np.ones((2, 2)), r"y_true\[0\] is -1.*from 0"),
    (lb.OrdinalLogistic(), np.eye(2), np.ones((2, 2)), "OrdinalLogistic is defined.*argmax"),
    (lb.RankedProbability(), [0], [[0.5, 0.6]], r"y_pred\[0\].*divide each row"),
]
