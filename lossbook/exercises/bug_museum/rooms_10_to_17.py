"""Exercises of the page *The bug museum*, rooms 10 to 17: weights, gradients, training, tests."""

import numpy as np

from lossbook.exercises import Exercise, mistakes, register
from lossbook.exercises.bug_museum import inputs_10_to_17 as data
from lossbook.exercises.bug_museum.mistakes_gradient import IGNORED, WHERE
from lossbook.exercises.bug_museum.mistakes_loop import ADAM_START, UNSEEN
from lossbook.exercises.bug_museum.mistakes_score import EVALUATION, LEAK
from lossbook.exercises.bug_museum.mistakes_weights import SMOOTH_L1, WEIGHTED
from lossbook.exercises.kinds import Kind

_GRADIENT = mistakes.without_residual(mistakes.GRADIENT)

# --- 10: the robust loss that follows the outlier ---


def smooth_l1(r, beta):
    """Return a parabola where |r| is below beta, and beyond it the line that goes on from it."""
    size = np.abs(r)
    return np.where(size < beta, r**2 / (2 * beta), size - beta / 2)


register(
    Exercise(
        "bug_museum.smooth_l1",
        kind=Kind(
            "pointwise loss of a residual",
            ("r", "beta"),
            "an array of the shape of r",
            data.residuals,
            "vectors of 1 to 20 residuals, with β from 0.2 to 4",
            "the definition",
            mistakes.VALUE,
        ),
        reference=smooth_l1,
        title="The smooth L1 loss of each residual, from its two pieces",
        hints=(
            "Draw both pieces for β = 1, or compute them at r = 0, 1 and 10. Which is larger?",
            "The square is nowhere below the line: it lies on it at |r| = β. So neither the larger "
            "nor the smaller of the two is right; the size of r must choose.",
            "`np.where(np.abs(r) < beta, r**2 / (2 * beta), np.abs(r) - beta / 2)`",
        ),
        mistakes=SMOOTH_L1,
    )
)

# --- 11: every error is 1, and the mean is not ---


def weighted_mse(y_true, y_pred, weights):
    """Return the weighted mean of the squared errors."""
    return np.sum(weights * (y_pred - y_true) ** 2) / np.sum(weights)


register(
    Exercise(
        "bug_museum.weighted_mean",
        kind=Kind(
            "weighted mean loss",
            ("y_true", "y_pred", "weights"),
            "one number",
            data.weighted,
            "batches of 1 to 20 samples whose weights do not add up to their number",
            "the definition",
            mistakes.VALUE,
        ),
        reference=weighted_mse,
        title="The weighted mean of the squared errors",
        hints=(
            "What should a mean be when all that it averages is the same?",
            "A row of weight 3 counts as three rows. How many rows are there then, in all?",
            "Divide by `np.sum(weights)`.",
        ),
        mistakes=WEIGHTED,
    )
)

# --- 12: one batch, and every parameter is NaN ---


def gradient(w, X, y):
    """Return the gradient of the mean cross-entropy over the labelled rows; 0 without any."""
    kept = y != -100
    p = 1 / (1 + np.exp(-X[kept] @ w))
    return X[kept].T @ (p - y[kept]) / max(kept.sum(), 1)


register(
    Exercise(
        "bug_museum.all_ignored",
        kind=Kind(
            "gradient of a mean over the labelled rows",
            ("w", "X", "y"),
            "an array of the shape of w",
            data.half_labelled,
            "batches of 1 to 20 rows, with all, some or none of them labelled",
            "the exact derivative",
            _GRADIENT,
        ),
        reference=gradient,
        title="The gradient over the labelled rows of a batch, zeros where there are none",
        hints=(
            "What is divided by what in a batch in which no row has a label?",
            "Nothing to learn from means: no step. Which gradient makes no step? Leave the "
            "denominator as it is wherever there is a label.",
            "Divide by `max(kept.sum(), 1)`, or return zeros where `kept.sum()` is 0. (A count may "
            "be kept at 1 or more; a sum of weights, which may lie below, may not.)",
        ),
        mistakes=IGNORED,
    )
)

# --- 13: the loss is fine and its gradient is NaN ---


def root_backward(x, upstream):
    """Return the gradient through `where(x > 0, sqrt(x), 0)`."""
    used = x > 0
    into_root = np.where(used, upstream, 0.0)
    return into_root * 0.5 / np.sqrt(np.where(used, x, 1.0))


register(
    Exercise(
        "bug_museum.where_gradient",
        kind=Kind(
            "backward pass",
            ("x", "upstream"),
            "an array of the shape of x",
            data.roots,
            "vectors of 1 to 15 numbers, positive, zero and negative",
            "the exact derivative",
            _GRADIENT,
        ),
        reference=root_backward,
        title="The backward pass of a root that is taken of positive numbers only",
        hints=(
            "What is 0.5/√x at x = 0, and what is zero times that?",
            "Repair no NaN: it may have come from `upstream`, and must stay to be seen. Let none "
            "arise: what may stand under the root where the root is not wanted?",
            "`safe = np.where(x > 0, x, 1.0)`, the root of that, and `into_root` as it is.",
        ),
        level=2,
        mistakes=WHERE,
    )
)

# --- 14: the loss stalls ---


def train(X, y, lr, steps):
    """Return weights and intercept after some steps of descent on half the squared error."""
    model = {"w": np.zeros(X.shape[1]), "b": np.zeros(1)}
    model["b"] = np.full(1, y.mean())
    held = list(model.values())
    for _ in range(steps):
        r = X @ model["w"] + model["b"] - y
        grads = [X.T @ r / len(y), r.mean(keepdims=True)]
        for p, g in zip(held, grads, strict=True):
            p -= lr * g
    return np.append(model["w"], model["b"])


register(
    Exercise(
        "bug_museum.unseen_parameter",
        kind=Kind(
            "training loop",
            ("X", "y", "lr", "steps"),
            "an array of d + 1 numbers, the weights and the intercept",
            data.trainings,
            "sets of 2 to 20 samples with 1 to 3 features whose means are not zero, 1 to 8 steps",
            "the same loop",
            rtol=1e-5,
        ),
        reference=train,
        title="A line trained by descent, its intercept too",
        hints=(
            'Print `model["b"]` and `held[1]` after training. Which of them has moved?',
            '`model["b"] = …` puts a new array under the old name. Who still has the old one?',
            "Make the list `held` after the last `model[…] = …`, or write the start into the array "
            'that is there: `model["b"][:] = y.mean()`.',
        ),
        level=2,
        mistakes=UNSEEN,
    )
)

# --- 15: Adam's first steps ---


def adam_steps(grads, lr):
    """Return the steps that Adam makes for these gradients, one row each."""
    m, v, steps = 0.0, 0.0, []
    for t, g in enumerate(grads, start=1):
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
        steps.append(-lr * m_hat / (np.sqrt(v_hat) + 1e-8))
    return np.array(steps)


register(
    Exercise(
        "bug_museum.adam_start",
        kind=Kind(
            "steps of an optimizer",
            ("grads", "lr"),
            "an array of the shape of grads",
            data.gradients,
            "sequences of 1 to 30 gradients, some of them tiny",
            "the update rule",
        ),
        reference=adam_steps,
        title="What Adam adds to the parameters, from its first step on",
        hints=(
            "After one gradient g, what are m and √v, and what should they be?",
            "After t gradients the weights in an average that began at 0 add up to 1 − βᵗ. Divide "
            "by that, for the step only.",
            "`m_hat = m / (1 - 0.9**t)` and `v_hat = v / (1 - 0.999**t)`, with t = 1 for the first "
            "gradient.",
        ),
        level=2,
        mistakes=ADAM_START,
    )
)

# --- 16: a score on noise ---


def held_out_scores(X, y, train, k):
    """Return scores of the rows outside `train`, of which nothing has been used."""
    Z = (X - X[train].mean(axis=0)) / X[train].std(axis=0)
    pull = Z[train].T @ y[train]
    best = np.argsort(np.abs(pull))[-k:]
    return Z[~train][:, best] @ pull[best]


register(
    Exercise(
        "bug_museum.test_data_in_the_scaler",
        kind=Kind(
            "scores of a test",
            ("X", "y", "train", "k"),
            "one number for each row outside `train`",
            data.splits,
            "sets of 8 to 40 rows and 2 to 29 features",
            "the same steps on training rows only",
            rtol=1e-4,  # enough for single precision, where a score may nearly cancel
        ),
        reference=held_out_scores,
        title="The scores of held-out rows, with nothing learnt from them",
        hints=(
            "Cover the test rows with your hand. Which lines can you no longer compute?",
            "There are two leaks: mean and spread, and the choice of the features. The test rows "
            "are scaled too, by numbers that come from the training rows.",
            "`X[train].mean(axis=0)`, `X[train].std(axis=0)` and `Z[train].T @ y[train]`",
        ),
        level=2,
        mistakes=LEAK,
    )
)

# --- 17: evaluated in training mode ---


def validation_loss(X, y, W, v, p, seed):
    """Return the mean squared error of the network with all of its units."""
    a = np.maximum(X @ W, 0)
    return np.mean((a @ v - y) ** 2)


register(
    Exercise(
        "bug_museum.training_mode",
        kind=Kind(
            "validation loss",
            ("X", "y", "W", "v", "p", "seed"),
            "one number",
            data.networks,
            "networks of 1 or 5 hidden units, on 1 to 15 rows, with p from 0.2 to 0.7",
            "the network with all units",
        ),
        reference=validation_loss,
        title="The mean squared error of a network with dropout, as it will be used",
        hints=(
            "Nothing in a measurement should be drawn by lot. What is?",
            "In use all units are there. Training has divided by 1 − p already, so that their size "
            "is right as it is.",
            "Leave out both, the mask and the division: `np.mean((a @ v - y) ** 2)`.",
        ),
        mistakes=EVALUATION,
    )
)
