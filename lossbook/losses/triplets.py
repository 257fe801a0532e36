"""The loss of three vectors: of two candidates, one is to be nearer to the anchor."""

from dataclasses import dataclass

import numpy as np

from ..numerics.compensated import add
from ..numerics.vectors import difference, directions, in_turn, squared_length
from .domains import SIGNS
from .kinds import RowLoss

__all__ = ["Triplet"]

CHAPTER = "losses/embeddings-and-ranking"


@dataclass(frozen=True)
class Triplet(RowLoss):
    r"""Triplet loss: the anchor is to be nearer to its own kind than to another, by a margin.

    .. math:: \ell(a, p, q) = \max\bigl(0,\; m + \|a - p\|^2 - \|a - q\|^2\bigr)

    With `squared` false the distances stand without their squares.  Only which is nearer
    counts, and by how much, not how near: one kind need not be drawn to a single point.

    Parameters
    ----------
    margin : float
        Lead m that is enough, in the units of the (squared) distance; positive.
    squared : bool
        Whether distances are squared, as in FaceNet, or plain, as in PyTorch.

    Raises
    ------
    ValueError
        If `margin` is not positive, `y_true` not −1 or +1, or `y_pred` not of shape (n, 3, d).

    Notes
    -----
    `y_pred` holds anchor and two candidates; `y_true` says which is the positive p, the other
    being q: +1 the first candidate, −1 the second.  Usually it is all ones.  FaceNet divides its
    vectors by their lengths first and takes m = 0.2; ``torch.nn.TripletMarginLoss`` has plain
    distances and m = 1.  At the kink the gradient is that of the rising side, and with plain
    distances a pair at distance 0 pulls at nothing.

    References
    ----------
    Schroff, Kalenichenko and Philbin (2015), *FaceNet: A Unified Embedding for Face Recognition
    and Clustering*, arXiv:1503.03832.

    Examples
    --------
    >>> triplets = [[[0.0, 0.0], [1.0, 0.0], [0.0, 1.2]]]
    >>> Triplet(margin=1.0).pointwise([1], triplets).round(6).tolist()
    [0.56]
    >>> Triplet(margin=1.0, squared=False).pointwise([1], triplets).round(6).tolist()
    [0.8]
    """

    truth = SIGNS
    arguments = ("y", "x")
    shapes = ((), (3, 2))
    layout = ("n", "n 3 d")
    hides_infinity = True

    margin: float = 1.0
    squared: bool = True

    def __post_init__(self):
        self._require_positive("margin")
        self._require("squared", lambda s: s in (True, False), "True or False")

    @property
    def latex(self):
        """The card's formula."""
        square = "^2" * self.squared
        far, near = (rf"\left\lVert a - {v} \right\rVert{square}" for v in "qp")
        return rf"\max\left(0, m + {near} - {far}\right)"

    def _value(self, y, x):
        return self._value_and_grad(y, x)[0]

    def _grad(self, y, x):
        return self._value_and_grad(y, x)[1]

    def _value_and_grad(self, y, x):
        anchor, first, second = in_turn(x)
        swap = (y < 0)[:, None]
        near, far = np.where(swap, second, first), np.where(swap, first, second)
        lead, slopes = (self._of_squares if self.squared else self._of_lengths)(anchor, near, far)
        slopes = np.stack(slopes, axis=1)
        slopes[swap[:, 0]] = slopes[swap[:, 0]][:, [0, 2, 1]]
        return np.maximum(lead, 0), slopes * (lead >= 0)[:, None, None]

    def _of_squares(self, anchor, near, far):
        p = squared_length(*difference(anchor, near))
        q = squared_length(*difference(anchor, far))
        slopes = 2 * (far - near), 2 * (near - anchor), 2 * (anchor - far)
        return add(self.margin, p[0], -q[0], p[1], -q[1]), slopes

    def _of_lengths(self, anchor, near, far):
        to_near, p = directions(*difference(anchor, near))
        to_far, q = directions(*difference(anchor, far))
        both = add(to_near[0], -to_far[0], to_near[1], -to_far[1])
        return add(self.margin, p[0], -q[0], p[1], -q[1]), (both, -to_near[0], to_far[0])

    @staticmethod
    def _formula(sp, y, x, margin, squared):
        def distance(candidate):
            square = sum((s - t) ** 2 for s, t in zip(x[0], candidate, strict=True))
            return square if squared else sp.sqrt(square)

        lead = margin + y * (distance(x[1]) - distance(x[2]))
        return sp.Piecewise((lead, lead >= 0), (0, True))

    def _facts(self):
        return {
            "estimates": "vectors: the anchor nearer to its positive than to its negative",
            "convex": False,
            **({} if self.squared else {"lipschitz": float(np.sqrt(6))}),
            "aliases": ("triplet margin loss", "FaceNet loss"),
            "choose": "you know which of two is more like a third",
            "avoid": "most triplets cost nothing already: choose hard ones, or take InfoNCE",
            "chapter": CHAPTER,
        }
