"""The look of a figure, and the colour and line of every loss.

Figures are SVG on a transparent ground, sized for a column of about 600 px and still
legible on a phone.  Text stays text: matplotlib measures it in DejaVu Sans, the widest of
the usual fonts, so that whatever sans-serif font the reader has also fits.  Labels are
Unicode (``ŷ``, ``ℓ``, ``10⁻³``) and not mathtext, whose single glyphs would be placed for
DejaVu Sans only.
"""

from __future__ import annotations

import difflib
import sys
import zlib
from typing import Any

# Equal chroma, at least 4.5:1 against the light page, and 4.5:1 against the dark page after
# the filter of book.css has turned dark into light.
PALETTE = {
    "blue": "#155aa7",
    "red": "#b6341f",
    "green": "#0b764d",
    "purple": "#6938a7",
    "amber": "#986603",
    "teal": "#007979",
    "magenta": "#b2307a",
    "brown": "#7b4f29",
    "sky": "#2579ab",
    "lime": "#5c771b",
    "violet": "#7059c3",
    "rose": "#a53458",
    "slate": "#5c6d83",
    "grey": "#464e58",
    "ink": "#202938",
}
_LONG_DASH_DOTS = (0, (6, 1.5, 1, 1.5, 1, 1.5))
LINESTYLES = ("-", "--", "-.", ":", _LONG_DASH_DOTS)

# Related losses are near in hue, and no two of the table share hue and line.
_STYLES = {
    "SquaredError": ("blue", "-"),
    "HalfSquaredError": ("sky", "--"),
    "AbsoluteError": ("red", "-"),
    "SquaredLogError": ("blue", ":"),
    "AbsolutePercentageError": ("red", ":"),
    "Huber": ("green", "-"),
    "SmoothL1": ("teal", "--"),
    "PseudoHuber": ("lime", "-."),
    "LogCosh": ("amber", ":"),
    "Cauchy": ("purple", "-"),
    "Welsch": ("magenta", "--"),
    "GemanMcClure": ("brown", "-."),
    "Tukey": ("rose", _LONG_DASH_DOTS),
    "GeneralRobust": ("grey", "-"),
    "Quantile": ("amber", "-."),
    "Expectile": ("brown", "--"),
    "EpsilonInsensitive": ("slate", "-."),
    "SigmoidCrossEntropy": ("violet", "-"),
    "BinaryCrossEntropy": ("violet", "--"),
    "SoftmaxCrossEntropy": ("violet", "-."),
    "CategoricalCrossEntropy": ("violet", ":"),
    "GeneralizedCrossEntropy": ("purple", "--"),
    "FocalLoss": ("magenta", "-"),
    "SoftmaxFocalLoss": ("magenta", "-."),
    "Brier": ("blue", "-."),
    "ZeroOne": ("ink", "-"),
    "Hinge": ("amber", "-"),
    "SquaredHinge": ("sky", "-."),
    "MulticlassHinge": ("amber", "--"),
    "ModifiedHuber": ("green", "--"),
    "Perceptron": ("slate", "-"),
    "Exponential": ("rose", "-"),
    "Logistic": ("violet", _LONG_DASH_DOTS),
    "Ramp": ("grey", "--"),
    "Poisson": ("lime", "-"),
    "Gamma": ("lime", "--"),
    "Tweedie": ("lime", ":"),
    "GaussianNLL": ("sky", "-"),
    "KLDivergence": ("teal", "-"),
    "JensenShannon": ("purple", "-."),
    "Wasserstein1D": ("brown", ":"),
}
COLOURS = {name: PALETTE[hue] for name, (hue, _) in _STYLES.items()}

FIGSIZE = (6.0, 3.5)  # inches: 576 × 336 px
_FONT = 12.0  # points: 16 px in a wide window, 10 px on a phone of 390 px
_RC = {
    "figure.figsize": FIGSIZE,
    "figure.facecolor": "none",
    "figure.constrained_layout.use": True,
    "savefig.facecolor": "none",
    "axes.facecolor": "none",
    "axes.edgecolor": "#6b7280",
    "axes.labelcolor": PALETTE["ink"],
    "axes.linewidth": 0.9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.titlelocation": "left",
    "axes.titlesize": _FONT + 1,
    "axes.titleweight": "bold",
    "axes.labelsize": _FONT,
    "axes.formatter.use_mathtext": False,
    "grid.color": "#8a94a3",
    "grid.alpha": 0.28,
    "grid.linewidth": 0.7,
    "xtick.color": "#6b7280",
    "ytick.color": "#6b7280",
    "xtick.labelcolor": PALETTE["grey"],
    "ytick.labelcolor": PALETTE["grey"],
    "xtick.labelsize": _FONT - 1,
    "ytick.labelsize": _FONT - 1,
    "lines.linewidth": 2.2,
    "lines.markersize": 6,
    "lines.dash_capstyle": "round",
    "legend.frameon": False,
    "legend.fontsize": _FONT - 1,
    "legend.handlelength": 2.6,
    "font.size": _FONT,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "text.color": PALETTE["ink"],
    "mathtext.fontset": "dejavusans",
    "svg.fonttype": "none",
    "svg.hashsalt": "lossbook",
    "savefig.dpi": 150,  # of what is rasterised inside an SVG
}


def use_style() -> None:
    """Give every figure drawn from now on the look of the book.

    In Jupyter, figures also become SVG without date and creator, so that running a
    chapter twice gives the same bytes.

    Examples
    --------
    >>> import matplotlib
    >>> with matplotlib.rc_context():
    ...     use_style()
    ...     matplotlib.rcParams["svg.hashsalt"]
    'lossbook'
    """
    import matplotlib as mpl
    from cycler import cycler

    mpl.rcParams.update(_RC)
    mpl.rcParams["axes.prop_cycle"] = cycler(color=list(PALETTE.values()))
    shell = _jupyter_shell()
    if shell is not None:
        from matplotlib_inline.config import InlineBackend

        config = InlineBackend.instance(parent=shell)
        config.shell = shell
        # Never cut to the ink (bbox_inches="tight"): all figures then share one scale of text.
        metadata = {"Date": None, "Creator": None}
        config.print_figure_kwargs = {"bbox_inches": None, "metadata": metadata}
        config.figure_formats = {"svg"}


def _jupyter_shell() -> Any | None:
    """Return the running IPython shell if it belongs to a Jupyter kernel, else None."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell if shell is not None and hasattr(shell, "kernel") else None


def style_of(loss: Any) -> dict[str, Any]:
    """Return ``{"color": …, "linestyle": …}`` of a loss, the same in every chapter.

    Parameters
    ----------
    loss : Loss, type or str
        An instance, its class, or the name of its class.  A loss of the reader's own gets
        a style too, chosen by its name.

    Raises
    ------
    KeyError
        If `loss` is a string that names no loss of the table.

    Notes
    -----
    Colour alone never carries the meaning: two losses of the same hue differ in the line.

    Examples
    --------
    >>> style_of("Huber")
    {'color': '#0b764d', 'linestyle': '-'}
    """
    if isinstance(loss, str):
        if loss not in _STYLES:
            near = difflib.get_close_matches(loss, _STYLES, n=1, cutoff=0.5)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise KeyError(f"no colour is set for a loss named {loss!r}{hint}")
        name = loss
    else:
        name = (loss if isinstance(loss, type) else type(loss)).__name__
    hue, line = _STYLES.get(name) or _style_by_name(name)
    return {"color": PALETTE[hue], "linestyle": line}


def _style_by_name(name: str) -> tuple[str, Any]:
    """Choose a style for a loss that is not in the table: arbitrary, but always the same."""
    number = zlib.crc32(name.encode())
    return list(PALETTE)[number % len(PALETTE)], LINESTYLES[number % len(LINESTYLES)]


def colour_of(loss: Any) -> str:
    """Return the colour of a loss; see `style_of`.

    Examples
    --------
    >>> colour_of("SquaredError")
    '#155aa7'
    """
    return style_of(loss)["color"]
