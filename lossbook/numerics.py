"""The numerical bedrock: functions that keep their digits where the textbook formula breaks.

Every function here takes arrays or numbers, keeps float32 as float32, and is checked to
a few units in the last place against 50-digit arithmetic, over some 300 orders of
magnitude and without a floating-point warning, in ``tests/test_numerics.py``.
"""

import numpy as np

__all__ = [
    "exp_minus_square",
    "exp_of_gap",
    "log1p_square",
    "log_sigmoid",
    "log_softmax",
    "logsumexp",
    "row_exponentials",
    "sigmoid",
    "softmax",
    "softplus",
    "xlogy",
]


def _floating(x):
    """Return `x` as an array of floats; integers become float64."""
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(np.float64)


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
    z = _floating(z)
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
    z = _floating(z)
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
    return -softplus(-_floating(z))


def logsumexp(z, axis=-1):
    r"""Logarithm of a sum of exponentials.

    .. math:: \log\sum_k e^{z_k} = m + \log\sum_k e^{z_k - m}, \qquad m = \max_k z_k

    The largest term of the shifted sum is exactly 1, so it goes into ``log1p``
    and a small remainder is not lost.

    Parameters
    ----------
    z : array_like, shape (..., K)
        Logits.
    axis : int
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
    z = np.moveaxis(_floating(z), axis, -1)
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
    axis : int
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
    z = _floating(z)
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
    axis : int
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
    z = _floating(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


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
    x, y = _floating(x), _floating(y)
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
        The shape of `u`; :math:`2 \log|u|` once the square would overflow.

    Examples
    --------
    >>> float(log1p_square(np.array(1e200)).round(4))
    921.034
    """
    u = np.abs(_floating(u))
    limit = np.finfo(u.dtype).max ** 0.25
    if u.max(initial=0) <= limit:
        return np.log1p(u * u)
    return np.where(
        u <= limit, np.log1p(np.minimum(u, limit) ** 2), 2 * np.log(np.maximum(u, limit))
    )


def exp_minus_square(r, c, factor=1.0, times=1.0):
    r"""Gaussian factor :math:`x\, e^{-k (r/c)^2}`, exact far out in the tail.

    Rounding :math:`(r/c)^2` costs as many units in the last place of the result
    as the square is large: some 700 where the factor is still a normal number.
    So :math:`r/c = h + l` is split at a multiple :math:`h` of 1/16, whose
    square is exact, and the small rest :math:`l` is found without rounding.

    Parameters
    ----------
    r : ndarray of float32 or float64
        Any shape.
    c : float
        Scale, in the units of `r`.
    factor : float
        The power of two k.
    times : ndarray or float
        The multiplier x, which may lift a factor that is below the smallest
        normal number back above it.

    Returns
    -------
    ndarray
        The shape and dtype of `r`.

    References
    ----------
    Splitting the argument so that its square is exact is due to Cody (1969),
    *Rational Chebyshev approximations for the error function*,
    doi:10.1090/S0025-5718-1969-0247736-4.

    Examples
    --------
    >>> float(exp_minus_square(np.array(2.0), 1.0).round(6))
    0.018316
    """
    number = r.dtype.type
    c_high = number(_round_to_bits(c, 24 if number is np.float64 else 12))
    c_low = number(c - float(c_high))
    far = 40 * number(c) / number(factor)  # beyond it the result is 0 in both precisions
    r = np.minimum(np.maximum(r, -far), far)
    h = np.rint(r * number(16 / c)) / 16
    low = ((r - h * c_high) - h * c_low) / number(c)
    square = factor * h * h
    half = number(350 if number is np.float64 else 40)
    deep = square > 1.9 * half  # taken in two steps there, lest the first one underflow
    near = np.exp(np.where(deep, half - square, -square)) * np.exp(-factor * low * (2 * h + low))
    return times * near * np.where(deep, np.exp(-half), number(1))


def exp_of_gap(q, a, b, rest):
    r"""Exponential :math:`e^{q (a - b - r)}` that keeps its digits where q (a − b) is large.

    Rounding the exponent costs as many units in the last place of the result as the
    exponent is large, so its whole part is multiplied without rounding.

    Parameters
    ----------
    q : float
        A factor in (0, 1].
    a, b, rest : ndarray, the same shape
        Numbers with :math:`a \\le b` and r not negative.

    Returns
    -------
    ndarray
        The shape of `a`.

    Examples
    --------
    >>> float(exp_of_gap(0.5, np.array(0.0), np.array(2.0), np.array(0.0)).round(6))
    0.367879
    """
    high = float(np.float32(q))  # few enough bits that its product with whole numbers is exact
    whole = np.maximum(np.rint(a) - np.rint(b), -800 / q)  # beyond it the result is 0
    part = (a - np.rint(a)) - (b - np.rint(b)) - rest
    return np.exp(high * whole) * np.exp((q - high) * whole + q * part)


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
    if np.abs(z).max(initial=0) < limit:
        return np.exp(z)
    m = z.max(axis=1, keepdims=True)
    gap = z - m
    back = gap - z
    lost = (z - (gap - back)) - (m + back)  # the exact rounding error of z − m (Knuth's two-sum)
    return np.exp(gap) * (1 + lost)


def _round_to_bits(x, bits):
    """Return the number nearest to `x` with a mantissa of `bits` bits."""
    mantissa, exponent = np.frexp(x)
    return float(np.ldexp(np.rint(np.ldexp(mantissa, bits)), exponent - bits))
