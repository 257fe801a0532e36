"""Name what is wrong with an answer: known mistakes, pairs of them, and general patterns.

A diagnosis is given only if it explains the reader's output on **every** input.
"""

import itertools
from collections.abc import Callable, Sequence

from lossbook.exercises._compare import Result, same
from lossbook.exercises._exercise import Exercise
from lossbook.exercises._mistake import Mistake, both
from lossbook.exercises._outputs import Data
from lossbook.exercises._patterns import OF_VALUES, PATTERNS
from lossbook.exercises._trial import Diagnosis, Trial, silence


def diagnose(exercise: Exercise, trials: Sequence[Trial]) -> Diagnosis | None:
    """Return what explains all the outputs, or None.  The likeliest explanation wins."""
    typical = exercise.typical_mistakes()
    pairs = (both(a, b) for a, b in itertools.combinations(typical, 2) if not disguised(a, b))
    for mistake in itertools.chain(typical, () if exercise.kind.is_value else pairs):
        if explains(exercise, mistake, trials):
            return Diagnosis(mistake.name, mistake.explanation)
    first = trials[0].expected
    if len(first) > 1 or first[0].dtype.kind == "U":
        return None
    data = Data(exercise, trials)
    single = exercise.kind.is_value and first[0].ndim == 0
    patterns = OF_VALUES if single else PATTERNS
    return next((found for pattern in patterns if (found := pattern(data))), None)


def disguised(first: Mistake, second: Mistake) -> bool:
    """Whether the two together are more likely one other mistake.

    Minus or twice a wrong function is a function of its own: who returns it has seldom made both
    mistakes, and would be told of a number that is not in the answer.
    """
    return (first.in_full and second.scales) or (second.in_full and first.scales)


def explains(exercise: Exercise, mistake: Mistake, trials: Sequence[Trial]) -> bool:
    """Whether the mistake gives the reader's output on every input."""
    wrong = mistake.transform(exercise.reference)
    with silence():
        return all(
            (result := attempt(exercise, wrong, trial.args)) is not None
            and same(trial.given, result, exercise.tolerance)
            for trial in trials
        )


def attempt(exercise: Exercise, function: Callable, args: tuple) -> Result | None:
    """Return the result of one of our own functions, or None where it does not apply."""
    try:
        return exercise.read(function(*args))
    except Exception:  # a mistake that has no meaning for this input
        return None
