"""What ``check`` hands back, and how it looks as text and as HTML."""

import html
import re
import sys
from dataclasses import dataclass
from typing import TypeVar

_T = TypeVar("_T")

# One line per outcome: symbol, headline, colour of the bar.  The colours are mid-tones over a
# nearly transparent ground and the text keeps the page's own colour, so that a verdict reads
# well on a light and on a dark page without a style sheet; the words never depend on colour.
_LOOKS = {
    "pass": ("✓", "Right", "#2e9e5b"),
    "mistake": ("✗", "Not yet", "#d9822b"),
    "wrong": ("✗", "Not yet", "#d64545"),
    "open": ("…", "Not attempted yet", "#5b83c0"),
}
_BOX = (
    "border-left:4px solid {colour};background:rgba(128,128,128,.08);"
    "color:inherit;padding:.4em .9em;margin:.4em 0"
)
_BAR = "#808080"
_INDENT = "    "


@dataclass(frozen=True)
class Verdict:
    """The result of one check; true when the answer is right.

    Parameters
    ----------
    name : str
        The exercise.
    passed : bool
        Whether the answer is right.
    mistake : str or None
        The name of the recognised mistake, if one was recognised.
    message : str
        What was tested, what is wrong, or how to begin.  Lines indented by four spaces show
        values.
    attempted : bool
        False for a placeholder.

    Examples
    --------
    >>> verdict = Verdict("squared.grad", False, "sign reversed", "Right size, wrong sign.")
    >>> bool(verdict)
    False
    >>> verdict
    ✗ squared.grad · Not yet: sign reversed
    Right size, wrong sign.
    """

    name: str
    passed: bool
    mistake: str | None
    message: str
    attempted: bool = True

    @property
    def status(self) -> str:
        """One of ``pass``, ``open``, ``mistake``, ``wrong``."""
        if self.passed:
            return "pass"
        if not self.attempted:
            return "open"
        return "mistake" if self.mistake else "wrong"

    def __bool__(self) -> bool:
        """Return ``passed``, so that ``assert check(...)`` reads well."""
        return self.passed

    def _headline(self) -> str:
        headline = _LOOKS[self.status][1]
        return f"{headline}: {self.mistake}" if self.mistake else headline

    def __repr__(self) -> str:
        symbol = _LOOKS[self.status][0]
        return f"{symbol} {self.name} · {self._headline()}\n{self.message}"

    def _repr_html_(self) -> str:
        symbol, _, colour = _LOOKS[self.status]
        head = f"{symbol} {self.name} · {self._headline()}"
        return box(f"verdict verdict-{self.status}", head, to_html(self.message), colour)


def box(classes: str, head: str, body: str, colour: str = _BAR) -> str:
    """Return a section with a coloured bar; ``head`` is plain text, ``body`` is HTML."""
    style = _BOX.format(colour=colour)
    title = f'<p style="margin:.2em 0"><strong>{html.escape(head)}</strong></p>'
    return f'<section class="{classes}" style="{style}">{title}{body}</section>'


def code_block(text: str) -> str:
    """Return ``text`` as an escaped, preformatted block in the page's own colours."""
    style = "margin:.3em 0;color:inherit;background:transparent;white-space:pre-wrap"
    return f'<pre style="{style}">{html.escape(text)}</pre>'


def to_html(message: str) -> str:
    """Return a message as HTML: indented lines become code, `quoted` words too.

    Everything is escaped: parts of a message come from the reader's own code.
    """
    blocks: list[str] = []
    shown: list[str] = []
    for line in [*message.splitlines(), ""]:
        if line.startswith(_INDENT):
            shown.append(line.removeprefix(_INDENT))
            continue
        if shown:
            blocks.append(code_block("\n".join(shown)))
            shown = []
        if line:
            text = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(line))
            blocks.append(f'<p style="margin:.3em 0">{text}</p>')
    return "".join(blocks)


def shown(thing: _T) -> _T:
    """Return ``thing``; print it first where nobody else would."""
    if not _interactive():
        print(thing)
    return thing


def _interactive() -> bool:
    """Whether the value of an expression is displayed by itself (Jupyter, IPython, ``>>>``)."""
    if hasattr(sys, "ps1") or sys.flags.interactive:
        return True
    ipython = sys.modules.get("IPython")  # never imported here: no shell without it
    return ipython is not None and ipython.get_ipython() is not None
