"""Exercises of the chapter *Gradient descent*."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises.kinds import choice, number, training_loop, update_step, whole_number
from lossbook.exercises.mistakes import instead, of_result
from lossbook.exercises.step_mistakes import LOOP_ON_SQUARES, UPDATE

# --- one step ---


def one_step(w, grad, lr):
    """Return the parameters after one step against the gradient."""
    return w - lr * grad


register(
    Exercise(
        "descent.step",
        kind=update_step,
        reference=one_step,
        title="The parameters after one step of gradient descent",
        hints=(
            "The gradient points uphill. Which way do you want to go, and how far?",
            "New parameters = old parameters − learning rate × gradient.",
            "Return a new array, `w - lr * grad`; `w -= …` would change the caller's `w`.",
        ),
        mistakes=UPDATE,
    )
)


def _samples(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([1.0]), np.array([[2.0], [4.0]]), 0.1
    yield np.array([1.0, 0.0]), np.array([[1.0, 2.0], [3.0, -2.0], [2.0, 3.0]]), 0.5
    yield np.array([0.0, 3.0]), np.array([[1.0, -1.0]]), 0.2
    for n in np.linspace(2, 60, 30).astype(int):
        p = int(rng.integers(1, 7))
        lr = round(float(rng.uniform(0.01, 0.9)), 2)
        yield rng.standard_normal(p), 3 * rng.standard_normal((n, p)), lr


def step_of_the_mean(w, grads, lr):
    """Return the parameters after one step against the mean of the samples' gradients."""
    return w - lr * grads.mean(axis=0)


register(
    Exercise(
        "descent.mean_step",
        kind=replace(update_step, arguments=("w", "grads", "lr")),
        reference=step_of_the_mean,
        title="One step on a mean loss, given the gradient of every sample",
        cases=_samples,
        inputs="tables of 1 to 60 gradients of 1 to 6 parameters, with step sizes from 0.01 to 0.9",
        hints=(
            "The loss is a mean over the samples. What is the gradient of a mean?",
            "The mean of the gradients: one number per parameter, over the rows of `grads`.",
            "`grads.mean(axis=0)` is the gradient; then the step is the usual one.",
        ),
        level=2,
        mistakes=(
            of_result(
                "sum instead of mean",
                "The 1/n is missing: you add the gradients up. A step size that works on ten "
                "samples then explodes on a thousand.",
                lambda new, w, grads, lr: w + (new - w) * len(grads),
            ),
            instead(
                "mean over the parameters too",
                "You average over the whole table, so that all parameters move alike. `np.mean` "
                "without `axis` takes all elements; the mean is over the rows.",
                lambda w, grads, lr: w - lr * grads.mean(),
            ),
            of_result(
                "divided by n twice",
                "You divide by n twice. The mean has done it already.",
                lambda new, w, grads, lr: w + (new - w) / len(grads),
            ),
            instead(
                "first sample only",
                "You use the gradient of the first sample and forget the others.",
                lambda w, grads, lr: w - lr * grads[0],
            ),
            instead(
                "last sample only",
                "You use the gradient of the last sample and forget the others. A loop that "
                "overwrites its result does that.",
                lambda w, grads, lr: w - lr * grads[-1],
            ),
        ),
    )
)

# --- the loop ---


def descend(X, y, lr, steps):
    """Return the least-squares parameters after some steps of descent from zero."""
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        w = w - lr * 2 * X.T @ (X @ w - y) / len(y)
    return w


register(
    Exercise(
        "descent.loop",
        kind=training_loop,
        reference=descend,
        title="Gradient descent on the mean squared error of X w, from w = 0",
        hints=(
            "Three lines: parameters of zero, a `for` loop, the update.",
            "The gradient of the mean squared error is 2 Xᵀ(X w − y) / n; compute it anew in "
            "every turn.",
            "`w = np.zeros(X.shape[1])`, then `steps` times "
            "`w = w - lr * 2 * X.T @ (X @ w - y) / len(y)`; return `w` after the loop.",
        ),
        level=2,
        mistakes=LOOP_ON_SQUARES,
    )
)

# --- numbers ---


def largest_stable_step():
    """Return 2/λ, λ the largest eigenvalue of the Hessian of the mean squared error."""
    X = np.array([[1, 2], [2, 1], [1, 2], [2, 1]])
    hessian = 2 * X.T @ X / len(X)
    return 2 / np.linalg.eigvalsh(hessian).max()


register(
    Exercise(
        "descent.largest_step",
        kind=number,
        reference=largest_stable_step,
        title="The learning rate beyond which descent on this least-squares problem explodes",
        hints=(
            "Which matrix holds the curvatures of the mean squared error of X w?",
            "The Hessian is 2 XᵀX / n. `np.linalg.eigvalsh` gives its eigenvalues.",
            "The steepest direction decides: 2 divided by the largest eigenvalue.",
        ),
        level=2,
        mistakes={
            2.0: "You took the smallest eigenvalue. The steepest direction explodes first: take "
            "the largest.",
            1 / 9: "That is 1/λ, the step that arrives in one go along the steepest direction. "
            "Twice as far is still stable.",
            1 / 5: "That is 2/(λmin + λmax), the best fixed step. The largest stable one is a "
            "little longer.",
            2 / 5: "You used the diagonal of the Hessian. The steepest direction lies between the "
            "axes: use the eigenvalues.",
            4 / 9: "The 2 of the derivative of r² is missing: the Hessian is 2 XᵀX / n.",
            1 / 18: "The 1/n is missing: the Hessian of the *mean* squared error is 2 XᵀX / n.",
        },
    )
)


def steps_for_a_digit():
    """Return how many steps make the error ten times smaller, at the best fixed step."""
    kappa = 100
    factor = (kappa - 1) / (kappa + 1)
    return np.ceil(np.log(10) / -np.log(factor))


register(
    Exercise(
        "descent.steps_per_digit",
        kind=whole_number,
        reference=steps_for_a_digit,
        title="The steps that gain one decimal digit, with condition number 100",
        hints=(
            "By which factor does one step at the best fixed learning rate shrink the error?",
            "By (κ − 1)/(κ + 1). Which power of it is first below 1/10?",
            "`np.log(10) / -np.log(factor)`, rounded up.",
        ),
        level=2,
        mistakes={
            115.0: "One too few: after 115 steps the error is still slightly more than a tenth. "
            "Round up.",
            np.log(10) / np.log(101 / 99): "Right, but a step cannot be cut in pieces. Round up "
            "to a whole number.",
            230.0: "That is for the factor 1 − 1/κ, with the step 1/λmax. The best fixed step is "
            "nearly twice as long and needs half the steps.",
            58.0: "That is for a digit of the *loss*, which falls with the square of the error. "
            "A digit of the parameters takes twice as many steps.",
            50.0: "You used the natural logarithm without a 10: after 50 steps the error is "
            "1/e of what it was, not 1/10.",
            100.0: "κ is the right order of magnitude. Work it out with the factor "
            "(κ − 1)/(κ + 1).",
        },
    )
)

# --- diagnosis ---


def whose_sign_is_reversed():
    """Return the run that climbs whatever the learning rate."""
    return "C"


register(
    Exercise(
        "descent.diagnose",
        kind=choice,
        reference=whose_sign_is_reversed,
        title="The run whose gradient has the wrong sign",
        options=("A", "B", "C", "D"),
        hints=(
            "Two of the runs grow. What should a learning rate a hundred times smaller do to a "
            "step that was merely too long?",
            "A reversed sign multiplies every error by 1 + ηλ: more than 1, however small η is.",
        ),
        level=3,
        mistakes={
            "A": "It grows at the large learning rate and falls at the small one: the step was "
            "too long, and the direction is right.",
            "B": "It does not move at all: its gradient is zero there, a plateau or a saddle. A "
            "reversed sign moves, the wrong way.",
            "D": "It falls at both, faster at the larger one. Nothing is wrong with it.",
        },
    )
)
