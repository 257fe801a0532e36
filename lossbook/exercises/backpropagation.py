"""Exercises of the chapter *Backpropagation*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._backpropagation_mistakes import BACKWARD, LOOP
from lossbook.exercises._backpropagation_size_mistakes import CLIP, DIFFERENCES, HE
from lossbook.exercises.kinds import Kind, number

# --- a gradient that is too long ---


def _gradients(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([3.0]), 1.0
    yield np.array([3.0, 4.0]), 1.0
    yield np.array([3.0, 4.0]), 10.0
    yield np.array([0.0, 0.0]), 1.0
    yield np.array([-6.0, 8.0]), 5.0
    for d in np.linspace(1, 20, 30).astype(int):
        grad = 10 ** rng.uniform(-2, 3) * rng.standard_normal(d)
        yield grad, round(float(rng.uniform(0.5, 20)), 2)


_clip = Kind(
    "clipping by the norm",
    ("grad", "limit"),
    "an array of the shape of grad",
    _gradients,
    "gradients of 1 to 20 parameters, zero, short and up to thousands long",
    "the definition",
)


def clip(grad, limit):
    """Return the gradient, shortened to the limit if it is longer."""
    norm = np.linalg.norm(grad)
    return grad * (limit / norm) if norm > limit else grad.copy()


register(
    Exercise(
        "backprop.clip",
        kind=_clip,
        reference=clip,
        title="A gradient, shortened where it is longer than a limit",
        hints=(
            "Two cases. What do you return when the gradient is short enough?",
            "The length is `np.linalg.norm(grad)`. If it is above the limit, which number makes "
            "the vector exactly `limit` long without turning it?",
            "`grad * (limit / norm)` if the norm is above the limit, else `grad`.",
        ),
        mistakes=CLIP,
    )
)

# --- where to start ---


def _draws(rng: np.random.Generator) -> Iterator[tuple]:
    yield (np.array([[1.0]]),)
    yield (np.array([[1.0, -1.0], [0.5, 2.0], [0.0, 1.0]]),)
    for inputs in np.linspace(2, 40, 24).astype(int):
        yield (rng.standard_normal((inputs, int(rng.integers(1, 9)))),)


_start = Kind(
    "weights to start from",
    ("draw",),
    "an array of the shape of draw",
    _draws,
    "layers with 1 to 40 inputs and 1 to 8 units",
    "He's variance",
)


def he(draw):
    """Return weights of variance 2/inputs."""
    return draw * np.sqrt(2 / draw.shape[0])


register(
    Exercise(
        "backprop.he",
        kind=_start,
        reference=he,
        title="The weights of a ReLU layer to start from, from standard normal numbers",
        hints=(
            "Which variance does He's start want, and of what does it depend?",
            "2 over the number of inputs, the rows of the table. By which number do you multiply "
            "draws of variance 1?",
            "`draw * np.sqrt(2 / draw.shape[0])`",
        ),
        mistakes=HE,
    )
)

# --- a gradient check ---


def _units(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([0.5]), np.array([[1.0]]), np.array([1.0]), 0.1
    yield np.array([0.5, -1.0]), np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([1.0, 0.0]), 0.1
    for n in np.linspace(1, 20, 24).astype(int):
        X = rng.standard_normal((n, int(rng.integers(1, 6))))
        h = round(float(rng.uniform(0.05, 0.3)), 2)
        yield rng.standard_normal(X.shape[1]), X, rng.standard_normal(n), h


_differences = Kind(
    "central differences",
    ("w", "X", "y", "h"),
    "an array of the shape of w",
    _units,
    "tanh units with 1 to 5 weights on 1 to 20 samples, with h from 0.05 to 0.3",
    "the same differences",
)


def central(w, X, y, h):
    """Return the central differences of the mean squared error of tanh(X w)."""
    grad = np.empty(len(w))
    for j in range(len(w)):
        step = np.zeros(len(w))
        step[j] = h
        above = np.mean((np.tanh(X @ (w + step)) - y) ** 2)
        below = np.mean((np.tanh(X @ (w - step)) - y) ** 2)
        grad[j] = (above - below) / (2 * h)
    return grad


register(
    Exercise(
        "backprop.differences",
        kind=_differences,
        reference=central,
        title="The gradient by central differences, for a unit of tanh and squared error",
        hints=(
            "How would you measure the slope in one parameter if you could only ask for the loss?",
            "For every parameter: the loss with it h larger, minus the loss with it h smaller, "
            "divided by their distance. The other parameters stay.",
            "`step = np.zeros(len(w)); step[j] = h`, then the loss at `w + step` minus that at "
            "`w - step`, over `2 * h`.",
        ),
        level=2,
        mistakes=DIFFERENCES,
    )
)

# --- the pass back ---


def _passes(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([[2.0]]), np.array([[0.5]]), np.array([[3.0]]), np.array([[1.0]])
    yield (
        np.array([[1.0, 2.0], [0.0, 1.0]]),
        np.array([[0.5, -1.0, 2.0], [1.0, 0.3, -0.5]]),
        np.array([[1.0, 0.0], [2.0, 1.0], [-1.0, 3.0]]),
        np.array([[1.0, -1.0], [0.5, 2.0]]),
    )
    for n in np.linspace(1, 20, 24).astype(int):
        d, units, K = (int(size) for size in rng.integers(2, 6, 3))
        yield (
            rng.standard_normal((n, d)),
            1.5 * rng.standard_normal((n, units)),
            rng.standard_normal((units, K)),
            rng.standard_normal((n, K)),
        )


_pass = Kind(
    "backward pass of a hidden layer",
    ("X", "Z1", "W2", "D2"),
    "a tuple (dW1, db1, dW2, db2)",
    _passes,
    "networks with 1 to 5 inputs, hidden units and outputs, on 1 to 20 samples",
    "the exact derivatives",
).parts("dW1", "db1", "dW2", "db2")


def backward(X, Z1, W2, D2):
    """Return the gradients of the mean loss, from the signal at the outputs."""
    n = len(X)
    A1 = np.tanh(Z1)
    D1 = (D2 @ W2.T) * (1 - A1**2)
    return X.T @ D1 / n, D1.mean(axis=0), A1.T @ D2 / n, D2.mean(axis=0)


register(
    Exercise(
        "backprop.backward",
        kind=_pass,
        reference=backward,
        title="The four gradients of a network with one hidden layer of tanh",
        hints=(
            "What do you need before you can write the gradient of the first weights?",
            "The hidden signal: D2 back through the transpose of W2, then times the slope of tanh "
            "at Z1. A gradient of weights is (what went in)ᵀ @ (signal) / n.",
            "`A1 = np.tanh(Z1)`, `D1 = (D2 @ W2.T) * (1 - A1**2)`; then `X.T @ D1 / n`, "
            "`D1.mean(axis=0)`, and the same with A1 and D2.",
        ),
        level=2,
        mistakes=BACKWARD,
    )
)

# --- the whole loop ---


def _trainings(rng: np.random.Generator) -> Iterator[tuple]:
    one, two = np.array([[1.0]]), np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]])
    yield one, np.array([1.0]), np.array([[0.5]]), np.array([2.0]), 0.1, np.array([0])
    weights = np.array([[0.5, -1.0], [1.0, 0.2]]), np.array([1.0, -0.5])
    yield two, np.array([1.0, 0.0, -1.0]), *weights, 0.1, np.array([2, 0, 1])
    for n in np.linspace(2, 12, 24).astype(int):
        d, units = (int(size) for size in rng.integers(1, 5, 2))
        order = np.concatenate([rng.permutation(n) for _ in range(int(rng.integers(1, 4)))])
        yield (
            rng.standard_normal((n, d)),
            rng.standard_normal(n),
            rng.standard_normal((d, units)),
            rng.standard_normal(units),
            round(float(rng.uniform(0.02, 0.2)), 2),
            order,
        )


_training = Kind(
    "training loop of a small network",
    ("X", "y", "W1", "w2", "lr", "order"),
    "a tuple (W1, w2)",
    _trainings,
    "networks with 1 to 4 inputs and hidden units, over 1 to 36 steps",
    "the same loop",
    rtol=1e-5,
).parts("W1", "w2")


def train(X, y, W1, w2, lr, order):
    """Return the weights after one step for every sample named."""
    for i in order:
        a = np.tanh(X[i] @ W1)
        d2 = 2 * (a @ w2 - y[i])
        d1 = d2 * w2 * (1 - a**2)
        w2 = w2 - lr * d2 * a
        W1 = W1 - lr * np.outer(X[i], d1)
    return W1, w2


register(
    Exercise(
        "backprop.loop",
        kind=_training,
        reference=train,
        title="Train a network with one hidden layer, one sample a step",
        hints=(
            "Write the way forward for one sample first: which two numbers or vectors does the "
            "way back need again?",
            "Forward: a = tanh(x W1), ŷ = a·w2. Back: δ₂ = 2(ŷ − y), δ₁ = δ₂ w2 (1 − a²). Only "
            "then move: w2 against δ₂ a, W1 against the outer product of x and δ₁.",
            "`d2 = 2 * (a @ w2 - y[i])`, `d1 = d2 * w2 * (1 - a**2)`, then "
            "`w2 = w2 - lr * d2 * a` and `W1 = W1 - lr * np.outer(X[i], d1)`.",
        ),
        level=3,
        mistakes=LOOP,
    )
)

# --- a number ---


def what_is_left():
    """Return what Glorot's start leaves of a signal after 40 equally wide layers of ReLU."""
    return np.sqrt(1 / 2) ** 40


register(
    Exercise(
        "backprop.depth",
        kind=number,
        reference=what_is_left,
        title="What Glorot's start leaves of a signal after 40 layers of ReLU",
        hints=(
            "By which factor does one layer multiply the mean square of the signal?",
            "With d inputs and d units Glorot's variance is 1/d, so d of them add up to 1, and "
            "the ReLU keeps half. That is the mean square: what happens to the size, its root?",
            "`np.sqrt(1 / 2) ** 40`",
        ),
        level=2,
        mistakes={
            0.5**40: "That is what is left of the mean *square*. The size is the root of it: each "
            "layer multiplies it by √½.",
            1.0: "That would be so with He's start, or without the ReLU. Glorot's variance makes "
            "up for the sum over the inputs, and not for what the ReLU drops.",
            2.0**20: "The other way round: a ReLU drops half of the squares, and signals shrink.",
        },
    )
)
