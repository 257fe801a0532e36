"""One test of an answer, and what is said about all of them."""

import contextlib
import copy
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import starmap

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


def _changed(before: np.ndarray, after: np.ndarray) -> bool:
    return before.shape != after.shape or before.tobytes() != after.tobytes()


def _nearly(before: np.ndarray, after: np.ndarray) -> bool:
    return before.shape == after.shape and after.dtype.kind == "f" and np.allclose(before, after)


def writing(names: Sequence[str], inputs: Sequence[tuple], lent: Sequence[tuple]) -> str:
    """Return what the reader's function does to its arguments, in words; nothing if nothing."""
    seen = {
        name: [(np.asarray(a[k]), np.asarray(b[k])) for a, b in zip(inputs, lent, strict=True)]
        for k, name in enumerate(names)
    }
    spoilt = {name: pairs for name, pairs in seen.items() if any(starmap(_changed, pairs))}
    if not spoilt:
        return ""
    one, first = len(spoilt) == 1, next(iter(spoilt))
    told = " and ".join(f"`{name}`" for name in spoilt)
    restored = all(_nearly(*pair) for pairs in spoilt.values() for pair in pairs)
    because = " (Adding a number and subtracting it again does not give back exactly the old one.)"
    return (
        f"your function writes into its argument{'' if one else 's'} {told}, which "
        f"belong{'s' if one else ''} to the caller. Work on a copy (`{first}.copy()`), or write "
        "`x = x - …` in place of `x -= …`; `np.sort(x)` returns a copy, `x.sort()` does not."
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
