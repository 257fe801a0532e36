"""Mistakes typical of the exercises of *Self-supervised learning*."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments, of_result


def _padded(images, down, right):
    """Return the moved images, with the ink of the rim drawn out behind them."""
    rows, columns = images.shape[1:]
    i = np.clip(np.arange(rows) - down, 0, rows - 1)
    k = np.clip(np.arange(columns) - right, 0, columns - 1)
    return images[:, i][:, :, k]


SHIFT = (
    instead(
        "wrapped around",
        "What leaves on one side comes back on the other: `np.roll` wraps. Fill with 0 there.",
        lambda images, down, right: np.roll(images, (down, right), axis=(1, 2)),
    ),
    of_arguments(
        "opposite direction",
        "You move the images the other way: a positive `down` moves the ink down, a positive "
        "`right` to the right.",
        lambda images, down, right: (images, -down, -right),
    ),
    of_arguments(
        "down and right exchanged",
        "You move down by `right` and right by `down`. Axis 1 holds the rows, axis 2 the columns.",
        lambda images, down, right: (images, right, down),
    ),
    instead(
        "rim drawn out",
        "Behind the image you repeat the ink of its rim. The paper there is white: 0.",
        _padded,
    ),
    of_arguments(
        "up for down",
        "Right and left are right; up and down are exchanged. Row 0 is the top, so that ink that "
        "moves down gets a larger row number.",
        lambda images, down, right: (images, -down, right),
    ),
    of_arguments(
        "left for right",
        "Up and down are right; right and left are exchanged.",
        lambda images, down, right: (images, down, -right),
    ),
)


def _losses(z):
    return np.log(np.exp(z).sum(axis=1)) - np.diag(z)


BOUND = (
    instead(
        "the loss itself",
        "You return the loss. The bound is log n minus that.",
        lambda z: np.mean(_losses(z)),
    ),
    instead(
        "minus the loss",
        "You return minus the loss. Add log n.",
        lambda z: -np.mean(_losses(z)),
    ),
    instead(
        "loss added",
        "You add the loss to log n. The smaller the loss, the larger the bound: log n *minus* it.",
        lambda z: np.log(len(z)) + np.mean(_losses(z)),
    ),
    of_result(
        "sign reversed",
        "You return the loss minus log n. The better the keys are found, the *larger* is the "
        "bound: log n minus the loss.",
        lambda value, z: -value,
    ),
    of_result(
        "bits",
        "Right, but in bits: you take the logarithm to base 2. The loss is in nats, `np.log`.",
        lambda value, z: value / np.log(2),
    ),
    instead(
        "columns for rows",
        "You divide by the sum over a column. A query is a row: its share is out of the keys of "
        "its row, `axis=1`.",
        lambda z: np.log(len(z)) - np.mean(np.log(np.exp(z).sum(axis=0)) - np.diag(z)),
    ),
    instead(
        "sum over the rows",
        "You add the losses of the rows up. Take their mean.",
        lambda z: np.log(len(z)) - np.sum(_losses(z)),
    ),
    instead(
        "the right key left out of the sum",
        "You divide by the wrong keys only. The share is out of *all* keys, the right one too.",
        lambda z: (
            np.log(len(z))
            - np.mean(np.log(np.where(np.eye(len(z)), 0, np.exp(z)).sum(axis=1)) - np.diag(z))
        ),
    ),
    instead(
        "log of the wrong keys",
        "You take log (n − 1). There are n keys to choose from, the right one among them: log n.",
        lambda z: np.log(len(z) - 1) - np.mean(_losses(z)),
    ),
    instead(
        "log of the mean share",
        "You take the log of the mean share. The loss is the mean of the logs.",
        lambda z: np.log(len(z)) + np.log(np.mean(np.exp(-_losses(z)))),
    ),
)


def _shares(E, power=1, centred=True):
    s = np.linalg.svd(E - centred * E.mean(axis=0), compute_uv=False) ** power
    p = s / s.sum()
    return p[p > 1e-12]


def _entropy(p):
    return -np.sum(p * np.log(p))


RANK = (
    instead(
        "not centred",
        "You have not taken the mean off. The direction of the mean then counts as one that the "
        "vectors use, although they all share it.",
        lambda E: np.exp(_entropy(_shares(E, centred=False))),
    ),
    instead(
        "squares of the singular values",
        "You take shares of the *squares*, the variances. Here the singular values themselves are "
        "divided by their sum.",
        lambda E: np.exp(_entropy(_shares(E, power=2))),
    ),
    instead(
        "the entropy itself",
        "You return the entropy. Its exponential is a number of directions.",
        lambda E: _entropy(_shares(E)),
    ),
    instead(
        "2 to the entropy in nats",
        "You mix the bases: with `np.log` the exponential is `np.exp`, with `np.log2` it is "
        "`2 **`.",
        lambda E: 2 ** _entropy(_shares(E)),
    ),
    instead(
        "the rank",
        "You return the rank, which counts a direction in full however little it is used.",
        lambda E: float(np.linalg.matrix_rank(E - E.mean(axis=0))),
    ),
    instead(
        "the sign of the entropy",
        "You return exp(Σ p log p), which is one over the effective rank. The entropy is "
        "−Σ p log p.",
        lambda E: np.exp(-_entropy(_shares(E))),
    ),
    instead(
        "one over the sum of the squared shares",
        "You return 1 / Σ p², another count of directions, the participation ratio. Here it is "
        "the exponential of the entropy.",
        lambda E: 1 / np.sum(_shares(E) ** 2),
    ),
)
