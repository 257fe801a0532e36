"""Run chapters and write them in canonical form, or check that they would not change.

    python tools/execute.py                     run every chapter and write it
    python tools/execute.py --frameworks        those that need PyTorch and the like
    python tools/execute.py FILE…               run these chapters and write them
    python tools/execute.py --check [FILE…]     run, write nothing, exit 1 if anything would change
    python tools/execute.py --check --text-only the same, without the figures
    python tools/execute.py --check --portable  as on a processor without AVX-512

A chapter is run from its first cell to its last in a new kernel whose working directory is the
chapter's folder.  Chapters whose kernel is ``frameworks`` run in .venv-frameworks, and only if
they are named or ``--frameworks`` is given.  Nothing is written if a cell fails, or prints what
belongs to one run only (an address, a path, a timing).  A second run writes the same bytes.

``--check`` compares text exactly, and figures as drawings (see figures.py).
"""

import argparse
import difflib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import bookfiles
import figures
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

TIMEOUT = 600  # seconds a cell may take
PROCESSES = 2
SHOWN = 12  # lines of a difference

# NumPy and OpenBLAS then compute as they do where there is no AVX-512, which moves last digits.
OLDER_PROCESSOR = {
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL",
    "OPENBLAS_CORETYPE": "Haswell",
}


class ChapterError(Exception):
    """A chapter that cannot be run, or whose output must not be committed."""


def execute(nb: NotebookNode, path: Path) -> NotebookNode:
    """Run a notebook as the chapter at `path` and return it in canonical form.

    Raises
    ------
    ChapterError
        If a cell fails that is not tagged ``raises-exception``, or an output holds something
        that would differ on the next run.  The message names the cell.
    """
    nb = bookfiles.canonical(nb, bookfiles.chapter_name(path))
    client = NotebookClient(
        nb,
        timeout=TIMEOUT,
        kernel_name=bookfiles.kernel(nb),
        record_timing=False,
        store_widget_state=False,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    # The reader's own progress file must neither be read nor written.
    with tempfile.TemporaryDirectory() as data:
        try:
            client.execute(env=os.environ | {"LOSSBOOK_DATA": data})
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            raise ChapterError(f"{path}: {_failure(nb, error)}") from None
        except NoSuchKernel as error:
            raise ChapterError(
                f"{path}: its kernel, {error.name!r}, is not set up: `make test-frameworks` does it"
            ) from None
    nb = bookfiles.canonical(nb, bookfiles.chapter_name(path))
    problems = [f"{path}: {problem}" for problem in output_leaks(nb)]
    if problems:
        raise ChapterError("\n".join([*problems, "Print what every run prints alike."]))
    return nb


def output_leaks(nb: NotebookNode) -> list[str]:
    """Name the cells whose outputs hold an address, a path of this machine or a timing."""
    return [
        f"{where(nb, cell)} prints {leak}"
        for cell in nb.cells
        for output in cell.get("outputs", ())
        for text in bookfiles.texts(output).values()
        for leak in bookfiles.leaks(text)
    ]


def where(nb: NotebookNode, cell: NotebookNode) -> str:
    """Name a cell by its place (counted from 0) and its id."""
    return f"cell {nb.cells.index(cell)} ({cell.id})"


def changes(
    old: NotebookNode, new: NotebookNode, text_only: bool = False, shapes: bool = False
) -> list[str]:
    """Say what a new run of a notebook changes in its outputs.

    Parameters
    ----------
    old, new : NotebookNode
        The notebook as stored, and the same notebook as executed now.
    text_only : bool
        Pass over the figures.
    shapes : bool
        Compare the lines of figures as a reader sees them (see `figures.differences`).
    """
    found = []
    for a, b in zip(old.cells, new.cells, strict=True):
        if a.cell_type != "code":
            continue
        for problem in _cell_changes(a, b, text_only, shapes):
            found.append(f"{where(old, a)}, {problem}")
    return found


def _cell_changes(
    old: NotebookNode, new: NotebookNode, text_only: bool, shapes: bool
) -> Iterator[str]:
    if old.execution_count != new.execution_count:
        yield f"count: {old.execution_count} became {new.execution_count}"
    kinds = [[_kind(output) for output in cell.outputs] for cell in (old, new)]
    if kinds[0] != kinds[1]:
        yield f"outputs: {kinds[0]} became {kinds[1]}"
        return
    for a, b in zip(old.outputs, new.outputs, strict=True):
        before, after = bookfiles.texts(a), bookfiles.texts(b)
        for kind in sorted(before.keys() | after.keys()):
            if before.get(kind) != after.get(kind):
                yield f"{kind}:\n{_diff(before.get(kind, ''), after.get(kind, ''))}"
        if not text_only:
            yield from _figure_changes(a.get("data", {}), b.get("data", {}), shapes)


def _figure_changes(old: dict, new: dict, shapes: bool) -> Iterator[str]:
    compare = {
        "image/svg+xml": partial(figures.differences, shapes=shapes),
        "image/png": figures.png_differences,
    }
    for kind, function in compare.items():
        if kind in old and kind in new:
            lines = function(old[kind], new[kind])
            if lines:
                rest = [f"… and {len(lines) - 5} more"] if len(lines) > 5 else []
                yield "\n    ".join([f"{kind}:", *lines[:5], *rest])


def _kind(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return output.name
    return "+".join(sorted(output.get("data", ()))) or output.output_type


def _diff(old: str, new: str) -> str:
    lines = list(
        difflib.unified_diff(old.splitlines(), new.splitlines(), "stored", "now", n=1, lineterm="")
    )
    rest = [f"… and {len(lines) - SHOWN} more lines"] if len(lines) > SHOWN else []
    return "\n".join(f"    {line}" for line in [*lines[:SHOWN], *rest])


def _failure(nb: NotebookNode, error: Exception) -> str:
    """Name the cell that failed; its outputs hold the error, or it never came back."""
    for cell in nb.cells:
        failed = any(output.output_type == "error" for output in cell.get("outputs", ()))
        if failed and "raises-exception" not in cell.metadata.get("tags", ()):
            return f"{where(nb, cell)} failed\n{error}"
    return f"not finished\n{error}"


def refresh(path: Path) -> list[str]:
    """Run one chapter and write it; return its problems."""
    try:
        new = bookfiles.dumps(execute(bookfiles.read(path), path))
    except ChapterError as error:
        return [str(error)]
    if new != path.read_text(encoding="utf-8"):
        path.write_text(new, encoding="utf-8", newline="\n")
    return []


def verify(path: Path, text_only: bool = False, portable: bool = False) -> list[str]:
    """Run one chapter and say what would change; write nothing."""
    old = bookfiles.read(path)
    try:
        new = execute(old, path)
    except ChapterError as error:
        return [str(error)]
    return [f"{path}: {change}" for change in changes(old, new, text_only, portable)]


def _job(arguments: tuple[Path, bool, bool, bool]) -> tuple[list[str], float]:
    """Return the problems of one chapter, and the seconds it took."""
    path, check, *how = arguments
    start = time.perf_counter()
    problems = verify(path, *how) if check else refresh(path)
    return problems, time.perf_counter() - start


def _all_of(kernel: str) -> list[Path]:
    """Return the chapters that run in this kernel, and say which do not."""
    found = {path: bookfiles.kernel(bookfiles.read(path)) for path in bookfiles.chapters()}
    for path, other in found.items():
        if other == "frameworks" != kernel:
            print(f"skipped         {_short(path)}: needs --frameworks")
    return [_short(path) for path, own in found.items() if own == kernel]


def _short(path: Path) -> Path:
    return Path(os.path.relpath(path))


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(description="Run chapters; write or check their outputs.")
    parser.add_argument("files", nargs="*", type=Path, help="chapters (default: all)")
    parser.add_argument("--check", action="store_true", help="write nothing; fail on a change")
    parser.add_argument("--text-only", action="store_true", help="pass over the figures")
    parser.add_argument("--portable", action="store_true", help="as on a processor without AVX-512")
    parser.add_argument(
        "--frameworks", action="store_true", help="without FILES: the chapters of that kernel"
    )
    options = parser.parse_args(argv)
    if options.portable:
        os.environ |= OLDER_PROCESSOR
    files = options.files or _all_of("frameworks" if options.frameworks else "python3")
    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        parser.error(f"no such chapter: {', '.join(missing)}")
    jobs = [(path, options.check, options.text_only, options.portable) for path in files]
    failed = 0
    with ProcessPoolExecutor(min(PROCESSES, len(jobs) or 1)) as pool:
        for path, (problems, seconds) in zip(files, pool.map(_job, jobs), strict=True):
            print(f"{'FAILED' if problems else 'ok    '} {seconds:5.1f} s  {path}", flush=True)
            for problem in problems:
                print(problem, file=sys.stderr)
            failed += bool(problems)
    verb = "checked" if options.check else "executed"
    print(f"{len(files)} chapters {verb}, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
