"""Losses made one: sums of losses, and weights of tasks."""

import numpy as np
import pytest

import lossbook as lb

R = np.linspace(-3, 3, 41)
ZERO = np.zeros_like(R)
LOSSES = np.array([4.0, 0.5, 0.02])


def test_a_sum_adds_values_and_gradients():
    terms, weights = (lb.Huber(1.0), lb.SquaredError(), lb.Quantile(0.9)), (2.0, 0.5, 1.5)
    total = lb.WeightedSum(list(terms), list(weights))
    for name in ("pointwise", "pointwise_grad", "grad", "__call__"):
        parts = [w * getattr(t, name)(ZERO, R) for t, w in zip(terms, weights, strict=True)]
        np.testing.assert_allclose(getattr(total, name)(ZERO, R), sum(parts), rtol=1e-13)


def test_a_sum_of_sums_is_a_sum():
    inner = lb.WeightedSum((lb.SquaredError(), lb.LogCosh()), (1.0, 2.0))
    outer = lb.WeightedSum((inner, lb.AbsoluteError()), (0.5, 1.0))
    flat = lb.WeightedSum((*inner.losses, lb.AbsoluteError()), (0.5, 1.0, 1.0))
    np.testing.assert_allclose(outer.pointwise(ZERO, R), flat.pointwise(ZERO, R), rtol=1e-14)


def test_a_sum_takes_the_truth_that_all_its_losses_take():
    loss = lb.WeightedSum((lb.SquaredError(), lb.AbsolutePercentageError()))
    with pytest.raises(ValueError, match=r"y_true\[1\] is 0"):
        loss([1.0, 0.0], [1.0, 1.0])


def test_what_a_sum_inherits():
    card = lb.WeightedSum((lb.SquaredError(), lb.HalfSquaredError())).card()
    assert card.estimate is np.mean
    assert card.smoothness == 3
    mixed = lb.WeightedSum((lb.SquaredError(), lb.AbsoluteError())).card()
    assert mixed.convex
    assert mixed.estimate is None
    assert mixed.kinks == (0.0,)
    assert lb.WeightedSum((lb.HalfSquaredError(), lb.Cauchy(1.0)), (1.0, 1.0)).card().convex
    assert not lb.WeightedSum((lb.HalfSquaredError(), lb.Cauchy(1.0)), (0.01, 1.0)).card().convex


def test_a_sum_of_losses_that_are_read_differently_claims_neither_reading():
    card = lb.WeightedSum((lb.Logistic(), lb.Exponential())).card()
    assert (card.link, card.inverse_link, card.proper) == ("identity", None, None)
    assert "probability" not in card.estimates


def test_a_sum_has_a_kink_and_so_no_bounded_curvature_where_a_term_has():
    assert lb.WeightedSum((lb.HalfSquaredError(), lb.Quantile(0.9))).card().smoothness == np.inf
    assert lb.WeightedSum((lb.HalfSquaredError(), lb.Linex())).card().smoothness == np.inf
    unlisted = lb.WeightedSum((lb.HalfSquaredError(), lb.AbsolutePercentageError())).card()
    assert unlisted.kinks is None


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: lb.WeightedSum((), ()), "losses must be a tuple of one loss at least"),
        (lambda: lb.WeightedSum(weights=(1.0,)), "weights must be one for each loss, 2 in all"),
        (lambda: lb.WeightedSum(weights=(1.0, 0.0)), "weights must be positive"),
        (lambda: lb.WeightedSum((lb.Dice(), lb.mse)), "losses must be losses of single numbers"),
        (lambda: lb.WeightedSum((lb.Hinge(), lb.log_loss)), "losses must be of the same truth"),
        (lambda: lb.UncertaintyWeighting(("ranking",)), "'regression' or 'classification'"),
        (lambda: lb.UncertaintyWeighting().value_and_grad([1.0], [0.0]), "each of 2 tasks"),
        (lambda: lb.UncertaintyWeighting().value_and_grad([1, 2], [0]), "log_variances has shape"),
        (lambda: lb.UncertaintyWeighting().weights([1.0, 0.0]), r"losses\[1\] is 0"),
        (lambda: lb.UncertaintyWeighting("regression"), "got 'regression'"),
        (lambda: lb.DynamicWeights(0), "temperature must be positive"),
        (lambda: lb.DynamicWeights("a"), "temperature must be positive and finite, got 'a'"),
        (lambda: lb.DynamicWeights().weights([1.0, 2.0]), r"\(epochs, tasks\)"),
        (lambda: lb.project_conflicting([1.0, 2.0]), r"\(tasks, parameters\)"),
        (lambda: lb.project_conflicting([[1.0, np.nan]]), r"gradients\[0, 1\] is nan"),
    ],
)
def test_bad_arguments_are_named(make, says):
    with pytest.raises(ValueError, match=says):
        make()


@pytest.mark.parametrize(
    "make",
    [lambda: lb.RandomWeights(0), lambda: lb.project_conflicting([[1.0], [-1.0]], rng=0)],
)
def test_a_seed_is_no_generator(make):
    with pytest.raises(TypeError, match=r"use np.random.default_rng\(0\)"):
        make()


WEIGHTING = lb.UncertaintyWeighting(("regression", "classification", "regression"))


def test_uncertainty_gradients_are_those_of_the_value():
    s = np.array([0.3, -1.0, 2.0])
    _, weights, by_s = WEIGHTING.value_and_grad(LOSSES, s)
    by_losses = lb.gradient(lambda x: WEIGHTING.value_and_grad(x, s)[0], LOSSES)
    by_variances = lb.gradient(lambda x: WEIGHTING.value_and_grad(LOSSES, x)[0], s)
    np.testing.assert_allclose(weights, by_losses, rtol=1e-9)
    np.testing.assert_allclose(by_s, by_variances, rtol=1e-9)


def test_the_best_variances_are_where_the_gradient_is_0():
    best = WEIGHTING.best_log_variances(LOSSES)
    least, weights, by_s = WEIGHTING.value_and_grad(LOSSES, best)
    np.testing.assert_allclose(by_s, 0, atol=1e-15)
    np.testing.assert_allclose(weights, WEIGHTING.weights(LOSSES), rtol=1e-14)
    for move in np.eye(3) * 0.1:
        assert WEIGHTING.value_and_grad(LOSSES, best + move)[0] > least
    assert best[0] == pytest.approx(np.log(4.0))  # of a regression the log of its loss


def test_uncertainty_is_the_likelihood_of_gaussian_noise():
    s, losses = np.array([0.7]), np.array([2.5])
    value = lb.UncertaintyWeighting(("regression",)).value_and_grad(losses, s)[0]
    density = np.exp(-losses / (2 * np.exp(s))) / np.sqrt(2 * np.pi * np.exp(s))
    assert value == pytest.approx(-np.log(density[0]) - np.log(2 * np.pi) / 2)


def test_random_weights_sum_to_1_and_favour_no_task():
    weighting = lb.RandomWeights(np.random.default_rng(0))
    drawn = np.array([weighting.weights(LOSSES) for _ in range(4000)])
    np.testing.assert_allclose(drawn.sum(axis=1), 1, rtol=1e-12)
    np.testing.assert_allclose(drawn.mean(axis=0), 1 / 3, atol=0.015)
    assert drawn.std(axis=0).min() > 0.1


def test_dynamic_weights_favour_the_slower_task():
    history = [[9.0, 9.0], [1.0, 2.0], [0.5, 2.0]]
    weights = lb.DynamicWeights(2.0).weights(history)
    a, b = np.exp(0.25), np.exp(0.5)
    np.testing.assert_allclose(weights, [2 * a / (a + b), 2 * b / (a + b)], rtol=1e-14)
    sharp, even = (lb.DynamicWeights(t).weights(history) for t in (0.1, 1e6))
    assert sharp[1] > weights[1]
    np.testing.assert_allclose(even, 1, atol=1e-5)


def test_projected_gradients_of_two_tasks_no_longer_conflict():
    rng = np.random.default_rng(1)
    for gradients in rng.standard_normal((50, 2, 4)):
        left = lb.project_conflicting(gradients)
        if gradients[0] @ gradients[1] >= 0:
            np.testing.assert_array_equal(left, gradients)
        else:
            assert abs(left[0] @ gradients[1]) < 1e-14
            assert abs(left[1] @ gradients[0]) < 1e-14


def test_projected_gradients_of_three_tasks_may_conflict_again():
    gradients = np.random.default_rng(4).normal(size=(3, 3))
    assert (lb.project_conflicting(gradients) @ gradients.T).min() < -0.1


def test_the_order_of_projections_is_drawn_where_asked():
    gradients = np.array([[1.0, 0.2, 0.0], [-1.0, 1.0, 0.3], [-0.5, -1.0, 1.0]])
    drawn = {
        lb.project_conflicting(gradients, np.random.default_rng(seed)).tobytes()
        for seed in range(20)
    }
    assert len(drawn) > 1
    assert lb.project_conflicting(gradients).tobytes() in drawn
