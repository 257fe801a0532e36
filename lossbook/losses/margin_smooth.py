"""Hinges without a corner: losses of the margin m = y z that are smooth and end at 1.

All tell a probability from the score, which the hinge itself does not.
"""

from dataclasses import dataclass

import numpy as np

from .kinds import HasHess, HasProx, MarginLoss
from .margin import CHAPTER, share_of_plus

__all__ = ["ModifiedHuber", "SmoothHinge", "SquaredHinge"]


@dataclass(frozen=True)
class SquaredHinge(HasHess, HasProx, MarginLoss):
    r"""Squared hinge: the square of what a margin lacks to 1.

    .. math:: \ell(m) = \max(0,\; 1 - m)^2

    Smooth where the hinge has its kink, and its best score z tells a probability, (z + 1)/2; the
    price is that a sample far on the wrong side pulls ever harder.

    Raises
    ------
    ValueError
        If a label is not −1 or +1.

    Notes
    -----
    scikit-learn's ``squared_hinge`` has the same scale.

    References
    ----------
    Zhang (2004), *Statistical Behavior and Consistency of Classification Methods Based on Convex
    Risk Minimization*, doi:10.1214/aos/1079120130.

    Examples
    --------
    >>> SquaredHinge().pointwise([1, 1, -1], [2.0, 0.5, 0.5]).tolist()
    [0.0, 0.25, 2.25]
    """

    hides_infinity = True

    def _value(self, m):
        return np.maximum(1 - m, 0) ** 2

    def _grad(self, m):
        return -2 * np.maximum(1 - m, 0)

    def _value_and_grad(self, m):
        lack = np.maximum(1 - m, 0)
        return lack * lack, -2 * lack

    def _hess(self, m):
        return 2 * (m < 1).astype(m.dtype)

    def _prox(self, m, step):
        return np.maximum(m, (m + 2 * step) / (1 + 2 * step))

    @staticmethod
    def _formula(sp, m):
        return sp.Piecewise(((1 - m) ** 2, m <= 1), (0, True), evaluate=False)

    def _facts(self):
        return {
            "estimates": "the probability of class +1",
            "estimate": share_of_plus,
            "inverse_link": clipped_share,
            "convex": True,
            "smoothness": 2.0,
            "link": "probability = (prediction + 1)/2, clipped to [0, 1]",
            "proper": True,
            "calibrated": True,
            "aliases": ("L2-SVM loss",),
            "choose": "you want the hinge with a slope that has no jump",
            "avoid": "some labels are wrong: its pull grows with the error",
            "chapter": CHAPTER,
        }


def clipped_share(z):
    """Return the probability that a score between −1 and 1 stands for."""
    return (np.clip(z, -1, 1) + 1) / 2


@dataclass(frozen=True)
class SmoothHinge(HasHess, HasProx, MarginLoss):
    r"""Smooth hinge: a hinge whose corner is rounded by a piece of a parabola.

    .. math:: \ell(m) = \begin{cases}
              0 & m \ge 1 \\
              \dfrac{(1 - m)^2}{2\gamma} & 1 - \gamma < m < 1 \\
              1 - m - \dfrac{\gamma}{2} & m \le 1 - \gamma \end{cases}

    What Huber's loss is to the absolute error.  As γ → 0 it is the hinge.

    Parameters
    ----------
    gamma : float
        Width of the rounded corner, in the units of the margin; positive.  Rennie and Srebro's
        smooth hinge has γ = 1.

    Raises
    ------
    ValueError
        If `gamma` is not positive and finite, or a label is not −1 or +1.

    Notes
    -----
    The best score tells the probability.  Only at the probability ½ is it not unique, for γ < 1:
    all from γ − 1 to 1 − γ are then equally good.

    References
    ----------
    Rennie and Srebro (2005), *Loss Functions for Preference Levels: Regression with Discrete
    Ordered Labels*, IJCAI Multidisciplinary Workshop on Advances in Preference Handling.

    Shalev-Shwartz and Zhang (2013), *Stochastic Dual Coordinate Ascent Methods for Regularized
    Loss Minimization*, JMLR 14, 567–599.

    Examples
    --------
    >>> SmoothHinge().pointwise([1, 1, -1], [2.0, 0.5, 0.5]).tolist()
    [0.0, 0.125, 1.0]
    """

    gamma: float = 1.0
    hides_infinity = True

    __post_init__ = MarginLoss._require_positive

    def _lack(self, m):
        """Return what the margin lacks to 1, no more than the width of the corner."""
        return np.clip(1 - m, 0, m.dtype.type(self.gamma))

    def _value(self, m):
        lack = self._lack(m)
        return lack / self.gamma * (np.maximum(1 - m, 0) - lack / 2)

    def _grad(self, m):
        return -self._lack(m) / self.gamma

    def _hess(self, m):
        return ((m < 1) & (m > 1 - self.gamma)).astype(m.dtype) / self.gamma

    def _prox(self, m, step):
        parabola = (self.gamma * m + step) / (self.gamma + step)
        return np.maximum(m, np.minimum(m + step, parabola))

    @staticmethod
    def _formula(sp, m, gamma):
        return sp.Piecewise(
            (0, m >= 1),
            ((1 - m) ** 2 / (2 * gamma), m > 1 - gamma),
            (1 - m - gamma / 2, True),
            evaluate=False,
        )

    def _chance(self, z):
        """Return the probability at which a score is the best: where the two slopes balance."""
        up, down = (self._lack(np.asarray(side, float)) for side in (z, np.negative(z)))
        return down / (up + down)

    def _facts(self):
        return {
            "estimates": "the probability of class +1",
            "estimate": share_of_plus,
            "inverse_link": self._chance,
            "convex": True,
            "lipschitz": 1.0,
            "smoothness": 1 / self.gamma,
            "link": "probability = ℓ′(−prediction) / (ℓ′(prediction) + ℓ′(−prediction))",
            "proper": True,
            "calibrated": True,
            "aliases": ("smoothed hinge", "Huberised hinge"),
            "choose": "you want the hinge for a method that needs a smooth slope",
            "avoid": "some labels are wrong: its slope never ends",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class ModifiedHuber(HasHess, HasProx, MarginLoss):
    r"""Modified Huber loss: a squared hinge that goes straight on where a sample is badly wrong.

    .. math:: \ell(m) = \begin{cases}
              \max(0,\; 1 - m)^2 & m \ge -1 \\
              -4m & m < -1 \end{cases}

    The score tells a probability as that of the squared hinge does, and an outlier pulls with no
    more than 4.  It is four times the `SmoothHinge` of width 2.

    Raises
    ------
    ValueError
        If a label is not −1 or +1.

    Notes
    -----
    scikit-learn's ``modified_huber``, and its probabilities.

    References
    ----------
    Zhang (2004), *Statistical Behavior and Consistency of Classification Methods Based on Convex
    Risk Minimization*, doi:10.1214/aos/1079120130.

    Examples
    --------
    >>> ModifiedHuber().pointwise([1, 1, -1], [2.0, 0.5, 3.0]).tolist()
    [0.0, 0.25, 12.0]
    """

    hides_infinity = True

    def _value(self, m):
        lack = np.maximum(1 - m, 0)
        near = np.minimum(lack, 2)
        return near * (2 * lack - near)

    def _grad(self, m):
        return -2 * np.clip(1 - m, 0, 2)

    def _hess(self, m):
        return 2 * (np.abs(m) < 1).astype(m.dtype)

    def _prox(self, m, step):
        return SmoothHinge(2.0)._prox(m, 4 * step)

    @staticmethod
    def _formula(sp, m):
        return sp.Piecewise((0, m >= 1), ((1 - m) ** 2, m >= -1), (-4 * m, True), evaluate=False)

    def _facts(self):
        return {
            "estimates": "the probability of class +1",
            "estimate": share_of_plus,
            "inverse_link": clipped_share,
            "convex": True,
            "lipschitz": 4.0,
            "smoothness": 2.0,
            "link": "probability = (prediction + 1)/2, clipped to [0, 1]",
            "proper": True,
            "calibrated": True,
            "aliases": ("quadratically smoothed hinge (γ = 2)",),
            "choose": "you want probabilities from a large margin, and some samples lie far out",
            "avoid": "probabilities near 0 and 1 matter: they are clipped there",
            "chapter": CHAPTER,
        }
