"""`LossRegressor`: any loss of numbers, as an estimator of scikit-learn."""

import numpy as np
from sklearn.base import RegressorMixin
from sklearn.utils.validation import (
    _check_sample_weight,
    check_is_fitted,
    column_or_1d,
    validate_data,
)

from .base import LossEstimator
from .names import as_loss, inverse_link, require_regression, wants_positive

__all__ = ["LossRegressor"]


class LossRegressor(RegressorMixin, LossEstimator):
    r"""Regression with any loss of this package that compares numbers one by one.

    .. math:: \min_w \; \frac{\sum_i s_i\, \ell(y_i, \hat y(w, x_i))}{\sum_i s_i}
              + \text{penalty}(w)

    Parameters
    ----------
    loss : str or Loss, default "squared_error"
        What is minimised: a loss such as ``Huber(1.35)``, or the name of one, ``"huber"``, with its
        default parameters.  Its fields can be searched over: ``loss__delta``.
    penalty : Penalty, optional
        Added to the mean loss; the intercept is never penalised.
    optimizer : str or Optimizer, default "auto"
        ``"auto"`` looks at the kinks of loss and penalty and reaches the minimum, see
        `lossbook.estimators`; ``"lbfgs"`` and ``"newton"`` insist on that method.  An `Optimizer`
        such as ``Adam()`` follows gradients for the given `epochs`, wherever that leads.
    fit_intercept : bool, default True
        Whether there is a constant.
    hidden : sequence of int, default ()
        Units of the hidden layers of an `MLP`; empty for a linear model.
    activation : str, default "relu"
        That of the hidden layers.
    max_iter : int, default 1000
        The largest number of steps, where `optimizer` is a name.
    tol : float, optional
        How small the gradient is to become, as a share of the slopes at the best constant
        prediction; by default 1e-7, for networks 1e-4.  Where there are kinks, the objective also
        comes near its minimum: within ``1e-4 * tol``, as a share of its change over the spread
        of the target.
    epochs : int, default 100
        How often an `Optimizer` uses every sample.
    batch_size : int, optional
        Samples of one of its steps; by default all.
    validation_fraction : float, optional
        Share of the samples to hold out, on which the loss is measured after every epoch.
    patience : int, optional
        Stop when that loss has not fallen for so many epochs, and keep the best parameters.
    warm_start : bool, default False
        Whether to begin where the last fit ended.
    random_state : int, Generator, RandomState or None
        Draws the first weights of a network, the mini-batches and the held-out samples.

    Attributes
    ----------
    coef\_ : ndarray, shape (p,) or (k, p)
        Of a linear model: the coefficients.  A network has `coefs_` and `intercepts_`, lists.
    intercept\_ : float or ndarray, shape (k,)
        Of a linear model: the constant.
    w\_ : ndarray
        All parameters, as ``model_.view(w_)`` names them.
    model\_ : Model
        What predicts.
    loss\_ : Loss
        What was minimised.
    history\_ : Result or History
        The record; a `History` of an `Optimizer`.  Where there are kinks, it has one value a round,
        and for ``grad_norms`` bounds on how far these are above the minimum.
    n_iter\_ : int
        Steps; of an `Optimizer` epochs.
    n_features_in\_ : int
        How many columns `X` had.
    feature_names_in\_ : ndarray
        What they were called, where they had names.

    Raises
    ------
    ValueError
        If parameters do not fit together, or the target is not one that the loss takes.

    Warns
    -----
    ConvergenceWarning
        If the minimum was not reached; the message says what to do.

    Notes
    -----
    The prediction is the quantity that the loss is about: with a logarithmic link, as of
    `Poisson`, the mean itself.  Of several targets the loss is the mean over all their numbers,
    so a penalty of the same strength is k times as strong as for one of them alone.

    Examples
    --------
    >>> import lossbook as lb
    >>> X, y = lb.data.stackloss().X, lb.data.stackloss().y
    >>> lb.LossRegressor(lb.Quantile(0.5)).fit(X, y).coef_.round(3).tolist()
    [0.832, 0.574, -0.061]
    >>> from sklearn.model_selection import GridSearchCV
    >>> search = GridSearchCV(lb.LossRegressor("huber"), {"loss__delta": [1.0, 9.0]}, cv=2)
    >>> search.fit(X, y).best_params_
    {'loss__delta': 9.0}
    """

    def fit(self, X, y, sample_weight=None):
        """Fit the model.

        Parameters
        ----------
        X : array_like, shape (n, p)
            Features.
        y : array_like, shape (n,) or (n, k)
            Targets.
        sample_weight : array_like, shape (n,), optional
            Weights of the samples: 2 is a sample that stands there twice.

        Returns
        -------
        LossRegressor
            Itself.
        """
        self._require_sense()
        self.loss_ = as_loss(self.loss)
        require_regression(self.loss_)
        X, y = validate_data(self, X, y, dtype=np.float64, multi_output=True, y_numeric=True)
        y = y.astype(np.float64)
        if y.shape[1:] == (1,) and wants_positive(self.loss_):
            y = column_or_1d(y, warn=True)
        if sample_weight is not None:
            sample_weight = _check_sample_weight(sample_weight, X, ensure_non_negative=True)
        self._columns = y.shape[1:]
        y = y.ravel() if self._columns == (1,) else y
        self.model_ = self._model(X.shape[1], y.shape[1] if y.ndim == 2 else None)
        w0 = getattr(self, "w_", None) if self.warm_start else None
        found = self._minimise(self.loss_, X, y, sample_weight, w0, self._generator())
        self.w_, self.history_, n_iter = found
        self.n_iter_ = max(n_iter, 1)
        self._expose([self.model_.view(self.w_)])
        return self

    def predict(self, X):
        """Return the predicted quantity, shape (n,) or (n, k).

        Parameters
        ----------
        X : array_like, shape (n, p)
            Features.

        Returns
        -------
        ndarray
        """
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, reset=False)
        prediction, link = self.model_.predict(self.w_, X), inverse_link(self.loss_)
        prediction = prediction if link is None else link(prediction)
        return prediction.reshape(len(X), *self._columns)

    def __sklearn_tags__(self):
        """Return what scikit-learn wants to know."""
        tags = super().__sklearn_tags__()
        positive = wants_positive(self.loss)
        tags.target_tags.positive_only = positive
        # What tries several outputs has negative truths among them.
        tags.target_tags.multi_output = not positive
        return tags
