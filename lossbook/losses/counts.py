r"""Losses of counts and amounts: the prediction is the logarithm of their mean.

Each is half a unit deviance, the negative log-likelihood less the least it could be for this
truth: 0 where :math:`e^z = y`, and never negative.  What statistics packages report is the
deviance, twice as much; the negative log-likelihoods of other libraries differ by terms of
the truth alone, so all of them have the same gradient.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..numerics import expm1_minus
from ..numerics.log_gap import log_gap
from ..numerics.precision import in_double
from .base import Loss
from .domains import NOT_NEGATIVE, POSITIVE
from .kinds import HasHess

CHAPTER = "losses/quantiles-and-counts"
FAR = 2.0  # of d = z − log y: from here on the plain terms no longer cancel

__all__ = ["Gamma", "NegativeBinomial", "Poisson"]


class LogLinkLoss(HasHess, Loss):
    """A loss of a mean that is predicted by its logarithm z.

    ``_value_at`` and ``_grad_at`` are functions of d = z − log y too, which value and gradient
    share.
    """

    arguments: ClassVar[tuple[str, ...]] = ("y", "z")
    reach: ClassVar[float] = 690.0  # beyond, the mean itself is too large a number
    hides_infinity = True

    @in_double
    def _value(self, y, z):
        return self._value_at(y, z, gap_of_logs(y, z))

    @in_double
    def _grad(self, y, z):
        return self._grad_at(y, z, gap_of_logs(y, z))

    @in_double
    def _value_and_grad(self, y, z):
        d = gap_of_logs(y, z)
        return self._value_at(y, z, d), self._grad_at(y, z, d)

    def _link(self):
        return {
            "estimates": "the mean",
            "estimate": np.mean,
            "link": "mean = exp(prediction)",
            "inverse_link": np.exp,
            "chapter": CHAPTER,
        }


def gap_of_logs(y, z):
    """Return z − log y; where y is not positive any number will do, and it is z."""
    return log_gap(z, np.where(y > 0, y, 1.0))


def excess(y, z, d=None):
    """Return the mean less the truth, e^z − y, exact where the two are close."""
    d = gap_of_logs(y, z) if d is None else d
    return np.where((np.abs(d) < 1) & (y > 0), y * np.expm1(np.clip(d, -1, 1)), np.exp(z) - y)


@dataclass(frozen=True)
class Poisson(LogLinkLoss):
    r"""Poisson loss of a count: the more it expects, the more error it forgives.

    .. math:: \ell(y, z) = e^z - y - y\,(z - \log y), \qquad
              \frac{\partial\ell}{\partial z} = e^z - y

    Half the Poisson deviance.  The prediction z is the logarithm of the mean, so that a
    linear model multiplies rates and never predicts a negative one.

    Raises
    ------
    ValueError
        If a truth is negative.

    Notes
    -----
    The truth need not be whole; with :math:`y = 0` the loss is :math:`e^z`.  PyTorch's
    ``PoissonNLLLoss(log_input=True)`` and scikit-learn's ``HalfPoissonLoss`` are
    :math:`e^z - y z`, more by :math:`y - y \log y`; ``mean_poisson_deviance`` is twice this
    loss and takes the mean :math:`e^z`.

    References
    ----------
    Nelder and Wedderburn (1972), *Generalized linear models*.

    Examples
    --------
    >>> Poisson().pointwise([0.0, 2.0], [0.0, np.log(4.0)]).round(6).tolist()
    [1.0, 0.613706]
    """

    truth = NOT_NEGATIVE

    def _value_at(self, y, z, d):
        near = y * expm1_minus(np.clip(d, -FAR, FAR))
        far = np.exp(z) - y - y * d
        return np.where(y == 0, np.exp(z), np.where(np.abs(d) < FAR, near, far))

    def _grad_at(self, y, z, d):
        return excess(y, z, d)

    @in_double
    def _hess(self, y, z):
        return np.exp(z)

    @staticmethod
    def _formula(sp, y, z):
        mean = sp.exp(z)
        return sp.Piecewise((mean - y - y * (z - sp.log(y)), y > 0), (mean, True))

    def _facts(self):
        return {
            **self._link(),
            "convex": True,
            "aliases": ("Poisson NLL", "half Poisson deviance", "I-divergence on a log link"),
            "choose": "the truth counts events, and the spread grows like the mean",
            "avoid": "the spread counts, and is wider than Poisson's: use NegativeBinomial",
        }


@dataclass(frozen=True)
class Gamma(LogLinkLoss):
    r"""Gamma loss of an amount: only the ratio of mean and truth counts.

    .. math:: \ell(y, z) = y\,e^{-z} - 1 + z - \log y, \qquad
              \frac{\partial\ell}{\partial z} = 1 - y\,e^{-z}

    Half the gamma deviance, the loss of a spread that grows in proportion to the mean.
    It depends on :math:`z - \log y` alone: a mean of twice the truth costs the same for a small
    truth as for a large one, and less than a mean of half the truth.

    Raises
    ------
    ValueError
        If a truth is 0 or negative.

    Notes
    -----
    scikit-learn's ``HalfGammaLoss`` is :math:`y e^{-z} + z`, more by :math:`1 + \log y`;
    ``mean_gamma_deviance`` is twice this loss and takes the mean :math:`e^z`.  In the
    analysis of spectra this is the Itakura–Saito divergence.

    References
    ----------
    Nelder and Wedderburn (1972), *Generalized linear models*.

    Examples
    --------
    >>> Gamma().pointwise([1.0, 100.0], np.log([2.0, 200.0])).round(6).tolist()
    [0.193147, 0.193147]
    """

    truth = POSITIVE

    def _value_at(self, y, z, d):
        return np.where(np.abs(d) < FAR, expm1_minus(-d), (y * np.exp(-z) - 1) + d)

    def _grad_at(self, y, z, d):
        return np.where(np.abs(d) < 1, -np.expm1(-d), 1 - y * np.exp(-z))

    @in_double
    def _hess(self, y, z):
        return y * np.exp(-z)

    @staticmethod
    def _formula(sp, y, z):
        return y * sp.exp(-z) - 1 + z - sp.log(y)

    def _facts(self):
        return {
            **self._link(),
            "convex": True,
            "aliases": ("half gamma deviance", "Itakura–Saito divergence on a log link"),
            "choose": "amounts are positive and scatter in proportion to their size",
            "avoid": "a truth may be 0 (use Tweedie), or totals matter more than ratios",
        }


@dataclass(frozen=True)
class NegativeBinomial(LogLinkLoss):
    r"""Negative binomial loss of a count: Poisson whose rate itself scatters.

    .. math:: \ell(y, z) = \Bigl(y + \frac1\alpha\Bigr)
              \log\frac{1 + \alpha\,e^z}{1 + \alpha\,y} - y\,(z - \log y), \qquad
              \frac{\partial\ell}{\partial z} = \frac{e^z - y}{1 + \alpha\,e^z}

    Half the negative binomial deviance, of a variance :math:`\mu + \alpha \mu^2`.  The gradient
    is Poisson's divided by :math:`1 + \alpha\,e^z`: where much is expected, an error of the same
    size tells less.

    Parameters
    ----------
    dispersion : float
        The number α, positive; as it goes to 0 the loss becomes `Poisson`.

    Raises
    ------
    ValueError
        If `dispersion` is not positive and finite, or a truth is negative.

    Notes
    -----
    This is the form called NB2, statsmodels' ``families.NegativeBinomial(alpha)``, whose
    deviance is twice this loss.  R's ``glm.nb`` and others state θ = 1/α.

    Examples
    --------
    >>> NegativeBinomial(1.0).pointwise([0.0, 1.0], [0.0, 0.0]).round(6).tolist()
    [0.693147, 0.0]
    """

    dispersion: float = 1.0
    truth = NOT_NEGATIVE
    reach: ClassVar[float] = 1e4

    __post_init__ = Loss._require_positive

    def _value_at(self, y, z, d):
        alpha = self.dispersion
        rest = 1 / (1 + alpha * y)  # and 1 − rest: the two shares of an expectation
        share = alpha * y * rest
        small = np.clip(d, -FAR, FAR)
        mixed = rest * expm1_minus(-share * small) + share * expm1_minus(rest * small)
        near = np.log1p(mixed)
        less = share < 0.5  # the other way round, the same with the roles of the shares exchanged
        own, way = np.where(less, share, rest), np.where(less, 1, -1)
        factor = np.where(less, alpha, y) * rest
        far = _log1p_exp(way * z, factor, -own) - way * own * d
        value = (y + 1 / alpha) * np.where(np.abs(d) < FAR, near, far)
        return np.where(y == 0, _log1p_exp(z, alpha, 0) / alpha, value)

    def _grad_at(self, y, z, d):
        t = np.exp(-np.abs(z))
        near = np.abs(d) < 1
        small = np.clip(d, -1, 1)
        above = np.where(near & (y > 0), -np.expm1(-small), 1 - y * t) / (t + self.dispersion)
        below = np.where(near & (y > 0), y * np.expm1(small), t - y) / (1 + self.dispersion * t)
        return np.where(z > 0, above, below)

    @in_double
    def _hess(self, y, z):
        alpha, t = self.dispersion, np.exp(-np.abs(z))
        return (1 + alpha * y) * (t / np.where(z > 0, t + alpha, 1 + alpha * t) ** 2)

    @staticmethod
    def _formula(sp, y, z, dispersion):
        rise = sp.log(1 + dispersion * sp.exp(z))
        own = (y + 1 / dispersion) * (rise - sp.log(1 + dispersion * y)) - y * (z - sp.log(y))
        return sp.Piecewise((own, y > 0), (rise / dispersion, True))

    def _example(self, rng, n):
        rates = rng.gamma(0.3, 20.0, n)  # counts far from their mean are what it is for
        return rng.poisson(rates).astype(float), self.prediction.sample(rng, n)

    def _facts(self):
        return {
            **self._link(),
            "convex": True,
            "aliases": ("NB2", "half negative binomial deviance"),
            "choose": "the truth counts events, and counts scatter more than Poisson's would",
            "avoid": "you have no idea of the dispersion and cannot estimate it",
        }


def _log1p_exp(z, factor, rest):
    """Return log(1 + c e^z + r), for −1 < r ≤ 0, without overflow."""
    with np.errstate(divide="ignore"):
        far = z + np.log(factor)
    near = np.log1p(factor * np.exp(np.where(far > 40, 0, z)) + rest)
    return np.where(far > 40, far, near)
