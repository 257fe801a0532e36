"""Print the peers' time over ours as tables of ratios.

    python -m benchmarks                       n = 10³, 10⁵, 10⁷
    python -m benchmarks --sizes 1000 --pairs 51
    python -m benchmarks --write FILE.json     writes the tables too

A library that is not installed is left out.  Only ratios are printed: they are all that one
machine can tell another.  They do depend on the processor; the first lines say which.
"""

import argparse
import resource
import statistics
import subprocess
import sys
from pathlib import Path

import numpy as np

from .libraries import LIBRARIES, installed, use_threads
from .losses import CASES, WIDE, Case
from .optimizers import STEPS, VARIANTS
from .report import machine, table, write
from .timing import PROCESSOR, WALL, peak_bytes, ratio

SEED = 0
SEEN = ("scikit-learn", "SciPy")  # whose memory tracemalloc sees
DOUBLE, SINGLE = "float64", "float32"
LONG = 10**6  # from here on a run takes so long that fewer pairs will do, and threads pay
WIDE_ROWS = 4096
PARAMETERS = (10**3, 10**6)


def agree(case: Case, library: str, ours, theirs, dtype: str = DOUBLE) -> None:
    """Make sure that both compute the same function before comparing their times."""
    digits = 1e-6 if dtype == DOUBLE else 1e-3
    (value, grad), (value_there, grad_there) = ours(), theirs()
    pairs = [("value", value, value_there)]
    if grad is not None:
        pairs.append(("gradient", case.meaning(grad), case.meaning(grad_there)))
    for what, a, b in pairs:
        if not np.allclose(a, b, rtol=digits, atol=digits * float(np.max(np.abs(a)))):
            worst = float(np.max(np.abs(np.subtract(a, b))))
            raise ValueError(f"{case.name}: our {what} and that of {library} differ by {worst:g}")


def times(case, n, libraries, pairs, dtype=DOUBLE, slopes=True, clock=PROCESSOR):
    """Return library ↦ its time over ours."""
    y, p = case.data(np.random.default_rng(SEED), n, dtype)
    ours, found = case.ours(y, p, slopes), {}
    pairs = pairs if n < LONG else max(1, pairs // 3)
    for library in filter(case.peers.__contains__, libraries):
        theirs = case.peers[library](y, p, slopes)
        if theirs is not None:
            agree(case, library, ours, theirs, dtype)
            found[library] = ratio(ours, theirs, pairs, clock=clock)
    return found


def memory(case: Case, n: int, libraries) -> dict[str, float]:
    """Return who ↦ the most memory held by a run, arrays made beforehand included.

    The unit is the size of the gradient, so that 1 is the least possible.
    """
    y, p = case.data(np.random.default_rng(SEED), n, DOUBLE)
    prepares = {"lossbook": case.ours}
    prepares |= {name: case.peers[name] for name in libraries if name in {*SEEN} & {*case.peers}}
    return {
        who: peak_bytes(lambda prepare=prepare: prepare(y, p)()) / p.nbytes
        for who, prepare in prepares.items()
    }


def start(libraries, pairs: int) -> dict[str, float]:
    """Return who ↦ the time that its import takes, over that of NumPy."""

    def seconds(module):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    modules = {"lossbook": "lossbook", **{name: LIBRARIES[name] for name in libraries}}
    return {
        who: statistics.median(seconds(module) / seconds("numpy") for _ in range(pairs))
        for who, module in modules.items()
    }


def tables(libraries, sizes, pairs):
    """Yield title, columns and rows of each table."""
    names = list(libraries)
    above = "time over ours (above 1: ours is faster)"
    for n in sizes:
        for what, dtype, slopes in (
            ("value and gradient", DOUBLE, True),
            ("value and gradient", SINGLE, True),
            ("value alone", DOUBLE, False),
        ):
            rows = {case.name: times(case, n, names, pairs, dtype, slopes) for case in CASES}
            yield f"n = {n:,}, {dtype}, {what}, one thread: {above}", names, rows
    if "PyTorch" in names and max(sizes) >= LONG:
        use_threads(2, names)
        rows = {c.name: times(c, max(sizes), ["PyTorch"], pairs, clock=WALL) for c in CASES}
        use_threads(1, names)
        yield f"n = {max(sizes):,}, value and gradient, two threads: {above}", ["PyTorch"], rows
    rows = {WIDE.name: times(WIDE, WIDE_ROWS * 1000, names, pairs)}
    yield f"{WIDE_ROWS} × 1000, value and gradient, one thread: {above}", names, rows
    rows = {case.name: memory(case, max(sizes), names) for case in CASES}
    title = f"n = {max(sizes):,}: peak of memory of a call, in sizes of the gradient"
    yield title, ["lossbook", *(name for name in names if name in SEEN)], rows
    for n in PARAMETERS:
        rows = {
            step.name: {who: ratio(step.run(n), theirs, pairs) for who, theirs in peers.items()}
            for step in STEPS
            if (peers := step.peers(n, names))
        }
        if rows:
            yield f"{n:,} parameters, a step: {above}", [*VARIANTS, "optax"], rows
    rows = {"import": start(names, pairs)}
    yield "time of the import over that of NumPy's", ["lossbook", *names], rows


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the losses.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10**3, 10**5, 10**7], metavar="N")
    parser.add_argument("--pairs", type=int, default=15, help="pairs of runs (default 15)")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the tables as JSON")
    options = parser.parse_args(argv)
    if min(options.sizes) < 1 or options.pairs < 1:
        parser.error("sizes and pairs are positive")
    libraries = installed()
    print("\n".join(machine(libraries)))
    found = []
    for title, columns, rows in tables(libraries, options.sizes, options.pairs):
        print("\n".join(table(title, columns, rows)), flush=True)
        found.append({"title": title, "columns": columns, "rows": rows})
    if options.write:
        write(options.write, libraries, found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
