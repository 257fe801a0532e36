"""Losses of regression: how far a predicted number is from the true one.

Unless a class says otherwise the argument is the residual r = ŷ − y, in the units
of the target.
"""

from dataclasses import dataclass

import numpy as np

from ..numerics.compensated import quotient, two_sum
from ..numerics.log_gap import log_gap
from ..numerics.precision import in_double
from .base import Loss
from .domains import OVER_MINUS_ONE
from .kinds import HasHess, HasProx, ResidualLoss

__all__ = [
    "AbsoluteError",
    "HalfSquaredError",
    "SquaredError",
    "SquaredLogError",
]


@dataclass(frozen=True)
class SquaredError(HasHess, HasProx, ResidualLoss):
    r"""Squared error; its mean is the mean squared error (MSE).

    .. math:: \ell(y, \hat y) = (\hat y - y)^2

    Twice as wrong counts four times as much.  The best constant is the mean, and a single
    outlier that is large enough moves it anywhere.  Unit: the square of the target's.

    Notes
    -----
    Chapter *Squared and absolute error*.

    References
    ----------
    Legendre (1805), *Nouvelles méthodes pour la détermination des orbites des comètes*;
    Gauss (1809), *Theoria motus*.

    Examples
    --------
    >>> SquaredError()([1.0, 2.0], [1.0, 4.0])
    2.0
    >>> SquaredError().grad([1.0, 2.0], [1.0, 4.0]).tolist()
    [0.0, 2.0]
    """

    def _value(self, r):
        return r * r

    def _grad(self, r):
        return 2 * r

    def _hess(self, r):
        return np.full_like(r, 2)

    def _prox(self, r, step):
        return r / (1 + 2 * step)

    @staticmethod
    def _formula(sp, r):
        return r**2

    def _facts(self):
        return {
            "estimates": "the mean",
            "estimate": np.mean,
            "convex": True,
            "smoothness": 2.0,
            "aliases": ("MSE", "RMSE (its root)", "L2 loss", "quadratic loss", "least squares"),
            "choose": "the mean is what you need and large errors are rare and real",
            "avoid": "some targets are wrong or the noise has heavy tails",
            "chapter": "losses/squared-and-absolute",
        }


@dataclass(frozen=True)
class HalfSquaredError(HasHess, HasProx, ResidualLoss):
    r"""Half the squared error, whose derivative is the residual itself.

    .. math:: \ell(y, \hat y) = \tfrac12 (\hat y - y)^2

    The ½ makes it the negative log-likelihood of unit Gaussian noise (up to a
    constant).

    Notes
    -----
    Chapter *Squared and absolute error*.  The same as ``optax.l2_loss``.  *Smooth L2*, a name
    without a standard meaning, is sometimes this loss.

    References
    ----------
    Gauss (1809), *Theoria motus*.

    Examples
    --------
    >>> HalfSquaredError().pointwise_grad([1.0], [3.0]).tolist()
    [2.0]
    """

    def _value(self, r):
        return r * r * 0.5

    def _grad(self, r):
        return r

    def _hess(self, r):
        return np.ones_like(r)

    def _prox(self, r, step):
        return r / (1 + step)

    @staticmethod
    def _formula(sp, r):
        return r**2 / 2

    def _facts(self):
        return {
            "estimates": "the mean",
            "estimate": np.mean,
            "convex": True,
            "smoothness": 1.0,
            "aliases": ("L2 loss", "half MSE"),
            "choose": "as SquaredError; the gradient is the plain residual",
            "avoid": "as SquaredError",
            "chapter": "losses/squared-and-absolute",
        }


@dataclass(frozen=True)
class AbsoluteError(HasProx, ResidualLoss):
    r"""Absolute error; its mean is the mean absolute error (MAE).

    .. math:: \ell(y, \hat y) = |\hat y - y|

    Every sample pulls with the same strength, so the best constant is the median
    and an outlier pulls no harder than its neighbours.

    Notes
    -----
    At the kink r = 0 the subgradient is 0.  Chapter *Squared and absolute error*.

    References
    ----------
    Boscovich (1757) and Laplace (1793) fitted lines with it, on the condition that the
    residuals cancel; see Stigler (1986), *The History of Statistics*.

    Examples
    --------
    >>> AbsoluteError()([1.0, 2.0], [1.0, 4.0])
    1.0
    >>> AbsoluteError().pointwise_grad([1.0, 2.0], [1.0, 4.0]).tolist()
    [0.0, 1.0]
    """

    def _value(self, r):
        return np.abs(r)

    def _grad(self, r):
        return np.sign(r)

    def _prox(self, r, step):
        return np.sign(r) * np.maximum(np.abs(r) - step, 0)

    @staticmethod
    def _formula(sp, r):
        return sp.Abs(r)

    def _facts(self):
        return {
            "estimates": "the median",
            "estimate": np.median,
            "convex": True,
            "lipschitz": 1.0,
            "kinks": (0.0,),
            "aliases": ("MAE", "L1 loss", "least absolute deviations"),
            "choose": "outlying targets should not move the fit, or the median is what you need",
            "avoid": "you need the mean, or a smooth objective for a second-order method",
            "chapter": "losses/squared-and-absolute",
        }


@dataclass(frozen=True)
class SquaredLogError(HasHess, Loss):
    r"""Squared difference of logarithms; its mean is the mean squared log error (MSLE).

    .. math:: \ell(y, \hat y) = \bigl(\log(1 + \hat y) - \log(1 + y)\bigr)^2

    It compares ratios of 1 + y instead of differences: nine against ten counts like
    ninety-nine against a hundred and nine.

    Raises
    ------
    ValueError
        If a truth or prediction is −1 or less.

    Notes
    -----
    Predicting too low costs more than too high by the same amount.  Not convex
    in ŷ.

    Examples
    --------
    >>> round(SquaredLogError()([9.0, 99.0], [10.0, 109.0]), 6)
    0.009084
    """

    truth = OVER_MINUS_ONE
    prediction = OVER_MINUS_ONE

    @staticmethod
    def _log_ratio(y, p):
        # log1p(p) − log1p(y) would cancel where the two are close.
        gap = p - y
        return np.copysign(np.log1p(np.abs(gap) / (1 + np.minimum(p, y))), gap)

    def _value(self, y, p):
        return self._log_ratio(y, p) ** 2

    def _grad(self, y, p):
        return 2 * self._log_ratio(y, p) / (1 + p)

    @in_double
    def _hess(self, y, p):
        # Its sign changes where the ratio is e, and there 1 − log(ratio) needs further digits.
        ratio, low = quotient(two_sum(1.0, p), two_sum(1.0, y))
        return 2 * (log_gap(1.0, ratio) - low / ratio) / (1 + p) ** 2

    @staticmethod
    def _formula(sp, y, yhat):
        return (sp.log(1 + yhat) - sp.log(1 + y)) ** 2

    def _facts(self):
        return {
            "estimates": "the geometric mean of 1 + y, less 1",
            "estimate": lambda y: np.expm1(np.mean(np.log1p(y))),
            "convex": False,
            "aliases": ("MSLE",),
            "choose": "targets span orders of magnitude and ratios matter",
            "avoid": "totals matter: it estimates less than the mean",
            "chapter": "losses/quantiles-and-counts",
        }
