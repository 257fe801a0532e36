"""What values an argument of a loss may take, and what to say when it does not.

A `Domain` knows how to test a whole array cheaply, how to find the first value
outside, how to cure the mistake, and how to draw samples for the checks of
:func:`~lossbook.gradcheck.check_loss`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .inputs import first, place, shown, shown_row

__all__ = [
    "BINARY",
    "CLASSES",
    "DISTRIBUTION",
    "NONZERO",
    "NOT_NEGATIVE",
    "OVER_MINUS_ONE",
    "POSITIVE",
    "PROBABILITY",
    "REAL",
    "SIGNS",
    "Domain",
]


@dataclass(frozen=True)
class Domain:
    """A set of numbers, with what a reader needs to hear when a value is outside it.

    Parameters
    ----------
    name : str
        How the set is written, for example ``"[0, 1]"``.
    cure : str
        What to do about a value outside.
    inside : callable or None
        Array to boolean mask; None accepts every number.
    sample : callable
        ``sample(rng, size)`` draws values that exercise the whole set.
    interval : pair of floats, optional
        Lowest and highest value, where the set is all between: quicker to test than `inside`.

    Examples
    --------
    >>> percent = Domain(
    ...     "[0, 100]",
    ...     "multiply a share by 100",
    ...     inside=lambda v: (v >= 0) & (v <= 100),
    ...     sample=lambda rng, size: rng.uniform(0, 100, size),
    ... )
    >>> percent.contains(np.array([0.0, 55.0])), percent.contains(np.array([-1.0]))
    (True, False)
    """

    name: str
    cure: str
    inside: Callable | None
    sample: Callable
    interval: tuple[float, float] | None = None

    @cached_property
    def finite(self) -> bool:
        """Whether infinity is outside."""
        return self.inside is not None and not self.inside(np.array([np.inf])).any()

    def mask(self, values):
        """Return which of `values` are inside."""
        return np.ones(np.shape(values), bool) if self.inside is None else self.inside(values)

    def contains(self, values) -> bool:
        """Tell whether every one of `values` is inside; a NaN never is."""
        if self.interval is not None:
            low, high = self.interval
            lowest = np.minimum.reduce(values, axis=None)
            return bool(lowest >= low and np.maximum.reduce(values, axis=None) <= high)
        return self.inside is None or bool(self.inside(values).all())

    def require(self, values, argument, owner, hint=""):
        """Refuse values outside, naming the first of them and its position; `hint` ends it.

        Raises
        ------
        ValueError
            With the value, what `owner` needs, and the cure.
        """
        if self.contains(values):
            return
        where = first(~self.inside(values))
        text = (shown_row if len(where) < values.ndim else shown)(values[where])
        raise ValueError(
            f"{place(argument, where)} is {text}, but {owner} needs {self.name}: {self.cure}{hint}"
        )


def _between_0_and_1(a):
    return (a >= 0) & (a <= 1)


def _normal(rng, size):
    return 3 * rng.standard_normal(size)


def _distributions(a):
    sums = a @ np.ones(a.shape[-1], a.dtype)  # several times as fast as the sum of short rows
    positive = True if np.minimum.reduce(a, axis=None) >= 0 else (a >= 0).all(axis=-1)
    return positive & (np.abs(sums - 1) <= 1e-5)


def _dirichlet(rng, size):
    p = rng.gamma(0.7, size=(size, 3)) + 0.01
    return p / p.sum(axis=1, keepdims=True)


REAL = Domain("any real number", "", None, _normal)
BINARY = Domain(
    "0 or 1, or a probability in between",
    "labels −1/+1 belong to the margin losses, map them with (y + 1) / 2; three classes or more "
    "to a loss such as SoftmaxCrossEntropy",
    _between_0_and_1,
    lambda rng, size: rng.integers(0, 2, size).astype(float),
    (0.0, 1.0),
)
PROBABILITY = Domain(
    "a probability in [0, 1]",
    "if these are logits, take their sigmoid, or a loss of logits such as SigmoidCrossEntropy",
    _between_0_and_1,
    lambda rng, size: rng.uniform(0.02, 0.98, size),
    (0.0, 1.0),
)
CLASSES = Domain(
    "a class 0, 1, …, K − 1, or a row of K probabilities",
    "",
    None,  # needs the number of columns: checked by ClassLoss
    lambda rng, size: rng.integers(0, 3, size),
)
SIGNS = Domain(
    "−1 or +1",
    "labels 0/1 become −1/+1 with 2 * y − 1",
    lambda a: np.abs(a) == 1,
    lambda rng, size: rng.choice([-1.0, 1.0], size),
)
NONZERO = Domain(
    "a number other than 0",
    "a percentage of 0 does not exist; drop these rows or use AbsoluteError or SquaredLogError",
    lambda a: a != 0,
    lambda rng, size: np.exp(rng.uniform(-4, 2, size)) * rng.choice([-1.0, 1.0], size),
)
NOT_NEGATIVE = Domain(
    "a number that is not negative",
    "counts and amounts start at 0; check the sign, or use SquaredError",
    lambda a: a >= 0,
    lambda rng, size: rng.poisson(2.0, size).astype(float),
)
POSITIVE = Domain(
    "a positive number",
    "drop what is 0 or less, or use Tweedie(1.5), which takes zeros, or SquaredError",
    lambda a: a > 0,
    lambda rng, size: rng.gamma(1.5, size=size) + 0.01,
)
DISTRIBUTION = Domain(
    "rows of probabilities, not negative and with sum 1",
    "divide each row by its sum, in float32 or float64 (float16 cannot hold it); of scores, take "
    "the softmax first",
    _distributions,  # a row is inside or outside as a whole
    _dirichlet,
)
OVER_MINUS_ONE = Domain(
    "a number greater than −1",
    "the loss takes log(1 + value); use SquaredError, or shift the target",
    lambda a: a > -1,
    lambda rng, size: np.expm1(rng.uniform(-3, 2, size)),
)
