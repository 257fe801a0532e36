"""Exercises of the chapter *Momentum*."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._momentum_loop_mistakes import HEAVY_LOOP, NESTEROV_LOOP
from lossbook.exercises._momentum_mistakes import STEP
from lossbook.exercises._momentum_rate_mistakes import LEAVES, RATES
from lossbook.exercises.kinds import Kind, training_loop, update_step, whole_number

# --- one step ---


def _steps(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([1.0]), np.array([3.0]), np.array([2.0]), 0.1, 0.5
    yield np.array([0.0, 3.0]), np.array([0.0, 0.0]), np.array([-1.0, 0.5]), 0.5, 0.9
    yield np.array([2.0, 1.0]), np.array([-4.0, 1.0]), np.array([0.0, 0.0]), 0.2, 0.0
    for d in np.linspace(1, 20, 30).astype(int):
        lr, mu = (round(float(rng.uniform(0.01, 0.95)), 2) for _ in range(2))
        w, v, grad = rng.standard_normal((3, d)) * [[1], [10], [5]]
        yield w, v, grad, lr, mu


def one_step(w, v, grad, lr, mu):
    """Return parameters and velocity after one step of the heavy ball."""
    v = mu * v + grad
    return w - lr * v, v


register(
    Exercise(
        "momentum.step",
        kind=replace(update_step, arguments=("w", "v", "grad", "lr", "mu")).parts("w", "v"),
        reference=one_step,
        title="Parameters and velocity after one step of the heavy ball",
        cases=_steps,
        inputs="vectors of 1 to 20 parameters, with momentum from 0 to 0.9 and step sizes "
        "from 0.07 to 0.94",
        hints=(
            "What is the new velocity made of? Two things: a share of the old one, and what else?",
            "New velocity = momentum × old velocity + gradient. Then the parameters move against "
            "the new velocity, η times as far.",
            "`v = mu * v + grad`, then `return w - lr * v, v`.",
        ),
        mistakes=STEP,
    )
)

# --- loops ---

_loop = replace(training_loop, against="the same loop")


def roll(X, y, lr, steps, mu):
    """Return the least-squares parameters after some steps of the heavy ball from zero."""
    w, v = np.zeros(X.shape[1]), np.zeros(X.shape[1])
    for _ in range(steps):
        v = mu * v + 2 * X.T @ (X @ w - y) / len(y)
        w = w - lr * v
    return w


register(
    Exercise(
        "momentum.loop",
        kind=_loop,
        reference=roll,
        title="The heavy ball on the mean squared error of X w, from w = 0 and v = 0",
        params={"mu": (0.9, 0.5)},
        hints=(
            "Two things live from turn to turn: the parameters and the velocity. Where must they "
            "be made, inside the loop or before it?",
            "Both start as zeros before the loop. In every turn: the gradient 2 Xᵀ(X w − y) / n "
            "at the present `w`, the new velocity, the new parameters.",
            "In the loop `v = mu * v + 2 * X.T @ (X @ w - y) / len(y)` and `w = w - lr * v`; "
            "return `w` after it.",
        ),
        level=2,
        mistakes=HEAVY_LOOP,
    )
)


def look_ahead(X, y, lr, steps, mu):
    """Return the least-squares parameters after some steps of Nesterov's method from zero."""
    w, v = np.zeros(X.shape[1]), np.zeros(X.shape[1])
    for _ in range(steps):
        ahead = w - lr * mu * v
        v = mu * v + 2 * X.T @ (X @ ahead - y) / len(y)
        w = w - lr * v
    return w


register(
    Exercise(
        "momentum.nesterov",
        kind=_loop,
        reference=look_ahead,
        title="Nesterov's method on the mean squared error of X w, in its own words",
        params={"mu": (0.9, 0.5)},
        hints=(
            "It is the heavy ball, but for the place where the gradient is taken.",
            "Where would the old velocity alone carry you? μ of it survives, and η times that is "
            "the way: take the gradient there, and step from `w`.",
            "`ahead = w - lr * mu * v`; the gradient at `ahead` goes into the velocity; then "
            "`w = w - lr * v`.",
        ),
        level=2,
        mistakes=NESTEROV_LOOP,
    )
)

# --- a rate that changes ---


def _tables(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([1.0]), np.array([[2.0], [0.0]]), np.array([0.5, 0.1]), 0.5
    yield np.array([0.0, 1.0]), np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([0.1, 0.1]), 0.9
    for steps in np.linspace(1, 12, 24).astype(int):
        d = int(rng.integers(1, 6))
        rates = np.round(np.sort(rng.uniform(0.01, 0.9, steps))[::-1], 3)
        mu = round(float(rng.uniform(0.1, 0.95)), 2)
        yield rng.standard_normal(d), 3 * rng.standard_normal((steps, d)), rates, mu


_rates = Kind(
    "steps with given gradients and rates",
    ("w", "grads", "rates", "mu"),
    "the parameters after the last step, an array of the shape of w",
    _tables,
    "tables of 1 to 12 gradients of 1 to 5 parameters, with falling learning rates",
    "the same steps",
)


def rate_inside(w, grads, rates, mu):
    """Return the parameters after steps whose learning rate stands inside the velocity."""
    v = np.zeros(len(w))
    for grad, rate in zip(grads, rates, strict=True):
        v = mu * v + rate * grad
        w = w - v
    return w


register(
    Exercise(
        "momentum.rate_inside",
        kind=_rates,
        reference=rate_inside,
        title="A falling learning rate inside the velocity",
        hints=(
            "Which of the two lines does the rate belong to here, that of the velocity or that of "
            "the parameters?",
            "The velocity remembers steps: μ of the old one, plus rate times gradient. The "
            "parameters then move by the velocity itself.",
            "`for grad, rate in zip(grads, rates):` with `v = mu * v + rate * grad` and "
            "`w = w - v`.",
        ),
        level=2,
        mistakes=RATES,
    )
)

# --- eigenvalues ---


def _directions(rng: np.random.Generator) -> Iterator[tuple]:
    yield 0.1, 1.0, 0.9
    yield 0.1, 1.0, 0.25
    yield 1.0, 2.4, 0.25
    yield 0.5, 3.0, 0.0
    yield 2.0, 2.0, 0.5
    for _ in range(30):
        lr, curvature = 10 ** rng.uniform(-2, 0), 10 ** rng.uniform(-1, 1)
        yield round(float(lr), 3), round(float(curvature), 2), round(float(rng.uniform(0, 0.99)), 2)


_direction = Kind(
    "what a step leaves along a direction",
    ("lr", "curvature", "mu"),
    "one number",
    _directions,
    "directions: creeping, in waves, hopping and exploding",
    "the roots of the polynomial",
)


def leaves(lr, curvature, mu):
    """Return the size of the larger root of ρ² − (1 + μ − ηλ) ρ + μ."""
    roots = np.roots([1, -(1 + mu - lr * curvature), mu])
    return np.abs(roots).max()


register(
    Exercise(
        "momentum.leaves",
        kind=_direction,
        reference=leaves,
        title="What a step of the heavy ball leaves of the error, in the long run",
        hints=(
            "Which polynomial has the two factors as its roots? Only ηλ and μ enter it.",
            "`np.roots` takes its coefficients, from the square down. The roots may be complex, "
            "and may be negative: what is the size of such a number?",
            "`np.abs(np.roots([1, -(1 + mu - lr * curvature), mu])).max()`",
        ),
        level=3,
        mistakes=LEAVES,
    )
)

# --- a number ---


def steps_for_a_digit():
    """Return how many steps make the error ten times smaller, with the best heavy ball."""
    root = np.sqrt(10_000)
    factor = (root - 1) / (root + 1)
    return np.ceil(np.log(10) / -np.log(factor))


register(
    Exercise(
        "momentum.steps_per_digit",
        kind=whole_number,
        reference=steps_for_a_digit,
        title="The steps that gain one decimal digit, with condition number 10,000",
        hints=(
            "What does a step of the best heavy ball leave, in terms of √κ?",
            "(√κ − 1)/(√κ + 1), and √κ is 100. Which power of it is first below 1/10?",
            "`np.log(10) / -np.log(99 / 101)`, rounded up.",
        ),
        mistakes={
            115.0: "One too few: after 115 steps slightly more than a tenth is left. Round up.",
            np.log(10) / np.log(101 / 99): "Right, but a step cannot be cut in pieces. Round up to "
            "a whole number.",
            11513.0: "That is gradient descent, with κ in place of √κ.",
            12.0: "That is for a condition number of 100. Here √κ is 100.",
            230.0: "That is for the factor 1 − 1/√κ, which Nesterov's step leaves with η = 1/λmax. "
            "The best heavy ball leaves (√κ − 1)/(√κ + 1).",
            58.0: "That is for the factor squared: a digit of the loss, or μ in place of √μ. A "
            "digit of the error takes twice as many steps.",
        },
    )
)
