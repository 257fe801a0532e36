"""Mistakes typical of the exercises of *Embeddings and ranking* about a table of similarities."""

import numpy as np

from lossbook.exercises._mistake import instead, of_result
from lossbook.exercises.mistakes import MEAN_TWICE, SUM


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
        "only the keys divided by their length",
        "You divide the keys by their lengths and not the queries. The cosine needs both.",
        lambda q, k, t: np.mean(_rows(q @ _unit(k).T / t)),
    ),
    instead(
        "one length for the whole table",
        "You divide by the length of the whole table, one number for all vectors. "
        "`np.linalg.norm(queries, axis=1, keepdims=True)` gives each its own.",
        lambda q, k, t: np.mean(_rows((q / np.linalg.norm(q)) @ (k / np.linalg.norm(k)).T / t)),
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
        "You add up for every key, over all queries. The question is which *key* belongs to a "
        "query: queries first, `q @ k.T`, and the sum over the keys of a row, `axis=1`. (Or have "
        "you exchanged `queries` and `keys`?)",
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
        "mean of the keys in place of their sum",
        "Below the line you take the mean of the exponentials. It is their sum; otherwise what "
        "stands there is no share.",
        lambda q, k, t: np.mean(_rows(_unit(q) @ _unit(k).T / t)) - np.log(len(q)),
    ),
    instead(
        "mean before the logarithm",
        "You average the shares and then take the logarithm. Each query pays minus the logarithm "
        "of its own share; the mean comes last.",
        lambda q, k, t: -np.log(np.mean(np.exp(-_rows(_unit(q) @ _unit(k).T / t)))),
    ),
    of_result(
        "base 2",
        "You measure in bits: a logarithm to the base 2. Here the natural logarithm is meant.",
        lambda result, *args: result / np.log(2),
    ),
    of_result(
        "base 10",
        "You take the logarithm to the base 10. Here the natural logarithm is meant.",
        lambda result, *args: result / np.log(10),
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
        "both directions added",
        "You add queries asking keys and keys asking queries. Here only the queries ask.",
        lambda q, k, t: (
            np.mean(_rows(_unit(q) @ _unit(k).T / t)) + np.mean(_rows(_unit(k) @ _unit(q).T / t))
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
        "one softmax for the whole table",
        "You divide by the sum of the whole table. Each query has its own softmax: the sums of the "
        "rows, `axis=1, keepdims=True`.",
        lambda S, t: (_shares(S / t, axis=None) - np.eye(len(S))) / (len(S) * t),
    ),
    of_result(
        "transposed",
        "Right, but transposed: queries are rows and keys columns in `S`, and so in its gradient.",
        lambda result, S, t: result.T,
    ),
    of_result(
        "divided by τ twice",
        "You divide by τ² in front. The chain rule gives one factor of 1/τ.",
        lambda result, S, t: result / t,
    ),
    of_result(
        "n − 1 instead of n",
        "You divide by n − 1. A mean divides by n.",
        lambda result, S, t: result * len(S) / (len(S) - 1),
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
