"""An exercise: a reference, a kind, and a few words."""

import inspect
import itertools
import re
import textwrap
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from lossbook.exercises._compare import Result, half_of_digit, option
from lossbook.exercises._mistake import Mistake, instead, parameter_ignored
from lossbook.exercises.kinds import Kind


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Parameters
    ----------
    name : str
        ``"topic.task"``: what the reader passes to ``check``.
    kind : Kind
        From ``kinds``: inputs, tolerance, wording and typical mistakes.
    reference : callable
        The right answer, and at the same time the solution that is shown: a plain function
        whose source needs nothing but ``import numpy as np`` and `imports`.  For a kind that asks
        for a value, a function without arguments that computes it.
    title : str
        What is asked, in one line.
    hints : tuple of str
        At least two, from a nudge to nearly the answer.
    level : int
        1 to 3, from warm-up to demanding.
    mistakes : tuple of Mistake, or mapping
        Mistakes beyond the kind's.  For a value: a mapping from wrong value to explanation.
    params : mapping of str to tuple
        Further arguments, passed last, each with the values to try.  The first value is the
        usual one: a reader who hard-codes it is told so.
    options : tuple of str
        For a choice: what may be answered.
    cases : callable, optional
        ``cases(rng)`` yields tuples of arguments, instead of the kind's.
    inputs : str, optional
        These cases in words, for "Tested on 12 …".
    imports : str
        What the solution needs beyond ``import numpy as np``; printed above it.
    rtol : float, optional
        Relative tolerance, instead of the kind's.
    seconds : float
        The time that one check may take.

    Raises
    ------
    ValueError
        If a field cannot be right.

    Examples
    --------
    >>> from lossbook.exercises.kinds import number
    >>> def half():
    ...     return 0.5
    >>> hints = ("Between 0 and 1.", "One over two.")
    >>> Exercise("toy.half", kind=number, reference=half, title="Half of 1", hints=hints).signature
    '()'
    """

    name: str
    kind: Kind
    reference: Callable
    title: str
    hints: tuple[str, ...]
    level: int = 1
    mistakes: Sequence[Mistake] | Mapping[object, str] = ()
    params: Mapping[str, tuple] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    cases: Callable[[np.random.Generator], Iterator[tuple]] | None = None
    inputs: str = ""
    imports: str = ""
    rtol: float | None = None
    seconds: float = 5.0

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\w+\.\w+", self.name):
            raise ValueError(f"exercise name {self.name!r}: write it as 'topic.task'")
        if isinstance(self.hints, str) or len(self.hints) < 2:
            raise ValueError(f"{self.name}: give a tuple of at least two hints")
        if self.level not in (1, 2, 3):
            raise ValueError(f"{self.name}: level is {self.level}; it must be 1, 2 or 3")
        if self.cases is not None and not self.inputs:
            raise ValueError(f"{self.name}: say in `inputs` what `cases` are")
        if isinstance(self.mistakes, Mapping) and not self.kind.is_value:
            raise ValueError(f"{self.name}: a mapping of mistakes needs a kind that asks a value")

    @property
    def chapter(self) -> str:
        """The chapter's name: that of the module or package in which the reference is written."""
        return self.reference.__module__.removeprefix(f"{__package__}.").partition(".")[0]

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names of the arguments of the reader's function."""
        return (*self.kind.arguments, *self.params)

    @property
    def signature(self) -> str:
        """The arguments as they are written, e.g. ``(y_true, y_pred, delta)``."""
        return f"({', '.join(self.arguments)})"

    @property
    def tolerance(self) -> float:
        """The relative tolerance; a number by hand is right if it is right to three digits."""
        if self.rtol is not None:
            return self.rtol
        return max(self.kind.rtol, self._half_of_last_digit)

    @cached_property
    def _half_of_last_digit(self) -> float:
        expected = self.reference() if self.kind.digits else 0
        return half_of_digit(expected, self.kind.digits) if expected else 0.0

    def read(self, value: object) -> Result:
        """Return a result as arrays; words that choose one of the options, as that option."""
        result = self.kind.read(value)
        if not self.options:
            return result
        chosen = sorted({option(word, self.options) for word in result[0].tolist()})
        return (np.array(chosen, dtype=str),)

    @property
    def source(self) -> str:
        """The source of the reference, after what it imports."""
        source = textwrap.dedent(inspect.getsource(self.reference))
        return f"{self.imports}\n\n\n{source}" if self.imports else source

    def inputs_tested(self) -> list[tuple]:
        """Return the arguments of every test, the same at every call, smallest first."""
        rng = np.random.default_rng(zlib.crc32(self.name.encode()))
        cases = (self.cases or self.kind.cases)(rng)
        settings = itertools.cycle(itertools.product(*self.params.values()))
        return [(*case, *setting) for case, setting in zip(cases, settings, strict=False)]

    def typical_mistakes(self) -> tuple[Mistake, ...]:
        """Return the mistakes looked for: its own, those of its parameters, its kind's."""
        first = len(self.kind.arguments)
        ignored = [
            parameter_ignored(name, position, values[0])
            for position, (name, values) in enumerate(self.params.items(), first)
            if len(values) > 1
        ]
        return (*self._own_mistakes(), *ignored, *self.kind.mistakes)

    def _own_mistakes(self) -> tuple[Mistake, ...]:
        if not isinstance(self.mistakes, Mapping):
            return tuple(self.mistakes)
        return tuple(
            instead(answered(value), explanation, lambda value=value: value)
            for value, explanation in self.mistakes.items()
        )


def answered(value: object) -> str:
    """Return the name of the mistake of giving this value, as a reader would write it.

    Examples
    --------
    >>> answered(11512.0), answered(0.999999), answered(115.13)
    ('answered 11512', 'answered 0.999999', 'answered 115.13')
    """
    if not isinstance(value, int | float):
        return f"answered {value}"
    return f"answered {value:.0f}" if float(value).is_integer() else f"answered {value:.6g}"
