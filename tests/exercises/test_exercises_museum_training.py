"""The bug museum, rooms 10 to 17: what is shown is recognised, what is repaired is let go."""

import numpy as np
import pytest
from scipy.special import expit

import lossbook as lb
from lossbook.exercises import check
from lossbook.exercises._registry import find

# --- the pieces, as they stand on the page ---


def smooth_l1(r, beta):
    return np.maximum(r**2 / (2 * beta), np.abs(r) - beta / 2)


def weighted_mse(y_true, y_pred, weights):
    return np.mean(weights * (y_pred - y_true) ** 2)


def gradient(w, X, y):
    kept = y != -100
    p = 1 / (1 + np.exp(-X[kept] @ w))
    return X[kept].T @ (p - y[kept]) / kept.sum()


def root_backward(x, upstream):
    into_root = np.where(x > 0, upstream, 0.0)
    return into_root * 0.5 / np.sqrt(x)


def train(X, y, lr, steps, early=True, rebind=False, copy=False, held_out=False):
    model = {"w": np.zeros(X.shape[1]), "b": np.zeros(1)}
    if not early:
        model["b"] = np.full(1, y.mean())
    held = [p.copy() for p in model.values()] if copy else list(model.values())
    if early:
        model["b"] = np.full(1, y.mean())
    for _ in range(steps):
        r = X @ model["w"] + model["b"] - y
        grads = [X.T @ r / len(y), r.mean(keepdims=True)]
        for p, g in zip(held, grads, strict=True):
            if rebind:
                p = p - lr * g
            else:
                p -= lr * g
    return np.concatenate(held if held_out else [model["w"], model["b"]])


def adam_steps(grads, lr):
    m, v, steps = 0.0, 0.0, []
    for g in grads:
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        steps.append(-lr * m / (np.sqrt(v) + 1e-8))
    return np.array(steps)


def held_out_scores(X, y, train, k, scaled_by=None, chosen_on=None):
    everyone = np.full(len(y), True)
    scaled_by = everyone if scaled_by is None else scaled_by
    chosen_on = everyone if chosen_on is None else chosen_on
    Z = (X - X[scaled_by].mean(axis=0)) / X[scaled_by].std(axis=0)
    best = np.argsort(np.abs(Z[chosen_on].T @ y[chosen_on]))[-k:]
    pull = Z[train][:, best].T @ y[train]
    return Z[~train][:, best] @ pull


def validation_loss(X, y, W, v, p, seed):
    a = np.maximum(X @ W, 0)
    kept = np.random.default_rng(seed).random(a.shape) >= p
    return np.mean((a * kept / (1 - p) @ v - y) ** 2)


PIECES = {
    "smooth_l1": smooth_l1,
    "weighted_mean": weighted_mse,
    "all_ignored": gradient,
    "where_gradient": root_backward,
    "unseen_parameter": train,
    "adam_start": adam_steps,
    "test_data_in_the_scaler": held_out_scores,
    "training_mode": validation_loss,
}


@pytest.mark.parametrize("name", PIECES)
def test_the_museum_s_piece_is_recognised_unrepaired(name):
    found = check(f"bug_museum.{name}", PIECES[name], record=False)
    assert not found
    assert found.mistake == "the museum's piece"
    assert found.message.startswith("That is still the museum's piece")


@pytest.mark.parametrize("name", PIECES)
def test_the_verdict_on_the_piece_does_not_hand_over_the_repair(name):
    piece = check(f"bug_museum.{name}", PIECES[name], record=False).message
    solution = find(f"bug_museum.{name}").hints[-1]
    assert not any(code in piece for code in solution.split("`")[1::2])


# --- half repairs, written as readers write them ---


def kept_above(eps):
    return lambda x, up: np.where(x > 0, up, 0) * 0.5 / np.sqrt(np.clip(x, eps, None))


def drop_padding(w, X, y):
    return X.T @ np.where(y == -100, 0, expit(X @ w) - y) / len(y)


def adam(first, second):
    def answer(grads, lr):
        m = v = np.zeros(grads.shape[1])
        steps = np.empty_like(grads)
        for t, g in enumerate(grads, 1):
            m, v = m + 0.1 * (g - m), v + 0.001 * (g * g - v)
            m_hat = m / (1 - 0.9**t) if first else m
            v_hat = v / (1 - 0.999**t) if second else v
            steps[t - 1] = -lr * m_hat / (v_hat**0.5 + 1e-8)
        return steps

    return answer


def drawn_once(X, y, W, v, p, seed):
    return validation_loss(X, y, W, v, p, 0)


def adam_as_published(grads, lr):
    m, v, steps = 0.0, 0.0, []
    for t, g in enumerate(grads, 1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        rate = lr * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        steps.append(-rate * m / (np.sqrt(v) + 1e-8))
    return np.array(steps)


def half_scaled(X, y, train, k, test=True, choice=True):
    Z = (X - X[train].mean(axis=0)) / X[train].std(axis=0)
    best = np.argsort(np.abs((Z if choice else X)[train].T @ y[train]))[-k:]
    return (Z if test else X)[~train][:, best] @ (Z[train][:, best].T @ y[train])


def relu(a):
    return np.maximum(a, 0)


def pairs(p, y):
    return np.repeat(y, len(p)), np.tile(p, len(y))


def no_nan(g):
    return np.where(np.isnan(g), 0, g)


def hidden_nan(w, X, y):
    return np.nan_to_num(gradient(w, X, y))


@pytest.mark.parametrize(
    ("name", "answer", "told"),
    [
        ("smooth_l1", lambda r, beta: 0.5 * r * r / beta, "the square alone"),
        ("smooth_l1", lambda r, b: np.minimum(r**2 / (2 * b), np.abs(r) - b / 2), "less than noth"),
        ("smooth_l1", lambda r, b: b * lb.SmoothL1(b).pointwise(0 * r, r), "Huber"),
        ("weighted_mean", lambda y, p, w: w @ (p - y) ** 2 / (w > 0).sum(), "weight is not 0"),
        ("weighted_mean", lambda y, p, w: lb.mse(y, p), "Where are the weights"),
        ("weighted_mean", lambda y, p, w: w @ (p - y) ** 2 / max(w.sum(), 1), "anything positive"),
        ("weighted_mean", lambda y, p, w: w @ (p - y) ** 2 / max(w.sum(), 3), "at least 3"),
        ("all_ignored", drop_padding, "shrink the gradient"),
        ("all_ignored", hidden_nan, "that should be seen"),
        ("all_ignored", lambda *args: no_nan(gradient(*args)), "whatever it comes from"),
        ("where_gradient", lambda x, up: no_nan(root_backward(x, up)), "a NaN that comes in"),
        (
            "where_gradient",
            lambda x, up: np.nan_to_num(root_backward(x, up)),
            "that should be seen",
        ),
        ("where_gradient", kept_above(1e-8), "slope of another number"),
        ("where_gradient", lambda x, up: up / 2 / np.sqrt(np.where(x > 0, x, 1)), "in its place"),
        ("unseen_parameter", lambda *args: train(*args, early=False, rebind=True), "p -= …"),
        ("unseen_parameter", lambda *args: train(*args, early=False, copy=True), "p -= …"),
        ("unseen_parameter", lambda *args: train(*args, early=False, copy=True), "has copies"),
        ("unseen_parameter", lambda *args: train(*args, held_out=True), "what the optimizer holds"),
        ("unseen_parameter", lambda *args: np.roll(train(*args, early=False), 1), "weights first"),
        ("adam_start", adam_as_published, "corrected v"),
        ("adam_start", adam(True, False), "not v"),
        ("adam_start", adam(False, True), "not m"),
        (
            "test_data_in_the_scaler",
            lambda *a: held_out_scores(*a, scaled_by=a[2]),
            "scaling is cl",
        ),
        ("test_data_in_the_scaler", lambda *a: held_out_scores(*a, chosen_on=a[2]), "Mean and spr"),
        ("test_data_in_the_scaler", lambda *a: half_scaled(*a, test=False), "come as they are"),
        ("test_data_in_the_scaler", lambda *a: half_scaled(*a, choice=False), "Scale first"),
        ("training_mode", drawn_once, "same mask"),
        ("training_mode", lambda X, y, W, v, *_: sum((relu(X @ W) @ v - y) ** 2), "sum instead"),
        ("training_mode", lambda X, y, W, v, *_: lb.mse(*pairs(relu(X @ W) @ v, y)), "(n, 1)"),
        ("training_mode", lambda X, y, W, v, p, s: lb.mse(y, X @ W @ v), "smallest input"),
    ],
)
def test_a_half_repair_is_told_what_is_true_of_it(name, answer, told):
    found = check(f"bug_museum.{name}", answer, record=False)
    assert not found
    assert told in str(found)
    assert "Two things" not in str(found)


# --- right, in another form ---


def smooth_l1_by_clipping(r, beta):
    near = np.minimum(np.abs(r), beta)
    return near * (np.abs(r) - near / 2) / beta


def rows_with_labels(w, X, y):
    rows = [(x, t) for x, t in zip(X, y, strict=True) if t >= 0]
    return sum(((expit(x @ w) - t) * x for x, t in rows), 0 * w) / (len(rows) or 1)


def only_where_positive(x, upstream):
    grad = np.zeros(len(x))
    grad[x > 0] = upstream[x > 0] / (2 * np.sqrt(x[x > 0]))
    return grad


def all_in_one(X, y, lr, steps):
    A = np.column_stack([X, np.ones(len(y))])
    w = np.append(np.zeros(X.shape[1]), np.mean(y))
    for _ in range(steps):
        w -= lr * A.T @ (A @ w - y) / len(y)
    return w


def by_the_package(grads, lr):
    w, adam, path = np.zeros(grads.shape[1]), lb.Adam(lr), [np.zeros(grads.shape[1])]
    for g in grads:
        adam.step(w, g)
        path.append(w.copy())
    return np.diff(path, axis=0)


def scores_by_centring(X, y, train, k):
    fit, test = X[train], X[~train]
    mean, spread = fit.mean(axis=0), fit.std(axis=0)
    fit, test = (fit - mean) / spread, (test - mean) / spread
    pull = (fit * y[train, None]).sum(axis=0)
    pull[np.argsort(-abs(pull))[k:]] = 0
    return (test @ pull).tolist()


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("smooth_l1", smooth_l1_by_clipping),
        ("smooth_l1", lambda r, beta: lb.SmoothL1(beta).pointwise(np.zeros(len(r)), r)),
        ("smooth_l1", lambda r, beta: smooth_l1_by_clipping(r.astype(np.float32), beta)),
        ("weighted_mean", lambda y, p, w: np.average((y - p) ** 2, weights=w)),
        ("weighted_mean", lambda y, p, w: np.mean(w / w.mean() * (y - p) ** 2)),
        ("weighted_mean", lambda y, p, w: lb.mse(y, p, w)),
        ("all_ignored", rows_with_labels),
        ("where_gradient", only_where_positive),
        ("where_gradient", lambda x, up: np.where(x > 0, up / (2 * np.sqrt(x)), 0)),
        ("unseen_parameter", lambda *args: train(*args, early=False)),
        ("unseen_parameter", all_in_one),
        ("adam_start", adam(True, True)),
        ("adam_start", by_the_package),
        ("test_data_in_the_scaler", scores_by_centring),
        ("test_data_in_the_scaler", lambda X, *rest: half_scaled(X.astype("f4"), *rest)),
        ("training_mode", lambda X, y, W, v, p, seed: lb.mse(y, np.maximum(X @ W, 0) @ v)),
        ("training_mode", lambda X, y, W, v, p, seed: validation_loss(X, y, W, v, 0, seed)),
    ],
)
def test_a_right_answer_in_another_form_passes(name, answer):
    found = check(f"bug_museum.{name}", answer, record=False)
    assert found, found


def test_an_unforeseen_mistake_is_shown_though_nan_is_due_elsewhere():
    def parameters_for_zeros(w, X, y):
        return w if (y == -100).all() else rows_with_labels(w, X, y)

    found = check("bug_museum.all_ignored", parameters_for_zeros, record=False)
    assert not found
    assert found.message.startswith("Right on")


# --- the symptoms are real ---


def test_only_the_choice_of_the_features_makes_noise_predictable():
    rng, train = np.random.default_rng(3), np.arange(100) < 50
    draws = [(rng.standard_normal((100, 400)), rng.choice([-1, 1], 100)) for _ in range(20)]

    def accuracy(**learned_from):
        found = [held_out_scores(X, y, train, 10, **learned_from) for X, y in draws]
        right = [np.sign(s) == y[~train] for s, (_, y) in zip(found, draws, strict=True)]
        return np.mean(right)

    assert accuracy() > 0.65
    assert accuracy(scaled_by=train) > 0.65
    assert abs(accuracy(scaled_by=train, chosen_on=train) - 0.5) < 0.06
