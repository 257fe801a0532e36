"""Schedules that rise and fall: warm-up, cosine with restarts, one cycle."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from ..hyperparameters import is_natural, is_non_negative, is_positive, require_number

__all__ = ["cosine", "one_cycle", "warmup"]


def _half_wave(start: float, end: float, share: float) -> float:
    """Return what lies between `start` and `end` on half a period of a cosine."""
    return end + (start - end) * (1 + math.cos(math.pi * share)) / 2


@dataclass(frozen=True)
class cosine:
    r"""Half a wave down: slow at first, fast in the middle, slow at the end; once, or again.

    .. math:: \eta_t = \eta_\text{end} + (\eta_0 - \eta_\text{end})\,
              \tfrac12 \left(1 + \cos \pi t / T\right)

    Parameters
    ----------
    lr : float
        :math:`\eta_0`, the learning rate of the first update.
    steps : int
        T, the length of the first half wave.
    end : float, default 0
        :math:`\eta_\text{end} \ge 0`.
    restarts : bool, default False
        Whether the learning rate jumps back up after T steps; else it stays at `end`.
    growth : int, default 1
        How many times as long each wave is as the one before it.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Notes
    -----
    With restarts it is PyTorch's ``CosineAnnealingWarmRestarts``.  Without, it equals its
    ``CosineAnnealingLR`` for T steps, which afterwards climbs up again where this one stays down.

    References
    ----------
    I. Loshchilov and F. Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR
    2017, arXiv 1608.03983.

    Examples
    --------
    >>> [round(cosine(1.0, steps=4)(step), 4) for step in range(6)]
    [1.0, 0.8536, 0.5, 0.1464, 0.0, 0.0]
    >>> [round(cosine(1.0, steps=2, restarts=True, growth=2)(step), 2) for step in range(7)]
    [1.0, 0.5, 1.0, 0.85, 0.5, 0.15, 1.0]
    """

    lr: float
    steps: int
    end: float = 0.0
    restarts: bool = False
    growth: int = 1

    def __post_init__(self):
        """Check the arguments."""
        require_number(self, "lr", is_positive, "positive and finite")
        require_number(self, "steps", is_natural, "a positive integer")
        require_number(self, "end", is_non_negative, "non-negative and finite")
        require_number(self, "growth", is_natural, "a positive integer")

    def __call__(self, step: int) -> float:
        """Return the learning rate after `step` updates."""
        length = self.steps
        if not self.restarts:
            return _half_wave(self.lr, self.end, min(step / length, 1))
        if self.growth == 1:
            step %= length
        while step >= length:
            step -= length
            length *= self.growth
        return _half_wave(self.lr, self.end, step / length)


@dataclass(frozen=True)
class warmup:
    r"""A straight climb to where another schedule begins.

    .. math:: \eta_t = \frac{t + 1}{T + 1}\, \text{then}(0) \quad (t < T), \qquad
              \eta_t = \text{then}(t - T) \quad (t \ge T)

    Parameters
    ----------
    steps : int
        T, the number of updates before `then` takes over.
    then : float or callable
        A learning rate, or a schedule, which counts its own steps from 0.

    Raises
    ------
    ValueError
        If `steps` is not a positive integer, or `then` neither a positive number nor a schedule.

    Notes
    -----
    Adam's first averages rest on few gradients, and the first batches lead large models anywhere:
    short steps cost little there.  The climb begins above 0, so that no update is wasted.

    Examples
    --------
    >>> [round(warmup(3, then=0.1)(step), 3) for step in range(5)]
    [0.025, 0.05, 0.075, 0.1, 0.1]
    """

    steps: int
    then: float | Callable[[int], float]

    def __post_init__(self):
        """Check the arguments."""
        require_number(self, "steps", is_natural, "a positive integer")
        if not callable(self.then):
            require_number(self, "then", is_positive, "a positive learning rate or a schedule")
        if hasattr(self.then, "see"):
            raise ValueError(
                f"warmup: {self.then!r} has to be told the losses, and only the optimizer's own "
                "schedule is: let `then` be a schedule of the steps alone"
            )

    def __call__(self, step: int) -> float:
        """Return the learning rate after `step` updates."""
        late = max(step - self.steps, 0)
        top = self.then(late) if callable(self.then) else self.then
        return top * min((step + 1) / (self.steps + 1), 1)


@dataclass(frozen=True)
class one_cycle:
    r"""Up to a large learning rate and down to a tiny one, in a run of known length.

    Parameters
    ----------
    lr : float
        The largest learning rate.
    steps : int
        The updates of the whole run, at least 2; later ones keep the last learning rate.
    warm : float, default 0.3
        In (0, 1): the share of the run spent climbing.
    start : float, default 25
        The first learning rate is ``lr / start``.
    end : float, default 1e4
        The last one is ``lr / (start * end)``.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Notes
    -----
    Both ways are half waves of a cosine.  It equals PyTorch's ``OneCycleLR`` with its defaults,
    whose momentum also goes down and up unless ``cycle_momentum=False``.

    References
    ----------
    L. N. Smith and N. Topin, "Super-convergence: very fast training of neural networks using
    large learning rates", 2018, arXiv 1708.07120.

    Examples
    --------
    >>> schedule = one_cycle(1.0, steps=11)
    >>> [round(schedule(step), 4) for step in (0, 1, 2, 6, 10)]
    [0.04, 0.4223, 0.9603, 0.5306, 0.0]
    """

    lr: float
    steps: int
    warm: float = 0.3
    start: float = 25.0
    end: float = 1e4

    def __post_init__(self):
        """Check the arguments."""
        require_number(self, "lr", is_positive, "positive and finite")
        require_number(self, "steps", lambda v: v >= 2 and is_natural(v), "an integer, 2 or more")
        require_number(self, "warm", lambda v: 0 < v < 1, "in (0, 1)")
        require_number(self, "start", is_positive, "positive and finite")
        require_number(self, "end", is_positive, "positive and finite")

    def __call__(self, step: int) -> float:
        """Return the learning rate after `step` updates."""
        first, last = self.lr / self.start, self.lr / (self.start * self.end)
        top = max(self.warm * self.steps - 1, 0)  # where the climb ends, perhaps between two steps
        if step < top:
            return _half_wave(first, self.lr, step / top)
        return _half_wave(self.lr, last, min((step - top) / (self.steps - 1 - top), 1))
