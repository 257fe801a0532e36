"""Each check finds the fault that it is there for."""

import page_checks as check
import pytest
import scratch

_PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
_PALE = '<p style="color: #bbb; background: #fff">pale</p>'
_FIGURE = '<div class="cell"><loss-figure data-figure="none" data-config="{}"></loss-figure></div>'
_PICTURE = f'<div class="cell"><div class="cell_output"><img alt="A." src="{_PIXEL}"></div></div>'
_FONT = "<style>@font-face { font-family: F; src: url(http://localhost:9/a.woff) }"
_CHOICE = (
    "<details class='sd-dropdown' {}><summary>a</summary><div class='wrong'>{}</div></details>"
)


@pytest.mark.parametrize(
    ("article", "said"),
    [
        (f'<img src="{_PIXEL}">', "no alt text"),
        ('<i class="fa-solid fa-car"></i>', "no such icon: fa-solid fa-car"),
        ('<input type="range">', "Form elements must have labels"),
        ('<p style="font-size: 11.9px">small</p>', "letters below 12 px"),
        ('<svg role="img" aria-label="A."><text font-size="11">a</text></svg>', "letters below 12"),
        ('<div style="position: absolute; left: 5px; width: 100vw">w</div>', "sideways by 5 px"),
        ('<img alt="A." src="http://localhost:9/a.svg">', "asks another host"),
    ],
)
def test_a_page_with_a_planted_fault_fails(visit, article, said):
    page = visit(scratch.NAME, "dark", 390, content=scratch.page(article))
    found = check.everything(page)
    assert any(said in line for line in found), found


@pytest.mark.parametrize(
    ("article", "examine", "said"),
    [
        ('<div style="width: 2000px">wide</div>', check.width, "scrolls sideways by"),
        ('<div class="math notranslate">\\(\\frac{1}\\)</div>', check.formulas, "with an error"),
        ("<p>The loss $r^2$ of a residual.</p>", check.formulas, "raw TeX"),
        (
            "<p class='mathjax_ignore'>The loss \\(r^2\\) of a residual.</p>",
            check.formulas,
            "raw TeX",
        ),
        ('<p>A <span class="math">r</span>, and more.</p>', check.commas, "sign parted"),
        ('<img src="missing.svg" alt="Missing.">', check.images, "not loaded"),
        (_PALE, check.access, "color-contrast"),
        ("<button></button>", check.access, "button-name"),
        (_CHOICE.format("", _PALE), check.access, "color-contrast"),
        (_CHOICE.format("open", "b"), check.folds, "open at the start"),
        (_PICTURE + _FIGURE, check.figures, "the live figure is not seen"),
        (_FIGURE, check.figures, "no static picture"),
    ],
)
def test_it_is_found_on_the_page(visit, article, examine, said):
    page = visit(scratch.NAME, content=scratch.page(article))
    found = examine(page)
    assert any(said in line for line in found), found


@pytest.mark.parametrize(
    ("article", "said"),
    [
        ("<script>console.error('a fault')</script>", "console: a fault"),
        ("<script>undefinedFunction()</script>", "script: undefinedFunction"),
        ('<img alt="A." src="missing.svg">', "console: Failed to load"),
        (_FONT + " p { font-family: F }</style><p>a</p>", "asks another host"),
    ],
)
def test_it_is_heard_from_the_browser(visit, article, said):
    page = visit(scratch.NAME, content=scratch.page(article))
    assert any(said in line for line in page.faults), page.faults


def test_a_sound_page_has_none(visit):
    formula = "<span class='math notranslate nohighlight'>\\(r^2\\)</span>"
    article = f"<p>Formulas such as <span class='together'>{formula}.</span></p>"
    page = visit(scratch.NAME, content=scratch.page(article))
    assert check.everything(page) == []
