"""On Dask data the objective is that of one machine, however the data are cut."""

import dask
import dask.array as da
import dask.bag
import dask.dataframe as dd
import numpy as np
import pandas as pd
import pytest
from dask_pieces import CASES, CUTS, LABELS, MODEL, WEIGHTS, N, X, Y, assert_same, bag, start
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize as scipy_minimize

import lossbook as lb
from lossbook.distributed import shares


@pytest.mark.parametrize("weighted", [False, True], ids=["", "weighted"])
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: f"{len(cut)} parts")
def test_arrays_however_cut(cut, case, weighted):
    model, loss, y, penalty = CASES[case]
    weights = WEIGHTS if weighted else None
    ours = lb.distributed_objective(
        model, loss, da.from_array(X, chunks=(cut, 2)), y, penalty, weights, client="threads"
    )
    w, alone = start(model), lb.objective(model, loss, X, y, penalty, weights)
    assert_same(ours(w), alone(w))
    assert ours.values(w) == pytest.approx(alone.values(w), rel=1e-14)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, N), max_size=6), st.lists(st.sampled_from([0, 1, 2.5]), min_size=6))
def test_bags_however_cut(ends, weights):
    cut = np.diff([0, *sorted(ends), N]).tolist()
    s = np.resize(weights, N).astype(float)
    s[0] = 1
    ours = lb.distributed_objective(
        MODEL, lb.Huber(), bag(cut, X, Y, s), penalty=lb.L2(0.1), client="synchronous"
    )
    w = start(MODEL)
    assert_same(ours(w), lb.objective(MODEL, lb.Huber(), X, Y, lb.L2(0.1), s)(w))


def test_frames():
    frame = pd.DataFrame(X, columns=list("abc")).assign(y=Y, s=WEIGHTS)
    cut = dd.from_pandas(frame, npartitions=4)
    cut = cut[cut.a > 0]  # now of unknown lengths
    ours = lb.distributed_objective(
        MODEL, lb.mse, cut[["a", "b", "c"]], cut.y, sample_weight=cut.s, client="threads"
    )
    some = frame[frame.a > 0]
    alone = lb.objective(MODEL, lb.mse, some[["a", "b", "c"]], some.y, None, some.s)
    assert ours.count == 4
    assert_same(ours(start(MODEL)), alone(start(MODEL)))
    ours = lb.distributed_objective(MODEL, lb.mse, cut[["a", "b", "c"]].to_dask_array(), cut.y)
    assert_same(
        ours(start(MODEL)), lb.objective(MODEL, lb.mse, some[["a", "b", "c"]], some.y)(start(MODEL))
    )


def test_pairs_of_frames_loaded_late():
    load = dask.delayed(lambda i: (pd.DataFrame(X[i : i + 20]), pd.Series(Y[i : i + 20])))
    ours = lb.distributed_objective(MODEL, lb.mse, [load(i) for i in range(0, N, 20)])
    assert_same(ours(start(MODEL)), lb.objective(MODEL, lb.mse, X, Y)(start(MODEL)))


def test_truth_cut_otherwise_is_cut_anew():
    ours = lb.distributed_objective(
        MODEL, lb.mse, da.from_array(X, chunks=(25, 3)), da.from_array(Y, chunks=7)
    )
    assert_same(ours(start(MODEL)), lb.objective(MODEL, lb.mse, X, Y)(start(MODEL)))


def test_one_partition_gives_the_very_bits():
    ours = lb.distributed_objective(MODEL, lb.mse, da.from_array(X, chunks=-1), Y)
    value, grad = lb.objective(MODEL, lb.mse, X, Y)(start(MODEL))
    assert ours(start(MODEL))[0] == value
    assert ours(start(MODEL))[1].tolist() == grad.tolist()


def test_the_bits_do_not_depend_on_who_is_first():
    x = da.from_array(X, chunks=(2, 3))
    found = {
        name: lb.distributed_objective(MODEL, lb.mse, x, Y, client=name)(start(MODEL))
        for name in ("synchronous", "threads")
    }
    assert found["threads"][0] == found["synchronous"][0]
    assert found["threads"][1].tolist() == found["synchronous"][1].tolist()


def test_what_is_too_small_for_each_partition_adds_up():
    gradients = [1.0] + [2.0**-53] * 15  # each of the small ones alone would be rounded away
    found = shares.combine([shares.Share(1, 1, 1.0, g, np.array([g])) for g in gradients])
    assert found.measure == 16
    assert found.value == found.array[0] == (1 + 15 * 2.0**-53) / 16 > 1 / 16


def test_single_precision_stays_single():
    w, x = start(MODEL).astype(np.float32), X.astype(np.float32)
    y = Y.astype(np.float32)
    value, grad = lb.distributed_objective(MODEL, lb.mse, da.from_array(x, chunks=(9, 3)), y)(w)
    alone = lb.objective(MODEL, lb.mse, x, y)(w)
    assert grad.dtype == np.float32
    assert value == pytest.approx(alone[0], rel=1e-6)
    np.testing.assert_allclose(grad, alone[1], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("size", [1e-200, 1.0, 1e200])
def test_only_ratios_of_weights_count_also_across_partitions(size):
    s = np.where(np.arange(N) < 20, 1e-3, 2.0) * size
    ours = lb.distributed_objective(
        MODEL, lb.mse, da.from_array(X, chunks=(20, 3)), Y, sample_weight=s
    )
    assert_same(ours(start(MODEL)), lb.objective(MODEL, lb.mse, X, Y, None, s)(start(MODEL)))


def test_a_partition_may_count_nothing():
    s = np.where(np.arange(N) < 20, 0.0, 1.0)
    x = da.from_array(X, chunks=(20, 3))
    ours = lb.distributed_objective(MODEL, lb.mse, x, Y, sample_weight=s)
    assert_same(ours(start(MODEL)), lb.objective(MODEL, lb.mse, X, Y, None, s)(start(MODEL)))
    labels = np.where(np.arange(N) < 20, -1, LABELS)
    model, loss = lb.SoftmaxModel(3, 3), lb.SoftmaxCrossEntropy(ignore_index=-1)
    ours = lb.distributed_objective(model, loss, x, labels)
    assert_same(ours(start(model)), lb.objective(model, loss, X, labels)(start(model)))
    value, grad = lb.distributed_objective(model, loss, x, np.full(N, -1))(start(model))
    assert (value, *grad) == (0.0,) * 13


@pytest.mark.parametrize("case", ["Huber, L2", "softmax", "weighted classes, one ignored"])
def test_hessian(case):
    model, loss, y, penalty = CASES[case]
    s = np.where(np.arange(N) < 20, 0.0, WEIGHTS)
    for weights in (None, s):
        ours = lb.distributed_objective(
            model, loss, da.from_array(X, chunks=(20, 3)), y, penalty, weights
        )
        alone = lb.objective(model, loss, X, y, penalty, weights).hess(start(model))
        size = np.abs(alone).max()
        np.testing.assert_allclose(ours.hess(start(model)), alone, rtol=1e-13, atol=1e-14 * size)


def test_minimisers_take_it_as_it_is():
    args = (MODEL, lb.Huber(), da.from_array(X, chunks=(40, 3)), Y, lb.L2(0.01))
    ours, alone = lb.distributed_objective(*args), lb.objective(*args[:2], X, Y, lb.L2(0.01))
    w0 = np.zeros(4)
    best = lb.lbfgs(alone, w0, tol=1e-10).w
    found = {
        "lbfgs": lb.lbfgs(ours, w0, tol=1e-10).w,
        "SciPy": scipy_minimize(ours, w0, jac=True, options={"gtol": 1e-9}).x,
        "Newton": lb.minimize(ours, w0, lb.Newton(), steps=8).w,
    }
    for name, w in found.items():
        np.testing.assert_allclose(w, best, rtol=1e-6, atol=1e-8, err_msg=name)
    lasso = lb.distributed_objective(*args[:4], lb.L1(0.5))
    theirs = lb.objective(MODEL, lb.Huber(), X, Y, lb.L1(0.5))
    ends = [lb.minimize(f, w0, lb.ProximalGradient(0.01), 9) for f in (lasso, theirs)]
    np.testing.assert_allclose(ends[0].w, ends[1].w, rtol=1e-12)
    np.testing.assert_allclose(ends[0].values, ends[1].values, rtol=1e-12)


def test_where_predictions_overflow_the_value_is_infinite():
    x = da.from_array(X, chunks=(20, 3))
    with np.errstate(over="ignore", invalid="ignore"):
        value, grad = lb.distributed_objective(MODEL, lb.mse, x, Y)(np.full(4, 1e308))
        assert value == np.inf
        assert np.isnan(grad).all()


def test_divergence_is_explained():
    ours = lb.distributed_objective(MODEL, lb.mse, da.from_array(X, chunks=(20, 3)), Y)
    with pytest.raises(lb.DivergenceError, match="use a learning rate below"):
        lb.minimize(ours, np.zeros(4), lb.GradientDescent(1.0), 100)


def test_kept_partitions_are_not_made_again():
    made = []

    def load(i):
        made.append(i)
        return X[i : i + 20], Y[i : i + 20]

    parts = [dask.delayed(load, pure=False)(i) for i in (0, 20, 40)]
    ours = lb.distributed_objective(MODEL, lb.mse, parts, client="synchronous")
    ours(start(MODEL)), ours(start(MODEL))
    assert sorted(made) == [0, 0, 20, 20, 40, 40]
    assert ours.persist() is ours
    made.clear()
    assert_same(ours(start(MODEL)), lb.objective(MODEL, lb.mse, X, Y)(start(MODEL)))
    assert made == []


def test_truth_and_features_of_one_source_are_made_once():
    made = []

    def block(block_id):
        made.append(block_id[0])
        return np.column_stack([X, Y])[20 * block_id[0] :][:20]

    def load(i):
        return pd.DataFrame(block((i,)), columns=list("abcy"))

    array = da.map_blocks(block, chunks=((20,) * 3, 4), dtype=float)
    frame = dd.from_map(load, [0, 1, 2], meta=load(0))
    for x, y in ((array[:, :3], array[:, 3]), (frame[["a", "b", "c"]], frame.y)):
        made.clear()
        ours = lb.distributed_objective(MODEL, lb.mse, x, y)
        assert_same(ours(start(MODEL)), lb.objective(MODEL, lb.mse, X, Y)(start(MODEL)))
        assert sorted(made) == [0, 1, 2]
