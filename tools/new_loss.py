"""Begin a loss: its class, its export, its line in the tests' list and its row of known values.

    python tools/new_loss.py robust Logistic2

The first word is the family, a module of lossbook/losses (a new one is made if need be); the
second the name of the class.  The class that comes out is a stand-in, half the squared residual
or its like for margins, probabilities and classes, that keeps the whole contract: ``make test``
passes.  Then write your own formula in its place, and let `lossbook.check_loss` say what does not
fit.

``--kind`` says what the loss is a function of: ``residual``, ``margin``, ``probability``, ``row``
for a whole row against a row, or ``classes`` for a row of K scores against a label.  Without it,
the kind of the family's other losses.
"""

import argparse
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bookfiles import ROOT

API = "book/reference/api/ (losses-of-numbers, losses-of-classes or losses-of-structure)"


@dataclass(frozen=True)
class Kind:
    """What differs between the stand-ins."""

    base: str
    imports: str
    maths: str
    body: str
    facts: str
    known: str  # truth, prediction, value, derivative
    example: str


KINDS = {
    "residual": Kind(
        base="HasHess, ResidualLoss",
        imports="from .kinds import HasHess, ResidualLoss",
        maths=r"\ell(y, \hat y) = \tfrac12 (\hat y - y)^2",
        body="""\
    def _value(self, r):
        return r * r / 2

    def _grad(self, r):
        return r

    def _hess(self, r):
        return np.ones_like(r)

    @staticmethod
    def _formula(sp, r):
        return r**2 / 2
""",
        facts='"estimates": "the mean",\n            "estimate": np.mean,',
        known="1.0, 4.0, 4.5, 3.0",
        example="[1.0], [4.0]).tolist()\n    [4.5]",
    ),
    "margin": Kind(
        base="MarginLoss",
        imports="from .kinds import MarginLoss",
        maths=r"\ell(m) = \tfrac12 \max(0,\; 1 - m)^2, \qquad m = y\,z",
        body="""\
    hides_infinity = True  # the loss of an infinite margin is 0

    def _value(self, m):
        return np.maximum(1 - m, 0) ** 2 / 2

    def _grad(self, m):
        return np.minimum(m - 1, 0)

    @staticmethod
    def _formula(sp, m):
        return sp.Piecewise(((1 - m) ** 2 / 2, m <= 1), (0, True))
""",
        facts='"estimates": "the expected label, between −1 and +1",\n'
        '            "estimate": np.mean,\n            "calibrated": True,',
        known="1.0, 0.5, 0.125, -0.5",
        example="[1.0], [0.5]).tolist()\n    [0.125]",
    ),
    "probability": Kind(
        base="BinaryLoss",
        imports="from .domains import PROBABILITY\nfrom .kinds import BinaryLoss",
        maths=r"\ell(y, p) = \tfrac12 (p - y)^2",
        body="""\
    prediction = PROBABILITY

    def _value(self, y, p):
        return (p - y) ** 2 / 2

    def _grad(self, y, p):
        return p - y

    @staticmethod
    def _formula(sp, y, yhat):
        return (yhat - y) ** 2 / 2
""",
        facts='"estimates": "the probability of class 1",\n'
        '            "estimate": np.mean,\n            "range": (0.0, 0.5),\n'
        '            "lipschitz": 1.0,\n            "proper": True,\n'
        '            "calibrated": True,',
        known="1.0, 0.5, 0.125, -0.5",
        example="[1.0], [0.5]).tolist()\n    [0.125]",
    ),
    "row": Kind(
        base="RowLoss",
        imports="from .kinds import RowLoss",
        maths=r"\ell(y, \hat y) = \tfrac12 \sum_k (\hat y_k - y_k)^2",
        body="""\
    def _value(self, y, p):
        return ((p - y) ** 2).sum(axis=1) / 2

    def _grad(self, y, p):
        return p - y

    @staticmethod
    def _formula(sp, y, yhat):
        return sum((b - a) ** 2 for a, b in zip(y, yhat, strict=True)) / 2
""",
        facts='"estimates": "the mean of the rows",',
        known="[1.0, 2.0], [4.0, 2.0], 4.5, [3.0, 0.0]",
        example="[[1.0, 2.0]], [[4.0, 2.0]]).tolist()\n    [4.5]",
    ),
    "classes": Kind(
        base="ClassLoss",
        imports="from .multiclass import ClassLoss",
        maths=r"\ell(y, z) = \tfrac12 \sum_k (z_k - [k = y])^2",
        body="""\
    def _value(self, y, z):
        return (self._grad(y, z) ** 2).sum(axis=1) / 2

    def _grad(self, y, z):
        t = y if y.ndim == 2 else np.eye(z.shape[1], dtype=z.dtype)[y]
        return z - t

    @staticmethod
    def _formula(sp, y, z):
        return sum((score - t) ** 2 for t, score in zip(y, z, strict=True)) / 2
""",
        facts='"estimates": "the probabilities of the classes",\n            "calibrated": True,',
        known="0, [1.0, 2.0], 2.0, [0.0, 2.0]",
        example="[0], [[1.0, 2.0]]).tolist()\n    [2.0]",
    ),
}

CLASS = '''

@dataclass(frozen=True)
class {name}({kind.base}):
    r"""Say in one line what the loss is.

    .. math:: {kind.maths}

    Say the insight: what a person who chooses this loss should know.

    Notes
    -----
    The derivative at a kink; what the loss is called elsewhere; the chapter.

    References
    ----------
    Where it was first described.

    Examples
    --------
    >>> {name}().pointwise({kind.example}
    """

{kind.body}
    def _facts(self):
        return {{
            {kind.facts}
            "convex": True,
            "smoothness": 1.0,
            "choose": "say when",
            "avoid": "say when not",
            "chapter": "losses/{chapter}",
        }}
'''

MODULE = '''"""Losses of the family {family}: say in one line what they have in common."""

from dataclasses import dataclass

import numpy as np

__all__ = []
'''

CATALOGUE = '''"""The losses of `lossbook.losses.{family}`, and their values worked out by hand."""

import lossbook as lb

LOSSES = []

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = []
'''


def create(family: str, name: str, kind: str | None = None, root: Path = ROOT) -> list[Path]:
    """Write the stand-in and what belongs to it; return the files that changed.

    Raises
    ------
    ValueError
        If a name is not fit for a module or a class, or is taken, or the kind is not known.
    """
    losses = root / "lossbook" / "losses"
    module, exports = losses / f"{family}.py", losses / "__init__.py"
    tests = root / "tests" / "losses" / "catalogue" / f"{family}.py"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", family) or not re.fullmatch(r"[A-Z]\w*", name):
        raise ValueError(f"{family!r} {name!r}: write family as a module, Name as a class")
    if re.search(rf'"{name}"', exports.read_text(encoding="utf-8")):
        raise ValueError(f"there is a loss {name} already")
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
            f"(lb.{name}(), {chosen.known})",
        ),
    }
    for path, new in changes.items():
        path.write_text(new, encoding="utf-8", newline="\n")
    in_order(list(changes))
    return list(changes)


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
    parser.add_argument("--kind", choices=KINDS, help="what the loss is a function of")
    options = parser.parse_args(argv)
    fresh = not (ROOT / "lossbook" / "losses" / f"{options.family}.py").exists()
    try:
        changed = create(options.family, options.name, options.kind)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for path in changed:
        print(f"changed {path.relative_to(ROOT)}")
    if fresh:
        print(f"A new family: give lossbook.losses.{options.family} a section on a page of {API}")
    print(f"Now write the formula of {options.name}; lossbook.check_loss says what does not fit.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
