"""Name what is wrong with an answer: known mistakes, pairs of them, and general patterns.

A diagnosis is given only if it explains the reader's output on **every** input.
"""

import contextlib
import itertools
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lossbook.exercises import _wording
from lossbook.exercises._compare import Result, close, same
from lossbook.exercises._exercise import Exercise
from lossbook.exercises._mistake import Mistake, both
from lossbook.exercises._sandbox import Outcome

_NICE = (-1.0, 2.0, 0.5, -2.0, -0.5, 10.0, 0.1, 100.0, 0.01, 1000.0, 0.001)

_CAUSES = {
    "divide by zero": "a division by 0, or the logarithm of 0",
    "invalid value": "0/0, 0 · ∞, ∞ − ∞, or the logarithm of a negative number",
    "overflow": "a number beyond 1e308; exp(710) is one",
}


@dataclass(frozen=True)
class Trial:
    """One input, the right result and what the reader's function did."""

    args: tuple
    expected: Result
    outcome: Outcome

    @property
    def given(self) -> Result:
        """The reader's result."""
        return self.outcome.value


@dataclass(frozen=True)
class Diagnosis:
    """A recognised mistake: its name and what to tell the reader."""

    name: str
    explanation: str


def diagnose(exercise: Exercise, trials: Sequence[Trial]) -> Diagnosis | None:
    """Return what explains all the outputs, or None.  The likeliest explanation wins."""
    typical = exercise.typical_mistakes()
    pairs = (both(a, b) for a, b in itertools.combinations(typical, 2))
    for mistake in itertools.chain(typical, () if exercise.kind.is_value else pairs):
        if explains(exercise, mistake, trials):
            return Diagnosis(mistake.name, mistake.explanation)
    first = trials[0].expected
    if len(first) > 1 or first[0].dtype.kind == "U":
        return None
    data = _Data(exercise, trials)
    return next((found for pattern in _PATTERNS if (found := pattern(data))), None)


def explains(exercise: Exercise, mistake: Mistake, trials: Sequence[Trial]) -> bool:
    """Whether the mistake gives the reader's output on every input."""
    wrong = mistake.transform(exercise.reference)
    with _silence():
        return all(
            (result := attempt(exercise, wrong, trial.args)) is not None
            and same(trial.given, result, exercise.tolerance)
            for trial in trials
        )


def attempt(exercise: Exercise, function: Callable, args: tuple) -> Result | None:
    """Return the result of one of our own functions, or None where it does not apply."""
    try:
        return exercise.kind.read(function(*args))
    except Exception:  # a mistake that has no meaning for this input
        return None


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


# --- patterns that need no mistake to be written down ------------------------------------------


class _Data:
    """The outputs in the forms that the patterns ask for."""

    def __init__(self, exercise: Exercise, trials: Sequence[Trial]) -> None:
        self.exercise, self.trials = exercise, trials
        self.rtol = exercise.tolerance
        self.given = [trial.given[0] for trial in trials]
        self.expected = [trial.expected[0] for trial in trials]
        self.same_shapes = all(
            a.shape == b.shape for a, b in zip(self.given, self.expected, strict=True)
        )
        if self.same_shapes:
            self.flat_given = np.concatenate([a.ravel() for a in self.given]).astype(float)
            self.flat_expected = np.concatenate([a.ravel() for a in self.expected]).astype(float)

    def all(self, change_given: Callable, change_expected: Callable | None = None) -> bool:
        """Whether the changed outputs are right everywhere."""
        change_expected = change_expected or (lambda a: a)
        with _silence():
            return all(
                close(np.asarray(change_given(a)), np.asarray(change_expected(b)), self.rtol)
                for a, b in zip(self.given, self.expected, strict=True)
            )


def _layout(data: _Data) -> Diagnosis | None:
    """Recognise right numbers in the wrong shape: a column, a transpose, an array for a number."""
    if data.same_shapes:
        return None
    if any(
        a.ndim == 2 and a.shape == (b.size, b.size) and b.ndim == 1 and b.size > 1
        for a, b in zip(data.given, data.expected, strict=True)
    ):
        return Diagnosis(
            "(n,) against (n, 1)",
            "You return an n × n table where n numbers are due. A column (n, 1) against a row "
            "(n,) broadcasts to all pairs; keep both of shape (n,).",
        )
    if data.all(lambda a: a.T):
        return Diagnosis("transposed", "Right, but transposed: rows and columns are exchanged.")
    if data.all(np.ravel, np.ravel):
        return Diagnosis(
            "wrong shape", f"The numbers are right, their shape is not: {_shape(data)}"
        )
    return _reduction(data)


def _shape(data: _Data) -> str:
    given, expected = next(
        (a, b) for a, b in zip(data.given, data.expected, strict=True) if a.shape != b.shape
    )
    if expected.ndim == 0:
        return f"you return an array of shape {given.shape} where one number is due."
    return f"you return shape {given.shape} where {expected.shape} is due."


def _reduction(data: _Data) -> Diagnosis | None:
    """Recognise a mean or a sum too many or too few."""
    for name, reduce in (("mean", np.mean), ("sum", np.sum)):
        if data.all(reduce):
            return Diagnosis(
                f"{name} not taken",
                f"You return one number per element. Here one number is due: their {name}.",
            )
        if data.all(lambda a: a, reduce):
            return Diagnosis(
                f"{name} taken",
                f"You return one number, the {name} of what is due: {data.exercise.kind.returns}.",
            )
    return None


def _not_finite(data: _Data) -> Diagnosis | None:
    """Recognise what is right wherever it is finite, and NaN or infinite elsewhere."""
    if not data.same_shapes:
        return None
    lost = [
        ~np.all(np.isfinite(a)) and bool(np.all(np.isfinite(b)))
        for a, b in zip(data.given, data.expected, strict=True)
    ]
    right = [close(a, b, data.rtol) for a, b in zip(data.given, data.expected, strict=True)]
    if not any(lost) or not any(right) or not all(a or b for a, b in zip(lost, right, strict=True)):
        return None
    trial = data.trials[lost.index(True)]
    because = "".join(
        f" NumPy noticed: {complaint} ({_CAUSES[complaint]})."
        for complaint in trial.outcome.complaints
        if complaint in _CAUSES
    )
    rows = [
        *_wording.arguments(data.exercise.arguments, trial.args),
        *_wording.pair(trial.given[0], trial.expected[0]),
    ]
    return Diagnosis(
        "not finite",
        f"Right on {sum(right)} of {len(right)} inputs, but NaN or infinite on others, where the "
        f"answer is an ordinary number.{because} The smallest such input:\n{_wording.table(rows)}",
    )


def _echo(data: _Data) -> Diagnosis | None:
    """Recognise an argument that is handed back."""
    for name, *values in zip(data.exercise.arguments, *(t.args for t in data.trials), strict=True):
        if all(close(a, np.asarray(v), data.rtol) for a, v in zip(data.given, values, strict=True)):
            return Diagnosis(f"returns {name}", f"You return `{name}` as it came.")
    return None


def _same_answer(data: _Data) -> Diagnosis | None:
    """Recognise one result for every input."""
    first = data.given[0]
    if len(data.given) < 3 or not all(close(a, first) for a in data.given):
        return None
    return Diagnosis(
        "same answer always",
        f"You return {_wording.value(first)} for every input. Does your function use its "
        "arguments, or variables of the same kind from elsewhere in the notebook?",
    )


def _rounded(data: _Data) -> Diagnosis | None:
    """Recognise rounding to a number of decimal places."""
    for digits in range(7):
        if data.all(lambda a: a, lambda b, digits=digits: np.round(b, digits)):
            return Diagnosis(
                "rounded",
                f"You round to {digits} decimal places. Return the number as it is; round only "
                "when you print.",
            )
    return None


def _signs(data: _Data) -> Diagnosis | None:
    """Recognise the right size everywhere with the wrong sign somewhere."""
    if not data.same_shapes or not data.all(np.abs, np.abs):
        return None
    given, expected = data.flat_given, data.flat_expected
    wrong = int(np.sum(given * expected < 0))
    if wrong == np.count_nonzero(expected):
        return Diagnosis("sign reversed", "Your answer has the right size and the wrong sign.")
    return Diagnosis(
        "some signs wrong",
        f"Your answer has the right size everywhere, but the wrong sign in {wrong} of "
        f"{len(given)} numbers.",
    )


def _factor(data: _Data) -> Diagnosis | None:
    """Recognise a constant multiple of the right answer."""
    if not data.same_shapes or not np.any(data.flat_expected):
        return None
    largest = int(np.argmax(np.abs(data.flat_expected)))
    ratio = data.flat_given[largest] / data.flat_expected[largest]
    if not np.isfinite(ratio) or ratio == 0 or not data.all(lambda a: a, lambda b: b * ratio):
        return None
    if np.count_nonzero(data.flat_expected) < 3 and not np.any(np.isclose(ratio, _NICE, rtol=1e-6)):
        return None  # any two numbers have a ratio
    return Diagnosis(
        "constant factor",
        f"Your answer is {_wording.factor(ratio)} the right one everywhere.",
    )


def _offset(data: _Data) -> Diagnosis | None:
    """Recognise the right answer plus a constant."""
    if not data.same_shapes or data.flat_given.size < 3:
        return None
    offset = data.flat_given[0] - data.flat_expected[0]
    if not np.isfinite(offset) or not data.all(lambda a: a, lambda b: b + offset):
        return None
    way = "more" if offset > 0 else "less"
    return Diagnosis(
        "constant offset",
        f"Your answer is {abs(offset):.4g} {way} than the right one everywhere.",
    )


_PATTERNS = (
    _layout,
    _not_finite,
    _echo,
    _same_answer,
    _signs,
    _rounded,
    _factor,
    _offset,
)
