"""Proper scores of two classes other than the logarithmic one: bounded, so forgiving.

`Brier` and `SphericalScore` take probabilities, `SigmoidSquaredError` takes logits.
"""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..numerics import sigmoid
from .binary import CHAPTER
from .domains import PROBABILITY
from .kinds import BinaryLoss, HasHess

__all__ = ["Brier", "SigmoidSquaredError", "SphericalScore"]


@dataclass(frozen=True)
class Brier(HasHess, BinaryLoss):
    r"""Brier score: the squared error of a predicted probability.

    .. math:: \ell(y, p) = (p - y)^2

    Being sure and wrong costs 1, not infinitely much as with the log loss; the best forecast is
    the true probability all the same.

    Raises
    ------
    ValueError
        If a label or a prediction is outside [0, 1].

    Notes
    -----
    Of the class 1 alone, as in scikit-learn's ``brier_score_loss`` with its default for two
    classes.  Brier's own score is the sum over both classes, which is twice as much.

    References
    ----------
    Brier (1950), *Verification of forecasts expressed in terms of probability*,
    doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.

    Examples
    --------
    >>> Brier().pointwise([1, 0, 1], [0.75, 0.5, 0.0]).tolist()
    [0.0625, 0.25, 1.0]
    """

    prediction = PROBABILITY

    def _value(self, y, p):
        return (p - y) ** 2

    def _grad(self, y, p):
        return 2 * (p - y)

    def _value_and_grad(self, y, p):
        miss = p - y
        return miss * miss, 2 * miss

    def _hess(self, y, p):
        return np.full_like(p, 2)

    @staticmethod
    def _formula(sp, y, yhat):
        return (yhat - y) ** 2

    def _facts(self):
        return {
            "estimates": "the probability of class 1",
            "estimate": np.mean,
            "convex": True,
            "lipschitz": 2.0,
            "smoothness": 2.0,
            "range": (0.0, 1.0),
            "proper": True,
            "calibrated": True,
            "aliases": ("quadratic score", "mean squared error of probabilities"),
            "choose": "you score probabilities, and one that was sure and wrong must not decide",
            "avoid": "rare events matter: it hardly tells 0.001 from 0.01",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class SigmoidSquaredError(HasHess, BinaryLoss):
    r"""Squared error behind a sigmoid: the Brier score on logits, the loss that saturates.

    .. math:: \ell(y, z) = (\sigma(z) - y)^2, \qquad
              \frac{\partial\ell}{\partial z} = 2\,(\sigma(z) - y)\,\sigma(z)\,\sigma(-z)

    The last two factors die away where the model is sure, be it right or wrong: a sample that is
    badly wrong does not pull, where the cross-entropy pulls with all its weight.

    Raises
    ------
    ValueError
        If a label is outside [0, 1].

    Notes
    -----
    For labels 0 and 1 every digit is kept; for a probability y the difference σ(z) − y is
    rounded like any difference.

    References
    ----------
    Brier (1950), *Verification of forecasts expressed in terms of probability*,
    doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.

    Examples
    --------
    >>> SigmoidSquaredError().pointwise([1, 0], [0.0, 1000.0]).tolist()
    [0.25, 1.0]
    >>> SigmoidSquaredError().pointwise_grad([1, 0], [0.0, 1000.0]).tolist()
    [-0.25, 0.0]
    """

    arguments: ClassVar[tuple[str, ...]] = ("y", "z")
    hides_infinity: ClassVar[bool] = True

    def _pieces(self, y, z):
        """Return σ(z) − y, σ(z) and σ(−z); for labels the difference is one of the other two."""
        p, rest = sigmoid(z), sigmoid(-z)
        return (1 - y) * p - y * rest, p, rest

    def _value(self, y, z):
        return self._pieces(y, z)[0] ** 2

    def _grad(self, y, z):
        return self._value_and_grad(y, z)[1]

    def _value_and_grad(self, y, z):
        miss, p, rest = self._pieces(y, z)
        return miss * miss, 2 * miss * p * rest

    def _hess(self, y, z):
        miss, p, rest = self._pieces(y, z)
        return 2 * p * rest * (p * rest + miss * (rest - p))

    @staticmethod
    def _formula(sp, y, z):
        return (1 / (1 + sp.exp(-z)) - y) ** 2

    def _facts(self):
        p = (15 - math.sqrt(33)) / 24  # the chance missed at which the curvature is strongest
        return {
            "estimates": "the probability of class 1",
            "estimate": np.mean,
            "inverse_link": sigmoid,
            "convex": False,
            "lipschitz": 8 / 27,
            "smoothness": 2 * p * p * (1 - p) * (2 - 3 * p),
            "range": (0.0, 1.0),
            "link": "probability = sigmoid(prediction)",
            "proper": True,
            "calibrated": True,
            "aliases": ("Brier score on logits",),
            "choose": "some labels are wrong, and you have a good starting value",
            "avoid": "you train from scratch: what is badly wrong hardly pulls",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class SphericalScore(HasHess, BinaryLoss):
    r"""Spherical score: the probability of what happened, over the length of the forecast.

    .. math:: \ell(y, p) = 1 - \frac{y\,p + (1 - y)(1 - p)}{\sqrt{p^2 + (1 - p)^2}}

    The fraction is the cosine of the angle between the forecast (1 − p, p) and the axis of the
    class that came.

    Raises
    ------
    ValueError
        If a label or a prediction is outside [0, 1].

    Notes
    -----
    The score itself is the larger the better; the loss is 1 less the score.  Not convex.

    References
    ----------
    Gneiting and Raftery (2007), *Strictly Proper Scoring Rules, Prediction, and Estimation*,
    doi:10.1198/016214506000001437.

    Examples
    --------
    >>> SphericalScore().pointwise([1, 1, 0], [1.0, 0.5, 1.0]).round(6).tolist()
    [0.0, 0.292893, 1.0]
    """

    prediction = PROBABILITY

    def _value(self, y, p):
        q = 1 - p
        length = np.hypot(p, q)
        # 1 − p/length = q²/(length (length + p)): the same without cancelling
        miss = y * q * (q / (length + p)) + (1 - y) * p * (p / (length + q))
        return miss / length

    def _grad(self, y, p):
        q = 1 - p
        return ((1 - y) * p - y * q) / np.hypot(p, q) ** 3

    def _hess(self, y, p):
        q = 1 - p
        one = (p - NARROW * q) * (p + WIDE * q)
        zero = (q - NARROW * p) * (q + WIDE * p)
        return (y * one + (1 - y) * zero) / np.hypot(p, q) ** 5

    @staticmethod
    def _formula(sp, y, yhat):
        length = sp.sqrt(yhat**2 + (1 - yhat) ** 2)
        return 1 - (y * yhat + (1 - y) * (1 - yhat)) / length

    def _facts(self):
        p = NARROW / (1 + NARROW)  # where the slope is steepest, for y = 1
        strongest = np.array(0.6283661943403709)  # where the third derivative is 0
        return {
            "estimates": "the probability of class 1",
            "estimate": np.mean,
            "convex": False,
            "lipschitz": (1 - p) / math.hypot(p, 1 - p) ** 3,
            "smoothness": float(self._hess(1.0, strongest)),
            "range": (0.0, 1.0),
            "proper": True,
            "calibrated": True,
            "choose": "you score probabilities and want neither the log loss nor the Brier score",
            "avoid": "you train: it is not convex in the probability",
            "chapter": CHAPTER,
        }


# The curvature for y = 1 is (p² + 3 p q − 2 q²)/length⁵, with zeros at these ratios p/q.
NARROW, WIDE = (math.sqrt(17) - 3) / 2, (math.sqrt(17) + 3) / 2
