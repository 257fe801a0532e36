"""A chapter that needs PyTorch and the like runs in an environment of its own, and nowhere else."""

import ast
import re
import subprocess
import sys

import bookfiles
import chapter
import execute
import pytest
from jupyter_client.kernelspec import NoSuchKernel

HEADER = "---\nkernelspec:\n  display_name: Python 3 (frameworks)\n  name: frameworks\n---\n\n"
TEXT = "# T\n\n```{code-cell}\n1 + 1\n```\n"
FRAMEWORKS = {"torch", "tensorflow", "keras", "jax", "optax"}


@pytest.fixture
def book(tmp_path, monkeypatch):
    """Make a book of one plain chapter and one of the frameworks."""
    paths = [tmp_path / "book" / name for name in ("plain.ipynb", "theirs.ipynb")]
    for path, header in zip(paths, ("", HEADER), strict=True):
        chapter.push(path, header + TEXT, run=False)
    monkeypatch.setattr(bookfiles, "chapters", lambda: paths)
    return paths


def test_the_header_names_the_kernel_and_goes_round(book, tmp_path):
    plain, theirs = (bookfiles.read(path) for path in book)
    assert (bookfiles.kernel(plain), bookfiles.kernel(theirs)) == ("python3", "frameworks")
    text, before = tmp_path / "theirs.md", book[1].read_bytes()
    assert chapter.main(["pull", str(book[1]), str(text)]) == 0
    assert text.read_text(encoding="utf-8").startswith(HEADER)
    assert chapter.main(["push", "--no-run", str(book[1]), str(text)]) == 0
    assert book[1].read_bytes() == before


def test_a_kernel_of_somebody_s_own_becomes_the_book_s(book):
    nb = bookfiles.read(book[1])
    nb.metadata.kernelspec = {"name": "my-gpu", "display_name": "mine", "language": "python"}
    assert bookfiles.canonical(nb, "").metadata == bookfiles.METADATA


@pytest.mark.parametrize(
    ("options", "run", "passed_over"), [([], 0, [1]), (["--frameworks"], 1, [])]
)
def test_without_files_each_environment_has_its_chapters(
    book, monkeypatch, capsys, options, run, passed_over
):
    seen = []
    monkeypatch.setattr(execute, "_job", lambda job: (seen.append(job[0]) or [], 0.0))
    monkeypatch.setattr(execute, "ProcessPoolExecutor", _InThisProcess)
    assert execute.main(["--check", *options]) == 0
    assert [path.resolve() for path in seen] == [book[run].resolve()]
    said = re.findall(r"^skipped +(\S+): needs --frameworks$", capsys.readouterr().out, re.M)
    assert [path.rpartition("/")[2] for path in said] == [book[i].name for i in passed_over]


class _InThisProcess:
    """A pool of none, so that what was replaced stays replaced."""

    def __init__(self, workers):
        assert workers >= 1

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    map = staticmethod(map)


def test_a_kernel_that_is_not_set_up_is_named_with_the_cure(book, monkeypatch):
    def start(self, **options):
        raise NoSuchKernel(self.kernel_name)

    monkeypatch.setattr(execute.NotebookClient, "execute", start)
    with pytest.raises(execute.ChapterError, match=r"'frameworks'.*make test-frameworks"):
        execute.execute(bookfiles.read(book[1]), book[1])


def test_nbval_passes_over_the_chapters_of_another_kernel_and_says_why():
    """In a process of its own, as `make test` calls it; nothing is started, so it is fast."""
    theirs = [p for p in bookfiles.chapters() if bookfiles.kernel(bookfiles.read(p)) != "python3"]
    assert theirs
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "--nbval", "--nbval-current-env"]
    command += ["-p", "no:cacheprovider", *map(str, theirs)]
    done = subprocess.run(command, cwd=bookfiles.ROOT, capture_output=True, text=True, check=False)
    assert re.search(r"^SKIPPED \[\d+\].*make test-frameworks", done.stdout, re.M), done.stdout
    assert re.search(r"^\d+ skipped in", done.stdout, re.M), done.stdout


def imported(source):
    """Return the packages that a text of Python imports, wherever in it."""
    tree = ast.parse(re.sub(r"^\s*[%!].*$", "", source, flags=re.M))
    names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names += [n.name for node in ast.walk(tree) if isinstance(node, ast.Import) for n in node.names]
    return {name.partition(".")[0] for name in names}


def test_imports_are_found():
    assert imported("def f():\n    import torch.nn, os\n") == {"torch", "os"}
    assert imported("%matplotlib inline\nfrom keras.src import x") == {"keras"}


@pytest.mark.parametrize("path", bookfiles.chapters(), ids=bookfiles.chapter_name)
def test_a_chapter_imports_frameworks_only_in_their_kernel(path):
    nb = bookfiles.read(path)
    found = {n for c in nb.cells if c.cell_type == "code" for n in imported(c.source)} & FRAMEWORKS
    assert bookfiles.kernel(nb) == ("frameworks" if found else "python3"), found


def test_the_package_imports_no_framework():
    paths = (bookfiles.ROOT / "lossbook").rglob("*.py")
    found = {path.name: imported(path.read_text(encoding="utf-8")) & FRAMEWORKS for path in paths}
    assert not {name: names for name, names in found.items() if names}
