"""Mistakes typical of the exercises of *Overlap of masks*."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments, of_result


def _sums(y, p):
    """Return the overlap and both areas of each mask, as something that divides masks."""
    return (np.sum(part, axis=(1, 2), keepdims=True) for part in (y * p, y, p))


def _loss(y, p, above, below):
    """Return 1 minus a ratio of what two functions make of overlap and areas."""
    shared, truth, said = (part[:, 0, 0] for part in _sums(y, p))
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1 - above(shared) / below(truth + said, shared)


def _pooled(y, p, s):
    return 1 - (2 * np.sum(y * p) + s) / (np.sum(y) + np.sum(p) + s)


DICE_LOSS = (
    of_result(
        "coefficient instead of loss",
        "That is the coefficient, 1 where all is right. The loss is 1 minus it.",
        lambda result, *args: 1 - result,
    ),
    instead(
        "factor 2 forgotten",
        "The factor 2 before the overlap is missing: a perfect mask would still cost a half.",
        lambda y, p, s: _loss(y, p, lambda i: i + s, lambda a, i: a + s),
    ),
    instead(
        "s above only",
        "You add s above the line only. It stands below too, so that a perfect mask costs 0.",
        lambda y, p, s: _loss(y, p, lambda i: 2 * i + s, lambda a, i: a),
    ),
    instead(
        "s below only",
        "You add s below the line only. Without it above, an empty mask that is predicted as empty "
        "costs 1.",
        lambda y, p, s: _loss(y, p, lambda i: 2 * i, lambda a, i: a + s),
    ),
    instead(
        "s forgotten",
        "You leave s out. It is added above and below the line.",
        lambda y, p, s: _loss(y, p, lambda i: 2 * i, lambda a, i: a),
    ),
    instead(
        "s doubled",
        "You double s together with the overlap. It is added after the doubling.",
        lambda y, p, s: _loss(y, p, lambda i: 2 * (i + s), lambda a, i: a + s),
    ),
    instead(
        "s twice",
        "You add s to each area and 2 s above. Here s is added once above and once below.",
        lambda y, p, s: _loss(y, p, lambda i: 2 * (i + s), lambda a, i: a + 2 * s),
    ),
    instead(
        "s twice below",
        "You add s to each of the two areas. Here it is added once above and once below.",
        lambda y, p, s: _loss(y, p, lambda i: 2 * i + s, lambda a, i: a + 2 * s),
    ),
    of_result(
        "empty truth set to 0",
        "You give 0 to a mask whose truth is empty. With s it is no exception: what is predicted "
        "there costs something.",
        lambda result, y, *args: np.where(y.any(axis=(1, 2)), result, 0),
    ),
    of_result(
        "empty truth set to 1",
        "You give 1 to a mask whose truth is empty. With s it is no exception: little predicted "
        "there costs little.",
        lambda result, y, *args: np.where(y.any(axis=(1, 2)), result, 1),
    ),
    of_result(
        "nothing over nothing set to 1",
        "You give 1 where nothing is true and nothing is predicted. All is right there: with s the "
        "formula gives 0.",
        lambda result, y, p, s: np.where((y + p).any(axis=(1, 2)), result, 1),
    ),
    instead(
        "Jaccard instead of Dice",
        "That is the Jaccard loss: the overlap over the union.",
        lambda y, p, s: _loss(y, p, lambda i: i + s, lambda a, i: a - i + s),
    ),
    instead(
        "squares below",
        "You take the squares of the probabilities below the line. That is the other form; here "
        "the plain sum is asked for.",
        lambda y, p, s: _loss(y, p, lambda i: 2 * i + s, lambda a, i: a + s + _squares_less(p)),
    ),
    instead(
        "summed over the whole batch",
        "You sum over all masks at once. Each mask gets a ratio of its own: sum over the axes 1 "
        "and 2 only.",
        _pooled,
    ),
    instead(
        "repeated sum over the whole batch",
        "Each of your numbers is that of the whole batch. Sum over the axes 1 and 2 only.",
        lambda y, p, s: np.full(len(y), _pooled(y, p, s)),
    ),
    of_result(
        "mean taken",
        "You return the mean. One number for each mask is due.",
        lambda result, *args: result.mean(),
    ),
    instead(
        "one ratio a row",
        "You sum over one axis only, and get a ratio for each row of pixels. A mask has two axes.",
        lambda y, p, s: 1 - (2 * np.sum(y * p, 2) + s) / (np.sum(y + p, 2) + s),
    ),
    instead(
        "one ratio a column",
        "You sum over axis 1 only, and get a ratio for each column of pixels. A mask has two axes.",
        lambda y, p, s: 1 - (2 * np.sum(y * p, 1) + s) / (np.sum(y + p, 1) + s),
    ),
    of_arguments(
        "cut at one half",
        "You cut the probabilities at one half first. The loss needs them as they are, or it has "
        "no slope.",
        lambda y, p, s: (y, (p > 0.5).astype(float), s),
    ),
)


def _squares_less(p):
    return np.sum(p * p - p, axis=(1, 2))


def _ratio(y, p, s):
    """Return what stands above and below the line, and their ratio, of each mask."""
    shared, truth, said = _sums(y, p)
    above, below = 2 * shared + s, truth + said + s
    return above, below, above / below


def _area_fixed(y, p, s):
    return -2 * y / _ratio(y, p, s)[1]


def _overlap_fixed(y, p, s):
    above, below, _ = _ratio(y, p, s)
    return np.broadcast_to(above / below**2, p.shape)


def _factor_forgotten(y, p, s):
    _, below, d = _ratio(y, p, s)
    return (d - y) / below


def _below_not_squared(y, p, s):
    above, below, _ = _ratio(y, p, s)
    return (above - 2 * y * below) / below


def _through_sigmoid(y, p, s):
    _, below, d = _ratio(y, p, s)
    return (d - 2 * y) / below * p * (1 - p)


def _without_s(y, p, s):
    shared, truth, said = _sums(y, p)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (2 * shared / (truth + said) - 2 * y) / (truth + said)


def _of_pooled(y, p, s):
    above, below = 2 * np.sum(y * p) + s, np.sum(y + p) + s
    return (above / below - 2 * y) / below


def _plus_in_quotient_rule(y, p, s):
    _, below, d = _ratio(y, p, s)
    return -(d + 2 * y) / below


def _squared_form(y, p, s):
    shared, truth, _ = _sums(y, p)
    below = truth + np.sum(p**2, axis=(1, 2), keepdims=True) + s
    return 2 * (p * (2 * shared + s) / below - y) / below


def _of_jaccard(y, p, s):
    shared, truth, said = _sums(y, p)
    below = truth + said - shared + s
    return ((shared + s) * (1 - y) - y * below) / below**2


SLOPES = (
    of_result(
        "sign reversed",
        "Your slopes have the right size and the wrong sign: these are those of the coefficient. "
        "The loss is 1 minus it, and falls where more of the object is predicted.",
        lambda result, *args: -result,
    ),
    instead(
        "area not differentiated",
        "You differentiate the overlap only. Every pixel that is predicted makes the area below "
        "the line larger too, so that a false alarm has a slope.",
        _area_fixed,
    ),
    instead(
        "overlap not differentiated",
        "You differentiate what stands below the line only. A pixel of the object adds to the "
        "overlap above it too.",
        _overlap_fixed,
    ),
    instead(
        "factor 2 forgotten",
        "The overlap counts twice, so its slope by a pixel is 2y, not y.",
        _factor_forgotten,
    ),
    instead(
        "A instead of A²",
        "The quotient rule divides by the *square* of what stands below the line.",
        _below_not_squared,
    ),
    instead(
        "plus in the quotient rule",
        "In the quotient rule the two parts have different signs: N′ A − N A′.",
        _plus_in_quotient_rule,
    ),
    instead(
        "through a sigmoid",
        "You multiply by p (1 − p), which leads to the logit. The slope by p itself is asked for.",
        _through_sigmoid,
    ),
    instead("s forgotten", "You leave s out. It is added above and below the line.", _without_s),
    instead(
        "summed over the whole batch",
        "You sum over all masks at once. Each mask has its own sums: sum over the axes 1 and 2 "
        "only.",
        _of_pooled,
    ),
    instead(
        "squares below",
        "These are the slopes of the form with squares below the line. Here the plain sum of the "
        "probabilities stands there.",
        _squared_form,
    ),
    instead(
        "Jaccard instead of Dice",
        "These are the slopes of the Jaccard loss: the overlap over the union.",
        _of_jaccard,
    ),
    of_arguments(
        "s doubled",
        "These are the slopes for 2 s, as of a Tversky loss with α = β = ½ and `smooth=s`. Dice "
        "doubles the overlap and not s.",
        lambda y, p, s: (y, p, 2 * s),
    ),
    of_result(
        "divided by the number of masks",
        "You divide by the number of masks. Here each mask's own loss is differentiated, no mean.",
        lambda result, y, *args: result / len(y),
    ),
    instead(
        "slope of the cross-entropy",
        "p − y is the slope of the cross-entropy by the logit.",
        lambda y, p, s: p - y,
    ),
    instead(
        "value instead of slope",
        "That is the loss of each mask. Its slope by each pixel is asked for.",
        lambda y, p, s: (1 - _ratio(y, p, s)[2])[:, 0, 0],
    ),
)
