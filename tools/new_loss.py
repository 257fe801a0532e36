"""Begin a loss: its class, its export, its line in the tests' list and its row of known values.

    python tools/new_loss.py robust Logistic2

The first word is the family, a module of lossbook/losses (``--new`` begins another); the second
the name of the class.  The class that comes out is a stand-in, half the squared residual or its
like for margins, probabilities and classes, that keeps the whole contract.  What is yours to say
is marked TODO, and ``make test`` names each TODO until none is left.  Write your own formula in its
place, and let `lossbook.check_loss` say what does not fit.

``--kind`` says what the loss is a function of: ``residual``, ``margin``, ``probability``, ``row``
for a whole row against a row, or ``classes`` for a row of K scores against a label.  Without it,
the kind of the family's other losses.
"""

import argparse
import ast
import builtins
import keyword
import re
import subprocess
import sys
from difflib import get_close_matches
from pathlib import Path

from bookfiles import ROOT
from loss_stand_ins import CATALOGUE, CLASS, KINDS, KNOWN_ROW, MODULE

API = "book/reference/api/ (losses-of-numbers, losses-of-classes or losses-of-structure)"


def create(
    family: str, name: str, kind: str | None = None, root: Path = ROOT, new: bool = False
) -> list[Path]:
    """Write the stand-in and what belongs to it; return the files that changed.

    Raises
    ------
    ValueError
        If a name is not fit for a module or a class, or is taken, or the kind is not known.
    """
    check_family(family, root, new)
    check_name(name, root)
    losses = root / "lossbook" / "losses"
    module, exports = losses / f"{family}.py", losses / "__init__.py"
    tests = root / "tests" / "losses" / "catalogue" / f"{family}.py"
    text = module.read_text("utf-8") if module.exists() else MODULE.format(family=family)
    chosen = KINDS[kind or guess_kind(text)]
    chapter = re.findall(r"losses/([\w-]+)\"", text)
    body = CLASS.format(name=name, kind=chosen, chapter=chapter[-1] if chapter else family)
    catalogue = tests.read_text("utf-8") if tests.exists() else CATALOGUE.format(family=family)
    begun = listed(text, "__all__", f'"{name}"')
    if f"from .{family} " not in chosen.imports:
        begun = with_import(begun, chosen.imports)
    changes = {
        module: begun + body,
        exports: with_import(
            listed(exports.read_text("utf-8"), "__all__", f'"{name}"'),
            f"from .{family} import {name}",
        ),
        tests: listed(
            listed(catalogue, "LOSSES", f"lb.{name}()"),
            "KNOWN",
            KNOWN_ROW.format(name=name, known=chosen.known),
        ),
    }
    for path, new in changes.items():
        path.write_text(new, encoding="utf-8", newline="\n")
    in_order(list(changes))
    return list(changes)


def families(root: Path = ROOT) -> list[str]:
    """Return the modules of losses: those in which a loss has its formula."""
    modules = sorted((root / "lossbook" / "losses").glob("*.py"))
    return [path.stem for path in modules if "def _formula(" in path.read_text("utf-8")]


def check_family(family: str, root: Path, new: bool) -> None:
    """Refuse what is no module of losses, and a new one that was not asked for."""
    known = families(root)
    if family in known:
        return
    if not re.fullmatch(r"[a-z][a-z0-9_]*", family) or keyword.iskeyword(family):
        raise ValueError(f"{family!r} cannot be a module: write a family in small letters, robust")
    if family in public_names(root) or (root / f"lossbook/losses/{family}.py").exists():
        raise ValueError(f"{family} is no family of losses; these are {', '.join(known)}")
    if not new:
        close = get_close_matches(family, known, 1)
        hint = f"did you mean {close[0]}? " if close else ""
        raise ValueError(f"there is no family {family}: {hint}--new begins one")


def check_name(name: str, root: Path) -> None:
    """Refuse what is no name of a class, or the name of something else."""
    if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name) or keyword.iskeyword(name):
        raise ValueError(f"{name!r} cannot be a loss: write it as a class, LikeThis")
    if name in public_names(root) or hasattr(builtins, name):
        raise ValueError(f"{name} stands for something already: take another name")


def public_names(root: Path) -> set[str]:
    """Return every name that stands at the top level of a module of the package."""
    names = set()
    for path in (root / "lossbook").rglob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                names |= {alias.asname or alias.name for alias in node.names}
            elif isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                names.add(node.name)
            elif isinstance(node, ast.Assign):
                names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def guess_kind(module: str) -> str:
    """Return the kind of a module's losses.

    >>> guess_kind("class Hinge(HasProx, MarginLoss):")
    'margin'
    """
    bases = {
        "residual": "ResidualLoss",
        "margin": "MarginLoss",
        "probability": "BinaryLoss",
        "row": "RowLoss",
        "classes": "ClassLoss",
    }
    counts = {
        k: len(re.findall(rf"^class .*\b{base}\b", module, re.M)) for k, base in bases.items()
    }
    if not any(counts.values()):
        raise ValueError(f"say what the loss is a function of: --kind {' or '.join(KINDS)}")
    return max(counts, key=counts.__getitem__)


def listed(text: str, name: str, entry: str) -> str:
    r"""Return a module's text with an entry more at the end of the list of that name.

    >>> listed("A = [1]\nB = [2]\n", "A", "3")
    'A = [1, 3]\nB = [2]\n'
    """
    match = re.search(rf"^{name} = \[(.*?)\n?\]$", text, re.M | re.DOTALL)
    if match is None:
        raise ValueError(f"there is no list {name} to add {entry} to")
    old = match[1].rstrip().rstrip(",")
    comma = ", " if old else ""
    return f"{text[: match.start(1)]}{old}{comma}{entry}{text[match.end() - 1 :]}"


def with_import(text: str, lines: str) -> str:
    """Return a module's text with imports more, before its first import from a neighbour."""
    at = re.search(r"^(?=from \.|__all__)", text, re.M)
    place = at.start() if at else 0
    return f"{text[:place]}{lines}\n{text[place:]}"


def in_order(paths: list[Path]) -> None:
    """Sort imports and exports, and put the files into form."""
    files = [str(path) for path in paths]
    ruff = [sys.executable, "-m", "ruff"]
    fix = ["check", "--quiet", "--fix", "--select", "I,F401,F811,RUF022"]
    for command in (fix, ["format", "--quiet"]):
        subprocess.run(
            [*ruff, *command, "--config", str(ROOT / "pyproject.toml"), *files], check=True
        )


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(description="Begin a loss.")
    parser.add_argument("family", help="a module of lossbook/losses: robust")
    parser.add_argument("name", help="the class: BarronLoss")
    parser.add_argument("--new", action="store_true", help="begin a family")
    parser.add_argument("--kind", choices=KINDS, help="what the loss is a function of")
    options = parser.parse_args(argv)
    fresh = not (ROOT / "lossbook" / "losses" / f"{options.family}.py").exists()
    try:
        changed = create(options.family, options.name, options.kind, new=options.new)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for path in changed:
        print(f"changed {path.relative_to(ROOT)}")
    if fresh:
        print(f"A new family: give lossbook.losses.{options.family} a section on a page of {API}")
    print(
        f"Now write what is marked TODO; lossbook.check_loss({options.name}()) says what is wrong."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
