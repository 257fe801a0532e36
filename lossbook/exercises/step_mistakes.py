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
        "subtrahend instead of new parameters",
        "You return what is to be subtracted. Subtract it from `w` and return the result.",
        lambda new, w, *args: w - new,
    ),
    of_result(
        "step half as long",
        "Your step is half as long as it should be. Look for a forgotten factor 2 in the "
        "gradient (the derivative of r² is 2r).",
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
    )


STEP_SUM = of_result(
    "sum instead of mean",
    "The 1/n is missing in the gradient: your step is n times too long, so the right step size "
    "would depend on the size of the batch.",
    lambda new, w, *args: w + (new - w) * len(args[0]),
)

# Of a loop called as loop(X, y, lr, steps).
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
        "Every step is half as long as it should be. Look for a forgotten factor 2 in the "
        "gradient (the derivative of r² is 2r).",
        lambda X, y, lr, steps, *rest: (X, y, lr / 2, steps, *rest),
    ),
    of_arguments(
        "step twice as long",
        "Every step is twice as long as it should be. Look for a factor 2 that does not belong "
        "there.",
        lambda X, y, lr, steps, *rest: (X, y, lr * 2, steps, *rest),
    ),
)
