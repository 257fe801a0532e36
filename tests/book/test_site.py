"""The built site: complete, self-contained, and whole."""

import pytest
import site_checks as check
from bookfiles import ROOT, toc_files
from built_site import SITE, built_site


@pytest.fixture(scope="session")
def pages():
    return {
        path: check.read_page(path)
        for path in sorted(built_site().rglob("*.html"))
        if _is_page(path)
    }


def _is_page(path) -> bool:
    """Pages, not the fragments that a library keeps among its files."""
    return "_static" not in path.relative_to(SITE).parts


def _report(problems):
    lines = (
        f"{p.path.relative_to(SITE).as_posix()}: {line}" for p, found in problems for line in found
    )
    return "\n".join(lines)


@pytest.mark.parametrize(
    "problems",
    [check.repeated_ids, check.missing_alt, check.one_title, check.remote_loads],
    ids=lambda function: function.__name__,
)
def test_page(pages, problems):
    report = _report((page, problems(page)) for page in pages.values())
    assert not report, report


def test_every_link_and_anchor_resolves(pages):
    found = ((page, check.broken_links(page, pages, SITE)) for page in pages.values())
    report = _report(found)
    assert not report, report


def test_style_sheets_load_nothing_from_elsewhere(pages):
    sheets = {path: path.read_text(encoding="utf-8") for path in SITE.rglob("*.css")}
    assert sheets
    found = [
        f"{path.name} {line}" for path, css in sheets.items() for line in check.remote_css(css)
    ]
    assert not found, "\n".join(found)


def test_each_chapter_can_be_downloaded_as_it_is(pages):
    chapters = [name for name in toc_files() if (ROOT / f"{name}.ipynb").is_file()]
    assert chapters
    for name in chapters:
        page = SITE / f"{name}.html"
        linked = [link for link in pages[page].links if link.endswith(".ipynb")]
        assert len(linked) == 1, f"{name}: {linked}"
        file = (page.parent / linked[0]).read_bytes()
        assert file == (ROOT / f"{name}.ipynb").read_bytes(), name
