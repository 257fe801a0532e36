"""The numerical bedrock is exact where the textbook formulas break."""

import subprocess
import sys

import mpmath
import numpy as np
import pytest

from lossbook import numerics


def error_in_eps(found, exact, dtype=np.float64):
    info = np.finfo(dtype)
    scale = max(abs(exact), mpmath.mpf(float(info.smallest_normal)))
    return float(abs(mpmath.mpf(float(found)) - exact) / scale / float(info.eps))


def exact_softplus(z):
    return mpmath.log1p(mpmath.exp(z)) if z < 0 else z + mpmath.log1p(mpmath.exp(-z))


def exact_sigmoid(z):
    return 1 / (1 + mpmath.exp(-z))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    ("function", "exact"),
    [
        (numerics.sigmoid, exact_sigmoid),
        (numerics.softplus, exact_softplus),
        (numerics.log_sigmoid, lambda z: -exact_softplus(-z)),
    ],
)
def test_within_three_eps_for_every_logit(function, exact, dtype):
    z = np.concatenate([np.linspace(-800, 800, 401), np.linspace(-2, 2, 101), [1e4, -1e4, -0.0]])
    z = z.astype(dtype)
    found = function(z)
    assert found.dtype == dtype
    with mpmath.workdps(400):
        errors = [
            error_in_eps(f, exact(mpmath.mpf(float(x))), dtype)
            for f, x in zip(found, z, strict=True)
        ]
    assert max(errors) <= 3


def test_logsumexp_keeps_a_small_remainder():
    z = np.array([0.0, -50.0])
    with mpmath.workdps(50):
        assert error_in_eps(numerics.logsumexp(z), mpmath.log1p(mpmath.exp(-50))) <= 2


def test_logsumexp_and_softmax_do_not_overflow_and_take_an_axis():
    z = np.array([[1000.0, 1000.0], [-1000.0, 0.0]])
    np.testing.assert_allclose(numerics.logsumexp(z), [1000 + np.log(2), 0.0])
    np.testing.assert_allclose(numerics.softmax(z, axis=0), [[1, 1], [0, 0]], atol=1e-300)
    np.testing.assert_allclose(np.exp(numerics.log_softmax(z)), numerics.softmax(z), atol=1e-300)


def test_log_softmax_does_not_cancel_for_large_logits():
    found = numerics.log_softmax(np.array([1e6, 1e6 - 40]))
    with mpmath.workdps(50):
        assert error_in_eps(found[0], -mpmath.log1p(mpmath.exp(-40))) <= 2


def test_zero_log_zero_is_zero():
    np.testing.assert_array_equal(numerics.xlogy([0.0, 0.0, 2.0], [0.0, 3.0, 0.0]), [0, 0, -np.inf])


def test_log1p_square_beyond_the_range_of_the_square():
    u = np.array([1e-200, 1e-3, 1.0, 1e3, 1e200])
    with mpmath.workdps(450):
        exact = [mpmath.log1p(mpmath.mpf(x) ** 2) for x in u]
    assert max(map(error_in_eps, numerics.log1p_square(u), exact)) <= 2


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_gaussian_factor_is_exact_in_its_tail(dtype):
    top = 26 if dtype == np.float64 else 9
    r = np.linspace(-top * 1.3, top * 1.3, 401).astype(dtype)
    found = numerics.exp_minus_square(r, 1.3)
    with mpmath.workdps(50):
        c = mpmath.mpf(1.3)
        exact = [mpmath.exp(-((mpmath.mpf(float(x)) / c) ** 2)) for x in r]
        errors = [error_in_eps(f, e, dtype) for f, e in zip(found, exact, strict=True)]
    assert max(errors) <= 3
    assert not numerics.exp_minus_square(np.array([1e150, -1e150]), 1.3).any()


def test_import_is_light():
    code = (
        "import lossbook, sys; "
        "print([m for m in ('sympy', 'scipy', 'matplotlib', 'sklearn', 'pandas', 'IPython', "
        "'mpmath', 'dask', 'platformdirs') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_exponential_without_its_first_terms_does_not_cancel(dtype):
    rng = np.random.default_rng(8)
    d = np.concatenate([rng.uniform(-3, 3, 200), 10.0 ** rng.uniform(-15, 0, 50), [-1.0, 1.0]])
    d = np.concatenate([d, -d, [60.0, -60.0]]).astype(dtype)
    found = numerics.expm1_minus(d)
    assert found.dtype == dtype
    with mpmath.workdps(60):
        exact = [mpmath.expm1(mpmath.mpf(float(x))) - mpmath.mpf(float(x)) for x in d]
    errors = [error_in_eps(f, e, dtype) for f, e in zip(found, exact, strict=True)]
    assert max(errors) <= 2
    assert numerics.expm1_minus(0.0) == 0
    assert numerics.expm1_minus(1e4) == np.inf


@pytest.mark.parametrize("q", [1.0, 0.7, -0.3, 0.999, 1e-3])
def test_the_exponential_of_a_large_product_keeps_its_digits(q):
    x = np.concatenate([np.random.default_rng(9).uniform(-700, 700, 300), [0.0, 1e-9]])
    with mpmath.workdps(60):
        exact = [mpmath.exp(mpmath.mpf(q) * mpmath.mpf(float(v))) for v in x]
        assert max(map(error_in_eps, numerics.exp_of_product(q, x), exact)) <= 2


def test_the_exponential_of_a_product_has_both_its_limits():
    assert numerics.exp_of_product(0.7, np.array([1e5, -1e5])).tolist() == [np.inf, 0]
