"""Words inside a figure: names at the ends of curves, and powers of ten as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.lines import Line2D

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class _End(NamedTuple):
    """Where a curve leaves the Axes, in fractions of their width and height."""

    x: float
    y: float
    line: Line2D


def label_ends(ax: Axes, lines: Sequence[Line2D] | None = None) -> Axes:
    """Write the name of each curve where it leaves the Axes, instead of a legend.

    Call it when the limits of the Axes are final.  A curve that ends inside them is named in
    the right margin, one that leaves through the top is named above it; names that would
    overlap are moved apart.

    Parameters
    ----------
    ax : Axes
        Where the curves are.
    lines : sequence of Line2D, optional
        The curves to name; by default all that have a label.

    Returns
    -------
    Axes
        The same `ax`.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> _ = ax.plot([0, 1], [0, 1], label="rises")
    >>> [text.get_text() for text in label_ends(ax).texts]
    ['rises']
    """
    ax.get_xlim(), ax.get_ylim()  # matplotlib settles limits only when asked for them
    lines = [line for line in (lines or ax.lines) if not line.get_label().startswith("_")]
    ends = [_end_of(ax, line) for line in lines]
    _write_right(ax, sorted((e for e in ends if e.y < 1.0), key=lambda e: e.y))
    _write_above(ax, sorted((e for e in ends if e.y >= 1.0), key=lambda e: e.x))
    return ax


def _end_of(ax: Axes, line: Line2D) -> _End:
    """Find the last point of a curve that lies inside the limits of the Axes."""
    points = np.column_stack([line.get_xdata(), line.get_ydata()]).astype(float)
    points = points[np.isfinite(points).all(axis=1)]
    where = ax.transAxes.inverted().transform(ax.transData.transform(points))
    inside = np.flatnonzero((where >= -1e-9).all(axis=1) & (where <= 1 + 1e-9).all(axis=1))
    if inside.size == 0:
        raise ValueError(
            f"the curve {line.get_label()!r} lies outside the limits of the Axes, so it cannot "
            "be named; widen the limits or leave the curve out"
        )
    last = inside[-1]
    leaves_through_top = last + 1 < len(where) and where[last + 1, 1] > 1
    x, y = where[last]
    return _End(x, 1.0 if leaves_through_top else min(y, 1 - 1e-6), line)


def _write_right(ax: Axes, ends: Sequence[_End]) -> None:
    """Name curves in the right margin."""
    gap = 1.25 * _font_size() / _size_in_points(ax)[1]
    for end, y in zip(ends, spread([e.y for e in ends], [gap] * len(ends)), strict=True):
        _write(ax, end, (1.0, y), offset=(6, 0), ha="left", va="center")


def _write_above(ax: Axes, ends: Sequence[_End]) -> None:
    """Name curves above the Axes."""
    em = _font_size() / _size_in_points(ax)[0]
    widths = [0.6 * em * (len(e.line.get_label()) + 2) for e in ends]
    for end, x in zip(ends, spread([e.x for e in ends], widths), strict=True):
        _write(ax, end, (x, 1.0), offset=(0, 4), ha="center", va="bottom")


def _write(ax: Axes, end: _End, xy: tuple, offset: tuple, **align: Any) -> None:
    text = ax.annotate(
        end.line.get_label(),
        xy,
        xytext=offset,
        xycoords="axes fraction",
        textcoords="offset points",
        color=end.line.get_color(),
        annotation_clip=False,
        **align,
    )
    text.set_fontsize(_font_size())


def _font_size() -> float:
    """Return the size of a curve's name in points: that of the tick labels."""
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties

    return FontProperties(size=mpl.rcParams["ytick.labelsize"]).get_size_in_points()


def _size_in_points(ax: Axes) -> tuple[float, float]:
    """Return width and height of the Axes before layout, which only shrinks them."""
    box = ax.get_position()
    width, height = ax.figure.get_size_inches() * 72
    return 0.9 * box.width * width, 0.9 * box.height * height


def spread(centres: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Move intervals apart as little as needed so that none overlap.

    Parameters
    ----------
    centres : sequence of float
        Where the intervals want to be, ascending.
    sizes : sequence of float
        Their lengths.

    Returns
    -------
    list of float
        The centres after moving; a group that collided stays centred on its mean wish.

    Notes
    -----
    Intervals that touch act as one block, and a block sits where the mean of its members
    wants it: the pool-adjacent-violators algorithm, that is, least squares under constraints.

    Examples
    --------
    >>> spread([0.0, 0.1, 5.0], [1.0, 1.0, 1.0])
    [-0.45, 0.55, 5.0]
    """
    blocks: list[tuple[float, list[int]]] = []  # (shift of the block, its members)
    starts = np.concatenate([[0.0], np.cumsum([(a + b) / 2 for a, b in pairwise(sizes)])])
    wishes = [c - s for c, s in zip(centres, starts[: len(centres)], strict=True)]
    for i, wish in enumerate(wishes):
        blocks.append((wish, [i]))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            members = blocks[-2][1] + blocks[-1][1]
            blocks[-2:] = [(sum(wishes[j] for j in members) / len(members), members)]
    return [float(round(shift + starts[i], 9)) for shift, block in blocks for i in block]


def log_ticks(axis: Axis) -> None:
    """Give a logarithmic axis tick labels such as 10⁻³ in plain Unicode.

    Parameters
    ----------
    axis : Axis
        ``ax.xaxis`` or ``ax.yaxis``, already logarithmic.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> _ = ax.semilogy([0, 1], [1e-3, 1.0])
    >>> log_ticks(ax.yaxis)
    >>> ax.yaxis.get_major_formatter()(1e-3)
    '10⁻³'
    """
    from matplotlib.ticker import FuncFormatter, NullFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: power_of_ten(value)))
    axis.set_minor_formatter(NullFormatter())


def power_of_ten(value: float) -> str:
    """Write a power of ten as a reader would.

    Examples
    --------
    >>> [power_of_ten(v) for v in (0.001, 0.1, 1.0, 100.0, 1e6)]
    ['10⁻³', '0.1', '1', '100', '10⁶']
    """
    exponent = round(float(np.log10(value)))
    if -1 <= exponent <= 2:
        return f"{value:g}"
    return "10" + str(exponent).translate(_SUPERSCRIPTS)
