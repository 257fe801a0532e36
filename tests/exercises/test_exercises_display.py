"""Verdicts, hints, solutions as text and HTML; the file of progress."""

import json
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from lossbook.exercises import Verdict, check, exercises, hint, progress, solution
from lossbook.exercises import _help as helping
from lossbook.exercises import _progress as store

VERDICTS = [
    Verdict("a.b", True, None, "Tested on 3 inputs."),
    Verdict("a.b", False, "sign reversed", "Use `-x`."),
    Verdict("a.b", False, None, "Look:\n    given = 1\n    expected = 2\nDone."),
    Verdict("a.b", False, None, "Whenever you are ready.", attempted=False),
]


class Tags(HTMLParser):
    """Checks that tags nest; keeps names, classes and text."""

    def __init__(self, source):
        super().__init__()
        self.open, self.names, self.classes, self.text = [], [], set(), ""
        self.feed(source)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.names.append(tag)
        self.classes |= set(dict(attrs).get("class", "").split())

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Give every test its own folder, memory and hints."""
    monkeypatch.setenv("LOSSBOOK_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(store, "_session", {})
    monkeypatch.setattr(helping, "_given", {})
    return tmp_path / "data"


# --- looks ---


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda v: v.status)
def test_text_and_html_say_the_same(verdict):
    page = Tags(verdict._repr_html_())
    assert page.classes == {"verdict", f"verdict-{verdict.status}"}
    for part in (verdict.name, *verdict.message.replace("`", "").split()):
        assert part in page.text
    assert verdict.name in repr(verdict)
    assert verdict.message in repr(verdict)


def test_the_statuses_are_the_four():
    assert [verdict.status for verdict in VERDICTS] == ["pass", "mistake", "wrong", "open"]
    assert [bool(verdict) for verdict in VERDICTS] == [True, False, False, False]


def test_indented_lines_become_one_block_and_quoted_words_code():
    assert Tags(VERDICTS[2]._repr_html_()).names.count("pre") == 1
    assert "code" in Tags(VERDICTS[1]._repr_html_()).names


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "</section>", '" onload="x', "&lt;"])
def test_everything_is_escaped(evil):
    page = Tags(Verdict(evil, False, evil, f"{evil}\n    {evil}\n`{evil}`")._repr_html_())
    assert "script" not in page.names
    assert page.text.count(evil) == 5


def test_html_of_an_exception_is_escaped_all_the_way():
    def answer(y, p):
        raise ValueError("<b>bold</b>")

    page = Tags(check("squared.grad", answer, record=False)._repr_html_())
    assert "b" not in page.names
    assert "<b>bold</b>" in page.text


def test_a_verdict_brings_its_own_colours_and_needs_no_page():
    source = VERDICTS[0]._repr_html_()
    assert "color:inherit" in source
    assert "http" not in source


def test_the_same_answer_has_the_same_text_every_time():
    answers = [lambda y, p: y, lambda y, p: p**3, lambda y, p: 1 / 0, lambda y, p: object()]
    for answer in answers:
        first, second = (check("squared.grad", answer, record=False) for _ in range(2))
        assert first == second
        assert first._repr_html_() == second._repr_html_()


def test_hint_and_solution_have_text_and_html():
    first = hint("squared.grad")
    assert "hint 1 of 3" in repr(first)
    assert "hint 1 of 3" in Tags(first._repr_html_()).text
    shown = solution("squared.grad")
    assert repr(shown).startswith("def ")
    assert repr(shown) in Tags(shown._repr_html_()).text


# --- where it is shown ---


def test_a_script_prints_the_verdict_once(capsys):
    verdict = check("squared.best_constant", 22, record=False)
    assert capsys.readouterr().out == f"{verdict}\n"


def test_a_notebook_displays_it_and_check_does_not_print(capsys, monkeypatch):
    monkeypatch.setattr(sys, "ps1", ">>> ", raising=False)
    assert check("squared.best_constant", 22, record=False)
    assert capsys.readouterr().out == ""


def test_importing_the_exercises_brings_numpy_only():
    code = (
        "import sys, lossbook.exercises as e; e.exercises(); "
        "heavy = {'platformdirs', 'IPython', 'scipy', 'sympy', 'matplotlib', 'sklearn', 'pandas'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


# --- progress ---


def saved(folder):
    return json.loads((folder / "progress.json").read_text(encoding="utf-8"))["exercises"]


def test_results_are_kept_and_shown(own_folder):
    check("squared.best_constant", 22)
    check("absolute.best_constant", 22)
    assert saved(own_folder) == {
        "squared.best_constant": "passed",
        "absolute.best_constant": "tried",
    }
    table = progress()
    assert table.summary == f"1 of {len(exercises())} exercises solved"
    assert "✓ solved  squared.best_constant" in repr(table)
    assert "✗ tried   absolute.best_constant" in repr(table)
    page = Tags(table._repr_html_())
    assert {"section", "table", "thead", "th", "td"} <= set(page.names)
    assert all(name in page.text for name in exercises())


def test_progress_survives_the_session(own_folder, monkeypatch):
    check("squared.best_constant", 22)
    monkeypatch.setattr(store, "_session", {})
    assert "✓ solved  squared.best_constant" in repr(progress())


def test_what_is_solved_stays_solved(own_folder):
    check("squared.best_constant", 22)
    check("squared.best_constant", 3)
    assert saved(own_folder) == {"squared.best_constant": "passed"}


def test_nothing_is_written_for_a_placeholder_or_without_record(own_folder):
    check("squared.best_constant", ...)
    check("squared.best_constant", 22, record=False)
    progress()
    assert not own_folder.exists()


def test_results_of_another_session_are_merged(own_folder, monkeypatch):
    check("squared.best_constant", 22)
    monkeypatch.setattr(store, "_session", {})
    check("absolute.best_constant", 3)
    assert saved(own_folder) == {
        "squared.best_constant": "passed",
        "absolute.best_constant": "passed",
    }


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[1, 2]", b'{"version": 1}', b'{"exercises": 3}']
)
def test_a_damaged_file_is_set_aside(own_folder, content):
    own_folder.mkdir()
    (own_folder / "progress.json").write_bytes(content)
    assert progress().summary.startswith("0 of")
    check("squared.best_constant", 22)
    assert saved(own_folder) == {"squared.best_constant": "passed"}
    assert (own_folder / "progress.damaged.json").read_bytes() == content


def test_unknown_exercises_and_states_do_no_harm(own_folder):
    own_folder.mkdir()
    content = {"version": 1, "exercises": {"old.one": "passed", "squared.grad": ["?"]}}
    (own_folder / "progress.json").write_text(json.dumps(content))
    check("squared.best_constant", 22)
    assert saved(own_folder) == {"old.one": "passed", "squared.best_constant": "passed"}


def test_a_file_of_a_newer_version_is_left_untouched(own_folder):
    own_folder.mkdir()
    newer = json.dumps({"version": 2, "exercises": {"squared.grad": {"at": 1}}})
    (own_folder / "progress.json").write_text(newer)
    check("squared.best_constant", 22)
    assert (own_folder / "progress.json").read_text() == newer
    assert "newer version" in progress().remark
    assert "✓ solved  squared.best_constant" in repr(progress())


def test_a_place_that_cannot_be_written_costs_one_line(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("LOSSBOOK_DATA", str(tmp_path / "file" / "below"))
    assert check("squared.best_constant", 22)
    table = progress()
    assert "✓ solved  squared.best_constant" in repr(table)
    assert "for this session only" in table.remark
    assert "LOSSBOOK_DATA" in Tags(table._repr_html_()).text
    assert str(tmp_path) not in repr(table)


def test_a_write_that_breaks_leaves_the_old_file_and_no_litter(own_folder, monkeypatch):
    check("squared.best_constant", 22)
    before = (own_folder / "progress.json").read_bytes()

    def broken(*args):
        raise OSError("disk full")

    monkeypatch.setattr(store.os, "replace", broken)
    check("absolute.best_constant", 3)
    assert (own_folder / "progress.json").read_bytes() == before
    assert [path.name for path in own_folder.iterdir()] == ["progress.json"]
    assert "cannot be written" in progress().remark
