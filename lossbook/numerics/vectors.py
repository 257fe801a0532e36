"""Differences, lengths, directions and inner products of vectors that do not cancel.

A result is a sum of two numbers, see `lossbook.numerics.compensated`.  For inner products each
row parts into a piece of so few bits that products of two such pieces add up without any
rounding, in whatever order a matrix product adds them, and a small rest.  So the inner products
of all pairs of a batch cost three matrix products instead of one, and have twice the digits.
"""

import math

import numpy as np

from .compensated import quotient, root, two_product, two_sum

__all__ = [
    "cosine_formula",
    "difference",
    "directions",
    "in_turn",
    "inner",
    "minus_projection",
    "pull_along_sphere",
    "require_directions",
    "split",
    "squared_length",
]


def in_turn(x):
    """Return the vectors of each sample, first, second and so on, in double precision.

    Parameters
    ----------
    x : ndarray, shape (n, m, d)

    Returns
    -------
    ndarray, shape (m, n, d)
    """
    return np.moveaxis(x.astype(np.float64, copy=False), 1, 0)


def difference(a, b):
    """Return a − b as a sum of two."""
    return two_sum(a, -b)


def split(high, low=0.0):
    """Part rows into a piece of few bits, whose products add up exactly, and the rest.

    Parameters
    ----------
    high, low : ndarray, shape (..., d)
        Rows, each the sum of two.

    Returns
    -------
    tuple of ndarray
        Piece and rest, as `inner` takes them.

    References
    ----------
    Ozaki, Ogita, Oishi and Rump (2012), doi:10.1007/s11075-011-9478-1.
    """
    bits = (53 - math.ceil(math.log2(high.shape[-1]))) // 2
    exponent = np.frexp(np.abs(high).max(axis=-1, keepdims=True))[1]
    piece = np.ldexp(np.rint(np.ldexp(high, bits - exponent)), exponent - bits)
    return piece, (high - piece) + low


def inner(a, b, product=lambda x, y: (x * y).sum(axis=-1)):
    """Return inner products of split rows as a sum of two.

    Parameters
    ----------
    a, b : tuple of ndarray
        Rows as `split` returns them.
    product : callable
        Of two arrays of rows: their inner products, row against row or all against all.

    Examples
    --------
    >>> a = split(np.array([[1.0, 1e-9, -1.0]]))
    >>> b = split(np.array([[1.0, 1e-9, 1.0]]))
    >>> high, low = inner(a, b)
    >>> abs(float(high[0] + low[0]) / 1e-18 - 1) < 1e-7
    True
    """
    return two_sum(product(a[0], b[0]), product(a[0], b[1]) + product(a[1], b[0] + b[1]))


def squared_length(high, low=0.0):
    """Return the squared length of each row, as a sum of two."""
    rows = split(high, low)
    return inner(rows, rows)


def directions(high, low=0.0):
    """Return the unit vector of each row and its length, each as a sum of two.

    The direction of a row of zeros is a row of zeros.

    Parameters
    ----------
    high, low : ndarray, shape (..., d)
        Rows, each the sum of two.

    Returns
    -------
    tuple of ndarray, tuple of ndarray
        Directions, shape (..., d), and lengths, shape (...).

    Examples
    --------
    >>> (unit, _), (length, _) = directions(np.array([[3e-200, 4e-200]]))
    >>> unit.tolist(), length.tolist()
    ([[0.6, 0.8]], [5e-200])
    """
    exponent = np.frexp(np.abs(high).max(axis=-1, keepdims=True))[1]
    high, low = np.ldexp(high, -exponent), np.ldexp(low, -exponent)  # no square over- or underflows
    length = root(squared_length(high, low))
    column = (np.where(length[0] > 0, length[0], 1)[..., None], length[1][..., None])
    exponent = exponent[..., 0]
    return quotient((high, low), column), tuple(np.ldexp(part, exponent) for part in length)


def pull_along_sphere(weights, others, own, length):
    """Return the gradient of weighted cosines by the vectors they are cosines with.

    What points along a vector does not turn it, so that each pull may be measured from the
    vector itself.  Where all vectors are close to each other only these differences are small
    numbers that were not found by subtraction.

    Parameters
    ----------
    weights : ndarray, shape (n, m)
        Of the cosine of each vector with each of the others.
    others, own : tuple of ndarray, shapes (m, d) and (n, d)
        Unit vectors, each the sum of two.
    length : ndarray, shape (n,)
        Of the vectors before they were divided by it.
    """
    centre = others[0].mean(axis=0)
    pull = weights @ ((others[0] - centre) + others[1])
    pull += weights.sum(axis=1, keepdims=True) * ((centre - own[0]) - own[1])
    turn = pull - own[0] * (own[0] * pull).sum(axis=1, keepdims=True)
    return turn / length[:, None]


def minus_projection(b, a, cos):
    """Return b − cos · a without cancellation, each of the three a sum of two."""
    product, lost = two_product(cos[0], a[0])
    total, rest = two_sum(b[0], -product)
    return total + (rest + (b[1] - lost - cos[0] * a[1] - cos[1] * a[0]))


def require_directions(vectors, owner):
    """Refuse vectors of zeros, which have no direction.

    Raises
    ------
    ValueError
        Naming the first of them.
    """
    zero = ~(vectors != 0).any(axis=-1)
    if zero.any():
        where = [int(i) for i in np.argwhere(zero)[0]]
        raise ValueError(
            f"y_pred{where} is a vector of zeros, which has no direction, but {owner} compares "
            "directions: leave the sample out, or add a bias to what makes the vectors"
        )


def cosine_formula(sp, a, b, normalise=True):
    """Return the inner product of two vectors of symbols, over their lengths if `normalise`."""
    product = sum(s * t for s, t in zip(a, b, strict=True))
    if not normalise:
        return product
    return product / sp.sqrt(sum(s**2 for s in a)) / sp.sqrt(sum(t**2 for t in b))
