"""One test of an answer, and what is said about all of them."""

import contextlib
import warnings
from collections.abc import Iterator
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


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Let nothing complain."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
