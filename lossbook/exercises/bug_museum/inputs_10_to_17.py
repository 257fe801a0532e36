"""What the repairs of rooms 10 to 17 of *The bug museum* are tried on, smallest first."""

from collections.abc import Iterator

import numpy as np


def residuals(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield residuals with some far out, and a threshold."""
    yield np.array([-3.0]), 1.0
    yield np.array([-3.0, 0.0, 0.5, 1.0, -1.0, 40.0]), 1.0
    for n in np.linspace(1, 20, 24).astype(int):
        yield 3 * rng.standard_normal(n), round(float(rng.uniform(0.2, 4)), 2)


def weighted(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield truths, predictions and weights, of which one at least is not zero."""
    yield np.array([1.0]), np.array([2.0]), np.array([4.0])
    yield np.zeros(3), np.ones(3), np.array([1.0, 0.0, 5.0])
    yield np.zeros(2), np.array([1.0, 3.0]), np.array([0.1, 0.05])  # shares may sum to less than 1
    for n in np.linspace(2, 20, 24).astype(int):
        y, p = rng.standard_normal((2, n))
        weights = rng.integers(0, 5, n) * rng.uniform(0.1, 50)
        yield y, p, weights + (np.arange(n) == 0)  # one at least counts


def half_labelled(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield weights, rows and labels of which some, all or none are −100."""
    yield np.array([0.0]), np.array([[2.0]]), np.array([1])
    yield np.array([0.0]), np.array([[2.0], [1.0]]), np.array([-100, -100])
    for n in np.linspace(2, 20, 24).astype(int):
        X = rng.standard_normal((n, int(rng.integers(1, 5))))
        y = rng.choice([0, 1, -100], n)
        y[:2] = rng.integers(0, 2), rng.choice([0, -100])
        yield rng.standard_normal(X.shape[1]), X, np.where(n % 5 == 0, -100, y)
    X = np.array([[1.0, 2.0], [np.inf, 1.0], [0.0, 1.0]])
    yield np.ones(2), X, np.array([1, 0, -100])  # the gradient is infinite, rightly
    yield np.ones(1), np.array([[np.nan], [1.0]]), np.array([1, 0])  # and here rightly NaN


def roots(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield numbers, some of them not positive, and what comes down to their roots."""
    yield np.array([0.0]), np.array([1.0])
    yield np.array([1e-20]), np.array([2.0])
    yield np.array([4.0, 0.0, -1.0]), np.array([1.0, 1.0, 1.0])
    yield np.array([4.0, 1.0, 0.0]), np.array([np.inf, 1.0, 3.0])
    yield np.array([4.0, 1.0, 0.0]), np.array([np.nan, 1.0, 3.0])
    for n in np.linspace(2, 15, 24).astype(int):
        x = np.maximum(rng.standard_normal(n), rng.choice([-9.0, 0.0], n))
        yield x, rng.standard_normal(n)


def trainings(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield rows whose features have means other than zero, a rate, and few steps."""
    yield np.array([[1.0], [3.0]]), np.array([0.0, 4.0]), 0.1, 1
    yield np.array([[1.0], [3.0]]), np.array([0.0, 4.0]), 0.1, 2
    for n in np.linspace(3, 20, 24).astype(int):
        X = rng.standard_normal((n, int(rng.integers(1, 4)))) + rng.uniform(1, 3)
        lr = round(float(rng.uniform(0.01, 0.1)), 2)
        yield X, 5 + 2 * rng.standard_normal(n), lr, int(rng.integers(1, 9))


def gradients(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield the gradients of a run, a row each, and a rate."""
    yield np.array([[2.0]]), 0.1
    yield np.array([[2.0], [-1.0]]), 0.1
    yield np.array([[1e-7], [2e-7], [1e-7]]), 0.1
    for steps in np.linspace(2, 30, 24).astype(int):
        mean = rng.uniform(-2, 2, int(rng.integers(1, 4)))
        lr = round(float(rng.uniform(0.01, 0.5)), 2)
        yield mean + rng.standard_normal((steps, len(mean))), lr


def splits(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield features, labels, which rows are trained on, and how many features to take."""
    for n in [8, *np.linspace(9, 40, 24).astype(int)]:
        d = 2 if n == 8 else int(rng.integers(4, 30))
        X = rng.standard_normal((n, d)) * rng.uniform(0.2, 5, d) + rng.uniform(-2, 2, d)
        train = rng.permutation(n) < n // 2 + 1
        yield X, rng.choice([-1, 1], n), train, 1 if n == 8 else int(rng.integers(1, 4))


def networks(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield rows, truths, both layers, a probability and a seed."""
    one = np.array([[1.0]])
    yield np.array([[2.0]]), np.array([1.0]), one, np.array([1.0]), 0.5, 1
    for n in np.linspace(2, 15, 24).astype(int):
        X, W = rng.standard_normal((n, 2)), rng.standard_normal((2, 5))
        p = round(float(rng.uniform(0.2, 0.7)), 2)
        yield X, rng.standard_normal(n), W, rng.standard_normal(5), p, int(rng.integers(1, 99))
