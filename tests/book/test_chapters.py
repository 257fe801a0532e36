"""The book's chapters pass every check; test_checks.py shows that each check can fail."""

import chapter_checks as check
import exercise_checks
import pytest
from bookfiles import ROOT, chapter_name, chapters, read, toc_files

from lossbook.exercises import exercises

CHAPTERS = {chapter_name(path): path for path in chapters()}
BIBLIOGRAPHY = ROOT / "book" / "references.bib"


def report(problems):
    assert not problems, "\n".join(problems)


@pytest.fixture(scope="module", params=CHAPTERS, ids=str)
def chapter(request):
    return read(CHAPTERS[request.param])


@pytest.fixture(scope="module")
def bibliography():
    return check.bibliography_keys(BIBLIOGRAPHY.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", CHAPTERS)
def test_chapter_is_in_canonical_form(name):
    text = CHAPTERS[name].read_text(encoding="utf-8")
    report(check.canonical_form(read(CHAPTERS[name]), text, name))


@pytest.mark.parametrize(
    "problems",
    [
        check.counts,
        check.cell_lengths,
        check.tags,
        check.figure_texts,
        check.html_images,
        check.leaks,
        check.exceptions,
        check.unchecked_cells,
        check.title,
        exercise_checks.exercises,
        exercise_checks.self_test,
    ],
    ids=lambda function: function.__name__,
)
def test_chapter(chapter, problems):
    report(problems(chapter))


@pytest.mark.parametrize(
    "name", [name for name in CHAPTERS if name.split("/")[0] not in {"intro", "start", "reference"}]
)
def test_chapter_of_the_course_has_its_sections(name):
    report(check.sections(read(CHAPTERS[name])))


def test_citations_are_in_the_bibliography(chapter, bibliography):
    report(check.citations(chapter, set(bibliography)))


def test_bibliography_has_no_entry_twice(bibliography):
    report(check.repeated("reference", bibliography))


def test_table_of_contents_and_files_agree():
    report(check.toc_agrees(toc_files(), check.source_files(ROOT)))


def test_every_registered_exercise_is_set_in_one_chapter():
    used = {name: exercise_checks.used_names(read(path)) for name, path in CHAPTERS.items()}
    report(exercise_checks.registry_agrees(used, set(exercises())))
