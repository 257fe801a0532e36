"""What a mistake is, and how to make one from a right answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Mistake:
    """A typical mistake: its name, what to tell the reader, and how to make it.

    Parameters
    ----------
    name : str
        Two to five words, shown in the verdict.
    explanation : str
        One or two sentences: what the answer does, and what it should do.
    transform : callable
        From the reference function to the wrong function.
    in_full : bool
        Whether it is a wrong function in full, whatever the reference.
    scales : bool
        Whether it is minus, twice or half the right answer.

    Examples
    --------
    >>> wrong = of_result("sign reversed", "...", lambda result, *_: -result)
    >>> wrong.transform(np.sign)(3.0)
    np.float64(-1.0)
    """

    name: str
    explanation: str
    transform: Callable[[Callable], Callable]
    in_full: bool = False
    scales: bool = False


def of_result(name: str, explanation: str, change: Callable) -> Mistake:
    """Return the mistake whose result is ``change(right_result, *args)``."""

    def transform(reference: Callable) -> Callable:
        return lambda *args: change(np.asarray(reference(*args), dtype=float), *args)

    return Mistake(name, explanation, transform)


def of_arguments(name: str, explanation: str, change: Callable) -> Mistake:
    """Return the mistake that calls the reference with ``change(*args)``, a tuple."""
    return Mistake(name, explanation, lambda reference: lambda *args: reference(*change(*args)))


def instead(name: str, explanation: str, function: Callable) -> Mistake:
    """Return the mistake that computes ``function(*args)``, whatever the reference."""
    return Mistake(name, explanation, lambda reference: function, in_full=True)


def scaled(name: str, explanation: str, factor: float) -> Mistake:
    """Return the mistake whose result is `factor` times the right one."""
    times = of_result(name, explanation, lambda result, *args: factor * result)
    return replace(times, scales=True)


def both(first: Mistake, second: Mistake) -> Mistake:
    """Return the two mistakes made together."""
    return Mistake(
        f"{first.name}, and {second.name}",
        f"Two things at once.\n1. {first.explanation}\n2. {second.explanation}",
        lambda reference: second.transform(first.transform(reference)),
    )


def clipped(*sizes: float) -> tuple[Mistake, ...]:
    """Return the mistakes of keeping the second argument, probabilities, away from 0 and 1."""
    return tuple(
        of_arguments(
            f"clipped at {eps:g}",
            f"You keep the probabilities away from 0 and 1 by {eps:g}, and change the answer for "
            "those beyond. Here each lies between 0 and 1: use them as they are.",
            lambda y, p, *rest, eps=eps: (y, np.clip(p, eps, 1 - eps), *rest),
        )
        for eps in sizes
    )


def parameter_ignored(name: str, position: int, default: object) -> Mistake:
    """Return the mistake of using ``default`` whatever the argument at ``position`` says."""
    return of_arguments(
        f"{name} ignored",
        f"You use `{name}` = {default} always. It is an argument of your function: use the value "
        "that is given.",
        lambda *args: (*args[:position], default, *args[position + 1 :]),
    )
