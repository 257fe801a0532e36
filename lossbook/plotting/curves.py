"""Losses and their derivatives as curves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from lossbook.plotting.labels import label_ends
from lossbook.plotting.style import LINESTYLES, style_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class _View(NamedTuple):
    """What the horizontal axis shows: the truth is held fixed, the prediction varies."""

    truth: float
    span: tuple[float, float]
    label: str
    symbol: str


VIEWS = {
    "residual": _View(0.0, (-3.0, 3.0), "residual r = ŷ − y", "r"),
    "margin": _View(1.0, (-2.0, 3.0), "margin m = y z", "m"),
    "logit": _View(1.0, (-6.0, 6.0), "logit z, where y = 1", "z"),
    "probability": _View(1.0, (0.01, 0.99), "predicted probability p, where y = 1", "p"),
}


def plot_losses(
    losses: Any,
    x: Sequence[float] | np.ndarray | None = None,
    *,
    against: Literal["residual", "margin", "logit", "probability"] = "residual",
    what: Literal["value", "grad"] = "value",
    labels: Sequence[str] | None = None,
    ylim: tuple[float, float] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw losses, or their derivatives, each in its own colour and named at its end.

    Parameters
    ----------
    losses : Loss or iterable of Loss
        What to draw.
    x : array_like of shape (n,), optional
        Where: residuals, margins, logits or probabilities.  Two numbers are the ends of a
        range.  By default a range that suits `against`.
    against : {"residual", "margin", "logit", "probability"}, default "residual"
        What `x` means.  The truth is then 0 for a residual and 1 otherwise.
    what : {"value", "grad"}, default "value"
        The loss itself or its derivative with respect to the prediction.
    labels : sequence of str, optional
        Names of the curves; by default the repr of each loss.
    ylim : (float, float), optional
        Limits of the vertical axis; a curve that leaves through the top is named there.
    ax : Axes, optional
        Where to draw; by default a new figure's Axes.

    Returns
    -------
    Axes
        What was drawn on.

    Raises
    ------
    ValueError
        If `against` or `what` is unknown, or `labels` does not match `losses`.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> import lossbook as lb
    >>> ax = plot_losses([lb.hinge, lb.SquaredHinge()], against="margin", ax=Figure().subplots())
    >>> ax.get_xlabel()
    'margin m = y z'
    """
    losses = list(losses) if isinstance(losses, Iterable) else [losses]
    view = _checked("against", against, VIEWS)
    symbol = view.symbol
    vertical = _checked("what", what, {"value": "loss ℓ", "grad": f"derivative dℓ/d{symbol}"})
    labels = [label_of(loss) for loss in losses] if labels is None else list(labels)
    if len(labels) != len(losses):
        raise ValueError(
            f"labels holds {len(labels)} names, but losses {len(losses)}: give one label a loss"
        )
    x = _abscissae(x, view.span)
    ax = new_axes() if ax is None else ax
    for loss, label, style in zip(losses, labels, _distinct_styles(losses), strict=True):
        ax.plot(x, evaluate(loss, x, view.truth, what), label=label, **style)
    ax.set(xlabel=view.label, ylabel=vertical, xlim=(x[0], x[-1]))
    if ylim is not None:
        ax.set_ylim(ylim)
    return label_ends(ax)


def plot_influence(
    losses: Any,
    x: Sequence[float] | np.ndarray | None = None,
    *,
    labels: Sequence[str] | None = None,
    ylim: tuple[float, float] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the pull ψ(r) = dℓ/dr of one observation on the fit, by its residual.

    Parameters
    ----------
    losses : Loss or iterable of Loss
        Losses of a residual.
    x : array_like of shape (n,), optional
        Residuals, or the two ends of their range; by default −6 to 6.
    labels : sequence of str, optional
        Names of the curves; by default the repr of each loss.
    ylim : (float, float), optional
        Limits of the vertical axis.
    ax : Axes, optional
        Where to draw; by default a new figure's Axes.

    Returns
    -------
    Axes
        What was drawn on.

    Notes
    -----
    The influence of an outlier on an M-estimate is proportional to ψ.  It grows without
    bound for the squared error, is bounded for Huber's loss, and returns to zero for a
    redescending loss.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> import lossbook as lb
    >>> ax = plot_influence([lb.mse, lb.huber], ax=Figure().subplots())
    >>> ax.get_xlabel()
    'residual r = ŷ − y'
    """
    x = (-6.0, 6.0) if x is None else x
    ax = plot_losses(losses, x, what="grad", labels=labels, ylim=ylim, ax=ax)
    ax.axhline(0.0, color="#6b7280", linewidth=0.9, zorder=1)
    ax.set_ylabel("influence ψ(r) = dℓ/dr")
    return ax


def evaluate(loss: Any, x: np.ndarray, truth: float, what: str = "value") -> np.ndarray:
    """Return the pointwise loss or derivative for one truth and many predictions.

    Parameters
    ----------
    loss : Loss
        The loss.
    x : ndarray of shape (n,)
        Predictions.
    truth : float
        The one truth they are compared with.
    what : {"value", "grad"}
        Which of the two.

    Returns
    -------
    ndarray of shape (n,)
    """
    method = loss.pointwise if what == "value" else loss.pointwise_grad
    return np.asarray(method(np.full_like(x, truth), x))


def label_of(loss: Any) -> str:
    """Return the repr of a loss, without the parentheses when it has no parameters."""
    return repr(loss).removesuffix("()")


def new_axes() -> Axes:
    """Return the Axes of a new figure."""
    import matplotlib.pyplot as plt

    return plt.subplots()[1]


def _abscissae(x: Any, span: tuple[float, float]) -> np.ndarray:
    """Return the points to draw at: `x` itself, or many points between its two ends."""
    x = np.asarray(span if x is None else x, dtype=float)
    if x.ndim != 1 or x.size < 2:
        raise ValueError(f"x has shape {x.shape}: give two ends of a range or a 1-d array")
    return np.linspace(*x, 601) if x.size == 2 else x


def _distinct_styles(losses: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the style of each loss; a loss drawn twice keeps its colour and changes its line."""
    seen: Counter[type] = Counter()
    styles = []
    for loss in losses:
        style = style_of(loss)
        first = LINESTYLES.index(style["linestyle"])
        style["linestyle"] = LINESTYLES[(first + seen[type(loss)]) % len(LINESTYLES)]
        seen[type(loss)] += 1
        styles.append(style)
    return styles


def _checked(name: str, value: str, table: dict[str, Any]) -> Any:
    """Look `value` up, or say which values there are."""
    if value not in table:
        raise ValueError(f"{name}={value!r} is not known: choose one of {', '.join(table)}")
    return table[value]
