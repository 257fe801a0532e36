"""The built site: complete, self-contained, and whole.

The site is built once if it is missing or older than what it is made of.
"""

import shutil
import subprocess
import sys

import pytest
import site_checks as check
from bookfiles import ROOT

SITE = ROOT / "_build" / "html"
STAMP = ROOT / "_build" / "built"  # written after a build without a warning, here and by make
BUILD = "import sys; from jupyter_book.cli.main import main; sys.argv[0] = 'jupyter-book'; main()"


def _newest_source() -> float:
    files = [ROOT / "_config.yml", ROOT / "_toc.yml"]
    files += [p for folder in ("book", "lossbook") for p in (ROOT / folder).rglob("*")]
    return max(
        p.stat().st_mtime
        for p in files
        if p.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(p.parts)
    )


@pytest.fixture(scope="session")
def pages():
    if not STAMP.exists() or STAMP.stat().st_mtime < _newest_source():
        command = ["-c", BUILD, "build", ".", "--all", "-W", "-n", "--keep-going"]
        shutil.rmtree(SITE, ignore_errors=True)  # no page of an older book
        build = subprocess.run(
            [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert build.returncode == 0, build.stdout[-3000:] + build.stderr[-3000:]
        STAMP.touch()
    return {path: check.read_page(path) for path in sorted(SITE.rglob("*.html")) if _is_page(path)}


def _is_page(path) -> bool:
    """Pages, not the fragments that a library keeps among its files."""
    return "_static" not in path.relative_to(SITE).parts


def _report(problems):
    lines = (
        f"{p.path.relative_to(SITE).as_posix()}: {line}" for p, found in problems for line in found
    )
    return "\n".join(lines)


@pytest.mark.parametrize(
    "problems",
    [check.repeated_ids, check.missing_alt, check.one_title, check.remote_loads],
    ids=lambda function: function.__name__,
)
def test_page(pages, problems):
    report = _report((page, problems(page)) for page in pages.values())
    assert not report, report


def test_every_link_and_anchor_resolves(pages):
    found = ((page, check.broken_links(page, pages, SITE)) for page in pages.values())
    report = _report(found)
    assert not report, report


def test_style_sheets_load_nothing_from_elsewhere(pages):
    sheets = {path: path.read_text(encoding="utf-8") for path in SITE.rglob("*.css")}
    assert sheets
    found = [
        f"{path.name} {line}" for path, css in sheets.items() for line in check.remote_css(css)
    ]
    assert not found, "\n".join(found)
