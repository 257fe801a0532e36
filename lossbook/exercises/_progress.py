"""What has been tried and solved, kept in one small file across sessions.

The file is ``progress.json`` in the user's data folder, or in the folder that the environment
variable ``LOSSBOOK_DATA`` names.  It is replaced in one go, so that it is never half written.
Where it cannot be read or written, progress lives in memory and ``progress()`` says so.
"""

import contextlib
import html
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from lossbook.exercises._registry import every
from lossbook.exercises._verdict import box, shown

_VERSION = 1
_STATES = {"passed": "✓ solved", "tried": "✗ tried"}

_session: dict[str, str] = {}  # this session's results, whether or not they can be written


class _Unusable(Exception):
    """The file cannot be used, and why."""


def _path() -> Path:
    folder = os.environ.get("LOSSBOOK_DATA")
    if not folder:
        import platformdirs  # only needed here

        folder = platformdirs.user_data_dir("lossbook", appauthor=False)
    return Path(folder).expanduser() / "progress.json"


def _read(path: Path) -> dict:
    """Return the file's content; raise ``ValueError`` if it is damaged."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or not isinstance(content.get("exercises"), dict):
        raise ValueError("not a progress file")
    return content


def _load(path: Path) -> dict[str, str]:
    """Return the state of each exercise in the file; a damaged file counts as empty."""
    try:
        content = _read(path)
    except (FileNotFoundError, ValueError):
        return {}
    except OSError:
        raise _Unusable("the data folder cannot be read") from None
    if content.get("version") != _VERSION:
        raise _Unusable("its file was written by a newer version and is left untouched")
    return {n: s for n, s in content["exercises"].items() if isinstance(s, str) and s in _STATES}


def _save(path: Path, states: dict[str, str]) -> None:
    """Write the file beside its place, then move it there: all or nothing."""
    text = json.dumps({"version": _VERSION, "exercises": states}, indent=1, sort_keys=True)
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix="progress-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        _keep_damaged(path)
        os.replace(temporary, path)
    except OSError:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        raise _Unusable("the data folder cannot be written") from None


def _keep_damaged(path: Path) -> None:
    """Set a damaged file aside: it may hold something that its owner can still read."""
    try:
        _read(path)
    except FileNotFoundError:
        return
    except ValueError:
        os.replace(path, path.with_suffix(".damaged.json"))


def _merge(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    """Return both; what was once solved stays solved."""
    solved = {name: state for name, state in old.items() if state == "passed"}
    return {**old, **new, **solved}


def _synchronise() -> tuple[dict[str, str], str]:
    """Bring file and session together; return all states and what prevented it, if anything."""
    stored: dict[str, str] = {}
    try:
        path = _path()
        stored = _load(path)
        states = _merge(stored, _session)
        if states != stored:
            _save(path, states)
    except _Unusable as error:
        return _merge(stored, _session), str(error)
    return states, ""


def note(name: str, passed: bool) -> None:
    """Record a result in memory and, where possible, in the file."""
    _session.update(_merge(_session, {name: "passed" if passed else "tried"}))
    _synchronise()  # progress() tells where this was impossible


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    chapter: str
    exercise: str
    title: str
    level: int
    state: str


@dataclass(frozen=True)
class Progress:
    """The table of all exercises; text in a terminal, HTML in Jupyter."""

    rows: tuple[Row, ...]
    remark: str = ""

    @property
    def summary(self) -> str:
        """How many exercises are solved."""
        solved = sum(row.state == "passed" for row in self.rows)
        return f"{solved} of {len(self.rows)} exercises solved"

    def _chapters(self) -> dict[str, list[Row]]:
        chapters: dict[str, list[Row]] = {}
        for row in self.rows:
            chapters.setdefault(row.chapter.replace("_", " ").capitalize(), []).append(row)
        return chapters

    def __repr__(self) -> str:
        width = max((len(row.exercise) for row in self.rows), default=0)
        lines = [self.summary]
        for chapter, rows in self._chapters().items():
            lines += ["", f"{chapter} ({_solved(rows)})"]
            lines += [
                f"  {_STATES.get(r.state, '·'):<8}  {r.exercise:<{width}}  {_stars(r)}  {r.title}"
                for r in rows
            ]
        return "\n".join([*lines, *(["", self.remark] if self.remark else [])])

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{h}</th>' for h in ("Exercise", "Task", "Level", "State"))
        body = "".join(
            f'<tbody><tr><th colspan="4" scope="rowgroup" style="text-align:left">'
            f"{html.escape(chapter)} ({_solved(rows)})</th></tr>"
            f"{''.join(map(_cells, rows))}</tbody>"
            for chapter, rows in self._chapters().items()
        )
        remark = f"<p>{html.escape(self.remark)}</p>" if self.remark else ""
        table = f'<table style="color:inherit"><thead><tr>{head}</tr></thead>{body}</table>'
        return box("progress", self.summary, table + remark)


def _solved(rows: list[Row]) -> str:
    return f"{sum(row.state == 'passed' for row in rows)} of {len(rows)}"


def _stars(row: Row) -> str:
    return "★" * row.level + "☆" * (3 - row.level)


def _cells(row: Row) -> str:
    level = f'<td aria-label="level {row.level} of 3">{_stars(row)}</td>'
    return (
        f"<tr><td><code>{html.escape(row.exercise)}</code></td>"
        f'<td style="text-align:left">{html.escape(row.title)}</td>{level}'
        f'<td style="text-align:left;white-space:nowrap">{_STATES.get(row.state, "not yet")}</td>'
        "</tr>"
    )


def progress() -> Progress:
    """Show every exercise by chapter, and whether you have solved it.

    Examples
    --------
    >>> import io
    >>> with contextlib.redirect_stdout(io.StringIO()) as printed:
    ...     table = progress()
    >>> "exercises solved" in printed.getvalue()
    True
    """
    states, trouble = _synchronise()
    remark = trouble and (
        f"Progress is kept for this session only: {trouble}. The environment variable "
        "LOSSBOOK_DATA can name another folder."
    )
    rows = [Row(e.chapter, e.name, e.title, e.level, states.get(e.name, "")) for e in every()]
    return shown(Progress(tuple(rows), remark))
