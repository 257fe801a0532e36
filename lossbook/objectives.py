"""The objective: mean loss of a model on data plus a penalty, a function of one flat vector.

Whatever minimises functions ``f(w) -> (value, gradient)`` can fit any model with any
loss: the optimizers of this package, ``scipy.optimize.minimize(f, w0, jac=True)``, a
cluster.
"""

import math

import numpy as np

from .hyperparameters import require_part
from .losses.inputs import as_floats, first, place, require_finite
from .models import Model
from .penalties import Penalty

__all__ = ["LeastSquares", "Objective", "objective"]

PARTS = {  # of an objective: what each must be able to do, and an example
    "model": ("forward", "LinearModel(3)"),
    "loss": ("value_and_grad", "SquaredError()"),
    "penalty": ("prox", "L2(0.1)"),
}


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
    TypeError
        If `model`, `loss` or `penalty` is not what its name says.

    Notes
    -----
    Where the parameters are so large that the predictions overflow, the value is infinite
    rather than an error: a line search can then step back.
    """

    def __init__(self, model, loss, X, y, penalty=None, sample_weight=None):
        _require_parts(model=model, loss=loss, **({} if penalty is None else {"penalty": penalty}))
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

    def parts(
        self, w: np.ndarray, smooth: bool = False, rng: np.random.Generator | None = None
    ) -> tuple[float, float, np.ndarray]:
        """Return the mean loss, the penalty, and the gradient of their sum.

        With `smooth` the gradient is that of the mean loss alone, as proximal methods want it.
        With `rng` the model predicts as in training, where it may be random.
        """
        prediction, pullback = self.model.forward(w, self.X, rng)
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
        if not smooth:
            grad[part] += self.penalty.grad(w[part])
        return loss, self.penalty.value(w[part]), grad

    def hess(self, w: np.ndarray) -> np.ndarray:
        """Return the matrix of second derivatives at `w`, shape (p, p).

        Raises
        ------
        TypeError
            If the model, the loss or the penalty does not know its second derivatives.
        """
        needed = (self.model, "hessian"), (self.loss, "pointwise_hess"), (self.penalty, "curvature")
        for thing, method in needed:
            if thing is not None and not hasattr(thing, method):
                raise TypeError(
                    f"{thing!r} has no second derivatives here: use lossbook.lbfgs, which learns "
                    "the curvature from gradients"
                )
        w = as_floats(w, "w")
        share = self._shares()
        curvature = self.loss.pointwise_hess(self.y, self.model.predict(w, self.X))
        if curvature.ndim == 2:  # several outputs, each by itself; the loss is their mean
            k = curvature.shape[1]
            curvature = curvature[:, :, None] * np.eye(k) / k
        hess = self.model.hessian(self.X, (curvature.T * share).T)
        if self.penalty is not None:
            part = self.model.penalised
            np.einsum("ii->i", hess)[part] += self.penalty.curvature(w[part])
        return hess

    def _shares(self):
        """Return what each sample counts in the mean, summing to 1."""
        if self.sample_weight is None:
            return np.full(len(self.X), 1 / len(self.X))
        return self.sample_weight / self.sample_weight.sum()

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


class LeastSquares:
    r"""Half the sum of squared residuals of any function of the parameters.

    .. math:: f(w) = \tfrac12 \sum_i r_i(w)^2, \qquad \nabla f = J^\top r, \quad
              J_{ij} = \partial r_i / \partial w_j

    Parameters
    ----------
    residuals : callable
        ``residuals(w)``, shape (n,).
    jacobian : callable
        ``jacobian(w)``, shape (n, p).

    Notes
    -----
    `lossbook.optimizers.GaussNewton` and `LevenbergMarquardt` minimise it, and so does everything
    that takes ``f(w) -> (value, gradient)``.  Value and half are those of SciPy's
    ``least_squares``.

    Examples
    --------
    >>> import lossbook as lb
    >>> t = np.array([0.0, 1.0, 2.0])
    >>> y = 3 * np.exp(-t)
    >>> f = LeastSquares(
    ...     residuals=lambda w: w[0] * np.exp(-w[1] * t) - y,
    ...     jacobian=lambda w: np.exp(-w[1] * t)[:, None] * np.stack([t**0, -w[0] * t], axis=1),
    ... )
    >>> lb.minimize(f, [1.0, 0.0], lb.LevenbergMarquardt(), steps=20, tol=1e-8).w.round(4).tolist()
    [3.0, 1.0]
    """

    def __init__(self, residuals, jacobian):
        self.residuals, self.jacobian = residuals, jacobian

    def __repr__(self):
        """Name the function of the residuals."""
        return f"<half the sum of squares of {getattr(self.residuals, '__name__', 'residuals')}>"

    def __call__(self, w: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the objective at `w` and its gradient."""
        r = self.residuals(w)
        return float(r @ r) / 2, self.jacobian(w).T @ r


def _require_parts(**parts):
    """Refuse what cannot be trained: a name, or a class instead of one made of it."""
    for name, part in parts.items():
        method, example = PARTS[name]
        needs = f"a {name.title()} such as {example}"
        require_part(name, part, lambda part, method=method: hasattr(part, method), needs)


def as_start(w0) -> np.ndarray:
    """Return where to start as a new flat vector of floats."""
    w = as_floats(w0, "w0").copy()
    if w.ndim != 1:
        raise ValueError(f"w0 has shape {w.shape}: parameters are one flat vector, use w0.ravel()")
    if not (finite := np.isfinite(w)).all():
        wrong = first(~finite)
        raise ValueError(
            f"{place('w0', wrong)} is {w[wrong]}: start from finite parameters, such as "
            "model.init(rng) or those that a run had before it diverged"
        )
    return w


def require_value_and_grad(out, w: np.ndarray) -> tuple[float, np.ndarray]:
    """Return what an objective gave at `w`, and refuse what cannot be minimised."""
    if not (isinstance(out, tuple) and len(out) == 2 and np.ndim(out[0]) == 0):
        raise TypeError(
            f"f must return (value, gradient), a number and an array, got {type(out).__name__}"
        )
    if np.shape(out[1]) != w.shape:
        raise ValueError(
            f"f returned a gradient of shape {np.shape(out[1])}, but w has shape {w.shape}: return "
            "one number for every parameter"
        )
    return out
