"""Logarithms, exponentials and sums of two numbers against 50 digits, extremes included."""

import math

import mpmath
import numpy as np
import pytest
from mpmath import mpf

from lossbook import numerics
from lossbook.numerics import compensated, masked_softmax, vectors

RNG = np.random.default_rng(11)
TINY, HUGE = 1e-300, 1e300
SIZES = 10.0 ** RNG.uniform(-300, 300, 120)
MODEST = 10.0 ** RNG.uniform(-8, 8, 120) * RNG.choice([-1, 1], 120)
EXTREMES = np.array([0.0, 5e-324, 2.3e-308, TINY, 1.0, HUGE, 1.7e308])
CLOSE = 1 + 10.0 ** RNG.uniform(-16, -1, 120) * RNG.choice([-1, 1], 120)


@pytest.fixture(autouse=True)
def fifty_digits():
    with mpmath.workdps(50):
        yield


def exactly(numbers):
    return [mpf(float(x)) for x in np.ravel(numbers)]


def worst(found, exact, dtype=np.float64):
    """Return the largest error in units of the last place; infinity has to be infinity."""
    info = np.finfo(dtype)
    errors = []
    for f, e in zip(np.ravel(found), exact, strict=True):
        if mpmath.isinf(e) or abs(e) > mpf(float(info.max)) * (1 + mpf(2) ** -54):
            errors.append(0 if math.isinf(f) and (f > 0) == (e > 0) else math.inf)
        else:
            scale = max(abs(e), mpf(float(info.smallest_normal))) * mpf(float(info.eps))
            errors.append(float(abs(mpf(float(f)) - e) / scale))
    return max(errors)


def in_both(*arrays):
    """Return the arrays in double and in single precision, there without what it cannot hold."""
    kept = np.all([(a == 0) | ((np.abs(a) > 1e-18) & (np.abs(a) < 1e18)) for a in arrays], axis=0)
    return arrays, tuple(a[kept].astype(np.float32) for a in arrays)


WIDE = np.concatenate([SIZES, -SIZES, MODEST, EXTREMES, -EXTREMES, [0.5, 700.0, -710.0, 1e4]])


@pytest.mark.parametrize(
    ("function", "exact", "units"),
    [
        (numerics.sqrt1p_square, lambda u: mpmath.sqrt(1 + u * u), 2),
        (numerics.log1p_square, lambda u: mpmath.log1p(u * u), 2),
        (
            numerics.log_cosh,
            lambda r: abs(r) + mpmath.log1p(mpmath.expm1(-2 * abs(r)) / 2),
            3,
        ),
    ],
)
def test_functions_of_one_number_from_the_smallest_to_the_largest(function, exact, units):
    for (u,) in in_both(WIDE):
        found = function(u)
        assert found.dtype == u.dtype
        with mpmath.workdps(700):  # 1 + u² of the smallest u
            assert worst(found, [exact(x) for x in exactly(u)], u.dtype) <= units


def pairs():
    """Yield pairs of like and of unlike numbers, in both precisions."""
    a = np.concatenate([np.abs(MODEST), SIZES, SIZES])
    b = np.concatenate([np.abs(MODEST) * CLOSE, SIZES[::-1], np.nextafter(SIZES, np.inf)])
    yield from in_both(a, b)


def test_the_logarithm_of_a_ratio():
    for a, b in pairs():
        found = numerics.log_ratio(a, b)
        assert found.dtype == a.dtype
        exact = [mpmath.log(x / y) for x, y in zip(exactly(a), exactly(b), strict=True)]
        assert worst(found, exact, a.dtype) <= 3


def test_the_logarithm_of_a_ratio_at_its_ends():
    a = np.array([0.0, 0.0, 2.0, 1.7e308, 5e-324, 3.0])
    b = np.array([0.0, 1.0, 0.0, 5e-324, 1.7e308, 3.0])
    ends = numerics.log_ratio(a, b)
    assert ends[[0, 1, 2, 5]].tolist() == [0, -np.inf, np.inf, 0]
    exact = mpmath.log(mpf(1.7e308)) - mpmath.log(mpf(5e-324))
    assert worst(ends[3:5], [exact, -exact]) <= 2


def test_a_relative_entropy():
    for p, q in pairs():
        kept = np.abs(np.log(p)) < 320  # where the square of a term is a number
        p, q = p[kept], q[kept]
        found = numerics.relative_entropy(p, q)
        assert found.dtype == p.dtype
        with mpmath.workdps(700):
            exact = [
                x * mpmath.log(x / y) - x + y for x, y in zip(exactly(p), exactly(q), strict=True)
            ]
        assert worst(found, exact, p.dtype) <= 6


def test_a_relative_entropy_at_its_ends():
    ends = numerics.relative_entropy(np.array([0.0, 0.0, 0.5, 0.3]), np.array([0.0, 0.7, 0.0, 0.3]))
    assert ends.tolist() == [0, 0.7, np.inf, 0]


def test_the_rest_of_the_inverse_hyperbolic_tangent():
    s = np.concatenate([RNG.uniform(-0.5, 0.5, 100), 10.0 ** RNG.uniform(-12, -1, 40), [0.5, -0.5]])
    for dtype in (np.float64, np.float32):
        narrow = s.astype(dtype)
        found = numerics.atanh_series(narrow)
        assert found.dtype == dtype
        with mpmath.workdps(120):
            exact = [(mpmath.atanh(x) - x) / x**3 for x in exactly(narrow)]
        assert worst(found, exact, dtype) <= 2
    assert numerics.atanh_series(np.zeros(1)) == 1 / 3


@pytest.mark.parametrize("q", [1.0, 0.7, 1e-3])
def test_the_exponential_of_a_gap(q):
    b = RNG.uniform(-300, 300, 200)
    a, rest = b - RNG.uniform(0, 700 / q, 200), RNG.uniform(0, 2, 200)
    found = numerics.exp_of_gap(q, a, b, rest)
    numbers = zip(*map(exactly, (a, b, rest)), strict=True)
    assert worst(found, [mpmath.exp(mpf(q) * (x - y - r)) for x, y, r in numbers]) <= 4
    assert numerics.exp_of_gap(q, np.array(-1e9), np.array(1e9), np.array(0.0)) == 0


@pytest.mark.parametrize("spread", [1.0, 1e2, 1e4])
def test_softmaxes_and_the_exponentials_of_rows(spread):
    z = spread * RNG.standard_normal((60, 5))
    rows = [exactly(row) for row in z]
    sums = [sum(map(mpmath.exp, row)) for row in rows]
    shares = [mpmath.exp(x) / s for row, s in zip(rows, sums, strict=True) for x in row]
    e = numerics.row_exponentials(z)
    assert worst(e / numerics.row_sums(e)[:, None], shares) <= 6
    found = numerics.logsumexp(z)
    gaps = [mpmath.log(s) for s in sums]
    assert max(abs(mpf(f) - g) for f, g in zip(found, gaps, strict=True)) <= 4e-16 * spread * 5


@pytest.mark.parametrize("columns", [1, 5, 64, 65, 1000])
def test_the_sums_of_rows(columns):
    a = RNG.uniform(0, 1, (20, columns))
    found = numerics.row_sums(a)
    assert worst(found, [sum(exactly(row)) for row in a]) <= 8


# --- Sums of two numbers -----------------------------------------------------------------------


A, B = MODEST, np.concatenate([MODEST[60:], -MODEST[:60] * CLOSE[:60]])


def test_sum_and_product_of_two_numbers_lose_nothing():
    for function, exact in (
        (compensated.two_sum, lambda x, y: x + y),
        (compensated.two_product, lambda x, y: x * y),
    ):
        high, low = function(A, B)
        wanted = [exact(x, y) for x, y in zip(exactly(A), exactly(B), strict=True)]
        assert [x + y for x, y in zip(exactly(high), exactly(low), strict=True)] == wanted


def test_many_terms_add_up_as_with_twice_the_digits():
    found = compensated.add(A, B, 1e16 * A, -1e16 * A, A * CLOSE)
    columns = map(exactly, (A, B, 1e16 * A, -1e16 * A, A * CLOSE))
    sums = [sum(terms) for terms in zip(*columns, strict=True)]
    assert worst(found, sums) <= 2  # although the terms are 10¹⁶ times their sum


def of_two(high, low):
    return [x + y for x, y in zip(exactly(high), exactly(low), strict=True)]


def relative(found, exact):
    return max(float(abs(f - e) / abs(e)) for f, e in zip(found, exact, strict=True))


def test_quotient_and_root_of_sums_of_two_have_twice_the_digits():
    a, b = (A, A * 1e-17), (B, B * -3e-17)
    wanted = [x / y for x, y in zip(of_two(*a), of_two(*b), strict=True)]
    assert relative(of_two(*compensated.quotient(a, b)), wanted) <= 2.0**-98
    square = (np.abs(A), A * 1e-17)
    roots = list(map(mpmath.sqrt, of_two(*square)))
    assert relative(of_two(*compensated.root(square)), roots) <= 2.0**-98
    assert compensated.root((np.zeros(1), np.zeros(1))) == (0, 0)


def test_the_exponential_of_a_sum_of_two_keeps_its_digits():
    high, low = compensated.two_sum(RNG.uniform(-700, 700, 200), RNG.uniform(-1, 1, 200))
    assert worst(compensated.exp_of_sum(high, low), map(mpmath.exp, of_two(high, low))) <= 2


def test_a_running_sum_keeps_what_cancels():
    high = RNG.standard_normal((30, 12))
    high[:, 6:] = -high[:, 5::-1] * CLOSE[:6]
    found = compensated.running_sum(high, high * 1e-17)
    for at, row in enumerate(high):
        terms = of_two(row, row * 1e-17)
        sums = [sum(terms[: k + 1]) for k in range(len(row))]
        size = sum(map(abs, terms)) * mpf(2) ** -100
        pairs = zip(of_two(found[0][at], found[1][at]), sums, strict=True)
        assert all(abs(f - e) <= size for f, e in pairs)


@pytest.mark.parametrize("scale", [1e-200, 1.0, 1e150])
def test_lengths_and_directions_of_vectors(scale):
    x = scale * RNG.standard_normal((40, 7))  # pieces of 25 bits, and 53 of the rest
    unit, length = vectors.directions(x)
    norms = [mpmath.sqrt(sum(v * v for v in exactly(row))) for row in x]
    assert relative(of_two(*length), norms) <= 2.0**-76
    shares = [v / norm for row, norm in zip(x, norms, strict=True) for v in exactly(row)]
    assert relative(of_two(*unit), shares) <= 2.0**-76


def test_a_vector_less_its_projection_does_not_cancel():
    a = RNG.standard_normal((40, 5))
    b = a * 2 + 1e-9 * RNG.standard_normal((40, 5))
    a, b = vectors.directions(a)[0], vectors.directions(b)[0]
    cos = vectors.inner(vectors.split(*a), vectors.split(*b))
    found = vectors.minus_projection(b, a, tuple(part[:, None] for part in cos))
    for at in range(len(found)):
        u, v = of_two(a[0][at], a[1][at]), of_two(b[0][at], b[1][at])
        c = mpf(float(cos[0][at])) + mpf(float(cos[1][at]))
        exact = [y - c * x for x, y in zip(u, v, strict=True)]
        size = max(map(abs, exact))
        assert all(
            abs(mpf(float(f)) - e) <= 1e-14 * size for f, e in zip(found[at], exact, strict=True)
        )


@pytest.mark.parametrize("spread", [1.0, 30.0, 1e4])
def test_cross_entropies_of_rows_of_which_some_entries_take_part(spread):
    z = spread * RNG.standard_normal((50, 6))
    allowed = RNG.random((50, 6)) < 0.7
    allowed[:, 0] = True
    value, grad = masked_softmax.cross_entropies((z, 0 * z), np.eye(6)[np.zeros(50, int)], allowed)
    for at, row in enumerate(z):
        e = [mpmath.exp(x) * bool(k) for x, k in zip(exactly(row), allowed[at], strict=True)]
        loss = mpmath.log1p(sum(e[1:]) / e[0])
        pull = [-sum(e[1:]) / sum(e), *(x / sum(e) for x in e[1:])]
        assert worst(value[at], [loss]) <= 4
        assert worst(grad[at], pull) <= 6
