"""Exercises of the chapter *Learning rates*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises import _learning_rates_cosine_mistakes as cosine_mistakes
from lossbook.exercises import _learning_rates_loop_mistakes as loop_mistakes
from lossbook.exercises import _learning_rates_mistakes as mistakes
from lossbook.exercises._learning_rates_range_mistakes import RANGE
from lossbook.exercises.kinds import Kind

# --- the largest rate that works ---------------------------------------------------------------


def _candidates(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([0.3, 0.6]), np.array([4.0])
    yield np.array([0.1, 0.5, 0.4]), np.array([4.0, 1.0])  # 0.5 is the limit itself
    yield np.array([3.0, 1.0]), np.array([5.0, 0.5])
    for k in np.linspace(2, 12, 30).astype(int):
        curvatures = 10 ** rng.uniform(-1, 2, int(rng.integers(1, 6)))
        limit = 2 / curvatures.max()
        yield limit * 10 ** rng.uniform(-1, 0.6, k), curvatures


def largest(candidates, curvatures):
    """Return the largest candidate below 2/λ, λ the largest curvature, or 0."""
    stable = candidates[candidates < 2 / np.max(curvatures)]
    return stable.max() if len(stable) else 0.0


register(
    Exercise(
        "rates.largest",
        kind=Kind(
            "choice of a learning rate",
            ("candidates", "curvatures"),
            "one number",
            _candidates,
            "sets of 2 to 12 candidates in any order with 1 to 5 curvatures, also with none stable "
            "and with one at the limit",
            "the rule",
            mistakes.LARGEST,
        ),
        reference=largest,
        title="The largest of several learning rates that is stable on a quadratic",
        hints=(
            "Which of the directions explodes first?",
            "The limit is 2 divided by the largest curvature; at the limit itself descent hops for "
            "ever. Keep the candidates below.",
            "`stable = candidates[candidates < 2 / np.max(curvatures)]`, then its maximum, or 0.0 "
            "if it is empty.",
        ),
    )
)

# --- a rate moves ------------------------------------------------------------------------------


def _moves(rng: np.random.Generator) -> Iterator[tuple]:
    yield 0.1, 10, 1.0
    yield 0.1, 1, 2.0
    yield 0.5, 32, 10.0
    for _ in range(20):
        c = round(float(10 ** rng.uniform(-1, 1)), 2)
        yield round(float(rng.uniform(0.01, 0.9)), 3), int(rng.integers(2, 300)), c


def moved(lr, n, c):
    """Return the learning rate for a sum over n samples whose features are c times as large."""
    return lr / (n * c**2)


register(
    Exercise(
        "rates.moved",
        kind=Kind(
            "learning rate",
            ("lr", "n", "c"),
            "one number",
            _moves,
            "changes with batches of 1 to 300 samples and features multiplied by 0.1 to 10",
            "the rate that keeps every step",
            mistakes.MOVED,
        ),
        reference=moved,
        title="The learning rate after a change from mean to sum, and of the features' unit",
        hints=(
            "Two changes, two factors. How much longer does the first make the gradient?",
            "A sum is n times the mean. Features c times as large need weights c times as small, "
            "and have gradients c times as large: the step has to shrink by both.",
            "Divide by n for the sum, and by c² for the features.",
        ),
    )
)

# --- inverse time ------------------------------------------------------------------------------


def _best_rates(rng: np.random.Generator) -> Iterator[tuple]:
    yield 0.5, 2.0, 3
    yield 1.0, 1.0, 1
    for steps in np.linspace(2, 40, 24).astype(int):
        lr, curvature = rng.uniform(0.05, 0.9), 10 ** rng.uniform(-1, 1)
        yield round(float(lr), 3), round(float(curvature), 2), int(steps)


def best_rates(lr, curvature, steps):
    """Return rates whose reciprocals grow by the curvature in every step."""
    return 1 / (1 / lr + curvature * np.arange(steps))


register(
    Exercise(
        "rates.inverse",
        kind=Kind(
            "learning rates of a schedule",
            ("lr", "curvature", "steps"),
            "an array of shape (steps,)",
            _best_rates,
            "schedules of 1 to 40 steps",
            "the formula",
            mistakes.INVERSE,
        ),
        reference=best_rates,
        title="The best learning rates on a noisy parabola",
        hints=(
            "What are the reciprocals of the rates? Write down the first three.",
            "1/lr, 1/lr + λ, 1/lr + 2λ, … : `np.arange(steps)` counts them.",
            "`1 / (1 / lr + curvature * np.arange(steps))`",
        ),
        level=2,
    )
)

# --- cosine with warm-up -----------------------------------------------------------------------


def _clocks(rng: np.random.Generator) -> Iterator[tuple]:
    yield 0, 1.0, 3, 10
    yield 2, 1.0, 3, 10
    yield 3, 1.0, 3, 10
    yield 10, 1.0, 3, 10
    yield 14, 1.0, 3, 10
    yield 0, 0.5, 0, 4
    yield 2, 0.5, 0, 4
    for _ in range(40):
        warm = int(rng.integers(0, 12))
        steps = warm + int(rng.integers(2, 40))
        yield int(rng.integers(0, steps + 6)), round(float(rng.uniform(0.05, 2)), 2), warm, steps


def warm_cosine(step, lr, warm, steps):
    """Return the rate after a climb along a line and part of half a cosine."""
    if step < warm:
        return lr * (step + 1) / (warm + 1)
    share = min((step - warm) / (steps - warm), 1)
    return lr * (1 + np.cos(np.pi * share)) / 2


register(
    Exercise(
        "rates.warm_cosine",
        kind=Kind(
            "learning rate of a schedule",
            ("step", "lr", "warm", "steps"),
            "one number",
            _clocks,
            "steps, first, middle, last and beyond the end, with warm-up and without",
            "the formula",
            cosine_mistakes.WARM_COSINE,
        ),
        reference=warm_cosine,
        title="The rate of one step of a cosine schedule with warm-up",
        hints=(
            "There are three stretches: the climb, the half wave, and after the end. Begin with an "
            "`if` for the climb.",
            "In the half wave, which share of it has passed? It is 0 at step `warm` and 1 at step "
            "`steps`, and never more.",
            "`share = min((step - warm) / (steps - warm), 1)`, then "
            "`lr * (1 + np.cos(np.pi * share)) / 2`.",
        ),
        level=2,
    )
)

# --- a loop with a line ------------------------------------------------------------------------


def _loops(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([[1.0], [2.0]]), np.array([2.0, 2.0]), 0.1, 1, np.array([[0, 1]])
    yield np.array([[1.0], [2.0]]), np.array([2.0, 2.0]), 0.1, 1, np.array([[1, 0], [0, 1]])
    for _ in range(24):
        size, count, d = (int(rng.integers(low, 6)) for low in (2, 2, 1))
        X = rng.standard_normal((size * count, d))
        orders = [rng.permutation(size * count) for _ in range(int(rng.integers(2, 4)))]
        lr = round(float(rng.uniform(0.02, 0.12)), 3)
        yield X, 3 * rng.standard_normal(size * count), lr, size, np.array(orders)


def loop_with_line(X, y, lr, batch_size, orders):
    """Return the least-squares parameters after batches with a rate that falls to 0."""
    w, t, total = np.zeros(X.shape[1]), 0, orders.size // batch_size
    for order in orders:
        for start in range(0, len(order), batch_size):
            i = order[start : start + batch_size]
            grad = 2 * X[i].T @ (X[i] @ w - y[i]) / batch_size
            w = w - lr * (1 - t / total) * grad
            t = t + 1
    return w


register(
    Exercise(
        "rates.loop",
        kind=Kind(
            "training loop",
            ("X", "y", "lr", "batch_size", "orders"),
            "the parameters after the last step, an array with one number per column of X",
            _loops,
            "linear models with 2 to 25 samples, 1 to 3 epochs of 2 to 5 batches",
            "the same loop",
            loop_mistakes.LOOP,
            rtol=1e-5,
        ),
        reference=loop_with_line,
        title="A training loop whose learning rate falls along a line, step by step",
        hints=(
            "How many steps are there in all, over all epochs? And where must the counter live so "
            "that it is not set back?",
            "`orders.size // batch_size` steps. Two loops, and a `t` that is made before both and "
            "grows by 1 after every step.",
            "The step is `w = w - lr * (1 - t / total) * grad`, with the mean gradient of the "
            "batch; then `t = t + 1`.",
        ),
        level=3,
    )
)

# --- a range test ------------------------------------------------------------------------------


def _tests(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([0.5, 5.0]), np.array([2.0, 1.0, 3.0])
    yield np.array([0.1, 1.0, 10.0]), np.array([3.0, 2.9, 1.0, 2.0])
    yield np.array([0.1, 1.0, 10.0]), np.array([3.0, 1.5, 1.4, 9.0])
    yield np.array([0.1, 1.0, 10.0]), np.array([2.0, 1.2, 0.5, 0.9])  # 0.8 off, then 58 % off
    yield np.array([0.01, 0.1, 1.0, 10.0]), np.array([2.0, 1.0, 0.2, 0.01, 0.3])
    yield np.array([0.01, 0.1, 1.0, 10.0]), np.array([3.0, 2.8, 3.5, 2.0, 2.5])
    yield 10.0 ** np.arange(-3, 2), np.array([3.0, 2.0, 3.5, 2.6, 1.9, 2.2])
    for k in np.linspace(4, 30, 24).astype(int):
        down = np.cumsum(rng.uniform(-0.2, 1.0, k)) / k
        turn = int(rng.integers(2, k - 1))
        losses = 4 - np.append(0, down) + 3 * np.maximum(np.arange(k + 1) - turn, 0) ** 1.5 / k
        losses[0] = max(losses[0], losses.min() + 0.1)
        if turn < k - 3:
            losses[-1] = losses.min() + 0.05  # a late fall that does not count
        yield np.geomspace(1e-4, 10, k), np.round(losses, 6)


def read_range_test(rates, losses):
    """Return the rate of the largest fall up to the least loss, and the rate that led to it."""
    least = np.argmin(losses)
    falls = -np.diff(losses[: least + 1])
    return rates[np.argmax(falls)], rates[least - 1]


register(
    Exercise(
        "rates.range_test",
        kind=Kind(
            "reading of a range test",
            ("rates", "losses"),
            "",
            _tests,
            "range tests of 2 to 30 steps, some with a fall after the least loss",
            "the definition",
        ).parts("steepest", "largest"),
        reference=read_range_test,
        title="Steepest and largest learning rate of a range test",
        hints=(
            "`losses` has one entry more than `rates`. Which rate led to `losses[j]`?",
            "`np.argmin(losses)` finds the least loss, and the rate with the index one less led to "
            "it. `np.diff` gives the changes of the loss, one for every step.",
            "Cut the losses after the least one, take `-np.diff` of them, and the index of its "
            "maximum.",
        ),
        level=2,
        mistakes=RANGE,
    )
)
