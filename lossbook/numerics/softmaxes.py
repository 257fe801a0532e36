"""Softmax, its logarithm, and the exponentials of rows of logits."""

import numpy as np

from .arrays import floating

__all__ = ["log_softmax", "logsumexp", "row_exponentials", "row_sums", "softmax"]


def logsumexp(z, axis=-1):
    r"""Logarithm of a sum of exponentials.

    .. math:: \log\sum_k e^{z_k} = m + \log\sum_k e^{z_k - m}, \qquad m = \max_k z_k

    The largest term of the shifted sum is exactly 1, so it goes into ``log1p``
    and a small remainder is not lost.

    Parameters
    ----------
    z : array_like, shape (..., K)
        Logits.
    axis : int, default -1
        The axis summed over.

    Returns
    -------
    ndarray
        `z` without `axis`.

    Examples
    --------
    >>> float(logsumexp(np.array([1000.0, 1000.0])).round(6))
    1000.693147
    """
    z = np.moveaxis(floating(z), axis, -1)
    top = z.argmax(axis=-1)[..., None]
    highest = np.take_along_axis(z, top, axis=-1)
    e = np.exp(z - highest)
    np.put_along_axis(e, top, 0, axis=-1)
    return highest[..., 0] + np.log1p(e.sum(axis=-1))


def log_softmax(z, axis=-1):
    r"""Log-probabilities of a softmax, :math:`z_k - \log\sum_j e^{z_j}`.

    Parameters
    ----------
    z : array_like, shape (..., K)
        Logits.
    axis : int, default -1
        The axis of the classes.

    Returns
    -------
    ndarray
        The shape of `z`.

    Examples
    --------
    >>> log_softmax(np.array([0.0, 0.0])).round(6).tolist()
    [-0.693147, -0.693147]
    """
    z = floating(z)
    # Both terms are measured from the largest logit: subtracting the whole
    # log-sum-exp from z would cancel when the logits are large.
    shifted = z - z.max(axis=axis, keepdims=True)
    return shifted - np.expand_dims(logsumexp(shifted, axis=axis), axis)


def softmax(z, axis=-1):
    r"""Probabilities from logits, :math:`p_k = e^{z_k} / \sum_j e^{z_j}`.

    Parameters
    ----------
    z : array_like, shape (..., K)
        Logits.
    axis : int, default -1
        The axis of the classes.

    Returns
    -------
    ndarray
        The shape of `z`; sums to 1 along `axis`.

    Examples
    --------
    >>> softmax(np.array([1000.0, 1000.0])).tolist()
    [0.5, 0.5]
    """
    z = floating(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def row_exponentials(z):
    r"""Exponentials :math:`e^{z_k - m}`, with one shift m for each row, exact.

    No shift where every exponential is well in range.  Otherwise m is the
    largest of the row, and what rounding takes from :math:`z_k - m` is
    given back, so that a wide spread costs no digits.

    Parameters
    ----------
    z : ndarray of float32 or float64, shape (n, K)
        Logits.

    Returns
    -------
    ndarray, shape (n, K)

    Examples
    --------
    >>> row_exponentials(np.array([[1000.0, 1000.0], [0.0, -1000.0]])).tolist()
    [[1.0, 1.0], [1.0, 0.0]]
    """
    limit = 300 if z.dtype == np.float64 else 35
    if z.max(initial=0) < limit and z.min(initial=0) > -limit:
        return np.exp(z)
    z = z / 2  # a difference of halves does not overflow
    m = z.max(axis=1, keepdims=True)
    gap = z - m
    back = gap - z
    lost = (z - (gap - back)) - (m + back)  # the exact rounding error of z − m (Knuth's two-sum)
    return np.exp(2 * np.maximum(gap, -limit * 3)) * (1 + 2 * lost)


def row_sums(a):
    """Return the sum of each row, quick for short rows too.

    Parameters
    ----------
    a : ndarray, shape (n, K)

    Returns
    -------
    ndarray, shape (n,)

    Examples
    --------
    >>> row_sums(np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
    [3.0, 7.0]
    """
    if a.shape[1] > 64:  # pairwise, so that rounding does not add up
        return a.sum(axis=1)
    return np.einsum("ij->i", a)
