"""Kinds of exercise: what is called with which inputs, and what usually goes wrong.

A kind brings everything that exercises of one sort share, so that an exercise has to state only
its reference.  ``kind.over(domain)`` is the same kind on other data, e.g.
``gradient_of_mean.over(LOGITS)``.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from lossbook.exercises import _compare, mistakes, step_mistakes
from lossbook.exercises._mistake import Mistake
from lossbook.exercises.domains import REALS, Domain

_DATA_SETS = 30


@dataclass(frozen=True)
class Kind:
    """What exercises of one sort have in common.

    Parameters
    ----------
    name : str
        The kind in words.
    arguments : tuple of str
        The names of the arguments, in order; empty where no function but a value is asked for.
    returns : str
        What is due, in words, e.g. "one number".
    cases : callable
        ``cases(rng)`` yields tuples of arguments, the smallest first.
    inputs : str
        The cases in words, for "Tested on 48 …".
    against : str
        What the answer was compared with.
    mistakes : tuple of Mistake
        The mistakes typical of the kind.
    rtol : float
        Relative tolerance.
    digits : int
        For a number worked out by hand: how many significant digits are enough.
    read : callable
        Turns a result into arrays, or raises ``NotReadable``.
    part_names : tuple of str
        The names of several results; see ``parts``.
    whole : bool
        Whether the number asked for is a whole one, so that 44.97 is not 45.
    """

    name: str
    arguments: tuple[str, ...]
    returns: str
    cases: Callable[[np.random.Generator], Iterable[tuple]]
    inputs: str
    against: str
    mistakes: tuple[Mistake, ...] = ()
    rtol: float = 1e-6
    digits: int = 0
    read: Callable = _compare.numbers
    part_names: tuple[str, ...] = ()
    whole: bool = False

    @property
    def is_value(self) -> bool:
        """Whether a value is asked for, not a function."""
        return not self.arguments

    def over(self, domain: Domain) -> "Kind":
        """Return the same kind on another domain."""
        elsewhere = domain is not REALS
        return replace(
            self,
            arguments=domain.arguments,
            cases=domain.cases,
            inputs=_batches(domain),
            mistakes=mistakes.without_residual(self.mistakes) if elsewhere else self.mistakes,
        )

    def parts(self, *names: str) -> "Kind":
        """Return the same kind where the answer is a tuple of several named results."""
        return replace(
            self,
            read=_compare.several(names),
            part_names=names,
            returns=f"a tuple ({', '.join(names)})",
            mistakes=(),
        )


def _batches(domain: Domain) -> str:
    return f"batches of 1 to 50 samples ({domain.text})"


def _pointwise_or_mean(name: str, returns: str, against: str, *families: tuple) -> Kind:
    """Return a kind of function of ``(y_true, y_pred)`` on real numbers."""
    kind = Kind(name, (), returns, REALS.cases, "", against, sum(families, ()))
    return kind.over(REALS)


pointwise_value = _pointwise_or_mean(
    "pointwise loss",
    "one number per sample",
    "the definition",
    mistakes.VALUE,
    (mistakes.SWAPPED, mistakes.MEAN_UNASKED),
)
mean_value = _pointwise_or_mean(
    "mean loss",
    "one number",
    "the definition",
    mistakes.VALUE,
    (mistakes.SWAPPED,),
    mistakes.VALUE_OF_MEAN,
)
pointwise_gradient = _pointwise_or_mean(
    "derivative of a pointwise loss",
    "one number per sample",
    "the exact derivative",
    mistakes.GRADIENT,
    (mistakes.SWAPPED, mistakes.MEAN_UNASKED),
)
gradient_of_mean = _pointwise_or_mean(
    "gradient of a mean loss with respect to the predictions",
    "an array of the shape of the predictions",
    "the exact derivative",
    mistakes.GRADIENT,
    (mistakes.SWAPPED,),
    mistakes.GRADIENT_OF_MEAN,
)


def _data_sets(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield parameters, design matrices and truths of linear models, smallest first."""
    yield np.array([3.0]), np.array([[2.0]]), np.array([1.0])
    yield np.array([1.0]), np.array([[1.0], [2.0]]), np.array([2.0, 2.0])
    yield np.array([1.0, -1.0]), np.array([[1.0, 2.0], [0.0, 3.0]]), np.array([1.0, 0.0])
    yield np.array([0.0, 0.0]), np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.arange(3.0)
    for n in np.linspace(1, 50, _DATA_SETS).astype(int):
        X = rng.standard_normal((n, int(rng.integers(1, 7))))
        yield rng.standard_normal(X.shape[1]), X, 3 * rng.standard_normal(n)


def _steps_on_data(rng: np.random.Generator) -> Iterator[tuple]:
    for w, X, y in _data_sets(rng):
        yield w, X, y, round(float(rng.uniform(0.01, 0.9)), 2)


def _steps(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([1.0]), np.array([2.0]), 0.1
    yield np.array([0.0, 3.0]), np.array([-1.0, 0.5]), 0.5
    for d in np.linspace(1, 20, _DATA_SETS).astype(int):
        yield rng.standard_normal(d), 5 * rng.standard_normal(d), round(rng.uniform(0.01, 0.9), 2)


def _loops(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([[2.0]]), np.array([1.0]), 0.1, 1
    yield np.array([[1.0], [2.0]]), np.array([2.0, 2.0]), 0.1, 2
    for (_, X, y), steps in zip(_data_sets(rng), [1, 1, 2, 3] + [5, 10] * 10, strict=False):
        # Small targets now and then: whoever stops at a step below 1e-3 stops at the first.
        size = 1e-4 if steps == 5 and len(y) % 2 else 1.0
        yield X, size * y, round(float(rng.uniform(0.01, 0.1)), 2), steps


_LINEAR_DATA = "linear models X w with 1 to 50 samples and 1 to 6 parameters"

gradient_in_parameters = Kind(
    "gradient with respect to the parameters of a linear model",
    ("w", "X", "y"),
    "an array of the shape of w",
    _data_sets,
    _LINEAR_DATA,
    "the exact derivative",
    (*mistakes.GRADIENT, *mistakes.GRADIENT_OF_MEAN),
)
update_step = Kind(
    "update of parameters by a given gradient",
    ("w", "grad", "lr"),
    "the new parameters, an array of the shape of w",
    _steps,
    "vectors of 1 to 20 parameters and gradients, with step sizes from 0.01 to 0.9",
    "the update rule",
    step_mistakes.of_step(lr=2),
)
descent_step = Kind(
    "update of the parameters of a linear model",
    ("w", "X", "y", "lr"),
    "the new parameters, an array of the shape of w",
    _steps_on_data,
    f"{_LINEAR_DATA}, with step sizes from 0.01 to 0.9",
    "the update rule",
    (
        *step_mistakes.of_step(lr=3),
        step_mistakes.STEP_SUM,
        step_mistakes.STEP_COLUMNS,
        step_mistakes.STEP_MEAN_TWICE,
    ),
)
training_loop = Kind(
    "training loop",
    ("X", "y", "lr", "steps"),
    "the parameters after the last step, an array with one number per column of X",
    _loops,
    f"{_LINEAR_DATA}, 1 to 10 steps",
    "the same loop",
    step_mistakes.LOOP,
    rtol=1e-5,
)


def _nothing(rng: np.random.Generator) -> Iterator[tuple]:
    yield ()


# For numbers worked out by hand: three digits are enough.
number = Kind(
    "number",
    (),
    "a number",
    _nothing,
    "",
    "the exact value",
    rtol=1e-3,
    digits=3,
    read=_compare.number,
)
whole_number = replace(number, returns="a whole number", rtol=1e-9, digits=0, whole=True)
numbers = Kind("numbers", (), "an array of numbers", _nothing, "", "the exact values", rtol=1e-3)
choice = Kind("choice", (), "a word", _nothing, "", "the right answer", read=_compare.words)
