"""Verdicts: on an answer that is right, that is wrong, that fails, that does not end."""

from collections.abc import Sequence

import numpy as np

from lossbook.exercises import _wording
from lossbook.exercises._advice import advice
from lossbook.exercises._compare import close, same, words
from lossbook.exercises._diagnose import diagnose
from lossbook.exercises._exercise import Exercise
from lossbook.exercises._trial import Trial
from lossbook.exercises._value import wrong_value
from lossbook.exercises._verdict import Verdict

_PRINTED_LINES = 5
_NEARLY = 1e-4  # relative


def _verdict(
    exercise: Exercise, message: str, mistake: str | None = None, passed: bool = False
) -> Verdict:
    return Verdict(exercise.name, passed, mistake, message)


def unattempted(exercise: Exercise, returned: str = "") -> Verdict:
    lines = [f'Whenever you are ready. `lb.hint("{exercise.name}")` gives a first nudge.']
    if returned:
        lines.append(f"(If you have written it: it returns {returned}. Is a `return` missing?)")
    return Verdict(exercise.name, False, None, "\n".join(lines), attempted=False)


def not_a_function(exercise: Exercise, answer: object) -> Verdict:
    kind = "class" if isinstance(answer, type) else type(answer).__name__
    kind = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    return _verdict(
        exercise,
        f"A function of `{exercise.signature}` is asked for; this is {kind}. Pass the function "
        f'itself: `check("{exercise.name}", f)`, not `f{exercise.signature}`.',
    )


def _too_slow(exercise: Exercise, done: Sequence[Trial], seconds: float) -> Verdict:
    total = len(exercise.inputs_tested())
    done = done[:total]  # without those that come again
    right = sum(same(trial.given, trial.expected, exercise.tolerance) for trial in done)
    return _verdict(
        exercise,
        f"Stopped after {seconds:g} s, with {len(done)} of {total} inputs done and {right} of them "
        "right. Your function ends, but it is slow. If it tries all possibilities, no wait is long "
        f'enough: `lb.hint("{exercise.name}")` helps on. If it does not, wait longer: '
        f'`check("{exercise.name}", f, seconds={12 * seconds:g})`.',
        "too slow",
    )


def no_end(exercise: Exercise, trials: Sequence[Trial], seconds: float) -> Verdict:
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


def failed(exercise: Exercise, trials: Sequence[Trial]) -> Verdict:
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
        number = len(exercise.arguments)
        order = "in this order; their names are free" if number > 1 else "whose name is free"
        lines = [
            f"Your function cannot be called as `answer{exercise.signature}`: it must take "
            f"{_count(number, 'argument')}, {order}.",
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


def not_twice(exercise: Exercise, trials: Sequence[Trial]) -> Verdict:
    """Return the verdict on an answer that is not the same twice; no input explains it."""
    right = all(same(trial.given, trial.expected, exercise.tolerance) for trial in trials)
    return _verdict(
        exercise,
        f"{'The values are right, but an' if right else 'An'} input, given a second time, has "
        "another answer. Something is remembered between calls, or drawn at random: start "
        "every call afresh.",
        "remembers earlier calls" if right else "not the same twice",
    )


def right(exercise: Exercise, trials: Sequence[Trial], writes: str) -> Verdict:
    """Return the verdict on right values: the arguments must be as they were, too."""
    if writes:
        return _verdict(exercise, f"The values are right, but {writes}", "changes its input")
    return _verdict(exercise, _tested(exercise, len(trials)), passed=True)


def _tested(exercise: Exercise, count: int) -> str:
    kind = exercise.kind
    exactly = kind.read is words or kind.whole or bool(exercise.options)
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


def wrong(exercise: Exercise, trials: Sequence[Trial], writes: str) -> Verdict:
    """Return the verdict on wrong values; what is written into may be what made them wrong."""
    found = diagnose(exercise, trials)
    also = f"Besides, {writes} That alone may spoil the values." if writes else ""
    if found is not None:
        return _verdict(exercise, _message([found.explanation, also]), found.name)
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
    return _verdict(exercise, _message([*lines, also], trial))


def _nearly(trials: Sequence[Trial]) -> bool:
    """Whether all numbers are right but for the last digits, on the scale of the usual input."""
    parts = [(a, b) for t in trials for a, b in zip(t.given, t.expected, strict=True)]
    if any(a.shape != b.shape or "U" in a.dtype.kind + b.dtype.kind for a, b in parts):
        return False
    usual = np.median([np.max(np.abs(b), initial=0.0, where=np.isfinite(b)) for _, b in parts])
    return all(np.allclose(a, b, rtol=_NEARLY, atol=_NEARLY * usual) for a, b in parts)


def _results(exercise: Exercise, trial: Trial) -> list[tuple[str, str]]:
    """Return expected and given value of the first part that is wrong."""
    pairs = zip(trial.given, trial.expected, strict=True)
    part = next(i for i, (a, b) in enumerate(pairs) if not close(a, b, exercise.tolerance))
    rows = _wording.pair(trial.given[part], trial.expected[part])
    names = exercise.kind.part_names
    return [("part", f"{part + 1} ({names[part]})"), *rows] if names else rows


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
