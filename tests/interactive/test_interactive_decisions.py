"""Thresholds and divergences of the figures are those of scikit-learn and of the package."""

import math
from itertools import product

import numpy as np
import pytest
from scipy.stats import norm
from sklearn.metrics import confusion_matrix, precision_recall_curve

import lossbook as lb

DATA = [lb.interactive("threshold").config[key] for key in ("positives", "negatives")]
TIED = [[0.2, 0.6, 0.6, 1.0], [0.0, 0.2, 0.2, 0.6, 0.7]]


def close(found, exact):
    """Equal to 12 digits."""
    np.testing.assert_allclose(np.array(found, dtype=float), exact, rtol=1e-12, atol=1e-12)


def labelled(data):
    return np.repeat([1, 0], [len(part) for part in data]), np.concatenate(data)


@pytest.mark.parametrize("data", [DATA, TIED], ids=["default", "tied"])
def test_precision_and_recall(maths, data):
    precision, recall, thresholds = precision_recall_curve(*labelled(data))
    (curve,) = maths("threshold", "curve", [(data,)])
    for found in (curve, maths("threshold", "rates", [(data, t) for t in thresholds])):
        close([point["precision"] for point in found], precision[:-1])
        close([point["recall"] for point in found], recall[:-1])


@pytest.mark.parametrize("data", [DATA, TIED], ids=["default", "tied"])
def test_costs_are_those_of_the_confusion_matrix(maths, data):
    truth, scores = labelled(data)
    rows = list(product(np.linspace(0, 1, 21), [1, 5], [1, 3]))

    def cost(t, miss, alarm):
        (_, alarms), (missed, _) = confusion_matrix(truth, scores >= t, labels=[0, 1])
        return miss * missed + alarm * alarms

    close(maths("threshold", "cost", [(data, *row) for row in rows]), [cost(*row) for row in rows])


@pytest.mark.parametrize("data", [DATA, TIED], ids=["default", "tied"])
@pytest.mark.parametrize("prices", [(5, 1), (1, 1), (1, 20), (20, 1)])
def test_no_threshold_is_cheaper(maths, data, prices):
    (best,) = maths("threshold", "cheapest", [(data, *prices)])
    costs = maths("threshold", "cost", [(data, t, *prices) for t in np.linspace(0, 1, 1001)])
    (least,) = maths("threshold", "cost", [(data, best, *prices)])
    assert least == min(costs)


BELLS = [(1.0, 1.2), (-0.4, 2.02), (-2.0, 0.5), (5.0, 4.0), (-5.0, 0.3), (0.0, 1.0)]
GRID = np.linspace(-45, 45, 36001)


def densities(mean, width):
    """Both densities on the grid."""
    p = 0.6 * norm.pdf(GRID, -2, 0.5) + 0.4 * norm.pdf(GRID, 2, 0.5)
    return p, norm.pdf(GRID, mean, width)


def test_from_the_humps_the_divergence_is_cross_entropy_less_entropy(maths):
    found = maths("kl-directions", "forward", BELLS)
    p, _ = densities(0, 1)
    entropy = -np.sum(p[p > 0] * np.log(p[p > 0])) * (GRID[1] - GRID[0])
    mean, variance = -0.4, 0.25 + 4 - 0.16
    cross = [
        math.log(s * math.sqrt(2 * math.pi)) + (variance + (mean - m) ** 2) / (2 * s**2)
        for m, s in BELLS
    ]
    close(found, np.array(cross) - entropy)


def test_both_divergences_are_those_of_the_package_on_a_fine_grid(maths):
    kl, step = lb.KLDivergence(), GRID[1] - GRID[0]
    for direction, swap in (("forward", False), ("reverse", True)):
        rows = [(m, s) for m, s in BELLS if 1 <= s < 4]  # neither underflows
        for (m, s), found in zip(rows, maths("kl-directions", direction, rows), strict=True):
            pair = [row[abs(GRID) < 18] * step for row in densities(m, s)]
            close(found, kl.pointwise(*[[row] for row in (pair[::-1] if swap else pair)])[0])


STARTS = [(1.0, 1.2), (-0.4, 2.02), (-4.0, 1.0), (5.0, 4.0)]


def test_the_best_bell_from_the_humps_has_their_mean_and_variance(maths):
    for least, *bell in maths("kl-directions", "least.0", STARTS):
        exact = -0.4, math.sqrt(4.09)
        np.testing.assert_allclose(bell, exact, atol=2e-4)
        np.testing.assert_allclose(
            least, maths("kl-directions", "forward", [exact])[0], rtol=0, atol=1e-8
        )


def test_the_best_bell_towards_the_humps_is_one_of_them(maths):
    found = maths("kl-directions", "least.1", STARTS)
    for (least, mean, width), weight in zip(found, [0.4, 0.6, 0.6, 0.4], strict=True):
        # The other hump is so far away that its weight is all it costs.
        np.testing.assert_allclose(least, -math.log(weight), atol=2e-4)
        np.testing.assert_allclose((mean, width), (2 if weight == 0.4 else -2, 0.5), atol=1e-3)
        near = [(mean + a, width + b) for a in (-0.01, 0, 0.01) for b in (-0.01, 0, 0.01)]
        assert min(maths("kl-directions", "reverse", near)) > least - 1e-8
