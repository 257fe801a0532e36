"""More divergences of probabilities: by square roots, by differences, by squares."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from .divergences import Divergence, over_prediction

__all__ = ["ChiSquared", "Hellinger", "TotalVariation"]


@dataclass(frozen=True)
class Hellinger(Divergence):
    r"""Squared Hellinger distance, with the factor ½ that makes 1 its largest value.

    .. math:: \ell(p, q) = \tfrac12 \sum_k (\sqrt{p_k} - \sqrt{q_k})^2 = 1 - \sum_k \sqrt{p_k q_k},
              \qquad g_k = \tfrac12 \Bigl(1 - \sqrt{p_k/q_k}\Bigr)

    Half the squared Euclidean distance of the square roots: symmetric, never infinite, and 1
    where the rows have no class in common.  Its own root is a metric.

    Raises
    ------
    ValueError
        If a row has a negative entry or does not sum to 1.

    Notes
    -----
    Some leave out the ½, and the *Hellinger distance* is the root, with it or without: look which
    of the four is meant.  The sum in the middle is computed, as a distance; the one on the
    right, with the Bhattacharyya coefficient :math:`\sum_k \sqrt{p_k q_k}`, cancels near p = q.

    Examples
    --------
    >>> Hellinger().pointwise([[1.0, 0.0], [0.5, 0.5]], [[0.25, 0.75], [0.5, 0.5]]).tolist()
    [0.5, 0.0]
    >>> Hellinger().pointwise_grad([[1.0, 0.0]], [[0.25, 0.75]]).round(4).tolist()
    [[-0.5, 0.5]]
    """

    latex: ClassVar[str] = r"\frac{1}{2} \sum_k \left(\sqrt{p_k} - \sqrt{q_k}\right)^2"

    def _terms(self, p, q):
        return 0.5 * _gap_of_roots(p, q) ** 2

    def _slopes(self, p, q):
        root = np.sqrt(q)
        return 0.5 * over_prediction(_gap_of_roots(p, q), p, root, 1)

    @staticmethod
    def _formula(sp, p, q):
        return sum((sp.sqrt(a) - sp.sqrt(b)) ** 2 for a, b in zip(p, q, strict=True)) / 2

    def _facts(self):
        return {
            "estimates": "the truth itself",
            "range": (0.0, 1.0),
            "convex": True,
            "proper": False,
            "calibrated": True,
            "aliases": ("squared Hellinger distance", "1 − Bhattacharyya coefficient"),
            "choose": "a bounded distance that treats rare classes gently",
            "avoid": "the truths are labels and the probabilities matter: the best forecast is "
            "their shares squared, made to sum to 1",
            "chapter": "losses/divergences",
        }


def _gap_of_roots(p, q):
    """Return √q − √p as (q − p)/(√q + √p), which does not cancel."""
    gap = q - p
    return np.divide(gap, np.sqrt(q) + np.sqrt(p), out=np.zeros_like(gap), where=gap != 0)


@dataclass(frozen=True)
class TotalVariation(Divergence):
    r"""Total variation distance: the largest difference of p and q about any event.

    .. math:: \ell(p, q) = \tfrac12 \sum_k |p_k - q_k| = \max_A |p(A) - q(A)|, \qquad
              g_k = \tfrac12 \operatorname{sign}(q_k - p_k)

    It is the share of probability that has to be moved to make one row the other.  Whoever guesses
    from one draw which of the two rows, chosen by a fair coin, it came from is wrong at least with
    probability :math:`\tfrac12 (1 - \ell)`.

    Raises
    ------
    ValueError
        If a row has a negative entry or does not sum to 1.

    Notes
    -----
    Where :math:`p_k = q_k`, at a kink, that entry of the gradient is 0.  The gradient does not
    say how far p and q are apart, so steps of constant length do not settle.

    Examples
    --------
    >>> TotalVariation().pointwise([[1.0, 0.0]], [[0.25, 0.75]]).tolist()
    [0.75]
    >>> TotalVariation().pointwise_grad([[1.0, 0.0]], [[0.25, 0.75]]).tolist()
    [[-0.5, 0.5]]
    """

    slope_norm: ClassVar[float] = np.inf
    latex: ClassVar[str] = r"\frac{1}{2} \sum_k \left|p_k - q_k\right|"

    def _terms(self, p, q):
        return 0.5 * np.abs(p - q)

    def _slopes(self, p, q):
        return 0.5 * np.sign(q - p)

    @staticmethod
    def _formula(sp, p, q):
        return sum(sp.Abs(b - a) for a, b in zip(p, q, strict=True)) / 2

    def _facts(self):
        return {
            "estimates": "the truth itself; of labels, the most frequent class",
            "range": (0.0, 1.0),
            "convex": True,
            "lipschitz": 0.5,
            "smoothness": np.inf,
            "proper": False,
            "calibrated": True,
            "aliases": ("half the L1 distance", "statistical distance"),
            "choose": "what matters is by how much the chance of an event can be wrong",
            "avoid": "gradients have to shrink near the minimum: take Hellinger",
            "chapter": "losses/divergences",
        }


@dataclass(frozen=True)
class ChiSquared(Divergence):
    r"""Pearson's χ² divergence: squared differences, relative to what was predicted.

    .. math:: \ell(p, q) = \sum_k \frac{(p_k - q_k)^2}{q_k} = \sum_k \frac{p_k^2}{q_k} - 1, \qquad
              g_k = 1 - \frac{p_k^2}{q_k^2}

    With p the observed and q the expected shares, n times it is Pearson's statistic of n
    observations.  It is the variance under q of the ratio p/q, so it hates a q that is
    small where p is not: more than `KLDivergence`, which is at most log(1 + ℓ).

    Raises
    ------
    ValueError
        If a row has a negative entry or does not sum to 1.

    Notes
    -----
    Neyman's variant divides by p; it is this one with its arguments exchanged.  The first
    sum is computed; a term with :math:`q_k = 0 < p_k` is infinite.

    Examples
    --------
    >>> ChiSquared().pointwise([[1.0, 0.0]], [[0.25, 0.75]]).tolist()
    [3.0]
    >>> ChiSquared().pointwise_grad([[1.0, 0.0]], [[0.25, 0.75]]).tolist()
    [[-15.0, 1.0]]
    """

    latex: ClassVar[str] = r"\sum_k \frac{\left(p_k - q_k\right)^2}{q_k}"

    def _terms(self, p, q):
        gap = q - p
        return gap * over_prediction(gap, p, q, 0)

    def _slopes(self, p, q):
        ratio = over_prediction(p, p, q, 0)
        with np.errstate(over="ignore"):
            return over_prediction(q - p, p, q, 1) * (1 + ratio)

    @staticmethod
    def _formula(sp, p, q):
        return sum((a - b) ** 2 / b for a, b in zip(p, q, strict=True))

    def _facts(self):
        return {
            "estimates": "the truth itself; of several truths, the root of the mean square, made "
            "to sum to 1",
            "convex": True,
            "proper": False,
            "calibrated": True,
            "aliases": ("Pearson divergence",),
            "choose": "shares are compared with expected ones, as in a test of fit",
            "avoid": "some predictions are near 0: they dominate everything",
            "chapter": "losses/divergences",
        }
