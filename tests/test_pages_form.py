"""Columns stay columns, a formula keeps its comma, a field is told of once, on every page."""

from typing import NamedTuple

import kept_together
import pandas as pd
import plain_fields
import pytest
import tables
from docutils import nodes
from docutils.utils import new_document


def run(transform, *children):
    document = new_document("page")
    document += children
    transform = transform.__new__(transform)
    transform.document = document
    transform.run()
    return document


def column(table, j):
    """Return of a column whether it stands at the right, head first."""
    rows = tables.ROW.findall(tables.aligned(table.to_html()))
    return ["number" in row.split("<t")[j + 1] for row in rows]


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ([1, -2], True),
        ([0.5, float("inf")], True),
        (["4.85e+08", "–"], True),
        (["25 %", "± 3"], True),
        (["0.00, 0.02", "1 (2)"], True),
        (["3 of a kind", "4"], False),
        (["yes", "no"], False),
        (["", ""], False),
    ],
)
def test_numbers_stand_at_the_right_and_words_at_the_left(values, right):
    assert column(pd.DataFrame({"x": values}), 1) == [right] * 3


def test_the_name_of_the_index_is_in_the_row_of_the_heads():
    table = pd.DataFrame({"x": [1]}, index=pd.Index(["a"], name="loss"))
    head = tables.ROW.findall(tables.aligned(table.to_html()))[0]
    assert [text for _, text in tables.CELL.findall(head.replace(' class="number"', ""))] == [
        "loss",
        "x",
    ]


def test_cells_that_span_others_are_left_alone():
    table = pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_product([["a"], ["b", "c"]]))
    assert tables.aligned(table.to_html()) == table.to_html()


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Huber   1.0\nsquared 2.0", False),
        ("Huber    1.0\nsquared  2.0", True),
        ("[ 1 2]\n[3  4]", True),
        ("one sentence.  And another.", False),
    ],
)
def test_printed_columns_are_marked(text, marked):
    output = nodes.literal_block(text, text, classes=["output", "stream"])
    run(tables.MarkedRows, output)
    assert ("columns" in output["classes"]) == marked


@pytest.mark.parametrize(
    ("before", "behind", "whole"),
    [
        ("the loss (", "), which", "(r),"),
        ("the loss ", ", which", "r,"),
        ("the ", "-th row", "r-th"),
        ("take ", "… and", "r…"),
    ],
)
def test_a_formula_keeps_what_touches_it(before, behind, whole):
    parts = nodes.Text(before), nodes.math("", "r"), nodes.Text(behind)
    document = run(kept_together.KeptTogether, nodes.paragraph("", "", *parts))
    (together,) = document.findall(nodes.inline)
    assert together.astext() == whole
    assert document.astext() == f"{before}r{behind}"


def test_a_sign_is_taken_from_the_text_behind_the_formula_even_if_another_text_is_the_same():
    cited = nodes.literal("", "[1]"), nodes.Text(".  ")
    parts = *cited, nodes.math("", "r"), nodes.Text(".  ")
    document = run(kept_together.KeptTogether, nodes.paragraph("", "", *parts))
    assert document.astext() == "[1].  r.  "


def test_a_formula_between_spaces_stays_alone():
    parts = nodes.Text("from "), nodes.math("", "r"), nodes.Text(" on")
    assert not list(
        run(kept_together.KeptTogether, nodes.paragraph("", "", *parts)).findall(nodes.inline)
    )


def test_the_fields_of_a_named_tuple_are_left_to_its_docstring():
    class Pair(NamedTuple):
        """A pair."""

        first: int

        @property
        def twice(self):
            """Twice the first."""
            return 2 * self.first

    def skipped(member):
        return plain_fields.skip(None, "class", "", member, False, None)

    assert skipped(Pair.first)
    assert skipped(Pair.twice) is None
    assert skipped(3) is None
