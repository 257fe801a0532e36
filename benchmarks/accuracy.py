"""Count the points at which libraries lose digits: the table "who fails where".

    python -m benchmarks.accuracy                     prints it
    python -m benchmarks.accuracy --write FOLDER      writes accuracy.csv and what it was made with

Exact values come from the losses' own SymPy formulas with 50 digits and more.  Every number is
a count or a multiple of eps of float64, so that the table is the same on every machine,
but for the last digits of a processor's exponentials.
"""

import argparse
import csv
import datetime
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import mpmath
import numpy as np

from lossbook import symbolic

from .contests import CONTESTS, Contest
from .libraries import LIBRARIES, installed
from .report import processor, versions
from .rivals import Rival

SEED = 0
TIGHT = 4.0
DIGITS = 60
EPS, TINY = float(np.finfo(float).eps), float(np.finfo(float).smallest_normal)


@dataclass(frozen=True)
class Count:
    """How a call did: a point is counted once, by the worst that can be said of it.

    `worst_eps` is the largest error of a result that is finite and not 0 by mistake, in
    units of eps times the larger of the exact value and the smallest normal number.
    """

    loss: str
    library: str
    call: str
    quantity: str
    points: int
    not_finite: int
    zero: int
    off: int
    worst_eps: float


def exact_results(contest: Contest, y, p):
    """Return the exact values, and the exact slopes as a flat list."""
    value, slope = (symbolic.to_function(contest.loss, order) for order in (0, 1))
    numbers = [contest.loss._numbers(a, b) for a, b in zip(y, p, strict=True)]
    slopes = []
    for at in numbers:
        one = slope(*at)
        slopes += list(one) if hasattr(one, "rows") else [one]
    return [value(*at) for at in numbers], slopes


def own_definition(rival: Rival, y, p):
    """Return the exact values and slopes of a rival that defines the loss otherwise."""
    values, slopes = [], []
    with mpmath.workdps(DIGITS):
        for a, b in zip(y, p, strict=True):
            value, slope = rival.exact(mpmath, [*map(mpmath.mpf, a)], [*map(mpmath.mpf, b)])
            values.append(value)
            slopes += slope
    return values, slopes


def count(found, exact) -> dict[str, int | float]:
    """Return the numbers of `Count` for results beside the exact ones."""
    tally, worst = {"not_finite": 0, "zero": 0, "off": 0}, 0.0
    with mpmath.workdps(DIGITS):
        for one, wanted in zip(np.ravel(found).tolist(), exact, strict=True):
            size = abs(wanted)
            if not np.isfinite(one):
                tally["not_finite"] += size <= sys.float_info.max
            elif one == 0 and size >= TINY:
                tally["zero"] += 1
            else:
                error = float(abs(mpmath.mpf(one) - wanted) / max(size, mpmath.mpf(TINY)) / EPS)
                tally["off"] += error > TIGHT
                worst = max(worst, error)
    return {"points": len(exact), **tally, "worst_eps": float(f"{worst:.3g}")}


def contest_counts(contest: Contest, libraries) -> list[Count]:
    """Return how every rival does whose library there is."""
    y, p = contest.points(np.random.default_rng(SEED))
    exact, counts = exact_results(contest, y, p), []
    for rival in contest.rivals:
        if rival.library in LIBRARIES and rival.library not in libraries:
            continue
        wanted = own_definition(rival, y, p) if rival.exact else exact
        for quantity, found, right in zip(
            ("value", "gradient"), rival.run(y, p), wanted, strict=True
        ):
            if found is not None:
                head = (contest.name, rival.library, rival.call, quantity)
                counts.append(Count(*head, **count(found, right)))
    return counts


def write(folder: Path, counts: list[Count], libraries) -> None:
    """Write the table, and beside it the date and the versions."""
    with (folder / "accuracy.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(asdict(counts[0])), lineterminator="\n")
        table.writeheader()
        table.writerows(map(asdict, counts))
    made = {
        "measured": datetime.date.today().isoformat(),
        "processor": processor(),
        "versions": versions(libraries),
    }
    text = json.dumps(made, ensure_ascii=False, indent=1)
    (folder / "accuracy.json").write_text(text + "\n", encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy", description="Count lost digits."
    )
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="where to write the table")
    options = parser.parse_args(argv)
    libraries = installed()
    missing = [name for name in LIBRARIES if name not in libraries]
    if missing:
        print(f"not installed: {', '.join(missing)}")
    print(f"{'':68}{'points':>8}{'not finite':>12}{'zero':>8}{'off':>8}{'worst eps':>12}")
    counts = []
    for contest in CONTESTS:
        for one in contest_counts(contest, libraries):
            counts.append(one)
            who = f"{one.loss}: {one.library} {one.call}"
            print(
                f"{who[:58]:58} {one.quantity:9}{one.points:8}{one.not_finite:12}"
                f"{one.zero:8}{one.off:8}{one.worst_eps:12.3g}",
                flush=True,
            )
    if options.write:
        write(options.write, counts, libraries)
    return 0


if __name__ == "__main__":
    sys.exit(main())
