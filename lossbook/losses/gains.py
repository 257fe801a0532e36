"""What a ranked list is worth: gains of what stands in it, discounted by its place."""

from dataclasses import replace

import numpy as np

from .domains import Domain
from .inputs import as_floats, require_finite
from .layouts import require_layout
from .settings import is_whole

__all__ = ["ndcg"]


def _grades(rng, size):
    """Draw grades 0 to 3, of which each row has one that is not 0 at least."""
    y = rng.integers(0, 4, size).astype(float)
    y[..., 0] += y.max(axis=-1) == 0
    return y


RELEVANCE = Domain(
    "a relevance of 0 or more",
    "grades start at 0; shift them, or drop items that were not judged",
    lambda a: a >= 0,
    _grades,
)


GRADE = replace(
    RELEVANCE,
    name="a relevance from 0 to 1000, the exponent of a gain 2^y − 1",
    cure="grades start at 0; rescale large ones to such as 0 … 4, drop items that were not judged",
    inside=lambda a: (a >= 0) & (a <= 1000),
    interval=(0.0, 1000.0),
)


def is_places(k):
    """Tell whether `k` is a number of places at the top, None for all."""
    return k is None or (is_whole(k) and k >= 1)


def gains(y):
    """Return the gain 2^y − 1 of each relevance: a grade more counts about double."""
    return np.exp2(y) - 1


def ranks(scores):
    """Return the place of each item, 1 for the highest score; ties in the order of the columns."""
    order = np.argsort(-scores, axis=-1, kind="stable")
    return np.argsort(order, axis=-1, kind="stable") + 1


def _discounts(places, k):
    return np.where(places <= (np.inf if k is None else k), 1 / np.log2(1 + places), 0)


def discount_lost(upper, lower, k=None):
    """Return discount at place `upper` minus that at `lower`, in absolute value.

    The difference of two discounts far down is that of nearly equal numbers, so it is computed
    from the ratio of the places.
    """
    first, last = np.minimum(upper, lower), np.maximum(upper, lower)
    both = np.log(2) * np.log1p((last - first) / (1 + first)) / np.log(1 + first) / np.log(1 + last)
    return both if k is None else np.where(last <= k, both, _discounts(first, k))


def ideal_gain(y, k=None):
    """Return the discounted gain of each row in its best order."""
    best = -np.sort(-y, axis=-1)
    return (gains(best) * _discounts(np.arange(1, y.shape[-1] + 1), k)).sum(axis=-1)


def ndcg(y_true, y_pred, k=None):
    r"""Return the normalised discounted cumulative gain of each list: 1 for the best order.

    .. math:: \text{NDCG} = \frac{1}{\text{IDCG}} \sum_i \frac{2^{y_i} - 1}{\log_2(1 + \rho_i)}

    where :math:`\rho_i` is the place of item i, 1 for the highest score, and IDCG the same sum in
    the best order.

    Parameters
    ----------
    y_true : array_like, shape (n, K)
        Relevance of each item, 0 or more.
    y_pred : array_like, shape (n, K)
        Scores.
    k : int, optional
        Only the first k places count.

    Returns
    -------
    ndarray, shape (n,)
        From 0 to 1; a list without any relevant item is worth 0.

    Raises
    ------
    ValueError
        If the shapes differ, `k` is not 1 or more, a relevance is outside 0 … 1000, or a value
        NaN or infinite.

    Notes
    -----
    Items of equal score get the mean of the discounts of their places: what a random order
    among them is worth on average, so that a constant score is not flattered by the order of
    the columns.  ``sklearn.metrics.ndcg_score`` does so too, but takes the relevance itself as
    the gain: hand it :math:`2^y - 1`.

    References
    ----------
    Järvelin and Kekäläinen (2002), *Cumulated gain-based evaluation of IR techniques*, ACM
    Transactions on Information Systems 20(4):422–446.  Ties: McSherry and Najork (2008),
    *Computing information retrieval performance measures efficiently in the presence of tied
    scores*, ECIR.

    Examples
    --------
    >>> ndcg([[2, 0, 1], [2, 0, 1]], [[3.0, 1.0, 2.0], [1.0, 2.0, 3.0]]).round(4).tolist()
    [1.0, 0.6885]
    """
    if not is_places(k):
        raise ValueError(f"k must be a number of places, 1 or more, or None, got {k!r}")
    y = as_floats(y_true, "y_true").astype(np.float64)
    s = as_floats(y_pred, "y_pred").astype(np.float64)
    require_layout(y, s, ("n K", "n K"), "ndcg")
    require_finite(y, "y_true")
    require_finite(s, "y_pred")
    GRADE.require(y, "y_true", "ndcg")
    best = ideal_gain(y, k)
    found = (gains(y) * _mean_discounts(s, k)).sum(axis=-1)
    return np.where(best > 0, found / np.where(best > 0, best, 1), 0)


def _mean_discounts(s, k):
    """Return the mean discount of the places that each item shares with those of its score."""
    above = (s[:, None, :] > s[:, :, None]).sum(axis=-1)
    alike = (s[:, None, :] == s[:, :, None]).sum(axis=-1)
    running = np.append(0, np.cumsum(_discounts(np.arange(1, s.shape[1] + 1), k)))
    return (running[above + alike] - running[above]) / alike
