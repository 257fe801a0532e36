"""The losses of `embeddings` and `triplets`, and their values worked out by hand."""

import numpy as np

import lossbook as lb

LOSSES = [
    lb.Contrastive(),
    lb.Contrastive(2.5),
    lb.CosineEmbedding(),
    lb.CosineEmbedding(0.25),
    lb.Triplet(),
    lb.Triplet(0.5, squared=False),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.Contrastive(), 1, [[0, 0], [3, 4]], 25.0, [[-6, -8], [6, 8]]),
    (lb.Contrastive(10.0), 0, [[0, 0], [3, 4]], 25.0, [[6, 8], [-6, -8]]),
    (lb.Contrastive(), 0, [[0, 0], [3, 4]], 0.0, [[0, 0], [0, 0]]),
    (lb.Contrastive(2.0), 0, [[3, 4], [3, 4]], 4.0, [[0, 0], [0, 0]]),
    (lb.CosineEmbedding(), 1, [[1, 0], [0, 2]], 1.0, [[0, -1], [-0.5, 0]]),
    (
        lb.CosineEmbedding(0.5),
        -1,
        [[3, 4], [4, 3]],
        0.46,
        [[0.0448, -0.0336], [-0.0336, 0.0448]],
    ),
    (lb.CosineEmbedding(), -1, [[1, 0], [0, 2]], 0.0, [[0, 1], [0.5, 0]]),
    (lb.Triplet(), 1, [[0, 0], [1, 0], [0, 1]], 1.0, [[-2, 2], [2, 0], [0, -2]]),
    (lb.Triplet(), -1, [[0, 0], [1, 0], [0, 2]], 4.0, [[2, -4], [-2, 0], [0, 4]]),
    (lb.Triplet(), 1, [[0, 0], [1, 0], [1, 1]], 0.0, [[0, 2], [2, 0], [-2, -2]]),
    (lb.Triplet(), 1, [[0, 0], [1, 0], [2, 2]], 0.0, [[0, 0], [0, 0], [0, 0]]),
    (
        lb.Triplet(squared=False),
        1,
        [[0, 0], [3, 4], [0, 2]],
        4.0,
        [[-0.6, 0.2], [0.6, 0.8], [0, -1]],
    ),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.Contrastive(), [-1], [[[0.0, 0.0], [1.0, 0.0]]], r"y_true\[0\] is -1.*0 or 1"),
    (lb.Contrastive(), [0.5], [[[0.0, 0.0], [1.0, 0.0]]], r"y_true\[0\] is 0\.5.*label 0 or 1"),
    (lb.Contrastive(), [1], [[0.0, 0.0]], r"\(1, 2\).*needs y_true \(n,\) and y_pred \(n, 2, d\)"),
    (lb.Triplet(), [1], np.ones((1, 2, 4)), r"\(1, 2, 4\).*y_pred \(n, 3, d\)"),
    (lb.Triplet(), [0], np.ones((1, 3, 4)), r"y_true\[0\] is 0.*2 \* y − 1"),
    (
        lb.CosineEmbedding(),
        [1, 1],
        [[[1.0, 0.0], [1.0, 2.0]], [[3.0, 0.0], [0.0, 0.0]]],
        r"y_pred\[1, 1\] is a vector of zeros.*bias",
    ),
]

BAD_FIELDS = [
    (lb.Contrastive, {"margin": 0.0}),
    (lb.CosineEmbedding, {"margin": 1.0}),
    (lb.Triplet, {"margin": -1.0}),
    (lb.Triplet, {"squared": "yes"}),
]
