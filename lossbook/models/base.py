"""What every model offers."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..losses.inputs import as_floats

__all__ = ["Model", "Pullback"]

Pullback = Callable[[np.ndarray], np.ndarray]


class Model(ABC):
    """What every model offers.

    The flat vector holds first what a penalty may shrink (coefficients), then what it
    must leave alone (intercepts); so `penalised` is always one slice, never a copy.

    Examples
    --------
    >>> import lossbook as lb
    >>> model = lb.LinearModel(n_features=2)
    >>> isinstance(model, Model), model.n_params, model.penalised
    (True, 3, slice(0, 2, None))
    """

    n_features: int

    @property
    @abstractmethod
    def n_params(self) -> int:
        """The length of `w`."""

    @property
    @abstractmethod
    def penalised(self) -> slice:
        """The part of `w` a penalty applies to, which is the coefficients and not the intercept."""

    @abstractmethod
    def view(self, w: np.ndarray) -> NamedTuple:
        """Return the named parts of `w` as views in their natural shapes."""

    @abstractmethod
    def forward(
        self, w: np.ndarray, X: np.ndarray, rng: np.random.Generator | None = None
    ) -> tuple[np.ndarray, Pullback]:
        """Return the predictions, and the function from ∂L/∂prediction to ∂L/∂w.

        With `rng`, a model whose training is random (dropout) draws; without, it predicts.
        """

    @property
    def random(self) -> bool:
        """Whether the predictions of training are random, as with dropout."""
        return False

    def predict(self, w: np.ndarray, X: np.ndarray) -> np.ndarray:
        """Return the predictions of the parameters `w` for the rows of `X`."""
        return self.forward(as_floats(w, "w"), as_floats(X, "X"))[0]

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
