"""Where the chapters are, and the one form in which they are written.

The canonical form makes a chapter's file depend on its content alone: cell ids are kept, counts
run 1..n, metadata are reduced to what the book uses, adjacent pieces of printed text are joined,
frames of library code are cut out of tracebacks, and the JSON is sorted.
"""

import hashlib
import re
from pathlib import Path

import nbformat
import yaml
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
# The environments a chapter may run in; one that names no kernel of these runs in the first.
KERNELS = {
    name: {"display_name": title, "language": "python", "name": name}
    for name, title in {"python3": "Python 3", "frameworks": "Python 3 (frameworks)"}.items()
}
METADATA = {"kernelspec": KERNELS["python3"], "language_info": {"name": "python"}}
CELL_METADATA = ("jupyter", "mystnb", "tags")

# What would be different on the next run, or says on whose machine the chapter was run.
_LEAKS = {
    "the address of an object": r"\b0x[0-9a-f]{6,}",
    "a path of this machine": r"(?<![\w.])/(?:home|Users|root|tmp|var|private|opt|usr)/[\w.-]+"
    r"|\b[A-Z]:\\Users|site-packages",
    "a timing": r"\bWall time:|\bCPU times:|±[^\n]*per loop|\d(?:it/s|s/it)\b",
    "a progress bar": r"\r(?!\n)",
}
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def chapters(root: Path = ROOT) -> list[Path]:
    """List the notebooks of the book, in the order of the folder."""
    found = (root / "book").rglob("*.ipynb")
    return sorted(p for p in found if not {"_build", ".ipynb_checkpoints"} & set(p.parts))


def toc_files(root: Path = ROOT) -> list[str]:
    """List the files named in the table of contents, in reading order, as written there."""
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))

    def walk(node: object) -> list[str]:
        if isinstance(node, list):
            return [name for child in node for name in walk(child)]
        if not isinstance(node, dict):
            return []
        own = [node[key] for key in ("root", "file") if key in node]
        return own + [name for value in node.values() for name in walk(value)]

    return walk(toc)


def chapter_name(path: Path) -> str:
    """Return the part of the path that names the chapter: ``losses/robust``."""
    parts = path.resolve().with_suffix("").parts
    return "/".join(parts[parts.index("book") + 1 :] if "book" in parts else parts[-1:])


def read(path: Path) -> NotebookNode:
    """Read a notebook."""
    return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)


def prose(nb: NotebookNode) -> list[str]:
    """Return the texts between the code: the sources of the Markdown cells."""
    return [cell.source for cell in nb.cells if cell.cell_type == "markdown"]


def kernel(nb: NotebookNode) -> str:
    """Return the name of the kernel that a chapter runs in."""
    name = nb.metadata.get("kernelspec", {}).get("name")
    return name if name in KERNELS else "python3"


def dumps(nb: NotebookNode) -> str:
    """Return the text of a notebook's file: sorted, indented by one, closed by a newline."""
    nbformat.validate(nb)
    return nbformat.writes(nb, version=4) + "\n"


def canonical(nb: NotebookNode, name: str) -> NotebookNode:
    """Return the notebook in the form in which it is committed.

    Parameters
    ----------
    nb : NotebookNode
        A notebook, executed or not; it is not changed.
    name : str
        The chapter's name, from which the ids of cells without one are made.
    """
    cells = [_canonical_cell(cell) for cell in nb.cells]
    add_ids(cells, name)
    metadata = METADATA | {"kernelspec": KERNELS[kernel(nb)]}
    return nbformat.from_dict(
        {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    )


def add_ids(cells: list[NotebookNode], name: str) -> None:
    """Give every cell that has no id, or another cell's, one made of chapter, place and text."""
    taken: set[str] = set()
    for i, cell in enumerate(cells):
        new, salt = cell.get("id"), 0
        while not new or new in taken:
            key = f"{name}\n{i}\n{salt}\n{cell['cell_type']}\n{cell['source']}"
            new, salt = hashlib.sha256(key.encode()).hexdigest()[:8], salt + 1
        cell["id"] = new
        taken.add(new)


def leaks(text: str) -> list[str]:
    """Name what in a printed text belongs to one run or one machine.

    >>> leaks("<Huber object at 0x7f3a5c1d2e90>")
    ["the address of an object: '0x7f3a5c1d2e90'"]
    """
    found = ((what, re.search(pattern, text)) for what, pattern in _LEAKS.items())
    return [f"{what}: {match[0]!r}" for what, match in found if match]


def texts(output: NotebookNode) -> dict[str, str]:
    """Return what an output says in words, by kind: neither figures nor other binary data."""
    if output.output_type == "stream":
        return {output.name: output.text}
    if output.output_type == "error":
        trace = _ANSI.sub("", "\n".join(output.traceback))
        return {"error": f"{output.ename}: {output.evalue}", "traceback": trace}
    return {kind: str(v) for kind, v in output.data.items() if not kind.startswith("image/")}


def _canonical_cell(cell: NotebookNode) -> NotebookNode:
    kept = {k: cell.metadata[k] for k in CELL_METADATA if cell.metadata.get(k)}
    new = {"cell_type": cell.cell_type, "metadata": kept, "source": cell.source.rstrip()}
    if cell.get("id"):
        new["id"] = cell.id
    if cell.cell_type == "code":
        new["execution_count"] = cell.execution_count
        new["outputs"] = _canonical_outputs(cell.outputs)
    if cell.get("attachments"):
        new["attachments"] = cell.attachments
    return nbformat.from_dict(new)


def _canonical_outputs(outputs: list[NotebookNode]) -> list[dict]:
    """Join what was printed between two displays: all of stdout, then all of stderr."""
    new: list[dict] = []
    printed: dict[str, str] = {}

    def flush() -> None:
        for stream in sorted(printed, reverse=True):  # stdout before stderr
            new.append({"output_type": "stream", "name": stream, "text": printed[stream]})
        printed.clear()

    for output in outputs:
        if output.output_type == "stream":
            printed[output.name] = printed.get(output.name, "") + output.text
        else:
            flush()
            new.append(_canonical_output(output))
    flush()
    return new


def _canonical_output(output: NotebookNode) -> dict:
    new = dict(output)
    if output.output_type == "error":
        # "File …" opens a frame of library code, with the path where it is installed.
        keep = [t for t in output.traceback if not _ANSI.sub("", t).startswith("File ")]
        return new | {"traceback": keep}
    new.pop("transient", None)
    data = dict(output.data)
    if "image/svg+xml" in data:
        data.pop("image/png", None)
    return new | {"data": data, "metadata": {}}
