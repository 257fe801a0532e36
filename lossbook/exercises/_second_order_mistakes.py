"""Typical mistakes of Newton's step for logistic regression, and of the loop around it."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments, of_result

# --- one step: (w, X, y) -----------------------------------------------------------------------


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _parts(w, X, y, weight=lambda p: p * (1 - p)):
    """Return gradient and Hessian, with the weights `weight(p)` in the Hessian."""
    p = _sigmoid(X @ w)
    return X.T @ (p - y) / len(y), X.T @ (weight(p)[:, None] * X) / len(y)


def _weighted(weight):
    """Return the step with other weights in the Hessian."""

    def step(w, X, y):
        g, H = _parts(w, X, y, weight)
        return w - np.linalg.solve(H, g)

    return step


def _made_of(change):
    """Return the step w − change(g, H)."""

    def step(w, X, y):
        g, H = _parts(w, X, y)
        return w - change(g, H)

    return step


def _of_logits(w, X, y):
    _, H = _parts(w, X, y)
    return w - np.linalg.solve(H, X.T @ (X @ w - y) / len(y))


NEWTON_STEP = (
    of_result(
        "wrong sign",
        "Your step has the right size and goes the wrong way. With p − y in the gradient it is "
        "subtracted; with y − p it is added.",
        lambda new, w, *args: 2 * w - new,
    ),
    instead(
        "weights forgotten",
        "Your Hessian is XᵀX/n, that of half a squared error. For the log loss the curvature "
        "p(1 − p) of each sample stands between the two.",
        _weighted(np.ones_like),
    ),
    instead(
        "weights p",
        "You weigh the samples with p. The curvature is p(1 − p): small also where the model is "
        "sure of a 1.",
        _weighted(lambda p: p),
    ),
    instead(
        "weights 1 − p",
        "You weigh the samples with 1 − p. The curvature is p(1 − p): small also where the model "
        "is sure of a 0.",
        _weighted(lambda p: 1 - p),
    ),
    instead(
        "root of the weights",
        "You weigh each row with the root of p(1 − p) on one side only. Either the root on both "
        "sides of XᵀX, or p(1 − p) on one.",
        _weighted(lambda p: np.sqrt(p * (1 - p))),
    ),
    instead(
        "weights squared",
        "You multiply by p(1 − p) on both sides of XᵀX, so that it counts squared. Once is "
        "enough: Xᵀ (W X).",
        _weighted(lambda p: (p * (1 - p)) ** 2),
    ),
    of_result(
        "Hessian of the sum, gradient of the mean",
        "Your step is n times too short: the gradient is divided by n and the Hessian is not. "
        "Divide both or neither.",
        lambda new, w, X, y: w + (new - w) / len(y),
    ),
    of_result(
        "gradient of the sum, Hessian of the mean",
        "Your step is n times too long: the Hessian is divided by n and the gradient is not. "
        "Divide both or neither.",
        lambda new, w, X, y: w + (new - w) * len(y),
    ),
    instead(
        "multiplied by the Hessian",
        "You multiply the gradient by H. The step divides by the curvature: "
        "`np.linalg.solve(H, g)`.",
        _made_of(lambda g, H: H @ g),
    ),
    instead(
        "multiplied entry by entry",
        "You multiply the inverse of H and the gradient entry by entry, which makes a table. Use "
        "`@`, or better `np.linalg.solve(H, g)`.",
        _made_of(lambda g, H: np.linalg.inv(H) * g),
    ),
    instead(
        "divided entry by entry",
        "You divide the gradient by the entries of H, which makes a table. To divide by a matrix "
        "is to solve equations: `np.linalg.solve(H, g)`.",
        _made_of(lambda g, H: g / H),
    ),
    instead(
        "gradient inverted",
        "You divide by the gradient. It is the Hessian that is inverted: `np.linalg.solve(H, g)`.",
        _made_of(lambda g, H: 1 / g),
    ),
    instead(
        "diagonal only",
        "You divide each slope by its own curvature, the diagonal of H, and forget how the "
        "parameters hang together. Solve with the whole matrix.",
        _made_of(lambda g, H: g / np.diag(H)),
    ),
    instead(
        "gradient descent",
        "You subtract the bare gradient. Divide by the curvature first: `np.linalg.solve(H, g)`.",
        _made_of(lambda g, H: g),
    ),
    instead(
        "sigmoid forgotten in the gradient",
        "Your gradient compares the logits with the labels. It is Xᵀ(p − y)/n, with the "
        "probabilities.",
        _of_logits,
    ),
    of_result(
        "step instead of new parameters",
        "You return H⁻¹g. Subtract it from `w` and return the result.",
        lambda new, w, *args: w - new,
    ),
    of_result(
        "change instead of new parameters",
        "You return the change alone. Add it to `w` and return the new parameters.",
        lambda new, w, *args: new - w,
    ),
)

# --- the loop: (w, X, y, steps) ----------------------------------------------------------------


def _loss(w, X, y):
    z = X @ w
    return np.mean(np.logaddexp(0, z) - y * z)


def _length(w, s, g, X, y, t=1.0, share=1e-4):
    """Return the first of the lengths t, t/2, … for which the loss falls enough."""
    bound, slope = _loss(w, X, y), share * (g @ s)
    while t > 1e-12 and not _loss(w + t * s, X, y) <= bound + t * slope:
        t = t / 2
    return t


def _trusting(w, s, g, X, y, t):
    """Return the length that a loss made of logarithms of p accepts, also where it is NaN."""

    def loss(w):
        p = _sigmoid(X @ w)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    while loss(w + t * s) > loss(w) + 1e-4 * t * (g @ s):
        t = t / 2
    return t


def _loop(length=_length, direction=np.linalg.solve, frozen=()):
    """Return the loop with another length or direction, or with parts of the first step kept."""

    def run(w, X, y, steps):
        first, t = _parts(w, X, y), 1.0
        for _ in range(steps):
            now = _parts(w, X, y)
            g, H = (first[i] if name in frozen else now[i] for i, name in enumerate("gH"))
            s = -direction(H, g)
            t = length(w, s, g, X, y, t if "t" in frozen else 1.0)
            w = w + t * s
        return w

    return run


def _without_t(w, s, g, X, y, t):
    while t > 1e-12 and _loss(w + t * s, X, y) > _loss(w, X, y) + 1e-4 * (g @ s):
        t = t / 2
    return t


def _one_halving(w, s, g, X, y, t):
    return t if _length(w, s, g, X, y, t) == t else t / 2


NEWTON_LOOP = (
    instead(
        "w unchanged",
        "Your w comes back as it went in. Is t · s ever added to it? And does s lead downhill, "
        "with its minus? Uphill no length will do, and t shrinks to nothing.",
        lambda w, X, y, steps: w,
    ),
    instead(
        "no line search",
        "You take every step at full length. From far away it may land further out than it "
        "began, and the next one still further.",
        _loop(length=lambda *args: 1.0),
    ),
    instead(
        "NaN taken for a fall",
        "Your loss takes the logarithm of p, which is NaN where p has rounded to 0 or 1. Every "
        "comparison with NaN is false, so the loop accepts such a trial. Compute the loss from the "
        "logits: `np.logaddexp(0, z) - y * z`.",
        _loop(length=_trusting),
    ),
    instead(
        "halved at most once",
        "You halve the step once, if at all. Ask again after each halving: `while` in place of "
        "`if`.",
        _loop(length=_one_halving),
    ),
    instead(
        "any fall accepted",
        "You accept any fall. It must be at least 1e-4 · t · |g·s|, so that steps which gain next "
        "to nothing are halved too.",
        _loop(length=lambda *args: _length(*args, share=0.0)),
    ),
    instead(
        "rise accepted",
        "You accept a trial although the loss has risen a little. g·s is negative downhill: add "
        "1e-4 · t · g·s to L(w) as it is, without another minus.",
        _loop(length=lambda *args: _length(*args, share=-1e-4)),
    ),
    instead(
        "t missing in the bound",
        "Your bound is L(w) + 1e-4 · g·s for every length. A step of half the length need fall "
        "half as much only: 1e-4 · t · g·s.",
        _loop(length=_without_t),
    ),
    instead(
        "always halved",
        "All your steps have half the length. Try t = 1 first, and halve only if the loss does "
        "not fall enough: near the minimum the full step is the one that doubles the digits.",
        _loop(length=lambda *args: 0.5),
    ),
    instead(
        "length kept from step to step",
        "Your t is not set back to 1: once halved, it stays short in all steps that follow. Begin "
        "each step with t = 1.",
        _loop(frozen="t"),
    ),
    instead(
        "Hessian never renewed",
        "You compute the Hessian once, at the start. It changes as you move: it belongs inside "
        "the loop.",
        _loop(frozen="H"),
    ),
    instead(
        "direction never renewed",
        "You compute gradient and Hessian once, at the start, and follow the same direction in "
        "every step. Both belong inside the loop.",
        _loop(frozen="gH"),
    ),
    instead(
        "gradient descent with a line search",
        "Your direction is the bare gradient. Newton's is −H⁻¹g.",
        _loop(direction=lambda H, g: g),
    ),
    of_arguments(
        "one step too few",
        "Your loop makes one step less than it should. `range(steps)` makes exactly `steps`.",
        lambda w, X, y, steps: (w, X, y, steps - 1),
    ),
    of_arguments(
        "one step too many",
        "Your loop makes one step more than it should. `range(steps)` makes exactly `steps`.",
        lambda w, X, y, steps: (w, X, y, steps + 1),
    ),
    of_arguments(
        "a single step",
        "You return after the first step. Is the `return` inside the loop?",
        lambda w, X, y, steps: (w, X, y, 1),
    ),
    of_arguments(
        "started from zero",
        "You start from zeros. Start from `w`, which is given.",
        lambda w, X, y, steps: (0 * w, X, y, steps),
    ),
)
