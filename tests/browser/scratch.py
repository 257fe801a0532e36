"""A page of our own in the frame of the book: its styles and scripts, and any article."""

import re
from html import escape
from urllib.parse import quote

from built_site import SITE

FRAME = "book/losses/robust.html"  # a page that uses all scripts
NAME = "book/losses/scratch.html"

# The frame's own contents would lead to headings that a scratch page lacks.
_CONTENTS = re.compile(r'<nav id="pst-page-toc-nav".*?</nav>', re.DOTALL)

_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="520" height="300">'
    '<path d="M0,0L520,300" stroke="#000"/></svg>'
)


def page(article):
    """Return the HTML of a page with this article."""
    before, opening, rest = (SITE / FRAME).read_text(encoding="utf-8").partition("<article")
    end = rest.index("</article>")
    inner = f' class="bd-article"><section><h1>A scratch page</h1>{article}</section>'
    return before + opening + inner + _CONTENTS.sub("", rest[end:])


def cells(figure):
    """Return the two cells of a chapter that show a picture and its live figure."""
    picture = f"data:image/svg+xml,{quote(_DRAWING)}"
    return f"""
<div class="cell tag_hide-input docutils container">
<div class="cell_output docutils container">
<figure class="align-default">
<img alt="A picture of {escape(figure.name)}." src="{picture}" />
<figcaption><p><span class="caption-text">What to see in it.</span></p></figcaption>
</figure>
</div>
</div>
<div class="cell tag_hide-input docutils container">
<details class="admonition hide above-input">
<summary aria-label="Toggle hidden content">
<p class="collapsed admonition-title">Show code cell source</p>
<p class="expanded admonition-title">Hide code cell source</p>
</summary>
<div class="cell_input docutils container"><pre>lb.interactive({figure.name!r})</pre></div>
</details>
<div class="cell_output docutils container">
<div class="output text_html">{figure._repr_html_()}</div>
</div>
</div>
"""
