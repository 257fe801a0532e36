"""A step size of its own for every parameter, from the size its gradients have had."""

from dataclasses import dataclass

import numpy as np

from ..hyperparameters import is_fraction, is_positive, require_number
from .base import LearningRate, Optimizer

__all__ = ["AdaDelta", "AdaGrad", "RMSProp"]


@dataclass(eq=False)
class AdaGrad(Optimizer):
    r"""AdaGrad: steps that shrink with the root of the sum of all squared gradients so far.

    .. math:: v \leftarrow v + g^2, \qquad w \leftarrow w - \eta\, \frac{g}{\sqrt v + \epsilon}

    Parameters
    ----------
    lr : float or callable, default 0.01
        Learning rate η: the length of the first step of every parameter.
    eps : float, default 1e-10
        Positive; keeps a parameter that has had no gradient from dividing by zero.

    Notes
    -----
    A parameter whose feature is rare has had few gradients, and still takes long steps when one
    comes: that is what AdaGrad was made for.  The sum never falls, so steps fade like 1/√t, also
    where the slope has become gentle for good; `RMSProp` forgets instead.  The form is PyTorch's
    (ε outside the root, sum begun at 0); optax begins it at 0.1 and has ε inside.

    References
    ----------
    J. Duchi, E. Hazan and Y. Singer, "Adaptive subgradient methods for online learning and
    stochastic optimization", JMLR 12, 2011.

    Examples
    --------
    >>> import numpy as np
    >>> w, opt = np.zeros(2), AdaGrad(lr=0.1)
    >>> [opt.step(w, np.array([1.0, 100.0])).round(4).tolist() for _ in range(2)]
    [[-0.1, -0.1], [-0.1707, -0.1707]]
    """

    lr: LearningRate = 0.01
    eps: float = 1e-10
    memory = ("square",)

    def __post_init__(self):
        """Check the arguments."""
        super().__post_init__()
        require_number(self, "eps", is_positive, "positive and finite")

    def _update(self, w, g, lr):
        v, s = self.square, self._scratch
        v += np.multiply(g, g, out=s)  # v ← v + g²
        np.sqrt(v, out=s)
        s += self.eps
        np.divide(g, s, out=s)
        s *= lr
        w -= s  # w ← w − η g / (√v + ε)


@dataclass(eq=False)
class RMSProp(Optimizer):
    r"""RMSProp: gradients divided by the root of a moving average of their squares.

    .. math:: v \leftarrow \rho v + (1 - \rho) g^2, \qquad
              w \leftarrow w - \eta\, \frac{g}{\sqrt v + \epsilon}

    Parameters
    ----------
    lr : float or callable, default 0.01
        Learning rate η.
    rho : float, default 0.99
        ρ in [0, 1): the share of the average kept from step to step.
    eps : float, default 1e-8
        Positive; keeps a parameter without gradient from dividing by zero.

    Notes
    -----
    The average starts at 0 and is not corrected: the first step has length η/√(1 − ρ), ten times
    η by default.  `Adam` takes this bias away.  The form is PyTorch's; Keras has ρ = 0.9 and ε
    inside the root.

    References
    ----------
    T. Tieleman and G. Hinton, lecture 6.5 of "Neural networks for machine learning", 2012.

    Examples
    --------
    >>> import numpy as np
    >>> w, opt = np.zeros(2), RMSProp(lr=0.01)
    >>> opt.step(w, np.array([1e-3, 1e3])).round(4).tolist()
    [-0.1, -0.1]
    """

    lr: LearningRate = 0.01
    rho: float = 0.99
    eps: float = 1e-8
    memory = ("square",)

    def __post_init__(self):
        """Check the arguments."""
        super().__post_init__()
        require_number(self, "rho", is_fraction, "in [0, 1)")
        require_number(self, "eps", is_positive, "positive and finite")

    def _update(self, w, g, lr):
        v, s = self.square, self._scratch
        np.multiply(g, g, out=s)
        s *= 1 - self.rho
        v *= self.rho
        v += s  # v ← ρ v + (1 − ρ) g²
        np.sqrt(v, out=s)
        s += self.eps
        np.divide(g, s, out=s)
        s *= lr
        w -= s  # w ← w − η g / (√v + ε)


@dataclass(eq=False)
class AdaDelta(Optimizer):
    r"""AdaDelta: steps in the unit of the parameter, so that no learning rate has to be found.

    .. math::
        v \leftarrow \rho v + (1 - \rho) g^2, \quad
        \delta = \frac{\sqrt{u + \epsilon}}{\sqrt{v + \epsilon}}\, g, \quad
        u \leftarrow \rho u + (1 - \rho) \delta^2, \quad w \leftarrow w - \eta\, \delta

    Parameters
    ----------
    lr : float or callable, default 1
        η; the paper has none, which is η = 1.
    rho : float, default 0.9
        ρ in [0, 1): the memory of both averages.
    eps : float, default 1e-6
        Positive, and not a detail: the first step is about √ε/√(1 − ρ) long, and all later ones
        grow from it.

    Notes
    -----
    The root mean square of the steps so far, over that of the gradients: the ratio has the unit
    of parameter over gradient, as Newton's 1/curvature has.  The form is PyTorch's.

    References
    ----------
    M. D. Zeiler, "ADADELTA: an adaptive learning rate method", 2012, arXiv 1212.5701.

    Examples
    --------
    >>> import numpy as np
    >>> w, opt = np.zeros(2), AdaDelta()
    >>> opt.step(w, np.array([1.0, 1e3])).round(5).tolist()
    [-0.00316, -0.00316]
    """

    lr: LearningRate = 1.0
    rho: float = 0.9
    eps: float = 1e-6
    memory = ("square", "square_step")

    def __post_init__(self):
        """Check the arguments."""
        super().__post_init__()
        require_number(self, "rho", is_fraction, "in [0, 1)")
        require_number(self, "eps", is_positive, "positive and finite")

    def _update(self, w, g, lr):
        v, u, s = self.square, self.square_step, self._scratch
        self._remember(v, np.multiply(g, g, out=s))
        np.divide(u + self.eps, v + self.eps, out=s)
        np.sqrt(s, out=s)
        s *= g  # the step δ
        self._remember(u, s * s)
        s *= lr
        w -= s

    def _remember(self, average, square):
        average *= self.rho
        square *= 1 - self.rho
        average += square
