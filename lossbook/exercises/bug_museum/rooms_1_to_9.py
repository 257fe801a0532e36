"""Exercises of the page *The bug museum*, rooms 1 to 9."""

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises.bug_museum import kinds_1_to_9 as data
from lossbook.exercises.bug_museum.mistakes import BATCH_MEAN, COLUMN, INTERCEPT, SIGN
from lossbook.exercises.bug_museum.mistakes_clip import CLIP
from lossbook.exercises.bug_museum.mistakes_label import LABELS, PROBABILITY
from lossbook.exercises.bug_museum.mistakes_softmax import ONE_UNIT, TWICE
from lossbook.exercises.kinds import descent_step, gradient_in_parameters

# --- 1. the loss grows ---


def step(w, X, y, lr):
    """Return the parameters after one step against the gradient of the mean squared error."""
    gradient = 2 * X.T @ (X @ w - y) / len(y)
    return w - lr * gradient


register(
    Exercise(
        "bug_museum.sign",
        kind=descent_step,
        reference=step,
        title="One step of gradient descent that goes downhill",
        hints=(
            "Which way does the gradient of (ŷ − y)² by ŷ point where the prediction is too high?",
            "There it is positive: ŷ − y, not y − ŷ. Or keep y − ŷ, and add the step.",
        ),
        mistakes=SIGN,
    )
)

# --- 2. the learning rate depends on the batch size ---


def gradient(w, X, y, lam):
    """Return the gradient of the mean squared error plus λ/2 times the squared norm of w."""
    return 2 * X.T @ (X @ w - y) / len(y) + lam * w


register(
    Exercise(
        "bug_museum.batch_mean",
        kind=gradient_in_parameters,
        reference=gradient,
        title="A penalised gradient whose size does not depend on the batch's",
        params={"lam": (0.5, 0.0, 2.0)},
        hints=(
            "Copy every row of the batch once. What happens to the gradient, and what should?",
            "Divide by the number of rows: only what was added up over the rows.",
        ),
        mistakes=BATCH_MEAN,
    )
)

# --- 3. plausible, and learns nothing ---


def squared_error(y_true, y_pred):
    """Return the mean squared error of truths (n,) and predictions (n, 1)."""
    return np.mean((y_pred[:, 0] - y_true) ** 2)


register(
    Exercise(
        "bug_museum.column",
        kind=data.column_of_predictions,
        reference=squared_error,
        title="The mean squared error of a column of predictions and a row of truths",
        hints=(
            "Print the shape of the difference.",
            "Make one like the other before you subtract: `y_pred[:, 0]`, or `y_true[:, None]`.",
        ),
        mistakes=COLUMN,
    )
)

# --- 4. no intercept ---


def predict(X, y, X_new):
    """Return the predictions of a least-squares line with an intercept."""
    rows = np.column_stack([X, np.ones(len(X))])
    w = np.linalg.lstsq(rows, y, rcond=None)[0]
    return np.column_stack([X_new, np.ones(len(X_new))]) @ w


register(
    Exercise(
        "bug_museum.intercept",
        kind=data.fitted_line,
        reference=predict,
        title="The predictions of a line that need not pass through the origin",
        hints=(
            "What does your line say where every feature is 0?",
            "Give X a column of ones; the number that belongs to it is the intercept. The new rows "
            "need the same column.",
        ),
        level=2,
        mistakes=INTERCEPT,
    )
)

# --- 5. NaN after a few steps ---


def log_loss(w, X, y):
    """Return the mean cross-entropy of a linear model, whose outputs are logits."""
    z = X @ w
    return np.mean(np.logaddexp(0, z) - y * z)


register(
    Exercise(
        "bug_museum.probability",
        kind=data.linear_outputs,
        reference=log_loss,
        title="The mean cross-entropy of a linear model whose outputs are any numbers",
        hints=(
            "Between which two numbers must stand what goes into the two logarithms?",
            "The sigmoid, 1 / (1 + exp(−z)), turns any z into a probability.",
        ),
        level=2,
        mistakes=PROBABILITY,
    )
)

# --- 6. stops above zero ---


def cross_entropy(y_true, z):
    """Return the mean cross-entropy of rows of logits and class numbers."""
    top = z.max(axis=1)
    log_sum = top + np.log(np.exp(z - top[:, None]).sum(axis=1))
    return np.mean(log_sum - z[np.arange(len(z)), y_true])


register(
    Exercise(
        "bug_museum.twice",
        kind=data.logits_of_classes,
        reference=cross_entropy,
        title="The mean cross-entropy of logits that go through one softmax",
        hints=(
            "Where in the piece are exponentials divided by their sum? And where once more?",
            "The loss is the log of the sum of the exponentials of `z`, minus the true class's z.",
        ),
        level=2,
        mistakes=TWICE,
    )
)

# --- 7. the worst are never unlearnt ---


def loss_and_pull(y_true, z):
    """Return the mean cross-entropy on logits and its gradient with respect to them."""
    loss = np.mean(np.logaddexp(0, z) - y_true * z)
    p = np.exp(-np.logaddexp(0, -z))
    return loss, (p - y_true) / len(z)


register(
    Exercise(
        "bug_museum.clip",
        kind=data.loss_and_pull,
        reference=loss_and_pull,
        title="The mean cross-entropy and its gradient, for logits up to ±1000, without a clip",
        hints=(
            "Write −log σ(z) and −log(1 − σ(z)) as logarithms of a sum. Where has the 0 gone?",
            "−log σ(z) is log(1 + exp(−z)), which is `np.logaddexp(0, -z)`, and does not overflow.",
            "Both in one: `np.logaddexp(0, z) - y_true * z`. Its derivative is σ(z) − y, at any z.",
        ),
        level=3,
        mistakes=CLIP,
    )
)

# --- 8. zero from the first step ---


def categorical(y_true, z):
    """Return the mean cross-entropy of labels 0 and 1 (n,) and one logit a sample (n, 1)."""
    z = z[:, 0]
    return np.mean(np.logaddexp(0, z) - y_true * z)


register(
    Exercise(
        "bug_museum.one_unit",
        kind=data.column_of_logits,
        reference=categorical,
        title="The mean loss of two classes and one output",
        hints=(
            "Which class competes with class 1 in the softmax? How does it get its share?",
            "One output is the logit of class 1 against class 0: as if class 0 had the logit 0.",
            "The loss is log(1 + exp(z)) − y z; take the column out of `z` first.",
        ),
        level=2,
        mistakes=ONE_UNIT,
    )
)

# --- 9. everything is class 1 ---


def hinge(y_true, z):
    """Return the mean hinge loss of labels 0 and 1."""
    return np.mean(np.maximum(0, 1 - (2 * y_true - 1) * z))


register(
    Exercise(
        "bug_museum.labels",
        kind=data.scores_of_two_classes,
        reference=hinge,
        title="The mean hinge loss where the labels are 0 and 1",
        hints=(
            "What does a sample of class 0 cost with the score 5? And with −5?",
            "The margin needs the labels −1 and +1. Which straight line takes 0 to −1 and 1 to 1?",
        ),
        mistakes=LABELS,
    )
)
