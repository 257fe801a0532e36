"""Exercises of the chapter *Self-supervised learning*."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._self_supervised_mistakes import BOUND, RANK, SHIFT
from lossbook.exercises.kinds import Kind, choice

# --- the assumption, and the protocol ---

_letter = replace(choice, returns="one of the letters A, B, C, D")


def assumption():
    """Return the change that turns one class into the other."""
    return "B"


register(
    Exercise(
        "self_supervised.assumption",
        kind=_letter,
        reference=assumption,
        title="The change that must not be used, left shoes against right shoes",
        options=("A", "B", "C", "D"),
        hints=(
            "Take a photograph of a left shoe and change it. Is it still a left shoe?",
            "Three of the four leave it one. The fourth is what you see in a looking-glass.",
        ),
        mistakes={
            "A": "A left shoe moved by two pixels is a left shoe. Which change makes it a right "
            "one?",
            "C": "In poorer light a left shoe is a left shoe. Which change makes it a right one?",
            "D": "A left shoe turned a little, in the plane of the picture, is a left shoe. Which "
            "change makes it a right one?",
        },
    )
)


def leak():
    """Return the step that uses labels which nobody has paid for."""
    return "C"


register(
    Exercise(
        "self_supervised.leak",
        kind=_letter,
        reference=leak,
        title="The step that makes twenty labels look better than they are",
        options=("A", "B", "C", "D"),
        hints=(
            "For each step ask which labels it has looked at.",
            "Twenty labels are paid for. Which step looks at others to make a choice?",
        ),
        mistakes={
            "A": "The pretraining sees images of the pool, and no label. That is what it is for.",
            "B": "The mean of the pool needs no label, and no test image.",
            "D": "The twenty labels are paid for, and may choose as well as fit.",
        },
    )
)

# --- moving an image ---


def _images(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([[[1.0, 2.0], [3.0, 4.0]]]), 1, 0
    yield np.arange(1.0, 10.0).reshape(1, 3, 3), 0, 1
    yield np.arange(1.0, 10.0).reshape(1, 3, 3), -1, 1
    yield np.arange(1.0, 13.0).reshape(2, 2, 3), 0, 0
    for size, down, right in ((3, 2, 1), (4, -2, 0), (5, -1, -1)):  # farther than they reach
        yield np.arange(1.0, 2 * size + 1).reshape(2, 1, size), down, right
        yield np.arange(1.0, 2 * size + 1).reshape(2, size, 1), right, down
    for n in np.linspace(1, 20, 25).astype(int):
        h, v = (int(k) for k in rng.integers(3, 9, 2))
        down, right = (int(k) for k in rng.integers(-2, 3, 2))
        yield rng.uniform(0.1, 1, (n, h, v)).round(2), down, right


_moving = Kind(
    "shift of images",
    ("images", "down", "right"),
    "an array of the shape of images",
    _images,
    "batches of 1 to 20 images of 1 to 8 rows and columns, moved by −2 to 2 pixels each way",
    "the moved images",
)


def shifted(images, down, right):
    """Return the images moved down and right by whole pixels, with white paper behind."""
    n, h, v = images.shape
    paper = np.zeros((n, h + 4, v + 4))  # with a margin of 2 all around
    paper[:, 2 + down : 2 + down + h, 2 + right : 2 + right + v] = images
    return paper[:, 2 : 2 + h, 2 : 2 + v]


register(
    Exercise(
        "self_supervised.shifted",
        kind=_moving,
        reference=shifted,
        title="Images moved by whole pixels, without wrapping",
        hints=(
            "What leaves on one side must not come back on the other. What stands where nothing "
            "came from?",
            "Lay the image on a larger sheet of zeros, `down` rows lower and `right` columns "
            "farther right, and cut out the old frame.",
            "With a margin of 2 all around, for images of height h and width v: "
            "`sheet[:, 2 + down : 2 + down + h, 2 + right : 2 + right + v] = images`.",
        ),
        mistakes=SHIFT,
    )
)

# --- the bound ---


def _tables(rng: np.random.Generator) -> Iterator[tuple]:
    yield (np.array([[1.0, 0.0], [0.5, 2.0]]),)
    yield (np.array([[0.0, 1.0], [2.0, 0.0]]),)
    yield (np.zeros((3, 3)),)
    for n in np.linspace(2, 30, 25).astype(int):
        yield (rng.standard_normal((n, n)) * 2 + rng.uniform(-1, 4) * np.eye(n),)


_bound = Kind(
    "lower bound of the mutual information",
    ("z",),
    "one number",
    _tables,
    "square tables of 2 to 30 rows of logits",
    "log n minus the loss",
)


def bound(z):
    """Return log n minus the mean InfoNCE loss of a table of logits, in nats."""
    top = z.max(axis=1)
    log_total = top + np.log(np.exp(z - top[:, None]).sum(axis=1))
    return np.log(len(z)) - np.mean(log_total - np.diag(z))


register(
    Exercise(
        "self_supervised.bound",
        kind=_bound,
        reference=bound,
        title="log n minus the InfoNCE loss, from a table of logits",
        hints=(
            "The loss of row i is minus the log of the share that the diagonal takes.",
            "loss of row i = log Σ_j exp(z_ij) − z_ii. Take the mean over the rows.",
            "`np.log(len(z)) - np.mean(np.log(np.exp(z).sum(axis=1)) - np.diag(z))`.",
        ),
        level=2,
        mistakes=BOUND,
    )
)

# --- the effective rank ---


def _clouds(rng: np.random.Generator) -> Iterator[tuple]:
    yield (np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]),)
    yield (np.array([[3.0, 1.0], [1.0, 1.0], [2.0, 4.0], [2.0, 2.0]]),)
    yield (np.array([[0.0, 1.0], [1.0, 1.0], [5.0, 1.0], [9.0, 1.0]]),)
    for n in np.linspace(4, 60, 25).astype(int):
        d = int(rng.integers(2, 8))
        reach = 0.5 ** (rng.uniform(0, 1) * np.arange(d))
        yield (rng.standard_normal((n, d)) * reach + rng.uniform(1, 3, d),)


_rank = Kind(
    "effective rank",
    ("E",),
    "one number",
    _clouds,
    "clouds of 4 to 60 vectors of 2 to 7 numbers, away from the origin",
    "the definition",
)


def effective_rank(E):
    """Return the exponential of the entropy of the shares of the singular values."""
    s = np.linalg.svd(E - E.mean(axis=0), compute_uv=False)
    p = s / s.sum()
    p = p[p > 1e-12]
    return np.exp(-np.sum(p * np.log(p)))


register(
    Exercise(
        "self_supervised.effective_rank",
        kind=_rank,
        reference=effective_rank,
        title="How many directions a cloud of vectors uses",
        hints=(
            "Centre the vectors first. Then `np.linalg.svd(…, compute_uv=False)`.",
            "Divide the singular values by their sum. Their entropy is −Σ p log p, where a share "
            "of 0 counts nothing.",
            "The effective rank is the exponential of that entropy.",
        ),
        level=2,
        mistakes=RANK,
    )
)
