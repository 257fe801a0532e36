"""The page of claims: all there, each with verdict, proof and chapter, and linked both ways."""

import re
from typing import NamedTuple

import pytest
from bookfiles import ROOT, chapters, read

PAGE = ROOT / "book" / "reference" / "claims-checked.ipynb"
NUMBERS = list(range(1, 39))
VERDICTS = ("True", "False", "Only if", "Misleading")

ENTRY = re.compile(r"^\(claim-(\d+)\)=\n### (\d+)\. (.+)\n\n(?:\*\*([A-Z][a-z ]+?)\.?\*\*)?", re.M)
ROW = re.compile(r"^\| (\d+) \| \[([^|]+)\]\(#claim-(\d+)\) \| (.+) \|$", re.M)
DERIVED = re.compile(r"^Where it is derived: (.+(?:\n.+)*)$", re.M)
LINK = re.compile(r"\]\(\.\./([\w/-]+\.ipynb)\)")
BACK = re.compile(r"\{ref\}`[^`<]+<claim-(\d+)>`")


class Chapter(NamedTuple):
    """What the page has to know of a chapter."""

    claims: set[int]  # the claims it links to
    headings: set[str]


def page_text(nb):
    """Return the page as one text; a cell that has printed something is a line of its own."""
    shown = {True: "\n⟨proof⟩\n", False: ""}
    return "\n\n".join(
        cell.source if cell.cell_type == "markdown" else shown[bool(cell.outputs)]
        for cell in nb.cells
    )


def read_book():
    """Read every chapter, by its path within the book."""
    folder, book = ROOT / "book", {}
    for path in chapters():
        text = page_text(read(path))
        claims = {int(number) for number in BACK.findall(text)}
        headings = set(re.findall(r"^##+ (.+)$", text, re.M))
        book[path.relative_to(folder).as_posix()] = Chapter(claims, headings)
    return book


def problems(text, book):
    """List what the page lacks."""
    entries = list(ENTRY.finditer(text))
    found = []
    numbers = sorted(int(entry[2]) for entry in entries)
    if numbers != NUMBERS:
        found.append(f"the entries are {numbers}")
    table = [(int(n), claim, verdict) for n, claim, _, verdict in ROW.findall(text)]
    listed = [(int(entry[2]), entry[3], entry[4]) for entry in entries]
    if table != sorted(listed):
        found.append(f"table and entries differ: {sorted({*table} ^ {*listed}, key=str)}")
    found += [f"row {row[1]} leads to {row[3]}" for row in ROW.finditer(text) if row[1] != row[3]]
    ends = [entry.start() for entry in entries[1:]] + [len(text)]
    for entry, end in zip(entries, ends, strict=True):
        body = text[entry.end() : end]
        found += [f"{entry[2]}: {what}" for what in entry_problems(entry, body, book)]
    return found


def entry_problems(entry, body, book):
    """List what one entry lacks: the name, the verdict, the proof, the chapters."""
    if entry[1] != entry[2]:
        yield f"is called claim-{entry[1]}"
    if entry[4] not in VERDICTS:
        yield f"the verdict is {entry[4]!r}"
    if "⟨proof⟩" not in body:
        yield "nothing is shown"
    derived = "".join(DERIVED.findall(body))
    linked = LINK.findall(derived)
    if not linked:
        yield "no chapter is named"
    yield from (f"there is no chapter {name}" for name in linked if name not in book)
    there = {name: book[name] for name in linked if name in book}
    yield from (
        f"{name} does not link back"
        for name, chapter in there.items()
        if int(entry[2]) not in chapter.claims
    )
    headings = set().union(*(chapter.headings for chapter in there.values()))
    named = {" ".join(name.split()) for name in re.findall(r"\*([^*]+)\*", derived)}
    yield from (f"no heading {name!r} in {linked}" for name in sorted(named - headings))


@pytest.fixture(scope="module")
def text():
    return page_text(read(PAGE))


@pytest.fixture(scope="module")
def book():
    return read_book()


def test_page_is_complete(text, book):
    found = problems(text, book)
    assert not found, "\n".join(found)


def test_no_chapter_links_to_a_claim_that_is_not_there(book):
    assert set().union(*(chapter.claims for chapter in book.values())) <= set(NUMBERS)


FIVE = r"(### 5\. (?:.*\n)+?"
FAULTS = [
    (r"\(claim-5\)=\n### 5\.", "(claim-5)=\n### 50.", "the entries are"),
    (r"\(claim-5\)=\n### 5\.", "(claim-6)=\n### 5.", "5: is called claim-6"),
    (r"(### 5\. .+)", r"\1 by far", "table and entries differ"),
    (r"^\| 5 \| .*\n", "", "table and entries differ"),
    (r"^(\| 5 \| .*) \| \w+ \|$", r"\1 | Misleading |", "table and entries differ"),
    (r"(\| 5 \| .+) errors", r"\1 |errors|", "table and entries differ"),
    (r"\(#claim-5\)", "(#claim-6)", "row 5 leads to 6"),
    (FIVE + r")\*\*False\.?", r"\1**Perhaps.", "5: the verdict is 'Perhaps'"),
    (FIVE + r")\*\*False\.?\*\*", r"\1False.", "5: the verdict is None"),
    (FIVE + r")⟨proof⟩", r"\1", "5: nothing is shown"),
    (FIVE + r")Where it is derived: ", r"\1", "5: no chapter is named"),
    (FIVE + r"Where it.*?/)[\w-]+\.ipynb", r"\1no.ipynb", "5: there is no chapter"),
    (FIVE + r"Where it.*\*)How", r"\1Why", "5: no heading 'Why"),
]


@pytest.mark.parametrize(("old", "new", "report"), FAULTS)
def test_a_fault_is_reported(text, book, old, new, report):
    broken, count = re.subn(old, new, text, count=1, flags=re.M)
    assert count, "the fault must be planted"
    assert report in "\n".join(problems(broken, book))


def test_a_missing_link_back_is_reported(text, book):
    name = "losses/squared-and-absolute.ipynb"
    chapter = book[name]
    forgetful = book | {name: chapter._replace(claims=chapter.claims - {5})}
    assert f"5: {name} does not link back" in problems(text, forgetful)
