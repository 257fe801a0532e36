"""Exercises of the chapter *The same loss in five libraries*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._frameworks_mistakes import ONE_LOGIT, TABLE, WEIGHTED
from lossbook.exercises.domains import CLASS_LOGITS, REALS
from lossbook.exercises.kinds import Kind, choice, number

# --- reductions and scales ---


def batchmean():
    """Return the divergence per row, from the mean over all entries of ten columns."""
    columns, mean = 10, 0.0421
    return columns * mean


register(
    Exercise(
        "frameworks.batchmean",
        kind=number,
        reference=batchmean,
        title="The value with reduction='batchmean', from 0.0421 with reduction='mean'",
        hints=(
            "Write both as the same sum, divided by two different numbers.",
            "`mean` divides by 32 · 10 entries, `batchmean` by 32 rows.",
        ),
        mistakes={
            32 * 0.0421: "You multiply by the number of rows. Both reductions divide by that; it "
            "is the columns that only `mean` divides by.",
            320 * 0.0421: "That is the sum. `batchmean` still divides it by the 32 rows.",
            0.0421: "That would be so if each row had one entry only.",
            0.00421: "You divide by 10 once more. `mean` has done so already: undo it.",
        },
    )
)


def inverse_strength():
    """Return C of LogisticRegression for a mean log loss plus λ/2 times the squared norm."""
    strength, n = 0.02, 500
    return 1 / (strength * n)


register(
    Exercise(
        "frameworks.inverse_strength",
        kind=number,
        reference=inverse_strength,
        title="C of LogisticRegression for λ = 0.02 and n = 500",
        hints=(
            "C Σℓ + ½‖w‖² has the same minimum as any multiple of it. Which makes the first term "
            "a mean?",
            "Divide by C n: the penalty is then ½‖w‖² / (C n). So what is λ?",
        ),
        level=2,
        mistakes={
            1 / 0.02: "That is 1/λ: right if the losses were averaged. scikit-learn adds them up, "
            "so the n samples count too.",
            10.0: "That is λ n. C stands in front of the loss, so it is large where the penalty "
            "is weak: take the inverse.",
            0.05: "Your C is half of the right one. Both penalties carry the ½, so it cancels.",
            0.2: "Your C is twice the right one. Both penalties carry the ½, so it cancels.",
            0.02 / 500: "You divide λ by n. C is one divided by their product.",
        },
    )
)

# --- class weights ---


def _labelled(rng: np.random.Generator) -> Iterator[tuple]:
    for y, z in CLASS_LOGITS.cases(rng):
        yield y, z, rng.integers(1, 20, z.shape[1]) / 4
    # Sure and wrong: the probability of the truth is 0 on the machine, the loss is not infinite.
    yield np.array([1]), np.array([[1000.0, 0.0, 0.0]]), np.array([1.0, 2.0, 5.0])
    yield np.array([1, 0]), np.array([[50.0, 0.0], [0.0, 2.0]]), np.array([1.0, 3.0])


weighted_mean = Kind(
    "mean with class weights",
    ("y_true", "z", "weight"),
    "one number",
    _labelled,
    "batches of 1 to 50 samples (2 to 6 classes, logits around 0 and up to ±1000, weights from "
    "0.25 to 4.75)",
    "the definition",
)


def weighted(y_true, z, weight):
    """Return the cross-entropy with class weights, as PyTorch reduces it."""
    top = z.max(axis=1)
    log_sum = top + np.log(np.exp(z - top[:, None]).sum(axis=1))
    each = log_sum - z[np.arange(len(y_true)), y_true]
    w = weight[y_true]
    return np.sum(w * each) / np.sum(w)


register(
    Exercise(
        "frameworks.weighted",
        kind=weighted_mean,
        reference=weighted,
        title="The weighted cross-entropy with PyTorch's denominator",
        hints=(
            "First the loss of each sample: the logarithm of the sum of exponentials, minus the "
            "logit of the true class. Subtract the largest logit of the row before `exp`.",
            "`weight[y_true]` is the weight of each sample's class.",
            "Divide the weighted sum by the sum of those weights.",
        ),
        level=2,
        mistakes=WEIGHTED,
    )
)

# --- two columns, one logit ---


def _two_columns(rng: np.random.Generator) -> Iterator[tuple]:
    yield (np.array([[0.0, 1.0]]),)
    yield (np.array([[2.0, 2.0], [1.0, -1.0]]),)
    for n in np.linspace(1, 50, 30).astype(int):
        yield (rng.normal(0, 3, (n, 2)),)
    yield (np.array([[1000.0, 999.0], [-1000.0, 1000.0]]),)


two_to_one = Kind(
    "logits of two classes as one",
    ("z",),
    "one number per row",
    _two_columns,
    "batches of 1 to 50 rows of two logits, up to ±1000",
    "the exact logit",
)


def one_logit(z):
    """Return the single logit of class 1, from the logits of classes 0 and 1."""
    return z[:, 1] - z[:, 0]


register(
    Exercise(
        "frameworks.one_logit",
        kind=two_to_one,
        reference=one_logit,
        title="The one logit that says what two logits say",
        hints=(
            "Write the softmax's probability of class 1, and divide above and below by exp(z₁).",
            "It is 1 / (1 + exp(z₀ − z₁)). Compare with the sigmoid, 1 / (1 + exp(−z)).",
        ),
        level=2,
        mistakes=ONE_LOGIT,
    )
)

# --- a column against a row ---


all_pairs = Kind(
    "mean squared error over the table of all pairs",
    ("y_true", "y_pred"),
    "one number",
    REALS.cases,
    "batches of 1 to 50 samples (residuals of both signs, zero, and from 1e-6 to 1e6)",
    "the mean over the table",
)


def table(y_true, y_pred):
    """Return what a mean squared error becomes when a column meets a row."""
    return np.mean((y_pred[:, None] - y_true[None, :]) ** 2)


register(
    Exercise(
        "frameworks.table",
        kind=all_pairs,
        reference=table,
        title="What `mse_loss` returns for predictions (n, 1) and truths (n,)",
        hints=(
            "Broadcasting gives both the shape (n, n). What stands in row i, column j?",
            "The squared difference of prediction i and truth j. The mean is over all n² of them.",
        ),
        level=3,
        mistakes=TABLE,
    )
)

# --- a diagnosis ---


def zero_loss():
    """Return what makes a loss exactly zero from the first step on."""
    return "softmax over one output"


register(
    Exercise(
        "frameworks.zero_loss",
        kind=choice,
        reference=zero_loss,
        title="The loss is 0 from the first step on, and no weight moves",
        options=(
            "softmax over one output",
            "learning rate too small",
            "softmax applied twice",
            "arguments exchanged",
        ),
        hints=(
            "Which of these makes the loss small *whatever* the prediction is?",
            "What is e^z / e^z?",
        ),
        mistakes={
            "learning rate too small": "Then the loss would stay where it began, at about log 2 "
            "for two classes, not at zero.",
            "softmax applied twice": "That keeps the loss *away* from zero: probabilities taken "
            "for logits differ by at most 1.",
            "arguments exchanged": "An exchanged cross-entropy is large or refused, and it "
            "depends on the prediction.",
        },
    )
)
