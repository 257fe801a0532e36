"""Stochastic gradients on a cluster: averaged in every step, or after steps of one's own."""

import numpy as np

from ..divergence import Watch
from ..history import Result, Trace
from ..hyperparameters import require_count, require_generator
from ..objectives import Objective, as_start
from ..optimizers import GradientDescent, Optimizer
from ..optimizers.base import require_optimizer
from ..training import minimize
from .objective import DistributedObjective, draw_entropy
from .shares import Order, Share, gradient

__all__ = ["local_sgd", "synchronous_sgd"]


def synchronous_sgd(
    f: DistributedObjective,
    w0: np.ndarray,
    optimizer: Optimizer,
    steps: int,
    *,
    batch_size: int,
    rng: np.random.Generator,
    callback=None,
    keep_path: bool = False,
) -> Result:
    r"""Minimise by mini-batches: in every step each partition draws some, and all are averaged.

    .. math:: g = \frac1m \sum_c \frac{n_c}{b_c} \sum_{i \in B_c} s_i \nabla \ell_i(w)

    Here n\ :sub:`c` is the size of partition c, b\ :sub:`c` that of its batch B\ :sub:`c`, drawn
    without replacement, and m what the objective on all data is divided by.

    Parameters
    ----------
    f : DistributedObjective
        What to minimise.
    w0 : array_like, shape (p,)
        Where to start; left as it is.
    optimizer : Optimizer
        The method; it is reset first.
    steps : int
        How many steps to take.
    batch_size : int
        How many samples each partition draws in a step; all of a smaller one.
    rng : numpy.random.Generator
        Draws.  The same generator gives the same steps, whoever computes them.
    callback, keep_path
        As for `lossbook.minimize`.

    Returns
    -------
    Result
        Its ``values`` and ``grad_norms`` are those of the mini-batches, but the last is that of
        all data.

    Raises
    ------
    DivergenceError
        If a mini-batch gives infinity or NaN, or the objective ends a million times larger.
    ValueError
        If arguments do not fit together.

    Notes
    -----
    The gradient is right on average, also where partitions are of unequal size or samples are
    weighted.  Each step waits for the slowest partition and moves one gradient from each.

    References
    ----------
    O. Dekel, R. Gilad-Bachrach, O. Shamir and L. Xiao, "Optimal distributed online prediction
    using mini-batches", Journal of Machine Learning Research 13, 2012.

    Examples
    --------
    >>> import dask.array as da
    >>> import lossbook as lb
    >>> X = da.from_array(np.linspace(-1, 1, 100)[:, None], chunks=(30, 1))
    >>> f = lb.distributed_objective(lb.LinearModel(1), lb.mse, X, 2 * X[:, 0] + 3)
    >>> end = synchronous_sgd(
    ...     f, [0.0, 0.0], lb.GradientDescent(0.3), 60, batch_size=8, rng=np.random.default_rng(0)
    ... )
    >>> end.w.round(3).tolist()
    [2.0, 3.0]
    """
    require_count("steps", steps)
    require_count("batch_size", batch_size)
    require_generator(rng)
    require_optimizer(optimizer)
    if optimizer.whole:
        raise ValueError(
            f"{type(optimizer).__name__} compares values of one objective, and batch_size="
            f"{batch_size} makes it another in every step: take lossbook.minimize, or a method "
            "that follows gradients alone"
        )
    w, trace = as_start(w0), Trace(keep_path)
    optimizer.reset()
    optimizer.bind(f)
    watch, batches = Watch(f, optimizer, lambda: trace.result(w)), _Batches(f, batch_size, rng)
    with np.errstate(over="ignore", invalid="ignore"):
        watch.see(sum(f.values(w)), w)
        for step in range(steps):
            value, grad = optimizer.evaluate(batches, w)
            trace.add(value, optimizer.stationarity(w, grad), w)
            watch.require_finite(value, trace.norms[-1])
            if callback and callback(step, w, value):
                return trace.result(w)
            watch.lr = optimizer.current_lr
            optimizer.step(w, grad)
        value, grad = optimizer.evaluate(f, w)
        trace.add(value, optimizer.stationarity(w, grad), w)
        watch.see(value, w, trace.norms[-1])
    return trace.result(w)


class _Batches:
    """The objective on other mini-batches in every call."""

    def __init__(self, f, batch_size, rng):
        self.f, self.batch_size, self.rng = f, batch_size, rng
        self.model, self.loss, self.penalty = f.model, f.loss, f.penalty

    def __call__(self, w):
        loss, penalty, grad = self.parts(w)
        return loss + penalty, grad

    def parts(self, w, smooth=False):
        f = self.f
        share = f.ask(_batch, w, keep=False, entropy=draw_entropy(self.rng), more=self.batch_size)
        scale = share.measure / f.measure
        return f.with_penalty(w, share.value * scale, f.mean(share, w) * scale, smooth)


def _batch(part: Objective, order: Order, rng) -> Share:
    """Return the share of a mini-batch, counting as much as the partition it is drawn from."""
    n, kept = len(part.X), _kept(part)
    batch = _draw(part, order.more, rng)
    if batch is None:
        return Share(n, kept, 0.0, 0.0, None)
    share = gradient(batch, order, rng if order.model.random else None)
    return share._replace(rows=n, kept=kept, measure=share.measure * (n / len(batch.X)))


def local_sgd(
    f: DistributedObjective,
    w0: np.ndarray,
    lr,
    rounds: int,
    local_steps: int,
    *,
    batch_size: int | None = None,
    rng: np.random.Generator | None = None,
    tol: float | None = None,
    callback=None,
    keep_path: bool = False,
) -> Result:
    r"""Minimise by rounds: each partition takes steps of its own, then the parameters are averaged.

    .. math:: w_c \leftarrow w, \qquad w_c \leftarrow w_c - \eta\, g_c(w_c) \;\; H \text{ times},
              \qquad w \leftarrow \sum_c \frac{m_c}{m} w_c

    Parameters
    ----------
    f : DistributedObjective
        What to minimise; its penalty is part of what each partition descends.
    w0 : array_like, shape (p,)
        Where to start; left as it is.
    lr : float or callable
        Learning rate η, or a schedule of the number of local steps taken.
    rounds : int
        The largest number of rounds.
    local_steps : int
        H, the steps between two averages.
    batch_size : int, optional
        How many samples a local step draws; by default all of the partition.
    rng : numpy.random.Generator, optional
        Draws; required with `batch_size`.
    tol, callback, keep_path
        As for `lossbook.minimize`, with rounds for steps.

    Returns
    -------
    Result
        Its ``values`` and ``grad_norms`` are those on all data, one for every round.

    Raises
    ------
    DivergenceError
        If the objective becomes infinite, NaN or a million times its best value.
    ValueError
        If arguments do not fit together.

    Notes
    -----
    One message a round instead of one a step: that pays where messages are slow.  With one local
    step on all data it is gradient descent.  With more, partitions that are unlike each other
    pull the average away from the minimum, the further the more and the longer steps they take;
    so data should be shuffled before they are cut.

    References
    ----------
    S. U. Stich, "Local SGD converges fast and communicates little", arXiv:1805.09767.

    Examples
    --------
    >>> import dask.array as da
    >>> import lossbook as lb
    >>> X = da.from_array(np.linspace(-1, 1, 100)[:, None], chunks=(50, 1))
    >>> f = lb.distributed_objective(lb.LinearModel(1), lb.mse, X, 2 * X[:, 0] + 3)
    >>> local_sgd(f, [0.0, 0.0], lr=0.3, rounds=20, local_steps=10).w.round(3).tolist()
    [2.0, 3.0]
    """
    require_count("local_steps", local_steps)
    if batch_size is not None:
        require_count("batch_size", batch_size)
    if rng is not None:
        require_generator(rng)
    elif batch_size is not None or f.model.random:
        raise ValueError(
            "the partitions draw at random: pass rng=np.random.default_rng(seed), so that the run "
            "can be repeated"
        )
    method = LocalSteps(lr)
    method.plan = (rounds, local_steps, batch_size, rng)
    return minimize(f, w0, method, rounds, tol=tol, callback=callback, keep_path=keep_path)


class LocalSteps(GradientDescent):
    """The method of `local_sgd`: one step is one round."""

    plan = (1, 1, None, None)

    @property
    def current_lr(self) -> float:
        """The learning rate of the next local step."""
        return self.lr(self.steps * self.plan[1]) if callable(self.lr) else self.lr

    def evaluate(self, f, w):
        """Return value and gradient on all data; keep where the local steps lead from here."""
        rounds, local_steps, batch_size, rng = self.plan
        taken = self.steps * local_steps
        lr = self.lr if callable(self.lr) else lambda step: self.lr
        rates = [lr(taken + k) for k in range(local_steps)] if self.steps < rounds else []
        more = (rates, batch_size, f.penalty)
        share = f.ask(_descend, w, entropy=draw_entropy(rng), more=more)
        grad, self.average = f.mean(share, np.stack([w, w]))
        if share.array is None:
            self.average = w
        loss, penalty, grad = f.with_penalty(w, share.value, grad)
        return loss + penalty, grad

    def _update(self, w, g, lr):
        w[...] = self.average


def _descend(part: Objective, order: Order, rng) -> Share:
    """Return the partition's gradient and, below it, where its own steps lead."""
    rates, batch_size, penalty = order.more
    share = gradient(part, order, None)
    part.penalty, w = penalty, order.w.copy()
    if share.measure:
        for lr in rates:
            batch = _draw(part, batch_size, rng)
            if batch is not None:
                w -= lr * batch.parts(w, rng=rng if order.model.random else None)[2]
    return share._replace(array=np.stack([share.array, w]))


def _draw(part, batch_size, rng):
    """Return the objective on some samples; None if none of those drawn counts."""
    if batch_size is None or batch_size >= len(part.X):
        return part
    batch = part.batch(rng.choice(len(part.X), batch_size, replace=False))
    return batch if _kept(batch) else None


def _kept(part):
    return len(part.X) if part.sample_weight is None else int(np.count_nonzero(part.sample_weight))
