"""Typical mistakes with a changing rate, and with the eigenvalues of a step."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments

# --- given gradients, each with its rate, called as f(w, grads, rates, mu) ----------------------


def _rolled(w, grads, inside, outside, mu):
    v = np.zeros(len(w))
    for grad, a, b in zip(grads, inside, outside, strict=True):
        v = mu * v + a * grad
        w = w - b * v
    return w


def _both(w, grads, rates, mu):
    return _rolled(w, grads, rates, rates, mu)


def _outside(w, grads, rates, mu):
    return _rolled(w, grads, np.ones(len(rates)), rates, mu)


def _late(w, grads, rates, mu):
    v = np.zeros(len(w))
    for grad, rate in zip(grads, rates, strict=True):
        w, v = w - v, mu * v + rate * grad
    return w


RATES = (
    instead(
        "rate outside the velocity",
        "You multiply the whole velocity by the present rate: PyTorch's form. Here every "
        "gradient keeps the rate of its own step.",
        _outside,
    ),
    instead(
        "rate twice",
        "You multiply by the rate inside the velocity, and again when `w` moves.",
        _both,
    ),
    of_arguments(
        "first rate only",
        "You use the first learning rate for all steps. Each step has its own.",
        lambda w, grads, rates, mu: (w, grads, np.full(len(rates), rates[0]), mu),
    ),
    of_arguments(
        "last rate only",
        "You use the last learning rate for all steps. Each step has its own.",
        lambda w, grads, rates, mu: (w, grads, np.full(len(rates), rates[-1]), mu),
    ),
    of_arguments(
        "state not kept",
        "These are steps along the bare gradients: the velocity makes no difference. Is it "
        "set back to zero in every turn?",
        lambda w, grads, rates, mu: (w, grads, rates, 0.0),
    ),
    of_arguments(
        "momentum not applied",
        "Your velocity keeps all of the old one. Keep the share μ.",
        lambda w, grads, rates, mu: (w, grads, rates, 1.0),
    ),
    of_arguments(
        "velocity with the wrong sign",
        "μ has a minus where it needs a plus: every step takes back a part of the one before.",
        lambda w, grads, rates, mu: (w, grads, rates, -mu),
    ),
    of_arguments(
        "uphill",
        "You add the velocity where it must be subtracted.",
        lambda w, grads, rates, mu: (w, -grads, rates, mu),
    ),
    of_arguments(
        "averaged",
        "You weigh the gradient with 1 − μ. Here it enters the velocity in full, but for its rate.",
        lambda w, grads, rates, mu: (w, grads, (1 - mu) * rates, mu),
    ),
    instead(
        "last step missing",
        "The last gradient does not reach `w`. Does your loop end one step early? Or do you move "
        "`w` before the velocity is up to date, so that every gradient comes one step late?",
        _late,
    ),
)

# --- the factor of a direction, called as leaves(lr, curvature, mu) ------------------------------


def _roots(b, c):
    return np.roots([1.0, b, c])


def _with_product(lr, x, mu):
    roots = _roots(-(1 + mu - lr * x), mu)
    return mu if np.iscomplexobj(roots) else np.abs(roots).max()


_BOTH_ROOTS = "You return the sizes of both roots. Which of the two is left in the long run?"

LEAVES = (
    instead(
        "√μ everywhere",
        "√μ is the size of the roots while they are complex. Outside the waves they are "
        "real and of different size, and the larger one counts.",
        lambda lr, curvature, mu: np.sqrt(mu),
    ),
    instead(
        "gradient descent's factor",
        "|1 − ηλ| is what gradient descent leaves. With a velocity there are two factors: "
        "the roots of ρ² − (1 + μ − ηλ) ρ + μ.",
        lambda lr, curvature, mu: abs(1 - lr * curvature),
    ),
    instead(
        "both roots",
        _BOTH_ROOTS,
        lambda lr, x, mu: np.abs(_roots(-(1 + mu - lr * x), mu)),
    ),
    instead(
        "both roots, in order",
        _BOTH_ROOTS,
        lambda lr, x, mu: np.sort(np.abs(_roots(-(1 + mu - lr * x), mu))),
    ),
    instead(
        "smaller root",
        "You return the size of the smaller root. In the long run the larger one is left.",
        lambda lr, x, mu: np.abs(_roots(-(1 + mu - lr * x), mu)).min(),
    ),
    instead(
        "real part",
        "You take the real part of complex roots, or set a negative discriminant to 0. Their size "
        "is the root of the squares of real and imaginary part, `np.abs`.",
        lambda lr, x, mu: np.abs(_roots(-(1 + mu - lr * x), mu).real).max(),
    ),
    instead(
        "largest real part, with its sign",
        "You take the largest real part, with its sign. A root of −0.9 shrinks an error as "
        "slowly as 0.9, and a complex one has a size of its own: use `np.abs`.",
        lambda lr, x, mu: _roots(-(1 + mu - lr * x), mu).real.max(),
    ),
    instead(
        "Nesterov's polynomial",
        "This is what Nesterov's step leaves. The heavy ball's polynomial is "
        "ρ² − (1 + μ − ηλ) ρ + μ.",
        lambda lr, x, mu: np.abs(_roots(-(1 + mu) * (1 - lr * x), mu * (1 - lr * x))).max(),
    ),
    instead(
        "μ in the waves",
        "While the roots are complex you return μ, which is their product. Both have the same "
        "size, so each is its root.",
        _with_product,
    ),
    of_arguments(
        "rate left out",
        "You use the curvature alone. Only its product with the rate counts, ηλ.",
        lambda lr, x, mu: (1.0, x, mu),
    ),
    of_arguments(
        "curvature left out",
        "You use the rate alone. Only its product with the curvature counts, ηλ.",
        lambda lr, x, mu: (lr, 1.0, mu),
    ),
    instead(
        "squared",
        "You return the square of it: what a step leaves of the loss. Of the error, as "
        "here, it is the size of the root itself.",
        lambda lr, x, mu: np.abs(_roots(-(1 + mu - lr * x), mu)).max() ** 2,
    ),
)
