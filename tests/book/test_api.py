"""Whoever looks a name up in the reference finds it, with an example."""

import importlib
import inspect
import pkgutil
import re

import pytest
from bookfiles import ROOT

import lossbook as lb

API = ROOT / "book" / "reference" / "api"
SECTIONS = [
    module
    for page in sorted(API.glob("*.md"))
    for module in re.findall(r"auto\w+:: ([\w.]+)", page.read_text(encoding="utf-8"))
]
# Packages whose examples are still being written.
NOT_YET: set[str] = set()


def packages():
    """List the package and its public parts: its packages, and the modules that it names."""
    parts = {f"lossbook.{p.name}" for p in pkgutil.iter_modules(lb.__path__) if p.ispkg}
    parts |= {f"lossbook.{name}" for name in lb.__all__ if inspect.ismodule(getattr(lb, name))}
    return ["lossbook", *sorted(parts)]


def names(package):
    """Return the classes and functions that a package makes public, by their names."""
    module = importlib.import_module(package)
    found = {name: getattr(module, name) for name in getattr(module, "__all__", ())}
    return {n: x for n, x in found.items() if inspect.isclass(x) or inspect.isfunction(x)}


PUBLIC = {
    f"{package}.{name}": thing for package in packages() for name, thing in names(package).items()
}


def has_example(thing):
    """Say whether a docstring shows a use: of the thing, or of a class's own methods."""
    own = vars(thing).values() if inspect.isclass(thing) else ()
    methods = (x for x in own if inspect.isroutine(x) or isinstance(x, property))
    return any(">>> " in (inspect.getdoc(part) or "") for part in (thing, *methods))


def has_section(thing, sections):
    """Say whether a page of the reference shows the module, or the thing by its name."""
    module, name = thing.__module__, thing.__name__
    return any(
        module == section
        or module.startswith(f"{section}.")
        or (section.endswith(f".{name}") and module.startswith(section.rpartition(".")[0]))
        for section in sections
    )


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_has_its_section(name):
    thing = PUBLIC[name]
    assert has_section(thing, SECTIONS), f"{thing.__module__} has no section in book/reference/api/"


@pytest.mark.parametrize("name", [n for n in PUBLIC if n.rpartition(".")[0] not in NOT_YET])
def test_every_public_name_has_an_example(name):
    assert has_example(PUBLIC[name]), f"write an example in the docstring of {name}"


def test_no_module_has_two_sections():
    assert len(SECTIONS) == len(set(SECTIONS))


def test_the_ready_made_losses_are_listed_as_what_they_are():
    page = (API.parent / "api.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.+`) \| `(\w+\(\))` \|", page, re.M)
    listed = {name: is_ for group, is_ in rows for name in re.findall(r"\w+", group)}
    ready = {
        n: f"{type(x).__name__}()" for n in lb.__all__ if isinstance(x := getattr(lb, n), lb.Loss)
    }
    assert listed == ready


def test_a_name_without_example_or_section_is_found():
    class Bare:
        """No use is shown."""

        number = 1  # its own type shows one

        def method(self):
            """Neither here."""

    def shown():
        """Show a use.

        >>> 1 + 1
        2
        """

    assert not has_example(Bare)
    assert has_example(shown)
    Bare.method.__doc__ = shown.__doc__
    assert has_example(Bare)
    assert has_section(lb.Huber, ["lossbook.losses.robust"])
    assert not has_section(lb.Huber, ["lossbook.losses.rob", "lossbook.losses.robust.Other"])
