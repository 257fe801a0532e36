"""Mistakes typical of lines and their support, in *Losses of the margin*."""

import numpy as np

from lossbook.exercises._margin_mistakes import LABELS
from lossbook.exercises._mistake import instead, of_result

SUPPORT = (
    instead(
        "errors only",
        "You mark the samples on the wrong side. Those that are right by less than 1 pull as well.",
        lambda w, X, y: y * (X @ w) < 0,
    ),
    instead(
        "the others",
        "You mark the samples that do *not* pull. Turn the inequality round.",
        lambda w, X, y: y * (X @ w) > 1,
    ),
    instead(
        "score instead of margin",
        "You compare the score with 1, so nearly every sample of class −1 counts. The margin is "
        "y times the score.",
        lambda w, X, y: X @ w < 1,
    ),
    instead(
        "labels 0 and 1",
        LABELS,
        lambda w, X, y: (2 * y - 1) * (X @ w) < 1,
    ),
    instead(
        "near the line",
        "You mark the samples whose score is between −1 and 1. Of the samples far on the wrong "
        "side you have none, and they pull too.",
        lambda w, X, y: np.abs(X @ w) < 1,
    ),
    instead(
        "everybody",
        "You mark every sample. Beyond a margin of 1 the slope of the hinge is 0.",
        lambda w, X, y: np.ones(len(y)),
    ),
    instead(
        "positions, not a mark for each",
        "You return the positions of those that pull. Asked is a mark for every sample, 1 or 0, "
        "true or false: leave `np.flatnonzero` or `np.where` out.",
        lambda w, X, y: np.flatnonzero(y * (X @ w) < 1),
    ),
    instead(
        "label forgotten in the sign",
        "You have turned the sign of the margin: −y z. A sample is right where y z is positive.",
        lambda w, X, y: -y * (X @ w) < 1,
    ),
    instead(
        "slope of the hinge",
        "That is the slope of each sample, −y or 0. Asked is whether it pulls, for either label: "
        "1 or 0, true or false.",
        lambda w, X, y: -y * (y * (X @ w) < 1),
    ),
    instead(
        "value of the hinge",
        "That is the loss of each sample. Asked is whether it pulls: 1 or 0, true or false.",
        lambda w, X, y: np.maximum(1 - y * (X @ w), 0),
    ),
)


def _pull(w, X, y):
    return X.T @ (y * (y * (X @ w) < 1))


SVM_GRAD = (
    of_result(
        "sign reversed",
        "Your gradient has the right size and the wrong sign: a step against it would climb.",
        lambda result, *args: -result,
    ),
    instead(
        "sign of the pull",
        "The penalty is right, and the samples push the wrong way. The slope of each hinge is −y "
        "times its features.",
        lambda w, X, y: w + _pull(w, X, y),
    ),
    instead(
        "penalty forgotten",
        "That is the gradient of the hinge losses alone. The derivative of ½‖w‖² is w.",
        lambda w, X, y: -_pull(w, X, y),
    ),
    instead(
        "2 w instead of w",
        "You have 2 w. The penalty here is *half* the squared norm, whose derivative is w.",
        lambda w, X, y: 2 * w - _pull(w, X, y),
    ),
    instead(
        "half the penalty",
        "You have w/2. The derivative of ½‖w‖² is w: the 2 of the square cancels the ½.",
        lambda w, X, y: w / 2 - _pull(w, X, y),
    ),
    instead(
        "mean instead of sum",
        "You divide the pulls by n. Here the losses are added up, not averaged: then a sample that "
        "is deleted takes its own term away and changes no other.",
        lambda w, X, y: w - _pull(w, X, y) / len(y),
    ),
    instead(
        "everybody pulls",
        "In your answer every sample pulls. Only those with a margin below 1 do.",
        lambda w, X, y: w - X.T @ y,
    ),
    instead(
        "score instead of margin",
        "You compare the score with 1, so nearly every sample of class −1 pulls. The margin is y "
        "times the score.",
        lambda w, X, y: w - X.T @ (y * (X @ w < 1)),
    ),
    instead(
        "the others pull",
        "In your answer the samples with a margin above 1 pull. Turn the inequality round.",
        lambda w, X, y: w - X.T @ (y * (y * (X @ w) > 1)),
    ),
    instead(
        "no room to spare",
        "Only the samples on the wrong side pull in your answer: that is the perceptron loss. "
        "The hinge asks for a margin of 1.",
        lambda w, X, y: w - X.T @ (y * (y * (X @ w) < 0)),
    ),
    instead(
        "label forgotten",
        "Your pulls have no label: every sample pushes the score up. The slope of each hinge is "
        "−y times its features.",
        lambda w, X, y: w - X.T @ (y * (X @ w) < 1).astype(float),
    ),
    instead(
        "squared hinge",
        "That is the gradient of the *squared* hinge, whose pull grows with what the margin lacks.",
        lambda w, X, y: w - 2 * X.T @ (y * np.maximum(1 - y * (X @ w), 0)),
    ),
)
