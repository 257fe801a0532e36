"""Exercises of the chapter *What a loss estimates*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._estimates_mistakes import EXPECTED, EXPECTILE, SLOPE, SPHERICAL
from lossbook.exercises.domains import PROBABILITIES
from lossbook.exercises.kinds import Kind, choice, number, pointwise_value

LEVELS = (0.9, 0.5, 0.25)

# --- the question decides ---


def the_loss_of_a_total():
    """Return the loss whose answers may be added up."""
    return "squared error"


register(
    Exercise(
        "estimates.total",
        kind=choice,
        reference=the_loss_of_a_total,
        title="The loss for a prediction that will be multiplied by a number of people",
        hints=(
            "The total of n people is n times one of mean, median, mode and quantile. Of which?",
            "Only the mean times n is the total. Which loss estimates the mean?",
        ),
        options=("squared error", "absolute error", "quantile loss", "0–1 loss"),
        mistakes={
            "absolute error": "It estimates the median. Half of the people need more than that, "
            "and here they need far more: a median times n is no total.",
            "quantile loss": "A quantile is what a given share of people stay below. It makes one "
            "person safe, and n of them far too expensive.",
            "MSE": 'If you mean "squared error", write just that.',
            "MAE": 'If you mean "absolute error", write just that.',
            "0–1 loss": "It estimates the most frequent number. That may be 0, and then you order "
            "nothing.",
        },
    )
)


def level_of_the_bakery():
    """Return the level of the quantile at which the two costs balance."""
    too_few, too_many = 3, 1
    return too_few / (too_few + too_many)


register(
    Exercise(
        "estimates.bakery",
        kind=number,
        reference=level_of_the_bakery,
        title="The quantile that balances two costs",
        hints=(
            "The quantile loss charges q for a unit too few and 1 − q for a unit too many. Which "
            "ratio must the two have?",
            "q / (1 − q) = 3 / 1. Solve for q.",
        ),
        mistakes={
            0.25: "The two sides are exchanged: at q = ¼ a loaf too many is the dear one. Too few "
            "costs q, and that is 3 of 4.",
            3.0: "That is the ratio q / (1 − q). A level lies between 0 and 1.",
            1 / 3: "That is one cost over the other. The level is a cost over the *sum* of both.",
            0.5: "That is the median, for costs that are equal.",
            75.0: "In per cent that is right. A level is a number between 0 and 1.",
        },
    )
)

# --- constants and where they come to rest ---


def _samples(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield samples, the smallest first; the last are counts with many ties."""
    yield (np.array([1.0]),)
    yield (np.array([1.0, 5.0]),)
    yield (np.array([0.0, 0.0, 9.0]),)
    for n in np.linspace(3, 40, 20).astype(int):
        yield (rng.exponential(3, n).round(2),)
    for n in (7, 23, 50):
        yield (rng.poisson(2, n).astype(float),)


def _samples_in_need_of_rounds(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield the same samples, but in place of the last but one a sample that takes four rounds."""
    *most, _, last = _samples(rng)
    yield from most
    yield (np.array([1.0, 3, 4, 5, 8, 13, 18, 53, 53, 91, 108, 204]),)
    yield last


def _samples_and_constants(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([1.0]), 3.0
    yield np.array([1.0, 5.0]), 2.0
    yield np.array([1.0, 2.0, 2.0, 7.0]), 2.0
    for (y,) in _samples(rng):
        yield y, round(float(rng.uniform(0, 5)), 2)
        yield y, float(y[0])


slope_at_constant = Kind(
    "slope of a mean loss at a constant",
    ("y", "c"),
    "one number",
    _samples_and_constants,
    "samples of 1 to 50 values, at constants among them and between them",
    "the definition",
)


def slope(y, c, q):
    """Return the slope of the mean quantile loss at the constant c."""
    return np.mean(y < c) - q


register(
    Exercise(
        "estimates.slope",
        kind=slope_at_constant,
        reference=slope,
        title="The slope of the mean quantile loss at a constant",
        params={"q": LEVELS},
        hints=(
            "Where c is above y the prediction is too high: slope 1 − q. Elsewhere it is −q.",
            "Write each slope as (1 if y < c else 0) − q, and take the mean.",
            "`np.mean(y < c)` is the share of the values below c.",
        ),
        level=2,
        mistakes=SLOPE,
    )
)

best_constant = Kind(
    "best constant",
    ("y",),
    "one number",
    _samples_in_need_of_rounds,
    "samples of 1 to 50 values, skewed and with ties",
    "the balance of the pulls",
)


def expectile(y, q):
    """Return the q-expectile: the weighted mean that agrees with its own weights."""
    c = np.mean(y)
    for _ in range(100):
        weight = np.where(y > c, q, 1 - q)
        c = np.sum(weight * y) / np.sum(weight)
    return c


register(
    Exercise(
        "estimates.expectile",
        kind=best_constant,
        reference=expectile,
        title="The expectile, by repeated weighted means",
        params={"q": (0.9, 0.5, 0.2)},
        hints=(
            "If you knew on which side of c each value lies, c would be a weighted mean.",
            "Values above c weigh q, the others 1 − q. Start with the mean, weigh, take the "
            "weighted mean, and repeat.",
            "A hundred rounds of `weight = np.where(y > c, q, 1 - q)` and "
            "`c = np.sum(weight * y) / np.sum(weight)` are plenty.",
        ),
        level=3,
        mistakes=EXPECTILE,
    )
)

# --- scores of probabilities ---


def _chances(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield chances and stated probabilities, the smallest first."""
    yield np.array([0.3]), np.array([0.5])
    yield np.array([0.3, 0.3]), np.array([0.2, 0.3])
    for n in np.linspace(1, 30, 20).astype(int):
        yield rng.uniform(0, 1, n), rng.uniform(0.01, 0.99, n)
    yield np.array([0.0, 1.0, 0.5]), np.array([0.01, 0.99, 1e-6])


expected_score = Kind(
    "expected score",
    ("chance", "p"),
    "one number per pair",
    _chances,
    "arrays of 1 to 30 chances from 0 to 1 and stated probabilities from 1e-6 to 0.99",
    "the definition",
)


def expected_log_loss(chance, p):
    """Return the expected log loss of stating p when the event has this chance."""
    return -chance * np.log(p) - (1 - chance) * np.log(1 - p)


register(
    Exercise(
        "estimates.expected",
        kind=expected_score,
        reference=expected_log_loss,
        title="The expected log loss of a stated probability",
        hints=(
            "Two things can happen. What does each cost, and how likely is it?",
            "The event costs −log p and has the given chance; no event costs −log(1 − p).",
        ),
        mistakes=EXPECTED,
    )
)


def spherical(y_true, p):
    """Return the spherical loss of each forecast."""
    given = np.where(y_true == 1, p, 1 - p)
    return 1 - given / np.sqrt(p**2 + (1 - p) ** 2)


register(
    Exercise(
        "estimates.spherical",
        kind=pointwise_value.over(PROBABILITIES),
        reference=spherical,
        title="The spherical loss of each forecast",
        hints=(
            "The forecast is a vector of two probabilities, (1 − p, p). Which entry counts, and "
            "how long is the vector?",
            "Divide the probability of what happened by the length of the vector. The loss is 1 "
            "minus that ratio.",
            "The length is `np.sqrt(p**2 + (1 - p) ** 2)`.",
        ),
        level=2,
        mistakes=SPHERICAL,
    )
)

# --- a root, and a penalty ---


def strength_beside_the_root():
    """Return the strength that has, beside the RMSE, the minimum that 2 has beside the MSE."""
    strength_beside_mse, rmse = 2, 50
    return strength_beside_mse / (2 * rmse)


register(
    Exercise(
        "estimates.root",
        kind=number,
        reference=strength_beside_the_root,
        title="The strength of a penalty, moved from the MSE to the RMSE",
        hints=(
            "At the minimum the slope of loss and penalty together is 0. By what factor does the "
            "slope of the RMSE differ from that of the MSE?",
            "The derivative of √L is L′ / (2√L), and √L is 50.",
        ),
        level=2,
        mistakes={
            200.0: "That is the other direction, from the RMSE to the MSE. The slope of the RMSE "
            "is the smaller one, and needs the smaller penalty.",
            0.04: "You divide by the RMSE. The derivative of √L is L′ / (2√L): there is a 2.",
            0.0008: "You divide by the MSE, 2500. The derivative of √L is L′ / (2√L).",
            0.0004: "You divide by twice the MSE. The derivative of √L has the root below, 50.",
            2.0: "That would be right without the root. The RMSE has another slope than the MSE, "
            "and the penalty has not.",
            np.sqrt(2).item(): "The root of the strength plays no part. Compare the slopes.",
            100.0: "That is the factor between the two slopes. Divide the strength by it.",
        },
    )
)
