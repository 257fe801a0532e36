"""Losses that are the same function under two names, and limits that lead from one to another."""

import math

import numpy as np
import pytest

import lossbook as lb

R = np.concatenate([np.linspace(-6, 6, 101), [1e-8, -1e-8, 1e3]])
ZERO = np.zeros_like(R)
C = 1.7

PAIRS = [
    ("half squared", lb.HalfSquaredError(), 0.5, lb.SquaredError()),
    ("median", lb.Quantile(0.5), 0.5, lb.AbsoluteError()),
    ("mean", lb.Expectile(0.5), 0.5, lb.SquaredError()),
    ("no tube", lb.EpsilonInsensitive(0.0), 1, lb.AbsoluteError()),
    ("smooth L1", lb.SmoothL1(C), 1 / C, lb.Huber(C)),
    ("wide Huber", lb.Huber(1e6), 1, lb.HalfSquaredError()),
    ("α = 2", lb.GeneralRobust(2.0, C), 1 / C**2, lb.HalfSquaredError()),
    ("α = 1", lb.GeneralRobust(1.0, C), 1 / C**2, lb.PseudoHuber(C)),
    ("α = 0", lb.GeneralRobust(0.0, C), 1 / C**2, lb.Cauchy(math.sqrt(2) * C)),
    ("α = −2", lb.GeneralRobust(-2.0, C), 1 / C**2, lb.GemanMcClure(2 * C)),
    ("α = −∞", lb.GeneralRobust(-math.inf, C), 1 / C**2, lb.Welsch(math.sqrt(2) * C)),
]


@pytest.mark.parametrize(
    ("one", "factor", "other"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS]
)
def test_same_function(one, factor, other):
    np.testing.assert_allclose(
        one.pointwise(ZERO, R), factor * other.pointwise(ZERO, R), rtol=1e-12
    )
    r, zero = R[R != 0], ZERO[R != 0]  # at the kink each has its own subgradient
    np.testing.assert_allclose(
        one.pointwise_grad(zero, r), factor * other.pointwise_grad(zero, r), rtol=1e-11
    )


@pytest.mark.parametrize("limit", [2.0, 0.0])
def test_general_robust_is_continuous_in_alpha(limit):
    near = lb.GeneralRobust(limit - 1e-7, 1.0).pointwise(ZERO[:-1], R[:-1])
    np.testing.assert_allclose(
        near, lb.GeneralRobust(limit, 1.0).pointwise(ZERO[:-1], R[:-1]), rtol=1e-5
    )


def test_two_class_softmax_is_sigmoid():
    z = np.linspace(-50, 50, 41)
    y = (np.arange(41) % 2).astype(int)
    rows = np.column_stack([np.zeros_like(z), z])
    np.testing.assert_allclose(
        lb.cross_entropy.pointwise(y, rows), lb.SigmoidCrossEntropy().pointwise(y, z), rtol=1e-13
    )


def test_cross_entropy_on_probabilities_and_logits_agree():
    z = np.linspace(-8, 8, 33)
    y = (np.arange(33) % 2).astype(float)
    p = lb.numerics.sigmoid(z)
    np.testing.assert_allclose(
        lb.log_loss.pointwise(y, p), lb.SigmoidCrossEntropy().pointwise(y, z), rtol=1e-11
    )


def test_huber_gradient_is_the_clipped_residual():
    np.testing.assert_array_equal(lb.Huber(C).pointwise_grad(ZERO, R), np.clip(R, -C, C))
