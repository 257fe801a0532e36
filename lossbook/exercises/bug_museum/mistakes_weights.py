"""What readers leave or put in rooms 10 and 11 of *The bug museum*: losses."""

import numpy as np

from lossbook.exercises import mistakes
from lossbook.exercises._mistake import instead, parameter_ignored

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
    *(
        instead(
            f"divided by at least {least:g}",
            f"You divide by {least:g} where the weights sum to less. A *count* of rows is 0 or at "
            "least 1; a sum of weights may be anything positive, and is right as it is.",
            lambda y, p, w, least=least: np.sum(w * (p - y) ** 2) / max(w.sum(), least),
        )
        for least in (1.0, 2.0, 3.0)
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
