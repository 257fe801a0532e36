"""Mistakes typical of the exercises of *Text and language*."""

import numpy as np

from lossbook.exercises._mistake import instead

# --- counts, smoothed: called as smoothed(counts, k) --------------------------------------------


def _rows(table):
    return table / table.sum(axis=1, keepdims=True)


SMOOTHED = (
    instead(
        "divided by the old sum",
        "You divide by the sum of the counts before k was added, so that the rows sum to more than "
        "1. Divide by the new sum.",
        lambda counts, k: (counts + k) / counts.sum(axis=1, keepdims=True),
    ),
    instead(
        "k added once to the sum",
        "You add k once to the sum of each row. It is added to every count, so the sum grows by k "
        "times the number of characters.",
        lambda counts, k: (counts + k) / (counts.sum(axis=1, keepdims=True) + k),
    ),
    instead(
        "k in the sum only",
        "You divide by the new sum, but the counts above it are the old ones: zeros stay zeros. "
        "Add k to each of them.",
        lambda counts, k: counts / (counts + k).sum(axis=1, keepdims=True),
    ),
    instead(
        "k for the zeros only",
        "You add k to the zeros only. Then a character seen never may get more than one seen once. "
        "Every count gets k.",
        lambda counts, k: _rows(np.where(counts == 0, k, counts)),
    ),
    instead(
        "1 instead of k",
        "You add 1 whatever `k` says.",
        lambda counts, k: _rows(counts + 1),
    ),
    instead(
        "nothing added",
        "You divide the plain counts. A zero stays a zero, and a row without counts becomes NaN. "
        "Add k first.",
        lambda counts, k: _rows(counts),
    ),
    instead(
        "columns instead of rows",
        "You divide by the sums of the columns. Each *row* is a context whose forecasts sum to 1: "
        "`axis=1`.",
        lambda counts, k: (counts + k) / (counts + k).sum(axis=0),
    ),
    instead(
        "divided by the sum of all",
        "You divide by the sum of the whole table. Each row is a context whose forecasts sum to 1.",
        lambda counts, k: (counts + k) / (counts + k).sum(),
    ),
    instead(
        "counts, not probabilities",
        "You return the counts with k added. Divide each row by its sum.",
        lambda counts, k: counts + k,
    ),
    instead(
        "logarithms",
        "You return the bits of each character. Here the probabilities are due.",
        lambda counts, k: -np.log2(_rows(counts + k)),
    ),
)

# --- the extra bits: called as extra_bits(mine, yours) ------------------------------------------


def _kl(mine, yours, log=np.log2):
    p, q = mine / mine.sum(), yours / yours.sum()
    return np.sum(p[p > 0] * log(p[p > 0] / q[p > 0]))


def _entropy(mine):
    p = mine[mine > 0] / mine.sum()
    return -np.sum(p * np.log2(p))


def _naive(mine, yours):
    p, q = mine / mine.sum(), yours / yours.sum()
    return np.sum(p * np.log2(p / q))


def _both_seen(mine, yours):
    seen = (mine > 0) & (yours > 0)
    p, q = mine / mine.sum(), yours / yours.sum()
    return np.sum(p[seen] * np.log2(p[seen] / q[seen]))


def _raw(mine, yours):
    seen = mine > 0
    return np.sum(mine[seen] * np.log2(mine[seen] / yours[seen]))


EXTRA_BITS = (
    instead(
        "nats",
        "Those are nats. For bits take `np.log2`, or divide by log 2.",
        lambda mine, yours: _kl(mine, yours, np.log),
    ),
    instead(
        "logarithm to the base 10",
        "You take the logarithm to the base 10. Bits need the base 2: `np.log2`.",
        lambda mine, yours: _kl(mine, yours, np.log10),
    ),
    instead(
        "directions exchanged",
        "That is what *your* text costs more with *my* frequencies. The text coded is the first "
        "author's: p is of `mine`.",
        lambda mine, yours: _kl(yours, mine),
    ),
    instead(
        "sign reversed",
        "Your ratio is upside down: a wrong belief never saves anything. The logarithm is that of "
        "p/q.",
        lambda mine, yours: -_kl(mine, yours),
    ),
    instead(
        "0 log 0 is NaN",
        "Right where no count of `mine` is 0. There, 0 times minus infinity is NaN, but such a "
        "character never comes and costs nothing. Leave it out.",
        _naive,
    ),
    instead(
        "impossible characters left out",
        "You leave out the characters that `yours` lacks. They do come, and a model that thinks "
        "them impossible needs infinitely many bits: only zeros of `mine` may go.",
        _both_seen,
    ),
    instead(
        "cross-entropy",
        "That is all that a character costs with the other's frequencies. Take off what it costs "
        "with its own, the entropy.",
        lambda mine, yours: _kl(mine, yours) + _entropy(mine),
    ),
    instead(
        "entropy",
        "That is what a character costs with its own frequencies. How much *more* is it with the "
        "other's?",
        lambda mine, yours: _entropy(mine),
    ),
    instead(
        "counts, not frequencies",
        "You put the counts into the formula. Divide each author's by their sum first.",
        _raw,
    ),
    instead(
        "all characters of the text",
        "You return the extra bits of the whole text. Per character, divide by the number of "
        "characters: p in front, not the count.",
        lambda mine, yours: mine.sum() * _kl(mine, yours),
    ),
    instead(
        "mean over the characters",
        "You take the mean over the alphabet. The divergence is the *sum*: p is the weight "
        "already.",
        lambda mine, yours: _kl(mine, yours) / len(mine),
    ),
    instead(
        "1 added to every count",
        "You add 1 to every count. That is a way to avoid infinity, and gives other numbers; here "
        "the plain frequencies are meant.",
        lambda mine, yours: _kl(mine + 1, yours + 1),
    ),
)

# --- two models, mixed: called as mixture(p, q, weights) ----------------------------------------


def _by(score, best=np.argmin):
    return lambda p, q, weights: weights[best([score(p, q, v) for v in weights])]


def _bits(p, q, v):
    return -np.log2(v * p + (1 - v) * q).mean()


WEIGHT = (
    instead(
        "most bits",
        "You return the weight with the *most* bits. Fewer is better: `np.argmin` of "
        "−log₂, or `np.argmax` of the log-likelihood.",
        _by(_bits, np.argmax),
    ),
    instead(
        "models exchanged",
        "Your weight is the share of q. λ belongs to p: λ p + (1 − λ) q.",
        _by(lambda p, q, v: _bits(q, p, v)),
    ),
    instead(
        "logarithms mixed",
        "You mix the *bits* of the two models. Mixed bits are a straight line in λ, so the answer "
        "is always one of the ends. Mix the probabilities, then take the logarithm.",
        _by(lambda p, q, v: -(v * np.log2(p) + (1 - v) * np.log2(q)).mean()),
    ),
    instead(
        "mean probability",
        "You take the mean of the probabilities before the logarithm. The mean probability is a "
        "straight line in λ; the length of the file is the sum of the logarithms.",
        _by(lambda p, q, v: -np.mean(v * p + (1 - v) * q)),
    ),
    instead(
        "the position",
        "You return the position of the best weight. Return the weight itself: `weights[...]`.",
        lambda p, q, weights: np.argmin([_bits(p, q, v) for v in weights]),
    ),
    instead(
        "the bits",
        "You return the fewest bits. Return the weight that reaches them.",
        lambda p, q, weights: min(_bits(p, q, v) for v in weights),
    ),
    instead(
        "the bits of the whole text",
        "You return the fewest bits of the whole text. Return the weight that reaches them.",
        lambda p, q, weights: min(len(p) * _bits(p, q, v) for v in weights),
    ),
    instead(
        "one half",
        "You give both models the same share always. Try the weights.",
        lambda p, q, weights: 0.5,
    ),
)
