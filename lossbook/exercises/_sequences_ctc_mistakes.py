"""Mistakes typical of the exercises of *Sequences: CTC*."""

from itertools import groupby, product

import numpy as np

from lossbook.exercises.mistakes import instead, of_arguments, of_result


def _merged(path):
    return [k for k, _ in groupby(path)]


def _runs(path):
    """Return the path with its repeats merged, and its blanks kept, as an array."""
    return np.array(_merged(path), dtype=int)


def _halved(path):
    runs = ([*run] for k, run in groupby(path) if k != 0)
    return [k for run in runs for k in run[::2]]


COLLAPSE = (
    instead(
        "blanks dropped first",
        "You drop the blanks before you merge repeats. Then a blank parts nothing, and no label "
        "can come twice in a row. Merge first.",
        lambda path: np.array(_merged(path[path != 0]), dtype=int),
    ),
    instead(
        "repeats not merged",
        "You drop the blanks and keep every repeat. A label that lasts for several frames without "
        "a break is one label.",
        lambda path: path[path != 0],
    ),
    instead(
        "repeats merged in pairs",
        "You merge repeats two by two, so that a label of three frames is counted twice. A label "
        "lasts as long as no other class comes: merge the whole run.",
        lambda path: np.array(_halved(path), dtype=int),
    ),
    instead(
        "blanks not dropped",
        "You merge repeats, and the blanks are still there. They are no labels: drop every 0.",
        _runs,
    ),
    instead(
        "each label once",
        "You keep each label only once. It may come again after a blank, or after another label.",
        lambda path: np.array([*dict.fromkeys(path[path != 0].tolist())], dtype=int),
    ),
    instead(
        "labels sorted",
        "You return the different labels in the order of their numbers. The order of the frames "
        "counts, and a label may come again.",
        lambda path: np.unique(path[path != 0]),
    ),
    instead(
        "first label lost",
        "You compare each frame with the one before it and begin at the second. The first frame "
        "has none before it: it always counts.",
        lambda path: path[1:][(path[1:] != path[:-1]) & (path[1:] != 0)],
    ),
    instead(
        "last label lost",
        "You compare each frame with the next one, and the last frame has none. It always counts.",
        lambda path: path[:-1][(path[1:] != path[:-1]) & (path[:-1] != 0)],
    ),
)


def _collapsed(path, blank=0):
    return [int(k) for k in _merged(path) if k != blank]


def _fitting(p, labels, reads=_collapsed, joined=np.prod):
    """Return the probability of each path that reads the labels, in an array."""
    every = product(range(p.shape[1]), repeat=len(p))
    paths = [path for path in every if reads(path) == labels.tolist()]
    return np.array([joined(p[np.arange(len(p)), path]) for path in paths])


def _other_order(path):
    return [int(k) for k in _merged([k for k in path if k != 0])]


def _unmerged(path):
    return [int(k) for k in path if k != 0]


LOSS = (
    of_result(
        "sign reversed",
        "This is the logarithm of the probability, which is never positive. The loss is minus it.",
        lambda result, *args: -result,
    ),
    of_result(
        "probability instead of loss",
        "This is the probability of the labels. The loss is minus its logarithm.",
        lambda result, *args: np.exp(-result),
    ),
    of_result(
        "logarithm to the base 2",
        "You take the logarithm to the base 2. The loss is measured by the natural one, `np.log`.",
        lambda result, *args: result / np.log(2),
    ),
    of_result(
        "logarithm to the base 10",
        "You take the logarithm to the base 10. The loss is measured by the natural one, `np.log`.",
        lambda result, *args: result / np.log(10),
    ),
    of_arguments(
        "softmax of probabilities",
        "`p` holds probabilities already, and a softmax is taken of them. The package takes "
        "logits: give it `np.log(p)`.",
        lambda p, labels: (np.exp(p) / np.exp(p).sum(axis=1, keepdims=True), labels),
    ),
    instead(
        "sum of logs for log of sum",
        "You add up the logarithms of the paths. That asks that all of them happen; any one is "
        "enough. Add the probabilities first, and take one logarithm.",
        lambda p, labels: -np.sum(np.log(_fitting(p, labels))),
    ),
    instead(
        "frames added",
        "You add up the probabilities along a path. The frames are independent: multiply along a "
        "path, and add from path to path.",
        lambda p, labels: -np.log(_fitting(p, labels, joined=np.sum).sum()),
    ),
    instead(
        "likeliest path only",
        "You take the likeliest of the fitting paths. The labels come about by any of them: add up "
        "the probabilities of all.",
        lambda p, labels: -np.log(np.max(_fitting(p, labels))),
    ),
    instead(
        "mean of the paths",
        "You take the mean probability of the fitting paths. They exclude each other, so their "
        "probabilities add up.",
        lambda p, labels: -np.log(np.mean(_fitting(p, labels))),
    ),
    instead(
        "blanks dropped first",
        "You collapse in the wrong order: with the blanks gone first, no label can come twice in a "
        "row. Merge repeats, then drop blanks.",
        lambda p, labels: -np.log(_fitting(p, labels, _other_order).sum()),
    ),
    instead(
        "repeats not merged",
        "You count the paths that become the labels when only the blanks are dropped. A label may "
        "last for several frames: merge repeats first.",
        lambda p, labels: -np.log(_fitting(p, labels, _unmerged).sum()),
    ),
    of_result(
        "divided by the number of labels",
        "You divide by the number of labels, as the mean of some libraries does. Here the loss of "
        "the whole sequence is asked for.",
        lambda result, p, labels: result / len(labels),
    ),
    of_result(
        "divided by the number of frames",
        "You divide by the number of frames. The loss of the whole sequence is asked for.",
        lambda result, p, labels: result / len(p),
    ),
)


def _distance(truth, read, replace=1, gap=1):
    row = gap * np.arange(len(read) + 1)
    for i, t in enumerate(truth, 1):
        corner, row[0] = row[0], gap * i
        for j, r in enumerate(read, 1):
            best = min(row[j] + gap, row[j - 1] + gap, corner + replace * (t != r))
            corner, row[j] = row[j], best
    return row[-1]


def _by_place(truth, read):
    n = min(len(truth), len(read))
    return np.sum(truth[:n] != read[:n]) + abs(len(truth) - len(read))


def _multiset(truth, read):
    kinds = np.unique(np.concatenate([truth, read]))
    counts = [np.sum(truth == k) - np.sum(read == k) for k in kinds]
    return max(sum(c for c in counts if c > 0), -sum(c for c in counts if c < 0))


EDIT = (
    instead(
        "place by place",
        "You compare place by place. One symbol lost at the beginning then makes all that follow "
        "wrong; it is one error.",
        _by_place,
    ),
    instead(
        "common places only",
        "You compare place by place, and only as far as the shorter one goes. What is lost or "
        "added counts too, and it moves all that follows.",
        lambda truth, read: sum(t != r for t, r in zip(truth, read, strict=False)),
    ),
    instead(
        "replacing costs two",
        "With you a replaced symbol costs 2, a loss and an insertion. It is one error here.",
        lambda truth, read: _distance(truth, read, replace=2),
    ),
    instead(
        "replacing is free",
        "With you a replaced symbol costs nothing, as if only the lengths counted. It is one error "
        "where the two symbols differ.",
        lambda truth, read: _distance(truth, read, replace=0),
    ),
    instead(
        "order ignored",
        "You compare how often each symbol occurs, in whatever order. 12 read as 21 is not right.",
        _multiset,
    ),
    of_result(
        "rate instead of number",
        "You divide by the length of the truth: that is the error rate. The number of errors is "
        "asked for.",
        lambda result, truth, read: result / len(truth),
    ),
    instead(
        "edge of the table not filled",
        "The first row and column of your table are 0: what is lost or added at the beginning "
        "costs nothing. It costs 1 a symbol: 0, 1, 2, …",
        lambda truth, read: _free_start(truth, read, lost=0, added=0),
    ),
    instead(
        "lost at the beginning for nothing",
        "With you it costs nothing to lose symbols of the truth at the beginning: one edge of your "
        "table is 0 throughout. It costs 1 a symbol: 0, 1, 2, …",
        lambda truth, read: _free_start(truth, read, lost=0),
    ),
    instead(
        "added at the beginning for nothing",
        "With you it costs nothing to read symbols too many at the beginning: one edge of your "
        "table is 0 throughout. It costs 1 a symbol: 0, 1, 2, …",
        lambda truth, read: _free_start(truth, read, added=0),
    ),
)


def _free_start(truth, read, lost=1, added=1):
    row = added * np.arange(len(read) + 1)
    for i, t in enumerate(truth, 1):
        corner, row[0] = row[0], lost * i
        for j, r in enumerate(read, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (t != r))
    return row[-1]
