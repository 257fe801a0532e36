"""Mistakes typical of a bootstrap interval, in *Fraud detection*."""

import numpy as np

from lossbook.exercises._mistake import instead


def _ends(values, low=0.025, high=0.975):
    return np.quantile(values, low), np.quantile(values, high)


def _bell(mean, error):
    return mean - 1.96 * error, mean + 1.96 * error


INTERVAL = (
    instead(
        "quantiles of the payments",
        "These are quantiles of the costs of single payments. The interval is about their *mean*: "
        "take the mean of each draw first.",
        lambda costs, draws: _ends(costs),
    ),
    instead(
        "5 and 95 per cent",
        "Between the 5 % and the 95 % quantile lie 90 % of the draws. For 95 % leave out 2.5 % on "
        "either side.",
        lambda costs, draws: _ends(costs[draws].mean(axis=1), 0.05, 0.95),
    ),
    instead(
        "mean along the wrong axis",
        "You average over the draws, not within each. A row of `draws` is one draw, so the mean "
        "goes along `axis=1`.",
        lambda costs, draws: _ends(costs[draws].mean(axis=0)),
    ),
    instead(
        "sums",
        "You take the sum of each draw. The mean cost of a payment is asked for.",
        lambda costs, draws: _ends(costs[draws].sum(axis=1)),
    ),
    instead(
        "no mean",
        "You take quantiles of all drawn costs at once. First the mean of each draw, then the "
        "quantiles of these means.",
        lambda costs, draws: _ends(costs[draws]),
    ),
    *(
        instead(
            "draws ignored",
            "You use the bell curve, mean ± 1.96 standard errors. With few costly payments the "
            "draws are lopsided; take their quantiles.",
            lambda costs, draws, ddof=ddof: _bell(
                costs.mean(), costs.std(ddof=ddof) / np.sqrt(len(costs))
            ),
        )
        for ddof in (0, 1)
    ),
    instead(
        "bell curve around the draws",
        "You use mean ± 1.96 standard deviations of the draws. That is an interval too, but a "
        "symmetric one. The 2.5 % and 97.5 % quantiles are asked for.",
        lambda costs, draws: _bell(
            costs[draws].mean(axis=1).mean(), costs[draws].mean(axis=1).std()
        ),
    ),
    instead(
        "smallest and largest",
        "You return the smallest and the largest mean. These move outwards with every further "
        "draw; leave out 2.5 % on either side.",
        lambda costs, draws: _ends(costs[draws].mean(axis=1), 0, 1),
    ),
    instead(
        "ends exchanged",
        "Right, but the lower end comes first.",
        lambda costs, draws: _ends(costs[draws].mean(axis=1), 0.975, 0.025),
    ),
    instead(
        "medians",
        "You take the median of each draw. Most payments cost nothing; the mean is what is paid.",
        lambda costs, draws: _ends(np.median(costs[draws], axis=1)),
    ),
)
