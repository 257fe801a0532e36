"""The hyper-parameters of a loss: its fields, read and checked where it is made."""

from dataclasses import fields

import numpy as np

from .inputs import shown

__all__ = ["SIZE", "HasSettings", "is_size", "is_whole"]

SIZE = "positive, from 1e-150 to 1e150"


class HasSettings:
    """A frozen dataclass whose ``__post_init__`` reads and checks its fields."""

    def __post_init__(self):
        """Check nothing; here so that every dataclass below calls the one its subclass writes."""

    def _require(self, name, accepts, needs):
        """Refuse a field that is not what its default is, or does not satisfy `accepts`."""
        default = getattr(type(self), name, None)
        value = _plain(getattr(self, name), default)
        wanted = {float: (int, float), int: int, bool: bool}.get(type(default), object)
        number = isinstance(default, (int, float)) and not isinstance(default, bool)
        try:
            kind = isinstance(value, wanted) and not (number and isinstance(value, bool))
            good = (kind or value is None) and bool(accepts(value))
        except (TypeError, ValueError):
            good = False
        if not good:
            self._refuse(name, needs, value)
        object.__setattr__(self, name, value)

    def _require_each(self, name, convert, needs):
        """Make a field a tuple of what `convert` makes of each entry, refuse what it cannot."""
        value = getattr(self, name)
        try:
            entries = None if isinstance(value, (dict, set, str)) else tuple(map(convert, value))
        except (TypeError, ValueError):
            entries = None
        if entries is None:
            self._refuse(name, needs, value)
        object.__setattr__(self, name, entries)

    def _require_positive(self, *names):
        """Refuse fields, or all of them, that are not positive, or whose square is no number."""
        for name in names or [option.name for option in fields(self)]:
            self._require(name, is_size, SIZE)

    def _refuse(self, name, needs, value):
        raise ValueError(f"{type(self).__name__}: {name} must be {needs}, got {shown(value)}")

    def _repr_of_options(self):
        """Return a repr that leaves out options at their default; for classes with many."""
        options = ", ".join(
            f"{option.name}={getattr(self, option.name)!r}"
            for option in fields(self)
            if getattr(self, option.name) != option.default
        )
        return f"{type(self).__name__}({options})"


def is_size(value):
    """Tell whether a number is positive, and its square a number too."""
    return 1e-150 <= value <= 1e150


def is_whole(value):
    """Tell whether a number is an integer by its type, and no truth value."""
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


def _plain(value, default):
    """Return NumPy's numbers and arrays without axes as Python's, in the kind of the default."""
    if isinstance(value, (np.generic, np.ndarray)) and value.ndim == 0:
        value = value.item()  # a grid search hands over NumPy's numbers
    if isinstance(default, bool):
        return bool(value) if isinstance(value, (int, float)) and value in (0, 1) else value
    if isinstance(default, int):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(default, float) and not isinstance(value, (int, float)):
        return float(value) if hasattr(value, "as_integer_ratio") else value  # such as a fraction
    return value
