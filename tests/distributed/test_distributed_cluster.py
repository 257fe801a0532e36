"""On a cluster: the same bits as alone, also where a worker dies or the data fit nowhere."""

import json
import os
import signal
import threading
import time
from pathlib import Path

import dask
import dask.array as da
import dask.bag
import numpy as np
import psutil
import pytest
from bookfiles import ROOT
from dask.distributed import Client, LocalCluster

import lossbook as lb

LIMIT = 400 * 2**20  # bytes a worker may use; its libraries alone take a third
MODEL, LOSS, PENALTY = lb.LinearModel(8), lb.Huber(0.5), lb.L2(0.01)
W = np.linspace(-1, 1, 9)

# What the workers run is defined inside of functions: it then travels whole, and the workers do
# not load the tests.


@pytest.fixture(scope="module")
def client():
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            memory_limit=LIMIT,
            dashboard_address="127.0.0.1:0",  # else it takes port 8787, whoever has it
            silence_logs=60,
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client
        workers = [psutil.Process(pid) for pid in pids(client).values()]
    assert psutil.wait_procs(workers, timeout=20)[1] == []


def pids(client):
    return client.run(os.getpid)


def small(chunks=(7, 0, 30, 1, 12)):
    """Return arrays in partitions of these sizes."""
    rng = np.random.default_rng(0)
    X, y, s = rng.standard_normal((50, 8)), rng.standard_normal(50), rng.uniform(0.1, 3, 50)
    return da.from_array(X, chunks=(chunks, 8)), y, s


def objective(client, loss=LOSS, **changes):
    X, y, s = small()
    given = {"X": X, "y": y, "penalty": PENALTY, "sample_weight": s} | changes
    return lb.distributed_objective(MODEL, loss, **given, client=client)


def assert_same_bits(found, expected):
    assert found[0] == expected[0]
    assert found[1].tolist() == expected[1].tolist()


def test_data_larger_than_all_memory(client):
    """Runs first: a peak of memory counts from the start of a process."""
    rows, copies, sources = 2**16, 25, 4

    def block(block_id, rows=rows, sources=sources):
        return np.random.default_rng(block_id[0] % sources).random((rows, 32))

    def peak():
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

    if not Path("/proc/self/status").exists():
        pytest.skip("peaks of memory are read from /proc")
    before = pids(client)
    X = da.map_blocks(block, chunks=((rows,) * copies * sources, 32), dtype=float)
    assert X.nbytes >= 4 * LIMIT
    model, w = lb.LinearModel(32), np.linspace(-1, 1, 33)
    value, grad = lb.distributed_objective(model, LOSS, X, X[:, 0] - 1, client=client)(w)
    few = np.concatenate([block((i,)) for i in range(sources)])  # the rest are copies of these
    alone = lb.objective(model, LOSS, few, few[:, 0] - 1)(w)
    assert value == pytest.approx(alone[0], rel=1e-14)
    np.testing.assert_allclose(grad, alone[1], rtol=1e-12)
    assert pids(client) == before, "a worker was ended for its use of memory"
    assert max(client.run(peak).values()) < LIMIT


def test_same_bits_as_alone(client):
    ours, alone = objective(client), objective("synchronous")
    assert_same_bits(ours(W), alone(W))
    assert ours.values(W) == alone.values(W)
    assert ours.hess(W).tolist() == alone.hess(W).tolist()
    X, y, s = small()
    value, grad = lb.objective(MODEL, LOSS, X.compute(), y, PENALTY, s)(W)
    assert ours(W)[0] == pytest.approx(value, rel=1e-14)
    np.testing.assert_allclose(ours(W)[1], grad, rtol=1e-12, atol=1e-15)


def test_minimisers_run_on_it(client):
    found = [lb.lbfgs(objective(who), np.zeros(9), steps=4).w for who in (client, "synchronous")]
    assert found[0].tolist() == found[1].tolist()


@pytest.mark.parametrize("method", ["synchronous", "local"])
def test_stochastic_methods_take_the_same_steps(client, method):
    def run(who):
        rng, f = np.random.default_rng(5), objective(who)
        if method == "local":
            return lb.local_sgd(f, W, 0.1, 3, 4, batch_size=5, rng=rng)
        return lb.synchronous_sgd(f, W, lb.Adam(0.1), 4, batch_size=5, rng=rng)

    ours, alone = run(client), run("synchronous")
    assert ours.w.tolist() == alone.w.tolist()
    assert ours.values.tolist() == alone.values.tolist()


def test_an_address_will_do_and_so_will_the_client_in_charge(client):
    expected = objective("synchronous")(W)
    with objective(client.scheduler.address) as ours:
        assert_same_bits(ours(W), expected)
        own = ours.client
        assert own is not client
    assert own.status == "closed"
    here = dask.delayed(lambda: [(np.zeros((1, 8)), np.full(1, os.getpid()))])()
    charged = lb.distributed_objective(MODEL, lb.mae, dask.bag.from_delayed([here]))
    with client.as_current():
        assert charged.values(np.zeros(9))[0] in pids(client).values()
    assert charged.values(np.zeros(9))[0] == os.getpid()


def test_errors_come_back_with_the_partition(client):
    y = small()[1]
    y[45] = np.nan
    with pytest.raises(ValueError, match=r"^partition 4 of 5: y_true\[7\] is nan"):
        objective(client, y=y)(W)


def test_numpy_treats_errors_there_as_it_does_here(client):
    far = objective(client, loss=lb.mse, sample_weight=None)
    with np.errstate(over="raise"), pytest.raises(FloatingPointError, match="overflow"):
        far.values(np.full(9, 1e200))
    with np.errstate(over="ignore"):
        assert far.values(np.full(9, 1e200))[0] == np.inf


def test_many_parameters_travel_without_a_warning(client):
    model = lb.LinearModel(2**21, intercept=False)  # 16 MB, where Dask warns of large graphs
    X = da.ones((2, model.n_features), chunks=(1, -1))
    f = lb.distributed_objective(model, lb.mse, X, np.zeros(2), client=client)
    value, grad = f(np.full(model.n_features, 0.5))
    assert value == 2.0**40
    assert (grad == 2.0**21).all()


def test_a_worker_dies_in_the_middle_of_a_gradient(client, tmp_path):
    X, y, _ = small()
    X, running, go = X.compute(), tmp_path / "running", tmp_path / "go"

    def load(place):
        if place == 3:
            with running.open("a") as file:
                file.write(f"{os.getpid()}\n")
            while not go.exists():
                time.sleep(0.01)
        rows = slice(10 * place, 10 * place + 10)
        return X[rows], y[rows]

    def cut(who):
        parts = [dask.delayed(load, pure=False)(place) for place in range(5)]
        return lb.distributed_objective(MODEL, LOSS, parts, penalty=PENALTY, client=who)

    kept = objective(client).persist()
    expected_of_kept = kept(W)
    results, workers = [], set(pids(client).values())
    call = threading.Thread(target=lambda: results.append(cut(client)(W)), daemon=True)
    call.start()
    limit = time.monotonic() + 60
    while not (running.exists() and running.read_text().endswith("\n")):
        assert time.monotonic() < limit, "the partition was never asked for"
        time.sleep(0.01)
    victim = int(running.read_text())
    assert victim in workers
    os.kill(victim, signal.SIGKILL)
    go.touch()
    call.join(timeout=60)
    assert len(running.read_text().split()) > 1, "the partition was not computed anew"
    assert_same_bits(results[0], cut("synchronous")(W))
    assert_same_bits(kept(W), expected_of_kept)  # what the worker kept was made anew


# --- The benchmark of the cost model --------------------------------------------------------


def test_predictions_of_the_cost_model_are_right_where_it_is(tmp_path):
    from benchmarks import distributed as bench

    true = lb.CostModel(latency=0.04, task=0.004, compute=1.5e-9, byte=1e-8)
    runs = [
        (numbers, partitions, workers, parameters)
        for numbers in bench.SIZES
        for parameters in (257, 16385)
        for partitions in bench.PARTITIONS
        for workers in bench.WORKERS
    ]
    times = {run: true.seconds(*run) for run in runs}
    times |= {(n, 1, 0, p): true.compute * n for n, _, _, p in runs}
    result = bench.summary(times)
    assert result["costs"] == pytest.approx(vars(true), rel=1e-6)
    for run in result["runs"]:
        assert run[bench.RATIO] == pytest.approx(1)
        assert run[bench.PREDICTED] == pytest.approx(run[bench.MEASURED])
        assert run["fitted"] == (run["partitions"] != bench.UNSEEN)
    assert bench.told(result)[-1].startswith("unseen: predicted over measured 1.00 to 1.00")
    bench.write(tmp_path / "result.json", result)
    written = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert written["costs"]["task"] == 0.004
    assert len(written["runs"]) == len(runs)


def test_stored_costs_are_of_the_model():
    stored = ROOT / "book" / "reference" / "distributed.json"
    result = json.loads(stored.read_text(encoding="utf-8"))
    costs = lb.CostModel(**result["costs"])
    for run in result["runs"]:
        at = [run[name] for name in ("numbers", "partitions", "workers", "parameters")]
        assert costs.speedup(*at) == pytest.approx(run["predicted speedup"], rel=0.05)
