"""The page of questions: each is one, is answered by a cell or a link, and stands in the list."""

import re
from collections import Counter

import pytest
from bookfiles import ROOT, read
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PAGE = ROOT / "book" / "reference" / "faq.ipynb"
ENTRY = re.compile(r"(?:^\((\S+)\)=\n)?^### (.+)\n?((?:(?!#|\(\S+\)=$).*\n?)*)", re.M)
LISTED = re.compile(r"^\* \[\]\(#(\S+)\)$", re.M)
LINK = re.compile(r"\[[^\]]*\]\([^)\s]+\)")


def text_of(nb):
    """Return the page as one text, in which a code cell is the line <cell>."""
    return "\n".join(c.source if c.cell_type == "markdown" else "<cell>" for c in nb.cells)


def entries(nb):
    """Return label, heading and answer of every question."""
    return ENTRY.findall(text_of(nb))


def problems(nb):
    """List what is wrong with the questions of a page."""
    questions = entries(nb)
    found = [f"no question: {heading!r}" for _, heading, _ in questions if heading[-1] != "?"]
    for _, heading, answer in questions:
        if "<cell>" not in answer and not LINK.search(answer):
            found.append(f"neither a cell nor a link answers {heading!r}")
    asked = Counter(heading for _, heading, _ in questions)
    found += [f"asked {n} times: {heading!r}" for heading, n in asked.items() if n > 1]
    if LISTED.findall(text_of(nb)) != [label for label, _, _ in questions]:
        found.append("the list on top is not that of the questions")
    return found


def test_page_answers_at_least_thirty_five_questions():
    assert len(entries(read(PAGE))) >= 35


def test_every_question_is_asked_answered_and_listed():
    assert problems(read(PAGE)) == []


ASKED = "(why)=\n### Why?"
SHOWN = "1 + 1"


def page(*cells):
    made = [new_code_cell(c) if c == SHOWN else new_markdown_cell(c) for c in cells]
    return new_notebook(cells=made)


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        (["* [](#why)", "(why)=\n### Because", SHOWN], "no question"),
        (["* [](#why)", f"{ASKED}\n\nIt is so."], "neither a cell nor a link"),
        (["* [](#why)", f"{ASKED}\n\nSo.", "## Next", SHOWN], "neither a cell nor a link"),
        (["* [](#why)\n* [](#why)", ASKED, SHOWN, ASKED, SHOWN], "asked 2 times"),
        (["Welcome.", ASKED, SHOWN], "the list on top"),
        (["* [](#why)", "### Why?", SHOWN], "the list on top"),
    ],
)
def test_a_fault_is_found(cells, complaint):
    assert any(found.startswith(complaint) for found in problems(page(*cells)))


@pytest.mark.parametrize("answer", [SHOWN, "See [there](there.ipynb)."])
def test_a_cell_or_a_link_is_enough(answer):
    assert problems(page(f"* [](#why)\n\n{ASKED}\n\nBecause.", answer)) == []
