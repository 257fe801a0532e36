"""The stand-ins that tools/new_loss.py writes: a loss of each kind that keeps the contract."""

from dataclasses import dataclass

__all__ = ["CATALOGUE", "CLASS", "KINDS", "KNOWN_ROW", "MODULE"]


@dataclass(frozen=True)
class Kind:
    """What differs between the stand-ins."""

    base: str
    imports: str
    maths: str
    body: str
    facts: str
    known: str  # truth, prediction, value, derivative
    example: str


KINDS = {
    "residual": Kind(
        base="HasHess, ResidualLoss",
        imports="from .kinds import HasHess, ResidualLoss",
        maths=r"\ell(y, \hat y) = \tfrac12 (\hat y - y)^2",
        body="""\
    def _value(self, r):
        return r * r / 2

    def _grad(self, r):
        return r

    def _hess(self, r):
        return np.ones_like(r)

    @staticmethod
    def _formula(sp, r):
        return r**2 / 2
""",
        facts='"estimates": "the mean",\n            "estimate": np.mean,',
        known="1.0, 4.0, 4.5, 3.0",
        example="[1.0], [4.0]).tolist()\n    [4.5]",
    ),
    "margin": Kind(
        base="MarginLoss",
        imports="from .kinds import MarginLoss",
        maths=r"\ell(m) = \tfrac12 \max(0,\; 1 - m)^2, \qquad m = y\,z",
        body="""\
    hides_infinity = True  # the loss of an infinite margin is 0

    def _value(self, m):
        return np.maximum(1 - m, 0) ** 2 / 2

    def _grad(self, m):
        return np.minimum(m - 1, 0)

    @staticmethod
    def _formula(sp, m):
        return sp.Piecewise(((1 - m) ** 2 / 2, m <= 1), (0, True))
""",
        facts='"estimates": "the expected label, between −1 and +1",\n'
        '            "estimate": np.mean,\n            "calibrated": True,',
        known="1.0, 0.5, 0.125, -0.5",
        example="[1.0], [0.5]).tolist()\n    [0.125]",
    ),
    "probability": Kind(
        base="BinaryLoss",
        imports="from .domains import PROBABILITY\nfrom .kinds import BinaryLoss",
        maths=r"\ell(y, p) = \tfrac12 (p - y)^2",
        body="""\
    prediction = PROBABILITY

    def _value(self, y, p):
        return (p - y) ** 2 / 2

    def _grad(self, y, p):
        return p - y

    @staticmethod
    def _formula(sp, y, yhat):
        return (yhat - y) ** 2 / 2
""",
        facts='"estimates": "the probability of class 1",\n'
        '            "estimate": np.mean,\n            "range": (0.0, 0.5),\n'
        '            "lipschitz": 1.0,\n            "proper": True,\n'
        '            "calibrated": True,',
        known="1.0, 0.5, 0.125, -0.5",
        example="[1.0], [0.5]).tolist()\n    [0.125]",
    ),
    "row": Kind(
        base="RowLoss",
        imports="from .kinds import RowLoss",
        maths=r"\ell(y, \hat y) = \tfrac12 \sum_k (\hat y_k - y_k)^2",
        body="""\
    def _value(self, y, p):
        return ((p - y) ** 2).sum(axis=1) / 2

    def _grad(self, y, p):
        return p - y

    @staticmethod
    def _formula(sp, y, yhat):
        return sum((b - a) ** 2 for a, b in zip(y, yhat, strict=True)) / 2
""",
        facts='"estimates": "the mean of the rows",',
        known="[1.0, 2.0], [4.0, 2.0], 4.5, [3.0, 0.0]",
        example="[[1.0, 2.0]], [[4.0, 2.0]]).tolist()\n    [4.5]",
    ),
    "classes": Kind(
        base="ClassLoss",
        imports="from .multiclass import ClassLoss",
        maths=r"\ell(y, z) = \tfrac12 \sum_k (z_k - [k = y])^2",
        body="""\
    def _value(self, y, z):
        return (self._grad(y, z) ** 2).sum(axis=1) / 2

    def _grad(self, y, z):
        t = y if y.ndim == 2 else np.eye(z.shape[1], dtype=z.dtype)[y]
        return z - t

    @staticmethod
    def _formula(sp, y, z):
        return sum((score - t) ** 2 for t, score in zip(y, z, strict=True)) / 2
""",
        facts='"estimates": "the probabilities of the classes",\n            "calibrated": True,',
        known="0, [1.0, 2.0], 2.0, [0.0, 2.0]",
        example="[0], [[1.0, 2.0]]).tolist()\n    [2.0]",
    ),
}

CLASS = '''

@dataclass(frozen=True)
class {name}({kind.base}):
    r"""TODO: say in one line what the loss is.

    .. math:: {kind.maths}

    TODO: say the insight, what a person who chooses this loss should know.

    Notes
    -----
    TODO: the derivative at a kink; what the loss is called elsewhere; the chapter.

    References
    ----------
    TODO: where it was first described.

    Examples
    --------
    >>> {name}().pointwise({kind.example}
    """

    # TODO: your own value, derivatives and formula; the example and the formula above, too.
{kind.body}
    def _facts(self):
        # TODO: your own claims; these are those of the stand-in.
        return {{
            {kind.facts}
            "convex": True,
            "smoothness": 1.0,
            "choose": "TODO: say when",
            "avoid": "TODO: say when not",
            "chapter": "losses/{chapter}",
        }}
'''

MODULE = '''"""TODO: say in one line what the losses of the family {family} have in common."""

from dataclasses import dataclass

import numpy as np

__all__ = []
'''

CATALOGUE = '''"""The losses of `lossbook.losses.{family}`, and their values worked out by hand."""

import lossbook as lb

LOSSES = []

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = []
'''

KNOWN_ROW = """
    # TODO: a value of your own formula, worked out with pen and paper.
    (lb.{name}(), {known})"""
