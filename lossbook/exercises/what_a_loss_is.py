"""Exercises of the chapter *What a loss is*."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._weighted_mistakes import WEIGHTED
from lossbook.exercises.domains import REALS
from lossbook.exercises.kinds import (
    choice,
    mean_value,
    number,
    pointwise_value,
    training_loop,
    update_step,
)
from lossbook.exercises.mistakes import NEGATIVE_VALUE, instead
from lossbook.exercises.step_mistakes import LOOP_ON_SQUARES, UPDATE

# --- words and numbers ---


def mean_loss_of_four():
    """Return the mean squared error of four predictions."""
    truth = np.array([2, 4, 6, 8])
    prediction = np.array([3, 4, 5, 12])
    return np.mean((prediction - truth) ** 2)


register(
    Exercise(
        "loss.mean",
        kind=number,
        reference=mean_loss_of_four,
        title="The mean squared error of four predictions",
        hints=(
            "First the four errors, prediction minus truth.",
            "The errors are 1, 0, −1 and 4. Square each, then take the mean of the four squares.",
        ),
        mistakes={
            18.0: "That is the sum of the pointwise losses. The mean loss divides it by the number "
            "of samples.",
            6.0: "You divide by 3. The sample that is predicted exactly counts too: its loss is 0, "
            "and it is one of four (n, not n − 1).",
            1.5: "That is the mean of the absolute errors: another loss. Square them.",
            1.0: "That is the mean error, or its square: errors of opposite sign have cancelled. "
            "Square each error first, then take the mean.",
            np.sqrt(4.5).item(): "That is the root of the mean loss, the RMSE. The root is a "
            "matter of reporting; the mean squared error comes without it.",
        },
    )
)


def number_of_parameters():
    """Return the number of coefficients, and one intercept."""
    features, intercept = 30, 1
    return features + intercept


register(
    Exercise(
        "loss.parameters",
        kind=number,
        reference=number_of_parameters,
        title="How many parameters a linear model has",
        hints=(
            "A parameter is a number that the training chooses. Which numbers did you choose?",
            "One coefficient for each feature, and what is predicted when all features are 0.",
        ),
        mistakes={
            30.0: "Those are the coefficients. The intercept is chosen by the training too.",
            34.0: "You have counted the learning rate, the number of epochs and the strength of "
            "the penalty. You chose those three yourself: they are hyper-parameters.",
            33.0: "The three numbers that you set yourself are hyper-parameters. The intercept is "
            "a parameter.",
            3.0: "Those three are the hyper-parameters: you chose them. The parameters are what "
            "the training chooses.",
            569.0: "That is the number of samples. More samples do not make more parameters.",
        },
    )
)


def the_metric():
    """Return what is reported, and not what is minimised."""
    return "accuracy"


register(
    Exercise(
        "loss.metric",
        kind=choice,
        reference=the_metric,
        title="Which number is the metric",
        hints=(
            "Three of the four steer or measure the training. Which one does the training never "
            "see?",
            "The metric is what is told to the people who asked.",
        ),
        options=("log loss", "log loss plus penalty", "accuracy", "learning rate"),
        mistakes={
            "log loss": "That is the loss: what the training makes small, on the way to what the "
            "clinic wants.",
            "log loss plus penalty": "That is the objective: the mean loss and whatever else is "
            "added to it before it is minimised.",
            "learning rate": "That is a hyper-parameter: it says how to train, and measures "
            "nothing.",
        },
    )
)

# --- a loss of one's own ---


def late_is_worse(y_true, y_pred):
    """Return the loss of each sample: 3 a minute after the bus has left, 1 a minute before."""
    minutes = y_pred - y_true
    return np.where(minutes > 0, 3 * minutes, -minutes)


register(
    Exercise(
        "loss.pointwise",
        kind=pointwise_value,
        reference=late_is_worse,
        title="A loss of your own: too late costs three times as much as too early",
        hints=(
            "`minutes = y_pred - y_true`: positive if you come after the bus. Two cases, two "
            "formulas.",
            "`np.where(minutes > 0, this, that)` takes `this` where you are late and `that` where "
            "you are early. Both must come out positive.",
        ),
        level=2,
        mistakes=(
            instead(
                "sides exchanged",
                "You charge 3 for being early and 1 for being late. The error is prediction minus "
                "truth: it is positive when you come after the bus has left.",
                lambda y, p: np.where(p > y, p - y, 3 * (y - p)),
            ),
            instead(
                "early is rewarded",
                "Where you are early your loss is negative: the best advice would be to come "
                "yesterday. The minutes are negative there; change their sign.",
                lambda y, p: np.where(p > y, 3 * (p - y), p - y),
            ),
            instead(
                "early costs nothing",
                "Your loss is 0 for everyone who is early. A minute of waiting costs 1.",
                lambda y, p: np.maximum(3 * (p - y), 0),
            ),
            instead(
                "both sides alike",
                "You charge 1 a minute on both sides: the absolute error. Late costs 3.",
                lambda y, p: np.abs(p - y),
            ),
            instead(
                "both sides alike, at 3",
                "You charge 3 a minute on both sides. Waiting costs only 1.",
                lambda y, p: 3 * np.abs(p - y),
            ),
            instead(
                "squared minutes",
                "You square the minutes. The cost is so much a minute: twice the minutes, twice "
                "the cost.",
                lambda y, p: np.where(p > y, 3, 1) * (p - y) ** 2,
            ),
        ),
    )
)

# --- weights ---


def weighted_mean_squared_error(y_true, y_pred, weight):
    """Return the weighted mean of the squared errors."""
    return np.sum(weight * (y_pred - y_true) ** 2) / np.sum(weight)


def _weighted_batches(
    rng: np.random.Generator,
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield truths, predictions and positive weights, the smallest first."""
    yield np.array([1.0]), np.array([3.0]), np.array([2.0])
    yield np.array([1.0, 2.0]), np.array([2.0, 5.0]), np.array([3.0, 1.0])
    for y_true, y_pred in REALS.cases(rng):
        yield y_true, y_pred, rng.integers(1, 6, len(y_true)).astype(float)


_weighted_mean = replace(
    mean_value,
    name="weighted mean loss",
    arguments=("y_true", "y_pred", "weight"),
    mistakes=(NEGATIVE_VALUE,),
)

register(
    Exercise(
        "loss.weighted",
        kind=_weighted_mean,
        reference=weighted_mean_squared_error,
        title="The mean squared error when some samples count for more",
        cases=_weighted_batches,
        inputs="batches of 1 to 50 samples with weights from 1 to 5",
        hints=(
            "A sample of weight 3 counts like three samples of weight 1. What would the mean be?",
            "Multiply each squared error by its weight and add up. By what must you divide, so "
            "that equal weights change nothing?",
            "`np.sum(weight * losses) / np.sum(weight)`.",
        ),
        level=2,
        mistakes=WEIGHTED,
    )
)

# --- the loop ---


def update(w, grad, lr):
    """Return the parameters after one step against the gradient."""
    return w - lr * grad


register(
    Exercise(
        "loss.update",
        kind=update_step,
        reference=update,
        title="One update: from the old parameters to the new ones",
        hints=(
            "The gradient points uphill, and the loss is to fall.",
            "Old parameters, minus learning rate times gradient.",
        ),
        mistakes=UPDATE,
    )
)


def train(X, y, lr, steps):
    """Return the parameters of a linear model after some steps on the mean squared error."""
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        y_hat = X @ w
        gradient = 2 * X.T @ (y_hat - y) / len(y)
        w = w - lr * gradient
    return w


register(
    Exercise(
        "loss.loop",
        kind=training_loop,
        reference=train,
        title="The training loop of a linear model",
        hints=(
            "Before the loop: `w = np.zeros(X.shape[1])`. In the loop: prediction, gradient, "
            "update. After it: `return w`.",
            "Prediction: `X @ w`. Gradient: 2/n times the transpose of X times the errors. Update: "
            "your answer to loss.update.",
            "`gradient = 2 * X.T @ (y_hat - y) / len(y)`; is the `return` behind the loop, not in "
            "it?",
        ),
        level=3,
        mistakes=LOOP_ON_SQUARES,
    )
)
