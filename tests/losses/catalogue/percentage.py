"""The losses of `lossbook.losses.percentage`, and their values worked out by hand."""

import lossbook as lb

LOSSES = [lb.AbsolutePercentageError(), lb.SymmetricPercentageError()]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.AbsolutePercentageError(), -4.0, -5.0, 0.25, -0.25),
    (lb.SymmetricPercentageError(), 1.0, 3.0, 1.0, 0.25),
    (lb.SymmetricPercentageError(), -3.0, -1.0, 1.0, 0.75),
    (lb.SymmetricPercentageError(), 1.0, -5.0, 2.0, 0.0),
    (lb.SymmetricPercentageError(), 2.0, 0.0, 2.0, -1.0),
    (lb.SymmetricPercentageError(), 2.0, 2.0, 0.0, 0.0),
    (lb.SymmetricPercentageError(), 0.0, 5.0, 2.0, 0.0),
    (lb.SymmetricPercentageError(), 0.0, 0.0, 0.0, 0.0),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [(lb.AbsolutePercentageError(), [0.0], [1.0], r"y_true\[0\] is 0")]
