"""Mistakes typical of the exercises of *Embeddings and ranking*."""

import numpy as np

from lossbook.exercises._mistake import instead, of_result
from lossbook.exercises.mistakes import (
    GRADIENT,
    MEAN_TWICE,
    MEAN_UNASKED,
    SUM,
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


def _unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def _rows(S):
    return np.log(np.exp(S).sum(axis=1)) - np.diag(S)


def _wrong_keys_only(S):
    return np.log((np.exp(S) * (1 - np.eye(len(S)))).sum(axis=1)) - np.diag(S)


INFONCE = (
    instead(
        "lengths left in",
        "You compare plain inner products. The cosine divides each vector by its length first; "
        "otherwise a long key wins everywhere.",
        lambda q, k, t: np.mean(_rows(q @ k.T / t)),
    ),
    instead(
        "only the queries divided by their length",
        "You divide the queries by their lengths and not the keys. The cosine needs both.",
        lambda q, k, t: np.mean(_rows(_unit(q) @ k.T / t)),
    ),
    instead(
        "lengths of the columns",
        "You divide each *column* by its length. A vector is a row: `axis=1`, with "
        "`keepdims=True`.",
        lambda q, k, t: np.mean(
            _rows((q / np.linalg.norm(q, axis=0)) @ (k / np.linalg.norm(k, axis=0)).T / t)
        ),
    ),
    instead(
        "multiplied by the temperature",
        "You multiply by the temperature. It divides: the smaller it is, the sharper the shares.",
        lambda q, k, t: np.mean(_rows(_unit(q) @ _unit(k).T * t)),
    ),
    instead(
        "temperature forgotten",
        "You use the cosines as logits. Divide them by the temperature first.",
        lambda q, k, t: np.mean(_rows(_unit(q) @ _unit(k).T)),
    ),
    instead(
        "sum over the queries",
        "You add up each column: for every key, over all queries. The question is which *key* "
        "belongs to a query: sum over the keys of a row, `axis=1`.",
        lambda q, k, t: np.mean(_rows(_unit(k) @ _unit(q).T / t)),
    ),
    instead(
        "right key left out below",
        "You sum over the wrong keys only. Below the line stand all keys, the right one too; "
        "otherwise the share may exceed 1.",
        lambda q, k, t: np.mean(_wrong_keys_only(_unit(q) @ _unit(k).T / t)),
    ),
    instead(
        "one sum for the whole table",
        "You divide by the sum of the whole table. Each query is a question of its own: the sum of "
        "its row.",
        lambda q, k, t: np.mean(
            np.log(np.exp(_unit(q) @ _unit(k).T / t).sum()) - np.diag(_unit(q) @ _unit(k).T / t)
        ),
    ),
    instead(
        "logarithm forgotten",
        "You return minus the mean share of the right key. The loss is minus the logarithm of each "
        "share.",
        lambda q, k, t: -np.mean(np.exp(-_rows(_unit(q) @ _unit(k).T / t))),
    ),
    instead(
        "mean not taken",
        "You return the loss of each query. One number is due: their mean.",
        lambda q, k, t: _rows(_unit(q) @ _unit(k).T / t),
    ),
    instead(
        "both directions",
        "You average over queries asking keys and keys asking queries, as CLIP does. Here only the "
        "queries ask.",
        lambda q, k, t: (
            (np.mean(_rows(_unit(q) @ _unit(k).T / t)) + np.mean(_rows(_unit(k) @ _unit(q).T / t)))
            / 2
        ),
    ),
    instead(
        "sign reversed",
        "Right size, wrong sign: a loss is *minus* the logarithm of a share, and positive.",
        lambda q, k, t: -np.mean(_rows(_unit(q) @ _unit(k).T / t)),
    ),
    SUM,
    MEAN_TWICE,
)
