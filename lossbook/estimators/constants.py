"""The best constant prediction: where to start, and the measure of what is small."""

import math
from dataclasses import dataclass

import numpy as np

from ..lbfgs import lbfgs
from .names import inverse_link, is_smooth

__all__ = ["Constant", "best_constant"]


@dataclass(frozen=True)
class Constant:
    """A prediction that is the same for all samples, and how the loss behaves around it.

    Attributes
    ----------
    prediction : ndarray, shape () or (k,)
        The constant.
    value : float
        The mean loss.
    slope : float
        The mean absolute slope: gradients are small if they are small beside it.
    curvature : float
        The mean curvature, of the envelope where there are kinks.
    reach : float
        How far predictions have to go, about: the spread of the truth.
    """

    prediction: np.ndarray
    value: float
    slope: float
    curvature: float
    reach: float


def best_constant(loss, y, k, weights, free=True) -> Constant:
    """Return the constant of the lowest mean loss, or 0 where the model has no intercept.

    Raises
    ------
    ValueError
        If the loss is not at its lowest, and yet no slope shows the way down.
    """
    shape = (len(y),) if k is None else (len(y), k)

    def spread(b):
        return np.broadcast_to(b if k else b[0], shape).copy()

    def f(b):
        value, grad = loss.value_and_grad(y, spread(b), weights)
        return value, grad.reshape(len(y), -1).sum(axis=0)

    b = np.zeros(k or 1)
    if free:
        if y.shape == shape and inverse_link(loss) is None:
            b = min(b, _medians(y.reshape(len(y), -1), weights), key=lambda b: f(b)[0])
        b = min(
            b,
            lbfgs(f, b, steps=50, tol=1e-6 * _slope(loss, y, spread(b), weights)).w,
            key=lambda b: f(b)[0],
        )
    value, slope = f(b)[0], _slope(loss, y, spread(b), weights)
    _require_slope(loss, value, slope)
    reach = _spread(y, weights) if y.shape == shape else 1.0
    curvature = _curvature(f, b) if is_smooth(loss) else slope / reach
    return Constant(b if k else b[0], value, slope, curvature or 1.0, reach)


def _medians(y, weights):
    """Return the weighted median of every column."""
    weights = np.ones(len(y)) if weights is None else weights
    order = np.argsort(y, axis=0, kind="stable")
    below = np.cumsum(weights[order], axis=0)
    middle = [np.searchsorted(column, column[-1] / 2) for column in below.T]
    return np.take_along_axis(y, order, axis=0)[middle, range(len(middle))]


def _slope(loss, y, prediction, weights):
    return float(np.abs(loss.grad(y, prediction, weights)).sum())


def _spread(y, weights):
    """Return the standard deviation, 1 where there is none."""
    columns = y.reshape(len(y), -1)
    mean = np.average(columns, axis=0, weights=weights)
    return math.sqrt(np.average((columns - mean) ** 2, axis=0, weights=weights).max()) or 1.0


def _curvature(f, b):
    """Return the mean change of a slope with its own constant, 0 where that is not positive."""
    h = 1e-4 * (1 + np.abs(b).max())
    ways = h * np.eye(b.size)
    changes = [(f(b + way)[1] - f(b - way)[1]) @ way for way in ways]
    curvature = float(np.mean(changes)) / (2 * h**2)
    return curvature if 0 < curvature < np.inf else 0.0


def _require_slope(loss, value, slope):
    lowest = (loss._claims().get("range") or (value,))[0]
    if not slope and value > lowest + 1e-12 * abs(lowest):
        raise ValueError(
            f"the slope of {loss!r} is 0 at every sample, for the best constant prediction as for "
            "those near it, so nothing leads to a better one: scale the target, give the loss a "
            "larger parameter, or take a loss that is not flat"
        )
