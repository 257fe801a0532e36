"""Penalties: what readers answered to the exercises of *Regularization*, and what they are told."""

import numpy as np
import pytest

from lossbook.exercises import check
from lossbook.exercises._registry import find


def soft(v, t):
    return np.sign(v) * np.maximum(np.abs(v) - t, 0)


def lasso(gradient=1.0, threshold=1.0, dtype=float):
    def answer(X, y, lr, steps, strength):
        w = np.zeros(X.shape[1], dtype)
        for _ in range(steps):
            moved = w - lr * gradient * X.T @ (X @ w - y) / len(y)
            moved[:-1] = soft(moved[:-1], lr * strength * threshold)
            w[:] = moved
        return w

    return answer


def hard(v, kept):
    return np.where(kept, v, 0)


def groups(length, out_of_place=True):
    def answer(w, groups, lr, strength):
        moved = np.zeros(len(w)) if out_of_place else w
        for g in np.unique(groups):
            v = w[groups == g]
            size = length(v)
            t = lr * strength * np.sqrt(len(v))
            v = v * max(1 - t / size, 0) if size else v
            if out_of_place:
                moved[groups == g] = v
        return moved

    return answer


def unscaled_ridge(X, y, strength):
    m = X.mean(axis=0)
    Z, n, d = X - m, *X.shape
    w = np.linalg.solve(Z.T @ Z / n + strength / n * np.eye(d), Z.T @ (y - y.mean()) / n)
    return w, y.mean() - m @ w


def margin(errors):
    means = errors.mean(axis=0)
    best = means.argmin()
    return means, best, means[best] + errors[:, best].std(ddof=1) / np.sqrt(len(errors))


def below(errors, strengths):
    means, _, limit = margin(errors)
    return strengths[means < limit].max()


def walk(errors, strengths):
    means, at, limit = margin(errors)
    while at + 1 < len(means) and means[at + 1] <= limit:
        at += 1
    return strengths[at]


def choose(errors, strengths):
    means, _, limit = margin(errors)
    return max(s for s, m in zip(strengths, means, strict=True) if m <= limit)


@pytest.mark.parametrize(
    ("name", "answer", "told"),
    [
        ("lasso", lasso(threshold=0.5), "half the threshold"),
        ("lasso", lasso(threshold=2), "twice the threshold"),
        ("lasso", lasso(gradient=0.5), "half the gradient"),
        ("lasso", lasso(gradient=0.5, threshold=0.5), "half the step size"),
        ("lasso", lambda X, *rest: np.zeros(X.shape[1]), "array of integers"),
        ("soft", lambda w, lr, s: hard(w, np.abs(w) >= lr * s), "hard threshold"),
        ("soft", lambda w, lr, s: hard(w, np.abs(w) > lr * s), "hard threshold"),
        ("soft", lambda w, lr, s: w, "w as it is"),
        ("groups", groups(np.linalg.norm, out_of_place=False), "w as it is"),
        ("groups", groups(lambda v: np.sqrt(np.mean(v**2))), "root *mean* square"),
        ("ridge", unscaled_ridge, "n times too weak"),
        ("choose", below, "less than instead of at most"),
        ("choose", walk, "stopped at the first above"),
    ],
)
def test_a_wrong_answer_is_told_what_is_true_of_it(name, answer, told):
    found = check(f"regularization.{name}", answer, record=False)
    assert not found
    assert told in str(found)
    assert "Two things" not in str(found)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("lasso", lasso()),
        ("soft", lambda w, lr, s: w - np.clip(w, -lr * s, lr * s)),
        ("groups", groups(np.linalg.norm)),
        ("choose", choose),
    ],
)
def test_a_right_answer_passes(name, answer):
    found = check(f"regularization.{name}", answer, record=False)
    assert found, found


def test_the_margin_is_met_exactly_and_left_and_entered_again():
    tables = find("regularization.choose").inputs_tested()
    assert any(np.any(margin(errors)[0] == margin(errors)[2]) for errors, _ in tables)
    assert any(walk(*table) != choose(*table) for table in tables)
