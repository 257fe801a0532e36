"""The search finds what the book is about, from a server and from a disk."""

import re

import pytest
from bookfiles import ROOT, read


@pytest.mark.parametrize("disk", [False, True], ids=["server", "disk"])
@pytest.mark.parametrize(
    ("words", "chapter"),
    [
        ("log loss", "Binary cross-entropy"),
        ("BCE", "Binary cross-entropy"),
        ("L2 loss", "Squared and absolute error"),
        ("MSE", "Squared and absolute error"),
        ("pinball", "Quantiles and counts"),
        ("SimCLR", "Embeddings and ranking"),
        ("IoU", "Overlap of masks"),
        ("Huber", "Robust losses"),
        ("momentum", "Momentum"),
        ("AdamW", "Adaptive methods"),
        ("lasso", "Regularization"),
        ("Dask", "More than one machine"),
        ("fraud", "Fraud detection"),
        ("PyTorch", "The same loss in five libraries"),
        ("GAN", "Generative adversarial networks"),
        ("Morse", "Speech recognition"),
        ("which loss", "Choose a loss"),
        ("negative loss", "Questions, answered"),
        ("training loss validation loss", "Questions, answered"),
        ("Adam always better", "Claims, checked"),
        ("softmax twice", "The bug museum"),
        ("cheat sheet", "Formula sheet"),
        ("syllabus", "Paths through the book"),
    ],
)
def test_known_words_are_found(visit, words, chapter, disk):
    page = visit(f"search.html?q={words.replace(' ', '+')}", disk=disk)
    page.locator("#search-results li", has_text=chapter).first.wait_for(timeout=30_000)
    page.wait_for_load_state("networkidle")  # the words below each result have come
    assert not page.faults


def test_the_field_leads_to_the_results(visit):
    page = visit("book/intro.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("huber")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=huber*")
    page.locator("#search-results li", has_text="Huber").first.wait_for(timeout=10_000)


def test_what_is_nowhere_is_not_found(visit):
    page = visit("search.html?q=xyzzyplugh")
    page.get_by_text("did not match any documents").wait_for(timeout=10_000)
    assert page.locator("#search-results li").count() == 0


_HITS = """query => {
  history.replaceState(null, "", `?q=${encodeURIComponent(query)}`);
  const found = Search._performSearch(...Search._parseQuery(query));
  return found.reverse().slice(0, 5).map(([name, title]) => `${name}: ${title}`);
}"""


def _main_words(question):
    """Return what a person would type of a question: its four longest words, in their order."""
    words = re.findall(r"[\w²]+", question)
    longest = sorted(words, key=len, reverse=True)[:4]
    return " ".join(word for word in words if word in longest)


def test_a_question_is_found_by_its_main_words(visit):
    cells = read(ROOT / "book" / "reference" / "faq.ipynb").cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    questions = re.findall(r"^### (.*\?)$", text, re.M)
    assert len(questions) > 30
    page = visit("search.html?q=huber")
    page.locator("#search-results li").first.wait_for(timeout=10_000)
    hits = {question: page.evaluate(_HITS, _main_words(question)) for question in questions}
    lost = {
        question: (_main_words(question), found)
        for question, found in hits.items()
        if not any(hit.startswith("book/reference/faq: ") and ">" in hit for hit in found)
    }
    assert not lost
