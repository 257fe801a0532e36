"""Typical mistakes of a step of Adam: step(w, m, v, grad, t, lr, beta1, beta2, eps) → (w, m, v)."""

from collections.abc import Callable

import numpy as np

from lossbook.exercises._mistake import Mistake, instead


def _means(m, v, grad, beta1, beta2):
    return beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2


def _ratio(m, v, t, beta1, beta2, eps):
    return m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps)


def _of_step(name: str, explanation: str, ratio: Callable) -> Mistake:
    """Return the mistake whose averages are right, and whose step is lr times this ratio."""

    def wrong(w, m, v, grad, t, lr, beta1, beta2, eps):
        m, v = _means(m, v, grad, beta1, beta2)
        return w - lr * ratio(m, v, t, beta1, beta2, eps), m, v

    return instead(name, explanation, wrong)


def _of_means(name: str, explanation: str, means: Callable) -> Mistake:
    """Return the mistake whose averages are these, and the rest right."""

    def wrong(w, m, v, grad, t, lr, beta1, beta2, eps):
        m, v = means(m, v, grad, beta1, beta2)
        return w - lr * _ratio(m, v, t, beta1, beta2, eps), m, v

    return instead(name, explanation, wrong)


def _right(w, m, v, grad, t, lr, beta1, beta2, eps):
    m, v = _means(m, v, grad, beta1, beta2)
    return w - lr * _ratio(m, v, t, beta1, beta2, eps), m, v


def _by_old_means(w, m, v, grad, t, lr, beta1, beta2, eps):
    return w - lr * _ratio(m, v, t, beta1, beta2, eps), *_means(m, v, grad, beta1, beta2)


def _corrected_kept(w, m, v, grad, t, lr, beta1, beta2, eps):
    new, m, v = _right(w, m, v, grad, t, lr, beta1, beta2, eps)
    return new, m / (1 - beta1**t), v / (1 - beta2**t)


ADAM_STEP = (
    _of_step(
        "bias correction forgotten",
        "You use both averages as they are. They began at 0: divide m by 1 − β₁ᵗ and v by 1 − β₂ᵗ "
        "first.",
        lambda m, v, t, b1, b2, eps: m / (np.sqrt(v) + eps),
    ),
    _of_step(
        "v not corrected",
        "You correct m and not v. Both averages began at 0: divide v by 1 − β₂ᵗ too.",
        lambda m, v, t, b1, b2, eps: m / (1 - b1**t) / (np.sqrt(v) + eps),
    ),
    _of_step(
        "m not corrected",
        "You correct v and not m. Both averages began at 0: divide m by 1 − β₁ᵗ too.",
        lambda m, v, t, b1, b2, eps: m / (np.sqrt(v / (1 - b2**t)) + eps),
    ),
    _of_step(
        "corrected twice",
        "You divide by 1 − βᵗ twice. Once gives weights that add up to 1.",
        lambda m, v, t, b1, b2, eps: _ratio(m / (1 - b1**t), v / (1 - b2**t), t, b1, b2, eps),
    ),
    _of_step(
        "one power for both",
        "You correct v with β₁ as well. Each average has its own: v is divided by 1 − β₂ᵗ.",
        lambda m, v, t, b1, b2, eps: m / (1 - b1**t) / (np.sqrt(v / (1 - b1**t)) + eps),
    ),
    _of_step(
        "corrected as in the first step",
        "You divide by 1 − β, whatever t is. That is right for the first step only: the power t is "
        "missing.",
        lambda m, v, t, b1, b2, eps: _ratio(m, v, 1, b1, b2, eps),
    ),
    _of_step(
        "t counted from 0",
        "You correct with t − 1. In the first step t is 1: 1 − β⁰ would be 0.",
        lambda m, v, t, b1, b2, eps: _ratio(m, v, t - 1, b1, b2, eps),
    ),
    _of_step(
        "t counted twice",
        "You correct with t + 1. Here `t` counts this step already.",
        lambda m, v, t, b1, b2, eps: _ratio(m, v, t + 1, b1, b2, eps),
    ),
    _of_step(
        "ε inside the root",
        "You add ε under the root. Here it stands outside: √v̂ + ε.",
        lambda m, v, t, b1, b2, eps: m / (1 - b1**t) / np.sqrt(v / (1 - b2**t) + eps),
    ),
    _of_step(
        "ε before the correction",
        "You add ε to the uncorrected root, as Keras does. Here the correction comes first: "
        "√(v / (1 − β₂ᵗ)) + ε.",
        lambda m, v, t, b1, b2, eps: m * np.sqrt(1 - b2**t) / (1 - b1**t) / (np.sqrt(v) + eps),
    ),
    _of_step(
        "ε forgotten",
        "Your divisor is √v̂ alone, or ε is only its lower bound. Add ε to it.",
        lambda m, v, t, b1, b2, eps: _ratio(m, v, t, b1, b2, 0.0),
    ),
    _of_step(
        "root forgotten",
        "You divide by the mean square. Its root is due, so that the units cancel.",
        lambda m, v, t, b1, b2, eps: m / (1 - b1**t) / (v / (1 - b2**t) + eps),
    ),
    _of_step(
        "uphill",
        "You add the step where it must be subtracted.",
        lambda *args: -_ratio(*args),
    ),
    instead(
        "step size forgotten",
        "The direction is right. Multiply the step by `lr`.",
        lambda w, m, v, grad, t, lr, *rest: _right(w, m, v, grad, t, 1.0, *rest),
    ),
    _of_means(
        "shares swapped",
        "You give β to what is new and 1 − β to the old average. It is the old one that keeps β.",
        lambda m, v, grad, b1, b2: _means(m, v, grad, 1 - b1, 1 - b2),
    ),
    _of_means(
        "gradient in full",
        "Gradient and square enter the averages in full. They get the shares 1 − β₁ and 1 − β₂.",
        lambda m, v, grad, b1, b2: (b1 * m + grad, b2 * v + grad**2),
    ),
    _of_means(
        "square forgotten",
        "Your second average is one of gradients. It is one of their squares.",
        lambda m, v, grad, b1, b2: (b1 * m + (1 - b1) * grad, b2 * v + (1 - b2) * grad),
    ),
    _of_means(
        "square of the average",
        "You average the square of m. It is the gradient that is squared: what cancels in m must "
        "count in v.",
        lambda m, v, grad, b1, b2: (
            b1 * m + (1 - b1) * grad,
            b2 * v + (1 - b2) * (b1 * m + (1 - b1) * grad) ** 2,
        ),
    ),
    instead(
        "moved by the old averages",
        "You move `w` by the averages of the step before. Bring m and v up to date first.",
        _by_old_means,
    ),
    instead(
        "bare gradient above the root",
        "You divide the gradient itself: that is RMSProp, corrected. Adam divides its average m.",
        lambda w, m, v, grad, t, lr, b1, b2, eps: (
            _right(w, m, v, grad, t, lr, 0.0, b2, eps)[0],
            *_means(m, v, grad, b1, b2),
        ),
    ),
    instead(
        "corrected averages kept",
        "The step is right, but you hand back the corrected averages. The next step would correct "
        "them again: keep m and v as they are.",
        _corrected_kept,
    ),
    instead(
        "old averages returned",
        "The parameters are right, but you hand back the old averages: the next step would "
        "remember nothing of this one.",
        lambda w, m, v, *rest: (_right(w, m, v, *rest)[0], m, v),
    ),
    instead(
        "parameters last",
        "All three are right, in the wrong order. Return (w, m, v).",
        lambda *args: (*_right(*args)[1:], _right(*args)[0]),
    ),
)
