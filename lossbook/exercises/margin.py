"""Exercises of the chapter *Losses of the margin*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._margin_lines_mistakes import SUPPORT, SVM_GRAD
from lossbook.exercises._margin_mistakes import CRAMMER_SINGER, HINGE_GRAD, PROBABILITY
from lossbook.exercises.domains import CLASS_LOGITS, MARGINS
from lossbook.exercises.kinds import Kind, choice, number, pointwise_gradient, pointwise_value

# --- one sample ---


def price():
    """Return the hinge loss of a sample of class −1 with the score 0.4."""
    y, z = -1, 0.4
    return max(0, 1 - y * z)


register(
    Exercise(
        "margin.price",
        kind=number,
        reference=price,
        title="The hinge loss of a malignant mass, y = −1, with the score 0.4",
        hints=(
            "What is the margin m = y z? Is it positive?",
            "The margin is −0.4. What does it lack to 1?",
        ),
        mistakes={
            0.6: "That is 1 − z, the loss of a *benign* mass. Here y is −1, so m is −0.4.",
            0.4: "That is the perceptron loss: how far it is on the wrong side. The hinge asks for "
            "a margin of 1 on top.",
            1.96: "That is the square of it, the squared hinge.",
            1.0: "That is the 0–1 loss. The hinge also counts by how much the margin falls short.",
            0.0: "That would be right if the margin were at least 1. It is −0.4.",
            -0.4: "That is the margin. The loss is what it lacks to 1.",
        },
    )
)


def _no_kink(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield labels and scores none of which has a margin of 1, where any slope would do."""
    for y, z in MARGINS.cases(rng):
        yield y, np.where(y * z == 1, 0.9 * z, z)


def hinge_grad(y_true, z):
    """Return the derivative of each hinge loss with respect to its score."""
    return np.where(y_true * z < 1, -y_true, 0)


register(
    Exercise(
        "margin.hinge_grad",
        kind=pointwise_gradient.over(MARGINS),
        reference=hinge_grad,
        title="The derivative of each hinge loss with respect to its score",
        cases=_no_kink,
        inputs="batches of 1 to 50 samples (labels −1 and 1, scores up to ±100, no margin of 1)",
        hints=(
            "By the margin the slope is −1 or 0. Where is it −1, and where 0?",
            "And the margin is y z: the chain rule brings a factor y.",
            "−y where y z < 1, and 0 elsewhere.",
        ),
        mistakes=HINGE_GRAD,
    )
)

# --- what the score tells ---


def _scores(rng: np.random.Generator) -> Iterator[tuple]:
    yield (np.array([0.0]),)
    yield (np.array([0.5]),)
    yield (np.array([-1.0, 2.0]),)
    for n in np.linspace(1, 50, 20).astype(int):
        yield (rng.normal(0, 1.5, n),)


probability_of_score = Kind(
    "probability read off a score",
    ("z",),
    "one probability per score",
    _scores,
    "batches of 1 to 50 scores around 0",
    "the inverse of the derived minimiser",
)


def probability(z):
    """Return the probability of class +1 that a score of the exponential loss stands for."""
    return 1 / (1 + np.exp(-2 * z))


register(
    Exercise(
        "margin.probability",
        kind=probability_of_score,
        reference=probability,
        title="The probability of class +1, read off a score of the exponential loss",
        hints=(
            "Which score is best when class +1 has probability q? It was derived above.",
            "Solve z = ½ log(q / (1 − q)) for q.",
            "It is the sigmoid of 2 z.",
        ),
        level=2,
        mistakes=PROBABILITY,
    )
)


def uncalibrated():
    """Return the loss whose slope at 0 is not negative."""
    return "C"


register(
    Exercise(
        "margin.uncalibrated",
        kind=choice,
        reference=uncalibrated,
        title="The convex loss that is not calibrated",
        options=("A", "B", "C", "D"),
        hints=(
            "Differentiate each at m = 0. What must the slope be?",
            "One of the four is flat at 0 from both sides.",
        ),
        level=2,
        mistakes={
            "A": "A rises again beyond a margin of 1, which is odd, and no fault here: at 0 it has "
            "the slope −2. The test asks for no more.",
            "B": "B has a kink, but at 2. At 0 it is a straight line of slope −1.",
            "D": "D is smooth, and at 0 it has the slope −½.",
        },
    )
)

# --- a line and its support ---


def _fits(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield parameters, design matrices and labels, the smallest first; no margin is 0 or 1."""
    yield np.array([1.0]), np.array([[0.5]]), np.array([1.0])
    yield np.array([1.0]), np.array([[3.0], [-2.0]]), np.array([1.0, 1.0])
    yield np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 3.0]]), np.array([1.0, -1.0])
    for n in np.linspace(3, 50, 25).astype(int):
        X = rng.standard_normal((n, int(rng.integers(1, 5))))
        yield rng.standard_normal(X.shape[1]), X, rng.choice([-1.0, 1.0], n)


_MODELS = "linear models X w with 1 to 50 samples, 1 to 4 parameters and labels −1 and 1"

who_pulls = Kind(
    "samples that pull",
    ("w", "X", "y"),
    "for every sample true or false, or 1 or 0",
    _fits,
    _MODELS,
    "the definition",
)


def support(w, X, y):
    """Return 1 for each sample that pulls at the line under the hinge loss, 0 for the others."""
    return np.where(y * (X @ w) < 1, 1.0, 0.0)


register(
    Exercise(
        "margin.support",
        kind=who_pulls,
        reference=support,
        title="Which samples pull at a line, under the hinge loss",
        hints=(
            "A sample pulls where its loss has a slope. Which margins are these?",
            "The scores are X @ w; the margins are y times that. Compare with 1.",
        ),
        level=2,
        mistakes=SUPPORT,
    )
)

svm_gradient = Kind(
    "gradient of penalty and summed losses",
    ("w", "X", "y"),
    "an array of the shape of w",
    _fits,
    _MODELS,
    "the exact derivative",
)


def svm_grad(w, X, y):
    """Return the gradient of ½‖w‖² plus the sum of the hinge losses of the scores X w."""
    pulls = y * (X @ w) < 1
    return w - X.T @ (y * pulls)


register(
    Exercise(
        "margin.svm_grad",
        kind=svm_gradient,
        reference=svm_grad,
        title="The gradient of ½‖w‖² plus the sum of the hinge losses",
        hints=(
            "Two terms. The derivative of ½‖w‖² is w.",
            "Each sample that pulls adds −y times its features.",
            "`X.T @ (y * pulls)` adds them up, with `pulls = y * (X @ w) < 1`.",
        ),
        level=3,
        mistakes=SVM_GRAD,
    )
)

# --- several classes ---


def crammer_singer(y_true, z):
    """Return what each right score lacks to the best other one plus 1."""
    rows = np.arange(len(y_true))
    rivals = np.array(z, dtype=float)
    rivals[rows, y_true] = -np.inf
    return np.maximum(0, 1 + rivals.max(axis=1) - z[rows, y_true])


register(
    Exercise(
        "margin.crammer_singer",
        kind=pointwise_value.over(CLASS_LOGITS),
        reference=crammer_singer,
        title="The multiclass hinge of Crammer and Singer, one number per sample",
        hints=(
            "For each row: the score of the right class, and the highest of the others.",
            "`z[np.arange(len(y_true)), y_true]` are the right scores. For the others, copy z and "
            "put −∞ in the place of the right one.",
            "max(0, 1 + rival − own).",
        ),
        level=3,
        mistakes=CRAMMER_SINGER,
    )
)
