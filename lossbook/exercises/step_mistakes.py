"""Typical mistakes of a step of gradient descent and of the loop around it."""

import numpy as np

from lossbook.exercises._mistake import Mistake, instead, of_arguments, of_result

# --- one step: ``args[0]`` are the old parameters ----------------------------------------------

STEP = (
    of_result(
        "uphill",
        "You add the step where it must be subtracted. The gradient points uphill: your loss "
        "will grow.",
        lambda new, w, *args: 2 * w - new,
    ),
    of_result(
        "change instead of new parameters",
        "You return the change alone. Add it to `w` and return the new parameters.",
        lambda new, w, *args: new - w,
    ),
    of_result(
        "step instead of new parameters",
        "You return what is to be subtracted. Subtract it from `w` and return the result.",
        lambda new, w, *args: w - new,
    ),
    of_result(
        "step half as long",
        "Your step is half as long as it should be. Look for a ½ too many, or for a factor 2 "
        "forgotten in the gradient (the derivative of r² is 2r, that of ½ r² is r).",
        lambda new, w, *args: (new + w) / 2,
    ),
    of_result(
        "step twice as long",
        "Your step is twice as long as it should be. Look for a factor 2 that does not belong "
        "there.",
        lambda new, w, *args: 2 * new - w,
    ),
)


def of_step(lr: int) -> tuple[Mistake, ...]:
    """Return the mistakes of an update of ``args[0]`` whose step size is ``args[lr]``."""
    return (
        *STEP,
        of_result(
            "step size forgotten",
            "The direction is right, the length is not: multiply the gradient by the step size "
            f"before you subtract it. (It is argument number {lr + 1}.)",
            lambda new, *args: args[0] + (new - args[0]) / args[lr],
        ),
        of_result(
            "step divided by its size",
            "You divide by the step size. Multiply: a small step size means a short step.",
            lambda new, *args: args[0] + (new - args[0]) / args[lr] ** 2,
        ),
        of_result(
            "gradient instead of new parameters",
            "You return the gradient. Multiply it by the step size, subtract that from `w`, and "
            "return the result.",
            lambda new, *args: (args[0] - new) / args[lr],
        ),
    )


STEP_SUM = of_result(
    "sum instead of mean",
    "The 1/n is missing in the gradient: your step is n times too long, so the right step size "
    "would depend on the size of the batch.",
    lambda new, w, *args: w + (new - w) * len(args[0]),
)
STEP_COLUMNS = of_result(
    "columns instead of rows",
    "You divide the gradient by the number of parameters. The mean is over the samples, the rows "
    "of X.",
    lambda new, w, X, *args: w + (new - w) * len(X) / X.shape[1],
)
STEP_MEAN_TWICE = of_result(
    "divided by n twice",
    "The gradient is divided by n once too often. If you use `np.mean`, do not divide again.",
    lambda new, w, X, *args: w + (new - w) / len(X),
)

# Of an update with a given gradient, called as update(w, grad, lr).
UPDATE = (
    instead(
        "a step of length lr",
        "You divide the gradient by its norm, so that every step has length `lr`. Then no "
        "step ever gets shorter, and you hop round the minimum. Use the gradient as it "
        "is: it fades by itself.",
        lambda w, grad, lr: w - lr * grad / np.linalg.norm(grad),
    ),
    instead(
        "a step along the sign",
        "You keep only the signs of the gradient. Its size matters: steep directions move further.",
        lambda w, grad, lr: w - lr * np.sign(grad),
    ),
    of_arguments(
        "arguments swapped",
        "You have taken the gradient for the parameters. The order is `(w, grad, lr)`.",
        lambda w, grad, lr: (grad, w, lr),
    ),
)

# --- a loop of steps ---------------------------------------------------------------------------

# Called as loop(X, y, lr, steps).
LOOP = (
    of_arguments(
        "uphill",
        "Your loop adds the gradient where it must subtract it, and climbs.",
        lambda X, y, lr, steps, *rest: (X, y, -lr, steps, *rest),
    ),
    of_arguments(
        "one step too few",
        "Your loop makes one step less than it should. `range(steps)` makes exactly `steps`.",
        lambda X, y, lr, steps, *rest: (X, y, lr, max(steps - 1, 0), *rest),
    ),
    of_arguments(
        "one step too many",
        "Your loop makes one step more than it should. `range(steps)` makes exactly `steps`.",
        lambda X, y, lr, steps, *rest: (X, y, lr, steps + 1, *rest),
    ),
    of_arguments(
        "a single step",
        "You return after the first step. Is the `return` inside the loop, or does every turn "
        "start again from the beginning?",
        lambda X, y, lr, steps, *rest: (X, y, lr, min(steps, 1), *rest),
    ),
    of_arguments(
        "nothing learned",
        "You return the parameters you started from. Does the loop assign the new parameters?",
        lambda X, y, lr, steps, *rest: (X, y, lr, 0, *rest),
    ),
    of_arguments(
        "sum instead of mean",
        "The 1/n is missing in the gradient: every step is n times too long.",
        lambda X, y, lr, steps, *rest: (X, y, lr * len(y), steps, *rest),
    ),
    of_arguments(
        "step half as long",
        "Every step is half as long as it should be. Look for a ½ too many, or for a factor 2 "
        "forgotten in the gradient (the derivative of r² is 2r, that of ½ r² is r).",
        lambda X, y, lr, steps, *rest: (X, y, lr / 2, steps, *rest),
    ),
    of_arguments(
        "step twice as long",
        "Every step is twice as long as it should be. Look for a factor 2 that does not belong "
        "there.",
        lambda X, y, lr, steps, *rest: (X, y, lr * 2, steps, *rest),
    ),
    of_arguments(
        "step size forgotten",
        "Your steps are as long as the gradient. Multiply it by `lr` before you subtract it.",
        lambda X, y, lr, steps, *rest: (X, y, 1.0, steps, *rest),
    ),
)


def _from_ones(X, y, lr, steps):
    w = np.ones(X.shape[1])
    for _ in range(steps):
        w = w - lr * 2 * X.T @ (X @ w - y) / len(y)
    return w


# The same loop on the mean squared error of X w.
LOOP_ON_SQUARES = (
    instead(
        "started from ones",
        "Your loop starts at w = 1. Start from zeros, as the exercise says.",
        _from_ones,
    ),
    instead(
        "gradient never renewed",
        "You compute the gradient once, at the start, and follow it all the way. The "
        "slope changes as you move: the gradient belongs inside the loop.",
        lambda X, y, lr, steps: 2 * lr * steps * X.T @ y / len(y),
    ),
    instead(
        "solved instead of descended",
        "These are the best parameters of all, where descent arrives in the end. Here the "
        "parameters after `steps` steps are asked for.",
        lambda X, y, lr, steps: np.linalg.lstsq(X, y)[0],
    ),
)
