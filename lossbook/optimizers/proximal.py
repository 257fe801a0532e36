"""The proximal gradient method: penalties with kinks, whose zeros are exact."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..penalties import Penalty
from .base import Optimizer

__all__ = ["ProximalGradient"]


@dataclass(eq=False)
class ProximalGradient(Optimizer):
    r"""A gradient step on the smooth part of the objective, then the penalty's proximal step.

    .. math:: w \leftarrow \operatorname{prox}_{\eta\, \text{penalty}}(w - \eta\, g)

    Parameters
    ----------
    lr : float or callable
        Learning rate η, at most 1/λ for the largest curvature λ of the smooth part.
    penalty : Penalty, optional
        The part with the kinks.  Under `lossbook.fit` leave it out: the method takes the penalty
        that ``fit(penalty=…)`` names, and the part of the parameters that the model lets be
        penalised.
    accelerated : bool, default False
        Extrapolate each step, as Nesterov does: the error then falls like 1/t² instead of 1/t
        (FISTA).  The objective may then rise for a while.

    Notes
    -----
    The gradient given to `step` is that of the smooth part alone.  For ``L1`` the proximal step
    is soft thresholding, and the method is ISTA: parameters become exactly zero, where descent
    along the subgradient only jitters about it.

    References
    ----------
    A. Beck and M. Teboulle, "A fast iterative shrinkage-thresholding algorithm for linear inverse
    problems", SIAM Journal on Imaging Sciences 2, 2009.

    Examples
    --------
    Half the squared distance to (3, 0.5), and the sum of absolute values:

    >>> from lossbook.penalties import L1
    >>> w, opt = np.zeros(2), ProximalGradient(lr=1.0, penalty=L1(1.0))
    >>> opt.step(w, w - [3.0, 0.5]).tolist()
    [2.0, 0.0]
    """

    penalty: Penalty | None = None
    accelerated: bool = False
    memory = ("point",)
    counters: ClassVar = {"pace": 1.0}
    smooth = True

    def __post_init__(self):
        """Check the arguments."""
        super().__post_init__()
        self._bound = None

    def bind(self, f: Callable) -> None:
        """Take over the penalty of the objective `f`, and the part it applies to.

        Raises
        ------
        ValueError
            If the objective and the method both have a penalty.
        """
        theirs = getattr(f, "penalty", None)
        if theirs is not None and self.penalty is not None:
            raise ValueError(
                f"the objective has the penalty {theirs!r} and ProximalGradient has "
                f"{self.penalty!r}: give it once"
            )
        super().bind(f)
        self._bound = theirs

    @property
    def _active(self):
        return self.penalty if self._bound is None else self._bound

    def evaluate(self, f: Callable, w: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the objective with its penalty, and the gradient without."""
        if self._bound is not None:
            loss, penalty, grad = f.parts(w, smooth=True)
            return loss + penalty, grad
        out = f(w)
        return out if self.penalty is None else (out[0] + self.penalty.value(w[self.part]), out[1])

    def stationarity(self, w: np.ndarray, grad: np.ndarray) -> float:
        """Return the length of a whole step over the learning rate: 0 at the minimum only."""
        lr = self.current_lr
        return float(np.linalg.norm(w - self._moved(w, grad, lr))) / lr if lr else math.inf

    def _moved(self, w, g, lr):
        """Return where the two half steps lead from `w`."""
        moved = w - lr * g
        if self._active is not None:
            moved[self.part] = self._active.prox(moved[self.part], lr)
        return moved

    def _update(self, w, g, lr):
        moved = self._moved(w, g, lr)
        if not self.accelerated:
            w[...] = moved
            return
        last = moved if self.steps == 1 else self.point
        pace = (1 + math.sqrt(1 + 4 * self.pace**2)) / 2
        np.multiply(moved - last, (self.pace - 1) / pace, out=w)
        w += moved
        self.pace = pace
        self.point[...] = moved

    def max_stable_lr(self, curvature: float) -> float | None:
        """Return 2/λ; with acceleration only 1/λ is safe."""
        return (1 if self.accelerated else 2) / curvature if curvature > 0 else None
