"""Losses shaped by what an error costs: nothing below a tolerance, or more on one side."""

import math
from dataclasses import dataclass

import numpy as np

from ..numerics import exp_of_product, expm1_minus
from ..numerics.precision import in_double
from .kinds import HasHess, HasProx, ResidualLoss

CHAPTER = "losses/quantiles-and-counts"

__all__ = ["Linex", "SquaredEpsilonInsensitive"]


@dataclass(frozen=True)
class SquaredEpsilonInsensitive(HasHess, HasProx, ResidualLoss):
    r"""Squared error beyond a tube of half-width ε, nothing inside it.

    .. math:: \ell(r) = \max(|r| - \varepsilon,\; 0)^2, \qquad r = \hat y - y

    Small errors are free, and unlike that of `EpsilonInsensitive` the slope has no jump.

    Parameters
    ----------
    epsilon : float
        Error that costs nothing, in the units of the target; not negative.

    Raises
    ------
    ValueError
        If `epsilon` is negative or not finite.

    Notes
    -----
    scikit-learn's ``squared_epsilon_insensitive``.

    References
    ----------
    Ho and Lin (2012), *Large-scale linear support vector regression*, Journal of Machine
    Learning Research 13.

    Examples
    --------
    >>> SquaredEpsilonInsensitive(0.5).pointwise([0.0, 0.0], [0.4, 2.0]).tolist()
    [0.0, 2.25]
    """

    epsilon: float = 0.1

    def __post_init__(self):
        self._require("epsilon", lambda e: 0 <= e < math.inf, "finite and not negative")

    def _outside(self, r):
        return np.maximum(np.abs(r) - self.epsilon, 0)

    def _value(self, r):
        return self._outside(r) ** 2

    def _grad(self, r):
        return 2 * np.sign(r) * self._outside(r)

    def _hess(self, r):
        return 2 * (np.abs(r) > self.epsilon).astype(r.dtype)

    def _prox(self, r, step):
        return r - np.sign(r) * self._outside(r) * (2 * step / (1 + 2 * step))

    @staticmethod
    def _formula(sp, r, epsilon):
        outside = sp.Abs(r) - epsilon
        return sp.Piecewise((outside**2, outside > 0), (0, True), evaluate=False)

    def _facts(self):
        return {
            "estimates": "a centre: the mean as ε → 0",
            "convex": True,
            "smoothness": 2.0,
            "aliases": ("L2 SVR loss", "squared tube loss"),
            "choose": "errors below a tolerance are free and large ones matter most",
            "avoid": "there are outliers: its pull grows with the error",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class Linex(HasHess, ResidualLoss):
    r"""Linear-exponential loss: errors of one side cost linearly, of the other exponentially.

    .. math:: \ell(r) = e^{a r} - a r - 1, \qquad r = \hat y - y

    Near 0 it is :math:`a^2 r^2 / 2`.  With a > 0 it is predictions that are too high which cost
    exponentially, with a < 0 those that are too low.

    Parameters
    ----------
    a : float
        Asymmetry, in units of one over those of the target; not 0.

    Raises
    ------
    ValueError
        If `a` is 0, or its size not from 1e-100 to 1e100.

    Notes
    -----
    Some texts multiply it by a constant b, and some take r = y − ŷ, which is −a here.

    References
    ----------
    Varian (1975), *A Bayesian Approach to Real Estate Assessment*, in Studies in Bayesian
    Econometrics and Statistics, 195–208.

    Zellner (1986), *Bayesian Estimation and Prediction Using Asymmetric Loss Functions*, Journal
    of the American Statistical Association 81, 446–451.

    Examples
    --------
    >>> Linex(1.0).pointwise([0.0, 0.0], [3.0, -3.0]).round(4).tolist()
    [16.0855, 2.0498]
    """

    a: float = 1.0

    def __post_init__(self):
        self._require(
            "a", lambda a: 1e-100 <= abs(a) <= 1e100, "other than 0, of a size from 1e-100 to 1e100"
        )

    @property
    def reach(self):
        """Return the largest residual for which value and slope are finite."""
        return 500.0 / abs(self.a)

    @in_double
    def _value(self, r):
        far = exp_of_product(self.a, r) - 1 - self.a * r
        return np.where(np.abs(self.a * r) < 2, expm1_minus(np.clip(self.a * r, -2, 2)), far)

    @in_double
    def _grad(self, r):
        far = exp_of_product(self.a, r) - 1
        near = np.expm1(np.clip(self.a * r, -1, 1))
        return self.a * np.where(np.abs(self.a * r) < 1, near, far)

    @in_double
    def _hess(self, r):
        return self.a**2 * exp_of_product(self.a, r)

    @staticmethod
    def _formula(sp, r, a):
        return sp.exp(a * r) - a * r - 1

    def _facts(self):
        return {
            "estimates": "minus the logarithm of the mean of exp(−a y), over a",
            "estimate": lambda y: -np.log(np.mean(np.exp(-self.a * y))) / self.a,
            "convex": True,
            "aliases": ("linear-exponential loss",),
            "choose": "an error of one side is a disaster, of the other an expense",
            "avoid": "residuals are large against 1/a: one sample then rules the fit",
            "chapter": CHAPTER,
        }
