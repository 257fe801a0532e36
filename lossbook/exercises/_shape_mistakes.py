"""Mistakes typical of the exercises of *The shape of a loss*."""

import numpy as np

from lossbook.exercises.mistakes import instead, of_result

CHORD = (
    of_result(
        "sign reversed",
        "Your answer has the right size and the wrong sign: a curve above its chord counts as "
        "positive, and is what a convex one never does.",
        lambda result, *args: -result,
    ),
    instead(
        "not halved",
        "You subtract the sum of the two ends. Half-way the chord is at their mean.",
        lambda left, middle, right: middle - (left + right),
    ),
    instead(
        "half of the right end only",
        "You halve the right end only: `left + right / 2`. Put the sum in parentheses.",
        lambda left, middle, right: middle - (left + right / 2),
    ),
    instead(
        "second difference",
        "left − 2 middle + right is −2 times the gap, and says the same with its sign. Here the "
        "gap itself is due.",
        lambda left, middle, right: left - 2 * middle + right,
    ),
    instead(
        "cut at 0",
        "You cut negative gaps to 0. How far the curve hangs below its chord is asked for too.",
        lambda left, middle, right: np.maximum(middle - (left + right) / 2, 0),
    ),
)


def _largest(X):
    return np.linalg.eigvalsh(X.T @ X).max()


SAFE_STEP = (
    instead(
        "smoothness forgotten",
        "You take the features alone. The curvature of the loss, `smoothness`, multiplies theirs.",
        lambda X, smoothness: len(X) / _largest(X),
    ),
    instead(
        "not divided by n",
        "You take the largest eigenvalue of XᵀX. The loss is a *mean*: divide by n, or your step "
        "is n times too short.",
        lambda X, smoothness: 1 / (smoothness * _largest(X)),
    ),
    instead(
        "features forgotten",
        "You take the curvature of the loss alone. A parameter moves the predictions by the "
        "features, so XᵀX / n belongs to it.",
        lambda X, smoothness: 1 / smoothness,
    ),
    of_result(
        "limit instead of safe step",
        "That is 2/β, from which on nothing is promised. The safe step is half of it.",
        lambda result, *args: 2 * result,
    ),
    of_result(
        "β instead of 1/β",
        "That is β, the strongest curvature. The step is 1/β.",
        lambda result, *args: 1 / result,
    ),
    instead(
        "smallest eigenvalue",
        "You take the smallest eigenvalue. The step has to be safe in the direction that bends "
        "most.",
        lambda X, smoothness: 1 / (smoothness * np.linalg.eigvalsh(X.T @ X / len(X)).min()),
    ),
    instead(
        "sum of the eigenvalues",
        "You take the trace, the sum of all curvatures. Safe, but shorter than need be: the "
        "largest eigenvalue decides.",
        lambda X, smoothness: 1 / (smoothness * np.trace(X.T @ X) / len(X)),
    ),
    instead(
        "singular value not squared",
        "You take the largest singular value of X. The eigenvalues of XᵀX are the *squares* of the "
        "singular values.",
        lambda X, smoothness: len(X) / (smoothness * np.linalg.norm(X, 2)),
    ),
)

SHIFT = (
    instead(
        "n instead of n + 1",
        "You divide by n. There are n + 1 values when the new one has joined.",
        lambda y, v: (v - np.mean(y)) / len(y),
    ),
    of_result(
        "sign reversed",
        "Your answer has the right size and the wrong sign: a value above the mean moves it up.",
        lambda result, *args: -result,
    ),
    instead(
        "new mean",
        "That is the new mean. How far has it moved?",
        lambda y, v: np.mean(np.append(y, v)),
    ),
    instead(
        "distance",
        "That is the distance of the new value. It is one of n + 1, and the mean moves by its "
        "share.",
        lambda y, v: v - np.mean(y),
    ),
    instead(
        "mean forgotten",
        "You divide v itself. A value equal to the mean would move nothing: subtract the mean.",
        lambda y, v: v / (len(y) + 1),
    ),
    instead(
        "shift of the median",
        "That is how far the *median* moves. The mean is asked for.",
        lambda y, v: np.median(np.append(y, v)) - np.median(y),
    ),
)

PULLERS = (
    instead(
        "label forgotten",
        "You compare the score with 1. The margin is label times score: a score of −3 is right by "
        "3 if the label is −1.",
        lambda y, z: np.sum(z < 1),
    ),
    instead(
        "margin of exactly 1 counted",
        "Right but for a margin of exactly 1. It sits on the kink, and the exercise counts those "
        "below 1 only.",
        lambda y, z: np.sum(y * z <= 1),
    ),
    instead(
        "wrong side only",
        "You count the samples on the wrong side. The hinge asks for a margin of 1: between 0 and "
        "1 a sample is right and still pulls.",
        lambda y, z: np.sum(y * z < 0),
    ),
    instead(
        "those that do not pull",
        "Those are the samples beyond the margin, at rest. The others are asked for.",
        lambda y, z: np.sum(y * z > 1),
    ),
    instead(
        "those that do not pull, and the kink",
        "Those are the samples at rest: a margin of 1 or more. The others are asked for.",
        lambda y, z: np.sum(y * z >= 1),
    ),
    instead(
        "labels 0 and 1",
        "`2 * y - 1` makes −1 and 1 of labels 0 and 1. Here they are −1 and 1 already.",
        lambda y, z: np.sum((2 * y - 1) * z < 1),
    ),
    instead(
        "share instead of count",
        "You return a share. How many samples are they?",
        lambda y, z: np.mean(y * z < 1),
    ),
    instead(
        "size of the margin",
        "You take the size of the margin. A sample with a margin of −3 is badly wrong, and pulls.",
        lambda y, z: np.sum(np.abs(y * z) < 1),
    ),
    instead(
        "one per sample",
        "You say for each sample whether it pulls. Here their number is due.",
        lambda y, z: (y * z < 1).astype(float),
    ),
    instead(
        "loss instead of count",
        "That is the sum of the losses. How many samples have one?",
        lambda y, z: np.sum(np.maximum(1 - y * z, 0)),
    ),
)


def _chain(link):
    """Return the wrong chain in which each link multiplies the slope by `link(weight, a, out)`."""

    def wrong(x, w):
        slope = 1.0
        for weight in w:
            out = 1 / (1 + np.exp(-weight * x))
            slope, x = slope * link(weight, x, out), out
        return slope

    return wrong


CHAIN = (
    instead(
        "weights forgotten",
        "You multiply the slopes of the sigmoids only. The link is σ(w a): its inner derivative w "
        "belongs to it.",
        _chain(lambda weight, a, out: out * (1 - out)),
    ),
    instead(
        "sigmoids forgotten",
        "You multiply the weights only. Each sigmoid has a slope of its own, σ(1 − σ).",
        _chain(lambda weight, a, out: weight),
    ),
    instead(
        "slope at the input of the link",
        "You take a (1 − a) with the *input* of the link. The slope of a sigmoid is σ(1 − σ) with "
        "its output: update x first.",
        _chain(lambda weight, a, out: weight * a * (1 - a)),
    ),
    instead(
        "value instead of slope",
        "That is the output of the chain. Its derivative by x is asked for.",
        lambda x, w: _output(x, w),
    ),
    instead(
        "last link only",
        "You return the slope of the last link. The chain rule multiplies those of all links.",
        lambda x, w: w[-1] * _output(x, w) * (1 - _output(x, w)),
    ),
    instead(
        "every link at x",
        "You evaluate every link at `x`. Each gets the output of the one before: overwrite `x` in "
        "the loop.",
        lambda x, w: np.prod(
            [weight * _output(x, [weight]) * (1 - _output(x, [weight])) for weight in w]
        ),
    ),
    instead(
        "every link at its centre",
        "You take ¼ for the slope of every sigmoid. That is the largest it can be; here the chain "
        "is not centred.",
        lambda x, w: np.prod(np.asarray(w) / 4),
    ),
    instead(
        "1 − σ forgotten",
        "The slope of a sigmoid is σ(1 − σ); you multiply by σ only.",
        _chain(lambda weight, a, out: weight * out),
    ),
)


def _output(x, w):
    for weight in w:
        x = 1 / (1 + np.exp(-weight * x))
    return x
