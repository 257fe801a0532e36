"""Losses by name, and which of them an estimator can take."""

from difflib import get_close_matches
from functools import cache

import numpy as np

from .. import losses
from ..cards import all_losses
from ..losses.classes import ClassLoss
from ..losses.kinds import RowLoss

__all__ = [
    "as_loss",
    "inverse_link",
    "is_separable_and_convex",
    "is_smooth",
    "labels_of",
    "require_probabilities",
    "require_regression",
    "wants_positive",
]


@cache
def _by_name():
    """Return every loss by its name in small letters without underscores."""
    ready = {
        name: thing
        for name in losses.__all__
        if isinstance(thing := getattr(losses, name), losses.Loss)
    }
    classes = {type(loss).__name__: loss for loss in all_losses()}
    return {_plain(name): loss for name, loss in (ready | classes).items()}


def _plain(name):
    return name.replace("_", "").lower()


def as_loss(loss):
    """Return the loss that is meant: itself, or that of a name with its default parameters.

    Raises
    ------
    ValueError
        If there is no loss of this name, with those of a similar one.
    TypeError
        If it is neither a loss nor a name.
    """
    if isinstance(loss, losses.Loss):
        return loss
    if not isinstance(loss, str):
        hint = ": make one, with ()" if isinstance(loss, type) else ""
        raise TypeError(
            f"loss must be a Loss such as Huber(1.35) or the name of one, got {loss!r}{hint}"
        )
    found = _by_name().get(_plain(loss))
    if found is None:
        names = [type(one).__name__ for one in _by_name().values()]
        near = get_close_matches(loss.title().replace("_", ""), names, cutoff=0.5)
        hint = f"; did you mean {' or '.join(dict.fromkeys(near))}?" if near else ""
        raise ValueError(f"loss={loss!r} names none of the losses in lossbook.all_losses(){hint}")
    return found


def require_regression(loss):
    """Refuse a loss that does not compare numbers with predictions of any size."""
    _require_unbounded(loss)
    if isinstance(loss, RowLoss):
        advice = "take LossClassifier" if isinstance(loss, ClassLoss) else "use lossbook.fit"
        raise ValueError(
            f"{loss!r} compares rows, and LossRegressor predicts numbers one by one: {advice}"
        )
    if not loss.truth.mask(np.array([0.5, 2.0])).any():
        raise ValueError(f"{loss!r} takes labels, {loss.truth.name}: take LossClassifier")


def labels_of(loss):
    """Return how a loss wants classes: ``"classes"`` 0 … K − 1, ``"signs"`` or ``"binary"``."""
    _require_unbounded(loss)
    if isinstance(loss, ClassLoss) and loss.layout == ClassLoss.layout:
        return "classes"
    if not isinstance(loss, RowLoss):
        if loss.truth.mask(np.array([-1.0, 1.0])).all():
            return "signs"
        if loss.truth.mask(np.array([0.0, 1.0, 2.0])).tolist() == [True, True, False]:
            return "binary"
    raise ValueError(
        f"{loss!r} does not compare one class with scores, its truth is {loss.truth.name}: "
        "take a loss such as SigmoidCrossEntropy, Hinge or SoftmaxCrossEntropy"
    )


def _require_unbounded(loss):
    """Refuse a loss whose predictions have bounds: a weighted sum of features has none."""
    if loss.prediction.inside is not None:
        raise ValueError(
            f"{loss!r} takes {loss.prediction.name}, but a model predicts any real number: "
            f"{loss.prediction.cure}"
        )


def is_smooth(loss) -> bool:
    """Tell whether the loss says that its slope has no jumps."""
    claims = loss._claims()
    if claims.get("kinks"):
        return False
    smoothness = claims.get("smoothness")
    return hasattr(loss, "pointwise_hess") or (smoothness is not None and smoothness < np.inf)


def is_separable_and_convex(loss) -> bool:
    """Tell whether the loss says that it is convex, in each prediction by itself."""
    return not isinstance(loss, RowLoss) and bool(loss._claims().get("convex"))


def inverse_link(loss):
    """Return the function from a prediction to the quantity it stands for, or None."""
    return loss._claims().get("inverse_link")


def require_probabilities(loss):
    """Refuse a loss whose predictions have no probabilities to be read off."""
    if inverse_link(loss) is None:
        raise AttributeError(
            f"{loss!r} has no probabilities to read off its predictions: take decision_function, "
            "or a loss such as SigmoidCrossEntropy"
        )


def wants_positive(loss) -> bool:
    """Tell whether a loss, or that of a name, refuses negative truths."""
    try:
        return not as_loss(loss).truth.mask(np.array([-1.0])).any()
    except (TypeError, ValueError):
        return False  # no loss at all, which `fit` will say
