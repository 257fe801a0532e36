"""Mistakes typical of the exercises of *The same loss in five libraries*."""

import numpy as np

from lossbook.exercises._mistake import instead, of_result


def _each(y, z):
    """Return the cross-entropy of each sample."""
    top = z.max(axis=1)
    return top + np.log(np.exp(z - top[:, None]).sum(axis=1)) - z[np.arange(len(y)), y]


def _of_probabilities(y, z, weight, keep=lambda p: p):
    """Return the weighted mean of minus the logarithm of what is kept of the probabilities."""
    with np.errstate(divide="ignore"):
        each = -np.log(keep(np.exp(-_each(y, z))))
    return np.sum(weight[y] * each) / np.sum(weight[y])


def _kept_away(eps):
    words = (
        f"You keep the probability away from 0 by {eps:g}, so a sure and wrong prediction costs no "
        "more than −log of that. The logits give it in full: the log of the sum of exponentials "
        "minus the true logit."
    )
    for keep in (lambda p: p + eps, lambda p: np.maximum(p, eps)):
        yield instead(
            f"cut off at {eps:g}",
            words,
            lambda y, z, weight, keep=keep: _of_probabilities(y, z, weight, keep),
        )


WEIGHTED = (
    instead(
        "logarithm of zero",
        "You take the logarithm of a probability. Where the prediction is sure and wrong that is "
        "0 on the machine, and the loss infinite. The logits give it in full: the log of the sum "
        "of exponentials minus the true logit.",
        _of_probabilities,
    ),
    *(wrong for eps in (1e-15, 1e-12, 1e-10, 1e-8, 1e-7) for wrong in _kept_away(eps)),
    instead(
        "divided by n",
        "You divide by the number of samples, as Keras does. PyTorch divides by the sum of the "
        "weights of the samples, so that a batch of one class has the loss it has without weights.",
        lambda y, z, weight: np.mean(weight[y] * _each(y, z)),
    ),
    instead(
        "not divided",
        "This is the weighted sum. Divide it by the sum of the samples' weights.",
        lambda y, z, weight: np.sum(weight[y] * _each(y, z)),
    ),
    instead(
        "weights ignored",
        "This is the plain mean: the weights make no difference.",
        lambda y, z, weight: np.mean(_each(y, z)),
    ),
    instead(
        "divided by the weights of the classes",
        "You divide by the sum of the class weights. Each *sample* brings the weight of its class: "
        "add `weight[y_true]` up.",
        lambda y, z, weight: np.sum(weight[y] * _each(y, z)) / np.sum(weight),
    ),
    of_result(
        "sign reversed",
        "Your loss has the right size and the wrong sign: the cross-entropy is minus the "
        "logarithm of a probability.",
        lambda result, *args: -result,
    ),
)

ONE_LOGIT = (
    instead(
        "first minus second",
        "You subtract the wrong way round: this is the logit of class 0.",
        lambda z: z[:, 0] - z[:, 1],
    ),
    instead(
        "second column alone",
        "You take the second column as it is. Only the difference of the two matters: adding a "
        "number to both columns changes no probability.",
        lambda z: z[:, 1],
    ),
    instead(
        "probability returned",
        "That is the probability of class 1. The loss that takes logits would apply a sigmoid to "
        "it once more.",
        lambda z: np.exp(z[:, 1] - np.logaddexp(z[:, 0], z[:, 1])),
    ),
    instead(
        "logarithm of the probability",
        "That is the logarithm of the probability of class 1. Its logit is log p − log(1 − p).",
        lambda z: z[:, 1] - np.logaddexp(z[:, 0], z[:, 1]),
    ),
    instead(
        "half the difference",
        "Half of it: e^z₁ / (e^z₀ + e^z₁) is the sigmoid of the whole difference.",
        lambda z: (z[:, 1] - z[:, 0]) / 2,
    ),
)

TABLE = (
    instead(
        "true mean squared error",
        "That is the mean squared error as it should be. Here a column meets a row: every "
        "prediction is compared with every truth.",
        lambda y, p: np.mean((p - y) ** 2),
    ),
    instead(
        "sum over the rows of the table",
        "You divide by n only. The table has n² entries, and the mean is over all of them.",
        lambda y, p: np.sum((p[:, None] - y[None, :]) ** 2) / len(y),
    ),
    instead(
        "sum of the table",
        "That is the sum over the table. The mean divides by its n² entries.",
        lambda y, p: np.sum((p[:, None] - y[None, :]) ** 2),
    ),
    instead(
        "means compared",
        "That is the square of the difference of the means. The variances of truth and of "
        "prediction belong to the mean over all pairs as well.",
        lambda y, p: (np.mean(p) - np.mean(y)) ** 2,
    ),
    instead(
        "variances only",
        "You add the two variances. The squared difference of the means is missing.",
        lambda y, p: np.var(p) + np.var(y),
    ),
)
