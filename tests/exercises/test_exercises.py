"""Every exercise of the book: solvable, and its typical mistakes recognised."""

import numpy as np
import pytest

from lossbook.exercises import _help as helping
from lossbook.exercises import check, exercises, hint, solution
from lossbook.exercises._compare import same
from lossbook.exercises._diagnose import attempt
from lossbook.exercises._registry import every, find
from lossbook.exercises._trial import silence

NAMES = exercises()


def outputs(exercise, function):
    with silence():
        return [attempt(exercise, function, args) for args in exercise.inputs_tested()]


def agree(exercise, a, b):
    return all(
        x is not None and y is not None and same(x, y, exercise.tolerance)
        for x, y in zip(a, b, strict=True)
    )


def distinct_mistakes(exercise):
    """Return the mistakes that differ from the right answer and from those looked for earlier."""
    seen = [outputs(exercise, exercise.reference)]
    for mistake in exercise.typical_mistakes():
        wrong = outputs(exercise, mistake.transform(exercise.reference))
        if None not in wrong and not any(agree(exercise, wrong, other) for other in seen):
            seen.append(wrong)
            yield mistake


MISTAKES = [
    pytest.param(exercise, mistake, id=f"{exercise.name}-{mistake.name}")
    for exercise in every()
    for mistake in distinct_mistakes(exercise)
]


def test_the_exercises_of_the_model_chapter_are_found():
    assert exercises("squared_and_absolute") == [
        "squared.value",
        "squared.grad",
        "squared.param_grad",
        "squared.step",
        "squared.best_constant",
        "absolute.value",
        "absolute.subgradient",
        "absolute.best_constant",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_passes(name):
    verdict = check(name, find(name).reference, record=False)
    assert verdict, verdict
    assert find(name).kind.against in verdict.message


@pytest.mark.parametrize("name", NAMES)
def test_the_printed_solution_runs_and_passes(name):
    namespace = {"np": np}
    exec(solution(name).source, namespace)
    verdict = check(name, namespace[find(name).reference.__name__], record=False)
    assert verdict, verdict


@pytest.mark.parametrize(("exercise", "mistake"), MISTAKES)
def test_a_typical_mistake_is_caught_and_named(exercise, mistake):
    verdict = check(exercise.name, mistake.transform(exercise.reference), record=False)
    assert not verdict
    assert verdict.mistake == mistake.name
    assert verdict.message == mistake.explanation


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_s_own_mistakes_are_mistakes_and_all_different(name):
    exercise = find(name)
    found = {mistake.name for mistake in distinct_mistakes(exercise)}
    assert {mistake.name for mistake in exercise._own_mistakes()} <= found
    assert all(f"{param} ignored" in found for param, v in exercise.params.items() if len(v) > 1)


@pytest.mark.parametrize("name", NAMES)
def test_a_function_has_typical_mistakes_to_be_told(name):
    exercise = find(name)
    wanted = 1 if exercise.kind.is_value else 3
    assert len(list(distinct_mistakes(exercise))) >= wanted


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("placeholder", [..., None])
def test_the_placeholder_is_not_attempted(name, placeholder):
    for answer in (placeholder, lambda *args: placeholder):
        verdict = check(name, answer, record=False)
        assert (verdict.passed, verdict.status, verdict.mistake) == (False, "open", None)
        assert "hint(" in verdict.message


@pytest.mark.parametrize("name", NAMES)
def test_hints_come_one_at_a_time(name, monkeypatch):
    monkeypatch.setattr(helping, "_given", {})
    hints = find(name).hints
    assert len(hints) >= 2
    assert [hint(name).text for _ in hints] == list(hints)
    assert "solution(" in repr(hint(name))
    assert hint(name).text == hints[-1]


@pytest.mark.parametrize("name", NAMES)
def test_the_inputs_are_the_same_every_time_and_start_small(name):
    exercise = find(name)
    first, again = exercise.inputs_tested(), exercise.inputs_tested()
    assert len(first) == len(again)
    for a, b in zip(first, again, strict=True):
        for x, y in zip(a, b, strict=True):
            np.testing.assert_array_equal(x, y)  # NaN is NaN
    sizes = [sum(np.size(arg) for arg in args) for args in first]
    assert sizes[0] == min(sizes)


def test_an_unknown_name_is_an_error_that_suggests_the_nearest():
    with pytest.raises(ValueError, match=r"Did you mean 'squared.value'"):
        check("squared.vlaue", 3)


# --- the references of the model chapter against the definitions of loss and derivative ---------


def difference_quotients(function, x, step=1e-6):
    steps = step * np.eye(len(x))
    return np.array([(function(x + h) - function(x - h)) / (2 * step) for h in steps])


def test_gradients_are_the_derivatives_of_the_values():
    rng = np.random.default_rng(0)
    y, p = rng.standard_normal((2, 7))
    for topic, name in (("squared", "grad"), ("absolute", "subgradient")):
        value, grad = find(f"{topic}.value").reference, find(f"{topic}.{name}").reference
        expected = difference_quotients(lambda q, value=value: value(y, q), p)
        np.testing.assert_allclose(grad(y, p), expected, rtol=1e-6)


def test_the_parameter_gradient_and_the_step_are_the_derivative_s():
    rng = np.random.default_rng(1)
    X, y, w = rng.standard_normal((9, 3)), rng.standard_normal(9), rng.standard_normal(3)
    mse = find("squared.value").reference
    expected = difference_quotients(lambda v: mse(y, X @ v), w)
    np.testing.assert_allclose(find("squared.param_grad").reference(w, X, y), expected, rtol=1e-6)
    step = find("squared.step").reference
    np.testing.assert_allclose(step(w, X, y, 0.1), w - 0.1 * expected, rtol=1e-6)


def test_the_best_constants_are_the_best():
    values = np.array([1, 2, 3, 4, 100.0])
    candidates = np.linspace(0, 101, 1011)
    for topic in ("squared", "absolute"):
        loss = find(f"{topic}.value").reference
        losses = [loss(values, np.full(5, c)) for c in candidates]
        best = find(f"{topic}.best_constant").reference()
        assert best == pytest.approx(candidates[np.argmin(losses)], abs=1e-9)
