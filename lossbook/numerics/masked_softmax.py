"""Cross-entropies of rows of logits of which only some entries take part: exact, and in SymPy."""

import numpy as np

from .compensated import exp_of_sum, two_sum

__all__ = ["cross_entropies", "cross_entropy_formula"]


def cross_entropies(logits, target, allowed):
    r"""Return the cross-entropy of each row and its gradient by the logits.

    .. math:: \ell = -\sum_k t_k \log\frac{e^{z_k}}{\sum_{j\ \text{allowed}} e^{z_j}}

    Logits are measured from the largest of their row, and what rounding takes from the gap is
    given back to its exponential.  Sums over "all but one" leave that one out rather than
    subtract it, so that a probability near 1 keeps the digits of what is missing.

    Parameters
    ----------
    logits : tuple of ndarray of float64, shape (..., K)
        High and low part.
    target : ndarray, shape (..., K)
        Rows with sum 1, and 0 where not allowed; a row of zeros counts for nothing.
    allowed : ndarray of bool, shape (..., K)
        Which logits take part.

    Returns
    -------
    ndarray, shape (...), and ndarray, shape (..., K)

    Examples
    --------
    >>> z = np.array([[1e4, 0.0, 0.0]])
    >>> value, grad = cross_entropies((z, 0 * z), np.eye(3)[[1]], np.array([[True, True, False]]))
    >>> value.tolist(), grad.tolist()
    ([10000.0], [[1.0, -1.0, 0.0]])
    """
    high, low = logits
    top = np.where(allowed, high, -np.inf).argmax(axis=-1)[..., None]
    gap, lost = two_sum(high, -np.take_along_axis(high, top, axis=-1))
    lost = np.where(allowed, lost + (low - np.take_along_axis(low, top, axis=-1)), 0)
    gap = np.where(allowed, gap, 0)
    e = np.where(allowed, exp_of_sum(gap, lost), 0)
    np.put_along_axis(e, top, 0, axis=-1)
    others = e.sum(axis=-1, keepdims=True)
    kept = target.any(axis=-1)
    value = kept * (np.log1p(others[..., 0]) - (target * (gap + lost)).sum(axis=-1))
    rest = 1 + others - e  # e is at most 1, so this does not cancel …
    np.put_along_axis(rest, top, others, axis=-1)  # … but here it would
    np.put_along_axis(e, top, 1, axis=-1)
    pull = (e * (1 - target) - target * rest) / (1 + others)
    return value, kept[..., None] * pull


def cross_entropy_formula(sp, y, logit, allowed):
    """Return in SymPy the mean cross-entropy of rows whose targets are the entries of equal `y`."""
    rows, total = range(len(y)), 0
    for i in rows:
        others = [j for j in rows if allowed(i, j)]
        spread = sp.log(sum(sp.exp(logit(i, j)) for j in others))
        match = {j: sp.Piecewise((1, sp.Eq(y[i], y[j])), (0, True)) for j in others}
        count = sum(match.values())
        mean = sum(match[j] * (spread - logit(i, j)) for j in others) / count
        total += sp.Piecewise((mean, count > 0), (0, True))
    return total / len(y)
