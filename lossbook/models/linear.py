"""Models without hidden layers: one weighted sum, or one for each class."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..hyperparameters import is_natural, require_number
from .base import Model, Pullback

__all__ = ["LinearModel", "LinearView", "SoftmaxModel"]


class LinearView(NamedTuple):
    """The named parts of a linear model's parameters: views, so writing to them writes to `w`.

    Attributes
    ----------
    coef : ndarray
        The weights of the features.
    intercept : ndarray or None
        The constant, None in a model without one.

    Examples
    --------
    >>> w = np.zeros(3)
    >>> LinearModel(2).view(w).coef[:] = [2.0, 3.0]
    >>> w.tolist()
    [2.0, 3.0, 0.0]
    """

    coef: np.ndarray
    intercept: np.ndarray | None


@dataclass(frozen=True)
class LinearModel(Model):
    r"""A weighted sum of the features.

    .. math:: \hat y = X \beta + \beta_0, \qquad w = (\beta, \beta_0)

    Parameters
    ----------
    n_features : int
        Number of columns of `X`.
    intercept : bool, default True
        Whether there is a constant β₀; without it the model passes through the origin.

    Notes
    -----
    With a loss on logits (``SigmoidCrossEntropy``, ``Hinge``, …) the same weighted sum is
    a classifier: the prediction is then the logit.

    Examples
    --------
    >>> import numpy as np
    >>> model = LinearModel(n_features=1)
    >>> w = np.array([2.0, 3.0])
    >>> model.predict(w, np.array([[0.0], [1.0]])).tolist()
    [3.0, 5.0]
    >>> model.view(w)
    LinearView(coef=array([2.]), intercept=array(3.))
    """

    n_features: int
    intercept: bool = True

    def __post_init__(self):
        """Check the arguments."""
        require_number(self, "n_features", is_natural, "a positive integer")

    @property
    def n_params(self) -> int:
        """One for every feature, and one for the intercept."""
        return self.n_features + bool(self.intercept)

    @property
    def penalised(self) -> slice:
        """The coefficients."""
        return slice(0, self.n_features)

    def view(self, w: np.ndarray) -> LinearView:
        """Return ``coef`` of shape (n_features,) and ``intercept`` of shape (), as views."""
        p = self.n_features
        return LinearView(w[:p], w[p:].reshape(()) if self.intercept else None)

    def forward(self, w, X, rng=None) -> tuple[np.ndarray, Pullback]:
        """Return ŷ = Xβ + β₀, shape (n,), and its pullback d ↦ (Xᵀd, Σd)."""
        self._check(w, X)
        p = self.n_features
        prediction = X @ w[:p]
        if self.intercept:
            prediction += w[p]

        def pullback(d):
            grad = np.empty_like(w)
            grad[:p] = d @ X
            if self.intercept:
                grad[p] = d.sum()
            return grad

        return prediction, pullback

    def hessian(self, X: np.ndarray, curvature: np.ndarray) -> np.ndarray:
        """Return Σᵢ cᵢ xᵢxᵢᵀ, from the curvature cᵢ of each sample's loss, shape (n,)."""
        full = np.column_stack([X, np.ones(len(X))]) if self.intercept else X
        return full.T @ (curvature[:, None] * full)


@dataclass(frozen=True)
class SoftmaxModel(Model):
    r"""One linear score for every class; a softmax turns the scores into probabilities.

    .. math:: Z = X B + \mathbf 1 b^\top, \qquad w = (B, b)

    Parameters
    ----------
    n_features : int
        Number of columns of `X`.
    n_classes : int
        Number of classes K, at least 2.
    intercept : bool, default True
        Whether every class has a constant.

    Notes
    -----
    The predictions are **logits**, shape (n, K): ``SoftmaxCrossEntropy`` takes them as
    they are, and a second softmax would spoil them.  Adding the same vector to every
    class changes no probability, so without a penalty the parameters are not unique.

    Examples
    --------
    >>> import numpy as np
    >>> model = SoftmaxModel(n_features=2, n_classes=3)
    >>> model.n_params
    9
    >>> model.predict(model.init(), np.ones((1, 2))).tolist()
    [[0.0, 0.0, 0.0]]
    """

    n_features: int
    n_classes: int
    intercept: bool = True

    def __post_init__(self):
        """Check the arguments."""
        require_number(self, "n_features", is_natural, "a positive integer")
        require_number(
            self,
            "n_classes",
            lambda v: v >= 2 and is_natural(v),
            "an integer, 2 or more (two classes also fit LinearModel with one logit)",
        )

    @property
    def n_params(self) -> int:
        """One for every feature and class, and one intercept for every class."""
        return (self.n_features + bool(self.intercept)) * self.n_classes

    @property
    def penalised(self) -> slice:
        """The coefficients."""
        return slice(0, self.n_features * self.n_classes)

    def view(self, w: np.ndarray) -> LinearView:
        """Return ``coef`` of shape (n_features, K) and ``intercept`` of shape (K,), as views."""
        p, k = self.n_features, self.n_classes
        return LinearView(w[: p * k].reshape(p, k), w[p * k :] if self.intercept else None)

    def forward(self, w, X, rng=None) -> tuple[np.ndarray, Pullback]:
        """Return the logits Z = XB + b, shape (n, K), and the pullback D ↦ (XᵀD, Σ rows of D)."""
        self._check(w, X)
        coef, intercept = self.view(w)
        logits = X @ coef
        if self.intercept:
            logits += intercept

        def pullback(d):
            grad = np.empty_like(w)
            d_coef, d_intercept = self.view(grad)
            d_coef[:] = X.T @ d
            if self.intercept:
                d.sum(axis=0, out=d_intercept)
            return grad

        return logits, pullback

    def hessian(self, X: np.ndarray, curvature: np.ndarray) -> np.ndarray:
        """Return Σᵢ Cᵢ ⊗ xᵢxᵢᵀ, from the curvature Cᵢ of each sample's loss, shape (n, K, K)."""
        full = np.column_stack([X, np.ones(len(X))]) if self.intercept else X
        k = self.n_classes
        blocks = [[full.T @ (curvature[:, a, b, None] * full) for b in range(k)] for a in range(k)]
        size = full.shape[1] * k
        return np.array(blocks).transpose(2, 0, 3, 1).reshape(size, size)
