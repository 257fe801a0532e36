"""Recognise the right results of an exercise that asks for several, in another form."""

import itertools
from collections.abc import Sequence

from lossbook.exercises._compare import close, same
from lossbook.exercises._exercise import Exercise
from lossbook.exercises._trial import Diagnosis, Trial

_MOST = 4  # results, of which there are 24 orders


def reordered(exercise: Exercise, trials: Sequence[Trial]) -> Diagnosis | None:
    """Recognise the right results in another order."""
    names = exercise.kind.part_names
    for order in itertools.permutations(range(len(names)) if len(names) <= _MOST else ()):
        if all(
            same(t.given, tuple(t.expected[i] for i in order), exercise.tolerance) for t in trials
        ):
            given = ", ".join(names[i] for i in order)
            return Diagnosis(
                "another order",
                f"Right, but for the order: you return ({given}), and ({', '.join(names)}) is due.",
            )
    return None


def misshapen(exercise: Exercise, trials: Sequence[Trial]) -> Diagnosis | None:
    """Recognise right numbers, some of them in another shape."""
    names = exercise.kind.part_names
    if not names:
        return None
    pairs = [(n, a, b) for t in trials for n, a, b in zip(names, t.given, t.expected, strict=True)]
    wrong = [(n, a, b) for n, a, b in pairs if not close(a, b, exercise.tolerance)]
    if not wrong or not all(close(a.ravel(), b.ravel(), exercise.tolerance) for _, a, b in wrong):
        return None
    shapes = {n: (a.shape, b.shape) for n, a, b in reversed(wrong)}
    told = "; ".join(
        f"`{name}` has shape {given}, where {due or 'one number'} is due"
        for name, (given, due) in sorted(shapes.items(), key=lambda item: names.index(item[0]))
    )
    return Diagnosis("wrong shape", f"The numbers are right, their shapes are not: {told}.")
