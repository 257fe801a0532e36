"""Losses of a score that is high for real and low for fake: of a critic, of a generator of fakes.

The critic's loss takes labels, 1 for real and 0 for fake.  The generator's takes the scores of
its fakes with the label 1, for what it wants them taken for.
"""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from ..numerics.compensated import add
from ..numerics.vectors import directions
from .binary import SigmoidCrossEntropy
from .domains import NOT_NEGATIVE, Domain
from .kinds import BinaryLoss, HasHess, RowLoss

__all__ = ["GradientPenalty", "HingeCritic", "SaturatingGenerator", "WassersteinCritic"]

CHAPTER = "applications/generative-adversarial"


@dataclass(frozen=True)
class SaturatingGenerator(HasHess, BinaryLoss):
    r"""Minus the cross-entropy with the other label: the generator's loss of the minimax game.

    .. math:: \ell(y, z) = y \log\bigl(1 - \sigma(z)\bigr) + (1 - y) \log \sigma(z)

    With the label 1 it is log(1 − σ(z)), what the critic loses of a fake, negated.  Where the
    critic is sure of a fake, z ≪ 0, its slope −σ(z) is all but 0, and a generator that is still
    bad learns least: it saturates.

    Raises
    ------
    ValueError
        If a label is outside [0, 1].

    References
    ----------
    Goodfellow et al. (2014), *Generative Adversarial Networks*, arXiv:1406.2661.

    Examples
    --------
    >>> SaturatingGenerator().pointwise_grad([1, 1], [-5.0, 5.0]).round(4).tolist()
    [-0.0067, -0.9933]
    """

    arguments: ClassVar[tuple[str, ...]] = ("y", "z")
    hides_infinity: ClassVar[bool] = True

    def _value(self, y, z):
        return -SigmoidCrossEntropy()._value(1 - y, z)

    def _grad(self, y, z):
        return -SigmoidCrossEntropy()._grad(1 - y, z)

    def _value_and_grad(self, y, z):
        value, grad = SigmoidCrossEntropy()._value_and_grad(1 - y, z)
        return -value, -grad

    def _hess(self, y, z):
        return -SigmoidCrossEntropy()._hess(1 - y, z)

    @staticmethod
    def _formula(sp, y, z):
        return -y * sp.log(1 + sp.exp(z)) - (1 - y) * sp.log(1 + sp.exp(-z))

    def _facts(self):
        return {
            "estimates": "nothing by itself: the more a fake is taken for real, the better",
            "range": (-np.inf, 0.0),
            "convex": False,
            "lipschitz": 1.0,
            "smoothness": 0.25,
            "aliases": ("minimax generator loss",),
            "choose": "you study the minimax game itself",
            "avoid": "you train a generator: use the non-saturating loss, which has the same goal",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class HingeCritic(BinaryLoss):
    r"""Hinge loss with labels 1 for real and 0 for fake.

    .. math:: \ell(y, z) = y \max(0, 1 - z) + (1 - y) \max(0, 1 + z)

    Once a sample is told apart by a margin of 1 the critic leaves it, and works on those that
    still confuse it.

    Raises
    ------
    ValueError
        If a label is outside [0, 1].

    Notes
    -----
    `Hinge` with the labels −1 and +1.  At a kink the slope is that of the side that still costs.

    References
    ----------
    Lim and Ye (2017), *Geometric GAN*, arXiv:1705.02894.

    Examples
    --------
    >>> HingeCritic().pointwise([1, 1, 0], [2.0, 0.5, 0.5]).tolist()
    [0.0, 0.5, 1.5]
    """

    arguments: ClassVar[tuple[str, ...]] = ("y", "z")
    hides_infinity: ClassVar[bool] = True

    def _value(self, y, z):
        return y * np.maximum(1 - z, 0) + (1 - y) * np.maximum(1 + z, 0)

    def _grad(self, y, z):
        return (1 - y) * (z >= -1) - y * (z <= 1)

    @staticmethod
    def _formula(sp, y, z):
        real = sp.Piecewise((1 - z, z <= 1), (0, True), evaluate=False)
        fake = sp.Piecewise((1 + z, z >= -1), (0, True), evaluate=False)
        return y * real + (1 - y) * fake

    def _facts(self):
        return {
            "estimates": "whether real or fake is more frequent, as +1 or −1",
            "estimate": lambda y: 1.0 if np.mean(y) > 0.5 else -1.0,
            "convex": True,
            "lipschitz": 1.0,
            "kinks": (-1.0, 1.0),
            "link": "real if prediction > 0",
            "calibrated": True,
            "choose": "the critic should spend itself on samples that are hard to tell apart",
            "avoid": "you want the probability that a sample is real",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class WassersteinCritic(BinaryLoss):
    r"""Score of the fake less score of the real: for a critic whose steepness is bounded.

    .. math:: \ell(y, z) = (1 - 2y)\, z

    The mean over fakes plus the mean over reals is the difference of the two mean scores.  Over
    critics of slope at most 1 its minimum is minus the Wasserstein-1 distance of real and fake;
    without such a bound it has none.

    Raises
    ------
    ValueError
        If a label is outside [0, 1].

    References
    ----------
    Arjovsky, Chintala and Bottou (2017), *Wasserstein GAN*, arXiv:1701.07875.

    Examples
    --------
    >>> WassersteinCritic().pointwise([1, 0], [3.0, 2.0]).tolist()
    [-3.0, 2.0]
    """

    arguments: ClassVar[tuple[str, ...]] = ("y", "z")

    def _value(self, y, z):
        return (1 - 2 * y) * z

    def _grad(self, y, z):
        return 1 - 2 * y

    @staticmethod
    def _formula(sp, y, z):
        return (1 - 2 * y) * z

    def _facts(self):
        return {
            "estimates": "nothing by itself: the bound on the critic's slope is what stops it",
            "range": (-np.inf, np.inf),
            "convex": True,
            "lipschitz": 1.0,
            "smoothness": 0.0,
            "choose": "a distance of real and fake should guide the generator even when the two "
            "do not overlap",
            "avoid": "nothing bounds the critic's slope: add a GradientPenalty",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class GradientPenalty(RowLoss):
    r"""Squared gap between the length of a gradient and the length it should have.

    .. math:: \ell(y, g) = \bigl(\lVert g \rVert_2 - y\bigr)^2

    Truth (n,) holds the wanted lengths, ones for a Wasserstein critic; prediction (n, d) the
    gradients of the critic's score by its input, at points between real and fake samples.

    Raises
    ------
    ValueError
        If a wanted length is negative.

    Notes
    -----
    The paper weighs it by 10.  A gradient of 0 has no direction to grow in: there the slope is 0.

    References
    ----------
    Gulrajani, Ahmed, Arjovsky, Dumoulin and Courville (2017), *Improved Training of Wasserstein
    GANs*, arXiv:1704.00028.

    Examples
    --------
    The linear critic f(x) = w·x has the gradient w at every x.  With penalty its loss is least
    where w points from the fakes to the reals and is a little longer than 1:

    >>> real, fake = np.array([[3.0, 0.0], [5.0, 0.0]]), np.array([[1.0, 0.0], [-1.0, 0.0]])
    >>> w, critic, penalty = np.array([0.0, 1.0]), WassersteinCritic(), GradientPenalty()
    >>> for _ in range(300):
    ...     by_w = critic.grad([1, 1], real @ w) @ real + critic.grad([0, 0], fake @ w) @ fake
    ...     w = w - 0.02 * (by_w + 10 * penalty.grad([1.0], [w])[0])
    >>> w.round(3).tolist()
    [1.2, 0.0]
    """

    truth: ClassVar[Domain] = replace(
        NOT_NEGATIVE, cure="it is the length a gradient should have: 1, or 0 to flatten the critic"
    )
    layout: ClassVar[tuple[str, str]] = ("n", "n d")
    arguments: ClassVar[tuple[str, ...]] = ("y", "g")
    shapes: ClassVar[tuple[tuple[int, ...], ...]] = ((), (3,))
    latex: ClassVar[str] = r"\left(\lVert g \rVert_2 - y\right)^2"

    def _value(self, y, g):
        return self._excess(y, g)[0] ** 2

    def _grad(self, y, g):
        excess, unit = self._excess(y, g)
        return 2 * excess[:, None] * unit

    def _excess(self, y, g):
        """Return what the length has too much, exact where it is nearly right; and directions."""
        unit, length = directions(g.astype(np.float64, copy=False))
        return add(length[0], -y.astype(np.float64, copy=False), length[1]), unit[0]

    @staticmethod
    def _formula(sp, y, g):
        return (sp.sqrt(sum(x**2 for x in g)) - y) ** 2

    def _facts(self):
        return {
            "estimates": "a gradient of the wanted length",
            "convex": False,
            "choose": "a critic's slope should be bounded, for Wasserstein's loss above all",
            "avoid": "the gradient by the input is too dear: bound the layers' weights instead",
            "chapter": CHAPTER,
        }
