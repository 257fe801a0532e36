"""Typical mistakes of the exercises of the chapter *Stochastic gradient descent*."""

import numpy as np

from lossbook.exercises._mistake import instead, of_result
from lossbook.exercises.mistakes import GRADIENT

# --- the gradient of a batch: (w, X, y, rows) --------------------------------------------------

BATCH_GRADIENT = (
    *GRADIENT,
    of_result(
        "sum instead of mean",
        "The 1/b is missing: you add over the batch. Twice the batch would be twice the step, and "
        "a learning rate found for one size explodes with another.",
        lambda grad, w, X, y, rows: grad * len(rows),
    ),
    of_result(
        "divided by all samples",
        "You divide by the number of all samples, n. The mean is over the batch: divide by "
        "`len(rows)`, or the step shrinks with every sample that is not even looked at.",
        lambda grad, w, X, y, rows: grad * len(rows) / len(y),
    ),
    instead(
        "all samples used",
        "This is the gradient over all samples. Take those in `rows` only.",
        lambda w, X, y, rows: 2 * X.T @ (X @ w - y) / len(y),
    ),
    instead(
        "first sample only",
        "Only the first sample of the batch counts. Is the `return` inside the loop?",
        lambda w, X, y, rows: _single(w, X, y, rows)[0],
    ),
    instead(
        "first sample only, divided by b",
        "Only the first sample of the batch counts. Is the `return` inside the loop?",
        lambda w, X, y, rows: _single(w, X, y, rows)[0] / len(rows),
    ),
    instead(
        "last sample only",
        "Only the last sample of the batch counts. Does the loop overwrite its sum, with `=` "
        "instead of `+=`?",
        lambda w, X, y, rows: _single(w, X, y, rows)[-1],
    ),
    instead(
        "last sample only, divided by b",
        "Only the last sample of the batch counts. Does the loop overwrite its sum, with `=` "
        "instead of `+=`?",
        lambda w, X, y, rows: _single(w, X, y, rows)[-1] / len(rows),
    ),
    instead(
        "repeated samples counted once",
        "A sample that was drawn twice counts only once in your gradient. With replacement it "
        "counts twice: index with `rows` itself, not with a set or a mask.",
        lambda w, X, y, rows: _gradient(w, X, y, np.unique(rows)),
    ),
    instead(
        "a mask in place of positions",
        "A sample that was drawn twice counts only once in your sum, while you divide by "
        "`len(rows)`. A mask cannot hold anything twice: index with `rows` itself.",
        lambda w, X, y, rows: (
            _gradient(w, X, y, np.unique(rows)) * len(np.unique(rows)) / len(rows)
        ),
    ),
    instead(
        "the first samples instead of the drawn ones",
        "You take the first samples of the data, as many as the batch has. `rows` says which ones: "
        "`X[rows]`.",
        lambda w, X, y, rows: _gradient(w, X, y, np.arange(len(rows))),
    ),
)


def _gradient(w, X, y, rows):
    return 2 * X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)


def _single(w, X, y, rows):
    return 2 * (X[rows] @ w - y[rows])[:, None] * X[rows]


# --- its variance: (grads, b) ------------------------------------------------------------------

BATCH_VARIANCE = (
    instead(
        "with replacement",
        "That is σ²/b, the variance with replacement. Without it nobody is asked twice: a batch of "
        "all n samples has no noise. The factor (n − b)/(n − 1) is missing.",
        lambda grads, b: np.var(grads) / b,
    ),
    instead(
        "standard deviation instead of variance",
        "You return the standard deviation. Its square, the variance, is asked for.",
        lambda grads, b: np.sqrt(np.var(grads) / b * (len(grads) - b) / (len(grads) - 1)),
    ),
    instead(
        "n − 1, with replacement",
        "Your σ² divides by n − 1, which estimates the variance of a larger population. Here all n "
        "samples are known; and without replacement a batch of all n has no noise.",
        lambda grads, b: np.var(grads, ddof=1) / b,
    ),
    instead(
        "σ/√b",
        "That is the standard deviation of a batch drawn with replacement. The variance is asked "
        "for, and without: square it and multiply by (n − b)/(n − 1).",
        lambda grads, b: np.std(grads) / np.sqrt(b),
    ),
    instead(
        "variance of the first b",
        "You look at the first b gradients only; σ² is the variance of all n. And the variance of "
        "a mean is asked for: divide by b, and multiply by (n − b)/(n − 1), since nobody is asked "
        "twice.",
        lambda grads, b: np.var(grads[:b]),
    ),
    instead(
        "variance of the first b, divided by b",
        "You look at the first b gradients only; σ² is the variance of all n. And without "
        "replacement the factor (n − b)/(n − 1) is missing.",
        lambda grads, b: np.var(grads[:b]) / b,
    ),
    instead(
        "variance of the first b, in the right formula",
        "The formula is right, but you put the variance of the first b gradients in; σ² is that "
        "of all n.",
        lambda grads, b: np.var(grads[:b]) / b * (len(grads) - b) / (len(grads) - 1),
    ),
    instead(
        "n instead of n − 1",
        "Your factor is (n − b)/n. With σ² divided by n it is (n − b)/(n − 1): for a single "
        "sample it must be 1.",
        lambda grads, b: np.var(grads) / b * (len(grads) - b) / len(grads),
    ),
    instead(
        "n − 1 twice",
        "Your σ² divides by n − 1 already (`ddof=1`), and your factor does so again. Take "
        "`np.var(grads)`, which divides by n, or the factor (n − b)/n.",
        lambda grads, b: np.var(grads, ddof=1) / b * (len(grads) - b) / (len(grads) - 1),
    ),
    of_result(
        "not divided by b",
        "The division by the size of the batch is missing: larger batches must be calmer even "
        "when n is huge.",
        lambda variance, grads, b: variance * b,
    ),
    of_result(
        "divided by b twice",
        "You divide by b once too often. The variance of the mean of b draws falls like 1/b.",
        lambda variance, grads, b: variance / b,
    ),
    instead(
        "1/n instead of 1/b",
        "You divide by the number of all samples. The mean is over b of them, and without "
        "replacement the factor (n − b)/(n − 1) is missing.",
        lambda grads, b: np.var(grads) / len(grads),
    ),
)

# --- the smallest batch: η = 0.1, λ = 2, σ = 40 ------------------------------------------------

BATCH_SIZE = {
    400 / 9: "Right, but a sample cannot be cut in pieces. Round up to a whole number.",
    44.0: "One too few: with 44 the scatter is slightly more than 1. Round up.",
    40.0: "That is the formula for small steps, ησ²/(2λ). The exact one has 2 − ηλ in place of 2, "
    "and here that matters.",
    7.0: "You took a root once too often. A standard deviation of 1 is a variance of 1, so "
    "b = ησ²/(λ(2 − ηλ)).",
    np.sqrt(400 / 9): "You took a root once too often. A standard deviation of 1 is a variance "
    "of 1, so b = ησ²/(λ(2 − ηλ)).",
    2.0: "You put σ in where σ² belongs: the noise enters as 40² = 1600.",
    10 / 9: "You put σ in where σ² belongs: the noise enters as 40² = 1600. And round up.",
    80.0: "The factor 2 − ηλ is missing in the denominator: λ(2 − ηλ) is 2 · 1.8.",
    89.0: "The curvature is missing in the denominator: λ(2 − ηλ) is 2 · 1.8.",
    1600.0: "That would be needed for the *gradient* of a batch to scatter by 1. Asked is the "
    "scatter of the parameter, on which a short step averages over many batches.",
}

# --- diagnosis ---------------------------------------------------------------------------------

DIAGNOSE = {
    "A": "It creeps upwards, ever more slowly, and does not turn: its steps are too short, and "
    "their order does no harm.",
    "B": "It goes up and down by chance, without a period: the noise of a constant step.",
    "D": "It runs away: its sign is reversed. The order of the samples cannot do that.",
}
