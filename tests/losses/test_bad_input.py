"""Bad input is refused by every loss, in words: argument, value, place and cure."""

import dataclasses

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
