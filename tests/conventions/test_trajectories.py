"""Two hundred steps of every optimizer and schedule beside those of PyTorch and optax."""

import importlib
from types import FunctionType

import numpy as np
import pytest
from agreement import installed

import lossbook as lb

STEPS = 200
MATRIX = np.array([[1.3, 0.3, 0.3], [0.3, 3.3, 0.3], [0.3, 0.3, 10.3]])
CENTRE = np.array([1.0, -2.0, 0.5])


def slope(w):
    """Return the gradient of a narrow bowl with waves on it, so that every step counts."""
    return MATRIX @ (w - CENTRE) + np.sin(3 * w)


def ours(optimizer):
    w = np.array([1.0, 2.0, 3.0])
    return np.array([optimizer.step(w, slope(w)).copy() for _ in range(STEPS)])


def torchs(make):
    torch = importlib.import_module("torch")
    w = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64, requires_grad=True)
    optimizer, path = make(torch.optim, [w]), []
    for _ in range(STEPS):
        w.grad = torch.from_numpy(slope(w.detach().numpy()))
        optimizer.step()
        path.append(w.detach().numpy().copy())
    return np.array(path)


def optaxs(make):
    jax, optax = importlib.import_module("jax"), importlib.import_module("optax")
    jax.config.update("jax_enable_x64", True)
    rule, w, path = make(optax), jax.numpy.array([1.0, 2.0, 3.0]), []
    state = rule.init(w)
    for _ in range(STEPS):
        change, state = rule.update(jax.numpy.asarray(slope(np.asarray(w))), state, w)
        w = optax.apply_updates(w, change)
        path.append(np.asarray(w))
    return np.array(path)


IN_TORCH = [
    (lb.GradientDescent(0.01), lambda optim, w: optim.SGD(w, 0.01)),
    (lb.Momentum(0.01, 0.9), lambda optim, w: optim.SGD(w, 0.01, momentum=0.9)),
    (lb.Nesterov(0.01, 0.9), lambda optim, w: optim.SGD(w, 0.01, momentum=0.9, nesterov=True)),
    (lb.AdaGrad(0.1), lambda optim, w: optim.Adagrad(w, 0.1)),
    (lb.AdaDelta(), lambda optim, w: optim.Adadelta(w)),
    (lb.RMSProp(0.01), lambda optim, w: optim.RMSprop(w, 0.01)),
    (lb.Adam(0.01), lambda optim, w: optim.Adam(w, 0.01)),
    (lb.Adam(0.01, amsgrad=True), lambda optim, w: optim.Adam(w, 0.01, amsgrad=True)),
    (lb.AdamW(0.01), lambda optim, w: optim.AdamW(w, 0.01)),
    (lb.AdamW(0.01, amsgrad=True), lambda optim, w: optim.AdamW(w, 0.01, amsgrad=True)),
    (lb.NAdam(0.01), lambda optim, w: optim.NAdam(w, 0.01)),
]
IN_OPTAX = [
    (lb.GradientDescent(0.01), lambda optax: optax.sgd(0.01)),
    (lb.Momentum(0.01, 0.9), lambda optax: optax.sgd(0.01, 0.9)),
    (lb.Nesterov(0.01, 0.9), lambda optax: optax.sgd(0.01, 0.9, nesterov=True)),
    (lb.Adam(0.01), lambda optax: optax.adam(0.01)),
    (lb.AdamW(0.01, weight_decay=0.1), lambda optax: optax.adamw(0.01, weight_decay=0.1)),
    (lb.RMSProp(0.01), lambda optax: optax.rmsprop(0.01, 0.99, eps_in_sqrt=False)),
    (lb.Lion(0.01, weight_decay=0.1), lambda optax: optax.lion(0.01, weight_decay=0.1)),
]
SCHEDULES = [
    (lb.step_decay(1.0, every=7, rate=0.3), lambda s, o: s.StepLR(o, 7, 0.3)),
    (lb.exponential_decay(1.0, 0.9), lambda s, o: s.ExponentialLR(o, 0.9)),
    (lb.polynomial(1.0, 30, power=2), lambda s, o: s.PolynomialLR(o, 30, 2)),
    (lb.one_cycle(1.0, STEPS), lambda s, o: s.OneCycleLR(o, 1.0, STEPS)),
    (lb.cosine(1.0, STEPS, end=0.1), lambda s, o: s.CosineAnnealingLR(o, STEPS, 0.1)),
    (
        lb.cosine(1.0, 20, end=0.1, restarts=True, growth=2),
        lambda s, o: s.CosineAnnealingWarmRestarts(o, 20, 2, 0.1),
    ),
]


def name_of(part):
    """Name ours; theirs is a function, whose address is another in every process."""
    return "" if isinstance(part, FunctionType) else repr(part)[:40]


@pytest.mark.skipif(not installed("torch"), reason="PyTorch is not installed here")
@pytest.mark.parametrize(("optimizer", "make"), IN_TORCH, ids=name_of)
def test_the_trajectory_is_torchs(optimizer, make):
    optimizer.reset()
    np.testing.assert_allclose(ours(optimizer), torchs(make), atol=1e-9)


@pytest.mark.skipif(not installed("optax"), reason="optax is not installed here")
@pytest.mark.parametrize(("optimizer", "make"), IN_OPTAX, ids=name_of)
def test_the_trajectory_is_optaxs(optimizer, make):
    optimizer.reset()
    np.testing.assert_allclose(ours(optimizer), optaxs(make), atol=1e-9)


@pytest.mark.skipif(not installed("torch"), reason="PyTorch is not installed here")
def test_the_comparison_can_fail():
    assert np.abs(ours(lb.Adam(0.01)) - torchs(lambda o, w: o.Adam(w, 0.01001))).max() > 1e-6


def torch_schedule(make, losses=None):
    torch = importlib.import_module("torch")
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], 1.0, momentum=0.9)
    schedule, rates = make(torch.optim.lr_scheduler, optimizer), []
    for step in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step(*([] if losses is None else [losses[step]]))
    return np.array(rates)


@pytest.mark.skipif(not installed("torch"), reason="PyTorch is not installed here")
@pytest.mark.parametrize(("schedule", "make"), SCHEDULES, ids=name_of)
def test_the_schedule_is_torchs(schedule, make):
    rates = [schedule(step) for step in range(STEPS)]
    np.testing.assert_allclose(rates, torch_schedule(make), atol=1e-12)


@pytest.mark.skipif(not installed("torch"), reason="PyTorch is not installed here")
def test_the_plateau_is_torchs():
    losses = np.random.default_rng(0).random(STEPS)
    schedule, rates = lb.reduce_on_plateau(1.0, 0.5, patience=20), []
    for loss in losses:
        rates.append(schedule(0))
        schedule.see(loss)
    theirs = torch_schedule(lambda s, o: s.ReduceLROnPlateau(o, factor=0.5, patience=20), losses)
    np.testing.assert_allclose(rates, theirs, atol=1e-12)
    assert len(set(rates)) > 3
