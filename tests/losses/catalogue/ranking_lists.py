"""The losses of `ranking_lists` and `lambdarank`, and their values worked out by hand."""

import math

import lossbook as lb

LOSSES = [
    lb.ListSoftmax(),
    lb.ListSoftmax("share"),
    lb.ListMLE(),
    lb.LambdaRank(),
    lb.LambdaRank(sigma=2.0, k=2),
]

STAKE = 1 - 1 / math.log2(3)  # of exchanging the first two places
WIN = math.e / (1 + math.e)

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.ListSoftmax("share"), [1, 1, 0], [0, 0, 0], math.log(3), [-1 / 6, -1 / 6, 1 / 3]),
    (lb.ListSoftmax(), [math.log(3), 0.0], [0, 0], math.log(2), [-0.25, 0.25]),
    (lb.ListMLE(), [0, 2, 1], [0, 0, 0], math.log(6), [5 / 6, -2 / 3, -1 / 6]),
    (lb.ListMLE(), [1, 1], [math.log(3), 0.0], math.log(4 / 3), [-0.25, 0.25]),
    (lb.LambdaRank(), [0, 1], [0, 0], STAKE * math.log(2), [STAKE / 2, -STAKE / 2]),
    (lb.LambdaRank(), [1, 1], [3, 0], 0.0, [0, 0]),
    (
        lb.LambdaRank(k=1),
        [1, 2],
        [1, 0],
        2 / 3 * math.log(1 + math.e),
        [2 / 3 * WIN, -2 / 3 * WIN],
    ),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.ListMLE(), [[1.0, -1.0]], [[0.0, 0.0]], r"y_true\[0, 1\] is -1.*grades start at 0"),
    (lb.ListSoftmax("share"), [[1, 0], [0, 0]], [[0, 0], [1, 1]], r"y_true\[1\] is a row of zeros"),
    (lb.LambdaRank(), [[1, 0]], [[0, 0, 0]], r"\(1, 3\) beside y_true \(1, 2\)"),
]

BAD_FIELDS = [
    (lb.ListSoftmax, {"target": "sum"}),
    (lb.LambdaRank, {"sigma": 0.0}),
    (lb.LambdaRank, {"k": 0}),
    (lb.LambdaRank, {"k": 2.5}),
]

# Values keep to four: test_relations_ranking.py.
LOOSE = {
    lb.ListSoftmax: (
        200.0,
        "an entry of the gradient is a chance minus its target: where the two agree to some digits "
        "these are lost, as both are roundings of what the formula says",
    ),
    lb.ListMLE: (16.0, "an entry of the gradient sums draws of both signs, which partly cancel"),
    lb.LambdaRank: (16.0, "an entry of the gradient sums pairs of both signs, which partly cancel"),
}
