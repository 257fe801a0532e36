r"""Coordinates in which the columns are alike: the same problem, with a short way to its minimum.

With columns :math:`\tilde x_j = (x_j - m_j) s_j` the model is the same for the coefficients
:math:`u_j = w_j / s_j`, and its intercept is the prediction at the middle of the data.  A penalty
of single parameters is scaled along, so the minimum is the one that was asked for.
"""

from dataclasses import dataclass

import numpy as np

from ..models import Model
from ..penalties import L1, L2, ElasticNet, Penalty
from ..penalties.base import require_step
from .envelopes import PenaltyEnvelope

__all__ = ["Coordinates", "Stretched", "has_kinks", "strengths"]

NO_SPREAD = 1e-14  # relative to the largest entry: a column that is constant but for rounding


@dataclass(frozen=True, eq=False)
class Stretched(Penalty):
    """Absolute values and half the squares, with strengths of each parameter's own."""

    lasso: np.ndarray
    ridge: np.ndarray

    def value(self, w):
        """Return Σ aⱼ|wⱼ| + ½ Σ bⱼwⱼ²."""
        return float(self.lasso @ np.abs(w) + self.ridge @ (w * w) / 2)

    def grad(self, w):
        """Return a sign(w) + b w."""
        return self.lasso * np.sign(w) + self.ridge * w

    def curvature(self, w):
        """Return b."""
        return self.ridge

    def prox(self, w, step):
        """Return w moved towards zero, then shrunk."""
        require_step(step)
        moved = np.copysign(np.maximum(np.abs(w) - step * self.lasso, 0), w)
        return moved / (1 + step * self.ridge)


def strengths(penalty: Penalty | None) -> tuple[float, float] | None:
    """Return how strong the absolute values and the squares are; None for another penalty."""
    if penalty is None:
        return 0.0, 0.0
    if type(penalty) is L1:
        return penalty.strength, 0.0
    if type(penalty) is L2:
        return 0.0, penalty.strength
    if type(penalty) is ElasticNet:
        return penalty.strength * penalty.l1_ratio, penalty.strength * (1 - penalty.l1_ratio)
    return None


def has_kinks(penalty: Penalty | None) -> bool:
    """Tell whether the penalty may have a kink, which every other than `L2` may."""
    if isinstance(penalty, Stretched):
        return bool(penalty.lasso.any())
    return not isinstance(penalty, PenaltyEnvelope) and penalty is not None


class Coordinates:
    """The change from the parameters of the given columns to those of alike ones, and back.

    Parameters
    ----------
    model : Model
        Linear, or a network, whose first layer is.
    X : ndarray, shape (n, p)
    weights : ndarray, shape (n,)
        Summing to 1.
    penalty : Penalty or None
    curvature : float
        That of the loss; beside a steep penalty a column need not be scaled up.
    """

    def __init__(self, model: Model, X, weights, penalty, curvature):
        self.model, self.penalty = model, penalty
        constant = _first_layer(model, np.zeros(model.n_params))[1] is not None
        self.mean = weights @ X if constant else np.zeros(X.shape[1])
        peak = np.abs(X).max(axis=0)
        size = np.where(peak > 0, peak, 1)
        spread = size * np.sqrt(weights @ ((X - self.mean) / size) ** 2)
        useless = spread <= NO_SPREAD * peak
        self.scale = np.ones(X.shape[1])
        if strengths(penalty) is not None:
            steep = np.sqrt(strengths(penalty)[1] / curvature)
            self.scale = 1 / np.where(useless, 1, np.hypot(spread, steep))
        self.scale[useless] = 0  # what says nothing gets no coefficient

    def columns(self, X):
        """Return the columns that are alike."""
        return (X - self.mean) * self.scale

    def penalty_inside(self):
        """Return the penalty as a function of the parameters inside."""
        both = strengths(self.penalty)
        if both is None:
            return self.penalty
        if not any(both):
            return None
        scale = np.ones(self.model.n_params)
        self._rescale(scale, self.scale)
        scale = scale[self.model.penalised]
        return Stretched(both[0] * scale, both[1] * scale**2)

    def _rescale(self, w, scale):
        """Multiply the coefficients of every column, in place; return them and the constant."""
        coef, constant = _first_layer(self.model, w)
        coef[...] = (coef.T * scale).T
        return coef, constant

    def inside(self, w):
        """Return the parameters of the alike columns, from those of the given ones."""
        u = w.copy()
        coef, constant = _first_layer(self.model, u)
        if constant is not None:
            constant[...] += self.mean @ coef
        reciprocal = np.divide(1, self.scale, where=self.scale > 0, out=self.scale.copy())
        self._rescale(u, reciprocal)
        return u

    def outside(self, u):
        """Return the parameters of the given columns, from those of the alike ones."""
        w = u.copy()
        coef, constant = self._rescale(w, self.scale)
        if constant is not None:
            constant[...] -= self.mean @ coef
        return w


def _first_layer(model, w):
    """Return what meets the columns: coefficients, a row a column, and the constant or None."""
    view = model.view(w)
    return (view.weights[0], view.biases[0]) if hasattr(view, "weights") else view
