"""The proximal gradient method that finds its own step length and forgets its pace in time."""

import math

import numpy as np

from ..history import Result
from ..objectives import Objective

__all__ = ["accelerated"]

ROUNDING = 1e-14
SHORTEST = 1e-30


def accelerated(f: Objective, w0: np.ndarray, steps: int, tol: float, lr: float) -> Result:
    """Minimise a smooth mean loss plus a penalty with kinks.

    This is `lossbook.ProximalGradient`, accelerated, with what an estimator needs besides: the
    step is halved until it is as short as the curvature met on the way asks, for losses such as
    `Poisson` have no largest one; and where the pace would carry it past the minimum it begins
    anew, which makes the error fall geometrically instead of like 1/t².

    Parameters
    ----------
    f : Objective
    w0 : ndarray, shape (p,)
    steps : int
        The largest number of steps.
    tol : float
        Stop as soon as no parameter would move by more than `tol` times the step length.
    lr : float
        The first step length tried.

    Returns
    -------
    Result

    References
    ----------
    A. Beck and M. Teboulle, "A fast iterative shrinkage-thresholding algorithm for linear inverse
    problems", SIAM Journal on Imaging Sciences 2, 2009.  B. O'Donoghue and E. Candès, "Adaptive
    restart for accelerated gradient schemes", Foundations of Computational Mathematics 15, 2015.
    """
    w = point = w0
    pace, values, norms = 1.0, [sum(f.values(w0))], [math.inf]
    while len(values) <= steps and norms[-1] > tol:
        loss, _, grad = f.parts(point, smooth=True)
        new, objective, lr = _moved(f, point, loss, grad, lr)
        norms.append(float(np.abs(new - point).max()) / lr)
        values.append(objective)
        if (point - new) @ (new - w) > 0:
            pace = 1.0
        faster = (1 + math.sqrt(1 + 4 * pace**2)) / 2
        point, w, pace = new + (pace - 1) / faster * (new - w), new, faster
    return Result(
        w=w,
        value=values[-1],
        steps=len(values) - 1,
        converged=norms[-1] <= tol,
        values=np.array(values),
        grad_norms=np.array(norms),
    )


def _moved(f, point, loss, grad, lr):
    """Return where the proximal step leads, the objective there, and the step length that did."""
    part = f.model.penalised
    while True:
        new = point - lr * grad
        new[part] = f.penalty.prox(new[part], lr)
        way = new - point
        value, penalty = f.values(new)
        below = loss + grad @ way + way @ way / (2 * lr) + ROUNDING * abs(loss)
        if value <= below or lr < SHORTEST:
            return new, value + penalty, lr
        lr /= 2
