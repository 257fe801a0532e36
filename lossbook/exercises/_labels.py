"""Labels as whole numbers, for answers that use them as positions.

Labels 0 and 1 come as floats, so that an array made like them can hold fractions.  An answer that
takes an entry of each row by its label needs integers, and is right as well.
"""

import numpy as np

_NAMES = ("y_true", "y")
_WANT_INTEGERS = ("IndexError", "TypeError")


def with_positions(names: tuple[str, ...], inputs: list[tuple], failed: str) -> list[tuple]:
    """Return the inputs with integer labels, or nothing where that would not help.

    Examples
    --------
    >>> with_positions(("y_true", "p"), [(np.array([1.0]), np.array([0.5]))], "IndexError")
    [(array([1]), array([0.5]))]
    """
    place = next((names.index(name) for name in _NAMES if name in names), None)
    if failed not in _WANT_INTEGERS or place is None:
        return []
    if not all(_labels(args[place]) for args in inputs):
        return []
    return [(*a[:place], a[place].astype(int), *a[place + 1 :]) for a in inputs]


def _labels(y: object) -> bool:
    """Whether these are labels 0 and 1, as floats."""
    return isinstance(y, np.ndarray) and y.dtype == float and bool(np.all((y == 0) | (y == 1)))
