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


def _numbers(word: str, least: float, most: float) -> Callable[[str, Any], Any]:
    """Return a reader of a list of numbers between two bounds, of which there must be one."""
    one = _number(least, most)

    def read(key: str, value: Any) -> list[float]:
        value = value.tolist() if hasattr(value, "tolist") else value  # of an array
        if not isinstance(value, list | tuple) or not value:
            raise ValueError(f"{key}={value!r} is no list of {word}, such as {key}=[0.2, 0.7]")
        return [one(f"{key}[{i}]", number) for i, number in enumerate(value)]

    return read


_scores = _numbers("scores", 0, 1)


def _data(key: str, value: Any) -> list[float]:
    """Return a list of numbers that are not all the same."""
    numbers = _numbers("numbers", -1e9, 1e9)(key, value)
    if len(set(numbers)) == 1:
        raise ValueError(f"{key} has only the value {numbers[0]:g}: two that differ are needed")
    return numbers


@dataclass(frozen=True)
class Kind:
    """What there is to know of a kind of figure: its options and whose colours it needs.

    Parameters
    ----------
    options : dict
        For each option its default and a function of name and value that checks it.
    styles : tuple of str, or function of the options
        Losses whose colour and line the figure gets, or colours of ``plotting.PALETTE``, with a
        line of their own if one is named: ``"red --"``.
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

_LANDSCAPES = ("ravine", "aslant", "rosenbrock", "saddle")
_SCHEDULES = ("constant", "staircase", "exponential", "inverse", "cosine")
_POSITIVES = [0.97, 0.93, 0.91, 0.86, 0.79, 0.74, 0.68, 0.61, 0.52, 0.44, 0.33, 0.21]
_NEGATIVES = [
    *(0.88, 0.71, 0.63, 0.55, 0.49, 0.46, 0.38, 0.35, 0.31, 0.28, 0.26, 0.24),
    *(0.2, 0.18, 0.16, 0.14, 0.12, 0.1, 0.09, 0.07, 0.06, 0.05, 0.03, 0.02),
]

KINDS = {
    "loss-shape": Kind(
        {"family": ("huber", _one_of(*_FAMILIES))},
        lambda options: (_FAMILIES[options["family"]], "blue"),
    ),
    "outlier": Kind(styles=("SquaredError", "AbsoluteError", "Huber")),
    "minimiser": Kind(
        {
            "data": ([1.0, 1.8, 2.6, 3.2, 4.1, 5.2, 9.5], _data),
            "q": (0.8, _number(0.05, 0.95)),
        },
        ("SquaredError", "AbsoluteError", "Quantile"),
    ),
    "three-gradients": Kind(
        styles=("BinaryCrossEntropy", "SigmoidCrossEntropy", "SquaredError", "ink")
    ),
    "softmax": Kind(styles=("SoftmaxCrossEntropy", "ink")),
    "margins": Kind({"show": (_MARGINS[:4], _some_of(*_MARGINS))}, _MARGINS),
    "kl-directions": Kind(styles=("grey", "ink", "teal", "magenta --")),
    "quadratic-descent": Kind(
        {"ratio": (10.0, _number(1, 100)), "momentum": (0.0, _number(0, 0.99))}, ("blue",)
    ),
    "optimizer-race": Kind(
        {"landscape": ("ravine", _one_of(*_LANDSCAPES))},
        ("blue", "red --", "amber :", "purple -."),
    ),
    "schedules": Kind(
        {"show": (_SCHEDULES, _some_of(*_SCHEDULES))},
        ("grey", "amber --", "blue", "green -.", "red :"),
    ),
    "threshold": Kind(
        {
            "positives": (_POSITIVES, _scores),
            "negatives": (_NEGATIVES, _scores),
            "miss": (5.0, _number(1, 20)),
            "alarm": (1.0, _number(1, 20)),
        },
        ("red", "blue", "ink", "amber"),
    ),
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
            Data to move on a line, and their mean, median and quantile as minima.  Options
            for the start: ``data``, a list of numbers, and ``q``, from 0.05 to 0.95.
        ``"three-gradients"``
            The sigmoid, and the gradients of cross-entropy and squared error behind it.
        ``"softmax"``
            Logits, temperature, probabilities, cross-entropy and its gradient.
        ``"margins"``
            Losses of a margin on one axis.  Option ``show``: a list of those shown at the
            start, of ``"ZeroOne"``, ``"Hinge"``, ``"Logistic"``, ``"SquaredHinge"``,
            ``"Exponential"``, ``"ModifiedHuber"``, ``"Ramp"`` and ``"Perceptron"``.
        ``"kl-directions"``
            A bell for a density of two humps, and both Kullback–Leibler divergences.
        ``"quadratic-descent"``
            Gradient descent, with momentum or without, on a quadratic.  Options for the start:
            ``ratio`` of the curvatures, from 1 to 100, and ``momentum``, from 0 to 0.99.
        ``"optimizer-race"``
            Gradient descent, momentum, AdaGrad and Adam from one start.  Option
            ``landscape``: ``"ravine"``, ``"aslant"``, ``"rosenbrock"`` or ``"saddle"``.
        ``"schedules"``
            Learning rates, and the error that noisy descent is left with.  Option ``show``: a
            list of those shown at the start, of ``"constant"``, ``"staircase"``,
            ``"exponential"``, ``"inverse"`` and ``"cosine"``.
        ``"threshold"``
            The threshold of a classifier: precision, recall and the cost of the errors.
            Options ``positives`` and ``negatives``: their scores, from 0 to 1; ``miss`` and
            ``alarm``: the costs of the errors at the start, from 1 to 20.
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
    looks = {style.split()[0]: _style(style) for style in styles}
    return Interactive(name, {**options, "styles": looks})


def _near(name: Any, known: dict[str, Any]) -> str:
    """Return the known names for an error, the likeliest as a question."""
    near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
    question = f"; did you mean {near[0]!r}?" if near else ""
    return f"{question} (known: {', '.join(known) or 'none'})"


def _style(name: str) -> dict[str, str]:
    """Return colour and dashes of a loss, or of a colour of the palette, as SVG has them."""
    hue, _, line = name.partition(" ")
    if hue in style.PALETTE:
        return {"colour": style.PALETTE[hue], "dash": _DASHES[line or "-"]}
    look = style.style_of(name)
    return {"colour": look["color"], "dash": _DASHES.get(look["linestyle"], _LONG_DASH_DOTS)}
