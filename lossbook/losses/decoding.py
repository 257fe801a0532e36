"""Paths of connectionist temporal classification: from frames to labels, and back.

A path names one class a frame; collapsing it merges repeats and then drops the blanks.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from ..numerics import log_softmax
from .inputs import as_floats, as_labels, require_finite
from .settings import is_whole

__all__ = ["ctc_alignments", "ctc_beam_search", "ctc_greedy"]


def ctc_alignments(labels, frames: int, blank: int = 0) -> Iterator[tuple[int, ...]]:
    """Yield every path of `frames` classes that collapses to `labels`.

    Their number grows exponentially: for looking at, and for checking `CTC`, which sums over all
    of them without ever listing one.

    Parameters
    ----------
    labels : sequence of int
        The labels, without blanks; may be empty.
    frames : int
        Length of the paths.
    blank : int, default 0
        The class that stands for no label.

    Yields
    ------
    tuple of int
        A path; none if the frames are too few.

    Raises
    ------
    ValueError
        If a label is negative or the blank, or `frames` no whole number from 0.

    Examples
    --------
    >>> for path in ctc_alignments([1, 2], 3):
    ...     print(path)
    (0, 1, 2)
    (1, 0, 2)
    (1, 1, 2)
    (1, 2, 0)
    (1, 2, 2)
    >>> list(ctc_alignments([1, 1], 3))
    [(1, 0, 1)]
    """
    labels = as_labels(labels, "labels").tolist()
    for i, label in enumerate(labels):
        if label < 0 or label == blank:
            raise ValueError(
                f"labels[{i}] is {label}: give the labels alone, classes from 0 without the blank, "
                f"{blank}, and without padding"
            )
    _require_whole("frames", frames, 0, "a path has that many classes")

    def walk(path, done):
        if len(path) == frames:
            if done == len(labels):
                yield path
            return
        last = path[-1] if path else blank
        steps = {blank: done}
        if last != blank:
            steps[last] = done
        if done < len(labels) and labels[done] != last:
            steps[labels[done]] = done + 1
        for symbol in sorted(steps):
            yield from walk((*path, symbol), steps[symbol])

    return walk((), 0)


def ctc_greedy(logits, blank: int = 0) -> list[int]:
    """Collapse the path of each frame's likeliest class.

    Fast, and right when the model is sure; a labelling spread over many paths may be likelier.

    Parameters
    ----------
    logits : array_like, shape (T, K)
        Scores of one sequence.
    blank : int, default 0
        The class that stands for no label.

    Returns
    -------
    list of int
        The labels.

    Raises
    ------
    ValueError
        If `logits` is not a table of numbers, or `blank` is no column of it.

    Examples
    --------
    >>> ctc_greedy([[0.0, 2.0], [0.0, 3.0], [1.0, 0.0], [0.0, 1.0]])
    [1, 1]
    """
    path = _read(logits, blank).argmax(axis=1)
    new = np.append(True, path[1:] != path[:-1])
    return path[new & (path != blank)].tolist()


def ctc_beam_search(logits, width: int = 10, blank: int = 0) -> list[tuple[tuple[int, ...], float]]:
    """Search the likeliest labellings, adding up the paths that collapse to the same one.

    After each frame only the `width` likeliest beginnings are kept.  For each it is remembered
    how likely it ends in a blank and in its last label: a repeated label only counts as a second
    one after a blank.

    Parameters
    ----------
    logits : array_like, shape (T, K)
        Scores of one sequence; the softmax is applied inside.
    width : int, default 10
        How many beginnings are kept; the more, the surer that the best is found.
    blank : int, default 0
        The class that stands for no label.

    Returns
    -------
    list of (tuple of int, float)
        Labellings, likeliest first, each with its log-probability: exact if nothing was dropped,
        too low otherwise.

    Raises
    ------
    ValueError
        If `width` is no positive integer, `logits` is not a table of numbers, or `blank` is no
        column of it.

    References
    ----------
    Hannun, Maas, Jurafsky and Ng (2014), *First-Pass Large Vocabulary Continuous Speech
    Recognition using Bi-Directional Recurrent DNNs*, arXiv:1408.2873.

    Examples
    --------
    The likeliest path is blank, blank; but three paths collapse to the label 1:

    >>> logits = np.log([[0.6, 0.4], [0.6, 0.4]])
    >>> ctc_greedy(logits)
    []
    >>> labels, score = ctc_beam_search(logits)[0]
    >>> labels, round(float(np.exp(score)), 6)
    ((1,), 0.64)
    """
    _require_whole("width", width, 1, "so many beginnings are kept")
    beams = {(): (0.0, -np.inf)}  # log-probabilities of ending in a blank, and in a label
    for frame in log_softmax(_read(logits, blank)).tolist():
        following = defaultdict(lambda: (-np.inf, -np.inf))
        for prefix, ends in beams.items():
            _extend(following, prefix, ends, frame, blank)
        best = sorted(following.items(), key=lambda item: -np.logaddexp(*item[1]))
        beams = dict(best[:width])
    return [(prefix, float(np.logaddexp(*ends))) for prefix, ends in beams.items()]


def _extend(following, prefix, ends, frame, blank):
    """Add what one more frame makes of a beginning to the beginnings that follow."""
    in_blank, in_label = ends
    either = np.logaddexp(in_blank, in_label)
    for symbol, score in enumerate(frame):
        if symbol == blank:
            _add(following, prefix, either + score, -np.inf)
        elif prefix and symbol == prefix[-1]:
            _add(following, prefix, -np.inf, in_label + score)
            _add(following, (*prefix, symbol), -np.inf, in_blank + score)
        else:
            _add(following, (*prefix, symbol), -np.inf, either + score)


def _add(following, prefix, in_blank, in_label):
    if max(in_blank, in_label) == -np.inf:
        return  # two equal labels with no blank between them
    a, b = following[prefix]
    following[prefix] = (np.logaddexp(a, in_blank), np.logaddexp(b, in_label))


def _require_whole(name, number, least, cause):
    if not is_whole(number) or number < least:
        raise ValueError(f"{name} must be a whole number from {least}, got {number!r}: {cause}")


def _read(logits, blank):
    """Return one sequence of scores as float64, checked."""
    z = as_floats(logits, "logits").astype(np.float64)
    if z.ndim != 2 or z.size == 0:
        raise ValueError(
            f"logits has shape {z.shape} but must be (T, K), one row a frame: "
            "decode the sequences of a batch one by one"
        )
    require_finite(z, "logits")
    if not is_whole(blank) or not 0 <= blank < z.shape[1]:
        raise ValueError(
            f"blank is {blank!r} but the columns of logits are the classes 0 to {z.shape[1] - 1}: "
            "give the column of the blank"
        )
    return z
