"""Optimizers: one short class per method, each a single line of mathematics.

``opt.step(w, grad)`` moves the parameters `w` **in place** and returns them.  An
optimizer keeps what it remembers (velocities, moments, the number of steps) itself;
``reset()`` makes it forget.  Working arrays are kept between steps, so that a step
allocates nothing.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from .penalties import require_number

__all__ = ["Adam", "GradientDescent", "Momentum", "Optimizer"]

LearningRate = float | Callable[[int], float]


@dataclass(eq=False)
class Optimizer(ABC):
    """What all optimizers share: the learning rate, the count of steps, the checks.

    A subclass names its state vectors in ``memory`` (they start at zero, shaped like the
    parameters) and writes its update in ``_update``.

    Parameters
    ----------
    lr : float or callable
        Positive learning rate η, or a schedule: number of steps taken ↦ learning rate.
        It may be assigned anew between steps.

    Attributes
    ----------
    steps : int
        How many steps have been taken since the last `reset`.
    """

    lr: LearningRate
    steps: int = field(default=0, init=False, repr=False)

    memory: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self):
        """Check the arguments."""
        if not callable(self.lr):
            needs = "positive and finite, or a schedule"
            require_number(self, "lr", lambda v: 0 < v < math.inf, needs)
        self.reset()

    def reset(self) -> None:
        """Forget everything: the next step is the first."""
        self.steps = 0
        self._shape = self._dtype = None

    @property
    def current_lr(self) -> float:
        """The learning rate of the next step."""
        return self.lr(self.steps) if callable(self.lr) else self.lr

    def step(self, w: np.ndarray, grad: np.ndarray) -> np.ndarray:
        """Move `w` in place by one step, and return it.

        Parameters
        ----------
        w : ndarray of floats
            The parameters; overwritten.
        grad : array_like, the shape of `w`
            The gradient of the objective at `w`; left as it is.

        Returns
        -------
        ndarray
            The very array `w`.

        Raises
        ------
        TypeError
            If `w` is not an array of floats that can be updated in place.
        ValueError
            If `grad` has another shape than `w`, `w` another one than in the steps
            before, or the schedule returned a negative or non-finite learning rate.
        """
        grad = np.asarray(grad)
        if self._shape is None or not isinstance(w, np.ndarray):
            self._begin(w)
        if not (w.shape == self._shape == grad.shape and w.dtype == self._dtype):
            self._refuse(w, grad)
        lr = self.current_lr
        if not 0 <= lr < math.inf:
            raise ValueError(
                f"the schedule {self.lr!r} returned {lr!r} after {self.steps} steps: "
                "a learning rate must be finite and not negative"
            )
        self.steps += 1
        self._update(w, grad, lr)
        return w

    @abstractmethod
    def _update(self, w: np.ndarray, g: np.ndarray, lr: float) -> None:
        """Write the method's update into `w`; ``self.steps`` already counts this step."""

    def max_stable_lr(self, curvature: float) -> float | None:
        """Return the learning rate from which a quadratic of this curvature diverges.

        None where no such bound is known.
        """
        return None

    def _begin(self, w):
        if not isinstance(w, np.ndarray) or w.dtype.kind != "f":
            kind = getattr(w, "dtype", type(w).__name__)
            raise TypeError(
                f"w is {kind}, which cannot be updated in place: "
                "use an array of floats, w = np.asarray(w, dtype=float)"
            )
        if not w.flags.writeable:
            raise TypeError("w is read-only, so it cannot be updated in place: use w.copy()")
        self._shape, self._dtype = w.shape, w.dtype
        self._scratch = np.empty_like(w)
        for name in self.memory:
            setattr(self, name, np.zeros_like(w))

    def _refuse(self, w, grad):
        if w.shape == self._shape and w.dtype == self._dtype:
            raise ValueError(
                f"grad has shape {grad.shape} but w has shape {w.shape}: "
                "the gradient holds one number for every parameter"
            )
        raise ValueError(
            f"w is {w.dtype} of shape {w.shape}, but the {self.steps} steps before were on "
            f"{self._dtype} of shape {self._shape}: call reset() before starting on other "
            "parameters"
        )


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
    On a quadratic every eigen-direction is multiplied by 1 − ηλ in each step; the slowest
    and the fastest direction together limit the speed to (κ − 1)/(κ + 1) per step, where
    κ = λmax/λmin is the condition number.  Fed with the gradients of mini-batches it is
    stochastic gradient descent, and equals PyTorch's ``SGD(momentum=0)``.

    References
    ----------
    Chapter *Gradient descent*.

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
        require_number(self, "momentum", lambda v: 0 <= v < 1, "in [0, 1)")

    def _update(self, w, g, lr):
        v = self.velocity
        v *= self.momentum
        v += g  # v ← μ v + g
        w -= np.multiply(v, lr, out=self._scratch)  # w ← w − η v

    def max_stable_lr(self, curvature: float) -> float | None:
        """Return 2(1 + μ)/λ: momentum bears longer steps than gradient descent."""
        return 2 * (1 + self.momentum) / curvature if curvature > 0 else None


@dataclass(eq=False)
class Adam(Optimizer):
    r"""Adam: momentum, with a step size of its own for every parameter.

    .. math::
        m \leftarrow \beta_1 m + (1 - \beta_1) g, \quad
        v \leftarrow \beta_2 v + (1 - \beta_2) g^2, \quad
        w \leftarrow w - \eta\, \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon}

    Parameters
    ----------
    lr : float or callable, default 0.001
        Learning rate η: about the largest distance a parameter moves in one step.
    beta1, beta2 : float, default 0.9 and 0.999
        In [0, 1): the memory of the mean and of the mean square of the gradient.
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
        require_number(self, "beta1", lambda v: 0 <= v < 1, "in [0, 1)")
        require_number(self, "beta2", lambda v: 0 <= v < 1, "in [0, 1)")
        require_number(self, "eps", lambda v: 0 < v < math.inf, "positive and finite")

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
