"""Exercises of the chapter *Adaptive methods*."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._adaptive_methods_loop_mistakes import ADAM_LOOP, ADAMW_STEP
from lossbook.exercises._adaptive_methods_mistakes import ADAM_STEP
from lossbook.exercises._adaptive_methods_rms_mistakes import RMS_STEP
from lossbook.exercises.kinds import number, numbers, training_loop, update_step

# --- a number ---


def after_first_step():
    """Return the parameter after Adam's first step from 1."""
    grad, lr = -250.0, 0.02
    return 1.0 - lr * np.sign(grad)  # m̂ = grad and √v̂ = |grad|


register(
    Exercise(
        "adaptive.first_step",
        kind=replace(number, rtol=1e-9, digits=5),  # the step is what counts, a small part of it
        reference=after_first_step,
        title="The parameter after Adam's first step",
        hints=(
            "What are the two corrected averages after a single gradient?",
            "m̂ is the gradient itself, and √v̂ its size. What is left of 250?",
            "Only the sign: the step is η long, against the gradient.",
        ),
        mistakes={
            0.98: "The right length in the wrong direction: the slope is negative, so a larger "
            "parameter lowers the loss.",
            6.0: "That is gradient descent, η times the gradient. Adam divides by its size.",
            1 + 0.02 * 0.1 / np.sqrt(0.001): "That is without bias correction: (1 − β₁)/√(1 − β₂) "
            "times too long.",
            1 + 0.02 / 250: "You divide by the mean square. Its root is due, which has the size of "
            "the gradient.",
            1.002: "You have corrected v and not m: the step is 1 − β₁ of the right one.",
            1 + 0.02 / np.sqrt(0.001): "You have corrected m and not v.",
            0.02: "That is the step. The parameter after it is asked for.",
            1.0: "That is where it was. Divided by the root of its mean square, a gradient of any "
            "size makes a step.",
        },
    )
)

# --- one step of RMSProp ---


def _rms_steps(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([1.0]), np.array([4.0]), np.array([2.0]), 0.1, 0.5, 0.1
    yield np.array([0.0, 3.0]), np.array([0.0, 9.0]), np.array([-1.0, 0.5]), 0.5, 0.9, 1e-8
    yield np.array([2.0]), np.array([1.0]), np.array([0.0]), 0.2, 0.99, 1e-3
    for d in np.linspace(1, 20, 30).astype(int):
        w, grad = rng.standard_normal((2, d)) * [[1], [5]]
        lr, rho = (round(float(rng.uniform(0.05, 0.95)), 2) for _ in range(2))
        yield w, rng.uniform(0, 30, d), grad, lr, rho, float(rng.choice([1e-8, 1e-3, 0.1]))


def rms_step(w, v, grad, lr, rho, eps):
    """Return parameters and mean square after one step of RMSProp."""
    v = rho * v + (1 - rho) * grad**2
    return w - lr * grad / (np.sqrt(v) + eps), v


register(
    Exercise(
        "adaptive.rmsprop_step",
        kind=replace(update_step, arguments=("w", "v", "grad", "lr", "rho", "eps")).parts("w", "v"),
        reference=rms_step,
        title="Parameters and mean square after one step of RMSProp",
        cases=_rms_steps,
        inputs="vectors of 1 to 20 parameters, with ε from 1e-8 to 0.1",
        hints=(
            "Which comes first, the new average or the step?",
            "The old average keeps the share ρ, and the new square gets the rest. Then the "
            "gradient is divided by the root of the new average plus ε.",
            "`v = rho * v + (1 - rho) * grad**2`, then `w - lr * grad / (np.sqrt(v) + eps)`.",
        ),
        mistakes=RMS_STEP,
    )
)

# --- one step of Adam ---


def _adam_steps(rng: np.random.Generator) -> Iterator[tuple]:
    one = np.array([1.0])
    yield one, np.array([0.0]), np.array([0.0]), np.array([2.0]), 1, 0.1, 0.9, 0.999, 1e-8
    yield one, np.array([0.5]), np.array([1.0]), np.array([-2.0]), 2, 0.1, 0.5, 0.75, 0.1
    for t in [1, 2, 3, 5, 10, 50, 1000] * 4:
        w, m, grad = rng.standard_normal((3, int(rng.integers(1, 12))))
        beta1, beta2 = (round(float(rng.uniform(low, 0.99)), 2) for low in (0.2, 0.6))
        lr, eps = round(float(rng.uniform(0.01, 0.9)), 2), float(rng.choice([1e-8, 1e-3, 0.1]))
        # What m and v may be after t − 1 steps: nothing before the first.
        m, v = (m, m**2 + rng.uniform(0.1, 2, len(m))) if t > 1 else np.zeros((2, len(m)))
        yield w, m, v, 2 * grad, t, lr, beta1, beta2, eps


_ADAM = ("w", "m", "v", "grad", "t", "lr", "beta1", "beta2", "eps")


def adam_step(w, m, v, grad, t, lr, beta1, beta2, eps):
    """Return parameters and both averages after Adam's step number t."""
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v


register(
    Exercise(
        "adaptive.adam_step",
        kind=replace(update_step, arguments=_ADAM).parts("w", "m", "v"),
        reference=adam_step,
        title="Parameters and both averages after one step of Adam",
        cases=_adam_steps,
        inputs="vectors of 1 to 11 parameters, with t from 1 to 1000",
        hints=(
            "Five lines: two averages, two corrections, one step. Which of them are handed back?",
            "The averages are corrected for the step only, by 1 − β₁ᵗ and 1 − β₂ᵗ; what is kept "
            "for the next step are m and v as they are.",
            "`m_hat = m / (1 - beta1**t)`, `v_hat = v / (1 - beta2**t)`, and the step is "
            "`lr * m_hat / (np.sqrt(v_hat) + eps)`.",
        ),
        level=2,
        mistakes=ADAM_STEP,
    )
)

# --- the loop ---


def adam_loop(X, y, lr, steps, eps):
    """Return the least-squares parameters after some steps of Adam from zero."""
    w, m, v = np.zeros((3, X.shape[1]))
    for t in range(1, steps + 1):
        grad = 2 * X.T @ (X @ w - y) / len(y)
        m = 0.9 * m + 0.1 * grad
        v = 0.999 * v + 0.001 * grad**2
        m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
        w = w - lr * m_hat / (np.sqrt(v_hat) + eps)
    return w


register(
    Exercise(
        "adaptive.adam_loop",
        kind=replace(training_loop, mistakes=()),
        reference=adam_loop,
        title="Adam on the mean squared error of X w, from w = 0, with β₁ = 0.9 and β₂ = 0.999",
        params={"eps": (1e-8, 0.1)},
        hints=(
            "Three things live from turn to turn: w, m and v. And t, which begins at 1.",
            "In every turn: the gradient 2 Xᵀ(X w − y) / n at the present `w`, both averages, both "
            "corrected under names of their own, then the step.",
            "`for t in range(1, steps + 1):`, and in it the five lines of one step.",
        ),
        level=2,
        mistakes=ADAM_LOOP,
    )
)

# --- weight decay ---


def _decays(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([2.0]), np.array([3.0]), np.array([4.0]), 0.1, 0.5, 0.5
    yield np.array([-2.0, 0.0]), np.array([0.0, 1.0]), np.array([9.0, 1.0]), 0.5, 0.2, 0.1
    for d in np.linspace(1, 20, 30).astype(int):
        w, m_hat = 3 * rng.standard_normal((2, d))
        lr, decay = (round(float(rng.uniform(0.05, 0.9)), 2) for _ in range(2))
        yield w, m_hat, m_hat**2 + rng.uniform(0, 9, d), lr, decay, float(rng.choice([1e-8, 0.1]))


def adamw_step(w, m_hat, v_hat, lr, decay, eps):
    """Return the parameters after a step of Adam with decay outside of the division."""
    return (1 - lr * decay) * w - lr * m_hat / (np.sqrt(v_hat) + eps)


register(
    Exercise(
        "adaptive.adamw_step",
        kind=replace(
            update_step,
            arguments=("w", "m_hat", "v_hat", "lr", "decay", "eps"),
            mistakes=(),
        ),
        reference=adamw_step,
        title="Parameters after one step of AdamW",
        cases=_decays,
        inputs="vectors of 1 to 20 parameters, with rates and decays from 0.05 to 0.9",
        hints=(
            "Two things happen to `w`: it shrinks, and it moves. Which of them is divided by √v̂?",
            "It shrinks by the share η λ, and Adam's step m̂ / (√v̂ + ε) knows nothing of it.",
            "`(1 - lr * decay) * w - lr * m_hat / (np.sqrt(v_hat) + eps)`",
        ),
        level=2,
        mistakes=ADAMW_STEP,
    )
)

# --- the scale of the loss ---


def rates_for_the_same_path():
    """Return the rates that keep the path when the loss is multiplied by 1000."""
    descent, adagrad, adam = 0.1, 0.5, 0.01
    return np.array([descent / 1000, adagrad, adam])


register(
    Exercise(
        "adaptive.same_path",
        kind=numbers,
        reference=rates_for_the_same_path,
        title="The rates that keep the path when the loss is multiplied by 1000",
        hints=(
            "All gradients become 1000 times as large. What becomes of each method's step?",
            "AdaGrad and Adam divide by a root of squared gradients, which grows by 1000 too. "
            "Gradient descent divides by nothing.",
            "Two of the three rates stay as they are; the first is divided by 1000.",
        ),
        mistakes={
            (1e-4, 5e-4, 1e-5): "Gradient descent is right. The other two divide the factor out "
            "again by themselves.",
            (100.0, 0.5, 0.01): "AdaGrad and Adam are right. Descent's steps grow 1000-fold with "
            "the gradient, so its rate must become smaller, not larger.",
            (0.1, 0.5, 0.01): "So descent's steps would be 1000 times as long as before.",
            (1e-4, 5e-4, 0.01): "AdaGrad's divisor is the root of a sum of squared gradients. It "
            "grows by 1000 as well.",
            (1e-4, 0.5, 1e-5): "Adam's divisor is the root of a mean of squared gradients. It "
            "grows by 1000 as well.",
        },
    )
)
