"""The numerical bedrock: functions that keep their digits where the textbook formula breaks.

Every function here takes arrays or numbers, keeps float32 as float32, and is checked to
a few units in the last place against 50-digit arithmetic, over some 300 orders of
magnitude and without a floating-point warning, in ``tests/test_numerics.py``.
"""

import math

import numpy as np

__all__ = [
    "atanh_series",
    "exp_minus_square",
    "exp_of_gap",
    "exp_of_product",
    "expm1_minus",
    "log1p_square",
    "log_cosh",
    "log_ratio",
    "log_sigmoid",
    "log_softmax",
    "logsumexp",
    "relative_entropy",
    "row_exponentials",
    "row_sums",
    "sigmoid",
    "softmax",
    "softplus",
    "sqrt1p_square",
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
    u = _floating(u)
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
    >>> log_cosh(np.array([1e-10, 1000.0])).round(25).tolist()
    [5e-21, 999.3068528194401]
    """
    r = _floating(r)
    with np.errstate(over="ignore"):
        value = np.log1p(2 * np.sinh(r * 0.5) ** 2)
    if np.maximum.reduce(value, axis=None, initial=0) < np.inf:
        return value
    size = np.abs(r)
    near = np.minimum(size, 600 if r.dtype == np.float64 else 80)  # where sinh² is finite
    return np.log1p(2 * np.sinh(near * 0.5) ** 2) + (size - near)


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


def exp_of_product(q, x):
    r"""Exponential :math:`e^{q x}` that keeps its digits where the product is large.

    Parameters
    ----------
    q : float
        Any number.
    x : ndarray of float64
        Any shape.

    Returns
    -------
    ndarray
        The shape of `x`; infinite, without a warning, where it is too large a number.

    Examples
    --------
    >>> float(exp_of_product(0.7, np.array(10.0)).round(6))
    1096.633158
    """
    high = float(np.float32(q))  # few enough bits that its product with whole numbers is exact
    whole = np.rint(16 * x) / 16
    with np.errstate(over="ignore", invalid="ignore"):
        near = np.exp(high * (x - whole) + (q - high) * x)
        far = np.exp(high * whole)
        return np.where((far == 0) | np.isinf(far), far, far * near)


def expm1_minus(d):
    r"""Exponential without its first two terms, :math:`e^d - 1 - d \ge 0`, exact near 0.

    .. math:: e^d - 1 - d = d^2 \left( \tfrac12 + \tfrac d6 + \tfrac{d^2}{24} + \dots \right)

    Parameters
    ----------
    d : array_like
        Any shape.

    Returns
    -------
    ndarray
        The shape of `d`; infinite, without a warning, where it is too large a number.

    Examples
    --------
    >>> print(f"{expm1_minus(np.array(1e-9)):.4g}")
    5e-19
    """
    d = _floating(d)
    near = np.clip(d, -1, 1)
    series = np.full_like(d, 1 / math.factorial(18))
    for k in range(17, 1, -1):
        series = series * near + d.dtype.type(1 / math.factorial(k))
    with np.errstate(over="ignore"):
        return np.where(np.abs(d) < 1, near * near * series, np.expm1(d) - d)


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
    a, b = _floating(a), _floating(b)
    low, gap = np.minimum(a, b), a - b
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        times = np.abs(gap) / low
        if not np.isfinite(times).all():  # a ratio may overflow where its logarithm does not
            logs = np.where(gap == 0, 0, np.log(a) - np.log(b))
            return np.where(np.isfinite(times), np.sign(gap) * np.log1p(times), logs)
    return np.sign(gap) * np.log1p(times)


def relative_entropy(p, q):
    r"""Terms :math:`p \log(p/q) - p + q \ge 0`, exact where p and q are nearly equal.

    There the three parts cancel to about :math:`(p - q)^2/2p`.  With
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
    p, q = _floating(p), _floating(q)
    gap = q - p
    s = np.divide(gap, q + p, out=np.zeros_like(gap), where=gap != 0)
    near = np.abs(s) <= 0.5
    series = atanh_series(np.where(near, s, 0))
    close = s * (gap - 2 * p * s**2 * series)
    if near.all():
        return close
    with np.errstate(invalid="ignore"):
        apart = np.where(p == 0, q, p * log_ratio(p, q) + gap)
    return np.where(near, close, apart)


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
    total = np.full_like(square, 1 / 49)
    for k in range(47, 1, -2):
        total *= square
        total += 1 / k
    return total


def _round_to_bits(x, bits):
    """Return the number nearest to `x` with a mantissa of `bits` bits."""
    mantissa, exponent = np.frexp(x)
    return float(np.ldexp(np.rint(np.ldexp(mantissa, bits)), exponent - bits))
