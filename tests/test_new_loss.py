"""What tools/new_loss.py makes keeps the contract of a loss, and says what is still to do."""

import os
import re
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
    new_loss.create("fresh", "StandInProbability", kind="probability", root=root, new=True)
    new_loss.create("newer", "StandInRow", kind="row", root=root, new=True)
    new_loss.create("newest", "StandInClasses", kind="classes", root=root, new=True)
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
    chosen = "(StandIn or exported) and not left_to_do"
    result = run(
        copy, "pytest", "-q", "-p", "no:cacheprovider", "-k", chosen, "tests/losses",
        *(f"lossbook/losses/{name}.py" for name in MODULES),
    )  # fmt: skip
    assert result.returncode == 0, result.stdout[-3000:]
    assert "passed" in result.stdout


def test_what_a_stand_in_leaves_to_say_is_named_until_it_is_said(copy):
    done = run(
        copy,
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-k",
        "left_to_do",
        "tests/losses/test_card.py",
    )
    left = set(re.findall(r"^E +(\w+\.py, line \d+: .*)$", done.stdout, re.M))
    written = [*(copy / "lossbook/losses").glob("*.py"), *(copy / "tests/losses").rglob("*.py")]
    todo = {
        f"{path.name}, line {at}: {line.strip()}"
        for path in written
        if path.stem in MODULES
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if "TODO" in line
    }
    assert left == todo
    said = "\n".join(todo)
    for placeholder in (
        "one line what the loss is",
        "insight",
        "first described",
        "say when not",
        "your own value",
        "your own claims",
        "pen and paper",
        "in common",
    ):
        assert placeholder in said
    assert len(todo) == 5 * 9 + 3  # nine of each loss, and of each new family what it is


def test_stand_ins_are_in_form(copy):
    for command in (["check"], ["format", "--check"]):
        result = run(copy, "ruff", *command, "--no-cache", "lossbook/losses", "tests/losses")
        assert result.returncode == 0, result.stdout


def test_a_loss_touches_four_places(copy):
    for path in ("lossbook/losses/margin.py", "lossbook/losses/__init__.py"):
        assert '"StandInMargin"' in (copy / path).read_text()
    catalogue = (copy / "tests/losses/catalogue/margin.py").read_text()
    assert "lb.StandInMargin()" in catalogue
    row = "# TODO: a value of your own formula, worked out with pen and paper.\n"
    assert f"{row}    (lb.StandInMargin(), 1.0, 0.5, 0.125, -0.5)" in catalogue


@pytest.mark.parametrize(
    ("family", "name", "says"),
    [
        ("margin", "StandInMargin", "StandInMargin stands for something already"),
        ("margin", "Huber", "Huber stands for something already"),
        ("margin", "Adam", "Adam stands for something already"),
        ("margin", "L1", "L1 stands for something already"),
        ("margin", "ClassVar", "ClassVar stands for something already"),
        ("margin", "Warning", "Warning stands for something already"),
        ("margin", "standIn", "'standIn' cannot be a loss: write it as a class"),
        ("margin", "None", "'None' cannot be a loss"),
        ("margin", "Mine-2", "'Mine-2' cannot be a loss"),
        ("margin", "Größe", "'Größe' cannot be a loss"),
        ("margni", "Mine", "there is no family margni: did you mean margin"),
        ("another", "Mine", "there is no family another: --new begins one"),
        ("Margin", "Mine", "'Margin' cannot be a module"),
        ("class", "Mine", "'class' cannot be a module"),
        ("inputs", "Mine", "inputs is no family of losses; these are adversarial, asymmetric"),
        ("kinds", "Mine", "kinds is no family"),
        ("base", "Mine", "base is no family"),
        ("mse", "Mine", "mse is no family"),
    ],
)
def test_names_that_will_not_do(copy, family, name, says):
    before = {path: path.read_bytes() for path in copy.rglob("*.py")}
    with pytest.raises(ValueError, match=re.escape(says)):
        new_loss.create(family, name, kind="margin", root=copy)
    assert {path: path.read_bytes() for path in copy.rglob("*.py")} == before


def test_a_new_family_says_what_its_losses_are_a_function_of(copy):
    with pytest.raises(ValueError, match="--kind"):
        new_loss.create("another", "Another", root=copy, new=True)
    with pytest.raises(ValueError, match="inputs is no family"):
        new_loss.create("inputs", "Another", kind="row", root=copy, new=True)
