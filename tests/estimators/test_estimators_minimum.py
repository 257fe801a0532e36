"""The estimators reach the minimum, also of losses with kinks, and can say how far it is."""

import numpy as np
import pytest
from sklearn.base import clone

import lossbook as lb
from lossbook.estimators.envelopes import LossEnvelope, nearest
from lossbook.estimators.names import is_separable_and_convex, is_smooth


@pytest.mark.parametrize(
    "model",
    [
        lb.LossRegressor(penalty=lb.L2(0.1)),
        lb.LossRegressor("absolute_error"),
        lb.LossRegressor(lb.Quantile(0.8), lb.L1(0.1)),
        lb.LossRegressor(penalty=lb.ElasticNet(0.5)),
    ],
    ids=repr,
)
def test_the_scale_and_the_offset_of_columns_are_no_matter(model, stackloss):
    X, y = stackloss
    scale, offset = np.array([1e-6, 1.0, 1e6]), np.array([0.0, 1e5, 1e9])
    if model.penalty is not None:  # which does see the scale
        scale = np.ones(3)
    plain = clone(model).fit(X, y)
    other = clone(model).fit(X * scale + offset, y)
    np.testing.assert_allclose(other.coef_ * scale, plain.coef_, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    "loss", [lb.AbsoluteError(), lb.AbsolutePercentageError(), lb.Quantile(0.2)]
)
def test_no_parameters_nearby_are_better_where_there_are_kinks(loss, stackloss):
    X, y = stackloss
    model = lb.LossRegressor(loss).fit(X, y)
    best = loss(y, model.predict(X))
    rng = np.random.default_rng(0)
    for size in (1e-4, 1e-2, 1.0):
        for _ in range(30):
            w = model.w_ + size * rng.normal(size=4) * [0.1, 0.1, 0.1, 1.0]
            assert loss(y, model.model_.predict(w, X)) >= best - 1e-12
    assert model.history_.grad_norms[-1] < 1e-9


def test_the_certificate_bounds_what_is_left(stackloss):
    X, y = stackloss
    record = lb.LossRegressor(lb.Quantile(0.8), lb.L1(0.1)).fit(X, y).history_
    left = record.values[1:] - record.values.min()
    assert (left <= record.grad_norms[1:] + 1e-12).all()


def test_a_sum_of_losses_with_kinks_reaches_its_minimum():
    loss = lb.WeightedSum((lb.HalfSquaredError(), lb.AbsoluteError()))
    y = np.array([0.0, 0.0, 0.0, 8.0])
    constant = lb.LossRegressor(loss).fit(np.zeros((4, 1)), y)
    # The slope at c in (0, 8): (4c − 8) + (3 − 1) is 0 at 1.5.
    np.testing.assert_allclose(constant.intercept_, 1.5, atol=1e-6)


@pytest.mark.parametrize("loss", [lb.AbsoluteError(), lb.Quantile(0.3), lb.Hinge(), lb.Huber()])
def test_bisection_finds_the_proximal_point(loss):
    rng = np.random.default_rng(0)
    y = np.sign(rng.normal(size=50))
    z = 5 * rng.normal(size=50)
    np.testing.assert_allclose(nearest(loss, y, z, 0.7), loss.prox(y, z, 0.7), atol=1e-14)


def test_an_envelope_is_below_its_loss_and_has_its_own_gradient():
    rng = np.random.default_rng(0)
    y, z = rng.normal(size=(2, 30))
    envelope = LossEnvelope(lb.Quantile(0.3), 0.5, tilt=rng.uniform(-0.3, 0.7, 30))
    assert envelope(y, z) < lb.Quantile(0.3)(y, z)
    slopes = lb.gradient(lambda z: envelope(y, z), z)
    np.testing.assert_allclose(envelope.value_and_grad(y, z)[1], slopes, atol=1e-6)
    assert envelope.gap(y, z) > 0


@pytest.mark.filterwarnings("ignore:.*has not converged:sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("loss", lb.all_losses(), ids=lambda loss: type(loss).__name__)
def test_every_loss_is_fitted_or_refused_with_a_cause(loss, cancer):
    X, y = cancer[0][:40, :2], cancer[1][:40]
    model, cause = lb.LossClassifier(loss, lb.L2(0.1), max_iter=100), ""
    name = type(loss).__name__
    try:
        model.fit(X, y)
    except ValueError as error:
        cause = str(error)
    if cause:
        assert name in cause
        assert not name.endswith("Hinge") or name == "PairwiseHinge"
    else:
        assert np.isfinite(model.w_).all()
        assert name not in ("BinaryCrossEntropy", "Poisson", "ZeroOne", "Triplet", "PairwiseHinge")


def test_losses_know_whether_they_have_kinks():
    for smooth in (lb.Huber(), lb.Poisson(), lb.SoftmaxCrossEntropy()):
        assert is_smooth(smooth)
    for kinked in (lb.Hinge(), lb.AbsoluteError(), lb.AbsolutePercentageError()):
        assert not is_smooth(kinked)
        assert is_separable_and_convex(kinked)
