"""A Sphinx extension: a page loads the scripts that it uses, and keeps room for its pictures.

Extensions put their scripts and styles on every page.  Here each stays where its mark is in the
text, but for MathJax: nearly every page has formulas, so the first visit brings it for all the
others.  And pictures get their size in the HTML, so that the text below does not jump when they
arrive.  Loaded by ``local_extensions`` in _config.yml.
"""

import re
from pathlib import Path
from urllib.parse import unquote

from sphinx.application import Sphinx
from sphinx.util.images import get_image_size

USED_BY = {
    "interactive/": "<loss-figure",
    "choosing/": 'class="choosing ',
    "design-tabs": "sd-tab-set",
    "togglebutton": "dropdown admonition",
    "clipboard": "<pre",
    "copybutton": "<pre",
}
UNSIZED = re.compile(r'<img (?![^>]* (?:width|height)=)(?=[^>]*src="[^"]*_images/([^"]+)")')


def lighten(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Leave out scripts and styles that are not used, and state the sizes of pictures."""
    body = context.get("body") or ""
    unused = [script for script, mark in USED_BY.items() if mark not in body]
    for kind in ("script_files", "css_files"):
        context[kind] = [
            file for file in context[kind] if not any(name in str(file.filename) for name in unused)
        ]
    sources = {name: Path(app.srcdir, path) for path, name in app.builder.images.items()}

    def sized(image: re.Match) -> str:
        size = get_image_size(sources[unquote(image[1])])
        return "<img " if size is None else f'<img width="{size[0]}" height="{size[1]}" '

    if body:
        context["body"] = UNSIZED.sub(sized, body)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to Sphinx, after all that add scripts."""
    app.connect("html-page-context", lighten, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
