"""What a gradient costs on a cluster of this machine, and whether the model of it predicts.

    python -m benchmarks.distributed                       prints predicted over measured times
    python -m benchmarks.distributed --write FILE.json     writes them too

The cost model is fitted to runs with few and with many partitions, and has to predict those in
between, which it has not seen.

A run counts the processor time of the longest way through it: that of the process which sends and
collects, and that of the busiest worker.  Other programs then do not count, however busy the
machine is, and neither does a network: between machines, add what yours takes to answer.
"""

import argparse
import itertools
import json
import statistics
import sys
import time
from pathlib import Path

import dask
import dask.array as da
import numpy as np
from dask.distributed import Client, LocalCluster

import lossbook as lb

from .report import processor

SIZES = (2**19, 2**23, 2**27)  # numbers in the data
FEATURES = (256, 2**14)
PARTITIONS = (2, 8, 32)
UNSEEN = 8  # partitions of the runs that are not fitted
WORKERS = (1, 2)
LOSS = lb.mse
RATIO, PREDICTED, MEASURED = "predicted over measured", "predicted speedup", "measured speedup"
# A worker that looks a hundred times a second at what it is doing is busy while it waits.
SETTINGS = {"distributed.worker.profile.enabled": False}


def data(numbers: int, features: int, partitions: int):
    """Return X, y and w, the arrays cut by their rows."""
    rows = numbers // features
    cut = (-(-rows // partitions), features)
    X = da.random.default_rng(0).standard_normal((rows, features), chunks=cut)
    return X, X[:, 0], np.full(features + 1, 0.1)


def on_cluster(client, numbers, features, partitions, repeats) -> float:
    """Return the seconds of value and gradient of data that the workers keep."""
    X, y, w = data(numbers, features, partitions)
    f = lb.distributed_objective(lb.LinearModel(features), LOSS, X, y, client=client).persist()
    f(w)
    workers, own = client.run(time.process_time), time.process_time()
    for _ in range(repeats):
        f(w)
    own = time.process_time() - own
    busiest = max(end - workers[who] for who, end in client.run(time.process_time).items())
    return (own + busiest) / repeats


def alone(numbers, features, repeats) -> float:
    """Return the seconds of the same in a process that needs no cluster."""
    X, y, w = data(numbers, features, 1)
    X, y = dask.compute(X, y, scheduler="synchronous")
    f = lb.objective(lb.LinearModel(features), LOSS, X, y)
    f(w)
    start = time.process_time()
    for _ in range(repeats):
        f(w)
    return (time.process_time() - start) / repeats


def measure(sizes, repeats: int) -> dict[tuple, float]:
    """Return run ↦ its seconds; a run with no worker is without a cluster."""
    times = {}
    for workers in WORKERS:
        with (
            dask.config.set(SETTINGS),
            LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0"
            ) as cluster,
            Client(cluster, set_as_default=False) as client,
        ):
            for numbers, features in itertools.product(sizes, FEATURES):
                lone = (numbers, 1, 0, features + 1)
                if lone not in times:  # on a worker, which has one thread as the others have
                    job = client.submit(alone, numbers, features, repeats)
                    times[lone] = job.result()
                for partitions in PARTITIONS:
                    if numbers // features >= partitions:
                        run = (numbers, partitions, workers, features + 1)
                        times[run] = on_cluster(client, numbers, features, partitions, repeats)
    return times


def summary(times: dict[tuple, float]) -> dict:
    """Return the fitted costs, and for every run what they predict over what was measured."""
    runs = [run for run in times if run[2]]
    seen = [run for run in runs if run[1] != UNSEEN]
    costs = lb.CostModel.fit(seen, [times[run] for run in seen])
    pays = [(partitions, 2, features + 1) for features in FEATURES for partitions in PARTITIONS]
    return {
        "costs": vars(costs),
        "break even": [{**_named((costs.break_even(*at), *at))} for at in pays],
        "runs": [
            {
                **_named(run),
                "fitted": run in seen,
                RATIO: costs.seconds(*run) / times[run],
                PREDICTED: costs.speedup(*run),
                MEASURED: times[run[0], 1, 0, run[3]] / times[run],
            }
            for run in runs
        ],
    }


def _named(run):
    return dict(zip(("numbers", "partitions", "workers", "parameters"), run, strict=True))


def told(result: dict) -> list[str]:
    """Return the lines to print: ratios of the runs, and how far off the predictions are."""
    names = ("numbers", "partitions", "workers", "parameters", RATIO, PREDICTED, MEASURED)
    lines = ["  ".join(names)]
    for run in result["runs"]:
        cells = (f"{run[n]:.2f}" if isinstance(run[n], float) else f"{run[n]:,}" for n in names)
        line = "  ".join(cell.rjust(len(n)) for cell, n in zip(cells, names, strict=True))
        lines.append(line if run["fitted"] else f"{line}  unseen")
    for kind, fitted in (("fitted", True), ("unseen", False)):
        ratios = [run[RATIO] for run in result["runs"] if run["fitted"] is fitted]
        if ratios:
            lines.append(
                f"{kind}: {RATIO} {min(ratios):.2f} to {max(ratios):.2f}, median "
                f"{statistics.median(ratios):.2f}"
            )
    return lines


def write(path: Path, result: dict) -> None:
    """Write the result with what it depends on, in three digits, as JSON."""
    head = {"processor": processor(), "clock": "processor time", "loss": repr(LOSS)}
    text = json.dumps(_rounded({**head, **result}), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def _rounded(thing):
    if isinstance(thing, dict):
        return {name: _rounded(one) for name, one in thing.items()}
    if isinstance(thing, list):
        return [_rounded(one) for one in thing]
    return float(f"{thing:.3g}") if isinstance(thing, float) else thing


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.distributed")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="N")
    parser.add_argument("--repeats", type=int, default=10, help="calls a run (default 10)")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the result as JSON")
    options = parser.parse_args(argv)
    result = summary(measure(options.sizes, options.repeats))
    print(f"processor: {processor()}", *told(result), sep="\n")
    if options.write:
        write(options.write, result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
