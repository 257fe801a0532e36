"""The losses of `lossbook.losses.overlap`, and their values worked out by hand."""

import lossbook as lb

LOSSES = [
    lb.Dice(),
    lb.Dice(0.25),
    lb.Dice(0.5, squared=True),
    lb.Jaccard(),
    lb.Tversky(),
    lb.Tversky(0.125, 0.25, 0.5),
    lb.Tversky(0.75, 1.5, 0.5),
    lb.FocalTversky(),
    lb.FocalTversky(0.25, 0.75, gamma=2.0, smooth=0.5),
    lb.FocalTversky(gamma=1.0),
]

# Loss, truth, prediction, value, derivative: one sample each.
HALF = ([1.0, 0.0], [0.5, 0.5])
KNOWN = [
    (lb.Dice(), [1, 1, 0, 0], [1.0, 0.0, 0.0, 0.0], 1 / 4, [-5 / 16, -5 / 16, 3 / 16, 3 / 16]),
    (lb.Dice(), [0, 0], [0.0, 0.0], 0.0, [1.0, 1.0]),
    (lb.Dice(squared=True), *HALF, 1 / 5, [-12 / 25, 8 / 25]),
    (lb.Jaccard(), *HALF, 2 / 5, [-2 / 5, 6 / 25]),
    (lb.Jaccard(), [[0, 0], [0, 1]], [[0.0, 0.0], [0.0, 1.0]], 0.0, [[0.5, 0.5], [0.5, -0.5]]),
    (lb.Tversky(0.25, 0.75), *HALF, 1 / 4, [-13 / 32, 3 / 32]),
    (lb.FocalTversky(0.25, 0.75, gamma=2.0), *HALF, 1 / 2, [-13 / 32, 3 / 32]),
    (lb.FocalTversky(), [1, 0], [1.0, 0.0], 0.0, [0.0, 0.0]),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.Dice(), [[0, 255.0]], [[0.5, 0.5]], r"y_true\[0, 1\] is 255.*divide grey values by"),
    (lb.Jaccard(), [[0, 1]], [[0.5, 1.5]], r"y_pred\[0, 1\] is 1\.5.*logits"),
    (lb.Tversky(), [[0, 1]], [[[0.5, 0.5]]], r"y_pred has shape \(1, 1, 2\)"),
    (lb.Dice(), [0, 1], [0.5, 0.5], r"y_true has shape \(2,\)"),
]
