"""Threads share the blocks of long inputs, and change not one bit of a result."""

import threading

import numpy as np
import pytest
from catalogue import LOSSES

import lossbook as lb
from lossbook.losses import BatchLoss, blocks

N = 1500  # numbers, in six blocks and a bit
CUT = {type(loss): loss for loss in LOSSES if not isinstance(loss, BatchLoss)}


def results(loss, y, p, weights, threads, monkeypatch):
    monkeypatch.setenv("LOSSBOOK_THREADS", threads)
    return (
        *loss.value_and_grad(y, p),
        *loss.value_and_grad(y, p, weights),
        loss(y, p),
        loss.pointwise(y, p),
        loss.pointwise_grad(y, p),
    )


@pytest.mark.parametrize("loss", CUT.values(), ids=repr)
def test_threads_change_no_bit(loss, monkeypatch):
    monkeypatch.setattr(blocks, "LONG", 1)
    monkeypatch.setattr(blocks, "BLOCK_BYTES", 2000)
    rng = np.random.default_rng(1)
    size = loss._example(rng, 2)[1].size // 2
    y, p = loss._example(rng, N // size)
    weights = rng.uniform(0, 1, len(p))
    alone = results(loss, y, p, weights, "1", monkeypatch)
    for threads in ("2", "3"):
        for one, other in zip(
            alone, results(loss, y, p, weights, threads, monkeypatch), strict=True
        ):
            np.testing.assert_array_equal(one, other)


class Witness(lb.SquaredError):
    """Squared error that notes in which threads it is computed."""

    seen = frozenset()

    def _value(self, r):
        type(self).seen |= {threading.get_ident()}
        return super()._value(r)


@pytest.mark.parametrize(
    ("asked", "n", "beside"),
    [(None, blocks.LONG, 0), ("2", blocks.LONG - 1, 0), ("2", blocks.LONG, 2)],
)
def test_threads_have_to_be_asked_for_and_to_pay(asked, n, beside, monkeypatch):
    monkeypatch.setattr(Witness, "seen", frozenset())
    monkeypatch.delenv("LOSSBOOK_THREADS", raising=False)
    if asked:
        monkeypatch.setenv("LOSSBOOK_THREADS", asked)
    Witness()(np.zeros(n), np.ones(n))
    assert len(Witness.seen - {threading.get_ident()}) in range(min(beside, 1), beside + 1)


@pytest.mark.parametrize("bad", ["many", "0", "-1", "1.5", "²"])
def test_a_number_of_threads_that_is_none_is_named(bad, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_BYTES", 2000)
    monkeypatch.setenv("LOSSBOOK_THREADS", bad)
    with pytest.raises(ValueError, match=rf"LOSSBOOK_THREADS is '{bad}'.*whole number"):
        lb.mse(np.zeros(N), np.ones(N))


def test_an_error_in_a_thread_reaches_the_caller(monkeypatch):
    monkeypatch.setattr(blocks, "LONG", 1)
    monkeypatch.setattr(blocks, "BLOCK_BYTES", 2000)
    monkeypatch.setenv("LOSSBOOK_THREADS", "2")
    p = np.ones(N)
    p[N - 2] = 2
    with pytest.raises(ValueError, match=rf"y_pred\[{N - 2}\] is 2"):
        lb.log_loss(np.ones(N), p)


def test_floating_point_errors_are_treated_alike_in_threads(monkeypatch):
    monkeypatch.setattr(blocks, "LONG", 1)
    monkeypatch.setenv("LOSSBOOK_THREADS", "2")
    with np.errstate(over="raise"), pytest.raises(FloatingPointError):
        lb.mse(np.zeros(N), np.full(N, 1e200))
