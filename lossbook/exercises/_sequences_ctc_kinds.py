"""What the exercises of *Sequences: CTC* are called with."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises.kinds import Kind


def _paths(rng: np.random.Generator) -> Iterator[tuple[np.ndarray]]:
    """Yield paths, the smallest first: blanks only, doubles with and without a blank between."""
    for path in ([0], [2], [0, 0], [1, 1], [1, 0, 1], [2, 2, 2], [0, 2, 2, 1]):
        yield (np.array(path),)
    yield (np.array([3, 0, 3, 3, 0, 0, 1, 3]),)
    for n in np.linspace(3, 40, 24).astype(int):
        yield (rng.integers(0, 4, n) * rng.integers(0, 2, n),)


path_of_classes = Kind(
    "labels of a path",
    ("path",),
    "a list or array of labels, empty if the path has none",
    _paths,
    "paths of 1 to 40 frames over three labels and the blank 0",
    "the definition",
)


def _tables(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield probabilities (T, K) and labels that fit: with doubles and without, and none."""
    yield np.array([[0.75, 0.25]]), np.array([1])
    yield np.array([[0.5, 0.5], [0.25, 0.75]]), np.array([1])
    yield np.array([[0.5, 0.5], [0.25, 0.75]]), np.array([], dtype=int)
    yield np.array([[0.5, 0.5], [0.2, 0.8], [0.6, 0.4]]), np.array([1, 1])
    yield np.array([[0.5, 0.25, 0.25], [0.25, 0.5, 0.25]]), np.array([1, 2])
    yield np.array([[0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.1, 0.2, 0.7]]), np.array([2, 1])
    for labels in ([1, 1], [2], [1, 2, 1], [1, 2, 2], [2, 1], [1, 1, 2], [2, 2], [1, 2], [1]):
        frames = int(rng.integers(4, 6))
        yield rng.dirichlet(np.ones(3), frames), np.array(labels)
    yield rng.dirichlet(np.ones(4), 4), np.array([3, 1])


probabilities_and_labels = Kind(
    "one number for a sequence",
    ("p", "labels"),
    "one number",
    _tables,
    "tables of 1 to 5 frames and 2 to 4 classes, with labels that fit, some of them equal, or none",
    "the definition",
)


def _states(labels) -> np.ndarray:
    states = np.zeros(2 * len(labels) + 1, dtype=int)
    states[1::2] = labels
    return states


def _steps(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield forward sums, the probabilities of the next frame, and the classes of the states."""
    for labels in ([1], [1, 1], [1, 2], [2, 2, 1]):
        S = 2 * len(labels) + 1
        yield np.arange(1.0, S + 1), np.array([0.5, 0.25] * len(labels) + [0.5]), _states(labels)
    for n in np.linspace(1, 12, 20).astype(int):
        states = _states(rng.integers(1, 4, n))
        p = rng.dirichlet(np.ones(4))[states]
        yield rng.uniform(size=len(states)), p, states


next_frame = Kind(
    "forward sums of the next frame",
    ("alpha", "p", "states"),
    "an array of the shape of alpha",
    _steps,
    "lattices of 1 to 12 labels, with and without equal neighbours",
    "the recursion",
)


def longer_tables(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    yield from _tables(rng)
    for n in range(3, 11):
        labels = rng.integers(1, 4, n)
        yield rng.dirichlet(np.ones(4), 3 * n), labels


def _messages(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, ...]]:
    """Yield probabilities (T, K), forward and backward sums (T, S) and classes of the states."""
    for n_classes, labels in ((2, [1]), (2, [1, 1]), (3, [1, 2])):
        yield _sums(rng, n_classes, np.array(labels), len(labels) + 1)
    for n in np.linspace(1, 8, 16).astype(int):
        yield _sums(rng, 4, rng.integers(1, 4, n), 3 * int(n))


def _sums(rng, n_classes, labels, frames):
    states = _states(labels)
    p = rng.dirichlet(np.ones(n_classes), frames)
    forward = _forward(p[:, states], states)
    mirrored = _forward(p[::-1][:, states[::-1]], states[::-1])
    return p, forward, mirrored[::-1, ::-1] / p[:, states], states


def _forward(p, states):
    alpha = np.zeros_like(p)
    alpha[0, :2] = p[0, :2]
    for before, after, here in zip(alpha, alpha[1:], p[1:], strict=False):
        after += before
        after[1:] += before[:-1]
        after[2:] += (states[2:] != states[:-2]) * before[:-2]
        after *= here
    return alpha


gradient_by_logits = Kind(
    "gradient of the CTC loss with respect to the logits",
    ("p", "alpha", "beta", "states"),
    "an array of the shape of p",
    _messages,
    "sequences of 2 to 24 frames with 1 to 8 labels",
    "the exact derivative",
)


def _readings(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield truths and readings, each so short that a plain recursion ends."""
    for truth, read in (
        ([], []),
        ([1], []),
        ([], [2, 1]),
        ([1], [1]),
        ([1], [2]),
        ([1, 2], [2]),
        ([1, 2], [2, 1]),
        ([2], [1, 2, 3]),
        ([1, 7, 9, 7], [7, 9, 7]),
    ):
        yield np.array(truth, dtype=int), np.array(read, dtype=int)
    for n in np.linspace(1, 6, 20).astype(int):
        yield rng.integers(0, 4, n), rng.integers(0, 4, int(rng.integers(0, 7)))


truth_and_reading = Kind(
    "errors of a reading",
    ("truth", "read"),
    "one number",
    _readings,
    "pairs of sequences of 0 to 6 symbols",
    "the definition",
)
