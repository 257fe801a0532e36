"""Make the environment of the book in ``.venv``, or pin it anew.

    python3 tools/set_up.py                              make .venv from requirements.txt
    .venv/bin/python tools/set_up.py --pin             pin what pyproject.toml names
    .venv/bin/python tools/set_up.py --pin --upgrade   pin the newest versions of it

Uses uv where it can be had and plain pip otherwise; both follow the user's pip configuration
(package index, folder of wheels, certificates).  Only the standard library is needed.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (whoever runs this may have an older Python)
    sys.exit(
        "The book needs Python 3.11 or newer and this is "
        + sys.version.split()[0]
        + ": name a newer one, as in `make book PYTHON=python3.12`."
    )

import importlib.util
import os
import subprocess
import tempfile
from pathlib import Path

VENV = Path(".venv")
PYTHON = str(VENV / ("Scripts" if os.name == "nt" else "bin") / "python")
HEADER = """\
# The whole environment of the book, pinned; the package itself comes last.
# Made by `make requirements` from the dependencies in pyproject.toml.
"""
# NumPy 2.5 and SciPy 1.18 need Python 3.12; the book promises 3.11.
CONSTRAINTS = ("numpy==2.4.6", "scipy==1.17.1")

# Settings of pip and what uv calls them; pip parts a list by spaces or lines.
_LISTS = {"find-links": ("UV_FIND_LINKS", ","), "extra-index-url": ("UV_INDEX", " ")}
_VALUES = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}


def run(*command: str, env: dict[str, str] | None = None) -> bool:
    """Run a command; say whether it succeeded."""
    return subprocess.run(command, env=env, check=False).returncode == 0


def make_venv() -> None:
    """Make .venv, or say in one line what is missing."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            f"This Python lacks the module {missing[0]}: install it (Debian, Ubuntu: "
            f"`apt install python{version}-venv`) or name another, `make book PYTHON=…`."
        )
    if not run(sys.executable, "-m", "venv", str(VENV)):
        sys.exit("The environment .venv could not be made: see the message above.")


def uv() -> list[str]:
    """Return the command that runs uv in .venv, or an empty list if uv cannot be had."""
    have = [PYTHON, "-m", "uv"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    install = [PYTHON, "-m", "pip", "install", "--quiet", "uv"]
    for command in ([*have, "--version"], install):
        if subprocess.run(command, **quiet).returncode == 0:
            return have
    return []


def uv_environment(settings: dict[str, str]) -> dict[str, str]:
    """Return the environment in which uv follows the settings of pip; its own come first."""
    env = {"UV_INDEX_STRATEGY": "unsafe-best-match"}  # like pip: the best of all places
    for name, (variable, separator) in _LISTS.items():
        if settings.get(name):
            env[variable] = separator.join(settings[name].split())
    env |= {variable: settings[name] for name, variable in _VALUES.items() if settings.get(name)}
    return {**env, **os.environ, "VIRTUAL_ENV": str(VENV.resolve())}


def pip_settings() -> dict[str, str]:
    """Return what the user's pip is configured to use, by file or by environment variable."""
    command = [PYTHON, "-m", "pip", "config", "list"]
    return read_settings(
        subprocess.run(command, capture_output=True, text=True, check=False).stdout
    )


def read_settings(listed: str) -> dict[str, str]:
    r"""Read what ``pip config list`` prints.

    >>> read_settings("global.cert='a.pem'\n:env:.find-links='wheels more'\n")
    {'cert': 'a.pem', 'find-links': 'wheels more'}
    """
    found: dict[str, str] = {}
    # The environment has the last word, as in pip.
    for line in sorted(listed.splitlines(), key=lambda line: line.startswith(":env:")):
        name, _, value = line.partition("=")
        value = value.strip("'\"").replace("\\n", " ")
        found[name.removeprefix(":env:.").rsplit(".", 1)[-1]] = value
    return found


def install() -> None:
    """Install what requirements.txt names, the package itself in place."""
    faster = uv()
    if faster and run(
        *faster, "pip", "install", "--quiet", "-r", "requirements.txt",
        env=uv_environment(pip_settings()),
    ):  # fmt: skip
        return
    print("uv cannot be had or did not succeed: installing with pip")
    if not run(PYTHON, "-m", "pip", "install", "--quiet", "-r", "requirements.txt"):
        sys.exit("The requirements could not be installed: see the message above.")


def pin(*options: str) -> None:
    """Write requirements.txt anew, for every platform and every Python from 3.11 on.

    What is pinned already stays, unless the option ``--upgrade`` is given.
    """
    target = Path("requirements.txt")
    compiler = uv() or sys.exit("Pinning needs uv, which could not be installed.")
    command = "pip compile pyproject.toml --universal --python-version 3.11 --extra dev"
    quiet = "--no-header --no-annotate --quiet"
    with tempfile.TemporaryDirectory() as folder:
        constraints, output = Path(folder, "constraints.txt"), Path(folder, "pinned.txt")
        constraints.write_text("\n".join(CONSTRAINTS) + "\n", encoding="utf-8")
        output.write_text(
            target.read_text(encoding="utf-8").replace("-e .\n", ""), encoding="utf-8"
        )
        done = run(
            *(*compiler, *f"{command} {quiet}".split(), *options),
            *("--constraint", str(constraints), "--output-file", str(output)),
            env=uv_environment(pip_settings()),
        )
        if not done:
            sys.exit("The requirements could not be pinned: see the message above.")
        pinned = output.read_text(encoding="utf-8").rstrip("\n")
    target.write_text(f"{HEADER}{pinned}\n-e .\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parent.parent)
    if "--pin" in sys.argv[1:]:
        pin(*(option for option in sys.argv[1:] if option == "--upgrade"))
    else:
        if not Path(PYTHON).exists():
            make_venv()
        install()
