"""Every page of the site, light in a wide window and dark on a phone."""

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


@pytest.mark.parametrize("name", PAGES)
def test_page(visit, name):
    """From a disk, which forbids more than a server; test_weight.py has each from a server."""
    page = visit(name, "light", 1280, disk=True)
    found = {"light, wide": check.as_it_opens(page)}
    check.show(page, "dark", 390)
    found["dark, narrow"] = [*check.as_it_opens(page), *check.unfolded(page)]
    check.show(page, "light", 1280)
    found["light, wide, unfolded"] = check.unfolded(page)
    if name in FRAMES:  # words stand in one mode for each width; what frames them is alike
        found["dark, wide"] = _contrast(page, "dark", 1280)
        found["light, narrow"] = _contrast(page, "light", 390)
    found["browser"] = page.faults
    problems = [f"{how}: {line}" for how, lines in found.items() for line in lines]
    assert not problems, "\n".join(problems)


def _contrast(page, mode, width):
    check.show(page, mode, width)
    return check.access(page, "color-contrast")
