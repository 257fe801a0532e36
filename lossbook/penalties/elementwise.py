"""Penalties of every parameter by itself: L1, L2, and both together."""

from dataclasses import dataclass

import numpy as np

from ..hyperparameters import require_number
from .base import Penalty, require_step, require_strength

__all__ = ["L1", "L2", "ElasticNet"]


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
        require_strength(self)

    def value(self, w: np.ndarray) -> float:
        """Return λ Σ|wⱼ|."""
        return self.strength * float(np.abs(w).sum())

    def grad(self, w: np.ndarray) -> np.ndarray:
        """Return λ sign(w); at the kink w = 0 the subgradient chosen is 0."""
        return self.strength * np.sign(w)

    def curvature(self, w: np.ndarray) -> np.ndarray:
        """Return zeros: the slope changes at the kink only."""
        return np.zeros_like(w)

    def prox(self, w: np.ndarray, step: float) -> np.ndarray:
        """Return w moved towards zero by step·λ, and stopped there."""
        require_step(step)
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
        require_strength(self)

    def value(self, w: np.ndarray) -> float:
        """Return λ/2 Σ wⱼ²."""
        return self.strength / 2 * float(np.vdot(w, w))

    def grad(self, w: np.ndarray) -> np.ndarray:
        """Return λw."""
        return self.strength * w

    def curvature(self, w: np.ndarray) -> np.ndarray:
        """Return λ for every parameter."""
        return np.full_like(w, self.strength)

    def prox(self, w: np.ndarray, step: float) -> np.ndarray:
        """Return w shrunk by the factor 1/(1 + step·λ)."""
        require_step(step)
        return w / (1 + step * self.strength)


@dataclass(frozen=True)
class ElasticNet(Penalty):
    r"""Absolute values and squares together: zeros as of the lasso, without its whims.

    .. math:: \lambda \left(\rho \lVert w \rVert_1 + \frac{1 - \rho}{2} \lVert w \rVert_2^2\right)

    Parameters
    ----------
    strength : float
        :math:`\lambda \ge 0`.
    l1_ratio : float, default 0.5
        :math:`\rho \in [0, 1]`: 1 is `L1`, 0 is `L2`.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Notes
    -----
    Of two features that say the same, the lasso keeps one, and which one is chance; the squares
    share the work between them.  The parameters are those of scikit-learn's ``ElasticNet``, whose
    loss is `HalfSquaredError`.

    References
    ----------
    H. Zou and T. Hastie, "Regularization and variable selection via the elastic net", JRSS B 67,
    2005.

    Examples
    --------
    >>> import numpy as np
    >>> penalty, w = ElasticNet(1.0, l1_ratio=0.5), np.array([3.0, -0.2])
    >>> round(penalty.value(w), 6)
    3.86
    >>> penalty.prox(w, step=1.0).round(6).tolist()
    [1.666667, -0.0]
    """

    strength: float
    l1_ratio: float = 0.5

    def __post_init__(self):
        """Check the arguments."""
        require_strength(self)
        require_number(self, "l1_ratio", lambda v: 0 <= v <= 1, "in [0, 1]")

    @property
    def _parts(self):
        return L1(self.strength * self.l1_ratio), L2(self.strength * (1 - self.l1_ratio))

    def value(self, w: np.ndarray) -> float:
        """Return the sum of both penalties."""
        return sum(part.value(w) for part in self._parts)

    def grad(self, w: np.ndarray) -> np.ndarray:
        """Return the sum of both gradients; at the kink w = 0 it is 0."""
        return sum(part.grad(w) for part in self._parts)

    def curvature(self, w: np.ndarray) -> np.ndarray:
        """Return λ(1 − ρ) for every parameter."""
        return self._parts[1].curvature(w)

    def prox(self, w: np.ndarray, step: float) -> np.ndarray:
        """Return w moved towards zero, then shrunk."""
        lasso, ridge = self._parts
        return ridge.prox(lasso.prox(w, step), step)
