"""A reader who meets a word of the glossary on a page can look it up there and then."""

import glossary_checks as check
import pytest
from bookfiles import ROOT, chapter_name, chapters, prose, read

BOOK = ROOT / "book"
KNOWN = check.terms((BOOK / "reference" / "glossary.md").read_text(encoding="utf-8"))
# Overviews and indexes: lists of what other pages explain.
LISTS = {
    "intro",
    "concepts/about",
    "losses/about",
    "optimization/about",
    "applications/about",
    "reference/about",
    "start/paths",
    "reference/indexes",
    "reference/formula-sheet",
    "reference/api",
    "reference/bibliography",
    "reference/glossary",
}
# Pages whose words are still to be linked.
NOT_YET: set[str] = set()


def words(path):
    """Return the texts of a page: of a notebook, those of its Markdown cells."""
    if path.suffix == ".md":
        return [path.read_text(encoding="utf-8")]
    return prose(read(path))


PAGES = {
    name: words(path)
    for path in [*chapters(), *sorted(BOOK.rglob("*.md"))]
    if not (name := chapter_name(path)).startswith(("_", "reference/api/"))
}
FORMS = check.forms(KNOWN, PAGES.values())


@pytest.mark.parametrize("name", sorted(PAGES.keys() - LISTS - NOT_YET))
def test_the_first_use_of_each_term_is_a_link(name):
    page = PAGES[name]
    missing = [
        f"{use.term!r}, in: {page[use.cell][max(0, use.start - 40) : use.end + 20]!r}"
        for use in check.not_linked(page, FORMS, KNOWN)
    ]
    assert not missing, "link with {term}:\n" + "\n".join(missing)


def test_every_link_leads_to_a_term():
    lost = {
        f"{name}: {term}"
        for name, page in PAGES.items()
        for text in page
        for _, term in check.links(text)
        if term not in KNOWN
    }
    assert not lost


def test_the_lists_of_exceptions_name_what_is_there():
    assert PAGES.keys() >= LISTS | NOT_YET
    assert set(KNOWN) | {"smoother", "proper"} >= check.EVERYDAY


GLOSSARY = """```{glossary}
loss
  How bad it is.

learning rate
step size
  How far it goes.

entropy
  How uncertain.

cross-entropy
  How surprised.

mean
  An average.
```
"""


def reported(*page):
    """Return the terms whose first use on a page is not linked."""
    known = check.terms(GLOSSARY)
    found = check.not_linked(page, check.forms(known, [page]), known)
    assert all(page[use.cell][use.start : use.end].strip() for use in found)
    return [use.term for use in found]


@pytest.mark.parametrize(
    "page",
    [
        ["A {term}`loss`, and then the loss."],
        ["Two {term}`losses <loss>`, of which one loss."],
        ["The {term}`learning rate`; the step size is the same."],
        ["A {term}`cross-entropy` holds no other word."],
        ["# A loss\n\n## Of *losses*\n\nAnd a {term}`loss`."],
        ["`loss` and $loss$ and [the loss](a.md) and {cite}`loss2000`."],
        ["$$\nloss\n$$\n\n```python\nloss\n```"],
        ["See *Losses of the loss*."],
        ["The mean is meant by everybody."],
        [
            "```{exercise-start} The loss\n:label: ex-loss\n```\n\nReturn it: a loss.",
            "```{exercise-end}\n```",
        ],
        ["A glossy lossless tax."],
    ],
)
def test_the_check_passes_what_is_right(page):
    assert reported(*page) == []


@pytest.mark.parametrize(
    ("page", "terms"),
    [
        (["A loss, then a {term}`loss`."], ["loss"]),
        (["Losses, then a {term}`loss`."], ["loss"]),
        (["A *loss*."], ["loss"]),
        (["A step\nsize."], ["step size"]),
        (["Nothing.", "The step size."], ["step size"]),
        (["A cross-entropy."], ["cross-entropy"]),
        (["A {term}`cross-entropy` and an entropy of a loss."], ["entropy", "loss"]),
        (["| a loss |\n|---|\n| its cost |"], ["loss"]),
        ([":::{dropdown} Yes\n:class-body: right\nIts loss is.\n:::"], ["loss"]),
        (
            ["```{exercise-start} One\n:label: x\n```\n\nDo.", "```{exercise-end}\n```\n\nA loss."],
            ["loss"],
        ),
    ],
)
def test_the_check_reports_what_is_not_linked(page, terms):
    assert sorted(reported(*page)) == sorted(terms)


def test_a_form_that_a_page_links_is_known_on_every_page():
    known = check.terms(GLOSSARY)
    shown = check.forms(known, [["{term}`lossy <loss>` and {term}`rate <learning rate>`"]])
    assert "lossy" not in shown  # too short a beginning in common
    shown = check.forms(known, [["{term}`learning rates' <learning rate>`"]])
    assert shown["learning rates'"] == "learning rate"
    assert "mean" not in shown
