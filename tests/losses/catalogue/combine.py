"""The loss of `lossbook.losses.combine`, and its values worked out by hand."""

import math

import lossbook as lb

LOSSES = [
    lb.WeightedSum(),
    lb.WeightedSum((lb.Huber(0.5), lb.Cauchy(1.0)), (1.0, 2.0)),
    lb.WeightedSum((lb.Quantile(0.75), lb.Quantile(0.25), lb.LogCosh()), (1.0, 0.5, 0.25)),
    lb.WeightedSum((lb.HalfSquaredError(), lb.Welsch(1.0)), (0.0625, 1.0)),
    lb.WeightedSum((lb.SigmoidCrossEntropy(), lb.HingeCritic()), (1.0, 0.5)),
    lb.WeightedSum((lb.BinaryCrossEntropy(), lb.SquaredError()), (0.5, 2.0)),
    lb.WeightedSum((lb.Hinge(),), (3.0,)),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.WeightedSum(weights=(1.0, 0.5)), 0.0, -2.0, 5.0, -4.5),
    (lb.WeightedSum(weights=(1.0, 0.5)), 3.0, 3.0, 0.0, 0.0),
    (LOSSES[4], 1.0, 0.0, math.log(2) + 0.5, -1.0),
    (LOSSES[6], -1.0, 0.5, 4.5, 3.0),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (LOSSES[4], [-1, 1], [0.5, 0.5], r"y_true\[0\] is -1.*\(y \+ 1\) / 2"),
    (LOSSES[6], [0, 1], [0.5, 0.5], r"y_true\[0\] is 0.*2 \* y − 1"),
    (LOSSES[5], [0, 1], [0.5, 1.5], r"y_pred\[1\] is 1\.5.*logits"),
]
