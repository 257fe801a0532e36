"""Numbers, arrays and calls as short text that is the same on every machine."""

from collections.abc import Sequence

import numpy as np

_INDENT = "    "
_FEW = 8  # longer arrays are abridged


def value(thing: object, digits: int = 6) -> str:
    """Return a number or an array as text, rounded to ``digits`` significant digits.

    Examples
    --------
    >>> value(np.array([1.0, -0.0, 2 / 3]))
    '[1, 0, 0.666667]'
    >>> value(np.arange(100.0))
    '[0, 1, 2, …, 98, 99]  (100 numbers)'
    """
    array = np.asarray(thing)
    if array.dtype.kind == "U":
        return ", ".join(array.tolist())
    if array.ndim == 0:
        return _number(array[()], digits)
    if array.size > _FEW:
        size = f"{array.size} numbers" if array.ndim == 1 else f"shape {array.shape}"
        return f"{_entries(_abridged(array), digits)}  ({size})"
    return _entries(array.tolist(), digits)


def _number(x: object, digits: int) -> str:
    if isinstance(x, bool | np.bool_):
        return str(x)
    return f"{float(x) + 0.0:.{digits}g}"  # + 0.0 turns -0.0 into 0.0


def _entries(entries: object, digits: int) -> str:
    if isinstance(entries, list):
        return "[" + ", ".join(_entries(entry, digits) for entry in entries) + "]"
    return entries if isinstance(entries, str) else _number(entries, digits)


def _abridged(array: np.ndarray) -> list:
    """Return nested lists with the middle of every long axis left out."""
    rows = array.tolist() if array.ndim == 1 else [_abridged(row) for row in array]
    return [*rows[:3], "…", *rows[-2:]] if len(rows) > 5 else rows


def arguments(names: Sequence[str], args: tuple) -> list[tuple[str, str]]:
    """Return name and value of every argument."""
    return [(name, value(arg)) for name, arg in zip(names, args, strict=True)]


def table(rows: Sequence[tuple[str, str]]) -> str:
    """Return ``name = value`` lines, aligned and indented."""
    width = max((len(name) for name, _ in rows), default=0)
    return "\n".join(f"{_INDENT}{name:<{width}} = {text}" for name, text in rows)


def pair(given: np.ndarray, expected: np.ndarray) -> list[tuple[str, str]]:
    """Return expected and given value with as many digits as it takes to tell them apart."""
    texts = _told_apart(expected, given)
    rows = [("expected", texts[0]), ("given", texts[1])]
    if given.shape != expected.shape:
        return [*rows, ("shapes", f"{expected.shape} expected, {given.shape} given")]
    if given.size > _FEW:
        where = _largest_difference(given, expected)
        texts = _told_apart(expected[where], given[where])
        return [*rows, (f"at {list(map(int, where))}", "{} expected, {} given".format(*texts))]
    return rows


def _told_apart(expected: np.ndarray, given: np.ndarray) -> tuple[str, str]:
    for digits in (6, 10, 17):
        texts = value(expected, digits), value(given, digits)
        if texts[0] != texts[1]:
            break
    return texts


def _largest_difference(given: np.ndarray, expected: np.ndarray) -> tuple:
    """Return the place of the largest relative error; a NaN or an infinity counts most."""
    size = np.abs(expected.astype(float))
    with np.errstate(all="ignore"):
        error = np.abs(given.astype(float) - expected) / np.maximum(size, 1e-6 * np.max(size))
    error = np.where(np.isnan(error) & ~(np.isnan(given) & np.isnan(expected)), np.inf, error)
    return np.unravel_index(int(np.argmax(np.nan_to_num(error, nan=0.0))), given.shape)


def factor(ratio: float) -> str:
    """Return a ratio in words: "2 times", "1/3 of", "−1 times".

    Examples
    --------
    >>> factor(0.25), factor(-2.0), factor(3.14159265)
    ('1/4 of', '−2 times', '3.142 times')
    """
    sign = "−" if ratio < 0 else ""
    inverse = 1 / abs(ratio)
    if 1.5 < inverse < 1000.5 and abs(inverse - round(inverse)) < 1e-6 * inverse:
        return f"{sign}1/{round(inverse)} of"
    return f"{sign}{abs(ratio):.4g} times"
