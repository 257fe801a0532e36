"""Self-tests and solutions open by keyboard, and can be read without JavaScript.

That they start folded is checked on every page, in ``test_pages.py``.
"""

import pytest
from bookfiles import ROOT, toc_files


def first_with(*marks):
    """Return the first chapter in whose source all the marks are."""
    for name in toc_files():
        source = ROOT / f"{name}.ipynb"
        text = source.read_text(encoding="utf-8") if source.is_file() else ""
        if all(mark in text for mark in marks):
            return f"{name}.html"
    raise LookupError(f"no chapter has {marks}")


CHAPTER = first_with("class-body: right", "solution-start", "hide-input")

_FOCUS_BEFORE = """target => {
  const stops = document.querySelectorAll("a[href], button, summary, input, [tabindex='0']");
  const seen = [...stops].filter(e => e.checkVisibility({ visibilityProperty: true }));
  seen[seen.indexOf(target) - 1].focus();
}"""


def walk_to(page, element):
    """Come to an element by the Tab key, from what stands before it."""
    element.evaluate(_FOCUS_BEFORE)
    for _ in range(3):  # a box that scrolls may be a stop between
        page.keyboard.press("Tab")
        if element.evaluate("e => e === document.activeElement"):
            return
    pytest.fail("the Tab key passes it over")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_self_test(visit, script):
    page = visit(CHAPTER, width=390, script=script)
    choices = page.locator("details.sd-dropdown:has(> .right, > .wrong)").all()
    assert len(choices) > 3
    for choice in choices[:4]:
        answer = choice.locator(".sd-summary-content")
        assert not answer.is_visible()
        walk_to(page, choice.locator("summary"))
        page.keyboard.press("Enter")
        assert answer.is_visible()
        right = "right" in answer.get_attribute("class").split()
        mark = answer.evaluate("e => getComputedStyle(e, '::before').content")
        assert ("✓ Right" if right else "✗ Not this one") in mark
        page.keyboard.press("Space")
        assert not answer.is_visible()


def test_solution(visit):
    page = visit(CHAPTER, width=390)
    solution = page.locator(".solution.dropdown").last
    body, button = solution.locator("> section"), solution.locator(".toggle-button")
    walk_to(page, button)
    for key, opened in [("Enter", True), ("Space", False)]:
        page.keyboard.press(key)
        assert body.is_visible() == opened
        assert button.get_attribute("aria-expanded") == str(opened).lower()


def test_without_a_script_solutions_and_folded_code_can_be_read(visit):
    page = visit(CHAPTER, script=False)
    for body in page.locator(".solution.dropdown > section").all():
        assert body.is_visible()
    fold = page.locator("div.cell details.hide").first
    assert not fold.locator("pre").first.is_visible()
    walk_to(page, fold.locator("summary"))
    page.keyboard.press("Enter")
    assert fold.locator("pre").first.is_visible()


def test_without_a_script_the_page_has_its_colours(visit):
    paint = "() => ['color', 'backgroundColor'].map(p => getComputedStyle(document.body)[p])"
    assert visit(CHAPTER, script=False).evaluate(paint) == visit(CHAPTER).evaluate(paint)
