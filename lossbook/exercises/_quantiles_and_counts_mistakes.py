"""Mistakes typical of the exercises of *Quantiles and counts*."""

import numpy as np

from lossbook.exercises.mistakes import (
    COLUMNS_TOO,
    MEAN_TWICE,
    instead,
    of_result,
)

VALUE = (
    instead(
        "q and 1 − q exchanged",
        "You charge q where the prediction is too *high*. It is the other way round: for q = 0.9 a "
        "unit too low costs 0.9, so that the prediction rises above most truths.",
        lambda y, p, q: np.mean(np.where(p > y, q * (p - y), (1 - q) * (y - p))),
    ),
    instead(
        "sign lost on one side",
        "Your weights are on the right sides. Where the prediction is too high, y − p is negative, "
        "and your loss with it: both pieces must come out positive.",
        lambda y, p, q: np.mean(np.where(y > p, q * (y - p), (1 - q) * (y - p))),
    ),
    instead(
        "smaller of the two lines",
        "You take the smaller of the two lines, which is never positive. The loss is the larger.",
        lambda y, p, q: np.mean(np.minimum((1 - q) * (p - y), -q * (p - y))),
    ),
    instead(
        "sign lost on the left",
        "Where the prediction is too low your loss is negative: r is negative there, and q r with "
        "it. Write −q r.",
        lambda y, p, q: np.mean(np.where(p > y, (1 - q) * (p - y), q * (p - y))),
    ),
    instead(
        "weights on the squares",
        "You square the residuals: that is the expectile loss.",
        lambda y, p, q: np.mean(np.where(p > y, 1 - q, q) * (p - y) ** 2),
    ),
    instead(
        "one side only",
        "A prediction that is too high costs nothing in your loss, so it will rise without end. "
        "Charge 1 − q a unit there.",
        lambda y, p, q: np.mean(q * np.maximum(y - p, 0)),
    ),
    instead(
        "q on both sides",
        "You charge q on both sides. That is q times the absolute error, whose minimum is the "
        "median for every q.",
        lambda y, p, q: q * np.mean(np.abs(p - y)),
    ),
    instead(
        "absolute error",
        "That is the mean absolute error. A unit too low costs q, a unit too high 1 − q.",
        lambda y, p, q: np.mean(np.abs(p - y)),
    ),
    instead(
        "residual averaged first",
        "You average the residuals before you weigh them, so that too high and too low cancel. "
        "Weigh each residual, then take the mean.",
        lambda y, p, q: np.maximum((1 - q) * np.mean(p - y), -q * np.mean(p - y)),
    ),
)

COVERAGE = (
    instead(
        "edges left out",
        "Right, but for truths that lie on an edge. They are inside: use `<=`.",
        lambda y, lower, upper: np.mean((lower < y) & (y < upper)),
    ),
    instead(
        "ceiling left out",
        "Right, but for truths that lie on the ceiling. They are inside: use `<=` there too.",
        lambda y, lower, upper: np.mean((lower <= y) & (y < upper)),
    ),
    instead(
        "floor left out",
        "Right, but for truths that lie on the floor. They are inside: use `<=` there too.",
        lambda y, lower, upper: np.mean((lower < y) & (y <= upper)),
    ),
    instead(
        "or instead of and",
        "A truth is inside if it is above the floor *and* below the ceiling. With *or* nearly "
        "all are.",
        lambda y, lower, upper: np.mean((lower <= y) | (y <= upper)),
    ),
    instead(
        "share outside",
        "That is the share outside. The coverage is the share inside.",
        lambda y, lower, upper: np.mean((y < lower) | (upper < y)),
    ),
    instead(
        "count instead of share",
        "You count the truths inside. Divide by the number of truths.",
        lambda y, lower, upper: np.sum((lower <= y) & (y <= upper)),
    ),
    instead(
        "ceiling only",
        "You look at the ceiling only. A truth below the floor is outside too.",
        lambda y, lower, upper: np.mean(y <= upper),
    ),
    instead(
        "floor only",
        "You look at the floor only. A truth above the ceiling is outside too.",
        lambda y, lower, upper: np.mean(lower <= y),
    ),
    instead(
        "bands uncrossed first",
        "You put the ends of each band into order first. That is a repair, and a good one; the "
        "exercise asks for the coverage as it is: nothing is inside a band that has crossed.",
        lambda y, lower, upper: np.mean(
            (np.minimum(lower, upper) <= y) & (y <= np.maximum(lower, upper))
        ),
    ),
    instead(
        "both conditions averaged apart",
        "You multiply two shares. A truth has to keep both conditions at once: combine them "
        "sample by sample, then take the mean.",
        lambda y, lower, upper: np.mean(lower <= y) * np.mean(y <= upper),
    ),
)

POISSON_GRADIENT = (
    of_result(
        "sign reversed",
        "Your gradient has the right size and the wrong sign: it is predicted mean minus truth. A "
        "step against yours would climb.",
        lambda result, *args: -result,
    ),
    instead(
        "link forgotten",
        "You take X w for the predicted mean: that is the gradient of half the squared error. The "
        "mean is exp(X w).",
        lambda w, X, y: X.T @ (X @ w - y) / len(y),
    ),
    of_result(
        "sum instead of mean",
        "The 1/n is missing: your gradient grows with the number of samples.",
        lambda result, w, X, y: result * len(y),
    ),
    instead(
        "link differentiated twice",
        "You multiply by exp(X w) once more, as if the loss were half the squared error of the "
        "mean. The Poisson loss divides by the mean, and the two cancel.",
        lambda w, X, y: X.T @ ((np.exp(X @ w) - y) * np.exp(X @ w)) / len(y),
    ),
    instead(
        "derivative by the mean",
        "You have (μ − y)/μ, the derivative by the mean. By z = log μ the chain rule multiplies it "
        "by μ.",
        lambda w, X, y: X.T @ (1 - y / np.exp(X @ w)) / len(y),
    ),
    of_result(
        "twice",
        "Your gradient is twice the right one: that of the deviance, which is twice the loss.",
        lambda result, *args: 2 * result,
    ),
    instead(
        "divided by the parameters",
        "You divide by the number of parameters. The mean is over the samples, the rows of X.",
        lambda w, X, y: X.T @ (np.exp(X @ w) - y) / X.shape[1],
    ),
    MEAN_TWICE,
    COLUMNS_TOO,
)

TWEEDIE = (
    instead(
        "link forgotten, by the mean",
        "You take z for the mean itself, and a negative z has no power p. The mean is exp(z), and "
        "dμ/dz comes into it too.",
        lambda y, z, power: (z - y) / z**power,
    ),
    instead(
        "chain rule reversed",
        "You divide by μ where the chain rule multiplies: dμ/dz is μ itself.",
        lambda y, z, power: np.exp(-(1 + power) * z) * (np.exp(z) - y),
    ),
    instead(
        "derivative by the mean",
        "That is (μ − y)/V(μ), the derivative by the mean. By z = log μ the chain rule multiplies "
        "it by μ.",
        lambda y, z, power: np.exp(-power * z) * (np.exp(z) - y),
    ),
    instead(
        "multiplied by the variance",
        "You multiply by V(μ) where you should divide: who scatters more pulls less.",
        lambda y, z, power: np.exp((1 + power) * z) * (np.exp(z) - y),
    ),
    instead(
        "link forgotten",
        "You take z for the mean itself. The mean is exp(z).",
        lambda y, z, power: np.exp((1 - power) * z) * (z - y),
    ),
    instead(
        "Poisson for every power",
        "That is the derivative for p = 1. For another power it is multiplied by μ^(1 − p).",
        lambda y, z, power: np.exp(z) - y,
    ),
    instead(
        "truth not multiplied",
        "You have μ^(2 − p) − y. The factor μ^(1 − p) belongs to the truth as well.",
        lambda y, z, power: np.exp((2 - power) * z) - y,
    ),
    instead(
        "p − 1 instead of 1 − p",
        "Your exponent has the wrong sign: μ^(p − 1). One power of μ comes from the link, p powers "
        "are divided out.",
        lambda y, z, power: np.exp((power - 1) * z) * (np.exp(z) - y),
    ),
)


def _weighted_median(y, weight, side="left"):
    order = np.argsort(y)
    so_far = np.cumsum(weight[order])
    return y[order][np.searchsorted(so_far, so_far[-1] / 2, side)]


CONSTANT = (
    instead(
        "upper end of a range",
        "Right, but for the sample in which several constants are equally good: the lower end is "
        "asked for, where half of the weight is *reached*. Compare with `>=`.",
        lambda y: _weighted_median(y, 1 / y, side="right"),
    ),
    instead(
        "middle of a range",
        "Right, but for the sample in which several constants are equally good: the lower end of "
        "their range is asked for.",
        lambda y: _weighted_median(y, 1 / y) / 2 + _weighted_median(y, 1 / y, side="right") / 2,
    ),
    instead(
        "median without weights",
        "That is the median: every truth weighs the same. In a percentage error a truth weighs "
        "1/y.",
        lambda y: np.median(y),
    ),
    instead(
        "mean instead",
        "That is the mean, the answer to the squared error.",
        lambda y: np.mean(y),
    ),
    instead(
        "harmonic mean",
        "That is the harmonic mean: the right weights, 1/y, but the mean under them. The error is "
        "absolute, so take the median under them.",
        lambda y: len(y) / np.sum(1 / y),
    ),
    instead(
        "geometric mean",
        "That is the geometric mean, the answer to squared errors of logarithms.",
        lambda y: np.exp(np.mean(np.log(y))),
    ),
    instead(
        "weighted by y",
        "Your weights grow with the truth. Dividing the error by y makes small truths weigh more.",
        lambda y: _weighted_median(y, y),
    ),
    instead(
        "not sorted",
        "You add up the weights in the order in which the truths came. Sort the truths first.",
        lambda y: y[np.searchsorted(np.cumsum(1 / y), np.sum(1 / y) / 2)],
    ),
    instead(
        "weights squared",
        "Your weights are 1/y². In an absolute percentage error they are 1/y.",
        lambda y: _weighted_median(y, 1 / y**2),
    ),
    instead(
        "smallest truth",
        "You return the smallest truth. It has the largest weight, but seldom half of it.",
        lambda y: np.min(y),
    ),
)
