"""Every library computes what ours does: the same value and gradient, as each record says."""

import re

import numpy as np
import pytest
from agreement import AUTO, BACKENDS, PACKAGES, installed, our_gradient, our_value
from datasets import DATASETS, twice

import lossbook as lb
from lossbook.conventions import RECORDS
from lossbook.losses.domains import DISTRIBUTION

# PyTorch says so of the default that a record is about.
pytestmark = pytest.mark.filterwarnings("ignore:reduction. 'mean' divides the total:UserWarning")
OVER_THE_LAST_AXIS = ("mean over the last axis", "sum over the last axis")
NOT_A_MEAN = ("whole batch", "root of the mean", "median", "maximum")


def name_of(record):
    return f"{record.loss}-{record.call}"


every_record = pytest.mark.parametrize("record", RECORDS, ids=name_of)
every_record_here = pytest.mark.parametrize(
    "record", [r for r in RECORDS if installed(PACKAGES[r.library])], ids=name_of
)
every_slope_here = pytest.mark.parametrize(
    "record",
    [r for r in RECORDS if installed(PACKAGES[r.library]) and (r.gradient or r.library in AUTO)],
    ids=name_of,
)


@pytest.mark.parametrize("library", PACKAGES)
def test_library_is_there(library, request):
    if not installed(PACKAGES[library]):
        wanted = request.config.getoption("--frameworks") and library in AUTO
        (pytest.fail if wanted else pytest.skip)(f"{library} is not installed here")


def library_value(record, data):
    value, _ = BACKENDS[record.library]
    return np.asarray(value(record.call, data))


@every_record_here
def test_value(record):
    data = DATASETS[record.data]
    theirs, ours = library_value(record, data), np.asarray(our_value(record, data))
    assert theirs.shape == ours.shape
    np.testing.assert_allclose(theirs, ours, rtol=record.rtol)


@every_slope_here
def test_gradient(record):
    _, gradient = BACKENDS[record.library]
    data = DATASETS[record.data]
    theirs, ours = gradient(record, data), our_gradient(record, data)
    if eval(f"lb.{record.loss}", {"lb": lb}).prediction is DISTRIBUTION:
        theirs, ours = along_the_simplex(theirs), along_the_simplex(ours)
    assert theirs.shape == data["p"].shape
    ours = ours.reshape(theirs.shape)
    np.testing.assert_allclose(theirs, ours, rtol=record.rtol, atol=record.rtol * abs(ours).max())


def along_the_simplex(grad):
    """Rows of probabilities sum to 1: a constant in a row of the gradient means nothing."""
    return grad - grad.mean(axis=-1, keepdims=True)


@every_record_here
def test_reduction(record):
    """With every sample twice a mean stays, a sum doubles, and single values come twice."""
    data = DATASETS[record.data]
    once, both = (library_value(record, each) for each in (data, twice(data)))
    if record.reduction in ("none", *OVER_THE_LAST_AXIS):
        assert once.ndim == (1 if record.reduction != "none" else max(once.ndim, 1))
        np.testing.assert_allclose(both, np.concatenate([once, once]), rtol=record.rtol)
    elif record.reduction == "sum":
        np.testing.assert_allclose(both, 2 * once, rtol=record.rtol)
    else:
        assert record.reduction in ("mean", *NOT_A_MEAN)
        assert once.ndim == 0
    if record.reduction == "mean":
        np.testing.assert_allclose(both, once, rtol=record.rtol)


@every_record
def test_order_is_that_of_the_call(record):
    truth, prediction = (re.search(rf"\b{name}\b(?!=)", record.call) for name in "yp")
    if record.order == "residual":
        assert re.search(r"\bp - y\b|\by - p\b|\bx - y\b", record.call)
    elif record.order == "truth first":
        assert truth.start() < prediction.start()
    else:
        assert record.order == "prediction first"
        assert truth is None or prediction.start() < truth.start()


REDUCED = r"(\.sum\(\)|\.max\(\)|\.(mean|sum)\(axis=-1\)(\.sum\(\))?)?"
FORMS = {
    "same": r"ℓ|np\.median\(ℓ\)",
    "÷K": r"ℓ / p\.shape\[1\]",
    "÷ number of labels": r"\(ℓ / labels\)\.mean\(\)",
    "− 1": r"ℓ - 1",
    "1 −": r"1 - ℓ",
    "√": r"np\.sqrt\(ℓ\)",
    "√(2×)": r"np\.sqrt\(2 \* ℓ\)",
    "+ a term of y": r"\(?ℓ \+ (?!.*\bp\b).*",
}


def form_of(scale):
    """Return what our expression looks like with ℓ in the place of the loss, reduced."""
    factor = scale[1:]
    if factor.isdigit():
        return rf"{factor} \* ℓ" if scale[0] == "×" else f"ℓ / {factor}"
    return FORMS[scale]


@every_record
def test_scale_is_that_of_our_expression(record):
    loss = rf"lb\.{re.escape(record.loss)}"
    plain = rf"{loss}(\(y, p\)|\(y\[None\], p\[None\]\)|\.pointwise\(y, p\){REDUCED})"
    assert re.fullmatch(form_of(record.scale), re.sub(plain, "ℓ", record.ours, count=1))


@every_record
def test_every_record_names_a_loss_of_ours(record):
    assert isinstance(eval(f"lb.{record.loss}", {"lb": lb}), lb.Loss)
