"""Errors as a fraction: of the truth, or of the size of truth and prediction together."""

from dataclasses import dataclass

import numpy as np

from .base import Loss
from .domains import NONZERO

__all__ = ["AbsolutePercentageError", "SymmetricPercentageError"]


@dataclass(frozen=True)
class AbsolutePercentageError(Loss):
    r"""Absolute error as a fraction of the truth; its mean is the MAPE.

    .. math:: \ell(y, \hat y) = \frac{|\hat y - y|}{|y|}

    A fraction, not multiplied by 100.

    Raises
    ------
    ValueError
        If a truth is 0.

    Notes
    -----
    Its best constant is a median in which small truths weigh most, so it favours
    predictions that are too low.  At the kink ŷ = y the subgradient is 0.

    Examples
    --------
    >>> AbsolutePercentageError()([100.0, 10.0], [110.0, 11.0])
    0.1
    """

    truth = NONZERO

    def _value(self, y, p):
        return np.abs(p - y) / np.abs(y)

    def _grad(self, y, p):
        return np.sign(p - y) / np.abs(y)

    @staticmethod
    def _formula(sp, y, yhat):
        return sp.Abs(yhat - y) / sp.Abs(y)

    def _facts(self):
        return {
            "estimates": "the median weighted by 1/|y|",
            "estimate": _harmonic_median,
            "convex": True,
            "smoothness": np.inf,
            "aliases": ("MAPE",),
            "choose": "the report has to be in per cent and no truth is near 0",
            "avoid": "truths come near 0, or predictions must not be too low",
            "chapter": "losses/quantiles-and-counts",
        }


@dataclass(frozen=True)
class SymmetricPercentageError(Loss):
    r"""Absolute error as a fraction of the mean size of both; its mean is the sMAPE.

    .. math:: \ell(y, \hat y) = \frac{2\,|\hat y - y|}{|y| + |\hat y|}

    A fraction from 0 to 2, not multiplied by 100.  Exchanging truth and prediction changes
    nothing, but too low by an amount costs more than too high by the same.

    Notes
    -----
    Where both are 0 the loss is 0.  A prediction of the wrong sign costs 2, whatever its size,
    and has slope 0: nothing pulls it back.  At the kink ŷ = y the subgradient is 0, and
    at the other, ŷ = 0, the mean of the slopes on both sides.  Some texts leave out the factor 2,
    so that it ends at 1.

    References
    ----------
    Armstrong (1985), *Long-Range Forecasting*, 2nd edition, Wiley, p. 348, under the name
    *adjusted MAPE* and without the absolute values below.

    Examples
    --------
    >>> SymmetricPercentageError().pointwise([100.0, 0.0, 0.0], [300.0, 5.0, 0.0]).tolist()
    [1.0, 2.0, 0.0]
    """

    def _value(self, y, p):
        size = np.abs(y) + np.abs(p)
        return 2 * (np.abs(p - y) / np.where(size > 0, size, 1))

    def _grad(self, y, p):
        size = np.abs(y) + np.abs(p)
        size = np.where(size > 0, size, 1)
        side = (np.sign(y) * np.sign(p) + 1) * np.abs(np.sign(y))  # 2, and 1 at 0, and 0
        return 2 * side * np.sign(p - y) * (np.abs(y) / size / size)

    @staticmethod
    def _formula(sp, y, yhat):
        return 2 * sp.Abs(yhat - y) / (sp.Abs(y) + sp.Abs(yhat))

    def _facts(self):
        return {
            "estimates": "a point in the bulk of positive truths",
            "convex": False,
            "smoothness": np.inf,
            "range": (0.0, 2.0),
            "aliases": ("sMAPE", "symmetric MAPE"),
            "choose": "a report has to be in per cent of truth and prediction alike",
            "avoid": "truths come near 0: it is near 2 there, however small the error; or to train "
            "on: a prediction of the wrong sign is never pulled back",
            "chapter": "losses/quantiles-and-counts",
        }


def _harmonic_median(y):
    """Return the median of `y` in which each value weighs 1/|y|."""
    order = np.sort(y)
    weight = np.cumsum(1 / np.abs(order))
    return order[np.searchsorted(weight, weight[-1] / 2)]
