"""The pieces of rooms 1 to 4 of *The bug museum*, and repairs that do not last."""

import numpy as np

from lossbook.exercises._mistake import instead, of_result


def _slope(w, X, y):
    return 2 * X.T @ (X @ w - y) / len(y)


SIGN = (
    of_result(
        "the museum's piece",
        "That is still the museum's piece: even a tiny step makes the loss grow. (If you have "
        "changed two things: they may have cancelled each other.)",
        lambda new, w, *_: 2 * w - new,
    ),
    *(
        of_result(
            f"uphill, with {part:g} of the step",
            "You have shortened the step. It still goes uphill, only more slowly: the direction is "
            "wrong, not the length.",
            lambda new, w, *_, part=part: w - part * (new - w),
        )
        for part in (0.5, 0.1, 0.01, 0.001)
    ),
    *(
        of_result(
            f"downhill, with {part:g} of the step",
            f"The direction is right now, and the step {part:g} of what it should be: the length "
            "was not the trouble, leave it.",
            lambda new, w, *_, part=part: w + part * (new - w),
        )
        for part in (0.1, 0.01, 0.001)
    ),
    instead(
        "uphill, clipped",
        "You have clipped the gradient to ±1. That bounds its length and leaves its direction, "
        "which is uphill.",
        lambda w, X, y, lr: w + lr * np.clip(_slope(w, X, y), -1, 1),
    ),
    instead(
        "uphill, of length one",
        "You divide the gradient by its length. The direction, which is uphill, stays.",
        lambda w, X, y, lr: w + lr * _slope(w, X, y) / np.linalg.norm(_slope(w, X, y)),
    ),
    instead(
        "downhill, clipped",
        "The direction is right. You have clipped the gradient to ±1 as well, and steep slopes "
        "have lost their length.",
        lambda w, X, y, lr: w - lr * np.clip(_slope(w, X, y), -1, 1),
    ),
    instead(
        "downhill, of length one",
        "The direction is right. You divide the gradient by its length, so that every step is "
        "`lr` long, however flat or steep it is. Use the gradient as it is.",
        lambda w, X, y, lr: w - lr * _slope(w, X, y) / np.linalg.norm(_slope(w, X, y)),
    ),
    of_result(
        "divided by all entries",
        "The direction is right. You divide by the number of entries of X, which is n·d; the mean "
        "is over the n rows.",
        lambda new, w, X, *_: w + (new - w) / X.shape[1],
    ),
    instead(
        "absolute value of the gradient",
        "You subtract the *size* of each slope, so no parameter can ever rise. The sign says which "
        "way is down: keep it.",
        lambda w, X, y, lr: w - lr * np.abs(_slope(w, X, y)),
    ),
    instead(
        "absolute value of the residual",
        "You have taken the size of each residual. Whether the prediction was too high or too low "
        "is then forgotten: keep the sign, and turn it.",
        lambda w, X, y, lr: w - lr * 2 * X.T @ np.abs(X @ w - y) / len(y),
    ),
    instead(
        "sign of the gradient only",
        "Downhill, but each step has the same length, however flat or steep it is. Multiply by the "
        "gradient, not by its sign.",
        lambda w, X, y, lr: w - lr * np.sign(_slope(w, X, y)),
    ),
)


def _summed(w, X, y):
    return 2 * X.T @ (X @ w - y)


BATCH_MEAN = (
    instead(
        "the museum's piece",
        "That is still the museum's piece: a batch in which every row stands twice has another "
        "gradient than the batch itself.",
        lambda w, X, y, lam: _summed(w, X, y) + lam * w,
    ),
    instead(
        "penalty divided too",
        "You divide the penalty by n as well. It belongs to the parameters, not to the rows: now a "
        "larger batch has a weaker penalty, and the result depends on the batch size after all.",
        lambda w, X, y, lam: (_summed(w, X, y) + lam * w) / len(y),
    ),
    *(
        instead(
            f"always divided by {size}",
            f"You divide by {size}, whatever the batch. That is right for one size only, and wrong "
            "in the last batch of an epoch: ask the batch, `len(y)`.",
            lambda w, X, y, lam, size=size: _summed(w, X, y) / size + lam * w,
        )
        for size in (8, 16, 32, 64, 100, 128)
    ),
    instead(
        "divided by the columns",
        "You divide by the number of columns. The sum went over the rows.",
        lambda w, X, y, lam: _summed(w, X, y) / X.shape[1] + lam * w,
    ),
    instead(
        "divided by all entries",
        "You divide by the number of entries of X, rows times columns. The sum went over the rows "
        "only.",
        lambda w, X, y, lam: _summed(w, X, y) / X.size + lam * w,
    ),
    instead(
        "divided by the root of n",
        "You divide by the root of n. That tames the step and does not cure it: it still grows "
        "with the batch.",
        lambda w, X, y, lam: _summed(w, X, y) / np.sqrt(len(y)) + lam * w,
    ),
    instead(
        "mean over the wrong axis",
        "You average the finished gradient over its own entries, so every parameter gets the same "
        "slope. The mean is over the rows.",
        lambda w, X, y, lam: np.mean(_summed(w, X, y)) + lam * w,
    ),
    instead(
        "divided by n twice",
        "You divide by n once too often: a larger batch now takes a *shorter* step.",
        lambda w, X, y, lam: _summed(w, X, y) / len(y) ** 2 + lam * w,
    ),
    instead(
        "penalty lost",
        "The mean is right. The penalty has gone: add `lam * w`.",
        lambda w, X, y, lam: _summed(w, X, y) / len(y),
    ),
    instead(
        "factor 2 dropped",
        "The mean is right, and the 2 of the square's slope, 2r, has gone with the repair.",
        lambda w, X, y, lam: _summed(w, X, y) / 2 / len(y) + lam * w,
    ),
    *(
        instead(
            f"penalty's slope times {factor:g}",
            f"The mean is right. The penalty pulls {factor:g} times as hard as it should: the "
            "derivative of λ/2 w² is λw.",
            lambda w, X, y, lam, factor=factor: _slope(w, X, y) + factor * lam * w,
        )
        for factor in (2, 0.5)
    ),
    instead(
        "sign of the residual turned",
        "The mean is right. Now y − X w stands where X w − y stood: a step against your gradient "
        "climbs.",
        lambda w, X, y, lam: lam * w - _slope(w, X, y),
    ),
    instead(
        "sign of the penalty turned",
        "The mean is right. The penalty is subtracted, and pushes the weights away from 0: add it.",
        lambda w, X, y, lam: _slope(w, X, y) - lam * w,
    ),
)


def _table(y, p):
    return (p - y) ** 2


COLUMN = (
    instead(
        "the museum's piece",
        "That is still the museum's piece: perfect predictions cost as much as twice the variance "
        "of the truth. (If you have tried `y_true.T`: of an array (n,) it is the same array.)",
        lambda y, p: np.mean(_table(y, p)),
    ),
    instead(
        "table divided by n",
        "You still add up an n × n table, now divided by n. The n(n − 1) pairs that do not belong "
        "together must not be there at all.",
        lambda y, p: np.sum(_table(y, p)) / len(y),
    ),
    instead(
        "first prediction for all",
        "`y_pred[0]` is the first row, one prediction, and you compare every truth with it. The "
        "first *column* is `y_pred[:, 0]`.",
        lambda y, p: np.mean((p[0] - y) ** 2),
    ),
    instead(
        "table averaged by rows",
        "You average the rows of the n × n table, and return n numbers. The table itself is the "
        "bug.",
        lambda y, p: np.mean(_table(y, p), axis=1),
    ),
    instead(
        "table averaged by columns",
        "You average the columns of the n × n table, and return n numbers. The table itself is "
        "the bug.",
        lambda y, p: np.mean(_table(y, p), axis=0),
    ),
    instead(
        "means compared",
        "You compare the mean prediction with the mean truth. No table any more, but errors in "
        "opposite directions cancel.",
        lambda y, p: (np.mean(p) - np.mean(y)) ** 2,
    ),
    instead(
        "sorted first",
        "You sort truths and predictions, so that each meets a stranger. Only their shapes have "
        "to change, not their order.",
        lambda y, p: np.mean((np.sort(p[:, 0]) - np.sort(y)) ** 2),
    ),
)


def _fit(X, y):
    return np.linalg.lstsq(X, y, rcond=None)[0]


def _through_the_means(X, y):
    return _fit(X - X.mean(axis=0), y - y.mean())


INTERCEPT = (
    instead(
        "the museum's piece",
        "That is still the museum's piece: where all features are 0 it predicts 0, whatever the "
        "data say.",
        lambda X, y, new: new @ _fit(X, y),
    ),
    instead(
        "level added afterwards",
        "You fit a line through the origin and then lift it to the right mean. Its slope was bent "
        "to make up for the missing level, and stays bent: fit both at once.",
        lambda X, y, new: new @ _fit(X, y) + np.mean(y - X @ _fit(X, y)),
    ),
    instead(
        "only the truth centred",
        "You centre `y` and not `X`. The line still has to pass through the origin of the "
        "features: centre both, or add a column of ones.",
        lambda X, y, new: new @ _fit(X, y - y.mean()) + y.mean(),
    ),
    instead(
        "only the truth centred, level lost",
        "You centre `y` and do not give its mean back to the predictions; and the line still has "
        "to pass through the origin of the features.",
        lambda X, y, new: new @ _fit(X, y - y.mean()),
    ),
    instead(
        "level lost",
        "The slopes are right. But whoever centres or standardises the features has predictions "
        "around 0: add the mean of `y`.",
        lambda X, y, new: (new - X.mean(axis=0)) @ _through_the_means(X, y),
    ),
    instead(
        "new rows centred by themselves",
        "You centre the new rows by their own mean. A single new row is then always 0: subtract "
        "the mean of `X`, by which the line was fitted.",
        lambda X, y, new: (new - new.mean(axis=0)) @ _through_the_means(X, y) + y.mean(),
    ),
    instead(
        "new rows not centred",
        "The line was fitted to centred features, and the new rows come as they are. Subtract the "
        "mean of `X` from them too.",
        lambda X, y, new: new @ _through_the_means(X, y) + y.mean(),
    ),
    instead(
        "intercept not used",
        "The fit has an intercept, the prediction leaves it out: the new rows need the column of "
        "ones as well.",
        lambda X, y, new: new @ _through_the_means(X, y),
    ),
    instead(
        "mean for everybody",
        "You predict the mean of `y` for every row. That is a level without a slope; both are due.",
        lambda X, y, new: np.full(len(new), y.mean()),
    ),
)
