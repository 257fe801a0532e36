"""Typical mistakes of a training loop with a velocity, called as loop(X, y, lr, steps, mu)."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments


def slope(X, y, w):
    """Return the gradient of the mean squared error of X w."""
    return 2 * X.T @ (X @ w - y) / len(y)


def loop(step, start=0.0):
    """Return the loop whose turns are ``w, v = step(grad, w, v, lr, mu)``, grad a function."""

    def run(X, y, lr, steps, mu):
        w, v = np.full(X.shape[1], start), np.zeros(X.shape[1])
        for _ in range(steps):
            w, v = step(lambda at: slope(X, y, at), w, v, lr, mu)
        return w

    return run


def _heavy(grad, w, v, lr, mu):
    v = mu * v + grad(w)
    return w - lr * v, v


def _late(grad, w, v, lr, mu):
    return w - lr * v, mu * v + grad(w)


def _plain(grad, w, v, lr, mu):
    return w - lr * grad(w), v


def _ahead(share, back=True):
    """Return a step that takes the gradient at w − share(lr, mu) v."""

    def step(grad, w, v, lr, mu):
        there = w - share(lr, mu) * v
        v = mu * v + grad(there)
        return (w if back else there) - lr * v, v

    return step


nesterov = _ahead(lambda lr, mu: lr * mu)

PLAIN = instead(
    "state not kept",
    "This is plain gradient descent: the velocity makes no difference. Is it set back to zero in "
    "every turn of the loop, or computed and then not used?",
    loop(_plain),
)
# Whatever the loop's own rule is.
AROUND = (
    of_arguments(
        "one step too few",
        "Your `w` is one step behind. Does the loop make one step less than `steps`? Or do you "
        "move `w` before the velocity is up to date, so that the last gradient comes too late?",
        lambda X, y, lr, steps, mu: (X, y, lr, max(steps - 1, 0), mu),
    ),
    of_arguments(
        "velocity with the wrong sign",
        "Your loop works against its own velocity: μ has a minus where it needs a plus, so that "
        "every step takes back a part of the one before.",
        lambda X, y, lr, steps, mu: (X, y, lr, steps, -mu),
    ),
    of_arguments(
        "averaged",
        "You weigh the gradient with 1 − μ, so that every step is 1 − μ times as long as it "
        "should be. Here the gradient enters the velocity in full.",
        lambda X, y, lr, steps, mu: (X, y, lr * (1 - mu), steps, mu),
    ),
    of_arguments(
        "step size twice",
        "You multiply by η twice, inside the velocity and again when `w` moves. Keep one of them.",
        lambda X, y, lr, steps, mu: (X, y, lr**2, steps, mu),
    ),
    instead(
        "solved instead of descended",
        "These are the best parameters of all, where the loop arrives in the end. Here the "
        "parameters after `steps` steps are asked for.",
        lambda X, y, lr, steps, mu: np.linalg.lstsq(X, y)[0],
    ),
)

HEAVY_LOOP = (
    PLAIN,
    instead(
        "moved by the old velocity",
        "You move `w` before you bring the velocity up to date, so that every gradient comes one "
        "step late.",
        loop(_late),
    ),
    instead(
        "momentum not applied",
        "Your velocity keeps all of the old one, so that nothing ever dies out. Keep the share μ.",
        lambda X, y, lr, steps, mu: loop(_heavy)(X, y, lr, steps, 1.0),
    ),
    instead(
        "Nesterov's method",
        "You take the gradient at a point ahead: that is Nesterov's method. The heavy ball takes "
        "it where it is.",
        loop(nesterov),
    ),
    instead(
        "Nesterov's method, as PyTorch has it",
        "Your step is η (grad + μ v), which is Nesterov's method. The heavy ball's is η v.",
        lambda X, y, lr, steps, mu: pytorch_nesterov(X, y, lr, steps, mu),
    ),
    instead(
        "started from ones",
        "Your loop starts at w = 1. Start from zeros, as the exercise says.",
        loop(_heavy, start=1.0),
    ),
    *AROUND,
)


def pytorch_nesterov(X, y, lr, steps, mu):
    """Return Nesterov's parameters as PyTorch counts them: the point ahead."""
    w, v = np.zeros(X.shape[1]), np.zeros(X.shape[1])
    for _ in range(steps):
        grad = slope(X, y, w)
        v = mu * v + grad
        w = w - lr * (grad + mu * v)
    return w


NESTEROV_LOOP = (
    PLAIN,
    instead(
        "look ahead forgotten",
        "You take the gradient where you stand: that is the heavy ball. Nesterov takes it where "
        "the velocity is about to carry you, at w − η μ v.",
        loop(_heavy),
    ),
    instead(
        "looked back",
        "You take the gradient at w + η μ v, where you come from. The velocity is subtracted, so "
        "the point ahead is w − η μ v.",
        loop(_ahead(lambda lr, mu: -lr * mu)),
    ),
    instead(
        "looked too far ahead",
        "You take the gradient at w − η v. Only the share μ of the old velocity survives: the "
        "point ahead is w − η μ v.",
        loop(_ahead(lambda lr, mu: lr)),
    ),
    instead(
        "step size missing in the look ahead",
        "You take the gradient at w − μ v. The velocity is made of gradients; the way ahead is "
        "η times that, w − η μ v.",
        loop(_ahead(lambda lr, mu: mu)),
    ),
    instead(
        "velocity counted twice",
        "You step from the point ahead, which the velocity has reached already, and move by the "
        "whole velocity again. Take the gradient there, and step from `w`.",
        loop(_ahead(lambda lr, mu: lr * mu, back=False)),
    ),
    instead(
        "the point ahead returned",
        "You return the point ahead, as PyTorch counts its parameters. Here `w` itself is due, "
        "which lies η μ v behind it.",
        pytorch_nesterov,
    ),
    instead(
        "started from ones",
        "Your loop starts at w = 1. Start from zeros, as the exercise says.",
        loop(nesterov, start=1.0),
    ),
    *AROUND,
)
