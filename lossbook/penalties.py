r"""Penalties: what is added to the mean loss so that simpler parameters win.

A penalty is a small frozen record with three methods, ``value(w)``, ``grad(w)`` and
``prox(w, step)``.  It never decides *what* is penalised: the model names that part of
its parameters (`Model.penalised`), and the intercept is not in it, since shrinking an
intercept would make the fit depend on where zero lies on the scale of the target.

The objective is **mean loss + penalty**.  Other libraries scale it differently; with
`n` samples and a strength :math:`\lambda`:

======================================  =======================================================
elsewhere                               the same as ours
======================================  =======================================================
scikit-learn ``Ridge(alpha)``           ``SquaredError``, ``L2(2 * alpha / n)``
scikit-learn ``Lasso(alpha)``           ``HalfSquaredError``, ``L1(alpha)``
scikit-learn ``LogisticRegression(C)``  cross-entropy, ``L2(1 / (C * n))``
PyTorch ``SGD(weight_decay)``           any mean loss, ``L2(weight_decay)``, intercept included
======================================  =======================================================
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

__all__ = ["L1", "L2", "Penalty"]


def require_number(owner: object, name: str, accepts: Callable[[float], bool], needs: str) -> None:
    """Refuse a hyper-parameter of `owner` that is not a number or that `accepts` declines."""
    value = getattr(owner, name)
    try:
        good = not isinstance(value, str | bool) and bool(accepts(value))
    except (TypeError, ValueError):
        good = False
    if not good:
        raise ValueError(f"{type(owner).__name__}: {name} must be {needs}, got {value!r}")


class Penalty(ABC):
    """What every penalty offers: its value, a (sub)gradient and its proximal step."""

    @abstractmethod
    def value(self, w: np.ndarray) -> float:
        """Return the penalty of the parameters `w`."""

    @abstractmethod
    def grad(self, w: np.ndarray) -> np.ndarray:
        """Return a (sub)gradient of the penalty, the shape of `w`."""

    @abstractmethod
    def prox(self, w: np.ndarray, step: float) -> np.ndarray:
        r"""Return the proximal point of `w`, a new array.

        .. math:: \arg\min_u \; \text{step} \cdot \text{penalty}(u) + \tfrac12 \lVert u - w \rVert^2

        Parameters
        ----------
        w : ndarray
            Where to start.
        step : float
            Non-negative step size.

        Raises
        ------
        ValueError
            If `step` is negative or not finite.
        """


def _require_step(step: float) -> None:
    if not 0 <= step < math.inf:
        raise ValueError(f"step must be non-negative and finite, got {step!r}")


@dataclass(frozen=True)
class L1(Penalty):
    r"""Sum of absolute values: the lasso penalty, which makes parameters exactly zero.

    .. math:: \lambda \lVert w \rVert_1 = \lambda \sum_j |w_j|

    Parameters
    ----------
    strength : float
        :math:`\lambda \ge 0`; multiplies the sum as it stands, no factor ½.

    Raises
    ------
    ValueError
        If `strength` is negative or not finite.

    Notes
    -----
    Every parameter is pulled towards zero with the *same* force, however small it is;
    so small ones reach zero and stay there.  Descent along the subgradient only jitters
    around zero: it takes `prox`, soft thresholding, to land on it.  In Bayesian terms
    the prior is a Laplace distribution.

    Examples
    --------
    >>> import numpy as np
    >>> penalty, w = L1(0.5), np.array([3.0, -0.2, 0.0])
    >>> round(penalty.value(w), 6)
    1.6
    >>> penalty.grad(w).tolist()
    [0.5, -0.5, 0.0]
    >>> penalty.prox(w, step=1.0).round(6).tolist()
    [2.5, -0.0, 0.0]
    """

    strength: float

    def __post_init__(self):
        """Check the arguments."""
        require_number(self, "strength", lambda v: 0 <= v < math.inf, "non-negative and finite")

    def value(self, w: np.ndarray) -> float:
        """Return λ Σ|wⱼ|."""
        return self.strength * float(np.abs(w).sum())

    def grad(self, w: np.ndarray) -> np.ndarray:
        """Return λ sign(w); at the kink w = 0 the subgradient chosen is 0."""
        return self.strength * np.sign(w)

    def prox(self, w: np.ndarray, step: float) -> np.ndarray:
        """Return w moved towards zero by step·λ, and stopped there."""
        _require_step(step)
        return np.copysign(np.maximum(np.abs(w) - step * self.strength, 0), w)


@dataclass(frozen=True)
class L2(Penalty):
    r"""Half the sum of squares: the ridge penalty, which keeps parameters small.

    .. math:: \frac{\lambda}{2} \lVert w \rVert_2^2 = \frac{\lambda}{2} \sum_j w_j^2

    Parameters
    ----------
    strength : float
        :math:`\lambda \ge 0`.  With the ½ the gradient is :math:`\lambda w`, as for
        PyTorch's ``weight_decay``; the module's table translates the other conventions.

    Raises
    ------
    ValueError
        If `strength` is negative or not finite.

    Notes
    -----
    The pull towards zero is proportional to the parameter, so it fades before zero is
    reached: parameters shrink and none vanishes.  It adds λ to every curvature, which
    makes a flat valley round and descent faster.  In Bayesian terms the prior is a
    Gaussian of variance 1/λ (for a sum of losses; 1/(nλ) for their mean).

    Examples
    --------
    >>> import numpy as np
    >>> penalty, w = L2(0.5), np.array([3.0, -0.2, 0.0])
    >>> round(penalty.value(w), 6)
    2.26
    >>> penalty.grad(w).round(6).tolist()
    [1.5, -0.1, 0.0]
    >>> penalty.prox(w, step=1.0).round(6).tolist()
    [2.0, -0.133333, 0.0]
    """

    strength: float

    def __post_init__(self):
        """Check the arguments."""
        require_number(self, "strength", lambda v: 0 <= v < math.inf, "non-negative and finite")

    def value(self, w: np.ndarray) -> float:
        """Return λ/2 Σ wⱼ²."""
        return self.strength / 2 * float(np.vdot(w, w))

    def grad(self, w: np.ndarray) -> np.ndarray:
        """Return λw."""
        return self.strength * w

    def prox(self, w: np.ndarray, step: float) -> np.ndarray:
        """Return w shrunk by the factor 1/(1 + step·λ)."""
        _require_step(step)
        return w / (1 + step * self.strength)
