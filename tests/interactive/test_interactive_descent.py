"""The figures that descend take the steps of the package's optimizers and schedules."""

import math
from itertools import product

import numpy as np
import pytest
from scipy.optimize import approx_fprime

import lossbook as lb
from lossbook.schedules import constant, exponential_decay, warmup


def close(found, exact):
    """Equal to 12 digits of the largest number."""
    found, exact = np.array(found, dtype=float), np.asarray(exact)
    np.testing.assert_allclose(found, exact, rtol=0, atol=1e-12 * np.abs(exact).max())


def descend(optimizer, slope, start, steps):
    """The points that an optimizer visits."""
    w = np.array(start, dtype=float)
    path = [w.copy()]
    for _ in range(steps):
        path.append(optimizer.step(w, slope(w)).copy())
    return np.array(path)


def turned(kappa, tilt):
    """The Hessian with curvature 1 along the angle, and κ across it."""
    v = np.array([[math.cos(tilt), -math.sin(tilt)], [math.sin(tilt), math.cos(tilt)]])
    return v @ np.diag([1.0, kappa]) @ v.T


def triangle(hessian):
    return [hessian[0, 0], hessian[0, 1], hessian[1, 1]]


HESSIANS = [(1.0, 0.3), (10.0, 0.0), (10.0, 0.44), (100.0, 1.2), (37.0, math.pi / 2)]
SETTINGS = [(0.05, 0.0), (0.19, 0.0), (0.21, 0.0), (0.018, 0.9), (0.3, 0.5), (1.0, 0.99)]


@pytest.mark.parametrize(("kappa", "tilt"), HESSIANS)
def test_a_quadratic_and_the_paths_on_it(maths, kappa, tilt):
    hessian, start = turned(kappa, tilt), [-1.9, 1.2]
    (entries,) = maths("quadratic-descent", "hessian", [(kappa, tilt)])
    close(entries, triangle(hessian))
    (height,) = maths("quadratic-descent", "height", [(start, triangle(hessian))])
    close(height, np.array(start) @ hessian @ start / 2)
    rows = [(start, triangle(hessian), eta, mu) for eta, mu in SETTINGS]
    for (eta, mu), path in zip(SETTINGS, maths("quadratic-descent", "path", rows), strict=True):
        optimizer = lb.Momentum(eta, momentum=mu) if mu else lb.GradientDescent(eta)
        close(path, descend(optimizer, lambda w: hessian @ w, start, 60))


def test_the_largest_stable_step(maths):
    rows = list(product([1.0, 10.0, 100.0], [0.0, 0.5, 0.99]))
    exact = [lb.Momentum(0.1, momentum=mu).max_stable_lr(kappa) for kappa, mu in rows]
    close(maths("quadratic-descent", "limit", rows), exact)


def test_what_a_step_leaves_is_the_spectral_radius_of_the_iteration(maths):
    rows = [(c, eta, mu) for c in (1.0, 7.0, 50.0) for eta, mu in SETTINGS]
    # One step takes (w, v) to (w − η(μv + λw), μv + λw).
    radii = [
        np.abs(np.linalg.eigvals([[1 - eta * c, -eta * mu], [c, mu]])).max() for c, eta, mu in rows
    ]
    close(maths("quadratic-descent", "factor", rows), radii)


RAVINE, ASLANT = np.diag([1.0, 25.0]), turned(25.0, math.pi / 6)
SLOPES = {
    "ravine": lambda w: RAVINE @ w,
    "aslant": lambda w: ASLANT @ w,
    "rosenbrock": lambda w: np.array(
        [2 * (w[0] - 1) - 40 * w[0] * (w[1] - w[0] ** 2), 20 * (w[1] - w[0] ** 2)]
    ),
    "saddle": lambda w: np.array([10 * w[0], w[1] ** 3 - w[1]]),
}
METHODS = {
    "gradient descent": lb.GradientDescent,
    "momentum": lb.Momentum,
    "AdaGrad": lb.AdaGrad,
    "Adam": lb.Adam,
}


@pytest.mark.parametrize("landscape", SLOPES)
@pytest.mark.parametrize("method", METHODS)
def test_a_race_is_run_by_the_optimizers(maths, landscape, method):
    start, eta = [-1.2, 1.0], 0.005
    (path,) = maths("optimizer-race", "run", [(method, landscape, start, eta)])
    exact = descend(METHODS[method](eta), SLOPES[landscape], start, len(path) - 1)
    close(path, exact)
    assert len(path) == 121


@pytest.mark.parametrize("landscape", SLOPES)
def test_a_landscape_has_its_slope_and_a_minimum_of_zero(maths, landscape):
    points = [[-1.2, 1.0], [0.3, -0.8], [1.7, 2.4], [0.0, 1.0]]

    def height(w):
        return maths("optimizer-race", f"landscapes.{landscape}.value", [list(w)])[0]

    slopes = maths("optimizer-race", f"landscapes.{landscape}.slope", points)
    close(slopes, [SLOPES[landscape](np.array(w)) for w in points])
    for w, slope in zip(points[:2], slopes[:2], strict=True):
        np.testing.assert_allclose(approx_fprime(w, height), slope, atol=1e-5)
    lowest = {"rosenbrock": [1, 1], "saddle": [0, -1]}.get(landscape, [0, 0])
    assert height(lowest) == 0


def test_a_run_that_flees_ends(maths):
    (path,) = maths("optimizer-race", "run", [("gradient descent", "ravine", [1, 1], 0.5)])
    assert len(path) < 121
    assert np.isfinite(path).all()


STEPS = [0, 1, 4, 5, 12, 13, 40, 99, 150, 200]


def rates(maths, name, eta, half, warm=0, steps=STEPS):
    return maths("schedules", "rate", [(name, t, eta, half, warm) for t in steps])


@pytest.mark.parametrize("half", [1, 5, 37])
def test_schedules(maths, half):
    steps = np.array(STEPS)
    decay = exponential_decay(0.3, rate=0.5, every=half)
    close(rates(maths, "constant", 0.3, half), [constant(0.3)(t) for t in STEPS])
    close(rates(maths, "exponential", 0.3, half), [decay(t) for t in STEPS])
    close(rates(maths, "staircase", 0.3, half), [decay(t // half * half) for t in STEPS])
    close(1 / np.array(rates(maths, "inverse", 0.3, half)), 1 / 0.3 + steps / (0.3 * half))
    close(rates(maths, "cosine", 0.3, half), 0.3 * np.cos(np.pi * steps / 400) ** 2)


@pytest.mark.parametrize("name", ["constant", "staircase", "exponential", "inverse", "cosine"])
def test_a_schedule_is_half_down_where_it_should_be_and_warms_up(maths, name):
    warm = rates(maths, name, 0.3, 5, warm=10, steps=range(11))
    close(warm, [warmup(10, 0.3)(t) for t in range(11)])
    shares = {"constant": 1, "cosine": np.cos(np.pi * 5 / 380) ** 2}
    close(rates(maths, name, 0.3, 5, warm=10, steps=[15]), [0.3 * shares.get(name, 0.5)])


def test_the_expected_error_is_the_mean_over_all_noises(maths):
    start, steps, schedule = 3.0, 8, exponential_decay(0.8, rate=0.5, every=3)
    ends = []
    for noise in product([-1.0, 1.0], repeat=steps):
        noises = iter(noise)
        path = descend(lb.GradientDescent(schedule), lambda w: w + next(noises), [start], steps)  # noqa: B023
        ends.append(path[:, 0] ** 2)
    etas = [schedule(t) for t in range(steps + 1)]
    (errors,) = maths("schedules", "errors", [(etas, start**2)])
    close(errors, np.mean(ends, axis=0))
