"""A Sphinx extension: what cells print in columns stays in columns.

In tables of pandas words stand at the left of their column and numbers at the right, under a head
that stands likewise, and the name of the index is in the head's one row.  Printed rows with columns
are marked, so that a narrow screen scrolls them instead of breaking them.  Loaded by
``local_extensions`` in _config.yml; book.css does the rest.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

TABLE = re.compile(r'<table border="1" class="dataframe">.*?</table>', re.DOTALL)
ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<(t[hd])>(.*?)</t[hd]>", re.DOTALL)
NUMBER = re.compile(r"[-+−±<>≤≥≈]?\s*(?:\d|inf\b|∞|NaN\b)(?:[^A-Za-z]|e[-+])*|[–—-]?")
COLUMNS = re.compile(r"\S {2,}\S|\[ ?-?\d")  # a gap between words, or the row of an array


def aligned(table: str) -> str:
    """Return a table of pandas with its columns aligned, head and body alike.

    Examples
    --------
    >>> head = "<tr><th></th><th>who</th><th>n</th></tr>"
    >>> table = '<table border="1" class="dataframe"><thead>{}</thead><tbody>{}</tbody></table>'
    >>> aligned(table.format(head, "<tr><th>a</th><td>Ann</td><td>3</td></tr>")).count('"number"')
    2
    """
    if "span=" in table:  # cells across columns or rows
        return table
    head, body = (re.findall(f"<{part}>(.*?)</{part}>", table, re.DOTALL) for part in _PARTS)
    if not (head and body):
        return table
    rows = [_cells(row) for row in ROW.findall(body[0])]
    heads = _one_row([_cells(row) for row in ROW.findall(head[0])])
    numbers = [_is_number([row[j] for row in rows]) for j in range(len(heads[-1]))]
    parts = (("thead", heads), ("tbody", rows))
    inside = "".join(f"<{name}>{_written(lines, numbers)}</{name}>" for name, lines in parts)
    return f'<table border="1" class="dataframe">{inside}</table>'


_PARTS = ("thead", "tbody")


def _cells(row):
    return CELL.findall(row)


def _one_row(heads):
    """Put the name of the index into the row that names the columns."""
    if len(heads) == 2 and not heads[0][0][1] and not any(text for _, text in heads[1][1:]):
        return [[heads[1][0], *heads[0][1:]]]
    return heads


def _is_number(column):
    texts = [re.sub("<[^>]+>", "", text).strip() for kind, text in column if kind == "td"]
    return any(texts) and all(NUMBER.fullmatch(text) for text in texts)


def _written(lines, numbers):
    look = [' class="number"' if number else "" for number in numbers]
    rows = (
        "".join(f"<{kind}{look[j]}>{text}</{kind}>" for j, (kind, text) in enumerate(row))
        for row in lines
    )
    return "".join(f"<tr>{row}</tr>" for row in rows)


def align(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Align the tables of a page."""
    if context.get("body"):
        context["body"] = TABLE.sub(lambda table: aligned(table[0]), context["body"])


class MarkedRows(SphinxPostTransform):
    """Mark what is printed in columns."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs) -> None:
        """Mark the outputs of a page of which two lines or more have columns."""
        for output in self.document.findall(nodes.literal_block):
            lines = output.astext().splitlines()
            printed = {"stream", "text_plain"} & set(output["classes"])
            if printed and sum(map(bool, map(COLUMNS.search, lines))) > 1:
                output["classes"].append("columns")


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.add_post_transform(MarkedRows)
    app.connect("html-page-context", align, priority=850)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
