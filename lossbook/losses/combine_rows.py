"""Losses of whole rows made one, with losses of single numbers beside them."""

from dataclasses import dataclass

import numpy as np

from .base import Loss
from .binary import BinaryCrossEntropy
from .classes import ClassLoss
from .combine import SumOfLosses
from .kinds import BatchLoss, RowLoss
from .overlap import Dice

__all__ = ["WeightedRowSum"]

DICE, ENTROPY = Dice(), BinaryCrossEntropy()


@dataclass(frozen=True)
class WeightedRowSum(SumOfLosses, RowLoss):
    r"""Weighted sum of losses of whole rows, and of losses of single numbers averaged over a row.

    .. math:: \ell(y, \hat y) = \sum_{k \text{ of rows}} w_k\, \ell_k(y, \hat y)
              + \sum_{k \text{ of numbers}} w_k\, \frac1K \sum_{j=1}^K \ell_k(y_j, \hat y_j)

    With `Dice` and `BinaryCrossEntropy` it trains masks: the one looks at the overlap, however
    small the object, the other at every pixel, and has a slope where nothing overlaps yet.

    Parameters
    ----------
    losses : sequence of Loss
        At least one of whole rows whose truth has the shape of its prediction, and any of single
        numbers, of compatible truths and predictions.
    weights : sequence of float
        One positive weight a loss.

    Raises
    ------
    ValueError
        If no loss is of rows, there is not one weight for each, a weight is not positive, or the
        losses want different shapes, truths or predictions.

    Notes
    -----
    A loss of single numbers is averaged over the row first, so that its weight does not depend on
    how many pixels or classes there are.  Where a term is not convex, the convexity on the card is
    found by search.

    Examples
    --------
    >>> loss = WeightedRowSum((Dice(), BinaryCrossEntropy()), (1.0, 0.5))
    >>> loss.pointwise([[1, 1, 0, 0]], [[0.5, 0.5, 0.5, 0.5]]).round(4).tolist()
    [0.7466]
    """

    losses: tuple[Loss, ...] = (DICE, ENTROPY)
    weights: tuple[float, ...] = (1.0, 1.0)

    def __post_init__(self):
        self._require_terms(
            _of_rows_or_numbers, "losses of rows or of numbers in a tuple, as (Dice(),)"
        )
        self._require("losses", lambda ls: any(map(_of_rows, ls)), "at least one of whole rows")
        shapes = {(loss.layout, loss.shapes) for loss in filter(_of_rows, self.losses)}
        self._require("losses", lambda _: len(shapes) == 1, "of rows of the same shape")

    @property
    def _lead(self):
        """The first loss of rows: it says what the shapes are."""
        return next(filter(_of_rows, self.losses))

    @property
    def layout(self):
        """The axes of truth and prediction."""
        return self._lead.layout

    @property
    def shapes(self):
        """The shapes of truth and prediction in the formula."""
        return self._lead.shapes

    def _latex_of(self, loss):
        from ..symbolic import latex

        if _of_rows(loss):
            return super()._latex_of(loss)
        return rf"\left\langle {latex(loss)} \right\rangle"  # the mean over the row

    def _value_and_grad(self, y, p):
        value, grad = 0, 0
        for loss, weight in zip(self.losses, self.weights, strict=True):
            args = loss._args(y, p)
            some, slopes = loss._value_and_grad(*args)
            slopes = loss._chain(slopes, y)
            if not _of_rows(loss):
                some = some.reshape(len(y), -1).mean(axis=1)
                slopes = slopes * (len(y) / y.size)
            value, grad = value + weight * some, grad + weight * slopes
        return value, grad

    def _value(self, y, p):
        return self._value_and_grad(y, p)[0]

    def _grad(self, y, p):
        return self._value_and_grad(y, p)[1]

    def _example(self, rng, n):
        return self._lead._example(rng, n)

    @staticmethod
    def _formula(sp, y, yhat, losses, weights):
        return sum(
            sp.Rational(weight) * _row_formula(sp, loss, y, yhat)
            for loss, weight in zip(losses, weights, strict=True)
        )

    def _facts(self):
        facts = [loss._claims() for loss in self.losses]
        ranges = np.array([f.get("range", (0, np.inf)) for f in facts], float)
        ends = np.asarray(self.weights) @ ranges
        return {
            "estimates": "a compromise of what its terms estimate",
            "convex": all(f.get("convex") for f in facts) or _chords_lie_above(self),
            "lipschitz": None,
            "range": tuple(ends.tolist()) if np.isfinite(ends).all() else None,
            "choose": "the row as a whole matters, and so does each of its entries",
            "avoid": "the weights would be guessed: validate them, or learn them",
            "chapter": "losses/combining-losses",
        }


def _of_rows(loss):
    return isinstance(loss, RowLoss)


def _of_rows_or_numbers(loss):
    if not isinstance(loss, Loss) or isinstance(loss, (BatchLoss, ClassLoss)):
        raise TypeError(f"{loss!r} is no loss of rows or of numbers")
    if _of_rows(loss) and len(set(loss.layout)) > 1:
        raise TypeError(f"{loss!r} has a truth of another shape than its prediction")
    return loss


def _chords_lie_above(loss):
    """Tell whether no chord, of all those tried, lies below the loss."""
    rng = np.random.default_rng(0)
    (y, p), (_, other) = loss._example(rng, 4000), loss._example(rng, 4000)
    q = p + rng.random((len(p),) + (1,) * (p.ndim - 1)) ** 3 * (other - p)
    ends = loss.pointwise(y, p) + loss.pointwise(y, q)
    return bool((loss.pointwise(y, (p + q) / 2) <= ends / 2 + 1e-9 * (1 + np.abs(ends))).all())


def _row_formula(sp, loss, y, yhat):
    """Return the formula of one loss of a row of symbols; of numbers, its mean over the row."""
    from ..symbolic import arguments, formula

    def named(truth, prediction):
        symbols = sp.flatten(arguments(loss))
        return dict(zip(symbols, sp.flatten(loss._args(truth, prediction)), strict=True))

    whole = formula(loss, numeric=True)
    if _of_rows(loss):
        return whole.xreplace(named(y, yhat))
    pairs = list(zip(y, yhat, strict=True))
    return sum(whole.xreplace(named(*pair)) for pair in pairs) / len(pairs)
