"""What readers leave or put in rooms 12 and 13 of *The bug museum*: gradients."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments, of_result
from lossbook.exercises.bug_museum.mistakes_weights import PIECE

# --- 12: one batch, and every parameter is NaN ---


def _probabilities(w, X):
    return 1 / (1 + np.exp(-X @ w))


def ignored_piece(w, X, y):
    """Return the mean over the labelled rows, though there may be none."""
    kept = y != -100
    return X[kept].T @ (_probabilities(w, X[kept]) - y[kept]) / kept.sum()


def _zeros_for(bad, gradient):
    return np.where(bad(gradient), 0, gradient)


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
        "every NaN set to 0",
        "You turn every NaN into 0, whatever it comes from. The empty batch is mended, and a "
        "labelled row whose features are no numbers is hidden too: that should be seen. Ask how "
        "many rows have a label.",
        lambda w, X, y: _zeros_for(np.isnan, ignored_piece(w, X, y)),
    ),
    instead(
        "all that is not finite set to 0",
        "You turn NaN and infinity into 0, whatever they come from. The empty batch is mended, and "
        "trouble in the *data* of a labelled row is hidden too: that should be seen.",
        lambda w, X, y: _zeros_for(lambda g: ~np.isfinite(g), ignored_piece(w, X, y)),
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
        "x is negative it is NaN, and zero times either is NaN. (If you have put another number "
        "under the root there: it must not be 0, whose slope is infinite.)",
        where_piece,
    ),
    instead(
        "NaN hidden",
        "You turn NaN into 0, and infinity into a large number. That mends the entries not chosen, "
        "and hides trouble that comes in from `upstream` where x is positive: that should be seen.",
        lambda x, upstream: np.nan_to_num(where_piece(x, upstream)),
    ),
    instead(
        "every NaN set to 0",
        "You turn every NaN into 0. That mends the entries not chosen, and hides a NaN that comes "
        "in from `upstream` where x is positive: that should be seen. Let none arise.",
        lambda x, upstream: _zeros_for(np.isnan, where_piece(x, upstream)),
    ),
    instead(
        "all that is not finite set to 0",
        "You turn NaN and infinity into 0. That mends the entries not chosen, and hides trouble "
        "that comes in from `upstream` where x is positive: that should be seen.",
        lambda x, upstream: _zeros_for(lambda g: ~np.isfinite(g), where_piece(x, upstream)),
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
