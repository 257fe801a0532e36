"""What a reader who knew only the documentation stumbled on, and must not again."""

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


@pytest.mark.parametrize(
    ("kind", "says"),
    [
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
