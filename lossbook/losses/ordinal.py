"""Losses of ordered classes: to be far off costs more than to be off by one."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..numerics import sigmoid, softplus
from .classes import LabelLoss
from .kinds import HasHess
from .multiclass_probabilities import ForecastLoss

__all__ = ["OrdinalLogistic", "RankedProbability"]

CHAPTER = "losses/softmax-cross-entropy"


@dataclass(frozen=True)
class RankedProbability(ForecastLoss):
    r"""Ranked probability score: Brier score of the cumulated chances of ordered classes.

    .. math:: \ell(y, p) = \frac{1}{K-1} \sum_{k=1}^{K-1}
              \Bigl(\sum_{j \le k} p_j - \sum_{j \le k} y_j\Bigr)^2

    Here y is 1 for the class that came and 0 for the others, or a row of probabilities.  Chance
    given to a class next to the one that came is less wrong than chance given to a distant one.

    Raises
    ------
    ValueError
        If a row of `y_pred` is negative or does not sum to 1, a label is not one of the K
        columns, or a shape is wrong.

    Notes
    -----
    Divided by the number of thresholds, K − 1, it lies between 0 and 1 and is with two classes
    the squared error of a probability; others leave out the division.  Epstein's own score is 1
    less this loss, otherwise written; the form here is usually credited to Murphy.

    The sums are taken from the side where nothing has happened yet, so that a sure and right
    forecast keeps its digits.  The gradient is of this form: since rows sum to 1, any constant
    could be added to it along a row.

    References
    ----------
    Epstein (1969), *A Scoring System for Probability Forecasts of Ranked Categories*, Journal of
    Applied Meteorology 8, 985–987.  Murphy (1971), *A Note on the Ranked Probability Score*,
    Journal of Applied Meteorology 10, 155–156.

    Examples
    --------
    >>> loss = RankedProbability()
    >>> loss.pointwise([0, 0], [[0.5, 0.5, 0.0], [0.5, 0.0, 0.5]]).tolist()
    [0.125, 0.25]
    """

    slope_norm: ClassVar[float] = np.inf
    latex: ClassVar[str] = r"\frac{1}{K - 1} \sum_k \left(\sum_{j \le k} (p_j - y_j)\right)^2"

    def _value(self, y, p):
        gaps, _ = self._gaps(y, p)
        return (gaps**2).sum(axis=1) / max(1, p.shape[1] - 1)

    def _grad(self, y, p):
        gaps, past = self._gaps(y, p)
        grad = np.zeros_like(p)
        grad[:, :-1] += _sums_from_the_right((1 - past) * gaps)
        grad[:, 1:] -= np.cumsum(past * gaps, axis=1)
        return 2 * grad / max(1, p.shape[1] - 1)

    def _gaps(self, y, p):
        """Return cumulated forecast minus truth at each threshold, and the cumulated truth."""
        t = self._rows_of_truth(y, p)
        past = np.cumsum(t, axis=1)[:, :-1]
        left = np.cumsum(p - t, axis=1)[:, :-1]
        right = _sums_from_the_right(p - t)[:, 1:]
        return (1 - past) * left - past * right, past

    @staticmethod
    def _formula(sp, y, p):
        n, total = len(p), 0
        for k in range(1, n):
            left, right = (sum(p[j] - y[j] for j in side) for side in (range(k), range(k, n)))
            past = sum(y[:k])
            total += ((1 - past) * left - past * right) ** 2
        return total / (n - 1)

    def _facts(self):
        return {
            "estimates": "the chances of the classes",
            "range": (0.0, 1.0),
            "convex": True,
            "lipschitz": 2.0,
            "proper": True,
            "calibrated": True,
            "aliases": ("RPS",),
            "choose": "classes have an order, and a forecast near the truth is worth something",
            "avoid": "classes have no order: use MulticlassBrier",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class OrdinalLogistic(HasHess, LabelLoss):
    r"""All-threshold loss of ordered classes: one logistic loss for each threshold.

    .. math:: \ell(y, z) = \sum_{k=0}^{K-2} \log\bigl(1 + e^{-s_k z_k}\bigr), \qquad
              s_k = \begin{cases} +1 & y > k \\ -1 & y \le k \end{cases}

    K classes have K − 1 thresholds, and :math:`z_k` is the logit of the chance that y is above
    threshold k.  A prediction that is off by several classes is wrong at several thresholds.

    Raises
    ------
    ValueError
        If the truth is not one label a sample, or a label is not one of the classes 0 to K − 1
        that the K − 1 columns of `y_pred` separate.

    Notes
    -----
    It is the sum over the columns of `SigmoidCrossEntropy` on the questions *is y above k?*
    With one score for each sample and thresholds θ shared by all, :math:`z_k = f(x) - \theta_k`,
    as Rennie and Srebro and, for networks, Cao and others (CORAL) have it, the chances fall with k
    if the thresholds rise, which the loss does not enforce.  Logits of a row that are free of each
    other may contradict one another.

    References
    ----------
    Rennie and Srebro (2005), *Loss Functions for Preference Levels: Regression with Discrete
    Ordered Labels*, IJCAI Multidisciplinary Workshop on Advances in Preference Handling.

    Cao, Mirjalili and Raschka (2020), *Rank Consistent Ordinal Regression for Neural Networks
    with Application to Age Estimation*, doi:10.1016/j.patrec.2020.11.008.

    Examples
    --------
    >>> OrdinalLogistic().pointwise([0, 1, 2], [[9.0, 9.0]] * 3).round(2).tolist()
    [18.0, 9.0, 0.0]
    >>> OrdinalLogistic().pointwise_grad([1], [[0.0, 0.0]]).tolist()
    [[-0.5, 0.5]]
    """

    shapes: ClassVar[tuple[tuple[int, ...], ...]] = ((2,), (2,))
    layout: ClassVar[tuple[str, str]] = ("n", "n K−1")
    slope_norm: ClassVar[float] = np.inf
    latex: ClassVar[str] = r"\sum_k \log\left(1 + e^{- s_k z_k}\right)"

    def _require_classes(self, y, n_thresholds):
        wrong = (y < 0) | (y > n_thresholds)
        if wrong.any():
            where = int(np.argmax(wrong))
            raise ValueError(
                f"y_true[{where}] is {y[where]} but the columns of y_pred, {n_thresholds} of "
                f"them, are the thresholds between the classes 0 to {n_thresholds}: count classes "
                "from 0, or give y_pred a column more"
            )

    def _signs(self, y, z):
        return np.where(np.arange(z.shape[1]) < y[:, None], 1, -1).astype(z.dtype)

    def _value(self, y, z):
        return softplus(-self._signs(y, z) * z).sum(axis=1)

    def _grad(self, y, z):
        signs = self._signs(y, z)
        return -signs * sigmoid(-signs * z)

    def _shape_of_hess(self, p):
        return (*p.shape, p.shape[1])

    def _hess(self, y, z):
        hess = np.zeros(self._shape_of_hess(z), z.dtype)
        np.einsum("nkk->nk", hess)[:] = sigmoid(z) * sigmoid(-z)
        return hess

    def _numbers(self, y, p):
        return np.where(np.arange(len(p)) < y, 1, -1), p

    def _example(self, rng, n):
        return rng.integers(0, 3, n), 2 * rng.standard_normal((n, 2))

    @staticmethod
    def _formula(sp, y, z):
        return sum(sp.log(1 + sp.exp(-a * b)) for a, b in zip(y, z, strict=True))

    def _facts(self):
        return {
            "estimates": "the log-odds of being above each threshold",
            "convex": True,
            "lipschitz": 1.0,
            "smoothness": 0.25,
            "link": "chance of being above a threshold = sigmoid(prediction)",
            "inverse_link": sigmoid,
            "aliases": ("all-threshold logistic loss", "CORAL loss"),
            "choose": "classes have an order, and being off by two is worse than by one",
            "avoid": "classes have no order: use SoftmaxCrossEntropy",
            "chapter": CHAPTER,
        }


def _sums_from_the_right(x):
    return np.cumsum(x[:, ::-1], axis=1)[:, ::-1]
