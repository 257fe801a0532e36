"""Look at a target, propose losses with reasons, and say what cannot be known."""

from collections.abc import Mapping
from numbers import Real

import numpy as np

from ..losses.inputs import as_floats, place, require_finite, shown
from ._advise_classes import advise_classes, advise_columns, advise_count, advise_two
from ._advise_numbers import advise_amount, advise_number, advise_share
from .advice import Advice
from .reading import KINDS, read, require_size

__all__ = ["recommend"]

_NUMBERS = ("real", "amount")
_WANTS = {
    "real": ("mean", "median", "bulk", "spread"),
    "amount": ("mean", "median", "bulk", "spread"),
    "count": ("mean", "spread"),
    "two": ("probability", "class"),
}
_COSTS = {
    "real": ("too_low", "too_high"),
    "amount": ("too_low", "too_high"),
    "two": ("miss", "alarm"),
}


_SAME = "y_pred is equal to y, so that there are no residuals: predict rows held out."


def recommend(y, y_pred=None, *, kind=None, costs=None, wants=None) -> Advice:
    """Propose losses for a target, with reasons, and say what the data cannot tell.

    Parameters
    ----------
    y : array_like, shape (n,) or (n, k)
        The target: numbers, labels of any sort, or rows of several.
    y_pred : array_like, shape (n,), optional
        Predictions of a first fit in the target's unit: of a number, the mean of a count, or of
        two classes the probability of the second.  Better of rows held out.  Only residuals show
        the noise: the distribution of y alone mixes it with what the features explain.
    kind : str, optional
        What the target is, where its look deceives: ``"real"``, ``"amount"``, ``"count"``,
        ``"two"``, ``"classes"``, ``"ordered"``, ``"share"``, ``"labels"``, ``"distribution"`` or
        ``"numbers"``.
    costs : mapping of str to float, optional
        Of a number ``{"too_low": …, "too_high": …}``, the price of each unit; of two classes
        ``{"miss": …, "alarm": …}``, where the second class is the one to be found.
    wants : str or float, optional
        Of a number ``"mean"``, ``"median"``, ``"bulk"`` (what is far away is an error),
        ``"spread"``, or a share between 0 and 1, whose quantile is wanted; of a count ``"mean"`` or
        ``"spread"``; of two classes ``"probability"`` or ``"class"``.

    Returns
    -------
    Advice

    Raises
    ------
    ValueError
        If nothing can be seen, or arguments do not fit the target.

    Notes
    -----
    The advice depends neither on the order of the rows nor on the unit of a number, except that a
    parameter such as δ is given in that unit, and that 0, 1 and 100 keep their meaning.  The page
    *Choose a loss* asks the questions that data cannot answer.

    Examples
    --------
    >>> import lossbook as lb
    >>> lb.recommend([0, 3, 1, 0, 2, 7, 1, 0])
    seen
      - read as a count.
      - 8 counts from 0 to 7, mean 1.75.
      - 38 % are 0; a Poisson law with this mean has 17 %.
      - 8 samples are too few to tell how counts scatter.
    proposed
      1. lb.Poisson()
         It estimates the mean, however counts scatter.
         → losses/quantiles-and-counts: Counts
    cannot be known from these numbers
      - Whether every count is of the same time or size: else count per unit,
        weighted.
      - Whether 0 to 7 are classes: say kind='classes', or of stars and grades
        kind='ordered'.
    >>> lb.recommend([3.0, 5.5, 4.0, 9.5], costs={"too_low": 9, "too_high": 1}).proposals[0].loss
    Quantile(q=0.9)
    """
    target = read(y, kind)
    costs = _read_costs(costs, target.kind)
    wants = _read_wants(wants, target.kind)
    y_pred = None if y_pred is None else _read_predictions(y_pred, target)
    seen, proposals, unknown = _advise(target, y_pred, wants, costs)
    return Advice(
        target.kind,
        (f"read as {KINDS[target.kind]}.", *target.seen, *seen),
        tuple(proposals),
        (*unknown, *target.unsure),
    )


def _advise(target, y_pred, wants, costs):
    """Sort the rows, so that their order is nothing, and ask who knows the kind."""
    kind, y = target.kind, target.values
    if y.ndim == 2:
        return advise_columns(y[np.lexsort(y.T)], kind)
    order = np.lexsort((np.zeros(len(y)) if y_pred is None else y_pred, y))
    y, y_pred = y[order], None if y_pred is None else y_pred[order]
    if kind in _NUMBERS:
        same = y_pred is not None and y[0] < y[-1] and np.array_equal(y, y_pred)
        residuals = None if y_pred is None or same else y_pred - y
        advise = advise_amount if kind == "amount" else advise_number
        seen, proposals, unknown = advise(y, residuals, y_pred, wants, costs)
        return [_SAME] * same + seen, proposals, unknown
    if kind == "count":
        return advise_count(y, y_pred, wants)
    if kind == "two":
        return advise_two(y, target.names, y_pred, wants, costs)
    return (
        advise_share(y, wants)
        if kind == "share"
        else advise_classes(y, target.names, kind == "ordered")
    )


def _read_predictions(y_pred, target):
    """Return the predictions of the rows that are kept, refusing what they cannot be."""
    kind = target.kind
    if kind not in (*_NUMBERS, "count", "two"):
        raise ValueError(f"y_pred says nothing here about {KINDS[kind]}: leave it out")
    p = as_floats(y_pred, "y_pred").astype(np.float64)
    p = p[:, 0] if p.ndim == 2 and p.shape[1] == 1 else p
    if p.shape != target.kept.shape:
        raise ValueError(
            f"y_pred has shape {p.shape} but y has {len(target.kept)} rows: give one prediction "
            "for each"
        )
    require_finite(p, "y_pred")
    require_size(p, "y_pred")
    needs = {
        "count": (p > 1e-100, "the mean of a count is positive: give it, not its logarithm"),
        "two": ((p >= 0) & (p <= 1), "give the probability of the second class, not a score"),
    }
    if kind in needs and not needs[kind][0].all():
        good, cure = needs[kind]
        where = int(np.argmin(good))
        raise ValueError(f"{place('y_pred', (where,))} is {p[where]:g}: {cure}")
    return p[target.kept]


def _read_costs(costs, kind):
    if costs is None:
        return None
    names = _COSTS.get(kind)
    if names is None:
        raise ValueError(f"costs say nothing here about {KINDS[kind]}: leave them out")
    if not isinstance(costs, Mapping) or set(costs) != set(names):
        raise ValueError(
            f"costs is {shown(costs)}: of {KINDS[kind]} give {{{names[0]!r}: …, {names[1]!r}: …}}"
        )
    for name, cost in costs.items():
        number = isinstance(cost, Real) and not isinstance(cost, bool)
        if not number or not 1e-6 <= cost <= 1e6:
            raise ValueError(
                f"costs[{name!r}] is {shown(cost)}: a cost is a number from 1e-6 to 1e6; only "
                "their ratio counts"
            )
    return dict(costs)


def _read_wants(wants, kind):
    if wants is None:
        return None
    if kind in _NUMBERS and isinstance(wants, Real) and 0 < wants < 1:
        return float(wants)
    names = _WANTS.get(kind, ())
    if isinstance(wants, str) and wants in names:
        return wants
    also = " or a number between 0 and 1, a quantile" if kind in _NUMBERS else ""
    raise ValueError(
        f"wants is {shown(wants)}: of {KINDS[kind]} say {', '.join(names) or 'nothing'}{also}"
    )
