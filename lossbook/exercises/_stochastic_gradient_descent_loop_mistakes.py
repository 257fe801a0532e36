"""Typical mistakes of loops over epochs, batches and shrinking steps."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments

# --- epochs: (X, y, lr, batch_size, orders) ----------------------------------------------------


def _loop(step_of, orders_of=lambda X, orders: orders):
    """Return the loop over epochs and batches with another step."""

    def run(X, y, lr, batch_size, orders):
        w = np.zeros(X.shape[1])
        for order in orders_of(X, orders):
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                r = X[rows] @ w - y[rows]
                w = w - lr * step_of(X[rows].T @ r, len(rows), batch_size, len(y))
        return w

    return run


def _stale(X, y, lr, batch_size, orders):
    w = np.zeros(X.shape[1])
    for _ in orders:
        w = w - lr * 2 * X.T @ (X @ w - y) / batch_size
    return w


_UPHILL = of_arguments(
    "uphill",
    "Your loop adds the gradient where it must subtract it, and climbs.",
    lambda X, y, lr, *rest: (X, y, -lr, *rest),
)
_HALF = of_arguments(
    "step half as long",
    "Every step is half as long as it should be. Look for a forgotten factor 2 in the gradient "
    "(the derivative of r² is 2r).",
    lambda X, y, lr, *rest: (X, y, lr / 2, *rest),
)
_DOUBLE = of_arguments(
    "step twice as long",
    "Every step is twice as long as it should be. Look for a factor 2 that does not belong there.",
    lambda X, y, lr, *rest: (X, y, 2 * lr, *rest),
)
_ONE_EPOCH = of_arguments(
    "first epoch only",
    "Only the first epoch counts. Is the `return` inside the outer loop?",
    lambda *args: (*args[:-1], args[-1][:1]),
)
_SAME_ORDER = of_arguments(
    "same order in every epoch",
    "You go through the first order in every epoch. Each row of `orders` is a new shuffle: "
    "take them one after the other.",
    lambda *args: (*args[:-1], np.repeat(args[-1][:1], len(args[-1]), axis=0)),
)
_NO_SHUFFLE = of_arguments(
    "no shuffling",
    "You take the samples as they stand and do not use `orders`. On sorted data that ends at the "
    "wrong place.",
    lambda *args: (*args[:-1], np.sort(args[-1], axis=1)),
)
_STATE_LOST = of_arguments(
    "started anew in every epoch",
    "Your parameters are set back to zero at the start of every epoch, so that only the last one "
    "counts. Make the zeros before the outer loop.",
    lambda *args: (*args[:-1], args[-1][-1:]),
)
_COMMON = (_UPHILL, _HALF, _DOUBLE, _ONE_EPOCH, _STATE_LOST, _SAME_ORDER, _NO_SHUFFLE)

EPOCHS = (
    *_COMMON,
    instead(
        "last batch at full step",
        "Your last batch makes a full step although it may be smaller, so its samples count for "
        "more than the others. Multiply the step by len(rows) / batch_size.",
        _loop(lambda g, size, full, n: 2 * g / size),
    ),
    instead(
        "last batch dropped",
        "You leave out the last batch when it is not full. It is to be used, with its share of a "
        "step: let the slice be shorter. If it is, does `//` make the share 0? Divide with `/`.",
        _loop(lambda g, size, full, n: 2 * g / full * (size == full)),
    ),
    instead(
        "share taken twice",
        "The share of the last batch is in your step twice. The sum over the batch divided by "
        "`batch_size` has it already; the mean over the batch needs it once.",
        _loop(lambda g, size, full, n: 2 * g * size / full**2),
    ),
    instead(
        "sum instead of mean",
        "The division by the size of the batch is missing: you add the gradients up, so that the "
        "learning rate would have to change with the batch.",
        _loop(lambda g, size, full, n: 2 * g),
    ),
    instead(
        "divided by all samples",
        "You divide by the number of all samples. The mean is over the batch.",
        _loop(lambda g, size, full, n: 2 * g / n),
    ),
    instead(
        "gradient of the epoch's start",
        "You compute all gradients of an epoch at the parameters with which it began. Each batch "
        "must see the parameters that the batch before it left.",
        _stale,
    ),
    instead(
        "one step an epoch",
        "You make one step an epoch, with all samples: gradient descent. The step belongs inside "
        "the inner loop.",
        lambda X, y, lr, batch_size, orders: _loop(lambda g, size, full, n: 2 * g / size)(
            X, y, lr, len(y), orders
        ),
    ),
)

# --- the shrinking step: (X, y, lr, every, orders) ---------------------------------------------


def _steps(rate):
    """Return the loop over single samples with the learning rate ``rate(lr, t, every, n)``."""

    def run(X, y, lr, every, orders):
        w = np.zeros(X.shape[1])
        for t, i in enumerate(orders.ravel()):
            w = w - rate(lr, t, every, len(y)) * 2 * (X[i] @ w - y[i]) * X[i]
        return w

    return run


DECAY = (
    *_COMMON,
    instead(
        "constant step",
        "Your learning rate does not shrink. Is t still 0 at the end?",
        _steps(lambda lr, t, every, n: lr),
    ),
    instead(
        "stepped per epoch",
        "Your t counts epochs. It counts steps: the learning rate is a new one for every sample.",
        _steps(lambda lr, t, every, n: lr / (1 + t // n / every)),
    ),
    instead(
        "counter restarted in every epoch",
        "Your t begins again at 0 in every epoch, so that the step jumps back to its full length. "
        "Let it count on.",
        _steps(lambda lr, t, every, n: lr / (1 + t % n / every)),
    ),
    instead(
        "counter one ahead",
        "Your first step has t = 1. Use the learning rate first, then add 1 to t.",
        _steps(lambda lr, t, every, n: lr / (1 + (t + 1) / every)),
    ),
    instead(
        "a staircase",
        "Your learning rate stays the same for `every` steps and then falls. `//` cuts the "
        "quotient down; use `/`.",
        _steps(lambda lr, t, every, n: lr / (1 + t // every)),
    ),
    instead(
        "every ignored",
        "You divide by 1 + t. It is t / every: the step is half as long after `every` steps.",
        _steps(lambda lr, t, every, n: lr / (1 + t)),
    ),
    instead(
        "every multiplied",
        "You multiply t by `every`. Divide: a larger `every` means a slower fall.",
        _steps(lambda lr, t, every, n: lr / (1 + t * every)),
    ),
    instead(
        "growing step",
        "Your learning rate grows with t. Divide by 1 + t / every.",
        _steps(lambda lr, t, every, n: lr * (1 + t / every)),
    ),
    instead(
        "shrunk again and again",
        "You overwrite `lr` with the smaller one, and divide that again in the next turn: the step "
        "shrinks much too fast. Compute it from the first `lr` every time.",
        lambda X, y, lr, every, orders: _steps(
            lambda lr, t, every, n: lr / np.prod(1 + np.arange(t + 1) / every)
        )(X, y, lr, every, orders),
    ),
    instead(
        "divided by all samples",
        "You divide the gradient by the number of all samples. It is that of one sample: nothing "
        "is averaged.",
        _steps(lambda lr, t, every, n: lr / (1 + t / every) / n),
    ),
)
