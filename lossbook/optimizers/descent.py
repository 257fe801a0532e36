"""Descent along the gradient: plain, with a velocity, with a velocity that looks ahead."""

from dataclasses import dataclass

import numpy as np

from ..hyperparameters import is_fraction, require_number
from .base import Optimizer

__all__ = ["GradientDescent", "Momentum", "Nesterov"]


@dataclass(eq=False)
class GradientDescent(Optimizer):
    r"""Plain gradient descent: a step straight down the slope.

    .. math:: w \leftarrow w - \eta\, g

    Parameters
    ----------
    lr : float or callable
        Learning rate η.  On a quadratic it has to stay below 2/λ, λ the largest curvature.

    Notes
    -----
    On a quadratic the distance along every eigen-direction is multiplied by 1 − ηλ in each step.
    With the best η the slowest and the fastest direction shrink by (κ − 1)/(κ + 1) alike, where
    κ = λmax/λmin is the condition number.  Fed with the gradients of mini-batches it is
    stochastic gradient descent, and equals PyTorch's ``SGD(momentum=0)``.  Chapter *Gradient
    descent*.

    Examples
    --------
    >>> import numpy as np
    >>> w = np.array([1.0, -2.0])
    >>> GradientDescent(lr=0.1).step(w, grad=2 * w).round(6).tolist()
    [0.8, -1.6]
    """

    def _update(self, w, g, lr):
        w -= np.multiply(g, lr, out=self._scratch)  # w ← w − η g

    def max_stable_lr(self, curvature: float) -> float | None:
        r"""Return 2/λ: beyond it \|1 − ηλ\| > 1 and every step is larger than the last."""
        return 2 / curvature if curvature > 0 else None


@dataclass(eq=False)
class Momentum(Optimizer):
    r"""Heavy-ball momentum: a velocity that remembers past gradients.

    .. math:: v \leftarrow \mu v + g, \qquad w \leftarrow w - \eta\, v

    Parameters
    ----------
    lr : float or callable
        Learning rate η.
    momentum : float, default 0.9
        μ in [0, 1): the share of the velocity kept from step to step.

    Notes
    -----
    A constant slope builds up 1/(1 − μ) times the step of gradient descent; slopes that
    alternate in sign cancel.  The form is PyTorch's (without dampening).  The other one, of
    Sutskever et al., puts η inside the velocity, v ← μv + ηg and w ← w − v: the same while η
    is constant; when η falls, theirs keeps rolling at the old speed.

    References
    ----------
    B. T. Polyak, "Some methods of speeding up the convergence of iteration methods",
    1964.

    Examples
    --------
    >>> import numpy as np
    >>> w, opt = np.array([1.0]), Momentum(lr=0.1, momentum=0.5)
    >>> [opt.step(w, np.array([1.0])).round(6).item() for _ in range(3)]
    [0.9, 0.75, 0.575]
    """

    momentum: float = 0.9
    memory = ("velocity",)

    def __post_init__(self):
        """Check the arguments."""
        super().__post_init__()
        require_number(self, "momentum", is_fraction, "in [0, 1)")

    def _update(self, w, g, lr):
        v = self.velocity
        v *= self.momentum
        v += g  # v ← μ v + g
        w -= np.multiply(v, lr, out=self._scratch)  # w ← w − η v

    def max_stable_lr(self, curvature: float) -> float | None:
        """Return 2(1 + μ)/λ: momentum bears longer steps than gradient descent."""
        return 2 * (1 + self.momentum) / curvature if curvature > 0 else None


@dataclass(eq=False)
class Nesterov(Momentum):
    r"""Nesterov's accelerated gradient: a velocity that looks where it is going.

    .. math:: v \leftarrow \mu v + g, \qquad w \leftarrow w - \eta\, (g + \mu v)

    Parameters
    ----------
    lr : float or callable
        Learning rate η.
    momentum : float, default 0.9
        μ in [0, 1): the share of the velocity kept from step to step.

    Notes
    -----
    In Nesterov's own words the gradient is taken at a point ahead, where the velocity is about
    to carry the parameters.  Here, as in PyTorch (``SGD(nesterov=True)``), `w` **is** that point
    ahead; the two sequences differ by one shift of μ times the last velocity, and meet at the
    minimum.  Looking ahead damps the steep directions more than heavy-ball momentum does, and
    pays with a smaller largest step.

    References
    ----------
    Y. Nesterov, "A method for solving the convex programming problem with convergence rate
    O(1/k²)", 1983.  I. Sutskever, J. Martens, G. Dahl and G. Hinton, "On the importance of
    initialization and momentum in deep learning", ICML 2013.

    Examples
    --------
    >>> import numpy as np
    >>> w, opt = np.array([1.0]), Nesterov(lr=0.1, momentum=0.5)
    >>> [opt.step(w, np.array([1.0])).round(6).item() for _ in range(3)]
    [0.85, 0.675, 0.4875]
    """

    def _update(self, w, g, lr):
        v, s = self.velocity, self._scratch
        v *= self.momentum
        v += g  # v ← μ v + g
        np.multiply(v, self.momentum, out=s)
        s += g
        s *= lr
        w -= s  # w ← w − η (g + μ v)

    def max_stable_lr(self, curvature: float) -> float | None:
        """Return (2 + 2μ)/((1 + 2μ)λ): less than the heavy ball bears."""
        mu = self.momentum
        return (2 + 2 * mu) / ((1 + 2 * mu) * curvature) if curvature > 0 else None
