"""Recognise right numbers in the wrong shape, and shapes that tell what went wrong."""

from collections.abc import Callable

import numpy as np

from lossbook.exercises._outputs import Data
from lossbook.exercises._trial import Diagnosis

_FEWEST = 3  # one or two outputs have a common shape by chance


def layout(data: Data) -> Diagnosis | None:
    """Recognise a column, a transpose, a table, several results, one number for many."""
    if data.same_shapes:
        return None
    return next((found for pattern in _PATTERNS if (found := pattern(data))), None)


def _all_pairs(data: Data) -> Diagnosis | None:
    if not _each(data, lambda a, b, _: b.ndim == 1 and a.shape == (b.size, b.size)):
        return None
    if data.exercise.arguments[0] == "w" and _each(data, lambda a, b, X: not X or X[1:] == b.shape):
        return Diagnosis(
            "d × d instead of d numbers",
            "You return a d × d table where d numbers are due. If you divide by a matrix, `g / H` "
            "divides entry by entry: solve the equations instead, `np.linalg.solve(H, g)`. Or a "
            "column (d, 1) has met a row (d,): keep both of shape (d,).",
        )
    if np.asarray(data.trials[0].args[0]).dtype.kind == "i":  # labels of classes
        return Diagnosis(
            "every row with all labels",
            "You return an n × n table where n numbers are due. `z[:, y]` takes in every row the "
            "columns of *all* labels; for one entry of each write `np.arange(n)` in place of `:`.",
        )
    return Diagnosis(
        "(n,) against (n, 1)",
        "You return an n × n table where n numbers are due. A column (n, 1) against a row "
        "(n,) broadcasts to all pairs; keep both of shape (n,).",
    )


def _transposed(data: Data) -> Diagnosis | None:
    if not data.all(lambda a: a.T):
        return None
    return Diagnosis("transposed", "Right, but transposed: rows and columns are exchanged.")


def _same_numbers(data: Data) -> Diagnosis | None:
    if not data.all(np.ravel, np.ravel):
        return None
    given, expected = next(
        (a, b) for a, b in zip(data.given, data.expected, strict=True) if a.shape != b.shape
    )
    if expected.ndim == 0:
        what = f"you return an array of shape {given.shape} where one number is due."
    else:
        what = f"you return shape {given.shape} where {expected.shape} is due."
    return Diagnosis("wrong shape", f"The numbers are right, their shape is not: {what}")


def _reduced(data: Data) -> Diagnosis | None:
    """Recognise a mean or a sum too many or too few."""
    # The mean of numbers without their 1/n is the sum of those with it: who took which is not seen.
    for name, reduce, title, too in (
        ("mean", np.mean, "mean taken", ""),
        ("sum", np.sum, "all added up", "; a mean is that too, where each of them has a 1/n"),
    ):
        if data.all(reduce):
            return Diagnosis(
                f"{name} not taken",
                f"You return one number per element. Here one number is due: their {name}.",
            )
        if data.all(lambda a: a, reduce):
            return Diagnosis(
                title,
                f"You return a single number, the {name} of those that are due{too}. "
                f"What is due: {data.exercise.kind.returns}.",
            )
    return None


def _last_row(data: Data) -> Diagnosis | None:
    """Recognise the whole path of a loop, where its end is due."""
    if len({a.shape[:1] for a in data.given}) == 1 or not _each(
        data, lambda a, b, _: b.ndim > 0 and a.shape[1:] == b.shape and len(a) > 0
    ):
        return None  # a path is as long as its loop: as many things every time are no path
    if not data.all(lambda a: a[-1]):
        return None
    return Diagnosis(
        "every step returned",
        "Your last row is right. Return it alone, without what came before.",
    )


def _several(data: Data) -> Diagnosis | None:
    """Recognise a tuple of results, of which NumPy has made one array."""
    counts = {a.shape[:1] for a in data.given}
    if (
        len(data.given) < _FEWEST
        or len(counts) != 1
        or counts & {(), (0,), (1,)}
        or not _each(data, lambda a, b, _: a.shape[1:] == b.shape)
    ):
        return None
    count = counts.pop()[0]
    right = [i for i in range(count) if data.all(lambda a, i=i: a[i])]
    if not right and _each(data, lambda a, b, _: a.shape == (b.size, b.size)):
        return None  # rather a table
    which = f" Number {right[0] + 1} is right: return it alone." if right else ""
    return Diagnosis(
        "several results",
        f"You return {count} things. One is due: {data.exercise.kind.returns}.{which}",
    )


def _rows(data: Data) -> Diagnosis | None:
    """Recognise a table whose rows, or columns, are still to be added up or averaged."""
    for axis, kind in ((0, "rows"), (1, "columns")):
        for name, reduce, done in (("mean", np.mean, "averaged"), ("sum", np.sum, "added up")):
            if not _each(data, lambda a, b, _: a.ndim == 2 and b.ndim == 1) or not data.all(
                lambda a, reduce=reduce, axis=axis: reduce(a, axis=axis)
            ):
                continue
            return Diagnosis(
                f"{kind} not {done}",
                f"You return a table. The {name} of its {kind} is right: `….{name}(axis={axis})`.",
            )
    return None


def _table(data: Data) -> Diagnosis | None:
    """Recognise an entry for every row and column, where one for every column is due."""
    if not _each(data, lambda a, b, X: X and X[1:] == b.shape and a.shape in (X, X[::-1])):
        return None
    name = next(
        name
        for name, arg in zip(data.exercise.arguments, data.trials[0].args, strict=True)
        if np.ndim(arg) == 2
    )
    return Diagnosis(
        "a table instead of one row",
        f"You return a table, with an entry for every row and every column of `{name}`. One for "
        "every column is due: are its rows to be added up, or averaged? If you have done so, a "
        "column (n, 1) has met a row (n,) before.",
    )


def _per_sample(data: Data) -> Diagnosis | None:
    """Recognise one number per sample, where one per parameter is due."""
    if not _each(data, lambda a, b, X: b.shape == X[1:] and a.shape == X[:1]):
        return None
    return Diagnosis(
        "one number per sample",
        "You return one number for every sample, one for every row. One for every parameter is "
        "due, one for every column.",
    )


def _single_number(data: Data) -> Diagnosis | None:
    if not _each(data, lambda a, b, _: a.ndim == 0 and b.ndim > 0):
        return None
    return Diagnosis(
        "a single number",
        f"You return a single number. What is due: {data.exercise.kind.returns}.",
    )


def _many_numbers(data: Data) -> Diagnosis | None:
    if len(data.given) < _FEWEST or not _each(data, lambda a, b, _: a.ndim > 0 and b.ndim == 0):
        return None
    if all(a.size == 1 for a in data.given):
        return None
    if all(a.size for a in data.given) and data.all(lambda a: a.ravel()[-1]):
        last = ", ".join(["-1"] * data.given[-1].ndim)
        return Diagnosis(
            "more than the last entry",
            f"You return an array, and its last entry is right: return that alone, `…[{last}]`.",
        )
    return Diagnosis(
        "many numbers",
        "You return an array. One number is due for the whole input. "
        + (_counterpart(data) or "Which of yours, or what of them all, is asked for?"),
    )


def _counterpart(data: Data) -> str:
    """Return of which argument's entries, rows or columns the results are as many as there are."""
    for name, *values in zip(data.exercise.arguments, *(t.args for t in data.trials), strict=True):
        shapes = list(map(np.shape, values))
        if len({len(shape) for shape in shapes}) != 1:
            continue
        parts = (("entry", slice(None)), ("row", slice(1)), ("column", slice(1, 2)))
        for part, which in parts[: None if len(shapes[0]) == 2 else 1]:
            if all(a.shape == s[which] for a, s in zip(data.given, shapes, strict=True)):
                return f"Yours has a number for every {part} of `{name}`."
    return ""


def _each(data: Data, holds: Callable) -> bool:
    """Whether ``holds(given, expected, shape of the first matrix among the arguments)`` always."""
    return all(
        holds(a, b, next((x.shape for x in trial.args if np.ndim(x) == 2), ()))
        for a, b, trial in zip(data.given, data.expected, data.trials, strict=True)
    )


_PATTERNS = (
    _transposed,
    _same_numbers,
    _reduced,
    _last_row,
    _rows,
    _several,
    _all_pairs,
    _table,
    _per_sample,
    _single_number,
    _many_numbers,
)
