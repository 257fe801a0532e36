"""Exercises of the chapter *Regularization*."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._regularization_choice_mistakes import CHOICE, DROPOUT
from lossbook.exercises._regularization_loop_mistakes import LASSO
from lossbook.exercises._regularization_mistakes import GROUPS, RIDGE, SOFT
from lossbook.exercises.kinds import Kind, training_loop

# --- the proximal step of L1 ---


def _weights(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([-3.0]), 0.5, 1.0
    yield np.array([3.0, -2.0, 0.25]), 0.5, 1.0
    yield np.array([-3.0, 0.1]), 0.1, 4.0
    yield np.array([0.0, 1.0, -1.0]), 0.5, 2.0  # on the threshold, and zero itself
    yield np.array([2.0, -0.5]), 0.3, 0.0
    for d in np.linspace(1, 20, 30).astype(int):
        lr, strength = rng.uniform([0.05, 0.2], [0.95, 3]).round(2).tolist()
        yield 2 * rng.standard_normal(d), lr, strength


_step = Kind(
    "proximal step",
    ("w", "lr", "strength"),
    "an array of the shape of w",
    _weights,
    "vectors of 1 to 20 weights, some on the threshold and some zero",
    "the derivation",
)


def soft(w, lr, strength):
    """Return the proximal point of `w` for an L1 penalty and a step of size `lr`."""
    return np.sign(w) * np.maximum(np.abs(w) - lr * strength, 0)


register(
    Exercise(
        "regularization.soft",
        kind=_step,
        reference=soft,
        title="The proximal step of the L1 penalty: the soft threshold",
        hints=(
            "By how much does each weight move, and which weights would cross zero on the way?",
            "The size |w| falls by η λ, but never below 0. What must then be given back?",
            "`np.sign(w) * np.maximum(np.abs(w) - lr * strength, 0)`",
        ),
        mistakes=SOFT,
    )
)

# --- ridge in closed form ---


def _regressions(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([[0.0], [2.0]]), np.array([1.0, 3.0]), 1.0
    yield np.array([[1.0], [2.0], [6.0]]), np.array([10.0, 12.0, 11.0]), 0.5
    for n in np.linspace(2, 40, 24).astype(int):
        d = int(rng.integers(1, 6))
        X = rng.standard_normal((n, d)) * rng.uniform(0.5, 2, d) + rng.uniform(-3, 3, d)
        y = 5 + X @ rng.standard_normal(d) + rng.standard_normal(n)
        yield X, y, round(float(rng.uniform(0.05, 2)), 2)


_regression = Kind(
    "penalised least squares",
    ("X", "y", "strength"),
    "a tuple (w, b)",
    _regressions,
    "sets of 2 to 40 samples with 1 to 5 features whose means are not zero",
    "the equations of the minimum",
).parts("w", "b")


def ridge(X, y, strength):
    """Return weights and intercept of the ridge regression, the intercept free."""
    Z, r = X - X.mean(axis=0), y - y.mean()
    w = np.linalg.solve(Z.T @ Z / len(y) + strength * np.eye(X.shape[1]), Z.T @ r / len(y))
    return w, y.mean() - X.mean(axis=0) @ w


register(
    Exercise(
        "regularization.ridge",
        kind=_regression,
        reference=ridge,
        title="Weights and intercept with an L2 penalty that leaves the intercept alone",
        hints=(
            "Which part of the problem is left for `w`, once `b` is the best one for that `w`?",
            "The best b makes the mean residual zero. So subtract the column means from X and the "
            "mean from y, solve (ZᵀZ/n + λ I) w = Zᵀr/n, and find b at the end.",
            "`w = np.linalg.solve(Z.T @ Z / n + strength * np.eye(d), Z.T @ r / n)`, then "
            "`b = y.mean() - X.mean(axis=0) @ w`.",
        ),
        level=2,
        mistakes=RIDGE,
    )
)

# --- the whole loop ---


def _lassos(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([[2.0, 1.0]]), np.array([3.0]), 0.1, 1, 1.0
    yield np.array([[1.0, 1.0], [3.0, 1.0]]), np.array([2.0, 2.0]), 0.1, 2, 0.5
    for n, steps in zip(np.linspace(2, 40, 26).astype(int), [1, 2, 3, 5, 10] * 6, strict=False):
        d = int(rng.integers(1, 6))
        X = np.column_stack([rng.standard_normal((n, d)), np.ones(n)])
        y = 3 + X[:, :d] @ (2 * rng.standard_normal(d)) + rng.standard_normal(n)
        yield X, y, round(float(rng.uniform(0.05, 0.3)), 2), steps, round(rng.uniform(0.3, 1.5), 2)


def lasso(X, y, lr, steps, strength):
    """Return the weights after some proximal gradient steps for the lasso, from zero."""
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        w = w - lr * X.T @ (X @ w - y) / len(y)
        w[:-1] = np.sign(w[:-1]) * np.maximum(np.abs(w[:-1]) - lr * strength, 0)
    return w


register(
    Exercise(
        "regularization.lasso",
        kind=replace(
            training_loop,
            arguments=("X", "y", "lr", "steps", "strength"),
            against="the same loop",
        ),
        reference=lasso,
        title="Proximal gradient descent for the lasso, the intercept left alone",
        cases=_lassos,
        inputs="linear models of 1 to 5 features and an intercept, with 1 to 40 samples",
        hints=(
            "Two lines in a turn: one knows the data and nothing of the penalty, the other knows "
            "the penalty and nothing of the data. Which comes first?",
            "First the gradient step for half the mean squared error, Xᵀ(X w − y) / n. Then the "
            "soft threshold, at η λ, on all weights but the last.",
            "In the loop `w = w - lr * X.T @ (X @ w - y) / len(y)`, then `w[:-1] = "
            "np.sign(w[:-1]) * np.maximum(np.abs(w[:-1]) - lr * strength, 0)`.",
        ),
        level=2,
        mistakes=LASSO,
    )
)

# --- groups ---


def _groups(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([3.0]), np.array([0]), 0.5, 1.0
    yield np.array([3.0, 4.0, 0.5]), np.array([0, 0, 1]), 1.0, 1.0
    yield np.array([0.0, 0.0, 2.0]), np.array([0, 0, 1]), 0.5, 1.0
    yield np.array([1.0, -2.0, 3.0, 0.5]), np.array([7, -1, 7, -1]), 0.5, 1.0
    for d in np.linspace(1, 12, 26).astype(int):
        groups = rng.integers(0, max(d // 2, 1), d)
        lr, strength = round(float(rng.uniform(0.1, 0.9)), 2), round(float(rng.uniform(0.3, 2)), 2)
        yield 2 * rng.standard_normal(d), groups, lr, strength


def shrink_groups(w, groups, lr, strength):
    """Return the proximal point of `w` for the group lasso and a step of size `lr`."""
    moved = np.zeros(len(w))
    for group in np.unique(groups):
        rows = groups == group
        length = np.linalg.norm(w[rows])
        threshold = lr * strength * np.sqrt(rows.sum())
        if length > threshold:
            moved[rows] = w[rows] * (1 - threshold / length)
    return moved


register(
    Exercise(
        "regularization.groups",
        kind=replace(
            _step,
            arguments=("w", "groups", "lr", "strength"),
            cases=_groups,
            inputs="vectors of 1 to 12 weights in one or more groups, one of them all zero",
        ),
        reference=shrink_groups,
        title="The proximal step of the group lasso",
        hints=(
            "The soft threshold shortens a number. What of a group is to be shortened here, and "
            "what of it stays?",
            "Its length falls by η λ √(size), not below 0; its direction stays. Mind a group of "
            "length 0.",
            "For each group with `length > 0`: `w[rows] * max(1 - threshold / length, 0)`, where "
            "`rows = groups == group` and `threshold = lr * strength * np.sqrt(rows.sum())`.",
        ),
        level=3,
        mistakes=GROUPS,
    )
)

# --- dropout ---


def _layers(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([[1.0, 2.0]]), np.array([[0.1, 0.9]]), 0.5, True
    yield np.array([[1.0, 2.0]]), np.array([[0.1, 0.9]]), 0.5, False
    yield np.array([[2.0], [4.0]]), np.array([[0.25], [0.1]]), 0.25, True
    for n in np.linspace(2, 12, 24).astype(int):
        shape = n, int(rng.integers(2, 7))
        p = round(float(rng.uniform(0.1, 0.8)), 2)
        yield rng.standard_normal(shape), rng.random(shape), p, bool(n % 2)


_layer = Kind(
    "dropout",
    ("a", "u", "p", "training"),
    "an array of the shape of a",
    _layers,
    "layers of 1 to 12 rows and 1 to 6 units, in training and in use",
    "the definition",
)


def dropout(a, u, p, training):
    """Return a layer of which the units with `u` below `p` are left out in training."""
    if not training:
        return a
    return a * (u >= p) / (1 - p)


register(
    Exercise(
        "regularization.dropout",
        kind=_layer,
        reference=dropout,
        title="Dropout of a layer, in training and in use",
        hints=(
            "What does the layer do when it is in use, and no longer in training?",
            "In training a unit survives with probability 1 − p. By what must a survivor be "
            "multiplied, so that its mean over many masks is its old value?",
            "`a * (u >= p) / (1 - p)` in training, `a` otherwise.",
        ),
        level=2,
        mistakes=DROPOUT,
    )
)

# --- choosing a strength ---


def _tables(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.1, 1.0])  # just within the margin
    yield np.array([[3.0, 1.0, 2.0], [5.0, 3.0, 3.0]]), np.array([0.1, 1.0, 10.0])
    yield np.array([[1.0, 5.0, 1.5], [3.0, 7.0, 3.0]]), np.array([0.1, 1.0, 10.0])
    yield np.array([[9.0, 4.0, 4.1, 8.0], [9.0, 6.0, 6.1, 8.0]]), np.array([0.1, 0.2, 0.4, 0.8])
    for k in np.linspace(3, 15, 40).astype(int):
        folds, strengths = int(rng.integers(3, 11)), np.geomspace(0.01, 10, k)
        bowl = 50 + rng.uniform(0.5, 3) * (np.log10(strengths) - rng.uniform(-2, 0.5)) ** 2
        noise = rng.normal(0, 3, (folds, 1)) + rng.normal(0, 0.7, (folds, k))
        yield bowl + noise, strengths


_table = Kind(
    "choice of a strength",
    ("errors", "strengths"),
    "one number, one of the strengths",
    _tables,
    "tables of 2 to 10 folds and 2 to 15 strengths",
    "the rule",
)


def choose(errors, strengths):
    """Return the strongest penalty within one standard error of the best."""
    means = errors.mean(axis=0)
    best = means.argmin()
    error = errors[:, best].std(ddof=1) / np.sqrt(len(errors))
    return strengths[means <= means[best] + error].max()


register(
    Exercise(
        "regularization.choose",
        kind=_table,
        reference=choose,
        title="The strongest penalty that is no worse than the best by more than a standard error",
        hints=(
            "First find the best mean over the folds. Whose uncertainty does the rule speak of?",
            "The standard error is that of the best column: its standard deviation over the folds "
            "(with folds − 1 in the denominator), over the root of the number of folds.",
            "`limit = means[best] + errors[:, best].std(ddof=1) / np.sqrt(len(errors))`, and then "
            "the largest of `strengths[means <= limit]`.",
        ),
        level=3,
        mistakes=CHOICE,
    )
)
