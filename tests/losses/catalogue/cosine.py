"""The loss of `lossbook.losses.cosine`, and its values worked out by hand."""

import lossbook as lb

LOSSES = [lb.CosineDistance()]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.CosineDistance(), [3.0, 4.0], [4.0, 3.0], 0.04, [0.0336, -0.0448]),
    (lb.CosineDistance(), [1.0, 0.0], [-2.0, 0.0], 2.0, [0.0, 0.0]),
    (lb.CosineDistance(), [1.0, 0.0], [0.0, 0.0], 1.0, [0.0, 0.0]),
    (lb.CosineDistance(), [0.0, 0.0], [1.0, 0.0], 1.0, [0.0, 0.0]),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.CosineDistance(), [[1.0, 2.0]], [[1.0, 2.0, 3.0]], r"y_pred has shape \(1, 3\)"),
    (lb.CosineDistance(), [1.0, 2.0], [1.0, 2.0], r"y_true has shape \(2,\)"),
]
