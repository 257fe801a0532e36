"""Losses of two vectors that a model made, and of whether the two belong together.

All is computed in double precision, and the rounding errors of distances and cosines are carried
along, so that `margin` minus a distance near it keeps its digits.
"""

from dataclasses import dataclass, replace

import numpy as np

from ..numerics.compensated import add
from ..numerics.vectors import (
    cosine_formula,
    difference,
    directions,
    in_turn,
    inner,
    minus_projection,
    require_directions,
    split,
)
from .domains import BINARY, SIGNS
from .kinds import RowLoss

__all__ = ["Contrastive", "CosineEmbedding"]

CHAPTER = "losses/embeddings-and-ranking"
SAME_OR_NOT = replace(
    BINARY,
    name="the label 0 or 1",
    cure="1 is a pair of one kind, 0 a pair of two; labels −1/+1 become these with (y + 1) / 2",
    inside=lambda a: (a == 0) | (a == 1),
    interval=None,
)


def _lengths(rng, shape):
    """Draw vectors of lengths from 1/2 to 3 in all directions."""
    x = rng.standard_normal(shape)
    return x * rng.uniform(0.5, 3, (*shape[:-1], 1)) / np.linalg.norm(x, axis=-1, keepdims=True)


@dataclass(frozen=True)
class Contrastive(RowLoss):
    r"""Contrastive loss: pulls pairs of a kind together, pushes others `margin` apart.

    .. math:: \ell(y, a, b) = y\, D^2 + (1 - y) \max(0,\; m - D)^2, \qquad D = \|a - b\|

    Without the second term the best embedding is a single point; with it, vectors of different
    kinds are pushed only until they are `margin` apart, and beyond it left in peace.

    Parameters
    ----------
    margin : float
        Distance m at which a pair of different kinds is far enough, in the units of the
        embedding; positive.

    Raises
    ------
    ValueError
        If `margin` is not positive, `y_true` not 0 or 1, or `y_pred` not of shape (n, 2, d).

    Notes
    -----
    The paper halves both terms and writes 0 for a pair of one kind; here 1 is a pair of one
    kind and nothing is halved, as in TensorFlow Addons, which takes distances where this takes
    vectors.  Two vectors of different kinds at one point have no direction to be pushed in: the
    gradient is then 0.

    References
    ----------
    Hadsell, Chopra and LeCun (2006), *Dimensionality Reduction by Learning an Invariant
    Mapping*, CVPR.

    Examples
    --------
    >>> pairs = [[[0.0, 0.0], [0.3, 0.4]], [[0.0, 0.0], [0.3, 0.4]]]
    >>> Contrastive(margin=1.0).pointwise([1, 0], pairs).tolist()
    [0.25, 0.25]
    """

    truth = SAME_OR_NOT
    arguments = ("y", "x")
    shapes = ((), (2, 2))
    layout = ("n", "n 2 d")
    hides_infinity = True
    latex = r"y \, D^2 + (1 - y) \max(0, m - D)^2, \quad D = \left\lVert x_1 - x_2 \right\rVert"

    margin: float = 1.0

    __post_init__ = RowLoss._require_positive

    def _value(self, y, x):
        return self._value_and_grad(y, x)[0]

    def _grad(self, y, x):
        return self._value_and_grad(y, x)[1]

    def _value_and_grad(self, y, x):
        towards, distance = directions(*difference(*in_turn(x)))
        lack = np.maximum(add(self.margin, -distance[0], -distance[1]), 0)
        value = y * distance[0] ** 2 + (1 - y) * lack**2
        pull = 2 * (y * distance[0] - (1 - y) * lack)[:, None] * towards[0]
        return value, np.stack([pull, -pull], axis=1)

    @staticmethod
    def _formula(sp, y, x, margin):
        distance = sp.sqrt(sum((s - t) ** 2 for s, t in zip(*x, strict=True)))
        near = sp.Piecewise(((margin - distance) ** 2, distance < margin), (0, True))
        return y * distance**2 + (1 - y) * near

    def _facts(self):
        return {
            "estimates": "vectors: those of one kind at one point, others `margin` apart or more",
            "convex": False,
            "aliases": ("Siamese loss", "DrLIM loss"),
            "choose": "you know of pairs whether they belong together",
            "avoid": "near and far are relative: Triplet and InfoNCE compare candidates",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class CosineEmbedding(RowLoss):
    r"""Cosine embedding loss: turns vectors of a kind to one direction, others away.

    .. math:: \ell(+1, a, b) = 1 - \cos(a, b), \qquad
              \ell(-1, a, b) = \max(0,\; \cos(a, b) - m)

    Only the directions count, so that the model cannot earn anything by making vectors long or
    short.

    Parameters
    ----------
    margin : float
        Cosine m below which a pair of different kinds costs nothing, at least −1 and below 1.

    Raises
    ------
    ValueError
        If `margin` is outside [−1, 1), a label not −1 or +1, `y_pred` not of shape (n, 2, d), or
        a vector all zeros: it has no direction, and no value would be the limit of its
        neighbours'.

    Notes
    -----
    :math:`1 - \cos` is computed as half the squared distance of the two unit vectors, which does
    not cancel where they are nearly parallel.  At the kink :math:`\cos = m` the gradient is that
    of the rising side.  The gradient grows without bound as a vector gets short.  PyTorch's loss
    of this name takes the two vectors as two arguments.

    References
    ----------
    PyTorch, ``torch.nn.CosineEmbeddingLoss``.

    Examples
    --------
    >>> pairs = [[[1.0, 0.0], [0.0, 2.0]], [[3.0, 4.0], [4.0, 3.0]]]
    >>> CosineEmbedding().pointwise([1, -1], pairs).round(6).tolist()
    [1.0, 0.96]
    """

    truth = SIGNS
    arguments = ("y", "x")
    shapes = ((), (2, 2))
    layout = ("n", "n 2 d")
    hides_infinity = True
    latex = (
        r"\begin{cases} 1 - \cos(x_1, x_2) & y = +1 \\ "
        r"\max(0, \cos(x_1, x_2) - m) & y = -1 \end{cases}"
    )

    margin: float = 0.0

    def __post_init__(self):
        self._require("margin", lambda m: -1 <= m < 1, "at least −1 and below 1")

    def _read(self, y_true, y_pred, sample_weight=None):
        y, x, weights = super()._read(y_true, y_pred, sample_weight)
        require_directions(x, "CosineEmbedding")
        return y, x, weights

    def _example(self, rng, n):
        return self.truth.sample(rng, n), _lengths(rng, (n, 2, 2))

    def _value(self, y, x):
        return self._value_and_grad(y, x)[0]

    def _grad(self, y, x):
        return self._value_and_grad(y, x)[1]

    def _value_and_grad(self, y, x):
        (a, length_a), (b, length_b) = map(directions, in_turn(x))
        cos = inner(split(*a), split(*b))
        high, low = difference(a[0], b[0])
        apart = ((high + (low + a[1] - b[1])) ** 2).sum(axis=-1) / 2
        excess = add(cos[0], -self.margin, cos[1])
        value = np.where(y > 0, apart, np.maximum(excess, 0))
        slope = np.where(y > 0, -1, excess >= 0)[:, None]
        column = tuple(part[:, None] for part in cos)
        by_a = minus_projection(b, a, column) / length_a[0][:, None]
        by_b = minus_projection(a, b, column) / length_b[0][:, None]
        return value, np.stack([slope * by_a, slope * by_b], axis=1)

    @staticmethod
    def _formula(sp, y, x, margin):
        cos = cosine_formula(sp, *x)
        other = sp.Piecewise((cos - margin, cos > margin), (0, True))
        return sp.Piecewise((1 - cos, y > 0), (other, True))

    def _facts(self):
        return {
            "estimates": "directions: those of one kind the same, others at an angle of "
            "arccos(margin) or more",
            "range": (0.0, 2.0),
            "convex": False,
            "choose": "you know of pairs whether they belong together, and lengths mean nothing",
            "avoid": "vectors may become zero, or lengths matter: Contrastive takes distances",
            "chapter": CHAPTER,
        }
