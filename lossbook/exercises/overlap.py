"""Exercises of the chapter *Overlap of masks*."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._overlap_best_mask_mistakes import BEST_MASK
from lossbook.exercises._overlap_mistakes import DICE_LOSS, SLOPES
from lossbook.exercises.kinds import Kind, choice, number

# --- by hand ---


def jaccard_of_dice():
    """Return the Jaccard index of a mask whose Dice coefficient is 0.8."""
    dice = 0.8
    return dice / (2 - dice)


register(
    Exercise(
        "overlap.jaccard_of_dice",
        kind=number,
        reference=jaccard_of_dice,
        title="The Jaccard index of a mask whose Dice coefficient is 0.8",
        hints=(
            "Take two masks of 10 pixels each. How many must they share for a Dice of 0.8?",
            "They share 8. How many pixels belong to one of the two masks at least?",
        ),
        mistakes={
            0.8 / 0.9: "That is 2 · 0.8 / (1 + 0.8), which leads back from a Jaccard index to a "
            "Dice coefficient. The Jaccard index is the smaller of the two.",
            0.8: "The two agree only at 0 and at 1.",
            0.4: "You halve it. That is nearly right where the overlap is small; the union "
            "shrinks as the overlap grows.",
            0.6: "That is 2D − 1. The relation is no straight line: D / (2 − D).",
            1 / 3: "That is the Jaccard *loss*, 1 minus the index.",
        },
    )
)


def missed():
    """Return the Dice loss with s = 3 of an object of eight pixels of which one is predicted."""
    shared, areas, s = 1, 8 + 1, 3
    return 1 - (2 * shared + s) / (areas + s)


register(
    Exercise(
        "overlap.missed",
        kind=number,
        reference=missed,
        title="The Dice loss, s = 3, of an object of eight pixels of which one is predicted",
        hints=(
            "What is the overlap, and what are the two areas?",
            "The overlap is 1, and counts twice; the areas are 8 and 1. Add s above and below.",
        ),
        mistakes={
            5 / 12: "That is the coefficient. The loss is 1 minus it.",
            7 / 9: "That is without s. It is added above and below the line.",
            10 / 12: "You have added s below the line only. It stands above it too.",
            4 / 9: "You have added s above the line only. It stands below it too.",
            4 / 12: "You have doubled s together with the overlap. It is added after the doubling.",
            8 / 12: "The overlap counts twice in Dice.",
            7 / 11: "That is the Jaccard loss. Dice doubles the overlap, and adds up both areas.",
            1 - 4 / 7.5: "That is the Tversky loss with α = β = ½ and s = 3. Dice doubles the "
            "overlap and not s.",
            1 - 5 / 15: "You have added s to each of the two areas. It is added once below.",
            8
            / 11: "That is for a prediction of 0 everywhere. The pixel that is found counts twice "
            "above the line, and below it once more.",
            0.7: "That is for s = 1.",
        },
    )
)

# --- masks with probabilities ---


def _masks(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield truths and predictions of one to six masks, from empty to full, smallest first."""
    yield np.array([[[1.0, 0.0]]]), np.array([[[0.5, 0.25]]])
    yield np.array([[[1.0, 1.0], [0.0, 0.0]]]), np.array([[[1.0, 0.0], [1.0, 0.0]]])
    yield np.array([[[0.0, 0.0]], [[1.0, 0.0]]]), np.array([[[0.0, 0.0]], [[0.5, 0.5]]])
    for n in np.linspace(1, 6, 24).astype(int):
        shape = (n, int(rng.integers(2, 7)), int(rng.integers(2, 7)))
        truth = (rng.random(shape) < rng.random((n, 1, 1))).astype(float)
        yield truth, rng.random(shape)


_OF_MASKS = Kind(
    "Dice loss of masks",
    ("y_true", "p"),
    "one number per mask",
    _masks,
    "batches of 1 to 6 masks of up to 6 × 6 pixels, some of them empty",
    "the definition",
)


def dice_loss(y_true, p, s):
    """Return the soft Dice loss of each mask."""
    shared = np.sum(y_true * p, axis=(1, 2))
    areas = np.sum(y_true, axis=(1, 2)) + np.sum(p, axis=(1, 2))
    return 1 - (2 * shared + s) / (areas + s)


register(
    Exercise(
        "overlap.dice_loss",
        kind=_OF_MASKS,
        reference=dice_loss,
        title="The soft Dice loss of each mask",
        params={"s": (1.0, 0.1, 10.0)},
        hints=(
            "Three sums for each mask: of y·p, of y and of p.",
            "A mask has two axes: `np.sum(..., axis=(1, 2))` leaves one number for each.",
            "Twice the shared pixels plus s, over both areas plus s; the loss is 1 minus that.",
        ),
        mistakes=DICE_LOSS,
    )
)


def slopes(y_true, p, s):
    """Return the derivative of each mask's Dice loss with respect to each of its pixels."""
    above = 2 * np.sum(y_true * p, axis=(1, 2), keepdims=True) + s
    below = np.sum(y_true + p, axis=(1, 2), keepdims=True) + s
    return (above / below - 2 * y_true) / below


register(
    Exercise(
        "overlap.slopes",
        kind=replace(
            _OF_MASKS,
            name="derivative of the Dice loss of masks",
            returns="an array of the shape of p",
            against="the exact derivative",
        ),
        reference=slopes,
        title="The derivative of each mask's Dice loss with respect to each of its pixels",
        params={"s": (1.0, 0.1, 10.0)},
        hints=(
            "Call what stands above the line N, and what stands below A. What are their slopes by "
            "one pixel?",
            "They are 2y and 1. The quotient rule gives −(2y·A − N) / A².",
            "`keepdims=True` keeps the axes of a sum, so that it can be combined with the pixels.",
        ),
        level=2,
        mistakes=SLOPES,
    )
)

# --- what it asks of an unsure pixel ---


def cut():
    """Return the probability from which a pixel belongs in the best mask of a Tversky loss."""
    alpha, index = 0.2, 0.7
    return alpha * index


register(
    Exercise(
        "overlap.cut",
        kind=number,
        reference=cut,
        title="The threshold of a Tversky loss with α = 0.2, β = 0.8 and best index 0.7",
        hints=(
            "A pixel belongs in the mask if it raises the index. Which pixels do?",
            "The formula is αT / (1 + (α + β − 1) T). What is α + β here?",
        ),
        level=2,
        mistakes={
            0.35: "That is T / 2, the threshold of Dice, where α = β = ½.",
            0.56: "You took β. It is a *false alarm* that a further pixel risks: its weight, α, "
            "sets the threshold.",
            0.2: "That is α. It is multiplied by the best index.",
            0.5: "One half would be right if every pixel counted by itself, as in the accuracy.",
            0.7 / 1.7: "That is T / (1 + T), for α = β = 1, the Jaccard index.",
            0.16: "You took the product of α and β. The threshold is α times the best index.",
            0.06: "That is α (1 − T), α times the best loss. It is α times the index.",
        },
    )
)


def _probabilities(rng: np.random.Generator) -> Iterator[tuple]:
    yield (np.array([0.3]),)
    yield (np.array([0.4, 0.9]),)
    yield (np.array([0.002, 0.01]),)
    yield (np.array([0.2, 0.1, 0.8]),)
    for n in np.linspace(2, 40, 30).astype(int):
        yield (rng.random(n) ** rng.uniform(0.7, 4),)


_best_of_all = Kind(
    "best mask for given probabilities",
    ("q",),
    "0 or 1 for each pixel",
    _probabilities,
    "images of 1 to 40 pixels, their probabilities mostly small",
    "the best of all masks",
)


def best_mask(q):
    """Return the mask with the largest score: twice the sum of q in it, over both areas."""
    order = np.argsort(-q)
    scores = 2 * np.cumsum(q[order]) / (np.sum(q) + np.arange(1, len(q) + 1))
    mask = np.zeros(len(q))
    mask[order[: np.argmax(scores) + 1]] = 1
    return mask


register(
    Exercise(
        "overlap.best_mask",
        kind=_best_of_all,
        reference=best_mask,
        title="The mask M with the largest 2 Σ_M q / (Σ q + number of pixels in M)",
        hints=(
            "If a pixel belongs in the mask, so does every pixel with a higher probability. So how "
            "many masks are there to try?",
            "Sort the probabilities from high to low; `np.cumsum` gives the sum above the line for "
            "the first 1, 2, 3, … of them.",
            "Take the number with the best score, and put a 1 where those pixels came from.",
        ),
        level=3,
        mistakes=BEST_MASK,
    )
)

# --- diagnosis ---


def readout():
    """Return what gives probabilities where a Dice-trained network is sure and often wrong."""
    return "cross-entropy"


register(
    Exercise(
        "overlap.readout",
        kind=choice,
        reference=readout,
        title="A network trained on Dice says 0.99, and 78 % of those pixels are of the object",
        options=("more steps", "smaller s", "cross-entropy", "jaccard"),
        hints=(
            "Is the training at fault, or does the loss ask for it?",
            "At its minimum the Dice loss answers 0 or 1, whatever the probability. Which of the "
            "four asks for the probability?",
        ),
        level=2,
        mistakes={
            "more steps": "More steps lead nearer to the minimum, and there every pixel is 0 or 1. "
            "It would get surer still.",
            "smaller s": "The constant s matters for small and empty masks. It does not make the "
            "loss ask for probabilities.",
            "jaccard": "The Jaccard loss asks for a mask of 0 and 1 as well, with the same "
            "threshold.",
        },
    )
)
