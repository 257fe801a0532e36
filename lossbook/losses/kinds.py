"""Kinds of losses: what their formula is a function of, and what more they can do."""

import math
from numbers import Real
from typing import ClassVar

import numpy as np

from .base import Loss
from .domains import BINARY, DISTRIBUTION, SIGNS
from .inputs import require_finite, shown
from .layouts import require_layout

__all__ = [
    "BatchLoss",
    "BinaryLoss",
    "HasHess",
    "HasProx",
    "MarginLoss",
    "ResidualLoss",
    "RowLoss",
]


class HasHess:
    """A loss with a second derivative, which ``_hess`` computes.

    Examples
    --------
    >>> import lossbook as lb
    >>> isinstance(lb.mse, HasHess), lb.mse.pointwise_hess([0.0], [3.0]).tolist()
    (True, [2.0])
    """

    def pointwise_hess(self, y_true, y_pred):
        """Return the second derivative of each sample's loss by its prediction.

        Where it jumps, it is that of one side, for most losses the flatter one.
        """
        y, p, _ = self._read(y_true, y_pred)
        return self._pointwise(self._hess, y, p, self._shape_of_hess(p))

    def _shape_of_hess(self, p):
        return p.shape

    def _unless_stated(self):
        return super()._unless_stated() | {"smoothness": math.inf}


class HasProx:
    """A loss with a proximal operator in closed form, which ``_prox`` computes.

    Examples
    --------
    >>> import lossbook as lb
    >>> isinstance(lb.mae, HasProx), lb.mae.prox([0.0, 0.0], [3.0, 0.5], step=1.0).tolist()
    (True, [2.0, 0.0])
    """

    def prox(self, y_true, y_pred, step):
        r"""Return the proximal point of each prediction.

        .. math:: \arg\min_u\; \text{step}\cdot\ell(y, u) + \tfrac12 (u - \hat y)^2

        Parameters
        ----------
        y_true : array_like
            The truth.
        y_pred : array_like, the shape of `y_true`
            The point to start from.
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
        step = _as_step(step)
        y, p, _ = self._read(y_true, y_pred)
        require_finite(p, "y_pred")
        return self._to_prediction(y, self._prox(*self._checked_args(y, p), step))


def _as_step(step):
    number = step.item() if isinstance(step, (np.generic, np.ndarray)) and step.ndim == 0 else step
    if isinstance(number, bool) or not isinstance(number, Real) or not 0 < number < math.inf:
        raise ValueError(f"step must be one number, positive and finite, got {shown(step)}")
    return float(number)


class ResidualLoss(Loss):
    """A loss of the residual r = ŷ − y alone: ``_value(r)``, ``_grad(r)``, ``_hess(r)``.

    Examples
    --------
    >>> import lossbook as lb
    >>> isinstance(lb.mse, ResidualLoss), lb.mse([7.0], [9.0]) == lb.mse([0.0], [2.0])
    (True, True)
    """

    arguments: ClassVar[tuple[str, ...]] = ("r",)
    shapes: ClassVar[tuple[tuple[int, ...], ...]] = ((),)
    reach: ClassVar[float] = 1e150

    def _unless_stated(self):
        return super()._unless_stated() | {"kinks": ()}

    def _args(self, y, p):
        return (p - y,)

    def _to_prediction(self, y, r):
        return y + r


class MarginLoss(Loss):
    """A loss of the margin m = y ŷ alone, with labels −1/+1: ``_value(m)``, ``_grad(m)``.

    Examples
    --------
    >>> import lossbook as lb
    >>> isinstance(lb.hinge, MarginLoss), lb.hinge.pointwise([1, -1], [0.5, 0.5]).tolist()
    (True, [0.5, 1.5])
    """

    truth = SIGNS
    arguments: ClassVar[tuple[str, ...]] = ("m",)
    shapes: ClassVar[tuple[tuple[int, ...], ...]] = ((),)

    def _unless_stated(self):
        return super()._unless_stated() | {"kinks": ()}

    def _args(self, y, p):
        return (y * p,)

    def _chain(self, grad, y):
        return y * grad

    def _to_prediction(self, y, m):
        return y * m


class BinaryLoss(Loss):
    """A loss of two classes, labels 0/1 or the probability of class 1.

    Examples
    --------
    >>> import lossbook as lb
    >>> isinstance(lb.log_loss, BinaryLoss), round(lb.log_loss([0.5], [0.5]), 4)
    (True, 0.6931)
    """

    truth = BINARY


class RowLoss(Loss):
    """A loss of a whole row: y_pred has shape (n, …), and each row one value.

    `layout` says the axes of truth and prediction: a letter is a size, the same wherever it
    stands, a number a fixed size, and ``…`` one axis or more.

    Examples
    --------
    >>> import lossbook as lb
    >>> isinstance(lb.kl_divergence, RowLoss)
    True
    >>> lb.kl_divergence.pointwise([[0.5, 0.5]], [[0.5, 0.5]]).tolist()
    [0.0]
    """

    layout: ClassVar[tuple[str, str]] = ("n K", "n K")
    shapes: ClassVar[tuple[tuple[int, ...], ...]] = ((3,), (3,))
    # The norm in which the card's steepest slope is meant: infinity, the slope by one entry of
    # the row, where only that has a bound for rows of every size.
    slope_norm: ClassVar[float] = 2

    def _require_shapes(self, y, p):
        require_layout(y, p, self.layout, type(self).__name__)

    def _on_card(self, domain, side):
        axes = self.layout[side].split()
        return domain.name if axes == ["n"] else f"{domain.name}; shape ({', '.join(axes)})"

    def _shape_of_values(self, p):
        return p.shape[:1]

    def _example(self, rng, n):
        return tuple(
            domain.sample(rng, n if domain is DISTRIBUTION else (n, *shape))
            for domain, shape in zip((self.truth, self.prediction), self.shapes, strict=True)
        )


class BatchLoss(RowLoss):
    """A loss that compares the samples of a batch with each other.

    It is no sum of independent terms: what a sample costs depends on the others, so a
    large batch cannot be cut into blocks, and a weight is not a repetition.
    ``pointwise_grad`` is the gradient of the sum of all values.

    Examples
    --------
    >>> import lossbook as lb
    >>> isinstance(lb.InfoNCE(), BatchLoss), isinstance(lb.mse, BatchLoss)
    (True, False)
    """

    _blocks = staticmethod(lambda p: (...,))

    def _unless_stated(self):
        return {}  # few batches are drawn, too few to tell a bound from its absence

    def _grad(self, y, p):
        return self._pull(y, p, np.ones(len(p)))

    def _value_and_pull(self, *args):
        """Return the values, and ``_pull`` as a function of the weights; override to share work."""
        return self._value(*args), lambda weights: self._pull(*args, weights)

    def _pull(self, y, p, weights):
        """Return the gradient of the sum of weight times value, the shape of `p`."""
        raise NotImplementedError(f"{type(self).__name__} does not define _pull")

    def value_and_grad(self, y_true, y_pred, sample_weight=None):
        """Return the mean loss and its gradient with respect to `y_pred`.

        Parameters and errors are those of calling the loss.

        Returns
        -------
        float, ndarray
            The mean loss, and an array of the shape of `y_pred`.
        """
        y, p, weights = self._read(y_true, y_pred, sample_weight)
        values, pull = self._value_and_pull(*self._checked_args(y, p))
        weights = np.ones(len(p)) if weights is None else weights
        measure = float(weights.sum())
        value = self._mean(float(weights @ values), measure, y, p)
        return value, pull(weights / measure).astype(p.dtype, copy=False)
