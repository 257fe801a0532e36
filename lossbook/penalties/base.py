"""What every penalty offers, and the checks they share."""

import math
from abc import ABC, abstractmethod

import numpy as np

from ..hyperparameters import is_non_negative, require_number

__all__ = ["Penalty", "require_step", "require_strength"]


class Penalty(ABC):
    """What every penalty offers: its value, a (sub)gradient and its proximal step.

    Examples
    --------
    >>> import lossbook as lb
    >>> penalty = lb.L2(0.5)
    >>> isinstance(penalty, Penalty), penalty.prox(np.array([3.0]), step=1.0).tolist()
    (True, [2.0])
    """

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


def require_step(step: float) -> None:
    """Refuse a step size that is negative or not finite."""
    if not 0 <= step < math.inf:
        raise ValueError(f"step must be non-negative and finite, got {step!r}")


def require_strength(penalty: Penalty) -> None:
    """Refuse a strength that is negative or not finite."""
    require_number(penalty, "strength", is_non_negative, "non-negative and finite")
