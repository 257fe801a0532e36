"""Several losses of one prediction made one: their weighted sum, again a loss."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from .base import Loss
from .domains import REAL
from .kinds import RowLoss
from .regression import AbsoluteError, SquaredError
from .settings import SIZE, is_size

__all__ = ["WeightedSum"]

CHAPTER = "losses/combining-losses"
SQUARED, ABSOLUTE = SquaredError(), AbsoluteError()


class SumOfLosses:
    """What a weighted sum takes from its ``losses`` and ``weights``."""

    hides_infinity: ClassVar[bool] = True

    def _require_terms(self, accept, needs):
        """Refuse terms that `accept` raises a TypeError for, and weights that do not fit them."""
        self._require_each("losses", accept, needs)
        self._require("losses", len, "a tuple of one loss at least")
        self._require_each("weights", float, "positive numbers, one for each loss")
        each = f"one for each loss, {len(self.losses)} in all"
        self._require("weights", lambda ws: all(map(is_size, ws)), SIZE)
        self._require("weights", lambda ws: len(ws) == len(self.losses), each)
        for side in ("truth", "prediction"):
            self._require("losses", lambda ls, side=side: _domains(ls, side), f"of the same {side}")

    @property
    def truth(self):
        """The truth that all losses accept."""
        return _domains(self.losses, "truth")[-1]

    @property
    def prediction(self):
        """The prediction that all losses accept."""
        return _domains(self.losses, "prediction")[-1]

    @property
    def reach(self):
        """The reach of the loss that bears least."""
        return min(loss.reach for loss in self.losses)

    @property
    def latex(self):
        """The formulas of the losses, each with its weight."""
        terms = zip(self.weights, map(self._latex_of, self.losses), strict=True)
        return " + ".join(term if w == 1 else f"{w:g} {term}" for w, term in terms)

    def _latex_of(self, loss):
        from ..symbolic import latex

        return rf"\left({latex(loss)}\right)"


@dataclass(frozen=True)
class WeightedSum(SumOfLosses, Loss):
    r"""Weighted sum of losses of the same truth and prediction.

    .. math:: \ell(y, \hat y) = \sum_k w_k\, \ell_k(y, \hat y)

    A sum of convex losses is convex, and a sum of proper ones whose predictions are read in the
    same way is proper.  Where all terms are convex, the best constant lies between those of the
    terms.  The steepest slope may be less than the weighted sum of the terms' own, which need not
    be at the same place.

    Parameters
    ----------
    losses : sequence of Loss
        Losses of single numbers with compatible truths.
    weights : sequence of float
        One positive weight a loss.

    Raises
    ------
    ValueError
        If there is no loss, not one weight for each, a weight is not positive, a loss is of whole
        rows, or the losses want different truths or predictions.

    Notes
    -----
    With losses of whole rows, such as `Dice`, take `WeightedRowSum`.  Where a term is not convex,
    the convexity and the steepest slope on the card are found by search.  The strongest curvature
    there is a bound, the weighted sum of the terms' own.

    Examples
    --------
    >>> loss = WeightedSum((SquaredError(), AbsoluteError()), (1.0, 0.5))
    >>> loss.pointwise([0.0, 0.0], [1.0, -2.0]).tolist()
    [1.5, 5.0]
    >>> loss.pointwise_grad([0.0, 0.0], [1.0, -2.0]).tolist()
    [2.5, -4.5]
    """

    losses: tuple[Loss, ...] = (SQUARED, ABSOLUTE)
    weights: tuple[float, ...] = (1.0, 1.0)

    def __post_init__(self):
        self._require_terms(
            _of_numbers, "losses of single numbers, as (mse, Huber()); for rows take WeightedRowSum"
        )

    def _add(self, term):
        """Return the weighted sum of what `term` makes of each loss."""
        return sum(w * term(loss) for w, loss in zip(self.weights, self.losses, strict=True))

    def _value(self, y, p):
        return self._add(lambda loss: loss._value(*loss._args(y, p)))

    def _grad(self, y, p):
        return self._add(lambda loss: loss._chain(loss._grad(*loss._args(y, p)), y))

    @staticmethod
    def _formula(sp, y, yhat, losses, weights):
        from ..symbolic import arguments, formula

        total = 0
        for loss, weight in zip(losses, weights, strict=True):
            names = dict(zip(arguments(loss), loss._args(y, yhat), strict=True))
            total += sp.Rational(weight) * formula(loss, numeric=True).xreplace(names)
        return total

    def _facts(self):
        facts = [{"link": "identity"} | loss._claims() for loss in self.losses]
        return (
            {
                "estimates": (_joined(facts, "link") and _joined(facts, "estimates"))
                or "a compromise of what its terms estimate",
                "convex": _are_convex(facts) or _slopes_rise(self),
                "range": tuple(
                    self._add(lambda loss, end=end: loss._facts().get("range", (0, np.inf))[end])
                    for end in (0, 1)
                ),
                "choose": "no single loss says all that matters, and you know what each is worth",
                "avoid": "the weights would be guessed: validate them, or learn them",
                "chapter": CHAPTER,
            }
            | _bounds(self, facts)
            | _forecasts(facts)
        )


def _of_numbers(loss):
    if isinstance(loss, RowLoss) or not isinstance(loss, Loss):
        raise TypeError(f"{loss!r} is no loss of single numbers")
    return loss


def _domains(losses, side):
    """Return what the losses accept, any number first; nothing if they contradict each other."""
    special = {d.name: d for d in (getattr(loss, side) for loss in losses) if d.inside is not None}
    return [REAL, *special.values()] if len(special) < 2 else []


def _joined(facts, key):
    """Return what all say of themselves, None if they differ."""
    said = [f.get(key) for f in facts]
    return said[0] if all(s == said[0] for s in said) else None


def _are_convex(facts):
    return all(f["convex"] for f in facts)


def _forecasts(facts):
    """Return what a sum of losses of two classes inherits: all agree, and how they are read."""
    read = _joined(facts, "inverse_link")
    same = _joined(facts, "link") is not None
    found = {"inverse_link": read, "link": facts[0]["link"]} if same else {}
    if same and all(f.get("proper") for f in facts):
        found["proper"] = True
    if _are_convex(facts) and all(f.get("calibrated") for f in facts):
        found["calibrated"] = True
    if same and _joined(facts, "estimate"):
        found["estimate"] = facts[0]["estimate"]
    return found


def _bounds(loss, facts):
    """Return kinks, steepest slope and a bound of the curvature, if every term states them."""
    found = {}
    if all("kinks" in f for f in facts):
        found["kinks"] = tuple(sorted({kink for f in facts for kink in f["kinks"]}))
    if all(f["lipschitz"] < np.inf for f in facts):
        found["lipschitz"] = _largest(loss, loss.pointwise_grad)
    if all("smoothness" in f for f in facts):
        found["smoothness"] = loss._add(lambda term: term._claims()["smoothness"])
    return found


def _spread(loss, n=4000):
    """Return samples from near 0 to far out, always the same."""
    rng = np.random.default_rng(0)
    y, p = loss._example(rng, n)
    far = loss.prediction.inside is None
    return y, p * np.exp(rng.uniform(-6, 12, n)) if far else p


def _slopes_rise(loss):
    """Tell whether slopes only rise with the prediction, at all samples tried."""
    y, p = _spread(loss)
    q = p + 0.01 * (1 + np.abs(p))
    both = loss.prediction.mask(q)
    y, p, q = y[both], p[both], q[both]
    before, after = loss.pointwise_grad(y, p), loss.pointwise_grad(y, q)
    return bool((after >= before - 1e-9 * (1 + np.abs(before))).all())


def _largest(loss, slope):
    """Search the largest absolute slope: everywhere, then closer and closer around the best."""
    y, p = _spread(loss)
    width = 1.0
    for _ in range(40):
        best = int(np.argmax(np.abs(slope(y, p))))
        around = p[best] + width * (1 + abs(p[best])) * np.linspace(-1, 1, 41)
        around = around[loss.prediction.mask(around)]
        y, p, width = np.full(len(around), y[best]), around, width / 2
    return float(np.abs(slope(y, p)).max())
