"""The objective: mean loss of a model on data plus a penalty, a function of one flat vector.

Whatever minimises functions ``f(w) -> (value, gradient)`` can fit any model with any
loss: the optimizers of this package, ``scipy.optimize.minimize(f, w0, jac=True)``, a
cluster.
"""

import math

import numpy as np

from .losses.inputs import as_floats, require_finite
from .models import Model
from .penalties import Penalty

__all__ = ["Objective", "objective"]


def objective(
    model: Model,
    loss,
    X: np.ndarray,
    y: np.ndarray,
    penalty: Penalty | None = None,
    sample_weight: np.ndarray | None = None,
) -> "Objective":
    """Return the function to minimise, ``f(w) -> (value, gradient)``.

    See `Objective`.

    Examples
    --------
    The same callable for SciPy and for the optimizers of this package:

    >>> import numpy as np
    >>> from scipy.optimize import minimize
    >>> from lossbook.models import LinearModel
    >>> from lossbook.losses.regression import SquaredError
    >>> X, y = np.array([[0.0], [1.0], [2.0]]), np.array([3.0, 5.0, 7.0])
    >>> f = objective(LinearModel(1), SquaredError(), X, y)
    >>> minimize(f, np.zeros(2), jac=True).x.round(4).tolist()
    [2.0, 3.0]
    """
    return Objective(model, loss, X, y, penalty, sample_weight)


class Objective:
    r"""Mean loss of a model on data, plus a penalty, as a function of the parameters.

    .. math:: f(w) = \frac{\sum_i s_i\, \ell(y_i, \hat y(w, x_i))}{\sum_i s_i}
              + \text{penalty}(w_\text{penalised})

    Parameters
    ----------
    model : Model
        Turns parameters and features into predictions.
    loss : Loss
        Compares truth and predictions.
    X : array_like, shape (n, n_features)
        Features; floats are used as they are, integers become float64.
    y : array_like, shape (n,) or (n, k)
        The truth, as the loss wants it.
    penalty : Penalty, optional
        Applied to ``w[model.penalised]``.
    sample_weight : array_like, shape (n,), optional
        Weights sᵢ of the samples; they do not touch the penalty.

    Raises
    ------
    ValueError
        If `X` holds NaN or infinity, or shapes do not fit.

    Notes
    -----
    Where the parameters are so large that the predictions overflow, the value is infinite
    rather than an error: a line search can then step back.
    """

    def __init__(self, model, loss, X, y, penalty=None, sample_weight=None):
        self.model, self.loss, self.penalty = model, loss, penalty
        self.X, self.y = as_floats(X, "X"), np.asarray(y)
        self.sample_weight = None if sample_weight is None else np.asarray(sample_weight)
        require_finite(self.X, "X")
        if self.y.ndim == 0 or self.X.shape[:1] != self.y.shape[:1]:
            raise ValueError(
                f"X has shape {self.X.shape} but y has shape {self.y.shape}: "
                "give one row of X for every entry of y"
            )

    def __repr__(self):
        """Name the parts."""
        penalty = f" + {self.penalty!r}" if self.penalty is not None else ""
        return f"<{self.loss!r} of {self.model!r} on {len(self.X)} samples{penalty}>"

    def __call__(self, w: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the objective at `w` and its gradient."""
        loss, penalty, grad = self.parts(as_floats(w, "w"))
        return loss + penalty, grad

    def parts(self, w: np.ndarray) -> tuple[float, float, np.ndarray]:
        """Return the mean loss, the penalty, and the gradient of their sum."""
        prediction, pullback = self.model.forward(w, self.X)
        try:
            loss, slope = self.loss.value_and_grad(self.y, prediction, self.sample_weight)
        except ValueError:
            if np.isfinite(prediction).all():
                raise
            return math.inf, 0.0, np.full_like(w, np.nan)
        grad = pullback(slope)
        if self.penalty is None:
            return loss, 0.0, grad
        part = self.model.penalised
        grad[part] += self.penalty.grad(w[part])
        return loss, self.penalty.value(w[part]), grad

    def values(self, w: np.ndarray) -> tuple[float, float]:
        """Return the mean loss and the penalty, without the cost of a gradient."""
        prediction = self.model.predict(w, self.X)
        try:
            loss = self.loss(self.y, prediction, self.sample_weight)
        except ValueError:
            if np.isfinite(prediction).all():
                raise
            return math.inf, 0.0
        return loss, 0.0 if self.penalty is None else self.penalty.value(w[self.model.penalised])

    def batch(self, rows: np.ndarray) -> "Objective":
        """Return the same objective on some of the samples."""
        part = object.__new__(Objective)  # the data have been checked already
        part.model, part.loss, part.penalty = self.model, self.loss, self.penalty
        part.X, part.y = self.X[rows], self.y[rows]
        part.sample_weight = None if self.sample_weight is None else self.sample_weight[rows]
        return part
