"""What `recommend` answers with: what was seen, what is proposed, and what data cannot tell."""

from dataclasses import dataclass
from html import escape
from textwrap import wrap

from .guide import GUIDE

__all__ = ["Advice", "Suggestion"]


@dataclass(frozen=True)
class Suggestion:
    """A loss for these data.

    Attributes
    ----------
    loss : Loss
        With its parameters set, as far as the data can set them.
    reason : str
        What it estimates, and why it is proposed here.
    proposal : str
        Its key in the guide, which has its drawbacks, relatives and a runnable example.

    Examples
    --------
    >>> import lossbook as lb
    >>> one = Suggestion(lb.Poisson(), "It estimates the mean of a count.", "poisson")
    >>> one.chapter
    'losses/quantiles-and-counts: Counts'
    >>> print(one.snippet)
    import lossbook as lb
    <BLANKLINE>
    model = lb.LossRegressor(lb.Poisson()).fit(X, y)
    <BLANKLINE>
    """

    loss: object
    reason: str
    proposal: str

    @property
    def chapter(self) -> str:
        """The chapter and its heading that explain it, as ``part/name: heading``."""
        return f"{self._leaf.chapter}: {self._leaf.heading}"

    @property
    def snippet(self) -> str:
        """Lines that fit it to features ``X`` and the target ``y``; else the guide's example."""
        how = _ESTIMATORS.get(self.proposal)
        if how is None:
            return self._leaf.snippet
        return f"import lossbook as lb\n\nmodel = lb.{how}({_code(self.loss)}).fit(X, y)\n"

    @property
    def _leaf(self):
        return GUIDE[self.proposal]


_REGRESSION = (
    *("mean", "undecided", "median", "quantile"),
    *("gamma", "tweedie", "poisson", "overdispersed", "rate"),
)
_CLASSIFICATION = ("probability", "rare", "costs", "margin", "softmax")
_ESTIMATORS = {
    **dict.fromkeys(_REGRESSION, "LossRegressor"),
    **dict.fromkeys(_CLASSIFICATION, "LossClassifier"),
}


@dataclass(frozen=True, repr=False)
class Advice:
    """What `recommend` found, in the order in which it should be read.

    Attributes
    ----------
    kind : str
        What the target was read as, such as ``"count"``.
    seen : tuple of str
        What was measured, in words and numbers.
    proposals : tuple of Suggestion
        The first is the one to begin with.
    cannot_know : tuple of str
        What decides too and is not in the data.

    Examples
    --------
    >>> import lossbook as lb
    >>> advice = lb.recommend(["spam", "mail", "mail", "spam", "mail"])
    >>> advice.kind
    'two'
    >>> advice.seen[0]
    'read as one of two classes.'
    >>> advice.proposals[0].loss
    SigmoidCrossEntropy()
    """

    kind: str
    seen: tuple[str, ...]
    proposals: tuple[Suggestion, ...]
    cannot_know: tuple[str, ...]

    def __repr__(self):
        lines = ["seen", *_bullets(self.seen), "proposed"]
        for i, one in enumerate(self.proposals, 1):
            lines += [f"  {i}. {_code(one.loss)}", *_wrapped(one.reason, "     ", "     ")]
            lines += [f"     → {one.chapter}"]
        lines += [] if self.proposals else _bullets(["nothing"])
        return "\n".join(
            [*lines, "cannot be known from these numbers", *_bullets(self.cannot_know)]
        )

    def _repr_html_(self):
        proposed = "".join(
            f"<li><code>{escape(_code(one.loss))}</code>: {escape(one.reason)} "
            f'<a href="{one._leaf.page}">{escape(one._leaf.heading)}</a></li>'
            for one in self.proposals
        )
        return (
            '<div class="advice">'
            f"<p><strong>Seen</strong></p><ul>{_items(self.seen)}</ul>"
            f"<p><strong>Proposed</strong></p><ol>{proposed or '<li>nothing</li>'}</ol>"
            "<p><strong>Cannot be known from these numbers</strong></p>"
            f"<ul>{_items(self.cannot_know)}</ul></div>"
        )


def _code(loss):
    return f"lb.{loss!r}"


def _bullets(texts):
    return [line for text in texts for line in _wrapped(text, "  - ", "    ")]


def _wrapped(text, first, further):
    return wrap(text, 76, initial_indent=first, subsequent_indent=further, break_on_hyphens=False)


def _items(texts):
    return "".join(f"<li>{escape(text)}</li>" for text in texts)
