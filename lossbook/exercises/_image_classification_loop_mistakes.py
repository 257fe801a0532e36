"""Mistakes typical of the exercises on slopes and training of *Image classification*."""

from collections.abc import Callable

import numpy as np

from lossbook.exercises._mistake import Mistake, instead, of_result, scaled


def _softmax(z, axis=1):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def _lead(y, z, p):
    return np.mean(z[np.arange(len(z)), y] - (p * z).sum(axis=1))


def _loss(y, z, T):
    return -np.mean(np.log(_softmax(z / T)[np.arange(len(z)), y]))


COOLING = (
    scaled(
        "sign reversed",
        "Right size, wrong sign. The derivative of 1/T is −1/T²; and heating what is surely right "
        "must *raise* the loss.",
        -1,
    ),
    instead(
        "softmax of z",
        "You take the softmax of z. The probabilities are those of z / T.",
        lambda y, z, T: _lead(y, z, _softmax(z)) / T**2,
    ),
    of_result(
        "1/T² forgotten",
        "The factor 1/T² is missing: the derivative of z / T with respect to T is −z / T².",
        lambda result, y, z, T: result * T**2,
    ),
    of_result(
        "T instead of T²",
        "You divide by T. The derivative of z / T with respect to T is −z / T².",
        lambda result, y, z, T: result * T,
    ),
    of_result(
        "sum instead of mean",
        "You add up over the rows. The mean log loss divides by their number.",
        lambda result, y, z, T: result * len(z),
    ),
    instead(
        "z multiplied by T",
        "You multiply the logits by T. A temperature divides them.",
        lambda y, z, T: -_lead(y, z, _softmax(z * T)),
    ),
    instead(
        "0 for every input",
        "You return 0 for every input, as an average of p − y itself does: that adds up to 0 in "
        "each row. Multiply it by −z_k / T² first.",
        lambda y, z, T: 0.0,
    ),
    instead(
        "value instead of slope",
        "That is the mean log loss itself. Its derivative with respect to T is asked for.",
        _loss,
    ),
    instead(
        "true logit alone",
        "You have differentiated −z_y / T only. The log-sum-exp depends on T as well, and brings "
        "−Σ p_k z_k.",
        lambda y, z, T: np.mean(z[np.arange(len(z)), y]) / T**2,
    ),
    instead(
        "log-sum-exp alone",
        "You have differentiated the log-sum-exp only. The true logit, −z_y / T, depends on T as "
        "well.",
        lambda y, z, T: -np.mean((_softmax(z / T) * z).sum(axis=1)) / T**2,
    ),
)


def _loop(
    gradient: Callable = lambda X, p, truth: X.T @ (p - truth) / len(X),
    chosen: Callable = lambda rows, n: rows,
    axis: int = 1,
    sign: int = 1,
    fresh: bool = False,
    last: Callable = lambda batches: batches,
) -> Callable:
    """Return the loop with one part of it changed."""

    def wrong(X, y, K, lr, batches):
        W = np.zeros((X.shape[1], K))
        for rows in last(batches):
            rows = np.asarray(chosen(rows, len(X)))
            p = _softmax(X[rows] @ (0 * W if fresh else W), axis)
            W = W - sign * lr * gradient(X[rows], p, np.eye(K)[y[rows]])
        return W

    return wrong


def _changed(name: str, explanation: str, **part) -> Mistake:
    return instead(name, explanation, _loop(**part))


def _over_all(X, y, K, lr, batches):
    W = np.zeros((X.shape[1], K))
    for rows in batches:
        p = _softmax(X[rows] @ W)
        W = W - lr * X[rows].T @ (p - np.eye(K)[y[rows]]) / len(X)
    return W


def _every_step(X, y, K, lr, batches):
    return np.array([_loop()(X, y, K, lr, batches[: k + 1]) for k in range(len(batches))])


TRAIN = (
    instead(
        "the weights of every step",
        "Your last weights are right: return them alone.",
        _every_step,
    ),
    _changed("climbs", "Your steps climb: subtract the gradient.", sign=-1),
    _changed(
        "sum instead of mean",
        "The gradient is that of the *mean* loss: divide by the number of rows of the batch.",
        gradient=lambda X, p, truth: X.T @ (p - truth),
    ),
    instead(
        "divided by all samples",
        "You divide by the number of all samples. The mean is over the rows of the batch.",
        _over_all,
    ),
    _changed(
        "all rows in every step",
        "You use all rows in every step. A step sees only the rows of its batch.",
        chosen=lambda rows, n: np.arange(n),
    ),
    _changed(
        "softmax over the wrong axis",
        "Your probabilities sum to 1 over the samples. They should over the classes of a sample: "
        "`axis=1`.",
        axis=0,
    ),
    _changed(
        "truth forgotten",
        "You step along the probabilities and forget to subtract the one-hot truth.",
        gradient=lambda X, p, truth: X.T @ p / len(X),
    ),
    _changed(
        "gradient at the start",
        "Your gradient is always taken at zero weights. Compute the logits with the weights that "
        "the last step has left.",
        fresh=True,
    ),
    _changed(
        "one step only",
        "You make one step and return. Is the `return` inside the loop?",
        last=lambda batches: batches[:1],
    ),
    _changed(
        "last batch forgotten",
        "The last batch is missing.",
        last=lambda batches: batches[:-1],
    ),
    _changed(
        "squared error",
        "You send 2 (p − y) through the softmax, the slope of a squared error. The cross-entropy's "
        "is p − y.",
        gradient=lambda X, p, truth: (
            X.T @ (2 * p * (p - truth - (p * (p - truth)).sum(axis=1, keepdims=True))) / len(X)
        ),
    ),
    _changed(
        "divided by the classes too",
        "You divide by the number of classes as well. The mean is over the rows only. (`np.mean` "
        "without `axis` takes all entries.)",
        gradient=lambda X, p, truth: X.T @ (p - truth) / p.size,
    ),
)
