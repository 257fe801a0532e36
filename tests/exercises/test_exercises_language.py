"""Exercises of *Speech recognition* and *Text and language*: wrong answers are found and named."""

import numpy as np
import pytest

from lossbook.exercises import check


def bits(p, q, v):
    return -np.log2(v * p + (1 - v) * q)


WRONG = [
    ("speech.noise", lambda power, snr: power**0.5 / 10 ** (snr / 10), "ratio of the powers"),
    ("speech.frames", lambda n, width, hop: int(np.ceil((n - width) / hop)), "exactly at the end"),
    ("speech.frames", lambda n, width, hop: len(range(0, n - width, hop)), "exactly at the end"),
    ("speech.error_rate", lambda e, n: min(e.sum() / n.sum(), 1), "exceeds 1"),
    ("speech.error_rate", lambda e, n: min(e.sum() / n.sum(), 0.99), ""),
    ("speech.error_rate", lambda e, n: e.sum() // n.sum(), "`//`"),
    ("speech.error_rate", lambda e, n: int(e.sum() / n.sum()), "`int`"),
    ("speech.marks", lambda x: np.round(x / x.min()) >= 3, "uneven too"),
    ("speech.marks", lambda x: x > 2.55 * x.min(), "uneven too"),
    ("speech.marks", lambda x: x > 2.6 * x.min(), ""),
    ("speech.marks", lambda x: x > x.max() - x.min(), ""),
    ("speech.marks", lambda x: x > 0.75 * x.max(), "uneven too"),
    ("speech.marks", lambda x: x > 1.3 * x.min(), "uneven too"),
    ("speech.ask", lambda s, error, repeat: (1 - np.exp(s)) * error - repeat, "saves"),
    ("speech.ask", lambda s, error, repeat: (1 - np.exp(s)) * error, "what accepting costs"),
    ("speech.ask", lambda s, e, r: np.flatnonzero((1 - np.exp(s)) * e > r), "positions"),
    ("text.weight", lambda p, q, w: min(bits(p, q, v).sum() for v in w), "whole text"),
    ("text.weight", lambda p, q, w: w[0], ""),
    ("text.split", "book", ""),
    ("text.split", "a book", ""),
]
RIGHT = [
    ("speech.marks", lambda x: x > 2 * x.min()),
    ("speech.marks", lambda x: x > x.max() / 2),
    ("speech.marks", lambda x: x > (x.min() + x.max()) / 2),
    ("text.split", "chapters"),
    ("text.split", "Chapters"),
]


@pytest.mark.parametrize(("name", "answer", "says"), WRONG)
def test_a_wrong_answer_is_found_and_named(name, answer, says):
    found = check(name, answer, record=False)
    assert not found
    assert says in f"{found.mistake}\n{found.message}", found


@pytest.mark.parametrize(("name", "answer"), RIGHT)
def test_a_right_answer_passes(name, answer):
    assert check(name, answer, record=False)
