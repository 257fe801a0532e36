"""Losses between two samples of vectors that need not be paired, as wholes."""

from dataclasses import dataclass

import numpy as np

from .kinds import BatchLoss

__all__ = ["MMD"]


@dataclass(frozen=True)
class MMD(BatchLoss):
    r"""Maximum mean discrepancy: how well functions smooth at scale h tell samples apart.

    .. math:: L(y, \hat y) = \frac{1}{n^2} \sum_{i,j} \bigl( k(\hat y_i, \hat y_j)
              - 2\, k(\hat y_i, y_j) + k(y_i, y_j) \bigr), \qquad
              k(a, b) = e^{-\lVert a - b \rVert^2 / (2 h^2)}

    Predictions are drawn to where the truths lie and driven away from each other: the rows are two
    samples, and no prediction belongs to any one truth.

    Parameters
    ----------
    bandwidth : float
        The distance h, in the units of the target, over which points are neighbours: the kernel
        is 0.61 at h and 0.01 at 3 h.

    Raises
    ------
    ValueError
        If `bandwidth` is not positive and finite, or the arrays are not both of shape (n, d).

    Notes
    -----
    The functions are those of length 1 in the space of the kernel: the discrepancy is the largest
    difference of a function's two means.  This is its square, with each point counted
    as its own neighbour, so that it is never negative and 0 for equal samples.  The loss of a
    single row, its term of the sum over i, may be negative.  It is a difference of means of
    numbers up to 1: near 0 it is right to some 1e-16, not to so many digits.

    References
    ----------
    Gretton, Borgwardt, Rasch, Schölkopf and Smola (2012), *A kernel two-sample test*, Journal of
    Machine Learning Research 13:723–773.

    Examples
    --------
    >>> round(MMD(bandwidth=1.0)([[0.0], [1.0]], [[2.0], [3.0]]), 6)
    1.162376
    >>> MMD()([[0.0], [1.0]], [[1.0], [0.0]])
    0.0
    """

    layout = ("n d", "n d")
    arguments = ("y", "x")
    shapes = ((2, 2), (2, 2))
    latex = (
        r"\frac{1}{n^2} \sum_{i,j} \left(k(\hat{y}_i, \hat{y}_j) - 2 k(\hat{y}_i, y_j) "
        r"+ k(y_i, y_j)\right)"
    )

    hides_infinity = True

    bandwidth: float = 1.0

    __post_init__ = BatchLoss._require_positive

    def _require_shapes(self, y, p):
        if y.ndim == p.ndim == 1:
            raise ValueError(
                f"y_true has shape {y.shape}, but MMD needs y_true (n, d) and y_pred (n, d), a "
                "point in each row: samples of numbers are columns, y[:, None]"
            )
        super()._require_shapes(y, p)

    def _kernel(self, a, b):
        gap = (a[:, None, :] - b[None, :, :]) / self.bandwidth
        return np.exp(-0.5 * np.square(np.clip(gap, -60, 60)).sum(axis=2))

    def _value(self, y, x):
        return self._value_and_pull(y, x)[0]

    def _pull(self, y, x, weights):
        return self._value_and_pull(y, x)[1](weights)

    def _value_and_pull(self, y, x):
        own, other, true = self._kernel(x, x), self._kernel(x, y), self._kernel(y, y)

        def pull(weights):
            among = (weights[:, None] + weights[None, :]) * own
            towards = 2 * weights[:, None] * other
            # Σ over j of factor times (x − other), without the n × n × d array of differences.
            pull = x * among.sum(axis=1, keepdims=True) - among @ x
            pull -= x * towards.sum(axis=1, keepdims=True) - towards @ y
            return -pull / (len(x) * self.bandwidth**2)

        return own.mean(axis=1) - 2 * other.mean(axis=1) + true.mean(), pull

    def _example(self, rng, n):
        return rng.standard_normal((n, 2)), 0.5 + 1.5 * rng.standard_normal((n, 2))

    def _formula_example(self, rng):
        pairs = [self._example(rng, 2) for _ in range(12)]
        return tuple(np.stack(part) for part in zip(*pairs, strict=True))

    @staticmethod
    def _formula(sp, y, x, bandwidth):
        def mean(us, vs):
            square = lambda u, v: sum((a - b) ** 2 for a, b in zip(u, v, strict=True))  # noqa: E731
            kernels = [sp.exp(-square(u, v) / (2 * bandwidth**2)) for u in us for v in vs]
            return sum(kernels) / len(kernels)

        return mean(x, x) - 2 * mean(x, y) + mean(y, y)

    def _facts(self):
        return {
            "estimates": "the distribution of the truths, seen through a window of width h",
            "convex": False,
            "range": (0.0, 2.0),
            "aliases": ("squared kernel discrepancy", "kernel two-sample statistic"),
            "choose": "two samples are to look alike, and no row belongs to another",
            "avoid": "there are pairs to compare, or many dimensions: every point is then far away",
            "chapter": "losses/divergences",
        }
