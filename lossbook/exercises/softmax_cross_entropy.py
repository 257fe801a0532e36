"""Exercises of the chapter *Softmax cross-entropy*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._softmax_cross_entropy_mistakes import (
    PERPLEXITY,
    SHARES,
    VALUE,
)
from lossbook.exercises._softmax_derivative_mistakes import JACOBIAN, SMOOTHED_GRAD
from lossbook.exercises.domains import CLASS_LOGITS, CLASS_PROBABILITIES
from lossbook.exercises.kinds import Kind, choice, gradient_of_mean, mean_value, number

# --- numbers to know ---


def at_start():
    """Return the cross-entropy of four level logits."""
    return np.log(4)


register(
    Exercise(
        "softmax.at_start",
        kind=number,
        reference=at_start,
        title="The mean cross-entropy of four classes whose logits are all 0",
        hints=(
            "Level logits give level shares. How large is each?",
            "Minus the logarithm of one quarter.",
        ),
        mistakes={
            0.25: "That is the share of each class. The loss is minus its logarithm.",
            0.0: "A loss of 0 would need the whole share for the true class. Here it has a "
            "quarter.",
            1.0: "The exponentials are 1, and the *share* of each is one quarter. Take minus the "
            "logarithm of that.",
            2.0: "That is in bits, to the base 2. Here it is the natural logarithm.",
            np.log10(4): "You took the logarithm to the base 10. Here it is the natural one.",
            -np.log(4): "The sign is reversed: a logarithm of a share is negative, and the loss "
            "is minus that.",
            np.log(2): "That is for two classes. Here there are four.",
            4.0: "That is the perplexity. The loss is its logarithm.",
        },
    )
)


def symptom():
    """Return the bug whose floor is log(1 + 4/e)."""
    return "softmax twice"


register(
    Exercise(
        "softmax.symptom",
        kind=choice,
        reference=symptom,
        title="Why the loss of five classes stands still at 0.906",
        options=(
            "softmax twice",
            "softmax forgotten",
            "learning rate too small",
            "labels shuffled",
        ),
        hints=(
            "Every decision is right and the loss has a floor. Which numbers does the loss get?",
            "The best such numbers are 1 for the true class and 0 for the other four. Compute "
            "log(1 + 4/e).",
        ),
        mistakes={
            "softmax forgotten": "Without a softmax the numbers are no probabilities, and the loss "
            "is soon NaN or negative. Compute log(1 + 4/e).",
            "learning rate too small": "Then the loss would still be falling. This one has a "
            "floor: compute log(1 + 4/e).",
            "labels shuffled": "Then the decisions would be right one time in five, and the loss "
            "near log 5 = 1.61.",
        },
    )
)

# --- shares ---

rows_of_shares = Kind(
    "softmax of each row",
    ("z",),
    "an array of the shape of z",
    lambda rng: ((z,) for _, z in CLASS_LOGITS.cases(rng)),
    "tables of 1 to 50 rows of 2 to 6 logits, around 0 and up to ±1000",
    "the definition",
)


def shares(z):
    """Return the softmax of each row."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


register(
    Exercise(
        "softmax.shares",
        kind=rows_of_shares,
        reference=shares,
        title="The softmax of each row, also for logits of ±1000",
        hints=(
            "Exponentials, divided by their sum. The sum is over the classes of a row: `axis=1`.",
            "`keepdims=True` keeps the sums as a column, so that they divide row by row.",
            "Subtract the largest logit of each row first, or exp(1000) is infinite.",
        ),
        mistakes=SHARES,
    )
)


def perplexity(y_true, p):
    """Return the exponential of the mean log loss."""
    came = p[np.arange(len(p)), y_true]
    return np.exp(-np.mean(np.log(came)))


register(
    Exercise(
        "softmax.perplexity",
        kind=mean_value.over(CLASS_PROBABILITIES),
        reference=perplexity,
        title="The perplexity of forecasts of classes",
        hints=(
            "First the probability that was given to what came: one entry of each row.",
            "`p[np.arange(len(p)), y_true]` takes it. Then the mean of minus the logarithms, and "
            "last the exponential.",
        ),
        level=2,
        mistakes=PERPLEXITY,
    )
)

# --- derivatives ---


def _single_rows(rng: np.random.Generator) -> Iterator[tuple[np.ndarray]]:
    """Yield rows of logits, the smallest first and one that overflows last."""
    yield (np.array([0.0, 0.0]),)
    yield (np.array([1.0, 0.0]),)
    yield (np.array([2.0, 0.0, 1.0]),)
    for k in np.linspace(2, 8, 24).astype(int):
        yield (rng.normal(0, 2, k),)
    yield (np.array([1000.0, 999.0, -1000.0]),)


table_of_derivatives = Kind(
    "Jacobian of the softmax",
    ("z",),
    "a table of shape (K, K)",
    _single_rows,
    "rows of 2 to 8 logits, around 0 and up to ±1000",
    "the exact derivatives",
)


def jacobian(z):
    """Return the derivatives of each share by each logit."""
    e = np.exp(z - z.max())
    p = e / e.sum()
    return np.diag(p) - np.outer(p, p)


register(
    Exercise(
        "softmax.jacobian",
        kind=table_of_derivatives,
        reference=jacobian,
        title="The Jacobian of the softmax at one row of logits",
        hints=(
            "A share grows with its own logit and shrinks with every other: p_i (1 − p_i) on the "
            "diagonal, −p_i p_k elsewhere.",
            "In one formula: `np.diag(p) - np.outer(p, p)`.",
            "Subtract the largest logit before the exponential.",
        ),
        level=2,
        mistakes=JACOBIAN,
    )
)


def _hopeless_too(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    yield from CLASS_LOGITS.cases(rng)
    yield np.array([1, 0]), np.array([[1000.0, 0.0], [-1000.0, 1000.0]])


def value(y_true, z):
    """Return the mean softmax cross-entropy of logits of any size."""
    top = z.max(axis=1)
    lse = top + np.log(np.exp(z - top[:, None]).sum(axis=1))
    return np.mean(lse - z[np.arange(len(z)), y_true])


register(
    Exercise(
        "softmax.value",
        kind=mean_value.over(CLASS_LOGITS),
        reference=value,
        title="The mean softmax cross-entropy, finite for logits of ±1000",
        cases=_hopeless_too,
        inputs="batches of 1 to 50 samples (2 to 6 classes, logits around 0 and up to ±1000, some "
        "of them hopeless)",
        hints=(
            "The loss of a row is its log-sum-exp minus the logit of the true class.",
            "For the log-sum-exp take the largest logit m out: m + log of the sum of exp(z − m).",
            "`z[np.arange(len(z)), y_true]` are the logits of the true classes.",
        ),
        level=3,
        mistakes=VALUE,
    )
)


def smoothed_grad(y_true, z, s):
    """Return the gradient of the mean cross-entropy with smoothed labels."""
    n, K = z.shape
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    truth = (1 - s) * np.eye(K)[y_true] + s / K
    return (p - truth) / n


register(
    Exercise(
        "softmax.smoothed_grad",
        kind=gradient_of_mean.over(CLASS_LOGITS),
        reference=smoothed_grad,
        title="The gradient of the mean cross-entropy with label smoothing, by the logits",
        params={"s": (0.1, 0.3, 0.0)},
        hints=(
            "Probability minus truth, as ever. Only the truth is another.",
            "(1 − s) times the one-hot row, plus s/K in every entry; K is the number of columns.",
            "`np.eye(K)[y_true]` makes one-hot rows of labels; the mean divides by the rows.",
        ),
        level=3,
        mistakes=SMOOTHED_GRAD,
    )
)
