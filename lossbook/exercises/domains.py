"""What truths and predictions look like, and how to draw some: by hand, at random, extreme.

A domain belongs to exercises about a loss of ``(y_true, y_pred)``.  Its cases rise: first the
smallest, written by hand, so that the first failing case is one that fits on a line; then
random batches of growing size; last the extremes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

_BATCHES = 40
_LARGEST = 50

Pair = tuple[object, object]


@dataclass(frozen=True)
class Domain:
    """Pairs of truths and predictions.

    Parameters
    ----------
    arguments : tuple of str
        The names of the two.
    by_hand, extreme : tuple of pairs
        Small and extreme cases, as nested lists.
    draw : callable
        ``draw(rng, n)`` returns a random pair of ``n`` samples.
    text : str
        The cases in words; goes into "Tested on … batches of 1 to 50 samples, …".
    integers : bool
        Whether the truths are class numbers.
    """

    arguments: tuple[str, str]
    by_hand: tuple[Pair, ...]
    draw: Callable[[np.random.Generator, int], tuple[np.ndarray, np.ndarray]]
    extreme: tuple[Pair, ...]
    text: str
    integers: bool = False

    def cases(self, rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield the cases, the smallest first and the extreme ones last."""
        dtype = int if self.integers else float
        for truth, prediction in self.by_hand:
            yield np.array(truth, dtype=dtype), np.array(prediction, dtype=float)
        for n in np.linspace(1, _LARGEST, _BATCHES).astype(int):
            yield self.draw(rng, int(n))
        for truth, prediction in self.extreme:
            yield np.array(truth, dtype=dtype), np.array(prediction, dtype=float)


def _reals(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    truth = 3 * rng.standard_normal(n)
    return truth, truth + _signs(rng, n) * 10 ** rng.uniform(-3, 3, n)


def _signs(rng: np.random.Generator, n: int) -> np.ndarray:
    return rng.choice([-1.0, 1.0], n)


def _labels(rng: np.random.Generator, n: int) -> np.ndarray:
    return rng.integers(0, 2, n).astype(float)


REALS = Domain(
    arguments=("y_true", "y_pred"),
    by_hand=(
        ([1], [3]),
        ([3], [1.5]),
        ([2], [2]),
        ([1, 2], [2, 5]),
        ([0, 0], [1, -1]),
        ([1, 2, 3], [1, 4, 0]),
    ),
    draw=_reals,
    extreme=(([0, 0], [1e6, -1e6]), ([1e-6, 2], [0, 2])),
    text="residuals of both signs, zero, and from 1e-6 to 1e6",
)

PROBABILITIES = Domain(
    arguments=("y_true", "p"),
    by_hand=(([1], [0.5]), ([0], [0.2]), ([1, 0], [0.9, 0.3]), ([1, 0, 1], [0.2, 0.6, 0.7])),
    draw=lambda rng, n: (_labels(rng, n), rng.uniform(0.01, 0.99, n)),
    extreme=(([1, 0], [1e-9, 1e-9]),),
    text="labels 0 and 1, probabilities from 1e-9 to 0.99",
)

# The same with predictions that are certain, rightly so: 0·log 0 must count as 0, also beside
# samples that cost something.  The product of forty small probabilities is no float any more.
CERTAIN_PROBABILITIES = Domain(
    arguments=("y_true", "p"),
    by_hand=PROBABILITIES.by_hand,
    draw=PROBABILITIES.draw,
    extreme=(*PROBABILITIES.extreme, ([0, 1, 1], [0, 1, 0.5]), ([1] * 40, [1e-9] * 40)),
    text="labels 0 and 1, probabilities from 0 to 1, both ends included where the label agrees",
)

LOGITS = Domain(
    arguments=("y_true", "z"),
    by_hand=(([1], [0]), ([0], [2]), ([1, 0], [2, -1]), ([1, 0, 1], [-1, 0.5, 3])),
    draw=lambda rng, n: (_labels(rng, n), rng.normal(0, 4, n)),
    extreme=(([1, 0], [1000, -1000]), ([0, 1], [1000, -1000])),
    text="labels 0 and 1, logits around 0 and up to ±1000",
)

MARGINS = Domain(
    arguments=("y_true", "z"),
    by_hand=(([1], [0]), ([-1], [2]), ([1], [1]), ([1, -1], [0.5, -3]), ([1, -1, 1], [2, 0.3, -1])),
    draw=lambda rng, n: (_signs(rng, n), rng.normal(0, 2, n)),
    extreme=(([1, -1], [100, -100]), ([-1, 1], [100, -100])),
    text="labels −1 and 1, scores around 0 and up to ±100",
)

COUNTS = Domain(
    arguments=("y_true", "z"),
    by_hand=(([1], [0]), ([0], [1]), ([2, 0], [0.5, -1]), ([3, 1, 0], [1, 0, 0.5])),
    draw=lambda rng, n: (rng.poisson(3, n).astype(float), rng.normal(0, 1.5, n)),
    extreme=(([0, 1000], [-20, 7]),),
    text="counts from 0 to 1000, logarithms of the mean from −20 to 7",
)


def _class_logits(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    k = int(rng.integers(2, 7))
    return rng.integers(0, k, n), rng.normal(0, 3, (n, k))


CLASS_LOGITS = Domain(
    arguments=("y_true", "z"),
    by_hand=(
        ([0], [[0, 0]]),
        ([1], [[2, 0, 1]]),
        ([0, 1], [[1, 0], [0.5, 2]]),
        ([2, 0, 1], [[0, 1, 2], [1, -1, 0], [3, 0.5, 0]]),
    ),
    draw=_class_logits,
    # Rows that need a maximum each, and the difference of two large logits.
    extreme=(([0, 1, 2], [[1000, 0, -1000], [1000, 999, 0], [-1000, -1000, -999]]),),
    text="2 to 6 classes, logits around 0 and up to ±1000",
    integers=True,
)


def _class_probabilities(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    k = int(rng.integers(2, 7))
    return rng.integers(0, k, n), rng.dirichlet(np.ones(k), n)


CLASS_PROBABILITIES = Domain(
    arguments=("y_true", "p"),
    by_hand=(
        ([0], [[0.5, 0.5]]),
        ([1], [[0.7, 0.1, 0.2]]),
        ([0, 1], [[0.6, 0.4], [0.2, 0.8]]),
    ),
    draw=_class_probabilities,
    extreme=(([0], [[1e-9, 1 - 1e-9]]),),
    text="2 to 6 classes, probabilities down to 1e-9",
    integers=True,
)
