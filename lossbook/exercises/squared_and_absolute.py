"""Exercises of the chapter *Squared and absolute error*: the model for all others."""

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises.kinds import (
    descent_step,
    gradient_in_parameters,
    gradient_of_mean,
    mean_value,
    number,
)
from lossbook.exercises.mistakes import (
    ABSOLUTE_AFTER_MEAN,
    ABSOLUTE_FORGOTTEN,
    ABSOLUTE_INSTEAD,
    ROOT_TAKEN,
    SQUARE_AFTER_MEAN,
    SQUARE_FORGOTTEN,
    SQUARED_INSTEAD,
    instead,
)

# --- squared error ---


def mean_squared_error(y_true, y_pred):
    """Return the mean of the squared residuals."""
    return np.mean((y_pred - y_true) ** 2)


register(
    Exercise(
        "squared.value",
        kind=mean_value,
        reference=mean_squared_error,
        title="The mean squared error of a batch",
        hints=(
            "Begin with the residuals r = ŷ − y: one per sample.",
            "Square each residual, then take the mean of the squares: `np.mean(r**2)`.",
        ),
        mistakes=(ROOT_TAKEN, SQUARE_AFTER_MEAN, SQUARE_FORGOTTEN, ABSOLUTE_INSTEAD),
    )
)


def mean_squared_error_grad(y_true, y_pred):
    """Return the derivative of the mean squared error with respect to each prediction."""
    return 2 * (y_pred - y_true) / len(y_true)


register(
    Exercise(
        "squared.grad",
        kind=gradient_of_mean,
        reference=mean_squared_error_grad,
        title="The gradient of the mean squared error with respect to the predictions",
        hints=(
            "Write the loss as (1/n) Σ (ŷᵢ − yᵢ)². Which of its terms contain ŷ₁?",
            "Only one term contains ŷᵢ. Its derivative is 2(ŷᵢ − yᵢ), and the 1/n stays.",
            "One array, no loop: `2 * (y_pred - y_true) / n`.",
        ),
    )
)


def mean_squared_error_param_grad(w, X, y):
    """Return the derivative of the mean squared error of X w with respect to w."""
    residual = X @ w - y
    return 2 * X.T @ residual / len(y)


register(
    Exercise(
        "squared.param_grad",
        kind=gradient_in_parameters,
        reference=mean_squared_error_param_grad,
        title="The gradient of the mean squared error of X w with respect to w",
        hints=(
            "The predictions are ŷ = X w. How does ŷᵢ change when w₁ changes a little?",
            "Chain rule: the gradient with respect to ŷ, carried back by the transpose of X.",
            "`X.T @ g`, where g is your answer to squared.grad.",
        ),
        level=2,
        mistakes=(
            instead(
                "chain rule stopped early",
                "This is the gradient with respect to the predictions, one number per sample. "
                "Carry it back to the parameters: multiply by the transpose of X.",
                lambda w, X, y: 2 * (X @ w - y) / len(y),
            ),
            instead(
                "prediction instead of residual",
                "You multiply the transpose of X by the predictions. The residuals X w − y belong "
                "there.",
                lambda w, X, y: 2 * X.T @ (X @ w) / len(y),
            ),
        ),
    )
)


def gradient_descent_step(w, X, y, lr):
    """Return the parameters after one step against the gradient."""
    gradient = 2 * X.T @ (X @ w - y) / len(y)
    return w - lr * gradient


register(
    Exercise(
        "squared.step",
        kind=descent_step,
        reference=gradient_descent_step,
        title="One step of gradient descent on the mean squared error of X w",
        hints=(
            "The gradient points uphill. Which way do you want to go?",
            "Compute the gradient of squared.param_grad, multiply it by the step size `lr`, and "
            "subtract that from `w`.",
            "Return a new array, `w - lr * gradient`; `w -= …` would change the caller's `w`.",
        ),
        level=2,
    )
)


def best_constant_for_squared_error():
    """Return the constant that minimises the mean squared error: the mean."""
    return np.mean([1, 2, 3, 4, 100])


register(
    Exercise(
        "squared.best_constant",
        kind=number,
        reference=best_constant_for_squared_error,
        title="The constant that predicts 1, 2, 3, 4, 100 with the least mean squared error",
        hints=(
            "Set the derivative of the mean of (c − yᵢ)² with respect to c to zero.",
            "The sum of all c − yᵢ must be zero. Which c does that?",
        ),
        mistakes={
            3.0: "That is the median. It minimises the mean absolute error; the squared error "
            "weighs the 100 more.",
            50.5: "That is halfway between the extremes. It minimises the largest error, not the "
            "mean squared one.",
            110.0: "That is the sum. Divide it by the number of values.",
        },
    )
)

# --- absolute error ---


def mean_absolute_error(y_true, y_pred):
    """Return the mean of the absolute residuals."""
    return np.mean(np.abs(y_pred - y_true))


register(
    Exercise(
        "absolute.value",
        kind=mean_value,
        reference=mean_absolute_error,
        title="The mean absolute error of a batch",
        hints=(
            "Errors of opposite sign must not cancel.",
            "First the absolute value of each residual, then the mean: `np.mean(np.abs(r))`.",
        ),
        mistakes=(ABSOLUTE_FORGOTTEN, ABSOLUTE_AFTER_MEAN, SQUARED_INSTEAD),
    )
)


def mean_absolute_error_subgrad(y_true, y_pred):
    """Return the derivative of the mean absolute error, with 0 where it has a kink."""
    return np.sign(y_pred - y_true) / len(y_true)


register(
    Exercise(
        "absolute.subgradient",
        kind=gradient_of_mean,
        reference=mean_absolute_error_subgrad,
        title="The subgradient of the mean absolute error that is 0 at a residual of 0",
        hints=(
            "What is the slope of |r| to the right of 0, and to the left?",
            "`np.sign` gives +1, −1, and 0 at the kink. Does your answer know the 1/n?",
        ),
        level=2,
        mistakes=(
            instead(
                "+1 at the kink",
                "Right except where a residual is exactly 0: you return the slope from the right, "
                "+1/n. It is a subgradient too, but 0 is asked for, so that a perfect prediction "
                "stays where it is.",
                lambda y_true, y_pred: np.where(y_pred >= y_true, 1, -1) / len(y_true),
            ),
            instead(
                "−1 at the kink",
                "Right except where a residual is exactly 0: you return the slope from the left, "
                "−1/n. It is a subgradient too, but 0 is asked for, so that a perfect prediction "
                "stays where it is.",
                lambda y_true, y_pred: np.where(y_pred > y_true, 1, -1) / len(y_true),
            ),
            instead(
                "divided by |r|",
                "r / |r| is right except where a residual is exactly 0: there it is 0/0, NaN. Use "
                "`np.sign`, or treat 0 apart.",
                lambda y_true, y_pred: (y_pred - y_true) / np.abs(y_pred - y_true) / len(y_true),
            ),
            instead(
                "squared instead of absolute error",
                "This is the gradient of the mean squared error. The absolute error's does not "
                "grow with the residual.",
                lambda y_true, y_pred: 2 * (y_pred - y_true) / len(y_true),
            ),
        ),
    )
)


def best_constant_for_absolute_error():
    """Return the constant that minimises the mean absolute error: the median."""
    return np.median([1, 2, 3, 4, 100])


register(
    Exercise(
        "absolute.best_constant",
        kind=number,
        reference=best_constant_for_absolute_error,
        title="The constant that predicts 1, 2, 3, 4, 100 with the least mean absolute error",
        hints=(
            "Move c a little to the right: it comes closer to some values and leaves others.",
            "At the best c as many values lie to the left as to the right.",
        ),
        mistakes={
            22.0: "That is the mean. It minimises the mean squared error; the absolute error does "
            "not care how far away the 100 is.",
            50.5: "That is halfway between the extremes. It minimises the largest error, not the "
            "mean absolute one.",
        },
    )
)
