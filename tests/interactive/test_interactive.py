"""Interactive figures: what Python sets is what the book's scripts know."""

import importlib
import json
import re
from html import unescape
from pathlib import Path

import pytest

import lossbook as lb

STATIC = Path(__file__).parents[2] / "book/_static/interactive"
KINDS = importlib.import_module("lossbook.interactive").KINDS
SCRIPTS = sorted(STATIC.rglob("*.js"))
FIGURES = sorted((STATIC / "figures").glob("*.js"))


def test_every_kind_has_its_script_and_every_script_its_kind():
    assert {path.stem for path in FIGURES} == set(KINDS)


def test_every_kind_is_described():
    described = re.findall(r'^ +``"([\w-]+)"``$', lb.interactive.__doc__, re.M)
    assert described == list(KINDS)


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_a_script_defines_the_figure_of_its_name(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r'lossbook\.define\("([\w-]+)"', text) == [path.stem]


def test_the_scripts_are_small():
    assert sum(path.stat().st_size for path in SCRIPTS) < 60_000


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_the_scripts_load_nothing_from_elsewhere(path):
    addresses = re.findall(r"""\w+://[^"'\s)]*""", path.read_text(encoding="utf-8"))
    assert set(addresses) <= {"http://www.w3.org/2000/svg"}  # a name, never fetched


@pytest.mark.parametrize("name", KINDS)
def test_an_element_carries_name_and_config_and_no_picture(name):
    figure = lb.interactive(name)
    found = re.fullmatch(
        r'<loss-figure data-figure="([\w-]+)" data-config="([^"]*)"></loss-figure>',
        figure._repr_html_(),
    )
    assert found[1] == name
    assert json.loads(unescape(found[2])) == json.loads(json.dumps(figure.config))
    assert repr(figure) == f"Interactive figure {name}: open the built book"


@pytest.mark.parametrize("name", KINDS)
def test_colours_come_from_the_style_of_the_book(name):
    for loss, look in lb.interactive(name).config["styles"].items():
        palette = lb.plotting.PALETTE
        colour = palette[loss] if loss in palette else lb.plotting.colour_of(loss)
        assert look["colour"] == colour


def test_losses_of_one_hue_differ_in_their_dashes():
    style = importlib.import_module("lossbook.interactive")._style
    looks = [tuple(style(name).values()) for name in lb.plotting.COLOURS]
    assert len(set(looks)) == len(looks)


def test_unknown_names_and_options_are_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="no figure is named 'loss-shap'; did you mean"):
        lb.interactive("loss-shap")
    with pytest.raises(ValueError, match=r"no option 'famly'; .*\(known: family\)"):
        lb.interactive("loss-shape", famly="huber")


@pytest.mark.parametrize(
    ("name", "config", "message"),
    [
        ("loss-shape", {"family": "hubert"}, "family='hubert' is none of huber, quantile"),
        ("minimiser", {"q": 1.5}, "q=1.5 is no number from 0.05 to 0.95"),
        ("minimiser", {"q": "0.5"}, "q='0.5' is no number"),
        ("minimiser", {"q": float("nan")}, "q=nan is no number"),
        ("minimiser", {"data": 3}, r"data=3 is no list of numbers, such as data="),
        ("minimiser", {"data": [1.0, "2"]}, r"data\[1\]='2' is no number from"),
        ("minimiser", {"data": [2, 2.0]}, "data has only the value 2: two that differ"),
        ("margins", {"show": "Hinge"}, "show='Hinge' is no list"),
        ("optimizer-race", {"landscape": "valley"}, "landscape='valley' is none of ravine"),
        ("schedules", {"show": ["linear"]}, "show='linear' is none of constant"),
        ("threshold", {"positives": []}, r"positives=\[\] is no list of scores"),
        ("threshold", {"negatives": [0.1, 1.2]}, r"negatives\[1\]=1.2 is no number from 0 to 1"),
        ("margins", {"show": ["Hinge", "Huber"]}, "show='Huber' is none of ZeroOne, Hinge"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_right(name, config, message):
    with pytest.raises(ValueError, match=message):
        lb.interactive(name, **config)
