"""The gap of two logarithms is exact where it is all but 0."""

import mpmath
import numpy as np
import pytest

from lossbook.numerics.log_gap import log_gap

RNG = np.random.default_rng(10)
TRUTHS = np.concatenate(
    [
        np.arange(2.0, 60.0),
        np.exp(RNG.uniform(-700, 700, 60)),
        1 + RNG.normal(size=40) * 10.0 ** RNG.uniform(-8, -1, 40),
        2.0 ** np.arange(-6, 7),
        [5e-324, 1.5e308],
    ]
)
LOGS = np.log(TRUTHS)
NOISE = RNG.normal(size=TRUTHS.size)


@pytest.mark.parametrize(
    "z",
    [
        LOGS,
        np.nextafter(LOGS, np.inf),
        LOGS + NOISE * 10.0 ** RNG.uniform(-15, 0, TRUTHS.size),
        LOGS + 1e-3 * (1 + 1e-3 * NOISE),  # on both sides of where further digits are taken
        50 * NOISE,
    ],
    ids=["equal", "next to equal", "near", "at the seam", "far"],
)
def test_within_three_units_of_the_last_place(z):
    with mpmath.workdps(400):
        exact = [
            mpmath.mpf(float(a)) - mpmath.log(float(b)) for a, b in zip(z, TRUTHS, strict=True)
        ]
        for found, wanted, at in zip(log_gap(z, TRUTHS), exact, z, strict=True):
            units = 3 * np.finfo(float).eps * abs(wanted)
            assert abs(found - wanted) <= max(units, 2.0**-100 * abs(at))


def test_numbers_and_arrays_of_any_shape():
    assert log_gap(0.0, 1.0) == 0
    assert log_gap(np.zeros((2, 3)), np.ones((2, 3))).tolist() == [[0.0] * 3] * 2
