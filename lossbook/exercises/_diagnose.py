"""Name what is wrong with an answer: known mistakes, pairs of them, and general patterns.

A diagnosis is given only if it explains the reader's output on **every** input.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from lossbook.exercises._compare import Result, same
from lossbook.exercises._exercise import Exercise, answered
from lossbook.exercises._mistake import Mistake, both
from lossbook.exercises._outputs import Data
from lossbook.exercises._parts import misshapen, reordered
from lossbook.exercises._patterns import OF_VALUES, PATTERNS
from lossbook.exercises._trial import Diagnosis, Trial, silence

_FEW_DIGITS = 5e-4  # relative


def diagnose(exercise: Exercise, trials: Sequence[Trial]) -> Diagnosis | None:
    """Return what explains all the outputs, or None.  The likeliest explanation wins."""
    typical = exercise.typical_mistakes()
    if exercise.kind.is_value:
        found = _known(exercise, typical, trials) or _not_whole(exercise, typical, trials[0])
    else:
        pairs = (both(a, b) for a, b in itertools.combinations(typical, 2) if not disguised(a, b))
        found = (
            _known(exercise, typical, trials)
            or reordered(exercise, trials)
            or misshapen(exercise, trials)
            or _known(exercise, pairs, trials)
        )
    if found:
        return found
    first = trials[0].expected
    if len(first) > 1 or first[0].dtype.kind == "U":
        return None
    data = Data(exercise, trials)
    single = exercise.kind.is_value and first[0].ndim == 0
    patterns = OF_VALUES if single else PATTERNS
    return next((found for pattern in patterns if (found := pattern(data))), None)


def _known(
    exercise: Exercise, mistakes: Iterable[Mistake], trials: Sequence[Trial]
) -> Diagnosis | None:
    """Return the first of the mistakes that explains all the outputs."""
    mistake = next((m for m in mistakes if explains(exercise, m, trials)), None)
    if mistake is None:
        return None
    given = trials[0].given[0]
    number = given.ndim == 0 and given.dtype.kind != "U"
    quoted = number and isinstance(exercise.mistakes, Mapping)  # as it was given, not rounded
    return Diagnosis(answered(given.item()) if quoted else mistake.name, mistake.explanation)


def _not_whole(exercise: Exercise, typical: Sequence[Mistake], trial: Trial) -> Diagnosis | None:
    """Recognise a fraction where a whole number is due, and what it would be when rounded."""
    given = trial.given[0]
    if not exercise.kind.whole or given.ndim or not np.isfinite(given) or given % 1 == 0:
        return None
    for rounded in (np.ceil(given), np.floor(given)):
        whole = replace(trial, outcome=replace(trial.outcome, value=(rounded,)))
        if same(whole.given, trial.expected, exercise.tolerance):
            break
        if found := _known(exercise, typical, [whole]):
            return Diagnosis(answered(given.item()), found.explanation)
    return Diagnosis("not a whole number", "A whole number is asked for.")


def disguised(first: Mistake, second: Mistake) -> bool:
    """Whether the two together are more likely one other mistake.

    Minus or twice a wrong function is a function of its own: who returns it has seldom made both
    mistakes, and would be told of a number that is not in the answer.
    """
    return (first.in_full and second.scales) or (second.in_full and first.scales)


def explains(exercise: Exercise, mistake: Mistake, trials: Sequence[Trial]) -> bool:
    """Whether the mistake gives the reader's output on every input."""
    wrong = mistake.transform(exercise.reference)
    # A mistaken number may come before it is rounded, or with a few digits.
    rtol = _FEW_DIGITS if exercise.kind.whole else exercise.tolerance
    with silence():
        return all(
            (result := attempt(exercise, wrong, trial.args)) is not None
            and same(trial.given, result, rtol)
            for trial in trials
        )


def attempt(exercise: Exercise, function: Callable, args: tuple) -> Result | None:
    """Return the result of one of our own functions, or None where it does not apply."""
    try:
        return exercise.read(function(*args))
    except Exception:  # a mistake that has no meaning for this input
        return None
