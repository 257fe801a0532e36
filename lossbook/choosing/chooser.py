"""The guide as a conversation: one question at a time, and a proposal that runs."""

import json
from html import escape

from .guide import GUIDE
from .shown import Shown

__all__ = ["chooser"]

_PARTS = ("loss", "setting", "reason", "beware", "heading", "page", "also", "snippet")


def chooser() -> Shown:
    """Return the guide for a page: nested lists, which its script turns into a conversation.

    Examples
    --------
    >>> print(repr(chooser()).splitlines()[0])
    What do you predict?
    """
    facts = GUIDE.as_dict()
    facts["proposals"] = {
        key: {part: proposal[part] for part in _PARTS}
        for key, proposal in facts["proposals"].items()
    }
    data = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    first = GUIDE[GUIDE.start]
    return Shown(
        "\n".join([first.text, *(f"- {answer.text}" for answer in first.answers)]),
        f"<div class=\"choosing guide-chooser\" data-guide='{_in_single_quotes(data)}'>"
        f"{GUIDE.as_html()}</div>",
    )


def _in_single_quotes(text):
    """Escape what would end an attribute in single quotes; JSON has many double ones."""
    return escape(text, quote=False).replace("'", "&#39;")
