"""Find Chromium, or install it where that can be done: Debian's, by apt, as root.

Its headless shell comes first: it draws the same pages without a window, in little more than half
the time.

    python tools/browser.py    print where it is; fail in one line that says what to install

``CHROMIUM`` may name the browser's executable.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# No sandbox: containers refuse it, and the pages are our own.  The rest keeps it off the network.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = (
    "no Chromium found: install it (Debian, Ubuntu: `apt install chromium`), "
    "or set CHROMIUM to its executable"
)


def find() -> str | None:
    """Return the browser's executable, or None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def install() -> None:
    """Install Debian's chromium; where apt is missing or we are not root, do nothing."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    print("Installing chromium", flush=True)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    wanted = ["install", "--yes", "--quiet", "--no-install-recommends"]
    commands = ["update", "--quiet"], [*wanted, NAMES[0]], [*wanted, NAMES[1]]
    for command in commands:  # until there is one
        if find() is None:
            subprocess.run(["apt-get", *command], env=env, stdout=subprocess.DEVNULL, check=False)


def main() -> int:
    """Print the executable, after installing it if need be."""
    if find() is None:
        install()
    print(find() or MISSING)
    return int(find() is None)


if __name__ == "__main__":
    sys.exit(main())
