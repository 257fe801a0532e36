"""Schedules: the stated learning rates, good names, checked arguments."""

import numpy as np
import pytest

from lossbook.optimizers import GradientDescent
from lossbook.schedules import constant, exponential_decay


def test_constant_never_changes():
    assert {constant(0.3)(step) for step in range(100)} == {0.3}


def test_exponential_decay_multiplies_by_the_rate_every_so_many_steps():
    schedule = exponential_decay(0.5, rate=0.9, every=7)
    assert schedule(0) == 0.5
    for step in range(30):
        assert schedule(step + 7) == pytest.approx(0.9 * schedule(step))


def test_exponential_decay_falls_in_equal_ratios():
    rates = np.array([exponential_decay(1.0, 0.5, every=4)(step) for step in range(12)])
    np.testing.assert_allclose(rates[1:] / rates[:-1], 0.5**0.25)


def test_rate_one_is_constant():
    assert exponential_decay(0.1, 1)(999) == 0.1


def test_schedules_are_values():
    assert constant(0.1) == constant(0.1) != constant(0.2)
    assert repr(constant(0.1)) == "constant(lr=0.1)"
    assert repr(exponential_decay(0.1, 0.5)) == "exponential_decay(lr=0.1, rate=0.5, every=1)"
    assert repr(GradientDescent(constant(0.1))) == "GradientDescent(lr=constant(lr=0.1))"


@pytest.mark.parametrize("lr", [0, -1, np.nan, np.inf, "0.1"])
def test_bad_learning_rate_is_named(lr):
    with pytest.raises(ValueError, match="constant: lr must be positive"):
        constant(lr)
    with pytest.raises(ValueError, match="exponential_decay: lr must be positive"):
        exponential_decay(lr, 0.5)


@pytest.mark.parametrize("rate", [0, 1.1, -0.5, np.nan])
def test_bad_rate_is_named(rate):
    with pytest.raises(ValueError, match=r"rate must be in \(0, 1\]"):
        exponential_decay(0.1, rate)


def test_bad_period_is_named():
    with pytest.raises(ValueError, match="every must be positive"):
        exponential_decay(0.1, 0.5, every=0)
