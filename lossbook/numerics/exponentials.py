"""Exponentials that keep their digits where the exponent is large, or all but 0."""

import math

import numpy as np

from .arrays import floating

__all__ = ["exp_minus_square", "exp_of_gap", "exp_of_product", "expm1_minus"]


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
    factor : float, default 1
        The power of two k.
    times : ndarray or float, default 1
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
        Numbers with :math:`a \le b` and r not negative.

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
    d = floating(d)
    near = np.clip(d, -1, 1)
    series = np.full_like(d, 1 / math.factorial(18))
    for k in range(17, 1, -1):
        series = series * near + d.dtype.type(1 / math.factorial(k))
    with np.errstate(over="ignore"):
        return np.where(np.abs(d) < 1, near * near * series, np.expm1(d) - d)


def _round_to_bits(x, bits):
    """Return the number nearest to `x` with a mantissa of `bits` bits."""
    mantissa, exponent = np.frexp(x)
    return float(np.ldexp(np.rint(np.ldexp(mantissa, bits)), exponent - bits))
