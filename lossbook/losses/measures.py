"""Divergences of amounts that are not negative and need not sum to 1, entry by entry."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from ..numerics import relative_entropy
from .base import Loss
from .divergences import over_prediction
from .domains import NOT_NEGATIVE, POSITIVE, Domain
from .kinds import HasHess

__all__ = ["GeneralizedKL", "ItakuraSaito"]

AMOUNTS = replace(NOT_NEGATIVE, sample=POSITIVE.sample)  # a prediction of 0 is seldom finite


@dataclass(frozen=True)
class GeneralizedKL(HasHess, Loss):
    r"""Kullback–Leibler divergence of amounts: entry by entry, without a sum that has to be 1.

    .. math:: \ell(y, \hat y) = y \log\frac{y}{\hat y} - y + \hat y, \qquad
              \frac{\partial\ell}{\partial\hat y} = 1 - \frac{y}{\hat y}

    It measures a difference in units of the noise of a count, whose variance is its mean:
    near the truth it is :math:`(y - \hat y)^2 / (2\hat y)`.  It is half the deviance of the Poisson
    distribution, so `Poisson` with ŷ = exp(z), and summed over rows that sum to 1 `KLDivergence`.

    Raises
    ------
    ValueError
        If a truth or prediction is negative.

    Notes
    -----
    With y = 0 it is ŷ; a prediction of 0 for what is not 0 is infinitely wrong.  It is
    ``scipy.special.kl_div``, and scikit-learn's ``NMF`` with ``beta_loss="kullback-leibler"``
    minimises the sum of it; Keras' ``KLDivergence`` leaves out −y + ŷ and clips.

    References
    ----------
    Lee and Seung (2000), *Algorithms for Non-negative Matrix Factorization*, Advances in Neural
    Information Processing Systems 13.

    Examples
    --------
    >>> GeneralizedKL().pointwise([0.0, 1.0, 2.0], [0.5, 1.0, 1.0]).round(4).tolist()
    [0.5, 0.0, 0.3863]
    """

    truth: ClassVar[Domain] = NOT_NEGATIVE
    prediction: ClassVar[Domain] = AMOUNTS

    def _value(self, y, p):
        return relative_entropy(y, p)

    def _grad(self, y, p):
        return over_prediction(p - y, y, p, 1)

    def _hess(self, y, p):
        with np.errstate(over="ignore"):
            return over_prediction(over_prediction(y, y, p, 0), y, p, 0)

    @staticmethod
    def _formula(sp, y, yhat):
        return sp.Piecewise((yhat, sp.Eq(y, 0)), (y * sp.log(y / yhat) - y + yhat, True))

    def _facts(self):
        return {
            "estimates": "the mean",
            "estimate": np.mean,
            "convex": True,
            "aliases": ("I-divergence", "half the Poisson deviance", "β-divergence with β = 1"),
            "choose": "counts, intensities, spectra: amounts whose noise grows like their root",
            "avoid": "amounts whose noise grows like themselves: take ItakuraSaito",
            "chapter": "losses/divergences",
        }


@dataclass(frozen=True)
class ItakuraSaito(HasHess, Loss):
    r"""Itakura–Saito divergence: only the ratio of truth and prediction counts.

    .. math:: \ell(y, \hat y) = \frac{y}{\hat y} - \log\frac{y}{\hat y} - 1, \qquad
              \frac{\partial\ell}{\partial\hat y} = \frac{\hat y - y}{\hat y^2}

    Soft and loud count alike: both arguments times the same number give the same loss.
    That suits power spectra, and anything whose standard deviation is in proportion to its
    mean: it is half the deviance of the gamma distribution, `Gamma` with ŷ = exp(z).

    Raises
    ------
    ValueError
        If a truth or prediction is 0 or negative.

    Notes
    -----
    Not convex in ŷ, but it has one minimum; it falls faster from below than it rises above.
    scikit-learn's ``NMF`` with ``beta_loss="itakura-saito"`` minimises the sum of it.

    References
    ----------
    Févotte, Bertin and Durrieu (2009), *Nonnegative Matrix Factorization with the
    Itakura-Saito Divergence*, Neural Computation 21(3), doi:10.1162/neco.2008.04-08-771.

    Examples
    --------
    >>> ItakuraSaito().pointwise([1.0, 100.0, 2.0], [2.0, 200.0, 2.0]).round(4).tolist()
    [0.1931, 0.1931, 0.0]
    """

    truth: ClassVar[Domain] = POSITIVE
    prediction: ClassVar[Domain] = POSITIVE

    def _value(self, y, p):
        return relative_entropy(p, y) / p

    def _grad(self, y, p):
        return (p - y) / p / p

    def _hess(self, y, p):
        return (2 * y - p) / p / p / p

    @staticmethod
    def _formula(sp, y, yhat):
        return y / yhat - sp.log(y / yhat) - 1

    def _facts(self):
        return {
            "estimates": "the mean",
            "estimate": np.mean,
            "convex": False,
            "aliases": ("half the gamma deviance", "β-divergence with β = 0"),
            "choose": "spectra and other positive amounts of many sizes, wrong by a percentage",
            "avoid": "some truths are 0, or absolute errors matter",
            "chapter": "losses/divergences",
        }
