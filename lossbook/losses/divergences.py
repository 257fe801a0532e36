"""Divergences: how far one row of probabilities is from another, by their ratios."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..numerics import log_ratio, relative_entropy, xlogy
from .domains import DISTRIBUTION, Domain
from .kinds import RowLoss

__all__ = ["Divergence", "JensenShannon", "KLDivergence", "ReverseKL"]


class Divergence(RowLoss):
    r"""A loss of two rows of probabilities p and q that is 0 where they are equal.

    Subclasses that are a sum over the classes define ``_terms(p, q)`` and ``_slopes(p, q)``.

    The gradient takes the entries of q as free variables, so only its differences within a
    row mean anything: added to every entry, a constant changes nothing, as the entries of q
    can only grow at each other's expense.  A softmax takes it out of the gradient by the scores:
    :math:`\partial\ell/\partial z_k = q_k (g_k - \sum_j q_j g_j)`.
    """

    truth: ClassVar[Domain] = DISTRIBUTION
    prediction: ClassVar[Domain] = DISTRIBUTION
    arguments: ClassVar[tuple[str, ...]] = ("p", "q")

    def _example(self, rng, n):
        """Draw truths, many of them almost certain, and predictions near and far from them."""
        p, other = DISTRIBUTION.sample(rng, n), DISTRIBUTION.sample(rng, n)
        nearness = rng.uniform(0, 0.9, (n, 1))
        q = nearness * p + (1 - nearness) * other + 0.05
        p = np.maximum(p ** rng.choice([1, 1, 100], (n, 1)), 1e-30)
        return p / p.sum(axis=1, keepdims=True), q / q.sum(axis=1, keepdims=True)

    def _terms(self, p, q):
        raise NotImplementedError(f"{type(self).__name__} does not define _terms")

    def _slopes(self, p, q):
        raise NotImplementedError(f"{type(self).__name__} does not define _slopes")

    def _value(self, p, q):
        return self._terms(p, q).sum(axis=1)

    def _grad(self, p, q):
        return self._slopes(p, q)


def over_prediction(numerator, p, q, at_zero):
    """Return numerator / q, and where p and q are both 0 the limit `at_zero` as q falls to 0."""
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        slopes = numerator / q
    if (q == 0).any():
        slopes = np.where((p == 0) & (q == 0), at_zero, slopes)
    return slopes


@dataclass(frozen=True)
class KLDivergence(Divergence):
    r"""Kullback–Leibler divergence: what it costs to believe q where p is true.

    .. math:: \ell(p, q) = \sum_k p_k \log\frac{p_k}{q_k}
              = \sum_k \Bigl(p_k \log\frac{p_k}{q_k} - p_k + q_k\Bigr), \qquad
              g_k = 1 - \frac{p_k}{q_k}

    It is the cross-entropy less the entropy of the truth, so it has the same minimum, but
    there it is 0.  It spreads: q has to cover all that p can do, and a class that happens although
    q had excluded it costs infinitely much.

    Raises
    ------
    ValueError
        If a row has a negative entry or does not sum to 1.

    Notes
    -----
    Both sums are equal where the rows sum to 1.  The second is computed, because none of its
    terms is negative: near p = q those of the first cancel, down to rounding errors that
    may be negative.  For the same reason the gradient, which takes each :math:`q_k` as free, is
    :math:`1 - p_k/q_k` and 0 at p = q; that of the first sum is :math:`-p_k/q_k`.  They differ
    by the same 1 in every entry, which a softmax takes out: by its scores both are q − p.

    A term of the second sum with :math:`p_k = 0` is :math:`q_k` (of the first it would be 0), and
    one with :math:`q_k = 0 < p_k` is infinite, by definition.  PyTorch's ``KLDivLoss`` takes log q
    in the place of q, q before p, and by default averages over all entries instead of rows; the
    term is that of ``scipy.special.kl_div``, and of ``rel_entr`` for the first sum.

    References
    ----------
    Kullback and Leibler (1951), *On Information and Sufficiency*, The Annals of Mathematical
    Statistics 22(1):79–86.

    Examples
    --------
    >>> kl = KLDivergence()
    >>> kl.pointwise([[0.5, 0.5], [1.0, 0.0]], [[0.5, 0.5], [0.5, 0.5]]).round(4).tolist()
    [0.0, 0.6931]
    >>> kl.pointwise_grad([[1.0, 0.0]], [[0.5, 0.5]]).tolist()
    [[-1.0, 1.0]]
    """

    latex: ClassVar[str] = r"\sum_k p_k \log\frac{p_k}{q_k} - p_k + q_k"

    def _terms(self, p, q):
        return relative_entropy(p, q)

    def _slopes(self, p, q):
        return over_prediction(q - p, p, q, 1)

    @staticmethod
    def _formula(sp, p, q):
        return sum(_kl_term(sp, a, b) for a, b in zip(p, q, strict=True))

    def _facts(self):
        return {
            "estimates": "the truth itself, the mean of the truths over several samples",
            "convex": True,
            "proper": True,
            "calibrated": True,
            "aliases": ("relative entropy", "information gain", "forward KL"),
            "choose": "the truth is a row of probabilities, and q must cover all of it",
            "avoid": "q may be 0 where p is not: it is infinite; take JensenShannon, or from "
            "logits SoftmaxCrossEntropy",
            "chapter": "losses/divergences",
        }


def _kl_term(sp, a, b):
    """Return a log(a/b) − a + b, with 0 log 0 = 0."""
    return sp.Piecewise((b, sp.Eq(a, 0)), (a * sp.log(a / b) - a + b, True))


@dataclass(frozen=True)
class ReverseKL(Divergence):
    r"""Kullback–Leibler divergence with its arguments exchanged: what q does that p does not.

    .. math:: \ell(p, q) = \sum_k q_k \log\frac{q_k}{p_k}
              = \sum_k \Bigl(q_k \log\frac{q_k}{p_k} - q_k + p_k\Bigr), \qquad
              g_k = \log\frac{q_k}{p_k}

    The expectation is by q, so q may leave out what p can do, but must not do
    what p excludes: where one q cannot be all of p, it settles on a mode of it, while
    `KLDivergence` spreads over all of them.  Variational inference minimises it.

    Raises
    ------
    ValueError
        If a row has a negative entry or does not sum to 1.

    Notes
    -----
    The second sum is computed, as for `KLDivergence`; the gradient of the first is
    :math:`\log(q_k/p_k) + 1`.  A class with :math:`p_k = 0 < q_k` costs infinitely much, so the
    truth must not be a label; one that neither can do, :math:`p_k = q_k = 0`, costs nothing and
    its entry of the gradient is 0.

    Examples
    --------
    >>> ReverseKL().pointwise([[0.5, 0.5], [0.5, 0.5]], [[0.5, 0.5], [1.0, 0.0]]).round(4).tolist()
    [0.0, 0.6931]
    >>> ReverseKL().pointwise_grad([[0.5, 0.5]], [[0.25, 0.75]]).round(4).tolist()
    [[-0.6931, 0.4055]]
    """

    latex: ClassVar[str] = r"\sum_k q_k \log\frac{q_k}{p_k} - q_k + p_k"

    def _terms(self, p, q):
        return relative_entropy(q, p)

    def _slopes(self, p, q):
        return log_ratio(q, p)

    @staticmethod
    def _formula(sp, p, q):
        return sum(_kl_term(sp, b, a) for a, b in zip(p, q, strict=True))

    def _facts(self):
        return {
            "estimates": "the truth itself; of several truths the geometric mean, made to sum to 1",
            "convex": True,
            "aliases": ("exclusive KL", "information projection"),
            "choose": "q cannot be all of p, and one mode of it is better than a blur of all",
            "avoid": "the truths are labels or have zeros: it is infinite; take KLDivergence",
            "chapter": "losses/divergences",
        }


@dataclass(frozen=True)
class JensenShannon(Divergence):
    r"""Jensen–Shannon divergence: how far both rows are from their average, never infinite.

    .. math:: \ell(p, q) = \tfrac12 \sum_k \Bigl(p_k \log\frac{p_k}{m_k}
              + q_k \log\frac{q_k}{m_k}\Bigr), \quad m = \tfrac12 (p + q), \qquad
              g_k = \tfrac12 \log\frac{q_k}{m_k}

    The average has a share of both, so no ratio exceeds 2: it is symmetric, at most
    log 2, and its square root is a metric.  It is the information in one draw about
    which of the two rows, chosen by a fair coin, it came from.

    Raises
    ------
    ValueError
        If a row has a negative entry or does not sum to 1.

    Notes
    -----
    ``scipy.spatial.distance.jensenshannon`` is the square root of it.

    References
    ----------
    Lin (1991), *Divergence measures based on the Shannon entropy*, IEEE Transactions on
    Information Theory 37:145–151.

    Examples
    --------
    >>> JensenShannon().pointwise([[1.0, 0.0], [1.0, 0.0]], [[1.0, 0.0], [0.0, 1.0]]).round(4)
    array([0.    , 0.6931])
    >>> JensenShannon().pointwise_grad([[1.0, 0.0]], [[0.5, 0.5]]).round(4).tolist()
    [[-0.2027, 0.3466]]
    """

    latex: ClassVar[str] = (
        r"\frac{1}{2} \sum_k p_k \log\frac{2 p_k}{p_k + q_k} + q_k \log\frac{2 q_k}{p_k + q_k}"
    )

    def _terms(self, p, q):
        t = _relative_gap(p, q)
        near = np.abs(t) <= 0.5
        close = (q - p) * t * _series_of_both_logs(np.where(near, t, 0))
        if near.all():
            return close / 4
        apart = xlogy(p, _share(p, p + q)) + xlogy(q, _share(q, p + q))
        return np.where(near, close / 4, apart / 2)

    def _slopes(self, p, q):
        t, share = _relative_gap(p, q), _share(q, p + q)
        with np.errstate(divide="ignore"):
            slope = np.where(t < -0.5, np.log(share), np.log1p(np.maximum(t, -0.5))) / 2
        return np.where(p + q == 0, slope.dtype.type(np.log(2) / 2), slope)

    @staticmethod
    def _formula(sp, p, q):
        middle = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
        parts = [(a, m) for row in (p, q) for a, m in zip(row, middle, strict=True)]
        return sum(_kl_term(sp, a, m) for a, m in parts) / 2

    def _facts(self):
        return {
            "estimates": "the truth itself",
            "range": (0.0, float(np.log(2))),
            "convex": True,
            "proper": False,
            "calibrated": True,
            "aliases": ("information radius", "symmetrised KL to the average"),
            "choose": "either row may have zeros that the other has not",
            "avoid": "the truths are labels and the probabilities matter: a mean over labels is "
            "not least at their shares",
            "chapter": "losses/divergences",
        }


def _relative_gap(p, q):
    """Return (q − p)/(q + p), 0 where both are 0."""
    gap = q - p
    return np.divide(gap, q + p, out=np.zeros_like(gap), where=gap != 0)


def _share(a, total):
    """Return 2 a / total, 0 where both are 0."""
    return np.divide(2 * a, total, out=np.zeros_like(a), where=a > 0)


def _series_of_both_logs(t):
    """Return ((1+t) log(1+t) + (1−t) log(1−t))/t² = 1 + t²/6 + t⁴/15 + … for |t| ≤ ½."""
    square = t * t
    total = np.full_like(square, 1 / (25 * 49))
    for k in range(24, 0, -1):
        total *= square
        total += 1 / (k * (2 * k - 1))
    return total
