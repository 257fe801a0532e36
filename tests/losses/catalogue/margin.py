"""The losses of `lossbook.losses.margin`, and their values worked out by hand."""

import lossbook as lb

LOSSES = [
    lb.Hinge(),
    lb.Perceptron(),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.Hinge(), 1.0, 0.25, 0.75, -1.0),
    (lb.Hinge(), -1.0, 0.25, 1.25, 1.0),
    (lb.Hinge(), -1.0, -1.0, 0.0, 1.0),
    (lb.Perceptron(), 1.0, 0.5, 0.0, 0.0),
    (lb.Perceptron(), -1.0, 0.5, 0.5, 1.0),
    (lb.Perceptron(), 1.0, 0.0, 0.0, -1.0),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.hinge, [0, 1], [0.5, 0.5], r"y_true\[0\] is 0.*2 \* y − 1"),
]
