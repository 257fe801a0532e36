"""On Dask data the objective is that of one machine, however the data are cut."""

import builtins
import subprocess
import sys
from itertools import pairwise

import dask
import dask.array as da
import dask.bag
import dask.dataframe as dd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize as scipy_minimize

import lossbook as lb
from lossbook.distributed import shares

N = 60
RNG = np.random.default_rng(7)
X = RNG.standard_normal((N, 3)) * [1.0, 10.0, 0.1]
LABELS = RNG.integers(0, 3, N)
WEIGHTS = RNG.uniform(0.1, 5, N)
CUTS = [(60,), (20, 20, 20), (1, 58, 1), (7, 0, 30, 23, 0), (3,) * 20]
MODEL = lb.LinearModel(3)
Y = X @ [1.0, -0.2, 3.0] + RNG.standard_normal(N)

CASES = {
    "squared error": (MODEL, lb.mse, Y, None),
    "Huber, L2": (MODEL, lb.Huber(0.5), Y, lb.L2(0.1)),
    "absolute error, L1": (MODEL, lb.mae, Y, lb.L1(0.1)),
    "two outputs": (lb.SoftmaxModel(3, 2), lb.mse, np.stack([Y, -Y], axis=1), None),
    "softmax": (lb.SoftmaxModel(3, 3), lb.SoftmaxCrossEntropy(), LABELS, None),
    "weighted classes, one ignored": (
        lb.SoftmaxModel(3, 3),
        lb.SoftmaxCrossEntropy(class_weight=(0.5, 2.0, 1.0), ignore_index=1),
        LABELS,
        lb.L2(0.01),
    ),
    "network": (lb.MLP(3, (4,)), lb.SigmoidCrossEntropy(), (Y > 0).astype(float), lb.L2(0.1)),
}


def start(model):
    return 0.3 * np.random.default_rng(1).standard_normal(model.n_params)


def pieces(array, cut):
    ends = np.cumsum((0, *cut))
    return [array[a:b] for a, b in pairwise(ends)]


def bag(cut, *columns):
    return dask.bag.from_delayed(
        [dask.delayed([chunk]) for chunk in zip(*(pieces(c, cut) for c in columns), strict=True)]
    )


def assert_same(found, expected):
    """Compare value and gradient: to rounding, measured by the largest entry of the gradient."""
    assert found[0] == pytest.approx(expected[0], rel=1e-14)
    np.testing.assert_allclose(
        found[1], expected[1], rtol=1e-13, atol=1e-14 * np.abs(expected[1]).max()
    )


# --- The same value and gradient ------------------------------------------------------------


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


# --- What does not fit ----------------------------------------------------------------------

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


# --- Stochastic methods ---------------------------------------------------------------------

CUT = (10, 0, 35, 15)


def cut_objective(weights=None, client="threads", penalty=None, model=MODEL):
    columns = (X, Y) if weights is None else (X, Y, weights)
    return lb.distributed_objective(model, lb.mse, bag(CUT, *columns), None, penalty, client=client)


@pytest.mark.parametrize("method", ["synchronous", "local"])
def test_who_computes_does_not_matter(method):
    def run(client):
        f, rng = cut_objective(WEIGHTS, client), np.random.default_rng(3)
        if method == "local":
            return lb.local_sgd(f, np.zeros(4), 1e-3, 4, 3, batch_size=4, rng=rng)
        return lb.synchronous_sgd(f, np.zeros(4), lb.Adam(0.1), 5, batch_size=4, rng=rng)

    one, other = run("threads"), run("synchronous")
    assert one.w.tolist() == other.w.tolist()
    assert one.values.tolist() == other.values.tolist()
    assert one.value == pytest.approx(sum(cut_objective(WEIGHTS).values(one.w)), rel=1e-14)


def test_partitions_draw_for_themselves():
    x = np.tile(np.arange(20.0)[:, None], (2, 1))  # two equal partitions
    f = lb.distributed_objective(lb.LinearModel(1), lb.mse, bag((20, 20), x, x[:, 0]))
    batches = lb.distributed.stochastic._Batches(f, 1, np.random.default_rng(0))
    f(np.zeros(2))
    drawn = [batches(np.zeros(2))[0] for _ in range(5)]  # the mean of two squares
    assert any(np.sqrt(value) % 1 for value in drawn)
    assert len(set(drawn)) > 1


def test_batches_of_everything_are_descent():
    f, w0 = cut_objective(WEIGHTS, penalty=lb.L2(0.1)), np.zeros(4)
    whole = lb.minimize(f, w0, lb.GradientDescent(1e-3), 5)
    rng = np.random.default_rng(0)
    ours = lb.synchronous_sgd(f, w0, lb.GradientDescent(1e-3), 5, batch_size=99, rng=rng)
    np.testing.assert_allclose(ours.w, whole.w, rtol=1e-13)
    np.testing.assert_allclose(ours.values, whole.values, rtol=1e-13)


def test_gradients_of_batches_are_right_on_average(monkeypatch):
    s = WEIGHTS**3  # a batch of one weighs much or little: dividing by its weight would be wrong
    f = lb.distributed_objective(MODEL, lb.mse, bag((45, 15), X, Y, s))
    w = start(MODEL)
    value, grad = f(w)
    chunks = list(zip(*(pieces(a, (45, 15)) for a in (X, Y, s)), strict=True))

    def at_once(order):
        """Do without Dask what it does, for the sake of speed."""
        return shares.combine([shares.visit(order, i, 2, [c]) for i, c in enumerate(chunks)])

    monkeypatch.setattr(f, "_compute", at_once)
    batches = lb.distributed.stochastic._Batches(f, 1, np.random.default_rng(0))
    drawn = [batches(w) for _ in range(1000)]
    for found, exact in (
        (np.array([v for v, _ in drawn])[:, None], np.array([value])),
        (np.array([g for _, g in drawn]), grad),
    ):
        error = (found.mean(axis=0) - exact) / (found.std(axis=0) / np.sqrt(len(found)))
        assert np.abs(error).max() < 4


def test_one_local_step_is_descent_and_one_partition_is_alone():
    f, w0 = cut_objective(WEIGHTS, penalty=lb.L2(0.1)), np.zeros(4)
    whole = lb.minimize(f, w0, lb.GradientDescent(1e-3), 5, keep_path=True)
    ours = lb.local_sgd(f, w0, 1e-3, rounds=5, local_steps=1, keep_path=True)
    np.testing.assert_allclose(ours.path, whole.path, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(ours.values, whole.values, rtol=1e-12)
    alone = lb.distributed_objective(MODEL, lb.mse, bag((N,), X, Y, WEIGHTS), penalty=lb.L2(0.1))
    together = lb.minimize(alone, w0, lb.GradientDescent(1e-3), 6)
    ours = lb.local_sgd(alone, w0, 1e-3, rounds=2, local_steps=3)
    np.testing.assert_allclose(ours.w, together.w, rtol=1e-12)
    assert ours.steps == 2


def test_local_steps_are_averaged_by_weight():
    ours = lb.local_sgd(cut_objective(WEIGHTS), np.zeros(4), 1e-3, rounds=1, local_steps=7)
    ends, sums = [], []
    for x, y, s in zip(*(pieces(a, CUT) for a in (X, Y, WEIGHTS)), strict=True):
        if len(x):
            f = lb.objective(MODEL, lb.mse, x, y, None, s)
            ends.append(lb.minimize(f, np.zeros(4), lb.GradientDescent(1e-3), 7).w)
            sums.append(s.sum())
    np.testing.assert_allclose(ours.w, np.average(ends, axis=0, weights=sums), rtol=1e-12)


def test_a_schedule_counts_local_steps():
    seen = []

    def schedule(step):
        seen.append(step)
        return 1e-3 / (1 + step)

    ours = lb.local_sgd(cut_objective(), np.zeros(4), schedule, rounds=2, local_steps=3)
    assert set(seen) == set(range(6))
    constant = lb.local_sgd(cut_objective(), np.zeros(4), 1e-3, rounds=2, local_steps=3)
    assert ours.value > constant.value


def test_rounds_stop_at_the_tolerance_and_fail_with_advice():
    f = cut_objective()
    assert lb.local_sgd(f, np.zeros(4), 1e-3, 9, 2, tol=1e9).steps == 0
    with pytest.raises(lb.DivergenceError, match="use a learning rate below"):
        lb.local_sgd(f, np.zeros(4), 1.0, 50, 5)


def test_dropout_draws_in_each_partition():
    model = lb.MLP(3, (8,), dropout=0.5)
    f, w = cut_objective(model=model), model.init(np.random.default_rng(0))
    with pytest.raises(ValueError, match="draw at random: pass rng"):
        lb.local_sgd(f, w, 1e-3, 2, 2)
    a, b, c = (f.parts(w, rng=np.random.default_rng(seed))[0] for seed in (0, 0, 1))
    assert a == b != c
    runs = [lb.local_sgd(f, w, 1e-3, 2, 2, rng=np.random.default_rng(0)).w for _ in range(2)]
    assert runs[0].tolist() == runs[1].tolist()
    rng = np.random.default_rng(0)
    lb.synchronous_sgd(f, w, lb.GradientDescent(1e-3), 2, batch_size=4, rng=rng)


def test_batches_that_count_nothing_are_no_steps():
    s = np.where(np.arange(N) % 20 == 0, 1.0, 0.0)
    f, rng = cut_objective(s), np.random.default_rng(0)
    lb.synchronous_sgd(f, np.zeros(4), lb.GradientDescent(1e-4), 20, batch_size=1, rng=rng)
    end = lb.local_sgd(f, np.zeros(4), 1e-4, 5, 5, batch_size=1, rng=rng)
    assert end.value < end.values[0]


def test_batches_without_a_loss_are_no_divergence():
    y = np.where(np.arange(N) % 20, 1.0, -1.0)  # on most batches the hinge loss is 0
    f = lb.distributed_objective(MODEL, lb.Hinge(), bag(CUT, np.ones((N, 3)), y))
    rng = np.random.default_rng(0)
    w0 = np.full(4, 3.0)
    end = lb.synchronous_sgd(f, w0, lb.GradientDescent(1e-6), 20, batch_size=1, rng=rng)
    assert end.values.min() == 0 < end.values.max()
    assert end.value == end.values[-1] == pytest.approx(f(end.w)[0])


def test_callbacks_and_paths_of_batches():
    seen, f = [], cut_objective()

    def stop(step, w, value):
        seen.append((step, value))
        return step == 3

    rng = np.random.default_rng(0)
    end = lb.synchronous_sgd(
        f, np.zeros(4), lb.Adam(), 9, batch_size=4, rng=rng, callback=stop, keep_path=True
    )
    assert [value for _, value in seen] == end.values.tolist()
    assert end.path.shape == (4, 4)
    assert end.steps == 3
    with pytest.raises(lb.DivergenceError, match="learning rate"):
        lb.synchronous_sgd(f, np.zeros(4), lb.GradientDescent(9.0), 150, batch_size=4, rng=rng)


def test_kinks_of_a_penalty_are_stepped_over():
    f, rng = cut_objective(penalty=lb.L1(2.0)), np.random.default_rng(0)
    w = lb.synchronous_sgd(f, np.zeros(4), lb.ProximalGradient(5e-3), 9, batch_size=8, rng=rng).w
    assert (w[:3] == 0).any()
    assert w[1] != 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"batch_size": 0}, "batch_size must be a positive integer, got 0"),
        ({"local_steps": 2.5}, "local_steps must be a positive integer, got 2.5"),
        ({"rng": None}, "pass rng="),
        ({"lr": -1.0}, "lr must be positive"),
    ],
)
def test_bad_arguments_of_local_steps(change, message):
    good = {
        "lr": 0.1,
        "rounds": 2,
        "local_steps": 2,
        "batch_size": 4,
        "rng": np.random.default_rng(0),
    }
    with pytest.raises(ValueError, match=message):
        lb.local_sgd(cut_objective(), np.zeros(4), **good | change)


def test_bad_arguments_of_batches():
    f, rng = cut_objective(), np.random.default_rng(0)
    with pytest.raises(ValueError, match="LineSearch compares values of one objective"):
        lb.synchronous_sgd(f, np.zeros(4), lb.LineSearch(), 2, batch_size=4, rng=rng)
    with pytest.raises(TypeError, match="rng must be a numpy Generator"):
        lb.synchronous_sgd(f, np.zeros(4), lb.GradientDescent(0.1), 2, batch_size=4, rng=0)


# --- When a cluster pays --------------------------------------------------------------------


def test_a_cluster_pays_from_the_break_even_on():
    costs = lb.CostModel(latency=0.01, task=0.002, compute=1e-9, byte=1e-8)
    setting = {"partitions": 8, "workers": 4, "parameters": 1000}
    size = costs.break_even(**setting)
    assert costs.speedup(size, **setting) == pytest.approx(1)
    assert costs.speedup(2 * size, **setting) > 1 > costs.speedup(size / 2, **setting)
    assert costs.break_even(8, 1, 1000) == np.inf


def test_costs_that_would_be_negative_are_left_out():
    true = lb.CostModel(latency=0.01, task=0.002, compute=1e-9, byte=0.0)
    runs = [(n, c, w, p) for n in (1e5, 1e7) for c in (2, 9) for w in (1, 2) for p in (1, 99)]
    seconds = [true.seconds(*run) - 1e-11 * run[3] for run in runs]
    found = lb.CostModel.fit(runs, seconds)
    assert found.byte == 0
    assert found.compute == pytest.approx(1e-9, rel=1e-3)
