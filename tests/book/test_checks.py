"""Each check reports the fault that is planted for it, and passes what is as it should be."""

from pathlib import Path

import bookfiles
import chapter
import chapter_checks as chapters
import exercise_checks as exercises
import nbformat
import new_chapter
import pytest
import site_checks as site

SVG = "<svg xmlns='http://www.w3.org/2000/svg'/>"
PLACEHOLDER, PASSED = "… toy.double · Not attempted yet\nBegin.", "✓ toy.double · Right\nTested."


def code(source="1 + 1", count=1, outputs=(), **metadata):
    cell = nbformat.v4.new_code_cell(source, execution_count=count, metadata=metadata)
    cell.outputs = [nbformat.from_dict(output) for output in outputs]
    return cell


def stream(text):
    return {"output_type": "stream", "name": "stdout", "text": text}


def display(**data):
    data = {kind.replace("_", "/"): value for kind, value in data.items()}
    return {"output_type": "display_data", "metadata": {}, "data": data}


def figure():
    return display(text_plain="<Figure>") | {"data": {"image/svg+xml": SVG}}


def error():
    return {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": ["no"]}


def notebook(*cells):
    cells = [nbformat.v4.new_markdown_cell(c) if isinstance(c, str) else c for c in cells]
    return nbformat.v4.new_notebook(cells=cells)


DRAWN = {"image": {"alt": "A line that rises"}, "figure": {"caption": "It rises."}}
FOLDED = {"source_hidden": True, "outputs_hidden": True}


def exercise(text=new_chapter.EXERCISE, placeholder=PLACEHOLDER, passed=PASSED):
    """Return the exercise of the scaffold, as it would be after a run, with some of it changed."""
    nb = chapter.from_text("# Title\n\n" + text)
    for i, cell in enumerate(chapters.code_cells(nb)):
        cell.outputs = [nbformat.from_dict(display(text_plain=(placeholder, passed)[i % 2]))]
    bookfiles.add_ids(nb.cells, "toy")
    return nb


def edited(old, new, text=new_chapter.EXERCISE):
    assert old in text, "the fault must be planted"
    return text.replace(old, new, 1)


def test_canonical_form():
    nb = bookfiles.canonical(notebook("# Title", code()), "toy")
    text = bookfiles.dumps(nb)
    assert chapters.canonical_form(nb, text, "toy") == []
    changed = text.replace('"metadata": {}', '"metadata": {"collapsed": true}', 1)
    assert changed != text
    assert chapters.canonical_form(nbformat.reads(changed, 4), changed, "toy")
    assert chapters.canonical_form(nb, text.rstrip("\n"), "toy")


GOOD = {
    chapters.counts: notebook("# T", code(count=1), code(count=2)),
    chapters.cell_lengths: notebook(code("\n\n".join("x" * 20)), code("x"), code("x")),
    chapters.tags: notebook(code(tags=["hide-input", "remove-cell"])),
    chapters.figure_texts: notebook(code(outputs=[figure()], mystnb=DRAWN)),
    chapters.html_images: notebook(code(outputs=[display(text_html='<img alt="A line" src="x">')])),
    chapters.leaks: notebook(code(outputs=[stream("0x1f and 0.25, a/b\n")])),
    chapters.exceptions: notebook(code(outputs=[error()], tags=["raises-exception"])),
    chapters.unchecked_cells: notebook(code("# why: because\n1")),
    chapters.title: notebook("# T\n\n## A\n\n```\n# no title\n```"),
    exercises.exercises: exercise(),
}
FAULTS = [
    (chapters.counts, notebook(code(count=2)), "not 1..1"),
    (chapters.counts, notebook(code(count=1), code(count=None)), "not 1..2"),
    (chapters.cell_lengths, notebook(code("\n".join("x" * 21)), code("x"), code("x")), "21 lines"),
    (chapters.cell_lengths, notebook(code("\n".join("x" * 6))), "median"),
    (chapters.tags, notebook(code(tags=["hide_input"])), "hide_input"),
    (chapters.figure_texts, notebook(code(outputs=[figure()])), "without alt text"),
    (
        chapters.figure_texts,
        notebook(code(outputs=[figure()], mystnb=DRAWN | {"figure": {}})),
        "without caption",
    ),
    (
        chapters.figure_texts,
        notebook(code(outputs=[figure()], mystnb=DRAWN | {"image": {"alt": " "}})),
        "without alt text",
    ),
    (
        chapters.figure_texts,
        notebook(code(outputs=[figure()], mystnb=DRAWN | {"image": {"alt": "It rises."}})),
        "repeats the caption",
    ),
    (
        chapters.figure_texts,
        notebook(code(outputs=[figure(), figure()], mystnb=DRAWN)),
        "share one alt text",
    ),
    (chapters.html_images, notebook(code(outputs=[display(text_html="<img src=x>")])), "<img>"),
    (chapters.html_images, notebook(code(outputs=[display(text_html='<img alt="">')])), "<img>"),
    (chapters.leaks, notebook(code(outputs=[stream("<A at 0x7f3a5c1d2e90>")])), "address"),
    (chapters.leaks, notebook(code(outputs=[stream("/home/ada/book")])), "path"),
    (chapters.leaks, notebook(code(outputs=[stream("C:\\Users\\ada")])), "path"),
    (chapters.leaks, notebook(code(outputs=[stream("Wall time: 3 ms")])), "timing"),
    (chapters.leaks, notebook(code(outputs=[stream("1%\r2%")])), "progress bar"),
    (chapters.exceptions, notebook(code(outputs=[error()])), "raises without the tag"),
    (chapters.exceptions, notebook(code(tags=["raises-exception"])), "does not raise"),
    (chapters.unchecked_cells, notebook(code("# NBVAL_SKIP\n1")), "hidden from the tests"),
    (chapters.title, notebook("## T"), "only title"),
    (chapters.title, notebook("# T", "# U"), "only title"),
    (chapters.title, notebook(code(), "# T"), "only title"),
]


def _name(value):
    return getattr(value, "__name__", value if isinstance(value, str) else "")


@pytest.mark.parametrize("problems", GOOD, ids=_name)
def test_check_passes_what_is_right(problems):
    assert problems(GOOD[problems]) == []


@pytest.mark.parametrize(("problems", "nb", "report"), FAULTS, ids=_name)
def test_check_reports_the_fault(problems, nb, report):
    assert report in "\n".join(problems(nb))


EXERCISE_FAULTS = [
    (":label: ex-toy-double\n", "", "has no label"),
    ('check("toy.double", double)', "double(1)", "has no check"),
    ("{solution-start} ex-toy-double", "{solution-start} ex-other", "has no solution"),
    ("{solution-start} ex-toy-double", "{solution-start} ex-other", "which is no exercise"),
    (":class: dropdown\n", "", "not folded (:class: dropdown)"),
    ("outputs_hidden: true", "outputs_hidden: false", "not folded in JupyterLab"),
    (
        "def double(x):\n    return 2 * x",
        "double = 2",
        "begin the solution of 'ex-toy-double' with",
    ),
    (", record=False", "", "needs record=False"),
    (
        'check("toy.double", double, record',
        'check("toy.treble", double, record',
        "not ['toy.double']",
    ),
    ("```{exercise-end}\n```\n", "", "before exercise 'ex-toy-double' is closed"),
    ("```{solution-end}\n```\n", "", "never closed"),
    ("```{exercise-start}", "```{exercise-end}\n```\n\n```{exercise-start}", "closes nothing"),
    ("```{exercise-start}", "```{exercise} Short\n```\n\n```{exercise-start}", "code cells fit"),
    ("\n```{code-cell}", "\n### A heading\n\n```{code-cell}", "a heading inside exercise"),
    (
        "```{exercise-start}",
        "```{code-cell}\ncheck('a.b', 1)\n```\n\n```{exercise-start}",
        "outside",
    ),
]


@pytest.mark.parametrize(("old", "new", "report"), EXERCISE_FAULTS, ids=_name)
def test_exercise_check_reports_the_fault(old, new, report):
    assert report in "\n".join(exercises.exercises(exercise(edited(old, new))))


def test_exercise_check_reads_the_stored_verdicts():
    assert "placeholder" in exercises.exercises(exercise(placeholder=PASSED))[0]
    assert "does not pass" in exercises.exercises(exercise(passed=PLACEHOLDER))[0]
    twice = exercise(new_chapter.EXERCISE + new_chapter.EXERCISE)
    assert "exercise 'ex-toy-double' is there twice" in exercises.exercises(twice)


def test_exercises_and_registry():
    assert exercises.used_names(exercise()) == {"toy.double"}
    agree = exercises.registry_agrees
    assert agree({"a": {"x"}, "b": {"y"}}, {"x", "y"}) == []
    assert "not registered" in agree({"a": {"x"}}, set())[0]
    assert "no chapter" in agree({"a": set()}, {"x"})[0]
    assert "['a', 'b']" in agree({"a": {"x"}, "b": {"x"}}, {"x"})[0]


SELF_TEST = new_chapter.SELF_TEST
SELF_TEST_FAULTS = [
    (":class-body: right", ":class-body: wrong", "has 0 right choices"),
    (":class-body: wrong", ":class-body: right", "has 2 right choices"),
    (":class-body: wrong\n", "", "is right or wrong"),
    ("**1.**", "**2.**", "numbered [2]"),
    ("**1.** ", "", "numbered [0]"),
]


def test_self_test_passes_the_scaffold():
    assert exercises.self_test(notebook("# T", SELF_TEST)) == []
    assert exercises.self_test(notebook("# T\n\nNo self-test.")) == []


@pytest.mark.parametrize(("old", "new", "report"), SELF_TEST_FAULTS, ids=_name)
def test_self_test_check_reports_the_fault(old, new, report):
    nb = notebook("# T", edited(old, new, SELF_TEST))
    assert report in "\n".join(exercises.self_test(nb))


def test_self_test_needs_questions_choices_and_explanations():
    question = "## Self-test\n\n**1.** Why?\n\n"
    choice = ":::{{dropdown}} {}\n:class-body: {}\n{}\n:::\n\n"
    right = choice.format("yes", "right", "Because it is so, always.")
    wrong = choice.format("no", "wrong", "Because it is not so, ever.")
    mute = choice.format("maybe", "wrong", "No.")

    def report(text):
        return "\n".join(exercises.self_test(notebook(text)))

    assert "without a question" in report("## Self-test\n\nNothing.")
    assert "2 choices" in report(question + right + wrong)
    assert "does not explain the choice 'maybe'" in report(question + right + wrong + mute)
    assert "empty or equal choices" in report(question + right + wrong + wrong)


def test_a_chapter_needs_its_sections_in_their_order():
    text = "# Title\n\n" + "\n\n".join(s.strip() for s in chapters.SECTIONS) + "\n\nEnd."
    assert chapters.sections(notebook(text)) == []
    assert chapters.sections(notebook(text.replace("## Questions", "## Questions it answers")))
    assert chapters.sections(notebook(text.replace("**In short.**", "") + "\n\n**In short.**"))


def test_citations_and_bibliography():
    keys = chapters.bibliography_keys("@book{a2000,\n title={X}}\n@comment{b,}\n@article{c1, }")
    assert keys == ["a2000", "c1"]
    assert chapters.citations(notebook("{cite}`a2000` and {cite:t}`c1, a2000`"), {*keys}) == []
    assert "'d3'" in chapters.citations(notebook("See {cite:p}`a2000,d3`."), {*keys})[0]
    assert chapters.repeated("reference", ["a", "b"]) == []
    assert "2 times" in chapters.repeated("reference", ["a", "b", "a"])[0]


def test_table_of_contents_and_files():
    assert chapters.toc_agrees(["book/a", "book/b"], ["book/b", "book/a"]) == []
    assert "not there" in chapters.toc_agrees(["book/a"], [])[0]
    assert "not in _toc.yml" in chapters.toc_agrees([], ["book/a"])[0]
    assert "2 times" in chapters.toc_agrees(["book/a", "book/a"], ["book/a"])[0]


def page(body, path="index.html"):
    return site.read_page(Path("/site") / path, f"<html><head></head><body>{body}</body></html>")


def test_page_checks_pass_a_page_that_is_right():
    right = page('<h1 id="a">T</h1><img src="_images/a.svg" alt="A line"><a href="#a">up</a>')
    assert not site.repeated_ids(right) + site.missing_alt(right) + site.one_title(right)
    assert not site.remote_loads(right)
    printed = page('<div class="onlyprint"><h1>T</h1><div></div></div><h1>T</h1>')
    assert site.one_title(printed) == []
    outward = page('<h1>T</h1><a href="https://example.org/paper">paper</a>')
    assert site.remote_loads(outward) == []


@pytest.mark.parametrize(
    ("problems", "body", "report"),
    [
        (site.repeated_ids, '<p id="a"><p id="a">', "'a' is there 2 times"),
        (site.missing_alt, '<img src="x.png">', "x.png"),
        (site.missing_alt, '<img src="_images/x.png" alt=" ">', "x.png"),
        (site.one_title, "<h1>a</h1><h1>b</h1>", "2 <h1>"),
        (site.one_title, "<h2>a</h2>", "0 <h1>"),
        (site.one_title, '<div class="onlyprint"><h1>T</h1></div>', "0 <h1>"),
        (site.remote_loads, '<script src="https://cdn.example/x.js"></script>', "x.js"),
        (site.remote_loads, '<script src="//cdn.example/x.js"></script>', "x.js"),
        (site.remote_loads, '<script>load("https://cdn.example/x.js")</script>', "cdn.example"),
        (site.remote_loads, '<link rel="stylesheet" href="https://a.example/x.css">', "x.css"),
        (site.remote_loads, '<link rel="preconnect" href="https://a.example">', "a.example"),
        (site.remote_loads, '<img src="https://a.example/x.png" alt="x">', "x.png"),
        (site.remote_loads, '<img srcset="a.png 1x, https://a.example/b.png 2x">', "b.png"),
        (site.remote_loads, '<iframe src="https://a.example/"></iframe>', "a.example"),
        (site.remote_loads, "<style>@import 'https://a.example/x.css';</style>", "x.css"),
        (site.remote_loads, '<p style="background: url(//a.example/x.png)">', "x.png"),
    ],
)
def test_page_check_reports_the_fault(problems, body, report):
    assert report in "\n".join(problems(page(body)))


def test_style_sheets():
    assert site.remote_css("a{background:url(data:image/png;base64,AA)} b{src:url(x.woff)}") == []
    assert site.remote_css('@import url("https://a.example/x.css");')
    assert site.remote_css("@font-face{src:url('//a.example/x.woff2')}")


def test_links(tmp_path):
    files = {"a.html": '<a href="b.html#there">', "b.html": '<p id="there">'}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    pages = {tmp_path / name: site.read_page(tmp_path / name) for name in files}

    def report(link):
        linking = site.read_page(tmp_path / "a.html", f'<h1 id="top"><a href="{link}">')
        return "\n".join(site.broken_links(linking, pages, tmp_path))

    for good in ("b.html#there", "b.html?v=1", "/b.html", "mailto:a@b", "https://example.org/#x"):
        assert report(good) == ""
    assert "no file" in report("c.html")
    assert "no anchor" in report("b.html#here")
    assert "no anchor" in report("#here")
