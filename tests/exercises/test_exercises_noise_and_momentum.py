"""Verdicts on stochastic gradient descent and momentum name all that is wrong, and no more."""

import numpy as np
import pytest

from lossbook.exercises import check


def slope(X, y, w):
    return 2 * X.T @ (X @ w - y) / len(y)


def share_cut_to_zero(X, y, lr, batch_size, orders):
    w = np.zeros(X.shape[1])
    for order in orders:
        for start in range(0, len(order), batch_size):
            rows = order[start : start + batch_size]
            w = w - lr * (len(rows) // batch_size) * slope(X[rows], y[rows], w)
    return w


def of_each_sample(w, X, y, rows):
    return 2 * (X[rows] @ w - y[rows])[:, None] * X[rows]


def moved_first(X, y, lr, steps, mu):
    w, v = np.zeros(X.shape[1]), np.zeros(X.shape[1])
    for _ in range(steps):
        w = w - lr * v
        v = mu * v + slope(X, y, w)
    return w


def without_the_last_rate(w, grads, rates, mu):
    v = np.zeros(len(w))
    for k in range(len(rates) - 1):
        v = mu * v + rates[k] * grads[k]
        w = w - v
    return w


def path_without_start(X, y, lr, steps, mu):
    w, v, path = np.zeros(X.shape[1]), np.zeros(X.shape[1]), []
    for _ in range(steps):
        v = mu * v + slope(X, y, w)
        w = w - lr * v
        path.append(w)
    return np.array(path)


def both_roots(lr, curvature, mu):
    return np.abs(np.roots([1, -(1 + mu - lr * curvature), mu]))


def by_square_root(lr, curvature, mu):
    b = 1 + mu - lr * curvature
    root = np.sqrt(max(b * b - 4 * mu, 0))
    return max(abs(b + root), abs(b - root)) / 2


def first_b(grads, b):
    return np.var(grads[:b])


def first_b_in_formula(grads, b):
    return np.var(grads[:b]) / b * (len(grads) - b) / (len(grads) - 1)


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("sgd.epochs", share_cut_to_zero, "`//`"),
        ("sgd.batch_gradient", of_each_sample, "mean"),
        ("sgd.batch_gradient", lambda *args: of_each_sample(*args)[0], "`return`"),
        ("sgd.batch_gradient", lambda *args: of_each_sample(*args)[-1], "`+=`"),
        ("sgd.batch_variance", first_b, "(n − b)/(n − 1)"),
        ("sgd.batch_variance", first_b, "divide by b"),
        ("sgd.batch_variance", first_b_in_formula, "formula is right"),
        ("sgd.batch_size", 88.8889, "curvature"),
        ("sgd.batch_size", 44.97, "whole number"),
        ("momentum.loop", moved_first, "before the velocity"),
        ("momentum.loop", path_without_start, "last row is right"),
        ("momentum.rate_inside", without_the_last_rate, "end one step early"),
        ("momentum.leaves", both_roots, "long run"),
        ("momentum.leaves", lambda *args: np.sort(both_roots(*args)), "long run"),
        ("momentum.leaves", by_square_root, "discriminant"),
        ("momentum.steps_per_digit", 115.95, "whole number"),
        ("momentum.steps_per_digit", 57.5646, "squared"),
        ("momentum.steps_per_digit", 229.1, "Nesterov"),
    ],
)
def test_verdict_names_what_is_wrong(name, answer, said):
    verdict = check(name, answer, record=False)
    assert not verdict.passed
    assert said in verdict.message


def shuffled_anew(X, y, lr, batch_size, orders):
    rng = np.random.default_rng()
    w = np.zeros(X.shape[1])
    for order in orders:
        for rows in np.split(rng.permutation(order), range(batch_size, len(order), batch_size)):
            w = w - lr * len(rows) / batch_size * slope(X[rows], y[rows], w)
    return w


def test_an_order_of_its_own_is_not_the_same_twice():
    verdicts = {check("sgd.epochs", shuffled_anew, record=False).mistake for _ in range(5)}
    assert verdicts == {"not the same twice"}
