"""What regressor and classifier share: parameters, the fit of one problem, the report of it."""

import copy
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_random_state

from ..hyperparameters import require_count
from ..models import MLP, LinearModel, SoftmaxModel
from ..objectives import Objective
from ..optimizers import Optimizer
from ..penalties import Penalty
from ..training import fit
from .parameters import HasParts
from .solvers import METHODS, solve

__all__ = ["LossEstimator"]


class LossEstimator(HasParts):
    """What `LossRegressor` and `LossClassifier` share."""

    def __init__(
        self,
        loss="squared_error",
        penalty=None,
        optimizer="auto",
        *,
        fit_intercept=True,
        hidden=(),
        activation="relu",
        max_iter=1000,
        tol=None,
        epochs=100,
        batch_size=None,
        validation_fraction=None,
        patience=None,
        warm_start=False,
        random_state=None,
    ):
        self.loss = loss
        self.penalty = penalty
        self.optimizer = optimizer
        self.fit_intercept = fit_intercept
        self.hidden = hidden
        self.activation = activation
        self.max_iter = max_iter
        self.tol = tol
        self.epochs = epochs
        self.batch_size = batch_size
        self.validation_fraction = validation_fraction
        self.patience = patience
        self.warm_start = warm_start
        self.random_state = random_state

    def _require_sense(self):
        """Refuse parameters that cannot be used, or that would not be."""
        if not (self.penalty is None or isinstance(self.penalty, Penalty)):
            raise TypeError(
                f"penalty must be a Penalty such as L2(0.1) or None, got {self.penalty!r}"
            )
        stepwise = isinstance(self.optimizer, Optimizer)
        if not stepwise and self.optimizer not in METHODS:
            raise ValueError(
                f"optimizer must be one of {', '.join(map(repr, METHODS))}, or an Optimizer such "
                f"as Adam(), got {self.optimizer!r}"
            )
        for name in ("max_iter", "epochs"):
            require_count(name, getattr(self, name))
        if self.tol is not None and not self.tol > 0:
            raise ValueError(f"tol must be positive, got {self.tol!r}")
        for name in ("batch_size", "validation_fraction", "patience"):
            if getattr(self, name) is not None and not stepwise:
                raise ValueError(
                    f"{name}={getattr(self, name)} is for an Optimizer such as Adam(), and "
                    f"{self.optimizer!r} looks at all samples in every step: leave it out"
                )
        self._require_validation()

    def _require_validation(self):
        """Refuse a share of samples that is none, and patience that has nothing to watch."""
        fraction = self.validation_fraction
        if fraction is not None and not 0 < fraction < 1:
            raise ValueError(f"validation_fraction must be between 0 and 1, got {fraction!r}")
        if self.patience is not None and fraction is None:
            raise ValueError(
                f"patience={self.patience} watches samples that are held out: give "
                "validation_fraction as well, such as 0.1"
            )

    def _model(self, n_features, n_outputs):
        """Return the model for so many outputs, None for a single one without an axis."""
        if len(np.atleast_1d(self.hidden)):
            if not self.fit_intercept:
                raise ValueError(
                    f"fit_intercept=False, but hidden={self.hidden!r} is a network, and a network "
                    "has biases: leave out one of the two"
                )
            return MLP(n_features, self.hidden, n_outputs or 1, self.activation)
        if n_outputs is None:
            return LinearModel(n_features, bool(self.fit_intercept))
        return SoftmaxModel(n_features, n_outputs, bool(self.fit_intercept))

    def _tolerance(self):
        """Return the tolerance, looser for networks, whose valleys are long."""
        return self.tol or (1e-7 if hasattr(self.model_, "hessian") else 1e-4)

    def _generator(self):
        """Return a generator of NumPy's newer kind from any `random_state`."""
        if isinstance(self.random_state, np.random.Generator):
            return self.random_state
        seed = check_random_state(self.random_state).randint(2**31 - 1)
        return np.random.default_rng(seed)

    def _minimise(self, loss, X, y, weights, w0, rng):
        """Return the parameters that minimise the loss, and the record of the search."""
        if w0 is not None and w0.shape != (self.model_.n_params,):
            w0 = None
        if isinstance(self.optimizer, Optimizer):
            return self._train(loss, X, y, weights, w0, rng)
        f = Objective(self.model_, loss, X, y, self.penalty, weights)
        init = lambda: self.model_.init(rng)  # noqa: E731
        result = solve(f, self.optimizer, w0, init, int(self.max_iter), self._tolerance())
        if not result.converged:
            warnings.warn(self._complaint(result, X), ConvergenceWarning, stacklevel=3)
        return result.w, result, result.steps

    def _train(self, loss, X, y, weights, w0, rng):
        """Follow the gradients with an optimizer of the user's."""
        held_out = None
        if self.validation_fraction is not None:
            n = max(1, round(self.validation_fraction * len(X)))
            order = rng.permutation(len(X))
            held, kept = order[:n], order[n:]
            held_out = X[held], y[held]
            X, y = X[kept], y[kept]
            weights = None if weights is None else weights[kept]
        history = fit(
            self.model_,
            loss,
            (X, y),
            copy.deepcopy(self.optimizer),
            epochs=int(self.epochs),
            batch_size=None if self.batch_size is None else min(self.batch_size, len(X)),
            rng=rng,
            w0=w0,
            penalty=self.penalty,
            validation=held_out,
            patience=self.patience,
            sample_weight=weights,
        )
        return history.w, history, history.epochs

    def _complaint(self, result, X):
        """Return what to say of a search that has not reached the tolerance."""
        if result.steps >= self.max_iter:
            cures = [f"raise max_iter, now {self.max_iter}"]
        else:
            cures = ["a larger tol, for rounding or a kink hides what is lower"]
        spread = X.std(axis=0)
        spread = spread[spread > 0]
        if spread.size and spread.max() > 10 * spread.min():
            cures.append(
                "standardise the columns (StandardScaler in a Pipeline): their standard deviations "
                f"range from {spread.min():.2g} to {spread.max():.2g}"
            )
        return (
            f"{type(self).__name__} with {self.loss_!r} has not converged to "
            f"tol={self._tolerance():g} in {result.steps} steps: {'; '.join(cures)}"
        )

    def _expose(self, views):
        """Set the attributes that name the parameters, from one view for each problem."""
        if hasattr(views[0], "biases"):
            self.coefs_ = [v.weights for v in views] if len(views) > 1 else views[0].weights
            self.intercepts_ = [v.biases for v in views] if len(views) > 1 else views[0].biases
            return
        coefs = [view.coef for view in views]
        self.coef_ = np.array(coefs) if len(views) > 1 else coefs[0].T.copy()
        if not self.fit_intercept:
            self.intercept_ = 0.0 if self.coef_.ndim == 1 else np.zeros(len(self.coef_))
        else:
            intercepts = [view.intercept for view in views]
            self.intercept_ = np.array(intercepts if len(views) > 1 else intercepts[0])[()]
