"""What a reader who knew only the documentation stumbled on, and must not again."""

import importlib
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

import lossbook as lb

ROW = [[1.0, 2.0], [2.0, 1.0]]

REFUSED = [
    (lambda: lb.SoftmaxCrossEntropy(class_weight={0: 1.0, 1: 5.0}), ValueError, "class_weight"),
    (lambda: lb.SoftmaxCrossEntropy(class_weight="12"), ValueError, "class_weight"),
    (lambda: lb.SoftmaxCrossEntropy(class_weight=[1.0, np.nan]), ValueError, "class_weight"),
    (lambda: lb.SoftmaxCrossEntropy(0.1), ValueError, "class_weight"),
    (lambda: lb.SoftmaxFocalLoss(alpha={0: 1.0}), ValueError, "alpha"),
    (lambda: lb.SoftmaxCrossEntropy(ignore_index="1"), ValueError, "ignore_index"),
    (lambda: lb.SoftmaxCrossEntropy(ignore_index=1.5), ValueError, "ignore_index"),
    (lambda: lb.cross_entropy([0, 0], [[1.0], [2.0]]), ValueError, "one column.*Sigmoid"),
    (lambda: lb.cross_entropy(np.ma.array([0, 1], mask=[0, 1]), ROW), TypeError, "masked"),
    (lambda: lb.GaussianNLL(full="no"), ValueError, "full must be True or False"),
    (lambda: lb.Dice(squared="no"), ValueError, "squared must be True or False"),
    (lambda: lb.Huber(True), ValueError, "delta must be"),
    (lambda: lb.Huber(np.array([1.0])), ValueError, r"delta must be.*got array\(\[1"),
    (lambda: lb.GeneralRobust(c=5e-324), ValueError, "c must be positive"),
    (lambda: lb.CTC(True), ValueError, "blank must be a class"),
    (lambda: lb.CTC(0.5), ValueError, "blank must be a class"),
    (lambda: lb.LambdaRank(k=True), ValueError, "k must be a number of places"),
    (lambda: lb.ndcg([[1, 0]], [[1, 0]], k=True), ValueError, "k must be a number of places"),
    (lambda: lb.Cramer(3), ValueError, "positions must be two or more.*got 3"),
    (lambda: lb.Cramer([0, None]), ValueError, "positions must be two or more.*None"),
    (lambda: lb.Cramer("ab"), ValueError, "positions must be two or more.*'ab'"),
    (lambda: lb.WeightedSum(lb.mse), ValueError, r"losses must be .*\(mse, Huber.*got SquaredE"),
    (lambda: lb.WeightedSum((lb.mse, lb.Huber)), ValueError, "losses must be.*class.*Huber"),
    (lambda: lb.WeightedSum((lb.mse, 3)), ValueError, "losses must be.*3"),
    (lambda: lb.WeightedSum((lb.mse,), 1.0), ValueError, "weights must be.*for each loss, got 1.0"),
    (lambda: lb.WeightedSum((lb.mse,), ["a"]), ValueError, "weights must be.*'a'"),
    (lambda: lb.WeightedSum((lb.mse,), [1e308]), ValueError, "weights must be.*1e150"),
    (lambda: lb.WeightedSum((lb.mse, lb.mae), [1, np.nan]), ValueError, "weights must be pos"),
    (lambda: lb.SoftmaxCrossEntropy(class_weight=[1e300, 1]), ValueError, "weight must be.*1e150"),
    (lambda: lb.LambdaRank()([[2000, 0]], ROW[:1]), ValueError, r"y_true\[0, 0\] is 2000.*0 … 4"),
    (lambda: lb.ndcg([[0, 1024]], ROW[:1]), ValueError, r"y_true\[0, 1\] is 1024.*exponent.*0 … 4"),
    (lambda: lb.check_loss(lb.Huber), TypeError, r"an instance of a Loss: Huber\(\)"),
    (lambda: lb.check_loss("Huber"), TypeError, "an instance of a Loss"),
]


@pytest.mark.parametrize(("use", "error", "says"), REFUSED)
def test_is_refused_by_name(use, error, says):
    with pytest.raises(error, match=says):
        use()


@pytest.mark.parametrize("power", [1.5, 2.0, 2.5, 3.0])
def test_tweedie_far_out_has_the_limit_of_its_slope(power):
    value, grad = lb.Tweedie(power).value_and_grad([2.0], [800.0])
    with np.errstate(over="ignore"):
        assert grad == pytest.approx(np.exp((2 - power) * 800.0), rel=1e-12)
    assert not np.isnan(value)


def test_an_infinite_divergence_has_a_slope_that_says_where():
    assert lb.Renyi(2.0).grad([[1.0, 0.0]], [[0.0, 1.0]])[0, 0] == -np.inf
    assert not np.isnan(lb.Renyi(2.0).grad([[0.5, 0.5]], [[1.0, 0.0]])).any()


@pytest.mark.parametrize("number", [np.uint8, np.int64, np.float32, np.float64])
def test_numbers_of_numpy_are_hyper_parameters(number):
    for kind in (lb.Huber, lb.SmoothL1, lb.Cauchy, lb.Andrews):
        assert kind(number(2)) == kind(2.0)
        assert kind(number(2))([0.0], [-5.0]) == kind(2.0)([0.0], [-5.0])


@pytest.mark.parametrize("number", [np.array(2.0), Fraction(2), Decimal(2)])
def test_whatever_is_a_number_is_a_hyper_parameter(number):
    for kind in (lb.Huber, lb.LambdaRank, lb.Contrastive):
        assert repr(kind(number)) == repr(kind(2.0))
    assert repr(lb.CTC(np.float64(1.0))) == "CTC(blank=1)"
    assert repr(lb.Triplet(squared=np.array(0))) == "Triplet(margin=1.0, squared=False)"


def test_the_largest_grades_have_a_finite_gain():
    grades, scores = np.array([[1000, 999, 0]]), [[0.0, 1.0, 2.0]]
    value, grad = lb.LambdaRank().value_and_grad(grades, scores)
    assert 0 < value < np.inf
    assert np.isfinite(grad).all()
    assert 0 < lb.ndcg(grades, scores)[0] < 1


@pytest.mark.parametrize("epsilon", [5e-324, 1e-17, -1e-17, 1e-9, -1 / 3, -1.0])
def test_the_card_of_a_poly_loss_bounds_the_curvature(epsilon):
    loss, z = lb.PolyCrossEntropy(epsilon), np.linspace(-4, 4, 2001)
    steepest = np.abs(loss.pointwise_hess(np.ones(2001), z)).max()
    assert loss.card().smoothness == pytest.approx(steepest, rel=1e-5)


@pytest.mark.parametrize(
    ("loss", "work"),
    [
        (lb.InfoNCE(), "lossbook.losses.contrastive_batches.cross_entropies"),
        (lb.SupervisedContrastive(), "lossbook.losses.contrastive_batches.cross_entropies"),
        (lb.Poisson(), "lossbook.losses.counts.log_gap"),
        (lb.Gamma(), "lossbook.losses.counts.log_gap"),
        (lb.NegativeBinomial(), "lossbook.losses.counts.log_gap"),
    ],
    ids=repr,
)
def test_value_and_gradient_share_their_work(loss, work, monkeypatch):
    module, name = work.rsplit(".", 1)
    calls = []
    original = getattr(importlib.import_module(module), name)
    monkeypatch.setattr(work, lambda *args: calls.append(name) or original(*args))
    y, p = loss._example(np.random.default_rng(0), 6)
    value, grad = loss.value_and_grad(y, p)
    assert calls == [name]
    assert value == loss(y, p)
    np.testing.assert_array_equal(grad, loss.grad(y, p))


def test_a_mean_of_float32_may_be_held_where_the_sum_is_not():
    large = np.full(10, 1e38, np.float32)
    assert lb.mae(0 * large, large) == pytest.approx(1e38)
    assert lb.mae.value_and_grad(0 * large, large)[0] == pytest.approx(1e38)


@pytest.mark.parametrize("loss", [lb.Huber(), lb.SmoothL1(2.0)], ids=repr)
def test_a_proximal_step_however_long_ends_between_start_and_truth(loss):
    for step in (1e8, 1e15, 1e20):
        slope = loss.pointwise_hess([0.0], [0.0])[0]
        assert loss.prox([0.0], [3.0], step) == pytest.approx(3 / (1 + step * slope), rel=1e-12)


class NotAtZero(lb.HalfSquaredError):
    def _grad(self, r):
        with np.errstate(invalid="ignore"):
            return r * r / r


class CutShort(lb.HalfSquaredError):
    def _grad(self, r):
        return np.where(np.abs(r) > 50, 0, r)


class Mean(lb.HalfSquaredError):
    def _value(self, r):
        return (r * r / 2).mean()


class LabelsOnly(lb.SoftmaxCrossEntropy):
    def _value_and_grad(self, y, z):
        value, grad = super()._value_and_grad(y, z)
        return value + (y.ndim == 2), grad


class NoSlopeFarAway(lb.LogCosh):
    def _grad(self, r):
        return np.where(np.abs(r) > 1e4, np.nan, np.tanh(r))


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (NoSlopeFarAway, "is NaN"),
        (NotAtZero, "where y_pred equals y_true"),
        (CutShort, "the gradient of its formula"),
        (Mean, "_value gives shape"),
        (LabelsOnly, "one-hot rows"),
    ],
)
def test_what_check_loss_had_overlooked(kind, says):
    report = lb.check_loss(kind())
    assert not report
    assert says in repr(report.failures)


def test_an_undecorated_subclass_checks_its_fields_too():
    class Refusing(lb.SquaredError):
        def __post_init__(self):
            raise ValueError("refused")

    with pytest.raises(ValueError, match="refused"):
        Refusing()


def test_a_loss_without_a_formula_says_what_is_missing():
    class NoFormula(lb.custom.ResidualLoss):
        pass

    with pytest.raises(NotImplementedError, match="NoFormula does not define _formula"):
        lb.symbolic.formula(NoFormula())


def test_words_in_a_formula_are_not_products_of_letters():
    assert r"\mathrm{dispersion}" in lb.NegativeBinomial().card().formula
    assert r"\alpha" in lb.symbolic.latex(lb.GeneralRobust())


@pytest.mark.parametrize("loss", lb.all_losses(), ids=repr)
def test_every_formula_can_be_asked_for_with_symbols(loss):
    assert lb.symbolic.formula(loss).free_symbols
