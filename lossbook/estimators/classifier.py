"""`LossClassifier`: any loss of classes, as an estimator of scikit-learn."""

import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.utils import compute_sample_weight
from sklearn.utils.metaestimators import available_if
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import (
    _check_sample_weight,
    check_is_fitted,
    column_or_1d,
    validate_data,
)

from ..losses.inputs import shown
from .base import LossEstimator
from .names import as_loss, inverse_link, labels_of, require_probabilities

__all__ = ["LossClassifier"]


def _gives_probabilities(estimator):
    """Tell whether there is a probability to read off, or say why not."""
    require_probabilities(as_loss(estimator.loss))
    return True


class LossClassifier(ClassifierMixin, LossEstimator):
    r"""Classification with any loss of this package that compares a class with scores.

    A loss of two classes, be its labels 0/1 or −1/+1, learns one score.  If there are more classes,
    each is set against all others, by a score and a fit of its own.  A loss of K classes such as
    `SoftmaxCrossEntropy` learns K scores at once.

    Parameters
    ----------
    loss : str or Loss, default "sigmoid_cross_entropy"
        What is minimised: a loss such as ``Hinge()``, or the name of one, ``"hinge"``, with its
        default parameters.  Its fields can be searched over: ``loss__gamma``.
    penalty : Penalty, optional
        Added to the mean loss; the intercept is never penalised.
    optimizer : str or Optimizer, default "auto"
        ``"auto"`` looks at the kinks of loss and penalty and reaches the minimum, see
        `lossbook.estimators`; ``"lbfgs"`` and ``"newton"`` insist on that method.  An `Optimizer`
        such as ``Adam()`` follows gradients for the given `epochs`, wherever that leads.
    class_weight : dict or "balanced", optional
        Weights of the classes by label, or inversely to how often they occur.
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
    classes\_ : ndarray, shape (K,)
        The labels, sorted.
    coef\_ : ndarray, shape (1, p) or (K, p)
        Of a linear model: the coefficients of the scores.  A network has `coefs_` and
        `intercepts_`, lists of layers; one against the rest, a list of these for each class.
    intercept\_ : ndarray, shape (1,) or (K,)
        Of a linear model: the constants of the scores.
    w\_ : ndarray
        All parameters, as ``model_.view(w_)`` names them; one against the rest, a row a class.
    model\_ : Model
        What predicts.
    loss\_ : Loss
        What was minimised.
    history\_ : Result or History, or a list of K
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
        If parameters do not fit together, the loss does not compare classes, or `y` has one only.

    Warns
    -----
    ConvergenceWarning
        If the minimum was not reached; the message says what to do.

    Notes
    -----
    There is a `predict_proba` where the loss has a link to probabilities; whether they are those
    of the labels, ``loss.card().proper`` says.  One against the rest they are divided by their sum.

    Examples
    --------
    >>> import lossbook as lb
    >>> X, y = lb.data.breast_cancer().X, lb.data.breast_cancer().y
    >>> svm = lb.LossClassifier("hinge", lb.L2(0.01)).fit(X, y)
    >>> round(svm.score(X, y), 2), hasattr(svm, "predict_proba")
    (0.96, False)
    >>> logistic = lb.LossClassifier(penalty=lb.L2(0.01)).fit(X, y)
    >>> logistic.predict_proba(X[3:6]).round(1).tolist()
    [[0.5, 0.5], [1.0, 0.0], [0.7, 0.3]]
    """

    def __init__(
        self,
        loss="sigmoid_cross_entropy",
        penalty=None,
        optimizer="auto",
        *,
        class_weight=None,
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
        super().__init__(
            loss,
            penalty,
            optimizer,
            fit_intercept=fit_intercept,
            hidden=hidden,
            activation=activation,
            max_iter=max_iter,
            tol=tol,
            epochs=epochs,
            batch_size=batch_size,
            validation_fraction=validation_fraction,
            patience=patience,
            warm_start=warm_start,
            random_state=random_state,
        )
        self.class_weight = class_weight

    def fit(self, X, y, sample_weight=None):
        """Fit the model.

        Parameters
        ----------
        X : array_like, shape (n, p)
            Features.
        y : array_like, shape (n,)
            Labels of any kind.
        sample_weight : array_like, shape (n,), optional
            Weights of the samples: 2 is a sample that stands there twice.

        Returns
        -------
        LossClassifier
            Itself.
        """
        self._require_sense()
        self.loss_ = as_loss(self.loss)
        kind = labels_of(self.loss_)
        X, y = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(y)
        self.classes_, codes = np.unique(column_or_1d(y, warn=True), return_inverse=True)
        k = len(self.classes_)
        if k < 2:
            raise ValueError(
                f"y holds one class only, {shown(self.classes_[0])}: a classifier needs two"
            )
        weights = self._weights(sample_weight, X, y)
        rows = kind == "classes"
        self.model_ = self._model(X.shape[1], k if rows else None)
        rng, found = self._generator(), []
        starts = self._starts(1 if rows or k == 2 else k)
        for one, w0 in enumerate(starts):
            truth = codes if rows else (codes == (1 if k == 2 else one)).astype(float)
            truth = 2 * truth - 1 if kind == "signs" else truth
            found.append(self._minimise(self.loss_, X, truth, weights, w0, rng))
        self._keep(found)
        return self

    def _weights(self, sample_weight, X, y):
        """Return the product of the weights of samples and classes."""
        if sample_weight is not None:
            sample_weight = _check_sample_weight(sample_weight, X, ensure_non_negative=True)
        if self.class_weight is None:
            return sample_weight
        per_class = compute_sample_weight(self.class_weight, y)
        return per_class if sample_weight is None else per_class * sample_weight

    def _starts(self, problems):
        """Return where the search for each problem is to begin, None for anew."""
        if self.warm_start and hasattr(self, "w_"):
            rows = np.atleast_2d(self.w_)
            if len(rows) == problems:
                return list(rows)
        return [None] * problems

    def _keep(self, found):
        """Set the attributes of the fit."""
        parameters, records, steps = zip(*found, strict=True)
        one = len(found) == 1
        self.w_ = parameters[0] if one else np.array(parameters)
        self.history_ = records[0] if one else list(records)
        self.n_iter_ = max(1, *steps)
        self._expose([self.model_.view(w) for w in parameters])
        if hasattr(self, "coef_") and self.coef_.ndim == 1:
            self.coef_, self.intercept_ = self.coef_[None], np.atleast_1d(self.intercept_)

    def _scores(self, X):
        """Return the predictions: of two classes (n,) or (n, 2), of more (n, K)."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, reset=False)
        if self.w_.ndim == 1:
            return self.model_.predict(self.w_, X)
        return np.stack([self.model_.predict(w, X) for w in self.w_], axis=1)

    def decision_function(self, X):
        """Return the scores: of two classes that of the second, (n,); else of each, (n, K).

        Parameters
        ----------
        X : array_like, shape (n, p)
            Features.

        Returns
        -------
        ndarray
        """
        scores = self._scores(X)
        return scores[:, 1] - scores[:, 0] if scores.shape[1:] == (2,) else scores

    def predict(self, X):
        """Return the classes of the highest scores, shape (n,).

        Parameters
        ----------
        X : array_like, shape (n, p)
            Features.

        Returns
        -------
        ndarray
        """
        scores = self.decision_function(X)
        best = scores > 0 if scores.ndim == 1 else scores.argmax(axis=1)
        return self.classes_[best.astype(int)]

    @available_if(_gives_probabilities)
    def predict_proba(self, X):
        """Return what the loss reads off the scores as probabilities, shape (n, K).

        Parameters
        ----------
        X : array_like, shape (n, p)
            Features.

        Returns
        -------
        ndarray
        """
        scores = self._scores(X)
        p = inverse_link(self.loss_)(scores)
        if labels_of(self.loss_) == "classes":
            return p
        if p.ndim == 1:
            return np.stack([1 - p, p], axis=1)
        total = p.sum(axis=1, keepdims=True)
        return np.where(total > 0, p / np.where(total > 0, total, 1), 1 / p.shape[1])

    @available_if(_gives_probabilities)
    def predict_log_proba(self, X):
        """Return the logarithms of `predict_proba`."""
        with np.errstate(divide="ignore"):
            return np.log(self.predict_proba(X))
