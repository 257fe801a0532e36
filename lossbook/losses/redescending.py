"""Redescending losses: beyond a scale, the further a residual the weaker its pull.

All are functions of the residual r = ŷ − y with a scale c in the units of the
target, and behave like r²/2 near 0.  None is convex.
"""

import math
from dataclasses import dataclass

import numpy as np

from ..numerics import exp_minus_square, log1p_square
from .kinds import HasHess, ResidualLoss

CHAPTER = "losses/robust"

__all__ = ["Cauchy", "GemanMcClure", "Tukey", "Welsch"]


@dataclass(frozen=True)
class Cauchy(HasHess, ResidualLoss):
    r"""Cauchy loss: grows like a logarithm, so distant samples lose their pull.

    .. math:: \ell(r) = \tfrac12 c^2 \log\bigl(1 + (r/c)^2\bigr)

    The negative log-likelihood of Cauchy noise, times c²/2 and up to a constant.  Its slope is
    steepest at \|r\| = c and falls to 0 beyond: the loss is not convex.

    Parameters
    ----------
    c : float
        Scale, in the units of the target.  With c = 2.385 standard deviations it
        keeps 95 % efficiency on Gaussian noise.

    Raises
    ------
    ValueError
        If `c` is not positive and finite.

    Notes
    -----
    Chapter *Robust losses*.

    References
    ----------
    Rey (1983), *Introduction to Robust and Quasi-Robust Statistical Methods*, Springer.

    Examples
    --------
    >>> Cauchy(c=1.0).pointwise([0.0], [1.0]).round(6).tolist()
    [0.346574]
    """

    c: float = 2.385

    __post_init__ = ResidualLoss._require_positive

    def _value(self, r):
        return self.c**2 / 2 * log1p_square(r / self.c)

    def _grad(self, r):
        return r / (1 + (r / self.c) ** 2)

    def _hess(self, r):
        u = r / self.c
        with np.errstate(over="ignore"):  # beyond, the curvature is 0
            weight = 1 / (1 + u * u)
        return (1 - u) * weight * ((1 + u) * weight)

    @staticmethod
    def _formula(sp, r, c):
        return c**2 / 2 * sp.log(1 + (r / c) ** 2)

    def _facts(self):
        return {
            "estimates": "the centre of the bulk",
            "convex": False,
            "lipschitz": self.c / 2,
            "smoothness": 1.0,
            "aliases": ("Lorentzian loss",),
            "choose": "there are many or gross outliers and you have a good starting value",
            "avoid": "you cannot start near the answer: it has local minima",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class Welsch(HasHess, ResidualLoss):
    r"""Welsch loss: an upside-down Gaussian, flat for every distant sample.

    .. math:: \ell(r) = \tfrac12 c^2 \left( 1 - e^{-(r/c)^2} \right)

    Parameters
    ----------
    c : float
        Scale, in the units of the target.  With c = 2.985 standard deviations it
        keeps 95 % efficiency on Gaussian noise.

    Raises
    ------
    ValueError
        If `c` is not positive and finite.

    Notes
    -----
    Not convex; a sample far out has next to no influence.  Chapter *Robust losses*.

    References
    ----------
    Holland and Welsch (1977), *Robust regression using iteratively reweighted least-squares*,
    doi:10.1080/03610927708827533.

    Examples
    --------
    >>> Welsch(c=1.0).pointwise([0.0, 0.0], [1.0, 100.0]).round(6).tolist()
    [0.31606, 0.5]
    """

    c: float = 2.985
    hides_infinity = True

    __post_init__ = ResidualLoss._require_positive

    def _value(self, r):
        u = np.minimum(np.abs(r / self.c), 40)  # beyond, the loss is flat
        return -(self.c**2) / 2 * np.expm1(-u * u)

    def _grad(self, r):
        return exp_minus_square(r, self.c, times=r)

    def _hess(self, r):
        u = np.clip(r / self.c, -40, 40)
        return exp_minus_square(r, self.c, times=1 - 2 * u * u)

    @staticmethod
    def _formula(sp, r, c):
        return c**2 / 2 * (1 - sp.exp(-((r / c) ** 2)))

    def _facts(self):
        return {
            "estimates": "the mode, as c → 0",
            "convex": False,
            "range": (0.0, self.c**2 / 2),
            "lipschitz": self.c * math.exp(-0.5) / math.sqrt(2),
            "smoothness": 1.0,
            "aliases": ("Leclerc loss", "correntropy loss"),
            "choose": "gross outliers must be ignored and you have a good starting value",
            "avoid": "you cannot start near the answer: far from it the gradient is all but 0",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class GemanMcClure(HasHess, ResidualLoss):
    r"""Geman–McClure loss: half the squared error, levelled off at c²/2.

    .. math:: \ell(r) = \frac{1}{2}\,\frac{r^2}{1 + (r/c)^2}

    Parameters
    ----------
    c : float
        Scale, in the units of the target.  With c = 1 standard deviation it keeps no more than
        44 % efficiency on Gaussian noise.

    Raises
    ------
    ValueError
        If `c` is not positive and finite.

    Notes
    -----
    Not convex.  Chapter *Robust losses*.

    References
    ----------
    Geman and McClure (1985), *Bayesian image analysis: an application to single photon emission
    tomography*, Proceedings of the American Statistical Association, Statistical Computing
    Section, 12–18; there with the scale 1.

    Examples
    --------
    >>> GemanMcClure(c=1.0).pointwise([0.0, 0.0], [1.0, 100.0]).round(4).tolist()
    [0.25, 0.5]
    """

    c: float = 1.0
    hides_infinity = True

    __post_init__ = ResidualLoss._require_positive

    def _value(self, r):
        u = r / np.hypot(1, r / self.c)
        return u * u / 2

    def _grad(self, r):
        root = np.hypot(1, r / self.c)
        return r / root / root / root / root

    def _hess(self, r):
        far = float(np.finfo(r.dtype).max) ** 0.3  # beyond, the curvature is 0
        u = np.clip(r / self.c, -far, far)
        rise, root3 = 1 + u * u, math.sqrt(3)
        return (1 - root3 * u) / rise * ((1 + root3 * u) / rise) / rise

    @staticmethod
    def _formula(sp, r, c):
        return r**2 / (2 * (1 + (r / c) ** 2))

    def _facts(self):
        return {
            "estimates": "the mode, as c → 0",
            "convex": False,
            "range": (0.0, self.c**2 / 2),
            "lipschitz": self.c * 3 * math.sqrt(3) / 16,
            "smoothness": 1.0,
            "choose": "gross outliers must be ignored, in computer vision above all",
            "avoid": "you cannot start near the answer",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class Tukey(HasHess, ResidualLoss):
    r"""Tukey's biweight: residuals beyond c have no influence at all.

    .. math:: \ell(r) = \begin{cases}
              \frac{c^2}{6} \left( 1 - \bigl(1 - (r/c)^2\bigr)^3 \right) & |r| \le c \\
              \frac{c^2}{6} & |r| > c \end{cases}

    Parameters
    ----------
    c : float
        Rejection point, in the units of the target.  With c = 4.685 standard
        deviations it keeps 95 % efficiency on Gaussian noise.

    Raises
    ------
    ValueError
        If `c` is not positive and finite.

    Notes
    -----
    Not convex.  Chapter *Robust losses*.

    References
    ----------
    Beaton and Tukey (1974), *The fitting of power series, meaning polynomials, illustrated on
    band-spectroscopic data*, Technometrics 16, doi:10.1080/00401706.1974.10489171.

    Examples
    --------
    >>> Tukey(c=1.0).pointwise([0.0, 0.0], [0.5, 3.0]).round(6).tolist()
    [0.096354, 0.166667]
    """

    c: float = 4.685
    hides_infinity = True

    __post_init__ = ResidualLoss._require_positive

    def _value(self, r):
        u = np.minimum(np.abs(r / self.c), 1)
        t = u * u
        return self.c**2 / 6 * t * (3 - t * (3 - t))  # 1 − (1−t)³ without cancelling

    def _room(self, r):
        """Return 1 − (r/c)² inside the rejection point, 0 outside, without cancelling."""
        size = np.minimum(np.abs(r), r.dtype.type(self.c))
        return (self.c - size) / self.c * ((self.c + size) / self.c)

    def _grad(self, r):
        return r * self._room(r) ** 2

    def _hess(self, r):
        u = np.clip(r / self.c, -1, 1)
        return self._room(r) * (1 - 5 * u * u)

    @staticmethod
    def _formula(sp, r, c):
        return sp.Piecewise(
            (c**2 / 6 * (1 - (1 - (r / c) ** 2) ** 3), sp.Abs(r) < c),
            (c**2 / 6, True),
            evaluate=False,
        )

    def _facts(self):
        return {
            "estimates": "the centre of the bulk",
            "convex": False,
            "range": (0.0, self.c**2 / 6),
            "lipschitz": self.c * 16 / (25 * math.sqrt(5)),
            "smoothness": 1.0,
            "aliases": ("biweight", "bisquare"),
            "choose": "samples beyond a known distance are certainly wrong",
            "avoid": "you cannot start near the answer: beyond c the gradient is exactly 0",
            "chapter": CHAPTER,
        }
