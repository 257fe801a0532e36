"""Verdicts on the exercises of adaptive methods judge the step, and name its divisor truly."""

import numpy as np
import pytest

from lossbook.exercises import check


def loop(divisor, of_m=True, of_v=True):
    """Return Adam's loop with this divisor, and either average corrected or not."""

    def run(X, y, lr, steps, eps):
        w, m, v = np.zeros((3, X.shape[1]))
        for t in range(1, steps + 1):
            grad = 2 * X.T @ (X @ w - y) / len(y)
            m, v = 0.9 * m + 0.1 * grad, 0.999 * v + 0.001 * grad**2
            m_hat = m / (1 - 0.9**t) if of_m else m
            v_hat = v / (1 - 0.999**t) if of_v else v
            w = w - lr * m_hat / divisor(v_hat, eps)
        return w

    return run


def adamw(divisor):
    return lambda w, m_hat, v_hat, lr, decay, eps: (
        w - lr * (decay * w + m_hat / divisor(v_hat, eps))
    )


def rmsprop(divisor):
    def step(w, v, grad, lr, rho, eps):
        v = rho * v + (1 - rho) * grad**2
        return w - lr * grad / divisor(v, eps), v

    return step


def right(v, eps):
    return np.sqrt(v) + eps


def inside(v, eps):
    return np.sqrt(v + eps)


def alone(v, eps):
    return np.sqrt(v)


def larger(v, eps):
    return np.maximum(np.sqrt(v), eps)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("adaptive.first_step", [1.02]),
        ("adaptive.first_step", np.float32(1.02)),
        ("adaptive.adam_loop", loop(right)),
        ("adaptive.adamw_step", adamw(right)),
        ("adaptive.rmsprop_step", rmsprop(right)),
    ],
)
def test_a_right_answer_is_not_refused(name, answer):
    found = check(name, answer, record=False)
    assert found, found


@pytest.mark.parametrize("answer", [1.0195, 1.0205, 1.0003, 0.99992])
def test_it_is_the_step_that_must_be_right_and_not_the_parameter(answer):
    found = check("adaptive.first_step", answer, record=False)
    assert not found
    assert found.mistake is None


@pytest.mark.parametrize(
    ("answer", "word"),
    [(1 + 0.02 / 250, "mean square"), (1.002, "not m"), (1.0, "where it was")],
)
def test_a_step_that_is_far_too_short_is_told_apart(answer, word):
    assert word in check("adaptive.first_step", answer, record=False).message


@pytest.mark.parametrize(
    ("name", "answer", "mistake"),
    [
        ("adaptive.adam_loop", loop(inside), "ε inside the root"),
        ("adaptive.adam_loop", loop(alone), "ε forgotten"),
        ("adaptive.adam_loop", loop(larger), "ε only a lower bound"),
        ("adaptive.adam_loop", loop(right, of_v=False), "v not corrected"),
        ("adaptive.adam_loop", loop(right, of_m=False), "m not corrected"),
        ("adaptive.adam_loop", loop(right, False, False), "bias correction forgotten"),
        ("adaptive.adamw_step", adamw(inside), "ε inside the root"),
        ("adaptive.adamw_step", adamw(alone), "ε forgotten"),
        ("adaptive.rmsprop_step", rmsprop(alone), "ε forgotten"),
    ],
)
def test_what_is_wrong_with_the_divisor_is_named(name, answer, mistake):
    assert check(name, answer, record=False).mistake == mistake


@pytest.mark.parametrize(
    ("name", "answer"),
    [("adaptive.adamw_step", adamw(larger)), ("adaptive.rmsprop_step", rmsprop(larger))],
)
def test_a_lower_bound_is_not_told_that_it_is_missing(name, answer):
    assert "lower bound" in check(name, answer, record=False).message
