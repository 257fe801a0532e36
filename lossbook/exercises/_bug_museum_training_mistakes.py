"""What readers leave or put in rooms 10 to 13 of *The bug museum*: losses and gradients."""

import numpy as np

from lossbook.exercises import mistakes
from lossbook.exercises._mistake import instead, of_arguments, of_result, parameter_ignored

PIECE = "the museum's piece"

# --- 10: the robust loss that follows the outlier ---


def smooth_l1_piece(r, beta):
    """Return the larger of the two pieces."""
    return np.maximum(r**2 / (2 * beta), np.abs(r) - beta / 2)


def _two_pieces(small, near, far):
    """Return a function of two pieces, of which `small` says where the first holds."""
    return lambda r, beta: np.where(small(r, beta), near(r, beta), far(r, beta))


def _is_small(r, beta):
    return np.abs(r) < beta


def _square(r, beta):
    return r**2 / (2 * beta)


def _line(r, beta):
    return np.abs(r) - beta / 2


SMOOTH_L1 = (
    instead(
        PIECE,
        "That is still the museum's piece, or the square alone, which is the same thing: a "
        "residual of 10 β costs 50 β, where 9.5 β is due. Who chooses between the two pieces?",
        smooth_l1_piece,
    ),
    instead(
        "the smaller piece",
        "The smaller of the two pieces is the straight one, everywhere: at r = 0 your loss is "
        "−β/2, less than nothing, and it has a kink there.",
        lambda r, beta: np.minimum(_square(r, beta), _line(r, beta)),
    ),
    instead(
        "pieces exchanged",
        "You have the square where |r| is large and the line where it is small. It is the other "
        "way round.",
        _two_pieces(_is_small, _line, _square),
    ),
    instead(
        "r in place of |r|",
        "You ask whether r is below β, and a residual of −100 is. It is squared still: ask about "
        "|r|.",
        _two_pieces(lambda r, beta: r < beta, _square, _line),
    ),
    instead(
        "line without |·|",
        "The straight piece is |r| − β/2. You have r − β/2, which is negative for large negative "
        "residuals.",
        _two_pieces(_is_small, _square, lambda r, beta: r - beta / 2),
    ),
    instead(
        "pieces that do not meet",
        "At |r| = β your square ends at β/2 and your line begins at β: the loss jumps there. The "
        "line is |r| − β/2.",
        _two_pieces(_is_small, _square, lambda r, beta: np.abs(r)),
    ),
    instead(
        "Huber instead of smooth L1",
        "That is the Huber loss with δ = β, which is β times the smooth L1 loss: here the far "
        "slope is 1 whatever β.",
        _two_pieces(_is_small, lambda r, beta: r**2 / 2, lambda r, beta: beta * _line(r, beta)),
    ),
    instead(
        "changes over at 1",
        "Your pieces change over at |r| = 1 whatever β. They meet at |r| = β only.",
        _two_pieces(lambda r, beta: np.abs(r) < 1, _square, _line),
    ),
    instead(
        "both pieces added",
        "You add the two pieces. At every residual only one of them holds.",
        lambda r, beta: _square(r, beta) + _line(r, beta),
    ),
    instead(
        "flat beyond β",
        "You cap the residual at β, so that every larger one costs the same, β/2. Beyond β the "
        "loss goes on, along a line of slope 1.",
        lambda r, beta: _square(np.minimum(np.abs(r), beta), beta),
    ),
    instead(
        "derivative instead of loss",
        "That is the derivative, the clipped residual. The loss itself is due.",
        lambda r, beta: np.clip(r / beta, -1, 1),
    ),
    parameter_ignored("beta", 1, 1.0),
)

# --- 11: every error is 1, and the mean is not ---


def weighted_piece(y_true, y_pred, weights):
    """Return the weighted sum of squares over the number of rows."""
    return np.mean(weights * (y_pred - y_true) ** 2)


WEIGHTED = (
    instead(
        PIECE,
        "That is still the museum's piece: you divide by the number of rows, so that weights of "
        "100 each make the loss 100 times as large, and with it every step.",
        weighted_piece,
    ),
    instead(
        "divided by the rows that count",
        "You divide by the number of rows whose weight is not 0. Weights of 100 each still make "
        "the loss 100 times as large. A row of weight 3 counts as three rows.",
        lambda y, p, w: np.sum(w * (p - y) ** 2) / np.count_nonzero(w),
    ),
    instead(
        "not divided",
        "You add up weight times square and divide by nothing: twice the rows make twice the loss.",
        lambda y, p, w: np.sum(w * (p - y) ** 2),
    ),
    instead(
        "divided by the largest weight",
        "You scale the weights so that the largest is 1. Multiplying all weights changes nothing "
        "now, but where every error is 1 the mean is still not 1.",
        lambda y, p, w: np.mean(w / w.max() * (p - y) ** 2),
    ),
    instead(
        "divided by n too",
        "You make the weights add up to 1, which is right, and then take a mean. Their sum is "
        "divided by already: add up.",
        lambda y, p, w: np.mean(w / w.sum() * (p - y) ** 2),
    ),
    instead(
        "weight inside the square",
        "You multiply the residual by its weight and then square both. The weight counts the "
        "squares.",
        lambda y, p, w: np.sum((w * (p - y)) ** 2) / w.sum(),
    ),
    instead(
        "divided by the sum of squares",
        "You divide by the sum of the squared weights. What is divided by is what multiplies the "
        "losses: the weights.",
        lambda y, p, w: np.sum(w * (p - y) ** 2) / np.sum(w**2),
    ),
    instead(
        "weights ignored",
        "Every row counts alike in your mean. Where are the weights?",
        lambda y, p, w: np.mean((p - y) ** 2),
    ),
    mistakes.ROOT_TAKEN,
)

# --- 12: one batch, and every parameter is NaN ---


def _probabilities(w, X):
    return 1 / (1 + np.exp(-X @ w))


def ignored_piece(w, X, y):
    """Return the mean over the labelled rows, though there may be none."""
    kept = y != -100
    return X[kept].T @ (_probabilities(w, X[kept]) - y[kept]) / kept.sum()


def _over(count):
    """Return the sum over the labelled rows, divided by ``count(kept)``."""

    def wrong(w, X, y):
        kept = y != -100
        return X[kept].T @ (_probabilities(w, X[kept]) - y[kept]) / count(kept)

    return wrong


IGNORED = (
    instead(
        PIECE,
        "That is still the museum's piece: where no row has a label you divide zero by zero, and "
        "one step with that makes every weight NaN.",
        ignored_piece,
    ),
    instead(
        "divided by all rows",
        "No NaN any more. But you divide by all rows, so that unlabelled ones shrink the gradient: "
        "a batch with half of its labels makes half the step.",
        _over(len),
    ),
    instead(
        "NaN hidden",
        "You turn NaN into 0, and infinity into a large number. The empty batch is mended, and "
        "trouble in the *data* of a labelled row is hidden too: that should be seen.",
        lambda w, X, y: np.nan_to_num(ignored_piece(w, X, y)),
    ),
    instead(
        "one row too many",
        "You divide by the number of labelled rows plus 1. That is never 0, and never right: every "
        "gradient is too small.",
        _over(lambda kept: kept.sum() + 1),
    ),
    instead(
        "sum instead of mean",
        "You add up the labelled rows and do not divide: the step grows with the batch.",
        _over(lambda kept: 1),
    ),
    instead(
        "unlabelled taken for class 0",
        "No NaN any more, but the rows without a label now train the model as rows of class 0.",
        lambda w, X, y: X.T @ (_probabilities(w, X) - np.maximum(y, 0)) / len(y),
    ),
    instead(
        "−100 taken for a label",
        "You use all rows, and −100 as if it were a label. Those rows pull a hundred times as hard "
        "as the others.",
        lambda w, X, y: X.T @ (_probabilities(w, X) - y) / len(y),
    ),
)

# --- 13: the loss is fine and its gradient is NaN ---


def where_piece(x, upstream):
    """Return zero times infinity where the root was not chosen."""
    into_root = np.where(x > 0, upstream, 0.0)
    return into_root * 0.5 / np.sqrt(x)


def _guarded(guard):
    """Return the slope with ``guard(x)`` under the root."""
    return lambda x, upstream: np.where(x > 0, upstream, 0.0) * 0.5 / np.sqrt(guard(x))


WHERE = (
    instead(
        PIECE,
        "That is still the museum's piece: where x is 0 the slope of the root is infinite, where "
        "x is negative it is NaN, and zero times either is NaN.",
        where_piece,
    ),
    instead(
        "NaN hidden",
        "You turn NaN into 0, and infinity into a large number. That mends the entries not chosen, "
        "and hides trouble that comes in from `upstream` where x is positive: that should be seen.",
        lambda x, upstream: np.nan_to_num(where_piece(x, upstream)),
    ),
    of_result(
        "the safe number's slope",
        "Nothing is NaN. But where x is not positive you return the slope of the number put in its "
        "place: `upstream` must be set to 0 there as well.",
        lambda result, x, upstream: np.where(x > 0, result, 0.5 * upstream),
    ),
    instead(
        "size of x under the root",
        "With |x| under the root negative entries are mended, and 0 is not: zero times infinity is "
        "still NaN there.",
        _guarded(np.abs),
    ),
    of_arguments(
        "upstream left out",
        "You return the slope of the root alone. A backward pass multiplies it by `upstream`, what "
        "the loss asks of the output.",
        lambda x, upstream: (x, np.ones(len(x))),
    ),
    *(
        instead(
            f"{eps:g} added under the root",
            f"You add {eps:g} under the root. At 0 that helps; below −{eps:g} the root is still "
            "NaN, and near 0 the slope of every *chosen* entry is now too small.",
            _guarded(lambda x, eps=eps: x + eps),
        )
        for eps in (1e-6, 1e-8, 1e-12)
    ),
    *(
        instead(
            f"x kept above {eps:g}",
            f"You keep x above {eps:g}. Nothing is NaN, but a *chosen* x below {eps:g} now has the "
            "slope of another number. Put the safe number only where x is not chosen.",
            _guarded(lambda x, eps=eps: np.maximum(x, eps)),
        )
        for eps in (1e-6, 1e-8, 1e-12)
    ),
)
