"""Value, gradient, Hessian and formula have to tell the same story."""

import numpy as np

from ..gradcheck import derivative
from ..losses.kinds import HasHess, RowLoss
from .examples import smooth_example


def _by_differences(loss, function, y, p):
    """Differentiate `function(y, p)` by p; along each column for a loss of a row."""
    if not isinstance(loss, RowLoss):
        return derivative(lambda q: function(y, q), p, step=1e-3)
    columns = []
    for k in range(p.shape[1]):

        def along(q, k=k):
            moved = p.copy()
            moved[:, k] = q
            return function(y, moved)

        columns.append(_columnwise(along, p[:, k]))
    return np.stack(columns, axis=-1)


def _columnwise(f, x, h=1e-3):
    """Differentiate by two extrapolated central differences; `f` may return any shape."""
    wide = (f(x + h) - f(x - h)) / (2 * h)
    narrow = (f(x + h / 2) - f(x - h / 2)) / h
    return (4 * narrow - wide) / 3


def _compare(found, wanted, what, tolerance):
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
    y, p = smooth_example(loss, rng)
    wanted = _by_differences(loss, loss.pointwise, y, p)
    return _compare(loss.pointwise_grad(y, p), wanted, "differences of the value", 1e-6)


def hessian(loss, rng):
    """Compare the Hessian with differences of the gradient."""
    if not isinstance(loss, HasHess):
        return None
    y, p = smooth_example(loss, rng)
    edges = _edges_of_hessian(loss, y, p)
    wanted = _by_differences(loss, loss.pointwise_grad, y, p)
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

    y, p = smooth_example(loss, rng)
    y, p = y[:12], p[:12]
    for order, found, what in (
        (0, loss.pointwise(y, p), "value"),
        (1, loss.pointwise_grad(y, p), "gradient"),
    ):
        function = symbolic.to_function(loss, order)
        wanted = np.array(
            [_numbers(function(*_symbolic_args(loss, y[i], p[i]))) for i in range(len(y))]
        )
        wanted = loss._chain(wanted, y) if order else wanted
        good, detail = _compare(
            found, wanted.reshape(found.shape), f"the {what} of its formula", 1e-12
        )
        if not good:
            return good, detail
    return True, f"value and gradient agree with the SymPy formula to 1e-12 at {len(y)} points"


def _symbolic_args(loss, y, p):
    if isinstance(loss, RowLoss):
        one_hot = tuple(float(k == y) for k in range(len(p)))
        return one_hot, tuple(p)
    return loss._args(y, p)


def _numbers(result):
    return [float(x) for x in result] if hasattr(result, "rows") else float(result)
