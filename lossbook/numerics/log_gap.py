"""The distance of a predicted logarithm from that of the truth, to the last digit.

A model with a log link predicts z, and is judged by d = z − log y.  Rounding log y leaves few
digits of d where the two are close, which is where a good model is.  So log y is never
rounded: it is found as a sum of parts, and z is taken from them before they are added.
"""

from functools import cache

import numpy as np

from .compensated import two_product, two_sum

__all__ = ["log_gap"]

STEPS = 4096  # the mantissa of y is measured from the nearest multiple of 1/STEPS
UNITS = 220  # binary digits after the point of the table, far more than are used
CLOSE = 1e-3  # below it, d needs more digits than one subtraction leaves


def log_gap(z, y):
    r"""Return :math:`z - \log y`, exact even where the two are all but equal.

    Parameters
    ----------
    z, y : ndarray of float64, the same shape, or one a number
        Any numbers; `y` positive.

    Returns
    -------
    ndarray
        Within 2 units of the last place, or :math:`2^{-100} |z|` if that is more.

    References
    ----------
    Dekker (1971), *A floating-point technique for extending the available precision*; Ogita,
    Rump and Oishi (2005), *Accurate sum and dot product*, doi:10.1137/030601818.

    Examples
    --------
    >>> log_gap(np.array([np.log(3.0)]), np.array([3.0])).tolist()
    [9.07129723500153e-17]
    """
    z, y = np.broadcast_arrays(z, y)
    mantissa, exponent = np.frexp(y)
    node = np.rint(mantissa * STEPS)
    at = node.astype(np.intp) - STEPS // 2
    heads, mids, _ = _logarithms()
    head = heads[at] - exponent * heads[0]  # no rounding: both have few digits; −heads[0] is log 2
    node = node / STEPS
    rest = mids[at] - exponent * mids[0] + np.log1p((mantissa - node) / node)
    gap = np.asarray((z - head) - rest)
    close = np.asarray(np.abs(gap) < CLOSE)
    if close.any():
        chosen = (np.asarray(a)[close] for a in (z, head, exponent, at, mantissa, node))
        gap[close] = _close_gap(*chosen)
    return gap


def _close_gap(z, head, exponent, at, mantissa, node):
    """Return the same with what rounding would take from the parts of log y."""
    _, mids, lows = _logarithms()
    parts = [head, -exponent * mids[0], mids[at], lows[at] - exponent * lows[0]]
    return _sum([z, *(-part for part in parts + _log_ratio(mantissa, node))])


@cache
def _logarithms():
    """Return log(i/STEPS) for i from STEPS/2 to STEPS in three parts, a row each.

    The first two have so few digits that their products with an exponent are exact.
    """
    logarithm, rows = 0, []  # a whole number of units of 2^-UNITS, counted down from log 1
    for i in range(STEPS, STEPS // 2 - 1, -1):
        rows.append(_parts(logarithm))
        k = 2 * i - 1
        term, j = (2 << UNITS) // k, 1  # log(i/(i − 1)) = 2 artanh(1/k)
        while term:
            logarithm -= term // j
            term, j = term // (k * k), j + 2
    return np.array(rows[::-1]).T.copy()


def _parts(number):
    head, rest = divmod(number, 1 << (UNITS - 42))
    mid, low = divmod(rest, 1 << (UNITS - 84))
    return head / 2**42, mid / 2**84, low / 2**UNITS


def _log_ratio(a, b):
    """Return log(a/b) of numbers close together as parts: 2 artanh of s = (a − b)/(a + b)."""
    total, carry = two_sum(a, b)
    s = (a - b) / total
    product, rest = two_product(s, total)
    low = (((a - b) - product) - rest - s * carry) / total
    square, square_low = two_product(s, s)
    square_low = square_low + 2 * s * low
    cube, cube_low = two_product(square, s)
    cube_low = cube_low + square_low * s + square * low
    third = 2 * cube / 3
    product, rest = two_product(third, 3.0)
    third_low = ((2 * cube - product) - rest + 2 * cube_low) / 3
    tail = 2 * square * cube * (1 / 5 + square / 7 + square * square / 9)
    return [2 * s, third, 2 * low, third_low, tail]


def _sum(parts):
    """Add as if with three times the digits: what each addition rounds off is kept and added."""
    for _ in range(2):
        for i in range(1, len(parts)):
            parts[i], parts[i - 1] = two_sum(parts[i], parts[i - 1])
    return sum(parts[:-1]) + parts[-1]
