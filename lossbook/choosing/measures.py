"""Robust measures of a sample that do not depend on the order of its rows."""

import math

import numpy as np

__all__ = [
    "FEW",
    "far",
    "mean",
    "per_cent",
    "quartile_skew",
    "rank_correlation",
    "scale",
    "short",
]

FEW = 20  # samples below which tails, skew and dispersion are not spoken of
NORMAL_FAR = 0.0027  # the share of a normal distribution beyond 3 standard deviations


def mean(x) -> float:
    """Return the mean, the same in any order."""
    return math.fsum(x) / len(x)


def scale(x) -> float:
    """Return the median absolute deviation times 1.4826: the spread of the bulk."""
    return 1.4826 * float(np.median(np.abs(x - np.median(x))))


def far(x) -> tuple[int, int, int]:
    """Return how many lie over 3 spreads below and above the median, and how many are too many.

    Of 20 to 2,000 normal samples fewer than one set in ten has too many.
    """
    s, centre, n = scale(x), np.median(x), len(x)
    expected = n * NORMAL_FAR
    limit = math.ceil(max(2, expected + 3 * math.sqrt(expected) + 1, n / 100))
    return int((x < centre - 3 * s).sum()), int((x > centre + 3 * s).sum()), limit


def quartile_skew(x) -> float:
    """Return how much longer the upper tenth is than the lower, from −1 to 1; 0 is symmetric."""
    low, middle, high = np.quantile(x, [0.1, 0.5, 0.9])
    return float((high + low - 2 * middle) / (high - low)) if high > low else 0.0


def rank_correlation(x, y) -> float:
    """Return Spearman's rank correlation, 0 if either is constant."""
    a, b = _ranks(x), _ranks(y)
    a, b = a - a.mean(), b - b.mean()
    length = math.sqrt(float(a @ a) * float(b @ b))
    return float(a @ b) / length if length else 0.0


def per_cent(share: float) -> str:
    """Write a share, so that what is not nothing does not look like it."""
    digits = 0 if share == 0 or share >= 0.0995 else 1 if share >= 0.00095 else 3
    return f"{100 * share:.{digits}f} %"


def short(value: float) -> str:
    """Write a number in three digits, and all that it has before the point: years stay years."""
    return f"{value:.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"


def _ranks(x):
    """Return ranks; equal values share the mean of theirs."""
    _, where, counts = np.unique(x, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[where]
