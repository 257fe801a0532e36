"""`minimize` goes to the bottom; a run that diverges fails with advice."""

import numpy as np
import pytest

from lossbook import data
from lossbook.divergence import DivergenceError, largest_curvature
from lossbook.lbfgs import lbfgs
from lossbook.losses.regression import SquaredError
from lossbook.models import LinearModel
from lossbook.objectives import objective
from lossbook.optimizers import Adam, GradientDescent, Momentum
from lossbook.training import fit, minimize

CURVATURES = np.array([1.0, 4.0, 10.0])


def bowl(w):
    return float(0.5 * w @ (CURVATURES * w)), CURVATURES * w


@pytest.mark.parametrize("opt", [GradientDescent(0.15), Momentum(0.05), Adam(0.1)], ids=repr)
def test_minimize_finds_the_bottom_and_stops_there(opt):
    result = minimize(bowl, [1.0, -2.0, 3.0], opt, steps=2000, tol=1e-6)
    assert result.converged
    assert result.grad_norms[-1] <= 1e-6 < result.grad_norms[-2]
    assert np.abs(result.w).max() < 1e-5
    assert result.steps < 2000
    assert len(result.values) == len(result.grad_norms) == result.steps + 1


def test_minimize_is_the_bare_loop():
    result = minimize(bowl, np.ones(3), GradientDescent(0.1), steps=7, keep_path=True)
    expected = (1 - 0.1 * CURVATURES) ** np.arange(8)[:, None]
    np.testing.assert_allclose(result.path, expected, atol=1e-15)
    np.testing.assert_allclose(result.values, [bowl(w)[0] for w in result.path])
    np.testing.assert_allclose(result.grad_norms, np.linalg.norm(CURVATURES * expected, axis=1))
    assert result.value == result.values[-1]
    assert not result.converged


def test_minimize_leaves_the_start_alone_and_takes_integers():
    w0 = np.array([1, -2, 3])
    assert minimize(bowl, w0, GradientDescent(0.1), steps=3).w.dtype == np.float64
    assert w0.tolist() == [1, -2, 3]


def test_minimize_starts_with_a_fresh_optimizer():
    opt = Adam(0.1)
    first = minimize(bowl, np.ones(3), opt, steps=9)
    np.testing.assert_array_equal(minimize(bowl, np.ones(3), opt, steps=9).w, first.w)


def test_minimize_evaluates_the_function_once_a_step():
    calls = []
    minimize(lambda w: (calls.append(1), bowl(w))[1], np.ones(3), GradientDescent(0.1), steps=5)
    assert len(calls) == 6


def test_the_callback_sees_every_step_and_may_stop():
    seen = []

    def callback(step, w, value):
        seen.append((step, value, bowl(w)[0]))
        return step == 3

    result = minimize(bowl, np.ones(3), GradientDescent(0.1), steps=10, callback=callback)
    assert [step for step, *_ in seen] == [0, 1, 2, 3]
    assert all(value == at_w for _, value, at_w in seen)
    assert result.steps == 3


def test_the_same_objective_serves_minimize_and_scipy(line):
    from scipy.optimize import minimize as scipy_minimize

    f = objective(LinearModel(1), SquaredError(), line.X, line.y)
    ours = minimize(f, np.zeros(2), GradientDescent(0.2), steps=500, tol=1e-10).w
    theirs = scipy_minimize(f, np.zeros(2), jac=True, tol=1e-10).x
    np.testing.assert_allclose(ours, theirs, rtol=1e-6)


@pytest.mark.parametrize(
    ("f", "error", "message"),
    [
        (lambda w: 1.0, TypeError, r"must return \(value, gradient\).*got float"),
        (lambda w: (w, w), TypeError, r"must return \(value, gradient\)"),
        (lambda w: (1.0, w[:2]), ValueError, r"gradient of shape \(2,\), but w has shape \(3,\)"),
    ],
)
def test_functions_that_cannot_be_minimised_are_refused(f, error, message):
    with pytest.raises(error, match=message):
        minimize(f, np.ones(3), GradientDescent(0.1), steps=1)
    with pytest.raises(error, match=message):
        lbfgs(f, np.ones(3))


def test_bad_arguments_of_minimize_are_refused():
    with pytest.raises(ValueError, match="steps must be a positive integer, got 0"):
        minimize(bowl, np.ones(3), GradientDescent(0.1), steps=0)
    with pytest.raises(ValueError, match=r"use w0.ravel\(\)"):
        minimize(bowl, np.ones((3, 1)), GradientDescent(0.1), steps=1)
    with pytest.raises(ValueError, match=r"w0\[1\] is nan: start from finite parameters"):
        minimize(bowl, [1.0, np.nan, 1.0], GradientDescent(0.1), steps=1)
    with pytest.raises(TypeError, match=r"got <class .*>: make one, GradientDescent\(…\)"):
        minimize(bowl, np.ones(3), GradientDescent, steps=1)


def test_bad_arguments_of_lbfgs_are_refused():
    for name in ("steps", "memory"):
        with pytest.raises(ValueError, match=f"{name} must be a positive integer, got 0"):
            lbfgs(bowl, np.ones(3), **{name: 0})
    with pytest.raises(ValueError, match=r"use w0.ravel\(\)"):
        lbfgs(bowl, np.ones((3, 1)))


# --- Divergence ----------------------------------------------------------------------------


def test_power_iteration_finds_the_largest_curvature():
    assert largest_curvature(bowl, np.array([1.0, -2.0, 3.0])) == pytest.approx(10, rel=1e-4)
    assert largest_curvature(bowl, np.zeros(3)) == pytest.approx(10, rel=1e-4)
    assert largest_curvature(lambda w: (w.sum(), np.ones(3)), np.ones(3)) == 0
    with pytest.raises(ValueError, match="iterations must be a positive integer, got 0"):
        largest_curvature(bowl, np.ones(3), iterations=0)


@pytest.mark.parametrize(("opt", "limit"), [(GradientDescent(1.0), 0.2), (Momentum(2.0), 0.38)])
def test_divergence_says_where_and_what_to_try(opt, limit):
    with pytest.raises(DivergenceError) as caught:
        minimize(bowl, np.ones(3), opt, steps=1000)
    error = caught.value
    assert f"diverged at step {error.step}" in str(error)
    assert f"use a learning rate below {limit:.4g}, for example {limit / 2:.2g}" in str(error)
    assert f"{type(opt).__name__} is stable only up to {limit:.4g}" in str(error)
    assert error.lr == opt.lr
    assert error.value > 1e6 * min(error.history.values)
    assert error.last_values == error.history.values[-3:].tolist()
    assert error.history.steps == error.step - 1


def test_the_advice_cures():
    with pytest.raises(DivergenceError) as caught:
        minimize(bowl, np.ones(3), GradientDescent(1.0), steps=1000)
    limit = float(str(caught.value).split("stable only up to ")[1].split()[0])
    assert minimize(bowl, np.ones(3), GradientDescent(0.9 * limit), 1000, tol=1e-8).converged


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_value_that_is_not_finite_stops_the_run(bad):
    def f(w):
        return (bad, w) if w[0] < 0.5 else (w[0], np.ones(1))

    with pytest.raises(DivergenceError, match="diverged at step 6") as caught:
        minimize(f, np.ones(1), GradientDescent(0.1), steps=100)
    assert len(caught.value.history.values) == 6


def test_a_gradient_that_is_not_finite_stops_the_run():
    def root(w):
        return np.sqrt(w[0]), np.array([np.inf if w[0] == 0 else 0.5 / np.sqrt(w[0])])

    with pytest.raises(DivergenceError, match="before the first full measurement"):
        minimize(root, np.zeros(1), GradientDescent(0.1), steps=10)
    with pytest.raises(DivergenceError, match="the gradient is not finite"):
        minimize(root, np.ones(1), GradientDescent(2.0), steps=10)


def test_a_tiny_loss_may_wobble():
    values = iter([1.0, 1e-30, 1e-12, 1e-20])
    result = minimize(
        lambda w: (next(values), np.zeros(1)), np.ones(1), GradientDescent(0.1), steps=3
    )
    assert result.value == 1e-20


def test_fit_on_raw_features_diverges_and_says_to_standardise():
    patients = data.diabetes()
    with pytest.raises(DivergenceError) as caught:
        fit(LinearModel(10), SquaredError(), patients, GradientDescent(0.1), epochs=50)
    message, history = str(caught.value), caught.value.history
    assert "standardise the features" in message
    assert "GradientDescent is stable only up to" in message
    assert len(history.train_loss) == len(history.lr) == caught.value.step
    assert np.isfinite(history.best_w).all()
    scaled = data.standardise(patients)
    assert (
        fit(LinearModel(10), SquaredError(), scaled, GradientDescent(0.1), epochs=50).epochs == 50
    )


def test_mini_batches_that_overflow_are_reported_too(line, rng):
    opt = GradientDescent(1e150)
    with pytest.raises(DivergenceError, match="use a learning rate below"):
        fit(LinearModel(1), SquaredError(), line, opt, epochs=9, batch_size=5, rng=rng)
