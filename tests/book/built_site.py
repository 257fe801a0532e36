"""The built site, built anew where it is missing or older than what it is made of."""

import shutil
import subprocess
import sys
from pathlib import Path

from bookfiles import ROOT

SITE = ROOT / "_build" / "html"
STAMP = ROOT / "_build" / "built"  # written after a build without a warning, here and by make
BUILD = "import sys; from jupyter_book.cli.main import main; sys.argv[0] = 'jupyter-book'; main()"


def built_site() -> Path:
    """Return the folder of the site, which is whole and new."""
    if not STAMP.exists() or STAMP.stat().st_mtime < _newest_source():
        command = ["-c", BUILD, "build", ".", "--all", "-W", "-n", "--keep-going"]
        shutil.rmtree(SITE, ignore_errors=True)  # no page of an older book
        build = subprocess.run(
            [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert build.returncode == 0, build.stdout[-3000:] + build.stderr[-3000:]
        STAMP.touch()
    return SITE


def _newest_source() -> float:
    files = [ROOT / "_config.yml", ROOT / "_toc.yml"]
    files += [p for folder in ("book", "lossbook", "tools") for p in (ROOT / folder).rglob("*")]
    return max(
        p.stat().st_mtime
        for p in files
        if p.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(p.parts)
    )
