"""Losses of the margin m = y z that are bounded, so that a wrong label cannot cost much.

None is convex, and that is the price: where a descent ends may depend on where it starts.
"""

import math
from dataclasses import dataclass

import numpy as np

from ..numerics import sigmoid
from .kinds import HasHess, MarginLoss
from .margin import CHAPTER, share_of_plus

__all__ = ["Ramp", "Savage", "SigmoidLoss", "Tangent"]


@dataclass(frozen=True)
class Ramp(MarginLoss):
    r"""Ramp loss: a hinge that stops rising.

    .. math:: \ell(m) = \min\bigl(1 - s,\; \max(0,\; 1 - m)\bigr)

    A sample beyond the margin s on the wrong side no longer pulls: it is taken for an outlier.

    Parameters
    ----------
    s : float
        Margin at which the rise ends, below 1.  With −1 the ramp is symmetric about m = 0.

    Raises
    ------
    ValueError
        If `s` is not below 1 and finite, or a label is not −1 or +1.

    Notes
    -----
    It is the hinge less the same hinge moved to s.  The subgradient is −1 in m at the kink m = 1
    and 0 at the kink m = s.  Where the ramp is said to end at 1, divide by 1 − s.

    References
    ----------
    Collobert, Sinz, Weston and Bottou (2006), *Trading Convexity for Scalability*, ICML, 201–208.

    Wu and Liu (2007), *Robust Truncated Hinge Loss Support Vector Machines*, Journal of the
    American Statistical Association 102, 974–983, doi:10.1198/016214507000000617.

    Examples
    --------
    >>> Ramp().pointwise([1, 1, -1], [2.0, 0.5, 9.0]).tolist()
    [0.0, 0.5, 2.0]
    """

    s: float = -1.0
    hides_infinity = True

    def __post_init__(self):
        self._require("s", lambda s: -1e150 <= s < 1, "below 1 and at least -1e150")

    def _value(self, m):
        return np.clip(1 - m, 0, m.dtype.type(1 - self.s))

    def _grad(self, m):
        return -((m > self.s) & (m <= 1)).astype(m.dtype)

    @staticmethod
    def _formula(sp, m, s):
        return sp.Piecewise((1 - s, m <= s), (1 - m, m <= 1), (0, True), evaluate=False)

    def _facts(self):
        return {
            "estimates": "the more frequent class, as −1 or +1",
            "estimate": lambda y: 1.0 if np.mean(y) > 0 else -1.0,
            "convex": False,
            "lipschitz": 1.0,
            "kinks": (self.s, 1.0),
            "range": (0.0, 1 - self.s),
            "link": "class = sign(prediction)",
            "calibrated": True,
            "aliases": ("truncated hinge", "clipped hinge"),
            "choose": "some labels are wrong and you need the class only",
            "avoid": "you cannot start near the answer: what is badly wrong does not pull",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class SigmoidLoss(HasHess, MarginLoss):
    r"""Sigmoid loss: the probability of the wrong class, a smooth 0–1 loss.

    .. math:: \ell(m) = \sigma(-m) = \frac{1}{1 + e^{m}}

    The expected number of errors if the class were drawn with the probability σ(z).

    Raises
    ------
    ValueError
        If a label is not −1 or +1.

    Notes
    -----
    The best score of a sample that is more often +1 than not is +∞, whatever its probability.
    Not the loss of image and text pairs that is called by the same name: that is the sum of
    `Logistic` losses.

    References
    ----------
    Mason, Baxter, Bartlett and Frean (1999), *Boosting Algorithms as Gradient Descent*, NIPS 12.

    Examples
    --------
    >>> SigmoidLoss().pointwise([1, 1, -1], [0.0, 1000.0, 1000.0]).tolist()
    [0.5, 0.0, 1.0]
    """

    hides_infinity = True

    def _value(self, m):
        return sigmoid(-m)

    def _grad(self, m):
        return -_bell(m)

    def _hess(self, m):
        return _bell(m) * np.tanh(m / 2)

    @staticmethod
    def _formula(sp, m):
        return 1 / (1 + sp.exp(m))

    def _facts(self):
        return {
            "estimates": "the more frequent class",
            "convex": False,
            "lipschitz": 0.25,
            "smoothness": 1 / (6 * math.sqrt(3)),
            "range": (0.0, 1.0),
            "link": "class = sign(prediction)",
            "calibrated": True,
            "aliases": ("smooth 0–1 loss",),
            "choose": "you want few errors, bear a descent with local minima, and labels are noisy",
            "avoid": "you need probabilities, or cannot start near the answer",
            "chapter": CHAPTER,
        }


def _bell(m):
    """Return σ(m) σ(−m), the derivative of the sigmoid."""
    e = np.exp(-np.abs(m))
    return e / (1 + e) ** 2


@dataclass(frozen=True)
class Savage(HasHess, MarginLoss):
    r"""Savage loss: the Brier score of a probability, as a function of the margin.

    .. math:: \ell(m) = \frac{1}{(1 + e^{2m})^2}

    Proper and bounded: a wrong label costs no more than 1, and far out it does not pull.

    Raises
    ------
    ValueError
        If a label is not −1 or +1.

    Notes
    -----
    Equal to `SigmoidSquaredError` on the logit 2 z: its score is half the log-odds, as that of
    the `Exponential` loss.

    References
    ----------
    Masnadi-Shirazi and Vasconcelos (2008), *On the Design of Loss Functions for Classification:
    theory, robustness to outliers, and SavageBoost*, NIPS 21.

    Examples
    --------
    >>> Savage().pointwise([1, 1, -1], [0.0, 1000.0, 1000.0]).tolist()
    [0.25, 0.0, 1.0]
    """

    hides_infinity = True

    def _value(self, m):
        return sigmoid(-2 * m) ** 2

    def _grad(self, m):
        miss = sigmoid(-2 * m)
        return -4 * miss * miss * sigmoid(2 * m)

    def _hess(self, m):
        miss, hit = sigmoid(-2 * m), sigmoid(2 * m)
        return 8 * miss * miss * hit * (2 * hit - miss)

    @staticmethod
    def _formula(sp, m):
        return 1 / (1 + sp.exp(2 * m)) ** 2

    def _facts(self):
        p = (15 - math.sqrt(33)) / 24  # the chance missed at which the curvature is strongest
        return {
            "estimates": "the probability of class +1",
            "estimate": share_of_plus,
            "inverse_link": lambda z: sigmoid(2 * np.asarray(z, float)),
            "convex": False,
            "lipschitz": 16 / 27,
            "smoothness": 8 * p * p * (1 - p) * (2 - 3 * p),
            "range": (0.0, 1.0),
            "link": "probability = sigmoid(2 prediction)",
            "proper": True,
            "calibrated": True,
            "choose": "you boost, want probabilities, and some labels are wrong",
            "avoid": "you cannot start near the answer: what is badly wrong does not pull",
            "chapter": CHAPTER,
        }


# tan ½, where the tangent loss is 0, in two parts: the first has few enough bits that subtracting
# it is exact, so that the difference keeps its digits.
BEST_HIGH, BEST_LOW = 0.5463024973869324, -7.5431418597916955e-9


@dataclass(frozen=True)
class Tangent(HasHess, MarginLoss):
    r"""Tangent loss: bounded, and it minds a sample that is right by too much.

    .. math:: \ell(m) = (2 \arctan m - 1)^2

    Least, 0, at the margin tan ½ = 0.546; beyond it the loss rises again, up to (π − 1)², which
    keeps the scores from growing without need.

    Raises
    ------
    ValueError
        If a label is not −1 or +1.

    References
    ----------
    Masnadi-Shirazi, Mahadevan and Vasconcelos (2010), *On the design of robust classifiers for
    computer vision*, doi:10.1109/CVPR.2010.5540136.

    Examples
    --------
    >>> Tangent().pointwise([1, 1, -1], [0.0, 1.0, 1.0]).round(6).tolist()
    [1.0, 0.325808, 6.608994]
    """

    hides_infinity = True

    def _angle(self, m):
        """Return 2 arctan m − 1 without cancelling: for positive m one arctangent."""
        from_best = (m - BEST_HIGH) - BEST_LOW
        positive = np.maximum(m, 0)
        ratio = from_best / (1 + BEST_HIGH * positive + BEST_LOW * positive)
        return 2 * np.where(m > 0, np.arctan(ratio), np.arctan(m) - 0.5)

    def _value(self, m):
        return self._angle(m) ** 2

    def _grad(self, m):
        return 4 * self._angle(m) / (1 + m * m)

    def _hess(self, m):
        return 8 * (1 - m * self._angle(m)) / (1 + m * m) ** 2

    @staticmethod
    def _formula(sp, m):
        return (2 * sp.atan(m) - 1) ** 2

    def _facts(self):
        steepest = -0.5132473179249821  # the margin m with m (2 arctan m − 1) = 1
        strongest = 0.1209793396237922  # where the third derivative is 0
        return {
            "estimates": "the probability of class +1",
            "estimate": share_of_plus,
            "inverse_link": lambda z: np.clip(np.arctan(z) + 0.5, 0, 1),
            "convex": False,
            "lipschitz": float(-self._grad(np.array(steepest))),
            "smoothness": float(self._hess(np.array(strongest))),
            "range": (0.0, (math.pi + 1) ** 2),
            "link": "probability = arctan(prediction) + 1/2, clipped to [0, 1]",
            "proper": True,
            "calibrated": True,
            "choose": "you boost, some labels are wrong, and scores must not run away",
            "avoid": "you cannot start near the answer: what is badly wrong hardly pulls",
            "chapter": CHAPTER,
        }
