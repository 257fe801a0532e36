"""The focal loss: a cross-entropy of two classes that turns from what is easy to what is hard."""

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar

import numpy as np

from ..numerics import exp_of_gap, sigmoid
from .domains import BINARY, Domain
from .kinds import BinaryLoss, HasHess

__all__ = ["FocalLoss"]

LABELS = replace(
    BINARY,
    name="the label 0 or 1",
    cure="the loss is defined for labels alone; map labels −1/+1 with (y + 1) / 2, and for "
    "probabilities as truth use SigmoidCrossEntropy",
    inside=lambda a: (a == 0) | (a == 1),
    interval=None,
)


@dataclass(frozen=True)
class FocalLoss(HasHess, BinaryLoss):
    r"""Focal loss on logits: cross-entropy, times how far from sure of the label the model is.

    .. math:: \ell(y, z) = \alpha_y\, \sigma(u)^\gamma \log(1 + e^{u}), \qquad u = (1 - 2y)\, z

    Here :math:`p_y` is the model's probability of the label, :math:`\sigma(u) = 1 - p_y` what is
    left of it, and the last factor the cross-entropy.  A sample that is already right counts for
    little, so that the many easy ones do not drown the few hard ones.  γ does that; α balances the
    classes, which is another matter.

    Parameters
    ----------
    alpha : float or None
        Weight of class 1, between 0 and 1; class 0 weighs 1 − α.  None leaves both at 1.
    gamma : float
        Focus, from 0 to 100; the larger, the less the easy samples count, and at 0 it is the
        cross-entropy.

    Raises
    ------
    ValueError
        If `alpha` or `gamma` is outside its range, or a label is neither 0 nor 1.

    Notes
    -----
    The default is that of torchvision's ``sigmoid_focal_loss``, and of Keras'
    ``BinaryFocalCrossentropy`` with ``apply_class_balancing=True``; without, as Keras' own default
    is, it is ``alpha=None``.  With α = ½ and γ = 0 it is half the cross-entropy.

    For γ > 0 the loss is not convex, and with ``alpha=None`` the sigmoid of the best logit is
    nearer to ½ than the true probability: the decision is right, the probability is not.  With
    α the best logit is positive only where class 1 has a chance above 1 − α, by default ¾: it
    is α that makes the decision another one, and the card says that it is not calibrated.

    References
    ----------
    Lin, Goyal, Girshick, He and Dollár (2017), *Focal Loss for Dense Object Detection*,
    arXiv:1708.02002.

    Charoenphakdee, Vongkulbhisal, Chairatanakul and Sugiyama (2021), *On Focal Loss for
    Class-Posterior Probability Estimation*, doi:10.1109/CVPR46437.2021.00516: calibrated for
    decisions, not proper.

    Examples
    --------
    >>> FocalLoss(alpha=None).pointwise([1, 1], [0.0, 5.0]).round(6).tolist()
    [0.173287, 0.0]
    >>> FocalLoss(alpha=0.5, gamma=0.0).pointwise_grad([1, 0], [0.0, 0.0]).tolist()
    [-0.25, 0.25]
    """

    truth: ClassVar[Domain] = LABELS
    alpha: float | None = 0.25
    gamma: float = 2.0
    arguments: ClassVar[tuple[str, ...]] = ("y", "z")
    hides_infinity: ClassVar[bool] = True

    def __post_init__(self):
        self._require(
            "alpha", lambda a: a is None or 0 < a < 1, "above 0 and below 1, or None for no weights"
        )
        self._require("gamma", lambda g: 0 <= g <= 100, "from 0 to 100")

    def _weight(self, y):
        """Return what the class of each label weighs."""
        if self.alpha is None:
            return y.dtype.type(1)
        number = y.dtype.type
        return y * number(self.alpha) + (1 - y) * number(1 - self.alpha)

    def _pieces(self, u):
        """Return σ(u) to the power γ, σ(u), σ(−u) and log(1 + eᵘ)."""
        e = np.exp(-np.abs(u))
        whole, log_rest = 1 + e, np.log1p(e)
        right = u >= 0  # factors of 0 and 1 are quicker than branches
        above = right * u
        below = u - above
        s, t = (right + ~right * e) / whole, (~right + right * e) / whole
        return self._power(below, whole, log_rest), s, t, above + log_rest

    def _power(self, below, whole, log_rest):
        """Return σ(u) to the power γ; a power of σ(u) would magnify its rounding γ times."""
        if self.gamma == 2:
            return np.exp(2 * below) / (whole * whole)
        if self.gamma == 0:
            return np.ones_like(below)
        return exp_of_gap(self.gamma, below.astype(float), 0.0, log_rest).astype(below.dtype)

    def _value(self, y, z):
        return self._value_and_grad(y, z)[0]

    def _grad(self, y, z):
        return self._value_and_grad(y, z)[1]

    def _value_and_grad(self, y, z):
        sign, weight = 1 - 2 * y, self._weight(y)
        power, s, t, entropy = self._pieces(sign * z)
        pull = weight * power
        return pull * entropy, sign * pull * (self.gamma * t * entropy + s)

    def _hess(self, y, z):
        u, g = (1 - 2 * y) * z, self.gamma
        power, s, t, entropy = self._pieces(u)
        bend = self._weight(y) * power * (g * entropy * (g * t - s) + (2 * g + 1) * s)
        # A large factor comes between the halves of a small one, which alone would underflow.
        half = np.exp(-np.maximum(u, 0) / 2)
        return half * bend * half / (1 + np.exp(-np.abs(u)))

    @staticmethod
    def _formula(sp, y, z, alpha, gamma):
        weights = (1, 1) if alpha is None else (alpha, 1 - alpha)
        p = 1 / (1 + sp.exp(-z))
        miss = 1 / (1 + sp.exp(z))
        one = -weights[0] * miss**gamma * sp.log(p)
        zero = -weights[1] * p**gamma * sp.log(miss)
        return y * one + (1 - y) * zero

    def _facts(self):
        focused = self.gamma > 0
        heaviest = 1.0 if self.alpha is None else max(self.alpha, 1 - self.alpha)
        steepest, strongest = _peaks(self.gamma)
        equal = self.alpha in (None, 0.5)
        return {
            "estimates": "the probability of class 1"
            + (", drawn towards 1/2" if focused else "")
            + ("" if equal else ", after weighting the classes"),
            "estimate": np.mean if equal and not focused else None,
            "inverse_link": sigmoid,
            "convex": not focused,
            "lipschitz": heaviest * steepest,
            "smoothness": heaviest * strongest,
            "link": "probability = sigmoid(prediction)"
            + ("" if equal and not focused else ", but not that of the labels"),
            "proper": equal and not focused,
            "calibrated": equal,
            "aliases": ("sigmoid focal loss", "binary focal cross-entropy"),
            "choose": "most samples are easy and of one class, as in detecting objects",
            "avoid": "the probabilities matter: they come out too cautious",
            "chapter": "losses/imbalance",
        }


@lru_cache
def _peaks(gamma):
    """Return the largest slope and curvature of a label of weight 1, on a grid that closes in."""
    loss, zeros = FocalLoss(None, gamma), np.zeros(2001)
    peaks = []
    for function in (loss._grad, loss._hess):
        centre, reach = math.log1p(gamma), 40.0
        for _ in range(5):
            z = np.linspace(centre - reach, centre + reach, len(zeros))
            sizes = np.abs(function(zeros, z))
            centre, reach = z[sizes.argmax()], reach / 500
        peaks.append(float(sizes.max()))
    return tuple(peaks)
