"""The range test: one short run with a growing learning rate, to see which ones can work."""

import math
from dataclasses import dataclass

import numpy as np

from .data.dataset import pair_of
from .hyperparameters import require_count, require_generator
from .objectives import Objective, as_start
from .optimizers.base import require_optimizer
from .runs import batches

__all__ = ["RangeTest", "lr_range_test"]

PROBE = 1000  # samples that the losses are measured on


@dataclass(frozen=True, eq=False)
class RangeTest:
    """What a range test saw.

    Attributes
    ----------
    lr : ndarray, shape (steps,)
        The learning rates, in equal ratios.
    loss : ndarray, shape (steps,)
        The loss after the step with it, always of the same samples.
    steepest : float
        The learning rate whose step lowered the loss most: a good one to begin with.
    largest : float
        The last one before the loss was least: beyond it training gets worse.
    """

    lr: np.ndarray
    loss: np.ndarray
    steepest: float
    largest: float

    def __repr__(self):
        """Name what matters."""
        return f"RangeTest(steepest={self.steepest:.2g}, largest={self.largest:.2g})"


def lr_range_test(
    model,
    loss,
    data,
    optimizer,
    *,
    lowest: float = 1e-6,
    highest: float = 10.0,
    steps: int = 100,
    batch_size: int = 32,
    rng: np.random.Generator,
    w0: np.ndarray | None = None,
) -> RangeTest:
    """Train for a few steps with a learning rate that grows, and return the losses.

    Parameters
    ----------
    model, loss, optimizer
        As for `lossbook.fit`; the optimizer's learning rate is put back afterwards.
    data : (X, y) or Dataset
        The training data.
    lowest : float, default 1e-6
        The first learning rate.
    highest : float, default 10
        The last one; those in between are in equal ratios.
    steps : int, default 100
        How many learning rates are tried, one batch each.
    batch_size : int, default 32
        Samples in a batch.
    rng : numpy.random.Generator
        Shuffles, and draws the start.
    w0 : array_like, optional
        Where to start; by default ``model.init(rng)``.

    Returns
    -------
    RangeTest

    Raises
    ------
    ValueError
        If the range is not positive and growing, or `steps` or `batch_size` no positive integer.
    TypeError
        If `data` is no pair and no Dataset, or `rng` no Generator.

    Notes
    -----
    The run ends as soon as the loss is no longer finite or four times its best, as it will.  The
    steps use mini-batches, but the losses are all measured on the same samples, a thousand at
    most, so that they can be compared.

    References
    ----------
    L. N. Smith, "Cyclical learning rates for training neural networks", WACV 2017,
    arXiv 1506.01186.

    Examples
    --------
    >>> import lossbook as lb
    >>> line = lb.data.noisy_line(np.random.default_rng(0), n=200)
    >>> rng = np.random.default_rng(1)
    >>> test = lr_range_test(lb.LinearModel(1), lb.mse, line, lb.GradientDescent(1.0), rng=rng)
    >>> 0.01 < test.steepest < test.largest < 2
    True
    """
    if not 0 < lowest < highest < math.inf:
        raise ValueError(
            "lowest must be positive, and highest larger and finite, got "
            f"{lowest!r} and {highest!r}"
        )
    require_count("steps", steps)
    require_count("batch_size", batch_size)
    require_generator(rng)
    require_optimizer(optimizer)
    f = Objective(model, loss, *pair_of(data))
    w = model.init(rng) if w0 is None else as_start(w0)
    lrs = np.geomspace(lowest, highest, steps)
    schedule, optimizer.lr = optimizer.lr, lowest
    try:
        optimizer.reset()
        optimizer.bind(f)
        losses = np.array([*_losses(f, optimizer, w, lrs, min(batch_size, len(f.X)), rng)])
    finally:
        optimizer.lr = schedule
        optimizer.reset()
    best = max(int(np.argmin(losses)), 1)
    steepest = int(np.argmin(np.diff(losses[: best + 1]))) if len(losses) > 1 else 0
    tried = lrs[: len(losses) - 1]
    return RangeTest(tried, losses[1:], float(lrs[steepest]), float(lrs[best - 1]))


def _losses(f, optimizer, w, lrs, batch_size, rng):
    """Yield the loss before and after every step, until it explodes."""
    probe = f.batch(rng.permutation(len(f.X))[:PROBE])
    draws = rng if f.model.random else None
    best, stream = probe.values(w)[0], iter(())
    yield best
    for lr in lrs:
        part = next(stream, None)
        if part is None:
            stream = batches(f, batch_size, rng)
            part = next(stream)
        with np.errstate(over="ignore", invalid="ignore"):
            grad = part[0].parts(w, rng=draws)[2]
            optimizer.lr = lr
            optimizer.step(w, grad)
            value = probe.values(w)[0]
        if not (math.isfinite(value) and value <= 4 * best + 1e-12):
            return
        best = min(best, value)
        yield value
