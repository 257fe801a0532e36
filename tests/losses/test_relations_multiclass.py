"""What losses of several classes are to each other, and what no single sample shows."""

import mpmath
import numpy as np
import pytest
from test_accuracy import error_in_eps

import lossbook as lb
from lossbook import symbolic
from lossbook.numerics import softmax


@pytest.fixture
def scores():
    rng = np.random.default_rng(1)
    return rng.integers(0, 4, 300), 3 * rng.standard_normal((300, 4))


def assert_same(one, other, y, z, factor=1.0):
    np.testing.assert_allclose(one.pointwise(y, z), factor * other.pointwise(y, z), rtol=1e-14)
    np.testing.assert_allclose(
        one.pointwise_grad(y, z), factor * other.pointwise_grad(y, z), rtol=1e-13, atol=1e-300
    )


def test_on_the_softmax_the_score_of_probabilities_is_that_of_logits(scores):
    y, z = scores
    np.testing.assert_allclose(
        lb.categorical_cross_entropy(y, softmax(z)), lb.cross_entropy(y, z), rtol=1e-14
    )


@pytest.mark.parametrize("loss", [lb.SoftmaxFocalLoss(gamma=0.0), lb.SoftmaxPolyCrossEntropy(0.0)])
def test_without_their_parameter_they_are_the_cross_entropy(loss, scores):
    assert_same(loss, lb.cross_entropy, *scores)


def test_symmetric_cross_entropy_of_labels_is_poly_cross_entropy(scores):
    symmetric = lb.SymmetricCrossEntropy(alpha=0.5, beta=0.75, log_zero=-2.0)
    assert_same(symmetric, lb.SoftmaxPolyCrossEntropy(3.0), *scores, factor=0.5)


def test_hinge_of_two_classes_is_the_hinge_of_their_difference():
    difference = np.array([-2.5, 0.0, 0.5, 1.0, 1.5])
    z = np.stack([np.zeros(5), difference], axis=1)
    for label, sign in ((1, 1.0), (0, -1.0)):
        y, signs = np.full(5, label), np.full(5, sign)
        for loss, factor in ((lb.MulticlassHinge(), 1.0), (lb.MultiMargin(), 0.5)):
            np.testing.assert_array_equal(
                loss.pointwise(y, z), factor * lb.hinge.pointwise(signs, difference)
            )
            np.testing.assert_array_equal(
                loss.pointwise_grad(y, z)[:, 1],
                factor * lb.hinge.pointwise_grad(signs, difference),
            )


def test_hinge_keeps_its_digits_beside_the_kink():
    z = np.array([[0.1, 1.1 - 1e-13]])
    with mpmath.workdps(50):
        exact = 1 + mpmath.mpf(z[0, 0]) - mpmath.mpf(z[0, 1])
    for loss, share in ((lb.MulticlassHinge(), 1), (lb.MultiMargin(), 2)):
        assert error_in_eps(loss.pointwise([1], z)[0] * share, exact, np.float64) <= 1


def test_scores_of_two_classes_are_squared_errors_of_one_probability():
    y, p = np.array([0, 1, 1, 0]), np.array([0.1, 0.1, 0.8, 1.0])
    rows = np.stack([1 - p, p], axis=1)
    np.testing.assert_allclose(lb.MulticlassBrier().pointwise(y, rows), 2 * (p - y) ** 2)
    np.testing.assert_allclose(lb.RankedProbability().pointwise(y, rows), (p - y) ** 2)


def test_ordinal_logistic_asks_at_each_threshold(scores):
    y, z = scores
    above = (y[:, None] > np.arange(3)).astype(float)
    each = lb.SigmoidCrossEntropy()
    loss = lb.OrdinalLogistic()
    np.testing.assert_allclose(
        loss.pointwise(y, z[:, :3]), each.pointwise(above, z[:, :3]).sum(axis=1), rtol=1e-14
    )
    np.testing.assert_allclose(
        loss.pointwise_grad(y, z[:, :3]), each.pointwise_grad(above, z[:, :3]), rtol=1e-14
    )


def test_ordinal_losses_count_how_far_off_a_forecast_is():
    near, far = np.array([[0.0, 1.0, 0.0, 0.0]]), np.array([[0.0, 0.0, 0.0, 1.0]])
    assert lb.RankedProbability()([0], near) < lb.RankedProbability()([0], far)
    assert lb.MulticlassBrier()([0], near) == lb.MulticlassBrier()([0], far)


@pytest.mark.parametrize("n_classes", [2, 3, 10, 50])
def test_slopes_have_the_bounds_they_claim_for_any_number_of_classes(n_classes):
    n = n_classes
    z = np.full((1, n), 5.0)
    z[0, 0] = 0.0
    each = np.abs(lb.MultiMargin().pointwise_grad([0], z))
    assert np.linalg.norm(each) == pytest.approx(np.sqrt(1 - 1 / n))
    last = np.eye(n)[-1:]
    assert np.abs(lb.RankedProbability().pointwise_grad([0], last)).max() == pytest.approx(2.0)
    share = np.sqrt((n - 1) / n)
    p = np.full((1, n), share / (n - 1))
    p[0, 0] = 1 - share
    loss = lb.MulticlassSphericalScore()
    steepest = np.linalg.norm(loss.pointwise_grad([0], p))
    assert steepest == pytest.approx(loss._steepest(n))
    for other in np.random.default_rng(2).dirichlet(np.full(n, 0.5), 300):
        assert np.linalg.norm(loss.pointwise_grad([0], other[None])) <= steepest * (1 + 1e-12)


def test_one_hot_rows_are_as_exact_as_labels():
    z = np.array([[50.0, 0.0, -3.0], [1e4, 9.9e3, 0.0], [0.3, 0.2, 0.1]])
    for label in range(3):
        y, rows = np.full(3, label), np.eye(3)[np.full(3, label)]
        for found, wanted in (
            (lb.cross_entropy.pointwise(rows, z), lb.cross_entropy.pointwise(y, z)),
            (lb.cross_entropy.pointwise_grad(rows, z), lb.cross_entropy.pointwise_grad(y, z)),
        ):
            np.testing.assert_allclose(found, wanted, rtol=1e-15, atol=0)


def test_smoothed_gradient_is_exact_but_for_the_rounding_of_its_two_terms():
    loss = lb.SoftmaxCrossEntropy(label_smoothing=0.1)
    rng = np.random.default_rng(5)
    y = rng.integers(0, 3, 60)
    z = rng.standard_normal((60, 3)) * np.repeat([1.0, 5.0, 100.0], 20)[:, None]
    exact, found = symbolic.to_function(loss, 1), loss.pointwise_grad(y, z)
    larger = np.maximum(softmax(z), np.where(np.eye(3)[y], 0.9 + 0.1 / 3, 0.1 / 3))
    for i in range(60):
        wanted = exact(*loss._numbers(y[i], z[i]))
        for k in range(3):
            with mpmath.workdps(50):
                error = float(abs(mpmath.mpf(found[i, k]) - wanted[k]))
            assert error <= 4 * np.finfo(float).eps * larger[i, k]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_logits_near_the_largest_number_stay_finite(dtype):
    big = np.finfo(dtype).max
    for y in ([1], np.array([[0, 1, 0]], dtype)):
        value, grad = lb.cross_entropy.value_and_grad(y, np.array([[big, 0, -1]], dtype))
        assert value == big
        np.testing.assert_array_equal(grad, [[1, -1, 0]])
