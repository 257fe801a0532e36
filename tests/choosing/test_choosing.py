"""The guide from a problem to a loss: every path ends, and what it says is there."""

import contextlib
import io
import json
import re
from html import unescape

import numpy as np
import pytest
from bookfiles import ROOT

import lossbook as lb
from lossbook import choosing
from lossbook.choosing import GUIDE, LEFT_OUT
from lossbook.choosing.tree import Answer, Proposal, Question, Tree

PROPOSALS = [pytest.param(one, id=one.key) for one in GUIDE.proposals]
KEYS = [node.key for node in (*GUIDE.questions, *GUIDE.proposals)]


def headings(chapter: str) -> set[str]:
    """Return the headings of a chapter."""
    cells = json.loads((ROOT / "book" / f"{chapter}.ipynb").read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    return set(re.findall(r"^#+ (.+)$", text, re.M))


def test_no_key_is_there_twice():
    assert len(KEYS) == len(set(KEYS))


def test_every_answer_leads_somewhere_and_everything_is_reached():
    reached = {answer.to for question in GUIDE.questions for answer in question.answers}
    assert {GUIDE.start, *reached} == set(KEYS)


def test_every_path_ends_at_a_proposal_within_five_questions():
    paths = list(GUIDE.paths())  # would not come to an end in a circle
    assert {end for _, end in paths} == {proposal.key for proposal in GUIDE.proposals}
    assert max(len(steps) for steps, _ in paths) <= 5


def test_a_circle_would_be_noticed():
    def again(key, to):
        return Question(key, "?", "", (Answer("yes", to),))

    with pytest.raises(RecursionError):
        list(Tree("a", (again("a", "b"), again("b", "a")), ()).paths())


def test_every_question_says_why_and_has_answers_to_choose_from():
    for question in GUIDE.questions:
        assert question.text.endswith("?"), question.key
        assert question.why.endswith("."), question.key
        assert len(question.answers) >= 2, question.key
        texts = [answer.text for answer in question.answers]
        assert len(set(texts)) == len(texts), question.key


def test_who_finds_nothing_is_not_turned_away():
    assert [a.to for a in GUIDE[GUIDE.start].answers if a.text.startswith("None")] == ["own"]


def ends(*answers: str) -> set[str]:
    """Return the names of the losses at the ends of all paths that hold these answers."""
    paths = ((dict(steps).values(), end) for steps, end in GUIDE.paths())
    return {GUIDE[end].names[0] for given, end in paths if set(answers) <= set(given)}


def test_who_wants_a_probability_gets_one():
    found = ends("One of two classes", "A probability is read, or used further")
    assert found
    for name in found:
        assert getattr(lb, name)().card().link.startswith("probability"), name


@pytest.mark.parametrize(
    "answer", [a.text for a in GUIDE["classes"].answers if a.text != "A sample may have several"]
)
def test_losses_of_several_classes_take_labels_and_columns(answer):
    rows = np.array([[0.2, 0.5, 0.3], [0.1, 0.1, 0.8]])
    found = ends("One of several classes, or several labels", answer)
    assert found
    for name in found:
        assert getattr(lb, name)().pointwise([1, 2], rows).shape == (2,), name


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_a_proposal_is_complete(proposal):
    for field in ("symptom", "loss", "reason", "beware", "chapter", "heading"):
        assert getattr(proposal, field), field
    assert proposal.reason.endswith(".")
    assert proposal.beware.endswith(".")
    assert "`" not in f"{proposal.setting}{proposal.reason}{proposal.beware}"  # shown as it is
    assert 4 <= len(proposal.code.strip().splitlines()) <= 10
    assert max(map(len, proposal.snippet.splitlines())) <= 100


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_every_loss_of_a_proposal_exists(proposal):
    assert proposal.names
    for name in proposal.names:
        assert hasattr(lb, name), f"{proposal.key} names lb.{name}"


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_every_chapter_and_heading_exists(proposal):
    assert proposal.heading in headings(proposal.chapter)


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_every_snippet_runs_and_prints_one_line_with_its_loss(proposal):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(proposal.snippet, proposal.key, "exec"), {})
    lines = out.getvalue().strip().splitlines()
    assert len(lines) == 1
    assert len(lines[0]) >= 10
    kind = re.search(r"lb\.(?:custom\.)?(\w+)", proposal.loss)[1]
    assert kind in proposal.snippet or kind == "ResidualLoss"


def test_every_loss_of_the_cards_is_named_or_left_out_with_a_reason():
    named = {name for proposal in GUIDE.proposals for name in proposal.names}
    every = set(lb.cards().index)
    assert named & set(LEFT_OUT) == set()
    assert every - named == set(LEFT_OUT)
    assert all(len(reason) > 20 for reason in LEFT_OUT.values())


def test_the_dictionary_is_json_and_whole():
    found = json.loads(json.dumps(choosing.GUIDE.as_dict()))
    assert found["start"] == GUIDE.start
    assert [*found["questions"], *found["proposals"]] == KEYS
    for proposal in GUIDE.proposals:
        facts = found["proposals"][proposal.key]
        assert facts["snippet"] == proposal.snippet
        assert facts["names"] == list(proposal.names)
        assert len(facts["also"]) == len(proposal.also)


def test_the_lists_hold_every_question_and_proposal():
    html = choosing.GUIDE.as_html()
    for question in GUIDE.questions:
        assert f"<strong>{question.text}</strong>" in html
    assert all(f'href="{proposal.page}"' in html for proposal in GUIDE.proposals)
    assert html.count("<details>") == html.count("</details>")
    assert "<script" not in html


def test_the_table_has_a_row_for_each_proposal():
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>", choosing.GUIDE.as_table())
    assert list(map(unescape, rows)) == [proposal.symptom for proposal in GUIDE.proposals]
    assert len(set(rows)) == len(rows)


def test_what_is_not_in_the_guide_is_refused():
    with pytest.raises(KeyError, match="'hubert' is neither a question nor a proposal"):
        GUIDE["hubert"]


def test_a_snippet_brings_the_imports_it_needs_and_no_others():
    bare = Proposal("k", "s", "lb.Huber()", "", "r", "b", "c", "h", "print(lb.Huber())")
    assert bare.snippet == "import lossbook as lb\n\nprint(lb.Huber())\n"
