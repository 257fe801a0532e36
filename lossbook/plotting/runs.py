"""Fits, loss landscapes and training runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from lossbook.plotting.curves import label_of, new_axes
from lossbook.plotting.labels import label_ends, log_ticks
from lossbook.plotting.style import LINESTYLES, PALETTE, style_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HUES = ("blue", "red", "green", "purple", "amber", "teal", "magenta", "brown")


def plot_fit(
    x: np.ndarray,
    y: np.ndarray,
    lines: Mapping[Any, Callable | tuple[float, float]],
    *,
    outliers: np.ndarray | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw data in the plane and the lines or curves fitted to it.

    Parameters
    ----------
    x, y : ndarray of shape (n,)
        The data.
    lines : mapping
        From a name, or from the loss that was minimised, to the fit: (slope, intercept) or a
        function of x.
    outliers : ndarray of bool, shape (n,), optional
        Points to mark as crosses.
    ax : Axes, optional
        Where to draw; by default a new figure's Axes.

    Returns
    -------
    Axes
        What was drawn on.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> x = np.array([0.0, 1.0, 2.0])
    >>> ax = plot_fit(x, 2 * x + 1, {"least squares": (2.0, 1.0)}, ax=Figure().subplots())
    >>> ax.lines[-1].get_ydata()[[0, -1]].round(1).tolist()
    [1.0, 5.0]
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    odd = np.zeros(x.shape, dtype=bool) if outliers is None else np.asarray(outliers, dtype=bool)
    ax = new_axes() if ax is None else ax
    ax.plot(x[~odd], y[~odd], "o", color=PALETTE["slate"], alpha=0.75, markeredgewidth=0)
    ax.plot(x[odd], y[odd], "X", color=PALETTE["rose"], markersize=9, markeredgewidth=0)
    grid = np.linspace(x.min(), x.max(), 201)
    for i, (key, fit) in enumerate(lines.items()):
        values = fit(grid) if callable(fit) else fit[0] * grid + fit[1]
        ax.plot(grid, values, label=_name(key), **_style(key, i))
    ax.set(xlabel="x", ylabel="y")
    return label_ends(ax)


def plot_contours(
    f: Callable[[np.ndarray], Any],
    paths: Mapping[str, np.ndarray] | np.ndarray | None = None,
    *,
    bounds: tuple[tuple[float, float], tuple[float, float]] | None = None,
    minimum: Sequence[float] | None = None,
    levels: int = 14,
    ax: Axes | None = None,
) -> Axes:
    """Draw the landscape of a function of two parameters, and paths of descent over it.

    Parameters
    ----------
    f : callable
        ``f(w) -> value`` or ``f(w) -> (value, gradient)`` for w of shape (2,).
    paths : mapping of str to ndarray of shape (steps, 2), or one such array, optional
        The parameters after each step.
    bounds : ((low, high), (low, high)), optional
        Range of both parameters; by default what holds the paths and the minimum.
    minimum : sequence of two floats, optional
        Where to put a star.
    levels : int, default 14
        Number of contour lines; their heights grow quadratically from the lowest point, so
        that the lines of a quadratic bowl are evenly spaced.
    ax : Axes, optional
        Where to draw; by default a new figure's Axes.

    Returns
    -------
    Axes
        What was drawn on.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> path = np.array([[2.0, 1.0], [1.0, 0.5]])
    >>> ax = plot_contours(lambda w: w @ w, path, minimum=(0.0, 0.0), ax=Figure().subplots())
    >>> low, high = ax.get_xlim()
    >>> bool(low < 0 < 2 < high)
    True
    """
    paths = {} if paths is None else paths
    named = dict(paths) if isinstance(paths, Mapping) else {"_path": paths}
    named = {name: np.asarray(path, dtype=float) for name, path in named.items()}
    bounds = bounds or _bounds_of([*named.values(), *([[minimum]] if minimum is not None else [])])
    ax = new_axes() if ax is None else ax
    _draw_landscape(ax, f, bounds, levels)
    for i, (name, path) in enumerate(named.items()):
        style = _style(name, i)
        ax.plot(*path.T, marker="o", markersize=3.5, label=name, zorder=3, **style)
    if minimum is not None:
        ax.plot(*minimum, "*", color=PALETTE["ink"], markersize=14, zorder=4)
    ax.set(xlabel="w₁", ylabel="w₂", xlim=bounds[0], ylim=bounds[1])
    if any(not name.startswith("_") for name in named):
        ax.figure.legend(loc="outside upper center", ncols=min(len(named), 4))
    return ax


def _draw_landscape(ax: Axes, f: Callable, bounds: tuple, levels: int) -> None:
    """Draw contour lines of `f`, darker where it is lower."""
    axes = [np.linspace(*bound, 121) for bound in bounds]
    height = np.array([[_value(f, np.array([u, v])) for u in axes[0]] for v in axes[1]])
    low, high = np.nanmin(height), np.nanmax(height)
    if not high > low:
        raise ValueError(f"f is {low:g} everywhere within bounds {bounds}: no contour to draw")
    heights = low + (high - low) * (np.arange(1, levels + 1) / (levels + 1)) ** 2
    ax.contour(*axes, height, levels=heights, cmap=_contour_map(), linewidths=1.1, zorder=2)
    ax.grid(visible=False)


def _contour_map() -> Any:
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("depth", ["#3d5a80", "#a9b8cc"])


def _value(f: Callable, w: np.ndarray) -> float:
    result = f(w)
    return float(result[0] if isinstance(result, tuple) else result)


def _bounds_of(paths: Sequence[Any]) -> tuple:
    """Return limits that hold all points with a margin of a fifth."""
    if not paths:
        raise ValueError("without paths and minimum there is nothing to frame: give bounds")
    points = np.vstack(paths)
    low, high = points.min(axis=0), points.max(axis=0)
    margin = np.maximum(0.2 * (high - low), 1e-3 + 0.02 * np.abs(high))
    return tuple(zip((low - margin).tolist(), (high + margin).tolist(), strict=True))


def plot_history(
    histories: Mapping[Any, Any] | Any,
    *,
    log: bool = False,
    xlabel: str = "epoch",
    ylabel: str = "mean loss L",
    ax: Axes | None = None,
) -> Axes:
    """Draw how the loss fell in one training run or several.

    Parameters
    ----------
    histories : mapping, sequence or History
        One run or, by name (or by the loss minimised), several.  A run is a sequence of
        numbers, the `Result` of a minimisation, or the `History` of a training, whose
        validation loss, where there is one, is drawn thin and dotted.
    log : bool, default False
        Logarithmic vertical axis: a straight line is then linear convergence.
    xlabel, ylabel : str
        Names of the axes.
    ax : Axes, optional
        Where to draw; by default a new figure's Axes.

    Returns
    -------
    Axes
        What was drawn on.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = plot_history({"slow": [4.0, 3.0, 2.0]}, xlabel="step", ax=Figure().subplots())
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('step', 'mean loss L')
    """
    named = histories if isinstance(histories, Mapping) else {"": histories}
    ax = new_axes() if ax is None else ax
    for i, (key, run) in enumerate(named.items()):
        values, validation = _measured(run)
        style = _style(key, i)
        ax.plot(np.arange(len(values)), values, label=_name(key) or "training", **style)
        if len(validation):
            label = f"{_name(key)} validation".strip()
            thin = {**style, "linestyle": ":", "linewidth": 1.6}
            ax.plot(np.arange(len(validation)), validation, label=label, **thin)
    if log:
        ax.set_yscale("log")
        log_ticks(ax.yaxis)
    ax.set(xlabel=xlabel, ylabel=ylabel)
    return label_ends(ax) if len(ax.lines) > 1 else ax


def _measured(run: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return the losses of a run, on training and (possibly none) on validation data."""
    training = getattr(run, "train_loss", getattr(run, "values", run))
    return np.asarray(training, dtype=float), np.asarray(getattr(run, "val_loss", ()), dtype=float)


def _name(key: Any) -> str:
    return key if isinstance(key, str) else label_of(key)


def _style(key: Any, i: int) -> dict[str, Any]:
    """Return the style of a loss, or for any other name the i-th of a fixed order."""
    try:
        return style_of(key)
    except KeyError:
        n = len(_HUES)
        return {"color": PALETTE[_HUES[i % n]], "linestyle": LINESTYLES[i % len(LINESTYLES)]}
