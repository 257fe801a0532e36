"""Logarithms and roots of 1 plus something small, or of something huge."""

import numpy as np

from .arrays import floating

__all__ = [
    "atanh_series",
    "log1p_square",
    "log_cosh",
    "log_ratio",
    "relative_entropy",
    "sqrt1p_square",
    "xlogy",
]


def xlogy(x, y):
    r"""Product :math:`x \log y` with :math:`0 \log 0 = 0`, the limit that cross-entropy needs.

    Parameters
    ----------
    x, y : array_like
        The same shape; `y` not negative.

    Returns
    -------
    ndarray
        ``-inf`` where `y` is 0 and `x` is positive.

    Examples
    --------
    >>> xlogy(np.array([0.0, 1.0]), np.array([0.0, 1.0])).tolist()
    [0.0, 0.0]
    """
    x, y = floating(x), floating(y)
    with np.errstate(divide="ignore"):
        return x * np.log(np.where(x == 0, 1, y))


def log1p_square(u):
    r"""Logarithm :math:`\log(1 + u^2)` that does not overflow.

    Parameters
    ----------
    u : ndarray
        Any shape.

    Returns
    -------
    ndarray
        The shape of `u`; :math:`2 \log|u|` where u is so large that the 1 is lost.

    Examples
    --------
    >>> float(log1p_square(np.array(1e200)).round(4))
    921.034
    """
    u = np.abs(floating(u))
    limit = np.finfo(u.dtype).max ** 0.25
    if u.max(initial=0) <= limit:
        return np.log1p(u * u)
    return np.where(
        u <= limit, np.log1p(np.minimum(u, limit) ** 2), 2 * np.log(np.maximum(u, limit))
    )


def sqrt1p_square(u):
    r"""Root :math:`\sqrt{1 + u^2}` that does not overflow.

    Parameters
    ----------
    u : ndarray
        Any shape.

    Returns
    -------
    ndarray
        The shape of `u`.

    Examples
    --------
    >>> sqrt1p_square(np.array([0.75, -1e200])).tolist()
    [1.25, 1e+200]
    """
    u = floating(u)
    with np.errstate(over="ignore"):
        root = np.sqrt(1 + u * u)
    if np.maximum.reduce(root, axis=None, initial=0) < np.inf:
        return root
    return np.hypot(1, u)  # takes ten times as long


def log_cosh(r):
    r"""Logarithm of the hyperbolic cosine that neither cancels near 0 nor overflows.

    .. math:: \log\cosh r = \log\bigl(1 + 2 \sinh^2 \tfrac r2\bigr)

    Parameters
    ----------
    r : ndarray
        Any shape.

    Returns
    -------
    ndarray
        The shape of `r`.

    Examples
    --------
    >>> log_cosh(np.array([1e-3, 1000.0])).round(9).tolist()
    [5e-07, 999.306852819]
    """
    r = floating(r)
    with np.errstate(over="ignore"):
        value = np.log1p(2 * np.sinh(r * 0.5) ** 2)
    if np.maximum.reduce(value, axis=None, initial=0) < np.inf:
        return value
    size = np.abs(r)
    near = np.minimum(size, 600 if r.dtype == np.float64 else 80)  # where sinh² is finite
    return np.log1p(2 * np.sinh(near * 0.5) ** 2) + (size - near)


def log_ratio(a, b):
    r"""Logarithm :math:`\log(a/b)`, exact where a and b are nearly equal.

    .. math:: \log\frac{a}{b} = \operatorname{sign}(a - b)\,
              \log\Bigl(1 + \frac{|a - b|}{\min(a, b)}\Bigr)

    Parameters
    ----------
    a, b : ndarray
        The same shape, not negative; 0 over 0 gives 0, as for equal numbers.

    Returns
    -------
    ndarray
        Infinite where one of the two is 0.

    Examples
    --------
    >>> log_ratio(np.array([1.0, 1.0]), np.array([2.0, 1.0 + 2**-40])).tolist()
    [-0.6931471805599453, -9.094947017725146e-13]
    """
    a, b = floating(a), floating(b)
    low, gap = np.minimum(a, b), a - b
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        times = np.abs(gap) / low
        if not np.isfinite(times).all():  # a ratio may overflow where its logarithm does not
            logs = np.where(gap == 0, 0, np.log(a) - np.log(b))
            return np.where(np.isfinite(times), np.sign(gap) * np.log1p(times), logs)
    return np.sign(gap) * np.log1p(times)


def relative_entropy(p, q):
    r"""Terms :math:`p \log(p/q) - p + q \ge 0`, exact where p and q are nearly equal.

    There the three parts cancel to about :math:`(p - q)^2 / (2p)`.  With
    :math:`s = (q-p)/(q+p)` the term is
    :math:`s\,\bigl((q - p) - 2 p s^2 (\tfrac13 + \tfrac{s^2}5 + \tfrac{s^4}7 + \dots)\bigr)`,
    where nothing cancels.

    Parameters
    ----------
    p, q : ndarray
        The same shape, not negative.

    Returns
    -------
    ndarray
        q where p is 0, and ``inf`` where q is 0 and p is not.

    Examples
    --------
    >>> terms = relative_entropy(np.array([0.5, 0.0]), np.array([0.5 + 2**-30, 0.5]))
    >>> print(f"{terms[0]:.4g} {terms[1]:.4g}")
    8.674e-19 0.5
    """
    p, q = floating(p), floating(q)
    gap = q - p
    s = gap / np.maximum(p + q, np.finfo(gap.dtype).smallest_subnormal)  # 0 over 0 is 0
    near = np.clip(s, -0.5, 0.5)
    close = near * (gap - 2 * p * near**2 * atanh_series(near))
    apart = s != near
    if not apart.any():
        return close
    with np.errstate(invalid="ignore"):
        logs = p * log_ratio(p, q)
    return np.where(apart, np.where(p == 0, 0, logs) + gap, close)


def atanh_series(s):
    r"""Rest :math:`\tfrac13 + \tfrac{s^2}5 + \tfrac{s^4}7 + \dots` of atanh s, for s from −½ to ½.

    .. math:: \operatorname{atanh} s = s + s^3
              \left(\tfrac13 + \tfrac{s^2}5 + \tfrac{s^4}7 + \dots\right)

    Parameters
    ----------
    s : ndarray
        Any shape.

    Returns
    -------
    ndarray
        The shape of `s`.

    Examples
    --------
    >>> atanh_series(np.array([0.0, 0.5])).round(6).tolist()
    [0.333333, 0.394449]
    """
    square = s * s
    last = 27 if square.dtype == np.float32 else 49  # what follows is lost in rounding
    total = np.full_like(square, 1 / last)
    for k in range(last - 2, 1, -2):
        total *= square
        total += 1 / k
    return total
