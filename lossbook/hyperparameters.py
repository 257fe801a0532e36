"""Hyper-parameters of penalties, models, schedules and optimizers: checked where they are given."""

import math
from collections.abc import Callable

import numpy as np

__all__ = [
    "is_fraction",
    "is_natural",
    "is_non_negative",
    "is_positive",
    "require_count",
    "require_generator",
    "require_number",
    "require_part",
]


def require_number(owner: object, name: str, accepts: Callable[[float], bool], needs: str) -> None:
    """Refuse a hyper-parameter of `owner` that is not a number or that `accepts` declines."""
    value = getattr(owner, name)
    try:
        good = not isinstance(value, str | bool) and bool(accepts(value))
    except (TypeError, ValueError):
        good = False
    if not good:
        raise ValueError(f"{type(owner).__name__}: {name} must be {needs}, got {value!r}")


def is_positive(value: float) -> bool:
    """Tell whether a number is positive and finite."""
    return 0 < value < math.inf


def is_non_negative(value: float) -> bool:
    """Tell whether a number is not negative and finite."""
    return 0 <= value < math.inf


def is_fraction(value: float) -> bool:
    """Tell whether a number is in [0, 1)."""
    return 0 <= value < 1


def is_natural(value: float) -> bool:
    """Tell whether a number is a positive integer."""
    return value >= 1 and value == int(value)


def require_count(name: str, value: float) -> None:
    """Refuse an argument that is not a positive integer."""
    if isinstance(value, bool | str) or not is_natural(value):
        raise ValueError(f"{name} must be a positive integer, got {value!r}")


def require_generator(rng) -> None:
    """Refuse anything but a numpy Generator, a seed above all: randomness is passed on."""
    if not isinstance(rng, np.random.Generator):
        seed = rng if isinstance(rng, int) else "seed"
        raise TypeError(
            f"rng must be a numpy Generator, got {rng!r}: use np.random.default_rng({seed})"
        )


def require_part(name: str, part: object, fits: Callable[[object], bool], needs: str) -> None:
    """Refuse what is no part to train with: a name, or a class instead of one made of it."""
    is_class = isinstance(part, type)
    if is_class or not fits(part):
        cure = f": make one, {part.__name__}(…)" if is_class else ""
        raise TypeError(f"{name} must be {needs}, got {part!r}{cure}")
