"""Exercises of the chapter *Stochastic gradient descent*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises import _stochastic_gradient_descent_loop_mistakes as loop_mistakes
from lossbook.exercises import _stochastic_gradient_descent_mistakes as mistakes
from lossbook.exercises.kinds import Kind, choice, whole_number

# --- what the functions are called with --------------------------------------------------------


def _linear_data(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield design matrices and truths of linear models, smallest first."""
    yield np.array([[1.0], [2.0]]), np.array([2.0, 2.0])
    yield np.array([[1.0, 2.0], [0.0, 3.0], [2.0, -1.0]]), np.array([1.0, 0.0, 3.0])
    for n in np.linspace(5, 40, 20).astype(int):
        X = rng.standard_normal((n, int(rng.integers(2, 6))))
        yield X, 3 * rng.standard_normal(n)


def _batches(rng: np.random.Generator) -> Iterator[tuple]:
    for X, y in _linear_data(rng):
        rows = rng.integers(len(y), size=int(rng.integers(2, len(y) + 1)))
        yield rng.standard_normal(X.shape[1]), X, y, rows


def _gradients(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([1.0, 3.0]), 1
    yield np.array([1.0, 3.0]), 2
    yield np.array([0.0, 3.0, 6.0]), 2
    for n in np.linspace(4, 60, 30).astype(int):
        yield 5 * rng.standard_normal(n) + 2, int(rng.integers(1, n + 1))


def _orders(rng: np.random.Generator, n: int, epochs: int) -> np.ndarray:
    return np.array([rng.permutation(n) for _ in range(epochs)])


def _samples_in_order(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield linear models with six samples and more, smallest first.

    The first input is given twice: two samples shuffled anew would often be in the same order.
    """
    yield np.array([[1.0, 2.0, 0.0, 1.0, -1.0, 3.0]]).T, np.array([2.0, 2.0, 1.0, 0.0, 3.0, 1.0])
    yield from ((X, y) for X, y in _linear_data(rng) if len(y) > 5)


def _epochs(rng: np.random.Generator) -> Iterator[tuple]:
    for X, y in _samples_in_order(rng):
        n = len(y)
        lr, size = round(float(rng.uniform(0.01, 0.05)), 3), int(rng.integers(2, n // 2))
        yield X, y, lr, size, _orders(rng, n, 2)
    yield X, y, 0.02, 7, _orders(rng, n, 3)
    yield X, y, 0.02, n, _orders(rng, n, 3)


def _decays(rng: np.random.Generator) -> Iterator[tuple]:
    for X, y in _samples_in_order(rng):
        n = len(y)
        lr, every = round(float(rng.uniform(0.02, 0.06)), 3), int(rng.integers(2, 12))
        yield X, y, lr, every, _orders(rng, n, 2)


# --- the gradient of a batch -------------------------------------------------------------------


def batch_gradient(w, X, y, rows):
    """Return the gradient of the mean squared error on some of the samples."""
    r = X[rows] @ w - y[rows]
    return 2 * X[rows].T @ r / len(rows)


register(
    Exercise(
        "sgd.batch_gradient",
        kind=Kind(
            "gradient of a batch",
            ("w", "X", "y", "rows"),
            "an array of the shape of w",
            _batches,
            "linear models X w with 2 to 40 samples and batches of 2 and more, some samples "
            "drawn twice",
            "the exact derivative",
            mistakes.BATCH_GRADIENT,
        ),
        reference=batch_gradient,
        title="The gradient of the mean squared error of a batch",
        hints=(
            "`X[rows]` and `y[rows]` are a data set of their own, a small one.",
            "The gradient of a mean squared error is 2 Xᵀ(X w − y) / n. How many samples are "
            "averaged here?",
            "`r = X[rows] @ w - y[rows]`, then `2 * X[rows].T @ r / len(rows)`.",
        ),
    )
)

# --- its noise ---------------------------------------------------------------------------------


def batch_variance(grads, b):
    """Return the variance of the mean of b of n numbers, drawn without replacement."""
    n = len(grads)
    return np.var(grads) / b * (n - b) / (n - 1)


register(
    Exercise(
        "sgd.batch_variance",
        kind=Kind(
            "variance of a batch's gradient",
            ("grads", "b"),
            "one number",
            _gradients,
            "sets of 2 to 60 gradients, batches from a single sample to all",
            "the variance over all batches",
            mistakes.BATCH_VARIANCE,
        ),
        reference=batch_variance,
        title="The variance of the mean of b gradients, drawn without replacement",
        hints=(
            "What must come out for a batch of all n samples?",
            "σ²/b, with σ² = `np.var(grads)`, would be right with replacement. Which factor "
            "corrects it?",
            "The factor is (n − b)/(n − 1): 1 for a single sample, 0 for all.",
        ),
        level=2,
    )
)

# --- the noise floor ---------------------------------------------------------------------------


def calm_enough():
    """Return the smallest batch for which the floor η σ²/(b λ (2 − η λ)) is at most 1."""
    lr, curvature, sigma = 0.1, 2, 40
    return np.ceil(lr * sigma**2 / (curvature * (2 - lr * curvature)))


register(
    Exercise(
        "sgd.batch_size",
        kind=whole_number,
        reference=calm_enough,
        title="The smallest batch with a scatter of at most 1 on a quadratic",
        hints=(
            "The noise floor is a variance, ησ²/(bλ(2 − ηλ)). Which variance has a standard "
            "deviation of 1?",
            "Set it to 1 and solve for b.",
            "b = ησ²/(λ(2 − ηλ)) = 160 / (2 · 1.8), rounded up.",
        ),
        level=2,
        mistakes=mistakes.BATCH_SIZE,
    )
)

# --- the loops ---------------------------------------------------------------------------------


def epochs_of_batches(X, y, lr, batch_size, orders):
    """Return the least-squares parameters after some epochs of batches, from zero."""
    w = np.zeros(X.shape[1])
    for order in orders:
        for start in range(0, len(order), batch_size):
            rows = order[start : start + batch_size]
            share = len(rows) / batch_size
            grad = 2 * X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)
            w = w - lr * share * grad
    return w


register(
    Exercise(
        "sgd.epochs",
        kind=Kind(
            "training loop",
            ("X", "y", "lr", "batch_size", "orders"),
            "the parameters after the last step, an array with one number per column of X",
            _epochs,
            "linear models with 6 to 40 samples, 2 or 3 epochs, last batches full and not full",
            "the same loop",
            loop_mistakes.EPOCHS,
            rtol=1e-5,
        ),
        reference=epochs_of_batches,
        title="Epochs of mini-batches in given orders, from w = 0",
        hints=(
            "Two loops, one in the other: over the rows of `orders`, and over the starts of the "
            "batches.",
            "`range(0, n, batch_size)` gives the starts, `order[start : start + batch_size]` the "
            "positions; at the end the slice is shorter by itself.",
            "The step is `lr * len(rows) / batch_size` times the mean gradient of the batch.",
        ),
        level=3,
    )
)


def shrinking_steps(X, y, lr, every, orders):
    """Return the least-squares parameters after steps on one sample each that shrink like 1/t."""
    w, t = np.zeros(X.shape[1]), 0
    for order in orders:
        for i in order:
            grad = 2 * (X[i] @ w - y[i]) * X[i]
            w = w - lr / (1 + t / every) * grad
            t = t + 1
    return w


register(
    Exercise(
        "sgd.decay",
        kind=Kind(
            "training loop",
            ("X", "y", "lr", "every", "orders"),
            "the parameters after the last step, an array with one number per column of X",
            _decays,
            "linear models with 6 to 40 samples, 2 epochs, steps that halve after 2 to 11",
            "the same loop",
            loop_mistakes.DECAY,
            rtol=1e-5,
        ),
        reference=shrinking_steps,
        title="One sample a step, with a learning rate that shrinks like 1/t",
        hints=(
            "You need a counter that lives outside both loops.",
            "In each turn: the gradient of one sample, the step with the learning rate of this t, "
            "then t + 1.",
            "`w = w - lr / (1 + t / every) * 2 * (X[i] @ w - y[i]) * X[i]`, then `t = t + 1`.",
        ),
        level=3,
    )
)

# --- diagnosis ---------------------------------------------------------------------------------


def who_forgot_to_shuffle():
    """Return the run that swings once an epoch."""
    return "C"


register(
    Exercise(
        "sgd.diagnose",
        kind=choice,
        reference=who_forgot_to_shuffle,
        title="The run on samples in sorted order",
        options=("A", "B", "C", "D"),
        hints=(
            "Each run is shown for two epochs, four numbers each. Which one repeats itself?",
            "In sorted order the last patients of an epoch are the sickest. Where is the "
            "prediction then, and where half an epoch later?",
        ),
        level=2,
        mistakes=mistakes.DIAGNOSE,
    )
)
