"""Mistakes typical of the exercises on gradients of *Combining losses*."""

from collections.abc import Callable

import numpy as np

from lossbook.exercises._mistake import parameter_ignored
from lossbook.exercises.mistakes import instead, of_result

FIRST_ORDER = (
    of_result(
        "sign reversed",
        "Right size, wrong sign. The step goes *against* the sum, so a loss whose gradient agrees "
        "with the sum falls.",
        lambda result, g1, g2, lr: -result,
    ),
    instead(
        "own gradient only",
        "You let each loss take a step against its own gradient. The step is one for both, "
        "against the sum: what the other gradient adds is missing.",
        lambda g1, g2, lr: -lr * np.array([g1 @ g1, g2 @ g2]),
    ),
    instead(
        "the other gradient only",
        "You count what the other gradient does. The own one is in the sum too.",
        lambda g1, g2, lr: -lr * (g1 @ g2) * np.ones(2),
    ),
    instead(
        "learning rate forgotten",
        "The length of the step is missing: it is `lr` times the sum of the gradients.",
        lambda g1, g2, lr: -np.array([g1 @ (g1 + g2), g2 @ (g1 + g2)]),
    ),
    of_result(
        "exchanged",
        "You return the two the wrong way round: the change of the first loss comes first.",
        lambda result, g1, g2, lr: result[::-1],
    ),
    of_result(
        "the sum of both",
        "You return the change of the sum of the losses. Asked for are two numbers, one a loss.",
        lambda result, g1, g2, lr: result.sum(),
    ),
    instead(
        "gradients of length 1",
        "You scale the gradients to length 1. Their lengths count: a longer one outvotes the "
        "other.",
        lambda g1, g2, lr: -lr * (1 + _cosine(g1, g2)) * np.ones(2),
    ),
    instead(
        "sign and step size missing",
        "You multiply each gradient by the sum. The step is −`lr` times the sum: both the sign and "
        "`lr` are missing.",
        lambda g1, g2, lr: np.array([g1 @ (g1 + g2), g2 @ (g1 + g2)]),
    ),
    instead(
        "not added up",
        "You multiply entry by entry and do not add up. The change is a dot product, one number "
        "for each loss: `g1 @ step`.",
        lambda g1, g2, lr: -lr * np.array([g1 * (g1 + g2), g2 * (g1 + g2)]),
    ),
    instead(
        "first loss only",
        "You return the change of the first loss. The change of the second is asked for too.",
        lambda g1, g2, lr: -lr * (g1 @ (g1 + g2)),
    ),
    parameter_ignored("lr", 2, 0.1),
    parameter_ignored("lr", 2, 0.01),
)


def _cosine(g1: np.ndarray, g2: np.ndarray) -> float:
    return g1 @ g2 / np.sqrt((g1 @ g1) * (g2 @ g2))


def _without(g: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return what is left of `g` when its part along `other` is taken away."""
    return g - (g @ other) / (other @ other) * other


def _in_conflict(change: Callable) -> Callable:
    """Return a wrong answer that is the plain sum where there is no conflict."""
    return lambda g1, g2: g1 + g2 if g1 @ g2 >= 0 else change(g1, g2)


def _overwritten(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the sum if the second projection takes what is left of the first gradient."""
    left = _without(first, second)
    return left + _without(second, left)


def _where(conflict: Callable) -> Callable:
    """Return the projection wherever `conflict` of the products of the entries says so."""
    return lambda g1, g2: (
        np.where(conflict(g1 * g2), _without(g1, g2), g1)
        + np.where(conflict(g1 * g2), _without(g2, g1), g2)
    )


_OVERWRITTEN = (
    "You project g{0} on what is left of g{1}. That is at a right angle to g{0} already, or "
    "nothing at all, and then you divide by 0. Keep both gradients as they came in until both are "
    "projected."
)

PROJECT = (
    instead(
        "not projected",
        "This is the plain sum. Where the gradients are in conflict, take from each its part "
        "along the other first.",
        lambda g1, g2: g1 + g2,
    ),
    instead(
        "projected without a conflict",
        "You project always. Where the gradients agree, the part along the other helps both: "
        "leave it.",
        lambda g1, g2: _without(g1, g2) + _without(g2, g1),
    ),
    instead(
        "one of them only",
        "You project g₁ and leave g₂ as it is: it still works against the first loss. (Or you "
        "project g₂ on what is left of g₁, which is at a right angle to it: use g₁ as it came in.)",
        _in_conflict(lambda g1, g2: _without(g1, g2) + g2),
    ),
    instead(
        "the other only",
        "You project g₂ and leave g₁ as it is. What is left of g₁ still works against the second "
        "loss.",
        _in_conflict(lambda g1, g2: g1 + _without(g2, g1)),
    ),
    instead(
        "divided by the length",
        "You divide g₁ · g₂ by the length of the other gradient. Divide by the square of its "
        "length, g · g.",
        _in_conflict(
            lambda g1, g2: g1 + g2 - (g1 @ g2) * (g2 / np.sqrt(g2 @ g2) + g1 / np.sqrt(g1 @ g1))
        ),
    ),
    instead(
        "own length instead of the other's",
        "You divide by the square of the gradient's own length. The part along the other needs "
        "the other's.",
        _in_conflict(lambda g1, g2: g1 + g2 - (g1 @ g2) * (g2 / (g1 @ g1) + g1 / (g2 @ g2))),
    ),
    instead(
        "part added instead of taken away",
        "You add the part along the other instead of taking it away: the dot product is negative "
        "in a conflict, and minus a negative number is what is wanted.",
        _in_conflict(lambda g1, g2: g1 + g2 + (g1 @ g2) * (g2 / (g2 @ g2) + g1 / (g1 @ g1))),
    ),
    instead(
        "mean instead of sum",
        "You return the mean of the two. The sum is asked for.",
        lambda g1, g2: (g1 + g2 if g1 @ g2 >= 0 else _without(g1, g2) + _without(g2, g1)) / 2,
    ),
    instead("g₁ overwritten", _OVERWRITTEN.format("₂", "₁"), _in_conflict(_overwritten)),
    instead(
        "g₂ overwritten",
        _OVERWRITTEN.format("₁", "₂"),
        _in_conflict(lambda g1, g2: _overwritten(g2, g1)),
    ),
    instead(
        "condition reversed",
        "You project where the gradients agree, and leave a conflict as it is. A conflict is a "
        "negative dot product: `g1 @ g2 < 0`, or `min(g1 @ g2, 0)`.",
        lambda g1, g2: g1 + g2 if g1 @ g2 <= 0 else _without(g1, g2) + _without(g2, g1),
    ),
    instead(
        "both dropped",
        "In a conflict you return 0. Only the part of each along the other goes; what is left of "
        "them is the direction.",
        _in_conflict(lambda g1, g2: 0 * g1),
    ),
    instead(
        "conflict of single entries",
        "You ask each pair of entries whether it is in conflict. The question is one for the whole "
        "gradients: is their dot product negative?",
        _where(lambda products: products < 0),
    ),
    instead(
        "conflict of any entry",
        "You project as soon as one pair of entries has opposite signs. The gradients are in "
        "conflict where their dot product, the sum over all pairs, is negative.",
        _where(lambda products: (products < 0).any()),
    ),
    instead(
        "conflict of all entries",
        "You project only where all pairs of entries have opposite signs. The gradients are in "
        "conflict where their dot product, the sum over all pairs, is negative.",
        _where(lambda products: (products < 0).all()),
    ),
)
