"""Every kind of exercise, every domain, every family of mistakes, on exercises made up here."""

import numpy as np
import pytest

import lossbook as lb
from lossbook.exercises import Exercise, domains, kinds, mistakes, register
from lossbook.exercises._check import judge
from lossbook.exercises._compare import same
from lossbook.exercises._diagnose import attempt
from lossbook.exercises._registry import _exercises
from lossbook.exercises._trial import silence

HINTS = ("a nudge", "nearly the answer")


def make(name, kind, reference, **more):
    return Exercise(f"toy.{name}", kind, reference, "A toy", HINTS, **more)


def huber(y, p, delta):
    c = np.clip(p - y, -delta, delta)
    return c * (p - y - c / 2)


def huber_grad(y, p, delta):
    return np.clip(p - y, -delta, delta)


def log_loss(y, z):
    return np.mean(np.logaddexp(0, (1 - 2 * y) * z))


def log_loss_grad(y, z):
    return (1 / (1 + np.exp(-np.clip(z, -700, 700))) - y) / len(y)


def brier(y, p):
    return np.mean((p - y) ** 2)


def hinge(y, z):
    return np.mean(np.maximum(0, 1 - y * z))


def poisson(y, z):
    return np.mean(np.exp(z) - y * z)


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def softmax_grad(y, z):
    return (softmax(z) - np.eye(z.shape[1])[y]) / len(y)


def class_log_loss(y, p):
    return -np.mean(np.log(p[np.arange(len(y)), y]))


def param_grad(w, X, y):
    return 2 * X.T @ (X @ w - y) / len(y)


def data_step(w, X, y, lr):
    return w - lr * param_grad(w, X, y)


def loop(X, y, lr, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        w = data_step(w, X, y, lr)
    return w


TOYS = [
    make("huber", kinds.pointwise_value, huber, params={"delta": (1.0, 0.5, 3.0)}),
    make("huber_grad", kinds.pointwise_gradient, huber_grad, params={"delta": (1.0, 0.5, 3.0)}),
    make("log_loss", kinds.mean_value.over(domains.LOGITS), log_loss),
    make("log_loss_grad", kinds.gradient_of_mean.over(domains.LOGITS), log_loss_grad),
    make("brier", kinds.mean_value.over(domains.PROBABILITIES), brier),
    make("certain", kinds.mean_value.over(domains.CERTAIN_PROBABILITIES), brier),
    make("hinge", kinds.mean_value.over(domains.MARGINS), hinge),
    make("poisson", kinds.mean_value.over(domains.COUNTS), poisson),
    make("softmax_grad", kinds.gradient_of_mean.over(domains.CLASS_LOGITS), softmax_grad),
    make("classes", kinds.mean_value.over(domains.CLASS_PROBABILITIES), class_log_loss),
    make("params", kinds.gradient_in_parameters, param_grad),
    make("update", kinds.update_step, lambda w, grad, lr: w - lr * grad),
    make("data_step", kinds.descent_step, data_step),
    make("loop", kinds.training_loop, loop),
]


def cases():
    """Yield every exercise with every mistake that shows, and is not hidden by an earlier one."""
    for exercise in TOYS:
        with silence():
            inputs = exercise.inputs_tested()
            seen = [[exercise.kind.read(exercise.reference(*args)) for args in inputs]]
            for mistake in exercise.typical_mistakes():
                wrong = mistake.transform(exercise.reference)
                results = [attempt(exercise, wrong, args) for args in inputs]
                if None in results or any(
                    all(same(a, b, exercise.tolerance) for a, b in zip(results, old, strict=True))
                    for old in seen
                ):
                    continue
                seen.append(results)
                yield pytest.param(exercise, mistake, id=f"{exercise.name}-{mistake.name}")


CASES = list(cases())


@pytest.mark.parametrize("exercise", TOYS, ids=lambda exercise: exercise.name)
def test_the_reference_passes_and_its_inputs_are_named(exercise):
    verdict = judge(exercise, exercise.reference, 5)
    assert verdict, verdict
    assert exercise.kind.inputs in verdict.message
    assert all(f"with {name} = " in verdict.message for name in exercise.params)


@pytest.mark.parametrize(("exercise", "mistake"), CASES)
def test_the_mistake_is_named(exercise, mistake):
    verdict = judge(exercise, mistake.transform(exercise.reference), 5)
    assert (verdict.passed, verdict.mistake) == (False, mistake.name)


def test_every_mistake_of_every_kind_shows_in_some_exercise():
    every = {mistake.name for exercise in TOYS for mistake in exercise.kind.mistakes}
    assert every <= {case.values[1].name for case in CASES}


def test_every_domain_is_tried_here():
    known = {id(d) for d in vars(domains).values() if isinstance(d, domains.Domain)}
    arguments = {exercise.kind.inputs for exercise in TOYS}
    assert len(arguments) >= len(known)


@pytest.mark.parametrize(
    "name", [n for n, d in vars(domains).items() if isinstance(d, domains.Domain)]
)
def test_a_domain_begins_small_and_keeps_its_promises(name):
    domain = getattr(domains, name)
    cases = list(domain.cases(np.random.default_rng(0)))
    assert len(cases[0][0]) == 1
    for truth, prediction in cases:
        assert len(truth) == len(prediction)
        assert np.all(np.isfinite(prediction))
        assert (truth.dtype.kind == "i") == domain.integers
        if domain.arguments[1] == "p":
            assert np.all((prediction >= 0) & (prediction <= 1))


# --- the mistakes that numerics make ---


def test_an_overflow_is_told_with_its_cause():
    exercise = make("log_loss", kinds.mean_value.over(domains.LOGITS), log_loss)
    verdict = judge(exercise, lambda y, z: np.mean(np.log(1 + np.exp((1 - 2 * y) * z))), 5)
    assert verdict.mistake == "not finite"
    assert "overflow" in verdict.message
    assert "exp(710)" in verdict.message


def test_the_logarithm_of_zero_is_told_with_its_cause():
    def right(y, p):
        return -np.mean(np.log(np.where(y == 1, p, 1 - p)))

    exercise = make("log", kinds.mean_value.over(domains.CERTAIN_PROBABILITIES), right)
    verdict = judge(exercise, lambda y, p: -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)), 5)
    assert verdict.mistake == "not finite"
    assert "the logarithm of 0" in verdict.message


# --- the library of single mistakes ---


@pytest.mark.parametrize(
    ("mistake", "expected"),
    [
        (mistakes.ROOT_TAKEN, np.sqrt(5.0)),
        (mistakes.ROOT_FORGOTTEN, 25.0),
        (mistakes.ABSOLUTE_FORGOTTEN, 1.0),
        (mistakes.ABSOLUTE_AFTER_MEAN, 1.0),
        (mistakes.SQUARE_AFTER_MEAN, 1.0),
        (mistakes.SQUARE_FORGOTTEN, 1.0),
        (mistakes.SQUARED_INSTEAD, 5.0),
        (mistakes.ABSOLUTE_INSTEAD, 2.0),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_single_mistake_does_what_its_name_says(mistake, expected):
    wrong = mistake.transform(lambda y, p: np.mean((y - p) ** 2))
    assert wrong(np.array([0.0, 0.0]), np.array([3.0, -1.0])) == pytest.approx(expected)


# --- values, words, several results ---


def test_a_choice_is_a_word_in_any_case_and_a_wrong_one_lists_the_options():
    exercise = make(
        "choice",
        kinds.choice,
        lambda: "median",
        options=("mean", "median", "mode"),
        mistakes={"mean": "The mean minimises the squared error."},
    )
    assert judge(exercise, "  Median", 5)
    assert judge(exercise, "mean", 5).message == "The mean minimises the squared error."
    assert judge(exercise, "mean", 5).mistake == "answered mean"
    assert "mean, median, mode" in judge(exercise, "maximum", 5).message
    assert "an object of type int" in judge(exercise, 3, 5).message
    assert judge(exercise, ..., 5).status == "open"


@pytest.mark.parametrize("name", ["Hinge", "Logistic"])
def test_a_loss_its_class_and_its_name_are_the_same_answer(name):
    kind = getattr(lb, name)
    toy = make("loss", kinds.choice, lambda: "Logistic", options=("Hinge", "Logistic"))
    for answer in (name, f"lb.{name}", f"{name}()", kind, kind()):
        assert judge(toy, answer, 5).passed == (name == "Logistic")
    assert not judge(toy, lb.recommend, 5).passed


def test_several_words_may_come_in_any_order():
    exercise = make("words", kinds.choice, lambda: ("convex", "smooth"))
    assert judge(exercise, ["smooth", "Convex"], 5)
    assert judge(exercise, {"convex"}, 5).status == "wrong"


def test_an_array_of_numbers():
    exercise = make("numbers", kinds.numbers, lambda: np.array([1.0, 2.0, 4.0]))
    assert judge(exercise, [1, 2, 4], 5)
    assert judge(exercise, [[1], [2], [4]], 5).mistake == "wrong shape"
    assert judge(exercise, [2, 4, 8], 5).mistake == "constant factor"
    assert judge(exercise, [1, 2], 5).message.startswith("An answer of shape (3,) is due")
    assert "hint(" in judge(exercise, [1, 2, 7], 5).message


def test_several_results_are_compared_one_by_one():
    def momentum(w, grad, lr, velocity):
        velocity = 0.9 * velocity + grad
        return w - lr * velocity, velocity

    exercise = make(
        "momentum",
        kinds.update_step.parts("w", "velocity"),
        momentum,
        params={"velocity": (0.0, 1.0)},
    )
    assert judge(exercise, momentum, 5)
    only_first = judge(exercise, lambda w, g, lr, v: (momentum(w, g, lr, v)[0], g - 1), 5)
    assert "part     = 2" in only_first.message
    ignored = judge(exercise, lambda w, g, lr, v: momentum(w, g, lr, 0.0), 5)
    assert ignored.mistake == "velocity ignored"
    assert "2 things are due" in judge(exercise, lambda w, g, lr, v: w, 5).message


def test_an_exercise_may_bring_its_own_inputs_tolerance_and_time():
    exercise = make(
        "own",
        kinds.mean_value,
        lambda y, p: float(np.sum(y * p)),
        cases=lambda rng: iter([(np.ones(1), np.ones(1)), (np.ones(2), rng.random(2))]),
        inputs="pairs",
        rtol=0.1,
    )
    verdict = judge(exercise, lambda y, p: 1.05 * y @ p, 5)
    assert verdict.message.startswith("Tested on 2 pairs, against the definition, to 1 digit")


# --- what an author may get wrong ---


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "nodot"}, "topic.task"),
        ({"hints": "one string"}, "at least two hints"),
        ({"hints": ("one",)}, "at least two hints"),
        ({"level": 4}, "level is 4"),
        ({"cases": lambda rng: iter(())}, "say in `inputs`"),
        ({"mistakes": {1.0: "x"}}, "needs a kind that asks a value"),
    ],
)
def test_a_bad_exercise_is_refused(change, message):
    fields = {
        "name": "toy.x",
        "kind": kinds.mean_value,
        "reference": brier,
        "title": "",
        "hints": HINTS,
    }
    with pytest.raises(ValueError, match=message):
        Exercise(**(fields | change))


def test_a_name_belongs_to_one_chapter(monkeypatch):
    monkeypatch.setattr("lossbook.exercises._registry._exercises", _exercises.copy())
    taken = Exercise("squared.value", kinds.mean_value, brier, "", HINTS)
    with pytest.raises(ValueError, match="exists already in chapter 'squared_and_absolute'"):
        register(taken)
    first = make("twice", kinds.mean_value, brier)
    assert register(first) is first
    assert register(make("twice", kinds.mean_value, brier)) is not first
