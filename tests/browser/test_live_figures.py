"""Live figures in the frame of the book: seen, moved by keys and by hand, heard, and printed."""

import importlib

import page_checks as check
import pytest
import scratch

import lossbook as lb

KINDS = list(importlib.import_module("lossbook.interactive").KINDS)
CONTROLS = "input[type=range], [role=slider]"


@pytest.fixture
def show(visit):
    """A function that opens a page with one figure of this name."""

    def show(name, *setting, **options):
        content = scratch.page(scratch.cells(lb.interactive(name)))
        return visit(scratch.NAME, *setting, content=content, **options)

    return show


@pytest.mark.parametrize(("mode", "width"), [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("name", KINDS)
def test_it_is_seen_moved_and_heard(show, name, mode, width):
    page = show(name, mode, width)
    page.locator("loss-figure[data-live]").wait_for()
    problems = [*check.figures(page), *check.letters(page), *check.width(page)]
    assert page.locator("loss-figure output[aria-live=polite]").inner_text().endswith((".", "!"))

    # A control that leaves the conclusion as it is, such as where a descent starts, still draws.
    moved = [move_by_keys(page, control) for control in page.locator(CONTROLS).all()]
    assert any("said" in changes for changes in moved), "no control changes the readout"
    assert all("drawn" in changes for changes in moved), moved
    for point in page.locator("[role=slider]").all():
        assert drag(page, point), "a point does not follow the pointer"

    problems += [*check.width(page), *check.access(page)]
    check.show(page, {"light": "dark", "dark": "light"}[mode], width)
    problems += [*check.access(page, "color-contrast"), *page.faults]
    assert not problems, "\n".join(problems)


def state(page):
    """Return what the figure says, and what it draws."""
    return page.locator("loss-figure").evaluate(
        "e => [e.querySelector('output').textContent, e.querySelector('.stage').innerHTML]"
    )


def move_by_keys(page, control):
    """Return what arrow keys change: what is said, what is drawn."""
    before, changes = state(page), set()
    control.focus()
    for key in ["ArrowLeft"] * 12 + ["ArrowRight"] * 30:
        page.keyboard.press(key)
        kinds = zip(("said", "drawn"), before, state(page), strict=True)
        changes |= {kind for kind, old, new in kinds if old != new}
        if len(changes) == 2:
            break
    return changes


def drag(page, point):
    """Say whether a point follows the pointer: to the left, and else to the right or up."""
    point.scroll_into_view_if_needed()
    for dx, dy in [(-40, 0), (40, 0), (0, -40)]:
        before, box = state(page), point.locator(".dot").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + dx, y + dy, steps=3)
        page.mouse.up()
        if state(page) != before:
            return True
    return False


@pytest.mark.parametrize("name", KINDS)
def test_without_a_script_the_picture_stands_alone(show, name):
    page = show(name, width=390, script=False)
    assert not check.figures(page)
    assert page.locator("article img").is_visible()
    assert page.locator("loss-figure").inner_text() == ""


def test_on_paper_the_picture_stands_alone(show):
    page = show(KINDS[0])
    page.locator("loss-figure[data-live]").wait_for()
    page.emulate_media(media="print")
    assert page.locator("article img").is_visible()
    assert not page.locator("loss-figure").is_visible()


def test_a_finger_drags_a_point(browser, served):
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    content = scratch.page(scratch.cells(lb.interactive("outlier")))
    answer = {"body": content, "content_type": "text/html; charset=utf-8"}
    page.route(served + scratch.NAME, lambda route: route.fulfill(**answer))
    page.goto(served + scratch.NAME)
    point = page.locator("[role=slider]").first
    point.scroll_into_view_if_needed()
    before, box = state(page), point.locator(".dot").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = context.new_cdp_session(page)
    for kind, dx in [("touchStart", 0), ("touchMove", -20), ("touchMove", -60), ("touchEnd", None)]:
        points = [] if dx is None else [{"x": x + dx, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    after = state(page)
    context.close()
    assert after[0] != before[0]
