"""Mistakes typical of the exercise of *Embeddings and ranking* about pairs of vectors."""

from functools import partial

import numpy as np

from lossbook.exercises._mistake import instead, of_result
from lossbook.exercises.mistakes import (
    GRADIENT,
    MEAN_UNASKED,
    without_residual,
)


def _pair(a, b, margin):
    """Return the gap of two vectors, its length, its direction and the lack, as columns."""
    gap = a - b
    distance = np.linalg.norm(gap, axis=1, keepdims=True)
    return (
        gap,
        distance,
        gap / np.where(distance > 0, distance, 1),
        np.maximum(margin - distance, 0),
    )


def _gradient(pull, push):
    """Return the wrong gradient made of a wrong pull or push, each a function of `_pair`."""

    def wrong(same, a, b, margin):
        parts = _pair(a, b, margin)
        return np.where((same == 1)[:, None], pull(*parts), push(*parts))

    return wrong


def _pull(gap, distance, way, lack):
    return 2 * gap


def _push(gap, distance, way, lack):
    return -2 * lack * way


def _by_columns(at_zero, same, a, b, margin):
    gap, distance = a - b, np.linalg.norm(a - b, axis=0)
    push = -2 * np.maximum(margin - distance, 0) * gap / np.where(distance > 0, distance, at_zero)
    return np.where((same == 1)[:, None], 2 * gap, push)


CONTRASTIVE_GRAD = (
    instead(
        "push towards the other",
        "The pull is right. Your push has the wrong sign: at +2 (m − D) a step against the "
        "gradient brings different vectors together.",
        _gradient(_pull, lambda g, d, u, k: 2 * k * u),
    ),
    instead(
        "push beyond the margin",
        "Up to the margin you are right. Beyond it m − D is negative, and your push turns into a "
        "pull; there the loss is flat and its gradient 0.",
        lambda same, a, b, margin: _gradient(_pull, lambda g, d, u, k: -2 * (margin - d) * u)(
            same, a, b, margin
        ),
    ),
    instead(
        "push along the whole gap",
        "The pull is right. The push goes along the *unit* vector (a − b)/D; you multiply by a − b "
        "itself, which is D times as long.",
        _gradient(_pull, lambda g, d, u, k: -2 * k * g),
    ),
    instead(
        "factor 2 missing in the push",
        "The pull is right. Your push has half the right size: the derivative of (m − D)² by D is "
        "−2 (m − D).",
        _gradient(_pull, lambda g, d, u, k: -k * u),
    ),
    instead(
        "factor 2 missing in the pull",
        "The push is right. Your pull has half the right size: the gradient of the squared length "
        "of a − b is 2 (a − b).",
        _gradient(lambda g, d, u, k: g, _push),
    ),
    instead(
        "D² in place of D",
        "The pull is right. In the push you take the squared distance for D: `np.linalg.norm`, or "
        "the *root* of the sum of squares.",
        lambda same, a, b, margin: _gradient(
            _pull, lambda g, d, u, k: -2 * np.maximum(margin - d**2, 0) * g / d**2
        )(same, a, b, margin),
    ),
    instead(
        "D² in the lack",
        "The pull is right, and so is the direction of the push. But what is missing to the margin "
        "is m − D, not m − D².",
        lambda same, a, b, margin: _gradient(
            _pull, lambda g, d, u, k: -2 * np.maximum(margin - d**2, 0) * u
        )(same, a, b, margin),
    ),
    instead(
        "pull of constant size",
        "The push is right. The pull is 2 D times the unit vector, that is 2 (a − b); yours has "
        "the size 2 however far apart the two are.",
        _gradient(lambda g, d, u, k: 2 * u, _push),
    ),
    instead(
        "0/0 where equal vectors meet",
        "Right, except where two equal vectors are at one point already. There you have 0/0; the "
        "gradient of D² is 2 (a − b), which is 0 there and needs no division.",
        lambda same, a, b, margin: (
            np.where(
                same == 1, 2 * _pair(a, b, margin)[1][:, 0], -2 * _pair(a, b, margin)[3][:, 0]
            )[:, None]
            * ((a - b) / np.linalg.norm(a - b, axis=1, keepdims=True))
        ),
    ),
    instead(
        "alike and different exchanged",
        "You push the pairs that are alike and pull the others. Here 1 says that the two are of "
        "one kind.",
        lambda same, a, b, margin: _gradient(_pull, _push)(1 - same, a, b, margin),
    ),
    instead(
        "push forgotten",
        "Only the pairs that are alike have a gradient in your answer. Different ones nearer than "
        "the margin are pushed apart; without that, everything collapses.",
        _gradient(_pull, lambda g, d, u, k: 0 * g),
    ),
    instead(
        "pull forgotten",
        "Only the pairs that are different have a gradient in your answer. Those that are alike "
        "are pulled together, by 2 (a − b).",
        _gradient(lambda g, d, u, k: 0 * g, _push),
    ),
    instead(
        "everybody is pulled",
        "You pull every pair, the different ones too. Those are pushed apart as long as they are "
        "nearer than the margin.",
        lambda same, a, b, margin: 2 * (a - b),
    ),
    instead(
        "one distance for all pairs",
        "The pull is right. For the push you take the length of the whole table a − b, one number "
        "for all pairs; `np.linalg.norm(a - b, axis=1)` gives each pair its own.",
        lambda same, a, b, margin: np.where(
            (same == 1)[:, None],
            2 * (a - b),
            -2 * np.maximum(margin - np.linalg.norm(a - b), 0) * (a - b) / np.linalg.norm(a - b),
        ),
    ),
    *(
        instead(
            "distances of the columns",
            "The pull is right. For the push you take the length of each *column* of a − b. A "
            "vector is a row: `np.linalg.norm(a - b, axis=1)`.",
            partial(_by_columns, at_zero),
        )
        for at_zero in (0, 1)
    ),
    *(
        instead(
            "gradients for both vectors",
            "You return two gradients for each pair. The one by its first vector is right: return "
            "it alone.",
            lambda same, a, b, margin, axis=axis: np.stack(
                [sign * _gradient(_pull, _push)(same, a, b, margin) for sign in (1, -1)], axis
            ),
        )
        for axis in (0, 1)
    ),
    instead(
        "value instead of gradient",
        "That is the loss of each pair. Its gradient is asked for, a row for each pair.",
        lambda same, a, b, margin: np.where(
            same == 1, _pair(a, b, margin)[1][:, 0] ** 2, _pair(a, b, margin)[3][:, 0] ** 2
        ),
    ),
    instead(
        "size without direction",
        "These are the sizes of pull and push. A gradient by a vector has a direction too: "
        "multiply each by (a − b)/D.",
        lambda same, a, b, margin: np.where(
            same == 1, 2 * _pair(a, b, margin)[1][:, 0], -2 * _pair(a, b, margin)[3][:, 0]
        ),
    ),
    MEAN_UNASKED,
    *(
        mistake
        if mistake.name != "sign reversed"
        else of_result(
            "sign reversed",
            "Your gradient has the right size and the wrong sign. By the first vector the gap "
            "a − b has the derivative +1; what you return is the gradient by the second.",
            lambda result, *args: -result,
        )
        for mistake in without_residual(GRADIENT)
    ),
)
