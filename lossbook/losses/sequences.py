"""Sequences of labels for longer sequences of frames, whose alignment nobody wrote down."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..numerics import log_softmax
from .decoding import ctc_alignments
from .domains import Domain
from .inputs import as_floats, as_labels, as_weights, first
from .kinds import RowLoss
from .lattice import Lattice
from .layouts import require_layout

__all__ = ["CTC"]

FRAMES, CLASSES = 4, 3  # of the small sequences that the checks use

LABELS = Domain(
    "labels 0 … K − 1 except the blank, one after the other, then −1 to the end of the row",
    "",
    None,  # needs the number of columns: checked by CTC
    lambda rng, size: rng.integers(1, 3, size),
)


@dataclass(frozen=True)
class CTC(RowLoss):
    r"""Connectionist temporal classification: labels in their order, at times nobody marked.

    .. math:: \ell(y, z) = -\log \sum_{\pi \to y} \prod_{t=1}^{T} p_t(\pi_t), \qquad
              p_t = \operatorname{softmax}(z_t)

    The sum is over all paths π, one class a frame, that collapse to the labels when repeats are
    merged and blanks dropped.  In each frame the gradient is the probability that the model
    gives a class, minus the probability of that class there among the paths that collapse to y:
    :math:`p_t(k) - \Pr(\pi_t = k \mid y)`.
    Forward–backward finds both in time proportional to frames times labels.

    Truth has shape (n, L), rows of labels padded with −1, and prediction (n, T, K), logits.
    Sequences of different lengths come as two lists: y_pred[i] an array (T_i, K) and y_true[i] its
    labels.  The gradient is then a list of arrays of these shapes.

    Parameters
    ----------
    blank : int
        The class that stands for no label: 0 as in PyTorch's ``CTCLoss``; some libraries take
        the last class.

    Raises
    ------
    ValueError
        If `blank` is negative or no column, a label is the blank, no column or negative inside
        its row, or a sequence has fewer frames than its labels need: one each, and a blank
        between equal neighbours.

    Notes
    -----
    The mean is over sequences, each counting as one; PyTorch's default divides each value by its
    number of labels first.  An empty row of labels asks for blanks throughout.

    Computed in logs and in float64, with an error of some units of the last place of the
    log-probabilities summed up: a value near 0, of labels that are all but certain, and a slope
    near 0, where many paths fit equally well, keep absolute digits only.  The steepest slope on
    the card is that by one logit.

    References
    ----------
    Graves, Fernández, Gomez and Schmidhuber (2006), *Connectionist Temporal Classification:
    Labelling Unsegmented Sequence Data with Recurrent Neural Networks*, ICML,
    doi:10.1145/1143844.1143891.

    Examples
    --------
    Two frames that know nothing: three of the four paths collapse to the label 1.

    >>> CTC().pointwise([[1]], np.zeros((1, 2, 2))).round(6).tolist()
    [0.287682]
    >>> CTC().grad([[1], []], [np.zeros((2, 2)), np.zeros((1, 2))])[1].tolist()
    [[-0.25, 0.25]]
    """

    blank: int = 0

    truth: ClassVar[Domain] = LABELS
    layout: ClassVar[tuple[str, str]] = ("n L", "n T K")
    arguments: ClassVar[tuple[str, ...]] = ("z",)
    shapes: ClassVar[tuple[tuple[int, ...], ...]] = ((FRAMES, CLASSES),)
    slope_norm: ClassVar[float] = np.inf
    hides_infinity: ClassVar[bool] = True
    latex: ClassVar[str] = (
        r"-\log \sum_{\pi \to y} \prod_{t=1}^{T} \operatorname{softmax}(z_t)_{\pi_t}"
    )

    def __post_init__(self):
        self._require("blank", lambda k: k >= 0, "a class, a whole number from 0")

    def value_and_grad(self, y_true, y_pred, sample_weight=None):
        """Return the mean loss and its gradient; the gradient is a list where `y_pred` is one."""
        value, grad = super().value_and_grad(y_true, y_pred, sample_weight)
        return value, _in_the_form_of(y_pred, grad)

    def pointwise_grad(self, y_true, y_pred):
        """Return the gradient of each sequence's loss; a list where `y_pred` is one."""
        return _in_the_form_of(y_pred, super().pointwise_grad(y_true, y_pred))

    def _read(self, y_true, y_pred, sample_weight=None):
        """Return rows of the number of frames and the labels, padded logits, and weights."""
        p, frames = _frames(y_pred)
        y = _labels(y_true)
        require_layout(y, p, self.layout, type(self).__name__)
        self._require_labels(y, p.shape[2])
        frames = np.full(len(p), p.shape[1]) if frames is None else frames
        _require_frames(y, frames)
        weights = None if sample_weight is None else as_weights(sample_weight, p)
        return np.column_stack([frames, y]), p, weights

    def _require_labels(self, y, n_classes):
        """Refuse what is no label: the blank, no column, or a gap inside a row."""
        columns = f"the columns of y_pred are the classes 0 to {n_classes - 1}"
        if self.blank >= n_classes:
            raise ValueError(f"blank is {self.blank} but {columns}: give the column of the blank")
        after_a_gap = np.maximum.accumulate(y < 0, axis=1) & (y >= 0)
        for wrong, cause in (
            (y >= n_classes, f"{columns}: count classes from 0, or give y_pred a column more"),
            (y < -1, f"{columns}: only −1 may stand beside them, after the last label"),
            (y == self.blank, "that is the blank: leave it out, or choose another `blank`"),
            (after_a_gap, "it follows a −1, which marks the end: move the −1 behind the labels"),
        ):
            if wrong.any():
                i, j = first(wrong)
                raise ValueError(f"y_true[{i}, {j}] is {y[i, j]}, but {cause}")

    def _value(self, y, z):
        lattice = Lattice(y, log_softmax(z.astype(np.float64)), self.blank)
        return np.maximum(-lattice.log_likelihood(lattice.forward()), 0)

    def _grad(self, y, z):
        return self._value_and_grad(y, z)[1]

    def _value_and_grad(self, y, z):
        log_p = log_softmax(z.astype(np.float64))
        lattice = Lattice(y, log_p, self.blank)
        forward = lattice.forward()
        grad = np.exp(log_p) - lattice.occupancy(forward)
        top = log_p.argmax(axis=2)[..., None]  # the rest is exact where p is close to 1
        np.put_along_axis(grad, top, 0, axis=2)
        np.put_along_axis(grad, top, -grad.sum(axis=2, keepdims=True), axis=2)
        grad *= lattice.inside[..., None]
        return np.maximum(-lattice.log_likelihood(forward), 0), grad

    def _numbers(self, y, p):
        return (np.asarray(p, float),)

    def _labels_of_formula(self):
        """Return the two labels, unequal, that the formula is written for."""
        return tuple(k for k in range(CLASSES) if k != self.blank)[:2]

    @staticmethod
    def _formula(sp, z, blank):
        labels = CTC(blank)._labels_of_formula()
        paths = ctc_alignments(labels, FRAMES, blank)
        fitting = sum(sp.exp(sum(z[t][k] for t, k in enumerate(path))) for path in paths)
        return sum(sp.log(sum(sp.exp(score) for score in row)) for row in z) - sp.log(fitting)

    def _formula_example(self, rng, n=6):
        return np.tile(self._labels_of_formula(), (n, 1)), self._example(rng, n)[1]

    def _example(self, rng, n):
        y = rng.choice(self._labels_of_formula(), (n, 2))
        length = rng.integers(0, 3, n)
        y[np.arange(2) >= length[:, None]] = -1
        return y, 2 * rng.standard_normal((n, FRAMES, CLASSES))

    def _facts(self):
        return {
            "estimates": "the log-probabilities of paths, one class a frame, up to a constant a "
            "frame",
            "convex": False,
            "lipschitz": 1.0,
            "link": "labels: ctc_beam_search seeks the likeliest, ctc_greedy takes those of the "
            "likeliest path",
            "aliases": ("connectionist temporal classification",),
            "choose": "the labels come in the order of the frames, and nobody marked when",
            "avoid": "the order may change, as in translation, or labels outnumber frames",
            "chapter": "losses/sequences-ctc",
        }


def _is_list(y_pred):
    """Tell whether sequences come one by one: a list of arrays, or of lists of unequal length."""
    if not isinstance(y_pred, (list, tuple)) or not y_pred:
        return False
    lengths = {len(table) if np.ndim(table) else None for table in _each(y_pred)}
    return len(lengths) > 1 or any(isinstance(table, np.ndarray) for table in y_pred)


def _each(tables):
    """Return each table, of which NumPy could not make an array if its rows are unequal."""
    try:
        return [np.asarray(table) for table in tables]
    except ValueError as error:
        raise ValueError(
            f"y_pred is a list with a table of unequal rows ({error}): each sequence is an array "
            "(T, K), one score a class in each frame"
        ) from error


def _frames(y_pred):
    """Return logits (n, T, K), padded if they come as a list, and then the frames of each."""
    if not _is_list(y_pred):
        return as_floats(y_pred, "y_pred"), None
    tables = [as_floats(table, f"y_pred[{i}]") for i, table in enumerate(y_pred)]
    n_classes = tables[0].shape[-1] if tables[0].ndim else 0
    for i, table in enumerate(tables):
        if table.ndim != 2 or table.size == 0 or table.shape[1] != n_classes:
            raise ValueError(
                f"y_pred[{i}] has shape {table.shape} beside y_pred[0] {tables[0].shape}: each "
                "sequence is an array (T, K), one row a frame, with the same K"
            )
    frames = np.array([len(table) for table in tables])
    padded = np.zeros((len(tables), frames.max(), n_classes), np.result_type(*tables))
    for row, table in zip(padded, tables, strict=True):
        row[: len(table)] = table
    return padded, frames


def _labels(y_true):
    """Return integer labels (n, L), rows of unequal length padded with −1."""
    if not isinstance(y_true, (list, tuple)) or not all(np.ndim(row) == 1 for row in y_true):
        return as_labels(y_true, "y_true")
    rows = [as_labels(row, f"y_true[{i}]") for i, row in enumerate(y_true)]
    padded = np.full((len(rows), max(map(len, rows), default=0)), -1)
    for line, row in zip(padded, rows, strict=True):
        line[: len(row)] = row
    return padded


def _require_frames(y, frames):
    """Refuse a sequence too short for its labels and the blanks between equal neighbours."""
    used = (y >= 0).sum(axis=1)
    repeats = ((y[:, 1:] == y[:, :-1]) & (y[:, 1:] >= 0)).sum(axis=1)
    short = frames < used + repeats
    if short.any():
        i = int(np.argmax(short))
        raise ValueError(
            f"y_pred[{i}] has {frames[i]} frames but y_true[{i}] needs {used[i] + repeats[i]}: "
            f"{used[i]} labels, and a blank between equal neighbours, {repeats[i]} times; take "
            "more frames, or leave the sequence out"
        )


def _in_the_form_of(y_pred, grad):
    """Return the gradient of padded sequences as a list of their own shapes, if they are a list."""
    if not _is_list(y_pred):
        return grad
    return [row[: len(table)] for row, table in zip(grad, y_pred, strict=True)]
