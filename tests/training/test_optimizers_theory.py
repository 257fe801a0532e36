"""What theory promises of every optimizer, on quadratics and elsewhere."""

from itertools import pairwise

import numpy as np
import pytest

import lossbook as lb
from lossbook.optimizers import searching

CURVATURES = np.array([1.0, 3.0, 10.0])
METHODS = [
    lb.GradientDescent(0.1),
    lb.Momentum(0.05),
    lb.Nesterov(0.05),
    lb.AdaGrad(1.0),
    lb.RMSProp(lb.exponential_decay(0.1, 0.99)),
    lb.AdaDelta(lb.exponential_decay(100.0, 0.99)),
    lb.Adam(0.1),
    lb.AdamW(0.1, weight_decay=0.0),
    lb.NAdam(0.1),
    lb.Lion(lb.exponential_decay(0.1, 0.99)),
    lb.ProximalGradient(0.1),
    lb.ProximalGradient(0.1, accelerated=True),
]


def bowl(w):
    return float(0.5 * w @ (CURVATURES * w)), CURVATURES * w


bowl.hess = lambda w: np.diag(CURVATURES)


@pytest.mark.parametrize("opt", METHODS, ids=repr)
def test_every_method_comes_to_rest_at_the_bottom(opt):
    result = lb.minimize(bowl, [1.0, -2.0, 3.0], opt, steps=3000)
    assert np.abs(result.w).max() < 1e-3


@pytest.mark.parametrize("opt", METHODS, ids=repr)
def test_state_and_restore_continue_as_if_nothing_had_happened(opt):
    whole = lb.minimize(bowl, np.ones(3), opt, steps=20).w
    half = lb.minimize(bowl, np.ones(3), opt, steps=12).w
    kept = opt.state()
    opt.reset()
    opt.restore(kept, half)
    for _ in range(8):
        opt.step(half, bowl(half)[1])
    np.testing.assert_array_equal(half, whole)


def test_a_state_of_another_method_is_refused():
    opt = lb.Momentum(0.1)
    opt.step(np.ones(2), np.ones(2))
    with pytest.raises(ValueError, match=r"Adam remembers .* but the state holds steps, velocity"):
        lb.Adam().restore(opt.state(), np.ones(2))
    with pytest.raises(ValueError, match=r"velocity has shape \(2,\) but w has shape \(3,\)"):
        opt.restore(opt.state(), np.ones(3))


def test_accelerated_proximal_gradient_keeps_its_bound():
    """f(x_t) − f* ≤ 2‖x₀ − x*‖²/(η (t + 1)²), Beck and Teboulle's theorem 4.4."""
    rng = np.random.default_rng(0)
    A, b = rng.normal(size=(20, 50)), rng.normal(size=20)
    top = np.linalg.eigvalsh(A.T @ A).max()

    def smooth(w):
        r = A @ w - b
        return float(r @ r) / 2, A.T @ r

    penalty = lb.L1(0.5)
    best = lb.minimize(
        smooth, np.zeros(50), lb.ProximalGradient(1 / top, penalty, True), steps=20000
    )
    opt = lb.ProximalGradient(1 / top, penalty, accelerated=True)
    w, gaps, bounds = np.zeros(50), [], []
    for t in range(1, 200):
        opt.step(w, smooth(w)[1])
        gaps.append(smooth(opt.point)[0] + penalty.value(opt.point) - best.value)
        bounds.append(2 * top * best.w @ best.w / (t + 1) ** 2)
    assert (np.array(gaps) <= np.array(bounds)).all()
    assert (best.w == 0).sum() > 10


def test_proximal_gradient_is_the_lasso():
    linear_model = pytest.importorskip("sklearn.linear_model")
    rng = np.random.default_rng(1)
    X = rng.normal(size=(60, 8))
    y = X @ [3, 0, 0, -2, 0, 0, 0, 1.0] + 5 + 0.1 * rng.normal(size=60)
    theirs = linear_model.Lasso(alpha=0.3, tol=1e-12).fit(X, y)
    opt = lb.ProximalGradient(0.3)
    history = lb.fit(
        lb.LinearModel(8), lb.HalfSquaredError(), (X, y), opt, epochs=3000, penalty=lb.L1(0.3)
    )
    np.testing.assert_allclose(history.w[:8], theirs.coef_, atol=1e-8)
    assert ((history.w[:8] == 0) == (theirs.coef_ == 0)).all()
    assert history.w[8] == pytest.approx(theirs.intercept_)


def test_a_penalty_given_twice_is_refused():
    f = lb.objective(lb.LinearModel(1), lb.mse, np.ones((3, 1)), np.ones(3), penalty=lb.L1(0.1))
    with pytest.raises(ValueError, match="give it once"):
        lb.minimize(f, np.zeros(2), lb.ProximalGradient(0.1, lb.L1(0.1)), steps=1)


def test_proximal_gradient_stops_where_the_gradient_alone_is_not_zero():
    opt = lb.ProximalGradient(0.05, lb.L1(2.0))
    result = lb.minimize(lambda w: bowl(w - 1), np.zeros(3), opt, steps=5000, tol=1e-8)
    assert result.converged
    np.testing.assert_allclose(result.w, [0, 1 / 3, 0.8], atol=1e-8)


def test_decay_spares_the_intercept():
    X, y = np.zeros((4, 1)), np.full(4, 7.0)
    for opt in (lb.AdamW(0.1, weight_decay=0.5), lb.Lion(0.01, weight_decay=0.5)):
        history = lb.fit(lb.LinearModel(1), lb.mse, (X, y), opt, epochs=1, w0=[2.0, 7.0])
        assert history.w[0] < 2
        assert history.w[1] == 7


# Methods that look before they step ----------------------------------------------------


@pytest.mark.parametrize("lr", [1e-3, 1.0, 1e6])
def test_line_search_never_climbs_whatever_its_first_step(lr):
    result = lb.minimize(bowl, np.ones(3), lb.LineSearch(lr), steps=50)
    assert (np.diff(result.values) <= 0).all()


def test_newton_solves_a_quadratic_at_once_whatever_its_condition():
    scale = np.array([1e-6, 1.0, 1e6])

    def f(w):
        return float(w @ (scale * w)) / 2, scale * w

    f.hess = lambda w: np.diag(scale)
    assert np.abs(lb.minimize(f, np.ones(3), lb.Newton(), steps=1).w).max() < 1e-9


def test_newton_converges_quadratically_on_logistic_regression():
    rng = np.random.default_rng(2)
    X = rng.normal(size=(200, 4))
    y = (X @ [1.0, -2, 0.5, 0] + rng.logistic(size=200) > 0).astype(float)
    f = lb.objective(lb.LinearModel(4), lb.SigmoidCrossEntropy(), X, y, penalty=lb.L2(0.01))
    result = lb.minimize(f, np.zeros(5), lb.Newton(), steps=20, tol=1e-12)
    assert result.converged
    assert result.steps <= 7
    late = result.grad_norms[result.grad_norms < 0.1]
    assert all(b <= 10 * a**2 + 1e-15 for a, b in pairwise(late))


def test_no_place_is_looked_at_twice():
    places = []

    def f(w):
        places.append(w.tobytes())
        return bowl(w)

    f.hess = lambda w: np.diag([1.0, 10.0, 100.0])
    for method in (lb.LineSearch(), lb.Newton()):
        lb.minimize(f, np.ones(3), method, steps=5)
        assert len(places) > 5
        assert all(a != b for a, b in pairwise(places))
        places.clear()


def test_newton_goes_downhill_where_the_hessian_is_not_positive():
    def f(w):
        return float(w[0] ** 4 / 4 - w[0] ** 2 / 2 + w[1] ** 2), np.array(
            [w[0] ** 3 - w[0], 2 * w[1]]
        )

    f.hess = lambda w: np.diag([3 * w[0] ** 2 - 1, 2.0])
    result = lb.minimize(f, [0.1, 1.0], lb.Newton(), steps=30, tol=1e-10)
    assert (np.diff(result.values) <= 0).all()
    np.testing.assert_allclose(result.w, [1, 0], atol=1e-9)


@pytest.mark.parametrize("matrix", [np.diag([1.0, -1.0]), np.zeros((2, 2)), np.ones((2, 2))])
def test_convexified_is_positive_definite(matrix):
    assert np.linalg.eigvalsh(searching.convexified(matrix)).min() > 0


def test_the_hessian_of_an_objective_is_the_derivative_of_its_gradient():
    rng = np.random.default_rng(3)
    X, labels = rng.normal(size=(30, 3)), rng.integers(3, size=30)
    weight = rng.uniform(size=30)
    for model, loss, y in (
        (lb.LinearModel(3), lb.Poisson(), labels.astype(float)),
        (lb.LinearModel(3, intercept=False), lb.mse, X[:, 0]),
        (lb.SoftmaxModel(3, 2), lb.LogCosh(), X[:, :2]),
        (lb.SoftmaxModel(3, 3), lb.SoftmaxCrossEntropy(), labels),
        (lb.SoftmaxModel(3, 3, intercept=False), lb.SoftmaxCrossEntropy(), labels),
    ):
        f = lb.objective(model, loss, X, y, lb.ElasticNet(0.1), sample_weight=weight)
        w = rng.normal(size=model.n_params)
        steps = 1e-6 * np.eye(len(w))
        numeric = np.array([(f(w + e)[1] - f(w - e)[1]) / 2e-6 for e in steps])
        np.testing.assert_allclose(f.hess(w), numeric, atol=1e-7)


def test_what_has_no_second_derivative_is_named():
    X, y = np.ones((3, 2)), np.ones(3)
    f = lb.objective(lb.MLP(2, (3,)), lb.mse, X, y)
    with pytest.raises(TypeError, match=r"MLP\(.*no second derivatives here: use lossbook.lbfgs"):
        f.hess(np.zeros(13))
    with pytest.raises(TypeError, match=r"has no hess\(w\)"):
        lb.minimize(lambda w: (0.0, w), np.ones(2), lb.Newton(), steps=1)
    with pytest.raises(TypeError, match="does not know its residuals"):
        lb.minimize(bowl, np.ones(3), lb.GaussNewton(), steps=1)
    with pytest.raises(ValueError, match=r"call bind\(f\) before step"):
        lb.LineSearch().step(np.ones(2), np.ones(2))


def test_methods_that_compare_values_refuse_mini_batches():
    data = lb.data.noisy_line(np.random.default_rng(0))
    with pytest.raises(ValueError, match="LineSearch compares values of one objective"):
        lb.fit(
            lb.LinearModel(1),
            lb.mse,
            data,
            lb.LineSearch(),
            epochs=1,
            batch_size=5,
            rng=np.random.default_rng(0),
        )


def curve(rng, noise):
    t = np.linspace(0, 3, 40)
    y = 5 * np.exp(-1.3 * t) + 2 + noise * rng.normal(size=40)
    return (
        t,
        y,
        lb.LeastSquares(
            residuals=lambda w: w[0] * np.exp(-w[1] * t) + w[2] - y,
            jacobian=lambda w: np.stack(
                [np.exp(-w[1] * t), -w[0] * t * np.exp(-w[1] * t), np.ones_like(t)], axis=1
            ),
        ),
    )


@pytest.mark.parametrize("method", [lb.GaussNewton, lb.LevenbergMarquardt])
def test_least_squares_methods_agree_with_scipy(method):
    optimize = pytest.importorskip("scipy.optimize")
    f = curve(np.random.default_rng(4), 0.1)[2]
    start = [1.0, 1.0, 0.0]
    theirs = optimize.least_squares(f.residuals, start, f.jacobian, xtol=1e-14, ftol=1e-14)
    ours = lb.minimize(f, start, method(), steps=50, tol=1e-10)
    assert ours.value == pytest.approx(theirs.cost)
    np.testing.assert_allclose(ours.w, theirs.x, atol=1e-7)


def test_levenberg_marquardt_never_climbs_and_arrives_from_afar():
    f = curve(np.random.default_rng(5), 0.0)[2]
    start = [1.0, 8.0, 0.0]
    result = lb.minimize(f, start, lb.LevenbergMarquardt(), steps=100)
    assert (np.diff(result.values) <= 0).all()
    assert result.value < 1e-12


def test_lbfgs_says_what_happened():
    f = lb.objective(lb.LinearModel(1), lb.mse, np.arange(5.0)[:, None], 2 * np.arange(5.0) + 3)
    result = lb.lbfgs(f, np.zeros(2), keep_path=True)
    assert result.converged
    assert len(result.values) == len(result.grad_norms) == len(result.path) == result.steps + 1
    np.testing.assert_allclose(result.w, [2, 3], atol=1e-5)
    assert result.values[0] == f(np.zeros(2))[0]
    assert not lb.lbfgs(f, np.zeros(2), steps=1).converged
