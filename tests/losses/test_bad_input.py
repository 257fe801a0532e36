"""Bad input is refused by every loss, in words: argument, value, place and cure."""

import dataclasses
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from catalogue import BAD_FIELDS, LOSSES

import lossbook as lb
from lossbook.losses.domains import CLASSES, SIGNS

N = 6


def example(loss):
    return loss._example(np.random.default_rng(0), N)


def spoiled(array, value, row=2):
    """Return a copy with `value` as the first entry of a row."""
    array = np.array(array, float)
    array.reshape(len(array), -1)[row, 0] = value
    return array


# What is wrong, how the arguments are spoiled, the error, and what its message says.
SPOILERS = [
    (
        "NaN in y_pred",
        lambda y, p: (y, spoiled(p, np.nan)),
        ValueError,
        r"y_pred\[2.* is nan: .*drop",
    ),
    (
        "inf in y_pred",
        lambda y, p: (y, spoiled(p, np.inf)),
        ValueError,
        r"y_pred\[2.* is inf: .*drop",
    ),
    ("-inf in y_pred", lambda y, p: (y, spoiled(p, -np.inf)), ValueError, r"y_pred\[2.* is -inf"),
    (
        "NaN in y_true",
        lambda y, p: (spoiled(y, np.nan), p),
        ValueError,
        r"y_true\[2.* is nan: .*drop",
    ),
    (
        "inf in y_true",
        lambda y, p: (spoiled(y, np.inf), p),
        ValueError,
        r"y_true\[2.* is inf: .*drop",
    ),
    (
        "rows missing",
        lambda y, p: (y[:4], p),
        ValueError,
        r"(?=.*y_true)(?=.*y_pred)(?=.*4)(?=.*6)",
    ),
    ("empty", lambda y, p: (y[:0], p[:0]), ValueError, r"empty|\(0"),
    ("an axis more", lambda y, p: (y, p[..., None]), ValueError, r"y_pred.*shape \(6,"),
    ("text", lambda y, p: (y, p.astype(str)), TypeError, "y_pred must hold real numbers.*encode"),
    ("complex", lambda y, p: (y, p + 1j), TypeError, "y_pred must hold real numbers.*1j"),
    ("None", lambda y, p: (y, np.full(p.shape, None)), TypeError, "y_pred must.*None.*drop"),
    (
        "masked",
        lambda y, p: (y, np.ma.masked_array(p)),
        TypeError,
        "y_pred is a masked array.*drop",
    ),
    ("text as truth", lambda y, p: (y.astype(str), p), TypeError, "y_true must hold real numbers"),
]


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
@pytest.mark.parametrize(
    ("spoil", "error", "says"), [s[1:] for s in SPOILERS], ids=[s[0] for s in SPOILERS]
)
def test_bad_input_is_named(loss, spoil, error, says):
    for call in (loss, loss.value_and_grad, loss.pointwise, loss.pointwise_grad):
        with pytest.raises(error, match=says):
            call(*spoil(*example(loss)))


WEIGHTS = [
    (np.ones(N - 1), r"sample_weight has shape \(5,\) but there are 6 samples: give one"),
    (np.ones((N, 1)), r"sample_weight has shape \(6, 1\)"),
    ([1, 1, -1, 1, 1, 1], r"sample_weight\[2\] is -1.0: weights must not be negative; to leave"),
    ([1, 1, np.nan, 1, 1, 1], r"sample_weight\[2\] is nan"),
    (np.zeros(N), "sample_weight is zero everywhere"),
]


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
@pytest.mark.parametrize(("weights", "says"), WEIGHTS)
def test_bad_weights_are_named(loss, weights, says):
    for call in (loss, loss.grad):
        with pytest.raises(ValueError, match=says):
            call(*example(loss), weights)


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
def test_a_truth_outside_its_domain_is_named(loss):
    y, p = example(loss)
    if loss.truth.inside is None and loss.truth.name != CLASSES.name:
        return
    wrong = 0.5 if loss.truth is SIGNS else -7.0
    if loss.truth.inside is not None and loss.truth.contains(spoiled(y, wrong)):
        wrong = 0.0
    with pytest.raises(ValueError, match=rf"y_true\[2.*{wrong:g}.*: "):
        loss(spoiled(y, wrong), p)


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
def test_a_prediction_outside_its_domain_is_named(loss):
    y, p = example(loss)
    if loss.prediction.inside is None:
        return
    with pytest.raises(ValueError, match=r"y_pred\[2.*-7\.0.*: "):
        loss(y, spoiled(p, -7.0))


@pytest.mark.parametrize(
    ("y", "p", "says"),
    [
        ([1.0, 2.0], [[1.0], [2.0]], r"\(2,\).*\(2, 1\).*\(2, 2\).*y_pred\.ravel"),
        ([[1.0], [2.0]], [1.0, 2.0], r"y_true\.ravel"),
        (1.0, [1.0, 2.0], "full_like"),
        (np.ones((2, 3)), np.ones((3, 2)), "transposed"),
    ],
)
def test_a_shape_that_would_broadcast_names_its_likely_cause(y, p, says):
    with pytest.raises(ValueError, match=says):
        lb.mse(y, p)


@pytest.mark.parametrize(("kind", "fields"), BAD_FIELDS)
def test_a_bad_hyper_parameter_is_named(kind, fields):
    name = next(iter(fields))
    with pytest.raises(ValueError, match=rf"{kind.__name__}.*{name}.* must be .*got"):
        kind(**fields)


def test_every_field_that_is_a_number_refuses_what_is_none():
    for kind in {type(loss) for loss in LOSSES}:
        for field in dataclasses.fields(kind):
            if isinstance(field.default, float):
                with pytest.raises(ValueError, match=f"{kind.__name__}.*{field.name}"):
                    kind(**{field.name: np.nan})
                with pytest.raises(ValueError, match=f"{kind.__name__}.*{field.name}"):
                    kind(**{field.name: "big"})


OVERFLOW = [  # what overflows is refused in words; the rest is finite
    (lb.Triplet(), [1], [[[1e155, 0.0], [0.0, 1e155], [0.0, 0.0]]]),
    (lb.Contrastive(), [0], [[[1e200, 0.0], [0.0, 1e200]]]),
    (lb.Tweedie(2.5), [0.5], [-1e4]),
]


@pytest.mark.parametrize(("loss", "y", "p"), OVERFLOW)
def test_what_overflows_is_never_silently_no_number(loss, y, p):
    for call in (loss, loss.value_and_grad, loss.pointwise):
        with (
            np.errstate(over="ignore", invalid="ignore"),
            pytest.raises(ValueError, match=r"is no number: y_pred reaches .*scale"),
        ):
            call(y, p)


def test_the_curvature_far_out_is_no_more_than_none():
    np.testing.assert_array_equal(np.abs(lb.Cauchy().pointwise_hess([0.0], [1e160])), [0.0])


@pytest.mark.parametrize("size", [1e-320, 1.0, 1e308])
def test_only_ratios_of_weights_count_however_large(size):
    y, p, weights = np.zeros((2, 2)), np.array([[1.0, 2.0], [3.0, 1e9]]), np.array([1.0, 1.0])
    value, grad = lb.mse.value_and_grad(y, p, size * weights)
    assert (value, grad.tolist()) == (lb.mse(y, p), lb.mse.grad(y, p).tolist())
    batch = np.array([[[1.0, 0.0], [0.0, 1.0]], [[2.0, 1.0], [0.0, 1.0]]])
    assert lb.InfoNCE()([0, 1], batch, size * weights) == lb.InfoNCE()([0, 1], batch)


def test_a_single_number_has_a_weight_that_cancels():
    for weight in (3.0, [3.0]):
        assert lb.mse.value_and_grad(1.0, 3.0, weight) == (4.0, 4.0)
    with pytest.raises(ValueError, match="zero everywhere"):
        lb.mse(1.0, 3.0, 0.0)


MANY = np.full((2, 5000), 1 / 5000)
UNEQUAL = np.concatenate([MANY[:1], spoiled(MANY, 0.5, 1)[1:]])
HALF = np.random.default_rng(0).dirichlet(np.ones(10), 9).astype(np.float16)

ROWS = [
    (lb.kl_divergence, MANY, UNEQUAL, r"y_pred\[1\] is \[0.5, .*5000 entries.* sum 1.49"),
    (lb.cross_entropy, UNEQUAL, MANY, r"y_true\[1\] is \[0.5, .*5000 entries.* sum 1.49"),
    (lb.kl_divergence, HALF, HALF, r"y_true\[1\].*in float32 or float64"),
    (lb.cross_entropy, HALF, HALF, r"y_true\[1\].*in float32 or float64"),
]


@pytest.mark.parametrize(("loss", "y", "p", "says"), ROWS)
def test_a_row_is_named_by_what_is_wrong_with_it(loss, y, p, says):
    with pytest.raises(ValueError, match=says) as caught:
        loss(y, p)
    assert len(str(caught.value)) < 400


# Truth for mean squared error and cross-entropy, error, what it says.
TRUTHS = [
    ([1.0, None], TypeError, r"y_true\[1\] is None.*fill what is missing"),
    (np.array([1.0, "x"], object), TypeError, r"y_true\[1\] is 'x'.*encode"),
    (["1", "x"], TypeError, r"y_true\[1\] is 'x'.*encode"),
    (["1", "0"], TypeError, r"y_true\[0\] is '1'.*np.asarray\(…, float\)"),
    (np.array([[0], [0, 1]], object), TypeError, r"y_true\[0\] is \[0\].*np.stack"),
    (np.array([0, 1], "M8[D]"), TypeError, r"y_true\[0\] is .*timedelta64"),
    (None, TypeError, "y_true is None.*list or an array"),
    ([[0, 1], [1]], ValueError, r"y_true\[1\] has shape \(1,\) beside y_true\[0\] \(2,\).*pad"),
    ([0, [1]], ValueError, r"y_true\[1\] has shape \(1,\)"),
    ([np.ma.array([0, 1], mask=[0, 1]), [0, 1]], TypeError, "masked array"),
    ([[[0, 1]], [np.ma.array([0, 1], mask=[0, 1])]], TypeError, "masked array"),
]


@pytest.mark.parametrize(("y", "error", "says"), TRUTHS)
@pytest.mark.parametrize("loss", [lb.mse, lb.cross_entropy, lb.MulticlassHinge()], ids=repr)
def test_what_is_no_number_is_named_with_its_place(loss, y, error, says):
    with pytest.raises(error, match=says):
        loss(y, np.ones((2, 2)))


def test_numbers_in_an_array_of_objects_are_numbers():
    objects = np.array([1, 2.0, np.float32(3), Fraction(1, 2), Decimal(4), True, 2**70], object)
    assert lb.mse.pointwise(objects, objects.astype(float)).tolist() == [0.0] * 7


@pytest.mark.parametrize("label", [2**63, 2**70, 1e30, np.uint64(2**64 - 1)])
@pytest.mark.parametrize("loss", [lb.cross_entropy, lb.SoftmaxCrossEntropy(ignore_index=-1)])
def test_labels_of_more_than_64_bits_are_refused(loss, label):
    with pytest.raises(ValueError, match=r"y_true\[1\] is 1?\d.*too large.*np.unique"):
        loss(np.array([0, label]), np.ones((2, 2)))


PAIRS = np.ones((4, 2, 3))
LAYOUTS = [
    (lb.cross_entropy, [], np.zeros((0, 3)), r"empty, shape \(0, 3\).*one sample at least"),
    (lb.kl_divergence, [], [], r"empty.*KLDivergence needs y_true \(n, K\)"),
    (lb.cross_entropy, [0], [1.0, 2.0], r"\[y_pred\]"),
    (lb.cross_entropy, 0, [1.0, 2.0], r"\[y_true\], \[y_pred\]"),
    (lb.cross_entropy, [0, 1], [0, 1], "scores of all classes"),
    (lb.cross_entropy, [[0], [1]], np.ones((2, 3)), r"y_true\.ravel"),
    (lb.cross_entropy, np.ones((3, 2)), np.ones((2, 3)), r"y_true\.T"),
    (lb.cross_entropy, [0, 1], np.ones((3, 2)), r"y_pred\.T"),
    (lb.cross_entropy, np.ones((2, 4)), np.ones((2, 4, 3)), r"y_pred\.reshape\(-1, K\)"),
    (lb.cross_entropy, np.ones((2, 4)), np.ones((2, 3, 4)), r"moveaxis\(y_pred, 1, -1\)"),
    (lb.cross_entropy, np.ones((2, 3)), [0, 1], "look exchanged"),
    (lb.Triplet(), np.ones((2, 3, 4)), [1, 1], "look exchanged"),
    (lb.Contrastive(), np.ones(4), list(PAIRS.swapaxes(0, 1)), r"np.stack\(y_pred, axis=1\)"),
    (lb.GaussianNLL(), np.ones(3), (np.ones(3), np.ones(3)), r"np.stack\(y_pred, axis=1\)"),
    (lb.kl_divergence, [0, 1], [[0.5, 0.5], [0.5, 0.5]], r"np.eye\(K\)\[y_true\]"),
    (lb.kl_divergence, [0.5, 0.5], [0.5, 0.5], r"\[y_true\], \[y_pred\]"),
    (lb.MMD(), [0.0, 1.0], [0.0, 1.0], r"columns, y\[:, None\]"),
    (lb.log_loss, [0, 1, 1], np.full((3, 2), 0.5), r"y_pred\[:, 1\]"),
    (lb.mse, np.ones((3, 2, 1)), np.ones((3, 2)), r"y_true\.squeeze"),
    (lb.SigmoidCrossEntropy(), [3.0, -2.0], [0, 1], r"y_true\[0\] is 3.*are the two exchanged"),
    (lb.cross_entropy, [-1, 1], np.ones((2, 2)), r"y_true\[0\] is -1.*become 0/1"),
    (lb.mse, [0.0, 1e39], np.ones(2, np.float32), r"y_true\[1\] is 1e\+39.*float32.*float64"),
]


@pytest.mark.parametrize(("loss", "y", "p", "says"), LAYOUTS)
def test_what_was_meant_is_guessed(loss, y, p, says):
    with pytest.raises(ValueError, match=says):
        loss(y, p)


def test_a_truth_is_not_called_exchanged_where_that_would_be_wrong_too():
    with pytest.raises(ValueError, match=r"SquaredError$"):
        lb.Poisson()([-1.0, 2.0], [0.5, 1.5])


@pytest.mark.parametrize("step", ["a", None, True, [1.0, 2.0], np.ones(2), np.ones(1), 1j, np.nan])
def test_a_step_that_is_no_number_is_refused(step):
    with pytest.raises(ValueError, match="step must be one number, positive and finite, got"):
        lb.huber.prox([0.0], [1.0], step)


FLOATS = (np.float32, np.float64)


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
def test_the_dtype_of_the_predictions_rules(loss):
    y, p = example(loss)
    for truth in FLOATS:
        for dtype in FLOATS:
            data = np.asarray(y).astype(truth), p.astype(dtype)
            value, grad = loss.value_and_grad(*data)
            assert type(value) is type(loss(*data)) is float
            results = [grad, loss.pointwise(*data), loss.pointwise_grad(*data)]
            results += [loss.pointwise_hess(*data)] if isinstance(loss, lb.HasHess) else []
            results += [loss.prox(*data, np.float64(0.5))] if isinstance(loss, lb.HasProx) else []
            assert {result.dtype for result in results} == {np.dtype(dtype)}
