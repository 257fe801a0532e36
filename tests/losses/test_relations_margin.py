"""How the losses of two classes belong together: equal functions, limits, bounds."""

import mpmath
import numpy as np
import pytest

import lossbook as lb
from lossbook.numerics import sigmoid

M = np.concatenate([np.linspace(-6, 6, 121) + 1e-3, [-40.0, 40.0]])
ONES, ZEROS = np.ones_like(M), np.zeros_like(M)
SURROGATES = [
    lb.Hinge(),
    lb.SquaredHinge(),
    lb.ModifiedHuber(),
    lb.Exponential(),
    lb.Ramp(0.0),
]

# The labels of the second loss are those of the first, written as it wants them.
PAIRS = [
    ("modified Huber", lb.ModifiedHuber(), ONES, M, 4, lb.SmoothHinge(2.0), ONES, M),
    ("very smooth hinge", lb.SmoothHinge(100.0), ONES, M, 1 / 200, lb.SquaredHinge(), ONES, M),
    ("logistic", lb.Logistic(), -ONES, M, 1, lb.SigmoidCrossEntropy(), ZEROS, M),
    ("γ = 0, α = ½", lb.FocalLoss(0.5, 0.0), ONES, M, 1 / 2, lb.SigmoidCrossEntropy(), ONES, M),
    ("γ = 0", lb.FocalLoss(None, 0.0), ZEROS, M, 1, lb.SigmoidCrossEntropy(), ZEROS, M),
    ("ε = 0", lb.PolyCrossEntropy(0.0), ONES, M, 1, lb.SigmoidCrossEntropy(), ONES, M),
    ("α on class 1", lb.FocalLoss(0.25), ONES, M, 0.25, lb.FocalLoss(None), ONES, M),
    ("α on class 0", lb.FocalLoss(0.25), ZEROS, M, 0.75, lb.FocalLoss(None), ZEROS, M),
]


@pytest.mark.parametrize(
    ("one", "y", "p", "factor", "other", "t", "z"),
    [q[1:] for q in PAIRS],
    ids=[q[0] for q in PAIRS],
)
def test_same_function(one, y, p, factor, other, t, z):
    np.testing.assert_allclose(one.pointwise(y, p), factor * other.pointwise(t, z), rtol=1e-13)
    np.testing.assert_allclose(
        one.pointwise_grad(y, p), factor * other.pointwise_grad(t, z), rtol=1e-13
    )


def test_ramp_is_the_difference_of_two_hinges():
    s = -0.5
    np.testing.assert_allclose(
        lb.Ramp(s).pointwise(ONES, M),
        lb.hinge.pointwise(ONES, M) - lb.hinge.pointwise(ONES, M + 1 - s),
        atol=1e-13,
    )


def test_savage_is_the_brier_score_of_twice_the_score():
    np.testing.assert_allclose(
        lb.Savage().pointwise(-ONES, M),
        lb.SigmoidSquaredError().pointwise(ZEROS, 2 * M),
        rtol=1e-14,
    )
    np.testing.assert_allclose(
        lb.Savage().pointwise(ONES, M), lb.Brier().pointwise(ONES, sigmoid(2 * M)), atol=1e-14
    )


@pytest.mark.parametrize("loss", SURROGATES, ids=repr)
def test_surrogates_lie_above_the_zero_one_loss(loss):
    assert (loss.pointwise(ONES, M) >= lb.ZeroOne().pointwise(ONES, M)).all()


def test_zero_one_is_the_share_of_errors_and_a_tie_is_one():
    assert lb.ZeroOne()([1, 1, -1, -1], [0.5, -0.5, -0.5, 0.0]) == 0.5


def test_focal_makes_the_easy_samples_count_for_less():
    easy, hard = lb.FocalLoss(None), lb.SigmoidCrossEntropy()
    shares = [loss.pointwise([1.0], [3.0]) / loss.pointwise([1.0], [-3.0]) for loss in (easy, hard)]
    assert shares[0] < shares[1] / 100


def test_exponential_overflows_in_silence():
    value, grad = lb.Exponential().value_and_grad([1.0, 1.0], [-800.0, 0.0])
    assert value == np.inf
    np.testing.assert_array_equal(grad, [-np.inf, -0.5])


def test_curvature_of_the_log_loss_overflows_in_silence():
    p = np.array([1e-30], np.float32)
    assert lb.log_loss.pointwise_hess(np.ones(1, np.float32), p) == np.inf


def test_smoothed_labels_keep_their_digits_where_the_loss_is_least():
    s, z = 0.1, 35.9
    found = lb.SigmoidCrossEntropy(label_smoothing=s).pointwise([1.0], [z])[0]
    with mpmath.workdps(40):
        y = 1 - mpmath.mpf(s) / 2
        exact = y * mpmath.log1p(mpmath.exp(-mpmath.mpf(z)))
        exact += (1 - y) * (mpmath.mpf(z) + mpmath.log1p(mpmath.exp(-mpmath.mpf(z))))
    assert abs(found - float(exact)) <= 2 * np.spacing(float(exact))


def test_other_libraries_agree_on_the_focal_loss():
    """The formula of torchvision and Keras, written out for a few logits of ordinary size."""
    y, z = np.array([1.0, 0.0, 1.0, 0.0]), np.array([-1.5, -0.3, 2.0, 0.7])
    p = 1 / (1 + np.exp(-z))
    entropy = -(y * np.log(p) + (1 - y) * np.log(1 - p))
    p_t = p * y + (1 - p) * (1 - y)
    alpha_t = 0.25 * y + 0.75 * (1 - y)
    np.testing.assert_allclose(
        lb.focal.pointwise(y, z), alpha_t * (1 - p_t) ** 2 * entropy, rtol=1e-13
    )
