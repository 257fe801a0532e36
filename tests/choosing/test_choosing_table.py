"""What the page on choosing shows: all losses in one table, and the guide with its snippets."""

import json
import re
from html import unescape

import pytest
from bookfiles import ROOT

import lossbook as lb
from lossbook import choosing
from lossbook.choosing import GUIDE

SCRIPT = ROOT / "book/_static/choosing/choosing.js"
LOSSES = [pytest.param(loss, id=type(loss).__name__) for loss in lb.all_losses()]
HTML = choosing.table()._repr_html_()
ROWS = re.findall(r"<tr data-find=.*?</tr>", HTML)


def row_of(loss):
    """Return the only row of the table that is headed by the loss."""
    head = re.compile(rf'<th scope="row"><a href="[^"]+\.{type(loss).__name__}">')
    found = [row for row in ROWS if head.search(row)]
    assert len(found) == 1, f"{len(found)} rows are headed by {type(loss).__name__}"
    return found[0]


def test_every_loss_has_a_row():
    heads = [re.sub("<.*?>", "", re.search("<code>(.*?)</code>", row)[1]) for row in ROWS]
    assert sorted(heads) == sorted(lb.cards().index)
    lines = repr(choosing.table()).splitlines()
    assert lines[0] == f"{len(ROWS)} losses"
    assert [line.split()[0] for line in lines[1:]] == heads


@pytest.mark.parametrize("loss", LOSSES)
def test_a_row_says_what_the_card_says(loss):
    card, row = loss.card(), row_of(loss)
    plain = unescape(row)
    assert f"<summary>{card.estimates}</summary>" in plain
    for text in (card.choose, card.avoid, ", ".join(card.aliases)):
        assert f"{text}</dd>" in plain
    convex, slope, proper = re.findall('<td data-value="[^"]*">([^<]*)</td>', row)
    facts = card.facts()
    assert convex == {True: "yes", False: "no"}.get(card.convex, "not stated")
    assert proper == facts["proper"]
    number = {"no bound": "inf", "not stated": "nan"}.get(slope, slope)
    assert float(number) == pytest.approx(facts["lipschitz"], rel=5e-3, nan_ok=True)


@pytest.mark.parametrize("loss", LOSSES)
def test_a_row_leads_to_the_reference_and_the_chapter(loss):
    page, module = re.search(r'href="(api/[\w-]+)\.html#([\w.]+)"', row_of(loss)).groups()
    reference = (ROOT / "book/reference" / f"{page}.md").read_text(encoding="utf-8")
    assert f"automodule:: {module.rpartition('.')[0]}\n" in reference
    (chapter,) = re.findall(r'href="\.\./([\w/-]+)\.html"', row_of(loss))
    assert (ROOT / "book" / f"{chapter}.ipynb").is_file()


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("outliers", "AbsoluteError Andrews Hampel Huber Tukey Welsch"),
        ("asymmetric", "Expectile Linex Quantile"),
        ("rmsle", "SquaredLogError"),
        ("logloss", "BinaryCrossEntropy Logistic SigmoidCrossEntropy"),
    ],
)
def test_everyday_words_find_all_that_they_mean(word, names):
    for name in names.split():
        found = unescape(re.search('data-find="([^"]*)"', row_of(getattr(lb, name)()))[1])
        assert any(beginning.startswith(word) for beginning in found.split()), name
    assert "logloss" not in row_of(lb.GaussianCRPS())


def test_the_page_gets_the_guide_with_the_snippets_that_are_tested():
    html = choosing.chooser()._repr_html_()
    data = json.loads(unescape(re.search("data-guide='([^']*)'", html)[1]))
    whole = choosing.GUIDE.as_dict()
    assert data["start"] == whole["start"]
    assert data["questions"] == whole["questions"]
    assert list(data["proposals"]) == list(whole["proposals"])
    for proposal in GUIDE.proposals:
        assert data["proposals"][proposal.key]["snippet"] == proposal.snippet
    assert choosing.GUIDE.as_html() in html


def test_words_take_the_place_of_the_page_in_a_terminal():
    first = GUIDE[GUIDE.start]
    assert repr(choosing.chooser()).splitlines() == [
        first.text,
        *(f"- {answer.text}" for answer in first.answers),
    ]


def test_the_script_is_small():
    assert SCRIPT.stat().st_size <= 8000
