"""Losses of M-estimation, cosine and density against other libraries, and their limits."""

import sys

import numpy as np
import pytest
from scipy import integrate, stats
from statsmodels.robust import norms

import lossbook as lb

R = np.linspace(-12, 12, 97)
ZERO = np.zeros_like(R)


@pytest.mark.parametrize(
    ("loss", "norm"),
    [
        (lb.Hampel(1.5, 3.5, 8.0), norms.Hampel(1.5, 3.5, 8.0)),
        (lb.Andrews(1.339), norms.AndrewWave(1.339)),
    ],
    ids=repr,
)
def test_the_scale_is_that_of_statsmodels(loss, norm):
    np.testing.assert_allclose(loss.pointwise(ZERO, R), norm.rho(R), rtol=1e-12)
    np.testing.assert_allclose(loss.pointwise_grad(ZERO, R), norm.psi(R), rtol=1e-9, atol=1e-12)


def test_linex_is_nearly_symmetric_where_errors_are_small():
    r = R / 1e6
    np.testing.assert_allclose(lb.Linex(2.0).pointwise(ZERO, r), 2 * r * r, rtol=1e-4)


def test_a_tube_of_no_width_is_squared_error():
    found = lb.SquaredEpsilonInsensitive(0.0).pointwise(ZERO, R)
    np.testing.assert_array_equal(found, lb.mse.pointwise(ZERO, R))


def test_full_density_losses_are_negative_logarithms_of_densities():
    p = np.column_stack([R / 3, np.linspace(-2, 2, R.size)])
    y = np.sin(R)
    wanted = -stats.norm(p[:, 0], np.exp(p[:, 1] / 2)).logpdf(y)
    np.testing.assert_allclose(lb.GaussianNLL(full=True).pointwise(y, p), wanted, rtol=1e-10)
    wanted = -stats.laplace(p[:, 0], np.exp(p[:, 1])).logpdf(y)
    np.testing.assert_allclose(lb.LaplaceNLL(full=True).pointwise(y, p), wanted, rtol=1e-10)


def test_crps_is_the_squared_distance_from_the_step():
    normal = stats.norm(0.3, 1.7)
    below = integrate.quad(lambda x: normal.cdf(x) ** 2, -np.inf, 1.1)[0]
    above = integrate.quad(lambda x: normal.sf(x) ** 2, 1.1, np.inf)[0]
    found = lb.GaussianCRPS()([1.1], [[0.3, np.log(1.7)]])
    assert found == pytest.approx(below + above, rel=1e-8)


def test_crps_says_what_it_lacks(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.special", None)
    with pytest.raises(ImportError, match="install scipy"):
        lb.GaussianCRPS()([1.0], [[0.0, 0.0]])


def test_cosine_does_not_see_lengths():
    y, p = np.random.default_rng(13).normal(size=(2, 20, 5))
    loss = lb.CosineDistance()
    np.testing.assert_allclose(loss.pointwise(y, p), loss.pointwise(7 * y, 1e-9 * p), rtol=1e-12)
    grad = loss.pointwise_grad(y, p)
    np.testing.assert_allclose((grad * p).sum(axis=1), 0, atol=1e-14)
