"""Every page of the site, light and dark, in a wide window and on a phone, from disk and server."""

import page_checks as check
import pytest
from bookfiles import toc_files
from built_site import SITE

PAGES = [*(f"{name}.html" for name in toc_files()), "genindex.html", "search.html"]
PAGES += ["py-modindex.html"]
FORWARDS = {"index.html"}
FRAMES = [
    "book/intro.html",
    "book/losses/robust.html",
    "book/reference/api/training.html",
    "search.html",
]


def test_no_page_is_forgotten():
    built = {path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html")}
    assert {name for name in built if not name.startswith("_static/")} == {*PAGES, *FORWARDS}


def test_the_address_of_the_site_leads_to_its_first_page(visit):
    page = visit("index.html", script=False)
    page.wait_for_url("**/book/intro.html")


@pytest.mark.parametrize(
    ("mode", "width", "disk"),
    [("light", 1280, False), ("dark", 390, True)],
    ids=["light wide server", "dark phone disk"],
)
@pytest.mark.parametrize("name", PAGES)
def test_page(visit, name, mode, width, disk):
    page = visit(name, mode, width, disk=disk)
    problems = check.everything(page)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", FRAMES)
def test_switching_the_mode_leaves_enough_contrast(visit, name, width):
    """Words stand in one mode for each width above; what frames them is alike on all pages."""
    page = visit(name, {1280: "light", 390: "dark"}[width], width)
    check.set_mode(page, {1280: "dark", 390: "light"}[width])
    assert not check.access(page, "color-contrast")
