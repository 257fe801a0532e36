"""Typical mistakes of a proximal gradient loop, called as lasso(X, y, lr, steps, strength)."""

import numpy as np

from lossbook.exercises._mistake import instead
from lossbook.exercises._regularization_mistakes import shrink


def _loop(turn, start=0.0):
    """Return the loop whose turns are ``w = turn(w, gradient, lr, strength)``."""

    def run(X, y, lr, steps, strength):
        w = np.full(X.shape[1], start)
        for _ in range(steps):
            w = turn(w, lambda at: X.T @ (X @ at - y) / len(y), lr, strength)
        return w

    return run


def _but_last(w, change):
    w = w.copy()
    w[:-1] = change(w[:-1])
    return w


def _right(w, slope, lr, strength):
    return _but_last(w - lr * slope(w), lambda v: shrink(v, lr * strength))


def _before(w, slope, lr, strength):
    w = _but_last(w, lambda v: shrink(v, lr * strength))
    return w - lr * slope(w)


def _apart(w, slope, lr, strength):
    return _but_last(w, lambda v: shrink(v, lr * strength)) - lr * slope(w)


def _changed(change):
    """Return the turn whose gradient step is right and is followed by `change`."""
    return lambda w, slope, lr, s: _but_last(w - lr * slope(w), lambda v: change(v, lr, s))


def _times(factor):
    """Return the loop whose gradient, and not its threshold, is multiplied by ``factor(y)``."""

    def run(X, y, lr, steps, strength):
        return _loop(_right)(X, y, lr * factor(y), steps, strength / factor(y))

    return run


def _once(X, y, lr, steps, strength):
    w = _loop(lambda w, slope, lr, s: w - lr * slope(w))(X, y, lr, steps, strength)
    return _but_last(w, lambda v: shrink(v, lr * strength))


LASSO = (
    instead(
        "uphill",
        "Your gradient step adds the gradient, and climbs. Subtract it.",
        _times(lambda y: -1),
    ),
    instead(
        "threshold only after the loop",
        "You shrink the weights once, after the last turn. Each turn is a gradient step and a "
        "proximal step: the threshold belongs inside the loop.",
        _once,
    ),
    instead(
        "first weight spared",
        "You leave the first weight alone and shrink the last. The intercept is the last.",
        _loop(
            lambda w, slope, lr, s: _but_last(
                (w - lr * slope(w))[::-1], lambda v: shrink(v, lr * s)
            )[::-1]
        ),
    ),
    instead(
        "threshold before the gradient step",
        "You take the proximal step first and the gradient step after it, so that the weights you "
        "return are not exactly zero. Swap the two.",
        _loop(_before),
    ),
    instead(
        "gradient and threshold at the old weights",
        "You compute the gradient before the threshold and subtract it after. The threshold "
        "comes last, on the weights that the gradient step has moved.",
        _loop(_apart),
    ),
    instead(
        "no proximal step",
        "This is gradient descent without a penalty: the threshold makes no difference to your "
        "weights.",
        _loop(lambda w, slope, lr, s: w - lr * slope(w)),
    ),
    instead(
        "no gradient step",
        "Your weights never leave zero. Is the result of the gradient step assigned, or is `w` an "
        "array of integers?",
        lambda X, y, lr, steps, s: np.zeros(X.shape[1]),
    ),
    instead(
        "intercept penalised",
        "You shrink the last weight too. It is the intercept: leave it alone.",
        _loop(lambda w, slope, lr, s: shrink(w - lr * slope(w), lr * s)),
    ),
    instead(
        "strength without the step size",
        "Your threshold is λ. A step of size η moves each weight by η λ.",
        _loop(_changed(lambda v, lr, s: shrink(v, s))),
    ),
    instead(
        "subgradient instead of threshold",
        "You subtract η λ sign(w): a subgradient step, which jumps over zero and back. Take the "
        "soft threshold, after the gradient step.",
        _loop(lambda w, slope, lr, s: w - lr * (slope(w) + s * np.append(np.sign(w[:-1]), 0))),
    ),
    instead(
        "threshold that does not stop at zero",
        "After the gradient step you move every weight by η λ towards zero and on through it. "
        "Stop at zero.",
        _loop(_changed(lambda v, lr, s: v - lr * s * np.sign(v))),
    ),
    instead(
        "hard threshold",
        "You drop the small weights and leave the large ones as they are. The soft threshold "
        "moves these too, by η λ towards zero.",
        _loop(_changed(lambda v, lr, s: np.where(np.abs(v) > lr * s, v, 0))),
    ),
    instead(
        "the step of L2",
        "You divide the weights by 1 + η λ: that is the proximal step of L2.",
        _loop(_changed(lambda v, lr, s: v / (1 + lr * s))),
    ),
    instead(
        "sum instead of mean",
        "The 1/n is missing in the gradient, so that the penalty is n times too weak against it.",
        _times(len),
    ),
    instead(
        "factor 2 in the gradient",
        "Your gradient is twice as large as it should be: the loss is *half* the mean squared "
        "error, whose gradient is Xᵀ(X w − y) / n.",
        _times(lambda y: 2),
    ),
    instead(
        "half the gradient",
        "Your gradient is half as large as it should be. The derivative of r² is 2r, and the ½ of "
        "the loss takes the 2 away: Xᵀ(X w − y) / n is left.",
        _times(lambda y: 0.5),
    ),
    instead(
        "half the threshold",
        "The gradient step is right, your threshold is half of η λ. There is no ½ in front of the "
        "sum of absolute values.",
        _loop(_changed(lambda v, lr, s: shrink(v, lr * s / 2))),
    ),
    instead(
        "twice the threshold",
        "The gradient step is right, your threshold is twice η λ.",
        _loop(_changed(lambda v, lr, s: shrink(v, 2 * lr * s))),
    ),
    instead(
        "half the step size",
        "Gradient step and threshold are both half as long as they should be, as if η were halved. "
        "The ½ of the loss is already gone from the gradient Xᵀ(X w − y) / n.",
        lambda X, y, lr, steps, strength: _loop(_right)(X, y, lr / 2, steps, strength),
    ),
    instead(
        "started from ones",
        "Your loop starts at w = 1. Start from zeros, as the exercise says.",
        _loop(_right, start=1.0),
    ),
)
