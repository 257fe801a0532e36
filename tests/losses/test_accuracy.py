"""Values, gradients and Hessians are right to the last digits, out to the extremes.

The reference is each loss's own SymPy formula in arithmetic of 50 digits and more.
An error is counted in units of eps times the larger of |exact| and the smallest
normal number.  Every loss of the catalogue is held to 4 such units; where it is not, its
family's `LOOSE` says by how much and why.
"""

import warnings

import mpmath
import numpy as np
import pytest
from catalogue import LOOSE, LOSSES
from grids import exact_in_float32, points

import lossbook as lb
from lossbook import symbolic
from lossbook.losses import BatchLoss, HasHess, ResidualLoss, RowLoss

TIGHT = 4.0  # units of the last place
ORDINARY = 30.0  # up to here nothing overflows, and a formula may take a shorter way


def error_in_eps(found, exact, dtype):
    """Return the error in eps; an exact result beyond the range of `dtype` has to be infinite."""
    info = np.finfo(dtype)
    with mpmath.workdps(60):
        if abs(exact) > float(info.max):
            return 0.0 if abs(found) >= info.max * 0.999999 and found * exact > 0 else np.inf
        scale = max(abs(exact), mpmath.mpf(float(info.smallest_normal)))
        return float(abs(mpmath.mpf(float(found)) - exact) / scale / float(info.eps))


def flat(result):
    """Return an mpmath number or matrix as a list, row by row."""
    return list(result) if hasattr(result, "rows") else [result]


def compute(loss, y, p):
    """Return value, slope and curvature of each sample; of each batch for a loss of batches."""
    if isinstance(loss, BatchLoss):
        return dict(enumerate(zip(*map(loss.value_and_grad, y, p), strict=True)))
    found = {0: loss.pointwise(y, p), 1: loss.pointwise_grad(y, p)}
    if isinstance(loss, HasHess):
        found[2] = loss.pointwise_hess(y, p)
    return found


def at_a_kink(loss, kinks, y, p):
    """Tell whether the slope is a choice there; KNOWN holds which."""
    return bool(kinks) and float(loss._args(y, p)[-1]) in kinks


def amplification(loss, y, p):
    """Return how many times a curvature near its zero magnifies the last place of its argument."""
    residual = isinstance(loss, ResidualLoss)
    if isinstance(loss, RowLoss) or (loss._facts()["convex"] and not residual):
        return 0.0
    bend, third = symbolic.to_function(loss, 2), symbolic.to_function(loss, 3)
    *before, at = loss._numbers(y, p)
    here = bend(*before, at)
    crossing = residual or bend(*before, at - 1) * bend(*before, at + 1) < 0
    return float(abs(third(*before, at) * at / here)) if here and crossing else 0.0


def companies(loss, p):
    """Return the samples to compute together: all, and the ordinary ones on a path of their own."""
    everyone = np.arange(len(p))
    if isinstance(loss, BatchLoss):
        return [everyone]
    sizes = np.abs(p).reshape(len(p), -1).max(axis=1)
    ordinary = np.flatnonzero(sizes <= ORDINARY)
    return [everyone, ordinary] if 0 < len(ordinary) < len(p) else [everyone]


CASES = [(loss, np.float64) for loss in LOSSES]
CASES += [(loss, np.float32) for loss in LOSSES if exact_in_float32(loss)]


@pytest.mark.parametrize(("loss", "dtype"), CASES, ids=str)
def test_right_to_the_last_digits(loss, dtype):
    y, p = points(loss, dtype)
    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for rows in companies(loss, p):
            for order, results in compute(loss, y[rows], p[rows]).items():
                for i, result in zip(rows, results, strict=True):
                    found.setdefault((order, i), []).append(result)
    bound = LOOSE.get(loss, LOOSE.get(type(loss), (TIGHT, "")))[0]
    kinks = loss._facts().get("kinks")  # some find their facts by a search
    for (order, i), results in found.items():
        if order and not isinstance(loss, BatchLoss) and at_a_kink(loss, kinks, y[i], p[i]):
            continue
        exact = flat(symbolic.to_function(loss, order)(*loss._numbers(y[i], p[i])))
        if order == 1:
            exact = np.ravel(loss._chain(np.array(exact), y[i]))
        for result in results:
            assert order or np.asarray(result).dtype in (dtype, float)
            for k, (one, wanted) in enumerate(zip(np.ravel(result), exact, strict=True)):
                error = error_in_eps(one, wanted, dtype)
                if error > bound and order == 2:
                    error /= 1 + amplification(loss, y[i], p[i])
                assert error <= bound, (
                    f"derivative {order}, entry {k}, at y = {y[i]!r}, p = {p[i]!r}: "
                    f"{one!r} is off by {error:.3g} eps"
                )


@pytest.mark.parametrize(("bound", "why"), LOOSE.values(), ids=map(str, LOOSE))
def test_a_looser_bound_has_a_reason(bound, why):
    assert bound > TIGHT
    assert len(why) > 20


def test_squared_log_error_does_not_cancel():
    loss = lb.SquaredLogError()
    y = np.array([1.0, 10.0, 0.5, 1e6, 0.0, -0.9])
    p = y * (1 + np.array([1e-13, 1e-8, 1e-3, 1.0, 0.0, 1e-6])) + np.array([0, 0, 0, 0, 1e-20, 0])
    for order, found in ((0, loss.pointwise(y, p)), (1, loss.pointwise_grad(y, p))):
        exact = symbolic.to_function(loss, order)
        assert max(map(error_in_eps, found, map(exact, y, p), [float] * 6)) <= TIGHT
