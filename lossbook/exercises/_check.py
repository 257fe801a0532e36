"""Judge an answer: run it on every input, compare, and say what was found."""

import copy
from collections.abc import Callable

from lossbook.exercises import _progress, _report, _sandbox
from lossbook.exercises._compare import same
from lossbook.exercises._diagnose import attempt
from lossbook.exercises._exercise import Exercise
from lossbook.exercises._labels import with_positions
from lossbook.exercises._registry import find
from lossbook.exercises._trial import Trial, answers_anywhere, writing
from lossbook.exercises._verdict import Verdict, shown
from lossbook.losses.kinds import Loss

_PLACEHOLDERS = (None, Ellipsis, NotImplemented)
_BLANK = ("Unattempted", "NotImplementedError")


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
        return _report.unattempted(exercise)
    if not callable(answer) and not exercise.kind.is_value:
        return _report.not_a_function(exercise, answer)
    is_loss = exercise.kind.is_value and isinstance(answer, Loss)  # callable, and yet a value
    function = answer if callable(answer) and not is_loss else lambda: answer
    trials, writes = _run(exercise, function, seconds)
    last = trials[-1].outcome
    if last.timed_out:
        return _report.no_end(exercise, trials, seconds)
    if last.failure is not None:
        if last.failure.type in _BLANK and not answers_anywhere(exercise, function, seconds):
            return _report.unattempted(exercise, "None" if last.failure.message == "None" else "")
        if isinstance(answer, type) and not isinstance(exercise.reference, type):
            return _report.not_a_function(exercise, answer)
        return _report.failed(exercise, trials)
    *trials, first, last = trials
    twice = (first, trials[0]), (last, trials[-1])
    if not all(same(again.given, once.given, exercise.tolerance) for again, once in twice):
        return _report.not_twice(exercise, trials)
    if all(same(trial.given, trial.expected, exercise.tolerance) for trial in trials):
        return _report.right(exercise, trials, writes)
    return _report.wrong(exercise, trials, writes)


def _run(exercise: Exercise, function: Callable, seconds: float) -> tuple[list[Trial], str]:
    """Call the function on every input, and on the first and the last again, until it fails.

    Also return in words which argument it has written into, if any.
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
    inputs = [*inputs, inputs[0], inputs[-1]]  # in a small input chance may not show
    lent = [copy.deepcopy(args) for args in inputs]
    outcomes = _sandbox.run(function, lent, seconds, exercise.read)
    trials = [
        Trial(args, attempt(exercise, exercise.reference, copy.deepcopy(args)), outcome)
        for args, outcome in zip(inputs, outcomes, strict=False)
    ]
    return trials, writing(exercise.arguments, inputs, lent)
