"""Losses of the overlap of two masks: how much of the truth is found, and how much besides it.

A sample is a whole mask of any shape, its truth 0 or 1 at each pixel, its prediction a
probability at each pixel.  Pixels that are neither in the truth nor predicted count for
nothing, so a small object in a large image is not drowned by the background.

Every ratio is taken of what was missed, never as 1 minus something close to 1.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from .masks import MaskLoss, missed_share, steepest_share, sums

__all__ = ["Dice", "FocalTversky", "Jaccard", "Tversky"]

NO_MASK = "you need probabilities, or a smooth start: add a cross-entropy"
UNSUITED = f"the truth is between 0 and 1, where p = y is not the best answer; {NO_MASK}"


def _steepest_of_squares(smooth):
    """Return the largest slope of the Dice loss with squares: of a missed pixel, or a faint one."""
    faint = min(smooth / 3, 1) ** 0.5
    return max(2 / (1 + smooth), 2 * faint * smooth / (faint**2 + smooth) ** 2)


@dataclass(frozen=True)
class Tversky(MaskLoss):
    r"""Tversky loss: overlap, with a weight for what is too much and one for what is missing.

    .. math:: \ell(y, p) = 1 - \frac{I + s}{I + \alpha F_+ + \beta F_- + s}, \qquad
              I = \sum_k y_k p_k,\; F_+ = \sum_k (1 - y_k) p_k,\; F_- = \sum_k y_k (1 - p_k)

    With β > α a missed pixel of the object costs more than a false one: recall before precision.
    α = β = ½ is `Dice` (of twice the `smooth`), α = β = 1 is `Jaccard`.

    Parameters
    ----------
    alpha : float
        Weight of the false positives.
    beta : float
        Weight of the false negatives.
    smooth : float
        Pixels s added to the overlap, positive: an empty mask then has a loss, 0 if the
        prediction is empty too.

    Raises
    ------
    ValueError
        If a parameter is not positive, or a truth or prediction is outside [0, 1].

    Notes
    -----
    Some call α the weight of the false negatives, Abraham and Khan (2019) among them.  The
    steepest slope on the card is that by one pixel, for masks of 0 and 1.  With a probability as
    truth p = y costs more than 0 and is not the best prediction.

    References
    ----------
    Salehi, Erdogmus and Gholipour (2017), *Tversky loss function for image segmentation using 3D
    fully convolutional deep networks*, arXiv:1706.05721.

    Examples
    --------
    One pixel is found and `smooth` adds one; the missed one weighs ½, which is a fifth of 2½:

    >>> Tversky(0.5, 0.5, smooth=1.0).pointwise([[1, 1, 0]], [[1.0, 0.0, 0.0]]).tolist()
    [0.2]
    """

    alpha: float = 0.3
    beta: float = 0.7
    smooth: float = 1.0
    latex: ClassVar[str] = (
        r"1 - \frac{\sum_k y_k p_k + s}{\sum_k \left(y_k p_k + \alpha (1 - y_k) p_k"
        r" + \beta\, y_k (1 - p_k)\right) + s}"
    )

    def _value_and_grad(self, y, p):
        return missed_share(y, p, self.alpha, self.beta, self.smooth)

    @staticmethod
    def _formula(sp, y, p, alpha, beta, smooth):
        found = sum(a * b for a, b in zip(y, p, strict=True)) + smooth
        extra = sum((1 - a) * b for a, b in zip(y, p, strict=True))
        missing = sum(a * (1 - b) for a, b in zip(y, p, strict=True))
        return 1 - found / (found + alpha * extra + beta * missing)

    def _facts(self):
        return self._facts_of_masks() | {
            "lipschitz": steepest_share(self.alpha, self.beta, self.smooth),
            "choose": "the object is small, and missing it is worse than finding too much",
            "avoid": UNSUITED,
        }


@dataclass(frozen=True)
class Dice(MaskLoss):
    r"""Dice loss: 1 minus twice the overlap over the sum of both areas.

    .. math:: \ell(y, p) = 1 - \frac{2 \sum_k y_k p_k + s}{\sum_k y_k + \sum_k p_k + s}

    1 minus the F₁ score of the pixels, with counts made of probabilities.

    Parameters
    ----------
    smooth : float
        Pixels s added above and below, positive: an empty mask then has a loss, 0 if the
        prediction is empty too.
    squared : bool
        Whether squares stand below, :math:`\sum_k y_k^2 + \sum_k p_k^2 + s`, as in V-Net.

    Raises
    ------
    ValueError
        If `smooth` is not positive, or a truth or prediction is outside [0, 1].

    Notes
    -----
    One value for each mask, then the mean; some libraries sum over the whole batch first.  The
    steepest slope on the card is that by one pixel, for masks of 0 and 1.  With a probability as
    truth p = y costs 0 only if `squared`; otherwise it is not even the best prediction.

    References
    ----------
    Milletari, Navab and Ahmadi (2016), *V-Net: Fully Convolutional Neural Networks for Volumetric
    Medical Image Segmentation*, arXiv:1606.04797, with squares; Sudre et al. (2017),
    *Generalised Dice Overlap*, arXiv:1707.03237, without.

    Examples
    --------
    >>> Dice().pointwise([[1, 1, 0, 0], [0, 0, 0, 0]], [[1.0, 0, 0, 0], [0.0, 0, 0, 0]]).tolist()
    [0.25, 0.0]
    """

    smooth: float = 1.0
    squared: bool = False

    def __post_init__(self):
        self._require_positive("smooth")
        self._require("squared", lambda value: value in (True, False), "True or False")

    def _value_and_grad(self, y, p):
        if not self.squared:
            return missed_share(y, p, 0.5, 0.5, self.smooth / 2)
        total = sums(y * y) + sums(p * p) + self.smooth
        miss = sums((p - y) ** 2) / total
        hit = (2 * sums(y * p) + self.smooth) / total
        grad = (1 - y) * p * hit - y * ((1 - p) + p * miss)  # p hit − y, which cancels
        return miss.reshape(len(y)), 2 * grad / total

    @staticmethod
    def _formula(sp, y, p, smooth, squared):
        power = 2 if squared else 1
        overlap = 2 * sum(a * b for a, b in zip(y, p, strict=True))
        return 1 - (overlap + smooth) / (sum(a**power for a in (*y, *p)) + smooth)

    @property
    def latex(self):
        """The formula, with or without squares."""
        square = "^2" if self.squared else ""
        return rf"1 - \frac{{2 \sum_k y_k p_k + s}}{{\sum_k y_k{square} + \sum_k p_k{square} + s}}"

    def _facts(self):
        facts = self._facts_of_masks() | {
            "lipschitz": steepest_share(0.5, 0.5, self.smooth / 2),
            "aliases": ("F1 loss", "Sørensen–Dice loss"),
            "choose": "the object is small beside its background, and the overlap is the score",
            "avoid": UNSUITED,
        }
        squares = {"lipschitz": _steepest_of_squares(self.smooth), "avoid": NO_MASK}
        return facts | squares if self.squared else facts


@dataclass(frozen=True)
class Jaccard(MaskLoss):
    r"""Jaccard loss: 1 minus the intersection over the union, of probabilities.

    .. math:: \ell(y, p) = 1 - \frac{\sum_k y_k p_k + s}{\sum_k (y_k + p_k - y_k p_k) + s}

    With e the Dice loss of twice the `smooth`, it is 2e / (1 + e): both put the predictions of
    one mask into the same order, though not the means over several masks.  This one counts small
    misses for up to twice as much, and a total miss the same.

    Parameters
    ----------
    smooth : float
        Pixels s added above and below, positive: an empty mask then has a loss, 0 if the
        prediction is empty too.

    Raises
    ------
    ValueError
        If `smooth` is not positive, or a truth or prediction is outside [0, 1].

    Notes
    -----
    As for `Tversky`.

    References
    ----------
    Rahman and Wang (2016), *Optimizing Intersection-Over-Union in Deep Neural Networks for Image
    Segmentation*, doi:10.1007/978-3-319-50835-1_22.

    Examples
    --------
    >>> Jaccard().pointwise([[1, 1, 0, 0]], [[1.0, 0.0, 1.0, 0.0]]).tolist()
    [0.5]
    """

    smooth: float = 1.0
    latex: ClassVar[str] = (
        r"1 - \frac{\sum_k y_k p_k + s}{\sum_k \left(y_k + p_k - y_k p_k\right) + s}"
    )

    def _value_and_grad(self, y, p):
        return missed_share(y, p, 1, 1, self.smooth)

    @staticmethod
    def _formula(sp, y, p, smooth):
        both = sum(a * b for a, b in zip(y, p, strict=True))
        return 1 - (both + smooth) / (sum((*y, *p)) - both + smooth)

    def _facts(self):
        return self._facts_of_masks() | {
            "lipschitz": steepest_share(1, 1, self.smooth),
            "aliases": ("soft IoU loss", "intersection-over-union loss"),
            "choose": "the score is the intersection over union",
            "avoid": UNSUITED,
        }


@dataclass(frozen=True)
class FocalTversky(MaskLoss):
    r"""Focal Tversky loss: a root of the Tversky loss, which keeps pulling at masks nearly right.

    .. math:: \ell(y, p) = \bigl(\text{Tversky}_{\alpha, \beta, s}(y, p)\bigr)^{1/\gamma}

    Parameters
    ----------
    alpha, beta, smooth : float
        As for `Tversky`.
    gamma : float
        At least 1; with 1 the loss is `Tversky`.  The exponent is 1/γ, as in the paper; where
        an implementation has 0.75 for the exponent itself, that is γ = 4/3.

    Raises
    ------
    ValueError
        If a parameter is out of its range, or a truth or prediction is outside [0, 1].

    Notes
    -----
    As for `Tversky`.  For γ > 1 the slope has no bound towards a perfect overlap; there it is 0.

    References
    ----------
    Abraham and Khan (2019), *A Novel Focal Tversky loss function with Improved Attention U-Net for
    lesion segmentation*, arXiv:1810.07842.

    Examples
    --------
    >>> FocalTversky(0.5, 0.5, gamma=2.0).pointwise([[1, 1, 0]], [[1.0, 0.0, 0.0]]).round(6)
    array([0.447214])
    """

    alpha: float = 0.3
    beta: float = 0.7
    gamma: float = 4 / 3
    smooth: float = 1.0
    latex: ClassVar[str] = rf"\left({Tversky.latex}\right)^{{1/\gamma}}"

    def __post_init__(self):
        self._require_positive()
        self._require("gamma", lambda g: g >= 1, "at least 1")

    def _value_and_grad(self, y, p):
        miss, grad = missed_share(y, p, self.alpha, self.beta, self.smooth)
        q = 1 / self.gamma
        lost = float(1 / Fraction(self.gamma) - Fraction(q))  # by rounding 1/γ
        some = np.where(miss > 0, miss, 1)
        root = some**q * (1 + lost * np.log(some))
        slope = q * np.where(miss > 0, root / some, 0)
        return np.where(miss > 0, root, 0), slope.reshape(-1, *(1,) * (y.ndim - 1)) * grad

    @staticmethod
    def _formula(sp, y, p, alpha, beta, gamma, smooth):
        return Tversky._formula(sp, y, p, alpha, beta, smooth) ** (1 / gamma)

    def _facts(self):
        facts = self._facts_of_masks() | {
            "choose": "small objects are still missed when the large ones are right",
            "avoid": "masks are noisy: near a perfect overlap its slope has no bound",
        }
        steepest = steepest_share(self.alpha, self.beta, self.smooth)
        return facts if self.gamma > 1 else facts | {"lipschitz": steepest}
