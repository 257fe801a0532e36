"""Whoever looks a name up in the reference finds it."""

import inspect
import re

import pytest
from bookfiles import ROOT

import lossbook as lb

SECTIONS = [
    module
    for page in sorted((ROOT / "book" / "reference" / "api").glob("*.md"))
    for module in re.findall(r"auto\w+:: ([\w.]+)", page.read_text(encoding="utf-8"))
]


def home(name):
    """Return the module that defines a public name, None for a module or a ready-made loss."""
    thing = getattr(lb, name)
    return thing.__module__ if inspect.isclass(thing) or inspect.isfunction(thing) else None


@pytest.mark.parametrize("name", [name for name in lb.__all__ if home(name)])
def test_every_public_name_has_its_section(name):
    module = home(name)
    assert any(
        module == section or module.startswith(f"{section}.") or section.endswith(f".{name}")
        for section in SECTIONS
    ), f"{module}, where {name} is, has no section in book/reference/api/"


def test_no_module_has_two_sections():
    assert len(SECTIONS) == len(set(SECTIONS))
