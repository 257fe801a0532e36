"""Schedules: functions from the number of steps already taken to the learning rate.

Any callable ``step -> lr`` is a schedule; those here also print well and check their
arguments.  They are written in lower case because they read as functions.  Steps are
*updates*, not epochs, counted from 0: the first update uses ``schedule(0)``.
"""

import math
from dataclasses import dataclass

from .penalties import require_number

__all__ = ["constant", "exponential_decay"]


def _positive(value: float) -> bool:
    return 0 < value < math.inf


@dataclass(frozen=True)
class constant:
    """The same learning rate for ever.

    Parameters
    ----------
    lr : float
        Positive learning rate.

    Raises
    ------
    ValueError
        If `lr` is not positive and finite.

    Notes
    -----
    An optimizer takes the plain number as well; the schedule exists to be compared
    with and combined with others.

    Examples
    --------
    >>> schedule = constant(0.1)
    >>> schedule(0), schedule(1000)
    (0.1, 0.1)
    """

    lr: float

    def __post_init__(self):
        """Check the arguments."""
        require_number(self, "lr", _positive, "positive and finite")

    def __call__(self, step: int) -> float:
        """Return the learning rate after `step` updates."""
        return self.lr


@dataclass(frozen=True)
class exponential_decay:
    r"""A learning rate that falls by the same factor every so many steps, smoothly.

    .. math:: \eta_t = \eta_0 \, \rho^{\, t / \text{every}}

    Parameters
    ----------
    lr : float
        :math:`\eta_0`, the learning rate of the first update.
    rate : float
        :math:`\rho \in (0, 1]`, the factor.
    every : int or float, default 1
        After how many updates the factor has been applied once.

    Raises
    ------
    ValueError
        If `lr` or `every` is not positive and finite, or `rate` not in (0, 1].

    Notes
    -----
    The learning rates have a finite sum, :math:`\eta_0 \cdot \text{every} / \log(1/\rho)`
    or so: decay too fast and descent stops before it arrives, wherever it is.

    PyTorch's ``ExponentialLR(gamma)`` decays once an epoch, when its ``step`` is called;
    at the end of each epoch the two agree for ``every`` = updates in an epoch.

    Examples
    --------
    >>> schedule = exponential_decay(0.1, rate=0.5, every=10)
    >>> schedule
    exponential_decay(lr=0.1, rate=0.5, every=10)
    >>> [round(schedule(step), 4) for step in (0, 5, 10, 20)]
    [0.1, 0.0707, 0.05, 0.025]
    """

    lr: float
    rate: float
    every: float = 1

    def __post_init__(self):
        """Check the arguments."""
        require_number(self, "lr", _positive, "positive and finite")
        require_number(self, "rate", lambda v: 0 < v <= 1, "in (0, 1]")
        require_number(self, "every", _positive, "positive and finite")

    def __call__(self, step: int) -> float:
        """Return the learning rate after `step` updates."""
        return self.lr * self.rate ** (step / self.every)
