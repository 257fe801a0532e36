"""What readers leave or put in rooms 14 and 15 of *The bug museum*: training loops."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments, of_result
from lossbook.exercises.bug_museum.mistakes_weights import PIECE

# --- 14: the loss stalls ---


def _descent(weights=True, intercept=True, start=True, sign=-1.0, in_turn=False, total=False):
    """Return a training loop with one thing wrong."""

    def wrong(X, y, lr, steps):
        w, b = np.zeros(X.shape[1]), y.mean() if start else 0.0
        for _ in range(steps):
            r = X @ w + b - y
            w = w + sign * lr * weights * X.T @ r / len(y)
            r = X @ w + b - y if in_turn else r
            b = b + sign * lr * intercept * (r.sum() if total else r.mean())
        return np.append(w, b)

    return wrong


def _held(X, y, lr, steps):
    *w, b = train_piece(X, y, lr, 0)
    held = np.zeros(1)
    for done in range(steps):
        *w, b = train_piece(X, y, lr, done)
        held -= lr * (X @ w + b - y).mean()
    return np.append(train_piece(X, y, lr, steps)[:-1], held)


train_piece = _descent(intercept=False)

UNSEEN = (
    instead(
        PIECE,
        "That is still the museum's piece: the weights move, and the intercept is in the end what "
        "it was at the start.",
        train_piece,
    ),
    instead(
        "nothing moves",
        "Now the weights stay 0, and the intercept at the mean of y, which is the best for such "
        "weights: what is moved is not what the model holds. Either `held` has copies, or "
        "`p = p - …` makes a new array and gives it the name `p`; `p -= …` writes into the array "
        "that is there.",
        _descent(weights=False, intercept=False),
    ),
    instead(
        "what the optimizer holds returned",
        "You return what the optimizer holds. Its intercept has moved, from 0, by gradients taken "
        "at another one, that of the model: both must be one array.",
        _held,
    ),
    of_result(
        "intercept first",
        "The numbers are right and stand in another order: the weights first, then the intercept.",
        lambda result, *_: np.roll(result, 1),
    ),
    instead(
        "the start was dropped",
        "Both move, but the intercept begins at 0. Keep its start, the mean of y; only the order "
        "of two lines has to change.",
        _descent(start=False),
    ),
    instead(
        "weights first, intercept after",
        "Both move, but the intercept's gradient is taken after the weights have moved. Take both "
        "gradients at the same place, and then move.",
        _descent(in_turn=True),
    ),
    instead(
        "sum instead of mean",
        "Both move, but the intercept's gradient is the sum of the residuals. Their mean is due.",
        _descent(total=True),
    ),
    instead(
        "uphill",
        "Both move, in the wrong direction: a step goes against the gradient.",
        _descent(sign=1.0),
    ),
    of_arguments(
        "one step too few",
        "Your loop makes one step less than `steps`. `range(steps)` makes exactly that many.",
        lambda X, y, lr, steps: (X, y, lr, steps - 1),
    ),
)

# --- 15: Adam's first steps ---


def _adam(first, second, root=None, keep=False):
    """Return the steps of Adam with the corrections ``first(t)`` and ``second(t)``."""
    root = root or (lambda v, share: np.sqrt(v / share) + 1e-8)

    def wrong(grads, lr):
        m, v, steps = 0.0, 0.0, []
        for t, g in enumerate(grads, 1):
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
            m_hat, v_hat = m / first(t), v / second(t)
            steps.append(-lr * m_hat / root(v, second(t)))
            m, v = (m_hat, v_hat) if keep else (m, v)
        return np.array(steps)

    return wrong


def _first(t):
    return 1 - 0.9**t


def _second(t):
    return 1 - 0.999**t


def _none(t):
    return 1.0


adam_piece = _adam(_none, _none)

ADAM_START = (
    instead(
        PIECE,
        "That is still the museum's piece: neither average is corrected, and the very first step "
        "is 3.16 times `lr` long.",
        adam_piece,
    ),
    instead(
        "only m corrected",
        "You correct m, and not v: the very first step is now more than 31 times `lr` long. Both "
        "averages began at 0.",
        _adam(_first, _none),
    ),
    instead(
        "only v corrected",
        "You correct v, and not m: the first step is now a tenth of the right one. Both averages "
        "began at 0.",
        _adam(_none, _second),
    ),
    instead(
        "t begins at 0",
        "At t = 0 the correction 1 − βᵗ is 0, so that your first step is 0/0. The first gradient "
        "is number 1.",
        _adam(lambda t: _first(t - 1), lambda t: _second(t - 1)),
    ),
    instead(
        "corrected values kept",
        "You keep the corrected averages for the next step, where they are corrected again. What "
        "lives on from step to step are m and v as they are.",
        _adam(_first, _second, keep=True),
    ),
    instead(
        "corrected as at t = 1",
        "You divide by 1 − β at every step. That is right for the first one; at step t the "
        "average lacks βᵗ.",
        _adam(lambda t: _first(1), lambda t: _second(1)),
    ),
    instead(
        "root taken before the correction",
        "You divide √v by 1 − β₂ᵗ. The correction belongs to v, under the root.",
        _adam(_first, _second, lambda v, share: np.sqrt(v) / share + 1e-8),
    ),
    instead(
        "ε under the root",
        "Right, but for ε, which is added to the root, not under it: gradients as small as 1e-7 "
        "make far too short steps now.",
        _adam(_first, _second, lambda v, share: np.sqrt(v / share + 1e-8)),
    ),
    instead(
        "ε added before the correction",
        "Right, but for ε, which you add to √v before v is corrected. It is added to the root of "
        "the corrected v; early on it weighs up to 32 times as much your way, which gradients as "
        "small as 1e-7 feel.",
        _adam(_first, _second, lambda v, share: (np.sqrt(v) + 1e-8) / np.sqrt(share)),
    ),
    instead(
        "β₁ and β₂ exchanged in the corrections",
        "You correct m by 1 − β₂ᵗ and v by 1 − β₁ᵗ. Each average has its own memory.",
        _adam(_second, _first),
    ),
    of_result(
        "uphill",
        "Right, with the wrong sign. What is added to the parameters goes against the gradient.",
        lambda result, *_: -result,
    ),
    of_result(
        "positions instead of steps",
        "You return where the parameters are after each step. The steps themselves are due.",
        lambda result, *_: np.cumsum(result, axis=0),
    ),
)
