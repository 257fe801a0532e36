"""Losses of the probability that the softmax gives the label: cross-entropy in other shapes."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..numerics import softmax
from .classes import LabelLoss
from .multiclass import SoftmaxCrossEntropy

__all__ = ["SoftmaxPolyCrossEntropy", "SymmetricCrossEntropy"]

LINK = "softmax(prediction), but not the probabilities of the labels"


class BeliefLoss(LabelLoss):
    r"""A loss of :math:`p_y` alone, p = softmax(z), told by a function of the cross-entropy.

    ``_of(h, u, y)`` takes the cross-entropy :math:`h = -\log p_y` and :math:`u = 1 - p_y`,
    each with all its digits, and returns the loss and its derivative by h.
    """

    def _value(self, y, z):
        return self._value_and_grad(y, z)[0]

    def _grad(self, y, z):
        return self._value_and_grad(y, z)[1]

    def _value_and_grad(self, y, z):
        entropy, slope = SoftmaxCrossEntropy()._value_and_grad(y, z.astype(np.float64, copy=False))
        value, by_entropy = self._of(entropy, -slope[np.arange(len(y)), y], y)
        return value, by_entropy[:, None] * slope

    @staticmethod
    def _entropy_and_belief(sp, y, z):
        """Return the same h and :math:`p_y` in SymPy."""
        exps = [sp.exp(score) for score in z]
        belief = sum(a * b for a, b in zip(y, exps, strict=True)) / sum(exps)
        return -sp.log(belief), belief


class MixedLoss(BeliefLoss):
    """A loss a h + b u of the cross-entropy h and of the chance u denied to the label."""

    def _shares(self):
        raise NotImplementedError

    def _of(self, h, u, y):
        a, b = self._shares()
        return a * h + b * u, a + b * np.exp(-h)

    def _facts_of_shares(self):
        a, b = self._shares()
        steepest = (a + b) ** 2 / (4 * b) if b > a else a
        return {
            "convex": b <= a,
            "lipschitz": math.sqrt(2) * steepest,
            "link": LINK if b else "probabilities = softmax(prediction)",
            "inverse_link": softmax,
            "proper": b == 0,
            "calibrated": True,
        }


@dataclass(frozen=True)
class SymmetricCrossEntropy(MixedLoss):
    r"""Symmetric cross-entropy: of label and model, and of model and label.

    .. math:: \ell(y, z) = -\alpha \log p_y - \beta A\, (1 - p_y), \qquad
              p = \operatorname{softmax}(z)

    The second term is the reverse cross-entropy :math:`-\sum_k p_k \log y_k` of a one-hot label,
    with a negative number A for log 0.  It is bounded, so that a wrong label costs little; but
    where the model gives the label no chance it is flat, and only the first term still pulls.

    Parameters
    ----------
    alpha : float
        Weight of the cross-entropy; positive.
    beta : float
        Weight of the reverse one; not negative.
    log_zero : float
        A, what stands for log 0; negative.

    Raises
    ------
    ValueError
        If a parameter is outside its range, or the truth is not one label a sample.

    Notes
    -----
    Only the product of `beta` and `log_zero` counts, and for labels the loss is `alpha` times
    `SoftmaxPolyCrossEntropy` with :math:`\epsilon = -\beta A/\alpha`.  Code that clips the
    one-hot rows at 10⁻⁴ has A = log 10⁻⁴ ≈ −9.21.

    References
    ----------
    Wang, Ma, Chen, Luo, Yi and Bailey (2019), *Symmetric Cross Entropy for Robust Learning with
    Noisy Labels*, arXiv:1908.06112.

    Examples
    --------
    >>> loss = SymmetricCrossEntropy(alpha=1.0, beta=1.0)
    >>> loss.pointwise([0, 1], [[0.0, 0.0], [9.0, 0.0]]).round(3).tolist()
    [2.693, 13.0]
    """

    alpha: float = 0.1
    beta: float = 1.0
    log_zero: float = -4.0
    latex: ClassVar[str] = r"- \alpha \log p_y - \beta A (1 - p_y), \; p = \mathrm{softmax}(z)"

    def __post_init__(self):
        self._require("alpha", lambda a: 0 < a < math.inf, "positive and finite")
        self._require("beta", lambda b: 0 <= b < math.inf, "not negative, and finite")
        self._require("log_zero", lambda a: -math.inf < a < 0, "negative and finite")

    def _shares(self):
        return self.alpha, -self.beta * self.log_zero

    @staticmethod
    def _formula(sp, y, z, alpha, beta, log_zero):
        entropy, belief = BeliefLoss._entropy_and_belief(sp, y, z)
        return alpha * entropy - beta * log_zero * (1 - belief)

    def _facts(self):
        return {
            **self._facts_of_shares(),
            "estimates": "scores of the classes that sharpen their probabilities",
            "aliases": ("SCE", "SL"),
            "choose": "K exclusive classes, and some labels are wrong",
            "avoid": "labels are clean, or the probabilities matter: it sharpens them",
            "chapter": "losses/softmax-cross-entropy",
        }


@dataclass(frozen=True)
class SoftmaxPolyCrossEntropy(MixedLoss):
    r"""Poly-1 cross-entropy: cross-entropy with its first Taylor term made larger or smaller.

    .. math:: \ell(y, z) = -\log p_y + \epsilon\, (1 - p_y), \qquad
              p = \operatorname{softmax}(z)

    Since :math:`-\log p = (1 - p) + (1 - p)^2/2 + (1 - p)^3/3 + \dots`, ε moves the weight of
    the first term, whose slope alone does not fade as p nears 1; at ε = −1 it is gone.

    Parameters
    ----------
    epsilon : float
        At least −1; 0 is the cross-entropy.

    Raises
    ------
    ValueError
        If `epsilon` is below −1 or not finite, or the truth is not one label a sample.

    Notes
    -----
    For negative ε the two terms would cancel near p = 1; there the loss is found as
    :math:`(1 + \epsilon)(-\log p) + |\epsilon|\,(-\log p - (1 - p))`, the last from its series.

    References
    ----------
    Leng, Tan, Liu, Cubuk, Shi, Cheng and Anguelov (2022), *PolyLoss: A Polynomial Expansion
    Perspective of Classification Loss Functions*, arXiv:2204.12511.

    Examples
    --------
    >>> SoftmaxPolyCrossEntropy(1.0).pointwise([0], [[0.0, 0.0]]).round(4).tolist()
    [1.1931]
    """

    epsilon: float = 1.0
    latex: ClassVar[str] = r"- \log p_y + \epsilon (1 - p_y), \; p = \mathrm{softmax}(z)"

    def __post_init__(self):
        self._require("epsilon", lambda e: -1 <= e < math.inf, "at least −1, and finite")

    def _shares(self):
        return 1.0, self.epsilon

    def _of(self, h, u, y):
        e = self.epsilon
        if e >= 0:
            return super()._of(h, u, y)
        return (1 + e) * h - e * _beyond_the_first_term(h, u), (1 + e) - e * u

    @staticmethod
    def _formula(sp, y, z, epsilon):
        entropy, belief = BeliefLoss._entropy_and_belief(sp, y, z)
        return entropy + epsilon * (1 - belief)

    def _facts(self):
        return {
            **self._facts_of_shares(),
            "estimates": "scores of the classes that sharpen their probabilities"
            if self.epsilon > 0
            else "scores of the classes, their probabilities drawn towards each other"
            if self.epsilon < 0
            else "the log-probabilities of the classes, up to a constant",
            "aliases": ("Poly-1", "PolyLoss"),
            "choose": "cross-entropy fits well, and one number more may be tuned",
            "avoid": "the probabilities matter: the sharper or duller ones are not those of "
            "the labels",
            "chapter": "losses/softmax-cross-entropy",
        }


def _beyond_the_first_term(h, u):
    """Return h − u, h = −log(1 − u), which would cancel for small u.

    With s = u/(2 − u), h is 2 artanh s = 2 s + 2 (s³/3 + s⁵/5 + …), and 2 s = u + u s.
    """
    near = u <= 0.5
    v = np.where(near, u, 0)
    s = v / (2 - v)
    series = np.zeros_like(s)
    for k in range(37, 1, -2):
        series = series * s**2 + 1 / k
    return np.where(near, v * s + 2 * s**3 * series, h - u)
