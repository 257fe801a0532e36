"""Figures are compared as drawings: rounding passes, every visible change is reported."""

import base64
import io

import figures
import numpy as np
import pytest
from PIL import Image

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 width="400pt" viewBox="0 0 400 300"><metadata>2024</metadata>
<defs><clipPath id="p1a2b"><rect x="1" y="2" width="30.5" height="20"/></clipPath>
<path id="m77" d="M 0 3 L 0 -3.5"/></defs>
<g id="line2d_1" clip-path="url(#p1a2b)"><path d="M 10.1 20.25 L 30 40.125 z"
 style="fill: none; stroke: #1f77b4; stroke-width: 1.5; opacity: 0.5"/></g>
<use xlink:href="#m77" x="12.3456789" y="4e1"/>
<g transform="translate(10 20) scale(0.1 -0.1)"><text>residual</text></g></svg>"""


def png(pixels):
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format="png")
    return base64.b64encode(buffer.getvalue()).decode()


GREY = np.full((40, 60, 3), 128, dtype=np.uint8)


def planted(old, new):
    assert old in DRAWING, "the change must be planted"
    return DRAWING.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("20.25", "20.2501"),
        ("20.25", "20.26"),  # exactly the tolerance
        ("12.3456789", "12.3456780"),
        ("4e1", "40.0"),
        ("-3.5", "-3.499999"),
        ("translate(10 20)", "translate(10.001 20)"),
        ("#1f77b4", "#1f77b5"),
        ("p1a2b", "pffff"),  # both the clip path and its use
        ("m77", "m0e9"),
        ("2024", "2025"),  # metadata are not drawn
        ("</defs>\n", "</defs>"),
    ],
)
def test_rounding_and_renaming_are_no_change(old, new):
    assert figures.differences(DRAWING, planted(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new", "report"),
    [
        ("20.25", "20.27", "/g[2]/path[1] @d: '20.25' became '20.27'"),
        ("20.25", "nan", "became"),
        ('x="12.3456789"', 'x="12.5"', "@x"),
        ("L 30 40.125 z", "L 30 40.125 L 50 60 z", "@d"),
        ("L 30 40.125 z", "C 30 40.125 z", "@d"),
        ("translate(10 20)", "translate(10.5 20)", "@transform"),
        ("scale(0.1 -0.1)", "scale(0.105 -0.1)", "@transform"),
        ("#1f77b4", "#ff7f0e", "'#1f77b4' became '#ff7f0e'"),
        ("opacity: 0.5", "opacity: 0.6", "@style"),
        ("stroke-width: 1.5", "stroke-width: 1.509", "@style"),
        ("; opacity: 0.5", "", "@style"),
        ("residual", "margin", "text: 'residual' became 'margin'"),
        ('<use xlink:href="#m77" x="12.3456789" y="4e1"/>', "", "<use> became <g>"),
        ("</svg>", "<g/></svg>", "/g[5] is new"),
        ("<rect ", "<circle ", "<rect> became <circle>"),
        ("url(#p1a2b)", "url(#other)", "@clip-path"),
        ('id="m77"', 'id="p1a2c"', "do not correspond"),
        ('viewBox="0 0 400 300"', "", "@viewBox"),
        ("</svg>", "", "not an SVG document"),
    ],
)
def test_a_change_that_can_be_seen_is_reported(old, new, report):
    assert report in "\n".join(figures.differences(DRAWING, planted(old, new)))


LINE = '<svg><path d="M 10 10 L 50 10 L 50 50 L 10 50 z"/><path id="c" d="M 0 0 Q 9 9 20 0"/></svg>'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("M 10 10 L 50 10 L 50 50 L 10 50 z", "M 50 10.4 L 50 50 L 10 50 L 10 10 z"),
        ("L 50 10 L 50 50", "L 30 10.3 L 50 10 L 50 50"),
        ("L 10 50 z", "L 10 50 L 10 10"),
        ("Q 9 9 20 0", "Q 9.5 9 20 0"),
    ],
    ids=["begun elsewhere", "a point more", "closed by hand", "a bend"],
)
def test_a_line_through_other_points_may_be_the_same(old, new):
    assert old in LINE
    assert figures.differences(LINE, LINE.replace(old, new), shapes=True) == []
    assert figures.differences(LINE, LINE.replace(old, new)) != []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("L 50 10 L", "L 51.5 10 L"),
        ("L 50 10 L 50 50", "L 50 10 L 30 30 L 50 50"),
        ("L 10 50 z", "z"),
        ("L 50 10 L 50 50 L 10 50 z", ""),
        ("Q 9 9 20 0", "Q 9 14 20 0"),
    ],
    ids=["moved", "a dent", "a side less", "gone", "a bend"],
)
def test_a_line_that_runs_elsewhere_is_reported(old, new):
    assert old in LINE
    assert figures.differences(LINE, LINE.replace(old, new), shapes=True) != []


def test_two_names_for_one_are_no_correspondence():
    one = '<svg><g id="a"/><g id="b"/><use href="#a"/><use href="#b"/></svg>'
    assert figures.differences(one, one.replace('"#b"', '"#a"')) != []


def test_rasters_are_compared_by_their_pixels():
    blur, spot, faint = GREY.copy(), GREY.copy(), GREY + np.uint8(3)
    blur[0, 0] = 255
    spot[:5, :5] = 255
    assert figures.png_differences(png(GREY), png(faint)) == []
    assert figures.png_differences(png(GREY), png(blur)) == []
    assert "1.0% of the raster's pixels" in figures.png_differences(png(GREY), png(spot))[0]
    assert "60×40 became 60×20" in figures.png_differences(png(GREY), png(GREY[:20]))[0]
    assert "not an image" in figures.png_differences(png(GREY), "AAAA")[0]


def test_rasters_inside_a_drawing():
    spot = GREY.copy()
    spot[:5, :5] = 255

    def svg(pixels):
        return f'<svg><image href="data:image/png;base64,{png(pixels)}"/></svg>'

    assert figures.differences(svg(GREY), svg(GREY + np.uint8(3))) == []
    assert "@href: 1.0%" in figures.differences(svg(GREY), svg(spot))[0]
