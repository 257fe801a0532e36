"""Methods that look at the objective before they step: line search and Newton's method."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..hyperparameters import is_non_negative, require_number
from .base import LearningRate, Optimizer

__all__ = ["LineSearch", "Newton"]

SUFFICIENT = 1e-4  # Armijo's constant: the share of the promised fall that is asked for
SHORTEST = 2.0**-40


@dataclass(eq=False)
class LineSearch(Optimizer):
    r"""Gradient descent that halves its step until the objective falls enough.

    .. math:: f(w - \alpha g) \le f(w) - 10^{-4}\, \alpha\, \lVert g \rVert^2, \qquad
              \alpha = \eta, \tfrac{\eta}{2}, \tfrac{\eta}{4}, \dots

    Parameters
    ----------
    lr : float or callable, default 1
        η: the first step length α tried.

    Notes
    -----
    This is Armijo's rule.  Every trial costs a value of the objective, so it suits whole data,
    not mini-batches.  Where no trial helps, the parameters stay where they are.

    References
    ----------
    L. Armijo, "Minimization of functions having Lipschitz continuous first partial derivatives",
    Pacific Journal of Mathematics 16, 1966.

    Examples
    --------
    >>> f = lambda w: (float(50 * w @ w), 100 * w)
    >>> opt, w = LineSearch(), np.array([1.0])
    >>> opt.bind(f)
    >>> opt.step(w, f(w)[1]).tolist()
    [-0.5625]
    """

    lr: LearningRate = 1.0
    whole = True

    def __post_init__(self):
        """Check the arguments."""
        super().__post_init__()
        self.objective = None

    def reset(self) -> None:
        """Forget everything: the next step is the first."""
        super().reset()
        self._seen = None

    def bind(self, f: Callable) -> None:
        """Keep the objective, to ask it for values."""
        super().bind(f)
        self.objective, self._seen = f, None

    def evaluate(self, f: Callable, w: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the objective and its gradient at `w`, without asking twice at one place."""
        if self._seen is None or self._seen[0] is not f or not np.array_equal(self._seen[1], w):
            self._seen = f, w.copy(), f(w)
        return self._seen[2]

    def _update(self, w, g, lr):
        self._walk(w, g, -g, lr)

    def _walk(self, w, g, direction, lr):
        """Go along `direction` as far as pays, beginning with the length `lr`."""
        f = self._require_objective()
        value, start, slope = self.evaluate(f, w)[0], w.copy(), float(g @ direction)
        while lr > SHORTEST:
            np.add(start, lr * direction, out=w)
            trial = self.evaluate(f, w)[0]
            if math.isfinite(trial) and trial <= value + SUFFICIENT * lr * slope:
                return
            lr /= 2
        w[...] = start

    def _require_objective(self):
        if self.objective is None:
            raise ValueError(
                f"{type(self).__name__} has to know the objective: call bind(f) before step, "
                "or let lossbook.minimize or lossbook.fit do so"
            )
        return self.objective


@dataclass(eq=False)
class Newton(LineSearch):
    r"""Newton's method: a step to the bottom of the parabola that fits the objective here.

    .. math:: w \leftarrow w - \alpha\, (H + \lambda I)^{-1} g

    Parameters
    ----------
    lr : float or callable, default 1
        The first step length α tried; 1 is Newton's own.
    damping : float, default 0
        λ ≥ 0, added to every curvature.

    Notes
    -----
    The objective must offer ``hess(w)``, as those of `lossbook.objective` do for linear and
    softmax models.  On a quadratic one step is enough, whatever its condition.  Where H is not
    positive definite, more is added to its diagonal until it is, so that the direction leads
    downhill; the length is then halved as in `LineSearch`.  For a Bernoulli, Poisson or other
    likelihood with its natural link this is iteratively reweighted least squares.

    References
    ----------
    J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed., Springer 2006, sections 3.4
    and 3.5.

    Examples
    --------
    >>> import lossbook as lb
    >>> X, y = np.array([[0.0], [1.0], [2.0]]), np.array([3.0, 5.0, 7.0])
    >>> f = lb.objective(lb.LinearModel(1), lb.mse, X, y)
    >>> lb.minimize(f, np.zeros(2), Newton(), steps=1).w.round(6).tolist()
    [2.0, 3.0]
    """

    damping: float = 0.0

    def __post_init__(self):
        """Check the arguments."""
        super().__post_init__()
        require_number(self, "damping", is_non_negative, "non-negative and finite")

    def bind(self, f: Callable) -> None:
        """Keep the objective, to ask it for Hessians.

        Raises
        ------
        TypeError
            If `f` has no ``hess``.
        """
        if not hasattr(f, "hess"):
            raise TypeError(
                f"Newton needs second derivatives, and {f!r} has no hess(w): use lossbook.lbfgs, "
                "which learns the curvature from gradients"
            )
        super().bind(f)

    def _update(self, w, g, lr):
        hessian = self._require_objective().hess(w)
        self._walk(w, g, -np.linalg.solve(convexified(hessian, self.damping), g), lr)


def convexified(hessian: np.ndarray, damping: float = 0.0) -> np.ndarray:
    """Return the matrix with so much added to its diagonal that it is positive definite."""
    size = float(np.abs(hessian.diagonal()).max()) or 1.0
    extra, identity = damping, np.eye(len(hessian))
    while True:
        candidate = hessian + extra * identity
        try:
            np.linalg.cholesky(candidate - 1e-14 * size * identity)
        except np.linalg.LinAlgError:
            extra = max(2 * extra, 1e-8 * size)
        else:
            return candidate
