"""The page on choosing a loss: the table of all losses, and the guide as a conversation."""

import page_checks as check
import pytest
from test_folding import walk_to

import lossbook as lb
from lossbook.choosing import GUIDE

PAGE = "book/reference/choosing.html"
COUNT = len(lb.all_losses())
EVERYDAY = {
    "MAE": "AbsoluteError",
    "L1": "AbsoluteError",
    "mean absolute error": "AbsoluteError",
    "mse": "SquaredError",
    "RMSE": "SquaredError",
    "huber loss": "Huber",
    "pinball": "Quantile",
    "quantile regression": "Quantile",
    "BCE": "BinaryCrossEntropy",
    "log loss": "BinaryCrossEntropy",
    "log-loss": "BinaryCrossEntropy",
    "cross entropy": "SoftmaxCrossEntropy",
    "cross-entropy logits": "SigmoidCrossEntropy",
    "crossentropy": "CategoricalCrossEntropy",
    "0-1 loss": "ZeroOne",
    "SVM": "Hinge",
    "AdaBoost": "Exponential",
    "kullback-leibler": "KLDivergence",
    "KL divergence": "KLDivergence",
    "earth mover’s distance": "Wasserstein1D",
    "Sorensen": "Dice",
    "IoU": "Jaccard",
    "siamese": "Contrastive",
    "RankNet": "PairwiseLogistic",
    "  outliers  ": "Huber",
    "CTC": "CTC",
}


@pytest.fixture
def page(visit):
    """The page, as it opens."""
    return visit(PAGE)


def rows(page):
    """Return the losses that the table shows, and see that it says how many they are."""
    names = page.locator(".loss-table tbody tr:visible > th").all_inner_texts()
    said = page.locator(".loss-table [role=status]").inner_text()
    assert said.startswith(f"{len(names)} of {COUNT} losses")
    return names


def column(page, place):
    """Return what a column says, from top to bottom."""
    return page.locator(f".loss-table tbody tr > :nth-child({place})").all_inner_texts()


def test_a_search_by_everyday_names_narrows_the_table_and_says_so(page):
    search = page.get_by_label("Find")
    assert len(rows(page)) == COUNT
    for words, loss in EVERYDAY.items():
        search.fill(words)
        found = rows(page)
        assert loss in found, words
        assert len(found) < COUNT / 3, words
    search.fill("log loss")
    assert rows(page)[0] == "BinaryCrossEntropy", "what is called so comes first"
    search.fill("pinball nonsense")
    assert rows(page) == []
    search.fill("")
    assert len(rows(page)) == COUNT
    assert not page.faults


def test_filters_leave_what_was_asked_for(page):
    cards = lb.cards()
    page.get_by_label("Target").select_option("sequences")
    assert rows(page) == ["CTC"]
    page.get_by_label("Target").select_option("all")
    ticks = {
        "convex": cards[cards.convex.eq(True)],
        "bounded slope": cards[cards.lipschitz < float("inf")],
        "proper": cards[cards.proper.eq("yes")],
    }
    for label, expected in ticks.items():
        page.get_by_label(label).check()
        assert sorted(rows(page)) == sorted(expected.index)
        page.get_by_label(label).uncheck()


def test_enter_on_a_head_sorts_and_says_so(page):
    heads = page.locator(".loss-table thead th")
    names = column(page, 1)
    for place, down in [(1, False), (1, True), (5, False), (5, True)]:
        heads.nth(place - 1).locator("button").focus()
        page.keyboard.press("Enter")
        directions = [head.get_attribute("aria-sort") for head in heads.all()]
        assert [i for i, way in enumerate(directions, 1) if way] == [place]
        assert directions[place - 1] == ("descending" if down else "ascending")
        if place == 1:
            assert column(page, 1) == sorted(names, key=str.lower, reverse=down)
        else:
            said = [text.replace("no bound", "inf") for text in column(page, 5)]
            numbers = [float(text) for text in said if text != "not stated"]
            assert said[len(numbers) :] == ["not stated"] * (COUNT - len(numbers))
            assert numbers == sorted(numbers, reverse=down)
    assert sorted(column(page, 1)) == sorted(names)


def test_by_keyboard_alone_one_reaches_a_snippet(visit):
    page = visit(PAGE, width=390)
    walk_to(page, page.locator(".guide-chooser button").first)
    page.keyboard.press("Enter")
    heading, snippet = page.locator(".guide-chooser h3"), page.locator(".guide-chooser pre")
    for _ in range(5):
        page.wait_for_function("document.activeElement.localName === 'h3'")
        assert heading.evaluate("e => e === document.activeElement")
        if snippet.count():
            break
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    proposed = {proposal.snippet for proposal in GUIDE.proposals}
    assert snippet.text_content() in proposed
    walk_to(page, page.get_by_role("button", name="Copy", exact=True))
    page.keyboard.press("Enter")
    page.locator(".guide-chooser [role=status]", has_text="Copied").wait_for()
    assert not page.faults


_ANSWER = """async answers => {
  const box = document.querySelector(".guide-chooser");
  const change = () => new Promise(done => addEventListener("hashchange", done, { once: true }));
  const click = async (mark, text) => {
    const changed = change();
    [...box.querySelectorAll(mark)].find(e => e.textContent === text).click();
    await changed;
  };
  for (const answer of answers) await click("li button", answer);
  const said = mark => box.querySelector(mark).textContent;
  const [heading, snippet, given] = ["h3", "pre", "nav"].map(said);
  const links = [...box.querySelectorAll(".stage p a")].map(link => link.getAttribute("href"));
  await click(".stage p a", "Start again");
  return { heading, snippet, given, links };
}"""


@pytest.mark.parametrize("half", [0, 1])
def test_every_proposal_is_reached_by_clicks_and_shows_its_snippet(page, half):
    """In halves, for a browser slows down pages whose address changes 200 times in a moment."""
    paths = {end: steps for steps, end in GUIDE.paths()}
    for proposal in GUIDE.proposals[half::2]:
        answers = [answer for _, answer in paths[proposal.key]]
        seen = page.evaluate(_ANSWER, answers)
        assert seen["heading"] == f"Take {proposal.loss}"
        assert seen["snippet"] == proposal.snippet
        assert proposal.page in seen["links"]
        assert all(answer in seen["given"] for answer in answers)
    assert not page.faults


def test_an_answer_leads_on_and_back_leads_back(page):
    first, answer = GUIDE[GUIDE.start], GUIDE[GUIDE.start].answers[0]
    box = page.locator(".guide-chooser")
    box.get_by_role("button", name=answer.text).click()
    box.get_by_role("heading", name=GUIDE[answer.to].text).wait_for()
    page.go_back()
    box.get_by_role("heading", name=first.text).wait_for()
    page.go_forward()
    box.get_by_role("link", name=answer.text).click()
    box.get_by_role("heading", name=first.text).wait_for()
    assert not box.get_by_role("navigation").is_visible()


def test_the_address_holds_the_answers(page, visit):
    """Two answers that lead to the same question are told apart."""
    answers = ["A number, such as a temperature or a time", "I do not know"]
    for answer in answers:
        page.get_by_role("button", name=answer).click()
    page.locator(".guide-chooser nav", has_text=answers[-1]).wait_for()
    again = visit(f"{PAGE}#{page.url.partition('#')[2]}")
    given = again.locator(".guide-chooser nav strong").all_inner_texts()
    assert given == answers
    assert again.locator(".guide-chooser h3").evaluate("e => e.getBoundingClientRect().top") < 900


@pytest.mark.parametrize("address", ["#choose=nonsense", "#choose=", "#choose=number/huber~x/y"])
def test_an_address_that_leads_nowhere_leads_to_a_question(visit, address):
    page = visit(PAGE + address)
    assert page.locator(".guide-chooser li button").count() > 1
    assert not page.faults


def test_without_a_script_there_are_a_table_and_lists(visit):
    page = visit(PAGE, width=390, script=False)
    assert page.locator(".loss-table tbody tr:visible").count() == COUNT
    assert page.locator(".choosing :is(button, input, select):visible").count() == 0
    box = page.locator(".guide-chooser")
    assert box.get_by_text(GUIDE[GUIDE.start].text).is_visible()
    first = box.locator("details").first
    walk_to(page, first.locator("summary").first)
    page.keyboard.press("Enter")
    assert first.locator("summary").nth(1).is_visible()


@pytest.mark.parametrize(("mode", "width"), [("light", 1280), ("dark", 390)])
def test_a_proposal_and_a_search_are_open_to_all(visit, mode, width):
    page = visit(f"{PAGE}#choose=number/outliers/gross/huber", mode, width)
    page.get_by_label("Find").fill("robust")
    assert page.locator(".guide-chooser pre").is_visible()
    problems = [*check.letters(page), *check.width(page), *check.access(page), *check.width(page)]
    assert not problems + page.faults, "\n".join(problems + page.faults)
