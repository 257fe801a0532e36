"""The losses of `lossbook.losses.ranking`, and their values worked out by hand."""

import math

import lossbook as lb

LOSSES = [
    lb.PairwiseHinge(),
    lb.PairwiseHinge(0.0),
    lb.PairwiseLogistic(),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.PairwiseHinge(), 1, [1.0, 0.5], 0.5, [-1, 1]),
    (lb.PairwiseHinge(), -1, [2.0, 0.5], 2.5, [1, -1]),
    (lb.PairwiseHinge(), 1, [1.0, 0.0], 0.0, [-1, 1]),
    (lb.PairwiseHinge(), 1, [3.0, 0.0], 0.0, [0, 0]),
    (lb.PairwiseLogistic(), 1, [math.log(3), 0.0], math.log(4 / 3), [-0.25, 0.25]),
    (lb.PairwiseLogistic(), -1, [math.log(3), 0.0], math.log(4), [0.75, -0.75]),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.PairwiseHinge(), [0], [[1.0, 0.0]], r"y_true\[0\] is 0.*2 \* y − 1"),
    (lb.BPR(), [1], [[1.0, 0.0, 3.0]], r"\(1, 3\).*needs y_true \(n,\) and y_pred \(n, 2\)"),
]

BAD_FIELDS = [(lb.PairwiseHinge, {"margin": -1.0})]
