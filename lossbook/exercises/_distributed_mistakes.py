"""Typical mistakes with means, steps and loops over several machines."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments
from lossbook.exercises.step_mistakes import of_step

# --- two shares as one: (n_a, mean_a, n_b, mean_b) ---------------------------------------------


def _merged(count, mean):
    """Return the merge with another count or mean, each a function of the arguments."""

    def wrong(n_a, mean_a, n_b, mean_b):
        with np.errstate(all="ignore"):
            return count(n_a, n_b), mean(n_a, mean_a, n_b, mean_b)

    return wrong


def _both(n_a, n_b):
    return n_a + n_b


def _weighted(n_a, mean_a, n_b, mean_b, otherwise=0.0):
    n = n_a + n_b
    return (n_a * mean_a + n_b * mean_b) / n if n else np.full(len(mean_a), otherwise)


MERGE = (
    instead(
        "mean of the means",
        "You give both shares the same weight. One of a single sample then says as much as one "
        "of a thousand: weigh each by its count.",
        _merged(_both, lambda n_a, a, n_b, b: (a + b) / 2),
    ),
    instead(
        "nothing and nothing",
        "Two empty shares make NaN: you divide by a count of zero. Their merge is empty, too: "
        "count 0 and a mean of zeros.",
        _merged(_both, lambda *args: _weighted(*args, otherwise=np.nan)),
    ),
    instead(
        "mean of the means, except for empty ones",
        "You leave out an empty share and give the other two the same weight. Weigh each by its "
        "count.",
        _merged(_both, lambda n_a, a, n_b, b: (a + b) / max((n_a > 0) + (n_b > 0), 1)),
    ),
    instead(
        "not divided",
        "You add count times mean: that is the sum over all samples. Divide by their number.",
        _merged(_both, lambda n_a, a, n_b, b: n_a * a + n_b * b),
    ),
    instead(
        "sum of the means",
        "You add the means, so that the result grows with every merge. Weigh each by its share of "
        "the samples.",
        _merged(_both, lambda n_a, a, n_b, b: a + b),
    ),
    instead(
        "divided by two",
        "The weights are right, the divisor is not: divide by the number of samples, not by that "
        "of the shares.",
        _merged(_both, lambda n_a, a, n_b, b: (n_a * a + n_b * b) / 2),
    ),
    instead(
        "weights swapped",
        "You weigh each mean by the other's count.",
        _merged(_both, lambda n_a, a, n_b, b: _weighted(n_a, b, n_b, a)),
    ),
    instead(
        "count not brought up to date",
        "The mean is right, and the count is not: the merge stands for the samples of both, or "
        "the next merge will go wrong.",
        _merged(lambda n_a, n_b: n_a, _weighted),
    ),
    instead(
        "shares counted instead of samples",
        "The mean is right, and the count is not: add the counts of samples, or the next merge "
        "will go wrong.",
        _merged(lambda n_a, n_b: 2, _weighted),
    ),
    instead(
        "order of the pair",
        "You return the mean first. The count comes first, as in the arguments.",
        lambda *args: (_weighted(*args), args[0] + args[2]),
    ),
)

# --- a synchronous step: (w, sums, batches, sizes, lr) -----------------------------------------


def _against(gradient):
    """Return the step against another gradient."""
    return lambda w, sums, batches, sizes, lr: w - lr * gradient(sums, batches, sizes)


SYNC_STEP = (
    instead(
        "weighted by the batches",
        "You average over all samples drawn, so that a partition counts by what it has drawn. "
        "It must count by what it holds: weigh its mean by its share of all samples.",
        _against(lambda sums, batches, sizes: sums.sum(axis=0) / batches.sum()),
    ),
    instead(
        "mean of the means",
        "You give every partition the same weight. Weigh the mean of each batch by the size of "
        "its partition.",
        _against(lambda sums, batches, sizes: (sums / batches[:, None]).mean(axis=0)),
    ),
    instead(
        "divided by all samples",
        "You add the sums and divide by the number of all samples, but only some were drawn: the "
        "step is too short. Each sum stands for sizes / batches times as many.",
        _against(lambda sums, batches, sizes: sums.sum(axis=0) / sizes.sum()),
    ),
    instead(
        "sums taken for means",
        "You weigh the sums. Divide each by the size of its batch first: the weights belong to "
        "means.",
        _against(lambda sums, batches, sizes: sizes / sizes.sum() @ sums),
    ),
    instead(
        "sum of the means",
        "You add the means of the batches, so that the step grows with the number of partitions. "
        "Weigh each by its share of all samples.",
        _against(lambda sums, batches, sizes: (sums / batches[:, None]).sum(axis=0)),
    ),
    instead(
        "not divided by all samples",
        "You scale every batch up to its partition and add: that estimates the gradient of the "
        "*sum* of all losses. Divide by the number of all samples.",
        _against(lambda sums, batches, sizes: sizes / batches @ sums),
    ),
    *(m for m in of_step(lr=4) if m.name not in ("step half as long", "step twice as long")),
)

# --- local SGD: (X, y, sizes, lr, rounds, steps) -----------------------------------------------


def _average(ends, sizes):
    return np.average(ends, axis=0, weights=sizes)


def local_loop(average=_average, divisor=lambda rows, n: rows, start=0.0, chain=False, end=None):
    """Return the loop with another average, divisor of the gradient, start, or order."""

    def run(X, y, sizes, lr, rounds, steps):
        w, cuts = np.full(X.shape[1], start), np.cumsum(sizes)[:-1]
        for _ in range(rounds):
            ends = []
            for A, b in zip(np.split(X, cuts), np.split(y, cuts), strict=True):
                v = ends[-1] if chain and ends else w
                for _ in range(steps):
                    v = v - lr * 2 * A.T @ (A @ v - b) / divisor(len(b), len(y))
                ends.append(v)
            w = average(ends, sizes)
        return end(ends) if end else w

    return run


def _from_the_top(X, y, sizes, lr, rounds, steps):
    rows = np.concatenate([np.arange(size) for size in sizes])
    return local_loop()(X[rows], y[rows], sizes, lr, rounds, steps)


LOCAL = (
    instead(
        "averaged without weights",
        "You give every machine the same weight. Weigh its parameters by its number of rows.",
        local_loop(average=lambda ends, sizes: np.mean(ends, axis=0)),
    ),
    instead(
        "the first rows for everyone",
        "Every machine computes on rows from the top of the table. Each has rows of its own: the "
        "next `sizes[c]`.",
        _from_the_top,
    ),
    of_arguments(
        "averaged after every step",
        "Your machines agree after every step, so that this is plain gradient descent on all "
        "rows: you average gradients, or parameters too often. Each machine makes all its steps "
        "alone first.",
        lambda X, y, sizes, *rest: (X, y, np.array([len(y)]), *rest),
    ),
    of_arguments(
        "one local step",
        "Your machines make a single step in every round. They must make `steps` of them before "
        "the average.",
        lambda X, y, sizes, lr, rounds, steps: (X, y, sizes, lr, rounds, 1),
    ),
    of_arguments(
        "one local step, first round only",
        "Your machines make a single step, once. Is the `return` inside a loop? Each makes `steps` "
        "of them in every round, and there are `rounds`.",
        lambda X, y, sizes, lr, rounds, steps: (X, y, sizes, lr, 1, 1),
    ),
    of_arguments(
        "averaged at the end only",
        "Your machines go on from their own parameters in every round, and are averaged once, at "
        "the end. Each round must start from the average of the one before.",
        lambda X, y, sizes, lr, rounds, steps: (X, y, sizes, lr, 1, rounds * steps),
    ),
    instead(
        "one after the other",
        "Your second machine starts where the first one stopped. All of them must start from the "
        "common parameters: set the local ones back before each machine.",
        local_loop(chain=True, average=lambda ends, sizes: ends[-1]),
    ),
    instead(
        "one after the other, averaged",
        "You average, but your second machine has started where the first one stopped. All of "
        "them must start from the common parameters.",
        local_loop(chain=True),
    ),
    instead(
        "the last machine's parameters",
        "You go on with the parameters of the last machine, and the others count for nothing. "
        "Average them all.",
        local_loop(average=lambda ends, sizes: ends[-1]),
    ),
    instead(
        "last average left out",
        "The rounds are right, but you return the parameters of one machine. Return their "
        "average after the last round.",
        local_loop(end=lambda ends: ends[-1]),
    ),
    instead(
        "sum of the parameters",
        "You add the machines' parameters up. Average them, each weighted by its share of the "
        "rows.",
        local_loop(average=lambda ends, sizes: np.sum(ends, axis=0)),
    ),
    instead(
        "divided by all rows",
        "You divide each machine's gradient by the number of all rows. Its loss is the mean over "
        "its *own* rows.",
        local_loop(divisor=lambda rows, n: n),
    ),
    instead(
        "sum instead of mean",
        "The division is missing in the gradient: every step is as many times too long as the "
        "machine has rows.",
        local_loop(divisor=lambda rows, n: 1),
    ),
    instead(
        "started from ones",
        "Your loop starts at w = 1. Start from zeros, as the exercise says.",
        local_loop(start=1.0),
    ),
    of_arguments(
        "uphill",
        "Your loop adds the gradient where it must subtract it, and climbs.",
        lambda X, y, sizes, lr, *rest: (X, y, sizes, -lr, *rest),
    ),
    of_arguments(
        "step half as long",
        "Every step is half as long as it should be. Look for a forgotten factor 2 in the "
        "gradient (the derivative of r² is 2r).",
        lambda X, y, sizes, lr, *rest: (X, y, sizes, lr / 2, *rest),
    ),
    of_arguments(
        "first round only",
        "Only one round counts. Is the `return` inside the loop, or does every round start again "
        "from zeros?",
        lambda X, y, sizes, lr, rounds, steps: (X, y, sizes, lr, 1, steps),
    ),
    of_arguments(
        "one round too few",
        "Your loop makes one round less than it should. `range(rounds)` makes exactly `rounds`.",
        lambda X, y, sizes, lr, rounds, steps: (X, y, sizes, lr, rounds - 1, steps),
    ),
)
