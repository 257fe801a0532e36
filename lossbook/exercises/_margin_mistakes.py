"""Mistakes typical of the exercises of *Losses of the margin*."""

import numpy as np

from lossbook.exercises._mistake import instead


def _pulls(y, z):
    return y * z < 1


LABELS = "`2 * y - 1` makes −1 and 1 of labels 0 and 1. Here they are −1 and 1 already."

HINGE_GRAD = (
    instead(
        "neither sign nor label",
        "You return 1 for every sample that pulls, in either class. By the margin the slope of the "
        "hinge is negative, and the margin is y z: the chain rule brings the label.",
        lambda y, z: _pulls(y, z).astype(float),
    ),
    instead(
        "derivative by the label",
        "You differentiate with respect to the label, and are left with the score. With respect "
        "to the *score* the label is left.",
        lambda y, z: -z * _pulls(y, z),
    ),
    instead(
        "labels 0 and 1",
        LABELS,
        lambda y, z: -(2 * y - 1) * _pulls(2 * y - 1, z),
    ),
    instead(
        "derivative by the margin",
        "You return −1 for every sample that pulls: the derivative by the margin. The margin is "
        "y z, so by the score there is a factor y: a sample of class −1 pulls the score down.",
        lambda y, z: -_pulls(y, z).astype(float),
    ),
    instead(
        "no room to spare",
        "Only samples on the wrong side pull in your answer. That is the perceptron loss; the "
        "hinge pulls up to a margin of 1.",
        lambda y, z: -y * (y * z < 0),
    ),
    instead(
        "everybody pulls",
        "In your answer every sample pulls. Beyond a margin of 1 the hinge is flat, and its slope "
        "is 0.",
        lambda y, z: -y,
    ),
    instead(
        "the wrong samples pull",
        "Exactly the samples that are right by more than 1 pull in your answer. It is the other "
        "ones: turn the inequality round.",
        lambda y, z: -y * (y * z > 1),
    ),
    instead(
        "score instead of margin",
        "You compare the score z with 1. A sample of class −1 is right where its score is "
        "*negative*: compare the margin y z.",
        lambda y, z: -y * (z < 1),
    ),
    instead(
        "derivative of the squared hinge",
        "That is −2 y (1 − m): the slope of the squared hinge. The hinge falls with slope 1.",
        lambda y, z: -2 * y * np.maximum(1 - y * z, 0),
    ),
    instead(
        "value instead of derivative",
        "That is the hinge loss. Its derivative is asked for.",
        lambda y, z: np.maximum(1 - y * z, 0),
    ),
    instead(
        "derivative of the logistic loss",
        "That is −y σ(−m), the slope of the logistic loss, which is 0 nowhere. The hinge has only "
        "the slopes 0 and −y.",
        lambda y, z: -y * np.exp(-np.logaddexp(0, y * z)),
    ),
)


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


PROBABILITY = (
    instead(
        "factor 2 forgotten",
        "That is σ(z), which reads a score of the *logistic* loss. The exponential loss estimates "
        "half the log-odds: double the score first.",
        _sigmoid,
    ),
    instead(
        "halved instead of doubled",
        "You halve the score. The score *is* half the log-odds, so the log-odds are 2 z.",
        lambda z: _sigmoid(z / 2),
    ),
    instead(
        "link of the squared hinge",
        "That is (z + 1)/2, cut at 0 and 1: it reads a score of the squared hinge or the modified "
        "Huber loss.",
        lambda z: (np.clip(z, -1, 1) + 1) / 2,
    ),
    instead(
        "link of the squared loss, not cut",
        "You return (z + 1)/2, which leaves [0, 1]. Solve z = ½ log(q / (1 − q)) for q.",
        lambda z: (z + 1) / 2,
    ),
    instead(
        "the other class",
        "That is the probability of class −1. A large score speaks for class +1.",
        lambda z: _sigmoid(-2 * z),
    ),
    instead(
        "odds instead of probability",
        "e^(2z) are the odds q / (1 − q). Solve for q: odds over 1 + odds.",
        lambda z: np.exp(2 * z),
    ),
    instead(
        "2q − 1",
        "tanh z is 2q − 1. Add 1 and halve.",
        np.tanh,
    ),
    instead(
        "minimiser instead of its inverse",
        "You take the score for a probability and return the log-odds. The other way: from the "
        "score to q.",
        lambda z: np.log(z / (1 - z)) / 2,
    ),
    instead(
        "decision only",
        "You return the decision, 0 or 1. The exponential loss tells more than that.",
        lambda z: (z > 0).astype(float),
    ),
)


def _lacks(y, z):
    lacks = 1 + z - z[np.arange(len(y)), y][:, None]
    lacks[np.arange(len(y)), y] = -np.inf
    return lacks


def _one_against_rest(y, z):
    signs = np.where(np.arange(z.shape[1]) == y[:, None], 1.0, -1.0)
    return np.maximum(1 - signs * z, 0).sum(axis=1)


CRAMMER_SINGER = (
    instead(
        "its own rival",
        "You take the maximum over *all* classes, the right one too. Then a sample that is right "
        "by a mile still costs 1. Leave its own score out.",
        lambda y, z: 1 + z.max(axis=1) - z[np.arange(len(y)), y],
    ),
    instead(
        "all rivals added up",
        "You add up what is lacking to every rival: the Weston–Watkins loss (times K). Here only "
        "the strongest rival counts.",
        lambda y, z: np.maximum(_lacks(y, z), 0).sum(axis=1),
    ),
    instead(
        "all rivals averaged",
        "You add up what is lacking to every rival, over K: the Weston–Watkins loss. Here only the "
        "strongest rival counts.",
        lambda y, z: np.maximum(_lacks(y, z), 0).sum(axis=1) / z.shape[1],
    ),
    instead(
        "no room to spare",
        "The 1 is missing: you ask only that the right score is the highest, not by how much.",
        lambda y, z: np.maximum(_lacks(y, z).max(axis=1) - 1, 0),
    ),
    instead(
        "never cut at 0",
        "A sample that is right by more than 1 has a negative loss in your answer. It costs "
        "nothing: cut at 0.",
        lambda y, z: _lacks(y, z).max(axis=1),
    ),
    instead(
        "one against the rest",
        "That is the sum of K binary hinges, one for each class against the rest. Crammer and "
        "Singer compare the right score with the strongest rival.",
        _one_against_rest,
    ),
    instead(
        "own score 0, not left out",
        "You have multiplied the right score by 0 instead of leaving it out. Where every rival is "
        "negative, that 0 wins the maximum. Put −∞ in its place.",
        lambda y, z: np.maximum(
            1
            + np.where(np.arange(z.shape[1]) == y[:, None], 0, z).max(axis=1)
            - z[np.arange(len(y)), y],
            0,
        ),
    ),
)
