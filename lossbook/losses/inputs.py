"""Read the arguments of a loss: dtypes, shapes and weights, with errors that say what to do."""

import math
from numbers import Real

import numpy as np

__all__ = [
    "as_array",
    "as_floats",
    "as_labels",
    "as_weights",
    "first",
    "in_dtype",
    "place",
    "require_finite",
    "shown",
    "shown_row",
]

BLOWN_UP = ", and if predictions blew up make the learning rate smaller"
BEYOND = 2**63  # the least whole number that is too large for int64


def as_array(values, name):
    """Return `values` as an array.

    Raises
    ------
    TypeError
        If `values` are a masked array, or rows that are.
    ValueError
        If the rows are of unequal length.
    """
    try:
        array = np.asarray(values)
    except ValueError:
        _refuse_ragged(values, name)
        raise
    if _is_masked(values, array.ndim - 1):
        raise TypeError(
            f"{name} is a masked array, whose mask would be lost: "
            "drop the masked rows, or give them sample_weight 0 and fill them"
        )
    return array


def _is_masked(values, depth):
    """Tell whether a mask would be lost, be it that of a row in a list."""
    rows = values if depth > 0 and isinstance(values, (list, tuple)) else ()
    return isinstance(values, np.ma.MaskedArray) or any(_is_masked(row, depth - 1) for row in rows)


def _refuse_ragged(values, name):
    shapes = [_shape(row) for row in values] if isinstance(values, (list, tuple)) else []
    for i, shape in enumerate(shapes):
        if shape != shapes[0] or shape is None:
            raise ValueError(
                f"{name}[{i}] has {'unequal rows' if shape is None else f'shape {shape}'} beside "
                f"{name}[0] {shapes[0]}: an array needs rows of one length; pad or cut them, or "
                "take one by one"
            ) from None


def _shape(row):
    try:
        return np.shape(row)
    except ValueError:
        return None


def as_floats(values, name):
    """Return `values` as an array of floats; float32 stays float32, integers become float64.

    Raises
    ------
    TypeError
        If `values` are not real numbers, naming the first that is none, or are a masked array.
    """
    if type(values) is np.ndarray and values.dtype.char in "fd":  # nothing to do, as most often
        return values
    array = as_array(values, name)
    kind = array.dtype.kind
    if kind == "f":
        return array.astype(np.float32) if array.dtype.itemsize < 4 else array
    if kind in "iub" or not array.size:
        return array.astype(np.float64)
    good = _reads_as_number if kind in "US" else _is_number
    wrong = next((entry for entry in np.ndenumerate(array) if not good(entry[1])), None)
    if kind == "O" and wrong is None:
        return array.astype(np.float64)
    where, value = wrong or ((0,) * array.ndim, array.flat[0])
    raise TypeError(
        f"{name} must hold real numbers, but {place(name, where)} is {shown(value)}, of dtype "
        f"{array.dtype}: {_remedy(array, value, wrong)}"
    )


def _is_number(value):
    return isinstance(value, (Real, np.bool_)) or hasattr(value, "as_integer_ratio")


def _reads_as_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def _remedy(array, value, wrong):
    if array.ndim == 0:
        return "give a number, or a list or an array of numbers"
    if array.dtype.kind in "mM":
        return "make times numbers, as (t - t[0]) / np.timedelta64(1, 'D') does"
    if array.dtype.kind == "c":
        return "give the real part, the modulus, or both parts in two columns"
    if isinstance(value, (list, tuple, np.ndarray)):
        return "make one array of rows of one length with np.stack"
    if isinstance(value, str) and wrong is None:
        return "encode them as numbers with np.asarray(…, float)"
    return "encode text or categories as numbers, and drop or fill what is missing"


def as_labels(values, name):
    """Return labels as an array of integers; floats must be whole numbers.

    Raises
    ------
    ValueError
        Naming the first value that is no whole number or too large for one, and its position.
    """
    labels = as_array(values, name)
    if labels.dtype.kind not in "iub":
        labels = as_floats(labels, name)
        require_finite(labels, name)
        _require(
            labels == np.rint(labels),
            (labels, name),
            "labels are whole numbers; number them, or take a loss of probabilities",
        )
    if labels.dtype.kind == "f" or labels.dtype == np.uint64:
        _require(
            np.abs(labels) < BEYOND,
            (labels, name),
            "too large for an integer of 64 bits; count labels from 0, as "
            "np.unique(…, return_inverse=True)[1] does",
        )
    return labels.astype(np.intp, copy=False)


def in_dtype(dtype, values, name):
    """Return `values` in the dtype of the predictions, which rules that of the result.

    Raises
    ------
    ValueError
        Naming the first value that is too large for it.
    """
    with np.errstate(over="ignore"):
        cast = values.astype(dtype)
    if cast.itemsize < values.itemsize and not np.isfinite(cast).all():
        _require(
            np.isfinite(cast) | ~np.isfinite(values),
            (values, name),
            f"too large for {dtype}, the dtype of y_pred; scale both, or give y_pred as float64",
        )
    return cast


def _require(good, named, cause):
    """Refuse the first value that is not good, and name it and its place."""
    if not good.all():
        values, name = named
        where = first(~good)
        raise ValueError(f"{place(name, where)} is {shown(values[where])}: {cause}")


def first(mask):
    """Return the position of the first True."""
    return tuple(int(i) for i in np.argwhere(mask)[0])


def place(name, where):
    """Return how an entry is written, ``y_true[2, 0]``."""
    return f"{name}{list(where) if where else ''}"


def shown(value):
    """Return a value as it stands in a message: what is long is cut."""
    text = repr(value.item() if isinstance(value, np.generic) else value)
    return text if len(text) <= 120 else f"{text[:100]} …"


def shown_row(row):
    """Return a row of probabilities as it stands in a message, with what tells it is none."""
    if row.size <= 8:
        return f"{row.tolist()}, with sum {row.sum():g}"
    first = ", ".join(map(repr, row.ravel()[:3].tolist()))
    return f"[{first}, …] of {row.size} entries, with lowest {row.min():g} and sum {row.sum():g}"


def require_finite(values, name):
    """Refuse NaN and infinity.

    Raises
    ------
    ValueError
        Naming the first such value and its position.
    """
    finite = np.isfinite(values)
    if not finite.all():
        where = first(~finite)
        raise ValueError(
            f"{place(name, where)} is {values[where]}: "
            f"{int(values.size - finite.sum())} of {values.size} values are NaN or infinite; "
            f"drop or fill them{BLOWN_UP if name == 'y_pred' else ''}"
        )


def as_weights(sample_weight, rows):
    """Return the weights of the samples in `rows` as float64, checked.

    Raises
    ------
    ValueError
        If there is not one finite, non-negative weight a sample, or all are zero.
    """
    weights = as_floats(sample_weight, "sample_weight").astype(np.float64, copy=False)
    n = len(rows) if rows.ndim else 1
    if weights.shape != (n,) and weights.shape != rows.shape[:1]:
        raise ValueError(
            f"sample_weight has shape {weights.shape} but there are {n} samples: "
            f"give one weight for each row, shape ({n},), or none if all are equal"
        )
    require_finite(weights, "sample_weight")
    if weights.min() < 0:
        where = int(np.argmax(weights < 0))
        raise ValueError(
            f"{place('sample_weight', (where,) * weights.ndim)} is {weights.flat[where]}: weights "
            "must not be negative; to leave a sample out give it weight 0"
        )
    largest = float(weights.max())
    if not largest:
        raise ValueError(
            "sample_weight is zero everywhere: no sample is left to average; give one at least a "
            "positive weight"
        )
    if not 1e-100 < largest < 1e100:  # only ratios count, and sums must not overflow
        weights = np.ldexp(weights, -math.frexp(largest)[1])
    return weights if rows.ndim else None  # that of a single number cancels
