"""Values and gradients are right to the last digits, out to the extremes.

The reference is each loss's own SymPy formula in arithmetic of 50 digits and more.
An error is counted in units of eps times the larger of |exact| and the smallest
normal number.
"""

import math
import warnings

import numpy as np
import pytest

import lossbook as lb
from lossbook import symbolic
from lossbook.losses import ResidualLoss

RESIDUAL = [
    lb.SquaredError(),
    lb.HalfSquaredError(),
    lb.AbsoluteError(),
    lb.Quantile(0.9),
    lb.Expectile(0.8),
    lb.EpsilonInsensitive(0.5),
    lb.Huber(1.0),
    lb.Huber(0.3),
    lb.SmoothL1(0.3),
    lb.PseudoHuber(1.0),
    lb.PseudoHuber(2.5),
    lb.LogCosh(),
    lb.Cauchy(),
    lb.Welsch(),
    lb.Welsch(0.7),
    lb.Welsch(0.75),
    lb.GemanMcClure(),
    lb.Tukey(),
    lb.Tukey(4.5),
    lb.Cauchy(2.5),
    lb.GeneralRobust(2.0, 1.0),
    lb.GeneralRobust(1.5, 2.0),
    lb.GeneralRobust(1.0, 1.0),
    lb.GeneralRobust(0.0, 1.0),
    lb.GeneralRobust(-2.0, 1.0),
    lb.GeneralRobust(-math.inf, 1.0),
]


def residuals(dtype):
    rng = np.random.default_rng(11)
    top = 150 if dtype == np.float64 else 18
    size = np.concatenate(
        [
            10.0 ** rng.uniform(-top, top, 25),
            10.0 ** rng.uniform(-3, 3, 60),
            rng.uniform(0, 30, 60),
            [0.0, 1.0, 0.5, 10.0**top, 10.0**-top],
        ]
    )
    r = (size * rng.choice([-1, 1], size.size)).astype(dtype)
    return np.concatenate([r, -r[:5]])


def error_in_eps(found, exact, dtype):
    """Return the error in eps; exact results beyond the range of `dtype` count as reached."""
    import mpmath

    info = np.finfo(dtype)
    with mpmath.workdps(60):
        scale = max(abs(exact), mpmath.mpf(float(info.smallest_normal)))
        return float(abs(mpmath.mpf(float(found)) - exact) / scale / float(info.eps))


def worst(found, reference, arguments, dtype):
    errors = [error_in_eps(f, reference(*a), dtype) for f, a in zip(found, arguments, strict=True)]
    return max(errors)


def exact_in_float32(loss):
    """Tell whether float32 holds the parameters, or rounds them before the loss sees them."""
    return all(float(np.float32(v)) == v for v in vars(loss).values() if math.isfinite(v))


CASES = [(loss, np.float64) for loss in RESIDUAL]
CASES += [(loss, np.float32) for loss in RESIDUAL if exact_in_float32(loss)]


@pytest.mark.parametrize(("loss", "dtype"), CASES, ids=str)
def test_residual_losses(loss, dtype):
    r = residuals(dtype)
    assert isinstance(loss, ResidualLoss)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        value = loss.pointwise(np.zeros_like(r), r)
        slope = loss.pointwise_grad(np.zeros_like(r), r)
    assert value.dtype == slope.dtype == dtype
    points = [(x,) for x in r]
    assert worst(value, symbolic.to_function(loss), points, dtype) <= 4
    assert worst(slope, _slope(loss), points, dtype) <= 4


def _slope(loss):
    """Return the derivative of the formula; at a kink, the documented subgradient."""
    exact = symbolic.to_function(loss, 1)
    at_zero = loss.pointwise_grad([0.0], [0.0])[0]
    return lambda r: at_zero if r == 0 else exact(r)


def logits(dtype):
    rng = np.random.default_rng(12)
    z = np.concatenate(
        [
            rng.uniform(-1e4, 1e4, 4),
            rng.uniform(-40, 40, 100),
            rng.normal(size=40),
            10.0 ** rng.uniform(-30, 0, 20),
            [0.0, -0.0, 700.0, -700.0, 745.0, -745.0],
        ]
    )
    return z.astype(dtype)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("label", [0.0, 1.0])
def test_binary_cross_entropy_on_logits(label, dtype):
    loss, z = lb.SigmoidCrossEntropy(), logits(dtype)
    y = np.full_like(z, label)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        value, slope = loss.pointwise(y, z), loss.pointwise_grad(y, z)
        hess = loss.pointwise_hess(y, z)
    points = [(label, x) for x in z]
    for found, order in ((value, 0), (slope, 1), (hess, 2)):
        assert worst(found, symbolic.to_function(loss, order), points, dtype) <= 4


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_binary_cross_entropy_on_probabilities(dtype):
    rng = np.random.default_rng(5)
    p = np.concatenate([rng.uniform(0, 1, 60), 10.0 ** rng.uniform(-30, -1, 40)]).astype(dtype)
    p = p[(p > 0) & (p < 1)]
    y = rng.integers(0, 2, len(p)).astype(dtype)
    loss = lb.BinaryCrossEntropy()
    points = list(zip(y, p, strict=True))
    assert worst(loss.pointwise(y, p), symbolic.to_function(loss), points, dtype) <= 4
    assert worst(loss.pointwise_grad(y, p), symbolic.to_function(loss, 1), points, dtype) <= 4


CLASS_CASES = [
    (lb.SoftmaxCrossEntropy(), 1.0, np.float64),
    (lb.SoftmaxCrossEntropy(), 30.0, np.float64),
    (lb.SoftmaxCrossEntropy(), 1e3, np.float64),
    (lb.SoftmaxCrossEntropy(), 1.0, np.float32),
    (lb.SoftmaxCrossEntropy(), 30.0, np.float32),
    (lb.SoftmaxCrossEntropy(), 1e3, np.float32),
    (lb.GeneralizedCrossEntropy(0.5), 1.0, np.float64),
    (lb.GeneralizedCrossEntropy(0.5), 300.0, np.float64),
    (lb.GeneralizedCrossEntropy(1.0), 30.0, np.float32),
]


@pytest.mark.parametrize(("loss", "spread", "dtype"), CLASS_CASES, ids=str)
def test_losses_of_classes(loss, spread, dtype):
    rng = np.random.default_rng(6)
    z = (rng.normal(size=(60, 3)) * spread).astype(dtype)
    y = rng.integers(0, 3, 60)
    value, slope = loss.pointwise(y, z), loss.pointwise_grad(y, z)
    exact, exact_slope = symbolic.to_function(loss), symbolic.to_function(loss, 1)
    for i in range(len(y)):
        one_hot = tuple(float(k == y[i]) for k in range(3))
        row = tuple(float(x) for x in z[i])
        assert error_in_eps(value[i], exact(one_hot, row), dtype) <= 4
        for k, wanted in enumerate(exact_slope(one_hot, row)):
            assert error_in_eps(slope[i, k], wanted, dtype) <= 4


def test_squared_log_error_does_not_cancel():
    loss = lb.SquaredLogError()
    y = np.array([1.0, 10.0, 0.5, 1e6, 0.0, -0.9])
    p = y * (1 + np.array([1e-13, 1e-8, 1e-3, 1.0, 0.0, 1e-6])) + np.array([0, 0, 0, 0, 1e-20, 0])
    points = list(zip(y, p, strict=True))
    assert worst(loss.pointwise(y, p), symbolic.to_function(loss), points, float) <= 4
    assert worst(loss.pointwise_grad(y, p), symbolic.to_function(loss, 1), points, float) <= 4
