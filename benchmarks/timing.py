"""Compare two functions by pairs of runs, and weigh what one allocates.

Absolute times say more about the machine than about the code, and they drift while a machine
warms up or others use it.  Both runs of a pair meet the same moment, and the median of the
pairs' ratios forgives the pairs that were disturbed.
"""

import statistics
import time
import tracemalloc
from collections.abc import Callable

__all__ = ["PROCESSOR", "WALL", "peak_bytes", "ratio"]

Run = Callable[[], object]

# What all threads of this process use: other programs do not count, and hidden threads do.
PROCESSOR = time.process_time
# What passes on the wall: the one to take when several threads are to be worth it.
WALL = time.perf_counter


def ratio(
    ours: Run, theirs: Run, pairs: int = 15, least: float = 2e-3, clock: Callable = PROCESSOR
) -> float:
    """Return how many times longer `theirs` takes than `ours`: the median over pairs of runs.

    Parameters
    ----------
    ours, theirs : callable
        Take no argument.
    pairs : int
        How many pairs to run; every other one begins with `theirs`.
    least : float
        Seconds that one measurement should last: short functions are repeated within it.
    clock : callable
        PROCESSOR or WALL.

    Returns
    -------
    float
        Above 1 where ours is faster.
    """
    repeats = {run: _repeats(run, least, clock) for run in (ours, theirs)}
    ratios = []
    for pair in range(pairs):
        order = (ours, theirs) if pair % 2 else (theirs, ours)
        seconds = {run: _seconds(run, repeats[run], clock) for run in order}
        ratios.append(seconds[theirs] / seconds[ours])
    return statistics.median(ratios)


def peak_bytes(run: Run) -> int:
    """Return the most memory that a call holds at once beyond what was held before.

    NumPy reports its arrays to `tracemalloc`; what other libraries allocate is not seen.
    """
    run()  # what is made once, on the first call, does not count
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _seconds(run: Run, repeats: int, clock: Callable) -> float:
    start = clock()
    for _ in range(repeats):
        run()
    return max(clock() - start, 1e-9) / repeats


def _repeats(run: Run, least: float, clock: Callable) -> int:
    """Return how often to call so that a measurement lasts, judging by the best of a few calls."""
    run()  # warms up
    best = _seconds(run, 1, clock)
    if best < least:
        best = min(_seconds(run, 1, clock) for _ in range(5))
    return max(1, round(least / max(best, 1e-7)))
