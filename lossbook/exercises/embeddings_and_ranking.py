"""Exercises of the chapter *Embeddings and ranking*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._embeddings_and_ranking_mistakes import CONTRASTIVE_GRAD
from lossbook.exercises._embeddings_and_ranking_order_mistakes import PAIR_ACCURACY
from lossbook.exercises._embeddings_and_ranking_table_mistakes import INFONCE, SIMILARITY_GRAD
from lossbook.exercises.kinds import Kind, choice, number

# --- pairs of vectors ---


def price():
    """Return the contrastive loss of two different kinds at a distance of 0.6, margin 1."""
    distance, margin = 0.6, 1.0
    return max(0, margin - distance) ** 2


register(
    Exercise(
        "embeddings.price",
        kind=number,
        reference=price,
        title="The contrastive loss of two different digits at a distance of 0.6, with margin 1",
        hints=(
            "Two different digits are pushed. How much is missing to the margin?",
            "0.4 is missing, and what is missing is squared.",
        ),
        mistakes={
            0.36: "That is D², what the pair would cost if the digits were alike. Different ones "
            "cost the square of what is missing to the margin.",
            0.4: "That is what is missing to the margin. It is squared.",
            0.08: "You have halved it, as the original paper does. Here nothing is halved.",
            0.18: "That is half of D², for alike digits. Different ones cost the square of what is "
            "missing to the margin.",
            0.64: "That is 1 − D². The difference m − D is squared, not the distance alone.",
            0.0: "It would be 0 from a distance of 1 on. Here 0.4 is missing.",
            -0.8: "That is the slope, −2 (m − D). The loss is asked for.",
            0.8: "That is the size of the push, 2 (m − D). The loss is asked for.",
        },
    )
)


def collapse():
    """Return the objective that a constant map makes as small as it can be."""
    return "B"


register(
    Exercise(
        "embeddings.collapse",
        kind=choice,
        reference=collapse,
        title="The objective for which one point for all images is best",
        options=("A", "B", "C", "D"),
        hints=(
            "Put all vectors at one point. What does each of the four cost then?",
            "Can a map that keeps the digits apart cost less?",
        ),
        mistakes={
            "A": "With all vectors at one point every triplet costs its margin of 1. Keeping the "
            "digits apart costs less.",
            "C": "With all vectors in one direction every share is 1/n, and the loss log n. A map "
            "that finds the right key costs less.",
            "D": "At one point the two different images cost the square of the margin. Apart they "
            "cost nothing.",
        },
    )
)


def _pairs(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield labels and pairs of vectors, the smallest first; different ones are never at 0."""
    yield np.array([1]), np.array([[3.0, 0.0]]), np.array([[0.0, 4.0]])
    yield np.array([0]), np.array([[0.3, 0.0]]), np.array([[0.0, 0.0]])
    yield np.array([0, 1]), np.array([[0.0, 0.2], [1.0, 1.0]]), np.array([[0.0, 0.0], [1.0, 1.0]])
    yield np.array([0]), np.array([[9.0, 0.0]]), np.array([[0.0, 0.0]])
    for n in np.linspace(2, 50, 30).astype(int):
        a = rng.standard_normal((n, int(rng.integers(1, 6))))
        way = rng.standard_normal(a.shape)
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        yield rng.integers(0, 2, n), a, a + rng.uniform(0.05, 4, (n, 1)) * way


gradient_of_pairs = Kind(
    "gradient of the contrastive loss",
    ("same", "a", "b"),
    "an array of the shape of a",
    _pairs,
    "batches of 1 to 50 pairs of vectors with 1 to 5 entries, alike or not, near and far",
    "the exact derivative",
)


def contrastive_grad(same, a, b, margin):
    """Return the gradient of each pair's contrastive loss by its first vector."""
    gap = a - b
    distance = np.linalg.norm(gap, axis=1)
    lack = np.maximum(margin - distance, 0)
    away = gap / np.where(distance > 0, distance, 1)[:, None]
    return np.where(same == 1, 2 * distance, -2 * lack)[:, None] * away


register(
    Exercise(
        "embeddings.contrastive_grad",
        kind=gradient_of_pairs,
        reference=contrastive_grad,
        title="The gradient of each pair's contrastive loss by its first vector",
        params={"margin": (1.0, 0.5, 3.0)},
        hints=(
            "Alike: the loss is the squared length of a − b. What is its gradient by a?",
            "Different: −2 (m − D) times the unit vector (a − b)/D, and nothing from D = m on.",
            "`np.linalg.norm(a - b, axis=1)` are the distances; `[:, None]` makes a column.",
        ),
        level=2,
        mistakes=CONTRASTIVE_GRAD,
    )
)

# --- a batch ---


def _batches(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield queries and keys, none of them zero and of all lengths, the smallest first.

    Two keys are exchanged, so that no loss is nearly 0, where single precision loses its digits.
    """
    yield np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[6.0, 8.0], [0.0, 5.0]])
    yield np.array([[3.0, 4.0], [1.0, 0.0]]), np.array([[0.0, 1.0], [1.0, 1.0]])
    for n in np.linspace(2, 20, 25).astype(int):
        queries = rng.standard_normal((n, int(rng.integers(2, 6))))
        keys = queries + rng.uniform(0.1, 2) * rng.standard_normal(queries.shape)
        keys[[0, 1]] = keys[[1, 0]]
        yield queries, keys * rng.uniform(0.3, 3, (n, 1))


mean_of_batch = Kind(
    "InfoNCE of a batch",
    ("queries", "keys"),
    "one number",
    _batches,
    "batches of 2 to 20 queries and keys, of lengths other than 1",
    "the definition",
)


def infonce(queries, keys, temperature):
    """Return the mean InfoNCE loss of queries whose right keys stand in the same row."""
    q = queries / np.linalg.norm(queries, axis=1, keepdims=True)
    k = keys / np.linalg.norm(keys, axis=1, keepdims=True)
    S = q @ k.T / temperature
    return np.mean(np.log(np.exp(S).sum(axis=1)) - np.diag(S))


register(
    Exercise(
        "embeddings.infonce",
        kind=mean_of_batch,
        reference=infonce,
        title="InfoNCE of a batch of queries and keys",
        params={"temperature": (0.1, 1.0, 0.5)},
        hints=(
            "Divide each vector by its length; then `q @ k.T` is the table of all cosines.",
            "Divide the table by the temperature. Every row is a row of logits.",
            "The right key stands on the diagonal: log-sum-exp of the row minus `np.diag`.",
        ),
        level=2,
        mistakes=INFONCE,
    )
)


def _tables(rng: np.random.Generator) -> Iterator[tuple]:
    yield (np.array([[1.0, 0.0], [0.0, 1.0]]),)
    yield (np.array([[0.2, 0.9], [0.4, -0.3]]),)
    for n in np.linspace(2, 20, 25).astype(int):
        yield (rng.uniform(-1, 1, (n, n)),)


gradient_of_table = Kind(
    "gradient of InfoNCE by the similarities",
    ("S",),
    "an array of the shape of S",
    _tables,
    "square tables of 2 to 20 rows of similarities between −1 and 1",
    "the exact derivative",
)


def similarity_grad(S, temperature):
    """Return the gradient of the mean InfoNCE loss by the table of similarities."""
    e = np.exp((S - S.max(axis=1, keepdims=True)) / temperature)
    p = e / e.sum(axis=1, keepdims=True)
    return (p - np.eye(len(S))) / (len(S) * temperature)


register(
    Exercise(
        "embeddings.similarity_grad",
        kind=gradient_of_table,
        reference=similarity_grad,
        title="The gradient of the mean InfoNCE loss by the table of similarities",
        params={"temperature": (0.1, 1.0, 0.5)},
        hints=(
            "The logits are S over the temperature. By the logits it is share minus truth.",
            "The truth is the identity, `np.eye(len(S))`; the mean divides by the rows.",
            "And the chain rule: from the logits back to S there is a factor of 1/τ.",
        ),
        level=3,
        mistakes=SIMILARITY_GRAD,
    )
)

# --- an order ---


def _orders(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield truths and scores with ties in both, the smallest first; some truths differ."""
    yield np.array([1.0, 0.0]), np.array([3.0, 2.0])
    yield np.array([0.0, 1.0]), np.array([5.0, 5.0])
    yield np.array([0.0, 1.0, 1.0]), np.array([1.0, 2.0, 0.5])
    yield np.array([2.0, 0.0, 1.0, 1.0]), np.array([1.0, 1.0, 1.0, 0.0])
    for n in np.linspace(4, 40, 25).astype(int):
        truth = np.append(rng.integers(0, 4, n - 2), [0, 3]).astype(float)
        yield truth, np.round(truth + 2 * rng.standard_normal(n), int(rng.integers(0, 3)))


share_of_pairs = Kind(
    "share of the pairs in the right order",
    ("y_true", "s"),
    "one number from 0 to 1",
    _orders,
    "lists of 2 to 40 items, with ties among the truths and among the scores",
    "the definition",
)


def pair_accuracy(y_true, s):
    """Return the share of the pairs of unequal truth that the scores put in the right order."""
    better = y_true[:, None] > y_true[None, :]
    lead = s[:, None] - s[None, :]
    return np.mean((lead > 0) + 0.5 * (lead == 0), where=better)


register(
    Exercise(
        "embeddings.pair_accuracy",
        kind=share_of_pairs,
        reference=pair_accuracy,
        title="The share of the pairs that scores put in the right order, ties counting one half",
        hints=(
            "`y_true[:, None] > y_true[None, :]` is a table of all pairs of which the first is "
            "better.",
            "For each of these the scores say right (1), wrong (0) or nothing (½).",
            "The mean over those pairs only: `np.mean(..., where=better)`.",
        ),
        level=3,
        mistakes=PAIR_ACCURACY,
    )
)
