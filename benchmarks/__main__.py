"""Print the peers' time over ours, for value and gradient, as a table of ratios.

    python -m benchmarks                       n = 10³, 10⁵, 10⁷
    python -m benchmarks --sizes 1000 --pairs 51

A library that is not installed is left out.  Only ratios are printed: they are all that one
machine can tell another.  They do depend on the processor; the first lines say which.
"""

import argparse
import importlib.metadata
import platform
import sys
from collections.abc import Iterator

import numpy as np

from .losses import CASES, LIBRARIES, Case, installed, prepare_ours
from .timing import peak_bytes, ratio

SEED = 0
SEEN = ("scikit-learn", "SciPy")  # whose memory tracemalloc sees


def agree(case: Case, library: str, ours, theirs) -> None:
    """Make sure that both compute the same function before comparing their times."""
    for what, a, b in zip(("value", "gradient"), ours(), theirs(), strict=True):
        if not np.allclose(a, b, rtol=1e-6, atol=1e-12):
            worst = float(np.max(np.abs(np.subtract(a, b))))
            raise ValueError(f"{case.name}: our {what} and that of {library} differ by {worst:g}")


def times(case: Case, n: int, libraries, pairs: int) -> dict[str, float]:
    """Return library ↦ its time over ours."""
    y, p = case.data(np.random.default_rng(SEED), n)
    ours, found = prepare_ours(case)(y, p), {}
    for library in filter(case.peers.__contains__, libraries):
        theirs = case.peers[library](y, p)
        agree(case, library, ours, theirs)
        found[library] = ratio(ours, theirs, pairs)
    return found


def memory(case: Case, n: int, libraries) -> dict[str, float]:
    """Return who ↦ the most memory held by a run, arrays made beforehand included.

    The unit is the size of the gradient, so that 1 is the least possible.
    """
    y, p = case.data(np.random.default_rng(SEED), n)
    prepares = {"lossbook": prepare_ours(case)}
    prepares |= {name: case.peers[name] for name in libraries if name in {*SEEN} & {*case.peers}}
    return {
        who: peak_bytes(lambda prepare=prepare: prepare(y, p)()) / p.nbytes
        for who, prepare in prepares.items()
    }


def table(title: str, columns: list[str], rows: dict[str, dict[str, float]]) -> Iterator[str]:
    """Yield the lines of a table; what is missing is a dash."""
    left = max(map(len, rows)) + 2
    yield f"\n{title}\n"
    yield " " * left + "".join(f"{column:>14}" for column in columns)
    for name, found in rows.items():
        cells = (f"{found[c]:.2f}" if c in found else "–" for c in columns)
        yield f"{name:<{left}}" + "".join(f"{cell:>14}" for cell in cells)


def machine(libraries: dict[str, str]) -> Iterator[str]:
    """Yield what the ratios depend on: the processor's class and the versions."""
    features = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    wide = any("AVX512" in feature or feature == "X86_V4" for feature in features)
    yield f"processor: {platform.machine()}, NumPy {'with' if wide else 'without'} AVX-512"
    own = {"lossbook": importlib.metadata.version("lossbook"), "NumPy": np.__version__}
    yield ", ".join(f"{name} {version}" for name, version in {**own, **libraries}.items())
    missing = [name for name in LIBRARIES if name not in libraries]
    if missing:
        yield f"not installed: {', '.join(missing)}"


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the losses.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10**3, 10**5, 10**7], metavar="N")
    parser.add_argument("--pairs", type=int, default=15, help="pairs of runs (default 15)")
    options = parser.parse_args(argv)
    if min(options.sizes) < 1 or options.pairs < 1:
        parser.error("sizes and pairs are positive")
    libraries = installed()
    columns = list(libraries)
    print("\n".join(machine(libraries)))
    for n in options.sizes:
        rows = {case.name: times(case, n, columns, options.pairs) for case in CASES}
        title = (
            f"n = {n:,}: time over ours, value and gradient, one thread (above 1: ours is faster)"
        )
        print("\n".join(table(title, columns, rows)), flush=True)
    largest = max(options.sizes)
    rows = {case.name: memory(case, largest, columns) for case in CASES}
    title = f"n = {largest:,}: peak of memory of a call, in sizes of the gradient"
    shown = ["lossbook", *(name for name in columns if name in SEEN)]
    print("\n".join(table(title, shown, rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
