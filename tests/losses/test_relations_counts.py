"""Deviances: what other libraries call them, and how one leads to the next."""

import numpy as np
import pytest
import statsmodels.api as sm
from sklearn import metrics

import lossbook as lb

RNG = np.random.default_rng(12)
Y = RNG.poisson(3.0, 200).astype(float)
AMOUNT = RNG.gamma(2.0, size=200)
Z = RNG.normal(size=200)
MEAN = np.exp(Z)


@pytest.mark.parametrize("power", [0.0, 1.0, 1.3, 1.99, 2.0, 2.4, 3.0])
def test_twice_the_loss_is_the_deviance_of_scikit_learn(power):
    wanted = metrics.mean_tweedie_deviance(AMOUNT, MEAN, power=power)
    assert 2 * lb.Tweedie(power)(AMOUNT, Z) == pytest.approx(wanted, rel=1e-12)


def test_truths_of_zero_too():
    wanted = metrics.mean_tweedie_deviance(Y, MEAN, power=1.5)
    assert 2 * lb.Tweedie(1.5)(Y, Z) == pytest.approx(wanted, rel=1e-12)
    wanted = metrics.mean_poisson_deviance(Y, MEAN)
    assert 2 * lb.Poisson()(Y, Z) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("alpha", [0.1, 1.0, 5.0])
def test_twice_the_loss_is_the_deviance_of_statsmodels(alpha):
    wanted = sm.families.NegativeBinomial(alpha=alpha).deviance(Y, MEAN)
    found = 2 * lb.NegativeBinomial(alpha).pointwise(Y, Z).sum()
    assert found == pytest.approx(wanted, rel=1e-10)


def test_the_negative_log_likelihood_differs_by_terms_of_the_truth():
    nll = MEAN - Y * Z
    own = np.where(Y > 0, Y - Y * np.log(np.maximum(Y, 1)), 0)
    np.testing.assert_allclose(lb.Poisson().pointwise(Y, Z), nll - own, atol=1e-12)


@pytest.mark.parametrize(("power", "limit"), [(1.0, lb.Poisson()), (2.0, lb.Gamma())])
def test_tweedie_is_continuous_in_its_power(power, limit):
    for near in (power - 1e-9, power + 1e-9):
        if near >= 1:
            found = lb.Tweedie(near).pointwise(AMOUNT, Z)
            np.testing.assert_allclose(found, limit.pointwise(AMOUNT, Z), rtol=1e-7)


def test_without_dispersion_negative_binomial_is_poisson():
    found = lb.NegativeBinomial(1e-12).pointwise(Y, Z)
    np.testing.assert_allclose(found, lb.Poisson().pointwise(Y, Z), rtol=1e-9)


def test_a_mean_too_large_a_number_costs_infinitely_much():
    assert lb.Poisson()(1.0, 800.0) == np.inf
    assert lb.Poisson().pointwise(np.float32([1]), np.float32([89.0])).tolist() == [np.inf]
    assert np.isfinite(lb.NegativeBinomial()(1.0, 800.0))
