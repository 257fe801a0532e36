"""The book on paper: a chapter printed from its page, and the whole as one PDF."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote

import pdf
import pytest
from built_site import SITE
from test_folding import CHAPTER

TOC = {
    "root": "book/intro",
    "parts": [
        {
            "caption": "Reference",
            "chapters": [
                {
                    "file": "book/reference/api",
                    "sections": [{"file": "book/reference/api/losses-of-structure"}],
                },
                {"file": "book/reference/bibliography"},
            ],
        }
    ],
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory, _asked_for):
    """The PDF of three pages and the first."""
    file = tmp_path_factory.mktemp("pdf") / "book.pdf"
    with ThreadPoolExecutor(1) as beside:  # the thread of the tests has a browser of its own
        beside.submit(pdf.make, file, SITE, TOC).result()
    return file.read_bytes()


def _decoded(title):
    if title.startswith(b"<"):
        return bytes.fromhex(title[1:-1].decode()).decode("utf-16")
    return title[1:-1].decode("latin-1")


def test_the_outline_has_parts_chapters_and_sections(printed):
    entry = rb"(\d+) 0 obj\n<</Title (<[0-9A-F]+>|\(.*?\))\n/Dest .*\n/Parent (\d+) 0 R"
    entries = {own: (_decoded(title), up) for own, title, up in re.findall(entry, printed)}

    def path(entry):
        title, up = entries[entry]
        return [*path(up), title] if up in entries else [title]

    paths = [path(entry) for entry in entries]
    assert ["Contents"] in paths
    assert ["Reference", "The package lossbook", "Ready-made losses"] in paths
    assert ["Reference", "Bibliography"] in paths


def test_links_lead_to_places_in_it_or_to_the_web(printed):
    found = re.findall(rb"/Dest /(\S+)", printed)
    links = {unquote(name.decode().replace("#", "%")) for name in found}
    assert {pdf.anchor(name) for _, name in pdf.chapters(TOC)} < links
    assert links <= set(pdf.stands_on(printed))
    addresses = re.findall(rb"/URI \((.*?)\)", printed)
    assert addresses
    assert all(address.startswith(b"https://") for address in addresses)


def test_its_pages_are_in_the_order_of_the_contents(printed):
    places = pdf.stands_on(printed)
    begins = [places[pdf.anchor(name)] for _, name in pdf.chapters(TOC)]
    assert begins[0] == 1
    assert begins == sorted(set(begins))
    assert printed.count(pdf.PAGE) >= begins[-1]


def _seen(page, selector):
    ask = "e => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })"
    elements = page.locator(selector).all()
    assert elements, selector
    return {element.evaluate(ask) for element in elements}


def test_a_chapter_on_paper(visit):
    page = visit(CHAPTER)
    page.emulate_media(media="print")
    gone = ".bd-sidebar-primary, .bd-sidebar-secondary, .bd-header-article, .copybtn, details.hide"
    assert _seen(page, gone) == {False}
    assert _seen(page, ".sd-dropdown .right, .sd-dropdown .wrong, .solution > section") == {True}
    page.set_viewport_size({"width": 673, "height": 900})  # A4 without its margins
    wide = """() => [...document.querySelectorAll("article pre, article img, article table")]
      .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML)"""
    assert not page.evaluate(wide)


SMALLEST = """() => Math.min(...[...document.querySelectorAll("#formula-sheet :is(p, th, td, a)")]
  .filter(e => e.checkVisibility() && e.textContent.trim())
  .map(e => parseFloat(getComputedStyle(e).fontSize) * 0.75))"""


def test_the_formula_sheet_is_two_pages_that_can_be_read(visit):
    page = visit("book/reference/formula-sheet.html")
    page.emulate_media(media="print")
    assert len(re.findall(rb"/Type /Page\b", page.pdf(format="A4"))) == 2
    page.set_viewport_size({"width": 718, "height": 1056})  # A4 without the sheet's margins
    assert page.evaluate(SMALLEST) >= 7.5  # points
    right = "() => Math.max(...[...document.querySelectorAll('#formula-sheet td')].map(e => %s))"
    edge = "e.getBoundingClientRect().right"
    assert page.evaluate(right % edge) <= 719
