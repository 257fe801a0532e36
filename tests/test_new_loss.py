"""What tools/new_loss.py makes keeps the contract of a loss as it comes out."""

import os
import shutil
import subprocess
import sys

import new_loss
import pytest
from bookfiles import ROOT

MODULES = ("regression", "margin", "fresh", "newer", "newest")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a copy of the package and its tests, where losses of every kind were begun."""
    root = tmp_path_factory.mktemp("copy")
    ignore = shutil.ignore_patterns("__pycache__")
    for folder in ("lossbook", "tests/losses"):
        shutil.copytree(ROOT / folder, root / folder, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", root)
    new_loss.create("regression", "StandInResidual", root=root)
    new_loss.create("margin", "StandInMargin", root=root)
    new_loss.create("fresh", "StandInProbability", kind="probability", root=root)
    new_loss.create("newer", "StandInRow", kind="row", root=root)
    new_loss.create("newest", "StandInClasses", kind="classes", root=root)
    return root


def run(root, *command):
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )


def test_stand_ins_pass_the_tests_of_losses(copy):
    chosen = "StandIn or exported"
    result = run(
        copy, "pytest", "-q", "-p", "no:cacheprovider", "-k", chosen, "tests/losses",
        *(f"lossbook/losses/{name}.py" for name in MODULES),
    )  # fmt: skip
    assert result.returncode == 0, result.stdout[-3000:]
    assert "passed" in result.stdout


def test_stand_ins_are_in_form(copy):
    for command in (["check"], ["format", "--check"]):
        result = run(copy, "ruff", *command, "--no-cache", "lossbook/losses", "tests/losses")
        assert result.returncode == 0, result.stdout


def test_a_loss_touches_four_places(copy):
    for path in ("lossbook/losses/margin.py", "lossbook/losses/__init__.py"):
        assert '"StandInMargin"' in (copy / path).read_text()
    catalogue = (copy / "tests/losses/catalogue/margin.py").read_text()
    assert "lb.StandInMargin()" in catalogue
    assert "(lb.StandInMargin(), 1.0, 0.5, 0.125, -0.5)" in catalogue


def test_names_that_will_not_do(copy):
    with pytest.raises(ValueError, match="already"):
        new_loss.create("margin", "StandInMargin", root=copy)
    with pytest.raises(ValueError, match="as a class"):
        new_loss.create("margin", "standIn", root=copy)
    with pytest.raises(ValueError, match="--kind"):
        new_loss.create("another", "Another", root=copy)
