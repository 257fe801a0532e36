"""What holds for every loss and every input: searched for counter-examples, kinks included."""

import numpy as np
import pytest
from catalogue import LOSSES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import lossbook as lb
from lossbook.losses import BatchLoss, HasHess, MarginLoss, ResidualLoss, RowLoss

SUMS = [loss for loss in LOSSES if not isinstance(loss, BatchLoss)]
CONVEX = [loss for loss in LOSSES if loss._facts()["convex"]]
SMOOTH = [loss for loss in SUMS if isinstance(loss, HasHess) and not isinstance(loss, RowLoss)]

search = settings(
    max_examples=15, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip


def ids(losses):
    return {"argvalues": losses, "ids": repr}


@st.composite
def inputs(draw, loss, least=1):
    """Draw truth and prediction: ordinary, or stretched, or exactly at a kink."""
    rng = np.random.default_rng(draw(st.integers(0, 2**16)))
    y, p = loss._example(rng, draw(st.integers(least, 7)))
    if isinstance(loss, (ResidualLoss, MarginLoss)):
        at = draw(st.sampled_from([*loss._facts().get("kinks", ()), 0.0, 1.0]))
        if draw(st.booleans()):
            p[0] = y[0] * at if isinstance(loss, MarginLoss) else y[0] + at
    if loss.prediction.inside is None:
        p = p * draw(st.sampled_from([1e-6, 1.0, 1.0, min(20.0, loss.reach / 20)]))
    return y, p


@pytest.mark.parametrize("loss", **ids(SUMS))
@search
@given(data=st.data())
def test_weights_count_like_copies(loss, data):
    y, p = data.draw(inputs(loss))
    times = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(p), max_size=len(p))))
    times[0] = max(times[0], 1)
    rows = np.repeat(np.arange(len(p)), times)
    value, grad = loss.value_and_grad(y, p, times)
    again, repeated = loss.value_and_grad(y[rows], p[rows])
    summed = np.zeros_like(grad)
    np.add.at(summed, rows, repeated)
    np.testing.assert_allclose(value, again, rtol=1e-12, atol=1e-300)
    np.testing.assert_allclose(grad, summed, rtol=1e-12, atol=1e-300)


@pytest.mark.parametrize("loss", **ids(LOSSES))
@search
@given(data=st.data())
def test_order_does_not_matter(loss, data):
    y, p = data.draw(inputs(loss, least=2))
    order = np.array(data.draw(st.permutations(range(len(p)))))
    value, grad = loss.value_and_grad(y, p)
    again, moved = loss.value_and_grad(y[order], p[order])
    np.testing.assert_allclose(value, again, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(grad[order], moved, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("loss", **ids(SUMS))
@search
@given(data=st.data())
def test_a_mean_is_put_together_from_the_means_of_its_parts(loss, data):
    y, p = data.draw(inputs(loss, least=2))
    cut, weights = data.draw(st.integers(1, len(p) - 1)), np.linspace(0.5, 2, len(p))
    added = loss._weigh(y, weights)
    parts = [loss(y[s], p[s], weights[s]) * added[s].sum() for s in (slice(cut), slice(cut, None))]
    np.testing.assert_allclose(
        loss(y, p, weights), sum(parts) / added.sum(), rtol=1e-12, atol=1e-13
    )


@pytest.mark.parametrize("loss", **ids(CONVEX))
@search
@given(data=st.data())
def test_the_gradient_of_a_convex_loss_supports_it_at_kinks_too(loss, data):
    y, p = data.draw(inputs(loss))
    q = loss._example(np.random.default_rng(data.draw(st.integers(0, 99))), len(p))[1]
    if isinstance(loss, BatchLoss):
        plane = loss(y, p) + (loss.grad(y, p) * (q - p)).sum()
        assert loss(y, q) >= plane - 1e-9 * (1 + abs(plane))
        return
    rise = loss.pointwise_grad(y, p) * (q - p)
    plane = loss.pointwise(y, p) + (rise.reshape(len(p), -1).sum(axis=1) if rise.ndim > 1 else rise)
    assert (loss.pointwise(y, q) >= plane - 1e-9 * (1 + np.abs(plane))).all()


@pytest.mark.parametrize("loss", **ids(LOSSES))
@search
@given(data=st.data())
def test_float32_agrees_with_float64(loss, data):
    y, p = data.draw(inputs(loss))
    truth, narrow = (y if y.dtype.kind == "i" else y.astype(np.float32)), p.astype(np.float32)
    value, grad = loss.value_and_grad(truth, narrow)
    wide = truth if truth.dtype.kind == "i" else truth.astype(float)
    exact, slope = loss.value_and_grad(wide, narrow.astype(float))
    assert grad.dtype == np.float32
    if not max(abs(exact), np.abs(slope).max()) < float(np.finfo(np.float32).max) / 1e3:
        return  # beyond what float32 can hold, where it says infinity
    np.testing.assert_allclose(value, exact, rtol=2e-5, atol=1e-6)
    np.testing.assert_allclose(grad, slope, rtol=1e-4, atol=1e-5 * max(1, np.abs(slope).max()))


@pytest.mark.parametrize("loss", **ids(SMOOTH))
@search
@given(data=st.data())
def test_the_gradient_integrates_the_hessian(loss, data):
    y, p = data.draw(inputs(loss))
    if loss.prediction.inside is not None:
        p = np.clip(p, 0.1, 0.9)
    step = 1e-5 * (1 + np.abs(p))
    with np.errstate(all="ignore"):
        rise = loss.pointwise_grad(y, p + step) - loss.pointwise_grad(y, p - step)
        ends = [loss.pointwise_hess(y, p + s * step) for s in (-1, 0, 1)]
    low, high = np.min(ends, axis=0), np.max(ends, axis=0)
    slack = 1e-5 * (1 + np.abs(high)) + 2e-5 * np.abs(high - low) + 1e-10 / step
    assert (rise / (2 * step) >= low - slack).all()
    assert (rise / (2 * step) <= high + slack).all()


def test_the_search_finds_a_planted_fault():
    class Leaning(lb.AbsoluteError):
        def _grad(self, r):
            return np.where(r == 0, 3.0, np.sign(r))

    with pytest.raises(AssertionError):
        test_the_gradient_of_a_convex_loss_supports_it_at_kinks_too.hypothesis.inner_test(
            Leaning(), _At(np.zeros(7), np.zeros(7))
        )


class _At:
    """Draw what was given, then a number."""

    def __init__(self, y, p):
        self.results = iter([(y, p), 3])

    def draw(self, strategy):
        return next(self.results)
