"""Typical mistakes of backpropagation through one hidden layer of tanh."""

import numpy as np

from lossbook.exercises._mistake import instead

# --- one backward pass, called as backward(X, Z1, W2, D2) → (dW1, db1, dW2, db2) ----------------


def _slope(Z1):
    return 1 - np.tanh(Z1) ** 2


def _through(W2, D2):
    return D2 @ W2.T


def _mean(left, D):
    return left.T @ D / len(D)


def _row(D):
    return D.mean(axis=0)


def _pass(name, explanation, slope=_slope, through=_through, weights=_mean, bias=_row, hidden=None):
    """Return the mistake of a backward pass with another part."""

    def wrong(X, Z1, W2, D2):
        A1 = np.tanh(Z1) if hidden is None else hidden(Z1)
        D1 = through(W2, D2) * slope(Z1)
        return weights(X, D1), bias(D1), weights(A1, D2), bias(D2)

    return instead(name, explanation, wrong)


BACKWARD = (
    _pass(
        "activation's slope forgotten",
        "The hidden δ has come back through W₂ and not through the tanh: multiply it, entry by "
        "entry, by the slope 1 − tanh²(Z₁).",
        slope=lambda Z1: 1.0,
    ),
    _pass(
        "slope at the activation",
        "You take the slope of tanh at A₁ = tanh(Z₁). It belongs at Z₁, what went *into* the tanh: "
        "1 − tanh²(Z₁), which is 1 − A₁² (squared once, not put through tanh again).",
        slope=lambda Z1: 1 - np.tanh(np.tanh(Z1)) ** 2,
    ),
    _pass(
        "pre-activation squared",
        "Your slope is 1 − Z₁². That of tanh is 1 − tanh²(Z₁): square the activation, not what "
        "went into it.",
        slope=lambda Z1: 1 - Z1**2,
    ),
    _pass(
        "activation in place of its slope",
        "You multiply by tanh(Z₁), the activation. The chain rule wants its derivative there, "
        "1 − tanh²(Z₁).",
        slope=np.tanh,
    ),
    _pass(
        "slope of a ReLU",
        "You multiply by the slope of a ReLU, 0 or 1. The hidden layer here is a tanh, with the "
        "slope 1 − tanh²(Z₁).",
        slope=lambda Z1: Z1 > 0,
    ),
    _pass(
        "reshaped where it must be transposed",
        "The way back goes through the transpose of W₂. `reshape` gives the same shape and puts "
        "the numbers in the wrong places: write `W2.T`.",
        through=lambda W2, D2: D2 @ W2.reshape(W2.shape[::-1]),
    ),
    _pass(
        "weights not passed",
        "Every hidden unit gets the plain sum of the δ behind it. Each δ has to come back times "
        "the weight that it passes: D2 @ W2.T.",
        through=lambda W2, D2: D2.sum(axis=1, keepdims=True),
    ),
    _pass(
        "sum instead of mean",
        "The 1/n is missing in all four: the loss is a mean over the samples.",
        weights=lambda left, D: left.T @ D,
        bias=lambda D: D.sum(axis=0),
    ),
    _pass(
        "1/n in the weights only",
        "The gradients of the weights are means over the samples, and those of the biases sums. "
        "All four must be means.",
        bias=lambda D: D.sum(axis=0),
    ),
    _pass(
        "1/n in the biases only",
        "The gradients of the biases are means over the samples, and those of the weights sums: "
        "the matrix product adds the samples up, so divide it by n.",
        weights=lambda left, D: left.T @ D,
    ),
    _pass(
        "weights' gradients transposed",
        "The gradients of the weights come out with rows and columns exchanged. A gradient has the "
        "shape of its parameters: (what went in)ᵀ @ D, one row for each input.",
        weights=lambda left, D: D.T @ left / len(D),
    ),
    _pass(
        "one number for all biases",
        "Your bias gradients take the mean over the whole table. Every unit has its own bias: "
        "average over the samples only, `axis=0`.",
        bias=lambda D: np.full(D.shape[1], D.mean()),
    ),
    _pass(
        "pre-activations for activations",
        "The gradient of W₂ is made with Z₁. What W₂ multiplied on the way forward was "
        "tanh(Z₁); so that is what stands in its gradient.",
        hidden=lambda Z1: Z1,
    ),
    instead(
        "gradients of two layers swapped",
        "These are the right gradients in another order. Return dW1, db1, dW2, db2.",
        lambda X, Z1, W2, D2: (
            _mean(np.tanh(Z1), D2),
            _row(D2),
            _mean(X, _through(W2, D2) * _slope(Z1)),
            _row(_through(W2, D2) * _slope(Z1)),
        ),
    ),
)

# --- a loop, called as loop(X, y, W1, w2, lr, order) → (W1, w2) ----------------------------------


def _both(W1, w2, x, D1, a, d2, lr):
    return W1 - lr * np.outer(x, D1), w2 - lr * d2 * a


def _loop(name, explanation, move=_both, factor=2.0, slope=None, back=None, rows=None):
    """Return the mistake of a loop with another part."""
    slope = slope or (lambda a: 1 - a**2)
    back = back or (lambda w2, w2_start: w2)
    rows = rows or (lambda order: order)

    def wrong(X, y, W1, w2, lr, order):
        w2_start = w2
        for i in rows(order):
            a = np.tanh(X[i] @ W1)
            d2 = factor * (a @ w2 - y[i])
            W1, w2 = move(W1, w2, X[i], d2 * back(w2, w2_start) * slope(a), a, d2, lr)
        return W1, w2

    return instead(name, explanation, wrong)


def _second_first(X, y, W1, w2, lr, order):
    for i in order:
        a = np.tanh(X[i] @ W1)
        d2 = 2 * (a @ w2 - y[i])
        w2 = w2 - lr * d2 * a
        W1 = W1 - lr * np.outer(X[i], d2 * w2 * (1 - a**2))
    return W1, w2


def _first_then_again(X, y, W1, w2, lr, order):
    for i in order:
        a = np.tanh(X[i] @ W1)
        d2 = 2 * (a @ w2 - y[i])
        W1 = W1 - lr * np.outer(X[i], d2 * w2 * (1 - a**2))
        a = np.tanh(X[i] @ W1)
        w2 = w2 - lr * 2 * (a @ w2 - y[i]) * a
    return W1, w2


def _all_at_once(X, y, W1, w2, lr, order):
    for _ in order:
        A = np.tanh(X @ W1)
        d2 = 2 * (A @ w2 - y)
        D1 = np.outer(d2, w2) * (1 - A**2)
        W1, w2 = W1 - lr * X.T @ D1 / len(y), w2 - lr * A.T @ d2 / len(y)
    return W1, w2


def _never_renewed(X, y, W1, w2, lr, order):
    first, second = W1, w2
    for i in order:
        a = np.tanh(X[i] @ first)
        d2 = 2 * (a @ second - y[i])
        W1, w2 = _both(W1, w2, X[i], d2 * second * (1 - a**2), a, d2, lr)
    return W1, w2


LOOP = (
    instead(
        "second layer moved too early",
        "You update `w2` before it has sent δ back, so that the hidden layer hears a signal of "
        "weights that were not there on the way forward. Compute both gradients first, then move "
        "both layers.",
        _second_first,
    ),
    instead(
        "forward again between the layers",
        "You move `W1` and go forward again before you move `w2`. Both gradients belong to the "
        "same parameters: compute both, then move both.",
        _first_then_again,
    ),
    _loop(
        "hidden layer not updated",
        "`W1` comes back as it was: only the last layer learns. Does its update assign a new `W1`?",
        move=lambda W1, w2, x, D1, a, d2, lr: (W1, w2 - lr * d2 * a),
    ),
    _loop(
        "last layer not updated",
        "`w2` comes back as it was: only the hidden layer learns. Move it as well, against "
        "δ₂ times the activations.",
        move=lambda W1, w2, x, D1, a, d2, lr: (W1 - lr * np.outer(x, D1), w2),
    ),
    _loop(
        "uphill",
        "Both layers go uphill. Either the residual is y − ŷ where it should be ŷ − y, or the "
        "step is added where it must be subtracted.",
        factor=-2.0,
    ),
    _loop(
        "hidden layer uphill",
        "The last layer goes downhill and the hidden layer goes uphill. Look at the sign of the "
        "update of `W1`.",
        move=lambda W1, w2, x, D1, a, d2, lr: (W1 + lr * np.outer(x, D1), w2 - lr * d2 * a),
    ),
    _loop(
        "factor 2 forgotten",
        "Every step is half as long as it should be: the derivative of (ŷ − y)² is 2(ŷ − y).",
        factor=1.0,
    ),
    _loop(
        "activation's slope forgotten",
        "The hidden δ is δ₂ times `w2`, without the slope of the tanh: multiply by 1 − a².",
        slope=lambda a: 1.0,
    ),
    _loop(
        "slope at the activation",
        "You take 1 − tanh²(a), the slope of tanh at the activation. It is wanted at what went "
        "into the tanh, where it is 1 − a².",
        slope=lambda a: 1 - np.tanh(a) ** 2,
    ),
    _loop(
        "signal through the first weights",
        "δ comes back through the `w2` that you were given at the start. Use the present one in "
        "every turn.",
        back=lambda w2, w2_start: w2_start,
    ),
    instead(
        "gradients never renewed",
        "All gradients are taken at the parameters you started from. Go forward and backward "
        "anew in every turn, with the present weights.",
        _never_renewed,
    ),
    _loop(
        "order ignored",
        "You take the samples in the order of the table, one after the other. Take those that "
        "`order` names.",
        rows=lambda order: np.arange(len(order)) % (1 + order.max()),
    ),
    _loop(
        "one sample only",
        "You return after the first sample. Is the `return` inside the loop?",
        rows=lambda order: order[:1],
    ),
    instead(
        "all samples in every step",
        "Every step follows the mean gradient of all samples. Here each step follows that of one "
        "sample, the one whose number `order` gives.",
        _all_at_once,
    ),
)
