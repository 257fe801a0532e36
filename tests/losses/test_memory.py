"""A long input costs its gradient and little more, whatever the loss."""

import tracemalloc

import numpy as np
import pytest
from catalogue import LOSSES

from lossbook.losses import RowLoss

N = 10**6
ROOM = 4 * 2**20  # half an array of N floats: no formula may hold one beside the gradient

ELEMENTWISE = {type(loss): loss for loss in LOSSES if not isinstance(loss, RowLoss)}


@pytest.mark.parametrize("threads", ["1", "2"])
@pytest.mark.parametrize("loss", ELEMENTWISE.values(), ids=repr)
def test_holds_little_beside_the_gradient(loss, threads, monkeypatch):
    monkeypatch.setenv("LOSSBOOK_THREADS", threads)
    y, p = (np.asarray(part, float) for part in loss._example(np.random.default_rng(0), N))
    loss.value_and_grad(y[:9], p[:9])  # what is made once does not count
    tracemalloc.start()
    try:
        _, grad = loss.value_and_grad(y, p)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= grad.nbytes + ROOM * int(threads)


def test_weights_add_no_copy_of_themselves(monkeypatch):
    loss = LOSSES[0]
    y, p = (np.asarray(part, float) for part in loss._example(np.random.default_rng(0), N))
    weights = np.ones(N)
    tracemalloc.start()
    try:
        _, grad = loss.value_and_grad(y, p, weights)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= grad.nbytes + ROOM
