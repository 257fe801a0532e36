"""Kinds of losses: what their formula is a function of, and what more they can do."""

import math
from typing import ClassVar

from .base import Loss
from .domains import BINARY, SIGNS
from .inputs import require_finite

__all__ = ["BinaryLoss", "HasHess", "HasProx", "MarginLoss", "ResidualLoss", "RowLoss"]


class HasHess:
    """A loss with a second derivative, where ``_hess`` says it."""

    def pointwise_hess(self, y_true, y_pred):
        """Return the second derivative of each sample's loss by its prediction.

        At a kink it is the one of the flatter side.
        """
        y, p, _ = self._read(y_true, y_pred)
        return self._pointwise(self._hess, y, p, self._shape_of_hess(p))

    def _shape_of_hess(self, p):
        return p.shape


class HasProx:
    """A loss with a proximal operator in closed form, where ``_prox`` says it."""

    def prox(self, y_true, y_pred, step):
        r"""Return the proximal point of each prediction.

        .. math:: \arg\min_u\; \text{step}\cdot\ell(y, u) + \tfrac12 (u - \hat y)^2

        Parameters
        ----------
        y_true, y_pred : array_like, the same shape
            The truth, and the point to start from.
        step : float
            Positive weight of the loss.

        Returns
        -------
        ndarray
            The shape of `y_pred`.

        Raises
        ------
        ValueError
            If `step` is not positive and finite, or as for the loss itself.
        """
        if not 0 < step < math.inf:
            raise ValueError(f"step must be positive and finite, got {step!r}")
        y, p, _ = self._read(y_true, y_pred)
        require_finite(p, "y_pred")
        return self._to_prediction(y, self._prox(*self._checked_args(y, p), step))


class ResidualLoss(Loss):
    """A loss of the residual r = ŷ − y alone: ``_value(r)``, ``_grad(r)``, ``_hess(r)``."""

    arguments: ClassVar[tuple[str, ...]] = ("r",)

    def _args(self, y, p):
        return (p - y,)

    def _to_prediction(self, y, r):
        return y + r


class MarginLoss(Loss):
    """A loss of the margin m = y ŷ alone, with labels −1/+1: ``_value(m)``, ``_grad(m)``."""

    truth = SIGNS
    arguments: ClassVar[tuple[str, ...]] = ("m",)

    def _args(self, y, p):
        return (y * p,)

    def _chain(self, grad, y):
        return y * grad

    def _to_prediction(self, y, m):
        return y * m


class BinaryLoss(Loss):
    """A loss of two classes, labels 0/1 or the probability of class 1."""

    truth = BINARY


class RowLoss(Loss):
    """A loss that needs the whole row of predictions of a sample: y_pred has shape (n, K)."""

    def _shape_of_values(self, p):
        return p.shape[:1]
