"""The objective on Dask data: value and gradient from all partitions, in one call."""

import math
import sys
from contextlib import nullcontext

import numpy as np

from ..losses import BatchLoss, Loss
from ..losses.inputs import as_floats
from ..models import Model
from ..penalties import Penalty
from .partitions import list_of_one, partitions_of, require_dask
from .shares import Order, Share, combine, gradient, hessian, value, visit

__all__ = ["DistributedObjective", "distributed_objective"]

FAN_IN = 16  # shares that are combined at once, so that no one holds the gradients of all


def distributed_objective(
    model: Model,
    loss: Loss,
    X,
    y=None,
    penalty: Penalty | None = None,
    sample_weight=None,
    client=None,
) -> "DistributedObjective":
    """Return the function to minimise, ``f(w) -> (value, gradient)``, on Dask data.

    See `DistributedObjective`.

    Examples
    --------
    >>> import dask.array as da
    >>> import lossbook as lb
    >>> X, y = np.array([[0.0], [1.0], [2.0]]), np.array([3.0, 5.0, 7.0])
    >>> f = distributed_objective(lb.LinearModel(1), lb.mse, da.from_array(X, chunks=(2, 1)), y)
    >>> f
    <SquaredError() of LinearModel(n_features=1, intercept=True) in 2 partitions>
    >>> lb.lbfgs(f, [0.0, 0.0]).w.round(4).tolist()
    [2.0, 3.0]
    """
    return DistributedObjective(model, loss, X, y, penalty, sample_weight, client)


class DistributedObjective:
    r"""Mean loss of a model on the partitions of Dask data, plus a penalty.

    .. math:: f(w) = \frac{\sum_c m_c\, L_c(w)}{\sum_c m_c} + \text{penalty}(w_\text{penalised})

    Here L\ :sub:`c` is the mean loss of partition c, and m\ :sub:`c` what it was divided by: the
    number of its samples or the sum of their weights.

    Parameters
    ----------
    model : Model
        Turns parameters and features into predictions.
    loss : Loss
        Compares truth and predictions; not one that compares samples with each other.
    X : Dask array or DataFrame of shape (n, n_features), or Dask bag
        Features.  Without `y` a bag whose items are pairs (X, y) or triples (X, y, weights) of
        arrays or DataFrames, or a list of such pairs, each `dask.delayed`.
    y : Dask array, Series or DataFrame, or array_like, shape (n,) or (n, k), optional
        The truth; what is not cut like `X` is cut anew.
    penalty : Penalty, optional
        Applied to ``w[model.penalised]``.
    sample_weight : Dask array or Series, or array_like, shape (n,), optional
        Weights of the samples; they do not touch the penalty.
    client : dask.distributed.Client or str, optional
        The cluster: a client, the address of a scheduler such as ``"tcp://127.0.0.1:8786"``, or
        the name of one of Dask's own schedulers, such as ``"threads"``.  By default the client in
        charge if there is one, else threads of this process.

    Attributes
    ----------
    count : int
        How many partitions there are.
    measure : float or None
        What the mean is divided by; None before the first call.

    Raises
    ------
    ImportError
        If Dask is not installed.
    TypeError
        If `X` is no Dask collection, or the loss compares samples with each other.
    ValueError
        If shapes do not fit, or the data hold NaN or infinity: the first call looks at them, and
        the error names the partition.

    Notes
    -----
    However the data are cut, value and gradient are those of `lossbook.objective` to rounding.
    The shares of the partitions are added in their order, with twice the digits, so that the same
    partitions give the same bits on one thread, on a cluster, and after the death of a worker:
    Dask computes anew what was lost, as long as it knows how the data were made (data that were
    only scattered die with their worker).

    Every call makes the data anew, one partition a thread at a time, so that they need not fit
    into memory; `persist` keeps those that do.

    Examples
    --------
    Partitions may be of any size, even of none:

    >>> import dask.bag
    >>> import lossbook as lb
    >>> chunks = [(np.ones((n, 1)), np.full(n, 2.0)) for n in (3, 0, 1)]
    >>> f = DistributedObjective(
    ...     lb.LinearModel(1, intercept=False),
    ...     lb.mse,
    ...     dask.bag.from_sequence(chunks, npartitions=3),
    ...     client="threads",
    ... )
    >>> f(np.array([1.5]))
    (0.25, array([-1.]))
    """

    def __init__(self, model, loss, X, y=None, penalty=None, sample_weight=None, client=None):
        _require_sum(loss)
        self.model, self.loss, self.penalty = model, loss, penalty
        self._partitions, self._pairs = partitions_of(X, y, sample_weight)
        self.count, self.measure = len(self._partitions), None
        self._owned = _connect(client)
        self.client = client if self._owned is None else self._owned

    def __repr__(self):
        """Name the parts."""
        penalty = f" + {self.penalty!r}" if self.penalty is not None else ""
        return f"<{self.loss!r} of {self.model!r} in {self.count} partitions{penalty}>"

    def __call__(self, w: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the objective at `w` and its gradient."""
        loss, penalty, grad = self.parts(w)
        return loss + penalty, grad

    def parts(
        self, w: np.ndarray, smooth: bool = False, rng: np.random.Generator | None = None
    ) -> tuple[float, float, np.ndarray]:
        """Return the mean loss, the penalty, and the gradient of their sum.

        With `smooth` the gradient is that of the mean loss alone, as proximal methods want it.
        With `rng` the model predicts as in training; each partition draws for itself.
        """
        w = as_floats(w, "w")
        share = self.ask(gradient, w, entropy=draw_entropy(rng))
        return self.with_penalty(w, share.value, self.mean(share, w), smooth)

    def values(self, w: np.ndarray) -> tuple[float, float]:
        """Return the mean loss and the penalty, without the cost of a gradient."""
        w = as_floats(w, "w")
        share = self.ask(value, w)
        return share.value, self._penalty(w)

    def hess(self, w: np.ndarray) -> np.ndarray:
        """Return the matrix of second derivatives at `w`, shape (p, p).

        Raises
        ------
        TypeError
            If the model, the loss or the penalty does not know its second derivatives.
        """
        if self.penalty is not None and not hasattr(self.penalty, "curvature"):
            raise TypeError(
                f"{self.penalty!r} has no second derivatives: use lossbook.lbfgs, which learns the "
                "curvature from gradients"
            )
        w = as_floats(w, "w")
        hess = self.mean(self.ask(hessian, w, keep=False), np.empty((len(w), len(w)), w.dtype))
        if self.penalty is not None:
            part = self.model.penalised
            np.einsum("ii->i", hess)[part] += self.penalty.curvature(w[part])
        return hess

    def persist(self) -> "DistributedObjective":
        """Keep the partitions in the memory of the workers from now on, and return the objective.

        What is lost with a worker is made anew.
        """
        if not self._pairs:  # so that what belongs together stays together
            one = require_dask().delayed(list_of_one, pure=False, traverse=False)
            self._partitions = [(one(*partition),) for partition in self._partitions]
            self._pairs = True
        kept = require_dask().persist(*(p for (p,) in self._partitions), scheduler=self.client)
        self._partitions = [(part,) for part in kept]
        return self

    def close(self) -> None:
        """Leave the cluster, if the objective was given its address; ``with`` does so too."""
        if self._owned is not None:
            self._owned.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # What `parts`, `values` and the stochastic methods are made of ------------------------

    def ask(self, question, w: np.ndarray, *, keep: bool = True, **options) -> Share:
        """Return the share of all samples in what `question` asks of every partition.

        Parameters
        ----------
        question : callable
            One of those in ``shares``.
        w : ndarray, shape (p,)
            The parameters.
        keep : bool, default True
            Whether the answer's measure is that of the objective.
        **options
            Further fields of the order.

        Raises
        ------
        ValueError
            If there is no sample, or none that counts.
        """
        self.model.predict(w, np.empty((0, self.model.n_features)))  # refuses a w that does not fit
        order = Order(
            question, self.model, self.loss, w, self.measure is not None, self._pairs, **options
        )
        share = self._compute(order)
        if share.error is not None:
            raise share.error
        if not share.rows:
            raise ValueError(f"there is no sample in any of the {self.count} partitions")
        if not share.kept:
            raise ValueError("sample_weight is zero everywhere: no sample is left to average")
        if keep:
            self.measure = share.measure
        return share

    def _compute(self, order):
        """Send the order to all partitions, and put their shares together in a fixed tree."""
        dask = require_dask()
        token = f"{order.ask.__name__}-{np.random.SeedSequence().entropy:x}"
        common = dask.delayed(order, name=f"order-{token}", traverse=False)
        ask = dask.delayed(visit, pure=False, traverse=False)
        join = dask.delayed(combine, pure=False, traverse=False)
        level = [
            ask(common, place, self.count, *data, dask_key_name=(token, place))
            for place, data in enumerate(self._partitions)
        ]
        while len(level) > 1:
            level = [join(level[i : i + FAN_IN]) for i in range(0, len(level), FAN_IN)]
        with _without_warning_of_size(dask):
            return level[0].compute(scheduler=self.client)

    def mean(self, share: Share, like: np.ndarray) -> np.ndarray:
        """Return the array of a share in the shape and the dtype of `like`; no array is zeros."""
        if share.array is None:
            return np.zeros_like(like)
        return share.array.astype(like.dtype)  # a copy: what came over the wire is read-only

    def with_penalty(self, w, loss, grad, smooth=False) -> tuple[float, float, np.ndarray]:
        """Return mean loss, penalty and the gradient of their sum, from the loss and its own."""
        if self.penalty is not None and not smooth and math.isfinite(loss):
            part = self.model.penalised
            grad[part] += self.penalty.grad(w[part])
        return loss, self._penalty(w), grad

    def _penalty(self, w):
        return 0.0 if self.penalty is None else self.penalty.value(w[self.model.penalised])


def draw_entropy(rng, *more):
    """Return what the generators of all partitions are seeded with, None without `rng`."""
    return None if rng is None else (*rng.integers(2**32, size=4).tolist(), *more)


def _require_sum(loss):
    """Refuse what is not a sum over samples."""
    if isinstance(loss, BatchLoss) or not isinstance(loss, Loss):
        cause = "compares the samples with each other" if isinstance(loss, BatchLoss) else "is none"
        raise TypeError(
            f"loss must be a lossbook loss that is a sum over the samples, but {loss!r} {cause}: "
            "its value depends on who is in a partition with whom"
        )


def _without_warning_of_size(dask):
    """Let Dask send many parameters: it would have them scattered, to die with their worker."""
    if "distributed" not in sys.modules:  # then there is no cluster, and no setting of one
        return nullcontext()
    return dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TiB"})


def _connect(client):
    """Return a new client for an address, else None."""
    if not isinstance(client, str) or ":" not in client:
        return None
    from dask.distributed import Client

    return Client(client, set_as_default=False)
