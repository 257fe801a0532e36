"""Value, gradient, Hessian and formula have to tell the same story."""

import numpy as np

from ..gradcheck import derivative
from ..gradcheck import gradient as difference_gradient
from ..losses.kinds import BatchLoss, HasHess, RowLoss
from .examples import formula_example, smooth_example


def _by_differences(loss, function, y, p):
    """Differentiate `function(y, p)` by p; along each column for a loss of a row."""
    if not isinstance(loss, RowLoss):
        return derivative(lambda q: function(y, q), p, step=1e-3)
    columns = []
    for k in range(p[0].size):

        def along(step, k=k):
            moved = p.copy()
            moved.reshape(len(p), -1)[:, k] += step
            return function(y, moved)

        columns.append(_extrapolated(along))
    return np.stack(columns, axis=-1).reshape(*columns[0].shape, *p.shape[1:])


def _extrapolated(f, h=1e-3):
    """Differentiate at 0 by two extrapolated central differences; NaN beside a kink."""
    wide, narrow = (f(h) - f(-h)) / (2 * h), (f(h / 2) - f(-h / 2)) / h
    kinked = np.abs(wide - narrow) > 1e-3 * (1 + np.abs(narrow))
    return np.where(kinked, np.nan, (4 * narrow - wide) / 3)


def _compare(found, wanted, what, tolerance):
    known = np.isfinite(wanted)
    if known.mean() < 0.7:
        return False, f"{what} are not defined at {1 - known.mean():.0%} of the values"
    found, wanted = found[known], wanted[known]
    scale = np.maximum(1, np.abs(wanted))
    worst = float(np.max(np.abs(found - wanted) / scale, initial=0))
    if worst <= tolerance:
        return True, f"agrees with {what} to {tolerance:g} on {np.size(found)} values"
    at = int(np.argmax(np.abs(found - wanted) / scale))
    hint = _recognise(found, wanted)
    return False, (
        f"differs from {what}: {np.ravel(found)[at]:.6g} "
        f"instead of {np.ravel(wanted)[at]:.6g}{hint}"
    )


def _recognise(found, wanted):
    """Name the usual reason why one array is not the other."""
    big = np.abs(wanted) > 1e-6
    if not big.any():
        return ""
    ratio = found[big] / wanted[big]
    if np.ptp(ratio) < 1e-6 * max(1, abs(ratio[0])):
        factor = float(ratio[0])
        if abs(factor + 1) < 1e-6:
            return "; the sign is reversed everywhere"
        return f"; it is {factor:.6g} times the right value everywhere"
    return ""


def gradient(loss, rng):
    """Compare the gradient with differences of the value."""
    if isinstance(loss, BatchLoss):
        return _gradient_of_batches(loss, rng)
    y, p = smooth_example(loss, rng)
    raw = loss.prediction.inside is not None and isinstance(loss, RowLoss)
    values = (lambda y, p: loss._value(*loss._args(y, p))) if raw else loss.pointwise
    wanted = _by_differences(loss, values, y, p)
    if isinstance(loss, HasHess) and "smoothness" in loss._facts():
        wanted[_edges_of_hessian(loss, y, p)] = np.nan  # where differences lose their accuracy
    return _compare(loss.pointwise_grad(y, p), wanted, "differences of the value", 1e-6)


def _gradient_of_batches(loss, rng):
    """Compare the gradient of a weighted batch with differences of its weighted mean."""
    found, wanted = [], []
    for _ in range(5):
        y, p = loss._example(rng, 6)
        weights = rng.uniform(0.5, 2, 6)
        flat = lambda v, y=y, p=p, w=weights: loss(y, v.reshape(p.shape), w)  # noqa: E731
        found.append(loss.grad(y, p, weights).ravel())
        wanted.append(difference_gradient(flat, p.ravel(), step=1e-3))
    return _compare(np.array(found), np.array(wanted), "differences of the mean", 1e-6)


def hessian(loss, rng):
    """Compare the Hessian with differences of the gradient."""
    if not isinstance(loss, HasHess):
        return None
    y, p = smooth_example(loss, rng)
    edges = _edges_of_hessian(loss, y, p)
    raw = loss.prediction.inside is not None and isinstance(loss, RowLoss)
    slopes = (lambda y, p: loss._grad(*loss._args(y, p))) if raw else loss.pointwise_grad
    wanted = _by_differences(loss, slopes, y, p)
    return _compare(
        loss.pointwise_hess(y, p)[~edges], wanted[~edges], "differences of the gradient", 1e-5
    )


def _edges_of_hessian(loss, y, p):
    """Find samples within reach of a jump of the second derivative."""
    if isinstance(loss, RowLoss):
        return np.zeros(len(p), bool)
    h = 2e-3 * np.maximum(1, np.abs(p))
    here = loss.pointwise_hess(y, p)
    return sum(np.abs(loss.pointwise_hess(y, p + s * h) - here) > 0.2 for s in (-1, 1)) > 0


def formula(loss, rng):
    """Compare value and gradient with the SymPy formula at 50 digits."""
    from .. import symbolic

    y, p = formula_example(loss, rng)
    if isinstance(loss, BatchLoss):
        value, slope = map(np.array, zip(*map(loss.value_and_grad, y, p), strict=True))
    else:
        value, slope = loss.pointwise(y, p), loss.pointwise_grad(y, p)
    for order, found, what in ((0, value, "value"), (1, slope, "gradient")):
        function = symbolic.to_function(loss, order)
        wanted = np.array(
            [_numbers(function(*loss._numbers(a, b))) for a, b in zip(y, p, strict=True)]
        )
        wanted = loss._chain(wanted, y) if order else wanted
        good, detail = _compare(
            found, wanted.reshape(found.shape), f"the {what} of its formula", 1e-12
        )
        if not good:
            return good, detail
    return True, f"value and gradient agree with the SymPy formula to 1e-12 at {len(y)} points"


def _numbers(result):
    return [float(x) for x in result] if hasattr(result, "rows") else float(result)
