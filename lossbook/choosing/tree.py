"""What a guide is made of: questions, answers, and proposals at the end of every path."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

__all__ = ["Answer", "Proposal", "Question", "Tree"]

_COLUMNS = (("symptom", "30%"), ("loss, why, and when not", "70%"))
_WIDE = "display: table; width: 100%; table-layout: fixed"
_WRAPS = "white-space: normal; overflow-wrap: anywhere"
_IMPORTS = {
    "@dataclass": "from dataclasses import dataclass",
    "np.": "import numpy as np",
    "lb.": "import lossbook as lb",
}


@dataclass(frozen=True)
class Proposal:
    """A leaf: the loss that a path ends at, and what there is to know of it.

    Parameters
    ----------
    key : str
        Its name in the tree.
    symptom : str
        The problem in one phrase, a row of the table.
    loss : str
        The loss as code, such as ``"lb.Huber(delta=1.345 * s)"``.
    setting : str
        How its parameters are set; empty where there is none.
    reason : str
        What it estimates, and why that answers the path's questions.
    beware : str
        When not.
    chapter, heading : str
        Where it, or its nearest relative, is derived or tried: the chapter as ``part/name``, and a
        heading in it.
    code : str
        A few lines that run once NumPy and the package are imported, and print one line.
    also : tuple of (str, str)
        Near relatives as code, and when to take them instead.

    Examples
    --------
    >>> from lossbook.choosing import GUIDE
    >>> huber = GUIDE["huber"]
    >>> huber.loss
    'lb.Huber(delta=1.345 * s)'
    >>> huber.names
    ('Huber', 'PseudoHuber', 'LogCosh', 'SmoothL1', 'Fair')
    >>> huber.page
    '../losses/robust.html#where-to-put-the-threshold'
    """

    key: str
    symptom: str
    loss: str
    setting: str
    reason: str
    beware: str
    chapter: str
    heading: str
    code: str
    also: tuple[tuple[str, str], ...] = ()

    @property
    def snippet(self) -> str:
        """The code with the imports that it needs to run by itself."""
        needed = [line for used, line in _IMPORTS.items() if used in self.code]
        return "\n".join([*needed, "", self.code.strip(), ""])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the package that the proposal and its relatives are made of."""
        code = " ".join([self.loss, *(code for code, _ in self.also)])
        return tuple(dict.fromkeys(re.findall(r"\blb\.(\w+)", code)))

    @property
    def page(self) -> str:
        """Where the heading stands in the built book, from the pages of another part."""
        return f"../{self.chapter}.html#{anchor(self.heading)}"


@dataclass(frozen=True)
class Answer:
    """One answer to a question, and the key of the question or proposal it leads to.

    Examples
    --------
    >>> Answer("Yes, and they are real", "signal").to
    'signal'
    """

    text: str
    to: str


@dataclass(frozen=True)
class Question:
    """What a person can say of her problem, why it matters, and what she may answer.

    Examples
    --------
    >>> from lossbook.choosing import GUIDE
    >>> asked = GUIDE["outliers"]
    >>> asked.text
    'Are there targets far from all others?'
    >>> [answer.to for answer in asked.answers]
    ['mean', 'signal', 'gross', 'undecided']
    """

    key: str
    text: str
    why: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Tree:
    """Questions and proposals by key, and the question to begin with.

    Two paths may meet in one proposal; none comes back to a question it has passed.

    Examples
    --------
    >>> from lossbook.choosing import GUIDE
    >>> [end for _, end in GUIDE.paths("gross")]
    ['huber', 'redescending']
    """

    start: str
    questions: tuple[Question, ...]
    proposals: tuple[Proposal, ...]

    def __getitem__(self, key: str) -> Question | Proposal:
        """Return the question or proposal of this key."""
        for node in (*self.questions, *self.proposals):
            if node.key == key:
                return node
        raise KeyError(f"{key!r} is neither a question nor a proposal of the guide")

    def paths(self, key: str | None = None) -> Iterator[tuple[tuple[tuple[str, str], ...], str]]:
        """Walk through all paths: the (question, answer) pairs, and the key of the proposal."""
        node = self[self.start if key is None else key]
        if isinstance(node, Proposal):
            yield (), node.key
            return
        for answer in node.answers:
            for rest, end in self.paths(answer.to):
                yield ((node.key, answer.text), *rest), end

    def as_dict(self) -> dict[str, object]:
        """Return the tree as dictionaries, lists and strings, ready for JSON.

        Examples
        --------
        >>> from lossbook.choosing import GUIDE
        >>> guide = GUIDE.as_dict()
        >>> guide["questions"][guide["start"]]["answers"][2]
        {'text': 'A count of events', 'to': 'count'}
        >>> guide["proposals"]["poisson"]["loss"]
        'lb.Poisson()'
        """
        return {
            "start": self.start,
            "questions": {
                q.key: {
                    "text": q.text,
                    "why": q.why,
                    "answers": [{"text": a.text, "to": a.to} for a in q.answers],
                }
                for q in self.questions
            },
            "proposals": {p.key: _facts(p) for p in self.proposals},
        }

    def as_html(self) -> str:
        """Return the tree as nested lists that fold, without a script.

        Examples
        --------
        >>> from lossbook.choosing import GUIDE
        >>> GUIDE.as_html()[:63]
        '<div class="guide"><p><strong>What do you predict?</strong></p>'
        """
        return f'<div class="guide">{self._html(self.start)}</div>'

    def as_table(self) -> str:
        """Return all proposals as an HTML table: symptom, loss, reason, where to read on.

        Examples
        --------
        >>> from lossbook.choosing import GUIDE
        >>> GUIDE.as_table().count('<th scope="row">') == len(GUIDE.proposals)
        True
        """
        head = "".join(
            f"<th scope='col' style='width: {width}'>{word}</th>" for word, width in _COLUMNS
        )
        rows = "".join(_row(proposal) for proposal in self.proposals)
        return f"<table style='{_WIDE}'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _html(self, key):
        node = self[key]
        if isinstance(node, Proposal):
            return (
                f"<p><code>{escape(node.loss)}</code> {escape(node.reason)} "
                f'<a href="{node.page}">{escape(node.heading)}</a></p>'
            )
        items = "".join(
            f"<li><details><summary>{escape(a.text)}</summary>{self._html(a.to)}</details></li>"
            for a in node.answers
        )
        return f"<p><strong>{escape(node.text)}</strong></p><ul>{items}</ul>"


def anchor(heading: str) -> str:
    """Return the anchor that the built page gives a heading."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def _row(proposal):
    words = " ".join(filter(None, (proposal.reason, proposal.setting)))
    cell = (
        f'<code style="{_WRAPS}">{escape(proposal.loss)}</code><br>{escape(words)} '
        f"<em>But:</em> {escape(proposal.beware)} "
        f'<a href="{proposal.page}">{escape(proposal.heading)}</a>'
    )
    return f'<tr><th scope="row">{escape(proposal.symptom)}</th><td>{cell}</td></tr>'


def _facts(proposal):
    names = ("symptom", "loss", "setting", "reason", "beware", "chapter", "heading", "page")
    facts = {name: getattr(proposal, name) for name in names}
    also = [{"loss": code, "when": when} for code, when in proposal.also]
    return facts | {"also": also, "names": list(proposal.names), "snippet": proposal.snippet}
