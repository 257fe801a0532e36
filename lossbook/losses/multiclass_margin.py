"""Margin losses of K classes: the score of the right class against those of the others."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..numerics.compensated import add
from .classes import LabelLoss

__all__ = ["MultiMargin", "MulticlassHinge"]


def _lacks(margin, y, z):
    """Return what the right score lacks to each other one plus `margin`; −inf for itself."""
    rows = np.arange(len(y))
    lacks = add(margin, z, -z[rows, y][:, None])  # exact near 0, where the loss has its kink
    lacks[rows, y] = -np.inf
    return lacks


@dataclass(frozen=True)
class MulticlassHinge(LabelLoss):
    r"""Hinge loss of K classes: what the right score lacks to the best other one plus 1.

    .. math:: \ell(y, z) = \max\bigl(0,\; 1 + \max_{k \ne y} z_k - z_y\bigr)

    Only the strongest rival counts.  With two classes it is `Hinge` of the difference of the
    scores.

    Raises
    ------
    ValueError
        If the truth is not one label a sample, or a label is not one of the K columns.

    Notes
    -----
    At the kink, where the margin is just 1, it still pulls, as `Hinge` does; of rivals with equal
    scores only the one in the first column is pushed down.  Keras' ``CategoricalHinge`` is meant
    to be this loss; it multiplies the score of the right class by 0 instead of leaving it out, so
    that a row whose other scores are all negative has a rival of score 0 there.

    Where no class has more than half the chance, all scores equal is a best prediction: the
    decision is then left open (Tewari and Bartlett), and in that sense the loss is not calibrated.

    References
    ----------
    Crammer and Singer (2001), *On the Algorithmic Implementation of Multiclass Kernel-based
    Vector Machines*, Journal of Machine Learning Research 2, 265–292.

    Tewari and Bartlett (2007), *On the Consistency of Multiclass Classification Methods*, Journal
    of Machine Learning Research 8, 1007–1025.

    Examples
    --------
    >>> z = [[2.0, 0.5, 0.0], [2.0, 0.5, 0.0]]
    >>> MulticlassHinge().pointwise([0, 1], z).tolist()
    [0.0, 2.5]
    >>> MulticlassHinge().pointwise_grad([0, 1], z).tolist()
    [[0.0, 0.0, 0.0], [1.0, -1.0, 0.0]]
    """

    latex: ClassVar[str] = r"\max\left(0, 1 + \max_{k \ne y} z_k - z_y\right)"

    def _value(self, y, z):
        return np.maximum(_lacks(1.0, y, z).max(axis=1), 0)

    def _grad(self, y, z):
        return self._value_and_grad(y, z)[1]

    def _value_and_grad(self, y, z):
        lacks, rows = _lacks(1.0, y, z), np.arange(len(y))
        rival = lacks.argmax(axis=1)
        lack, grad = lacks[rows, rival], np.zeros_like(z)
        grad[rows, rival] = lack >= 0
        grad[rows, y] -= lack >= 0
        return np.maximum(lack, 0), grad

    @staticmethod
    def _formula(sp, y, z):
        own = sum(a * b for a, b in zip(y, z, strict=True))
        lacks = [(1 - a) * (1 + b - own) for a, b in zip(y, z, strict=True)]
        pieces = [
            (lack, sp.And(lack > 0, *(lack >= other for other in lacks if other != lack)))
            for lack in lacks
        ]
        return sp.Piecewise(*pieces, (0, True), evaluate=False)

    def _facts(self):
        return {
            "estimates": "the most frequent class, where it has more than half the chance",
            "convex": True,
            "lipschitz": math.sqrt(2),
            "link": "class = argmax(prediction)",
            "calibrated": False,
            "aliases": ("Crammer–Singer loss", "categorical hinge", "multiclass SVM loss"),
            "choose": "you need the class only, and one class is nearly certain",
            "avoid": "classes overlap: where none has half the chance it decides nothing",
            "chapter": "losses/margin",
        }


@dataclass(frozen=True)
class MultiMargin(LabelLoss):
    r"""Weston–Watkins loss: what the right score lacks to each other one plus a margin.

    .. math:: \ell(y, z) = \frac1K \sum_{k \ne y} \max(0,\; \text{margin} + z_k - z_y)^p

    Every rival that comes too near counts, not only the strongest.

    Parameters
    ----------
    p : int
        1, or 2 for squares.
    margin : float
        By how much the right score has to be ahead, in the units of the scores; positive.

    Raises
    ------
    ValueError
        If `p` is neither 1 nor 2, `margin` not positive and finite, the truth not one label a
        sample, or a label not one of the K columns.

    Notes
    -----
    The scale is that of PyTorch's ``MultiMarginLoss``: divided by the number of classes K, though
    there are K − 1 rivals; Weston and Watkins do not divide.  At the kink of p = 1 it still pulls.

    With p = 1 the best scores of two classes may be equal though their chances differ, as with
    chances 0.48, 0.36 and 0.16: the decision is left open.  With squares the most frequent class
    is first, as Zhang proves for smooth functions of the pairwise differences.

    References
    ----------
    Tewari and Bartlett (2007), *On the Consistency of Multiclass Classification Methods*, Journal
    of Machine Learning Research 8, 1007–1025.

    Zhang (2004), *Statistical Analysis of Some Multi-Category Large Margin Classification
    Methods*, Journal of Machine Learning Research 5, 1225–1251.

    Examples
    --------
    >>> MultiMargin().pointwise([1], [[2.0, 0.5, 0.0]]).tolist()
    [1.0]
    >>> MultiMargin(p=2).pointwise([1], [[0.5, 0.5]]).tolist()
    [0.5]
    """

    p: int = 1
    margin: float = 1.0
    latex: ClassVar[str] = (
        r"\frac{1}{K} \sum_{k \ne y} \max\left(0, \mathrm{margin} + z_k - z_y\right)^p"
    )

    def __post_init__(self):
        self._require("p", lambda p: p in (1, 2), "1 or 2")
        self._require("margin", lambda m: 0 < m < math.inf, "positive and finite")

    def _value(self, y, z):
        return self._value_and_grad(y, z)[0]

    def _grad(self, y, z):
        return self._value_and_grad(y, z)[1]

    def _value_and_grad(self, y, z):
        lacks = _lacks(self.margin, y, z)
        over = np.maximum(lacks, 0)
        slopes = (lacks >= 0).astype(z.dtype) if self.p == 1 else 2 * over
        slopes[np.arange(len(y)), y] = -slopes.sum(axis=1)
        return (over**self.p).sum(axis=1) / z.shape[1], slopes / z.shape[1]

    @staticmethod
    def _formula(sp, y, z, p, margin):
        own = sum(a * b for a, b in zip(y, z, strict=True))
        lacks = [margin + score - own for score in z]
        terms = [sp.Piecewise((lack**p, lack > 0), (0, True), evaluate=False) for lack in lacks]
        return sum((1 - a) * term for a, term in zip(y, terms, strict=True)) / len(z)

    def _facts(self):
        squares = self.p == 2
        return {
            "estimates": "scores that put the most frequent class first"
            + ("" if squares else ", where it is frequent enough"),
            "convex": True,
            "lipschitz": math.inf if squares else 1.0,  # √(1 − 1/K) of K classes
            "link": "class = argmax(prediction)",
            "calibrated": squares,
            "aliases": ("Weston–Watkins loss", "multiclass hinge, summed"),
            "choose": "you need the class only, and every class that comes near is a danger",
            "avoid": "you need probabilities, or labels are wrong: its slope never ends",
            "chapter": "losses/margin",
        }
