"""Exercises of the chapter *Image classification*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._image_classification_loop_mistakes import COOLING, TRAIN
from lossbook.exercises._image_classification_mistakes import ANSWER, CONFUSION
from lossbook.exercises.kinds import Kind, number

# --- the confusion matrix ---


def _readings(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([1]), np.array([0]), 2
    yield np.array([0, 0, 0, 1]), np.array([0, 1, 1, 1]), 2
    yield np.array([2, 0, 2]), np.array([2, 0, 2]), 4  # two classes that never occur
    for n in np.linspace(1, 60, 30).astype(int):
        K = int(rng.integers(2, 7))
        truth = rng.integers(0, K, n)
        yield truth, np.where(rng.random(n) < 0.6, truth, rng.integers(0, K, n)), K


_table = Kind(
    "confusion matrix",
    ("y_true", "y_read", "K"),
    "a table of shape (K, K)",
    _readings,
    "pairs of 1 to 60 labels of 2 to 6 classes, some of which never occur",
    "the counts",
)


def confusion(y_true, y_read, K):
    """Return how often each class (row) was read as each class (column)."""
    table = np.zeros((K, K), dtype=int)
    for truth, read in zip(y_true, y_read, strict=True):
        table[truth, read] += 1
    return table


register(
    Exercise(
        "images.confusion",
        kind=_table,
        reference=confusion,
        title="The confusion matrix: truth in the rows, reading in the columns",
        hints=(
            "Begin with a table of zeros of shape (K, K). Which entry does one image belong to?",
            "Its row is the true class, its column the class read. Add 1 there for every image.",
            "A loop over both with `zip`; or `np.add.at`, which counts repeated places too.",
        ),
        mistakes=CONFUSION,
    )
)

# --- what to answer ---


def cut():
    """Return the probability above which a machine's answer is worth its risk."""
    error, hand = 250, 10
    return 1 - hand / error


register(
    Exercise(
        "images.cut",
        kind=number,
        reference=cut,
        title="The probability above which to answer: an error costs 250 s, the clerk 10 s",
        hints=(
            "At the threshold, an answer costs on average as much as the clerk.",
            "An answer costs (1 − p) · 250 on average. Set it equal to 10.",
        ),
        mistakes={
            0.04: "That is the probability of an *error* that you can bear. The probability of the "
            "digit read is one minus that.",
            25.0: "That is how many clerks one error is worth. A probability is asked for.",
            250 / 260: "You have let a right answer save the clerk's time on top. The clerk's "
            "10 s are paid with certainty, right or wrong: (1 − p) · 250 = 10.",
            10
            / 260: "10 / (10 + 250) is the threshold where only a false alarm costs 10. Here the "
            "clerk's 10 s are paid either way, and p is the probability of being right.",
            0.5: "One half is no special number here: an error costs 25 times the clerk.",
            96.0: "As a probability, between 0 and 1, please.",
        },
    )
)


def _forecasts(rng: np.random.Generator) -> Iterator[tuple]:
    yield (np.array([[0.9375, 0.0625]]),)  # with the first costs a tie
    yield (np.array([[0.25, 0.75], [0.5, 0.5]]),)
    yield (np.array([[0.96, 0.03, 0.01], [0.0, 0.1, 0.9], [0.2, 0.4, 0.4]]),)
    yield (np.array([[0.0, 1.0], [0.125, 0.875]]),)
    for n in np.linspace(1, 50, 30).astype(int):
        K = int(rng.integers(2, 11))
        yield (rng.dirichlet(np.full(K, 0.15), n),)


_decision = Kind(
    "answers, or −1",
    ("p",),
    "a class or −1 for each row",
    _forecasts,
    "tables of 1 to 50 rows of 2 to 10 probabilities",
    "the cheaper of the two decisions",
)


def answer(p, error, hand, slip):
    """Return the class read where that is expected to be cheaper than the clerk, else −1."""
    machine = (1 - p.max(axis=1)) * error
    clerk = hand + slip * error
    return np.where(machine < clerk, p.argmax(axis=1), -1)


register(
    Exercise(
        "images.answer",
        kind=_decision,
        reference=answer,
        title="The digit, or −1 for the clerk, who errs too",
        params={"error": (128.0, 20.0, 32.0), "hand": (4.0, 1.0), "slip": (0.03125, 0.0, 0.125)},
        hints=(
            "Write down what each of the two costs on average, for one image.",
            "The machine costs (1 − p) · error, with p its largest probability. The clerk always "
            "costs `hand`, and with probability `slip` an error on top.",
            "`np.where(machine < clerk, p.argmax(axis=1), -1)`.",
        ),
        level=2,
        mistakes=ANSWER,
    )
)

# --- the temperature ---


def _logits(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([0]), np.array([[1.0, 0.0]]), 1.0
    yield np.array([1]), np.array([[2.0, 0.0]]), 2.0
    yield np.array([0, 2]), np.array([[1.0, 0.0, -1.0], [0.5, 2.0, 0.0]]), 0.5
    for n in np.linspace(1, 50, 30).astype(int):
        K = int(rng.integers(2, 7))
        T = round(float(rng.uniform(0.4, 4)), 2)
        yield rng.integers(0, K, n), 3 * rng.standard_normal((n, K)), T


_slope = Kind(
    "slope of the mean log loss in the temperature",
    ("y_true", "z", "T"),
    "one number",
    _logits,
    "batches of 1 to 50 rows of 2 to 6 logits, temperatures from 0.4 to 4",
    "the exact derivative",
)


def cooling(y_true, z, T):
    """Return the derivative of the mean log loss of softmax(z / T) with respect to T."""
    e = np.exp((z - z.max(axis=1, keepdims=True)) / T)
    p = e / e.sum(axis=1, keepdims=True)
    true_logit = z[np.arange(len(z)), y_true]
    return np.mean(true_logit - (p * z).sum(axis=1)) / T**2


register(
    Exercise(
        "images.cooling",
        kind=_slope,
        reference=cooling,
        title="How the mean log loss changes with the temperature",
        hints=(
            "With respect to u = z / T the loss of a row has the slopes p − y. How does each u "
            "change with T?",
            "u_k = z_k / T changes by −z_k / T². Multiply by p_k − y_k and add up over the "
            "classes: the loss of a row changes by (z_y − Σ p_k z_k) / T².",
            "p is the softmax of z / T, not of z. Take the mean over the rows at the end.",
        ),
        level=2,
        mistakes=COOLING,
    )
)

# --- the whole loop ---


def _courses(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([[1.0]]), np.array([0]), 2, 0.5, np.array([[0]])
    yield np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([1, 0]), 2, 0.5, np.array([[0], [1]])
    X = np.array([[1.0, 2.0], [3.0, 1.0], [0.0, 1.0]])
    yield X, np.array([1, 0, 2]), 3, 0.1, np.array([[0, 1], [2, 0]])
    for n, steps in zip(np.linspace(4, 40, 24).astype(int), [1, 2, 3, 6] * 6, strict=True):
        K, d = (int(k) for k in rng.integers(2, 6, 2))
        size = int(rng.integers(2, n))
        batches = np.array([rng.choice(n, size, replace=False) for _ in range(steps)])
        lr = round(float(rng.uniform(0.1, 1)), 2)
        yield rng.standard_normal((n, d)), rng.integers(0, K, n), K, lr, batches


_course = Kind(
    "training of a softmax regression",
    ("X", "y", "K", "lr", "batches"),
    "weights of shape (d, K)",
    _courses,
    "sets of 1 to 40 samples with 1 to 5 features and 2 to 5 classes, 1 to 6 batches",
    "the same loop",
    rtol=1e-5,
)


def train(X, y, K, lr, batches):
    """Return the weights after one step of descent for each batch, from zero."""
    W = np.zeros((X.shape[1], K))
    for rows in batches:
        z = X[rows] @ W
        e = np.exp(z - z.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        W = W - lr * X[rows].T @ (p - np.eye(K)[y[rows]]) / len(rows)
    return W


register(
    Exercise(
        "images.train",
        kind=_course,
        reference=train,
        title="Softmax regression by mini-batches, from zero weights",
        hints=(
            "In each turn: the batch's logits, their softmax, the gradient, the step.",
            "With respect to the logits the gradient of each row is p − y, with y one-hot. With "
            "respect to the weights it is X transposed times that, divided by the rows of the "
            "*batch*.",
            "`W = W - lr * X[rows].T @ (p - np.eye(K)[y[rows]]) / len(rows)`.",
        ),
        level=3,
        mistakes=TRAIN,
    )
)
