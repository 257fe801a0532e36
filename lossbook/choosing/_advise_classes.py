"""Advice for counts, and for a target that is a class."""

import math

import numpy as np

from .. import losses as lb
from .advice import Suggestion
from .measures import FEW, mean, per_cent, short

__all__ = ["advise_classes", "advise_columns", "advise_count", "advise_two"]

RARE = 0.1
FEW_OF_A_CLASS = 30
_NUMBERED = "  By itself it takes labels from 0 on: np.unique(y, return_inverse=True)[1]."
WRONG = "Whether labels are wrong, and which."
PRICE = "What a miss and a false alarm cost: say costs, and the threshold follows."


def advise_count(y, y_pred, wants):
    """Return what is seen, proposed and not known of a count."""
    m, n = mean(y), len(y)
    if y[0] == y[-1]:
        return [f"All {n} counts are {y[0]:g}: there is nothing to predict."], [], [WRONG]
    expected = np.full(n, m) if y_pred is None else y_pred
    zeros, law = float((y == 0).mean()), mean(np.exp(-expected))
    by = "this mean" if y_pred is None else "these predictions"
    seen = [f"{n} counts from {y[0]:g} to {y[-1]:g}, mean {short(m)}."]
    seen.append(f"{per_cent(zeros)} are 0; a Poisson law with {by} has {per_cent(law)}.")
    found = [Suggestion(lb.Poisson(), "It estimates the mean, however counts scatter.", "poisson")]
    unknown = ["Whether every count is of the same time or size: else count per unit, weighted."]
    if n < FEW:
        seen.append(f"{n} samples are too few to tell how counts scatter.")
        return seen, found, unknown
    ratio = mean((y - expected) ** 2 / expected)
    seen.append(f"They scatter about {by} with {ratio:.3g} times Poisson's variance.")
    if ratio > max(1.2, 1 + 3 * np.sqrt(2 / n)):
        a = float(f"{mean((y - expected) ** 2 - expected) / mean(expected**2):.3g}")
        if 0 < a < 1e6:
            wide = _overdispersed(a, expected)
            found = [wide, *found] if y_pred is not None and wants != "mean" else [*found, wide]
        unknown.append("Whether the spread matters: for the mean alone Poisson is enough.")
    if y_pred is None:
        unknown.append(
            "How much of the scatter the features explain: give the predictions of a first fit, "
            "recommend(y, y_pred)."
        )
    return seen, found, unknown


def _overdispersed(a, expected):
    law = mean(np.exp(-np.log1p(a * expected) / a))
    reason = (
        f"Its variance fits too, with dispersion {a:g} from these numbers; by its law "
        f"{per_cent(law)} are 0."
    )
    return Suggestion(lb.NegativeBinomial(a), reason, "overdispersed")


def advise_two(codes, names, p, wants, costs):
    """Return the same of two classes; `p` are probabilities of the second, if there are any."""
    n, ones = len(codes), int(codes.sum())
    if ones in (0, n):
        return [f"All {n} labels are {names[-1]!r}: there is nothing to predict."], [], [WRONG]
    share = min(ones, n - ones) / n
    rarer = names[1] if ones <= n - ones else names[0]
    seen = [f"{n} labels, {per_cent(share)} of them {rarer!r}, the rarer class."]
    if 2 * ones == n:
        seen = [f"{n} labels, half of them {names[0]!r} and half {names[1]!r}."]
    if min(ones, n - ones) < FEW_OF_A_CLASS:
        seen.append(f"{min(ones, n - ones)} of a class are few, whatever the loss.")
    if p is not None:
        seen += _judged(codes, p)
    zero, sign = _coding(names)
    found = [_cross_entropy(share, costs, zero)]
    reason = f"It estimates the class alone, no probability.{sign}"
    hinge = Suggestion(lb.Hinge(), reason, "margin")
    found = [hinge, *found] if wants == "class" else [*found, hinge]
    if p is not None and _surprising(codes, p):
        reason = (
            "A ramp without corners: it estimates the class alone, and lets go of samples that are "
            f"badly wrong, if those are wrong labels.{sign}"
        )
        found.append(Suggestion(lb.SigmoidLoss(), reason, "wrong_labels"))
    unknown = [WRONG, *([] if costs else [PRICE])]
    unknown += ["Whether new samples will be as rare: probabilities shift with it."]
    return seen, found, unknown


def _coding(names):
    """Say how labels are written for a loss of 0 and 1, and for one of −1 and +1, if others."""
    second = f"(np.asarray(y) == {names[1]!r})"
    return (
        ""
        if names == [0, 1]
        else f"  By itself it takes labels of 0 and 1: {second}.astype(float).",
        "" if names == [-1, 1] else f"  By itself it takes labels of −1 and +1: 2 * {second} - 1.",
    )


def _cross_entropy(share, costs, coding):
    reason = f"It estimates the probability, from which every decision follows.{coding}"
    if costs:
        t = 1 / (1 + costs["miss"] / costs["alarm"])
        reason += f"  At these costs act where it is above {t:.3g}."
        return Suggestion(lb.SigmoidCrossEntropy(), reason, "costs")
    if share < RARE:
        reason += "  That a class is rare needs no other loss, but another threshold than a half."
        return Suggestion(lb.SigmoidCrossEntropy(), reason, "rare")
    return Suggestion(lb.SigmoidCrossEntropy(), reason, "probability")


def _judged(codes, p):
    """Say how good probabilities are: on average, and where they are sure and wrong."""
    sure, expected = _against(codes, p)
    return [
        f"Forecast on average {mean(p):.3g}, seen {codes.mean():.3g}.",
        f"{sure} labels had a forecast of under 1 %; if it were right, {expected:.1f} would.",
    ]


def _against(codes, p):
    """Return how many labels were all but excluded, and how many the forecasts expect."""
    less = np.minimum(p, 1 - p)
    return int((np.where(codes == 1, p, 1 - p) < 0.01).sum()), math.fsum(less[less < 0.01])


def _surprising(codes, p):
    sure, expected = _against(codes, p)
    return sure > 2 + expected + 3 * math.sqrt(expected)


def advise_classes(codes, names, ordered):
    """Return the same of several classes."""
    tally = np.bincount(codes, minlength=len(names))
    if len(names) == 1:
        return [f"All {len(codes)} labels are {names[0]!r}: nothing to predict."], [], [WRONG]
    least = int(tally.argmin())
    seen = [
        f"{len(codes)} labels of {len(names)} classes; the rarest, {names[least]!r}, has "
        f"{per_cent(tally[least] / len(codes))}."
    ]
    if tally[least] < FEW_OF_A_CLASS:
        seen.append(f"{tally[least]} of a class are few, whatever the loss.")
    code = "" if names == list(range(len(names))) else _NUMBERED
    soft = Suggestion(lb.SoftmaxCrossEntropy(), f"It estimates the probabilities.{code}", "softmax")
    reason = f"If the classes have an order, being off by two is worse.{code}"
    if code and isinstance(names[0], str):
        reason += (
            "  This sorts text by the alphabet: where its order is another, number it by that."
        )
    rank = Suggestion(lb.OrdinalLogistic(), reason, "ordered")
    found = [rank, soft] if ordered else [soft, rank]
    unknown = [WRONG, "What each kind of confusion costs."]
    if len(codes) >= 10 and len(names) > len(codes) / 2:
        unknown.append("Whether these are classes at all: most of them come once, as names do.")
    return seen, found, unknown


def advise_columns(values, kind):
    """Return the same of several targets in columns."""
    n, k = values.shape
    seen = [f"{n} rows of {k} columns."]
    if kind == "labels":
        share = values.mean(axis=0)
        seen.append(
            f"A column holds between {per_cent(share.min())} and {per_cent(share.max())} ones."
        )
        reason = "Each column is a question of its own, with its own probability."
        return seen, [Suggestion(lb.SigmoidCrossEntropy(), reason, "labels")], [WRONG]
    if kind == "distribution":
        found = [
            Suggestion(lb.SoftmaxCrossEntropy(), "From logits: the mean of the truths.", "shares"),
            Suggestion(lb.Cramer(), "If the columns have an order, and p is given.", "bins"),
        ]
        return seen, found, ["Whether the columns have an order."]
    spread = values.std(axis=0)
    seen.append(
        f"Their standard deviations lie between {short(spread.min())} and {short(spread.max())}."
    )
    reason = (
        "It estimates the mean of each column; divide each by its spread, or the largest rules."
    )
    return seen, [Suggestion(lb.SquaredError(), reason, "mean")], ["What each column is worth."]
