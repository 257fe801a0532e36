"""The angle between truth and prediction, whatever their lengths."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..numerics.precision import in_double
from ..numerics.vectors import directions, inner, minus_projection, split
from .kinds import RowLoss

__all__ = ["CosineDistance"]


@dataclass(frozen=True)
class CosineDistance(RowLoss):
    r"""One minus the cosine of the angle between a row of truths and its prediction.

    .. math:: \ell(y, \hat y) = 1 - \frac{y \cdot \hat y}{\|y\|\,\|\hat y\|}
              = \frac12 \left\| \frac{y}{\|y\|} - \frac{\hat y}{\|\hat y\|} \right\|^2

    Only directions count: a prediction may be of any length.

    Notes
    -----
    A row of zeros has no direction.  A truth may be such a row, one with nothing in it: its loss
    is 1, as for a right angle, and its slope 0.  `CosineEmbedding`, of two vectors of a model,
    refuses it.  The gradient is at right angles to the prediction, and the shorter that is the
    larger it is.  The cosine itself is the *similarity*: Keras' loss ``CosineSimilarity`` is minus
    the cosine, this loss less 1; optax's ``cosine_distance`` and SciPy's ``cosine`` are this loss.

    Examples
    --------
    >>> rows = [[3.0, 4.0], [1.0, 0.0]], [[4.0, 3.0], [-2.0, 0.0]]
    >>> CosineDistance().pointwise(*rows).round(6).tolist()
    [0.04, 2.0]
    """

    hides_infinity = True
    latex: ClassVar[str] = r"1 - \frac{y \cdot \hat{y}}{\|y\|\,\|\hat{y}\|}"

    @in_double
    def _value(self, y, p):
        (a, a_low), (truth, _) = directions(y)
        (b, b_low), (length, _) = directions(p)
        gap = (b - a) + (b_low - a_low)
        return np.where((truth > 0) & (length > 0), (gap * gap).sum(axis=1) / 2, 1.0)

    @in_double
    def _grad(self, y, p):
        (a, (truth, _)), (b, (length, _)) = directions(y), directions(p)
        known = ((truth > 0) & (length > 0))[:, None]
        cos = tuple(part[:, None] for part in inner(split(*a), split(*b)))
        turn = minus_projection(a, b, cos) / np.where(known, length[:, None], 1)
        return np.where(known, -turn, 0.0)

    @staticmethod
    def _formula(sp, y, yhat):
        product = sum(a * b for a, b in zip(y, yhat, strict=True))
        lengths = sp.sqrt(sum(a**2 for a in y)) * sp.sqrt(sum(b**2 for b in yhat))
        return 1 - product / lengths

    def _facts(self):
        return {
            "estimates": "the direction of the mean of the unit vectors",
            "convex": False,
            "range": (0.0, 2.0),
            "aliases": ("cosine similarity loss", "cosine proximity"),
            "choose": "directions carry the meaning and lengths do not",
            "avoid": "lengths matter, or vectors come near 0, where it is steep",
            "chapter": "losses/embeddings-and-ranking",
        }
