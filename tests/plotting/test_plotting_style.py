"""Figures: one colour per loss, legible on light and dark, the same bytes every time."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from own_loss import Own

import lossbook
from lossbook.plotting import (
    COLOURS,
    PALETTE,
    colour_of,
    log_ticks,
    plot_history,
    plot_losses,
    style_of,
    use_style,
)
from lossbook.plotting.style import _STYLES

mpl = pytest.importorskip("matplotlib")


def svg_of(ax) -> str:
    file = io.StringIO()
    ax.figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return file.getvalue()


def rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def contrast(a: np.ndarray, b: np.ndarray) -> float:
    """Return the contrast ratio of the Web Content Accessibility Guidelines."""
    linear = [np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) for c in (a, b)]
    low, high = sorted(float(c @ [0.2126, 0.7152, 0.0722]) for c in linear)
    return (high + 0.05) / (low + 0.05)


def in_the_dark(colour: np.ndarray) -> np.ndarray:
    """Apply ``invert(0.93) hue-rotate(180deg)``, as book.css does to figures."""
    inverted = 0.93 * (1 - colour) + 0.07 * colour
    grey = np.tile([0.213, 0.715, 0.072], (3, 1))
    return np.clip((2 * grey - np.eye(3)) @ inverted, 0, 1)


@pytest.fixture(scope="module")
def css(request):
    return (request.config.rootpath / "book/_static/book.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PALETTE)
def test_names_of_curves_are_legible_on_light_and_dark_pages(name, css):
    light, dark = (rgb(colour) for colour in re.findall(r"--book-paper: (#\w{6});", css))
    assert contrast(rgb(PALETTE[name]), light) >= 4.5
    assert contrast(in_the_dark(rgb(PALETTE[name])), dark) >= 4.5


def test_the_dark_filter_is_the_one_of_the_style_sheet(css):
    assert "filter: invert(0.93) hue-rotate(180deg);" in css


def test_no_two_losses_share_colour_and_line():
    assert len(set(_STYLES.values())) == len(_STYLES)


def test_every_loss_of_the_table_exists_once_all_are_exported():
    exported = {name for name in dir(lossbook) if name in COLOURS}
    assert {"SquaredError", "AbsoluteError", "Huber"} <= exported
    for name in exported:
        assert colour_of(getattr(lossbook, name)) == COLOURS[name]


def test_instance_class_and_name_have_one_style():
    loss = lossbook.Huber(delta=2.0)
    assert style_of(loss) == style_of(lossbook.Huber) == style_of("Huber")
    assert style_of(loss) == {"color": COLOURS["Huber"], "linestyle": "-"}


def test_an_unknown_name_is_refused_and_the_near_one_named():
    with pytest.raises(KeyError, match="did you mean 'Huber'"):
        colour_of("Hubber")


def test_a_loss_of_ones_own_keeps_its_colour():
    assert colour_of(Own()) == colour_of(Own(power=1.5)) in PALETTE.values()


def test_figures_are_the_same_bytes_each_time():
    def draw():
        return svg_of(plot_losses([lossbook.Huber(), lossbook.AbsoluteError()], ylim=(0, 2)))

    first = draw()
    assert first == draw()
    assert "<dc:date>" not in first


def test_text_stays_text_and_has_a_generic_font_to_fall_back_on():
    ax = plot_history({"a": [1.0, 1e-4], "b": [1.0, 1e-7]}, log=True)
    svg = svg_of(ax)
    fonts = set(re.findall(r"font-family: ([^;\"]*)", svg))
    assert fonts == {"'DejaVu Sans', sans-serif"}
    assert ">mean loss L</text>" in svg


def test_the_ground_is_transparent():
    # A matplotlib figure paints its ground as its first patch; here it must paint nothing.
    patch = re.search(r'<g id="patch_1">.*?style="([^"]*)"', svg_of(plot_losses(Own())), re.DOTALL)
    assert "fill: none" in patch.group(1)


def test_log_ticks_leaves_minor_ticks_silent():
    ax = mpl.figure.Figure().subplots()
    ax.set_yscale("log")
    ax.plot([1, 2], [1, 50])
    log_ticks(ax.yaxis)
    ax.figure.canvas.draw()
    assert not any(label.get_text() for label in ax.yaxis.get_minorticklabels())


def test_in_jupyter_figures_become_svg(monkeypatch):
    calls = []
    backend = pytest.importorskip("matplotlib_inline.config").InlineBackend
    shell = SimpleNamespace(kernel=object())
    fake = SimpleNamespace(get_ipython=lambda: shell)
    monkeypatch.setitem(sys.modules, "IPython", fake)
    config = SimpleNamespace()
    monkeypatch.setattr(backend, "instance", lambda **kwargs: calls.append(kwargs) or config)
    use_style()
    assert calls == [{"parent": shell}]
    assert config.figure_formats == {"svg"}
    assert config.print_figure_kwargs["metadata"] == {"Date": None, "Creator": None}


def test_importing_the_package_does_not_import_matplotlib():
    code = "import sys, lossbook, lossbook.plotting; print('matplotlib' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "False"
