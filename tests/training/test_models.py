"""Models and objectives: exact gradients, named views, and other libraries' optima."""

import numpy as np
import pytest
from scipy.optimize import minimize

from lossbook import data
from lossbook.losses.binary import SigmoidCrossEntropy
from lossbook.losses.multiclass import SoftmaxCrossEntropy
from lossbook.losses.regression import SquaredError
from lossbook.models import LinearModel, SoftmaxModel
from lossbook.objectives import objective
from lossbook.penalties import L1, L2

MODELS = [LinearModel(3), LinearModel(3, False), SoftmaxModel(3, 4), SoftmaxModel(3, 4, False)]
each_model = pytest.mark.parametrize("model", MODELS, ids=repr)


TIGHT = {"ftol": 1e-15, "gtol": 1e-8, "maxiter": 5000}  # SciPy's defaults stop at 3 digits


def numeric_gradient(f, w, h=1e-6):
    return np.array([(f(w + e) - f(w - e)) / (2 * h) for e in h * np.eye(w.size)])


@each_model
def test_backward_is_the_transposed_derivative_of_predict(model, rng):
    w, X = rng.normal(size=model.n_params), rng.normal(size=(5, 3))
    d = rng.normal(size=model.predict(w, X).shape)
    expected = numeric_gradient(lambda u: float(np.sum(d * model.predict(u, X))), w)
    np.testing.assert_allclose(model.backward(w, X, d), expected, atol=1e-8)


@each_model
def test_views_name_every_parameter_once_and_write_through(model):
    w = np.zeros(model.n_params)
    parts = [part for part in model.view(w) if part is not None]
    assert sum(part.size for part in parts) == w.size
    for number, part in enumerate(parts, start=1):
        part[...] = number
    assert (w > 0).all()


@each_model
def test_the_penalised_part_is_the_coefficients(model):
    w = np.zeros(model.n_params)
    w[model.penalised] = 1
    coef, intercept = model.view(w)
    assert (coef == 1).all()
    assert intercept is None or (intercept == 0).all()


def test_predictions_are_the_formulas(rng):
    X = rng.normal(size=(5, 3))
    w = rng.normal(size=4)
    np.testing.assert_allclose(LinearModel(3).predict(w, X), X @ w[:3] + w[3])
    w = rng.normal(size=16)
    coef, intercept = SoftmaxModel(3, 4).view(w)
    assert (coef.shape, intercept.shape) == ((3, 4), (4,))
    np.testing.assert_allclose(SoftmaxModel(3, 4).predict(w, X), X @ coef + intercept)


@each_model
def test_start_is_zero_unless_asked_otherwise(model, rng):
    assert not model.init().any()
    assert not model.init(rng).any()
    w = model.init(rng, scale=0.5)
    assert w[model.penalised].all()
    intercept = model.view(w).intercept
    assert intercept is None or not intercept.any()
    with pytest.raises(ValueError, match="pass rng"):
        model.init(scale=0.5)


@each_model
def test_float32_in_float32_out(model, rng):
    w, X = model.init(rng, 1.0).astype(np.float32), rng.normal(size=(5, 3)).astype(np.float32)
    prediction, pullback = model.forward(w, X)
    assert prediction.dtype == pullback(prediction).dtype == np.float32


def test_predictions_take_lists_as_the_losses_do():
    assert LinearModel(2).predict([1, 2, 3], [[1, 0], [0, 1]]).tolist() == [4.0, 5.0]


@pytest.mark.parametrize(
    ("X", "cure"),
    [
        (np.ones((5, 2)), r"X has shape \(5, 2\).*one column for every feature"),
        (np.ones(3), r"X.reshape\(1, -1\)"),
    ],
)
@each_model
def test_features_of_another_shape_are_refused(model, X, cure):
    with pytest.raises(ValueError, match=cure):
        model.predict(model.init(), X)


def test_a_flat_feature_is_told_to_become_a_column():
    with pytest.raises(ValueError, match=r"X.reshape\(-1, 1\)"):
        LinearModel(1).predict(np.zeros(2), np.ones(7))


@each_model
def test_parameters_of_another_length_are_refused(model):
    with pytest.raises(ValueError, match=f"has {model.n_params} parameters"):
        model.predict(np.zeros(2), np.ones((5, 3)))


@pytest.mark.parametrize("bad", [0, -1, 2.5, "3", None])
def test_bad_sizes_are_named(bad):
    with pytest.raises(ValueError, match="LinearModel: n_features must be a positive integer"):
        LinearModel(bad)
    with pytest.raises(ValueError, match="SoftmaxModel: n_classes must be an integer, 2 or more"):
        SoftmaxModel(3, bad)


# Objectives ----------------------------------------------------------------------------


def problem(name, rng):
    X = rng.normal(size=(30, 3))
    if name == "linear":
        return LinearModel(3), SquaredError(), X, rng.normal(size=30)
    if name == "logistic":
        return LinearModel(3), SigmoidCrossEntropy(), X, rng.integers(0, 2, 30)
    return SoftmaxModel(3, 4), SoftmaxCrossEntropy(), X, rng.integers(0, 4, 30)


@pytest.mark.parametrize("name", ["linear", "logistic", "softmax"])
@pytest.mark.parametrize("penalty", [None, L1(0.1), L2(0.3)], ids=repr)
@pytest.mark.parametrize("weighted", [False, True])
def test_gradient_of_the_objective_is_its_derivative(name, penalty, weighted, rng):
    model, loss, X, y = problem(name, rng)
    f = objective(model, loss, X, y, penalty, rng.uniform(size=30) if weighted else None)
    w = rng.normal(size=model.n_params)
    value, grad = f(w)
    np.testing.assert_allclose(grad, numeric_gradient(lambda u: f(u)[0], w), atol=1e-7)
    assert sum(f.values(w)) == pytest.approx(value)


def test_objective_is_mean_loss_plus_penalty_of_the_coefficients(rng):
    model, loss, X, y = problem("linear", rng)
    w = np.array([1.0, -2.0, 0.5, 100.0])
    value = objective(model, loss, X, y, L2(2.0))(w)[0]
    assert value == pytest.approx(np.mean((X @ w[:3] + 100 - y) ** 2) + 5.25)


def test_integer_weights_are_repetitions(rng):
    model, loss, X, y = problem("softmax", rng)
    times, w = rng.integers(0, 4, 30), rng.normal(size=model.n_params)
    weighted = objective(model, loss, X, y, sample_weight=times)(w)
    repeated = objective(model, loss, X.repeat(times, axis=0), y.repeat(times))(w)
    assert weighted[0] == pytest.approx(repeated[0])
    np.testing.assert_allclose(weighted[1], repeated[1], atol=1e-14)


def test_scipy_finds_least_squares(rng):
    patients = data.standardise(data.diabetes())
    f = objective(LinearModel(10), SquaredError(), patients.X, patients.y)
    found = minimize(f, np.zeros(11), jac=True, tol=1e-9).x
    design = np.column_stack([patients.X, np.ones(len(patients))])
    exact = np.linalg.lstsq(design, patients.y)[0]
    np.testing.assert_allclose(found, exact, rtol=1e-5)


def test_scipy_finds_the_logistic_regression_of_scikit_learn():
    from sklearn.linear_model import LogisticRegression

    images = data.digits()
    kept = images.y < 4
    X, y, c = images.X[kept] / 16, images.y[kept], 0.5
    theirs = LogisticRegression(C=c, tol=1e-10, max_iter=2000).fit(X, y)
    f = objective(SoftmaxModel(64, 4), SoftmaxCrossEntropy(), X, y, L2(1 / (c * len(y))))
    found = minimize(f, np.zeros(260), jac=True, method="L-BFGS-B", options=TIGHT)
    coef, intercept = f.model.view(found.x)
    np.testing.assert_allclose(coef.T, theirs.coef_, atol=1e-4)
    np.testing.assert_allclose(
        intercept - intercept.mean(), theirs.intercept_ - theirs.intercept_.mean(), atol=1e-4
    )


def test_scipy_finds_the_binary_logistic_regression_of_scikit_learn():
    from sklearn.linear_model import LogisticRegression

    masses = data.standardise(data.breast_cancer())
    theirs = LogisticRegression(C=1.0, tol=1e-10, max_iter=2000).fit(masses.X, masses.y)
    f = objective(LinearModel(30), SigmoidCrossEntropy(), masses.X, masses.y, L2(1 / len(masses)))
    found = minimize(f, np.zeros(31), jac=True, method="L-BFGS-B", options=TIGHT)
    coef, intercept = f.model.view(found.x)
    np.testing.assert_allclose(coef, theirs.coef_[0], atol=1e-4)
    assert intercept == pytest.approx(theirs.intercept_[0], abs=1e-4)


def test_overflow_is_an_infinite_value_that_a_line_search_can_leave(rng):
    model, loss, X, y = problem("linear", rng)
    f = objective(model, loss, X, y)
    with np.errstate(over="ignore", invalid="ignore"):
        assert f(np.full(4, 1e308))[0] == np.inf
        assert f.values(np.full(4, 1e308))[0] == np.inf


def test_other_errors_of_the_loss_are_not_swallowed(rng):
    f = objective(LinearModel(3), SquaredError(), np.ones((5, 3)), np.ones((5, 1)))
    with pytest.raises(ValueError, match="flatten the column"):
        f(np.zeros(4))
    with pytest.raises(ValueError, match="flatten the column"):
        f.values(np.zeros(4))


def test_bad_data_are_refused_at_once():
    X = np.ones((5, 3))
    X[2, 1] = np.nan
    with pytest.raises(ValueError, match=r"X\[2, 1\] is nan"):
        objective(LinearModel(3), SquaredError(), X, np.ones(5))
    with pytest.raises(ValueError, match=r"X has shape \(5, 3\) but y has shape \(4,\)"):
        objective(LinearModel(3), SquaredError(), np.ones((5, 3)), np.ones(4))


def test_integer_features_and_parameters_are_numbers_too():
    f = objective(LinearModel(1), SquaredError(), [[1], [2]], [2, 4])
    assert f([2, 0])[0] == 0
    assert "SquaredError() of LinearModel(n_features=1, intercept=True) on 2" in repr(f)
