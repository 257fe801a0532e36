"""Typical mistakes of a Gauss–Newton step and of the damping of Levenberg–Marquardt."""

import numpy as np

from lossbook.exercises._mistake import instead, of_result

# --- Gauss–Newton: (w, t, y), the curve is a·exp(k t) ------------------------------------------


def _parts(w, t, y):
    a, k = w
    growth = np.exp(k * t)
    return a * growth - y, np.stack([growth, a * t * growth], axis=1)


def _with_columns(columns):
    """Return the step with another Jacobian, ``columns(a, k, t, growth)``."""

    def step(w, t, y):
        r, _ = _parts(w, t, y)
        J = np.stack(columns(*w, t, np.exp(w[1] * t)), axis=1)
        return w - np.linalg.lstsq(J, r)[0]

    return step


def _made_of(change):
    """Return the step w − change(r, J)."""

    def step(w, t, y):
        return w - change(*_parts(w, t, y))

    return step


def _full_newton(w, t, y):
    r, J = _parts(w, t, y)
    a, growth = w[0], np.exp(w[1] * t)
    mixed, twice = np.sum(r * t * growth), np.sum(r * a * t**2 * growth)
    return w - np.linalg.solve(J.T @ J + np.array([[0, mixed], [mixed, twice]]), J.T @ r)


GAUSS_NEWTON = (
    of_result(
        "sign of the residual",
        "Your step has the right size and goes the wrong way. With r = ŷ − y and the Jacobian of r "
        "it is subtracted; with y − ŷ and the Jacobian of ŷ it is added.",
        lambda new, w, *args: 2 * w - new,
    ),
    of_result(
        "step twice as long",
        "Your step is twice as long as it should be. A 2 from the derivative of r² must stand "
        "before JᵀJ and before Jᵀr, or before neither.",
        lambda new, w, *args: 2 * new - w,
    ),
    of_result(
        "step half as long",
        "Your step is half as long as it should be. A 2 from the derivative of r² must stand "
        "before JᵀJ and before Jᵀr, or before neither.",
        lambda new, w, *args: (new + w) / 2,
    ),
    of_result(
        "divided by n",
        "Your step is n times too short: Jᵀr is divided by n and JᵀJ is not. Divide both or "
        "neither.",
        lambda new, w, t, y: w + (new - w) / len(y),
    ),
    instead(
        "JᵀJ forgotten",
        "You subtract Jᵀr, the gradient. Divide it by JᵀJ first: `np.linalg.solve(J.T @ J, …)`.",
        _made_of(lambda r, J: J.T @ r),
    ),
    instead(
        "multiplied by JᵀJ",
        "You multiply the gradient by JᵀJ. The step divides by it: `np.linalg.solve(J.T @ J, …)`.",
        _made_of(lambda r, J: J.T @ J @ J.T @ r),
    ),
    instead(
        "divided entry by entry",
        "You divide Jᵀr by the entries of JᵀJ, which makes a table. To divide by a matrix is to "
        "solve equations: `np.linalg.solve(J.T @ J, …)`.",
        _made_of(lambda r, J: J.T @ r / (J.T @ J)),
    ),
    instead(
        "multiplied entry by entry",
        "You multiply the inverse of JᵀJ and Jᵀr entry by entry, which makes a table. Use `@`, or "
        "better `np.linalg.solve(J.T @ J, …)`.",
        _made_of(lambda r, J: np.linalg.inv(J.T @ J) * (J.T @ r)),
    ),
    instead(
        "diagonal only",
        "You divide by the diagonal of JᵀJ only, and forget how a and k hang together. Solve with "
        "the whole matrix.",
        _made_of(lambda r, J: J.T @ r / np.sum(J**2, axis=0)),
    ),
    instead(
        "a missing in the Jacobian",
        "The derivative by k is a·t·exp(k t). Yours has no a.",
        _with_columns(lambda a, k, t, growth: [growth, t * growth]),
    ),
    instead(
        "t missing in the Jacobian",
        "The derivative by k is a·t·exp(k t): the t comes from inside the exponential. Yours has "
        "no t, so JᵀJ is singular.",
        _with_columns(lambda a, k, t, growth: [growth, a * growth]),
    ),
    instead(
        "k in place of t in the Jacobian",
        "The derivative by k brings the factor t. Yours brings k, as the derivative by t would.",
        _with_columns(lambda a, k, t, growth: [growth, a * k * growth]),
    ),
    instead(
        "a in the first column",
        "The derivative by a is exp(k t). Yours still has the factor a.",
        _with_columns(lambda a, k, t, growth: [a * growth, a * t * growth]),
    ),
    instead(
        "full Newton",
        "Your matrix contains residuals times second derivatives: that is Newton's own step. "
        "Gauss–Newton keeps JᵀJ alone.",
        _full_newton,
    ),
    of_result(
        "step instead of new parameters",
        "You return (JᵀJ)⁻¹Jᵀr. Subtract it from `w` and return the result.",
        lambda new, w, *args: w - new,
    ),
    of_result(
        "change instead of new parameters",
        "You return the change alone. Add it to `w` and return the new parameters.",
        lambda new, w, *args: new - w,
    ),
)

# --- the damping: (damping, old, new) ----------------------------------------------------------

DAMPING = (
    instead(
        "direction reversed",
        "After a success you damp more, and after a failure less. A failure means that the model "
        "was believed too far out: the next step must be shorter, so damp more.",
        lambda damping, old, new: damping * 10 if new < old else damping / 10,
    ),
    instead(
        "infinity taken for a success",
        "Where the sum of squares is infinite, you damp less. A sum that overflowed is the worst "
        "of failures.",
        lambda damping, old, new: damping * 10 if old <= new < np.inf else damping / 10,
    ),
    instead(
        "no change taken for a success",
        "Where the sum of squares is the same as before, you damp less. It has not become smaller.",
        lambda damping, old, new: damping / 10 if new <= old else damping * 10,
    ),
    instead(
        "small fall taken for a failure",
        "Where the sum of squares has fallen by very little, you damp more. Smaller is smaller: "
        "compare with `<`.",
        lambda damping, old, new: damping / 10 if new < old * (1 - 1e-5) - 1e-8 else damping * 10,
    ),
    instead(
        "damped more after a success too",
        "You never damp less. After a success divide by 10, or the method stays as slow as "
        "gradient descent.",
        lambda damping, old, new: damping * 10,
    ),
    instead(
        "never damped more",
        "You divide by 10 whatever happens. After a failure multiply.",
        lambda damping, old, new: damping / 10,
    ),
    instead(
        "kept after a failure",
        "After a failure you leave the damping as it is, so that the next try is the same again. "
        "Multiply it by 10.",
        lambda damping, old, new: damping / 10 if new < old else damping,
    ),
    instead(
        "kept after a success",
        "After a success you leave the damping as it is. Divide it by 10.",
        lambda damping, old, new: damping if new < old else damping * 10,
    ),
)
