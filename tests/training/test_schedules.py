"""Schedules: the stated learning rates, good names, checked arguments."""

import numpy as np
import pytest

from lossbook.optimizers import GradientDescent
from lossbook.schedules import (
    constant,
    cosine,
    exponential_decay,
    inverse_time,
    one_cycle,
    polynomial,
    reduce_on_plateau,
    step_decay,
    warmup,
)


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


def rates(schedule, steps=200):
    return np.array([schedule(step) for step in range(steps)])


FALLING = [
    step_decay(0.5, every=7),
    exponential_decay(0.5, 0.9),
    inverse_time(0.5, every=3, power=0.7),
    polynomial(0.5, 100, end=0.01, power=2),
    cosine(0.5, 100, end=0.01),
]


@pytest.mark.parametrize("schedule", FALLING, ids=repr)
def test_decays_begin_at_the_top_and_never_rise(schedule):
    assert schedule(0) == 0.5
    assert (np.diff(rates(schedule)) <= 1e-16).all()
    assert 0 < schedule(199) < 0.5


@pytest.mark.parametrize("schedule", [polynomial(0.5, 50, end=0.1), cosine(0.5, 50, end=0.1)])
def test_what_has_an_end_stays_there(schedule):
    assert rates(schedule)[50:] == pytest.approx(0.1)
    assert schedule(49) > 0.1


def test_inverse_time_keeps_the_conditions_of_robbins_and_monro():
    """The sum grows like log t, the sum of squares stays below every²·lr²·π²/6 and a bit."""
    schedule = inverse_time(1.0, every=1)
    early, late = rates(schedule, 1000), rates(schedule, 10000)
    assert late.sum() - early.sum() == pytest.approx(np.log(10), rel=1e-3)
    assert np.square(late).sum() < np.pi**2 / 6


def test_restarts_jump_back_and_last_longer():
    schedule = cosine(1.0, 10, restarts=True, growth=2)
    tops = np.flatnonzero(rates(schedule, 75) == 1.0)
    assert tops.tolist() == [0, 10, 30, 70]


def test_warm_up_climbs_in_equal_steps_then_hands_over():
    schedule = warmup(4, exponential_decay(1.0, 0.5))
    assert rates(schedule, 7).tolist() == [0.2, 0.4, 0.6, 0.8, 1.0, 0.5, 0.25]


def test_one_cycle_peaks_once():
    schedule = one_cycle(0.3, 101)
    path = rates(schedule, 101)
    assert path[0] == pytest.approx(0.3 / 25)
    assert path.max() == pytest.approx(0.3, rel=1e-3)
    assert path.argmax() in (29, 30)
    assert path[-1] == pytest.approx(0.3 / 25 / 1e4)
    assert schedule(500) == path[-1]


def test_plateau_falls_only_when_the_loss_does_not():
    schedule = reduce_on_plateau(1.0, factor=0.1, patience=2, smallest=0.005)
    seen = []
    for loss in [5, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3]:
        schedule.see(loss)
        seen.append(schedule(0))
    assert seen[:5] == [1.0] * 5
    assert seen[5] == 0.1
    assert seen[-1] == 0.005


def test_reset_of_the_optimizer_resets_its_plateau():
    schedule = reduce_on_plateau(1.0, factor=0.1, patience=0)
    opt = GradientDescent(schedule)
    schedule.see(1.0)
    schedule.see(1.0)
    assert opt.current_lr == 0.1
    opt.reset()
    assert opt.current_lr == 1.0


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: step_decay(0.1, every=2.5), "step_decay: every must be a positive integer"),
        (lambda: step_decay(0.1, every=2, rate=0), r"rate must be in \(0, 1\]"),
        (lambda: inverse_time(0.1, every=0), "inverse_time: every must be positive"),
        (lambda: inverse_time(0.1, power=-1), "power must be positive"),
        (lambda: polynomial(0.1, 0), "polynomial: steps must be a positive integer"),
        (lambda: polynomial(0.1, 5, end=-1), "end must be non-negative"),
        (lambda: cosine(0.1, steps=0), "cosine: steps must be a positive integer"),
        (lambda: cosine(0.1, 5, growth=0), "growth must be a positive integer"),
        (lambda: warmup(0, 0.1), "warmup: steps must be a positive integer"),
        (lambda: warmup(5, -0.1), "then must be a positive learning rate or a schedule"),
        (lambda: warmup(5, reduce_on_plateau(0.1)), "has to be told the losses"),
        (lambda: one_cycle(0.1, 1), "one_cycle: steps must be an integer, 2 or more"),
        (lambda: one_cycle(0.1, 9, warm=1), r"warm must be in \(0, 1\)"),
        (lambda: reduce_on_plateau(0.1, factor=1), r"factor must be in \(0, 1\)"),
        (lambda: reduce_on_plateau(0.1, patience=-1), "patience must be an integer, 0 or more"),
    ],
)
def test_bad_arguments_are_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()
