"""Exercises of the chapter *More than one machine*."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises import _distributed_cost_mistakes as cost_mistakes
from lossbook.exercises import _distributed_mistakes as mistakes
from lossbook.exercises.kinds import Kind, number

# --- what the functions are called with --------------------------------------------------------


def _shares(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield counts and means of two shares, some of them empty."""
    nothing = np.zeros(1)
    yield 1, np.array([2.0]), 2, np.array([5.0])
    yield 3, np.array([4.0]), 0, nothing
    yield 0, nothing, 3, np.array([4.0])
    yield 0, nothing, 0, nothing
    for n in np.linspace(1, 60, 20).astype(int):
        d, m = int(rng.integers(1, 6)), int(rng.integers(0, 40))
        b = 5 * rng.standard_normal(d) if m else np.zeros(d)
        yield int(n), 5 * rng.standard_normal(d), m, b


def _steps(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([1.0]), np.array([[6.0]]), np.array([2]), np.array([4]), 0.1
    yield np.array([1.0]), np.array([[2.0], [6.0]]), np.array([1, 3]), np.array([4, 3]), 0.1
    for k in np.linspace(1, 10, 24).astype(int):
        sizes = rng.integers(3, 60, k)
        batches = np.array([rng.integers(1, size) for size in sizes])
        d = int(rng.integers(1, 6))
        sums = 5 * rng.standard_normal((k, d))
        yield rng.standard_normal(d), sums, batches, sizes, round(float(rng.uniform(0.01, 0.9)), 2)


def _loops(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([[1.0], [2.0]]), np.array([2.0, 2.0]), np.array([1, 1]), 0.1, 1, 2
    X, y = np.array([[1.0, 0.0], [2.0, 1.0], [0.0, 3.0]]), np.array([1.0, 0.0, 3.0])
    yield X, y, np.array([1, 2]), 0.05, 2, 2
    for k in (1, 2, 2, 3, 3, 4, 5, 5):
        sizes = rng.integers(2, 12, k)
        X = rng.standard_normal((sizes.sum(), int(rng.integers(2, 5))))
        y = 3 * rng.standard_normal(len(X))
        lr = round(float(rng.uniform(0.01, 0.05)), 3)
        yield X, y, sizes, lr, int(rng.integers(2, 5)), int(rng.integers(2, 6))


def _prices(rng: np.random.Generator) -> Iterator[tuple]:
    yield 8.0, 1.0, 0.5, 2
    yield 9.0, 0.5, 0.01, 30
    for _ in range(20):
        alone, latency, task = np.round(10 ** rng.uniform((-2, -3, -4), (3, 0, -1)), 5).tolist()
        yield alone, latency, task, int(rng.integers(1, 200))


# --- the exact gradient ------------------------------------------------------------------------


def merge(n_a, mean_a, n_b, mean_b):
    """Return count and mean over the samples of two shares."""
    n = n_a + n_b
    if n == 0:
        return 0, np.zeros(len(mean_a))
    return n, (n_a * mean_a + n_b * mean_b) / n


register(
    Exercise(
        "distributed.merge",
        kind=replace(
            Kind(
                "merge of two shares",
                ("n_a", "mean_a", "n_b", "mean_b"),
                "",
                _shares,
                "pairs of shares of 0 to 60 samples, also of two empty ones",
                "count and mean of all samples",
            ).parts("count", "mean"),
            mistakes=mistakes.MERGE,
        ),
        reference=merge,
        title="Two shares, each a count and a mean, as one",
        hints=(
            "What is the sum of the gradients of all samples, if you know a count and a mean of "
            "each share?",
            "Count times mean, added up, over the count of both. What if that is 0?",
            "Where `n_a + n_b` is 0, return 0 and zeros like `mean_a`; else "
            "`(n_a * mean_a + n_b * mean_b) / n`, and `n` with it.",
        ),
    )
)


def synchronous_step(w, sums, batches, sizes, lr):
    """Return the parameters after a step against the weighted mean of the batches' means."""
    share = sizes / np.sum(sizes)
    return w - lr * (share / batches) @ sums


register(
    Exercise(
        "distributed.sync_step",
        kind=Kind(
            "synchronous step",
            ("w", "sums", "batches", "sizes", "lr"),
            "the new parameters, an array of the shape of w",
            _steps,
            "steps with 1 to 10 partitions of 3 to 60 samples, batches of different sizes",
            "the unbiased step",
            mistakes.SYNC_STEP,
        ),
        reference=synchronous_step,
        title="One step of synchronous SGD with unequal partitions and batches",
        level=2,
        hints=(
            "What does a partition's batch estimate, and by what does that count in the whole?",
            "The mean over a batch estimates the mean gradient of its partition, which counts by "
            "its share of all samples.",
            "Row c of `sums`, over `batches[c]`, times `sizes[c] / sizes.sum()`; added over c.",
        ),
    )
)

# --- local SGD ---------------------------------------------------------------------------------


def local_descent(X, y, sizes, lr, rounds, steps):
    """Return the parameters after rounds of local descent on the mean squared error."""
    w, cuts = np.zeros(X.shape[1]), np.cumsum(sizes)[:-1]
    parts = list(zip(np.split(X, cuts), np.split(y, cuts), strict=True))
    for _ in range(rounds):
        ends = []
        for A, b in parts:
            v = w
            for _ in range(steps):
                v = v - lr * 2 * A.T @ (A @ v - b) / len(b)
            ends.append(v)
        w = np.average(ends, axis=0, weights=sizes)
    return w


register(
    Exercise(
        "distributed.local",
        kind=Kind(
            "training loop",
            ("X", "y", "sizes", "lr", "rounds", "steps"),
            "the parameters after the last round, an array with one number per column of X",
            _loops,
            "linear models on 1 to 5 machines, with up to 4 rounds of up to 5 local steps",
            "the same loop",
            mistakes.LOCAL,
            rtol=1e-5,
        ),
        reference=local_descent,
        title="Local SGD on the mean squared error of X w, from w = 0",
        level=3,
        hints=(
            "Three loops: over rounds, over machines, over the steps of a machine. Where does "
            "each machine start?",
            "`np.split(X, np.cumsum(sizes)[:-1])` cuts the rows. In a round, give every machine "
            "the same `w`, and collect where they end.",
            "A machine's step is `v = v - lr * 2 * A.T @ (A @ v - b) / len(b)`; the round ends "
            "with `np.average(ends, axis=0, weights=sizes)`.",
        ),
    )
)

# --- what it costs -----------------------------------------------------------------------------


def traffic():
    """Return the gigabytes that local SGD moves, to the workers and back."""
    return 8 * 250_000 * 2 * 16 * (6000 / 20) / 1e9


register(
    Exercise(
        "distributed.traffic",
        kind=number,
        reference=traffic,
        title="The gigabytes that travel in a run of local SGD",
        hints=(
            "How many rounds are there, and what travels in one?",
            "In a round each of 16 workers gets the parameters and sends its own back.",
            "8 · 250,000 bytes, twice, 16 times, in 300 rounds.",
        ),
        mistakes=cost_mistakes.TRAFFIC,
    )
)


def speedup(alone, latency, task, workers):
    """Return the time alone over the time on a cluster."""
    return alone / (latency + task * workers + alone / workers)


register(
    Exercise(
        "distributed.speedup",
        kind=Kind(
            "speedup",
            ("alone", "latency", "task", "workers"),
            "one number",
            _prices,
            "sets of prices, with 1 to 199 workers",
            "the cost model",
            cost_mistakes.SPEEDUP,
        ),
        reference=speedup,
        title="The speedup of a cluster from its prices",
        level=2,
        hints=(
            "Which of the three times is divided by the workers, and which is multiplied?",
            "The cluster needs latency, `workers` tasks, and the computing over the workers.",
            "`alone / (latency + task * workers + alone / workers)`.",
        ),
    )
)


def best_workers():
    """Return where 0.5 + 0.01 W + 9 / W is least."""
    return np.sqrt(9 / 0.01)


register(
    Exercise(
        "distributed.best_workers",
        kind=number,
        reference=best_workers,
        title="The number of workers with which a gradient is fastest",
        level=2,
        hints=(
            "Write the seconds as a function of the number of workers.",
            "0.5 + 0.01 W + 9 / W. Where is its slope zero?",
            "0.01 = 9 / W².",
        ),
        mistakes=cost_mistakes.BEST_WORKERS,
    )
)
