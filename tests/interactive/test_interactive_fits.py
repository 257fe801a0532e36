"""Fits and minimisers that the figures find are those of the package's losses."""

import numpy as np
import pytest
from scipy.optimize import linprog

import lossbook as lb

XS = [0.5, 1.4, 2.3, 3.1, 4.2, 5.0, 5.9, 6.8, 7.7]
YS = [1.6, 1.5, 2.5, 2.2, 3.3, 3.1, 4.2, 4.1, 5.0]
OUTLIERS = [(9.0, 5.4), (9.0, 0.8), (0.0, 8.0), (12.0, 0.0), (4.2, 12.0), (25.0, 0.8), (24.0, 9.9)]
DATA = [1.0, 1.8, 2.6, 3.2, 4.1, 5.2, 9.5]
LEVELS = [0.05, 0.15, 0.3, 0.5, 0.8, 0.95]


def points(outlier):
    return np.append(XS, outlier[0]), np.append(YS, outlier[1])


def design(x):
    return np.column_stack([np.ones_like(x), x])


def close(found, exact):
    """Equal to 12 digits."""
    np.testing.assert_allclose(np.array(found, dtype=float), exact, rtol=1e-12, atol=1e-12)


def test_least_squares(maths):
    rows = [points(outlier) for outlier in OUTLIERS]
    fits = maths("outlier", "squared", rows)
    close(fits, [np.linalg.lstsq(design(x), y, rcond=None)[0] for x, y in rows])


def test_no_line_has_a_smaller_absolute_error(maths):
    rows = [points(outlier) for outlier in OUTLIERS]
    for (x, y), fit in zip(rows, maths("outlier", "absolute", rows), strict=True):
        n, mean = len(x), lb.mae(y, design(x) @ np.array(fit))
        # Split each residual into what is above and what is below.
        least = linprog(
            np.concatenate([[0, 0], np.ones(2 * n)]) / n,
            A_eq=np.hstack([design(x), np.eye(n), -np.eye(n)]),
            b_eq=y,
            bounds=[(None, None)] * 2 + [(0, None)] * (2 * n),
        )
        close(mean, least.fun)


def test_far_out_in_x_even_the_absolute_error_follows(maths):
    near, far = maths("outlier", "absolute", [points((9.0, 0.8)), points((25.0, 0.8))])
    assert near[1] > 0.3
    assert far[1] < 0
    close(far[0] + 25 * far[1], 0.8)


@pytest.mark.parametrize("delta", [0.1, 0.5, 1.0, 4.0])
def test_the_huber_fit_is_where_the_gradient_is_zero(maths, delta):
    rows = [(*points(outlier), delta) for outlier in OUTLIERS]
    loss = lb.Huber(delta)
    for (x, y, _), fit in zip(rows, maths("outlier", "huber", rows), strict=True):
        pull = design(x).T @ loss.grad(y, design(x) @ np.array(fit))
        close(pull, 0.0)


def test_losses_of_a_constant(maths):
    constants = np.linspace(0.0, 12.0, 25)
    truth = np.array(DATA)
    for function, make in {
        "squaredError": lb.SquaredError,
        "absoluteError": lb.AbsoluteError,
    }.items():
        found = maths("minimiser", function, [(DATA, c) for c in constants])
        close(found, [make()(truth, np.full(7, c)) for c in constants])
    for q in LEVELS:
        found = maths("minimiser", "quantileLoss", [(DATA, c, q) for c in constants])
        close(found, [lb.Quantile(q)(truth, np.full(7, c)) for c in constants])


def test_no_constant_is_better_than_the_quantile(maths):
    for q, best in zip(
        LEVELS, maths("minimiser", "quantile", [(DATA, q) for q in LEVELS]), strict=True
    ):
        losses = [lb.Quantile(q)(DATA, np.full(7, c)) for c in DATA]
        close(lb.Quantile(q)(DATA, np.full(7, best)), min(losses))


def test_the_mean_is_where_the_squared_error_is_flat(maths):
    (mean,) = maths("minimiser", "mean", [(DATA,)])
    close(lb.SquaredError().grad(DATA, np.full(7, mean)).sum(), 0.0)
