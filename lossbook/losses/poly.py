"""PolyLoss of two classes: the cross-entropy with one term of its series weighted anew."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..numerics import atanh_series, sigmoid
from .binary import CHAPTER
from .kinds import BinaryLoss, HasHess

__all__ = ["PolyCrossEntropy"]


@dataclass(frozen=True)
class PolyCrossEntropy(HasHess, BinaryLoss):
    r"""Poly-1 loss on logits: cross-entropy, plus ε times the probability that is missing.

    .. math:: \ell(y, z) = -\log p_y + \varepsilon\,(1 - p_y), \qquad p_1 = \sigma(z)

    The cross-entropy is the series of :math:`(1 - p_y)^j / j`; ε is added to the weight of its
    first term.  With ε > 0 a sample that is nearly right still pulls, with ε = −1 it hardly does.

    Parameters
    ----------
    epsilon : float
        Added to the first weight, at least −1 and at most 1e6; 0 is the cross-entropy.

    Raises
    ------
    ValueError
        If `epsilon` is outside its range, or a label outside [0, 1].

    Notes
    -----
    Convex for ε from −1 to 1.  A truth between 0 and 1 weighs the losses of both labels.  Not
    proper unless ε = 0: the decision is right, the probability is too sure for ε > 0 and too
    cautious for ε < 0.

    References
    ----------
    Leng, Tan, Liu, Cubuk, Shi, Cheng and Anguelov (2022), *PolyLoss: A Polynomial Expansion
    Perspective of Classification Loss Functions*, arXiv:2204.12511.

    Examples
    --------
    >>> PolyCrossEntropy(2.0).pointwise([1, 0], [0.0, 1000.0]).round(4).tolist()
    [1.6931, 1002.0]
    >>> PolyCrossEntropy(2.0).pointwise_grad([1, 0], [0.0, 0.0]).tolist()
    [-1.0, 1.0]
    """

    epsilon: float = 1.0
    arguments: ClassVar[tuple[str, ...]] = ("y", "z")
    hides_infinity: ClassVar[bool] = True

    def __post_init__(self):
        self._require("epsilon", lambda e: -1 <= e <= 1e6, "from -1 to 1e6")

    def _of_zero(self, z):
        """Return the loss of label 0: of label 1 it is that of −z."""
        return (1 + self.epsilon) * sigmoid(z) + _beyond_first(z)

    def _slope_of_zero(self, z):
        p, rest = sigmoid(z), sigmoid(-z)
        return p * (p + (1 + self.epsilon) * rest)

    def _value(self, y, z):
        return (1 - y) * self._of_zero(z) + y * self._of_zero(-z)

    def _grad(self, y, z):
        return (1 - y) * self._slope_of_zero(z) - y * self._slope_of_zero(-z)

    def _hess(self, y, z):
        p, rest = sigmoid(z), sigmoid(-z)
        e = self.epsilon
        zero, one = (1 - e) * p + (1 + e) * rest, (1 + e) * p + (1 - e) * rest
        return p * rest * ((1 - y) * zero + y * one)

    @staticmethod
    def _formula(sp, y, z, epsilon):
        p, rest = 1 / (1 + sp.exp(-z)), 1 / (1 + sp.exp(z))
        return y * (epsilon * rest - sp.log(p)) + (1 - y) * (epsilon * p - sp.log(rest))

    def _facts(self):
        plain = self.epsilon == 0
        return {
            "estimates": "the probability of class 1"
            + ("" if plain else ", made too sure" if self.epsilon > 0 else ", drawn towards 1/2"),
            "estimate": np.mean if plain else None,
            "inverse_link": sigmoid,
            "convex": self.epsilon <= 1,
            "lipschitz": self._steepest(),
            "smoothness": self._strongest(),
            "link": "probability = sigmoid(prediction)"
            + ("" if plain else ", but not that of the labels"),
            "proper": plain,
            "calibrated": True,
            "aliases": ("Poly-1", "PolyLoss"),
            "choose": "the cross-entropy is tuned and you can afford one more parameter",
            "avoid": "the probabilities matter",
            "chapter": CHAPTER,
        }

    def _steepest(self):
        """Return the largest of p (1 + ε (1 − p)) for p in [0, 1]."""
        e = self.epsilon
        return (1 + e) ** 2 / (4 * e) if e > 1 else 1.0

    def _strongest(self):
        """Return the largest size of p (1 − p)(1 + ε (1 − 2p)), both of whose peaks are tried."""
        e = self.epsilon
        # The slope of the cubic is 0 where 6 ε p² − 2 (1 + 3 ε) p + 1 + ε = 0.
        middle = 1 + 3 * e
        far = middle + math.copysign(math.sqrt(1 + 3 * e * e), middle)  # 6 ε times a root
        peaks = [(1 + e) / far, far / (6 * e) if abs(e) > 0.1 else 1.0]
        return max(abs(p * (1 - p) * (1 + e * (1 - 2 * p))) for p in peaks if 0 < p <= 1)


def _beyond_first(z):
    r"""Return :math:`\log(1 + e^z) - \sigma(z)`, the terms of the series after the first.

    With :math:`u = e^z / (2 + e^z)` the two parts are :math:`2 \operatorname{atanh} u` and
    :math:`2u/(1 + u)`, and what they have in common is left out.
    """
    e = np.exp(np.minimum(z, 0.6))
    u = e / (2 + e)
    small = 2 * u * u * (1 / (1 + u) + u * atanh_series(u))
    large = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - sigmoid(z)
    return np.where(z < 0.6, small, large)
