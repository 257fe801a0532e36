"""Dask data that do not fit are refused in words, with the partition they come from."""

import builtins
import subprocess
import sys

import dask.array as da
import numpy as np
import pytest
from dask_pieces import (
    MODEL,
    WEIGHTS,
    N,
    X,
    Y,
    assert_same,
    bag,
    start,
)

import lossbook as lb

BAD = {
    "no Dask": ({"X": X, "y": Y}, TypeError, "X is a numpy ndarray, no Dask array"),
    "no truth": ({"X": da.zeros((9, 3))}, TypeError, "X is a dask Array and there is no y"),
    "lengths": (
        {"X": da.zeros((9, 3)), "y": np.zeros(8)},
        ValueError,
        r"X has shape \(9, 3\) but y has shape \(8,\)",
    ),
    "number": ({"X": da.zeros((9, 3)), "y": 1.0}, ValueError, r"but y has shape \(\)"),
    "weights": (
        {"X": da.zeros((9, 3)), "y": np.zeros(9), "sample_weight": np.ones(8)},
        ValueError,
        "every entry of sample_weight",
    ),
    "weights of a bag": (
        {"X": bag((60,), X, Y), "sample_weight": WEIGHTS},
        TypeError,
        r"triples \(X, y, weights\)",
    ),
    "a batch": (
        {"X": da.zeros((9, 3)), "y": Y[:9], "loss": lb.MMD()},
        TypeError,
        "with each other",
    ),
    "no loss": (
        {"X": da.zeros((9, 3)), "y": Y[:9], "loss": max},
        TypeError,
        "must be a lossbook loss",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_distributed_is_refused(case):
    arguments, kind, message = BAD[case]
    with pytest.raises(kind, match=message):
        lb.distributed_objective(**{"model": MODEL, "loss": lb.mse, **arguments})


def test_unknown_lengths_want_equal_partitions():
    x, y = da.from_array(X, chunks=(20, 3)), da.from_array(Y, chunks=20)
    some = x[x[:, 0] > 0]
    with pytest.raises(ValueError, match=r"y is an array in memory .* unknown .* count them"):
        lb.distributed_objective(MODEL, lb.mse, some, Y)
    with pytest.raises(ValueError, match="y has 2 partitions but X has 3, of unknown lengths"):
        lb.distributed_objective(MODEL, lb.mse, some, y.rechunk(30))
    with pytest.raises(ValueError, match=r"partition 0 of 3: X has shape .* but y has shape \(20,"):
        lb.distributed_objective(MODEL, lb.mse, some, y)(start(MODEL))
    ours = lb.distributed_objective(MODEL, lb.mse, some, y[x[:, 0] > 0])
    kept = X[:, 0] > 0
    assert_same(ours(start(MODEL)), lb.objective(MODEL, lb.mse, X[kept], Y[kept])(start(MODEL)))


def spoilt(array, value):
    array = array.astype(float)
    array[25] = value
    return array


AT_WORK = {
    "features": ({"X": spoilt(X, np.nan)}, r"partition 1 of 3: X\[5, 0\] is nan"),
    "truth": ({"y": spoilt(Y, np.inf)}, r"partition 1 of 3: y_true\[5\] is inf"),
    "negative": ({"s": spoilt(WEIGHTS, -1)}, r"partition 1 of 3: sample_weight\[5\] is -1.0"),
    "no number": ({"s": spoilt(WEIGHTS, np.nan)}, r"partition 1 of 3: sample_weight\[5\] is nan"),
    "nobody": ({"s": np.zeros(N)}, "^sample_weight is zero everywhere"),
    "nobody's truth": (
        {"s": np.where(np.arange(N) < 20, 1.0, 0.0), "y": spoilt(Y, np.nan)},
        r"partition 1 of 3: y_true\[5\] is nan",
    ),
    "too heavy": ({"s": np.full(N, 1e308)}, "partition 0 of 3: sample_weight adds up to inf"),
    "domain": ({"loss": lb.SigmoidCrossEntropy()}, r"partition 0 of 3: y_true\[0\] is"),
    "columns": ({"X": X[:, :2]}, r"partition 0 of 3: X has shape \(20, 2\) but LinearModel"),
    "axes": ({"y": Y[:, None]}, "partition 0 of 3: y_true has shape"),
    "parameters": ({"w": np.zeros(3)}, r"^w has shape \(3,\) but LinearModel"),
    "empty": ({"X": X[:0], "y": Y[:0]}, "no sample in any of the 1 partitions"),
}


@pytest.mark.parametrize("case", AT_WORK)
def test_errors_name_the_partition(case):
    change, message = AT_WORK[case]
    given = {"X": X, "y": Y, "s": None, "loss": lb.mse, "w": np.zeros(4)} | change
    ours = lb.distributed_objective(
        MODEL,
        given["loss"],
        da.from_array(given["X"], chunks=(20, -1)),
        given["y"],
        sample_weight=given["s"],
    )
    for ask in (ours, ours.values):  # a call that failed has not looked at everything
        with pytest.raises(ValueError, match=message):
            ask(given["w"])


def test_text_is_refused_as_on_one_machine():
    ours = lb.distributed_objective(MODEL, lb.mse, bag((60,), X.astype(object), np.full(N, "a")))
    with pytest.raises(TypeError, match=r"partition 0 of 1: y_true must hold real numbers"):
        ours(start(MODEL))


def test_second_derivatives_may_be_unknown():
    x = da.from_array(X, chunks=(20, 3))
    with pytest.raises(TypeError, match=r"partition 0 of 3: .* has no second derivatives here"):
        lb.distributed_objective(lb.MLP(3, (2,)), lb.mse, x, Y).hess(np.zeros(11))
    with pytest.raises(TypeError, match=r"GroupLasso.* has no second derivatives"):
        lb.distributed_objective(MODEL, lb.mse, x, Y, lb.GroupLasso(1.0, [0, 0, 1])).hess(
            np.zeros(4)
        )


def test_without_dask_the_error_says_what_to_install(monkeypatch):
    there = builtins.__import__

    def hidden(name, *rest):
        if name.partition(".")[0] == "dask":
            raise ModuleNotFoundError(f"No module named {name!r}")
        return there(name, *rest)

    monkeypatch.setattr(builtins, "__import__", hidden)
    with pytest.raises(ImportError, match=r"need Dask: pip install 'dask\[array"):
        lb.distributed_objective(MODEL, lb.mse, None, None)


def test_the_package_does_not_load_dask():
    program = "import sys, lossbook; sys.exit('dask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
