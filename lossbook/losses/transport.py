"""Distances of rows of probabilities that know how far one class is from another."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..numerics.compensated import running_sum, two_product
from .divergences import Divergence

__all__ = ["Cramer", "Wasserstein1D"]


@dataclass(frozen=True)
class Wasserstein1D(Divergence):
    r"""Earth mover's distance on a line: how much probability has to be carried how far.

    .. math:: \ell(p, q) &= \sum_{k<K} (x_{k+1} - x_k)\,|C_k|, \qquad
              C_k = \sum_{j \le k} (q_j - p_j), \\
              g_j &= \sum_{j \le k < K} (x_{k+1} - x_k) \operatorname{sign} C_k

    Across each gap between two neighbours goes what one side has too much.  The
    f-divergences, such as `KLDivergence`, compare class with class; here a forecast that is next
    to the truth is nearly right, and the gradient says in which direction mass has to go even
    where p and q have no class in common.

    Parameters
    ----------
    positions : sequence of float, optional
        Where the K classes lie, increasing; at equal distances from 0 to 1 if not given.

    Raises
    ------
    ValueError
        If `positions` do not increase or are not one for each class, or a row has a negative entry
        or does not sum to 1.

    Notes
    -----
    Where :math:`C_k = 0`, at a kink, nothing crosses that gap and its share of the gradient is
    0.  It is ``scipy.stats.wasserstein_distance`` with the classes' positions as values.

    Examples
    --------
    >>> Wasserstein1D().pointwise([[1.0, 0.0, 0.0]], [[0.0, 0.5, 0.5]]).tolist()
    [0.75]
    >>> Wasserstein1D((0, 1, 2)).pointwise_grad([[1.0, 0.0, 0.0]], [[0.0, 0.5, 0.5]]).tolist()
    [[-2.0, -1.0, 0.0]]
    """

    slope_norm: ClassVar[float] = np.inf
    positions: tuple[float, ...] | None = None
    latex: ClassVar[str] = r"\sum_k (x_{k+1} - x_k) \left|\sum_{j \le k} q_j - p_j\right|"

    def __post_init__(self):
        _fix_positions(self)

    def _require_shapes(self, y, p):
        super()._require_shapes(y, p)
        _require_one_position_a_class(self, p)

    def _value(self, p, q):
        high, low = _surplus(p, q)
        value = (np.abs(high + low) * _gaps(self.positions, p)).sum(axis=1)
        return value.astype(p.dtype, copy=False)

    def _grad(self, p, q):
        high, low = _surplus(p, q)
        return _sum_from_behind(np.sign(high + low) * _gaps(self.positions, p), 0.0, p.dtype)

    @staticmethod
    def _formula(sp, p, q, positions):
        return sum(gap * sp.Abs(c) for gap, c in _gaps_and_surplus(sp, p, q, positions))

    def _facts(self):
        return {
            "estimates": "the truth itself; of labels, the median class",
            "range": (0.0, _width(self.positions)),
            "convex": True,
            "lipschitz": _width(self.positions),
            "smoothness": np.inf,
            "proper": False,
            "calibrated": False,
            "aliases": ("earth mover's distance", "Wasserstein-1", "Kantorovich distance"),
            "choose": "classes have an order or a place, and near misses are nearly right",
            "avoid": "the truths are labels and the probabilities matter: take Cramer",
            "chapter": "losses/divergences",
        }


@dataclass(frozen=True)
class Cramer(Divergence):
    r"""Squared Cramér distance: squared differences of the cumulative sums.

    .. math:: \ell(p, q) = \sum_{k<K} (x_{k+1} - x_k)\, C_k^2, \qquad
              C_k = \sum_{j \le k} (q_j - p_j), \qquad
              g_j = 2 \sum_{j \le k < K} (x_{k+1} - x_k)\, C_k

    Like `Wasserstein1D` it knows the order of the classes, but its slope shrinks
    towards the minimum.  Where the truths are labels, the best forecast is the share of each class.

    Parameters
    ----------
    positions : sequence of float, optional
        Where the K classes lie, increasing; at equal distances from 0 to 1 if not given.

    Raises
    ------
    ValueError
        If `positions` do not increase or are not one for each class, or a row has a negative entry
        or does not sum to 1.

    Notes
    -----
    Twice this is the squared energy distance, whose root is ``scipy.stats.energy_distance``.
    Without `positions` it is `RankedProbability`, which takes labels too.

    Examples
    --------
    >>> Cramer().pointwise([[1.0, 0.0, 0.0]], [[0.0, 0.5, 0.5]]).tolist()
    [0.625]
    >>> Cramer((0, 1, 2)).pointwise_grad([[1.0, 0.0, 0.0]], [[0.0, 0.5, 0.5]]).tolist()
    [[-3.0, -1.0, 0.0]]
    """

    slope_norm: ClassVar[float] = np.inf
    positions: tuple[float, ...] | None = None
    latex: ClassVar[str] = r"\sum_k (x_{k+1} - x_k) \left(\sum_{j \le k} q_j - p_j\right)^2"

    __post_init__ = Wasserstein1D.__post_init__

    def _require_shapes(self, y, p):
        super()._require_shapes(y, p)
        _require_one_position_a_class(self, p)

    def _value(self, p, q):
        high, low = _surplus(p, q)
        value = ((high + low) ** 2 * _gaps(self.positions, p)).sum(axis=1)
        return value.astype(p.dtype, copy=False)

    def _grad(self, p, q):
        (high, low), gaps = _surplus(p, q), 2 * _gaps(self.positions, p)
        product, lost = two_product(gaps, high)
        return _sum_from_behind(product, lost + gaps * low, p.dtype)

    @staticmethod
    def _formula(sp, p, q, positions):
        return sum(gap * c**2 for gap, c in _gaps_and_surplus(sp, p, q, positions))

    def _facts(self):
        return {
            "estimates": "the truth itself, the mean of the truths over several samples",
            "range": (0.0, _width(self.positions)),
            "convex": True,
            "lipschitz": 2 * _width(self.positions),
            "proper": True,
            "calibrated": True,
            "aliases": ("half the squared energy distance",),
            "choose": "classes have an order, and the truths are labels or noisy",
            "avoid": "distances must add up along the line, as costs of transport do: "
            "take Wasserstein1D",
            "chapter": "losses/divergences",
        }


def _fix_positions(loss):
    if loss.positions is not None:
        needs = "two or more finite numbers that increase, such as (0, 1, 2)"
        loss._require_each("positions", float, needs)
        loss._require(
            "positions",
            lambda xs: len(xs) > 1 and np.isfinite(xs).all() and np.diff(xs).min() > 0,
            needs,
        )


def _require_one_position_a_class(loss, p):
    if loss.positions is not None and len(loss.positions) != p.shape[1]:
        raise ValueError(
            f"positions has {len(loss.positions)} entries but y_pred has {p.shape[1]} columns: "
            "give one position a class"
        )


def _gaps(positions, p):
    """Return the distances of neighbouring classes."""
    gaps = max(p.shape[1] - 1, 1)
    return np.full(p.shape[1] - 1, 1 / gaps) if positions is None else np.diff(positions)


def _surplus(p, q):
    """Return what q has more than p up to each class but the last, in two parts."""
    terms = np.stack([q, -p], axis=-1).reshape(len(p), -1).astype(np.float64, copy=False)
    high, low = running_sum(terms)
    return high[:, 1:-1:2], low[:, 1:-1:2]


def _sum_from_behind(high, low, dtype):
    """Return for each class the sum over the gaps behind it; behind the last there are none."""
    high, low = running_sum(high[:, ::-1], np.broadcast_to(low, high.shape)[:, ::-1])
    sums = np.zeros((len(high), high.shape[1] + 1), dtype)
    sums[:, :-1] = (high + low)[:, ::-1]
    return sums


def _width(positions):
    return 1.0 if positions is None else positions[-1] - positions[0]


def _gaps_and_surplus(sp, p, q, positions):
    """Return pairs of gap and surplus as SymPy expressions."""
    if positions is None:
        gaps = [sp.Rational(1, len(p) - 1)] * (len(p) - 1)
    else:
        gaps = [sp.Rational(x) for x in np.diff(positions)]
    return [(gap, sum(q[: k + 1]) - sum(p[: k + 1])) for k, gap in enumerate(gaps)]
