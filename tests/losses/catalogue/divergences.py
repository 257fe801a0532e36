"""The losses of two rows of probabilities, and their values worked out by hand."""

import math

import numpy as np

import lossbook as lb

LOSSES = [
    lb.KLDivergence(),
    lb.ReverseKL(),
    lb.JensenShannon(),
    lb.Hellinger(),
    lb.TotalVariation(),
    lb.ChiSquared(),
    lb.Renyi(),
    lb.Renyi(2.0),
    lb.Renyi(0.9),
    lb.Wasserstein1D(),
    lb.Wasserstein1D((0.0, 1.0, 4.0)),
    lb.Cramer(),
    lb.Cramer((0.0, 1.0, 4.0)),
    lb.Sinkhorn(),
    lb.Sinkhorn(1.0, power=2.0),
    lb.GeneralizedKL(),
    lb.ItakuraSaito(),
]
LOG2, LOG3 = math.log(2), math.log(3)
HALF = [0.5, 0.5]
LEFT = [1.0, 0.0]
SKEW = [0.25, 0.75]
INF = math.inf

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.kl_divergence, LEFT, HALF, LOG2, [-1.0, 1.0]),
    (lb.KLDivergence(), HALF, SKEW, LOG2 - LOG3 / 2, [-1.0, 1 / 3]),
    (lb.KLDivergence(), HALF, HALF, 0.0, [0.0, 0.0]),
    (lb.KLDivergence(), HALF, LEFT, INF, [0.5, -INF]),
    (lb.KLDivergence(), [0.5, 0.5, 0.0], [0.25, 0.75, 0.0], LOG2 - LOG3 / 2, [-1.0, 1 / 3, 1.0]),
    (lb.ReverseKL(), HALF, LEFT, LOG2, [LOG2, -INF]),
    (lb.ReverseKL(), HALF, SKEW, 0.75 * LOG3 - LOG2, [-LOG2, LOG3 - LOG2]),
    (lb.ReverseKL(), LEFT, HALF, INF, [-LOG2, INF]),
    (lb.ReverseKL(), LEFT, LEFT, 0.0, [0.0, 0.0]),
    (lb.JensenShannon(), LEFT, [0.0, 1.0], LOG2, [-INF, LOG2 / 2]),
    (lb.JensenShannon(), LEFT, HALF, 1.5 * LOG2 - 0.75 * LOG3, [(LOG2 - LOG3) / 2, LOG2 / 2]),
    (lb.Hellinger(), LEFT, SKEW, 0.5, [-0.5, 0.5]),
    (lb.Hellinger(), SKEW, LEFT, 0.5, [0.25, -INF]),
    (lb.Hellinger(), LEFT, LEFT, 0.0, [0.0, 0.5]),
    (lb.TotalVariation(), LEFT, SKEW, 0.75, [-0.5, 0.5]),
    (lb.TotalVariation(), HALF, HALF, 0.0, [0.0, 0.0]),
    (lb.ChiSquared(), LEFT, SKEW, 3.0, [-15.0, 1.0]),
    (lb.ChiSquared(), SKEW, LEFT, INF, [0.9375, -INF]),
    (lb.ChiSquared(), LEFT, LEFT, 0.0, [0.0, 1.0]),
    (lb.Renyi(2.0), HALF, SKEW, 2 * LOG2 - LOG3, [-2.0, 2 / 3]),
    (lb.Renyi(0.5), LEFT, SKEW, 2 * LOG2, [-3.0, 1.0]),
    (lb.Renyi(0.5), LEFT, [0.0, 1.0], INF, [-INF, 1.0]),
    (lb.Wasserstein1D(), [1.0, 0.0, 0.0], [0.0, 0.5, 0.5], 0.75, [-1.0, -0.5, 0.0]),
    (lb.Wasserstein1D((0, 1, 4)), [0.0, 0.0, 1.0], [0.0, 0.5, 0.5], 1.5, [3.0, 3.0, 0.0]),
    (lb.Wasserstein1D(), [0.5, 0.0, 0.5], [0.5, 0.5, 0.0], 0.25, [0.5, 0.5, 0.0]),
    (lb.Cramer(), [1.0, 0.0, 0.0], [0.0, 0.5, 0.5], 0.625, [-1.5, -0.5, 0.0]),
    (lb.Cramer((0, 1, 4)), [0.0, 0.0, 1.0], [0.0, 0.5, 0.5], 0.75, [3.0, 3.0, 0.0]),
    (lb.Sinkhorn(), LEFT, SKEW, 0.75, [-0.75, 0.25]),
    (lb.GeneralizedKL(), 2.0, 1.0, 2 * LOG2 - 1, -1.0),
    (lb.GeneralizedKL(), 0.0, 0.5, 0.5, 1.0),
    (lb.GeneralizedKL(), 1.0, 0.0, INF, -INF),
    (lb.GeneralizedKL(), 0.0, 0.0, 0.0, 1.0),
    (lb.ItakuraSaito(), 1.0, 2.0, LOG2 - 0.5, 0.25),
    (lb.ItakuraSaito(), 3.0, 1.0, 2 - LOG3, -2.0),
    (lb.ItakuraSaito(), 2.0, 2.0, 0.0, 0.0),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.kl_divergence, [HALF], [[1.0, 2.0]], r"y_pred\[0\] is \[1.0, 2.0\].*softmax"),
    (lb.kl_divergence, [[0.5, 0.6]], [HALF], r"y_true\[0\].*divide each row by its sum"),
    (lb.kl_divergence, HALF, HALF, r"needs y_true \(n, K\)"),
    (lb.Wasserstein1D((0, 1, 2)), [HALF], [HALF], "3 entries.*2 columns.*one position a class"),
    (lb.Cramer((0, 1, 2)), [HALF], [HALF], "3 entries.*2 columns.*one position a class"),
    (lb.GeneralizedKL(), [1.0, -1.0], [1.0, 1.0], r"y_true\[1\] is -1"),
    (lb.ItakuraSaito(), [1.0, 1.0], [1.0, 0.0], r"y_pred\[1\] is 0"),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.Renyi, {"alpha": 1.0}),
    (lb.Renyi, {"alpha": 0.0}),
    (lb.Wasserstein1D, {"positions": (0, 1, 1)}),
    (lb.Cramer, {"positions": (0,)}),
    (lb.Sinkhorn, {"epsilon": 0.0}),
    (lb.Sinkhorn, {"power": 9.0}),
]


def amounts(loss, dtype):
    """Return positive truths and predictions, as far apart as 10²⁰ and as near as rounding."""
    rng = np.random.default_rng(5)
    y = 10.0 ** rng.uniform(-4, 4, 80)
    p = y * np.exp(rng.normal(size=80) * np.repeat([1e-9, 1e-3, 0.3, 10.0], 20))
    return np.append(y, 3.0).astype(dtype), np.append(p, 3.0).astype(dtype)


def two_classes(loss, dtype):
    """Return rows of two classes, for which the best plan has a formula."""
    y, p = loss._example(np.random.default_rng(6), 40)
    return tuple(
        (row[:, :2] / row[:, :2].sum(axis=1, keepdims=True)).astype(dtype) for row in (y, p)
    )


POINTS = {lb.GeneralizedKL: amounts, lb.ItakuraSaito: amounts, lb.Sinkhorn: two_classes}

LOOSE = {
    lb.Renyi: (
        64,
        "an entry of the gradient is a difference of two numbers near 1; where it is some "
        "hundred times smaller, less than a unit of the last place of 1 is that many of its own",
    ),
    lb.Sinkhorn: (
        256,
        "found step by step as potentials of the size of the largest cost, so some units of "
        "that are lost, and show where the value or an entry of the gradient is small",
    ),
}
