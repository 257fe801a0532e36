"""Recognise what is wrong in a general way, with no mistake written down.

A pattern takes all the outputs and returns a ``Diagnosis``, or None.
"""

import numpy as np

from lossbook.exercises import _wording
from lossbook.exercises._compare import close
from lossbook.exercises._layout import layout
from lossbook.exercises._outputs import Data
from lossbook.exercises._trial import Diagnosis

_NICE = (-1.0, 2.0, 0.5, -2.0, -0.5, 10.0, 0.1, 100.0, 0.01, 1000.0, 0.001)

_CLOSE = 0.02  # a factor so near to 1 is a rounded constant

_CAUSES = {
    "divide by zero": "a division by 0, or the logarithm of 0",
    "invalid value": "0/0, 0 · ∞, ∞ − ∞, or the logarithm of a negative number",
    "overflow": "a number beyond 1e308; exp(710) is one",
}


def _not_finite(data: Data) -> Diagnosis | None:
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
    noticed = " and ".join(
        f"{complaint} ({_CAUSES[complaint]})"
        for complaint in trial.outcome.complaints
        if complaint in _CAUSES
    )
    because = f" NumPy noticed: {noticed}." if noticed else ""
    others = f"{sum(lost)} other{'s' if sum(lost) > 1 else ''}"
    rows = [
        *_wording.arguments(data.exercise.arguments, trial.args),
        *_wording.pair(trial.given[0], trial.expected[0]),
    ]
    return Diagnosis(
        "not finite",
        f"Right on {sum(right)} of {len(right)} inputs, but NaN or infinite on {others}, where the "
        f"answer is an ordinary number.{because} The smallest such input:\n{_wording.table(rows)}",
    )


def _echo(data: Data) -> Diagnosis | None:
    """Recognise an argument that is handed back."""
    for name, *values in zip(data.exercise.arguments, *(t.args for t in data.trials), strict=True):
        if all(close(a, np.asarray(v), data.rtol) for a, v in zip(data.given, values, strict=True)):
            return Diagnosis(f"returns {name}", f"Your result equals `{name}`, as it came in.")
    return None


def _same_answer(data: Data) -> Diagnosis | None:
    """Recognise one result for every input."""
    first = data.given[0]
    if len(data.given) < 3 or not all(close(a, first) for a in data.given):
        return None
    if first.size == 0:
        return Diagnosis(
            "same answer always",
            "You return an empty list or array for every input. Is it never filled?",
        )
    if np.all(np.isnan(first)):
        return Diagnosis(
            "same answer always",
            "You return NaN for every input. It comes of 0/0, of ∞ − ∞, or of the logarithm or "
            "the root of a negative number, and whatever is computed with it is NaN too.",
        )
    return Diagnosis(
        "same answer always",
        f"You return {_wording.value(first)} for every input. Does your function use its "
        "arguments, or variables of the same kind from elsewhere in the notebook?",
    )


def _rounded(data: Data) -> Diagnosis | None:
    """Recognise rounding to a number of decimal places, and cutting the decimals off."""
    single = data.exercise.kind.is_value  # one number may be whole by itself
    if data.same_shapes and not np.any(data.flat_given):
        return None  # zeros are no sign of rounding
    finest = 3 if any(a.dtype == np.float32 for a in data.given) else 6  # it rounds by itself
    for digits in range(single, finest + 1):
        if single and 10.0**-digits > np.max(np.abs(data.expected[0])) / 10:
            continue  # two digits at least, or another number is meant
        if single and np.any(np.round(data.given[0], digits) != data.given[0]):
            continue  # it has more decimals than these
        if data.all(lambda a: a, lambda b, digits=digits: np.round(np.asarray(b, float), digits)):
            instead = (
                "Give three significant digits at least."
                if single
                else "Return the number as it is; round only when you print."
            )
            return Diagnosis("rounded", f"You round to {_places(digits)}. {instead}")
    if not single and any(data.all(lambda a: a, cut) for cut in (np.floor, np.trunc)):
        return Diagnosis(
            "decimals cut off",
            "You return whole numbers, with the decimals cut off. Division is `/`, not `//`; "
            "`int(...)` and arrays of `dtype=int` drop the decimals too.",
        )
    return None


def _places(digits: int) -> str:
    if digits == 0:
        return "whole numbers"
    return "1 decimal place" if digits == 1 else f"{digits} decimal places"


def _signs(data: Data) -> Diagnosis | None:
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


def _factor(data: Data) -> Diagnosis | None:
    """Recognise a constant multiple of the right answer."""
    if not data.same_shapes or not np.any(data.flat_expected):
        return None
    largest = int(np.argmax(np.abs(data.flat_expected)))
    with np.errstate(invalid="ignore"):  # both may be infinite
        ratio = data.flat_given[largest] / data.flat_expected[largest]
    if not np.isfinite(ratio) or ratio == 0 or not data.all(lambda a: a, lambda b: b * ratio):
        return None
    if np.count_nonzero(data.flat_expected) < 3 and not np.any(np.isclose(ratio, _NICE, rtol=1e-6)):
        return None  # any two numbers have a ratio
    if abs(ratio - 1) < _CLOSE:
        way = "large" if ratio > 1 else "small"
        return Diagnosis(
            "constant factor",
            f"Your answer is {100 * abs(ratio - 1):.2g} % too {way} everywhere. Is a constant "
            "rounded?",
        )
    return Diagnosis(
        "constant factor",
        f"Your answer is {_wording.factor(ratio)} the right one everywhere.",
    )


def _offset(data: Data) -> Diagnosis | None:
    """Recognise the right answer plus a constant."""
    if not data.same_shapes or data.flat_given.size < 3:
        return None
    offset = data.flat_given[0] - data.flat_expected[0]
    if not np.isfinite(offset) or not data.all(lambda a: a, lambda b: b + offset):
        return None
    right = [close(a, b, data.rtol) for a, b in zip(data.given, data.expected, strict=True)]
    if np.mean(right) > 0.5:
        return None  # so small that it is seen on few inputs only
    way = "more" if offset > 0 else "less"
    return Diagnosis(
        "constant offset",
        f"Your answer is {abs(offset):.4g} {way} than the right one everywhere.",
    )


def _zeros(data: Data) -> Diagnosis | None:
    """Recognise zeros of the right shape, where hardly any are due."""
    if not data.same_shapes or np.any(data.flat_given) or data.flat_given.size < 3:
        return None
    return Diagnosis(
        "zeros only",
        "You return 0 for every input. Is something multiplied by 0, divided by `//`, or an array "
        "of zeros never filled?",
    )


# Of a single number more would be said than a hint should say.
OF_VALUES = (_signs, _rounded)
PATTERNS = (
    _echo,
    layout,
    _not_finite,
    _same_answer,
    _zeros,
    _signs,
    _rounded,
    _factor,
    _offset,
)
