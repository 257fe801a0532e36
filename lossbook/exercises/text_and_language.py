"""Exercises of the chapter *Text and language*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._text_and_language_mistakes import EXTRA_BITS, SMOOTHED, WEIGHT
from lossbook.exercises.kinds import Kind, choice, number

# --- from probabilities to a perplexity ---


def perplexity():
    """Return the perplexity of a model that gave four characters these probabilities."""
    p = np.array([1 / 2, 1 / 4, 1 / 8, 1 / 8])
    return 2 ** -np.mean(np.log2(p))


_BITS = 9 / 4

register(
    Exercise(
        "text.perplexity",
        kind=number,
        reference=perplexity,
        title="The perplexity of a model that gave four characters ½, ¼, ⅛ and ⅛",
        hints=(
            "How many bits does each character cost?",
            "1, 2, 3 and 3. The perplexity belongs to their mean, and undoes its logarithm.",
        ),
        mistakes={
            _BITS: "Those are the bits per character. The perplexity is 2 to that power.",
            float(np.exp(_BITS)): "You raised e to the bits. Bits go with 2, nats with e.",
            float(_BITS * np.log(2)): "Those are the nats per character. The perplexity is e to "
            "that power, or 2 to the power of the bits.",
            float(2 ** (_BITS * np.log(2))): "You raised 2 to the nats. Bits go with 2, nats with "
            "e.",
            4.0: "That is one over the mean probability. Take the mean of the *logarithms*: a "
            "file's length is the sum of the lengths.",
            5.5: "That is the mean of 1/p. Take the mean of the *logarithms*: a file's length is "
            "the sum of the lengths.",
            512.0: "That is 2 to the bits of all four characters together. The perplexity is per "
            "character: divide by four first.",
            9.0: "Those are the bits of all four characters together. Take their mean, and 2 to "
            "that power.",
            float(2**-_BITS): "That is the typical probability of a character. The perplexity is "
            "one over it.",
            1.75: "You weighed the lengths with their probabilities, which gives the entropy of "
            "(½, ¼, ⅛, ⅛). Here they are what four characters *that came* were given: each "
            "counts once.",
            float(2**1.75): "You weighed the lengths with their probabilities. Here they are what "
            "four characters *that came* were given: each counts once.",
        },
    )
)

# --- counts, smoothed ---


def _counts(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([[3, 1]]), 1.0
    yield np.array([[0, 0, 0]]), 0.5
    yield np.array([[4, 0, 0], [0, 1, 1]]), 1.0
    yield np.array([[9, 0], [1, 2], [0, 0]]), 0.1
    for n in np.linspace(1, 20, 30).astype(int):
        table = rng.poisson(rng.uniform(0.1, 5), (n, int(rng.integers(2, 8))))
        yield table, round(float(rng.uniform(0.01, 3)), 2)


_smoothing = Kind(
    "smoothing of counts",
    ("counts", "k"),
    "an array of the shape of counts",
    _counts,
    "tables of 1 to 20 contexts and 2 to 7 characters, some rows without a count",
    "the definition",
)


def smoothed(counts, k):
    """Return the forecasts of each context, with k added to every count."""
    more = counts + k
    return more / more.sum(axis=1, keepdims=True)


register(
    Exercise(
        "text.add_k",
        kind=_smoothing,
        reference=smoothed,
        title="The forecasts of each context, with k added to every count",
        hints=(
            "After adding, what must each row be divided by so that it sums to 1?",
            "By its own new sum, the old one plus k times the number of characters.",
            "`counts + k`, over `(counts + k).sum(axis=1, keepdims=True)`.",
        ),
        level=1,
        mistakes=SMOOTHED,
    )
)

# --- the extra bits, from counts with zeros ---


def _two_authors(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([1, 1]), np.array([1, 3])
    yield np.array([2, 0]), np.array([1, 1])
    yield np.array([1, 1]), np.array([2, 0])
    yield np.array([3, 0, 1]), np.array([6, 0, 2])
    for size in np.linspace(2, 44, 30).astype(int):
        mine = rng.poisson(rng.uniform(0.5, 20, size)) + 0
        mine[rng.integers(size)] += 1
        yours = rng.poisson(rng.uniform(2, 20, size)) + (size % 3 > 0)
        yours[rng.integers(size)] += 1
        yield mine, yours


_of_counts = Kind(
    "divergence of counts",
    ("mine", "yours"),
    "one number",
    _two_authors,
    "pairs of counts of 2 to 44 characters, with zeros in either",
    "the definition",
)


def extra_bits(mine, yours):
    """Return how many bits a character costs more with the frequencies of another author."""
    p, q = mine / mine.sum(), yours / yours.sum()
    with np.errstate(divide="ignore"):
        return np.sum(p[p > 0] * np.log2(p[p > 0] / q[p > 0]))


register(
    Exercise(
        "text.extra_bits",
        kind=_of_counts,
        reference=extra_bits,
        title="The bits that a character costs more, read with another author's frequencies",
        hints=(
            "First make frequencies of the counts. Which author's text is coded, and with whose "
            "frequencies?",
            "KL(p‖q) with p of `mine` and q of `yours`, and `np.log2`. Which zeros are harmless?",
            "A character that `mine` never has costs nothing: leave it out, `p > 0`. One that only "
            "`mine` has costs infinitely much, which NumPy says by itself.",
        ),
        level=2,
        mistakes=EXTRA_BITS,
    )
)

# --- two models, mixed ---


def _two_models(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([0.5, 0.1]), np.array([0.1, 0.5]), np.array([0.0, 0.5, 1.0])
    yield np.array([0.9, 0.9]), np.array([0.1, 0.2]), np.array([0.0, 0.5, 1.0])
    yield np.array([0.9, 0.9, 0.01]), np.array([0.4, 0.4, 0.4]), np.array([0.0, 0.5, 0.75, 1.0])
    yield np.array([0.2, 0.9, 0.9]), np.array([0.6, 0.1, 0.6]), np.array([0.0, 0.25, 0.5, 1.0])
    for n in np.linspace(3, 60, 40).astype(int):
        lean = rng.uniform(0.15, 0.85)
        first = rng.beta(0.6 + 2 * lean, 1.5, n).clip(1e-4)
        second = rng.beta(0.6 + 2 * (1 - lean), 1.5, n).clip(1e-4)
        edge = 0.05 * (n % 3)
        yield first, second, np.linspace(edge, 1 - edge, int(rng.choice([5, 11, 21])))


_mixing = Kind(
    "choice of a weight",
    ("p", "q", "weights"),
    "one number, one of the weights",
    _two_models,
    "pairs of models on 2 to 60 characters, with 3 to 21 weights",
    "the definition",
)


def mixture(p, q, weights):
    """Return the weight λ for which λ p + (1 − λ) q needs the fewest bits."""
    mixed = [weight * p + (1 - weight) * q for weight in weights]
    return weights[np.argmin([-np.log2(m).mean() for m in mixed])]


register(
    Exercise(
        "text.weight",
        kind=_mixing,
        reference=mixture,
        title="The share of one model in a mixture, chosen by its bits",
        hints=(
            "For one weight λ: which probability does the mixture give to each character?",
            "λ p + (1 − λ) q, and then the mean of its bits. Which weight has the fewest?",
            "`weights[np.argmin([-np.log2(v * p + (1 - v) * q).mean() for v in weights])]`.",
        ),
        level=2,
        mistakes=WEIGHT,
    )
)

# --- a decision ---


def split():
    """Return what to keep on one side of the split."""
    return "chapters"


register(
    Exercise(
        "text.split",
        kind=choice,
        reference=split,
        title="What must stay whole, for a model that will read new chapters",
        options=("sentences", "paragraphs", "chapters", "nothing"),
        hints=(
            "In use the model meets something new. What is it that is new then?",
            "Paragraphs of one chapter share names, phrases and subject. Will the new text share "
            "them with what was learnt from?",
        ),
        mistakes={
            "sentences": "Then sentences of one paragraph stand on both sides, with the same "
            "names and phrases. In use the whole chapter is new.",
            "paragraphs": "Then paragraphs of one chapter stand on both sides, with the same names "
            "and phrases. In use the whole chapter is new.",
            "nothing": "Then the test asks how well the model continues what it has half read. In "
            "use the whole chapter is new.",
        },
    )
)
