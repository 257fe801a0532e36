"""A Sphinx extension: a formula in a line is not parted from the comma behind it.

A browser may break a line on either side of a drawn formula, and so begin one with a full stop.
Loaded by ``local_extensions`` in _config.yml; book.css does the rest.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

BEFORE = re.compile(r"[(\[“‘\"]+$")
BEHIND = re.compile(r"^(?:-\w+)?[^\w\s(\[“‘–—]*")


class KeptTogether(SphinxPostTransform):
    """Wrap each formula of a line with the signs that touch it."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs) -> None:
        """Wrap all of a page."""
        for formula in list(self.document.findall(nodes.math)):
            line = formula.parent
            at = line.index(formula)
            before = _cut(line, at - 1, BEFORE) if at else ""
            behind = _cut(line, at + 1, BEHIND) if at + 1 < len(line) else ""
            if before or behind:
                whole = nodes.inline("", "", classes=["together"])
                formula.replace_self(whole)
                whole += [nodes.Text(before), formula, nodes.Text(behind)]


def _cut(line, at, signs) -> str:
    """Take the signs away from the text at this place, and return them."""
    text = line[at]
    found = signs.search(text) if isinstance(text, nodes.Text) else None
    if not found or not found[0]:
        return ""
    # By its place: another text of the line may be the same, as after "[1].  $a$.  Now".
    line[at] = nodes.Text(text[: found.start()] + text[found.end() :])
    return found[0]


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the transform."""
    app.add_post_transform(KeptTogether)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
