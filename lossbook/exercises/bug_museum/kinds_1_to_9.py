"""The kinds and inputs of the first nine rooms of *The bug museum*."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from lossbook.exercises import mistakes
from lossbook.exercises.domains import CLASS_LOGITS, LOGITS, REALS, Domain
from lossbook.exercises.kinds import Kind, mean_value


def _column(domain: Domain, text: str) -> Domain:
    """Return the domain with predictions as a column, (n, 1), as a layer gives them."""

    def draw(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
        truth, prediction = domain.draw(rng, n)
        return truth, prediction[:, None]

    by_hand, extreme = (
        tuple((truth, [[p] for p in prediction]) for truth, prediction in pairs)
        for pairs in (domain.by_hand, domain.extreme)
    )
    return replace(domain, by_hand=by_hand, draw=draw, extreme=extreme, text=text)


column_of_predictions = mean_value.over(
    _column(REALS, "truths (n,), predictions (n, 1); residuals from 0 to 1e6")
)
column_of_logits = mean_value.over(
    _column(
        replace(LOGITS, extreme=(([0, 1], [20, -20]), ([1, 0, 1], [20, -20, -20]))),
        "labels 0 and 1 (n,), logits (n, 1) within ±20",
    )
)
logits_of_classes = mean_value.over(
    replace(
        CLASS_LOGITS,
        # Surely wrong, alone and beside what is surely right.
        extreme=(
            ([1], [[30.0, -30.0]]),
            ([1, 1], [[30.0, -4.5], [27.0, 0.0]]),
            ([0, 1, 2], [[30.0, 0.0, -30.0], [0.0, 20.0, 5.0], [30.0, 0.0, -30.0]]),
        ),
        text="2 to 6 classes, logits up to ±30",
    )
)
scores_of_two_classes = mean_value.over(
    Domain(
        arguments=("y_true", "z"),
        by_hand=(([0], [0]), ([1], [0.5]), ([0], [2]), ([1, 0], [1, -1]), ([0, 1, 0], [-2, 2, 1])),
        draw=lambda rng, n: (rng.integers(0, 2, n).astype(float), rng.normal(0, 2, n)),
        extreme=(([0, 1], [100, -100]), ([1, 0], [100, -100])),
        text="labels 0 and 1, scores up to ±100",
    )
)


def _lines(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([[1.0], [2.0]]), np.array([3.0, 5.0]), np.array([[0.0]])
    yield np.array([[0.0], [1.0], [2.0]]), np.array([4.0, 4.0, 4.0]), np.array([[3.0], [5.0]])
    for n in np.linspace(6, 50, 25).astype(int):
        d = int(rng.integers(1, 4))
        centre = rng.choice([-1.0, 1.0], d) * rng.uniform(2, 6, d)
        X, X_new = (centre + rng.standard_normal((k, d)) for k in (n, rng.integers(1, 8)))
        y = X @ rng.standard_normal(d) + 10 * rng.standard_normal() + rng.standard_normal(n)
        yield X, y, X_new


fitted_line = Kind(
    "predictions of a fitted line",
    ("X", "y", "X_new"),
    "one number per row of X_new",
    _lines,
    "data sets of 2 to 50 rows and 1 to 3 features",
    "the least squares of a line with an intercept",
    (
        mistakes.of_result(
            "signs reversed",
            "Your predictions have the right size and the wrong sign.",
            lambda result, *_: -result,
        ),
    ),
)


def _classifiers(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([0.5]), np.array([[1.0]]), np.array([1.0])
    yield np.array([0.5]), np.array([[1.0], [0.5]]), np.array([1.0, 0.0])
    yield np.array([1.0, -2.0]), np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.0, 1.0])
    yield np.array([20.0]), np.array([[1.0], [-1.0]]), np.array([0.0, 1.0])  # surely wrong
    for n in np.linspace(1, 50, 30).astype(int):
        d = int(rng.integers(1, 5))
        yield rng.normal(0, 2, d), rng.standard_normal((n, d)), rng.integers(0, 2, n).astype(float)


linear_outputs = Kind(
    "mean cross-entropy of a linear model",
    ("w", "X", "y"),
    "one number",
    _classifiers,
    "linear models of 1 to 50 samples with labels 0 and 1",
    "the definition",
    (mistakes.NEGATIVE_VALUE, mistakes.SUM, mistakes.MEAN_TWICE),
)

# Sure and wrong, beyond the clip and not yet beyond the floats.
_WRONG = (([1], [-20]), ([0, 1], [20, 0]), ([1, 0], [-40, 40]))

loss_and_pull = mean_value.over(replace(LOGITS, extreme=(*_WRONG, *LOGITS.extreme))).parts(
    "loss", "pull"
)
