"""What ``show`` shows, and that it looks the same every time."""

from __future__ import annotations

import ast
import subprocess
import sys
import types
from dataclasses import dataclass
from html import unescape
from re import sub

import numpy as np
import pytest

from lossbook.show import Source, show, source_of


@dataclass(frozen=True)
class Base:
    """A base class."""

    scale: float = 1.0

    def value(self, r):
        """Return the square.

        More words.
        """
        # The comment is part of the lesson.
        return self.scale * r**2


@dataclass(frozen=True)
class Child(Base):
    """A class with a comment after the docstring."""

    shift: float = 0.0

    @property
    def twice(self):
        """Say it twice."""
        return 2 * self.shift

    @staticmethod
    def only_words():
        """Do nothing, and say so."""


def plain(r):
    """Return r."""
    return r


def test_docstrings_are_left_out_and_comments_stay():
    code = source_of(Base).code
    assert "Return the square" not in code
    assert "More words" not in code
    assert "# The comment is part of the lesson." in code
    assert code.startswith("@dataclass(frozen=True)\nclass Base:\n    scale: float = 1.0")


def test_docstrings_are_kept_when_wanted():
    assert '"""Return r."""' in source_of(plain, docstring=True).code


@pytest.mark.parametrize("docstring", [False, True])
@pytest.mark.parametrize("obj", [Base, Child, plain, Child.only_words, sys.modules[__name__]])
def test_what_is_shown_is_valid_python(obj, docstring):
    assert ast.parse(source_of(obj, docstring=docstring).code).body


def test_a_body_of_only_a_docstring_keeps_it():
    assert "Do nothing" in source_of(Child.only_words).code


def test_only_shows_the_named_members_with_decorators():
    source = source_of(Child, only=["twice", "shift"])
    assert source.code == (
        "@property\ndef twice(self):\n    return 2 * self.shift\n\nshift: float = 0.0"
    )
    assert source.caption.endswith("test_show.py · Child.twice, .shift")


def test_an_inherited_member_is_shown_where_it_is_defined():
    source = source_of(Child(), only="value")
    assert source.caption.endswith("· Base.value")
    assert source.code.startswith("def value(self, r):")


def test_members_of_two_classes_go_by_the_name_asked_for():
    assert source_of(Child, only=["value", "shift"]).caption.endswith("· Child.value, .shift")


@pytest.mark.parametrize(("obj", "same_as"), [(Child(), Child), (Child().value, Base.value)])
def test_an_object_shows_its_class_and_a_bound_method_its_function(obj, same_as):
    assert source_of(obj) == source_of(same_as)


def test_a_property_shows_its_getter():
    assert source_of(Child.twice).code.startswith("@property\ndef twice")


def test_the_caption_names_the_file_in_the_package():
    assert source_of(Source).caption == "lossbook/show.py · Source"
    assert source_of(show).caption == "lossbook/show.py · show"


def test_a_package_is_its_init_file():
    import lossbook.plotting

    assert source_of(lossbook.plotting).caption == "lossbook/plotting/__init__.py"


@pytest.mark.parametrize("obj", [len, int, np.exp, 3.0])
def test_what_is_not_python_is_refused_with_the_reason(obj):
    with pytest.raises(TypeError, match="no Python source to show"):
        source_of(obj)


def test_an_unknown_member_is_refused_with_what_there_is():
    with pytest.raises(ValueError, match=r"Child has no member 'grad'.*shift, twice, only_words"):
        source_of(Child, only="grad")


def test_a_generated_method_has_no_source():
    with pytest.raises(ValueError, match="no member '__init__' with source"):
        source_of(Child, only="__init__")


def test_members_of_a_function_are_refused():
    with pytest.raises(TypeError, match="plain is no class"):
        source_of(plain, only="value")


def test_outside_jupyter_the_source_is_printed(capsys, monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    show(plain)
    out = capsys.readouterr().out
    assert out.endswith("test_show.py · plain\ndef plain(r):\n    return r\n")
    assert out.startswith("# ")


def test_in_ipython_the_source_displays_itself(monkeypatch):
    shown = []
    fake = types.SimpleNamespace(
        get_ipython=lambda: object(), display=types.SimpleNamespace(display=shown.append)
    )
    monkeypatch.setitem(sys.modules, "IPython", fake)
    show(plain)
    assert shown == [source_of(plain)]


def test_html_holds_the_same_code_and_escapes_it():
    source = Source("a <b>", 'x = "<i>" if a < b else f"{c}"')
    html = source._repr_html_()
    assert "<i>" not in html
    assert "a &lt;b&gt;" in html
    assert unescape(sub("<[^>]*>", "", html)).strip() == source.caption + source.code
    assert html == source._repr_html_()


def test_importing_show_imports_neither_pygments_nor_ipython():
    code = "import sys, lossbook.show; print(sorted({'pygments', 'IPython'} & set(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
