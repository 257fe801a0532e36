"""The figures of the book: one style, one colour per loss, small functions that draw on Axes.

Every function takes the Axes to draw on (by default a new figure's) and returns them, so
that a chapter can add what is its own.  matplotlib is imported when a figure is drawn, not
when this package is.
"""

from lossbook.plotting.curves import plot_influence, plot_losses
from lossbook.plotting.labels import label_ends, log_ticks
from lossbook.plotting.runs import plot_contours, plot_fit, plot_history
from lossbook.plotting.style import COLOURS, PALETTE, colour_of, style_of, use_style

__all__ = [
    "COLOURS",
    "PALETTE",
    "colour_of",
    "label_ends",
    "log_ticks",
    "plot_contours",
    "plot_fit",
    "plot_history",
    "plot_influence",
    "plot_losses",
    "style_of",
    "use_style",
]
