"""The project's papers keep their word: what they name exists, and what they show works."""

import ast
import importlib
import re
import unicodedata

import pytest
import yaml
from bookfiles import ROOT

import lossbook as lb

PAPERS = ["README.md", "CONTRIBUTING.md", "STYLE.md"]
MADE = {"_build/html/index.html", "_build/book.pdf", ".venv"}  # made by the commands
REFERENCE = ROOT / "book" / "reference"

_CODE = re.compile(r"```(?:python|bash|powershell|text)\n(.*?)```", re.DOTALL)
_TICKED = re.compile(r"`([\w./-]+)`")
_PATH = re.compile(r"[\w.-]*/[\w./-]*|[\w.-]+\.(?:md|py|yml|toml|txt|cff|bib)|LICENSE[\w-]*")
_FOLDERS = ("book", "lossbook", "tests", "benchmarks", "tools", ".ci")


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def missing_paths(text, root=ROOT):
    """Return the paths that a paper names and the project does not have.

    Names without a folder are looked for where the sentence may mean them: in the root, in the
    package and among the losses.
    """
    prose = re.sub(r"(?s)`{3,}.*?`{3,}", "", text)
    named = {name for name in _TICKED.findall(prose) if _PATH.fullmatch(name)}
    folders = "|".join(map(re.escape, _FOLDERS))
    named |= set(re.findall(rf"(?<![\w/.])(?:{folders})/[\w./-]+\w", prose))
    places = (root, root / "lossbook", root / "lossbook" / "losses")
    return sorted(
        name
        for name in named - MADE
        if not name.startswith("_static") and not any((place / name).exists() for place in places)
    )


@pytest.mark.parametrize("paper", PAPERS)
def test_paths_exist(paper):
    assert missing_paths(read(paper)) == []


def test_a_path_that_does_not_exist_is_found():
    assert missing_paths("see `lossbook/nowhere.py` and tools/nothing.py") == [
        "lossbook/nowhere.py",
        "tools/nothing.py",
    ]


@pytest.mark.parametrize("paper", PAPERS)
def test_make_goals_exist(paper):
    goals = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.M))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", read(paper), re.M))
    assert named - goals == set()


def test_readme_gives_the_two_commands_also_in_pip():
    blocks = _CODE.findall(read("README.md"))
    assert any(re.search(r"^make book\b.*\n^make test\b", block, re.M) for block in blocks)
    windows = next(block for block in blocks if "venv .venv" in block)
    recipes = read("Makefile").replace("\\\n", " ")
    for words in ("--all -W -n --keep-going", "--dist loadfile --nbval --nbval-current-env"):
        assert words in windows, f"README and Makefile differ: {words}"
        assert words in " ".join(recipes.split()), f"README and Makefile differ: {words}"


def test_readme_python_example_says_what_it_does():
    block = next(block for block in _CODE.findall(read("README.md")) if "lb.Huber" in block)
    seen = {}
    exec(block, seen)
    loss = seen["loss"]
    assert loss([0.0, 0.0], [0.5, 3.0]) == 1.3125
    assert loss.grad([0.0, 0.0], [0.5, 3.0]).tolist() == [0.25, 0.5]


def test_licences_are_there():
    code, text = read("LICENSE"), read("LICENSE-TEXT")
    assert code.startswith("MIT License")
    assert "LICENSE-TEXT" in code
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in text
    assert (ROOT / "book/_static/mathjax/LICENSE").exists()


def test_citation_parses_and_has_the_version_of_the_package():
    citation = yaml.safe_load(read("CITATION.cff"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == lb.__version__
    assert {"message", "title", "authors"} <= set(citation)
    assert f"version {lb.__version__}" in read("README.md")
    assert f"## {lb.__version__}" in read("CHANGELOG.md")


# --- CONTRIBUTING.md ------------------------------------------------------------------------


@pytest.fixture
def worked_example():
    """Run the example as if it stood in the module that the text names."""
    block = next(b for b in _CODE.findall(read("CONTRIBUTING.md")) if "class SquaredTube" in b)
    names = dict(vars(importlib.import_module("lossbook.losses.regression")))
    exec(block, names)
    return names["SquaredTube"]


def test_the_worked_example_keeps_the_contract(worked_example):
    for epsilon in (0.1, 0.5, 2.0):
        report = lb.check_loss(worked_example(epsilon))
        assert report, str(report)


def test_the_worked_example_has_the_value_that_its_docstring_and_its_row_say(worked_example):
    assert worked_example(0.5).pointwise([0.0, 0.0], [0.4, 2.0]).tolist() == [0.0, 2.25]
    row = re.search(r"\(lb\.SquaredTube\(1\.0\), (.*)\),", read("CONTRIBUTING.md"))
    truth, prediction, value, slope = map(float, row[1].split(","))
    assert worked_example(1.0).pointwise(truth, prediction) == value
    assert worked_example(1.0).pointwise_grad(truth, prediction) == slope


def rows_of_the_house():
    """Return module ↦ row, from the table in CONTRIBUTING.md."""
    rows = re.findall(r"^\| (\d) \| (.*?) \|", read("CONTRIBUTING.md"), re.M)
    return {name: int(row) for row, names in rows for name in re.findall(r"`(\w+)`", names)}


def imported_when_loaded(path):
    """Yield the modules of lossbook that a file imports at its top level."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.ImportFrom):
            continue
        base = package[: len(package) - node.level + 1] if node.level else ()
        full = [*base, *(node.module or "").split(".")]
        full = [part for part in full if part]
        if full[:1] == ["lossbook"]:
            yield from [full[1]] if len(full) > 1 else [alias.name for alias in node.names]


def test_the_house_is_built_as_the_table_says():
    rows, wrong = rows_of_the_house(), []
    package = ROOT / "lossbook"
    for path in sorted(package.rglob("*.py")):
        own = path.relative_to(package).parts[0].removesuffix(".py")
        if own == "__init__":
            continue
        assert own in rows, f"CONTRIBUTING.md does not say where lossbook.{own} stands"
        wrong += [
            f"{path.relative_to(ROOT)} imports {name}"
            for name in imported_when_loaded(path)
            if name in rows and rows[name] > rows[own]
        ]
    assert not wrong, "\n".join(wrong)


# --- STYLE.md -------------------------------------------------------------------------------


def test_style_shows_the_forms_that_the_tool_writes():
    new_chapter = importlib.import_module("new_chapter")
    style = read("STYLE.md")
    assert new_chapter.EXERCISE.strip() in style
    question, *_ = new_chapter.SELF_TEST.split(":::{dropdown} None")
    assert question.strip() in style


# --- The reference of the package -----------------------------------------------------------


def documented():
    """Return what the pages document: of modules documented whole, all their public names."""
    text = "".join(path.read_text(encoding="utf-8") for path in REFERENCE.rglob("*.md"))
    found = set()
    for name in re.findall(r"automodule:: ([\w.]+)\n\s+:members:", text):
        module = importlib.import_module(name)
        public = getattr(module, "__all__", None) or [n for n in vars(module) if n[0] != "_"]
        found |= {id(getattr(module, n)) for n in public}
    for name in re.findall(r"auto(?:class|function):: ([\w.]+)", text):
        module, attribute = name.rsplit(".", 1)
        found.add(id(getattr(importlib.import_module(module), attribute)))
    return found


@pytest.mark.parametrize("name", ["", ".data", ".exercises", ".plotting", ".optimizers"])
def test_every_public_name_is_in_the_reference(name):
    module, shown = importlib.import_module(f"lossbook{name}"), documented()
    public = {n: getattr(module, n) for n in module.__all__}
    things = {n: v for n, v in public.items() if callable(v) and not isinstance(v, lb.Loss)}
    assert things
    assert [n for n, v in things.items() if id(v) not in shown] == []


def test_ready_made_losses_are_what_the_page_says():
    rows = re.findall(r"^\| (`\w+`.*?) \| `(\w+\(.*\))` \|$", read("book/reference/api.md"), re.M)
    said = {n: eval(loss, vars(lb)) for names, loss in rows for n in re.findall(r"`(\w+)`", names)}
    assert said == {n: v for n in lb.__all__ if isinstance(v := getattr(lb, n), lb.Loss)}


# --- The bibliography -----------------------------------------------------------------------

WHOLE = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ß": "ss", "æ": "ae"})


def test_every_entry_of_the_bibliography_is_complete():
    from pybtex.database import parse_file

    entries = parse_file(str(ROOT / "book" / "references.bib")).entries
    assert entries
    for key, entry in entries.items():
        fields, author = entry.fields, entry.persons["author"][0]
        first = "".join(author.last_names)
        assert {"title", "year"} <= set(fields), key
        assert {"journal", "booktitle", "publisher", "eprint", "institution"} & set(fields), key
        whole = first.translate(WHOLE)
        plain = unicodedata.normalize("NFKD", whole).encode("ascii", "ignore").decode()
        if not author.first_names:  # an institution goes by its initials
            plain = "".join(word[0] for word in plain.strip("{}").split())
        letters = re.sub(r"[^a-z]", "", plain.lower())
        assert key.startswith(letters), f"{key} is not the key of {first}"
        assert fields["year"] in key, key
