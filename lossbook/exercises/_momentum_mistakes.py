"""Typical mistakes of a step with a velocity, called as step(w, v, grad, lr, mu) → (w, v)."""

from lossbook.exercises._mistake import instead

# --- one step, called as step(w, v, grad, lr, mu), which returns (w, v) -------------------------


def _step(name, explanation, velocity, move):
    """Return the mistake with this velocity, and this move of the parameters by it."""

    def wrong(w, v, grad, lr, mu):
        new = velocity(v, grad, lr, mu)
        return w - move(v, new, grad, lr, mu), new

    return instead(name, explanation, wrong)


def _right_velocity(v, grad, lr, mu):
    return mu * v + grad


def _right_move(v, new, grad, lr, mu):
    return lr * new


STEP = (
    _step(
        "uphill",
        "The velocity is right, and you add it where it must be subtracted: it has collected "
        "gradients, and these point uphill.",
        _right_velocity,
        lambda v, new, grad, lr, mu: -lr * new,
    ),
    _step(
        "gradient with the wrong sign",
        "Your velocity subtracts the gradient, and then you subtract the velocity: two minus "
        "signs, so you climb. Here v = μ v + grad, and the one minus stands before η v.",
        lambda v, grad, lr, mu: mu * v - grad,
        _right_move,
    ),
    _step(
        "velocity that points downhill",
        "Your velocity subtracts the gradient, and you add it to `w`. Begun with such a velocity, "
        "that is sound; here the velocity that you are given has collected gradients with a plus, "
        "v = μ v + grad, and is subtracted.",
        lambda v, grad, lr, mu: mu * v - grad,
        lambda v, new, grad, lr, mu: -lr * new,
    ),
    _step(
        "step size inside the velocity",
        "You have put η inside the velocity, v = μ v + η grad. That is the other form; here the "
        "velocity is made of bare gradients, and η multiplies it when `w` moves.",
        lambda v, grad, lr, mu: mu * v + lr * grad,
        lambda v, new, grad, lr, mu: new,
    ),
    _step(
        "step size twice",
        "You multiply by η twice, inside the velocity and again when `w` moves. Keep the second.",
        lambda v, grad, lr, mu: mu * v + lr * grad,
        _right_move,
    ),
    _step(
        "step size forgotten",
        "The velocity is right. Multiply it by η before you subtract it.",
        _right_velocity,
        lambda v, new, grad, lr, mu: new,
    ),
    _step(
        "moved by the old velocity",
        "You move `w` by the velocity of the step before. Bring the velocity up to date first, "
        "then move by it.",
        _right_velocity,
        lambda v, new, grad, lr, mu: lr * v,
    ),
    _step(
        "velocity not used",
        "Your velocity is right, but `w` moves along the bare gradient: that is plain gradient "
        "descent, which keeps a velocity and never looks at it.",
        _right_velocity,
        lambda v, new, grad, lr, mu: lr * grad,
    ),
    _step(
        "velocity forgotten",
        "Your new velocity is the gradient alone. Keep the share μ of the old one: μ v + grad.",
        lambda v, grad, lr, mu: grad,
        _right_move,
    ),
    _step(
        "momentum not applied",
        "Your velocity keeps all of the old one, v + grad, so that nothing ever dies out. Keep "
        "the share μ of it.",
        lambda v, grad, lr, mu: v + grad,
        _right_move,
    ),
    _step(
        "momentum on the gradient",
        "You multiply the gradient by μ. It belongs to the old velocity: μ v + grad.",
        lambda v, grad, lr, mu: v + mu * grad,
        _right_move,
    ),
    _step(
        "momentum on both",
        "You multiply old velocity and gradient by μ. Only the old velocity fades; the gradient "
        "comes in full.",
        lambda v, grad, lr, mu: mu * (v + grad),
        _right_move,
    ),
    _step(
        "averaged",
        "You weigh the gradient with 1 − μ, so that the velocity is a running mean. That is a "
        "heavy ball with a step 1 − μ times as long; here the gradient comes in full.",
        lambda v, grad, lr, mu: mu * v + (1 - mu) * grad,
        _right_move,
    ),
    _step(
        "Nesterov's step",
        "You look ahead: w − η (grad + μ v) is Nesterov's step. The heavy ball moves by the new "
        "velocity as it is.",
        _right_velocity,
        lambda v, new, grad, lr, mu: lr * (grad + mu * new),
    ),
    instead(
        "old velocity returned",
        "The parameters are right, but you hand back the old velocity. The next step needs the "
        "new one, or it remembers nothing.",
        lambda w, v, grad, lr, mu: (w - lr * (mu * v + grad), v),
    ),
    instead(
        "plain descent",
        "You step along the bare gradient and hand back the old velocity: that is gradient "
        "descent. The velocity is to collect the gradient, and the parameters are to move by it.",
        lambda w, v, grad, lr, mu: (w - lr * grad, v),
    ),
    instead(
        "parameters not moved",
        "The velocity is right, but you hand back the old parameters: w − η v is still to come.",
        lambda w, v, grad, lr, mu: (w, mu * v + grad),
    ),
    instead(
        "results swapped",
        "Both are right, in the wrong order. Return first the parameters, then the velocity.",
        lambda w, v, grad, lr, mu: (mu * v + grad, w - lr * (mu * v + grad)),
    ),
)
