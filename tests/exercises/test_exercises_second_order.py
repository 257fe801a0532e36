"""Newton's loop and its relatives: a rule that is not quite the one asked for does not pass."""

import numpy as np
import pytest

from lossbook.exercises import check


def newton(rule, sign=-1, halvings=60, most=60):
    """Return Newton's loop that halves t while ``rule(trial, now, t, g, s, n)`` says so."""

    def run(w, X, y, steps):
        def loss(w):
            z = X @ w
            return np.mean(np.logaddexp(0, z) - y * z)

        for _ in range(min(steps, most)):
            p = 1 / (1 + np.exp(-X @ w))
            g = X.T @ (p - y) / len(y)
            s = sign * np.linalg.solve(X.T @ ((p * (1 - p))[:, None] * X) / len(y), g)
            t = 1.0
            for _ in range(halvings):
                if not rule(loss(w + t * s), loss(w), t, g, s, len(y)):
                    break
                t = t / 2
            w = w + t * s
        return w

    return run


def asked(trial, now, t, g, s, n):
    return trial > now + 1e-4 * t * (g @ s)


def with_share(share):
    return lambda trial, now, t, g, s, n: trial > now + share * t * (g @ s)


def divided(w, X, y):
    p = 1 / (1 + np.exp(-X @ w))
    H = X.T @ ((p * (1 - p))[:, None] * X) / len(y)
    return w - X.T @ (p - y) / len(y) / H


def curve_divided(w, t, y):
    growth = np.exp(w[1] * t)
    J = np.stack([growth, w[0] * t * growth], axis=1)
    return w - J.T @ (w[0] * growth - y) / (J.T @ J)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("second.newton_loop", newton(asked)),
        ("second.newton_loop", newton(asked, halvings=30)),
        ("second.newton_loop", lambda w, X, y, steps: newton(asked)(w, X, y, steps).tolist()),
        ("second.damping", lambda damping, old, new: damping * (0.1 if old > new else 10)),
        ("second.price", 56),
    ],
)
def test_a_right_answer_is_not_refused(name, answer):
    found = check(name, answer, record=False)
    assert found, found


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (newton(lambda trial, now, *rest: trial > now), "any fall accepted"),
        (newton(with_share(-1e-4)), "rise accepted"),
        (newton(lambda trial, now, t, g, s, n: trial > now + 1e-4 * (g @ s)), "t missing"),
        (newton(asked, sign=1), "w unchanged"),
        (lambda w, X, y, steps: w, "w unchanged"),
        (newton(asked, halvings=1), "halved at most once"),
        (newton(with_share(1e-3)), None),
        (newton(lambda trial, now, t, g, s, n: trial > now - 1e-4 * t * (g @ g)), None),
        (newton(lambda trial, now, t, g, s, n: n * trial > n * now + 1e-4 * t * (g @ s)), None),
        (newton(asked, halvings=3), None),
        (newton(asked, most=3), None),
    ],
)
def test_another_loop_is_not_newtons(answer, mistake):
    found = check("second.newton_loop", answer, record=False)
    assert not found
    if mistake:
        assert found.mistake.startswith(mistake), found


@pytest.mark.parametrize(
    "answer",
    [
        lambda damping, old, new: damping * (10 if new >= old or np.isclose(new, old) else 0.1),
        lambda damping, old, new: damping * (10 if new - old >= -1e-9 else 0.1),
        lambda damping, old, new: np.clip(damping * (0.1 if new < old else 10), 1e-6, 1e6),
    ],
)
def test_another_damping_is_not_the_one_asked_for(answer):
    assert not check("second.damping", answer, record=False)


@pytest.mark.parametrize(
    ("name", "answer"),
    [("second.newton_step", divided), ("second.gauss_newton", curve_divided)],
)
def test_dividing_by_the_entries_of_a_matrix_is_named(name, answer):
    assert check(name, answer, record=False).mistake == "divided entry by entry"
