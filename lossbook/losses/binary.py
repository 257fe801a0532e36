"""Losses of two classes, labels 0/1 (or the probability of class 1).

`BinaryCrossEntropy` takes probabilities, `SigmoidCrossEntropy` takes logits: the
same loss, but only the logits keep their digits when the model is sure.
"""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..numerics import sigmoid, xlogy
from .domains import PROBABILITY
from .kinds import BinaryLoss, HasHess

__all__ = ["BinaryCrossEntropy", "SigmoidCrossEntropy"]

CHAPTER = "losses/binary-cross-entropy"


@dataclass(frozen=True)
class BinaryCrossEntropy(HasHess, BinaryLoss):
    r"""Cross-entropy of a label and a predicted probability: the log loss.

    .. math:: \ell(y, p) = -\bigl( y \log p + (1 - y) \log(1 - p) \bigr)

    The surprise, in nats, at seeing the label.  Being sure and wrong costs
    infinitely much, by definition: the value is then ``inf``.  Train on logits
    with `SigmoidCrossEntropy`, which is the same loss and stays finite.

    Raises
    ------
    ValueError
        If a label or a prediction is outside [0, 1].

    Notes
    -----
    0 log 0 is 0.  The gradient (p − y) / (p (1 − p)) is unbounded.

    References
    ----------
    Good (1952), *Rational Decisions*, doi:10.1111/j.2517-6161.1952.tb00104.x.

    Examples
    --------
    >>> round(BinaryCrossEntropy()([1, 0], [0.9, 0.2]), 6)
    0.164252
    >>> BinaryCrossEntropy().pointwise([1.0, 1.0], [1.0, 0.0]).tolist()
    [0.0, inf]
    """

    prediction = PROBABILITY

    def _value(self, y, p):
        with np.errstate(divide="ignore"):
            miss = np.where(y == 1, 0, (1 - y) * np.log1p(-np.where(y == 1, 0, p)))
        return 0 - (xlogy(y, p) + miss)  # 0 − 0 is 0, and −(0) would be −0

    def _grad(self, y, p):
        with np.errstate(divide="ignore"):
            up = np.where(y == 0, 0, y / np.where(y == 0, 1, p))
            down = np.where(y == 1, 0, (1 - y) / np.where(y == 1, 1, 1 - p))
        return down - up

    def _hess(self, y, p):
        # Divided twice: the square of a small probability would underflow before its inverse
        # overflows.
        with np.errstate(divide="ignore", over="ignore"):
            hit, miss = np.where(y == 0, 1, p), np.where(y == 1, 1, 1 - p)
            up = np.where(y == 0, 0, y / hit / hit)
            down = np.where(y == 1, 0, (1 - y) / miss / miss)
        return down + up

    @staticmethod
    def _formula(sp, y, yhat):
        return -(y * sp.log(yhat) + (1 - y) * sp.log(1 - yhat))

    def _facts(self):
        return {
            "estimates": "the probability of class 1",
            "estimate": np.mean,
            "convex": True,
            "proper": True,
            "calibrated": True,
            "aliases": ("log loss", "BCE", "logarithmic score"),
            "choose": "you are given probabilities and want to score them",
            "avoid": "you train: use SigmoidCrossEntropy on the logits",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class SigmoidCrossEntropy(HasHess, BinaryLoss):
    r"""Binary cross-entropy on logits: sigmoid and log loss in one exact step.

    .. math:: \ell(y, z) = w_1\, y \log(1 + e^{-z}) + (1 - y) \log(1 + e^{z})

    Its derivative (for :math:`w_1 = 1`) is :math:`\sigma(z) - y`: bounded, and
    largest when the model is most wrong.

    Parameters
    ----------
    pos_weight : float
        Factor :math:`w_1` on the loss of class 1; 1 leaves the classes equal.
    label_smoothing : float
        Share s in [0, 1): the label y becomes (1 − s) y + s/2.

    Raises
    ------
    ValueError
        If `pos_weight` is not positive and finite, `label_smoothing` not in
        [0, 1), or a label outside [0, 1].

    Notes
    -----
    With e = exp(−\|z\|) nothing overflows and, for labels 0 and 1, both tails keep their digits.
    Where the truth is a probability t, by itself or by smoothing, the gradient near the optimum is
    the difference of two nearly equal numbers, σ(z) − t: it is right to the rounding of t, and
    has lost its relative digits.

    As in PyTorch's ``BCEWithLogitsLoss``, `pos_weight` scales the loss but is no
    part of the denominator of the mean.

    References
    ----------
    Cox (1958), *The Regression Analysis of Binary Sequences*,
    doi:10.1111/j.2517-6161.1958.tb00292.x.

    Examples
    --------
    >>> SigmoidCrossEntropy().pointwise([1, 0, 1], [0.0, 0.0, -1000.0]).round(4).tolist()
    [0.6931, 0.6931, 1000.0]
    >>> SigmoidCrossEntropy().pointwise_grad([1, 0], [0.0, 0.0]).tolist()
    [-0.5, 0.5]
    """

    pos_weight: float = 1.0
    label_smoothing: float = 0.0
    arguments: ClassVar[tuple[str, ...]] = ("y", "z")

    __repr__ = BinaryLoss._repr_of_options

    def __post_init__(self):
        self._require("pos_weight", lambda w: 0 < w < math.inf, "positive and finite")
        self._require("label_smoothing", lambda s: 0 <= s < 1, "at least 0 and below 1")

    def _weights_of_classes(self, y):
        """Return what the terms of class 0 and class 1 weigh."""
        s = self.label_smoothing
        return (1 - s) * (1 - y) + s / 2, self.pos_weight * ((1 - s) * y + s / 2)

    def _value(self, y, z):
        return self._value_and_grad(y, z)[0]

    def _grad(self, y, z):
        return self._value_and_grad(y, z)[1]

    def _value_and_grad(self, y, z):
        e = np.exp(-np.abs(z))
        near, bend = np.log1p(e), np.copysign(e / (1 + e), z)
        # Not z >= 0: the sign of −0 counts, as in copysign.
        positive = ~np.signbit(z)
        if self.pos_weight == 1 and not self.label_smoothing:
            far = positive - y  # the slope far out on that side
        else:
            w0, w1 = self._weights_of_classes(y)
            near, bend = (w0 + w1) * near, (w0 + w1) * bend
            far = positive * w0 - ~positive * w1
        return near + far * z, far - bend

    def _hess(self, y, z):
        w0, w1 = self._weights_of_classes(y)
        e = np.exp(-np.abs(z))
        return (w0 + w1) * e / (1 + e) ** 2

    @staticmethod
    def _formula(sp, y, z, pos_weight, label_smoothing):
        y = y * (1 - label_smoothing) + label_smoothing / 2
        return pos_weight * y * sp.log(1 + sp.exp(-z)) + (1 - y) * sp.log(1 + sp.exp(z))

    def _least_value(self):
        """Return the least loss of a label: the weighted entropy of what smoothing leaves."""
        rows = [np.array(self._weights_of_classes(y)) for y in (0.0, 1.0)]
        return min(float(xlogy(w, w.sum() / np.where(w == 0, 1, w)).sum()) for w in rows)

    def _facts(self):
        plain = self.pos_weight == 1 and self.label_smoothing == 0
        return {
            "estimates": "the probability of class 1"
            + ("" if plain else ", after smoothing and weighting the labels"),
            "estimate": np.mean if plain else None,
            "inverse_link": sigmoid,
            "range": (self._least_value(), math.inf),
            "convex": True,
            "lipschitz": max(1.0, self.pos_weight) * (1 - self.label_smoothing / 2),
            "smoothness": max(sum(self._weights_of_classes(y)) for y in (0.0, 1.0)) / 4,
            "link": "probability = sigmoid(prediction)",
            "proper": plain,
            "calibrated": self.pos_weight == 1,
            "aliases": (
                "BCE with logits",
                "logistic loss with labels 0/1",
                "log loss on logits",
                "balanced cross-entropy, with pos_weight",
            ),
            "choose": "two classes, and you want probabilities",
            "avoid": "labels are badly wrong: one confident mislabelled sample costs |z|",
            "chapter": CHAPTER,
        }
