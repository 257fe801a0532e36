"""Exercises of the chapter *Binary cross-entropy*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._binary_cross_entropy_mistakes import (
    GRAD_P,
    GRAD_Z,
    SQUARED_GRAD,
)
from lossbook.exercises._binary_cross_entropy_on_batches_mistakes import (
    PARAM_GRAD,
    VALUE_ON_LOGITS,
)
from lossbook.exercises.domains import LOGITS, PROBABILITIES
from lossbook.exercises.kinds import (
    choice,
    gradient_in_parameters,
    mean_value,
    number,
    pointwise_gradient,
)

# --- numbers ---


def surprise():
    """Return the log loss of what was given one chance in a hundred."""
    return -np.log(0.01)


register(
    Exercise(
        "bce.surprise",
        kind=number,
        reference=surprise,
        title="The log loss of a forecast of 0.01 for what came",
        hints=(
            "The log loss looks only at the probability that was given to what happened.",
            "Minus the natural logarithm of it: `-np.log(...)`.",
        ),
        mistakes={
            2.0: "You took the logarithm to the base 10. Here, and in every library, it is the "
            "natural one: `np.log`.",
            np.log2(100): "That is in bits, to the base 2. Here it is the natural logarithm.",
            -np.log(0.99): "That is −log(1 − p), what the forecast costs if class 0 comes. "
            "Class 1 came.",
            0.99**2: "That is the Brier score, (p − y)². The log loss is asked for.",
            np.log(0.01): "The sign is reversed: a logarithm of a probability is negative, and "
            "the loss is minus that.",
            0.99: "That is 1 − p. Take minus the logarithm of p.",
        },
    )
)


def best_constant():
    """Return the logarithm of the odds of three in eight."""
    return np.log(3 / 5)


register(
    Exercise(
        "bce.best_constant",
        kind=number,
        reference=best_constant,
        title="The constant logit of least mean cross-entropy when three of eight labels are 1",
        hints=(
            "Which probability, the same for all, is cheapest? It is the share of the ones.",
            "The logit is the logarithm of the odds: log of p / (1 − p).",
        ),
        mistakes={
            3 / 8: "That is the best *probability*. Its logit is asked for: log of p / (1 − p).",
            3 / 5: "These are the odds. The logit is their logarithm.",
            np.log(3 / 8): "That is log p. The logit is the logarithm of the odds, p / (1 − p).",
            np.log(5 / 3): "That is the logit of label 0, five of eight. Turn the odds round.",
            np.log10(3 / 5): "You took the logarithm to the base 10. The sigmoid goes with the "
            "natural one.",
            -3 / 8: "Set the mean of σ(z) − y to zero: σ(z) is 3/8, and z is its logit.",
        },
    )
)

# --- the three gradients ---


def grad_p(y_true, p):
    """Return the derivative of each log loss with respect to its probability."""
    return (p - y_true) / (p * (1 - p))


register(
    Exercise(
        "bce.grad_p",
        kind=pointwise_gradient.over(PROBABILITIES),
        reference=grad_p,
        title="The derivative of each log loss with respect to its probability",
        hints=(
            "Differentiate −y log p − (1 − y) log(1 − p). Mind the inner derivative of 1 − p.",
            "−y/p + (1 − y)/(1 − p): one term for each label.",
            "On one denominator: (p − y) / (p (1 − p)).",
        ),
        mistakes=GRAD_P,
    )
)


def grad_z(y_true, z):
    """Return the derivative of each cross-entropy with respect to its logit."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e) - y_true


register(
    Exercise(
        "bce.grad_z",
        kind=pointwise_gradient.over(LOGITS),
        reference=grad_z,
        title="The derivative of each cross-entropy with respect to its logit",
        hints=(
            "By the logit, the slope of the sigmoid cancels a denominator. What is left?",
            "Probability minus truth: σ(z) − y.",
            "With e = exp(−|z|) nothing overflows: σ(z) is 1/(1 + e) for z ≥ 0 and e/(1 + e) "
            "otherwise.",
        ),
        level=2,
        mistakes=GRAD_Z,
    )
)


def squared_grad(y_true, z):
    """Return the derivative of each squared error behind a sigmoid, by the logit."""
    e = np.exp(-np.abs(z))
    p = np.where(z >= 0, 1, e) / (1 + e)
    return 2 * (p - y_true) * p * (1 - p)


register(
    Exercise(
        "bce.squared_grad",
        kind=pointwise_gradient.over(LOGITS),
        reference=squared_grad,
        title="The derivative of each (σ(z) − y)² with respect to its logit",
        hints=(
            "Two links of a chain: the square, and the sigmoid inside it.",
            "The square gives 2 (p − y), the sigmoid its slope p (1 − p).",
        ),
        level=2,
        mistakes=SQUARED_GRAD,
    )
)

# --- on logits ---


def value_on_logits(y_true, z):
    """Return the mean cross-entropy on logits of any size."""
    softplus = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    return np.mean(softplus - y_true * z)


register(
    Exercise(
        "bce.value_on_logits",
        kind=mean_value.over(LOGITS),
        reference=value_on_logits,
        title="The mean cross-entropy on logits, up to ±1000",
        hints=(
            "Put p = σ(z) into the log loss and simplify: log(1 + exp(z)) − y z.",
            "exp(1000) is infinite. Take the large part out: "
            "log(1 + exp(z)) = max(z, 0) + log(1 + exp(−|z|)).",
            "`np.logaddexp(0, z)` does the same in one call.",
        ),
        level=3,
        mistakes=VALUE_ON_LOGITS,
    )
)


def _labelled(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield parameters, design matrices and labels, the smallest first."""
    yield np.array([1.0]), np.array([[2.0]]), np.array([1.0])
    yield np.array([0.0]), np.array([[1.0], [3.0]]), np.array([1.0, 0.0])
    yield np.array([1.0, -1.0]), np.array([[1.0, 2.0], [0.0, 3.0]]), np.array([0.0, 1.0])
    for n in np.linspace(1, 50, 30).astype(int):
        X = rng.standard_normal((n, int(rng.integers(1, 7))))
        yield rng.standard_normal(X.shape[1]), X, rng.integers(0, 2, n).astype(float)


def param_grad(w, X, y, lam):
    """Return the gradient of the mean cross-entropy of the logits X w plus lam/2 ‖w‖²."""
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (p - y) / len(y) + lam * w


register(
    Exercise(
        "bce.param_grad",
        kind=gradient_in_parameters,
        reference=param_grad,
        title="The gradient of the mean cross-entropy of the logits X w, plus λ/2 ‖w‖², by w",
        params={"lam": (0.1, 0.5, 2.0)},
        cases=_labelled,
        inputs="linear models with 1 to 50 samples, 1 to 6 parameters, and labels 0 and 1",
        hints=(
            "By each logit it is p − y. And the logit of a sample is a sum of weights times "
            "features.",
            "Multiply each p − y by the features of its sample, and average: Xᵀ (p − y) / n. The "
            "penalty is no part of the mean; its own gradient is added.",
            "First `p = 1 / (1 + np.exp(-X @ w))`. The gradient of λ/2 ‖w‖² is λ w.",
        ),
        level=3,
        mistakes=PARAM_GRAD,
    )
)

# --- diagnosis ---


def symptom():
    """Return why a loss stands still at 16.118."""
    return "clipping"


register(
    Exercise(
        "bce.symptom",
        kind=choice,
        reference=symptom,
        title="Why one sample costs 16.118 at every step",
        options=("clipping", "wrong sign", "missing sigmoid", "step too large"),
        hints=(
            "A loss that stands still has a gradient of zero. What makes a logarithm constant?",
            "Compute exp(−16.118).",
        ),
        level=2,
        mistakes={
            "wrong sign": "Then the loss would climb, and that of the other samples too. This one "
            "does not move at all.",
            "missing sigmoid": "Then there would be NaN as soon as an output left (0, 1). "
            "Compute exp(−16.118).",
            "step too large": "Then the losses would jump up and down. This one does not move at "
            "all.",
        },
    )
)
