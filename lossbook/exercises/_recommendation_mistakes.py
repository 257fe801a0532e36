"""Mistakes typical of the exercises of *Recommendation*."""

import numpy as np

from lossbook.exercises._mistake import instead, of_result

COVERAGE = (
    instead(
        "items counted again and again",
        "You count every place of every list. An item that stands on ten lists is still one item.",
        lambda lists, n_items: np.size(lists) / n_items,
    ),
    instead(
        "number instead of share",
        "That is the number of items offered. Divide by `n_items`.",
        lambda lists, n_items: len(np.unique(lists)),
    ),
    instead(
        "share of the places",
        "You divide by the number of places on the lists. The share is one of all items, offered "
        "or not: divide by `n_items`.",
        lambda lists, n_items: len(np.unique(lists)) / np.size(lists),
    ),
    instead(
        "one list",
        "You count one list, or each list on its own. An item on any list counts, and once: take "
        "all lists together.",
        lambda lists, n_items: len(np.unique(lists[0])) / n_items,
    ),
    instead(
        "first places only",
        "You look at the first place of each list. All places count.",
        lambda lists, n_items: len(np.unique(lists[:, 0])) / n_items,
    ),
    instead(
        "largest number",
        "You take the largest number on the lists for how many items there are. The catalogue has "
        "`n_items`, and items that nobody was offered count in the denominator.",
        lambda lists, n_items: len(np.unique(lists)) / (np.max(lists) + 1),
    ),
    of_result(
        "share never offered",
        "That is the share that nobody is offered. Subtract it from 1.",
        lambda result, *args: 1 - result,
    ),
    of_result(
        "in per cent",
        "Right, in per cent. A share from 0 to 1 is due.",
        lambda result, *args: 100 * result,
    ),
)


def _moved(p, q, y, rest, lr, factor=2.0):
    r = rest + p @ q - y
    return p - lr * factor * r * q, q - lr * factor * r * p


def _one_after_the_other(p, q, y, rest, lr):
    p_new, _ = _moved(p, q, y, rest, lr)
    return p_new, q - lr * 2 * (rest + p @ q - y) * p_new


def _residual_anew(p, q, y, rest, lr):
    p_new, _ = _moved(p, q, y, rest, lr)
    return p_new, _moved(p_new, q, y, rest, lr)[1]


def _film_first(function):
    """Return the same mistake with the parts of person and film exchanged."""
    return lambda p, q, *rest: function(q, p, *rest)[::-1]


STEP = (
    instead(
        "one after the other",
        "You move q with the p that has moved already. One step of gradient descent takes both "
        "slopes at the old place: keep the old p.",
        _one_after_the_other,
    ),
    instead(
        "residual anew",
        "You move p, compute the residual anew, and then move q. One step takes both slopes at the "
        "old place.",
        _residual_anew,
    ),
    instead(
        "one after the other, q first",
        "You move p with the q that has moved already. One step of gradient descent takes both "
        "slopes at the old place: keep the old q.",
        _film_first(_one_after_the_other),
    ),
    instead(
        "residual anew, q first",
        "You move q, compute the residual anew, and then move p. One step takes both slopes at the "
        "old place.",
        _film_first(_residual_anew),
    ),
    instead(
        "uphill",
        "You go uphill: a step goes against the gradient, w − lr · gradient. (Or the residual has "
        "the wrong sign: it is prediction minus truth.)",
        lambda p, q, y, rest, lr: _moved(p, q, y, rest, -lr),
    ),
    instead(
        "factor 2 forgotten",
        "Your step is half as long as it should be: the derivative of r² is 2 r.",
        lambda p, q, y, rest, lr: _moved(p, q, y, rest, lr, 1.0),
    ),
    instead(
        "own vector",
        "You pull each vector along itself. The derivative of p · q by p is q.",
        lambda p, q, y, rest, lr: (
            p - 2 * lr * (rest + p @ q - y) * p,
            q - 2 * lr * (rest + p @ q - y) * q,
        ),
    ),
    instead(
        "rest forgotten",
        "You leave out `rest`: the prediction is rest + p · q.",
        lambda p, q, y, rest, lr: _moved(p, q, y, 0.0, lr),
    ),
    instead(
        "gradients returned",
        "These are the gradients. The vectors after the step are due.",
        lambda p, q, y, rest, lr: (
            2 * (rest + p @ q - y) * q,
            2 * (rest + p @ q - y) * p,
        ),
    ),
    instead(
        "exchanged",
        "You return q first. The order is p, then q.",
        lambda p, q, y, rest, lr: _moved(p, q, y, rest, lr)[::-1],
    ),
    instead(
        "p alone moved",
        "Only p has moved. The film's vector takes a step as well.",
        lambda p, q, y, rest, lr: (_moved(p, q, y, rest, lr)[0], q),
    ),
    instead(
        "q alone moved",
        "Only q has moved. The person's vector takes a step as well.",
        lambda p, q, y, rest, lr: (p, _moved(p, q, y, rest, lr)[1]),
    ),
)


def _sigma(x):
    return 1 / (1 + np.exp(-x))


def _pull(p, one, other, sigma, sign=-1.0):
    return sign * sigma * (one - other), sign * sigma * p, -sign * sigma * p


BPR = (
    instead(
        "sign reversed",
        "Your gradients have the right size and the wrong sign: a step against them would put the "
        "item that was used *below* the other.",
        lambda p, used, other: _pull(p, used, other, _sigma(-p @ (used - other)), 1.0),
    ),
    instead(
        "chance of being right",
        "You weigh by σ(x), the chance that the order is right. The pull is strong where the order "
        "is *wrong*: it is σ(−x) = 1 − σ(x).",
        lambda p, used, other: _pull(p, used, other, _sigma(p @ (used - other))),
    ),
    instead(
        "both items up",
        "You push both items the same way. The one that was used rises, the other falls: the last "
        "gradient has the opposite sign.",
        lambda p, used, other: (
            -_sigma(-p @ (used - other)) * (used - other),
            -_sigma(-p @ (used - other)) * p,
            -_sigma(-p @ (used - other)) * p,
        ),
    ),
    instead(
        "other item forgotten in the person's pull",
        "The person is pulled along the *difference* of the two items, not along the one that was "
        "used alone.",
        lambda p, used, other: (
            -_sigma(-p @ (used - other)) * used,
            *_pull(p, used, other, _sigma(-p @ (used - other)))[1:],
        ),
    ),
    instead(
        "sigmoid forgotten",
        "These are the derivatives of −x. The loss is log(1 + exp(−x)), whose slope is −σ(−x).",
        lambda p, used, other: _pull(p, used, other, 1.0),
    ),
    instead(
        "one item's score",
        "You put the score of the item that was used into the sigmoid. What counts is its lead "
        "over the other.",
        lambda p, used, other: _pull(p, used, other, _sigma(-p @ used)),
    ),
    instead(
        "items exchanged",
        "You take the other item for the one that was used. (Or your factor is σ(x), where −σ(−x) "
        "is due.)",
        lambda p, used, other: (
            *_pull(p, other, used, _sigma(-p @ (other - used)))[:1],
            *_pull(p, other, used, _sigma(-p @ (other - used)))[:0:-1],
        ),
    ),
)

MEAN_OF_ALL = (
    instead(
        "plain mean",
        "That is the mean of the ratings as they came. Those that were likely to come count too "
        "much in it.",
        lambda stars, chance: np.mean(stars),
    ),
    instead(
        "weights the wrong way",
        "You weigh by the chance itself. What was *likely* to be rated is there often already: "
        "weigh by 1 / chance.",
        lambda stars, chance: np.sum(stars * chance) / np.sum(chance),
    ),
    instead(
        "divided by the number of ratings",
        "You divide by how many ratings came. Divide by the sum of the weights, which estimates "
        "how many pairs there are.",
        lambda stars, chance: np.mean(stars / chance),
    ),
    instead(
        "weighted sum",
        "This is the weighted sum. Divide it by the sum of the weights.",
        lambda stars, chance: np.sum(stars / chance),
    ),
    instead(
        "chance of silence",
        "You weigh by 1 − chance. Then a rating of chance ½ stands for half a pair; it should "
        "stand for two, itself and one that is missing.",
        lambda stars, chance: np.sum(stars * (1 - chance)) / np.sum(1 - chance),
    ),
    instead(
        "mean of the weights divided",
        "You multiply the mean rating by the mean weight. Each rating has a weight of its own.",
        lambda stars, chance: np.mean(stars) * np.mean(1 / chance),
    ),
    instead(
        "root",
        "You weigh by one over the root of the chance. It is one over the chance itself that makes "
        "the mean right.",
        lambda stars, chance: np.sum(stars / np.sqrt(chance)) / np.sum(1 / np.sqrt(chance)),
    ),
)
