"""The 0–1 loss of a decision, and two smooth losses that stand in for it.

All are functions of the margin m = y z, with labels −1 and +1 and a score z.
"""

from dataclasses import dataclass

import numpy as np

from ..numerics import sigmoid
from .kinds import HasHess, MarginLoss
from .margin import CHAPTER, share_of_plus

__all__ = ["Exponential", "Logistic", "ZeroOne"]


@dataclass(frozen=True)
class ZeroOne(MarginLoss):
    r"""0–1 loss: 1 for a wrong decision, 0 for a right one.

    .. math:: \ell(m) = \begin{cases} 1 & m \le 0 \\ 0 & m > 0 \end{cases}

    Its mean is the share of errors, what a classifier is judged by.  It cannot be descended: its
    slope is 0 wherever it has one.  The other losses of a margin are there to take its place.

    Raises
    ------
    ValueError
        If a label is not −1 or +1.

    Notes
    -----
    A score of 0 decides nothing and counts as wrong.  The gradient is 0 everywhere, at the jump
    m = 0 too.

    References
    ----------
    Bartlett, Jordan and McAuliffe (2006), *Convexity, Classification, and Risk Bounds*,
    doi:10.1198/016214505000000907.

    Examples
    --------
    >>> ZeroOne()([1, 1, -1, -1], [2.0, -0.5, -0.1, 0.0])
    0.5
    """

    hides_infinity = True

    def _value(self, m):
        return (m <= 0).astype(m.dtype)

    def _grad(self, m):
        return np.zeros_like(m)

    @staticmethod
    def _formula(sp, m):
        return sp.Piecewise((1, m <= 0), (0, True), evaluate=False)

    def _facts(self):
        return {
            "estimates": "the more frequent class, as −1 or +1",
            "estimate": lambda y: 1.0 if np.mean(y) > 0 else -1.0,
            "convex": False,
            "kinks": (0.0,),
            "range": (0.0, 1.0),
            "link": "class = sign(prediction)",
            "calibrated": True,
            "aliases": ("misclassification error", "error rate", "one minus accuracy"),
            "choose": "you judge decisions that are made",
            "avoid": "you train by descent: its gradient is 0 everywhere",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class Logistic(HasHess, MarginLoss):
    r"""Logistic loss: cross-entropy of two classes, as a function of the margin.

    .. math:: \ell(m) = \log(1 + e^{-m})

    The same loss as `SigmoidCrossEntropy`, for labels −1 and +1.  It falls straight where a
    sample is wrong and dies away where it is right, but never ends: there are no support vectors.

    Raises
    ------
    ValueError
        If a label is not −1 or +1.

    Notes
    -----
    In nats; divided by log 2 it is 1 at m = 0 and lies above the 0–1 loss.  Where the literature
    on boosting writes :math:`\log(1 + e^{-2m})`, its score is half of this one's.  The deviance
    of statistics is twice this loss.

    References
    ----------
    Friedman, Hastie and Tibshirani (2000), *Additive Logistic Regression: A Statistical View of
    Boosting*, doi:10.1214/aos/1016218223.

    Examples
    --------
    >>> Logistic().pointwise([1, -1, -1], [0.0, 0.0, 1000.0]).round(4).tolist()
    [0.6931, 0.6931, 1000.0]
    """

    hides_infinity = True

    def _value(self, m):
        return np.maximum(-m, 0) + np.log1p(np.exp(-np.abs(m)))

    def _grad(self, m):
        return self._value_and_grad(m)[1]

    def _value_and_grad(self, m):
        e = np.exp(-np.abs(m))
        return np.maximum(-m, 0) + np.log1p(e), -np.where(m < 0, 1, e) / (1 + e)

    def _hess(self, m):
        e = np.exp(-np.abs(m))
        return e / (1 + e) ** 2

    @staticmethod
    def _formula(sp, m):
        return sp.log(1 + sp.exp(-m))

    def _facts(self):
        return {
            "estimates": "the probability of class +1",
            "estimate": share_of_plus,
            "inverse_link": sigmoid,
            "convex": True,
            "lipschitz": 1.0,
            "smoothness": 0.25,
            "link": "probability = sigmoid(prediction)",
            "proper": True,
            "calibrated": True,
            "aliases": (
                "half the binomial deviance",
                "log loss with labels −1/+1",
                "SigLIP loss of one pair",
            ),
            "choose": "two classes, labels −1/+1, and you want probabilities",
            "avoid": "labels are badly wrong: one confident mislabelled sample costs |z|",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class Exponential(HasHess, MarginLoss):
    r"""Exponential loss: what AdaBoost minimises.

    .. math:: \ell(m) = e^{-m}

    Each unit on the wrong side costs e times as much as the one before, so one mislabelled
    sample can outweigh all others.

    Raises
    ------
    ValueError
        If a label is not −1 or +1.

    Notes
    -----
    Its best score is half the log-odds.  Beyond a margin of −709 the loss is no float64 any more
    (−88 for float32), and its value is ``inf``.

    References
    ----------
    Friedman, Hastie and Tibshirani (2000), *Additive Logistic Regression: A Statistical View of
    Boosting*, doi:10.1214/aos/1016218223.

    Examples
    --------
    >>> Exponential().pointwise([1, -1, 1], [0.0, 2.0, -1000.0]).round(4).tolist()
    [1.0, 7.3891, inf]
    """

    reach = 700.0  # the exponential of more is no float64
    hides_infinity = True

    def _value(self, m):
        with np.errstate(over="ignore"):
            return np.exp(-m)

    def _grad(self, m):
        return -self._value(m)

    def _value_and_grad(self, m):
        value = self._value(m)
        return value, -value

    _hess = _value

    @staticmethod
    def _formula(sp, m):
        return sp.exp(-m)

    def _facts(self):
        return {
            "estimates": "the probability of class +1",
            "estimate": share_of_plus,
            "inverse_link": lambda z: sigmoid(2 * np.asarray(z, float)),
            "convex": True,
            "link": "probability = sigmoid(2 prediction)",
            "proper": True,
            "calibrated": True,
            "aliases": ("AdaBoost loss", "boosting loss"),
            "choose": "you boost, and the labels are clean",
            "avoid": "any label may be wrong: its cost grows exponentially",
            "chapter": CHAPTER,
        }
