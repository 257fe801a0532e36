"""Typical mistakes of one step of RMSProp, called as step(w, v, grad, lr, rho, eps) → (w, v)."""

from collections.abc import Callable

import numpy as np

from lossbook.exercises._mistake import Mistake, instead


def _of_rms(name: str, explanation: str, average: Callable, move: Callable) -> Mistake:
    """Return the mistake with this average, and this move of the parameters by it."""

    def wrong(w, v, grad, lr, rho, eps):
        new = average(v, grad, rho)
        return w - move(v, new, grad, lr, eps, rho), new

    return instead(name, explanation, wrong)


def _average(v, grad, rho):
    return rho * v + (1 - rho) * grad**2


def _move(v, new, grad, lr, eps, rho):
    return lr * grad / (np.sqrt(new) + eps)


RMS_STEP = (
    _of_rms(
        "uphill",
        "You add the step where it must be subtracted. The gradient points uphill.",
        _average,
        lambda *args: -_move(*args),
    ),
    _of_rms(
        "ε inside the root",
        "You add ε under the root. Here it stands outside: √v + ε.",
        _average,
        lambda v, new, grad, lr, eps, rho: lr * grad / np.sqrt(new + eps),
    ),
    _of_rms(
        "ε forgotten",
        "Your divisor is √v alone, or ε is only its lower bound. Add ε to it.",
        _average,
        lambda v, new, grad, lr, eps, rho: lr * grad / np.sqrt(new),
    ),
    _of_rms(
        "root forgotten",
        "You divide by the mean square. Its root is due: it has the size of a gradient, so that "
        "the units cancel.",
        _average,
        lambda v, new, grad, lr, eps, rho: lr * grad / (new + eps),
    ),
    _of_rms(
        "divided by the old average",
        "You divide by the root of the old average. Bring `v` up to date first.",
        _average,
        lambda v, new, grad, lr, eps, rho: lr * grad / (np.sqrt(v) + eps),
    ),
    _of_rms(
        "step size forgotten",
        "The average is right. Multiply the step by `lr`.",
        _average,
        lambda v, new, grad, lr, eps, rho: _move(v, new, grad, 1.0, eps, rho),
    ),
    _of_rms(
        "not divided",
        "The average is right, and `w` moves along the bare gradient: that is gradient descent.",
        _average,
        lambda v, new, grad, lr, eps, rho: lr * grad,
    ),
    _of_rms(
        "bias corrected",
        "You divide the average by 1 − ρ, as Adam does in its first step. RMSProp does not correct "
        "it.",
        _average,
        lambda v, new, grad, lr, eps, rho: lr * grad / (np.sqrt(new / (1 - rho)) + eps),
    ),
    _of_rms(
        "sum instead of average",
        "You add the squares up: that is AdaGrad, which never forgets. Here the old average keeps "
        "the share ρ, and the new square gets 1 − ρ.",
        lambda v, grad, rho: v + grad**2,
        _move,
    ),
    _of_rms(
        "square in full",
        "The new square enters in full. It gets the share 1 − ρ, so that the shares add up to 1.",
        lambda v, grad, rho: rho * v + grad**2,
        _move,
    ),
    _of_rms(
        "shares swapped",
        "You give ρ to the new square and 1 − ρ to the old average. It is the old one that keeps "
        "ρ.",
        lambda v, grad, rho: (1 - rho) * v + rho * grad**2,
        _move,
    ),
    _of_rms(
        "square forgotten",
        "You average the gradients, not their squares. These may cancel, and be negative under the "
        "root.",
        lambda v, grad, rho: rho * v + (1 - rho) * grad,
        _move,
    ),
    instead(
        "old average returned",
        "The parameters are right, but you hand back the old average: the next step would "
        "remember nothing of this one.",
        lambda w, v, grad, lr, rho, eps: (
            w - _move(v, _average(v, grad, rho), grad, lr, eps, rho),
            v,
        ),
    ),
    instead(
        "results swapped",
        "Both are right, in the wrong order. Return first the parameters, then the average.",
        lambda w, v, grad, lr, rho, eps: (
            _average(v, grad, rho),
            w - _move(v, _average(v, grad, rho), grad, lr, eps, rho),
        ),
    ),
)
