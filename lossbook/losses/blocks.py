"""Walk a long input block by block, on one thread or several, and add up what the blocks give.

A loss is a sum, so it can be cut: the temporaries of a plain formula on one block stay in the
processor's cache.  Blocks are the same whatever the number of threads, and their sums are
added exactly, so that the result does not depend on it to the last bit.
"""

import math
import os
from contextvars import copy_context

import numpy as np

__all__ = ["BLOCK_BYTES", "column", "cut", "leave_out", "sum_of_blocks", "walk", "weighted_sum"]

BLOCK_BYTES = 128 * 1024  # a block and its temporaries fit a level-2 cache
LONG = 10**6  # numbers from which several threads gain more than they cost


def cut(array):
    """Return the slices that cut the rows into blocks of about BLOCK_BYTES; a number is one."""
    if array.nbytes <= BLOCK_BYTES or array.ndim == 0:
        return (...,)
    rows = max(1, BLOCK_BYTES * len(array) // array.nbytes)
    return [slice(i, i + rows) for i in range(0, len(array), rows)]


def walk(visit, blocks, size):
    """Return what `visit` returns for each block, in no particular order.

    Threads share the blocks if LOSSBOOK_THREADS asks for them and `size`, how many numbers
    there are, is at least LONG.
    """
    if len(blocks) == 1:
        return [visit(blocks[0])]
    workers = threads()
    if workers == 1 or size < LONG:
        return [visit(rows) for rows in blocks]
    from concurrent.futures import ThreadPoolExecutor

    def some(mine):
        return [visit(rows) for rows in mine]

    with ThreadPoolExecutor(workers) as pool:  # made anew: it costs little, and survives a fork
        # In a copy of the context NumPy treats floating-point errors as it does here.
        shares = [pool.submit(copy_context().run, some, blocks[i::workers]) for i in range(workers)]
    return [result for share in shares for result in share.result()]


def threads():
    """Return the number of threads for long inputs: that of LOSSBOOK_THREADS, 1 if it is not set.

    Raises
    ------
    ValueError
        If the variable holds anything but a whole number from 1 on.
    """
    text = os.environ.get("LOSSBOOK_THREADS") or "1"
    if not (text.isdecimal() and int(text) > 0):
        raise ValueError(
            f"the environment variable LOSSBOOK_THREADS is {text!r}, but it must be a whole "
            "number of threads, 1 or more: set it to the number of cores, or unset it for one"
        )
    return int(text)


def sum_of_blocks(array):
    """Return the sum as a Python float, that of the sums of the blocks."""
    return math.fsum(float(array[rows].sum()) for rows in cut(array))


def weighted_sum(values, weights):
    """Return Σ wᵢ ℓᵢ of one block as a Python float; None is a weight of 1 for everyone."""
    if weights is None:
        total = float(values.sum())
        if not math.isfinite(total) and values.dtype == np.float32:
            total = float(values.sum(dtype=np.float64))  # float32 may hold the mean, not the sum
        return total
    values = leave_out(values, weights)
    if values.ndim > 1:
        values = values.reshape(len(weights), -1).sum(axis=1, dtype=np.float64)
    return float(weights @ values)


def leave_out(values, weights):
    """Return `values` with 0 for a sample of weight 0, even where its loss or slope is infinite."""
    kept = weights > 0
    return values if kept.all() else np.where(column(kept, values), values, 0)


def column(weights, like):
    """Shape one weight a row so that it multiplies every output of the row."""
    return weights.reshape(weights.shape + (1,) * (like.ndim - 1))
