"""The general robust loss: a family that has most of the robust losses as members."""

import math
from dataclasses import dataclass

import numpy as np

from ..numerics import exp_minus_square, log1p_square
from .kinds import HasHess, ResidualLoss

__all__ = ["GeneralRobust"]


@dataclass(frozen=True)
class GeneralRobust(HasHess, ResidualLoss):
    r"""General robust loss of Barron: one number α turns one robust loss into another.

    .. math:: \ell(r) = \frac{|\alpha - 2|}{\alpha} \left(
              \left( \frac{(r/c)^2}{|\alpha - 2|} + 1 \right)^{\alpha/2} - 1 \right)

    with its limits at α = 2 (squared), 0 (Cauchy) and −∞ (Welsch).  Multiplied by c² it is
    ``HalfSquaredError()`` at α = 2, ``PseudoHuber(c)`` at 1, ``Cauchy(√2 c)`` at 0,
    ``GemanMcClure(2 c)`` at −2 and ``Welsch(√2 c)`` at −∞.

    Parameters
    ----------
    alpha : float
        Shape, at most 2; the smaller, the less an outlier counts.  ``-inf`` is allowed.
    c : float
        Scale, in the units of the target; positive.

    Raises
    ------
    ValueError
        If `alpha` is greater than 2 or `c` is not positive and finite.

    Notes
    -----
    Without the factor c² of the other losses here, as in the paper.  Convex for
    α ≥ 1.  Chapter *Robust losses*.

    References
    ----------
    Barron (2019), *A general and adaptive robust loss function*, arXiv:1701.03077.

    Examples
    --------
    >>> for alpha in (2.0, 1.0, 0.0, -2.0, -np.inf):
    ...     print(f"{alpha:5}", GeneralRobust(alpha).pointwise([0.0], [3.0]).round(4))
      2.0 [4.5]
      1.0 [2.1623]
      0.0 [1.7047]
     -2.0 [1.3846]
     -inf [0.9889]
    """

    alpha: float = 1.0
    c: float = 1.0
    hides_infinity = True

    def __post_init__(self):
        self._require("alpha", lambda a: a <= 2, "a number of at most 2, or -inf")
        self._require_positive("c")

    def _value(self, r):
        alpha, u = self.alpha, r / self.c
        if alpha == 2:
            return u * u / 2
        if alpha == 0:
            return log1p_square(u / math.sqrt(2))
        if alpha == -math.inf:
            u = np.clip(u, -60, 60)
            return -np.expm1(-u * u / 2)
        b = 2 - alpha
        exponent = alpha / 2 * log1p_square(u / math.sqrt(b))
        small = np.abs(exponent) < 1
        # The power is exact when it is large, expm1 when it is close to 1.
        power = np.hypot(1, u / math.sqrt(b)) ** alpha
        return b / alpha * np.where(small, np.expm1(np.where(small, exponent, 0)), power - 1)

    def _grad(self, r):
        if self.alpha == -math.inf:
            return exp_minus_square(r, self.c, factor=0.5, times=r / self.c**2)
        if self.alpha == 2:
            return r / self.c**2
        b = 2 - self.alpha
        weight = np.hypot(1, r / (self.c * math.sqrt(b))) ** (-b / 2)
        return r / self.c**2 * weight * weight  # in two steps, lest the power underflow

    def _hess(self, r):
        u, alpha = r / self.c, self.alpha
        if alpha == -math.inf:
            u = np.clip(u, -60, 60)
            bend = (1 - u) * (1 + u) / self.c**2
            return exp_minus_square(r, self.c, factor=0.5, times=bend)
        if alpha == 2:
            return np.full_like(r, 1 / self.c**2)
        b = 2 - alpha
        root = np.hypot(1, u / math.sqrt(b))
        t = u / math.sqrt(b) / root
        return (1 / root / root - (1 - alpha) * t * t) * root**-b / self.c**2

    @staticmethod
    def _formula(sp, r, alpha, c):
        u = r / c
        if alpha == 2:
            return u**2 / 2
        if alpha == 0:
            return sp.log(1 + u**2 / 2)
        if alpha == -sp.oo:
            return 1 - sp.exp(-(u**2) / 2)
        b = 2 - alpha
        return b / alpha * ((u**2 / b + 1) ** (alpha / 2) - 1)

    def _facts(self):
        return {
            "estimates": "a centre: the mean at α = 2; with low α and a small c the densest part",
            "range": (0.0, self._highest()),
            "convex": self.alpha >= 1,
            "lipschitz": self._steepest(),
            "smoothness": 1 / self.c**2,
            "aliases": ("Barron loss", "adaptive robust loss"),
            "choose": "you want to tune how robust the fit is with one number",
            "avoid": "one of its special cases says plainly what you mean",
            "chapter": "losses/robust",
        }

    def _highest(self):
        """Return the limit of the loss for large residuals."""
        if self.alpha >= 0:
            return math.inf
        return 1.0 if self.alpha == -math.inf else (2 - self.alpha) / -self.alpha

    def _steepest(self):
        """Return the largest slope: at u² = (2−α)/(1−α), or in the limit for α = 1."""
        alpha, c = self.alpha, self.c
        if alpha > 1:
            return math.inf
        if alpha == 1:
            return 1 / c
        if alpha == -math.inf:
            return math.exp(-0.5) / c
        b = 2 - alpha
        return math.sqrt(b / (1 - alpha)) * (b / (1 - alpha)) ** (-b / 2) / c
