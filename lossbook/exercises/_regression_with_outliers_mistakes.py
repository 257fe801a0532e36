"""Mistakes typical of the exercises of *Regression with outliers*."""

import numpy as np

from lossbook.exercises.mistakes import instead


def _errors(y, predictions, aside, deltas):
    return np.abs(predictions - y)[:, ~aside]


DELTA = (
    instead(
        "drawer opened",
        "You measure on all rows, those of the drawer too. What the choice has seen cannot judge "
        "it any more: leave out the rows where `aside` is true.",
        lambda y, p, aside, deltas: deltas[np.argmin(np.abs(p - y).mean(axis=1))],
    ),
    instead(
        "chosen on the drawer",
        "You measure on the rows of the drawer alone. Those are the ones to leave out.",
        lambda y, p, aside, deltas: deltas[np.argmin(np.abs(p - y)[:, aside].mean(axis=1))],
    ),
    instead(
        "squared errors",
        "You average the squared errors. One slip then outweighs all the rows that are right; "
        "take the mean of the sizes.",
        lambda y, p, aside, deltas: deltas[np.argmin(((p - y) ** 2)[:, ~aside].mean(axis=1))],
    ),
    instead(
        "position returned",
        "You return the position of the best threshold in the list. The threshold itself is due.",
        lambda *args: np.argmin(_errors(*args).mean(axis=1)),
    ),
    instead(
        "last of equal ones",
        "Right, but for a tie: of equal errors the smallest threshold is due.",
        lambda *args: args[3][len(args[3]) - 1 - np.argmin(_errors(*args).mean(axis=1)[::-1])],
    ),
    instead(
        "largest error",
        "You take the threshold with the *largest* mean error.",
        lambda *args: args[3][np.argmax(_errors(*args).mean(axis=1))],
    ),
    instead(
        "signs kept",
        "You average the errors with their signs, so that opposite ones cancel. Take the size of "
        "each first.",
        lambda y, p, aside, deltas: deltas[np.argmin(np.abs((p - y)[:, ~aside].mean(axis=1)))],
    ),
    *(
        instead(
            name,
            "You average the errors with their signs, and take the most negative mean for the "
            "least. Take the size of each error first.",
            lambda y, p, aside, deltas, sign=sign: deltas[
                np.argmin(sign * (p - y)[:, ~aside].mean(axis=1))
            ],
        )
        for name, sign in (("prediction minus truth", 1), ("truth minus prediction", -1))
    ),
    instead(
        "median instead of mean",
        "You take the *median* size of the errors. That is a robust measure too, but here the mean "
        "size is asked for.",
        lambda *args: args[3][np.argmin(np.median(_errors(*args), axis=1))],
    ),
    instead(
        "error returned",
        "You return the least mean error. The threshold that reaches it is due.",
        lambda *args: _errors(*args).mean(axis=1).min(),
    ),
)


def _band(y, low, high, inside=None):
    inside = (low <= y) & (y <= high) if inside is None else inside
    share = np.mean(inside)
    return share, np.sqrt(share * (1 - share) / len(y)), np.mean(high - low)


def _with_error(change):
    """Return the right coverage and width with another error."""

    def wrong(y, low, high):
        share, error, width = _band(y, low, high)
        return share, change(share, error, len(y)), width

    return wrong


BAND = (
    instead(
        "edges left out",
        "A truth on an edge of its band counts as inside: compare with `<=`.",
        lambda y, low, high: _band(y, low, high, (low < y) & (y < high)),
    ),
    instead(
        "upper edge left out",
        "You leave out truths on the upper edge. Both ends belong to the band: compare with `<=`.",
        lambda y, low, high: _band(y, low, high, (low <= y) & (y < high)),
    ),
    instead(
        "lower edge left out",
        "You leave out truths on the lower edge. Both ends belong to the band: compare with `<=`.",
        lambda y, low, high: _band(y, low, high, (low < y) & (y <= high)),
    ),
    instead(
        "only the upper end",
        "You compare with the upper end only. A truth below its band is outside too.",
        lambda y, low, high: _band(y, low, high, y <= high),
    ),
    instead(
        "only the lower end",
        "You compare with the lower end only. A truth above its band is outside too.",
        lambda y, low, high: _band(y, low, high, low <= y),
    ),
    instead(
        "coverage in per cent",
        "Your coverage is in per cent. A share between 0 and 1 is due.",
        lambda y, low, high: (100 * _band(y, low, high)[0], *_band(y, low, high)[1:]),
    ),
    instead(
        "coverage and error in per cent",
        "Your coverage and your error are in per cent. Shares between 0 and 1 are due.",
        lambda y, low, high: (
            *(100 * part for part in _band(y, low, high)[:2]),
            np.mean(high - low),
        ),
    ),
    instead(
        "share outside",
        "Your coverage is the share *outside* the bands.",
        lambda y, low, high: (1 - _band(y, low, high)[0], *_band(y, low, high)[1:]),
    ),
    instead(
        "half the width",
        "Coverage and error are right. Your width is half the distance of the two ends; take all "
        "of it.",
        lambda y, low, high: (*_band(y, low, high)[:2], np.mean(high - low) / 2),
    ),
    instead(
        "ends in the wrong order",
        "Coverage and error are right. Your width is low minus high, and negative.",
        lambda y, low, high: (*_band(y, low, high)[:2], np.mean(low - high)),
    ),
    instead(
        "width not averaged",
        "Coverage and error are right. You return the width of each band; their mean is due.",
        lambda y, low, high: (*_band(y, low, high)[:2], high - low),
    ),
    instead(
        "root of n forgotten",
        "Your error is the spread of a single hit or miss. That of their mean is smaller by the "
        "root of n.",
        _with_error(lambda share, error, n: error * np.sqrt(n)),
    ),
    instead(
        "variance instead of error",
        "Your error is the variance of the share. Take the root.",
        _with_error(lambda share, error, n: error**2),
    ),
    instead(
        "divided by n",
        "You divide the spread of a single hit or miss by n. It is the variance that shrinks with "
        "n; the error shrinks with the root of n.",
        _with_error(lambda share, error, n: error / np.sqrt(n)),
    ),
    instead(
        "n − 1 instead of n",
        "Your error divides by n − 1. Here the share itself gives the variance, c (1 − c), and it "
        "is divided by n.",
        _with_error(lambda share, error, n: error * np.sqrt(n / np.float64(n - 1))),
    ),
    instead(
        "error of the promise",
        "Your error is that of a share of 0.8. Take the share that you found.",
        _with_error(lambda share, error, n: np.sqrt(0.8 * 0.2 / n)),
    ),
)


def _ranked(sizes, k):
    return np.sort(sizes)[int(k) - 1] if 1 <= k <= len(sizes) else np.inf


def _quantile(sizes, wanted, method):
    share = np.ceil(wanted * (len(sizes) + 1)) / len(sizes)
    return np.quantile(sizes, share, method=method) if share <= 1 else np.inf


HALF_WIDTH = (
    instead(
        "n instead of n + 1",
        "Your rank is a share of n. The new error takes a place of its own among the others, so "
        "there are n + 1 places.",
        lambda sizes, wanted: _ranked(sizes, max(np.ceil(wanted * len(sizes)), 1)),
    ),
    instead(
        "rounded down",
        "You round the rank down, or to the nearest, and promise a little too much. Round it up.",
        lambda sizes, wanted: _ranked(sizes, max(np.floor(wanted * (len(sizes) + 1)), 1)),
    ),
    instead(
        "rounded to the nearest",
        "You round the rank to the nearest whole number, and sometimes promise too much. Round it "
        "up.",
        lambda sizes, wanted: _ranked(sizes, max(np.round(wanted * (len(sizes) + 1)), 1)),
    ),
    instead(
        "one place too far",
        "You take the next one after the k-th. Positions count from 0: the k-th smallest stands at "
        "`k - 1`.",
        lambda sizes, wanted: _ranked(sizes, np.ceil(wanted * (len(sizes) + 1)) + 1),
    ),
    instead(
        "whole numbers passed over",
        "Right, but where the share of n + 1 is a whole number: there you take one place too far. "
        "Round up, which leaves a whole number as it is, and subtract 1 for the position.",
        lambda sizes, wanted: _ranked(sizes, np.floor(wanted * (len(sizes) + 1)) + 1),
    ),
    instead(
        "largest for infinity",
        "Right, but for few rows: where the rank is beyond n, no error is far enough, and the "
        "answer is infinity, not the largest.",
        lambda sizes, wanted: _ranked(sizes, min(np.ceil(wanted * (len(sizes) + 1)), len(sizes))),
    ),
    instead(
        "quantile of the errors",
        "You take the plain quantile of the n errors. It is a little too small: the new error "
        "takes a place of its own among them.",
        lambda sizes, wanted: np.quantile(sizes, wanted),
    ),
    instead(
        "interpolated",
        "Your share is right, but `np.quantile` interpolates between two errors. Use "
        "`method='inverted_cdf'`, or take the k-th of the sorted errors.",
        lambda sizes, wanted: _quantile(sizes, wanted, "linear"),
    ),
    instead(
        "one after the k-th",
        "You take the error after the k-th. Counted from 0, the k-th is `np.sort(sizes)[k - 1]`; "
        "with `np.quantile` it takes `method='inverted_cdf'`, not `'higher'`.",
        lambda sizes, wanted: _quantile(sizes, wanted, "higher"),
    ),
    instead(
        "not sorted",
        "You take the k-th error in the order in which they come. Sort them first.",
        lambda sizes, wanted: (
            sizes[k - 1] if (k := int(np.ceil(wanted * (len(sizes) + 1)))) <= len(sizes) else np.inf
        ),
    ),
    instead(
        "rank returned",
        "You return the rank. The error of that rank is due.",
        lambda sizes, wanted: np.ceil(wanted * (len(sizes) + 1)),
    ),
)
