"""What every page must be in a browser.  Each check returns the list of its problems."""

from pathlib import Path

_HERE = Path(__file__).parent
_QUESTIONS = (_HERE / "page_checks.js").read_text(encoding="utf-8")
_AXE = (_HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8")


def _ask(page, question, argument=None):
    return page.evaluate(f"([name, value]) => ({_QUESTIONS})[name](value)", [question, argument])


def formulas(page):
    """Every formula is drawn, and none is left as TeX."""
    return _ask(page, "formulas")


def commas(page):
    """No line can begin with the comma behind a formula."""
    return _ask(page, "commas")


def images(page):
    """Every image of the text is there and says in words what it shows."""
    return _ask(page, "images")


def icons(page):
    """Every icon is one of those that the book draws."""
    return _ask(page, "icons")


def width(page):
    """The page does not scroll sideways; what is wide scrolls in its own box."""
    return _ask(page, "width")


def letters(page):
    """Nothing is written in letters below 12 pixels."""
    return _ask(page, "letters")


def figures(page):
    """Of a static picture and its live figure exactly one is seen."""
    return _ask(page, "figures")


def folds(page):
    """Answers of self-tests and solutions of exercises start folded."""
    return _ask(page, "folds")


def access(page, *rules):
    """Axe finds nothing, or nothing of these rules, with everything unfolded."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"{_AXE}; 0")
    return _ask(page, "access", rules)


def show(page, mode, width):
    """Switch between light and dark, in a window of this width."""
    page.set_viewport_size({"width": width, "height": 900})
    _ask(page, "setMode", mode)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


def as_it_opens(page):
    """What holds in each mode and width, folded as the page opens."""
    problems = [*formulas(page), *images(page), *letters(page), *figures(page), *folds(page)]
    return [*problems, *icons(page), *commas(page), *width(page)]


def unfolded(page):
    """What holds with everything unfolded; no check of folds or formulas can follow."""
    return [*access(page), *width(page)]


def everything(page):
    """All of the above, and what the browser complained of."""
    return [*as_it_opens(page), *unfolded(page), *page.faults]
