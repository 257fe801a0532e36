"""The loss of `lossbook.losses.percentage`, and its values worked out by hand."""

import lossbook as lb

LOSSES = [lb.SymmetricPercentageError()]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.SymmetricPercentageError(), 1.0, 3.0, 1.0, 0.25),
    (lb.SymmetricPercentageError(), -3.0, -1.0, 1.0, 0.75),
    (lb.SymmetricPercentageError(), 1.0, -5.0, 2.0, 0.0),
    (lb.SymmetricPercentageError(), 2.0, 0.0, 2.0, -1.0),
    (lb.SymmetricPercentageError(), 2.0, 2.0, 0.0, 0.0),
    (lb.SymmetricPercentageError(), 0.0, 5.0, 2.0, 0.0),
    (lb.SymmetricPercentageError(), 0.0, 0.0, 0.0, 0.0),
]
