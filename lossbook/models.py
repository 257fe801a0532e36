"""Models: predictions from parameters that live in ONE flat vector.

A model holds no parameters.  It is a function of them, ``model.predict(w, X)``, and
knows which part of `w` means what, ``model.view(w)``.  With every parameter in one
vector, an objective is a plain function ``f(w) -> (value, gradient)``, and any method
that minimises such functions, ours, SciPy's or a cluster's, can fit any model.

A model defines one thing, ``forward(w, X) -> (prediction, pullback)``; the pullback
carries the derivative of the loss from the predictions back to the parameters.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .penalties import require_number

__all__ = ["LinearModel", "LinearView", "Model", "SoftmaxModel"]

Pullback = Callable[[np.ndarray], np.ndarray]


class LinearView(NamedTuple):
    """The named parts of a linear model's parameters: views, so writing to them writes to `w`."""

    coef: np.ndarray
    intercept: np.ndarray | None


class Model(ABC):
    """What every model offers.

    The flat vector holds first what a penalty may shrink (coefficients), then what it
    must leave alone (intercepts); so `penalised` is always one slice, never a copy.
    """

    n_features: int

    @property
    @abstractmethod
    def n_params(self) -> int:
        """The length of `w`."""

    @property
    @abstractmethod
    def penalised(self) -> slice:
        """The part of `w` a penalty applies to: the coefficients, not the intercept."""

    @abstractmethod
    def view(self, w: np.ndarray) -> NamedTuple:
        """Return the named parts of `w` as views in their natural shapes."""

    @abstractmethod
    def forward(self, w: np.ndarray, X: np.ndarray) -> tuple[np.ndarray, Pullback]:
        """Return the predictions, and the function from ∂L/∂prediction to ∂L/∂w."""

    def predict(self, w: np.ndarray, X: np.ndarray) -> np.ndarray:
        """Return the predictions of the parameters `w` for the rows of `X`."""
        return self.forward(w, X)[0]

    def backward(self, w: np.ndarray, X: np.ndarray, dL_dprediction: np.ndarray) -> np.ndarray:
        """Return ∂L/∂w from ∂L/∂prediction: the chain rule, shape (n_params,)."""
        return self.forward(w, X)[1](dL_dprediction)

    def init(self, rng: np.random.Generator | None = None, scale: float = 0.0) -> np.ndarray:
        """Return parameters to start from: zeros, or normal coefficients of spread `scale`.

        A model without hidden layers has no symmetry to break, and its loss is usually
        convex in `w`: zeros are as good a start as any, and the same for everyone.

        Parameters
        ----------
        rng : numpy.random.Generator, optional
            Needed when `scale` is positive; untouched otherwise.
        scale : float, default 0
            Standard deviation of the coefficients.  Intercepts start at zero.

        Returns
        -------
        ndarray, shape (n_params,)
        """
        w = np.zeros(self.n_params)
        if scale:
            if rng is None:
                raise ValueError(
                    f"scale={scale!r} draws random coefficients: "
                    "pass rng=np.random.default_rng(seed) as well"
                )
            part = w[self.penalised]
            part[:] = scale * rng.standard_normal(part.size)
        return w

    def _check(self, w, X):
        """Refuse shapes that do not fit the model, with the likely cause."""
        if X.ndim != 2 or X.shape[1] != self.n_features:
            cure = "one column for every feature"
            if X.ndim == 1 and self.n_features == 1:
                cure = "make it a column, X.reshape(-1, 1)"
            elif X.ndim == 1 and X.size == self.n_features:
                cure = "make the single sample a row, X.reshape(1, -1)"
            raise ValueError(
                f"X has shape {X.shape} but {self!r} needs (n, {self.n_features}): {cure}"
            )
        if w.shape != (self.n_params,):
            raise ValueError(
                f"w has shape {w.shape} but {self!r} has {self.n_params} parameters: "
                "start from model.init()"
            )


def _positive_integer(value):
    return value >= 1 and value == int(value)


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
        require_number(self, "n_features", _positive_integer, "a positive integer")

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

    def forward(self, w: np.ndarray, X: np.ndarray) -> tuple[np.ndarray, Pullback]:
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
        require_number(self, "n_features", _positive_integer, "a positive integer")
        require_number(
            self,
            "n_classes",
            lambda v: v >= 2 and _positive_integer(v),
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

    def forward(self, w: np.ndarray, X: np.ndarray) -> tuple[np.ndarray, Pullback]:
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
