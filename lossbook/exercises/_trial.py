"""One test of an answer, and what is said about all of them."""

import contextlib
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lossbook.exercises._compare import Result
from lossbook.exercises._sandbox import Outcome


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


def changed(names: Sequence[str], args: tuple, lent: tuple) -> str:
    """Return the name of the first argument that the reader's function has written into."""
    for name, before, after in zip(names, args, lent, strict=True):
        a, b = np.asarray(before), np.asarray(after)
        if a.shape != b.shape or a.tobytes() != b.tobytes():
            return name
    return ""


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Let nothing complain."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
