"""A new chapter has its entry, its form, and passes the checks of the book."""

import bookfiles
import chapter
import chapter_checks
import exercise_checks
import new_chapter
import pytest

TOC = """# the book
format: jb-book
root: book/intro
parts:
- caption: Losses
  chapters:
  - file: book/losses/first   # the first
  - file: book/losses/second
- caption: Reference
  chapters:
  - file: book/reference/faq
"""


def test_new_entry_comes_last_in_its_part():
    new = new_chapter.with_entry(TOC, "losses/third")
    assert new == TOC.replace("second\n", "second\n  - file: book/losses/third\n")
    end = new_chapter.with_entry(TOC.rstrip("\n"), "reference/api")
    assert end.endswith("  - file: book/reference/faq\n  - file: book/reference/api\n")


def test_new_entry_needs_a_part_and_comes_once():
    with pytest.raises(ValueError, match="already"):
        new_chapter.with_entry(TOC, "losses/second")
    with pytest.raises(ValueError, match=r"the parts are \['losses', 'reference'\]"):
        new_chapter.with_entry(TOC, "lost/third")


def test_the_form_of_an_exercise_is_what_ruff_leaves():
    nb = chapter.from_text(new_chapter.EXERCISE)
    before = [cell.source for cell in nb.cells]
    assert [cell.source for cell in chapter.formatted(nb).cells] == before


def test_new_chapter_passes_the_checks_of_the_book(tmp_path):
    (tmp_path / "_toc.yml").write_text(TOC, encoding="utf-8")
    path = new_chapter.create("losses/third", "A third loss", root=tmp_path)
    nb = bookfiles.read(path)
    checks = [
        *("counts", "cell_lengths", "tags", "figure_texts", "html_images", "leaks"),
        *("exceptions", "unchecked_cells", "title"),
    ]
    problems = [getattr(chapter_checks, name)(nb) for name in checks]
    problems += [exercise_checks.exercises(nb), exercise_checks.self_test(nb)]
    assert [problem for found in problems for problem in found] == []
    assert "book/losses/third" in bookfiles.toc_files(tmp_path)
    with pytest.raises(ValueError, match="exists already"):
        new_chapter.create("losses/third", "Again", root=tmp_path)
    with pytest.raises(ValueError, match="part/chapter"):
        new_chapter.create("Third", "Again", root=tmp_path)
