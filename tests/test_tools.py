"""The maintainers' tools keep what did not change, and refuse what must not be committed."""

import bookfiles
import chapter
import execute
import nbformat
import pytest

TEXT = """\
# A title

A sentence.

```{code-cell}
import sys

print("out 1")
print("err", file=sys.stderr)
print("out 2")
```

```{code-cell}
---
mystnb:
  image:
    alt: A line that rises.
  figure:
    caption: It rises.
tags: [hide-input]
---
import matplotlib.pyplot as plt
from matplotlib_inline.backend_inline import set_matplotlib_formats

plt.rcParams["svg.hashsalt"] = "toy"
set_matplotlib_formats("svg", metadata={"Date": None, "Creator": None})
plt.plot([1, 2])
plt.show()
```

Between.

+++

Another cell.

```{code-cell}
:tags: [raises-exception]

import json

json.loads("{")
```

```{code-cell}
1 / 3
```
"""


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    path = tmp_path_factory.mktemp("a folder") / "book" / "part" / "toy.ipynb"
    chapter.push(path, TEXT)
    return path


@pytest.fixture
def stored(executed):
    return bookfiles.read(executed)


@pytest.fixture
def unrun(tmp_path):
    """Return a way to push a text without running it: fast."""
    path = tmp_path / "book" / "part" / "toy.ipynb"

    def push(text):
        chapter.push(path, text, run=False)
        return bookfiles.read(path)

    return push


def ids(nb):
    return [cell.id for cell in nb.cells]


def test_outputs_are_canonical(stored):
    printed, drawn, raised, shown = (c for c in stored.cells if c.cell_type == "code")
    assert [(o.name, o.text) for o in printed.outputs] == [
        ("stdout", "out 1\nout 2\n"),
        ("stderr", "err\n"),
    ]
    assert "image/svg+xml" in drawn.outputs[0].data
    assert "image/png" not in drawn.outputs[0].data
    trace = "\n".join(raised.outputs[0].traceback)
    assert "Cell" in trace
    assert "site-packages" not in trace
    assert "decoder.py" not in trace
    assert shown.execution_count == shown.outputs[0].execution_count == 4


def test_file_is_canonical(executed):
    text = executed.read_text(encoding="utf-8")
    nb = nbformat.reads(text, as_version=4)
    assert nb.metadata == bookfiles.METADATA
    assert text == bookfiles.dumps(bookfiles.canonical(nb, "part/toy"))
    assert text.endswith("}\n")


def test_running_again_changes_no_byte(executed):
    before = executed.read_bytes()
    assert execute.refresh(executed) == []
    assert executed.read_bytes() == before
    assert execute.verify(executed, text_only=False) == []


def test_text_goes_round_without_a_change(executed, tmp_path):
    text = tmp_path / "toy.md"
    before = executed.read_bytes()
    assert chapter.main(["pull", str(executed), str(text)]) == 0
    assert chapter.main(["push", "--no-run", str(executed), str(text)]) == 0
    assert executed.read_bytes() == before
    assert chapter.from_text(text.read_text()).cells[2].metadata["tags"] == ["hide-input"]


def test_show(executed, capsys):
    assert chapter.main(["show", "--outputs", str(executed)]) == 0
    shown = capsys.readouterr().out
    assert "──▸ stdout\nout 1\nout 2\n" in shown
    assert "──▸ figure (image/svg+xml)" in shown
    assert "<svg" not in shown
    assert chapter.main(["show", str(executed)]) == 0
    assert "A sentence." in capsys.readouterr().out


def test_an_edit_of_one_line_changes_one_line(executed):
    before = executed.read_text(encoding="utf-8").splitlines()
    try:
        chapter.push(executed, TEXT.replace("A sentence.", "One sentence."), run=False)
        after = executed.read_text(encoding="utf-8").splitlines()
    finally:
        executed.write_text("\n".join(before) + "\n", encoding="utf-8")
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert changed == [('    "A sentence."', '    "One sentence."')]


def test_ids_are_made_of_the_content_and_differ(unrun):
    nb = unrun("Same.\n\n+++\n\nSame.\n\n+++\n\nSame.\n")
    assert len(set(ids(nb))) == 3
    assert ids(unrun("Same.\n\n+++\n\nSame.\n\n+++\n\nSame.\n")) == ids(nb)


def cells(*sources):
    return "\n\n+++\n\n".join(sources) + "\n"


A, B, C, D = (f"The {x} cell says {y}." for x, y in zip("abcd", "wxyz", strict=True))


@pytest.mark.parametrize(
    ("new", "kept"),
    [
        ((A, B, C, D), [0, 1, 2, 3]),
        ((A, B + " And more.", C, D), [0, 1, 2, 3]),
        ((A, "New text, unlike all.", B, C, D), [0, None, 1, 2, 3]),
        ((A, C, D), [0, 2, 3]),
        ((D, A, B, C), [3, 0, 1, 2]),
        ((A, "Wholly other words here", C, D), [0, 1, 2, 3]),
        ((A, B + " More.", "```{code-cell}\n1\n```", C, D), [0, 1, None, 2, 3]),
    ],
)
def test_cells_keep_their_ids(unrun, new, kept):
    old = ids(unrun(cells(A, B, C, D)))
    now = ids(unrun(cells(*new)))
    assert [old.index(i) if i in old else None for i in now] == kept


def test_unchanged_cells_keep_their_outputs(executed, stored):
    old = bookfiles.read(executed)
    new = chapter.merge(old, chapter.from_text(TEXT.replace("1 / 3", "1 / 4")), "part/toy")
    assert new.cells[1].outputs == stored.cells[1].outputs
    assert new.cells[-1].outputs == []
    assert ids(new) == ids(stored)


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("", "no cell"),
        ("# T\n\n````{note}\n```{code-cell}\n1\n```\n````\n", "inside another block"),
        ("# T\n\n:::{note}\n```{code-cell}\n1\n```\n:::\n", ":::{note} is not closed"),
        ("```{code-cell}\n:tag: [hide-input]\n\n1\n```\n", "unknown metadata ['tag']"),
        ("```{code-cell}\n---\ntags: [a\n---\n1\n```\n", "cannot be read"),
    ],
)
def test_a_text_that_is_no_chapter_is_refused(text, report):
    with pytest.raises(chapter.TextError) as error:
        chapter.from_text(text)
    assert report in str(error.value)


def test_code_is_formatted_and_a_lint_is_shown(unrun, capsys):
    nb = unrun("# T\n\n```{code-cell}\nx = {'a':1}\nimport os\n```\n")
    assert nb.cells[1].source == 'x = {"a": 1}\nimport os'
    assert "F401" in capsys.readouterr().out


def test_header_is_optional():
    assert chapter.from_text("---\ntitle: any\n---\n\n# T\n").cells[0].source == "# T"


def test_a_chapter_that_fails_is_not_written(tmp_path, capsys):
    path, text = tmp_path / "book" / "bad.ipynb", tmp_path / "bad.md"
    text.write_text("# T\n\n```{code-cell}\n1 / 0\n```\n")
    assert chapter.main(["push", str(path), str(text)]) == 1
    assert "cell 1 (" in (said := capsys.readouterr().err)
    assert "ZeroDivisionError" in said
    assert not path.exists()


def test_an_address_is_refused_with_the_name_of_the_cell(tmp_path):
    nb = chapter.from_text("# T\n\n```{code-cell}\nobject()\n```\n")
    with pytest.raises(
        execute.ChapterError, match=r"cell 1 \(\w+\) prints the address of an object"
    ):
        execute.execute(nb, tmp_path / "toy.ipynb")


def test_changes_of_text_and_figure_are_reported(stored):
    assert execute.changes(stored, stored) == []
    other = nbformat.reads(nbformat.writes(stored), as_version=4)
    other.cells[1].outputs[0].text = "out 1\nout 3\n"
    svg = other.cells[2].outputs[0].data["image/svg+xml"]
    other.cells[2].outputs[0].data["image/svg+xml"] = svg.replace(
        "stroke-width: 1.5", "stroke-width: 3"
    )
    other.cells[6].outputs[0].data["text/plain"] = "0.3"
    report = execute.changes(stored, other)
    where = [f"cell {i} ({stored.cells[i].id})" for i in (1, 2, 6)]
    assert [r.split(",")[0] for r in report] == where
    assert "-out 2" in report[0]
    assert "+out 3" in report[0]
    assert "image/svg+xml" in report[1]
    assert "text/plain" in report[2]
    assert len(execute.changes(stored, other, text_only=True)) == 2


def test_check_fails_and_names_the_cell(executed, capfd):
    text = executed.read_text(encoding="utf-8")
    assert "out 2" in text
    stale = executed.with_name("stale.ipynb")
    stale.write_text(text.replace('"out 2\\n"', '"out 9\\n"'), encoding="utf-8")
    assert execute.main(["--check", str(stale)]) == 1
    said = "".join(capfd.readouterr())
    assert "stale.ipynb: cell 1 (" in said
    assert "-out 9" in said
    assert stale.read_text(encoding="utf-8") != text, "--check writes nothing"
