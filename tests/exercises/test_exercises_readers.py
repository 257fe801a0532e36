"""What readers have answered: right in their own way, or wrong in a way that deserves its name."""

import time

import numpy as np
import pytest
from scipy.special import gammaln
from verdicts import verdict

import lossbook as lb
from lossbook.exercises import check


def mse_gradient(w, X, y):
    return 2 * X.T @ (X @ w - y) / len(y)


def softmax(z, axis=1):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def one_hot(y, z):
    return np.eye(z.shape[1])[y]


def weighted_fit(weight, X, y):
    return np.linalg.solve(X.T @ (weight[:, None] * X), X.T @ (weight * y))


# --- right ---


def by_the_package(X, y, lr, steps):
    def f(w):
        return np.mean((X @ w - y) ** 2), mse_gradient(w, X, y)

    return lb.minimize(f, np.zeros(X.shape[1]), lb.GradientDescent(lr), steps=steps).w


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("robust.scale", lambda y, p: 1.483 * np.median(np.abs(y - p))),
        ("robust.scale", lambda y, p: np.median(np.abs(y - p)) / 0.6745),
        ("loss.loop", by_the_package),
        ("descent.loop", by_the_package),
        ("likelihood.bernoulli_nll", lambda y, p: lb.log_loss(y, p)),
        ("likelihood.softmax_grad", lambda y, z: lb.cross_entropy.grad(y, z)),
    ],
)
def test_a_right_answer_is_not_refused(name, answer):
    found = verdict(name, answer)
    assert found, found


# --- wrong, and once taken for right ---


def two_terms(y, p):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def early_stop(X, y, lr, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        step = lr * mse_gradient(w, X, y)
        if np.abs(step).max() < 1e-3:
            break
        w = w - step
    return w


def one_maximum_for_all(y, z):
    e = np.exp(z - z.max())
    return (e / e.sum(axis=1, keepdims=True) - one_hot(y, z)) / len(y)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        (
            "likelihood.softmax_grad",
            lambda y, z: (softmax(np.clip(z, -500, 500)) - one_hot(y, z)) / len(y),
        ),
        ("likelihood.softmax_grad", one_maximum_for_all),
        (
            "likelihood.bernoulli_nll",
            lambda y, p: -np.log(np.prod(np.where(y == 1, p, 1 - p))) / len(y),
        ),
        ("likelihood.bernoulli_nll", lambda y, p: np.nan_to_num(two_terms(y, p))),
        ("loss.loop", early_stop),
        ("descent.loop", early_stop),
    ],
)
def test_a_wrong_answer_is_not_accepted(name, answer):
    assert not verdict(name, answer)


# --- wrong, with a name ---


def return_in_the_loop(y, p):
    total = 0
    for a, b in zip(y, p, strict=True):
        total += (a - b) ** 2
        return total / len(y)


def overwritten(y, p):
    for a, b in zip(y, p, strict=True):
        total = (a - b) ** 2
    return total / len(y)


def early_return(X, y, lr, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        return w - lr * mse_gradient(w, X, y)


def restarted(X, y, lr, steps):
    for _ in range(steps):
        w = np.zeros(X.shape[1])
        w = w - lr * mse_gradient(w, X, y)
    return w


def path(X, y, lr, steps):
    ws = [np.zeros(X.shape[1])]
    for _ in range(steps):
        ws.append(ws[-1] - lr * mse_gradient(ws[-1], X, y))
    return ws


def frozen(X, y, lr, steps):
    return -lr * steps * mse_gradient(np.zeros(X.shape[1]), X, y)


def without_its_length(X, y, lr, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        w = w - mse_gradient(w, X, y)
    return w


def remembering(y, p, seen=[]):  # noqa: B006
    seen.extend((y - p) ** 2)
    return np.mean(seen)


def at_random(X, y, lr, steps):
    w = np.random.default_rng().standard_normal(X.shape[1])
    for _ in range(steps):
        w = w - lr * mse_gradient(w, X, y)
    return w


def without_constants(y, p, sigma):
    return np.mean((y - p) ** 2 / (2 * sigma**2))


@pytest.mark.parametrize(
    ("name", "answer", "mistake"),
    [
        ("squared.value", return_in_the_loop, "first sample only"),
        ("squared.value", overwritten, "last sample only"),
        ("squared.value", lambda y, p: np.sum((y - p)[:-1] ** 2) / len(y), "last sample left out"),
        ("squared.value", lambda y, p: np.sum((y - p) ** 2) // len(y), "decimals cut off"),
        ("squared.value", lambda y, p: int(np.mean((y - p) ** 2)), "decimals cut off"),
        ("squared.value", lambda y, p: 2 * (p - y) / len(y), "many numbers"),
        ("squared.value", remembering, "not the same twice"),
        ("absolute.value", lambda y, p: np.mean(np.abs(y - p)) / 2, "half as large"),
        ("squared.grad", lambda y, p: np.mean((y - p) ** 2), "a single number"),
        ("squared.grad", lambda y, p: 2 * np.sum(p - y), "a single number"),
        ("squared.param_grad", lambda w, X, y: mse_gradient(w, X, y) * len(y) / len(w),
         "columns instead of rows"),
        ("squared.param_grad", lambda w, X, y: 2 * X * (X @ w - y)[:, None] / len(y),
         "rows not added up"),
        ("squared.param_grad", lambda w, X, y: 2 * X.T * (X @ w - y) / len(y),
         "columns not added up"),
        ("squared.param_grad", lambda w, X, y: np.mean(X * (X @ w - y)[:, None], axis=1),
         "one number per sample"),
        ("squared.step", lambda w, X, y, lr: mse_gradient(w, X, y),
         "gradient instead of new parameters"),
        ("squared.step", lambda w, X, y, lr: w - lr * mse_gradient(w, X, y) / len(y),
         "divided by n twice"),
        ("loss.update", lambda w, grad, lr: (w - lr * grad, grad), "several results"),
        ("loss.update", lambda w, grad, lr: w - lr * np.sign(grad), "a step along the sign"),
        ("loss.update", lambda grad, w, lr: w - lr * grad, "arguments swapped"),
        ("descent.mean_step", lambda w, grads, lr: w - lr * grads,
         "rows not averaged"),
        ("descent.mean_step", lambda w, grads, lr: grads.mean(axis=0),
         "gradient instead of new parameters"),
        ("loss.loop", early_return, "a single step"),
        ("loss.loop", restarted, "a single step"),
        ("loss.loop", path, "every step returned"),
        ("loss.loop", frozen, "gradient never renewed"),
        ("loss.loop", without_its_length, "step size forgotten"),
        ("descent.loop", at_random, "not the same twice"),
        ("descent.loop", lambda X, y, lr, steps: np.linalg.lstsq(X, y)[0],
         "solved instead of descended"),
        ("loss.weighted", lambda y, p, w: np.sqrt(lb.mse(y, p, w)), "square root taken"),
        ("loss.weighted", lambda y, p, w: np.sum((y - p) ** 2) / np.sum(w), "weights below only"),
        ("likelihood.gaussian_nll", without_constants, "both constants dropped"),
        ("likelihood.poisson_nll",
         lambda y, z: np.mean(np.exp(z) - y * z + gammaln(y + 1)), "log y! kept"),
        ("likelihood.poisson_nll", lambda y, z: np.mean(np.exp(z)) - np.mean(y) * np.mean(z),
         "product of two means"),
        ("likelihood.softmax_grad", lambda y, z: (softmax(z) - one_hot(y, z)) / z.shape[1],
         "columns instead of rows"),
        ("likelihood.softmax_grad", lambda y, z: (softmax(z, None) - one_hot(y, z)) / len(y),
         "softmax over the whole table"),
        ("robust.huber_grad", lambda y, p, delta: np.minimum(p - y, delta),
         "cut on one side only"),
        ("robust.scale", lambda y, p: 0.6745 * np.median(np.abs(y - p)),
         "0.6745 on the wrong side"),
        ("robust.tukey_weight",
         lambda y, p, c: np.maximum(1 - ((p - y) / c) ** 2, 0) ** 2 / len(y), "divided by n"),
        ("robust.irls_step",
         lambda w, X, y, delta: weighted_fit(delta / np.maximum(X @ w - y, delta), X, y),
         "absolute value forgotten"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(name, answer, mistake):
    found = verdict(name, answer)
    assert not found
    assert found.mistake == mistake, found


# --- what is said ---


def by_differences(w, X, y):
    def loss(v):
        return np.mean((X @ v - y) ** 2)

    return [(loss(w + h) - loss(w)) / 1e-5 for h in 1e-5 * np.eye(len(w))]


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("squared.value", lambda y, p: np.mean((y - p) ^ 2), "`r**2`"),
        ("loss.pointwise", lambda y, p: 3 * (p - y) if (p > y) else y - p, "`np.where("),
        ("loss.pointwise", lambda y, p: max(3 * (p - y), y - p), "`np.maximum("),
        ("squared.value", lambda y, p: float(y - p) ** 2, "NumPy's take arrays"),
        ("absolute.subgradient", lambda y, p: ((p > y) - (p < y)) / len(y), "astype(float)"),
        ("squared.param_grad", lambda w, X, y: X @ (X @ w - y), "X (2, 1), y (2,)"),
        ("squared.grad", lambda y, p: (0.0, p - y, "x"), "a tuple of 3 things"),
        ("squared.grad", lambda y, p: {"grad": p}, "an object of type dict"),
        ("squared.value", lambda y, p: np.nan, "0/0"),
        ("squared.grad", lambda y, p: 2 * np.mean(p - y), "What is due: an array"),
        ("likelihood.poisson_nll", lambda z, y: np.mean(np.exp(z) - y * z), "truth is the first"),
        ("robust.scale", lambda y, p: 1.49 * np.median(np.abs(y - p)), "0.5 % too large"),
        ("squared.param_grad", by_differences, "nearly right"),
        ("loss.mean", np.nan, "NaN, not a number"),
        ("loss.mean", [4.5, 4.5, 4.0], "One number is due"),
        ("loss.mean", 4, "4 is too small"),
        ("squared.best_constant", np.mean, "A number is asked for"),
        ("likelihood.laplace", "the absolute error", 'If you mean "absolute"'),
        ("loss.metric", "log loss plus a penalty!", "That is the objective"),
        ("loss.metric", "a log loss, not accuracy", "Exactly one of them"),
        ("combining.cure", "not the variance", "Write one of these, as it stands"),
        ("combining.cure", "by", "Write one of these, as it stands"),
        ("combining.cure", "project gradients", "wherever it meets the front"),
        ("softmax.symptom", "softmax", "Write one of these, as it stands"),
        ("divergence.direction", "p || q", "covers all that p can do"),
        ("embeddings.collapse", "BD", "Exactly one of them"),
        ("embeddings.collapse", ["B", "D"], "Exactly one of them"),
        ("embeddings.collapse", "all", "Exactly one of them"),
        ("embeddings.collapse", "not B", 'If you mean "B"'),
        ("embeddings.collapse", [], "yours is empty"),
        ("loss.metric", "accuracy or log loss", "Exactly one of them"),
        ("descent.diagnose", "run C", 'If you mean "C"'),
    ],
)
def test_the_message_helps_on(name, answer, words):
    found = verdict(name, answer)
    assert not found
    assert words in found.message, found


def test_slow_is_told_from_endless():
    def slow(y, p):
        time.sleep(0.03)
        return np.mean((y - p) ** 2)

    found = verdict("squared.value", slow, seconds=0.3)
    assert found.mistake == "too slow"
    assert "seconds=3.6" in found.message


def test_the_reader_is_told_where_the_names_are_and_that_the_name_comes_first():
    with pytest.raises(ValueError, match=r"lb\.progress\(\) lists them all"):
        check("squared", 3)
    with pytest.raises(ValueError, match="name of the exercise comes first"):
        check(np.mean, "squared.value")
