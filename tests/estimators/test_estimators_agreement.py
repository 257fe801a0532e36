"""The minima are those that scikit-learn finds, on real data, to a tolerance that is stated.

`TOL` is that of the coefficients, over the largest; where the other solver stops earlier, what is
compared is the objective, in which ours must not be the higher one.
"""

import numpy as np
import pytest
from sklearn import linear_model as sk
from sklearn.exceptions import ConvergenceWarning
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC, LinearSVR

import lossbook as lb

TOL = 3e-5
C = 0.7
TIGHT = {"tol": 1e-10, "max_iter": 100_000}
CHOLESKY = {"solver": "newton-cholesky", "tol": 1e-10}


def standardised(data):
    return StandardScaler().fit_transform(data.X), data.y


DIABETES, RAW = standardised(lb.data.diabetes()), (lb.data.diabetes().X, lb.data.diabetes().y)
CANCER = standardised(lb.data.breast_cancer())
ENGEL = lb.data.engel().X, lb.data.engel().y
STACKLOSS = lb.data.stackloss().X, lb.data.stackloss().y
N = {id(data): len(data[1]) for data in (DIABETES, RAW, CANCER, ENGEL, STACKLOSS)}


def agree(ours, theirs, data, tol=TOL):
    ours.fit(*data)
    theirs.fit(*data)
    size = np.abs(theirs.coef_).max()
    np.testing.assert_allclose(ours.coef_, theirs.coef_, rtol=0, atol=tol * size)
    np.testing.assert_allclose(ours.intercept_, theirs.intercept_, rtol=tol, atol=tol * size)


@pytest.mark.parametrize("data", [DIABETES, RAW, STACKLOSS], ids=["diabetes", "raw", "stackloss"])
@pytest.mark.parametrize("optimizer", ["auto", "lbfgs", "newton"])
def test_ridge(data, optimizer):
    n = N[id(data)]
    tol = 1e-10 if optimizer == "newton" else TOL
    agree(lb.LossRegressor(optimizer=optimizer), sk.LinearRegression(), data, tol)
    ours = lb.LossRegressor(penalty=lb.L2(2 * 3.0 / n), optimizer=optimizer)
    agree(ours, sk.Ridge(3.0), data, tol)
    ours = lb.LossRegressor(penalty=lb.L2(2 * 3.0 / n), optimizer=optimizer, fit_intercept=False)
    agree(ours, sk.Ridge(3.0, fit_intercept=False), data, tol)


def test_ridge_with_weights():
    X, y = DIABETES
    weights = np.random.default_rng(0).exponential(size=len(y))
    ours = lb.LossRegressor(penalty=lb.L2(2 * 3.0 / weights.sum())).fit(X, y, weights)
    theirs = sk.Ridge(3.0).fit(X, y, weights)
    np.testing.assert_allclose(ours.coef_, theirs.coef_, atol=TOL * abs(theirs.coef_).max())


@pytest.mark.parametrize("data", [DIABETES, RAW], ids=["standardised", "raw"])
@pytest.mark.parametrize("alpha", [0.1, 1.0, 10.0])
def test_lasso_and_elastic_net(data, alpha):
    ours = lb.LossRegressor("half_squared_error", lb.L1(alpha))
    theirs = sk.Lasso(alpha, **TIGHT)
    agree(ours, theirs, data)
    assert ((ours.coef_ == 0) == (theirs.coef_ == 0)).all()
    agree(
        lb.LossRegressor("half_squared_error", lb.ElasticNet(alpha, 0.3)),
        sk.ElasticNet(alpha, l1_ratio=0.3, **TIGHT),
        data,
    )


def test_a_group_of_one_parameter_each_is_a_lasso():
    groups = lb.GroupLasso(1.0, groups=tuple(range(10)))
    ours = lb.LossRegressor("half_squared_error", groups)
    agree(ours, sk.Lasso(1.0, **TIGHT), DIABETES)
    ours.set_params(penalty__strength=0.01).fit(*DIABETES)
    assert ours.n_iter_ < 400  # 964, did the pace not begin anew


def test_huber_at_the_scale_that_scikit_learn_estimates():
    theirs = sk.HuberRegressor(epsilon=1.35, alpha=0.0, tol=1e-12, max_iter=10_000).fit(*DIABETES)
    delta = 1.35 * theirs.scale_  # which it fits along; at its value the problems are the same
    ours = lb.LossRegressor(lb.Huber(delta)).fit(*DIABETES)
    X, y = DIABETES
    assert lb.Huber(delta)(y, ours.predict(X)) <= lb.Huber(delta)(y, theirs.predict(X)) + 1e-12
    np.testing.assert_allclose(ours.coef_, theirs.coef_, atol=2e-4 * abs(theirs.coef_).max())


@pytest.mark.parametrize("data", [DIABETES, ENGEL, STACKLOSS], ids=["diabetes", "engel", "stack"])
@pytest.mark.parametrize("q", [0.1, 0.5, 0.9])
def test_quantile_regression(data, q):
    agree(lb.LossRegressor(lb.Quantile(q)), sk.QuantileRegressor(quantile=q, alpha=0), data, 1e-6)


def test_quantile_regression_with_a_lasso():
    ours = lb.LossRegressor(lb.Quantile(0.5), lb.L1(0.1))
    agree(ours, sk.QuantileRegressor(quantile=0.5, alpha=0.1), DIABETES, 1e-6)
    assert ((ours.coef_ == 0) == (abs(sk_quantile().coef_) < 1e-9)).all()


def sk_quantile():
    return sk.QuantileRegressor(quantile=0.5, alpha=0.1).fit(*DIABETES)


@pytest.mark.parametrize(
    ("loss", "theirs"),
    [
        (lb.Poisson(), sk.PoissonRegressor(alpha=0.1, **CHOLESKY)),
        (lb.Gamma(), sk.GammaRegressor(alpha=0.1, **CHOLESKY)),
        (lb.Tweedie(1.5), sk.TweedieRegressor(power=1.5, alpha=0.1, **CHOLESKY)),
    ],
    ids=repr,
)
@pytest.mark.parametrize("optimizer", ["auto", "newton"])
def test_generalised_linear_models(loss, theirs, optimizer):
    for data in (DIABETES, RAW, STACKLOSS):
        agree(lb.LossRegressor(loss, lb.L2(0.1), optimizer), theirs, data)
    ours = lb.LossRegressor(loss, lb.L2(0.1), optimizer).fit(*DIABETES)
    theirs.fit(*DIABETES)
    np.testing.assert_allclose(ours.predict(DIABETES[0]), theirs.predict(DIABETES[0]), rtol=1e-4)


@pytest.mark.parametrize("optimizer", ["auto", "newton"])
@pytest.mark.parametrize("loss", ["sigmoid_cross_entropy", "logistic"])
def test_logistic_regression(loss, optimizer):
    ours = lb.LossClassifier(loss, lb.L2(1 / (C * 569)), optimizer)
    theirs = sk.LogisticRegression(C=C, **TIGHT)
    agree(ours, theirs, CANCER)
    p, q = ours.predict_proba(CANCER[0]), theirs.predict_proba(CANCER[0])
    np.testing.assert_allclose(p, q, atol=1e-5)


def test_logistic_regression_with_a_lasso():
    X, y = CANCER
    ours = lb.LossClassifier(penalty=lb.L1(1 / (C * 569)), fit_intercept=False).fit(X, y)
    theirs = sk.LogisticRegression(
        C=C, l1_ratio=1.0, solver="liblinear", fit_intercept=False, **TIGHT
    ).fit(X, y)
    size = np.abs(theirs.coef_).max()
    np.testing.assert_allclose(ours.coef_, theirs.coef_, atol=1e-4 * size)


def test_multinomial_logistic_regression_of_digits():
    data = lb.data.digits()
    X, y = data.X / 16, data.y
    ours = lb.LossClassifier("softmax_cross_entropy", lb.L2(1 / (C * len(y)))).fit(X, y)
    theirs = sk.LogisticRegression(C=C, tol=1e-8, max_iter=5000).fit(X, y)
    # The scores of all classes may be shifted together, which no penalty on intercepts prevents.
    np.testing.assert_allclose(ours.coef_, theirs.coef_, atol=1e-4 * abs(theirs.coef_).max())
    np.testing.assert_allclose(ours.predict_proba(X), theirs.predict_proba(X), atol=1e-5)


def test_one_against_the_rest():
    data = lb.data.digits()
    X, y = data.X[:400, 10:30] / 16, data.y[:400] % 3
    ours = lb.LossClassifier(penalty=lb.L2(1 / (C * 400))).fit(X, y)
    theirs = OneVsRestClassifier(sk.LogisticRegression(C=C, **TIGHT)).fit(X, y)
    np.testing.assert_allclose(ours.predict_proba(X), theirs.predict_proba(X), atol=1e-5)


def test_support_vectors_machines():
    # LinearSVC penalises the intercept as well; SVC with a linear kernel does not.
    ours = lb.LossClassifier("hinge", lb.L2(1 / (C * 569)))
    agree(ours, SVC(C=C, kernel="linear", tol=1e-8), CANCER)
    for loss, tol in (("hinge", 1e-6), ("squared_hinge", TOL)):
        ours = lb.LossClassifier(loss, lb.L2(1 / (C * 569)), fit_intercept=False)
        theirs = LinearSVC(C=C, loss=loss, fit_intercept=False, tol=1e-10, max_iter=1_000_000)
        agree(ours, theirs, CANCER, tol)


def test_support_vector_regression():
    X, y = DIABETES
    ours = lb.LossRegressor(lb.EpsilonInsensitive(5.0), lb.L2(1 / (C * 442)), fit_intercept=False)
    theirs = LinearSVR(epsilon=5.0, C=C, fit_intercept=False, tol=1e-10, max_iter=1_000_000)
    agree(ours, theirs, (X, y - np.median(y)), 1e-6)


@pytest.mark.parametrize(
    ("loss", "name"),
    [
        ("hinge", "hinge"),
        ("squared_hinge", "squared_hinge"),
        ("modified_huber", "modified_huber"),
        ("logistic", "log_loss"),
        ("huber", "huber"),
        ("squared_error", "squared_error"),
    ],
)
def test_no_objective_of_sgd_is_lower(loss, name):
    X, y = CANCER
    ours = lb.LossClassifier(loss, lb.L2(0.01)).fit(X, y)
    steps = {"learning_rate": "constant", "eta0": 0.002, "average": 20_000}
    theirs = sk.SGDClassifier(
        name, alpha=0.01, epsilon=1.0, max_iter=300, tol=None, random_state=0, **steps
    ).fit(X, y)

    def objective(model):
        z = X @ model.coef_[0] + model.intercept_
        return ours.loss_(2.0 * y - 1, z) + 0.005 * (model.coef_**2).sum()

    assert objective(ours) <= objective(theirs) <= 1.05 * objective(ours)


def test_what_scikit_learn_warns_of_we_warn_of():
    X, y = RAW[0] * np.geomspace(1e-3, 1e3, 10), RAW[1]
    with pytest.warns(ConvergenceWarning):
        sk.Lasso(0.1, max_iter=3).fit(X, y)
    with pytest.warns(ConvergenceWarning, match="raise max_iter"):
        lb.LossRegressor("half_squared_error", lb.L1(0.1), max_iter=3).fit(X, y)
