"""Mistakes typical of the exercise about the best mask of *Overlap of masks*."""

import numpy as np

from lossbook.exercises._mistake import instead, of_result


def _scores(q):
    """Return the pixels from sure to unsure, and the score of each number of them."""
    order = np.argsort(-q)
    return order, 2 * np.cumsum(q[order]) / (np.sum(q) + np.arange(1, len(q) + 1))


def _first(q, k):
    mask = np.zeros(len(q))
    mask[np.argsort(-q)[:k]] = 1
    return mask


BEST_MASK = (
    instead(
        "one half",
        "You cut at one half. That is the mask with the best accuracy; a larger one overlaps more.",
        lambda q: np.where(q > 0.5, 1.0, 0.0),
    ),
    instead(
        "one pixel short",
        "Your mask is one pixel short. `np.argmax` counts from 0: the best score at position k "
        "stands for k + 1 pixels.",
        lambda q: _first(q, np.argmax(_scores(q)[1])),
    ),
    instead(
        "not put back",
        "The number of pixels is right, but they stand in front. Put the 1 where each pixel was "
        "before the sorting.",
        lambda q: (np.arange(len(q)) <= np.argmax(_scores(q)[1])).astype(float),
    ),
    instead(
        "positions for places",
        "The number of pixels is right, and the pixels are not. `np.argsort(-q)` says which pixel "
        "comes first, not at which place a pixel comes: `mask[order[:k]] = 1`.",
        lambda q: (np.argsort(-q) <= np.argmax(_scores(q)[1])).astype(float),
    ),
    of_result(
        "number of pixels returned",
        "That is how many pixels are in the best mask. Return the mask: 0 or 1 for each pixel.",
        lambda result, *args: result.sum(),
    ),
    instead(
        "cut at the best score",
        "You cut at the best score. It is half of it from which a pixel is worth its place.",
        lambda q: np.where(q > _scores(q)[1].max(), 1.0, 0.0),
    ),
    instead(
        "cut at the mean",
        "You cut at the mean probability. Try the masks by their score instead.",
        lambda q: np.where(q > q.mean(), 1.0, 0.0),
    ),
    instead(
        "every pixel",
        "You take every pixel. Each makes the areas below the line larger by 1, likely or not. (If "
        "you have sorted: `np.argsort` goes from low to high, and the likely ones come first.)",
        lambda q: np.ones(len(q)),
    ),
    instead(
        "score returned",
        "That is the best score. The mask that reaches it is asked for.",
        lambda q: _scores(q)[1].max(),
    ),
    instead(
        "indices returned",
        "These are the numbers of the pixels. Return 0 or 1 for each pixel.",
        lambda q: _scores(q)[0][: np.argmax(_scores(q)[1]) + 1],
    ),
    instead(
        "probabilities returned",
        "These are the probabilities themselves. With a mask of 0 and 1 the score is higher.",
        lambda q: q,
    ),
)
