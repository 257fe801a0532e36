"""Read a target: of what kind it is, what is missing, and what it might be besides."""

from dataclasses import dataclass
from numbers import Real

import numpy as np

from ..losses.inputs import as_array, as_floats, first, place, shown
from ._reading_text import text_doubts

__all__ = ["KINDS", "Target", "read", "require_size"]

KINDS = {
    "real": "a number",
    "amount": "a positive amount",
    "count": "a count",
    "two": "one of two classes",
    "classes": "one of several classes",
    "ordered": "ordered classes",
    "share": "a share from 0 to 1",
    "labels": "several labels, in columns of 0 and 1",
    "distribution": "rows of probabilities",
    "numbers": "several numbers, in columns",
}
_COLUMNS = ("labels", "distribution", "numbers")
MOST_CLASSES = 20


@dataclass(frozen=True)
class Target:
    """A target that was read.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    values : ndarray
        What is not missing; of classes their numbers, 0 to K − 1.
    kept : ndarray of bool
        Which rows these are.
    names : list
        Of classes, what they were called.
    seen, unsure : tuple of str
        What was noticed, and what the kind might be instead.
    """

    kind: str
    values: np.ndarray
    kept: np.ndarray
    names: list
    seen: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


def read(y, kind=None) -> Target:
    """Read a target, as `kind` or as what it looks like."""
    if kind is not None and (not isinstance(kind, str) or kind not in KINDS):
        raise ValueError(f"kind is {shown(kind)}: say one of {', '.join(KINDS)}, or None to look")
    array = as_array(y, "y")
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim not in (1, 2) or not array.size:
        raise ValueError(
            f"y {_unfit(y, array)}: give one target for each sample, shape (n,), or a row "
            "of several, shape (n, k)"
        )
    if array.dtype.kind in "mMcV":
        as_floats(array, "y")  # says what to do with times and complex numbers
    values, kept = _present(array)
    notes = _missing(array, kept)
    if array.ndim == 2:
        return _columns(values, kept, kind, notes)
    return _one(values, kept, kind, notes)


def _unfit(y, array):
    """Say what was given instead of a list or an array of targets."""
    if not array.size:
        return f"is empty, of shape {array.shape}"
    if array.ndim:
        return f"has shape {array.shape}"
    if y is None or isinstance(y, (Real, np.ndarray, np.generic)):
        return f"is {shown(array[()])}"
    if isinstance(y, str):
        return f"is the text {shown(y)}"
    if isinstance(y, (set, frozenset)):
        return "is a set, which has no order of rows"
    how = "list(y.values())" if isinstance(y, dict) else "list(y)"
    return f"is of type {type(y).__name__}, no list or array; perhaps {how} is meant"


def _present(array):
    """Return the rows without NaN, None or infinity, as numbers where they are, and which."""
    if array.dtype.kind in "fiub":
        kept = np.isfinite(array.reshape(len(array), -1)).all(axis=1)
        values = array[kept]
        require_size(values, "y")
    else:
        flat = array.reshape(len(array), -1)
        kept = np.array([not any(map(_is_missing, row)) for row in flat], dtype=bool)
        values = array[kept]
        if all(map(_is_number, values.ravel())):
            values = as_floats(values, "y")
            require_size(values, "y")
        else:
            values = values.astype(str)
    if not kept.any():
        raise ValueError(
            f"y[0] is {shown(array.ravel()[0])}, and none of its {len(array)} rows is free of "
            "NaN, None and infinity: nothing can be seen; look where the target was read in"
        )
    return values, kept


def require_size(values, name):
    """Refuse numbers whose squares are none, so that spreads can be measured."""
    most = float(np.abs(values.astype(float)).max(initial=0))
    if most and not 1e-100 < most < 1e100:
        raise ValueError(f"the largest of {name} is {most:g}: give it in another unit")


def _is_missing(value):
    """Tell whether a value stands for nothing: None, NaN (unlike itself), pandas' NA, infinity."""
    try:
        unlike = value is None or bool(value != value)
    except TypeError:  # NA is neither like nor unlike itself
        return True
    return unlike or (isinstance(value, (float, np.floating)) and not np.isfinite(value))


def _is_number(value):
    return isinstance(value, (Real, np.bool_)) or hasattr(value, "as_integer_ratio")


def _missing(array, kept):
    lost = int((~kept).sum())
    if not lost:
        return ()
    return (
        f"{lost} of {len(array)} rows hold NaN, None or infinity and were set aside, "
        f"{place('y', first(~kept))} first: every loss refuses them.",
    )


def _one(values, kept, kind, notes):
    """Read a single target for each sample."""
    names, codes = np.unique(values, return_inverse=True)
    if kind in _COLUMNS:
        raise ValueError(f"y has one column, and kind={kind!r} needs several")
    if values.dtype.kind in "US" and kind not in (None, "two", "classes", "ordered"):
        raise ValueError(f"y[0] is {shown(values[0])}, which is no number: kind={kind!r} needs one")
    found, unsure = (kind, ()) if kind else _look(values, names, codes)
    if values.dtype.kind in "US":
        unsure = (*unsure, *text_doubts(names, kind))
    elif kind is None and found in ("count", "amount", "real"):
        unsure = (*unsure, *_PER_CENT * _like_per_cent(values))
    _require_fit(values, kept, names, found)
    values = codes if found in ("two", "classes", "ordered") else values.astype(np.float64)
    return Target(found, values, kept, names.tolist(), notes, unsure)


def _look(values, names, codes):
    """Return the kind of a single target, and what speaks against it."""
    if values.dtype.kind in "USb":
        return ("two" if len(names) == 2 else "classes"), _ORDER[: len(names) > 2]
    whole = bool((values == np.rint(values)).all())
    if len(names) == 2 and (whole or len(values) >= 10):
        usual = names.tolist() in ([0, 1], [-1, 1])
        number = "amount" if names[0] >= 0 else "real"
        other = f"Whether {_ends(names)} are two classes or measured: then say kind={number!r}."
        return "two", () if usual else (other,)
    if whole and values.min() >= 0 and len(names) > 1:
        if _like_labels(names, codes):
            return "classes", (*_ORDER, f"Whether {_ends(names)} are counts: say kind='count'.")
        if values.min() <= 2:
            return "count", (f"Whether {_ends(names)} are classes: say kind='classes'{_STARS}.",)
        return _number(values), ("Whether these whole numbers count events: say kind='count'.",)
    if values.min() == 0 and values.max() == 1:
        return "share", ("Whether these are shares of 1: if not, say kind='amount'.",)
    share = bool(0 <= values.min() < values.max() <= 1)
    return _number(values), ("Whether these are shares of 1: say kind='share'.",) * share


_PER_CENT = ("Whether these are per cent: then divide them by 100, and say kind='share'.",)
_STARS = ", or of stars and grades kind='ordered'"
_ORDER = ("Whether the classes have an order: if so say kind='ordered'.",)


def _like_labels(names, codes):
    """Tell whether whole numbers look like classes: few, in sequence, none of them very rare."""
    tally = np.bincount(codes)
    row = names[0] in (0, 1) and len(names) == names[-1] - names[0] + 1
    return bool(row and len(names) <= MOST_CLASSES and tally.min() >= max(5, tally.max() / 5))


def _like_per_cent(values):
    """Tell whether numbers might be per cent: up to 100, and few of them small."""
    low, most = values.min(), values.max()
    return bool(low >= 0 and (most == 100 or (most < 100 and np.median(values) >= 10)))


def _number(values):
    """Tell an amount, which spreads over several sizes or has a heap at zero, from a number."""
    if values.min() < 0 or values.max() == 0:
        return "real"
    low, high = np.quantile(values, [0.05, 0.95])
    return "amount" if (values == 0).mean() >= 0.05 or high > 5 * low else "real"


def _ends(names):
    first, last = (f"{v:g}" for v in (names[0], names[-1]))
    return f"{first} {'and' if len(names) == 2 else 'to'} {last}"


def _require_fit(values, kept, names, kind):
    """Refuse a kind that the values cannot be of, naming the first that is not."""
    wrong = {
        "count": ("not negative and whole", lambda v: (v >= 0) & (v == np.rint(v))),
        "amount": ("not negative", lambda v: v >= 0),
        "share": ("from 0 to 1", lambda v: (v >= 0) & (v <= 1)),
    }
    if kind == "two" and len(names) > 2:
        raise ValueError(f"y holds {len(names)} values, such as {shown(names[2])}: two are needed")
    if kind not in wrong:
        return
    needs, good = wrong[kind]
    bad = ~good(values)
    if bad.any():
        where = (int(np.flatnonzero(kept)[np.argmax(bad)]),)
        raise ValueError(
            f"{place('y', where)} is {shown(values[bad][0])}, but {KINDS[kind]} is {needs}: "
            f"{'divide per cent by 100' if kind == 'share' else 'mend it'}, or say another kind"
        )


def _columns(values, kept, kind, notes):
    """Read a row for each sample."""
    if kind not in (None, *_COLUMNS):
        raise ValueError(f"y has {values.shape[1]} columns, and kind={kind!r} needs one")
    values = as_floats(values, "y").astype(np.float64)
    rows = bool((values >= 0).all() and np.allclose(values.sum(axis=1), 1, rtol=0, atol=1e-6))
    binary = bool(np.isin(values, (0, 1)).all())
    found = kind or ("distribution" if rows else "labels" if binary else "numbers")
    if found == "distribution" and not rows:
        bad = (values < 0).any(axis=1) | (np.abs(values.sum(axis=1) - 1) > 1e-6)
        where = (int(np.flatnonzero(kept)[np.argmax(bad)]),)
        raise ValueError(f"{place('y', where)} does not sum to 1, so it is no row of probabilities")
    if found == "labels" and not binary:
        bad = ~np.isin(values, (0, 1))
        raise ValueError(f"y holds {shown(values[bad][0])}, and labels in columns are 0 or 1")
    if found == "distribution" and binary:
        codes = values.argmax(axis=1)
        found, k = ("two" if values.shape[1] == 2 else "classes"), values.shape[1]
        notes = (*notes, "Each row has a single 1: they are classes, give np.argmax(y, axis=1).")
        return Target(found, codes, kept, list(range(k)), notes, _ORDER[: k > 2])
    return Target(found, values, kept, [], notes)
