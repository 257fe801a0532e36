"""Typical mistakes of penalties and their proximal steps."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments, of_result


def shrink(w, threshold):
    """Return the soft threshold of `w`."""
    return np.sign(w) * np.maximum(np.abs(w) - threshold, 0)


# --- the soft threshold, called as soft(w, lr, strength) ----------------------------------------

SOFT = (
    instead(
        "sign forgotten",
        "The sizes are right, but every weight comes back positive. Give each its sign again.",
        lambda w, lr, strength: np.maximum(np.abs(w) - lr * strength, 0),
    ),
    instead(
        "hard threshold",
        "You drop the small weights and leave the large ones as they are. The soft threshold "
        "also moves the large ones, by η λ towards zero.",
        lambda w, lr, strength: np.where(np.abs(w) > lr * strength, w, 0),
    ),
    instead(
        "hard threshold",
        "You leave weights of size η λ and more as they are. The soft threshold moves these too, "
        "by η λ towards zero.",
        lambda w, lr, strength: np.where(np.abs(w) >= lr * strength, w, 0),
    ),
    instead(
        "w as it is",
        "You return `w` as it was given. Is the result assigned, and is it the one you return?",
        lambda w, lr, strength: w,
    ),
    instead(
        "not stopped at zero",
        "You move every weight by η λ towards zero and on through it: small weights come out on "
        "the other side. Stop at zero.",
        lambda w, lr, strength: w - lr * strength * np.sign(w),
    ),
    instead(
        "no case in the middle",
        "You know two cases, minus η λ and plus η λ. Between −η λ and η λ there is a third: zero.",
        lambda w, lr, strength: np.where(w > lr * strength, w - lr * strength, w + lr * strength),
    ),
    instead(
        "moved away from zero",
        "You add the threshold to the size of each weight. A penalty pulls towards zero.",
        lambda w, lr, strength: np.sign(w) * (np.abs(w) + lr * strength),
    ),
    instead(
        "what was taken away",
        "You return what the step takes away from each weight. Subtract it from `w`.",
        lambda w, lr, strength: np.clip(w, -lr * strength, lr * strength),
    ),
    instead(
        "positive weights only",
        "Negative weights all become zero. The threshold works on the size, on both sides.",
        lambda w, lr, strength: np.maximum(w - lr * strength, 0),
    ),
    instead(
        "threshold on the wrong side",
        "You keep the weights below the threshold and drop those above. It is the small ones "
        "that go.",
        lambda w, lr, strength: np.where(np.abs(w) > lr * strength, 0, w),
    ),
    instead(
        "the step of L2",
        "You divide every weight by 1 + η λ: that is the proximal step of L2, which never "
        "reaches zero.",
        lambda w, lr, strength: w / (1 + lr * strength),
    ),
    of_arguments(
        "strength without the step size",
        "Your threshold is λ. A step of size η moves each weight by η λ.",
        lambda w, lr, strength: (w, 1.0, strength),
    ),
    of_arguments(
        "step size without the strength",
        "Your threshold is η. A step of size η moves each weight by η λ.",
        lambda w, lr, strength: (w, lr, 1.0),
    ),
    of_arguments(
        "half the threshold",
        "Your threshold is half of η λ. There is no ½ in front of the sum of absolute values.",
        lambda w, lr, strength: (w, lr / 2, strength),
    ),
)

# --- ridge, called as ridge(X, y, strength) → (w, b) --------------------------------------------


def _centred(scale, free=True):
    """Return ridge weights whose penalty is ``scale(strength, X)``."""

    def fit(X, y, strength):
        m = X.mean(axis=0)
        Z = X - m
        w = np.linalg.solve(
            Z.T @ Z / len(y) + scale(strength, X) * np.eye(X.shape[1]),
            Z.T @ (y - y.mean()) / len(y),
        )
        return w, y.mean() - (m @ w if free else 0)

    return fit


def _with_ones(strength_of_ones):
    """Return ridge weights with a column of ones that is penalised, or left out (None)."""

    def fit(X, y, strength):
        A = X if strength_of_ones is None else np.column_stack([X, np.ones(len(y))])
        gram = A.T @ A / len(y) + strength * np.eye(A.shape[1])
        w = np.linalg.solve(gram, A.T @ y / len(y))
        return (w, y.mean() - X.mean(axis=0) @ w) if A is X else (w[:-1], w[-1])

    return fit


RIDGE = (
    instead(
        "intercept penalised",
        "You penalise the intercept together with the weights, so that it is pulled towards zero. "
        "Leave its place on the diagonal at 0, or centre X and y.",
        _with_ones(1.0),
    ),
    instead(
        "features not centred",
        "You find the weights as if the line went through the origin, and the intercept "
        "afterwards. Centre X and y before you solve for w.",
        _with_ones(None),
    ),
    instead(
        "mean of y for the intercept",
        "The weights are right. The intercept is the mean of y only if every feature has mean 0; "
        "here subtract the mean of X times w.",
        _centred(lambda strength, X: strength, free=False),
    ),
    instead(
        "sum instead of mean",
        "Your penalty is n times too weak: is ZᵀZ not divided by n, or λ divided as well?",
        _centred(lambda strength, X: strength / len(X)),
    ),
    instead(
        "divided by n twice",
        "Your penalty is n times too strong: 1/n and λ have come together twice.",
        _centred(lambda strength, X: strength * len(X)),
    ),
    instead(
        "penalty twice as strong",
        "Your penalty is twice as strong as it should be: it is λ/2 times the sum of squares, "
        "whose gradient is λ w.",
        _centred(lambda strength, X: 2 * strength),
    ),
    instead(
        "penalty half as strong",
        "Your penalty is half as strong as it should be. Is the loss without its ½, so that its "
        "gradient is twice as large?",
        _centred(lambda strength, X: strength / 2),
    ),
    instead(
        "results swapped",
        "Both are right, in the wrong order. Return first the weights, then the intercept.",
        lambda X, y, strength: _centred(lambda strength, X: strength)(X, y, strength)[::-1],
    ),
    instead(
        "penalty forgotten",
        "This is the fit without a penalty. Add λ to the diagonal.",
        lambda X, y, strength: _unpenalised(X, y),
    ),
)


def _unpenalised(X, y):
    m = X.mean(axis=0)
    w = np.linalg.lstsq(X - m, y - y.mean())[0]
    return w, y.mean() - m @ w


# --- groups, called as prox(w, groups, lr, strength) --------------------------------------------


def _by_group(kept):
    """Return the step that multiplies a group by ``kept(length, size, lr * strength)``."""

    def run(w, groups, lr, strength):
        moved = np.zeros(len(w))
        for group in np.unique(groups):
            rows = groups == group
            length = np.linalg.norm(w[rows])
            if length:
                moved[rows] = w[rows] * kept(length, rows.sum(), lr * strength)
        return moved

    return run


GROUPS = (
    instead(
        "w as it is",
        "You return `w` as it was given. `w[rows]` is a copy of the group: assign what you make "
        "of it, to `moved[rows]` for example, and return that.",
        lambda w, groups, lr, strength: w,
    ),
    instead(
        "size of the group forgotten",
        "Every group is shortened by η λ, however large it is. Here a group of size g is "
        "shortened by η λ √g.",
        _by_group(lambda length, size, t: max(1 - t / length, 0)),
    ),
    instead(
        "size without its root",
        "You shorten a group by η λ times its size; it is the square root of the size. Or is your "
        "length a root *mean* square? Take the root of the sum of squares.",
        _by_group(lambda length, size, t: max(1 - t * size / length, 0)),
    ),
    instead(
        "square of the length",
        "You divide by the square of a group's length. Is the root forgotten? "
        "`np.linalg.norm` takes it.",
        _by_group(lambda length, size, t: max(1 - t * np.sqrt(size) / length**2, 0)),
    ),
    instead(
        "each weight by itself",
        "You apply the soft threshold to every weight by itself: that is the lasso. A group is "
        "shortened as a whole.",
        lambda w, groups, lr, strength: shrink(w, lr * strength),
    ),
    instead(
        "each weight by itself, with the size of its group",
        "You apply the soft threshold to every weight by itself. It is the length of the group "
        "that falls by η λ √g, and its direction stays.",
        lambda w, groups, lr, s: shrink(w, lr * s * np.sqrt((groups[:, None] == groups).sum(1))),
    ),
    instead(
        "not stopped at zero",
        "Short groups come out on the other side, turned round: the factor 1 − η λ √g / length is "
        "negative for them. Stop at zero.",
        _by_group(lambda length, size, t: 1 - t * np.sqrt(size) / length),
    ),
    instead(
        "groups dropped or left alone",
        "You drop the short groups and leave the long ones as they are. These are shortened too.",
        _by_group(lambda length, size, t: float(length > t * np.sqrt(size))),
    ),
    of_arguments(
        "one group for all",
        "You treat the whole vector as one group. Take the length of each group by itself.",
        lambda w, groups, lr, strength: (w, np.zeros(len(w), int), lr, strength),
    ),
    of_arguments(
        "strength without the step size",
        "You leave out the step size: a group is shortened by η λ √g.",
        lambda w, groups, lr, strength: (w, groups, 1.0, strength),
    ),
    of_result(
        "zero group divided by zero",
        "A group of zeros has length 0, and you divide by it, which gives NaN. Such a group "
        "stays at zero.",
        lambda moved, w, groups, lr, s: np.where(
            [not w[groups == g].any() for g in groups], np.nan, moved
        ),
    ),
)
