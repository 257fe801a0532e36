"""Arithmetic that keeps what rounding takes away: a result is a sum of two numbers, high + low.

The high part is the rounded result, the low part what rounding took from it.  A difference of
two results found so keeps its digits where the rounded results would cancel.
"""

import numpy as np

__all__ = ["add", "exp_of_sum", "quotient", "root", "running_sum", "two_product", "two_sum"]

HALVES = 2.0**27 + 1  # times this, a number of 53 bits parts into two of 26


def two_sum(a, b):
    """Return a + b rounded, and its rounding error, exactly.

    Parameters
    ----------
    a, b : ndarray of float64 or float

    References
    ----------
    Knuth, *The Art of Computer Programming*, volume 2, section 4.2.2.

    Examples
    --------
    >>> two_sum(1.0, 2.0**-60) == (1.0, 2.0**-60)
    True
    """
    total = a + b
    back = total - a
    return total, (a - (total - back)) + (b - back)


def two_product(a, b):
    """Return a b rounded, and its rounding error, exactly.

    Parameters
    ----------
    a, b : ndarray of float64 or float

    References
    ----------
    Dekker (1971), *A floating-point technique for extending the available precision*,
    Numerische Mathematik.

    Examples
    --------
    >>> two_product(1 + 2.0**-30, 1 + 2.0**-30) == (1 + 2.0**-29, 2.0**-60)
    True
    """
    product = a * b
    a_high, b_high = _first_half(a), _first_half(b)
    a_low, b_low = a - a_high, b - b_high
    rest = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
    return product, rest


def _first_half(a):
    shifted = HALVES * a
    return shifted - (shifted - a)


def add(*terms):
    """Return the sum of the terms as if it had been computed with twice the digits.

    Parameters
    ----------
    *terms : ndarray of float64 or float

    References
    ----------
    Ogita, Rump and Oishi (2005), doi:10.1137/030601818.

    Examples
    --------
    >>> add(1.0, 1e-20, -1.0)
    1e-20
    """
    total, rest = terms[0], 0.0
    for term in terms[1:]:
        total, lost = two_sum(total, term)
        rest = rest + lost
    return total + rest


def quotient(a, b):
    """Divide one sum of two numbers by another.

    Parameters
    ----------
    a, b : tuple of ndarray
        High and low part; the high part of `b` is not 0.

    Returns
    -------
    tuple of ndarray
        High and low part.

    Examples
    --------
    >>> high, low = quotient((1.0, 0.0), (3.0, 0.0))
    >>> high == 1 / 3, low * 2**54 == high
    (True, True)
    """
    high = a[0] / b[0]
    product, lost = two_product(high, b[0])
    return high, ((a[0] - product) - lost + a[1] - high * b[1]) / b[0]


def root(a):
    """Return the square root of a sum of two numbers, as one.

    Parameters
    ----------
    a : tuple of ndarray
        High and low part, the high part not negative.

    Returns
    -------
    tuple of ndarray
        High and low part.

    Examples
    --------
    >>> high, low = root((2.0, 0.0))
    >>> f"{high:.6g} {low:.6g}"
    '1.41421 -9.66729e-17'
    """
    high = np.sqrt(a[0])
    square, lost = two_product(high, high)
    return high, ((a[0] - square) - lost + a[1]) / np.where(high > 0, 2 * high, 1)


def exp_of_sum(high, low):
    r"""Return :math:`e^{h + l}` with a low part so small that :math:`e^l = 1 + l`.

    Rounding an exponent costs as many units in the last place of the exponential as the
    exponent is large; the low part gives them back.

    Examples
    --------
    >>> high, low = two_sum(-30.3, 0.1)
    >>> f"{exp_of_sum(high, low):.6g}"
    '7.66137e-14'
    """
    return np.exp(high) * (1 + low)


def running_sum(high, low=0.0):
    """Return cumulative sums along each row of numbers high + low, each as a sum of two.

    Parameters
    ----------
    high, low : ndarray, shape (n, K)

    Returns
    -------
    tuple of ndarray
        High and low part.

    Examples
    --------
    >>> high, low = running_sum(np.array([[1.0, 1e-20, -1.0]]))
    >>> (high + low).tolist()
    [[1.0, 1.0, 1e-20]]
    """
    sums = np.cumsum(high, axis=1)
    before = np.concatenate([np.zeros_like(sums[:, :1]), sums[:, :-1]], axis=1)
    return sums, np.cumsum(two_sum(before, high)[1] + low, axis=1)
