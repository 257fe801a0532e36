"""What an exception usually means in these exercises, and how to go on."""

import re

import numpy as np

_SHAPES = re.compile(r"could not be broadcast|mismatch in its core dimension|not aligned")

_MEANINGS = {
    r"\w\(\) takes no arguments": "A class takes its fields as arguments if "
    "`@dataclass(frozen=True)` stands above it: it is missing.",
    r"bitwise_xor|\^: '": "A power is written `**` in Python: `r**2`. (`^` is something else.)",
    r"bitwise_(and|or)": "`&` and `|` bind tighter than comparisons: put each comparison in "
    "parentheses, `(a <= b) & (b <= c)`.",
    r"truth value of an array": "`if`, `and` and `max` decide once, for all samples together. "
    "`np.where(condition, one, other)` and `np.maximum(one, other)` decide for each.",
    r"converted to Python scalars|cannot convert the series": "`int`, `float` and the "
    "functions of `math` take one number. NumPy's take arrays: `np.log`, `np.abs`, …",
    r"numpy boolean subtract": "Truth values cannot be subtracted. Make numbers of them first: "
    "`(a > b).astype(float)`.",
    r"from dtype\('float64'\) to dtype\('int64'\)": "An array of whole numbers cannot take a "
    "fraction. Begin with floats: `np.zeros(n)`, without `dtype=int`.",
    r"axis 1 is out of bounds": "The array has one dimension, so `axis=0` is the only axis. "
    "Without `axis`, `np.mean` takes all numbers.",
    r"zero-size array to reduction|empty sequence|arg is an empty": "The largest or smallest of "
    "nothing does not exist: at some point there is nothing to choose from. Which case is that?",
    r"used as indices must be of integer|list indices must be integers": "Only whole numbers are "
    "positions, and a float such as 1.0 is none: `labels.astype(int)` makes positions of labels.",
}


def advice(message: str, names: tuple[str, ...], args: tuple) -> str:
    """Return what to do about an exception with this message, or nothing.

    Examples
    --------
    >>> args = np.ones((3, 2)), np.ones(3)
    >>> advice("operands could not be broadcast together", ("X", "y"), args)
    'Two shapes do not fit together. The input has these: X (3, 2), y (3,).'
    """
    if "labels" in names and "truth value of an" in message:
        return (
            "If you compare with `labels`: it is an array, and `==` compares entry by entry. Two "
            "lists are equal or not: `list(labels)`."
        )
    if _SHAPES.search(message):
        arrays = zip(names, map(np.shape, args), strict=True)
        shapes = ", ".join(f"{name} {shape}" for name, shape in arrays if shape)
        return f"Two shapes do not fit together. The input has these: {shapes}."
    if "axis 1 is out of bounds" in message and len(args) > 1 and max(map(np.ndim, args)) > 1:
        arrays = ", ".join(
            f"`{name}` has {np.ndim(arg)}" for name, arg in zip(names, args, strict=True)
        )
        return (
            f"The array has one axis only. Of the input, {arrays}. Are the arguments in this order?"
        )
    return next((text for said, text in _MEANINGS.items() if re.search(said, message)), "")
