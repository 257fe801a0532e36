"""Judge an answer: run it on every input, compare, and say what was found."""

import copy
from collections.abc import Callable, Sequence

import numpy as np

from lossbook.exercises import _progress, _sandbox, _wording
from lossbook.exercises._advice import advice
from lossbook.exercises._compare import close, same, words
from lossbook.exercises._diagnose import attempt, diagnose
from lossbook.exercises._exercise import Exercise
from lossbook.exercises._labels import with_positions
from lossbook.exercises._registry import find
from lossbook.exercises._trial import Trial, answers_anywhere, changed
from lossbook.exercises._value import wrong_value
from lossbook.exercises._verdict import Verdict, shown

_PLACEHOLDERS = (None, Ellipsis, NotImplemented)
_BLANK = ("Unattempted", "NotImplementedError")
_PRINTED_LINES = 5
_NEARLY = 1e-4  # relative


def check(
    name: str, answer: object, *, record: bool = True, seconds: float | None = None
) -> Verdict:
    """Check an answer to an exercise and say what is right or wrong with it.

    Whatever the answer does, ``check`` returns: it survives exceptions, endless loops, wrong
    types and shapes.  Jupyter displays the verdict as the value of the cell; in a plain script
    it is printed as well.

    Parameters
    ----------
    name : str
        The exercise, as listed by ``exercises()``.
    answer : callable, number, array or str
        The function itself (``my_gradient``, not ``my_gradient(y, p)``), or the value asked for.
    record : bool
        Whether to note the result in the file of ``progress()``.
    seconds : float, optional
        Time allowed, instead of the exercise's own (5 seconds unless it says otherwise).

    Returns
    -------
    Verdict
        True if the answer is right.

    Raises
    ------
    ValueError
        If there is no exercise of that name.

    Examples
    --------
    >>> verdict = check("squared.best_constant", 3, record=False)
    ✗ squared.best_constant · Not yet: answered 3
    That is the median. It minimises the mean absolute error; the squared error weighs the 100 more.
    >>> bool(verdict)
    False
    """
    exercise = find(name)
    verdict = judge(exercise, answer, exercise.seconds if seconds is None else seconds)
    if record and verdict.attempted:
        _progress.note(name, verdict.passed)
    return shown(verdict)


def judge(exercise: Exercise, answer: object, seconds: float) -> Verdict:
    """Return the verdict, without printing or recording it."""
    if any(answer is placeholder for placeholder in _PLACEHOLDERS):
        return _open(exercise)
    if not callable(answer) and not exercise.kind.is_value:
        return _not_a_function(exercise, answer)
    function = answer if callable(answer) else lambda: answer
    trials, written = _run(exercise, function, seconds)
    last = trials[-1].outcome
    if last.timed_out:
        return _no_end(exercise, trials, seconds)
    if last.failure is not None:
        if last.failure.type in _BLANK and not answers_anywhere(exercise, function, seconds):
            return _open(exercise, "None" if last.failure.message == "None" else "")
        return _failed(exercise, trials)
    *trials, again = trials
    if not same(again.given, trials[0].given, exercise.tolerance):
        return _not_twice(exercise, trials)
    if all(same(trial.given, trial.expected, exercise.tolerance) for trial in trials):
        return _right(exercise, trials, written)
    return _wrong(exercise, trials)


def _run(exercise: Exercise, function: Callable, seconds: float) -> tuple[list[Trial], str]:
    """Call the function on every input, and on the first again, until it fails.

    Also return the name of the argument that it has written into, if any.
    """
    inputs = exercise.inputs_tested()
    first = _run_on(inputs, exercise, function, seconds)
    failed = first[0][-1].outcome.failure
    again = with_positions(exercise.arguments, inputs, failed.type) if failed else []
    second = _run_on(again, exercise, function, seconds) if again else first
    return first if second[0][-1].outcome.failure else second


def _run_on(
    inputs: list[tuple], exercise: Exercise, function: Callable, seconds: float
) -> tuple[list[Trial], str]:
    inputs = [*inputs, inputs[0]]
    lent = [copy.deepcopy(args) for args in inputs]
    outcomes = _sandbox.run(function, lent, seconds, exercise.read)
    trials = [
        Trial(args, attempt(exercise, exercise.reference, copy.deepcopy(args)), outcome)
        for args, outcome in zip(inputs, outcomes, strict=False)
    ]
    changes = (changed(exercise.arguments, a, b) for a, b in zip(inputs, lent, strict=True))
    return trials, next(filter(None, changes), "")


def _verdict(
    exercise: Exercise, message: str, mistake: str | None = None, passed: bool = False
) -> Verdict:
    return Verdict(exercise.name, passed, mistake, message)


def _open(exercise: Exercise, returned: str = "") -> Verdict:
    lines = [f'Whenever you are ready. `lb.hint("{exercise.name}")` gives a first nudge.']
    if returned:
        lines.append(f"(If you have written it: it returns {returned}. Is a `return` missing?)")
    return Verdict(exercise.name, False, None, "\n".join(lines), attempted=False)


def _not_a_function(exercise: Exercise, answer: object) -> Verdict:
    kind = f"{'an' if type(answer).__name__[0] in 'aeiou' else 'a'} {type(answer).__name__}"
    return _verdict(
        exercise,
        f"A function of `{exercise.signature}` is asked for; this is {kind}. Pass the function "
        f'itself: `check("{exercise.name}", f)`, not `f{exercise.signature}`.',
    )


def _too_slow(exercise: Exercise, done: Sequence[Trial], seconds: float) -> Verdict:
    right = sum(same(trial.given, trial.expected, exercise.tolerance) for trial in done)
    total = len(exercise.inputs_tested())
    return _verdict(
        exercise,
        f"Stopped after {seconds:g} s, with {len(done)} of {total} inputs done and {right} of them "
        "right. Your function ends, but it is slow. If it tries all possibilities, no wait is long "
        f'enough: `lb.hint("{exercise.name}")` helps on. If it does not, wait longer: '
        f'`check("{exercise.name}", f, seconds={12 * seconds:g})`.',
        "too slow",
    )


def _no_end(exercise: Exercise, trials: Sequence[Trial], seconds: float) -> Verdict:
    *done, trial = trials
    if sum(t.outcome.seconds for t in done) > seconds / 2:
        return _too_slow(exercise, done, seconds)
    lines = [
        f"Stopped after {seconds:g} s. Does a loop never end? Or does it try all possibilities? "
        f'Then no wait is long enough, and `lb.hint("{exercise.name}")` helps on. Your function '
        "was working on this input:",
        _input(exercise, trial),
    ]
    if trial.outcome.abandoned:
        lines.append(
            "It could not be interrupted and goes on in the background; restart the kernel to be "
            "rid of it."
        )
    return _verdict(exercise, _message(lines), "no end")


def _failed(exercise: Exercise, trials: Sequence[Trial]) -> Verdict:
    trial = trials[-1]
    failure = trial.outcome.failure
    if failure.type in ("Unattempted", "NotReadable"):
        lines = [f"The answer must be {exercise.kind.returns}; yours is {failure.message}."]
        if failure.message == "None":
            lines.append("Does a way through your function end without a `return`?")
    elif failure.calling and exercise.kind.is_value:
        return _verdict(
            exercise,
            f"You give a function. {exercise.kind.returns[0].upper()}{exercise.kind.returns[1:]} "
            "is asked for: compute it, and pass the result.",
        )
    elif failure.calling:
        lines = [
            f"Your function cannot be called as `answer{exercise.signature}`: it must take "
            f"{_count(len(exercise.arguments), 'argument')}, in this order; their names are free.",
            f"    {failure.type}: {failure.message}",
            advice(failure.message, exercise.arguments, trial.args),
        ]
        return _verdict(exercise, _message(lines))
    else:
        lines = [f"Your function raised `{failure.type}`:"]
        lines += [f"    {failure.message}"] if failure.message else []
        lines += [f"    on the line: {failure.line}"] if failure.line else []
        lines.append(advice(failure.message, exercise.arguments, trial.args))
    if trial.args:
        lines += ["The input was:", _input(exercise, trial)]
    return _verdict(exercise, _message(lines, trial))


def _not_twice(exercise: Exercise, trials: Sequence[Trial]) -> Verdict:
    """Return the verdict on an answer that is not the same twice; no input explains it."""
    right = all(same(trial.given, trial.expected, exercise.tolerance) for trial in trials)
    return _verdict(
        exercise,
        f"{'The values are right, but the' if right else 'The'} first input, given a second time, "
        "has another answer. Something is remembered between calls, or drawn at random: start "
        "every call afresh.",
        "remembers earlier calls" if right else "not the same twice",
    )


def _right(exercise: Exercise, trials: Sequence[Trial], changed: str) -> Verdict:
    """Return the verdict on right values: the arguments must be as they were, too."""
    if changed:
        return _verdict(
            exercise,
            f"The values are right, but your function writes into its argument `{changed}`, which "
            f"belongs to the caller. Work on a copy (`{changed}.copy()`), or write "
            "`x = x - …` in place of `x -= …`.",
            "changes its input",
        )
    return _verdict(exercise, _tested(exercise, len(trials)), passed=True)


def _tested(exercise: Exercise, count: int) -> str:
    kind = exercise.kind
    exactly = kind.read is words or bool(exercise.options)
    digits = kind.digits or round(-np.log10(exercise.tolerance))
    within = "" if exactly else f", to {digits} digits"
    if kind.is_value:
        return f"Compared with {kind.against}{within}."
    inputs = exercise.inputs or kind.inputs
    with_params = "".join(
        f", with {name} = {', '.join(map(str, values))}" for name, values in exercise.params.items()
    )
    return (
        f"Tested on {count} {inputs}{with_params}, against {kind.against}{within}. The arguments "
        "were left unchanged, and the first input gave the same answer when it came again."
    )


def _wrong(exercise: Exercise, trials: Sequence[Trial]) -> Verdict:
    found = diagnose(exercise, trials)
    if found is not None:
        return _verdict(exercise, found.explanation, found.name)
    if exercise.kind.is_value:
        return _verdict(exercise, wrong_value(exercise, trials[0]))
    right = [same(trial.given, trial.expected, exercise.tolerance) for trial in trials]
    trial = trials[right.index(False)]
    lines = [
        f"Right on {sum(right)} of {len(right)} inputs. The smallest input on which it is wrong:",
        _wording.table(
            _wording.arguments(exercise.arguments, trial.args) + _results(exercise, trial)
        ),
    ]
    if _nearly(trials):
        lines.append(
            "All your numbers are nearly right. Are they computed by small differences, with a "
            "rounded constant or a small number added, or in low precision?"
        )
    if trial.outcome.complaints:
        lines.append(f"NumPy noticed: {' and '.join(trial.outcome.complaints)}.")
    return _verdict(exercise, _message(lines, trial))


def _nearly(trials: Sequence[Trial]) -> bool:
    """Whether all numbers are right but for the last digits, on the scale of the usual input."""
    parts = [(a, b) for t in trials for a, b in zip(t.given, t.expected, strict=True)]
    if any(a.shape != b.shape or "U" in a.dtype.kind + b.dtype.kind for a, b in parts):
        return False
    usual = np.median([np.max(np.abs(b), initial=0.0) for _, b in parts])
    return all(np.allclose(a, b, rtol=_NEARLY, atol=_NEARLY * usual) for a, b in parts)


def _results(exercise: Exercise, trial: Trial) -> list[tuple[str, str]]:
    """Return expected and given value of the first part that is wrong."""
    pairs = zip(trial.given, trial.expected, strict=True)
    part = next(i for i, (a, b) in enumerate(pairs) if not close(a, b, exercise.tolerance))
    rows = _wording.pair(trial.given[part], trial.expected[part])
    return rows if len(trial.expected) == 1 else [("part", str(part + 1)), *rows]


def _input(exercise: Exercise, trial: Trial) -> str:
    return _wording.table(_wording.arguments(exercise.arguments, trial.args))


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _message(lines: Sequence[str], trial: Trial | None = None) -> str:
    """Join the lines, and add what the reader's function printed: it may be a debugging aid."""
    printed = trial.outcome.printed.splitlines()[:_PRINTED_LINES] if trial else []
    if printed:
        lines = [*lines, "It printed:", *(f"    {line}" for line in printed)]
    return "\n".join(line for line in lines if line)
