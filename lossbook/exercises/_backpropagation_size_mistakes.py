"""Typical mistakes of scaling: clipped gradients, first weights, small differences."""

import numpy as np

from lossbook.exercises._mistake import instead, of_result


def _scaled_to(size):
    """Return the clipping whose yardstick is another size of the gradient."""

    def wrong(grad, limit):
        found = size(grad)
        return grad * (limit / found if found > limit else 1.0)

    return wrong


# Called as clip(grad, limit).
CLIP = (
    instead(
        "clipped entry by entry",
        "You cut every entry at ±limit by itself. That turns the gradient: its direction is no "
        "longer that of steepest ascent, and it can still be longer than the limit. Multiply the "
        "whole vector by one number.",
        lambda grad, limit: np.clip(grad, -limit, limit),
    ),
    instead(
        "short gradients lengthened",
        "You bring every gradient to the length `limit`, the short ones too. Then a run never "
        "comes to rest. Leave alone what is not longer than the limit.",
        lambda grad, limit: grad * limit / (np.linalg.norm(grad) or 1.0),
    ),
    instead(
        "NaN for a gradient of zero",
        "You bring every gradient to the length `limit`, the short ones too, and a gradient of "
        "zero becomes 0/0 = NaN. Leave alone what is not longer than the limit.",
        lambda grad, limit: grad * limit / np.linalg.norm(grad),
    ),
    instead(
        "length 1 in place of the limit",
        "A gradient that is too long comes out with the length 1. Multiply it by limit/norm, so "
        "that it has the length `limit`.",
        lambda grad, limit: (
            grad / max(np.linalg.norm(grad), 1e-300) if np.linalg.norm(grad) > limit else grad
        ),
    ),
    instead(
        "squared norm",
        "Your length is the sum of the squares. The norm is the root of it.",
        _scaled_to(lambda grad: grad @ grad),
    ),
    instead(
        "largest entry in place of the norm",
        "You compare the largest entry with the limit. The length of the vector is asked for, the "
        "root of the sum of the squares.",
        _scaled_to(lambda grad: np.abs(grad).max()),
    ),
    instead(
        "sum of sizes in place of the norm",
        "You add up the sizes of the entries. The norm is the root of the sum of the squares.",
        _scaled_to(lambda grad: np.abs(grad).sum()),
    ),
    instead(
        "root mean square in place of the norm",
        "You take the mean of the squares before the root. The norm takes their sum: otherwise "
        "the limit would grow with the number of parameters.",
        _scaled_to(lambda grad: np.sqrt(np.mean(grad**2))),
    ),
    instead(
        "long gradients dropped",
        "You set a gradient that is too long to zero: that step is lost. Shorten it.",
        lambda grad, limit: grad * (np.linalg.norm(grad) <= limit),
    ),
    instead(
        "not clipped",
        "Long gradients come back as they are. Shorten those whose norm is above `limit`.",
        lambda grad, limit: grad.copy(),
    ),
    instead(
        "limit below, not above",
        "You shorten nothing and lengthen the short ones: the comparison is the wrong way round.",
        lambda grad, limit: (
            grad * (limit / np.linalg.norm(grad) if 0 < np.linalg.norm(grad) < limit else 1.0)
        ),
    ),
)


def _spread(name, explanation, factor):
    return instead(name, explanation, lambda draw: draw * factor(*draw.shape))


# Called as start(draw), draw of shape (inputs, units).
HE = (
    _spread(
        "variance in place of the spread",
        "You multiply by 2/inputs, which is the *variance* wanted. A number times k has k² times "
        "the variance: multiply by the root.",
        lambda inputs, units: 2 / inputs,
    ),
    _spread(
        "factor 2 forgotten",
        "That is LeCun's start, variance 1/inputs, for activations that keep the size. A ReLU "
        "passes half of the squares on: the 2 makes up for it.",
        lambda inputs, units: np.sqrt(1 / inputs),
    ),
    _spread(
        "units in place of inputs",
        "You divide by the number of units, the columns. What is added up on the way forward are "
        "the *inputs* of a unit, the rows.",
        lambda inputs, units: np.sqrt(2 / units),
    ),
    _spread(
        "Glorot's start",
        "That is Glorot's variance, 2/(inputs + units). He's is 2/inputs.",
        lambda inputs, units: np.sqrt(2 / (inputs + units)),
    ),
    _spread(
        "multiplied where it must be divided",
        "You multiply by √(inputs/2). The more inputs are added up, the smaller each weight must "
        "be: √(2/inputs).",
        lambda inputs, units: np.sqrt(inputs / 2),
    ),
    _spread(
        "2 outside the root",
        "You multiply by 2/√inputs, which is a variance of 4/inputs. The 2 belongs under the root.",
        lambda inputs, units: 2 / np.sqrt(inputs),
    ),
    _spread(
        "all entries counted",
        "You divide by the number of all weights of the layer. Each unit adds up its own inputs, "
        "as many as there are rows.",
        lambda inputs, units: np.sqrt(2 / (inputs * units)),
    ),
)


def _value(w, X, y):
    return np.mean((np.tanh(X @ w) - y) ** 2)


def _differences(ahead, behind, width):
    """Return a table of differences with other points or another width."""

    def wrong(w, X, y, h):
        steps = h * np.eye(len(w))
        found = [_value(w + ahead * s, X, y) - _value(w - behind * s, X, y) for s in steps]
        return np.array(found) / (width * h)

    return wrong


def _exact(w, X, y, h):
    a = np.tanh(X @ w)
    return X.T @ (2 * (a - y) * (1 - a**2)) / len(y)


def _together(w, X, y, h):
    found = (_value(w + h, X, y) - _value(w - h, X, y)) / (2 * h)
    return np.full(len(w), found)


def _not_put_back(w, X, y, h):
    grad, w = np.empty(len(w)), w.copy()
    for j in range(len(w)):
        w[j] += h
        above = _value(w, X, y)
        w[j] -= 2 * h
        grad[j] = (above - _value(w, X, y)) / (2 * h)
    return grad


# Called as differences(w, X, y, h).
DIFFERENCES = (
    instead(
        "forward difference",
        "You compare the loss at w + h with the loss at w. That is a forward difference, whose "
        "error is of the size of h; here both sides are asked for, w + h and w − h, over 2h.",
        _differences(1, 0, 1),
    ),
    instead(
        "backward difference",
        "You compare the loss at w with the loss at w − h. Take both sides, w + h and w − h, "
        "over 2h.",
        _differences(0, 1, 1),
    ),
    instead(
        "divided by h",
        "The two points are 2h apart, and you divide by h: everything is twice too large.",
        _differences(1, 1, 1),
    ),
    instead(
        "half the width",
        "Your points are h/2 to either side. That is a fine difference; here h to either side "
        "is asked for, over 2h.",
        _differences(0.5, 0.5, 1),
    ),
    instead(
        "sign reversed",
        "The difference is the wrong way round: ahead minus behind, f(w + h) − f(w − h).",
        _differences(-1, -1, 2),
    ),
    instead(
        "exact gradient",
        "That is the derivative itself, by formula or with a tiny h of your own. It is what is to "
        "be *checked*; the central differences with the `h` that is given are asked for.",
        _exact,
    ),
    instead(
        "all parameters moved together",
        "You move all parameters at once, which gives one number, the slope along the diagonal. "
        "Move one at a time.",
        _together,
    ),
    of_result(
        "sum instead of mean",
        "The 1/n is missing: your loss adds the squared errors up, and the mean is asked for.",
        lambda grad, w, X, y, h: grad * len(y),
    ),
    instead(
        "parameter not put back",
        "After its turn each parameter stays where it was moved to, and the next ones are "
        "measured somewhere else. Put it back, or work on a fresh copy.",
        _not_put_back,
    ),
    instead(
        "differences not divided",
        "You return the differences of the loss. Divide by the distance of the points, 2h.",
        lambda w, X, y, h: _differences(1, 1, 1)(w, X, y, h) * h,
    ),
    instead(
        "residuals not squared",
        "Your loss averages the plain residuals. It is the mean of their squares.",
        lambda w, X, y, h: np.array(
            [
                np.mean(np.tanh(X @ (w + s)) - np.tanh(X @ (w - s))) / (2 * h)
                for s in h * np.eye(len(w))
            ]
        ),
    ),
)
