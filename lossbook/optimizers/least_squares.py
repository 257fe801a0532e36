"""Sums of squares of non-linear residuals: Gauss–Newton and Levenberg–Marquardt."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from .base import LearningRate
from .searching import LineSearch

__all__ = ["GaussNewton", "LevenbergMarquardt"]


@dataclass(eq=False)
class GaussNewton(LineSearch):
    r"""Gauss–Newton: Newton's step with the curvature of the residuals left out.

    .. math:: w \leftarrow w - \alpha\, (J^\top J)^{-1} J^\top r

    Parameters
    ----------
    lr : float or callable, default 1
        The first step length α tried.

    Notes
    -----
    The objective is a `lossbook.LeastSquares`, which knows residuals r and Jacobian J.  The
    Hessian of half the sum of squares is JᵀJ plus residuals times their second derivatives: near
    a good fit the second part is small, and first derivatives give nearly Newton's speed.

    References
    ----------
    J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed., Springer 2006, section 10.3.

    Examples
    --------
    >>> import lossbook as lb
    >>> line = lb.LeastSquares(lambda w: 2 * w - 6.0, lambda w: np.array([[2.0]]))
    >>> lb.minimize(line, [0.0], GaussNewton(), steps=1).w.tolist()
    [3.0]
    """

    lr: LearningRate = 1.0

    def bind(self, f: Callable) -> None:
        """Keep the objective, to ask it for residuals and Jacobians.

        Raises
        ------
        TypeError
            If `f` does not know residuals and Jacobian.
        """
        if not (hasattr(f, "residuals") and hasattr(f, "jacobian")):
            raise TypeError(
                f"{type(self).__name__} minimises sums of squares, and {f!r} does not know its "
                "residuals: use lossbook.LeastSquares(residuals, jacobian)"
            )
        super().bind(f)

    def _update(self, w, g, lr):
        f = self._require_objective()
        self._walk(w, g, -np.linalg.lstsq(f.jacobian(w), f.residuals(w))[0], lr)


@dataclass(eq=False)
class LevenbergMarquardt(GaussNewton):
    r"""Levenberg–Marquardt: Gauss–Newton where it works, gradient descent where it does not.

    .. math:: w \leftarrow w - (J^\top J + \lambda \operatorname{diag} J^\top J)^{-1} J^\top r

    Parameters
    ----------
    lr : float or callable, default 1
        Length of the step, seldom changed.

    Notes
    -----
    λ starts at 10⁻³.  A step that makes the objective smaller is kept and λ divided by 10; else
    λ is multiplied by 10 and the step tried again, which turns it towards the slope and shortens
    it.  The diagonal makes the method independent of the units of the parameters (Marquardt).

    References
    ----------
    K. Levenberg, "A method for the solution of certain non-linear problems in least squares",
    Quarterly of Applied Mathematics 2, 1944.  D. W. Marquardt, "An algorithm for least-squares
    estimation of nonlinear parameters", SIAM Journal on Applied Mathematics 11, 1963.

    Examples
    --------
    >>> import lossbook as lb
    >>> line = lb.LeastSquares(lambda w: 2 * w - 6.0, lambda w: np.array([[2.0]]))
    >>> lb.minimize(line, [0.0], LevenbergMarquardt(), steps=3).w.round(6).tolist()
    [3.0]
    """

    counters: ClassVar = {"damping": 1e-3}

    def _update(self, w, g, lr):
        f = self._require_objective()
        jacobian, residuals, start = f.jacobian(w), f.residuals(w), w.copy()
        value = float(residuals @ residuals)
        scale = np.sqrt(np.einsum("ij,ij->j", jacobian, jacobian))
        scale[scale == 0] = 1.0
        while self.damping < 1e20:
            bent = np.vstack([jacobian, np.diag(np.sqrt(self.damping) * scale)])
            step = np.linalg.lstsq(bent, np.append(residuals, np.zeros_like(w)))[0]
            np.subtract(start, lr * step, out=w)
            trial = f.residuals(w)
            if float(trial @ trial) < value:
                self.damping = max(self.damping / 10, 1e-15)
                return
            self.damping *= 10
        w[...] = start
        self.damping = 1e-3
