"""What the last line of a cell displays: words in a terminal, HTML on a page."""

from dataclasses import dataclass

__all__ = ["Shown"]


@dataclass(frozen=True, repr=False)
class Shown:
    """A text, and the HTML that takes its place where there is a browser.

    Examples
    --------
    >>> Shown("one word", "<b>one word</b>")
    one word
    """

    text: str
    html: str

    def __repr__(self):
        return self.text

    def _repr_html_(self):
        return self.html
