"""Mistakes typical of the exercises of *Embeddings and ranking* about a table or an order."""

import numpy as np

from lossbook.exercises._mistake import instead


def _shares(S, axis=1):
    e = np.exp(S - S.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


SIMILARITY_GRAD = (
    instead(
        "chain rule forgotten",
        "That is the gradient by the *logits* S/τ. By S itself there is one more factor of 1/τ.",
        lambda S, t: (_shares(S / t) - np.eye(len(S))) / len(S),
    ),
    instead(
        "multiplied by the temperature",
        "The chain rule *divides* by the temperature once more; you multiply.",
        lambda S, t: (_shares(S / t) - np.eye(len(S))) * t / len(S),
    ),
    instead(
        "temperature forgotten in the shares",
        "Your shares are those of S. The logits are S/τ.",
        lambda S, t: (_shares(S) - np.eye(len(S))) / (len(S) * t),
    ),
    instead(
        "temperature forgotten",
        "There is no temperature in your answer: it divides S before the softmax, and the whole "
        "once more after it.",
        lambda S, t: (_shares(S) - np.eye(len(S))) / len(S),
    ),
    instead(
        "sum instead of mean",
        "The 1/n of the mean is missing: your answer is n times the right one.",
        lambda S, t: (_shares(S / t) - np.eye(len(S))) / t,
    ),
    instead(
        "neither mean nor chain rule",
        "Shares minus identity is right. Two factors are missing: 1/n of the mean, and 1/τ of the "
        "chain rule.",
        lambda S, t: _shares(S / t) - np.eye(len(S)),
    ),
    instead(
        "softmax over the columns",
        "Your columns sum to 1. Each query has its own softmax, over its keys: `axis=1`.",
        lambda S, t: (_shares(S / t, axis=0) - np.eye(len(S))) / (len(S) * t),
    ),
    instead(
        "row sums divide the columns",
        "You divide the *columns* by the sums of the rows: without `keepdims=True` these are "
        "a row themselves. `e.sum(axis=1, keepdims=True)` is a column.",
        lambda S, t: (np.exp(S / t) / np.exp(S / t).sum(axis=1) - np.eye(len(S))) / (len(S) * t),
    ),
    instead(
        "truth forgotten",
        "You return the shares. Subtract the truth, which is 1 on the diagonal.",
        lambda S, t: _shares(S / t) / (len(S) * t),
    ),
    instead(
        "1 subtracted everywhere",
        "You subtract 1 from every entry. The truth is 1 on the diagonal only: `np.eye(len(S))`.",
        lambda S, t: (_shares(S / t) - 1) / (len(S) * t),
    ),
    instead(
        "divided by all entries",
        "You divide by n² entries. The mean is over the n queries.",
        lambda S, t: (_shares(S / t) - np.eye(len(S))) / (S.size * t),
    ),
    instead(
        "sign reversed",
        "Right size, wrong sign: it is share minus truth. The right key's similarity must get a "
        "negative gradient, so that a step raises it.",
        lambda S, t: -(_shares(S / t) - np.eye(len(S))) / (len(S) * t),
    ),
)


def _compare(y, s):
    return y[:, None] > y[None, :], s[:, None] - s[None, :]


def _pairs_counted(count):
    """Return a wrong share: `count` says of lead and pairs of unequal truth what is averaged."""

    def wrong(y, s):
        better, lead = _compare(y, s)
        return count(better, lead)

    return wrong


PAIR_ACCURACY = (
    instead(
        "ties count nothing",
        "A pair of equal scores counts as wrong in your answer. It says nothing about the order, "
        "and counts one half.",
        _pairs_counted(lambda better, lead: np.mean(lead > 0, where=better)),
    ),
    instead(
        "ties count in full",
        "A pair of equal scores counts as right in your answer. A constant score would then be "
        "perfect; it counts one half.",
        _pairs_counted(lambda better, lead: np.mean(lead >= 0, where=better)),
    ),
    instead(
        "tied scores left out",
        "You leave the pairs of equal scores out. They are pairs whose order was asked for: they "
        "count one half, and one in the number of pairs.",
        _pairs_counted(lambda better, lead: np.mean(lead > 0, where=better & (lead != 0))),
    ),
    instead(
        "difference of shares",
        "That is the share of right pairs minus the share of wrong ones, from −1 to 1, a relative "
        "of Kendall's τ. The share of right ones is asked for: add 1 and halve.",
        _pairs_counted(lambda better, lead: np.mean(np.sign(lead), where=better)),
    ),
    instead(
        "wrong order counted",
        "That is the share of the pairs in the *wrong* order. A larger score is to go with a "
        "larger truth.",
        _pairs_counted(lambda better, lead: np.mean((lead < 0) + 0.5 * (lead == 0), where=better)),
    ),
    instead(
        "divided by all entries of the table",
        "You divide by all n² entries of the table. Only pairs of unequal truth count, each once.",
        _pairs_counted(lambda better, lead: np.mean(((lead > 0) + 0.5 * (lead == 0)) * better)),
    ),
    instead(
        "each pair twice, once against itself",
        "You take each pair of unequal truth in both directions. In one of them the right order is "
        "the other way round, so that half of the comparisons are lost: keep `y[:, None] > y`.",
        lambda y, s: np.mean(s[:, None] > s, where=y[:, None] != y),
    ),
    instead(
        "pairs of equal truth too",
        "You count pairs of equal truth as well. They have no right order: leave them out.",
        lambda y, s: np.mean(
            (np.sign(y[:, None] - y) == np.sign(s[:, None] - s))[np.triu_indices(len(y), 1)]
        ),
    ),
    instead(
        "pairs counted instead of their share",
        "That is the number of right pairs. Divide by the number of pairs of unequal truth.",
        _pairs_counted(lambda better, lead: np.sum(((lead > 0) + 0.5 * (lead == 0)) * better)),
    ),
    instead(
        "neighbours only",
        "You compare each item with the next one only. Every pair of unequal truth counts.",
        lambda y, s: np.mean(
            (np.diff(s) * np.diff(y) > 0) + 0.5 * (np.diff(s) == 0), where=np.diff(y) != 0
        ),
    ),
)
