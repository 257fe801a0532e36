"""Hints, one at a time, and the solution when it is asked for."""

from dataclasses import dataclass

from lossbook.exercises._registry import find
from lossbook.exercises._verdict import box, code_block, shown, to_html

_given: dict[str, int] = {}  # hints given in this session


@dataclass(frozen=True)
class Hint:
    """One hint of an exercise."""

    name: str
    number: int
    total: int
    text: str

    def _head(self) -> str:
        return f"{self.name} · hint {self.number} of {self.total}"

    def _after(self) -> str:
        if self.number < self.total:
            return f'`lb.hint("{self.name}")` again gives the next one.'
        return f'That was the last one. `lb.solution("{self.name}")` shows the solution.'

    def __repr__(self) -> str:
        return f"{self._head()}\n{self.text}\n{self._after()}"

    def _repr_html_(self) -> str:
        return box("hint", self._head(), to_html(f"{self.text}\n{self._after()}"))


@dataclass(frozen=True)
class Solution:
    """The source of a solution; it runs as it stands after ``import numpy as np``."""

    name: str
    source: str

    def __repr__(self) -> str:
        return self.source.rstrip()

    def _repr_html_(self) -> str:
        return box("solution", f"{self.name} · solution", code_block(self.source.rstrip()))


def hint(name: str) -> Hint:
    """Return the next hint, from a nudge to nearly the answer; the last one is repeated.

    Parameters
    ----------
    name : str
        The exercise.

    Raises
    ------
    ValueError
        If there is no exercise of that name.

    Examples
    --------
    >>> nudge = hint("squared.best_constant")  # doctest: +ELLIPSIS
    squared.best_constant · hint ...
    """
    exercise = find(name)
    total = len(exercise.hints)
    number = min(_given.get(name, 0) + 1, total)
    _given[name] = number
    return shown(Hint(name, number, total, exercise.hints[number - 1]))


def solution(name: str) -> Solution:
    """Return the solution: the source of the function against which answers are compared.

    Parameters
    ----------
    name : str
        The exercise.

    Raises
    ------
    ValueError
        If there is no exercise of that name.

    Examples
    --------
    >>> code = solution("squared.best_constant")
    def best_constant_for_squared_error():
        \"\"\"Return the constant that minimises the mean squared error: the mean.\"\"\"
        return np.mean([1, 2, 3, 4, 100])
    """
    return shown(Solution(name, find(name).source))
