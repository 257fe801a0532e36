"""The losses of `lossbook.losses.combine_rows`, and their values worked out by hand."""

import math

import lossbook as lb

LOSSES = [
    lb.WeightedRowSum(),
    lb.WeightedRowSum((lb.Jaccard(), lb.SquaredError()), (1.0, 2.0)),
    lb.WeightedRowSum((lb.KLDivergence(), lb.TotalVariation()), (1.0, 0.5)),
    lb.WeightedRowSum((lb.CosineDistance(), lb.Huber(1.0)), (1.0, 0.25)),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    # 1 − (2·1 + 1)/(2 + 2 + 1) of the overlap, and log 2 of each pixel
    (LOSSES[0], [1.0, 1.0, 0.0, 0.0], [0.5] * 4, 0.4 + math.log(2), [-0.78, -0.78, 0.62, 0.62]),
    (LOSSES[2], [0.5, 0.5], [0.5, 0.5], 0.0, [0.0, 0.0]),
    (LOSSES[3], [1.0, 0.0], [0.0, 1.0], 1.0 + 0.25 * 0.5, [-1.125, 0.125]),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (LOSSES[0], [[0, 2]], [[0.5, 0.5]], r"y_true\[0, 1\] is 2"),
    (LOSSES[0], [[0, 1]], [[0.5, 1.5]], r"y_pred\[0, 1\] is 1\.5"),
    (LOSSES[2], [[0.5, 0.4]], [[0.5, 0.5]], "sum 1"),
]

# Class, and the hyper-parameters that it refuses.
BAD_FIELDS = [
    (lb.WeightedRowSum, {"losses": (lb.mse,), "weights": (1.0,)}),
    (lb.WeightedRowSum, {"weights": (1.0,)}),
    (lb.WeightedRowSum, {"losses": (lb.Dice(), lb.KLDivergence())}),
    (lb.WeightedRowSum, {"losses": (lb.Dice(), lb.Poisson())}),
    (lb.WeightedRowSum, {"losses": (lb.SoftmaxCrossEntropy(), lb.mse)}),
    (lb.WeightedRowSum, {"losses": (lb.GaussianNLL(), lb.mse)}),
    (lb.WeightedRowSum, {"weights": (1.0, -1.0)}),
]
