"""The focal loss of K classes: cross-entropy that turns from what is easy to what is hard."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..numerics import softmax
from .classes import LabelLoss
from .multiclass_softmax import LINK, BeliefLoss

__all__ = ["SoftmaxFocalLoss"]


@dataclass(frozen=True)
class SoftmaxFocalLoss(BeliefLoss):
    r"""Focal loss of K classes: cross-entropy that turns from what is easy to what is hard.

    .. math:: \ell(y, z) = -\alpha_y\, (1 - p_y)^\gamma \log p_y, \qquad
              p = \operatorname{softmax}(z)

    A sample whose label the model already believes counts for little, so that many easy samples
    do not drown the few hard ones.  γ does that; α balances the classes, which is another matter.

    Parameters
    ----------
    alpha : sequence of float, optional
        One positive weight a class.
    gamma : float
        Focus, from 0 to 10; the larger, the less the easy samples count, and at 0 it is the
        cross-entropy.

    Raises
    ------
    ValueError
        If `alpha` or `gamma` is outside its range, `alpha` has not one entry a column, or the
        truth is not one label a sample.

    Notes
    -----
    α multiplies the loss and, unlike `class_weight` of `SoftmaxCrossEntropy`, is no part of the
    denominator of the mean.  Keras' ``CategoricalFocalCrossentropy`` takes one-hot rows, and
    its default is alpha 0.25 for every class.

    For γ > 0 the loss is not convex, and the softmax of the best scores is not the true
    probabilities, though without α it puts the right class first.  With two classes, or where
    one is likely, it is too cautious: 0.8 becomes 0.627 (K = 2, γ = 2).  A class that leads many
    unlikely ones may come out too sure: with K = 100 and γ = 1, 0.25 against equal chances for
    the others becomes 0.261.

    References
    ----------
    Lin, Goyal, Girshick, He and Dollár (2017), *Focal Loss for Dense Object Detection*,
    arXiv:1708.02002.

    Charoenphakdee, Vongkulbhisal, Chairatanakul and Sugiyama (2021), *On Focal Loss for
    Class-Posterior Probability Estimation*, doi:10.1109/CVPR46437.2021.00516: calibrated for
    decisions, not proper.

    Examples
    --------
    >>> SoftmaxFocalLoss().pointwise([0, 0], [[0.0, 0.0], [5.0, 0.0]]).round(6).tolist()
    [0.173287, 0.0]
    """

    alpha: tuple[float, ...] | None = None
    gamma: float = 2.0
    latex: ClassVar[str] = r"- \alpha_y (1 - p_y)^{\gamma} \log p_y, \; p = \mathrm{softmax}(z)"

    __repr__ = LabelLoss._repr_of_options

    def __post_init__(self):
        self._as_class_weights("alpha")
        self._require("gamma", lambda g: 0 <= g <= 10, "from 0 to 10")

    def _require_classes(self, y, n_classes):
        super()._require_classes(y, n_classes)
        if self.alpha is not None and len(self.alpha) != n_classes:
            raise ValueError(
                f"alpha has {len(self.alpha)} entries but y_pred has {n_classes} columns: give "
                "one weight a class"
            )

    def _of(self, h, u, y):
        weight = 1.0 if self.alpha is None else np.asarray(self.alpha)[y]
        u = np.maximum(u, np.finfo(float).tiny)  # below it the loss is 0 in any case
        value = weight * u**self.gamma * h
        return value, weight * u ** (self.gamma - 1) * (u + self.gamma * np.exp(-h) * h)

    @staticmethod
    def _formula(sp, y, z, alpha, gamma):
        entropy, belief = BeliefLoss._entropy_and_belief(sp, y, z)
        weights = [1] * len(z) if alpha is None else [sp.Rational(a) for a in alpha]
        weight = sum(a * b for a, b in zip(y, weights, strict=True))
        return weight * (1 - belief) ** gamma * entropy

    def _steepest(self):
        """Return the largest slope: all that the label is denied goes to one other class."""
        low, high = 0.0, 40.0
        for _ in range(5):
            h = np.linspace(low, high, 2001)[1:]
            u = -np.expm1(-h)
            sizes = u**self.gamma * (u + self.gamma * np.exp(-h) * h)
            at, step = h[sizes.argmax()], h[1] - h[0]
            low, high = max(0.0, at - step), at + step
        return math.sqrt(2) * float(sizes.max()) * (max(self.alpha) if self.alpha else 1.0)

    def _facts(self):
        focused = self.gamma > 0
        equal = self.alpha is None or len(set(self.alpha)) == 1
        return {
            "estimates": "the log-probabilities of the classes, up to a constant"
            + (", distorted: a likely class made less so" if focused else "")
            + ("" if equal else ", after weighting the classes"),
            "convex": not focused,
            "lipschitz": self._steepest(),
            "link": LINK if focused or not equal else "probabilities = softmax(prediction)",
            "inverse_link": softmax,
            "proper": equal and not focused,
            "calibrated": equal,
            "aliases": ("categorical focal cross-entropy",),
            "choose": "most samples are easy and of few classes",
            "avoid": "the probabilities matter: of a likely class they come out too cautious, of "
            "one that leads many unlikely classes perhaps too sure",
            "chapter": "losses/imbalance",
        }
