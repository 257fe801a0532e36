"""The estimators keep scikit-learn's contract, and say what is wrong."""

import pickle
import subprocess
import sys

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

import lossbook as lb

# From some random starts, one in a hundred, 1,000 steps are not enough for a network.
NETWORK = {"hidden": (4,), "activation": "tanh", "random_state": 0}
LINE = np.array([[0.0], [1.0], [2.0], [3.0]])


@pytest.fixture(scope="module")
def three():
    rng = np.random.default_rng(3)
    X, y = rng.normal(size=(90, 2)), np.repeat([0, 1, 2], 30)
    return X + 2 * np.array([[0, 0], [1, 0], [0, 1]])[y], np.array(["a", "b", "c"])[y]


# --- scikit-learn's own checks --------------------------------------------------------------


@parametrize_with_checks(
    [
        lb.LossRegressor(),
        lb.LossRegressor("huber"),
        lb.LossRegressor("poisson"),
        lb.LossRegressor(lb.Quantile(0.3), lb.L1(0.01)),
        lb.LossRegressor(optimizer=lb.Adam(0.05)),
        lb.LossRegressor(penalty=lb.L2(0.1), tol=1e-2, **NETWORK),
        lb.LossClassifier(),
        lb.LossClassifier("hinge"),
        lb.LossClassifier("softmax_cross_entropy"),
        lb.LossClassifier("softmax_cross_entropy", lb.L2(0.01), **NETWORK),
    ]
)
def test_scikit_learn(estimator, check):
    check(estimator)


# --- What it offers -------------------------------------------------------------------------


def test_import_lossbook_does_not_load_scikit_learn():
    code = (
        "import sys, lossbook as lb; assert 'sklearn' not in sys.modules; "
        "assert 'LossRegressor' in lb.__all__ and 'LossRegressor' in dir(lb); "
        "lb.LossRegressor; assert 'sklearn' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_scikit_learn_the_error_says_what_to_install():
    code = (
        "import sys; sys.modules['sklearn'] = None\n"
        "from importlib import util; real = util.find_spec\n"
        "util.find_spec = lambda name: None if name == 'sklearn' else real(name)\n"
        "from lossbook import *\n"
        "import lossbook as lb\n"
        "try: lb.LossRegressor\n"
        "except ImportError as error: assert 'pip install scikit-learn' in str(error), error\n"
        "else: raise AssertionError\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("name", ["Huber", "huber", "squared_error", "SQUARED_ERROR", "mse"])
def test_a_loss_may_be_named(name, stackloss):
    loss = lb.Huber() if name.lower() == "huber" else lb.SquaredError()
    by_name = lb.LossRegressor(name).fit(*stackloss)
    assert by_name.loss_ == loss
    assert by_name.loss == name
    np.testing.assert_array_equal(by_name.w_, lb.LossRegressor(loss).fit(*stackloss).w_)


def test_fields_of_loss_penalty_and_optimizer_are_parameters(stackloss):
    model = lb.LossRegressor("huber", lb.L2(1.0), lb.Adam(0.1))
    assert model.get_params()["loss__delta"] == 1.0
    assert model.get_params()["penalty__strength"] == 1.0
    model.set_params(loss__delta=3.0, penalty__strength=0.5, optimizer__lr=0.2, epochs=7)
    assert model.loss == lb.Huber(3.0)
    assert model.penalty == lb.L2(0.5)
    assert (model.optimizer.lr, model.epochs) == (0.2, 7)
    with pytest.raises(ValueError, match=r"'loss__detla'.*Huber.*delta"):
        model.set_params(loss__detla=2.0)
    with pytest.raises(ValueError, match="Invalid parameter 'los'"):
        model.set_params(los=2.0)
    with pytest.raises(ValueError, match="delta"):
        model.set_params(loss__delta=-1.0)


def test_search_over_losses_and_their_fields(stackloss):
    pipe = make_pipeline(StandardScaler(), lb.LossRegressor("huber"))
    name = "lossregressor"
    by_field = GridSearchCV(pipe, {f"{name}__loss__delta": [0.5, 50.0]}, cv=3).fit(*stackloss)
    losses = [lb.Huber(0.5), lb.Huber(50.0)]
    by_loss = GridSearchCV(pipe, {f"{name}__loss": losses}, cv=3).fit(*stackloss)
    scores = by_field.cv_results_["mean_test_score"]
    np.testing.assert_array_equal(scores, by_loss.cv_results_["mean_test_score"])
    assert scores[0] != scores[1]


def test_cross_validation_clone_and_pickle(cancer):
    model = lb.LossClassifier("squared_hinge", lb.L2(0.01))
    assert cross_val_score(model, *cancer, cv=3).min() > 0.95
    fitted = clone(model).fit(*cancer)
    again = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_array_equal(again.predict_proba(cancer[0]), fitted.predict_proba(cancer[0]))
    assert not hasattr(clone(fitted), "w_")


def test_the_prediction_is_the_quantity_not_its_link(stackloss):
    X, y = stackloss
    model = lb.LossRegressor("poisson").fit(X, y)
    assert model.predict(X).min() > 0
    assert abs(model.predict(X).mean() - y.mean()) < 1e-4  # as of every canonical link
    shares = lb.LossRegressor("sigmoid_cross_entropy").fit(X, y / 50).predict(X)
    assert abs(shares.mean() - (y / 50).mean()) < 1e-4


def test_several_targets_are_fitted_as_each_would_be(stackloss):
    X, y = stackloss
    both = np.column_stack([y, -2 * y + X[:, 0] ** 2])
    for loss in ("squared_error", "absolute_error"):
        model = lb.LossRegressor(loss).fit(X, both)
        assert model.coef_.shape == (2, 3)
        for k in range(2):
            alone = lb.LossRegressor(loss).fit(X, both[:, k])
            np.testing.assert_allclose(model.coef_[k], alone.coef_, rtol=1e-4, atol=1e-5)
    newton = lb.LossRegressor(optimizer="newton").fit(X, both)
    np.testing.assert_allclose(newton.coef_, LinearRegression().fit(X, both).coef_, rtol=1e-9)


def test_labels_of_any_kind_and_more_than_two(three):
    X, y = three
    for loss in ("hinge", "sigmoid_cross_entropy", "softmax_cross_entropy"):
        model = lb.LossClassifier(loss, lb.L2(0.01)).fit(X, y)
        assert model.classes_.tolist() == ["a", "b", "c"]
        assert model.coef_.shape == (3, 2)
        assert model.decision_function(X).shape == (90, 3)
        scores = X @ model.coef_.T + model.intercept_
        np.testing.assert_allclose(scores, model.decision_function(X), atol=1e-12)
        assert model.score(X, y) > 0.75


def test_one_against_the_rest_is_each_class_by_itself(three):
    X, y = three
    model = lb.LossClassifier("hinge", lb.L2(0.01)).fit(X, y)
    for k, label in enumerate("abc"):
        alone = lb.LossClassifier("hinge", lb.L2(0.01)).fit(X, y == label)
        np.testing.assert_allclose(model.coef_[k], alone.coef_[0], atol=1e-9)
    assert len(model.history_) == 3


def test_probabilities_are_there_where_the_loss_has_a_link(cancer, three):
    assert not hasattr(lb.LossClassifier("hinge"), "predict_proba")
    with pytest.raises(AttributeError, match="predict_proba"):
        _ = lb.LossClassifier("hinge").predict_proba
    X, y = cancer
    logistic = lb.LossClassifier("logistic", lb.L2(0.01)).fit(X, y)
    z = logistic.decision_function(X)
    np.testing.assert_allclose(logistic.predict_proba(X)[:, 1], 1 / (1 + np.exp(-z)), rtol=1e-12)
    two = lb.LossClassifier("softmax_cross_entropy", lb.L2(0.01)).fit(X, y)
    odds = np.log(two.predict_proba(X)[:, 1] / two.predict_proba(X)[:, 0])
    np.testing.assert_allclose(two.decision_function(X), odds, rtol=1e-6)
    for model in (two, lb.LossClassifier(penalty=lb.L2(0.01)).fit(*three)):
        p = model.predict_proba((three if model is not two else cancer)[0])
        np.testing.assert_allclose(p.sum(axis=1), 1)


def test_class_weights_are_weights_of_samples(cancer):
    X, y = cancer
    weighted = lb.LossClassifier(penalty=lb.L2(0.1), class_weight={0: 3.0, 1: 1.0}).fit(X, y)
    by_hand = lb.LossClassifier(penalty=lb.L2(0.1)).fit(X, y, sample_weight=np.where(y, 1.0, 3.0))
    np.testing.assert_allclose(weighted.w_, by_hand.w_, atol=1e-12)
    own = np.random.default_rng(0).exponential(size=len(y))
    both = clone(weighted).fit(X, y, sample_weight=own)
    by_hand.fit(X, y, sample_weight=own * np.where(y, 1.0, 3.0))
    np.testing.assert_allclose(both.w_, by_hand.w_, atol=1e-12)
    plain = lb.LossClassifier(penalty=lb.L2(0.1)).fit(X, y)
    assert abs(plain.w_ - weighted.w_).max() > 1e-2


def test_an_optimizer_of_ones_own_leaves_a_history(cancer):
    X, y = cancer
    adam = lb.Adam(0.05)
    model = lb.LossClassifier(
        penalty=lb.L2(0.01),
        optimizer=adam,
        epochs=300,
        batch_size=64,
        random_state=0,
        validation_fraction=0.2,
        patience=20,
    ).fit(X, y)
    assert isinstance(model.history_, lb.History)
    assert model.history_.stopped_early
    assert model.n_iter_ == model.history_.epochs < 300
    assert adam.steps == 0  # it works on a copy, so that a fit leaves no trace in a parameter
    again = clone(model).fit(X, y)
    np.testing.assert_array_equal(again.w_, model.w_)
    assert model.score(X, y) > 0.95
    careful = clone(model).set_params(class_weight={0: 100.0, 1: 1.0}).fit(X, y)
    assert (careful.predict(X) == 0).sum() > (model.predict(X) == 0).sum()


def test_a_network_learns_what_no_line_can():
    rng = np.random.default_rng(0)
    X = rng.uniform(-1, 1, (200, 2))
    y = (X[:, 0] * X[:, 1] > 0).astype(int)
    network = lb.LossClassifier(hidden=(8,), activation="tanh", penalty=lb.L2(1e-4), random_state=0)
    assert lb.LossClassifier().fit(X, y).score(X, y) < 0.7
    assert network.fit(X, y).score(X, y) > 0.95
    assert [part.shape for part in network.coefs_] == [(2, 8), (8, 1)]
    assert not hasattr(network, "coef_")


def test_a_warm_start_has_no_way_left(cancer):
    X, y = 3 * cancer[0] + 20, cancer[1]
    model = lb.LossClassifier(penalty=lb.L2(0.01), warm_start=True).fit(X, y)
    steps, w = model.n_iter_, model.w_
    model.fit(X, y)
    assert model.n_iter_ == 1 < steps
    np.testing.assert_allclose(model.w_, w, atol=1e-6)


# --- What goes wrong ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (lb.LossRegressor("hubber"), "'hubber' names none.*did you mean Huber"),
        (lb.LossRegressor(lb.Huber), r"must be a Loss.*make one, with \(\)"),
        (lb.LossRegressor("hinge"), r"Hinge\(\) takes labels.*LossClassifier"),
        (lb.LossRegressor("softmax_cross_entropy"), "compares rows.*LossClassifier"),
        (lb.LossRegressor("generalized_kl"), "a model predicts any real number"),
        (lb.LossRegressor(penalty=0.1), r"penalty must be a Penalty such as L2\(0.1\).*0.1"),
        (lb.LossRegressor(optimizer="adam"), r"'auto', 'lbfgs', 'newton', or an Optimizer.*'adam'"),
        (lb.LossRegressor(penalty=lb.L1(0.1), optimizer="lbfgs"), r"L1.*has kinks.*take 'auto'"),
        (lb.LossRegressor("absolute_error", optimizer="newton"), r"AbsoluteError\(\) has kinks"),
        (lb.LossRegressor(optimizer="newton", hidden=(2,)), "MLP.*has none"),
        (lb.LossRegressor(max_iter=0), "max_iter must be a positive integer, got 0"),
        (lb.LossRegressor(tol=-1.0), "tol must be positive, got -1.0"),
        (lb.LossRegressor(batch_size=2), "batch_size=2 is for an Optimizer"),
        (lb.LossRegressor(optimizer=lb.Adam(), patience=2), "give validation_fraction"),
        (lb.LossRegressor(optimizer=lb.Adam(), validation_fraction=2.0), "between 0 and 1, got 2"),
        (lb.LossRegressor(hidden=(2,), fit_intercept=False), r"hidden=\(2,\) .* biases"),
        (lb.LossRegressor(lb.Tukey(1e-3)), "the slope of Tukey.*is 0 at every sample"),
        (lb.LossClassifier("poisson"), "does not compare one class with scores"),
        (lb.LossClassifier("binary_cross_entropy"), "SigmoidCrossEntropy"),
        (lb.LossClassifier("zero_one"), "the slope of ZeroOne.*is 0"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_errors_name_the_argument_and_the_cure(model, message):
    y = np.array([1.0, 5.0, 2.0, 9.0]) if isinstance(model, lb.LossRegressor) else [0, 1, 1, 0]
    with pytest.raises((ValueError, TypeError), match=message):
        model.fit(LINE, y)


def test_truths_outside_the_domain_are_named():
    with pytest.raises(ValueError, match=r"y_true\[1\] is -3.0, but Poisson"):
        lb.LossRegressor("poisson").fit(LINE, [1.0, -3.0, 2.0, 1.0])
    with pytest.raises(ValueError, match="one class only, 7"):
        lb.LossClassifier().fit(LINE, [7, 7, 7, 7])


def test_who_does_not_converge_is_told_what_to_do(cancer):
    with pytest.warns(ConvergenceWarning, match="raise max_iter, now 2"):
        lb.LossClassifier(max_iter=2).fit(*cancer)
    X = cancer[0] * np.geomspace(1, 1e4, 30)
    with pytest.warns(ConvergenceWarning, match="standard deviations range from 1 to 1e\\+04"):
        lb.LossClassifier(max_iter=2).fit(X, cancer[1])
    with pytest.warns(ConvergenceWarning, match="MulticlassHinge"):
        lb.LossClassifier("multiclass_hinge", lb.L2(0.01), max_iter=50).fit(*cancer)
