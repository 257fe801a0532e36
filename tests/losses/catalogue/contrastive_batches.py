"""The losses of `lossbook.losses.contrastive_batches`.

A batch of one sample asks nothing, which is all that can be said of one sample; batches worked
out by hand are in test_relations_contrastive_batches.py.
"""

import numpy as np

import lossbook as lb

LOSSES = [
    lb.InfoNCE(),
    lb.InfoNCE(0.5, normalise=False),
    lb.SupervisedContrastive(),
    lb.SupervisedContrastive(0.0625),
]


def batches(loss, dtype):
    """Return batches of the formula's size: vectors of all directions, short, long, and close."""
    rng = np.random.default_rng(11)
    parts = [loss._formula_example(rng) for _ in range(4)]
    y, x = (np.concatenate(part) for part in zip(*parts, strict=True))
    x = x * np.exp(rng.standard_normal((*x.shape[:-1], 1)))
    x[::4] = x[::4, :1] + 0.01 * x[::4]  # all near each other
    return y, x.astype(dtype)


POINTS = {lb.InfoNCE: batches, lb.SupervisedContrastive: batches}

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.InfoNCE(), 3, [[1, 2], [3, 4]], 0.0, [[0, 0], [0, 0]]),
    (lb.InfoNCE(normalise=False), 3, [[1, 2], [3, 4]], 0.0, [[0, 0], [0, 0]]),
    (lb.SupervisedContrastive(), 3, [1, 2], 0.0, [0, 0]),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (
        lb.InfoNCE(),
        [0, 1],
        np.ones((2, 3)),
        r"\(2, 3\).*and y_pred \(n, 2, d\)",
    ),
    (lb.InfoNCE(), [0, 0.5], np.ones((2, 2, 3)), r"y_true\[1\] is 0.5: labels are whole numbers"),
    (lb.InfoNCE(), [0, 1], np.zeros((2, 2, 3)), r"y_pred\[0, 0\] is a vector of zeros"),
    (lb.SupervisedContrastive(), [0, 1], np.eye(2, 3) * [0, 1, 1], r"y_pred\[0\] is a vector of z"),
    (lb.SupervisedContrastive(), [0, 1], np.ones((2, 2, 3)), r"\(2, 2, 3\).*y_pred \(n, d\)"),
]

BAD_FIELDS = [
    (lb.InfoNCE, {"temperature": 0.0}),
    (lb.InfoNCE, {"normalise": "yes"}),
    (lb.SupervisedContrastive, {"temperature": -1.0}),
]

# Values keep to four: test_relations_embeddings.py.
WHY = (
    "an entry of the gradient sums pulls of the whole batch, each right to four units of the last "
    "place but of both signs; of vectors all near each other a thousandth of them is left over"
)
LOOSE = {lb.InfoNCE: (4096.0, WHY), lb.SupervisedContrastive: (4096.0, WHY)}
