"""Mistakes typical of the exercises of *Binary cross-entropy*."""

import numpy as np

from lossbook.exercises._mistake import clipped, instead


def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def _pull(z, y):
    """Return the derivative of (σ(z) − y)² by z."""
    return 2 * (_sigmoid(z) - y) * _sigmoid(z) * _sigmoid(-z)


GRAD_P = (
    instead(
        "derivative by the logit",
        "You return p − y, the derivative by the *logit*. By the probability it is divided by "
        "the slope of the sigmoid, p (1 − p).",
        lambda y, p: p - y,
    ),
    instead(
        "inner derivative of 1 − p forgotten",
        "Where the label is 0 your sign is wrong. The derivative of log(1 − p) is −1/(1 − p), so "
        "that of −log(1 − p) is positive.",
        lambda y, p: -y / p - (1 - y) / (1 - p),
    ),
    instead(
        "minus of label 1 forgotten",
        "Where the label is 1 your sign is wrong. Such a sample costs −log p, which falls as p "
        "grows.",
        lambda y, p: y / p + (1 - y) / (1 - p),
    ),
    *clipped(1e-8, 1e-7, 1e-6, 1e-3),
    instead(
        "1e-9 added",
        "You add 1e-9 to the denominator. Where p is about as small, that halves the derivative; "
        "here p is never 0.",
        lambda y, p: (p - y) / (p * (1 - p) + 1e-9),
    ),
    instead(
        "class 0 forgotten",
        "Where the label is 0 you return 0. Such a sample costs −log(1 − p), and pulls too.",
        lambda y, p: -y / p,
    ),
    instead(
        "class 1 forgotten",
        "Where the label is 1 you return 0. Such a sample costs −log p, and pulls too.",
        lambda y, p: (1 - y) / (1 - p),
    ),
    instead(
        "value instead of derivative",
        "That is the log loss. Its derivative is asked for.",
        lambda y, p: -np.log(np.where(y == 1, p, 1 - p)),
    ),
    instead(
        "missing brackets",
        "`(p - y) / p * (1 - p)` is read from left to right, so you multiply by 1 − p. Write "
        "`(p - y) / (p * (1 - p))`.",
        lambda y, p: (p - y) / p * (1 - p),
    ),
    instead(
        "multiplied by the slope",
        "You multiply by p (1 − p). By the probability it is a division; multiplying by it leads "
        "from p on to the logit.",
        lambda y, p: (p - y) * p * (1 - p),
    ),
    instead(
        "derivative of the Brier score",
        "That is 2 (p − y), the derivative of the squared error. The log loss is asked for.",
        lambda y, p: 2 * (p - y),
    ),
    instead(
        "labels exchanged",
        "You take the probability of the other label. p is the probability of label 1.",
        lambda y, p: (1 - y) * -1 / p + y / (1 - p),
    ),
)


def _overflowing(z):
    return np.exp(z) / (1 + np.exp(z))


GRAD_Z = (
    instead(
        "overflow",
        "Right for ordinary logits. But exp(1000) is infinite, and infinity divided by infinity "
        "is NaN. Write the sigmoid as 1 / (1 + exp(−z)), or better with exp(−|z|).",
        lambda y, z: _overflowing(z) - y,
    ),
    instead(
        "sigmoid twice",
        "You apply the sigmoid to the probability once more. Once is enough.",
        lambda y, z: _sigmoid(_sigmoid(z)) - y,
    ),
    instead(
        "labels −1 and 1",
        "That is the derivative for labels −1 and 1. Here they are 0 and 1.",
        lambda y, z: -y * _sigmoid(-y * z),
    ),
    instead(
        "sigmoid forgotten",
        "You subtract the truth from the logit itself. Make it a probability first.",
        lambda y, z: z - y,
    ),
    instead(
        "derivative of the squared error",
        "That is 2 (p − y) p (1 − p): the squared error behind a sigmoid, the gradient that "
        "saturates. For the cross-entropy the factor p (1 − p) cancels.",
        lambda y, z: _pull(z, y),
    ),
    instead(
        "slope of the sigmoid not cancelled",
        "You multiply by p (1 − p). The derivative by p has the same factor in its denominator: "
        "the two cancel, and p − y is left.",
        lambda y, z: _pull(z, y) / 2,
    ),
    instead(
        "truth forgotten",
        "You return the probability. The truth is still to be subtracted.",
        lambda y, z: _sigmoid(z),
    ),
    instead(
        "derivative by the probability",
        "You divide by p (1 − p): that is the derivative by the *probability*. By the logit the "
        "slope of the sigmoid takes it back.",
        lambda y, z: (_sigmoid(z) - y) / (_sigmoid(z) * _sigmoid(-z)),
    ),
    instead(
        "slope of the sigmoid",
        "You return p (1 − p), the slope of the sigmoid. It is one link of the chain; the other "
        "is the derivative of the loss by p.",
        lambda y, z: _sigmoid(z) * _sigmoid(-z),
    ),
    instead(
        "sigmoid of −z",
        "Your sigmoid falls where it should rise. It is 1 / (1 + exp(−z)), with a minus.",
        lambda y, z: _sigmoid(-z) - y,
    ),
)


SQUARED_GRAD = (
    instead(
        "sigmoid not differentiated",
        "You return 2 (p − y), the derivative by p. The chain goes on to the logit: multiply by "
        "the slope of the sigmoid, p (1 − p).",
        lambda y, z: 2 * (_sigmoid(z) - y),
    ),
    instead(
        "gradient of the cross-entropy",
        "You return p − y. That is the cross-entropy, where the slope of the sigmoid cancels; "
        "behind the square nothing cancels.",
        lambda y, z: _sigmoid(z) - y,
    ),
    instead(
        "sigmoid forgotten",
        "That is the derivative of (z − y)². The sigmoid stands inside the square.",
        lambda y, z: 2 * (z - y),
    ),
    instead(
        "slope of the sigmoid only",
        "You return p (1 − p), the slope of the sigmoid. The square brings a factor 2 (p − y).",
        lambda y, z: _sigmoid(z) * _sigmoid(-z),
    ),
    instead(
        "p − y forgotten",
        "The factor p − y is missing: the derivative of the square is 2 (p − y).",
        lambda y, z: 2 * _sigmoid(z) * _sigmoid(-z),
    ),
    instead(
        "1 − p forgotten",
        "The slope of the sigmoid is p (1 − p); you have p alone.",
        lambda y, z: 2 * (_sigmoid(z) - y) * _sigmoid(z),
    ),
    instead(
        "divided by the slope",
        "You divide by p (1 − p). The chain rule multiplies.",
        lambda y, z: 2 * (_sigmoid(z) - y) / (_sigmoid(z) * _sigmoid(-z)),
    ),
    instead(
        "overflow",
        "Right for ordinary logits. But exp(1000) is infinite, and infinity divided by infinity "
        "is NaN. Write the sigmoid as 1 / (1 + exp(−z)), or better with exp(−|z|).",
        lambda y, z: 2 * (_overflowing(z) - y) * _overflowing(z) * (1 - _overflowing(z)),
    ),
    instead(
        "value instead of derivative",
        "That is the squared error itself. Its derivative is asked for.",
        lambda y, z: (_sigmoid(z) - y) ** 2,
    ),
)
