"""Steps on batches and local steps, in every partition, and when a cluster pays."""

import numpy as np
import pytest
from dask_pieces import MODEL, WEIGHTS, N, X, Y, bag, pieces, start

import lossbook as lb
from lossbook.distributed import shares

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


@pytest.mark.parametrize(
    ("runs", "seconds", "message"),
    [
        ([], [], "there are 0 runs"),
        ([(1e5, 2, 1, 9)], [1.0, 2.0], r"seconds has shape \(2,\) but there are 1 runs"),
        ([(1e5, 2, 1, 9)] * 2, [1.0, 0.0], r"seconds\[1\] is 0.0"),
    ],
)
def test_measurements_that_cannot_be_fitted_are_named(runs, seconds, message):
    with pytest.raises(ValueError, match=message):
        lb.CostModel.fit(runs, seconds)
    with pytest.raises(ValueError, match="task must be non-negative and finite, got -1"):
        lb.CostModel(0.01, -1, 1e-9, 1e-9)
    with pytest.raises(ValueError, match="workers must be a positive integer, got 0"):
        lb.CostModel(0.01, 0.002, 1e-9, 1e-9).break_even(2, 0, 10)
