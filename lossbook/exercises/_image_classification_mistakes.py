"""Mistakes typical of the exercises on counting and deciding of *Image classification*."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments, of_result


def _once(y_true, y_read, K):
    table = np.zeros((K, K))
    table[y_true, y_read] += 1
    return table


def _shares(table, axis):
    total = table.sum(axis=axis, keepdims=True)
    return np.divide(table, total, out=np.zeros_like(table), where=total > 0)


def _smaller(y_true, y_read, K):
    """Return the table of the classes that occur."""
    kept = np.union1d(y_true, y_read)
    table = np.zeros((K, K))
    np.add.at(table, (y_true, y_read), 1)
    return table[np.ix_(kept, kept)]


def _counted_from_1(y_true, y_read, K):
    table = np.zeros((K + 1, K + 1))
    np.add.at(table, (y_true, y_read), 1)
    return table


CONFUSION = (
    instead(
        "a class too many",
        "Your table has a row and a column for a class K. Classes count from 0: the last is K − 1.",
        _counted_from_1,
    ),
    of_arguments(
        "rows and columns exchanged",
        "Your rows are what was read, and your columns the truth. Rows are the truth here.",
        lambda y_true, y_read, K: (y_read, y_true, K),
    ),
    instead(
        "each place counted once",
        "Where the same pair comes twice you count it once: `table[y_true, y_read] += 1` adds a "
        "single 1 to a place however often it is named. Use a loop, or `np.add.at`.",
        _once,
    ),
    instead(
        "classes that do not occur left out",
        "Your table has a row only for classes that occur. There are K of them, and some rows are "
        "zero.",
        _smaller,
    ),
    of_result(
        "errors only",
        "Your diagonal is empty. What was read rightly is counted too.",
        lambda table, *args: table - np.diag(np.diag(table)),
    ),
    of_result(
        "right readings only",
        "You count what was read rightly. The errors go beside the diagonal.",
        lambda table, *args: np.diag(np.diag(table)),
    ),
    of_result(
        "shares of the rows",
        "You divide each row by its sum. Counts are asked for.",
        lambda table, *args: _shares(table, 1),
    ),
    of_result(
        "shares of the columns",
        "You divide each column by its sum. Counts are asked for.",
        lambda table, *args: _shares(table, 0),
    ),
    of_result(
        "share of all",
        "You divide by the number of images. Counts are asked for.",
        lambda table, *args: table / len(args[0]),
    ),
)


def _sure(p, error, hand, slip):
    return (1 - p.max(axis=1)) * error < hand + slip * error


ANSWER = (
    instead(
        "the clerk never errs",
        "You let the clerk be always right. With probability `slip` an error comes on top of the "
        "time: the clerk costs hand + slip · error.",
        lambda p, error, hand, slip: np.where(
            (1 - p.max(axis=1)) * error < hand, p.argmax(axis=1), -1
        ),
    ),
    instead(
        "decisions reversed",
        "You answer exactly where the clerk is cheaper.",
        lambda p, *costs: np.where(_sure(p, *costs), -1, p.argmax(axis=1)),
    ),
    instead(
        "decisions reversed, ties to the clerk",
        "You answer exactly where the clerk is cheaper.",
        lambda p, error, hand, slip: np.where(
            (1 - p.max(axis=1)) * error > hand + slip * error, p.argmax(axis=1), -1
        ),
    ),
    instead(
        "classes counted from 1",
        "Your classes are one too large. Classes count from 0, as `argmax` does.",
        lambda p, *costs: np.where(_sure(p, *costs), p.argmax(axis=1) + 1, -1),
    ),
    instead(
        "least likely class",
        "You return the *least* likely class: `argmin`. The likeliest is due: `argmax`.",
        lambda p, *costs: np.where(_sure(p, *costs), p.argmin(axis=1), -1),
    ),
    instead(
        "tie",
        "Right, but for a tie: where both cost the same on average, the machine is not cheaper. "
        "Compare with `<`.",
        lambda p, error, hand, slip: np.where(
            (1 - p.max(axis=1)) * error <= hand + slip * error, p.argmax(axis=1), -1
        ),
    ),
    instead(
        "yes or no",
        "You return whether the machine may answer. Return *what* it answers: the class, or −1.",
        lambda p, *costs: _sure(p, *costs),
    ),
    instead(
        "the probability returned",
        "You return the largest probability. The class is its place: `argmax`.",
        lambda p, *costs: np.where(_sure(p, *costs), p.max(axis=1), -1),
    ),
    instead(
        "always answered",
        "You always answer. Where that is expected to cost as much as the clerk or more, −1 is "
        "due. (In the call `error` comes before `hand`.)",
        lambda p, *costs: p.argmax(axis=1),
    ),
    instead(
        "0 for the clerk",
        "Where the clerk is cheaper you return 0, which is a class. Return −1 there.",
        lambda p, *costs: np.where(_sure(p, *costs), p.argmax(axis=1), 0),
    ),
    instead(
        "slip without its cost",
        "You add `slip`, a probability, to seconds. A slip of the clerk costs `error`: hand + slip "
        "· error.",
        lambda p, error, hand, slip: np.where(
            (1 - p.max(axis=1)) * error < hand + slip, p.argmax(axis=1), -1
        ),
    ),
    instead(
        "p for 1 − p",
        "You multiply the price of an error by the probability of being *right*. It is paid with "
        "probability 1 − p.",
        lambda p, error, hand, slip: np.where(
            p.max(axis=1) * error < hand + slip * error, p.argmax(axis=1), -1
        ),
    ),
)
