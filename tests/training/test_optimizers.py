"""Optimizers: the formulas of the papers, the rates of the theory, in place, clear errors."""

import numpy as np
import pytest

from lossbook.optimizers import Adam, GradientDescent, Momentum, Nesterov
from lossbook.schedules import exponential_decay

OPTIMIZERS = [
    GradientDescent(0.1),
    Momentum(0.1, 0.9),
    Adam(0.1),
    Adam(0.1, amsgrad=True),
]
each_optimizer = pytest.mark.parametrize("opt", OPTIMIZERS, ids=repr)
GRADIENTS = np.random.default_rng(0).normal(size=(12, 4)) * [1e-3, 1.0, 1e3, 0.0]


@pytest.fixture(autouse=True)
def _fresh():
    for opt in OPTIMIZERS:
        opt.reset()


def run(opt, gradients, w):
    return np.array([opt.step(w, g).copy() for g in gradients])


# The formulas, written out slowly ------------------------------------------------------


def test_gradient_descent_by_hand():
    path = run(GradientDescent(0.1), GRADIENTS, np.ones(4))
    np.testing.assert_allclose(path, 1 - 0.1 * GRADIENTS.cumsum(axis=0), rtol=1e-13)


def test_momentum_by_hand():
    w, v, expected = np.ones(4), np.zeros(4), []
    for g in GRADIENTS:
        v = 0.8 * v + g
        w = w - 0.1 * v
        expected.append(w)
    np.testing.assert_allclose(run(Momentum(0.1, 0.8), GRADIENTS, np.ones(4)), expected)


@pytest.mark.parametrize("amsgrad", [False, True])
def test_adam_by_hand(amsgrad):
    gradients = GRADIENTS * np.linspace(2, 0.1, 12)[:, None]  # falling, so that amsgrad matters
    w, m, v, top, expected = np.ones(4), np.zeros(4), np.zeros(4), np.zeros(4), []
    for t, g in enumerate(gradients, start=1):
        m = 0.8 * m + 0.2 * g
        v = 0.6 * v + 0.4 * g**2
        top = np.maximum(top, v)
        v_hat = (top if amsgrad else v) / (1 - 0.6**t)
        w = w - 0.1 * (m / (1 - 0.8**t)) / (np.sqrt(v_hat) + 1e-3)
        expected.append(w)
    opt = Adam(0.1, beta1=0.8, beta2=0.6, eps=1e-3, amsgrad=amsgrad)
    np.testing.assert_allclose(run(opt, gradients, np.ones(4)), expected, rtol=1e-12)


def test_amsgrad_differs_from_adam_once_gradients_fall():
    gradients = np.array([[10.0], [0.1], [0.1]])
    plain = run(Adam(0.1, beta2=0.5), gradients, np.ones(1))
    largest = run(Adam(0.1, beta2=0.5, amsgrad=True), gradients, np.ones(1))
    assert plain[0] == largest[0]
    assert abs(largest[-1] - 1) < abs(plain[-1] - 1)


def test_momentum_zero_is_gradient_descent():
    np.testing.assert_array_equal(
        run(Momentum(0.1, 0.0), GRADIENTS, np.ones(4)),
        run(GradientDescent(0.1), GRADIENTS, np.ones(4)),
    )


def test_adam_ignores_the_scale_of_the_loss():
    rough = run(Adam(0.1, eps=1e-300), GRADIENTS[:, :3], np.ones(3))
    scaled = run(Adam(0.1, eps=1e-300), 1e4 * GRADIENTS[:, :3], np.ones(3))
    np.testing.assert_allclose(rough, scaled, rtol=1e-12)


# The theory of quadratics --------------------------------------------------------------

CURVATURES = np.array([1.0, 3.0, 10.0])


@pytest.mark.parametrize("lr", [0.01, 0.1, 2 / 11, 0.19])
def test_gradient_descent_contracts_as_the_theory_says(lr):
    w, opt = np.array([1.0, -2.0, 3.0]), GradientDescent(lr)
    rate = np.abs(1 - lr * CURVATURES).max()
    for _ in range(50):
        before = np.linalg.norm(w)
        opt.step(w, CURVATURES * w)
        assert np.linalg.norm(w) <= rate * before * (1 + 1e-12)


def test_best_learning_rate_gives_kappa_minus_one_over_kappa_plus_one():
    w, opt = np.ones(3), GradientDescent(2 / (1 + 10))
    for _ in range(100):
        opt.step(w, CURVATURES * w)
    assert np.abs(w).max() == pytest.approx((9 / 11) ** 100)


@pytest.mark.parametrize(
    "opt",
    [
        GradientDescent(1.0),
        *(kind(1.0, momentum) for kind in (Momentum, Nesterov) for momentum in (0.0, 0.5, 0.9)),
    ],
)
@pytest.mark.parametrize(("factor", "stable"), [(0.99, True), (1.01, False)])
def test_the_stable_learning_rate_is_sharp(opt, factor, stable):
    opt.lr = factor * opt.max_stable_lr(CURVATURES.max())
    w = np.ones(3)
    for _ in range(3000):
        opt.step(w, CURVATURES * w)
        if np.abs(w).max() > 1e6:
            break
    assert (np.abs(w).max() < 1e-6) == stable


def test_no_stable_learning_rate_is_claimed_without_theory():
    assert Adam().max_stable_lr(1.0) is None
    assert GradientDescent(1.0).max_stable_lr(0.0) is None


def test_momentum_beats_gradient_descent_on_a_narrow_valley():
    curvatures = np.array([1.0, 1000.0])
    root = np.sqrt(1000)
    tuned = Momentum((2 / (1 + root)) ** 2, ((root - 1) / (root + 1)) ** 2)
    ends = []
    for opt in (GradientDescent(2 / 1001), tuned):
        w = np.ones(2)
        for _ in range(300):
            opt.step(w, curvatures * w)
        ends.append(np.linalg.norm(w))
    assert ends[1] < 1e-4 * ends[0]


@each_optimizer
def test_finds_the_minimum_of_a_bowl(opt):
    w = np.array([1.0, -2.0, 3.0])
    for _ in range(1000):
        opt.step(w, np.array([1.0, 2.0, 5.0]) * (w - 0.5))
    np.testing.assert_allclose(w, 0.5, atol=1e-6)


# The contract --------------------------------------------------------------------------


@each_optimizer
def test_updates_in_place_and_leaves_the_gradient(opt):
    w, g = np.ones(4), GRADIENTS[0].copy()
    for _ in range(3):
        assert opt.step(w, g) is w
    np.testing.assert_array_equal(g, GRADIENTS[0])
    assert (w[:3] != 1).all()
    assert w[3] == 1  # no gradient, no move


@each_optimizer
def test_a_view_is_updated_where_it_lives(opt):
    whole = np.ones(8)
    opt.step(whole[::2], GRADIENTS[0])
    assert (whole[1::2] == 1).all()
    assert (whole[:6:2] != 1).all()


@each_optimizer
def test_reset_forgets(opt):
    first = run(opt, GRADIENTS, np.ones(4))
    again = run(opt, GRADIENTS, np.ones(4))
    opt.reset()
    assert opt.steps == 0
    np.testing.assert_array_equal(run(opt, GRADIENTS, np.ones(4)), first)
    assert opt.steps == len(GRADIENTS)
    if opt.memory:
        assert not np.array_equal(first, again)


@each_optimizer
def test_float32_stays_float32_and_agrees(opt):
    narrow = run(opt, GRADIENTS.astype(np.float32), np.ones(4, np.float32))
    opt.reset()
    assert narrow.dtype == np.float32
    np.testing.assert_allclose(narrow, run(opt, GRADIENTS, np.ones(4)), rtol=2e-4, atol=1e-5)


def test_a_schedule_is_asked_before_every_step():
    opt, w = GradientDescent(exponential_decay(1.0, 0.5)), np.zeros(1)
    assert run(opt, np.ones((3, 1)), w).ravel().tolist() == [-1.0, -1.5, -1.75]
    assert opt.current_lr == 0.125


def test_the_learning_rate_may_be_assigned_between_steps():
    opt, w = GradientDescent(1.0), np.zeros(1)
    opt.step(w, np.ones(1))
    opt.lr = 0.5
    assert opt.step(w, np.ones(1)).tolist() == [-1.5]


# Errors --------------------------------------------------------------------------------


@pytest.mark.parametrize("method", [GradientDescent, Momentum, Adam])
@pytest.mark.parametrize("lr", [0, -0.1, np.nan, np.inf, "0.1", None])
def test_bad_learning_rate_is_named(method, lr):
    with pytest.raises(ValueError, match=f"{method.__name__}: lr must be positive"):
        method(lr)


@pytest.mark.parametrize("beta", [-0.1, 1.0, 2, np.nan])
def test_bad_memory_is_named(beta):
    with pytest.raises(ValueError, match=r"Momentum: momentum must be in \[0, 1\)"):
        Momentum(0.1, beta)
    with pytest.raises(ValueError, match=r"Adam: beta1 must be in \[0, 1\)"):
        Adam(beta1=beta)
    with pytest.raises(ValueError, match=r"Adam: beta2 must be in \[0, 1\)"):
        Adam(beta2=beta)


def test_bad_eps_is_named():
    with pytest.raises(ValueError, match="Adam: eps must be positive"):
        Adam(eps=0)


@each_optimizer
def test_gradient_of_another_shape_is_refused(opt):
    with pytest.raises(ValueError, match=r"grad has shape \(3,\) but w has shape \(4,\)"):
        opt.step(np.ones(4), np.ones(3))
    with pytest.raises(ValueError, match=r"grad has shape \(4, 1\)"):
        opt.step(np.ones(4), np.ones((4, 1)))


@each_optimizer
@pytest.mark.parametrize("w", [np.ones(2, int), [1.0, 2.0], np.float64(1.0), np.ones(2, complex)])
def test_parameters_that_cannot_move_in_place_are_refused(opt, w):
    with pytest.raises(TypeError, match="cannot be updated in place: use an array of floats"):
        opt.step(w, np.ones(np.shape(w)))


@each_optimizer
def test_read_only_parameters_are_refused(opt):
    w = np.ones(2)
    w.flags.writeable = False
    with pytest.raises(TypeError, match="read-only"):
        opt.step(w, np.ones(2))


@each_optimizer
def test_other_parameters_without_reset_are_refused(opt):
    opt.step(np.ones(4), np.ones(4))
    with pytest.raises(ValueError, match=r"w is float64 of shape \(5,\).*call reset\(\)"):
        opt.step(np.ones(5), np.ones(5))
    with pytest.raises(ValueError, match=r"w is float32.*call reset\(\)"):
        opt.step(np.ones(4, np.float32), np.ones(4))
    opt.reset()
    opt.step(np.ones(5), np.ones(5))


def test_a_schedule_gone_wrong_is_named():
    with pytest.raises(ValueError, match="returned nan after 0 steps"):
        GradientDescent(lambda step: np.nan).step(np.ones(1), np.ones(1))
    with pytest.raises(ValueError, match="returned -1 after 0 steps"):
        GradientDescent(lambda step: -1).step(np.ones(1), np.ones(1))
