"""The bibliography has what the pages cite, nothing else, and all that finds a work."""

import bibliography_checks as check
import pytest
from bookfiles import ROOT
from chapter_checks import source_files

BIBLIOGRAPHY = check.entries((ROOT / "book" / "references.bib").read_text(encoding="utf-8"))
PAGES = {
    name: path.read_text(encoding="utf-8")
    for name in source_files(ROOT)
    for path in (ROOT / f"{name}.md", ROOT / f"{name}.ipynb")
    if path.exists()
}


@pytest.mark.parametrize("key", BIBLIOGRAPHY)
def test_an_entry_says_how_to_find_the_work(key):
    problems = check.gaps(key, BIBLIOGRAPHY[key]) + check.malformed(key, BIBLIOGRAPHY[key])
    assert not problems, "\n".join(problems)


def test_every_entry_is_cited():
    assert not check.uncited(PAGES, list(BIBLIOGRAPHY))


def test_every_citation_has_an_entry():
    assert not check.unknown(PAGES, list(BIBLIOGRAPHY))


GOOD = """@article{a2000one, author = {Ada, A.}, title = {One}, journal = {J}, year = {2000},
 pages = {1--2}, doi = {10.1000/x}}"""
FAULTS = [
    ("author = {Ada, A.}, ", "", "no author"),
    ("title = {One}, ", "", "no title"),
    ("title = {One}, ", "title = { }, ", "no title"),
    ("year = {2000}", "volume = {3}", "no year"),
    ("journal = {J}, ", "", "no venue"),
    ("doi = {10.1000/x}", "note = {A note}", "no DOI, arXiv number, ISBN or address"),
    ("10.1000/x", "https://doi.org/10.1000/x", "does not look like one"),
    ("doi = {10.1000/x}", "eprint = {arXiv 1706.04599}", "does not look like one"),
    ("year = {2000}", "year = {200}", "does not look like one"),
    ("1--2", "1-2", "does not look like one"),
]


def problems(text):
    (key, fields), *_ = check.entries(text).items()
    return "\n".join(check.gaps(key, fields) + check.malformed(key, fields))


@pytest.mark.parametrize(("old", "new", "report"), FAULTS)
def test_the_fault_of_an_entry_is_reported(old, new, report):
    assert old in GOOD, "the fault must be planted"
    assert report in problems(GOOD.replace(old, new))


def test_an_entry_that_is_right_passes():
    assert problems(GOOD) == ""
    assert problems(GOOD.replace("doi = {10.1000/x}", "note = {Old; no DOI known}")) == ""
    assert problems(GOOD.replace("author", "editor")) == ""


def test_citations_and_entries_that_miss_each_other_are_reported():
    pages = {"book/a": "As {cite:t}`a2000one` says.", "book/b": "{cite}`b3, a2000one`"}
    assert check.unknown(pages, ["a2000one", "b3"]) == []
    assert "book/b cites 'b3'" in check.unknown(pages, ["a2000one"])[0]
    assert check.uncited(pages, ["a2000one", "b3"]) == []
    assert "no page cites c4" in check.uncited(pages, ["a2000one", "c4"])[0]
