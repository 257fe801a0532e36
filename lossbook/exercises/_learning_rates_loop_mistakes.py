"""Typical mistakes of a training loop with a schedule: (X, y, lr, batch_size, orders)."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments


def _line(lr, t, epoch, per_epoch, epochs):
    return lr * (1 - t / (per_epoch * epochs))


def _loop(rate=_line, start=np.zeros, rounds=slice(None), stale=False):
    """Return the loop with the rate ``rate(lr, t, epoch, per_epoch, epochs)``."""

    def run(X, y, lr, batch_size, orders):
        w, batches = start(X.shape[1]), orders.reshape(len(orders), -1, batch_size)
        epochs, per_epoch = batches.shape[:2]
        for epoch in range(epochs)[rounds]:
            first = w
            for j, i in enumerate(batches[epoch]):
                grad = 2 * X[i].T @ (X[i] @ (first if stale else w) - y[i]) / batch_size
                w = w - rate(lr, epoch * per_epoch + j, epoch, per_epoch, epochs) * grad
        return w

    return run


def _compounded(X, y, lr, batch_size, orders):
    total = orders.size // batch_size
    shrunk = lr * np.cumprod(1 - np.arange(total) / total)
    return _loop(lambda lr, t, *rest: shrunk[t])(X, y, lr, batch_size, orders)


def _whole(X, y, lr, batch_size, orders):
    w, total = np.zeros(X.shape[1]), len(orders)
    for epoch in range(total):
        w = w - lr * (1 - epoch / total) * 2 * X.T @ (X @ w - y) / len(y)
    return w


_ANEW = (
    "Your parameters are set back to zero at the start of every epoch, so that only the last one "
    "counts. Make the zeros before the outer loop."
)

LOOP = (
    instead(
        "stepped per epoch",
        "Your rate changes once an epoch. It changes with every step: count the steps, and divide "
        "by the number of all steps.",
        _loop(lambda lr, t, epoch, per, epochs: lr * (1 - epoch / epochs)),
    ),
    instead(
        "told the epoch",
        "Your rate counts epochs but divides by the number of all steps, so that it hardly falls. "
        "Count steps.",
        _loop(lambda lr, t, epoch, per, epochs: lr * (1 - epoch / (per * epochs))),
    ),
    instead(
        "T in epochs",
        "Your T is the number of epochs. After so many steps your rate is negative, and you climb: "
        "T is the number of all steps, epochs times batches.",
        _loop(lambda lr, t, epoch, per, epochs: lr * (1 - t / epochs)),
    ),
    instead(
        "T in epochs, cut off",
        "Your T is the number of epochs, so that the rate is 0 long before the end. T is the "
        "number of all steps, epochs times batches.",
        _loop(lambda lr, t, epoch, per, epochs: lr * max(1 - t / epochs, 0)),
    ),
    instead(
        "T of one epoch",
        "Your T is the number of steps of one epoch: in the second the rate is negative, and you "
        "climb. T counts the steps of all epochs.",
        _loop(lambda lr, t, epoch, per, epochs: lr * (1 - t / per)),
    ),
    instead(
        "counter restarted in every epoch",
        "Your t begins again at 0 in every epoch, so that the rate jumps back up. Make it before "
        "both loops.",
        _loop(lambda lr, t, epoch, per, epochs: lr * (1 - t % per / (per * epochs))),
    ),
    instead(
        "a line for each epoch",
        "Your rate falls to 0 in every epoch and jumps back. One line goes through all epochs.",
        _loop(lambda lr, t, epoch, per, epochs: lr * (1 - t % per / per)),
    ),
    instead(
        "rate not updated",
        "Your rate is `lr` in every step. Is t still 0 at the end, or the rate computed before the "
        "loops? Or does `//` cut t / T down to 0? Use `/`.",
        _loop(lambda lr, *rest: lr),
    ),
    instead(
        "counter one ahead",
        "Your first step has t = 1, and the last a rate of 0. Use the rate first, then add 1 to t.",
        _loop(lambda lr, t, epoch, per, epochs: lr * (1 - (t + 1) / (per * epochs))),
    ),
    instead(
        "down to 0 in the last step",
        "You divide by T − 1, so that the last step has the rate 0 and is wasted. Divide by T.",
        _loop(lambda lr, t, epoch, per, epochs: lr * (1 - t / max(per * epochs - 1, 1))),
    ),
    instead(
        "shrunk again and again",
        "You overwrite `lr` with the smaller one, and shrink that again in the next turn. Compute "
        "each rate from the first.",
        _compounded,
    ),
    instead(
        "growing rate",
        "Your rate climbs along the line. It is lr · (1 − t/T): largest at first.",
        _loop(lambda lr, t, epoch, per, epochs: lr * t / (per * epochs)),
    ),
    instead(
        "one step an epoch",
        "You make one step an epoch, with all samples. A step belongs to every batch.",
        _whole,
    ),
    instead(
        "started from ones",
        "Your loop starts at w = 1. Start from zeros, as the exercise says.",
        _loop(start=np.ones),
    ),
    instead(
        "first epoch only",
        "Only the first epoch counts. Is the `return` inside the outer loop?",
        _loop(rounds=slice(1)),
    ),
    instead(
        "started anew in every epoch",
        _ANEW,
        _loop(rounds=slice(-1, None)),
    ),
    instead(
        "all started anew in every epoch",
        f"{_ANEW} The same holds for t.",
        _loop(
            lambda lr, t, _, per, epochs: lr * (1 - t % per / (per * epochs)),
            rounds=slice(-1, None),
        ),
    ),
    instead(
        "gradient of the epoch's start",
        "You compute all gradients of an epoch at the parameters with which it began. Each batch "
        "must see the parameters that the batch before it left.",
        _loop(stale=True),
    ),
    of_arguments(
        "uphill",
        "Your loop adds the gradient where it must subtract it, and climbs.",
        lambda X, y, lr, *rest: (X, y, -lr, *rest),
    ),
    of_arguments(
        "step half as long",
        "Every step is half as long as it should be. Look for a forgotten factor 2 in the gradient "
        "(the derivative of r² is 2r).",
        lambda X, y, lr, *rest: (X, y, lr / 2, *rest),
    ),
    of_arguments(
        "step twice as long",
        "Every step is twice as long as it should be. Look for a factor 2 that does not belong "
        "there.",
        lambda X, y, lr, *rest: (X, y, 2 * lr, *rest),
    ),
    of_arguments(
        "sum instead of mean",
        "The division by the size of the batch is missing: every step is that many times too long.",
        lambda X, y, lr, size, orders: (X, y, lr * size, size, orders),
    ),
    of_arguments(
        "divided by all samples",
        "You divide by the number of all samples. The mean is over the batch.",
        lambda X, y, lr, size, orders: (X, y, lr * size / len(y), size, orders),
    ),
    of_arguments(
        "no shuffling",
        "You take the samples as they stand and do not use `orders`.",
        lambda *args: (*args[:-1], np.sort(args[-1], axis=1)),
    ),
    of_arguments(
        "same order in every epoch",
        "You go through the first order in every epoch. Each row of `orders` is a new shuffle.",
        lambda *args: (*args[:-1], np.repeat(args[-1][:1], len(args[-1]), axis=0)),
    ),
)
