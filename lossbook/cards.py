"""The cards of all losses in one table, to search, sort and filter."""

from . import losses
from .losses import kinds

__all__ = ["all_losses", "cards"]

# What one filters by stands at both ends, which a narrow screen shows; the prose between them.
_FIRST = ("convex", "lipschitz", "smoothness")
_LAST = ("slope_norm", "kinks", "range", "calibrated", "proper")


def all_losses() -> list:
    """Return one loss of each class, with its default hyper-parameters, by family.

    Counted is what takes truths and predictions and has a card.  Pairs of two losses, as
    `NonSaturatingGAN`, and rules that weigh the losses of several tasks, as
    `UncertaintyWeighting`, are made of these and are not counted.

    Examples
    --------
    >>> any(repr(loss) == "Huber(delta=1.0)" for loss in all_losses())
    True
    """
    kind_names = {*kinds.__all__, "Loss"}
    classes = {
        thing
        for name in losses.__all__
        if name not in kind_names
        and isinstance(thing := getattr(losses, name), type)
        and issubclass(thing, losses.Loss)
    }
    return [kind() for kind in sorted(classes, key=lambda kind: (kind.__module__, kind.__name__))]


def cards():
    """Return what every loss knows of itself, one row a loss.

    Returns
    -------
    pandas.DataFrame
        The index is the name of the class, the first column its family, a module of
        `lossbook.losses`, and the others are the fields of a `Card`.  The steepest slope and the
        strongest curvature are numbers, to filter by: ``inf`` is unbounded, NaN not stated; one
        that depends on the number of columns is given for two.

    Raises
    ------
    ImportError
        If pandas is not installed.

    Examples
    --------
    >>> table = cards()
    >>> bool(table.loc["Huber", "convex"])
    True
    >>> table.query("family == 'robust' and lipschitz < 10").index.tolist()
    ['Huber', 'LogCosh', 'PseudoHuber', 'SmoothL1']
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise ImportError(
            "cards() returns a pandas DataFrame, and pandas is not installed: "
            "install it, or ask one loss for its card()"
        ) from error

    every = all_losses()
    table = pd.DataFrame([loss.card().facts() for loss in every])
    prose = [name for name in table.columns if name not in (*_FIRST, *_LAST)]
    table = table[[*_FIRST, *prose, *_LAST]]
    table.insert(0, "family", [type(loss).__module__.rsplit(".", 1)[1] for loss in every])
    table.index = pd.Index([type(loss).__name__ for loss in every], name="loss")
    return table
