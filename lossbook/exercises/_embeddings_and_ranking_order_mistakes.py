"""Mistakes typical of the exercise of *Embeddings and ranking* about an order."""

import numpy as np

from lossbook.exercises._mistake import instead


def _compare(y, s):
    return y[:, None] > y[None, :], s[:, None] - s[None, :]


def _pairs_counted(count):
    """Return a wrong share: `count` says of lead and pairs of unequal truth what is averaged."""

    def wrong(y, s):
        better, lead = _compare(y, s)
        return count(better, lead)

    return wrong


def _points(y, s):
    """Return the right pairs, ties of the scores counting one half."""
    better, lead = _compare(y, s)
    return np.sum(((lead > 0) + 0.5 * (lead == 0)) * better)


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
        "arguments exchanged",
        "You have exchanged truth and scores. The truth is the first argument: it says which pairs "
        "count.",
        lambda y, s: np.mean((y[:, None] > y) + 0.5 * (y[:, None] == y), where=s[:, None] > s),
    ),
    instead(
        "every pair from both sides",
        "You return ½ always. So does a mean over every pair from both sides, since the order that "
        "is right from the one side is wrong from the other: take only those whose first has the "
        "larger truth.",
        lambda y, s: 0.5,
    ),
    instead(
        "ties left out of the denominator",
        "You divide by the number of pairs without a tie of the scores. A tie counts one half "
        "above and one pair below the line.",
        _pairs_counted(
            lambda better, lead: (
                np.sum(((lead > 0) + 0.5 * (lead == 0)) * better) / np.sum(better & (lead != 0))
            )
        ),
    ),
    instead(
        "divided by n(n − 1)/2",
        "You divide by the number of *all* pairs, n(n − 1)/2. Divide by the number of those whose "
        "truths differ.",
        lambda y, s: 2 * _points(y, s) / (len(y) * (len(y) - 1)),
    ),
    instead(
        "divided by n(n − 1)",
        "You divide by n(n − 1), which counts all pairs, and each twice. Divide by the number of "
        "those whose truths differ.",
        lambda y, s: _points(y, s) / (len(y) * (len(y) - 1)),
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
