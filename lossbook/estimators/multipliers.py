"""The method of multipliers: a problem with kinks as a sequence of smooth ones.

What has kinks is replaced by its envelope, whose minimum is off by about its width.  The slopes
found there tilt the next envelope: they come to be those of a minimum of the problem itself, for
a width that need not vanish.  (It shrinks all the same, since that takes fewer rounds.)

The slopes are multipliers too: each is that of a tangent below the loss, and the mean of the
tangents is minimal where that of the envelopes is.  So nothing is lower than the tangents there,
which tells how far from its minimum the objective can be.
"""

import copy
from collections.abc import Callable

import numpy as np

from ..history import Result
from ..objectives import Objective
from .envelopes import LossEnvelope, PenaltyEnvelope

__all__ = ["multipliers"]

ROUNDS = 60
NARROWEST = 1e-8  # of the first width
SHRINK = 3


def multipliers(
    f: Objective,
    w0: np.ndarray,
    widths: tuple[float | None, float | None],
    solve: Callable,
    steps: int,
    tol: float,
) -> Result:
    """Minimise an objective with kinks, in rounds of smooth minimisation.

    Parameters
    ----------
    f : Objective
    w0 : ndarray
    widths : tuple of float
        Those of the first envelopes of the loss and of the penalty; None for what is left as it
        is.
    solve : callable
        ``solve(f, w, steps)`` minimises an objective where that has been done.
    steps : int
        How many steps the rounds may take together.
    tol : float
        How far the objective may be above its minimum.

    Returns
    -------
    Result
        Its ``steps`` are those of all rounds.  Its ``values`` are the objective after every round,
        and its ``grad_norms`` bounds of how far that is above its minimum.
    """
    smooth = copy.copy(f)
    if widths[0] is not None:
        smooth.loss = LossEnvelope(f.loss, widths[0])
    if widths[1] is not None:
        smooth.penalty = PenaltyEnvelope(f.penalty, widths[1])
    w, shrunk, left = w0, 1.0, steps
    values, gaps, done = [sum(f.values(w0))], [np.inf], False
    while left > 0 and len(values) <= ROUNDS and not done:
        result = solve(smooth, w, left)
        w, left, shrunk = result.w, left - max(result.steps, 1), max(shrunk / SHRINK, NARROWEST)
        final, gap = _tilt(f, smooth, w, [width and width * shrunk for width in widths])
        values.append(sum(f.values(final)))
        gaps.append(values[-1] - sum(f.values(w)) + gap)
        done = result.converged and gaps[-1] <= tol
    return Result(final, values[-1], steps - left, done, np.array(values), np.array(gaps))


def _tilt(f, smooth, w, widths):
    """Tilt the envelopes; return the parameters with exact zeros, and what `w` may be too high."""
    final, gap, part = w, 0.0, f.model.penalised
    if widths[0] is not None:
        z = f.model.predict(w, f.X)
        gap += smooth.loss.gap(f.y, z, f.sample_weight)
        smooth.loss = smooth.loss.next(f.y, z, widths[0])
    if widths[1] is not None:
        gap += smooth.penalty.gap(w[part])
        final = w.copy()
        final[part] = smooth.penalty.nearest(w[part])
        smooth.penalty = smooth.penalty.next(w[part], widths[1])
    return final, gap
