"""Scores of a forecast of K classes: rows of probabilities against labels, or against other rows.

All three are proper: the best forecast is the truth.  To train a model that gives scores, use
`SoftmaxCrossEntropy`.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..numerics import xlogy
from .classes import ClassLoss
from .domains import DISTRIBUTION, Domain
from .kinds import HasHess

__all__ = ["CategoricalCrossEntropy", "MulticlassBrier", "MulticlassSphericalScore"]

CHAPTER = "losses/softmax-cross-entropy"


class ForecastLoss(ClassLoss):
    """A loss of K classes that takes rows of probabilities."""

    prediction: ClassVar[Domain] = DISTRIBUTION
    arguments: ClassVar[tuple[str, ...]] = ("y", "p")

    def _rows_of_truth(self, y, p):
        return y if y.ndim == 2 else np.eye(p.shape[1], dtype=p.dtype)[y]

    def _example(self, rng, n):
        return self.truth.sample(rng, n), self.prediction.sample(rng, n)

    def _shape_of_matrix(self, p):
        return (*p.shape, p.shape[1])


@dataclass(frozen=True)
class CategoricalCrossEntropy(HasHess, ForecastLoss):
    r"""Cross-entropy of K classes on probabilities: the log loss of a forecast.

    .. math:: \ell(y, p) = -\log p_y

    The surprise, in nats, at the class that came.  With rows of probabilities t as truth it is
    :math:`-\sum_k t_k \log p_k`.

    Raises
    ------
    ValueError
        If a row of `y_pred` is negative or does not sum to 1, a label is not one of the K
        columns, or a shape is wrong.

    Notes
    -----
    Probability 0 for what happened costs ``inf``, by definition, and its slope is ``-inf``.
    Keras' ``CategoricalCrossentropy`` and scikit-learn's ``log_loss`` clip the probabilities
    instead, and PyTorch's ``NLLLoss`` takes their logarithms.  Train on logits with
    `SoftmaxCrossEntropy`, which is the same loss and stays finite.  Where a sample may have
    several labels, it is `SigmoidCrossEntropy` on (n, K) that is meant.

    References
    ----------
    Good (1952), *Rational Decisions*, doi:10.1111/j.2517-6161.1952.tb00104.x.

    Examples
    --------
    >>> loss = CategoricalCrossEntropy()
    >>> loss.pointwise([0, 1], [[0.5, 0.5], [1.0, 0.0]]).round(4).tolist()
    [0.6931, inf]
    >>> loss.pointwise_grad([0], [[0.25, 0.75]]).tolist()
    [[-4.0, 0.0]]
    """

    latex: ClassVar[str] = r"- \sum_k y_k \log p_k"

    def _value(self, y, p):
        if y.ndim == 2:
            return 0 - xlogy(y, p).sum(axis=1)
        with np.errstate(divide="ignore"):
            return 0 - np.log(p[np.arange(len(y)), y])

    def _grad(self, y, p):
        return 0 - self._over_power(y, p, 1)

    _shape_of_hess = ForecastLoss._shape_of_matrix

    def _hess(self, y, p):
        hess = np.zeros(self._shape_of_hess(p), p.dtype)
        np.einsum("nkk->nk", hess)[:] = self._over_power(y, p, 2)
        return hess

    def _over_power(self, y, p, times):
        """Return t over a power of p, and 0 where t is 0."""
        t = self._rows_of_truth(y, p)
        p = np.where(t > 0, p, 1)
        with np.errstate(divide="ignore", over="ignore"):
            for _ in range(times):
                t = t / p
        return t

    @staticmethod
    def _formula(sp, y, p):
        return -sum(a * sp.log(b) for a, b in zip(y, p, strict=True))

    def _facts(self):
        return {
            "estimates": "the chances of the classes",
            "convex": True,
            "proper": True,
            "calibrated": True,
            "aliases": ("log loss of K classes", "logarithmic score", "NLL loss of probabilities"),
            "choose": "you are given probabilities of K classes and want to score them",
            "avoid": "you train: use SoftmaxCrossEntropy on the logits",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class MulticlassBrier(HasHess, ForecastLoss):
    r"""Brier score of K classes: squared distance of the forecast to what happened.

    .. math:: \ell(y, p) = \sum_k (p_k - y_k)^2

    Here y is 1 for the class that came and 0 for the others, or a row of probabilities.  Unlike
    the log loss it is bounded, and looks at the whole forecast rather than at one class of it.

    Raises
    ------
    ValueError
        As for `CategoricalCrossEntropy`.

    Notes
    -----
    This is Brier's own scale, from 0 to 2.  With two classes it is twice the squared error of
    one of the two probabilities, the form in which the score of two classes is usually given.

    References
    ----------
    Gneiting and Raftery (2007), *Strictly Proper Scoring Rules, Prediction, and Estimation*,
    doi:10.1198/016214506000001437: there as the quadratic score.

    Examples
    --------
    >>> MulticlassBrier().pointwise([0, 1], [[0.5, 0.5], [1.0, 0.0]]).tolist()
    [0.5, 2.0]
    >>> MulticlassBrier().pointwise_grad([0], [[0.25, 0.75]]).tolist()
    [[-1.5, 1.5]]
    """

    latex: ClassVar[str] = r"\sum_k (p_k - y_k)^2"

    def _value(self, y, p):
        return ((p - self._rows_of_truth(y, p)) ** 2).sum(axis=1)

    def _grad(self, y, p):
        return 2 * (p - self._rows_of_truth(y, p))

    _shape_of_hess = ForecastLoss._shape_of_matrix

    def _hess(self, y, p):
        return np.broadcast_to(2 * np.eye(p.shape[1], dtype=p.dtype), self._shape_of_hess(p))

    @staticmethod
    def _formula(sp, y, p):
        return sum((b - a) ** 2 for a, b in zip(y, p, strict=True))

    def _facts(self):
        return {
            "estimates": "the chances of the classes",
            "range": (0.0, 2.0),
            "convex": True,
            "lipschitz": float(2 * np.sqrt(2)),
            "smoothness": 2.0,
            "proper": True,
            "calibrated": True,
            "aliases": ("quadratic score", "probability score"),
            "choose": "forecasts of K classes are compared, and none may cost infinitely much",
            "avoid": "rare classes matter: a chance of 0.001 and one of 0 cost the same there",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class MulticlassSphericalScore(ForecastLoss):
    r"""Spherical score of K classes: one minus the cosine of forecast and what happened.

    .. math:: \ell(y, p) = 1 - \frac{p_y}{\|p\|}

    With rows of probabilities t as truth it is the mean over the labels,
    :math:`\sum_k t_k (1 - p_k / \|p\|)`.  Only the direction of the forecast counts.

    Raises
    ------
    ValueError
        As for `CategoricalCrossEntropy`.

    Notes
    -----
    Near a certain and right forecast 1 − p_y/‖p‖ would cancel; it is found as
    :math:`\sum_{k \ne y} p_k^2 / \bigl(\|p\|\,(\|p\| + p_y)\bigr)`.  The field's score is
    :math:`p_y/\|p\|`, the larger the better.

    References
    ----------
    Gneiting and Raftery (2007), *Strictly Proper Scoring Rules, Prediction, and Estimation*,
    doi:10.1198/016214506000001437.

    Examples
    --------
    >>> MulticlassSphericalScore().pointwise([0, 1], [[0.5, 0.5], [1.0, 0.0]]).round(4).tolist()
    [0.2929, 1.0]
    """

    latex: ClassVar[str] = r"1 - p_y / \|p\|"

    def _value(self, y, p):
        t, rest = self._rows_of_truth(y, p), _sums_of_the_others(p * p)
        norm = np.sqrt((p * p).sum(axis=1, keepdims=True))
        return (t * rest / (norm * (norm + p))).sum(axis=1)

    def _grad(self, y, p):
        t, rest = self._rows_of_truth(y, p), _sums_of_the_others(p * p)
        square = (p * p).sum(axis=1, keepdims=True)
        return (p * _sums_of_the_others(t * p) - t * rest) / (square * np.sqrt(square))

    @staticmethod
    def _formula(sp, y, p):
        norm = sp.sqrt(sum(a**2 for a in p))
        return sum(a * (1 - b / norm) for a, b in zip(y, p, strict=True))

    @staticmethod
    def _steepest(n_classes):
        """Return the largest slope: a label of small chance, the others equal."""
        share = np.sqrt((n_classes - 1) / n_classes)
        return float(share / (2 * (1 - share) * np.sqrt(n_classes - 1)))

    def _facts(self):
        return {
            "estimates": "the chances of the classes",
            "range": (0.0, 1.0),
            "convex": False,
            "lipschitz": self._steepest,
            "proper": True,
            "calibrated": True,
            "aliases": ("spherical scoring rule",),
            "choose": "you score forecasts, and want neither the log loss nor the Brier score",
            "avoid": "you train: its slope is steep among many classes, and it is not convex",
            "chapter": CHAPTER,
        }


def _sums_of_the_others(x):
    """Return for each entry the sum of the others in its row; the entries are not negative.

    Only for the largest of a row would total minus entry cancel: it is left out instead.
    """
    rows, top = np.arange(len(x)), x.argmax(axis=1)
    sums = x.sum(axis=1, keepdims=True) - x
    without = x.copy()
    without[rows, top] = 0
    sums[rows, top] = without.sum(axis=1)
    return sums
