"""Exercises of the page *Choose a loss*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._choosing_mistakes import COMPARE
from lossbook.exercises.kinds import Kind, choice

# --- which functional ---


def budget():
    """Return what a budget has to know of skewed bills."""
    return "mean"


register(
    Exercise(
        "choosing.budget",
        kind=choice,
        reference=budget,
        title="What a loss has to estimate so that 400 bills together come out right",
        options=("mean", "median", "0.9-quantile", "mode"),
        hints=(
            "The city pays the sum of the bills. Which number, times 400, is that sum?",
            "Only of one of the four do the errors add up to zero.",
        ),
        mistakes={
            "median": "Half of the flats pay more than it, and those by much: of bills with a long "
            "upper tail 400 medians are less than the sum.",
            "0.9-quantile": "Nine flats in ten pay less than it. As a bound for one flat it is "
            "good; 400 times it is not what the flats cost together.",
            "mode": "The most frequent bill says nothing of how large the large ones are.",
        },
    )
)

# --- reading cards ---


def card():
    """Return the loss whose card promises all that is asked for."""
    return "Logistic"


register(
    Exercise(
        "choosing.card",
        kind=choice,
        reference=card,
        title="The loss whose card has all three: one valley, a bounded pull, a probability",
        options=("Hinge", "SquaredHinge", "Logistic", "Savage"),
        hints=(
            "`convex` is the valley, `lipschitz` the pull, `link` how a prediction is read.",
            "Cross out whoever fails one of the three columns.",
        ),
        level=2,
        mistakes={
            "Hinge": "One valley and a pull of at most 1; but its link gives a class and no "
            "probability.",
            "SquaredHinge": "One valley and a probability, if a clipped one; but its slope grows "
            "without bound: `lipschitz` is infinite.",
            "Savage": "A bounded pull and a probability; but `convex` is no: a mean of it may have "
            "more valleys than one to get stuck in.",
        },
    )
)

# --- on the cost that is paid ---


def _held_out(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([1.0, 2.0]), np.array([1.0, 4.0]), np.array([0.0, 2.0]), 3.0, 1.0
    yield np.array([0.0, 0.0, 3.0]), np.array([1.0, 2.0, 0.0]), np.ones(3), 2.0, 5.0
    for n in np.linspace(3, 60, 20).astype(int):
        y = rng.gamma(2, 3, size=n)
        a, b = y + rng.normal(0, 2, n), y + rng.normal(1, 2, n)
        yield y, a, b, float(rng.integers(2, 9)), float(rng.integers(1, 3)) / 2


_comparison = Kind(
    "comparison of two forecasts on the cost that is paid",
    ("y", "a", "b", "too_low", "too_high"),
    "",
    _held_out,
    "held-out sets of 2 to 60 samples",
    "the costs of each sample, compared one by one",
).parts("difference", "error")


def compare(y, a, b, too_low, too_high):
    """Return by how much forecast a costs more than b on average, and the standard error."""

    def cost(forecast):
        return np.where(forecast < y, too_low * (y - forecast), too_high * (forecast - y))

    d = cost(a) - cost(b)
    return d.mean(), d.std(ddof=1) / np.sqrt(len(d))


register(
    Exercise(
        "choosing.compare",
        kind=_comparison,
        reference=compare,
        title="How much more one forecast costs than another, and how sure that is",
        hints=(
            "First the cost of each sample under each forecast: `np.where(forecast < y, …, …)`.",
            "Both forecasts face the same samples: take the difference sample by sample.",
            "The error of a mean is the standard deviation (`ddof=1`) over the root of n.",
        ),
        level=3,
        mistakes=COMPARE,
    )
)
