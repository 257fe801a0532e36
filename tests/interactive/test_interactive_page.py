"""The figures start, draw, and speak in sentences, wherever their controls stand."""

import importlib
import re

import pytest

import lossbook as lb

KINDS = importlib.import_module("lossbook.interactive").KINDS
FAMILIES = [{"family": name} for name in ("huber", "quantile", "focal", "general")]
FIGURES = [
    *[("loss-shape", config) for config in FAMILIES],
    ("minimiser", {"data": [-3e-4, 1e-4]}),
    *[(name, {}) for name in KINDS if name != "loss-shape"],
]


@pytest.mark.parametrize(("name", "config"), FIGURES)
def test_a_figure_speaks_and_draws_at_every_end_of_its_controls(run, name, config):
    figure = lb.interactive(name, **config)
    seen = run("page.js", [name], figure=name, config=figure.config)
    assert seen["errors"] == []
    assert seen["flaws"] == []
    assert len(seen["sentences"]) > 3
    for sentence in seen["sentences"]:
        assert re.fullmatch(r"[\w−0-9].*[.!?]", sentence), sentence
        assert not re.search(r"undefined|NaN|null|object|\d-\d|[( ]-\d|\d\.\d{6}", sentence), (
            sentence
        )


def test_numbers_for_readers(maths):
    said = {
        **{0.0: "0", 0.1 + 0.2: "0.3", -2.5: "−2.5", 1234.5: "1230", 0.00123: "0.00123"},
        **{-1.22e-5: "−1.22 · 10⁻⁵", 1e-6: "10⁻⁶", 1.234e12: "1.23 · 10¹²"},
    }
    found = maths("core", "say", [(x,) for x in said])
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in found] == list(said.values())


def test_ticks_are_round_and_inside(maths):
    spans = [(-5, 5, 5), (0, 1, 4), (0.03, 0.47, 5), (-1200, 800, 6)]
    found = maths("core", "ticks", spans)
    assert found[0] == [-4, -2, 0, 2, 4]
    for (a, b, n), ticks in zip(spans, found, strict=True):
        assert n / 2 < len(ticks) <= n + 1
        assert a <= ticks[0] < ticks[-1] <= b
