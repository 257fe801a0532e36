"""Mistakes typical of the exercises of *Divergences*."""

import numpy as np

from lossbook.exercises._mistake import instead


def _kl(p, q):
    return np.where(p > 0, p * np.log(p / q), 0).sum(axis=1)


def _by_columns(p, q):
    return np.where(p == 0, 0 * q, p * np.log(p / q)).sum(axis=0)  # NaN where q has no column


def _naive(p, q):
    return (p * np.log(p / q)).sum(axis=1)


def _entropy(p):
    return -np.where(p > 0, p * np.log(p), 0).sum(axis=1)


KL = (
    instead(
        "0 log 0 is NaN",
        "Right where no entry of p is 0. There, 0 times minus infinity is NaN, but such a class "
        "counts as 0: it never comes. `np.where(p > 0, …, 0)` puts the 0 in its place.",
        _naive,
    ),
    instead(
        "classes not added up",
        "You return the term of every class. Add them up along each row: `axis=1`.",
        lambda p, q: np.where(p > 0, p * np.log(p / q), 0),
    ),
    instead(
        "classes not added up",
        "You return the term p log(p/q) − p + q of every class, as `scipy.special.kl_div` does. "
        "Add them up along each row: `axis=1`.",
        lambda p, q: np.where(p > 0, p * np.log(p / q) - p + q, q),
    ),
    instead(
        "sum over the wrong axis",
        "You add up down the columns, over the rows. The sum is over the classes of a row: "
        "`axis=1`.",
        lambda p, q: np.where(p > 0, p * np.log(p / q), 0).sum(axis=0),
    ),
    instead(
        "columns as distributions",
        "You compare the *columns*, each divided by its sum. So does `scipy.stats.entropy` unless "
        "it is told otherwise. The rows are the distributions: `axis=1`.",
        lambda p, q: _by_columns(p / p.sum(axis=0), q / q.sum(axis=0)),
    ),
    instead(
        "mean over the rows",
        "You return the mean of the rows. The divergence of each row is due, of shape (n,).",
        lambda p, q: np.mean(_kl(p, q)),
    ),
    instead(
        "directions exchanged",
        "That is KL(q‖p), an expectation under q. Here the classes come with the probabilities p: "
        "p stands in front of the logarithm, and above in the ratio.",
        lambda p, q: _kl(q, p),
    ),
    instead(
        "ratio upside down",
        "Your ratio is upside down, and the sign with it: the logarithm is that of p/q.",
        lambda p, q: -_kl(p, q),
    ),
    instead(
        "excluded classes left out",
        "Right, but where q is 0 and p is not: there you count nothing, as if such a class were "
        "free. It comes although q had excluded it, and costs infinitely much.",
        lambda p, q: np.where((p > 0) & (q > 0), p * np.log(p / q), 0).sum(axis=1),
    ),
    instead(
        "condition on q",
        "Your condition asks whether q is 0. Ask p: where p is 0 the term is 0, whatever q is, and "
        "where only q is 0 it is infinite, as NumPy says by itself. `np.where(p > 0, …, 0)`.",
        lambda p, q: np.where(q > 0, p * np.log(p / q), 0).sum(axis=1),
    ),
    instead(
        "condition on q",
        "Your condition asks whether q is 0. Ask p: where p is 0 the term is 0, whatever q is, and "
        "not NaN. `np.where(p > 0, …, 0)`.",
        lambda p, q: np.where(q > 0, p * np.log(p / q), np.inf).sum(axis=1),
    ),
    instead(
        "infinite where both are 0",
        "You count a class as infinite wherever q is 0. Where p is 0 too, it never comes and "
        "counts as 0.",
        lambda p, q: np.where(q > 0, np.where(p > 0, p * np.log(p / q), 0), np.inf).sum(axis=1),
    ),
    *(
        instead(
            "a threshold in place of 0",
            "You count a class as 0 where p is merely small. However small it is, a class that q "
            "excludes costs infinitely much. The condition is `p > 0`.",
            lambda p, q, eps=eps: np.where(p > eps, p * np.log(p / q), 0).sum(axis=1),
        )
        for eps in (1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16)
    ),
    *(
        instead(
            "another value for infinity",
            f"Right, but where q excludes a class that comes you return {value:g}. The divergence "
            "is infinite there: `np.inf`.",
            lambda p, q, value=value: np.where(np.isinf(_kl(p, q)), value, _kl(p, q)),
        )
        for value in (np.nan, 1e6, 1e9, 1e10, 1e12)
    ),
    instead(
        "NaN and infinity made numbers",
        "You make infinities large numbers. Where q excludes a class that comes, the divergence is "
        "`np.inf`.",
        lambda p, q: np.nan_to_num(p * np.log(p / q)).sum(axis=1),
    ),
    instead(
        "logarithm to the base 2",
        "You return bits. Here it is the natural logarithm: `np.log`.",
        lambda p, q: _kl(p, q) / np.log(2),
    ),
    instead(
        "logarithm to the base 10",
        "You take the logarithm to the base 10. Here it is the natural logarithm: `np.log`.",
        lambda p, q: _kl(p, q) / np.log(10),
    ),
    instead(
        "mean over the classes",
        "You divide by the number of classes. The divergence is the *sum* over the classes: p is "
        "the weight already.",
        lambda p, q: _kl(p, q) / p.shape[1],
    ),
    instead(
        "cross-entropy",
        "That is the cross-entropy of p and q. Take the entropy of p off.",
        lambda p, q: _kl(p, q) + _entropy(p),
    ),
    instead(
        "entropy",
        "That is the entropy of p, which does not look at q.",
        lambda p, q: _entropy(p),
    ),
    instead(
        "weight forgotten",
        "You add up the logarithms with equal weights. Each counts with its probability p.",
        lambda p, q: np.log(p / q).sum(axis=1),
    ),
    instead(
        "weight forgotten",
        "You add up the logarithms with equal weights. Each counts with its probability p, which "
        "stands in front.",
        lambda p, q: np.where(p > 0, np.log(p / q), 0).sum(axis=1),
    ),
    instead(
        "q as the weight",
        "The ratio is right and the weight is not: the classes come with the probabilities p, not "
        "q.",
        lambda p, q: (q * np.log(p / q)).sum(axis=1),
    ),
    instead(
        "absolute terms",
        "You take the absolute value of each term. A term is negative where q is larger than p, "
        "and only the sum is never below 0.",
        lambda p, q: np.abs(np.where(p > 0, p * np.log(p / q), 0)).sum(axis=1),
    ),
    instead(
        "negative terms dropped",
        "You drop the negative terms. They belong to the sum: where q is larger than p, a class "
        "costs less than it could.",
        lambda p, q: np.maximum(np.where(p > 0, p * np.log(p / q), 0), 0).sum(axis=1),
    ),
    instead(
        "q forgotten at p = 0",
        "Your terms are p log(p/q) − p + q, of which none is negative. But where p is 0 such a "
        "term is q, not 0.",
        lambda p, q: np.where(p > 0, p * np.log(p / q) - p + q, 0).sum(axis=1),
    ),
    instead(
        "both directions added",
        "You add KL(p‖q) and KL(q‖p). Only the first is asked for.",
        lambda p, q: _kl(p, q) + _kl(q, p),
    ),
    instead(
        "Jensen–Shannon",
        "That is the Jensen–Shannon divergence: you compare with the average of p and q. Here p is "
        "compared with q itself.",
        lambda p, q: (_kl(p, (p + q) / 2) + _kl(q, (p + q) / 2)) / 2,
    ),
    *(
        instead(
            f"q kept away from 0 by {eps:g}",
            f"You keep q away from 0 by {eps:g}, so that nothing is infinite. But that is another "
            "q; where it excludes a class that comes, the divergence is `np.inf`.",
            lambda p, q, eps=eps: _kl(p, np.maximum(q, eps)),
        )
        for eps in (1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16)
    ),
    *(
        instead(
            f"{eps:g} added",
            f"You add {eps:g} to the probabilities. That changes every number slightly, and makes "
            "finite what is infinite. Only p = 0 needs care, and `np.where` takes it.",
            lambda p, q, eps=eps: (p * np.log((p + eps) / (q + eps))).sum(axis=1),
        )
        for eps in (1e-6, 1e-8, 1e-9, 1e-10, 1e-12)
    ),
)
