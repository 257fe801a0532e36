"""Exercises of the chapter *Second-order methods*."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._second_order_curve_mistakes import DAMPING, GAUSS_NEWTON
from lossbook.exercises._second_order_mistakes import NEWTON_LOOP, NEWTON_STEP
from lossbook.exercises.kinds import Kind, number

# --- Newton's step ---


def _labelled(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([0.0]), np.array([[1.0], [2.0]]), np.array([0.0, 1.0])
    yield np.array([1.0]), np.array([[1.0], [2.0], [-1.0]]), np.array([1.0, 0.0, 0.0])
    for d in np.linspace(1, 5, 24).astype(int):
        n = int(rng.integers(4 * d, 50))
        X, w = rng.standard_normal((n, d)), rng.standard_normal(d)
        yield w, X, rng.integers(0, 2, n).astype(float)


_step = Kind(
    "Newton's step for logistic regression",
    ("w", "X", "y"),
    "the new parameters, an array of the shape of w",
    _labelled,
    "logistic regressions with 2 to 49 samples and 1 to 5 parameters",
    "the update rule",
)


def newton_step(w, X, y):
    """Return the parameters after one plain Newton step on the mean log loss."""
    p = 1 / (1 + np.exp(-X @ w))
    gradient = X.T @ (p - y) / len(y)
    hessian = X.T @ ((p * (1 - p))[:, None] * X) / len(y)
    return w - np.linalg.solve(hessian, gradient)


register(
    Exercise(
        "second.newton_step",
        kind=_step,
        reference=newton_step,
        title="One Newton step on the mean log loss of a logistic regression",
        hints=(
            "Three things are needed: the probabilities, the gradient, the Hessian. Which of them "
            "contains the labels?",
            "The gradient is Xᵀ(p − y)/n. The Hessian is Xᵀ W X/n, with the curvatures p(1 − p) on "
            "the diagonal of W: multiply each row of X by its own.",
            "`hessian = X.T @ ((p * (1 - p))[:, None] * X) / len(y)`, then subtract "
            "`np.linalg.solve(hessian, gradient)` from `w`.",
        ),
        mistakes=NEWTON_STEP,
    )
)

# --- a number ---


def steps_to_the_bottom():
    """Return how many Newton steps lead to the minimum of a quadratic."""
    return 1


register(
    Exercise(
        "second.steps_on_quadratic",
        kind=number,
        reference=steps_to_the_bottom,
        title="The Newton steps to the minimum of a quadratic with condition number 10,000",
        hints=(
            "To the bottom of which function does a Newton step lead?",
            "To the bottom of the second-order model. What does that model leave out, if the "
            "function is itself of second order?",
        ),
        mistakes={
            0.0: "You start far away, so you have to move.",
            2.0: "The second would find a gradient of zero: the first has led to the bottom of the "
            "model, and here the model is the function itself.",
            100.0: "The condition number, or its root, decides about descent and momentum. "
            "Newton's step divides by the curvature, whatever it is.",
            115.0: "That is what a digit costs the heavy ball. Newton's step divides by the "
            "curvature in every direction, whatever it is.",
            10_000.0: "That is gradient descent's order of magnitude. Newton's step divides by the "
            "curvature in every direction, whatever it is.",
            11_513.0: "That is what a digit costs gradient descent. Newton's step divides by the "
            "curvature in every direction, whatever it is.",
        },
    )
)

# --- Newton's loop ---


# A fall of 0.5e-4 of what the slope promises at t = 1, one of 3e-4, a rise of 0.5e-4, and a fall of
# 1.5e-4 at t = ½: another rule than 1e-4 · t · g·s takes another length.  The last needs t = 1/256.
_BORDERLINE = (2.116518, 2.116295, 2.116607, 3.133936, 9.0)


def _loops(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([3.0]), np.array([[1.0], [-2.0], [0.5]]), np.array([0.0, 0.0, 0.0]), 1
    yield np.array([2.5]), np.array([[1.0], [2.0], [-1.0], [1.0]]), np.array([0.0, 1, 0, 1]), 2
    for start in _BORDERLINE:
        yield np.array([start]), np.array([[1.0], [2], [-1], [1]]), np.array([0.0, 1, 0, 1]), 1
    # Nearly separable: the seventh step still moves.
    yield np.array([0.0]), np.array([[1.0], [2.0], [-1.0], [-0.02]]), np.array([1.0, 1, 0, 1]), 7
    for d, steps in zip(np.linspace(1, 4, 24).astype(int), [1, 2, 3, 2] * 6, strict=True):
        X = rng.standard_normal((int(rng.integers(10 * d, 60)), d))
        w = rng.standard_normal(d)
        far = rng.uniform(3, 6) if steps == 1 else rng.uniform(0.5, 2.2)  # p must not round to 1
        yield w * far / np.linalg.norm(w), X, rng.integers(0, 2, len(X)) * 1.0, steps


_loop = replace(
    _step,
    name="Newton's method with a line search",
    arguments=("w", "X", "y", "steps"),
    returns="the parameters after the last step, an array of the shape of w",
    cases=_loops,
    inputs="logistic regressions with 3 to 59 samples and 1 to 4 parameters, from near and far",
    against="the same loop",
    rtol=1e-5,
)


def newton_loop(w, X, y, steps):
    """Return the parameters after some Newton steps, each halved until the loss falls enough."""

    def loss(w):
        z = X @ w
        return np.mean(np.logaddexp(0, z) - y * z)

    for _ in range(steps):
        p = 1 / (1 + np.exp(-X @ w))
        g = X.T @ (p - y) / len(y)
        s = -np.linalg.solve(X.T @ ((p * (1 - p))[:, None] * X) / len(y), g)
        t = 1.0
        while loss(w + t * s) > loss(w) + 1e-4 * t * (g @ s):
            t = t / 2
        w = w + t * s
    return w


register(
    Exercise(
        "second.newton_loop",
        kind=_loop,
        reference=newton_loop,
        title="Newton's method with backtracking on the mean log loss",
        hints=(
            "Two loops, one in the other: over the steps, and over the lengths tried. What must be "
            "computed anew in every step, and what is set back to 1?",
            "In each step: p, gradient g, direction s = −H⁻¹g at the present `w`; t = 1; halve t "
            "while the trial loss is larger than L(w) + 1e-4 · t · g·s; then w ← w + t s.",
            "`while loss(w + t * s) > loss(w) + 1e-4 * t * (g @ s): t = t / 2`",
        ),
        level=3,
        mistakes=NEWTON_LOOP,
    )
)

# --- Gauss–Newton ---


def _curves(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([1.0, 0.0]), np.array([0.0, 1.0]), np.array([1.0, 1.5])
    yield np.array([2.0, 0.5]), np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 3.0])
    for n in np.linspace(3, 40, 24).astype(int):
        t = np.linspace(0, 2, n)
        a, k = rng.uniform(0.5, 4), rng.uniform(-1.5, 1.0)
        y = a * np.exp(k * t) + 0.3 * rng.standard_normal(n)
        yield np.array([a, k]) + 0.3 * rng.standard_normal(2), t, y


_curve = Kind(
    "Gauss–Newton step for an exponential curve",
    ("w", "t", "y"),
    "the new parameters, an array of two numbers",
    _curves,
    "curves a·exp(k t) with 2 to 40 points, growing and decaying",
    "the update rule",
)


def gauss_newton(w, t, y):
    """Return the parameters of a·exp(k t) after one Gauss–Newton step."""
    a, k = w
    growth = np.exp(k * t)
    r = a * growth - y
    J = np.stack([growth, a * t * growth], axis=1)
    return w - np.linalg.solve(J.T @ J, J.T @ r)


register(
    Exercise(
        "second.gauss_newton",
        kind=_curve,
        reference=gauss_newton,
        title="One Gauss–Newton step for the curve a·exp(k t)",
        hints=(
            "Which two derivatives has the residual a·exp(k t) − y? They are the columns of J.",
            "∂r/∂a = exp(k t) and ∂r/∂k = a t exp(k t). The step (JᵀJ)⁻¹ Jᵀ r is to be subtracted.",
            "`J = np.stack([np.exp(k * t), a * t * np.exp(k * t)], axis=1)`, then "
            "`w - np.linalg.solve(J.T @ J, J.T @ r)`.",
        ),
        level=2,
        mistakes=GAUSS_NEWTON,
    )
)

# --- Levenberg–Marquardt ---


def _tries(rng: np.random.Generator) -> Iterator[tuple]:
    yield 1.0, 2.0, 1.0
    yield 1.0, 1.0, 2.0
    yield 0.5, 3.0, 3.0
    yield 0.1, 5.0, np.inf
    yield 1.0, 2.0, 2.0 * (1 - 1e-7)  # smaller is smaller, however little
    yield 1e-9, 3e-15, 2e-15
    yield 1e8, 1.0, 2.0
    for _ in range(20):
        old, new = 10 ** rng.uniform(-3, 3, 2)
        yield float(10.0 ** rng.integers(-5, 5)), float(old), float(new)


_damping = Kind(
    "damping after a try",
    ("damping", "old", "new"),
    "one number",
    _tries,
    "tries that succeed, also by very little, fail, change nothing, and overflow",
    "the rule",
)


def next_damping(damping, old, new):
    """Return the damping of the next try of Levenberg–Marquardt."""
    return damping / 10 if new < old else damping * 10


register(
    Exercise(
        "second.damping",
        kind=_damping,
        reference=next_damping,
        title="The damping after a try of Levenberg–Marquardt",
        hints=(
            "Damping makes steps short and safe. When do you want it shorter and safer still?",
            "After a success a tenth, else ten times as much. Is an unchanged sum a success?",
            "`damping / 10 if new < old else damping * 10`",
        ),
        level=2,
        mistakes=DAMPING,
    )
)

# --- the price ---


def price_in_gradients():
    """Return what a Newton step costs, in gradients."""
    n, d = 1_000, 100
    return (2 * n * d + n * d**2 + d**3) / (2 * n * d)


register(
    Exercise(
        "second.price",
        kind=number,
        reference=price_in_gradients,
        title="The price of a Newton step in gradients, with n = 1,000 and d = 100",
        hints=(
            "Three parts: the gradient itself, building the Hessian, solving the equations.",
            "2 n d, n d² and d³ multiplications, all divided by those of a gradient, 2 n d.",
            "1 + d/2 + d²/(2n)",
        ),
        level=2,
        mistakes={
            51.0: "The equations are missing: solving them costs d³, as much as 5 gradients.",
            6.0: "The Hessian is missing: building it costs n d², as much as 50 gradients.",
            55.0: "Its own gradient is missing.",
            55.5: "Your gradient costs n d in the sum. It is two products with X, 2 n d: once "
            "for the logits, once back.",
            111.0: "You count a gradient as n d. It is two products with X, 2nd: once for the "
            "logits, once back.",
            112.0: "You divide by n d. A gradient is two products with X, 2nd: once for the "
            "logits, once back.",
            50.0: "That is d/2, the largest part. The gradient itself and the equations are still "
            "missing.",
        },
    )
)
