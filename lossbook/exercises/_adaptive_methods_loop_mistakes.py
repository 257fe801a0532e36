"""Typical mistakes of a loop of Adam, and of weight decay beside it."""

from collections.abc import Callable

import numpy as np

from lossbook.exercises._mistake import Mistake, instead
from lossbook.exercises.step_mistakes import LOOP

# --- the loop, called as loop(X, y, lr, steps, eps) ---------------------------------------------


def _slope(X, y, w):
    return 2 * X.T @ (X @ w - y) / len(y)


def _outside(v, eps):
    return np.sqrt(v) + eps


def _adam(
    slope: Callable = _slope,
    kept: tuple[bool, bool] = (True, True),
    count: Callable[[int], int] = lambda t: t,
    corrected: tuple[bool, bool] = (True, True),
    start: float = 0.0,
    betas: tuple[float, float] = (0.9, 0.999),
    divisor: Callable = _outside,
) -> Callable:
    """Return the loop, with one thing or another done differently."""
    b1, b2 = betas

    def run(X, y, lr, steps, eps):
        w, m, v = np.full(X.shape[1], start), np.zeros(X.shape[1]), np.zeros(X.shape[1])
        for t in range(1, steps + 1):
            g = slope(X, y, w)
            m, v = (old if keep else 0 * old for old, keep in zip((m, v), kept, strict=True))
            m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g**2
            c1, c2 = (
                1 - b ** count(t) if c else 1.0 for b, c in zip(betas, corrected, strict=True)
            )
            w = w - lr * (m / c1) / divisor(v / c2, eps)
        return w

    return run


def _twice_corrected(X, y, lr, steps, eps):
    """Return Adam whose corrected averages are what is kept for the next turn."""
    w, m, v = np.zeros((3, X.shape[1]))
    for t in range(1, steps + 1):
        g = _slope(X, y, w)
        m = (0.9 * m + 0.1 * g) / (1 - 0.9**t)
        v = (0.999 * v + 0.001 * g**2) / (1 - 0.999**t)
        w = w - lr * m / (np.sqrt(v) + eps)
    return w


_OF_LOOPS = ("uphill", "one step too few", "one step too many", "nothing learned")

ADAM_LOOP = (
    *(mistake for mistake in LOOP if mistake.name in _OF_LOOPS),
    instead(
        "a single step",
        "You return after the first step. Is the `return` inside the loop?",
        lambda X, y, lr, steps, eps: _adam()(X, y, lr, min(steps, 1), eps),
    ),
    instead(
        "step size forgotten",
        "You do not multiply the step by `lr`.",
        lambda X, y, lr, steps, eps: _adam()(X, y, 1.0, steps, eps),
    ),
    instead(
        "gradient of the sum",
        "The 1/n is missing in the gradient. With a tiny ε Adam does not notice, because it "
        "divides the factor out again; with a large one it does.",
        _adam(lambda X, y, w: _slope(X, y, w) * len(y)),
    ),
    instead(
        "gradient half as large",
        "Your gradient lacks the factor 2 (the derivative of r² is 2r). With a tiny ε Adam does "
        "not notice, because it divides the factor out again; with a large one it does.",
        _adam(lambda X, y, w: _slope(X, y, w) / 2),
    ),
    instead(
        "state not kept",
        "Both averages are zero again in every turn, so that every step is a first one: η times "
        "the sign of the gradient. Make m and v before the loop, and keep them.",
        _adam(kept=(False, False), count=lambda t: 1),
    ),
    instead(
        "state not kept, t counted on",
        "Both averages are zero again in every turn, while t goes on counting. Make m and v before "
        "the loop, and keep them.",
        _adam(kept=(False, False)),
    ),
    instead(
        "m not kept",
        "Your first average is zero again in every turn. Make m before the loop, and keep it.",
        _adam(kept=(False, True)),
    ),
    instead(
        "v not kept",
        "Your second average is zero again in every turn. Make v before the loop, and keep it.",
        _adam(kept=(True, False)),
    ),
    instead(
        "bias correction forgotten",
        "You use both averages as they are. They begin at 0: divide m by 1 − 0.9ᵗ and v by "
        "1 − 0.999ᵗ.",
        _adam(corrected=(False, False)),
    ),
    instead(
        "v not corrected",
        "You correct m and not v. Both averages begin at 0: divide v by 1 − 0.999ᵗ too.",
        _adam(corrected=(True, False)),
    ),
    instead(
        "m not corrected",
        "You correct v and not m. Both averages begin at 0: divide m by 1 − 0.9ᵗ too.",
        _adam(corrected=(False, True)),
    ),
    instead(
        "ε inside the root",
        "You add ε under the root. Here it stands outside: √v̂ + ε.",
        _adam(divisor=lambda v, eps: np.sqrt(v + eps)),
    ),
    instead(
        "ε forgotten",
        "Your divisor is √v̂ alone. Add ε to it.",
        _adam(divisor=lambda v, eps: np.sqrt(v)),
    ),
    instead(
        "ε only a lower bound",
        "Your divisor is the larger of √v̂ and ε. Here it is their sum.",
        _adam(divisor=lambda v, eps: np.maximum(np.sqrt(v), eps)),
    ),
    instead(
        "corrected averages kept",
        "You keep the corrected averages, and the next turn corrects them again. Give the "
        "corrected ones names of their own.",
        _twice_corrected,
    ),
    instead(
        "corrected as in the first step",
        "You divide by 1 − β in every turn. The power t is missing: 1 − βᵗ.",
        _adam(count=lambda t: 1),
    ),
    instead(
        "t counted from 0",
        "Your t is 0 in the first turn, and 1 − β⁰ is 0. Let it begin at 1: `range(1, steps + 1)`.",
        _adam(count=lambda t: t - 1),
    ),
    instead(
        "t counted twice",
        "Your t is 2 in the first turn. It is 1 there.",
        _adam(count=lambda t: t + 1),
    ),
    instead(
        "β₁ and β₂ swapped",
        "You use 0.999 for the gradient and 0.9 for its square. It is the other way round.",
        _adam(betas=(0.999, 0.9)),
    ),
    instead(
        "gradient never renewed",
        "You compute the gradient once, at the start. It belongs inside the loop.",
        lambda X, y, lr, steps, eps: _adam(lambda X, y, w: _slope(X, y, 0 * w))(
            X, y, lr, steps, eps
        ),
    ),
    instead(
        "started from ones",
        "Your loop starts at w = 1. Start from zeros, as the exercise says.",
        _adam(start=1.0),
    ),
    instead(
        "solved instead of descended",
        "These are the best parameters of all. Here those after `steps` steps are asked for.",
        lambda X, y, lr, steps, eps: np.linalg.lstsq(X, y)[0],
    ),
)

# --- AdamW, called as step(w, m_hat, v_hat, lr, decay, eps) -------------------------------------


def _of_decay(name: str, explanation: str, new: Callable) -> Mistake:
    """Return the mistake whose parameters are ``new(w, a, lr, decay)``, with a = m̂/(√v̂ + ε)."""

    def wrong(w, m_hat, v_hat, lr, decay, eps):
        return new(w, m_hat / (np.sqrt(v_hat) + eps), lr, decay)

    return instead(name, explanation, wrong)


ADAMW_STEP = (
    instead(
        "decay inside the gradient",
        "You add λw to the average of the gradient, so that it is divided by √v̂ like everything "
        "there: the L2 penalty that AdamW takes out. Shrink `w` itself.",
        lambda w, m, v, lr, decay, eps: w - lr * (m + decay * w) / (np.sqrt(v) + eps),
    ),
    _of_decay(
        "decay not times the rate",
        "You shrink by λ in every step. The share is η λ, so that it fades with the rate.",
        lambda w, a, lr, decay: (1 - decay) * w - lr * a,
    ),
    _of_decay(
        "decay forgotten",
        "Adam's step is right, and nothing shrinks. Take η λ w off as well.",
        lambda w, a, lr, decay: w - lr * a,
    ),
    _of_decay(
        "growth instead of decay",
        "Your parameters grow by η λ of themselves. The decay has a minus, like the step.",
        lambda w, a, lr, decay: (1 + lr * decay) * w - lr * a,
    ),
    _of_decay(
        "shrunk after the step",
        "You shrink what Adam's step has moved already. It is the old `w` that shrinks.",
        lambda w, a, lr, decay: (1 - lr * decay) * (w - lr * a),
    ),
    _of_decay(
        "rate on the decay twice",
        "You multiply the decay by η twice. Once is due: η λ w.",
        lambda w, a, lr, decay: (1 - lr**2 * decay) * w - lr * a,
    ),
    _of_decay(
        "decay of a square",
        "You subtract twice the decay: the derivative of λw². Here λw itself is due.",
        lambda w, a, lr, decay: (1 - 2 * lr * decay) * w - lr * a,
    ),
    _of_decay(
        "decay by the sign",
        "You subtract η λ times the sign of `w`, as an L1 penalty does. Take a share of `w` off.",
        lambda w, a, lr, decay: w - lr * decay * np.sign(w) - lr * a,
    ),
    _of_decay(
        "uphill",
        "The decay is right, and you add Adam's step where it must be subtracted.",
        lambda w, a, lr, decay: (1 - lr * decay) * w + lr * a,
    ),
    _of_decay(
        "step size forgotten",
        "The decay is right. Multiply Adam's step by `lr`.",
        lambda w, a, lr, decay: (1 - lr * decay) * w - a,
    ),
    _of_decay(
        "Adam's step forgotten",
        "You only shrink. Adam's step η m̂ / (√v̂ + ε) comes as well.",
        lambda w, a, lr, decay: (1 - lr * decay) * w,
    ),
    instead(
        "ε inside the root",
        "You add ε under the root. Here it stands outside: √v̂ + ε.",
        lambda w, m, v, lr, decay, eps: (1 - lr * decay) * w - lr * m / np.sqrt(v + eps),
    ),
    instead(
        "ε forgotten",
        "Your divisor is √v̂ alone, or ε is only its lower bound. Add ε to it.",
        lambda w, m, v, lr, decay, eps: (1 - lr * decay) * w - lr * m / np.sqrt(v),
    ),
    instead(
        "root forgotten",
        "You divide by v̂. Its root is due.",
        lambda w, m, v, lr, decay, eps: (1 - lr * decay) * w - lr * m / (v + eps),
    ),
)
