"""Make the environment of the book in ``.venv``, or pin it anew.

    python3 tools/set_up.py                            make .venv from requirements.txt
    python3 tools/set_up.py --frameworks               make .venv-frameworks, the losses' peers
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
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

HEADER = """\
# {what}, pinned; the package itself comes last.
# Made by `make requirements` from the dependencies in pyproject.toml.
"""


@dataclass(frozen=True)
class Environment:
    """A folder with a Python of its own, the file that pins it, and whose dependencies it has."""

    what: str
    folder: Path
    requirements: Path
    extra: str

    @property
    def python(self) -> str:
        """The Python of the environment."""
        return str(self.folder / ("Scripts" if os.name == "nt" else "bin") / "python")


BOOK = Environment(
    "The whole environment of the book", Path(".venv"), Path("requirements.txt"), "dev"
)
FRAMEWORKS = Environment(
    "The frameworks that the losses are compared with",
    Path(".venv-frameworks"),
    Path("requirements-frameworks.txt"),
    "frameworks",
)

# NumPy 2.5 and SciPy 1.18 need Python 3.12; the book promises 3.11.
CONSTRAINTS = ("numpy==2.4.6", "scipy==1.17.1")

# Settings of pip and what uv calls them; pip parts a list by spaces or lines.
_LISTS = {"find-links": ("UV_FIND_LINKS", ","), "extra-index-url": ("UV_INDEX", " ")}
_VALUES = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}


def run(*command: str, env: dict[str, str] | None = None) -> bool:
    """Run a command; say whether it succeeded."""
    return subprocess.run(command, env=env, check=False).returncode == 0


def make_venv(venv: Environment) -> None:
    """Make the folder, or say in one line what is missing."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            f"This Python lacks the module {missing[0]}: install it (Debian, Ubuntu: "
            f"`apt install python{version}-venv`) or name another, `make book PYTHON=…`."
        )
    if not run(sys.executable, "-m", "venv", str(venv.folder)):
        sys.exit(f"The environment {venv.folder} could not be made: see the message above.")


def uv(venv: Environment) -> list[str]:
    """Return the command that runs uv in `venv`, or an empty list if uv cannot be had."""
    have = [venv.python, "-m", "uv"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    install = [venv.python, "-m", "pip", "install", "--quiet", "uv"]
    for command in ([*have, "--version"], install):
        if subprocess.run(command, **quiet).returncode == 0:
            return have
    return []


def uv_environment(settings: dict[str, str], venv: Environment = BOOK) -> dict[str, str]:
    """Return the environment in which uv follows the settings of pip; its own come first."""
    env = {"UV_INDEX_STRATEGY": "unsafe-best-match"}  # like pip: the best of all places
    if not settings.keys() & {*_LISTS, "index-url"}:
        # Or PyTorch comes with gigabytes for graphics cards.  Whoever names places of
        # their own is given the build that lies there: uv would ask PyTorch's index instead.
        env["UV_TORCH_BACKEND"] = "cpu"
    for name, (variable, separator) in _LISTS.items():
        if settings.get(name):
            env[variable] = separator.join(settings[name].split())
    env |= {variable: settings[name] for name, variable in _VALUES.items() if settings.get(name)}
    return {**env, **os.environ, "VIRTUAL_ENV": str(venv.folder.resolve())}


def pip_settings(venv: Environment) -> dict[str, str]:
    """Return what the user's pip is configured to use, by file or by environment variable."""
    command = [venv.python, "-m", "pip", "config", "list"]
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


def install(venv: Environment) -> None:
    """Install what is pinned for `venv`, the package itself in place."""
    wanted = ("pip", "install", "--quiet", "-r", str(venv.requirements))
    faster = uv(venv)
    if faster and run(*faster, *wanted, env=uv_environment(pip_settings(venv), venv)):
        return
    print("uv cannot be had or did not succeed: installing with pip")
    if not run(venv.python, "-m", *wanted):
        sys.exit("The requirements could not be installed: see the message above.")


def pin(venv: Environment, *options: str) -> None:
    """Write the requirements of `venv` anew, for every platform and every Python from 3.11 on.

    What is pinned already stays, unless the option ``--upgrade`` is given.
    """
    target = venv.requirements
    compiler = uv(BOOK) or sys.exit("Pinning needs uv, which could not be installed.")
    command = f"pip compile pyproject.toml --universal --python-version 3.11 --extra {venv.extra}"
    quiet = "--no-header --no-annotate --quiet"
    with tempfile.TemporaryDirectory() as folder:
        constraints, output = Path(folder, "constraints.txt"), Path(folder, "pinned.txt")
        held = CONSTRAINTS if venv is BOOK else pins_of(BOOK)
        constraints.write_text("\n".join(held) + "\n", encoding="utf-8")
        output.write_text("\n".join(pins_of(venv)) + "\n", encoding="utf-8")
        done = run(
            *(*compiler, *f"{command} {quiet}".split(), *options),
            *("--constraint", str(constraints), "--output-file", str(output)),
            env=uv_environment(pip_settings(BOOK)),
        )
        if not done:
            sys.exit("The requirements could not be pinned: see the message above.")
        pinned = without_accelerators(output.read_text(encoding="utf-8"))
    text = f"{HEADER.format(what=venv.what)}{pinned}-e .\n"
    target.write_text(text, encoding="utf-8", newline="\n")


def pins_of(venv: Environment) -> list[str]:
    """Return the pins of `venv` as they stand, none if it was never pinned."""
    if not venv.requirements.exists():
        return []
    lines = venv.requirements.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line != "-e ." and not line.startswith("#")]


def without_accelerators(pinned: str) -> str:
    r"""Leave out what PyTorch wants beside a graphics card, and which of its builds was seen.

    >>> without_accelerators("nvidia-nvtx==13.0\ntorch==2.13.0 ; a\ntorch==2.13.0+cpu ; b\n")
    'torch==2.13.0\n'
    """
    lines = (re.sub(r"^(torch==[\d.]+).*", r"\1", line) for line in pinned.splitlines())
    kept = (line for line in lines if not re.match(r"cuda-|nvidia-|triton==", line))
    return "".join(f"{line}\n" for line in dict.fromkeys(kept))


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parent.parent)
    if "--pin" in sys.argv[1:]:
        for each in (BOOK, FRAMEWORKS):
            pin(each, *(option for option in sys.argv[1:] if option == "--upgrade"))
    else:
        chosen = FRAMEWORKS if "--frameworks" in sys.argv[1:] else BOOK
        if not Path(chosen.python).exists():
            make_venv(chosen)
        install(chosen)
