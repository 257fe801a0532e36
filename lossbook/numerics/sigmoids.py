"""The logistic function and its kin, exact in both tails."""

import numpy as np

from .arrays import floating

__all__ = ["log_sigmoid", "sigmoid", "softplus"]


def sigmoid(z):
    r"""Logistic function, exact in both tails.

    .. math:: \sigma(z) = \frac{1}{1 + e^{-z}}

    With :math:`e = e^{-|z|} \le 1` nothing overflows, and the left tail is
    :math:`e/(1+e)` rather than the cancelling :math:`1 - 1/(1+e)`.

    Parameters
    ----------
    z : array_like
        Logits, any shape.

    Returns
    -------
    ndarray
        Probabilities, the shape of `z`.

    Examples
    --------
    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    z = floating(z)
    e = np.exp(-np.abs(z))
    return np.where(z < 0, e, 1) / (1 + e)


def softplus(z):
    r"""Smooth positive part, exact in both tails.

    .. math:: \operatorname{softplus}(z) = \log(1 + e^{z}) = \max(z, 0) + \log(1 + e^{-|z|})

    Parameters
    ----------
    z : array_like
        Any shape.

    Returns
    -------
    ndarray
        The shape of `z`.

    Examples
    --------
    >>> softplus(np.array([-1000.0, 0.0, 1000.0])).round(6).tolist()
    [0.0, 0.693147, 1000.0]
    """
    z = floating(z)
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def log_sigmoid(z):
    r"""Logarithm of the logistic function, :math:`\log\sigma(z) = -\operatorname{softplus}(-z)`.

    Parameters
    ----------
    z : array_like
        Logits, any shape.

    Returns
    -------
    ndarray
        Log-probabilities, the shape of `z`; never ``-inf`` for finite `z`.

    Examples
    --------
    >>> log_sigmoid(np.array([-1000.0, 0.0])).round(6).tolist()
    [-1000.0, -0.693147]
    """
    return -softplus(-floating(z))
