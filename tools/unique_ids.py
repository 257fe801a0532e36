"""A Sphinx extension: every exercise and solution of a page has ids of its own.

sphinx-exercise calls the body of each of them ``exercise-content`` or ``solution-content``, so a
page with two exercises has an id twice, which HTML forbids.  Here the body is named after its
exercise.  Loaded by ``local_extensions`` in _config.yml.
"""

from docutils import nodes
from sphinx.application import Sphinx

SHARED = {"exercise-content", "solution-content"}


def rename(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Name each body after the exercise or solution that it belongs to."""
    used: set[str] = set()
    for section in doctree.findall(nodes.section):
        if SHARED & set(section["ids"]):
            owner = (section.parent.get("ids") or [section.parent.get("label", "exercise")])[0]
            base = name = nodes.make_id(f"{owner}-{section['ids'][0]}")
            while name in used:
                name = f"{base}-{len(used)}"
            used.add(name)
            section["ids"] = [name]


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.connect("doctree-resolved", rename)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
