"""What all optimizers share: the learning rate, the memory, the checks of a step."""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from ..hyperparameters import is_positive, require_number, require_part

__all__ = ["LearningRate", "Optimizer", "require_optimizer"]

LearningRate = float | Callable[[int], float]


@dataclass(eq=False)
class Optimizer(ABC):
    """What all optimizers share: the learning rate, the count of steps, the checks.

    A subclass names its state vectors in ``memory`` (they start at zero, shaped like the
    parameters), its state numbers in ``counters`` (with their first values), and writes its
    update in ``_update``.

    Parameters
    ----------
    lr : float or callable
        Positive learning rate η, or a schedule: number of steps taken ↦ learning rate.
        It may be assigned anew between steps.

    Attributes
    ----------
    steps : int
        How many steps have been taken since the last `reset`.

    Examples
    --------
    >>> import lossbook as lb
    >>> optimizer = lb.GradientDescent(0.1)
    >>> isinstance(optimizer, Optimizer), optimizer.lr, optimizer.steps
    (True, 0.1, 0)
    """

    lr: LearningRate
    steps: int = field(default=0, init=False, repr=False)

    memory: ClassVar[tuple[str, ...]] = ()
    counters: ClassVar[dict[str, float]] = {}
    smooth: ClassVar[bool] = False  # whether the gradient wanted is without the penalty's
    whole: ClassVar[bool] = False  # whether it needs all data in every step

    def __post_init__(self):
        """Check the arguments."""
        if not callable(self.lr):
            needs = "positive and finite, or a schedule"
            require_number(self, "lr", is_positive, needs)
        self.part = slice(None)
        self.reset()

    def reset(self) -> None:
        """Forget everything: the next step is the first."""
        self.steps = 0
        self._shape = self._dtype = None
        for name, first in self.counters.items():
            setattr(self, name, first)
        if hasattr(self.lr, "reset"):
            self.lr.reset()

    def bind(self, f: Callable) -> None:
        """Get to know the objective; `lossbook.minimize` and `lossbook.fit` call it first.

        Most methods need nothing but gradients.  Some decay or shrink parameters, and those only
        that the objective's model lets be penalised; some ask for values or curvature.
        """
        self.part = getattr(getattr(f, "model", None), "penalised", slice(None))

    def evaluate(self, f: Callable, w: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the objective at `w`, and the gradient that `step` wants."""
        return f(w)

    def stationarity(self, w: np.ndarray, grad: np.ndarray) -> float:
        """Return a length that is 0 where the method stands still: that of the gradient."""
        return math.sqrt(np.vdot(grad, grad))

    def state(self) -> dict[str, np.ndarray]:
        """Return all that the method remembers, as arrays by name; `restore` takes it back."""
        kept = {name: np.asarray(getattr(self, name)) for name in ("steps", *self.counters)}
        if self._shape is not None:
            kept |= {name: getattr(self, name).copy() for name in self.memory}
        if hasattr(self.lr, "state"):
            kept |= {f"lr.{name}": value for name, value in self.lr.state().items()}
        return kept

    def restore(self, state: dict[str, np.ndarray], w: np.ndarray) -> None:
        """Remember what `state` holds, to go on from the parameters `w`.

        Raises
        ------
        ValueError
            If the state is not one of this method for parameters like `w`.
        """
        self.reset()
        self._begin(w)
        mine = {name: value for name, value in state.items() if not name.startswith("lr.")}
        wanted = {"steps", *self.counters}
        if mine.keys() != wanted and mine.keys() != wanted | {*self.memory}:
            raise ValueError(
                f"{type(self).__name__} remembers {', '.join(sorted({*wanted, *self.memory}))}, "
                f"but the state holds {', '.join(sorted(mine))}: it is of another method"
            )
        for name, value in mine.items():
            if np.shape(value) != (w.shape if name in self.memory else ()):
                raise ValueError(
                    f"{name} has shape {np.shape(value)} but w has shape {w.shape}: "
                    "the state belongs to other parameters"
                )
            setattr(self, name, value.copy() if name in self.memory else value.item())
        if hasattr(self.lr, "restore"):
            self.lr.restore({k[3:]: v for k, v in state.items() if k.startswith("lr.")})

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


def require_optimizer(optimizer) -> None:
    """Refuse what is no optimizer: a name, or a class instead of one made of it."""
    needs = "an Optimizer such as GradientDescent(0.1)"
    require_part("optimizer", optimizer, lambda part: isinstance(part, Optimizer), needs)
