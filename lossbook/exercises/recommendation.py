"""Exercises of the chapter *Recommendation*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._recommendation_mistakes import BPR, COVERAGE, MEAN_OF_ALL, STEP
from lossbook.exercises.kinds import Kind, number

# --- NDCG of a list with a tie ---


def tied():
    """Return NDCG@3 of four items, two of which share the places 2 and 3."""
    place = 1 / np.log2([2, 3, 4])
    shared = (place[1] + place[2]) / 2
    return (place[0] + shared) / (place[0] + place[1])


register(
    Exercise(
        "recommendation.tied",
        kind=number,
        reference=tied,
        title="NDCG@3 of a list of four items, two of them tied",
        hints=(
            "The discounts of the first three places are 1, 1/log₂ 3 and 1/log₂ 4.",
            "Items 2 and 3 share the places 2 and 3: each gets the mean of the two discounts.",
            "The best order has its two wanted items at the places 1 and 2.",
        ),
        mistakes={
            1.0: "You give item 2 the whole discount of place 2. It shares places 2 and 3 with "
            "item 3: each gets the mean of the two discounts.",
            1.5 / (1 + 1 / np.log2(3)): "You give item 2 the discount of place 3. It shares places "
            "2 and 3 with item 3: each gets the mean of the two discounts.",
            1 + (1 / np.log2(3) + 0.5) / 2: "That is DCG. Divide by that of the best order.",
            (1 + (1 / np.log2(3) + 0.5) / 2) / (1.5 + 1 / np.log2(3)): "You divide by the sum of "
            "three discounts. Only two items are wanted, so the best order has only two gains.",
            1 / (1 + 1 / np.log2(3)): "You give the tied item nothing. It gets the mean of the "
            "discounts of the places 2 and 3.",
        },
    )
)

# --- coverage of all lists ---


def _lists(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([[0, 1]]), 4
    yield np.array([[0, 1], [1, 0]]), 5
    yield np.array([[3, 1], [1, 2], [3, 1]]), 7
    for people in np.linspace(2, 40, 24).astype(int):
        n_items = int(rng.integers(8, 60))
        length, most = int(rng.integers(1, 6)), int(rng.integers(6, n_items))
        rows = [rng.choice(most, length, replace=False) for _ in range(people)]
        yield np.array(rows), n_items


_coverage = Kind(
    "coverage of lists",
    ("lists", "n_items"),
    "one number",
    _lists,
    "tables of 1 to 40 lists of 1 to 5 items, from catalogues of 4 to 59",
    "the items counted one by one",
)


def coverage(lists, n_items):
    """Return which share of all items stands on any of the lists."""
    return len(np.unique(lists)) / n_items


register(
    Exercise(
        "recommendation.coverage",
        kind=_coverage,
        reference=coverage,
        title="The share of the catalogue that is offered to anybody at all",
        hints=(
            "How many different items are on the lists, all taken together?",
            "`np.unique(lists)` has each item once.",
        ),
        mistakes=COVERAGE,
    )
)

# --- one step of factorisation ---


def _ratings(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([1.0]), np.array([2.0]), 4.0, 3.0
    yield np.array([1.0, 0.0]), np.array([0.5, -1.0]), 1.0, 3.0
    yield np.zeros(2), np.zeros(2), 5.0, 3.0
    for k in np.linspace(1, 12, 30).astype(int):
        rest = float(rng.normal(3.3, 0.6))
        yield rng.normal(0, 1, k), rng.normal(0, 1, k), float(rng.integers(1, 6)), rest


_step = Kind(
    "step of gradient descent",
    ("p", "q", "y", "rest"),
    "a tuple (p, q)",
    _ratings,
    "pairs of vectors of 1 to 12 numbers, ratings of 1 to 5 stars",
    "the exact step",
).parts("p", "q")


def step(p, q, y, rest, lr):
    """Return both vectors after one step of gradient descent on one squared error."""
    r = rest + p @ q - y
    return p - lr * 2 * r * q, q - lr * 2 * r * p


register(
    Exercise(
        "recommendation.step",
        kind=_step,
        reference=step,
        title="Both vectors after one step of gradient descent on one rating",
        params={"lr": (0.05, 0.2, 0.01)},
        hints=(
            "The residual is r = rest + p · q − y. What is the derivative of r² by p, and by q?",
            "By p it is 2 r q, by q it is 2 r p, both at the old place.",
            "Return p − lr · 2 r q and q − lr · 2 r p, with the p and q you were given.",
        ),
        level=2,
        mistakes=STEP,
    )
)

# --- BPR of one triple ---


def _triples(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([1.0]), np.array([2.0]), np.array([1.0])
    yield np.array([1.0, 1.0]), np.array([0.0, 1.0]), np.array([2.0, -1.0])
    yield np.array([2.0, 0.0]), np.array([0.0, 1.0]), np.array([3.0, 0.0])
    for k in np.linspace(1, 12, 30).astype(int):
        yield tuple(rng.normal(0, 1, (3, k)))


_triple = Kind(
    "gradients of one triple",
    ("p", "used", "other"),
    "a tuple (by_p, by_used, by_other)",
    _triples,
    "triples of vectors of 1 to 12 numbers",
    "the exact derivatives",
).parts("by_p", "by_used", "by_other")


def bpr(p, used, other):
    """Return the gradients of BPR by the person's vector and by those of the two items."""
    wrong = 1 / (1 + np.exp(p @ (used - other)))
    return -wrong * (used - other), -wrong * p, wrong * p


register(
    Exercise(
        "recommendation.bpr",
        kind=_triple,
        reference=bpr,
        title="The gradients of BPR for one person, one item that was used and one that was not",
        hints=(
            "Call the lead x = p · (used − other). The loss is log(1 + exp(−x)); what is its slope "
            "by x?",
            "The slope by x is −σ(−x) = −1 / (1 + exp(x)). What is the derivative of x by p, by "
            "used, by other?",
            "They are used − other, p and −p.",
        ),
        level=3,
        mistakes=BPR,
    )
)

# --- the mean of all, from those who answered ---


def _answers(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([4.0]), np.array([0.2])
    yield np.array([5.0, 1.0]), np.array([0.5, 0.1])
    yield np.array([5.0, 5.0, 2.0]), np.array([0.5, 0.5, 0.25])
    for n in np.linspace(2, 60, 30).astype(int):
        stars = rng.integers(1, 6, n).astype(float)
        yield stars, 1 / (1 + np.exp(3 - 0.8 * (stars - 3) + rng.normal(0, 0.5, n)))


_mean_of_all = Kind(
    "estimated mean",
    ("stars", "chance"),
    "one number",
    _answers,
    "sets of 1 to 60 ratings with chances from about 0.002 to 0.6",
    "the weighted mean",
)


def mean_of_all(stars, chance):
    """Return the mean of all pairs, estimated from the ratings that came."""
    return np.sum(stars / chance) / np.sum(1 / chance)


register(
    Exercise(
        "recommendation.mean_of_all",
        kind=_mean_of_all,
        reference=mean_of_all,
        title="The mean of all ratings, estimated from those that people chose to give",
        hints=(
            "A rating that had one chance in ten stands for how many pairs?",
            "For ten: its weight is 1 / chance.",
            "Divide the weighted sum of the stars by the sum of the weights.",
        ),
        level=2,
        mistakes=MEAN_OF_ALL,
    )
)
