"""Print the whole book to one PDF: parts, chapters and sections in its outline, links inside it.

Usage, from the project's folder, after the book was built::

    python tools/pdf.py [--to _build/book.pdf]

The built pages become one long page in the order of _toc.yml, and Chromium prints that once, with
the book's own styles for paper.
"""

from __future__ import annotations

import argparse
import base64
import os
import re
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

import browser
import yaml
from bookfiles import ROOT
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import sync_playwright

SITE = ROOT / "_build" / "html"
PATIENCE = 600_000  # milliseconds; a slow machine draws thousands of formulas for minutes
PAGE = b"<</Type /Page\n"  # how Chromium begins one
PRINTED = {
    "printBackground": True,
    "generateDocumentOutline": True,
    "generateTaggedPDF": True,
    "paperWidth": 8.27,  # A4, in inches
    "paperHeight": 11.69,
}
NUMBER_CONTENTS = """pages => {
  for (const link of document.querySelectorAll(".book-contents a")) {
    link.dataset.page = pages[decodeURIComponent(link.hash.slice(1))] ?? "";
  }
}"""
# What only a screen can do, and what stands on every page.
UNPRINTED = "script:not([type]), loss-figure, .headerlink, .toggle-button, details.hide"


def chapters(toc: dict) -> Iterator[tuple[str | None, str]]:
    """Give each page in its order, as (part, name); a page without part stands before them."""
    yield None, toc["root"]
    for part in toc["parts"]:
        for chapter in part["chapters"]:
            yield part["caption"], chapter["file"]
            for section in chapter.get("sections", []):
                yield part["caption"], section["file"]


def anchor(page: str, fragment: str = "") -> str:
    """Return the id in the long page of an id in one of the book's pages, or of its beginning."""
    return f"{page}:{fragment}"


def article(name: str, site: Path, pages: set[str]) -> Tag:
    """Return the text of a page, whose ids, links and pictures hold in the long page."""
    soup = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    text = soup.find("article")
    for element in text.select(UNPRINTED):
        element.decompose()
    for element in text.find_all(id=True):
        element["id"] = anchor(name, element["id"])
    for link in text.find_all("a", href=True):
        _lead(link, name, pages)
    for image in text.find_all("img"):
        image["src"] = normpath(join(name, "..", image["src"]))
    text["id"] = anchor(name)
    return text


def _lead(link: Tag, name: str, pages: set[str]) -> None:
    """Make a link lead into the long page; where it leads elsewhere in the site, make it text."""
    url = urlsplit(link["href"])
    if url.scheme:
        return
    page = normpath(join(name, "..", url.path)).removesuffix(".html") if url.path else name
    if page in pages:
        link["href"] = "#" + anchor(page, url.fragment)
    else:
        del link["href"]


def long_page(site: Path, toc: dict) -> str:
    """Return the HTML of the book as one page of the site."""
    order = list(chapters(toc))
    pages = {name for _, name in order}
    front = BeautifulSoup((site / f"{toc['root']}.html").read_text(encoding="utf-8"), "html.parser")
    contents, body, last = [], [], None
    for part, name in order:
        text = article(name, site, pages)
        if part != last:
            body.append(f'<h1 class="part" id="{anchor(part)}">{escape(part)}</h1>')
            contents.append(f'<li class="part"><a href="#{anchor(part)}">{escape(part)}</a></li>')
            last = part
        for heading in text.find_all(re.compile("^h[1-5]$")) if part else []:
            heading["aria-level"] = int(heading.name[1]) + 1
        contents.append(f'<li><a href="#{anchor(name)}"><span>{_title(text)}</span></a></li>')
        body.append(str(text))
    toc_html = f'<nav class="book-contents"><h1>Contents</h1><ul>{"".join(contents)}</ul></nav>'
    return _page(front, toc["root"], [body[0], toc_html, *body[1:]])


def _title(text: Tag) -> str:
    return text.find("h1").decode_contents()


def _page(front: BeautifulSoup, root: str, body: list[str]) -> str:
    """Give the head of the book's first page, with its styles and MathJax, to this body."""
    styles = front.head.find_all("link", rel="stylesheet")
    formulas = front.head.find_all("script", string=re.compile("window.MathJax"))
    formulas += front.head.find_all("script", src=re.compile("mathjax"))
    for element in [*styles, *formulas]:
        for attribute in {"href", "src"} & set(element.attrs):
            element[attribute] = normpath(join(root, "..", urlsplit(element[attribute]).path))
    head = "".join(map(str, [front.head.title, *styles, *formulas]))
    return (
        f'<!DOCTYPE html><html lang="en" data-theme="light"><head><meta charset="utf-8">{head}'
        f'</head><body class="whole-book">{"".join(body)}</body></html>'
    )


def print_pdf(page: Path, pdf: Path) -> None:
    """Print a page to a PDF with an outline."""
    executable = browser.find() or sys.exit(f"pdf: {browser.MISSING}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=browser.FLAGS)
        sheet = chromium.new_page()
        sheet.set_default_timeout(PATIENCE)
        sheet.goto(page.as_uri())
        sheet.evaluate("() => MathJax.startup.promise.then(() => 0)")
        sheet.evaluate("() => document.fonts.ready.then(() => 0)")
        session = sheet.context.new_cdp_session(sheet)
        # Once to learn on which pages the chapters begin, and again with that in the contents.
        for _ in range(2):
            printed = base64.b64decode(session.send("Page.printToPDF", PRINTED)["data"])
            sheet.evaluate(NUMBER_CONTENTS, stands_on(printed))
        chromium.close()
    pdf.write_bytes(printed)


def stands_on(pdf: bytes) -> dict[str, int]:
    """Return on which page each anchor of a PDF stands that Chromium has printed."""
    number = {page: i for i, page in enumerate(re.findall(rb"(\d+) 0 obj\n" + PAGE, pdf), 1)}
    anchors = re.findall(rb"/(\S+) \[(\d+) 0 R /XYZ", pdf)
    return {unquote(name.decode().replace("#", "%")): number[page] for name, page in anchors}


def make(pdf: Path, site: Path = SITE, toc: dict | None = None) -> None:
    """Write the PDF of the book, or of the part of it that `toc` names."""
    if toc is None:
        toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    page = site / f"print-{os.getpid()}.html"  # within the site, so that pictures are found
    page.write_text(long_page(site, toc), encoding="utf-8")
    try:
        print_pdf(page, pdf)
    finally:
        page.unlink()


def main(argv: list[str] | None = None) -> int:
    """Print the book, and say how large it became."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=ROOT / "_build" / "book.pdf")
    pdf = parser.parse_args(argv).to
    make(pdf)
    content = pdf.read_bytes()
    print(f"{pdf}: {content.count(PAGE)} pages, {len(content) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
