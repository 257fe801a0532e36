"""Results as arrays, and when two of them agree."""

import re
from collections.abc import Callable, Sequence

import numpy as np

from ..losses.kinds import Loss

# A result is a tuple of arrays: one, except where an exercise asks for several things at once.
Result = tuple[np.ndarray, ...]

# Words that choose nothing on their own.
_FILLING = frozenset(["a", "an", "by", "is", "it", "its", "lb", "of", "the", "to"])


class NotReadable(Exception):
    """The value is not of the sort that the exercise asks for."""


class Unattempted(Exception):
    """The value is a placeholder: ``None`` or ``...``."""


def numbers(value: object) -> Result:
    """Return a number, or anything that NumPy turns into an array of numbers, as a result.

    Examples
    --------
    >>> numbers([1, 2])
    (array([1, 2]),)
    >>> numbers("two")
    Traceback (most recent call last):
    ...
    lossbook.exercises._compare.NotReadable: a string, 'two'
    """
    _refuse_placeholder(value)
    return (_array(value),)


def number(value: object) -> Result:
    """Return a number, also one that comes as an array of a single entry.

    Examples
    --------
    >>> number([0.75])
    (array(0.75),)
    >>> number("0.75")
    Traceback (most recent call last):
    ...
    lossbook.exercises._compare.NotReadable: a string, '0.75': leave out the quotes
    """
    if isinstance(value, str) and re.fullmatch(r"\s*[-+]?[\d.]+(e[-+]?\d+)?\s*", value):
        raise NotReadable(f"{_kind(value)}: leave out the quotes")
    if isinstance(value, bool | np.bool_):
        raise NotReadable(f"a bool, {value}")
    (array,) = numbers(value)
    return (array.reshape(()) if array.size == 1 else array,)


def half_of_digit(value: float, digits: int) -> float:
    """Return half a unit of the last of so many significant digits, relative to the value.

    Examples
    --------
    >>> half_of_digit(4.0, 3)  # 4.00, give or take 0.005
    0.00125
    """
    return float(0.5 * 10.0 ** (np.floor(np.log10(abs(value))) + 1 - digits) / abs(value))


def several(parts: Sequence[str]) -> Callable[[object], Result]:
    """Return a reader of tuples with the named parts, each a number or an array."""
    due = f"{len(parts)} things are due: {', '.join(parts[:-1])} and {parts[-1]}"

    def read(value: object) -> Result:
        _refuse_placeholder(value)
        if isinstance(value, tuple | list):
            what, count = _things(value), len(value)
        else:  # an array of several rows is as good as a list of them
            rows = value.shape[:1] if isinstance(value, np.ndarray) else ()
            what, count = _kind(value), sum(rows)
        if count != len(parts):
            raise NotReadable(f"{what}, where {due}")
        return tuple(_part(name, part) for name, part in zip(parts, value, strict=True))

    return read


def words(value: object) -> Result:
    """Return a word, or a collection of words in any order, as a result.

    Examples
    --------
    >>> words(" Median ")
    (array(['median'], dtype='<U6'),)
    >>> words("0-1_loss!")
    (array(['0 1 loss'], dtype='<U8'),)

    A loss stands for its name:

    >>> from lossbook.losses import Logistic
    >>> words(Logistic())
    (array(['logistic'], dtype='<U8'),)
    """
    _refuse_placeholder(value)
    value = value.tolist() if isinstance(value, np.ndarray) else value
    value = repr(value) if isinstance(value, Loss) else value
    chosen = [value] if isinstance(value, str) else value
    if not isinstance(chosen, list | tuple | set | frozenset) or not all(
        isinstance(word, str) for word in chosen
    ):
        raise NotReadable(_kind(value))
    if not chosen:
        raise NotReadable("empty")
    return (np.array(sorted({plain(word) for word in chosen}), dtype=str),)


def plain(word: str) -> str:
    """Return words without capitals, hyphens and other marks: "squared error"."""
    return " ".join(re.sub(r"[\W_]", " ", word.casefold()).split())


def option(word: str, options: Sequence[str]) -> str:
    """Return the only option in which these words stand, in this order; or else the words.

    Examples
    --------
    >>> option("the variance", ["divide by the variance", "learning rate"])
    'divide by the variance'
    >>> option("softmax", ["softmax twice", "softmax forgotten"])
    'softmax'
    """
    known = [plain(name) for name in options]
    telling = [part for part in word.split() if part not in _FILLING]
    meant = [name for name in known if telling and _in_turn(telling, name.split())]
    return meant[0] if len(meant) == 1 and word not in known else word


def _in_turn(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether all of the few are among the many, in the same order."""
    rest = iter(many)
    return all(part in rest for part in few)


def same(given: Result, expected: Result, rtol: float) -> bool:
    """Whether two results agree in every part: shape, NaN pattern and value."""
    return len(given) == len(expected) and all(
        close(a, b, rtol) for a, b in zip(given, expected, strict=True)
    )


def close(given: np.ndarray, expected: np.ndarray, rtol: float = 1e-6) -> bool:
    """Whether two arrays have the same shape and agree to ``rtol``.

    Entries that cancel to almost nothing are compared on the scale of the whole array.  An
    answer in single precision is right when it is right in single precision.
    """
    if given.shape != expected.shape:
        return False
    if "U" in given.dtype.kind + expected.dtype.kind:
        return given.dtype.kind == expected.dtype.kind and np.array_equal(
            *(np.char.replace(text, " ", "") for text in (given, expected))
        )
    single = given.dtype.kind == "f" and given.dtype.itemsize < 8
    if single:
        rtol = max(rtol, 1e-4)
    a, b = given.astype(float), expected.astype(float)
    scale = np.max(np.abs(b[np.isfinite(b)]), initial=0.0) or 1.0
    return np.allclose(a, b, rtol=rtol, atol=(1e-6 if single else 1e-12) * scale, equal_nan=True)


def _part(name: str, value: object) -> np.ndarray:
    try:
        return _array(value)
    except NotReadable as why:
        raise NotReadable(f"a tuple whose {name} is {why}") from None


def _things(value: tuple | list) -> str:
    return f"a {type(value).__name__} of {len(value)} thing{'s' if len(value) != 1 else ''}"


def _array(value: object) -> np.ndarray:
    if value is None or isinstance(value, str | bytes | dict | set | frozenset):
        raise NotReadable(_kind(value))
    try:
        array = np.array(value)  # a copy: a later call may write into what this one returned
        if array.dtype.kind == "O" and not any(isinstance(v, str) for v in array.flat):
            array = array.astype(float)  # fractions, decimals, SymPy's numbers
    except (TypeError, ValueError, OverflowError):
        raise NotReadable(_kind(value)) from None
    if array.dtype.kind not in "biuf":
        raise NotReadable(_kind(value))
    return array


def _refuse_placeholder(value: object) -> None:
    if value is None or value is Ellipsis or value is NotImplemented:
        raise Unattempted("None" if value is None else "...")


def _kind(value: object) -> str:
    """Return the sort of a value in words, without its address."""
    if isinstance(value, str):
        return f"a string, {value[:40]!r}"
    if isinstance(value, complex | np.complexfloating):
        return "a complex number"
    if isinstance(value, list | tuple):
        return f"{_things(value)}, not a regular array of numbers"
    if isinstance(value, np.ndarray):
        return f"an array of {'strings' if value.dtype.kind == 'U' else value.dtype.name}"
    return f"an object of type {type(value).__name__}"
