"""Unusual right answers pass; wrong ones are told what is wrong with them."""

import functools
import sys
import warnings

import numpy as np
import pytest

from lossbook.exercises import check


def verdict(answer, name="squared.grad"):
    return check(name, answer, record=False)


def grad(y_true, y_pred):
    return 2 * (y_pred - y_true) / len(y_true)


# --- right, in other ways ---


class Callable:
    def __call__(self, a, b):
        return grad(a, b)


def with_a_loop(y, p):
    result = []
    for a, b in zip(y, p, strict=True):
        result.append(2 * (float(b) - float(a)) / len(y))
    return result


def while_printing(y, p):
    print("debugging " * 1000)
    print("to stderr", file=sys.stderr)
    return grad(y, p)


def while_warning(y, p):
    warnings.warn("beware", RuntimeWarning, stacklevel=1)
    np.log(np.zeros(1))
    return grad(y, p)


@pytest.mark.parametrize(
    "answer",
    [
        lambda a, b: -(a - b) * 2 / a.size,
        lambda *args: grad(*args),
        lambda y, p: grad(y, p).astype(np.float32),
        lambda y, p: tuple(grad(y, p)),
        lambda y, p: grad(y, p) * (1 + 5e-7),
        Callable(),
        functools.partial(lambda factor, y, p: factor * (p - y) / len(y), 2),
        with_a_loop,
        while_printing,
        while_warning,
    ],
)
def test_correct_but_unusual_functions_pass(answer):
    assert verdict(answer)


@pytest.mark.parametrize("kind", [float, np.float32, np.float64, np.array, lambda v: v.item()])
def test_a_number_may_have_any_type(kind):
    assert verdict(lambda y, p: kind(np.mean((y - p) ** 2)), "squared.value")


@pytest.mark.parametrize("answer", [22, 22.0, np.float32(22), np.array(22), lambda: 22, 22.01])
def test_a_plain_number_passes(answer):
    assert verdict(answer, "squared.best_constant")


def test_a_pass_says_what_was_tested():
    message = verdict(grad).message
    assert "48 batches of 1 to 50 samples" in message
    assert "against the exact derivative" in message


# --- wrong in a way that every exercise recognises ---


def unstable(y, p):
    """Right unless a residual exceeds 1e5."""
    with np.errstate(over="ignore"):
        return np.where(np.abs(p - y) > 1e5, np.inf, grad(y, p))


@pytest.mark.parametrize(
    ("name", "answer", "mistake"),
    [
        ("squared.value", lambda y, p: 3 * np.mean((y - p) ** 2), "constant factor"),
        ("squared.value", lambda y, p: np.mean((y - p) ** 2) - 0.5, "constant offset"),
        ("squared.value", lambda y, p: round(np.mean((y - p) ** 2), 2), "rounded"),
        ("squared.value", lambda y, p: [np.mean((y - p) ** 2)], "wrong shape"),
        ("squared.value", lambda y, p: (y - p) ** 2, "mean not taken"),
        ("squared.value", lambda y, p: (y - p) ** 2 / len(y), "sum not taken"),
        ("squared.value", lambda y, p: p, "returns y_pred"),
        ("squared.value", lambda y, p: 4.2, "same answer always"),
        ("squared.value", lambda y, p: np.nan, "same answer always"),
        ("squared.grad", lambda y, p: grad(y, p)[:, None], "wrong shape"),
        ("squared.grad", lambda y, p: grad(y[:, None], p), "(n,) against (n, 1)"),
        ("squared.grad", lambda y, p: np.mean(grad(y, p)), "mean taken"),
        ("squared.grad", lambda y, p: np.sum(grad(y, p)), "all added up"),
        ("squared.grad", lambda y, p: np.mean(2 * (p - y)), "all added up"),
        ("squared.grad", lambda y, p: np.abs(grad(y, p)), "some signs wrong"),
        ("squared.grad", unstable, "not finite"),
        ("squared.best_constant", -22, "sign reversed"),
        ("squared.best_constant", 44, None),  # a factor would give the answer away
        (
            "squared.grad",
            lambda y, p: 2 * (y - p),
            "sign reversed, and sum instead of mean",
        ),
    ],
)
def test_a_general_mistake_is_named(name, answer, mistake):
    found = verdict(answer, name)
    assert not found
    assert found.mistake == mistake


def test_a_mean_is_not_told_that_it_is_a_sum_only():
    without, of_gradient = (lambda y, p: np.mean(2 * (p - y))), (lambda y, p: np.mean(grad(y, p)))
    assert "the sum of those that are due; a mean is that too" in verdict(without).message
    assert "the mean of those that are due. What" in verdict(of_gradient).message


def test_what_is_wrong_in_an_unknown_way_is_shown_on_the_smallest_input():
    found = verdict(lambda y, p: np.mean(np.abs(y - p) ** 3), "squared.value")
    assert found.mistake is None
    assert found.message.splitlines()[1:] == [
        "    y_true   = [1]",
        "    y_pred   = [3]",
        "    expected = 4",
        "    given    = 8",
    ]


def test_a_small_difference_is_shown_with_enough_digits():
    found = verdict(lambda y, p: np.mean((y - p) ** 2) + 1e-5 * y[0], "squared.value")
    assert "expected = 4\n    given    = 4.00001" in found.message


def test_the_reader_s_prints_are_shown_with_an_unknown_error_and_only_a_few():
    def chatty(y, p):
        print("residual", y - p)
        print("\n".join("more" for _ in range(1000)))
        return np.sum(np.abs(y - p) ** 3)

    message = verdict(chatty, "squared.value").message
    assert "It printed:\n    residual [-2.]" in message
    assert message.count("more") < 10


def test_an_unknown_wrong_number_does_not_give_the_answer_away():
    message = verdict(7, "squared.best_constant").message
    assert message == "7 is too small."
