"""The shapes of truth and prediction: shapes are law, and an error says which one was meant."""

from math import prod

__all__ = ["cure", "require_layout", "require_same_shape"]

# What people do to shapes, undone: if the result fits, this was it.
REPAIRS = (
    (lambda t, p: (p, t), "they look exchanged: the truth comes first"),
    (
        lambda t, p: (t[:1] if t[1:] == (1,) else t, p),
        "flatten the column of truths with y_true.ravel()",
    ),
    (lambda t, p: ((1, *t), (1, *p)), "a single sample is a batch of one: [y_true], [y_pred]"),
    (lambda t, p: (t, (1, *p)), "the prediction of a single sample is a batch of one: [y_pred]"),
    (lambda t, p: ((1, *t), p), "the truth of a single sample is a batch of one: [y_true]"),
    (lambda t, p: (t[::-1], p), "y_true is transposed, use y_true.T"),
    (
        lambda t, p: (t, (*p[1::-1], *p[2:])),
        "of a list with an array for each, make one with np.stack(y_pred, axis=1)",
    ),
    (
        lambda t, p: ((prod(t),), (prod(p[:-1]), *p[-1:])),
        "make every place a row: y_true.ravel(), y_pred.reshape(-1, K)",
    ),
    (
        lambda t, p: ((prod(t),), (prod((*p[:1], *p[2:])), *p[1:2])),
        "make every place a row: y_true.ravel(), np.moveaxis(y_pred, 1, -1).reshape(-1, K)",
    ),
    (lambda t, p: ((*t, *p[-1:]), p), "make labels rows of 0 and 1 with np.eye(K)[y_true]"),
)


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
        Naming the array, its shape, the one that `owner` needs and the likely cause, or if there
        are no samples.
    """
    wrong = _misfit((y_true.shape, y_pred.shape), layout)
    if not wrong and y_pred.size:
        return
    needs = " and ".join(
        f"{name} ({wanted.replace(' ', ', ')}{',' * (' ' not in wanted)})"
        for name, wanted in zip(("y_true", "y_pred"), layout, strict=True)
    )
    if y_pred.size == 0:
        raise ValueError(
            f"y_true and y_pred are empty, shapes {y_true.shape} and {y_pred.shape}: {owner} needs "
            f"{needs}, of one sample at least"
        )
    array, other = (y_true, "") if wrong == "y_true" else (y_pred, f" beside y_true {y_true.shape}")
    likely = cure(y_true.shape, y_pred.shape, layout)
    raise ValueError(
        f"{wrong} has shape {array.shape}{other}, but {owner} needs {needs}: "
        f"{likely or 'one row a sample, and equal letters for equal sizes'}"
    )


def cure(true, pred, *layouts):
    """Return what makes two shapes fit one of the layouts, nothing if that is not known."""
    for repair, advice in REPAIRS:
        shapes = repair(true, pred)
        if shapes != (true, pred) and any(not _misfit(shapes, layout) for layout in layouts):
            return advice
    return ""


def _misfit(shapes, layout):
    """Return the name of the first of the two whose shape is not that of its layout, or None."""
    sizes = {}
    for name, shape, wanted in zip(("y_true", "y_pred"), shapes, layout, strict=True):
        axes = wanted.split()
        if axes[-1] == "…":
            k = len(axes) - 1
            shape = (*shape[:k], shape[k:])
        fits = len(axes) == len(shape) and shape[-1] != ()
        for axis, size in zip(axes, shape, strict=False):
            fits &= size == (int(axis) if axis.isdigit() else sizes.setdefault(axis, size))
        if not fits:
            return name
    return None


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
    if (*true, 1) == pred or (*pred, 1) == true:
        name = "y_true" if len(true) > len(pred) else "y_pred"
        return f"{message}: leave out the last axis with {name}.squeeze(axis=-1)"
    if pred == (*true, 2):
        return (
            f"{message}: they must be equal, one prediction for every truth; of the two columns "
            "of predict_proba take that of class 1, y_pred[:, 1]"
        )
    return f"{message}: they must be equal, one prediction for every truth"
