"""Exercises of the chapter *Robust losses*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._robust_mistakes import (
    HUBER_GRAD,
    IRLS_STEP,
    SCALE,
    SMOOTH_L1,
    TUKEY_WEIGHT,
)
from lossbook.exercises.domains import REALS
from lossbook.exercises.kinds import Kind, number, pointwise_gradient, pointwise_value
from lossbook.exercises.mistakes import instead

THRESHOLDS = (1.0, 0.5, 3.0)
BATCHES = f"batches of 1 to 50 samples ({REALS.text})"

# --- the Huber loss ---


def huber_of_ten():
    """Return the Huber loss with threshold 2 of a residual of 10."""
    return 2 * (10 - 2 / 2)


register(
    Exercise(
        "robust.huber_of_ten",
        kind=number,
        reference=huber_of_ten,
        title="The Huber loss with δ = 2 of a residual of 10",
        hints=(
            "Is 10 on the parabola or on the straight line?",
            "The line has slope δ = 2. It does not start at 0: it meets r²/2 at r = 2.",
            "On the line the loss is δ (|r| − δ/2).",
        ),
        mistakes={
            50.0: "That is r²/2, the parabola. A residual of 10 is beyond δ = 2, on the line.",
            20.0: "That is δ |r|. This line does not meet the parabola at r = δ; subtract δ²/2.",
            9.0: "That is the smooth L1 loss with β = 2. Huber's loss is β times as large.",
            9.5: "That is for δ = 1. Here δ is 2.",
        },
    )
)


def huber_grad(y_true, y_pred, delta):
    """Return the derivative of each Huber loss: the residual, clipped."""
    return np.clip(y_pred - y_true, -delta, delta)


register(
    Exercise(
        "robust.huber_grad",
        kind=pointwise_gradient,
        reference=huber_grad,
        title="The derivative of each Huber loss with respect to its prediction",
        params={"delta": THRESHOLDS},
        hints=(
            "What is the slope of r²/2? And of the line beyond δ?",
            "It is the residual as long as that is between −δ and δ, and stays at ±δ beyond.",
            "NumPy has a function for this: `np.clip`.",
        ),
        mistakes=HUBER_GRAD,
    )
)


def smooth_l1(y_true, y_pred, beta):
    """Return the smooth L1 loss of each sample."""
    r = np.abs(y_pred - y_true)
    return np.where(r < beta, r**2 / (2 * beta), r - beta / 2)


register(
    Exercise(
        "robust.smooth_l1",
        kind=pointwise_value,
        reference=smooth_l1,
        title="The smooth L1 loss of each sample",
        params={"beta": THRESHOLDS},
        hints=(
            "It is Huber's loss with δ = β, divided by β.",
            "Two pieces: r²/(2β) where |r| < β, and |r| − β/2 elsewhere.",
            "`np.where(condition, one, other)` chooses piece by piece.",
        ),
        level=2,
        mistakes=SMOOTH_L1,
    )
)

# --- log-cosh ---


def log_cosh(y_true, y_pred):
    """Return log cosh of each residual, accurate for small ones and finite for large ones."""
    size = np.abs(y_pred - y_true)
    near = np.minimum(size, 600)
    return np.log1p(2 * np.sinh(near / 2) ** 2) + (size - near)


def _tiny_to_huge(rng: np.random.Generator) -> Iterator[tuple]:
    yield from REALS.cases(rng)
    for tiny in (1e-3, -1e-6, 1e-9):  # alone, so that they are compared on their own scale
        yield np.array([0.0]), np.array([tiny])


register(
    Exercise(
        "robust.log_cosh",
        kind=pointwise_value,
        reference=log_cosh,
        title="The log-cosh loss of each sample, for residuals of any size",
        cases=_tiny_to_huge,
        inputs="batches of 1 to 50 samples (residuals of both signs, zero, and from 1e-9 to 1e6)",
        hints=(
            "cosh r is 1 + 2 sinh²(r/2). Which function computes log(1 + x) without forming 1 + x?",
            "`np.log1p(2 * np.sinh(r / 2) ** 2)` keeps small residuals, but sinh overflows for "
            "large ones. How does the loss look there?",
            "Cut |r| at 600 before the sinh, and add what was cut: there the slope is 1.",
        ),
        level=2,
        mistakes=(
            instead(
                "cosh overflows",
                "Right for ordinary residuals, but cosh overflows above 710, and your loss is "
                "infinite where it should be about |r| − 0.69. Rewrite the formula so that cosh "
                "itself is never computed.",
                lambda y, p: np.log(np.cosh(p - y)),
            ),
            instead(
                "small residuals drown",
                "Right for ordinary and for huge residuals. Below 1e-4 the digits cancel, and at "
                "1e-9 your loss is 0 instead of r²/2: subtracting log 2 leaves only rounding. "
                "Use cosh r = 1 + 2 sinh²(r/2) and `np.log1p`.",
                lambda y, p: np.logaddexp(p - y, y - p) - np.log(2),
            ),
            instead(
                "sinh overflows",
                "Right for small and ordinary residuals, but sinh overflows for large ones. Cut "
                "|r| at 600 first, and add what you cut off: there the slope is 1.",
                lambda y, p: np.log1p(2 * np.sinh((p - y) / 2) ** 2),
            ),
            instead(
                "log 2 not subtracted",
                "You return 0.693 too much everywhere: cosh r is *half* the sum of the two "
                "exponentials.",
                lambda y, p: np.logaddexp(p - y, y - p),
            ),
            instead(
                "only the asymptote",
                "|r| − log 2 is right far out. Near 0 the loss is r²/2, and yours is negative.",
                lambda y, p: np.abs(p - y) - np.log(2),
            ),
        ),
    )
)

# --- scale, weights, iteration ---

scale_of_residuals = Kind(
    "scale of the residuals",
    REALS.arguments,
    "one number",
    REALS.cases,
    BATCHES,
    "the definition",
)


def robust_scale(y_true, y_pred):
    """Return 1.4826 times the median absolute residual."""
    return 1.4826 * np.median(np.abs(y_pred - y_true))


register(
    Exercise(
        "robust.scale",
        kind=scale_of_residuals,
        reference=robust_scale,
        title="The spread of the residuals, from the median of their sizes",
        hints=(
            "First the size of each residual, then the one in the middle.",
            "`np.median(np.abs(...))`, times the factor that makes it the standard deviation of "
            "normal noise.",
        ),
        rtol=3e-4,  # the factor in four digits, 1.483, will do
        mistakes=SCALE,
    )
)

weight_of_residual = Kind(
    "weight of a residual",
    REALS.arguments,
    "one number per sample",
    REALS.cases,
    BATCHES,
    "the definition",
)


def tukey_weight(y_true, y_pred, c):
    """Return the weight ψ(r)/r that Tukey's loss gives to each sample."""
    u = (y_pred - y_true) / c
    return np.where(np.abs(u) < 1, (1 - u**2) ** 2, 0)


register(
    Exercise(
        "robust.tukey_weight",
        kind=weight_of_residual,
        reference=tukey_weight,
        title="The weight ψ(r)/r that Tukey's loss gives to each sample",
        params={"c": (4.685, 1.0, 20.0)},
        hints=(
            "Differentiate c²/6 · (1 − (1 − (r/c)²)³) and divide by r.",
            "Inside c the weight is (1 − (r/c)²)².",
            "Outside c the loss is flat. What is its slope there?",
        ),
        level=2,
        mistakes=TUKEY_WEIGHT,
    )
)


def _fits(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield parameters, design matrices and truths, some of them outliers, one fitted exactly."""
    yield np.array([1.0]), np.array([[1.0], [2.0]]), np.array([1.0, 8.0])
    yield np.array([0.0, 1.0]), np.array([[1.0, 1.0], [2.0, 1.0], [3.0, 1.0]]), np.arange(3.0) * 4
    for n in np.linspace(6, 50, 20).astype(int):
        X = np.column_stack([rng.standard_normal((n, int(rng.integers(1, 4)))), np.ones(n)])
        noise = rng.standard_normal(n) * rng.choice([0.5, 20.0], n, p=[0.8, 0.2])
        yield rng.standard_normal(X.shape[1]), X, X.sum(axis=1) + noise


reweighted_step = Kind(
    "round of reweighted least squares",
    ("w", "X", "y"),
    "the new parameters, an array of the shape of w",
    _fits,
    "linear models with 2 to 50 samples, 1 to 4 parameters and outliers",
    "the weighted normal equations",
)


def irls_step(w, X, y, delta):
    """Return the parameters after one round of reweighted least squares with Huber's weights."""
    size = np.abs(X @ w - y)
    weight = delta / np.maximum(size, delta)
    return np.linalg.solve(X.T @ (weight[:, None] * X), X.T @ (weight * y))


register(
    Exercise(
        "robust.irls_step",
        kind=reweighted_step,
        reference=irls_step,
        title="One round of iteratively reweighted least squares for the Huber loss",
        params={"delta": THRESHOLDS},
        hints=(
            "First the weights: 1 where |r| ≤ δ, δ/|r| beyond.",
            "Both at once, and without dividing by 0: `delta / np.maximum(np.abs(r), delta)`.",
            "Then solve Xᵀ W X w = Xᵀ W y; `weight[:, None] * X` multiplies each row by its "
            "weight.",
        ),
        level=3,
        mistakes=IRLS_STEP,
    )
)
