"""What losses of a whole mask share: shapes, domains, and sums over the pixels of each mask."""

from dataclasses import replace
from typing import ClassVar

import numpy as np

from .domains import BINARY, PROBABILITY, Domain
from .kinds import RowLoss

__all__ = ["MaskLoss", "missed_share", "steepest_share", "sums"]

PIXELS = 16  # of the masks that the checks use


class MaskLoss(RowLoss):
    """A loss of a mask: y_true and y_pred have shape (n, …), and each mask one value."""

    truth: ClassVar[Domain] = replace(
        BINARY,
        cure="divide grey values by the largest; of several classes make a mask each, y_true == k",
    )
    prediction: ClassVar[Domain] = PROBABILITY
    layout: ClassVar[tuple[str, str]] = ("n …", "n …")
    arguments: ClassVar[tuple[str, ...]] = ("y", "p")
    shapes: ClassVar[tuple[tuple[int, ...], ...]] = ((PIXELS,), (PIXELS,))
    slope_norm: ClassVar[float] = np.inf

    __post_init__ = RowLoss._require_positive

    def _value(self, y, p):
        return self._value_and_grad(y, p)[0]

    def _grad(self, y, p):
        return self._value_and_grad(y, p)[1]

    def _example(self, rng, n):
        """Return masks from empty to full, and predictions from faint to sure, some all wrong."""
        y = (rng.random((n, PIXELS)) < rng.random((n, 1))).astype(float)
        p = rng.random((n, PIXELS)) ** np.exp(rng.uniform(-3, 3, (n, 1)))
        wrong = rng.random((n, 1)) < 0.2
        return y, 0.02 + 0.96 * np.where(wrong, 1 - y, p)

    def _facts_of_masks(self):
        return {
            "estimates": "the mask that overlaps most with what is likely, sharper than the "
            "probabilities",
            "convex": False,
            "range": (0.0, 1.0),
            "chapter": "losses/overlap",
        }


def sums(terms):
    """Return the sum over the pixels of each mask, as something that divides masks."""
    return terms.sum(axis=tuple(range(1, terms.ndim)), keepdims=True)


def missed_share(y, p, alpha, beta, smooth):
    """Return the missed share of each mask and its gradient, for weights of the two mistakes."""
    missed = sums(alpha * (1 - y) * p + beta * y * (1 - p))
    found = sums(y * p) + smooth
    total = missed + found
    miss, hit = missed / total, found / total
    grad = (alpha * (1 - y) * hit - y * (miss + beta * hit)) / total
    return miss.reshape(len(y)), grad


def steepest_share(alpha, beta, smooth):
    """Return the largest slope by one pixel, over all masks of 0 and 1 of every size."""
    if beta >= 1:
        inside = beta / (1 + smooth)
    elif smooth * (1 - 2 * beta) >= beta:  # steepest among some more mistakes
        inside = 1 / (4 * smooth * (1 - beta))
    else:
        inside = beta * (1 + smooth) / (beta + smooth) ** 2
    return max(alpha / smooth, inside)
