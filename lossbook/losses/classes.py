"""What losses of K classes share: labels or rows of probabilities, weights, ignored rows."""

from dataclasses import replace
from typing import ClassVar

import numpy as np

from .domains import CLASSES, Domain
from .inputs import as_array, as_floats, as_labels, as_weights, require_finite, shown_row
from .kinds import RowLoss
from .layouts import cure
from .settings import SIZE, is_size

__all__ = ["ClassLoss", "LabelLoss"]


class ClassLoss(RowLoss):
    """A loss of K classes: labels (n,) or class probabilities (n, K), scores (n, K).

    Examples
    --------
    >>> import lossbook as lb
    >>> rows = lb.cross_entropy([[0.0, 1.0]], [[0.0, 2.0]])
    >>> isinstance(lb.cross_entropy, ClassLoss), rows == lb.cross_entropy([1], [[0.0, 2.0]])
    (True, True)
    """

    truth: ClassVar[Domain] = CLASSES
    arguments: ClassVar[tuple[str, ...]] = ("y", "z")
    shapes: ClassVar[tuple[tuple[int, ...], ...]] = ((3,), (3,))
    layout: ClassVar[tuple[str, str]] = ("n", "n K")
    hides_infinity: ClassVar[bool] = True
    label_smoothing: ClassVar[float] = 0.0
    ignore_index: ClassVar[int | None] = None
    class_weight: ClassVar[tuple[float, ...] | None] = None

    def _read(self, y_true, y_pred, sample_weight=None):
        """Return truth as labels (n,) or probabilities (n, K), scores, and weights."""
        p, y = as_floats(y_pred, "y_pred"), as_array(y_true, "y_true")
        if p.size == 0:
            raise ValueError(
                f"y_pred is empty, shape {p.shape}: a mean needs one sample at least, a row "
                "of y_pred (n, K) and its label, or row of probabilities, in y_true"
            )
        if p.ndim != 2:
            likely = cure(y.shape, p.shape, ("n", "n K"), ("n K", "n K"))
            if y.shape == p.shape:
                likely = "of each sample it needs the scores of all classes, not the one predicted"
            raise ValueError(
                f"y_pred has shape {p.shape} but must be (n, K): one row a sample, "
                f"one column a class{likely and '; '}{likely}"
            )
        if p.shape[1] == 1:
            raise ValueError(
                f"y_pred has one column, shape {p.shape}, and one class is always right: two "
                "classes need two columns, or one score a sample, y_pred.ravel(), and "
                "SigmoidCrossEntropy"
            )
        y = _labels(y, p) if y.ndim == 1 else _probabilities(y, p)
        weights = None if sample_weight is None else as_weights(sample_weight, p)
        if y.ndim == 1:
            self._require_classes(y, p.shape[1])
        if self.class_weight is not None and len(self.class_weight) != p.shape[1]:
            raise ValueError(
                f"class_weight has {len(self.class_weight)} entries but y_pred has "
                f"{p.shape[1]} columns: give one weight a class"
            )
        return y, p, self._weigh(y, weights)

    def _require_classes(self, y, n_classes):
        """Refuse labels that are not one of the classes 0 … K − 1, or ignored."""
        if y.min() >= 0 and y.max() < n_classes:
            return
        wrong = (y < 0) | (y >= n_classes)
        if self.ignore_index is not None:
            wrong &= y != self.ignore_index
        if wrong.any():
            where = int(np.argmax(wrong))
            advice = (
                "to leave a sample out give it sample_weight 0; labels −1/+1 become 0/1 with "
                "(y + 1) // 2"
                if y[where] < 0
                else "count classes from 0, or give y_pred a column more"
            )
            raise ValueError(
                f"y_true[{where}] is {y[where]} but the columns of y_pred are the classes "
                f"0 to {n_classes - 1}: {advice}"
            )

    def _weigh(self, y, weights):
        """Multiply the weights of the rows by those of their classes, 0 for an ignored row."""
        if self.class_weight is None and self.ignore_index is None:
            return weights
        weights = np.ones(len(y)) if weights is None else weights
        if self.class_weight is not None:
            per_class = np.asarray(self.class_weight, np.float64)
            weights = weights * (per_class[self._kept(y)[0]] if y.ndim == 1 else y @ per_class)
        if self.ignore_index is not None and y.ndim == 1:
            weights = weights * self._kept(y)[1]
        return weights

    def _kept(self, y):
        """Return labels that can index a row, and which rows count."""
        if self.ignore_index is None:
            return y, True
        kept = y != self.ignore_index
        return np.where(kept, y, 0), kept

    def _numbers(self, y, p):
        return (y if np.ndim(y) else np.eye(len(p))[int(y)]), p

    def _as_class_weights(self, name):
        """Read a field that is None or holds a positive weight for each class, in their order."""
        if getattr(self, name) is None:
            return
        needs = f"{SIZE}, one for each class in their order"
        self._require_each(name, float, needs)
        self._require(name, lambda ws: ws and all(map(is_size, ws)), needs)

    def _example(self, rng, n):
        return self.truth.sample(rng, n), 2 * rng.standard_normal((n, 3))


class LabelLoss(ClassLoss):
    """A loss of K classes that is defined for labels (n,) alone.

    Examples
    --------
    >>> import lossbook as lb
    >>> isinstance(lb.MulticlassHinge(), LabelLoss), isinstance(lb.cross_entropy, LabelLoss)
    (True, False)
    """

    truth: ClassVar[Domain] = replace(CLASSES, name="a class 0 … K − 1")

    def _read(self, y_true, y_pred, sample_weight=None):
        y, p = as_array(y_true, "y_true"), as_floats(y_pred, "y_pred")
        if y.ndim > 1 and p.ndim == 2:
            raise ValueError(
                f"y_true has shape {y.shape} but {type(self).__name__} is defined for "
                "labels alone, one a sample: y_true.argmax(axis=1) of one-hot rows, "
                "y_true.ravel() of a column; for probabilities use SoftmaxCrossEntropy"
            )
        return super()._read(y, p, sample_weight)


def _labels(y, p):
    """Return integer class labels, one for each row of `p`."""
    y = as_labels(y, "y_true")
    if len(y) != len(p):
        raise ValueError(
            f"y_true has {len(y)} label{'s' * (len(y) != 1)} but y_pred has {len(p)} "
            f"row{'s' * (len(p) != 1)}, shape {p.shape}: they must match one to one"
            f"{', use y_pred.T' if len(y) == p.shape[1] and len(p) > 1 else ''}"
        )
    return y


def _probabilities(y_true, p):
    """Return rows of class probabilities of the shape and dtype of `p`, checked to sum to 1."""
    y = as_floats(y_true, "y_true")
    if y.shape != p.shape:
        hint = (
            cure(y.shape, p.shape, ("n", "n K"), ("n K", "n K"))
            or f"give integer labels ({len(p)},) or probabilities {p.shape}"
        )
        raise ValueError(f"y_true has shape {y.shape} but y_pred has shape {p.shape}: {hint}")
    require_finite(y, "y_true")
    sums = y.sum(axis=1)
    wrong = (y < 0).any(axis=1) | (np.abs(sums - 1) > 1e-5)
    if wrong.any():
        where = int(np.argmax(wrong))
        raise ValueError(
            f"y_true[{where}] is {shown_row(y[where])}: a row of class probabilities is not "
            "negative and sums to 1; divide it by its sum, in float32 or float64 (float16 cannot "
            "hold it)"
        )
    return y.astype(p.dtype, copy=False)
