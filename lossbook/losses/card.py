"""The card of a loss: what it is, what it claims of itself, and when to choose it."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from html import escape

import numpy as np

__all__ = ["Card"]


@dataclass(frozen=True, repr=False, eq=False)
class Card:
    """What a loss says of itself; `check_loss` tests what can be computed.

    Parameters
    ----------
    name : str
        The loss with its hyper-parameters, as it prints.
    formula : str
        LaTeX of the pointwise loss, from its SymPy formula.
    truth, prediction : str
        The values that y_true and y_pred may take.
    estimates : str
        What the constant that minimises the mean loss is.
    estimate : callable or None
        The same as a function of a sample, where there is a closed form.
    convex : bool or None
        Whether the loss is convex in the prediction; None if it is not stated.
    lipschitz : float, callable or None
        The largest absolute slope of a sample's loss: of a row its Euclidean norm, or what
        `slope_norm` says.  ``inf`` if there is none, or if the value jumps; a function of the
        number K of columns where it depends on that; None if it is not stated.
    smoothness : float or None
        The largest absolute second derivative, of a row the spectral norm of the matrix;
        ``inf`` at a kink or without bound; None if it is not stated.
    kinks : tuple of float or None
        Arguments (residual, margin or score) at which the slope jumps, or the value itself; None
        where they are not listed, as for losses that are not of one such number.
    range : tuple of float or None
        The smallest and the largest value of the loss, or the limits it comes near; None if
        they are not stated.
    link : str
        How the quantity of interest is read off a prediction (the inverse link).
    inverse_link : callable or None
        The same as a function of a prediction; None where the prediction is the quantity.
    proper : bool or None
        For probabilities: whether the true probability is the best forecast.
    calibrated : bool or None
        For classification: whether minimising it minimises the 0–1 loss in the limit.
    choose, avoid : str
        When to use it, and when not.
    chapter : str
        The chapter of the book, as ``part/name``.
    aliases : tuple of str
        Other names in the field.
    slope_norm : float
        The norm in which `lipschitz` is meant: 2, or ``inf``, the slope by one entry of a row.
    loss : Loss or None
        The loss itself.  A pickled card is the pickled loss, which makes its card anew.

    Notes
    -----
    Cards are equal if their facts are; functions are not compared.

    Examples
    --------
    >>> import lossbook as lb
    >>> card = lb.Huber(2.0).card()
    >>> card.convex, card.lipschitz, card.smoothness
    (True, 2.0, 1.0)
    """

    name: str
    formula: str
    truth: str
    prediction: str
    estimates: str = "not stated"
    convex: bool | None = None
    chapter: str = ""
    choose: str = "not stated"
    avoid: str = "not stated"
    lipschitz: float | Callable | None = None
    smoothness: float | None = None
    kinks: tuple[float, ...] | None = None
    range: tuple[float, float] | None = (0.0, np.inf)
    link: str = "identity"
    proper: bool | None = None
    calibrated: bool | None = None
    aliases: tuple[str, ...] = ()
    slope_norm: float = 2.0
    estimate: Callable | None = field(default=None, repr=False)
    inverse_link: Callable | None = field(default=None, repr=False)
    loss: object = field(default=None, repr=False)

    def __eq__(self, other):
        return isinstance(other, Card) and self.facts() == other.facts()

    def __hash__(self):
        return hash((self.name, self.formula))

    def __reduce_ex__(self, protocol):
        """Pickle the loss, for a card may hold functions that have no name to pickle."""
        return super().__reduce_ex__(protocol) if self.loss is None else (_card, (self.loss,))

    def facts(self) -> dict[str, object]:
        """Return the card as a dictionary, one row of `lossbook.cards`: numbers and text only.

        A bound that is not stated is NaN, and one that does not exist ``inf``; one that depends on
        the number of columns is given for two.  Anything else that is not stated says so, and a
        claim that does not apply is empty.
        """
        facts = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name not in ("estimate", "inverse_link", "loss")
        }
        return facts | {
            "convex": _yes_no(None) if self.convex is None else self.convex,
            "lipschitz": _number(self.lipschitz),
            "smoothness": _number(self.smoothness),
            "range": _interval(self.range),
            "kinks": "not listed" if self.kinks is None else _numbers(self.kinks) or "none",
            "proper": "" if self.proper is None else _yes_no(self.proper),
            "calibrated": "" if self.calibrated is None else _yes_no(self.calibrated),
            "aliases": ", ".join(self.aliases),
        }

    def rows(self) -> list[tuple[str, str]]:
        """Return the card as (property, value) pairs of plain text."""
        by_entry = ", by one entry of the row"
        rows = [
            ("formula", f"${self.formula}$"),
            ("truth", self.truth),
            ("prediction", self.prediction),
            ("range", _interval(self.range)),
            ("estimates", self.estimates),
            ("convex", _yes_no(self.convex)),
            ("steepest slope", _bound(self.lipschitz, "" if self.slope_norm == 2 else by_entry)),
            ("strongest curvature", _bound(self.smoothness)),
        ]
        if self.kinks:
            rows.append(("kinks at", _numbers(self.kinks)))
        if self.link != "identity":
            rows.append(("read off", self.link))
        if self.proper is not None:
            rows.append(("proper", _yes_no(self.proper)))
        if self.calibrated is not None:
            rows.append(("calibrated", _yes_no(self.calibrated)))
        if self.aliases:
            rows.append(("also called", ", ".join(self.aliases)))
        return [*rows, ("choose it when", self.choose), ("avoid it when", self.avoid)]

    def __repr__(self):
        width = max(len(key) for key, _ in self.rows())
        lines = [f"{key:>{width}}  {value}" for key, value in self.rows()]
        return "\n".join([self.name, *lines])

    def _repr_html_(self):
        rows = "".join(
            f'<tr><th scope="row">{escape(key)}</th><td>{_cell(key, value)}</td></tr>'
            for key, value in self.rows()
        )
        return f'<table class="loss-card"><caption>{escape(self.name)}</caption>{rows}</table>'


def _cell(key, value):
    if key == "formula":
        return rf'<span class="math notranslate nohighlight">\({escape(value[1:-1])}\)</span>'
    return escape(value)


def _card(loss):
    return loss.card()


def _yes_no(claim):
    return "not stated" if claim is None else "yes" if claim else "no"


def _numbers(values):
    return ", ".join(f"{value:.4g}" for value in values)


def _interval(ends):
    """Write a range; a limit that no prediction attains is written like one that is."""
    if ends is None:
        return "not stated"
    low, high = (f"{end:.4g}".replace("inf", "∞").replace("-", "−") for end in ends)
    return f"{low} to {high}"


def _number(bound):
    if bound is None:
        return np.nan
    return float(bound(2) if callable(bound) else bound)


def _bound(bound, norm=""):
    if bound is None:
        return "not stated"
    if callable(bound):
        return f"{bound(2):.4g} with K = 2, {bound(10):.4g} with K = 10{norm}"
    return "unbounded" if np.isinf(bound) else f"{bound:.4g}{norm}"
