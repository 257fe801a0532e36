"""Losses known from M-estimation, where one designs the pull and the loss follows from it.

All are functions of the residual r = ŷ − y, with scales in the units of the target, and
behave like r²/2 near 0, as the norms of statsmodels do.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import ClassVar

import numpy as np

from ..numerics import expm1_minus
from .kinds import HasHess, ResidualLoss

CHAPTER = "losses/robust"
PI = Fraction(31415926535897932384626433832795028841971, 10**40)

__all__ = ["Andrews", "Fair", "Hampel"]


@dataclass(frozen=True)
class Fair(HasHess, ResidualLoss):
    r"""Fair's loss: absolute error in the long run, with no corner and no border.

    .. math:: \ell(r) = c^2 \left( \frac{|r|}{c} - \log\Bigl(1 + \frac{|r|}{c}\Bigr) \right),
              \qquad \ell'(r) = \frac{r}{1 + |r|/c}

    Parameters
    ----------
    c : float
        Scale, in the units of the target.  With c = 1.4 standard deviations it keeps 95 %
        efficiency on Gaussian noise.

    Raises
    ------
    ValueError
        If `c` is not positive and finite.

    Examples
    --------
    >>> Fair(c=1.0).pointwise([0.0], [1.0]).round(6).tolist()
    [0.306853]
    """

    c: float = 1.3998
    latex: ClassVar[str] = (
        r"c \left|r\right| - c^{2} \log{\left(1 + \frac{\left|r\right|}{c} \right)}"
    )

    __post_init__ = ResidualLoss._require_positive

    def _value(self, r):
        u = np.abs(r / self.c)
        near = expm1_minus(np.log1p(np.minimum(u, 1)))
        return self.c**2 * np.where(u < 1, near, u - np.log1p(u))

    def _grad(self, r):
        return r / (1 + np.abs(r / self.c))

    def _hess(self, r):
        weight = 1 / (1 + np.abs(r / self.c))
        return weight * weight

    @staticmethod
    def _formula(sp, r, c):
        right, left = (c**2 * (u / c - sp.log(1 + u / c)) for u in (r, -r))
        return sp.Piecewise((right, r >= 0), (left, True), evaluate=False)

    def _facts(self):
        return {
            "estimates": "a centre: the median as c → 0, the mean as c → ∞",
            "convex": True,
            "lipschitz": self.c,
            "smoothness": 1.0,
            "choose": "outliers should pull no harder than c, and the curvature never jump",
            "avoid": "gross outliers must have no influence at all",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class Hampel(HasHess, ResidualLoss):
    r"""Hampel's loss: its pull rises, stays, falls and ends, in straight lines.

    .. math:: \ell'(r) = \operatorname{sign}(r) \begin{cases}
              |r| & |r| \le a \\ a & a < |r| \le b \\
              a\,\frac{c - |r|}{c - b} & b < |r| \le c \\ 0 & |r| > c \end{cases}

    Parameters
    ----------
    a : float
        Residual from which the pull stays the same, in the units of the target; positive.
    b : float
        Residual from which it falls; at least a.
    c : float
        Residual from which there is none; more than b.  With a, b, c = 2, 4, 8 standard
        deviations the loss keeps 99 % efficiency on Gaussian noise.

    Raises
    ------
    ValueError
        If they are not positive, finite and in order.

    Notes
    -----
    Not convex.  The value at c and beyond is :math:`a (b + c - a)/2`.

    References
    ----------
    Hampel, Ronchetti, Rousseeuw and Stahel (1986), *Robust Statistics: The Approach Based on
    Influence Functions*, Wiley.

    Examples
    --------
    >>> Hampel(1.0, 2.0, 4.0).pointwise([0.0] * 4, [0.5, 1.5, 3.0, 9.0]).tolist()
    [0.125, 1.0, 2.25, 2.5]
    """

    a: float = 2.0
    b: float = 4.0
    c: float = 8.0
    hides_infinity = True

    def __post_init__(self):
        self._require_positive()
        self._require("b", lambda b: self.a <= b, "at least a")
        self._require("c", lambda c: self.b < c, "more than b")

    def _value(self, r):
        size = np.abs(r)
        core = np.minimum(size, self.a)
        level = np.clip(size, self.a, self.b) - self.a
        width = self.c - self.b
        fall = (np.clip(size, self.b, self.c) - self.b) / width
        return core * core / 2 + self.a * level + self.a * width / 2 * fall * (2 - fall)

    def _grad(self, r):
        size = np.abs(r)
        falling = (self.c - np.minimum(size, self.c)) * (self.a / (self.c - self.b))
        return np.sign(r) * np.where(size <= self.b, np.minimum(size, self.a), falling)

    def _hess(self, r):
        size = np.abs(r)
        falling = (size > self.b) & (size < self.c)
        steep = r.dtype.type(-self.a / (self.c - self.b))
        return np.where(falling, steep, (size <= self.a).astype(r.dtype))

    @staticmethod
    def _formula(sp, r, a, b, c):
        size = sp.Abs(r)
        end = a * (b + c - a) / 2
        return sp.Piecewise(
            (r**2 / 2, size <= a),
            (a * size - a**2 / 2, size <= b),
            (end - a * (c - size) ** 2 / (c - b) / 2, size <= c),
            (end, True),
            evaluate=False,
        )

    def _facts(self):
        return {
            "estimates": "the centre of the bulk",
            "convex": False,
            "range": (0.0, self.a * (self.b + self.c - self.a) / 2),
            "lipschitz": self.a,
            "smoothness": max(1.0, self.a / (self.c - self.b)),
            "aliases": ("three-part redescending loss",),
            "choose": "you can say where errors stop being ordinary, and where being possible",
            "avoid": "you cannot start near the answer: beyond c the gradient is exactly 0",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class Andrews(HasHess, ResidualLoss):
    r"""Andrews' wave: a pull that rises and falls like half a sine, and then is gone.

    .. math:: \ell(r) = \begin{cases} c^2 \left( 1 - \cos(r/c) \right) & |r| \le \pi c \\
              2\,c^2 & |r| > \pi c \end{cases}

    Its slope is c sin(r/c) up to \|r\| = π c, and 0 beyond.

    Parameters
    ----------
    c : float
        Scale, in the units of the target; residuals beyond π c have no influence.  With
        c = 1.339 standard deviations it keeps 95 % efficiency on Gaussian noise.

    Raises
    ------
    ValueError
        If `c` is not positive and finite.

    Notes
    -----
    Not convex.

    References
    ----------
    Andrews (1974), *A Robust Method for Multiple Linear Regression*, Technometrics 16,
    doi:10.1080/00401706.1974.10489233.

    Examples
    --------
    >>> Andrews(c=1.0).pointwise([0.0, 0.0], [np.pi / 2, 9.0]).round(6).tolist()
    [1.0, 2.0]
    """

    c: float = 1.339
    hides_infinity = True

    __post_init__ = ResidualLoss._require_positive

    def _left(self, r):
        """Return π − |r|/c, exact where the wave ends, and 0 beyond."""
        high, low = _times_pi(self.c, r.dtype.type)
        return np.maximum((high - np.minimum(np.abs(r), 2 * high)) + low, 0) / self.c

    def _value(self, r):
        left = np.minimum(self._left(r), math.pi)
        half = np.where(left > 1, np.sin(np.minimum(np.abs(r / self.c), 4) / 2), np.cos(left / 2))
        return 2 * self.c**2 * half * half

    def _grad(self, r):
        left = self._left(r)
        rising = np.sin(np.minimum(np.abs(r / self.c), math.pi))
        return self.c * np.sign(r) * np.where(left > 1, rising, np.sin(left))

    def _hess(self, r):
        left = self._left(r)
        return np.where(left > 0, np.cos(np.minimum(np.abs(r / self.c), math.pi)), 0)

    @staticmethod
    def _formula(sp, r, c):
        return sp.Piecewise(
            (c**2 * (1 - sp.cos(r / c)), sp.Abs(r) < sp.pi * c), (2 * c**2, True), evaluate=False
        )

    def _facts(self):
        return {
            "estimates": "the centre of the bulk",
            "convex": False,
            "range": (0.0, 2 * self.c**2),
            "lipschitz": self.c,
            "smoothness": 1.0,
            "aliases": ("Andrews' sine", "wave loss"),
            "choose": "samples beyond a known distance are certainly wrong",
            "avoid": "you cannot start near the answer: beyond π c the gradient is exactly 0",
            "chapter": CHAPTER,
        }


@cache
def _times_pi(c, number):
    """Return π c rounded, and what rounding took from it."""
    exact = PI * Fraction(c)
    high = number(float(exact))
    return high, number(float(exact - Fraction(float(high))))
