"""What a gradient costs on a cluster, and when a cluster pays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..hyperparameters import is_non_negative, require_count, require_number
from ..losses.inputs import as_floats, first, place

__all__ = ["CostModel"]

BYTES = 8  # of a number


@dataclass(frozen=True)
class CostModel:
    r"""Seconds that value and gradient take on a cluster, from four numbers measured on it.

    .. math:: t = \text{latency} + \text{task} \cdot C + \text{compute} \cdot \frac{N}{W}
              + \text{byte} \cdot 8 p\,(C + W)

    for C partitions, W workers, N numbers in the data and p parameters.  Each partition sends a
    gradient, and each worker is sent the parameters; on one machine only compute · N is left.
    Only the computation is divided: one scheduler hands out all partitions, one after the other.

    Parameters
    ----------
    latency : float
        Seconds of a call that has nothing to do.
    task : float
        Seconds that it takes to hand out a partition and to collect its share.
    compute : float
        Seconds for each number of the data.
    byte : float
        Seconds for each byte moved.

    Raises
    ------
    ValueError
        If a number is negative or not finite.

    Notes
    -----
    A cluster divides the computation and adds the rest.  With few data the rest is all there is,
    so there is a size from which it pays.  Where partitions are of a fixed size, their number
    grows with the data, and so does the rest: if they are too small for their gradients, a
    cluster never pays.  The model says nothing of the other reason for one, data that fit nowhere
    else.

    Examples
    --------
    >>> costs = CostModel(latency=0.01, task=0.001, compute=1e-9, byte=1e-9)
    >>> [round(costs.speedup(n, partitions=8, workers=4, parameters=100), 2) for n in (1e6, 1e9)]
    [0.05, 3.73]
    >>> f"{costs.break_even(partitions=8, workers=4, parameters=100):.1e}"
    '2.4e+07'
    """

    latency: float
    task: float
    compute: float
    byte: float

    def __post_init__(self):
        """Check the arguments."""
        for name in ("latency", "task", "compute", "byte"):
            require_number(self, name, is_non_negative, "non-negative and finite")

    def seconds(self, numbers, partitions, workers, parameters):
        """Return the seconds of a gradient on the cluster; arguments may be arrays."""
        row = _terms(numbers, partitions, workers, parameters)
        costs = (self.latency, self.task, self.compute, self.byte)
        return sum(cost * term for cost, term in zip(costs, row, strict=True))

    def speedup(self, numbers, partitions, workers, parameters):
        """Return how many times faster than one worker alone, without a cluster, it is."""
        return self.compute * numbers / self.seconds(numbers, partitions, workers, parameters)

    def break_even(self, partitions: int, workers: int, parameters: int) -> float:
        """Return how many numbers the data must have for the cluster to pay.

        Returns
        -------
        float
            Infinite where no size is enough, as with one worker.

        Raises
        ------
        ValueError
            If an argument is no positive integer.
        """
        counts = {"partitions": partitions, "workers": workers, "parameters": parameters}
        for name, count in counts.items():
            require_count(name, count)
        fixed = self.seconds(0, partitions, workers, parameters)
        saved = self.compute * (1 - 1 / workers)
        return fixed / saved if saved > 0 else float("inf")

    @classmethod
    def fit(cls, runs: Sequence[tuple[float, float, float, float]], seconds) -> "CostModel":
        """Return the model closest to measurements, in least squares of their relative errors.

        Parameters
        ----------
        runs : sequence of (numbers, partitions, workers, parameters)
            What was run.
        seconds : sequence of float
            How long each took.

        Raises
        ------
        ValueError
            If there is no run, not one time for each, or a time is not positive.

        Notes
        -----
        No cost may be negative: the one that would be is left out, and the others are fitted anew.

        Examples
        --------
        >>> true = CostModel(latency=0.01, task=0.001, compute=1e-9, byte=1e-9)
        >>> sizes = [(1e5, 1), (1e7, 1), (1e5, 99), (1e7, 99)]
        >>> runs = [(n, c, w, p) for n, p in sizes for c in (2, 9) for w in (1, 2)]
        >>> found = CostModel.fit(runs, [true.seconds(*run) for run in runs])
        >>> f"{found.latency:.4f} {found.task:.4f} {found.compute:.1e}"
        '0.0100 0.0010 1.0e-09'
        """
        seconds = as_floats(seconds, "seconds")
        if not len(runs) or seconds.shape != (len(runs),):
            raise ValueError(
                f"seconds has shape {seconds.shape} but there are {len(runs)} runs: give one run "
                "at least, and how long each took"
            )
        if not (positive := seconds > 0).all():
            wrong = first(~positive)
            raise ValueError(
                f"{place('seconds', wrong)} is {seconds[wrong]}, but errors are relative to what a "
                "run took: leave out runs that were too short to measure"
            )
        matrix = np.array([_terms(*run) for run in runs]) / seconds[:, None]
        scale = np.linalg.norm(matrix, axis=0)
        kept = np.arange(len(scale))
        while True:
            costs = np.linalg.lstsq(matrix[:, kept] / scale[kept], np.ones(len(runs)))[0]
            if (costs >= 0).all():
                break
            kept = np.delete(kept, np.argmin(costs))
        found = np.zeros(len(scale))
        found[kept] = costs / scale[kept]
        return cls(*found.tolist())


def _terms(numbers, partitions, workers, parameters):
    moved = BYTES * parameters * (partitions + workers)
    return 1.0, partitions, numbers / workers, moved
