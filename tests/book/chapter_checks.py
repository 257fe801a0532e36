"""What every chapter must be.  Each check takes a notebook and returns the list of its problems."""

import re
import statistics
from pathlib import Path

import bookfiles
from execute import output_leaks, where
from nbformat import NotebookNode

KNOWN_TAGS = {"hide-input", "hide-output", "raises-exception", "remove-cell"}
LONGEST_CELL, MEDIAN_CELL = 20, 5
SECTIONS = (
    "**After this chapter you can**",
    "**In short.**",
    "\n## Exercises\n",
    "\n## Self-test\n",
    "\n## Questions\n",
    "\n## Where to read on\n",
)

_BIB_KEY = re.compile(r"^@(?!comment|string|preamble)\w+\s*\{\s*([^,\s]+)\s*,", re.M | re.I)


def canonical_form(nb: NotebookNode, text: str, name: str) -> list[str]:
    """The file is what tools/execute.py would have written."""
    if text == bookfiles.dumps(bookfiles.canonical(nb, name)):
        return []
    return ["not in canonical form; run tools/execute.py on it"]


def counts(nb: NotebookNode) -> list[str]:
    """The cells were run in their order, once, and all of them (nbval passes over the others)."""
    found = [cell.execution_count for cell in code_cells(nb)]
    expected = list(range(1, len(found) + 1))
    return [] if found == expected else [f"execution counts are {found}, not 1..{len(found)}"]


def cell_lengths(nb: NotebookNode) -> list[str]:
    """Code cells are short: what is longer belongs in the package."""
    lines = {where(nb, cell): _code_lines(cell) for cell in code_cells(nb)}
    problems = [
        f"{place} has {n} lines of code, more than {LONGEST_CELL}"
        for place, n in lines.items()
        if n > LONGEST_CELL
    ]
    if lines and (median := statistics.median(lines.values())) > MEDIAN_CELL:
        problems.append(f"the median cell has {median:g} lines of code, more than {MEDIAN_CELL}")
    return problems


def tags(nb: NotebookNode) -> list[str]:
    """Only the four tags of STYLE.md are used."""
    return [
        f"{where(nb, cell)} has unknown tags {sorted(unknown)}"
        for cell in nb.cells
        if (unknown := set(cell.metadata.get("tags", ())) - KNOWN_TAGS)
    ]


def figure_texts(nb: NotebookNode) -> list[str]:
    """Every figure has a caption, and an alt text that says something else."""
    problems = []
    for cell in code_cells(nb):
        shown = [o for o in cell.outputs if _is_figure(o)]
        if not shown or "remove-cell" in cell.metadata.get("tags", ()):
            continue
        mystnb = cell.metadata.get("mystnb", {})
        alt = str(mystnb.get("image", {}).get("alt") or "").strip()
        caption = str(mystnb.get("figure", {}).get("caption") or "").strip()
        found = {
            "alt text (metadata mystnb.image.alt)": not alt,
            "caption (metadata mystnb.figure.caption)": not caption,
        }
        problems += [
            f"{where(nb, cell)}: figure without {w}" for w, missing in found.items() if missing
        ]
        if alt and alt == caption:
            problems.append(f"{where(nb, cell)}: the alt text repeats the caption")
        if len(shown) > 1:
            problems.append(f"{where(nb, cell)}: {len(shown)} figures share one alt text")
    return problems


def html_images(nb: NotebookNode) -> list[str]:
    """An image inside an HTML output (an interactive figure) carries its own alt text."""
    return [
        f"{where(nb, cell)}: <img> without alt text in an HTML output"
        for cell in code_cells(nb)
        for output in cell.outputs
        for tag in re.findall(r"<img\b[^>]*>", _html(output))
        if not re.search(r"""\balt=(["'])\s*[^\s"'].*?\1""", tag, re.DOTALL)
    ]


def leaks(nb: NotebookNode) -> list[str]:
    """No output holds an address, a path, a timing or a progress bar."""
    return output_leaks(nb)


def exceptions(nb: NotebookNode) -> list[str]:
    """A cell raises if, and only if, it is tagged ``raises-exception``."""
    problems = []
    for cell in code_cells(nb):
        raised = any(output.output_type == "error" for output in cell.outputs)
        expected = "raises-exception" in cell.metadata.get("tags", ())
        if raised != expected:
            what = "raises without the tag" if raised else "does not raise, in spite of the tag"
            problems.append(f"{where(nb, cell)} {what} raises-exception")
    return problems


def unchecked_cells(nb: NotebookNode) -> list[str]:
    """No cell asks nbval to look away."""
    return [
        f"{where(nb, cell)} is hidden from the tests by a comment"
        for cell in code_cells(nb)
        if re.search(r"^\s*#\s*(NBVAL_|PYTEST_VALIDATE)", cell.source, re.M)
    ]


def title(nb: NotebookNode) -> list[str]:
    """A chapter opens with its title, and has one only."""
    fences = re.compile(r"^(`{3,}|:{3,}).*?^\1", re.M | re.DOTALL)
    texts = [fences.sub("", text) for text in bookfiles.prose(nb)]
    found = [t for text in texts for t in re.findall(r"^# \S.*", text, re.M)]
    if len(found) != 1 or not nb.cells[0].source.startswith("# "):
        return [f"should open with its only title (# …); has {found or 'none'}"]
    return []


def sections(nb: NotebookNode) -> list[str]:
    """What every chapter of the course has is there, in order; `tools/new_chapter.py` shows it."""
    text = "\n\n".join(bookfiles.prose(nb))
    found = [match[0] for match in re.finditer("|".join(map(re.escape, SECTIONS)), text)]
    return [] if found == list(SECTIONS) else [f"has the sections {found}, not {list(SECTIONS)}"]


def cited(text: str) -> list[str]:
    """Return the keys of the bibliography that a text cites."""
    groups = re.findall(r"\{cite(?::\w+)?\}`([^`]+)`", text)
    return [key.strip() for group in groups for key in group.split(",")]


def citations(nb: NotebookNode, keys: set[str]) -> list[str]:
    """Every citation is an entry of the bibliography."""
    return [
        f"{where(nb, cell)} cites {key!r}, which book/references.bib does not have"
        for cell in nb.cells
        if cell.cell_type == "markdown"
        for key in cited(cell.source)
        if key not in keys
    ]


def bibliography_keys(text: str) -> list[str]:
    """Return the keys of a BibTeX file, in its order."""
    return _BIB_KEY.findall(text)


def repeated(what: str, items: list[str]) -> list[str]:
    """Nothing is there twice."""
    return [
        f"{what} {item!r} is there {items.count(item)} times"
        for item in sorted({*items})
        if items.count(item) > 1
    ]


def toc_agrees(listed: list[str], files: list[str]) -> list[str]:
    """The table of contents names every chapter, once, and nothing that is not there."""
    return [
        *(f"_toc.yml names {name}, which is not there" for name in listed if name not in files),
        *(f"{name} is not in _toc.yml" for name in files if name not in listed),
        *repeated("in _toc.yml,", listed),
    ]


def source_files(root: Path) -> list[str]:
    """List the pages of the book as the table of contents writes them, without ending."""
    pages = [*bookfiles.chapters(root), *(root / "book").rglob("*.md")]
    return sorted(
        path.relative_to(root).with_suffix("").as_posix()
        for path in pages
        if not any(part.startswith(("_", ".")) for part in path.relative_to(root).parts)
    )


def code_cells(nb: NotebookNode) -> list[NotebookNode]:
    """Return the code cells of a notebook."""
    return [cell for cell in nb.cells if cell.cell_type == "code"]


def _code_lines(cell: NotebookNode) -> int:
    return sum(bool(line.strip()) for line in cell.source.splitlines())


def _html(output: NotebookNode) -> str:
    return output.get("data", {}).get("text/html", "")


def _is_figure(output: NotebookNode) -> bool:
    """Say whether the page shows an image: HTML, where there is some, is preferred."""
    return not _html(output) and any(k.startswith("image/") for k in output.get("data", ()))
