"""What the exercises of *Divergences* are tested on."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises.domains import Domain


def _draw_rows(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw rows p, with zeros here and there, and rows q without."""
    k = int(rng.integers(2, 7))
    p = rng.dirichlet(np.ones(k), n)
    p[:, 0] *= rng.integers(0, 2, n)
    return p / p.sum(axis=1, keepdims=True), rng.dirichlet(np.ones(k), n)


def _draw_rows_with_zeros(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw the same with zeros in q, some of them where p is 0 as well."""
    p, q = _draw_rows(rng, n)
    q[:, 0] *= rng.random(n) > 0.2
    return p, q / q.sum(axis=1, keepdims=True)


ROWS = Domain(
    arguments=("p", "q"),
    by_hand=(
        ([[0.5, 0.5]], [[0.25, 0.75]]),
        ([[1, 0]], [[0.5, 0.5]]),
        ([[0, 0.5, 0.5], [0.2, 0.3, 0.5]], [[0, 0.9, 0.1], [0.2, 0.3, 0.5]]),
        ([[0.5, 0.5], [0.1, 0.9]], [[1, 0], [0.3, 0.7]]),
    ),
    draw=_draw_rows_with_zeros,
    # The last two: p may be as small as it likes, where q is 0 it is not nothing.
    extreme=(
        ([[1e-9, 1 - 1e-9]], [[0.5, 0.5]]),
        ([[0.5, 0.5]], [[1e-9, 1 - 1e-9]]),
        ([[1e-9, 1 - 1e-9], [0.2, 0.8]], [[0, 1], [0.5, 0.5]]),
        ([[1e-20, 1]], [[0, 1]]),
    ),
    text="2 to 6 classes; p, or q, or both may be 0",
)


def _draw_logits(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    p, _ = _draw_rows(rng, n)
    return p, rng.normal(0, 3, p.shape)


ROWS_AND_LOGITS = Domain(
    arguments=("p", "z"),
    by_hand=(
        ([[0.5, 0.5]], [[0, 0]]),
        ([[0.8, 0.2]], [[1, 0]]),
        ([[0.2, 0.3, 0.5], [0, 1, 0]], [[0, 1, 2], [1, -1, 0]]),
    ),
    draw=_draw_logits,
    extreme=(([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]], [[1000, 0, -1000], [-1000, -1000, -999]]),),
    text="2 to 6 classes, some of them with p = 0, logits around 0 and up to ±1000",
)


def _draw_teacher(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    k = int(rng.integers(2, 7))
    return rng.normal(0, 4, (n, k)), rng.normal(0, 2, (n, k))


TEACHER_AND_STUDENT = Domain(
    arguments=("t", "z"),
    by_hand=(
        ([[2, 0]], [[0, 0]]),
        ([[1, 0, -1]], [[0, 1, 0]]),
        ([[3, 0], [0, 1]], [[1, 0], [2, -1]]),
    ),
    draw=_draw_teacher,
    extreme=(),
    text="2 to 6 classes, logits of teacher and student",
)


def two_bells(rng: np.random.Generator) -> Iterator[tuple[float, float, float, float]]:
    """Yield means and standard deviations of two bells, round numbers first.

    The means are positive, so that whoever takes them for widths gets numbers, and is told so.
    """
    yield 1.0, 1.0, 2.0, 1.0
    yield 1.0, 1.0, 1.0, 2.0
    yield 1.0, 2.0, 3.0, 0.5
    yield 2.0, 1.5, 2.0, 1.5
    for _ in range(24):
        m_p, m_q = (float(m) for m in rng.uniform(0.5, 6, 2).round(2))
        s_p, s_q = (float(s) for s in rng.uniform(0.3, 3, 2).round(2))
        yield m_p, s_p, m_q, s_q


def places(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield increasing positions, and two rows of probabilities on them."""
    yield np.array([0.0, 1.0]), np.array([1.0, 0.0]), np.array([0.0, 1.0])
    yield np.array([0.0, 1.0, 3.0]), np.array([0.0, 1.0, 0.0]), np.array([0.5, 0.0, 0.5])
    yield np.array([0.0, 2.0, 5.0]), np.array([0.5, 0.5, 0.0]), np.array([0.2, 0.2, 0.6])
    yield np.array([-1.0, 0.0, 4.0]), np.array([0.2, 0.3, 0.5]), np.array([0.2, 0.3, 0.5])
    for k in np.linspace(2, 12, 24).astype(int):
        x = np.cumsum(rng.uniform(0.1, 3, k)) - 4
        yield x, rng.dirichlet(np.ones(k)), rng.dirichlet(np.ones(k))
