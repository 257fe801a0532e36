"""What one partition contributes to a mean, and how contributions are put together.

All of this runs on the workers.  A `Share` holds a mean and what it was divided by, so that the
mean of several shares is again a share, whatever the sizes of the partitions.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from ..losses import Loss
from ..losses.inputs import as_floats
from ..models import Model
from ..numerics.compensated import add
from ..objectives import Objective

__all__ = ["NOTHING", "Order", "Share", "combine", "gradient", "hessian", "value", "visit"]


class Share(NamedTuple):
    """The mean over some of the samples, and what it counts."""

    rows: int  # samples seen
    kept: int  # those whose sample_weight is not 0
    measure: float  # what the mean was divided by
    value: float  # the mean loss
    array: np.ndarray | None  # whatever else is a mean: a gradient, a Hessian; None if nothing was
    error: Exception | None = None  # what was wrong with the data


NOTHING = Share(0, 0, 0.0, 0.0, None)


@dataclass(frozen=True)
class Order:
    """What every partition is asked for in one call; it travels to each worker once."""

    ask: Callable[..., Share]  # ask(part, order, rng)
    model: Model
    loss: Loss
    w: np.ndarray
    checked: bool  # whether the data have been looked at before
    pairs: bool  # whether a partition is a list of pairs (X, y), not a pair
    entropy: tuple[int, ...] | None = None  # where a partition draws, from this and its number
    errors: dict[str, str] = field(default_factory=np.geterr)  # as NumPy treats them at the caller
    more: Any = None

    def rng(self, *place: int) -> np.random.Generator | None:
        """Return the generator of one partition: the same wherever and whenever it runs."""
        if self.entropy is None:
            return None
        return np.random.default_rng(np.random.SeedSequence([*self.entropy, *place]))


def visit(order: Order, place: int, count: int, *data) -> Share:
    """Return the share of one partition, or an error that says which partition it is of.

    An error is handed on, not raised, so that of several the first in order is told, not in time.
    """
    chunks = data[0] if order.pairs else [data]
    try:
        with np.errstate(**order.errors):
            return combine([_share(order, (place, i), *c) for i, c in enumerate(chunks)])
    except (TypeError, ValueError) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError
        told = kind(f"partition {place} of {count}: {error}")
        told.__cause__ = error
        return NOTHING._replace(error=told)


def _share(order, place, X, y, sample_weight=None):
    part = _objective(order, X, y, sample_weight)
    if not len(part.X):
        return NOTHING
    weights = part.sample_weight
    if weights is None or weights.any():
        return order.ask(part, order, order.rng(*place))
    if not order.checked:  # what counts nothing has to be right all the same
        part.sample_weight = None
        part.values(order.w)
    return NOTHING._replace(rows=len(part.X))


def _objective(order, X, y, sample_weight):
    """Return the objective on a chunk, without a penalty; data seen before are not checked."""
    if not order.checked:
        return Objective(order.model, order.loss, X, y, None, sample_weight)
    part = object.__new__(Objective)
    part.model, part.loss, part.penalty = order.model, order.loss, None
    part.X, part.y = as_floats(X, "X"), np.asarray(y)
    part.sample_weight = None if sample_weight is None else np.asarray(sample_weight)
    return part


def combine(shares: list[Share]) -> Share:
    """Return the share of all: the mean of means, each counting what it was divided by.

    The terms are added in the order given, with twice the digits, so that the result depends
    neither on who computed a share nor on when it arrived.
    """
    for share in shares:
        if share.error is not None:
            return share
    rows, kept = sum(s.rows for s in shares), sum(s.kept for s in shares)
    shares = [s for s in shares if s.measure > 0]
    if not shares:
        return Share(rows, kept, 0.0, 0.0, None)
    measure = math.fsum(s.measure for s in shares)
    if len(shares) == 1:
        return shares[0]._replace(rows=rows, kept=kept)
    parts = [s.measure / measure for s in shares]
    mean = math.fsum(part * s.value for part, s in zip(parts, shares, strict=True))
    if shares[0].array is None:
        return Share(rows, kept, measure, mean, None)
    with np.errstate(invalid="ignore"):  # an infinite entry has no rounding error
        array = add(*(p * s.array.astype(np.float64) for p, s in zip(parts, shares, strict=True)))
    return Share(rows, kept, measure, mean, array)


# What a partition can be asked for ------------------------------------------------------------


def value(part: Objective, order: Order, rng) -> Share:
    """Return the mean loss."""
    mean = part.values(order.w)[0]
    return Share(*_counts(part, order.w), mean, None)


def gradient(part: Objective, order: Order, rng) -> Share:
    """Return the mean loss and its gradient."""
    mean, _, grad = part.parts(order.w, rng=rng)
    return Share(*_counts(part, order.w), mean, grad)


def hessian(part: Objective, order: Order, rng) -> Share:
    """Return the mean of the second derivatives."""
    weights = part.sample_weight
    total = len(part.X) if weights is None else float(weights.sum())
    return Share(len(part.X), len(part.X), total, 0.0, part.hess(order.w))


def _counts(part, w):
    """Return how many samples there are, how many count, and what their mean is divided by."""
    loss, weights, n = part.loss, part.sample_weight, len(part.X)
    first = part.model.predict(w, part.X[:1])
    _, p, inner = loss._read(part.y, np.broadcast_to(first, (n, *first.shape[1:])), weights)
    if inner is not None and not inner.any():  # every row is ignored
        return n, n, 0.0
    measure = float(loss._measure(p, inner))
    return (n, n, measure) if weights is None else (n, *_unscaled(measure, weights))


def _unscaled(measure, weights):
    """Return how many weights are positive, and their sum as it was before the loss scaled them.

    A loss scales weights that are very large or small, since only ratios count; but here they
    are compared with those of other partitions.
    """
    largest = float(weights.max())
    if not 1e-100 < largest < 1e100:
        with np.errstate(over="ignore", under="ignore"):
            measure = float(np.ldexp(measure, math.frexp(largest)[1]))
        if not 0 < measure < math.inf:
            raise ValueError(
                f"sample_weight adds up to {measure:g}, and its largest is {largest:g}: only "
                "ratios count, so divide all weights by the largest"
            )
    return int(np.count_nonzero(weights)), measure
