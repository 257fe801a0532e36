"""Two players and their losses: a critic who tells real from fake, and a generator who fakes.

A pair holds the losses of both, and gives each player value and gradients from the scores.
"""

from dataclasses import dataclass

import numpy as np

from .adversarial import HingeCritic, SaturatingGenerator, WassersteinCritic
from .base import Loss
from .binary import SigmoidCrossEntropy
from .regression import HalfSquaredError

__all__ = [
    "AdversarialPair",
    "HingeGAN",
    "LeastSquaresGAN",
    "MinimaxGAN",
    "NonSaturatingGAN",
    "WassersteinGAN",
]

CROSS_ENTROPY, SATURATING = SigmoidCrossEntropy(), SaturatingGenerator()
HALF_SQUARE, HINGE, SCORE = HalfSquaredError(), HingeCritic(), WassersteinCritic()


@dataclass(frozen=True)
class AdversarialPair:
    r"""Two losses that pull at the same scores from both ends.

    .. math:: L_\text{critic} = \frac1n \sum_i \ell(1, z_i^\text{real})
              + \frac1m \sum_j \ell(0, z_j^\text{fake}), \qquad
              L_\text{generator} = \frac1m \sum_j \ell'(1, z_j^\text{fake})

    Parameters
    ----------
    discriminator : Loss
        ℓ, of a score with label 1 for real or 0 for fake.
    generator : Loss
        ℓ′, of a score with the label 1.

    Examples
    --------
    A step of each player, for a critic that is still undecided:

    >>> pair = NonSaturatingGAN()
    >>> value, by_real, by_fake = pair.critic([0.0, 0.0], [0.0])
    >>> round(value, 4), by_real.tolist(), by_fake.tolist()
    (1.3863, [-0.25, -0.25], [0.5])
    >>> value, by_fake = pair.generate([0.0])
    >>> round(value, 4), by_fake.tolist()
    (0.6931, [-0.5])
    """

    discriminator: Loss
    generator: Loss

    def critic(self, real, fake):
        """Return the critic's loss and its gradients by the scores of real and fake samples.

        Parameters
        ----------
        real : array_like, shape (n,)
            The critic's scores of real samples.
        fake : array_like, shape (m,)
            Its scores of the generator's samples.

        Returns
        -------
        float, ndarray, ndarray
        """
        of_real, by_real = self.discriminator.value_and_grad(np.ones(np.shape(real)), real)
        of_fake, by_fake = self.discriminator.value_and_grad(np.zeros(np.shape(fake)), fake)
        return of_real + of_fake, by_real, by_fake

    def generate(self, fake):
        """Return the generator's loss and its gradient by the scores of its fakes.

        Parameters
        ----------
        fake : array_like, shape (m,)
            The critic's scores.

        Returns
        -------
        float, ndarray
        """
        return self.generator.value_and_grad(np.ones(np.shape(fake)), fake)


@dataclass(frozen=True)
class MinimaxGAN(AdversarialPair):
    """The zero-sum game: the generator wants what the critic's cross-entropy does not.

    Against the best critic the value of the game, minus the critic's loss, is twice the
    Jensen–Shannon divergence of real and fake, less log 4.  Goodfellow et al. (2014), *Generative
    Adversarial Networks*, arXiv:1406.2661.

    Examples
    --------
    A fake that is seen through teaches the generator next to nothing:

    >>> MinimaxGAN().generate([-4.0])[1].round(3).tolist()
    [-0.018]
    """

    discriminator: Loss = CROSS_ENTROPY
    generator: Loss = SATURATING


@dataclass(frozen=True)
class NonSaturatingGAN(AdversarialPair):
    """The same critic, and a generator that minimises −log σ(z): it learns most where it is worst.

    Goodfellow et al. (2014), *Generative Adversarial Networks*, arXiv:1406.2661.

    Examples
    --------
    >>> NonSaturatingGAN().generate([-4.0])[1].round(3).tolist()
    [-0.982]
    """

    discriminator: Loss = CROSS_ENTROPY
    generator: Loss = CROSS_ENTROPY


@dataclass(frozen=True)
class LeastSquaresGAN(AdversarialPair):
    """Scores are drawn to their labels, by half the squared error: one beyond its label costs too.

    Mao et al. (2017), *Least Squares Generative Adversarial Networks*, arXiv:1611.04076, with
    the labels 0 and 1.

    Examples
    --------
    A fake with a score of 3 is pulled back to 1:

    >>> LeastSquaresGAN().generate([3.0])[1].tolist()
    [2.0]
    """

    discriminator: Loss = HALF_SQUARE
    generator: Loss = HALF_SQUARE


@dataclass(frozen=True)
class HingeGAN(AdversarialPair):
    """A critic with a margin, and a generator that raises its scores.

    Lim and Ye (2017), *Geometric GAN*, arXiv:1705.02894.

    Examples
    --------
    The critic leaves what it tells apart by more than 1, and the generator goes on:

    >>> HingeGAN().critic([2.0], [-3.0])[0], HingeGAN().generate([-3.0])[1].tolist()
    (0.0, [-1.0])
    """

    discriminator: Loss = HINGE
    generator: Loss = SCORE


@dataclass(frozen=True)
class WassersteinGAN(AdversarialPair):
    """A critic of bounded slope, whose loss is minus a distance of real and fake.

    Arjovsky, Chintala and Bottou (2017), *Wasserstein GAN*, arXiv:1701.07875.
    See `GradientPenalty`.

    Examples
    --------
    >>> WassersteinGAN().critic([2.0], [-3.0])[0]  # minus the difference of the mean scores
    -5.0
    """

    discriminator: Loss = SCORE
    generator: Loss = SCORE
