"""Read and edit a chapter as text, without its figures.

    python tools/chapter.py show FILE              the chapter as MyST text
    python tools/chapter.py show --outputs FILE    the same, with what the cells print
    python tools/chapter.py pull FILE text.md      write the text to a file, to be edited
    python tools/chapter.py push FILE text.md      make the text the chapter, and run it
    python tools/chapter.py edit FILE < text.md    the same, from standard input

FILE is a notebook, ``book/losses/robust.ipynb``; ``push`` and ``edit`` also make a new one.
The text is MyST markdown; a code cell, with tags, and with the alt text and caption that every
figure needs, is written::

    ```{code-cell}
    ---
    mystnb:
      image:
        alt: What the figure shows, for who cannot see it.
      figure:
        caption: What the reader should see in it.
        name: fig-huber
    tags: [hide-input]
    ---
    plt.plot(r, huber(0, r))
    plt.show()
    ```

A line ``+++`` parts two markdown cells.  A ``---`` header at the top of the text may be left out,
unless it names another kernel than the book's: ``frameworks``, with PyTorch and the like.
The code is put into form (ruff), and what ``make lint`` would say is printed.
Cells that did not change keep their ids and outputs, and an edited cell keeps its id, so that a
change of one line is a difference of one line.  ``push --no-run`` does not execute the chapter
(its changed cells then have no output until ``tools/execute.py FILE`` has run).
If a cell fails, nothing is written.
"""

import argparse
import difflib
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path

import bookfiles
import jupytext
import nbformat
from execute import ChapterError, execute
from nbformat import NotebookNode

HEADER = "---\nkernelspec:\n  display_name: {display_name}\n  name: {name}\n---\n"
_FRONT_MATTER = re.compile(r"\A\s*---\n.*?\n---[ \t]*\n", re.DOTALL)
_SAME_CELL = 0.5  # how alike two texts must be to be versions of one cell


class TextError(Exception):
    """A text that cannot be made a chapter."""


def to_text(nb: NotebookNode) -> str:
    """Return a notebook as MyST text, without ids and outputs."""
    nb = bookfiles.canonical(nb, "")
    header = HEADER.format(**nb.metadata.kernelspec)
    body = _FRONT_MATTER.sub("", jupytext.writes(nb, fmt="md:myst"), count=1)
    return header + "\n" + body.lstrip("\n")


def from_text(text: str) -> NotebookNode:
    """Return the notebook that a MyST text describes.

    Raises
    ------
    TextError
        If the text has no cell, a code cell inside another block, or metadata that are not YAML.
    """
    text = text.replace("\r\n", "\n")
    body = _FRONT_MATTER.sub("", text, count=1)
    header = HEADER.format(**bookfiles.KERNELS[_kernel(text)])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # jupytext warns of {code-cell} beside {code-cell} ipython3
            nb = jupytext.reads(header + "\n" + body, fmt="md:myst")
    except Exception as error:  # jupytext raises whatever YAML and nbformat raise
        raise TextError(f"the text cannot be read: {error}") from error
    nb.cells = [cell for cell in nb.cells if cell.source.strip()]
    if not nb.cells:
        raise TextError("the text has no cell")
    for i, cell in enumerate(nb.cells):
        _check_cell(i, cell)
        del cell["id"]  # jupytext's are random
    return nb


def _kernel(text: str) -> str:
    """Return the kernel that the header of a text names, or the book's."""
    header = _FRONT_MATTER.match(text)
    named = re.search(r"^  name: (\w+)$", header[0] if header else "", re.M)
    return named[1] if named and named[1] in bookfiles.KERNELS else "python3"


def _check_cell(i: int, cell: NotebookNode) -> None:
    unknown = sorted(set(cell.metadata) - set(bookfiles.CELL_METADATA))
    if unknown:
        known = ", ".join(bookfiles.CELL_METADATA)
        raise TextError(f"cell {i}: unknown metadata {unknown}; known are {known}\n{cell.source}")
    if cell.cell_type != "markdown":
        return
    if re.search(r"^\s*[`:]{3,}\{code-cell\}", cell.source, re.M):
        problem = "a {code-cell} inside another block: close the block before it"
    elif _open_block(cell.source):
        problem = f"{_open_block(cell.source)} is not closed in its cell"
    else:
        return
    raise TextError(f"cell {i}: {problem}\n{cell.source}")


def _open_block(source: str) -> str:
    """Return the line that opens a ``:::`` block without end, or nothing."""
    stack: list[str] = []
    outside_code = re.sub(r"^(`{3,}).*?^\1`*[ \t]*$", "", source, flags=re.M | re.DOTALL)
    for line in re.findall(r"^[ \t]*:{3,}.*$", outside_code, re.M):
        if line.strip(": \t"):
            stack.append(line.strip())
        elif stack:
            stack.pop()
    return stack[-1] if stack else ""


def merge(old: NotebookNode | None, new: NotebookNode, name: str) -> NotebookNode:
    """Give the cells of `new` the ids, and where unchanged the outputs, of their former selves."""
    old = bookfiles.canonical(old, name) if old else nbformat.v4.new_notebook()
    for i, j in _pairs(old.cells, new.cells):
        before, after = old.cells[i], new.cells[j]
        after["id"] = before.id
        if after.cell_type == "code" and after.source == before.source:
            after["outputs"] = before.outputs
            after["execution_count"] = before.execution_count
    # First the ids that are known, so that no new one can take the place of an old one.
    return _with_new_ids(new, name)


def _with_new_ids(nb: NotebookNode, name: str) -> NotebookNode:
    known = [cell for cell in nb.cells if cell.get("id")]
    fresh = [cell for cell in nb.cells if not cell.get("id")]
    bookfiles.add_ids(known + fresh, name)
    return bookfiles.canonical(nb, name)


def _pairs(old: list[NotebookNode], new: list[NotebookNode]) -> list[tuple[int, int]]:
    """Match cells: first those that are equal, then between them those that are alike."""
    keys = [[f"{cell.cell_type}\n{cell.source.rstrip()}" for cell in cells] for cells in (old, new)]
    pairs: list[tuple[int, int]] = []
    matcher = difflib.SequenceMatcher(a=keys[0], b=keys[1], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(range(i1, i2), range(j1, j2), strict=True)
        elif tag == "replace":
            pairs += _alike(keys[0], keys[1], range(i1, i2), range(j1, j2))
    return pairs + _moved(keys[0], keys[1], pairs)


def _alike(old: list[str], new: list[str], rows: range, columns: range) -> list[tuple[int, int]]:
    """Pair the cells of two stretches, most similar first; one cell against one is a pair."""
    scores = []
    for i in rows:
        for j in columns:
            if old[i].split("\n", 1)[0] == new[j].split("\n", 1)[0]:
                score = difflib.SequenceMatcher(a=old[i], b=new[j], autojunk=False).ratio()
                if score >= _SAME_CELL or len(rows) == len(columns) == 1:
                    scores.append((-score, abs((i - rows[0]) - (j - columns[0])), i, j))
    pairs: list[tuple[int, int]] = []
    for _, _, i, j in sorted(scores):
        if all(i != p and j != q for p, q in pairs):
            pairs.append((i, j))
    return pairs


def _moved(old: list[str], new: list[str], pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pair what is left and has the same text in another place."""
    left = set(range(len(new))) - {j for _, j in pairs}
    free: dict[str, list[int]] = {}
    for i in sorted(set(range(len(old))) - {i for i, _ in pairs}):
        free.setdefault(old[i], []).append(i)
    return [(free[new[j]].pop(0), j) for j in sorted(left) if free.get(new[j])]


def with_outputs(nb: NotebookNode) -> str:
    """Return a notebook as text, with what each cell prints below it, and figures named."""
    lines = []
    for i, cell in enumerate(nb.cells):
        tags = "".join(f" [{tag}]" for tag in cell.metadata.get("tags", ()))
        lines += ["", f"──── {i} {cell.cell_type} {cell.id}{tags}", cell.source]
        for output in cell.get("outputs", ()):
            for kind, text in bookfiles.texts(output).items():
                lines += [f"──▸ {kind}", text.rstrip("\n")]
            lines += [f"──▸ figure ({kind})" for kind in output.get("data", ()) if "image/" in kind]
    return "\n".join(lines[1:]) + "\n"


def push(path: Path, text: str, run: bool = True) -> None:
    """Make the text the chapter at `path`, execute it, and write it if all went well."""
    if path.suffix != ".ipynb":
        raise TextError(f"{path} is not a notebook: the chapter's file comes first, then the text")
    old = bookfiles.read(path) if path.exists() else None
    # Formatted before cells are matched: a stored cell is, and must be found to be the same.
    nb = merge(old, formatted(from_text(text)), bookfiles.chapter_name(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    nb = execute(nb, path) if run else nb
    path.write_text(bookfiles.dumps(nb), encoding="utf-8", newline="\n")
    print(_ruff("check", "--quiet", "--output-format=concise", "-", nb=nb).stdout, end="")


def formatted(nb: NotebookNode) -> NotebookNode:
    """Return the notebook with its code in the form that `make lint` asks for."""
    result = _ruff("format", "-", nb=bookfiles.canonical(nb, ""))
    if result.returncode:  # code that cannot be read: running it tells where
        return nb
    new = nbformat.reads(result.stdout, as_version=4)
    for before, after in zip(nb.cells, new.cells, strict=True):
        before["source"] = after.source
    return nb


def _ruff(*command: str, nb: NotebookNode) -> subprocess.CompletedProcess[str]:
    """Run ruff on a notebook, with the project's settings wherever the chapter is."""
    where = [
        "--stdin-filename",
        "chapter.ipynb",
        "--config",
        str(bookfiles.ROOT / "book" / "ruff.toml"),
    ]
    return subprocess.run(
        [sys.executable, "-m", "ruff", command[0], *where, *command[1:]],
        input=bookfiles.dumps(nb),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=["show", "pull", "push", "edit"])
    parser.add_argument("file", type=Path, help="the notebook")
    parser.add_argument("text", type=Path, nargs="?", help="the text (pull, push)")
    parser.add_argument("--outputs", action="store_true", help="show: with what cells print")
    parser.add_argument("--no-run", action="store_true", help="push, edit: do not execute")
    options = parser.parse_args(argv)
    if (options.text is None) == (options.command in ("pull", "push")):
        parser.error(f"{options.command} takes {'FILE TEXT' if options.text is None else 'FILE'}")
    try:
        return _run(options)
    except (TextError, ChapterError) as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:  # `show FILE | head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    return 1


def _run(options: argparse.Namespace) -> int:
    path = options.file
    if options.command == "show":
        nb = bookfiles.canonical(bookfiles.read(path), bookfiles.chapter_name(path))
        print(with_outputs(nb) if options.outputs else to_text(nb), end="", flush=True)
    elif options.command == "pull":
        options.text.write_text(to_text(bookfiles.read(path)), encoding="utf-8", newline="\n")
    else:
        source = options.text.read_text(encoding="utf-8") if options.text else sys.stdin.read()
        push(path, source, run=not options.no_run)
        print(f"{path}: written{'' if options.no_run else ' and executed'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
