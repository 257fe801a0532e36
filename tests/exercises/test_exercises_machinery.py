"""What every exercise says of the form of an answer is true of that answer."""

from dataclasses import replace

import numpy as np
import pytest
from verdicts import verdict

from lossbook.exercises import Exercise, kinds
from lossbook.exercises._check import judge
from lossbook.exercises._registry import find


def reference(name):
    return find(name).reference


# --- arrays, where less is due ---


def rates_path(w, grads, rates, mu, start=False):
    v, path = np.zeros(len(w)), [w] if start else []
    for grad, rate in zip(grads, rates, strict=True):
        v = mu * v + rate * grad
        w = w - v
        path.append(w)
    return path


def partitions_apart(w, sums, batches, sizes, lr):
    return w - lr * (sizes / sizes.sum() / batches)[:, None] * sums


def divided(w, grad, lr):
    return w - lr * grad / (np.eye(len(w)) + 1)


@pytest.mark.parametrize(
    ("name", "answer", "says", "silent"),
    [
        (
            "squared.value",
            lambda y, p: (np.mean(p), np.mean((p - y) ** 2)),
            "Number 2 is right",
            "row",
        ),
        ("momentum.rate_inside", rates_path, "last row is right", "sample"),
        ("momentum.rate_inside", lambda *a: rates_path(*a, True), "last row is right", "sample"),
        ("descent.mean_step", lambda w, grads, lr: w - lr * grads, "mean of its rows", "column"),
        ("distributed.sync_step", partitions_apart, "of `sums`", "sample"),
        ("squared.value", lambda y, p: np.repeat(p, 2), "or what of them all", "entry"),
        ("squared.value", lambda y, p: (p - y) ** 3, "every entry of `y_true`", "column"),
        ("loss.update", divided, "np.linalg.solve", "n × n"),
    ],
)
def test_an_array_too_many_is_told_what_it_is(name, answer, says, silent):
    found = verdict(name, answer)
    assert not found
    assert says in found.message, found
    assert silent not in found.message, found


# --- several results ---


def backward(*args):
    return reference("backprop.backward")(*args)


def states(X, y, W1, w2, lr, order):
    return [(W1, w2), *(reference("backprop.loop")(X, y, W1, w2, lr, [i]) for i in order)]


def one_bias_wrong(*args):
    dW1, db1, dW2, db2 = backward(*args)
    return dW1, db1 + 1, dW2, db2


def biases_as_rows(*args):
    dW1, db1, dW2, db2 = backward(*args)
    return dW1, db1[None], dW2, db2[None]


@pytest.mark.parametrize(
    ("name", "answer", "says"),
    [
        ("backprop.backward", lambda *a: backward(*a)[:3], "a tuple of 3 things, where 4 things"),
        ("backprop.backward", lambda *a: (backward(*a),), "a tuple of 1 thing, where"),
        ("backprop.backward", lambda *a: backward(*a)[::-1], "you return (db2, dW2, db1, dW1)"),
        ("backprop.backward", biases_as_rows, "`db1` has shape (1, 1), where (1,) is due; `db2`"),
        ("backprop.backward", one_bias_wrong, "2 (db1)"),
        ("backprop.loop", states, "whose W1 is a tuple of 2 things"),
        ("backprop.loop", lambda *a: reference("backprop.loop")(*a)[::-1], "(w2, W1)"),
        (
            "regularization.ridge",
            lambda *a: [np.atleast_1d(part) for part in reference("regularization.ridge")(*a)],
            "`b` has shape (1,), where one number is due",
        ),
    ],
)
def test_several_results_are_told_apart_by_name(name, answer, says):
    found = verdict(name, answer)
    assert not found
    assert says in found.message, found


def test_several_results_of_one_shape_may_come_as_the_rows_of_an_array():
    assert verdict("momentum.step", lambda *args: np.array(reference("momentum.step")(*args)))


# --- how the function is written ---


def doubling(w, v, grad, lr, mu):
    grad *= 2
    return w - lr * (mu * v + grad), mu * v + 0.7 * grad


def put_back(w, X, y, h):
    def loss():
        return np.mean((np.tanh(X @ w) - y) ** 2)

    grad = np.zeros(len(w))
    for j in range(len(w)):
        w[j] += h
        above = loss()
        w[j] -= 2 * h
        grad[j] = (above - loss()) / (2 * h)
        w[j] += h
    return grad


class Empty:
    """A class, where a function is asked for."""


@pytest.mark.parametrize(
    ("name", "answer", "says", "silent"),
    [
        ("momentum.step", doubling, "writes into its argument `grad`", "values are right"),
        ("backprop.differences", put_back, "not give back exactly the old", "Right on"),
        ("backprop.he", Empty, "this is a class", "dataclass"),
        ("backprop.he", lambda: 1, "1 argument, whose name is free", "order"),
        ("regularization.dropout", lambda a, u, p, training: a + 1, "training = True", "= 1\n"),
    ],
)
def test_what_hinders_the_call_is_said(name, answer, says, silent):
    found = verdict(name, answer)
    assert not found
    assert says in found.message, found
    assert silent not in found.message, found


def test_half_a_step_is_not_laid_on_the_derivative_of_a_square_alone():
    step = reference("squared.step")
    found = verdict("squared.step", lambda w, X, y, lr: step(w, X, y, lr / 2))
    assert found.mistake == "step half as long"
    assert "a ½ too many" in found.message


def test_an_order_drawn_at_random_shows_on_the_largest_input():
    """With one sample there is a single order: the first input cannot tell."""

    def shuffled(X, y, lr, steps):
        w, rng = np.zeros(X.shape[1]), np.random.default_rng()
        for i in rng.permutation(len(y)):
            w = w - lr * 2 * (X[i] @ w - y[i]) * X[i]
        return w

    assert verdict("descent.loop", shuffled).mistake == "not the same twice"


# --- numbers ---


@pytest.mark.parametrize(
    ("name", "answer", "title"),
    [
        ("momentum.steps_per_digit", 115.13, "answered 115.13"),
        ("momentum.steps_per_digit", 11512, "answered 11512"),
        ("momentum.steps_per_digit", 57.5646, "answered 57.5646"),
        ("momentum.steps_per_digit", 115.9, "not a whole number"),
        ("momentum.steps_per_digit", 116.0001, "not a whole number"),
        ("sgd.batch_size", 44.97, "not a whole number"),
        ("sgd.batch_size", 88.8889, "answered 88.8889"),
        ("second.steps_on_quadratic", 9999, "answered 9999"),
    ],
)
def test_a_number_is_quoted_as_it_was_given(name, answer, title):
    found = verdict(name, answer)
    assert not found
    assert found.mistake == title, found


def test_a_whole_number_is_right_as_a_float_and_wrong_beside():
    exercise = Exercise("toy.whole", kinds.whole_number, lambda: 20_000, "A toy", ("a", "b"))
    assert judge(exercise, 20_000.0, 5)
    assert not judge(exercise, 20_001, 5)
    assert judge(replace(exercise, kind=kinds.number), 20_001, 5)


# --- one number ---


@pytest.mark.parametrize(
    ("answer", "says", "silent"),
    [
        (42.1, "factor of 100. Is it in per cent", "between 0 and 1"),
        (0.42, "You round to 2 decimal places. Give three", "asked for"),
        (0.4199, "too small", "round"),
        (0.43, "too large", "round"),
    ],
)
def test_what_is_said_of_a_number_is_true_of_it(answer, says, silent):
    found = verdict("frameworks.batchmean", answer)
    assert says in str(found)
    assert silent not in str(found)


@pytest.mark.filterwarnings("error")
def test_infinite_answers_give_no_warning_of_ours():
    verdict("text.extra_bits", lambda mine, yours: 2 ** reference("text.extra_bits")(mine, yours))
