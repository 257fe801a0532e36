"""Rényi's divergences: a family by one exponent, with Kullback and Leibler's in its middle."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..numerics import log_ratio, relative_entropy
from ..numerics.compensated import running_sum
from .divergences import Divergence, over_prediction

__all__ = ["Renyi"]


@dataclass(frozen=True)
class Renyi(Divergence):
    r"""Rényi divergence of order α: a family with the Kullback–Leibler divergence at order 1.

    .. math:: \ell(p, q) = \frac{1}{\alpha - 1} \log \sum_k p_k^\alpha q_k^{1-\alpha}

    As α → 0 it is minus the logarithm of what q gives to the classes that p can do, as α → ∞ the
    logarithm of the largest p/q.  It never falls as α grows.  As α → 1 it is `KLDivergence`; at
    2 it is log(1 + χ²), of `ChiSquared`; at ½ it is −2 log of the Bhattacharyya coefficient, and
    symmetric.  Of a label it is :math:`-\log q_y` at every order.

    Parameters
    ----------
    alpha : float
        The order, from 0.01 to 10 and not 1.

    Raises
    ------
    ValueError
        If `alpha` is 1 or out of its range, or a row has a negative entry or does not sum to 1.

    Notes
    -----
    The sum is divided by :math:`\sum_k \alpha p_k + (1-\alpha) q_k`, which is 1 but for the
    rounding of the rows.  So the loss is never negative, and the gradient is

    .. math:: g_k = \frac{1}{\sum_j \alpha p_j + (1-\alpha) q_j}
                    - \frac{(p_k/q_k)^\alpha}{\sum_j p_j^\alpha q_j^{1-\alpha}}

    References
    ----------
    van Erven and Harremoës (2014), *Rényi Divergence and Kullback-Leibler Divergence*,
    arXiv:1206.2459.

    Examples
    --------
    >>> Renyi(2.0).pointwise([[0.5, 0.5]], [[0.25, 0.75]]).round(4).tolist()
    [0.2877]
    >>> Renyi(2.0).pointwise_grad([[0.5, 0.5]], [[0.25, 0.75]]).round(4).tolist()
    [[-2.0, 0.6667]]
    """

    alpha: float = 0.5
    latex: ClassVar[str] = r"\frac{1}{\alpha - 1} \log \sum_k p_k^\alpha q_k^{1 - \alpha}"

    def __post_init__(self):
        self._require(
            "alpha",
            lambda a: 0.01 <= a <= 10 and a != 1,
            "from 0.01 to 10 and not 1, where it is KLDivergence",
        )

    def _value(self, p, q):
        excess, sums, scale, total, _ = self._parts(p, q)
        with np.errstate(divide="ignore"):
            logs = np.log(sums / total) + (self.alpha - 1) * np.log(scale)
        relative = np.maximum(excess / total, -0.9)  # where it is less, the logarithm is taken
        return np.where(np.abs(relative) <= 0.5, np.log1p(relative), logs) / (self.alpha - 1)

    def _grad(self, p, q):
        excess, sums, scale, total, ratio = self._parts(p, q)
        excess, sums, scale, total = (part[:, None] for part in (excess, sums, scale, total))
        logs = self.alpha * log_ratio(p, q)
        near = (np.abs(logs) <= 1) & (np.abs(excess) <= 0.5)
        slope = excess / total - np.expm1(np.where(near, logs, 0))
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            times = np.where(p > 0, scale * np.power(ratio / scale, self.alpha) / sums, 0)
            slope = np.where(near, slope / (total + excess), 1 / total - times)
        # Where q is 0 < p the loss is infinite, and only that q can mend it.
        slope = np.where(np.isnan(slope), 1 / total, slope)
        return np.where(np.isinf(ratio), -np.inf, slope)

    def _parts(self, p, q):
        """Return what the powers sum to above Σ αp + βq, their sum and scale, that, and p/q."""
        a, b = self.alpha, 1 - self.alpha
        ratio = over_prediction(p, p, q, 0)
        highest = ratio.max(axis=1)
        large = (highest > np.finfo(p.dtype).max ** (0.1 / max(a, 1))) & (highest < np.inf)
        scale = np.where(large, highest, 1)
        if a < 1:
            terms = np.power(p, a) * np.power(q, b)
            scale = np.ones_like(scale)
        else:
            terms = p * np.power(ratio / scale[:, None], -b)
        with np.errstate(over="ignore", invalid="ignore"):
            apart = terms * np.power(scale, -b)[:, None] - (a * p + b * q)
        power, limit = (min(a, b), 0.75) if a < 1 else (b, 3.0)
        near = np.abs(power * log_ratio(q, p)) <= limit
        excess = np.where(near, self._near_excess(p, np.where(near, q, p)), apart).sum(axis=1)
        return excess, terms.sum(axis=1), scale, _weighted_total(p, q, b), ratio

    def _near_excess(self, p, q):
        """Return p^α q^(1−α) − α p − (1−α) q by parts that do not cancel."""
        b = 1 - self.alpha
        if b > 0.5:
            p, q, b = q, p, self.alpha
        return p * _rest_of_exponential(b * log_ratio(q, p)) - b * relative_entropy(p, q)

    @staticmethod
    def _formula(sp, p, q, alpha):
        powers = sum(a**alpha * b ** (1 - alpha) for a, b in zip(p, q, strict=True))
        return sp.log(powers / (alpha * sum(p) + (1 - alpha) * sum(q))) / (alpha - 1)

    def _facts(self):
        return {
            "estimates": "the truth itself",
            "convex": True,
            "proper": True,
            "calibrated": True,
            "aliases": ("Rényi α-divergence",),
            "choose": "you want to set how much q's worst class counts, or a bound on all events",
            "avoid": "you have no reason for another order than 1: take KLDivergence",
            "chapter": "losses/divergences",
        }


def _weighted_total(p, q, b):
    """Return Σ p + b Σ (q − p), rounded once."""
    high, low = running_sum(p)
    gaps = sum(part[:, -1] for part in running_sum(np.concatenate([q, -p], axis=1)))
    return high[:, -1] + (low[:, -1] + b * gaps)


def _rest_of_exponential(x):
    """Return exp(x) − 1 − x, near 0 by its series x²/2 (1 + x/3 (1 + x/4 (1 + …)))."""
    near = np.abs(x) <= 1
    small = np.where(near, x, 0)
    total = np.ones_like(small)
    for k in range(18, 2, -1):
        total = 1 + total * small / k
    with np.errstate(over="ignore", invalid="ignore"):
        return np.where(near, small * small / 2 * total, np.expm1(x) - x)
