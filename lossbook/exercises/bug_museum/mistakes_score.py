"""What readers leave or put in rooms 16 and 17 of *The bug museum*: evaluations."""

import numpy as np

from lossbook.exercises import mistakes
from lossbook.exercises._mistake import instead, of_result
from lossbook.exercises.bug_museum.mistakes_weights import PIECE

# --- 16: a score on noise ---


def _scaled(X, rows, ddof=0):
    return (X - X[rows].mean(axis=0)) / X[rows].std(axis=0, ddof=ddof)


def _scores(Z, y, fitted, chosen_on, judged, k, size=np.abs):
    """Return scores: weights from some rows, features chosen on some, for the rows judged."""
    best = np.argsort(size(Z[chosen_on].T @ y[chosen_on]))[-k:]
    return Z[judged][:, best] @ (Z[fitted][:, best].T @ y[fitted])


def _every(y):
    return np.full(len(y), True)


def leak_piece(X, y, train, k):
    """Return scores of test rows that scaling and choice have seen."""
    return _scores(_scaled(X, _every(y)), y, train, _every(y), ~train, k)


def _each_by_itself(X, train):
    return np.where(train[:, None], _scaled(X, train), _scaled(X, ~train))


def _chosen_unscaled(X, y, train, k):
    best = np.argsort(np.abs(X[train].T @ y[train]))[-k:]
    return _scores(_scaled(X, train)[:, best], y, train, train, ~train, k)


LEAK = (
    instead(
        PIECE,
        "That is still the museum's piece: test rows help to choose the features and to scale "
        "them, and noise still scores well above chance.",
        leak_piece,
    ),
    instead(
        "only the scaling mended",
        "The scaling is clean now. The features are still chosen by looking at the labels of the "
        "test rows, and on noise that alone makes the score.",
        lambda X, y, train, k: _scores(_scaled(X, train), y, train, _every(y), ~train, k),
    ),
    instead(
        "only the choice mended",
        "The features are chosen on the training rows now. Mean and spread still come from all "
        "rows, the test rows among them.",
        lambda X, y, train, k: _scores(_scaled(X, _every(y)), y, train, train, ~train, k),
    ),
    instead(
        "each part scaled by itself",
        "You scale the test rows by their own mean and spread. No label leaks, but each score now "
        "hangs on who else is in the test, and one row alone could not be judged: use the mean "
        "and spread of the training rows.",
        lambda X, y, train, k: _scores(_each_by_itself(X, train), y, train, train, ~train, k),
    ),
    instead(
        "weights fitted on all rows",
        "The features are chosen cleanly, but the weights are fitted on all rows, labels of the "
        "test included.",
        lambda X, y, train, k: _scores(_scaled(X, train), y, _every(y), train, ~train, k),
    ),
    instead(
        "training rows judged",
        "You return the scores of the training rows. Those of the others are due.",
        lambda X, y, train, k: _scores(_scaled(X, train), y, train, train, train, k),
    ),
    instead(
        "chosen on the test rows",
        "You choose the features on the test rows alone. They must know nothing of them.",
        lambda X, y, train, k: _scores(_scaled(X, train), y, train, ~train, ~train, k),
    ),
    instead(
        "not scaled",
        "You leave the scaling out. Then features in large units are chosen for their units: "
        "scale, by the mean and spread of the training rows.",
        lambda X, y, train, k: _scores(X, y, train, train, ~train, k),
    ),
    instead(
        "test rows not scaled",
        "The training rows are scaled, by their own mean and spread, and the test rows come as "
        "they are. Scale them too, by the mean and spread of the training rows.",
        lambda X, y, train, k: _scores(
            np.where(train[:, None], _scaled(X, train), X), y, train, train, ~train, k
        ),
    ),
    instead(
        "chosen before scaling",
        "You choose the features before you scale them, and those in large units are chosen for "
        "their units. Scale first.",
        _chosen_unscaled,
    ),
    instead(
        "sign instead of size",
        "You choose the features with the largest product, and leave out those with a large "
        "negative one, which tell as much.",
        lambda X, y, train, k: _scores(_scaled(X, train), y, train, train, ~train, k, np.positive),
    ),
    instead(
        "n − 1 in the spread",
        "Clean, but the spread is taken with n − 1 in the denominator. Keep NumPy's default.",
        lambda X, y, train, k: _scores(_scaled(X, train, 1), y, train, train, ~train, k),
    ),
    of_result(
        "labels instead of scores",
        "You return the signs. The scores themselves are due.",
        lambda result, *_: np.sign(result),
    ),
)

# --- 17: evaluated in training mode ---


def evaluation_piece(X, y, W, v, p, seed):
    """Return the loss of a network of which units are still left out."""
    a = np.maximum(X @ W, 0)
    kept = np.random.default_rng(seed).random(a.shape) >= p
    return np.mean((a * kept / (1 - p) @ v - y) ** 2)


def _resized(size):
    return lambda X, y, W, v, p, seed: np.mean((np.maximum(X @ W, 0) * size(p) @ v - y) ** 2)


def _unscaled(X, y, W, v, p, seed):
    return evaluation_piece(X, y, W, v * (1 - p), p, seed)


EVALUATION = (
    instead(
        PIECE,
        "That is still the museum's piece: units are left out while you measure, so that another "
        "seed gives another loss.",
        evaluation_piece,
    ),
    instead(
        "the seed is fixed",
        "The same loss each time, because you draw the same mask each time. Units are left out "
        "still, and the loss is that of a network nobody will use.",
        lambda X, y, W, v, p, seed: evaluation_piece(X, y, W, v, p, 0),
    ),
    instead(
        "still divided by 1 − p",
        "All units are there, and they are still divided by 1 − p, which was there to make up for "
        "the missing ones: the layer is now too loud.",
        _resized(lambda p: 1 / (1 - p)),
    ),
    instead(
        "multiplied by 1 − p",
        "All units are there, multiplied by 1 − p. That belongs to the other convention, in which "
        "training does not divide; here it did, so in use nothing is left to do.",
        _resized(lambda p: 1 - p),
    ),
    instead(
        "only the division left out",
        "You have taken out the division, and the mask is still there: the loss hangs on the seed, "
        "and the layer is too quiet besides.",
        _unscaled,
    ),
    instead(
        "(n,) against (n, 1)",
        "Your predictions are a column (n, 1), the truths a row (n,): their difference is an "
        "n × n table. Keep both of shape (n,).",
        lambda X, y, W, v, p, seed: np.mean((np.maximum(X @ W, 0) @ v[:, None] - y) ** 2),
    ),
    mistakes.SUM,
    mistakes.ROOT_TAKEN,
    mistakes.HALF_VALUE,
)
