"""One test of an answer, and what is said about all of them."""

import contextlib
import copy
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lossbook.exercises import _sandbox
from lossbook.exercises._compare import Result, Unattempted
from lossbook.exercises._exercise import Exercise


@dataclass(frozen=True)
class Trial:
    """One input, the right result and what the reader's function did."""

    args: tuple
    expected: Result
    outcome: _sandbox.Outcome

    @property
    def given(self) -> Result:
        """The reader's result."""
        return self.outcome.value


@dataclass(frozen=True)
class Diagnosis:
    """A recognised mistake: its name and what to tell the reader."""

    name: str
    explanation: str


def changed(names: Sequence[str], args: tuple, lent: tuple) -> str:
    """Return the name of the first argument that the reader's function has written into."""
    for name, before, after in zip(names, args, lent, strict=True):
        a, b = np.asarray(before), np.asarray(after)
        if a.shape != b.shape or a.tobytes() != b.tobytes():
            return name
    return ""


def _nearly(before: np.ndarray, after: np.ndarray) -> bool:
    return before.shape == after.shape and after.dtype.kind == "f" and np.allclose(before, after)


def writing(names: Sequence[str], inputs: Sequence[tuple], lent: Sequence[tuple]) -> str:
    """Return what the reader's function does to its arguments, in words; nothing if nothing."""
    pairs = list(zip(inputs, lent, strict=True))
    name = next(filter(None, (changed(names, a, b) for a, b in pairs)), "")
    if not name:
        return ""
    place = list(names).index(name)
    restored = all(_nearly(np.asarray(a[place]), np.asarray(b[place])) for a, b in pairs)
    because = " (Adding a number and subtracting it again does not give back exactly the old one.)"
    return (
        f"your function writes into its argument `{name}`, which belongs to the caller. Work on a "
        f"copy (`{name}.copy()`), or write `x = x - …` in place of `x -= …`."
        f"{because if restored else ''}"
    )


def answers_anywhere(exercise: Exercise, function: Callable, seconds: float) -> bool:
    """Whether the reader's function returns something for any input at all."""

    def is_something(value: object) -> bool:
        try:
            exercise.kind.read(value)
        except Unattempted:
            return False
        except Exception:  # it is something, if nothing that can be read
            return True
        return True

    inputs = copy.deepcopy(exercise.inputs_tested())
    outcomes = _sandbox.run(function, inputs, seconds, is_something)
    return any(outcome.value for outcome in outcomes)


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Let nothing complain."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
