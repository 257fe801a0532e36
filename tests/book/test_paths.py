"""The paths lead to what is there, and the indexes leave nothing out."""

import json
import re
import tomllib
from functools import cache

import pytest
import yaml
from bookfiles import ROOT, chapter_name, chapters, toc_files

import lossbook as lb
from lossbook.exercises._registry import every

BOOK = ROOT / "book"
LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
EXERCISE = re.compile(r"exercise-start\} (.*)\n:label: (\S+)(?:.|\n)*?\bcheck\(\s*\"([\w.]+)\"")
PAGES = ("start/paths", "reference/indexes", "reference/formula-sheet")
COURSE = ("concepts", "losses", "optimization", "applications")
# How the page reckons: words and cells a minute.
WORDS, CELLS, SLACK = 200, 3, 5


@cache
def cells(name):
    """Return the kind and the source of each cell of a chapter, and what it shows as Markdown."""
    found = json.loads((BOOK / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return [
        (
            cell["cell_type"],
            "".join(cell["source"]),
            "".join("".join(o.get("data", {}).get("text/markdown", "")) + "\n" for o in outputs),
        )
        for cell in found
        for outputs in [cell.get("outputs", ())]
    ]


def source(name):
    """Return the text of a chapter: its words and its code, cell after cell."""
    return "\n".join(text for _, text, _ in cells(name))


def shown(name):
    """Return the text of a page with what its cells show as Markdown."""
    return "\n".join(output if kind == "code" else text for kind, text, output in cells(name))


def section(heading):
    """Return the section of the page of paths under a heading."""
    return re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", shown("start/paths"), re.M | re.S)[1]


def rows(table):
    """Return the cells of a table in Markdown, without its head."""
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [re.split(r" (?<!\\)\| ", line.strip("| ")) for line in lines[2:]]


def linked_chapters(text):
    """Return the chapters that a text on one of the pages links to."""
    found = re.findall(r"\]\(\.\./([\w/-]+)\.ipynb\)", text)
    return [name for name in found if name.split("/")[0] in COURSE]


def reading_time(name):
    """Return the minutes that a chapter takes up to its exercises."""
    words = codes = 0
    for kind, text, _ in cells(name):
        before, exercises, _ = text.partition("## Exercises")
        if kind == "markdown":
            words += len(before.split())
            if exercises:
                break
        else:
            codes += 1
    return words / WORDS + codes / CELLS


WEEKS = rows(section("A course of twelve weeks"))


def test_the_course_has_twelve_weeks_and_every_chapter_once():
    assert [int(week) for week, *_ in WEEKS] == list(range(1, 13))
    taught = [name for row in WEEKS for name in linked_chapters(row[1])]
    book = [name.removeprefix("book/") for name in toc_files()]
    written = [
        name for name in book if name.split("/")[0] in COURSE and (BOOK / f"{name}.ipynb").exists()
    ]
    assert sorted(taught) == sorted(written)


@pytest.mark.parametrize("week", WEEKS, ids=lambda row: f"week {row[0]}")
def test_each_exercise_of_a_week_is_set_in_a_chapter_of_that_week(week):
    _, taught, exercises, after = week
    known = {exercise.name for exercise in every()}
    found = [e for name in linked_chapters(taught) for e in EXERCISE.findall(source(name))]
    there = {f"#{label}": title for title, label, name in found if name in known}
    named = LINK.findall(exercises)
    assert 5 <= len(named) <= 6
    assert {target: title for title, target in named} == {t: there.get(t) for _, t in named}
    assert after.strip()


def test_the_minutes_are_what_the_page_says_they_are():
    step = r"^\d\. .*?\.\./([\w/-]+)\.ipynb\), (\d+) minutes"
    evening = re.findall(step, section("One evening"), re.M)
    assert len(evening) == 3
    stated = [(name, int(minutes)) for name, minutes in evening]
    for _, names, minutes, _ in rows(section("A weekend")):
        stated += zip(linked_chapters(names), map(int, minutes.split(",")), strict=True)
    wrong = [
        f"{name}: {minutes} stated, {reading_time(name):.0f} reckoned"
        for name, minutes in stated
        if abs(minutes - reading_time(name)) > SLACK
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page):
    """Words, files and labels here; test_site.py looks at the built page."""
    folder = (BOOK / page).parent
    text = "\n".join(map(source, map(chapter_name, chapters())))
    labels = {a or b for a, b in re.findall(r"^(?:\(([\w-]+)\)=|:label: (\S+))$", text, re.M)}
    links = LINK.findall(shown(page))
    assert links
    lost = [target for _, target in links if not _there(target, folder, labels)]
    assert not lost, lost


def _there(target, folder, labels):
    if target.startswith("#lossbook."):
        thing = getattr(lb, target.rpartition(".")[2], None)
        return target == f"#{getattr(thing, '__module__', '')}.{getattr(thing, '__name__', '')}"
    return target[1:] in labels if target.startswith("#") else (folder / target).exists()


def test_the_index_has_every_exercise_that_is_set_with_its_level():
    index = re.findall(r"^\| (★+)☆* \| .*?`([\w.]+)` \|", shown("reference/indexes"), re.M)
    listed = {name: len(stars) for stars, name in index}
    assert len(listed) == len(index)
    text = "\n".join(map(source, map(chapter_name, chapters())))
    placed = {name for _, _, name in EXERCISE.findall(text)}
    assert listed == {e.name: e.level for e in every() if e.name in placed}


def test_the_index_has_every_loss_and_everything_that_takes_a_step():
    listed = re.findall(r"^\| \[(\w+)\]\(#lossbook\.", shown("reference/indexes"), re.M)
    steps = {*lb.optimizers.__all__, *lb.schedules.__all__, *lb.penalties.__all__, "lbfgs"}
    expected = {type(loss).__name__ for loss in lb.all_losses()} | steps
    assert sorted(listed) == sorted(expected - {"Optimizer", "Penalty"})


def test_the_sheet_has_what_its_cells_have_derived():
    sheet = rows(re.sub(r"(?m)^(?!\|).*\n", "", shown("reference/formula-sheet")))
    cards = {row[0]: row for row in sheet if len(row) == 6}
    losses = {type(loss).__name__: loss for loss in lb.all_losses()}
    named = {re.match(r"\[(\w+)\]", cell)[1]: row for cell, row in cards.items() if cell[0] == "["}
    assert len(named) >= 20
    for name, (*_, letters) in named.items():
        card = losses[name].card()
        claimed = {"C": card.convex, "P": card.proper, "K": card.calibrated}
        assert {k for k, yes in claimed.items() if yes} == set(letters) & set(claimed), name


def test_the_readme_cites_what_the_citation_file_says():
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= cff.keys()  # all that 1.2.0 requires
    assert cff["cff-version"] == "1.2.0"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    entry = dict(re.findall(r"^  (\w+) += \{+(.*?)\}+,?$", readme, re.M))
    authors = " and ".join(author["name"] for author in cff["authors"])
    stated = {"author": authors, "title": cff["title"], "version": cff["version"]}
    assert stated == {key: entry[key] for key in stated}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cff["version"] == project.get("version", cff["version"])


@pytest.mark.parametrize("picture", ["chapter", "exercise"])
def test_the_pictures_of_the_readme_are_there_and_light(picture):
    assert f"(docs/{picture}.png)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert 10_000 < (ROOT / "docs" / f"{picture}.png").stat().st_size <= 150_000
