"""Schedules that only fall: at once, by a factor, like a power of time."""

from dataclasses import dataclass

from ..hyperparameters import is_natural, is_non_negative, is_positive, require_number

__all__ = ["constant", "exponential_decay", "inverse_time", "polynomial", "step_decay"]


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
        require_number(self, "lr", is_positive, "positive and finite")

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
        require_number(self, "lr", is_positive, "positive and finite")
        require_number(self, "rate", lambda v: 0 < v <= 1, "in (0, 1]")
        require_number(self, "every", is_positive, "positive and finite")

    def __call__(self, step: int) -> float:
        """Return the learning rate after `step` updates."""
        return self.lr * self.rate ** (step / self.every)


@dataclass(frozen=True)
class step_decay:
    r"""A learning rate that falls by a factor every so many steps, all at once.

    .. math:: \eta_t = \eta_0 \, \rho^{\, \lfloor t / \text{every} \rfloor}

    Parameters
    ----------
    lr : float
        :math:`\eta_0`, the learning rate of the first update.
    every : int
        How many updates one learning rate lasts.
    rate : float, default 0.1
        :math:`\rho \in (0, 1]`, the factor.

    Raises
    ------
    ValueError
        If `lr` is not positive and finite, `every` not a positive integer, or `rate` not in (0, 1].

    Notes
    -----
    Each fall lowers the noise of mini-batches at once, and the loss drops visibly.  PyTorch's
    ``StepLR(step_size, gamma)`` counts in calls of its ``step``, usually epochs.

    Examples
    --------
    >>> [round(step_decay(0.1, every=10)(step), 6) for step in (0, 9, 10, 20)]
    [0.1, 0.1, 0.01, 0.001]
    """

    lr: float
    every: int
    rate: float = 0.1

    def __post_init__(self):
        """Check the arguments."""
        require_number(self, "lr", is_positive, "positive and finite")
        require_number(self, "every", is_natural, "a positive integer")
        require_number(self, "rate", lambda v: 0 < v <= 1, "in (0, 1]")

    def __call__(self, step: int) -> float:
        """Return the learning rate after `step` updates."""
        return self.lr * self.rate ** (step // self.every)


@dataclass(frozen=True)
class inverse_time:
    r"""A learning rate that falls like a power of 1/t: slowly enough to arrive.

    .. math:: \eta_t = \frac{\eta_0}{(1 + t / \text{every})^{p}}

    Parameters
    ----------
    lr : float
        :math:`\eta_0`, the learning rate of the first update.
    every : int or float, default 1
        After how many updates the sum in the denominator has grown by 1.
    power : float, default 1
        :math:`p > 0`.

    Raises
    ------
    ValueError
        If a number is not positive and finite.

    Notes
    -----
    For :math:`\tfrac12 < p \le 1` the sum of the learning rates is infinite and that of their
    squares finite: far enough to reach any minimum, and calm enough to stay.  Those are the
    conditions of Robbins and Monro.

    References
    ----------
    H. Robbins and S. Monro, "A stochastic approximation method", Annals of Mathematical
    Statistics 22, 1951.

    Examples
    --------
    >>> [round(inverse_time(0.1, every=10)(step), 4) for step in (0, 10, 90)]
    [0.1, 0.05, 0.01]
    """

    lr: float
    every: float = 1
    power: float = 1

    def __post_init__(self):
        """Check the arguments."""
        for name in ("lr", "every", "power"):
            require_number(self, name, is_positive, "positive and finite")

    def __call__(self, step: int) -> float:
        """Return the learning rate after `step` updates."""
        return self.lr / (1 + step / self.every) ** self.power


@dataclass(frozen=True)
class polynomial:
    r"""A learning rate that falls to its last value within so many steps; a line for power 1.

    .. math:: \eta_t = \eta_\text{end}
              + (\eta_0 - \eta_\text{end}) (1 - \min(t, T)/T)^{p}

    Parameters
    ----------
    lr : float
        :math:`\eta_0`, the learning rate of the first update.
    steps : int
        T: after how many updates the last value is reached; it then stays.
    end : float, default 0
        :math:`\eta_\text{end} \ge 0`.
    power : float, default 1
        :math:`p > 0`.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Notes
    -----
    PyTorch's ``PolynomialLR(total_iters, power)`` is the case ``end=0``.

    Examples
    --------
    >>> [polynomial(0.5, steps=10)(step) for step in (0, 5, 10, 11)]
    [0.5, 0.25, 0.0, 0.0]
    """

    lr: float
    steps: int
    end: float = 0.0
    power: float = 1

    def __post_init__(self):
        """Check the arguments."""
        require_number(self, "lr", is_positive, "positive and finite")
        require_number(self, "steps", is_natural, "a positive integer")
        require_number(self, "end", is_non_negative, "non-negative and finite")
        require_number(self, "power", is_positive, "positive and finite")

    def __call__(self, step: int) -> float:
        """Return the learning rate after `step` updates."""
        left = 1 - min(step, self.steps) / self.steps
        return self.end + (self.lr - self.end) * left**self.power
