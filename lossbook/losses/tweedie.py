"""The Tweedie family of losses, from squared error to counts, amounts and beyond."""

from dataclasses import dataclass

import numpy as np

from ..numerics import exp_of_product, expm1_minus
from ..numerics.precision import in_double
from .counts import Gamma, LogLinkLoss, Poisson, excess, gap_of_logs
from .domains import NOT_NEGATIVE, POSITIVE, REAL

__all__ = ["Tweedie"]

FAR = 600.0  # where e^z is all but infinite, and y beside it nothing


@dataclass(frozen=True)
class Tweedie(LogLinkLoss):
    r"""Tweedie loss: one family from squared error to counts, amounts and what lies between.

    .. math:: \ell(y, z) = \frac{y^{2-p}}{(1-p)(2-p)} - \frac{y\,e^{(1-p) z}}{1-p}
              + \frac{e^{(2-p) z}}{2-p}, \qquad
              \frac{\partial\ell}{\partial z} = e^{(1-p) z}\,(e^z - y)

    Half the Tweedie deviance, of a spread whose variance grows like the mean to the power p.
    Between 1 and 2 it takes truths of which many are exactly 0 and the others are amounts,
    such as claims or rain.

    Parameters
    ----------
    power : float
        The power p: 0 gives half the squared error of :math:`e^z`, 1 `Poisson`, 2 `Gamma`,
        3 the inverse Gaussian loss :math:`(y - e^z)^2 / (2\,y\,e^{2z})`; or any number from
        1 to 3.  Powers below 0 and above 3 exist too, and are not offered here.

    Raises
    ------
    ValueError
        If `power` is not 0 or from 1 to 3, or a truth is negative (p from 1) or 0 (p from 2).

    Notes
    -----
    Between 0 and 1 no such distribution exists.  Convex in z for p from 1 to 2 only.
    scikit-learn's ``HalfTweedieLoss`` leaves out terms of y; ``mean_tweedie_deviance`` is twice
    this loss and takes the mean :math:`e^z`.

    References
    ----------
    Jørgensen (1987), *Exponential dispersion models*.

    Examples
    --------
    >>> Tweedie(1.5).pointwise([0.0, 4.0], [0.0, 0.0]).round(6).tolist()
    [2.0, 2.0]
    """

    power: float = 1.5

    def __post_init__(self):
        self._require("power", lambda p: p == 0 or 1 <= p <= 3, "0, or from 1 to 3")

    @property
    def truth(self):
        """Return what the truth may be, which depends on the power."""
        return REAL if self.power == 0 else NOT_NEGATIVE if self.power < 2 else POSITIVE

    @property
    def reach(self):
        """Return the largest z for which value and gradient are finite."""
        return 690.0 / max(1, abs(2 - self.power), abs(1 - self.power))

    def _value(self, y, z):
        special = {1: Poisson()._value, 2: Gamma()._value, 0: self._squared, 3: self._inverse}
        return special.get(self.power, self._between)(y, z)

    @in_double
    def _squared(self, y, z):
        return excess(y, z) ** 2 / 2

    @in_double
    def _inverse(self, y, z):
        near = excess(y, np.minimum(z, FAR)) * np.exp(-z)
        scaled = np.where(z > FAR, 1 - y * np.exp(-z), near)
        return scaled / y * scaled / 2

    @in_double
    def _between(self, y, z):
        a, b = 1 - self.power, 2 - self.power
        size, d = np.where(y > 0, y, 1.0), gap_of_logs(y, z)
        near = expm1_minus(b * d) / b - expm1_minus(a * d) / a
        far = _growth(b, 0, size, z, d, b) - _growth(a, 1, size, z, d, b)
        value = np.where(np.abs(d) < 1, np.power(size, b) * near, far)
        return np.where(y == 0, exp_of_product(b, z) / b, value)

    @in_double
    def _grad(self, y, z):
        a, b = 1 - self.power, 2 - self.power
        if self.power < 1:
            return exp_of_product(a, z) * excess(y, z)
        near = exp_of_product(a, np.minimum(z, FAR)) * excess(y, np.minimum(z, FAR))
        return np.where(z > FAR, exp_of_product(b, z) - y * exp_of_product(a, z), near)

    @in_double
    def _hess(self, y, z):
        p = self.power
        if 1 <= p <= 2:
            inner = (p - 1) * y + (2 - p) * np.exp(z)
        else:
            inner = (2 - p) * excess((p - 1) / (p - 2) * y, z)
        return exp_of_product(1 - p, z) * inner

    @staticmethod
    def _formula(sp, y, z, power):
        p, mean = power, sp.exp(z)
        if p == 1:
            return Poisson._formula(sp, y, z)
        if p == 2:
            return Gamma._formula(sp, y, z)
        if p == 0:
            return (mean - y) ** 2 / 2
        far = mean ** (2 - p) / (2 - p)
        own = y ** (2 - p) / ((1 - p) * (2 - p)) - y * mean ** (1 - p) / (1 - p)
        return sp.Piecewise((own + far, y > 0), (far, True))

    def _facts(self):
        facts = {
            **self._link(),
            "convex": 1 <= self.power <= 2,
            "aliases": ("half Tweedie deviance",),
            "choose": "many truths are 0 and the others are amounts (p between 1 and 2)",
            "avoid": "you cannot say how the spread grows with the mean: try Poisson or Gamma",
        }
        if self.power == 0:  # a mean that is not positive has no logarithm
            del facts["estimate"]
        return facts


def _growth(k, rest, size, z, d, b):
    """Return y^b (e^(k d) − 1)/k with y^b e^(k d) = y^rest e^(k z), exact where it is large."""
    scale = np.power(size, b)
    large = np.power(size, rest) * exp_of_product(k, z) - scale
    return np.where(k * d > 1, large, scale * np.expm1(np.minimum(k * d, 1))) / k
