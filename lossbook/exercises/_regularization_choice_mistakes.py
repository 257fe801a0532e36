"""Typical mistakes of dropout and of the choice of a strength."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments

# --- dropout, called as dropout(a, u, p, training) ----------------------------------------------


def _layer(train, use=lambda a, p: a):
    """Return the layer that does ``train(a, u, p)`` in training and ``use(a, p)`` otherwise."""
    return lambda a, u, p, training: train(a, u, p) if training else use(a, p)


def _right(a, u, p):
    return a * (u >= p) / (1 - p)


DROPOUT = (
    instead(
        "not scaled",
        "The units that survive keep their size, so that the layer is weaker in training than in "
        "use. Divide them by 1 − p.",
        _layer(lambda a, u, p: a * (u >= p)),
    ),
    instead(
        "scaled in use",
        "You do not scale in training, and multiply by 1 − p in use. That was the first form of "
        "dropout, and is sound; here the survivors are scaled up in training, and nothing is done "
        "in use.",
        _layer(lambda a, u, p: a * (u >= p), lambda a, p: a * (1 - p)),
    ),
    instead(
        "scaled up in use as well",
        "In training it is right. In use every unit is there: return `a` as it is.",
        _layer(_right, lambda a, p: a / (1 - p)),
    ),
    instead(
        "scaled down in use as well",
        "In training it is right, and it makes up for the missing units. In use nothing is left "
        "to do: return `a` as it is.",
        _layer(_right, lambda a, p: a * (1 - p)),
    ),
    of_arguments(
        "units left out in use",
        "You leave units out in use as well, so that predictions are drawn by lot. Look at "
        "`training`.",
        lambda a, u, p, training: (a, u, p, True),
    ),
    of_arguments(
        "no dropout",
        "You return the layer as it is, in training too. Is the test of `training` the wrong way "
        "round, or the result not returned?",
        lambda a, u, p, training: (a, u, p, False),
    ),
    instead(
        "training and use swapped",
        "You leave units out in use, and none in training. Turn the test of `training` round.",
        lambda a, u, p, training: a if training else _right(a, u, p),
    ),
    instead(
        "the others left out",
        "You keep the units whose number is below p. Those are the ones to leave out.",
        _layer(lambda a, u, p: a * (u < p) / (1 - p)),
    ),
    instead(
        "numbers equal to p left out",
        "You leave out a unit whose number is exactly p as well. Leave out those below p.",
        _layer(lambda a, u, p: a * (u > p) / (1 - p)),
    ),
    instead(
        "kept with probability p",
        "You keep a unit with probability p, and scale by 1/p. Here p is the share left *out*.",
        _layer(lambda a, u, p: a * (u < p) / p),
    ),
    instead(
        "scaled by 1/p",
        "The mask is right. A unit survives with probability 1 − p: divide by that, not by p.",
        _layer(lambda a, u, p: a * (u >= p) / p),
    ),
    instead(
        "multiplied instead of divided",
        "The mask is right. You multiply the survivors by 1 − p, which makes the layer weaker "
        "still. Divide.",
        _layer(lambda a, u, p: a * (u >= p) * (1 - p)),
    ),
    instead(
        "one mask for all rows",
        "Every row loses the same units: you use the first row of `u` for all. Each sample has "
        "a mask of its own.",
        _layer(lambda a, u, p: a * (u[:1] >= p) / (1 - p)),
    ),
    instead(
        "one mask for all units",
        "All units of a row live or die together: you use the first column of `u` for all. Each "
        "unit has a number of its own.",
        _layer(lambda a, u, p: a * (u[:, :1] >= p) / (1 - p)),
    ),
    instead(
        "only the mask",
        "You return the mask. Multiply the layer by it.",
        _layer(lambda a, u, p: (u >= p) / (1 - p)),
    ),
)

# --- a strength, called as choose(errors, strengths) --------------------------------------------


def _within(margin, pick=np.max, centre=np.mean):
    """Return the rule that picks from the strengths within ``margin(best column)``."""

    def rule(errors, strengths):
        means = centre(errors, axis=0)
        best = means.argmin()
        return pick(strengths[means <= means[best] + margin(errors[:, best])])

    return rule


def _error(column):
    return column.std(ddof=1) / np.sqrt(len(column))


def _below(errors, strengths):
    means = errors.mean(axis=0)
    best = means.argmin()
    return strengths[means < means[best] + _error(errors[:, best])].max()


def _walk(errors, strengths):
    means = errors.mean(axis=0)
    best = means.argmin()
    beyond = np.append(means[best:] > means[best] + _error(errors[:, best]), True)
    return strengths[best + beyond.argmax() - 1]


def _own_error(errors, strengths):
    means = errors.mean(axis=0)
    errors_of = errors.std(axis=0, ddof=1) / np.sqrt(len(errors))
    return strengths[means - errors_of <= means.min()].max()


CHOICE = (
    instead(
        "the best mean",
        "You return the strength with the least mean error. The rule goes on from there, to the "
        "strongest penalty within one standard error of it.",
        lambda errors, strengths: strengths[errors.mean(axis=0).argmin()],
    ),
    instead(
        "standard deviation instead of standard error",
        "Your margin is the standard deviation of the folds. Their mean scatters less, by the root "
        "of their number.",
        _within(lambda column: column.std(ddof=1)),
    ),
    instead(
        "divided by the number of folds",
        "You divide the standard deviation by the number of folds. It is the root of that number.",
        _within(lambda column: column.std(ddof=1) / len(column)),
    ),
    instead(
        "folds instead of folds − 1",
        "You estimate the spread of the folds with their number in the denominator, as NumPy does "
        "by default. Take one less, with `ddof=1`.",
        _within(lambda column: column.std() / np.sqrt(len(column))),
    ),
    instead(
        "the weakest penalty within the margin",
        "You return the *weakest* penalty within one standard error. The rule asks for the "
        "strongest: it decides for the simpler model where the data cannot.",
        _within(_error, pick=np.min),
    ),
    instead(
        "less than instead of at most",
        "You leave out a strength whose mean is exactly the least mean plus the standard error. "
        "At most is `<=`.",
        _below,
    ),
    instead(
        "stopped at the first above",
        "You go from the best towards stronger penalties and stop at the first that is too bad. "
        "One further on may be within the margin again: look at all of them.",
        _walk,
    ),
    instead(
        "margin of each strength by itself",
        "You compare with each strength's own standard error. The margin is that of the best.",
        _own_error,
    ),
    instead(
        "the best single fold",
        "You pick the smallest error of the whole table: the luckiest fold decides. Take the mean "
        "over the folds first.",
        lambda errors, strengths: strengths[errors.argmin() % errors.shape[1]],
    ),
    instead(
        "the largest error",
        "You look for the largest mean. These are errors: the smallest is the best.",
        lambda errors, strengths: strengths[errors.mean(axis=0).argmax()],
    ),
    instead(
        "position instead of strength",
        "You return the position in the list. Return the strength that stands there.",
        lambda errors, strengths: np.flatnonzero(strengths == _within(_error)(errors, strengths))[
            0
        ],
    ),
    instead(
        "median over the folds",
        "You take the median over the folds in place of the mean.",
        _within(_error, centre=np.median),
    ),
)
