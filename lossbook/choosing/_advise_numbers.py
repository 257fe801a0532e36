"""Advice for a target that is a number, an amount or a share."""

import numpy as np

from .. import losses as lb
from .advice import Suggestion
from .measures import FEW, far, mean, per_cent, quartile_skew, rank_correlation, scale, short

__all__ = ["advise_amount", "advise_number", "advise_share"]

NOT_NOISE = (
    "What the noise is like: y also varies with the features.  Give the predictions of a first "
    "fit: recommend(y, y_pred)."
)
SIGNAL = "Whether what is far away is an error or the truth: look at those rows."
MIXED = "Whether tails are heavy at all, or several spreads look so together."
WANTED = "Which number is wanted: mean, median, a quantile.  A loss decides that, data do not."
COSTS = "What an error costs, and whether too high costs as much as too low: say costs."


def advise_number(y, residuals, y_pred, wants, costs):
    """Return what is seen, proposed and not known of a number."""
    if y[0] == y[-1]:
        return _constant(y)
    noise = y if residuals is None else residuals
    seen = [_range(y), *_shape(noise, "y" if residuals is None else "the residuals")]
    seen += [] if residuals is None else _middle(residuals, y)
    grows = residuals is not None and _grows(residuals, y_pred, seen)
    found = _ranked(noise, residuals is not None, grows)
    unknown = [SIGNAL] if _heavy(noise) else []
    unknown += [MIXED] if grows and _heavy(noise) else []
    unknown += [NOT_NOISE] if residuals is None else []
    return seen, _first(found, wants, costs, noise), [*unknown, *_open(wants, costs)]


def advise_amount(y, residuals, y_pred, wants, costs):
    """Return the same of an amount: not negative, of many sizes."""
    seen, found, unknown = advise_number(y, residuals, y_pred, wants, costs)
    if y[0] == y[-1]:
        return seen, found, unknown
    zeros = float((y == 0).mean())
    if zeros > 0:
        seen.append(f"{per_cent(zeros)} are exactly 0.")
        own = Suggestion(
            lb.Tweedie(1.5),
            "It estimates the mean of an amount that is often 0; validate its power.",
            "tweedie",
        )
        unknown.append(
            "Whether zeros have a cause of their own: then first whether, then how much."
        )
    else:
        reason = (
            "It estimates the mean, through a logarithm; best where the spread grows like the mean."
        )
        own = Suggestion(lb.Gamma(), reason, "gamma")
    grows = residuals is not None and _grows(residuals, y_pred, [])
    place = (0 if zeros >= 0.05 or grows else 1) if wants in (None, "mean") and not costs else 2
    return seen, [*found[:place], own, *found[place:]], unknown


def advise_share(y, wants):
    """Return the same of a share from 0 to 1."""
    if y[0] == y[-1]:
        return _constant(y)
    reason = "It takes truths between 0 and 1, keeps predictions there, and estimates the mean."
    found = [Suggestion(lb.SigmoidCrossEntropy(), reason, "rate")]
    found.append(Suggestion(lb.SquaredError(), "It estimates the mean, without bounds.", "mean"))
    unknown = ["Of how many trials each share is: weigh it by them (sample_weight)."]
    return [_range(y)], found, unknown


def _constant(y):
    seen = [f"Every value is {y[0]:g} ({len(y)} in all): there is nothing to predict."]
    return seen, [], ["Whether the target was read in rightly."]


def _range(y):
    return (
        f"{len(y)} values from {short(y[0])} to {short(y[-1])}, median {short(np.median(y))}, "
        f"mean {short(mean(y))}."
    )


def _shape(x, what):
    """Say how skewed and heavy-tailed a sample is, if it is large enough."""
    if len(x) < FEW:
        return [f"{len(x)} samples are too few to tell tails or skew from chance."]
    if not scale(x):
        return [f"Over half of {what} are the same number: tails have no measure."]
    below, above, limit = far(x)
    normal = f"of normal data sets this large, fewer than one in ten has {limit} or more"
    tails = f"Of {what}, {below} lie over 3 robust spreads below the median and {above} above"
    skew = f"Skewness by the outer tenths: {quartile_skew(x):+.2f} of ±1."
    return [f"{tails} ({normal}).", f"The spread of {what} is {short(scale(x))}.", skew]


def _middle(residuals, y):
    """Say where residuals lie, and ask for predictions where they lie too far off for a fit."""
    middle = float(np.median(residuals))
    text = f"The median residual, y_pred less y, is {short(middle)}"
    if abs(middle) <= scale(y) or not scale(y):
        return [f"{text}."]
    return [
        f"{text}, more than the spread of y: look whether y_pred holds predictions, not "
        "residuals, and in the unit of y."
    ]


def _heavy(x):
    """Tell whether there are more far samples than normal noise has."""
    if len(x) < FEW or not scale(x):
        return False
    below, above, limit = far(x)
    return below + above >= limit


def _skewed(x):
    return len(x) >= FEW and abs(quartile_skew(x)) > 0.15 + 2 / np.sqrt(len(x))


def _grows(residuals, y_pred, seen):
    """Tell whether residuals are larger where predictions are, and say so."""
    n = len(residuals)
    if n < FEW:
        return False
    found = rank_correlation(np.abs(residuals), y_pred)
    if abs(found) < max(0.2, 3 / np.sqrt(n)):
        return False
    word = "grow" if found > 0 else "shrink"
    seen.append(f"Residuals {word} with the prediction (rank correlation {found:+.2f}).")
    return True


def _ranked(noise, known, grows):
    """Order the losses of a number by what was seen of the noise."""
    square = Suggestion(
        lb.SquaredError(), "It estimates the mean: sums and averages come out right.", "mean"
    )
    median = Suggestion(
        lb.AbsoluteError(), "It estimates the median: a typical value, whatever the tail.", "median"
    )
    s = float(f"{scale(noise):.3g}")
    far_off = [_huber(s, known)] if s > 1e-140 else []
    if grows:
        return [*_bands(), square, median, *far_off]
    if not (known and _heavy(noise)):
        return [square, median, *far_off]
    return [median, square, *far_off] if _skewed(noise) else [*far_off, median, square]


def _huber(s, known):
    source = "the residuals" if known else "y itself, so a first guess that is too large"
    reason = f"Far samples pull with a bounded force; δ = 1.345 × {s:g}, the spread of {source}."
    return Suggestion(lb.Huber(float(f"{1.345 * s:.3g}")), reason, "undecided")


def _bands():
    """Return what follows a spread that changes."""
    reason = "The spread changes: a band of two quantiles, such as 0.1 and 0.9, follows it."
    own = "It estimates a spread for each sample, beside the mean."
    return [
        Suggestion(lb.Quantile(0.9), reason, "quantile"),
        Suggestion(lb.GaussianNLL(), own, "spread"),
    ]


def _first(found, wants, costs, noise):
    """Put first what was asked for."""
    if costs:
        q = 1 / (1 + costs["too_high"] / costs["too_low"])
        q = float(f"{q:.12g}")  # of prices 9 and 1 it is 0.9, and should look like it
        reason = f"It estimates the {q:.3g}-quantile: the cheapest at these costs for each unit."
        return [Suggestion(lb.Quantile(q), reason, "quantile"), *found]
    if isinstance(wants, float):
        reason = f"It estimates the {wants:g}-quantile; check the share below it on new data."
        return [Suggestion(lb.Quantile(wants), reason, "quantile"), *found]
    if wants == "spread" and not any(one.proposal == "spread" for one in found):
        reason = "It estimates the mean and the spread."
        loss = lb.LaplaceNLL() if _heavy(noise) else lb.GaussianNLL()
        found = [Suggestion(loss, reason, "spread"), *found]
    keys = {"mean": "mean", "median": "median", "bulk": "undecided", "spread": "spread"}
    return sorted(found, key=lambda one: one.proposal != keys.get(wants))


def _open(wants, costs):
    return [] if costs else [COSTS] if wants else [WANTED, COSTS]
