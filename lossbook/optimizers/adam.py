"""Adam and its kin: a velocity, and a step size of its own for every parameter."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..hyperparameters import is_fraction, is_non_negative, is_positive, require_number
from .base import LearningRate, Optimizer

__all__ = ["Adam", "AdamW", "NAdam"]


@dataclass(eq=False)
class Adam(Optimizer):
    r"""Adam: momentum, with a step size of its own for every parameter.

    .. math::
        m &\leftarrow \beta_1 m + (1 - \beta_1) g, \\
        v &\leftarrow \beta_2 v + (1 - \beta_2) g^2, \\
        w &\leftarrow w - \eta\, \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon}

    Parameters
    ----------
    lr : float or callable, default 0.001
        Learning rate η: about the largest distance a parameter moves in one step.
    beta1 : float, default 0.9
        In [0, 1): the memory of the mean of the gradient.
    beta2 : float, default 0.999
        In [0, 1): the memory of its mean square.
    eps : float, default 1e-8
        Positive; keeps a parameter without gradient from dividing by zero.
    amsgrad : bool, default False
        Divide by the largest v so far, which repairs Adam where it fails to converge.

    Notes
    -----
    Gradient and root of the mean square carry the same unit, so multiplying the loss by a
    constant changes no step.  Dividing by 1 − βᵗ undoes the bias of averages begun at zero;
    what is left are weighted means, computed here as sums over the sum of the weights.

    The form is that of the paper's Algorithm 1 and of PyTorch: ε outside the root, after
    the correction of v; with `amsgrad` the maximum is taken before it.  Keras uses the form
    just before the paper's section 2.1, whose ε̂ is added to the uncorrected √v.

    References
    ----------
    D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015,
    arXiv 1412.6980.  S. J. Reddi, S. Kale and S. Kumar, "On the convergence of Adam and
    beyond", ICLR 2018 (AMSGrad).

    Examples
    --------
    The first step has length η in every direction, however steep:

    >>> import numpy as np
    >>> w = np.zeros(2)
    >>> Adam(lr=0.1).step(w, np.array([1e-3, -1e3])).round(5).tolist()
    [-0.1, 0.1]
    """

    lr: LearningRate = 1e-3
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8
    amsgrad: bool = False
    memory = ("mean", "square", "max_square")

    def __post_init__(self):
        """Check the arguments."""
        super().__post_init__()
        require_number(self, "beta1", is_fraction, "in [0, 1)")
        require_number(self, "beta2", is_fraction, "in [0, 1)")
        require_number(self, "eps", is_positive, "positive and finite")

    def _update(self, w, g, lr):
        m, v, s, t = self.mean, self.square, self._scratch, self.steps
        m *= self.beta1
        m += g  # a sum with weights β₁ᵏ; times a, the weighted mean m̂
        v *= self.beta2
        v += np.multiply(g, g, out=s)  # likewise; times b, the weighted mean v̂
        if self.amsgrad:
            v = np.maximum(self.max_square, v, out=self.max_square)
        a = (1 - self.beta1) / (1 - self.beta1**t)  # one over the sum of the weights
        root_b = math.sqrt((1 - self.beta2) / (1 - self.beta2**t))
        np.sqrt(v, out=s)
        s += self.eps / root_b  # (√v̂ + ε) / √b
        np.divide(m, s, out=s)
        s *= lr * a / root_b
        w -= s  # w ← w − η m̂ / (√v̂ + ε)


@dataclass(eq=False)
class AdamW(Adam):
    r"""Adam with decoupled weight decay: the shrinking is not divided by the gradients' size.

    .. math:: w \leftarrow (1 - \eta \lambda)\, w, \quad \text{then Adam's step}

    Parameters
    ----------
    lr : float or callable, default 0.001
        Learning rate η; it scales the decay too, so a schedule lets both fade together.
    beta1, beta2, eps, amsgrad
        As for `Adam`.
    weight_decay : float, default 0.01
        λ ≥ 0.

    Notes
    -----
    An ``L2`` penalty's gradient λw goes through Adam's division like any other: parameters with
    large gradients are hardly shrunk, those with small ones strongly.  Taken out of the gradient,
    the decay is the same share for all.  In `lossbook.fit` the intercepts are left alone
    (``model.penalised``); elsewhere every parameter decays, as in PyTorch.

    References
    ----------
    I. Loshchilov and F. Hutter, "Decoupled weight decay regularization", ICLR 2019,
    arXiv 1711.05101.

    Examples
    --------
    Without any gradient the decay alone is left:

    >>> import numpy as np
    >>> AdamW(lr=0.1, weight_decay=0.5).step(np.array([2.0]), np.array([0.0])).round(6).tolist()
    [1.9]
    """

    weight_decay: float = 0.01

    def __post_init__(self):
        """Check the arguments."""
        super().__post_init__()
        require_number(self, "weight_decay", is_non_negative, "non-negative and finite")

    def _update(self, w, g, lr):
        w[self.part] *= 1 - lr * self.weight_decay
        super()._update(w, g, lr)


@dataclass(eq=False)
class NAdam(Optimizer):
    r"""Adam with Nesterov's look ahead: the gradient of now counts at once, not a step later.

    .. math::
        \mu_t &= \beta_1 \left(1 - \tfrac12\, 0.96^{t\psi}\right), \\
        \hat m &= \frac{\mu_{t+1}\, m}{1 - \prod_{i \le t+1} \mu_i}
        + \frac{(1 - \mu_t)\, g}{1 - \prod_{i \le t} \mu_i}, \\
        w &\leftarrow w - \eta\, \frac{\hat m}{\sqrt{v / (1 - \beta_2^t)} + \epsilon}

    with `Adam`'s averages m and v.

    Parameters
    ----------
    lr : float or callable, default 0.002
        Learning rate η.
    beta1, beta2, eps
        As for `Adam`.
    momentum_decay : float, default 0.004
        ψ ≥ 0: how fast the momentum warms up from β₁/2 to β₁.

    Notes
    -----
    The form is PyTorch's ``NAdam``, with the paper's warm-up of the momentum.  optax's ``nadam``
    has no warm-up, and corrects the bias of the two terms by other powers of β₁.

    References
    ----------
    T. Dozat, "Incorporating Nesterov momentum into Adam", ICLR 2016 workshop.

    Examples
    --------
    >>> import numpy as np
    >>> w, opt = np.zeros(1), NAdam(lr=0.1)
    >>> [opt.step(w, np.ones(1)).round(4).item() for _ in range(2)]
    [-0.1056, -0.184]
    """

    lr: LearningRate = 2e-3
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8
    momentum_decay: float = 0.004
    memory = ("mean", "square")
    counters: ClassVar = {"product": 1.0}

    def __post_init__(self):
        """Check the arguments."""
        super().__post_init__()
        require_number(self, "beta1", is_fraction, "in [0, 1)")
        require_number(self, "beta2", is_fraction, "in [0, 1)")
        require_number(self, "eps", is_positive, "positive and finite")
        require_number(self, "momentum_decay", is_non_negative, "non-negative and finite")

    def _update(self, w, g, lr):
        m, v, s, t = self.mean, self.square, self._scratch, self.steps
        now, then = (self.beta1 * (1 - 0.5 * 0.96 ** (i * self.momentum_decay)) for i in (t, t + 1))
        self.product *= now
        m *= self.beta1
        m += np.multiply(g, 1 - self.beta1, out=s)  # m ← β₁ m + (1 − β₁) g
        v *= self.beta2
        np.multiply(g, g, out=s)
        s *= 1 - self.beta2
        v += s  # v ← β₂ v + (1 − β₂) g²
        root = np.sqrt(v / (1 - self.beta2**t))
        root += self.eps
        np.multiply(m, then / (1 - self.product * then), out=s)
        s += g * ((1 - now) / (1 - self.product))
        s /= root
        s *= lr
        w -= s
