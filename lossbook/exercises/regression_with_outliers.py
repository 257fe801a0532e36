"""Exercises of the chapter *Regression with outliers*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._regression_with_outliers_mistakes import BAND, DELTA, HALF_WIDTH
from lossbook.exercises._regression_with_outliers_suspects_mistakes import SUSPECTS
from lossbook.exercises.kinds import Kind, choice, number

# --- what slips do to the mean ---


def typed_mean():
    """Return the mean of labels of mean 150, of which 4 % have been multiplied by ten."""
    return 0.96 * 150 + 0.04 * 1500


register(
    Exercise(
        "outliers.typed_mean",
        kind=number,
        reference=typed_mean,
        title="The mean of labels of mean 150, of which 4 % have been multiplied by ten",
        hints=(
            "Two kinds of labels. What is the mean of each kind, and what is its share?",
            "A share of 0.96 has the mean 150, a share of 0.04 the mean 1500.",
        ),
        mistakes={
            210.0: "You add what the slips bring, 0.04 · 1500, and leave the 4 % among the right "
            "ones too. Only 96 % are still right.",
            60.0: "That is what the slips contribute. The labels that are right are missing.",
            144.0: "That is what the right labels contribute. The slips are missing.",
            156.0: "You add 4 % of the mean. A slip adds nine times its label.",
            150.0: "That is the mean before the slips. The median hardly moves; the mean does.",
            1500.0: "That is the mean of the slips alone.",
        },
    )
)

# --- the threshold ---


def _thresholds(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield labels, predictions by threshold, the rows of the drawer, and thresholds."""
    y = np.array([1.0, 2.0, 3.0])
    hidden = np.array([False, False, True])
    yield y, np.array([[1.0, 3.0, 3.0], [1.0, 2.0, 9.0]]), hidden, np.array([1.0, 2.0])
    yield y, np.array([[2.0, 2.0, 3.0], [1.0, 3.0, 3.0]]), hidden, np.array([5.0, 50.0])  # a tie
    for n in np.linspace(6, 60, 25).astype(int):
        k = int(rng.integers(3, 9))
        y = rng.integers(20, 300, n).astype(float)
        predictions = y + rng.integers(-9, 10, k)[:, None] + rng.integers(-40, 41, (k, n))
        y[: n // 6] *= 10  # slips, so that squares and sizes choose differently
        aside = rng.permutation(np.arange(n) < max(n // 3, 1))
        yield y, predictions, aside, np.sort(rng.choice(np.arange(10.0, 500), k, replace=False))


chosen_threshold = Kind(
    "choice of a threshold",
    ("y", "predictions", "aside", "deltas"),
    "one number",
    _thresholds,
    "tables of 2 to 8 thresholds and 3 to 60 rows, a third of them in the drawer",
    "the definition",
)


def choose_delta(y, predictions, aside, deltas):
    """Return the threshold with the least mean absolute error outside the drawer."""
    errors = np.abs(predictions - y)[:, ~aside].mean(axis=1)
    return deltas[np.argmin(errors)]


register(
    Exercise(
        "outliers.delta",
        kind=chosen_threshold,
        reference=choose_delta,
        title="The threshold with the least mean absolute error outside the drawer",
        hints=(
            "`predictions - y` has one row for each threshold. Which of its columns may you use?",
            "`[:, ~aside]` leaves the columns outside the drawer. Average each row.",
            "`np.argmin` gives the position of the first of the smallest.",
        ),
        mistakes=DELTA,
    )
)

# --- bands ---


def _bands(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield truths and the ends of their bands, some of the truths on an edge."""
    yield np.array([3.0]), np.array([0.0]), np.array([3.0])
    yield np.array([1.0, 5.0]), np.array([0.0, 0.0]), np.array([2.0, 2.0])
    yield np.array([1.0, 2.0, 9.0]), np.array([1.0, 0.0, 0.0]), np.array([2.0, 2.0, 3.0])
    for n in np.linspace(4, 60, 25).astype(int):
        low = rng.integers(0, 6, n).astype(float)
        yield rng.integers(0, 12, n).astype(float), low, low + rng.integers(1, 7, n)


judged_band = Kind(
    "judgement of a band",
    ("y", "low", "high"),
    "",
    _bands,
    "batches of 1 to 60 truths with their bands, some truths on an edge",
    "the definitions",
).parts("coverage", "error", "width")


def judge_band(y, low, high):
    """Return the coverage of a band, its standard error, and the mean width."""
    coverage = np.mean((low <= y) & (y <= high))
    error = np.sqrt(coverage * (1 - coverage) / len(y))
    return coverage, error, np.mean(high - low)


register(
    Exercise(
        "outliers.band",
        kind=judged_band,
        reference=judge_band,
        title="The coverage of a band, its standard error, and its mean width",
        hints=(
            "Coverage is the mean of an array of true and false. An edge belongs to the band.",
            "A hit or miss of probability c has the variance c (1 − c); the mean of n of them has "
            "an n-th of that.",
            "The error is the root of c (1 − c) / n.",
        ),
        level=2,
        mistakes=BAND,
    )
)


def _sizes(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield sizes of errors, in any order, and the share wanted."""
    yield np.array([2.0]), 0.5
    yield np.array([7.0, 4.0, 9.0]), 0.5
    yield np.array([3.0, 1.0, 2.0, 5.0]), 0.8
    yield np.array([3.0, 1.0, 2.0, 5.0]), 0.9  # too few: infinity
    for n in np.linspace(5, 100, 24).astype(int):
        wanted = float(rng.choice([0.5, 0.8, 0.9, round(rng.uniform(0.5, 0.95), 2)]))
        rank = wanted * (n + 1)
        if rank == round(rank) or abs(rank - round(rank)) > 1e-6:  # rounding leaves no doubt
            yield rng.exponential(50, n), wanted
    yield rng.exponential(50, 12), 0.95


conformal_half_width = Kind(
    "half-width of a conformal band",
    ("sizes", "wanted"),
    "one number",
    _sizes,
    "sets of 1 to 100 errors, each with a share from 0.5 to 0.95",
    "the definition",
)


def half_width(sizes, wanted):
    """Return the half-width of a band that covers a new truth with the probability wanted."""
    k = int(np.ceil(wanted * (len(sizes) + 1)))
    return np.sort(sizes)[k - 1] if k <= len(sizes) else np.inf


register(
    Exercise(
        "outliers.half_width",
        kind=conformal_half_width,
        reference=half_width,
        title="The half-width of a conformal band, from the errors of the rows aside",
        hints=(
            "With the new one there are n + 1 errors. At how many of their places may it be?",
            "The rank is the share wanted times n + 1, rounded up. The k-th smallest stands at "
            "position k − 1 of the sorted errors.",
            "And if the rank is larger than n, not even the largest error is enough: `np.inf`.",
        ),
        level=2,
        mistakes=HALF_WIDTH,
    )
)

# --- slips ---


def _typed(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield labels and predictions; some labels are ten times or a tenth of what they were."""
    yield np.array([10.0, 20.0, 300.0]), np.array([12.0, 19.0, 33.0])
    yield np.array([100.0, 9.0, 110.0, 95.0]), np.array([90.0, 88.0, 118.0, 101.0])
    yield np.array([1.0, 2.0, 3.0, 40.0]), np.array([1.0, 2.0, 3.0, 4.0])  # a spread of 0
    for n in np.linspace(8, 60, 25).astype(int):
        y_pred = rng.uniform(50, 300, n)
        y = y_pred + rng.normal(8, 25, n)
        y[: n // 8 + 1] *= 10
        y[n // 8 + 1 : n // 5 + 2] -= 150
        order = rng.permutation(n)
        yield y[order], y_pred[order]


suspected = Kind(
    "suspects among labels",
    ("y_true", "y_pred"),
    "true or false for each label",
    _typed,
    "batches of 3 to 60 labels, some of them slips upwards or downwards",
    "the definition",
)


def suspects(y_true, y_pred, k):
    """Return which labels lie more than k robust spreads from their predictions."""
    size = np.abs(y_pred - y_true)
    return size > k * 1.4826 * np.median(size)


register(
    Exercise(
        "outliers.suspects",
        kind=suspected,
        reference=suspects,
        title="Which labels lie more than k robust spreads from their predictions",
        params={"k": (3.0, 2.0, 5.0)},
        hints=(
            "First the size of every residual. The spread comes from the one in the middle.",
            "The spread is 1.4826 times the median size. Compare each size with k of them.",
        ),
        level=2,
        mistakes=SUSPECTS,
    )
)

# --- a decision ---


def budget():
    """Return the loss for a total under skewed noise, when the labels have been checked."""
    return "squared error"


register(
    Exercise(
        "outliers.budget",
        kind=choice,
        reference=budget,
        title="The loss for next year's total of minutes, from checked labels with a long tail",
        options=("squared error", "Huber", "absolute error", "quantile 0.9"),
        hints=(
            "The predictions will be added up. Which number of a distribution may be added up?",
            "The sum of means is the mean of the sum. No such thing holds for medians.",
            "The slips were the reason against the loss of the mean, and they are gone.",
        ),
        level=2,
        mistakes={
            "huber": "Its answer lies between median and mean: under a tail to the right it is too "
            "low for each patient, and the sum is too low by all of that. The labels are checked, "
            "so there is nothing to insure against.",
            "absolute error": "It answers with the median. Under a tail to the right that is "
            "below the mean, and the sum of medians is below the total to expect.",
            "quantile 0.9": "That is a ceiling for each patient. Nine in ten need less, and the "
            "sum of ceilings is far above the total to expect.",
        },
    )
)
