"""A schedule that looks at the loss."""

import math
from dataclasses import dataclass, field

import numpy as np

from ..hyperparameters import is_natural, is_non_negative, is_positive, require_number

__all__ = ["reduce_on_plateau"]


@dataclass
class reduce_on_plateau:
    r"""A learning rate that falls by a factor when the loss has stopped falling.

    Parameters
    ----------
    lr : float
        The learning rate to begin with.
    factor : float, default 0.1
        In (0, 1): what the learning rate is multiplied by.
    patience : int, default 10
        How many reports without progress are borne; one more, and the learning rate falls.
    threshold : float, default 1e-4
        Progress is a loss below (1 − threshold) times the best one.
    smallest : float, default 0
        The learning rate never falls below it.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Notes
    -----
    `lossbook.fit` reports after every epoch, the validation loss if there is one, else the
    objective; in a loop of one's own, call ``see(loss)``.  With its defaults it equals PyTorch's
    ``ReduceLROnPlateau``.

    Examples
    --------
    >>> schedule = reduce_on_plateau(1.0, factor=0.5, patience=1)
    >>> for loss in [3.0, 2.0, 2.0, 2.0, 1.0]:
    ...     schedule.see(loss)
    >>> schedule(0)
    0.5
    """

    lr: float
    factor: float = 0.1
    patience: int = 10
    threshold: float = 1e-4
    smallest: float = 0.0
    now: float = field(init=False, repr=False, compare=False)
    best: float = field(init=False, repr=False, compare=False)
    waited: int = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        """Check the arguments."""
        require_number(self, "lr", is_positive, "positive and finite")
        require_number(self, "factor", lambda v: 0 < v < 1, "in (0, 1)")
        require_number(self, "patience", lambda v: v == 0 or is_natural(v), "an integer, 0 or more")
        require_number(self, "threshold", lambda v: 0 <= v < 1, "in [0, 1)")
        require_number(self, "smallest", is_non_negative, "non-negative and finite")
        self.reset()

    def reset(self) -> None:
        """Begin again with the first learning rate."""
        self.now, self.best, self.waited = self.lr, math.inf, 0

    def see(self, loss: float) -> None:
        """Take note of a loss, and lower the learning rate if it has stopped falling."""
        if loss < self.best * (1 - self.threshold):
            self.best, self.waited = loss, 0
            return
        self.waited += 1
        if self.waited > self.patience:
            self.now, self.waited = max(self.now * self.factor, self.smallest), 0

    def __call__(self, step: int) -> float:
        """Return the learning rate of now, whatever the number of steps."""
        return self.now

    def state(self) -> dict[str, np.ndarray]:
        """Return what it remembers, by name."""
        return {name: np.asarray(getattr(self, name)) for name in ("now", "best", "waited")}

    def restore(self, state: dict[str, np.ndarray]) -> None:
        """Remember what `state` holds."""
        self.now, self.best = float(state["now"]), float(state["best"])
        self.waited = int(state["waited"])
