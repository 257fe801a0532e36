"""Losses of the margin m = y z, with labels −1 and +1 and a score z.

The margin is positive where the sign of the score is right, and large where it is
right with room to spare.
"""

from dataclasses import dataclass

import numpy as np

from .kinds import HasProx, MarginLoss

__all__ = ["Hinge", "Perceptron"]

CHAPTER = "losses/margin"


@dataclass(frozen=True)
class Hinge(HasProx, MarginLoss):
    r"""Hinge loss: what a margin lacks to 1.

    .. math:: \ell(m) = \max(0,\; 1 - m), \qquad m = y\,z

    A sample that is right by a margin of 1 costs nothing and pulls at nothing, so
    the fit rests on the others: the support vectors.

    Raises
    ------
    ValueError
        If a label is not −1 or +1.

    Notes
    -----
    At the kink m = 1 the subgradient is −1 in m.

    References
    ----------
    Cortes and Vapnik (1995), *Support-Vector Networks*, doi:10.1007/BF00994018.

    Examples
    --------
    >>> Hinge().pointwise([1, 1, -1], [2.0, 0.5, 0.5]).tolist()
    [0.0, 0.5, 1.5]
    """

    hides_infinity = True

    def _value(self, m):
        return np.maximum(1 - m, 0)

    def _grad(self, m):
        return -(m <= 1).astype(m.dtype)

    def _value_and_grad(self, m):
        slope = self._grad(m)
        return slope * (m - 1), slope

    def _prox(self, m, step):
        return np.maximum(m, np.minimum(m + step, 1))

    @staticmethod
    def _formula(sp, m):
        return sp.Piecewise((1 - m, m <= 1), (0, True), evaluate=False)

    def _facts(self):
        return {
            "estimates": "the more frequent class, as −1 or +1",
            "estimate": lambda y: 1.0 if np.mean(y) > 0 else -1.0,
            "convex": True,
            "lipschitz": 1.0,
            "kinks": (1.0,),
            "link": "class = sign(prediction)",
            "calibrated": True,
            "aliases": ("max-margin loss", "SVM loss", "L1-SVM loss"),
            "choose": "you need the class only, and a fit that rests on few samples",
            "avoid": "you need probabilities, or some labels are wrong: its slope never ends",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class Perceptron(HasProx, MarginLoss):
    r"""Perceptron loss: how far a sample is on the wrong side, and no more.

    .. math:: \ell(m) = \max(0,\; -m)

    A hinge that asks for no room to spare.  A score of 0 for everybody costs nothing, so the
    least loss need not tell the classes apart.

    Raises
    ------
    ValueError
        If a label is not −1 or +1.

    Notes
    -----
    At the kink m = 0 the subgradient is −1 in m: a sample on the line counts as wrong, as in
    the perceptron's rule and in scikit-learn.

    References
    ----------
    Rosenblatt (1958), *The perceptron: a probabilistic model for information storage and
    organization in the brain*, Psychological Review 65(6), 386–408.

    Examples
    --------
    >>> Perceptron().pointwise([1, 1, -1], [2.0, -0.5, 0.5]).tolist()
    [0.0, 0.5, 0.5]
    """

    hides_infinity = True

    def _value(self, m):
        return np.maximum(-m, 0)

    def _grad(self, m):
        return -(m <= 0).astype(m.dtype)

    def _prox(self, m, step):
        return np.maximum(m, np.minimum(m + step, 0))

    @staticmethod
    def _formula(sp, m):
        return sp.Piecewise((-m, m <= 0), (0, True), evaluate=False)

    def _facts(self):
        return {
            "estimates": "nothing: a score of 0 has no loss",
            "estimate": lambda y: 0.0,
            "convex": True,
            "lipschitz": 1.0,
            "kinks": (0.0,),
            "link": "class = sign(prediction)",
            "calibrated": False,
            "choose": "the classes can be separated and you want the perceptron's rule",
            "avoid": "the classes overlap: a score of 0 for everybody is then the best",
            "chapter": CHAPTER,
        }


def share_of_plus(y):
    """Return the share of labels +1 in a sample."""
    return (np.mean(y) + 1) / 2
