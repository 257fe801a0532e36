"""Interactive figures of the built book, set by a line of Python."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from numbers import Real
from typing import Any

from .plotting import style

_DASHES = {"-": "", "--": "8 6", "-.": "9 5 2 5", ":": "2 5"}
_LONG_DASH_DOTS = "14 5 2 5 2 5"


def _one_of(*names: str) -> Callable[[str, Any], Any]:
    """Return a reader of one of these names."""

    def read(key: str, value: Any) -> str:
        if value not in names:
            raise ValueError(f"{key}={value!r} is none of {', '.join(names)}")
        return value

    return read


def _number(least: float, most: float) -> Callable[[str, Any], Any]:
    """Return a reader of a number between two bounds."""

    def read(key: str, value: Any) -> float:
        if not isinstance(value, Real) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(f"{key}={value!r} is no number from {least:g} to {most:g}")
        return float(value)

    return read


def _some_of(*names: str) -> Callable[[str, Any], Any]:
    """Return a reader of a list of these names."""
    one = _one_of(*names)

    def read(key: str, value: Any) -> list[str]:
        if not isinstance(value, list | tuple):
            raise ValueError(f"{key}={value!r} is no list, such as {key}=[{names[0]!r}]")
        return [one(key, name) for name in value]

    return read


@dataclass(frozen=True)
class Kind:
    """What there is to know of a kind of figure: its options and whose colours it needs.

    Parameters
    ----------
    options : dict
        For each option its default and a function of name and value that checks it.
    styles : tuple of str, or function of the options
        Losses, or colours of ``plotting.PALETTE``, whose colour and line the figure gets.
    """

    options: dict[str, tuple[Any, Callable[[str, Any], Any]]] = field(default_factory=dict)
    styles: tuple[str, ...] | Callable[[dict[str, Any]], tuple[str, ...]] = ()


_FAMILIES = {
    "huber": "Huber",
    "quantile": "Quantile",
    "focal": "FocalLoss",
    "general": "GeneralRobust",
}
_MARGINS = (
    "ZeroOne",
    "Hinge",
    "Logistic",
    "SquaredHinge",
    "Exponential",
    "ModifiedHuber",
    "Ramp",
    "Perceptron",
)

KINDS = {
    "loss-shape": Kind(
        {"family": ("huber", _one_of(*_FAMILIES))},
        lambda options: (_FAMILIES[options["family"]],),
    ),
    "outlier": Kind(styles=("SquaredError", "AbsoluteError", "Huber")),
    "minimiser": Kind(
        {"q": (0.8, _number(0.05, 0.95))}, ("SquaredError", "AbsoluteError", "Quantile")
    ),
    "three-gradients": Kind(
        styles=("BinaryCrossEntropy", "SigmoidCrossEntropy", "SquaredError", "ink")
    ),
    "softmax": Kind(styles=("SoftmaxCrossEntropy", "ink")),
    "margins": Kind({"show": (_MARGINS[:4], _some_of(*_MARGINS))}, _MARGINS),
}


@dataclass(frozen=True)
class Interactive:
    """An interactive figure, which displays itself in the built book.

    Parameters
    ----------
    name : str
        The kind of figure.
    config : dict
        Its options, and under ``"styles"`` the colours and lines of its losses.
    """

    name: str
    config: dict[str, Any]

    def __repr__(self) -> str:
        """Say where the figure can be seen."""
        return f"Interactive figure {self.name}: open the built book"

    def _repr_html_(self) -> str:
        """Return the element that the book's script brings to life."""
        config = escape(json.dumps(self.config, ensure_ascii=False))
        return f'<loss-figure data-figure="{self.name}" data-config="{config}"></loss-figure>'


def interactive(name: str, **config: Any) -> Interactive:
    """Set an interactive figure in place of the picture that the cell before has drawn.

    In the built book exactly one of the two is seen; on paper, without JavaScript and in
    JupyterLab the picture stands alone.  If the cell is tagged ``hide-input``, its code is
    not seen either.

    Parameters
    ----------
    name : str
        The kind of figure:

        ``"loss-shape"``
            A loss and its gradient under its parameter.  Option ``family``: ``"huber"``,
            ``"quantile"``, ``"focal"`` or ``"general"``.
        ``"outlier"``
            A point to drag, and the lines of squared, absolute and Huber loss.
        ``"minimiser"``
            Data to move on a line, and their mean, median and quantile as minima.  Option
            ``q``: the quantile at the start, from 0.05 to 0.95.
        ``"three-gradients"``
            The sigmoid, and the gradients of cross-entropy and squared error behind it.
        ``"softmax"``
            Logits, temperature, probabilities, cross-entropy and its gradient.
        ``"margins"``
            Losses of a margin on one axis.  Option ``show``: a list of those shown at the
            start, of ``"ZeroOne"``, ``"Hinge"``, ``"Logistic"``, ``"SquaredHinge"``,
            ``"Exponential"``, ``"ModifiedHuber"``, ``"Ramp"`` and ``"Perceptron"``.
    **config
        Options of the figure.

    Returns
    -------
    Interactive
        What the last line of a cell displays.

    Raises
    ------
    ValueError
        If `name` is no kind of figure, or an option or its value is unknown.

    Examples
    --------
    >>> interactive("loss-shape", family="quantile")
    Interactive figure loss-shape: open the built book
    """
    if name not in KINDS:
        raise ValueError(f"no figure is named {name!r}{_near(name, KINDS)}")
    kind = KINDS[name]
    for key in config:
        if key not in kind.options:
            raise ValueError(f"figure {name!r} has no option {key!r}{_near(key, kind.options)}")
    options = {
        key: read(key, config.get(key, default)) for key, (default, read) in kind.options.items()
    }
    styles = kind.styles(options) if callable(kind.styles) else kind.styles
    return Interactive(name, {**options, "styles": {style: _style(style) for style in styles}})


def _near(name: Any, known: dict[str, Any]) -> str:
    """Return the known names for an error, the likeliest as a question."""
    near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
    question = f"; did you mean {near[0]!r}?" if near else ""
    return f"{question} (known: {', '.join(known) or 'none'})"


def _style(name: str) -> dict[str, str]:
    """Return colour and dashes of a loss, or of a colour of the palette, as SVG has them."""
    if name in style.PALETTE:
        return {"colour": style.PALETTE[name], "dash": ""}
    look = style.style_of(name)
    return {"colour": look["color"], "dash": _DASHES.get(look["linestyle"], _LONG_DASH_DOTS)}
