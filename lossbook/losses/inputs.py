"""Read the arguments of a loss: dtypes, shapes and weights, with errors that say what to do."""

import numpy as np

__all__ = [
    "as_floats",
    "as_labels",
    "as_weights",
    "require_finite",
    "require_layout",
    "require_same_shape",
]


def as_floats(values, name):
    """Return `values` as an array of floats; float32 stays float32, integers become float64.

    Raises
    ------
    TypeError
        If `values` are not real numbers, or are a masked array.
    """
    if type(values) is np.ndarray and values.dtype.char in "fd":  # nothing to do, as most often
        return values
    _refuse_mask(values, name)
    array = np.asarray(values)
    kind = array.dtype.kind
    if kind == "f":
        return array.astype(np.float32) if array.dtype.itemsize < 4 else array
    if kind in "iub":
        return array.astype(np.float64)
    first = f", beginning with {array.flat[0]!r}" if array.size else ""
    raise TypeError(
        f"{name} must hold real numbers, got dtype {array.dtype}{first}: "
        "encode text or categories as numbers, and drop or fill what is missing"
    )


def _refuse_mask(values, name):
    if isinstance(values, np.ma.MaskedArray):
        raise TypeError(
            f"{name} is a masked array, whose mask would be lost: "
            "drop the masked rows, or give them sample_weight 0 and fill them"
        )


def as_labels(values, name):
    """Return labels as an array of integers; floats must be whole numbers.

    Raises
    ------
    ValueError
        Naming the first value that is no whole number, and its position.
    """
    _refuse_mask(values, name)
    array = np.asarray(values)
    if array.dtype.kind in "iub":
        return array.astype(np.intp, copy=False)
    labels = as_floats(values, name)
    require_finite(labels, name)
    wrong = labels != np.rint(labels)
    if wrong.any():
        where = tuple(int(i) for i in np.argwhere(wrong)[0])
        raise ValueError(
            f"{name}{list(where) if where else ''} is {labels[where]}: labels are whole numbers; "
            "round them, or use a loss that takes probabilities"
        )
    return labels.astype(np.intp)


def require_same_shape(y_true, y_pred):
    """Refuse arrays that NumPy would broadcast: shapes are law.

    Raises
    ------
    ValueError
        If the shapes differ, with the likely cause, or if there are no samples.
    """
    if y_true.shape != y_pred.shape:
        raise ValueError(_shape_message(y_true.shape, y_pred.shape))
    if y_true.size == 0:
        raise ValueError(
            f"y_true and y_pred are empty, shape {y_true.shape}: a mean needs one sample at least"
        )


def require_layout(y_true, y_pred, layout, owner):
    """Refuse arrays whose axes are not those of `layout`, a pair like ``("n", "n 2 d")``.

    A letter is a size that must be the same wherever it stands, a number a size that is
    fixed, and ``…`` stands for one axis or more.

    Raises
    ------
    ValueError
        Naming the array, its shape and the one that `owner` needs, or if there are no samples.
    """
    needs = " and ".join(
        f"{name} ({wanted.replace(' ', ', ')}{',' * (' ' not in wanted)})"
        for name, wanted in zip(("y_true", "y_pred"), layout, strict=True)
    )
    sizes = {}
    for name, array, wanted in (("y_true", y_true, layout[0]), ("y_pred", y_pred, layout[1])):
        axes, shape = wanted.split(), array.shape
        if axes[-1] == "…":
            k = len(axes) - 1
            shape = (*shape[:k], shape[k:])
        fits = len(axes) == len(shape) and shape[-1] != ()
        for axis, size in zip(axes, shape, strict=False):
            fits &= size == (int(axis) if axis.isdigit() else sizes.setdefault(axis, size))
        if not fits:
            other = f" beside y_true {y_true.shape}" if name == "y_pred" else ""
            raise ValueError(
                f"{name} has shape {array.shape}{other}, but {owner} needs {needs}: one row a "
                "sample, and equal letters for equal sizes"
            )
    if y_pred.size == 0:
        raise ValueError(
            f"y_true and y_pred are empty, shapes {y_true.shape} and {y_pred.shape}: "
            "a mean needs one sample at least"
        )


def _shape_message(true, pred):
    message = f"y_true has shape {true} but y_pred has shape {pred}"
    column = {true, pred} == {(true[:1]), (*true[:1], 1)} if true and pred else False
    if column:
        name = "y_pred" if len(pred) == 2 else "y_true"
        n = true[0]
        return (
            f"{message}: subtracting them would broadcast to ({n}, {n}), every truth against "
            f"every prediction; flatten the column with {name}.ravel()"
        )
    if () in (true, pred):
        return f"{message}: repeat the number with np.full_like to compare it with an array"
    if len(true) == len(pred) == 2 and true == pred[::-1]:
        return f"{message}: one of them is transposed, use .T"
    return f"{message}: they must be equal, one prediction for every truth"


def require_finite(values, name):
    """Refuse NaN and infinity.

    Raises
    ------
    ValueError
        Naming the first such value and its position.
    """
    finite = np.isfinite(values)
    if not finite.all():
        where = tuple(int(i) for i in np.argwhere(~finite)[0])
        raise ValueError(
            f"{name}{list(where) if where else ''} is {values[where]}: "
            f"{int(values.size - finite.sum())} of {values.size} values are NaN or infinite; "
            "drop or fill them, and if predictions blew up make the learning rate smaller"
        )


def as_weights(sample_weight, rows):
    """Return the weights of the samples in `rows` as float64, checked.

    Raises
    ------
    ValueError
        If there is not one finite, non-negative weight a sample, or all are zero.
    """
    weights = as_floats(sample_weight, "sample_weight").astype(np.float64, copy=False)
    n = len(np.atleast_1d(rows))
    if weights.shape != (n,):
        raise ValueError(
            f"sample_weight has shape {weights.shape} but there are {n} samples: "
            f"give one weight for each row, shape ({n},)"
        )
    require_finite(weights, "sample_weight")
    if weights.min() < 0:
        where = int(np.argmax(weights < 0))
        raise ValueError(
            f"sample_weight[{where}] is {weights[where]}: weights must not be negative; "
            "to leave a sample out give it weight 0"
        )
    if not weights.any():
        raise ValueError("sample_weight is zero everywhere: no sample is left to average")
    return weights
