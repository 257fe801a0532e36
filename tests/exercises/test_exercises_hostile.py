"""Answers of the wrong sort, hostile and endless ones get a verdict, never a crash."""

import _thread
import re
import signal
import sys
import threading
import time

import numpy as np
import pytest

from lossbook.exercises import check

LIMIT = 0.2  # seconds, where a function is not meant to end


def verdict(answer, seconds=5.0):
    return check("squared.grad", answer, record=False, seconds=seconds)


def grad(y_true, y_pred):
    return 2 * (y_pred - y_true) / len(y_true)


# --- the wrong sort of thing ---


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda y, p: "many", "a string, 'many'"),
        (lambda y, p: {"grad": 1}, "object of type dict"),
        (lambda y, p: object(), "an object of type object"),
        (lambda y, p: (v for v in p), "object of type generator"),
        (lambda y, p: [[1, 2], [3]], "not a regular array"),
        (lambda y, p: 1j * p, "an array of complex128"),
        (lambda y, p: np.array(["a"]), "an array of str"),
        (lambda y: y, "must take 2 arguments"),
        (lambda: 1, "must take 2 arguments"),
        (3.0, "Pass the function itself"),
        ("grad", "Pass the function itself"),
        (lambda y, p: p if len(p) == 1 else None, "yours is None"),
    ],
)
def test_a_wrong_type_is_explained(answer, words):
    found = verdict(answer)
    assert not found
    assert words in found.message


# --- hostile ---


def raises(error):
    def answer(y, p):
        raise error

    return answer


def recursive(y, p):
    return recursive(y, p)


class Unprintable(Exception):
    def __str__(self):
        raise RuntimeError("no text")


class Malicious:
    def __array__(self, *args, **kwargs):
        raise SystemExit(3)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (raises(ValueError("bad <value>")), "bad <value>"),
        (raises(KeyboardInterrupt()), "`KeyboardInterrupt`"),
        (raises(SystemExit(1)), "`SystemExit`"),
        (raises(GeneratorExit()), "`GeneratorExit`"),
        (raises(MemoryError()), "`MemoryError`"),
        (raises(Unprintable()), "could not be read"),
        (lambda y, p: sys.exit("bye"), "bye"),
        (recursive, "`RecursionError`"),
        (lambda y, p: Malicious(), "`SystemExit`"),
        (lambda y, p: len(3), "has no len()"),
        (lambda y, p: np.mean(), "TypeError"),
    ],
)
def test_an_exception_becomes_a_verdict(answer, words):
    found = verdict(answer)
    assert not found
    assert words in found.message


def test_an_exception_is_shown_with_its_input_and_line_and_without_addresses():
    def answer(y, p):
        if len(y) > 1:
            raise ValueError(f"cannot use {object()}")
        return grad(y, p)

    message = verdict(answer).message
    assert "cannot use <object object>" in message
    assert "on the line: raise ValueError" in message
    assert "y_true = [1, 2]" in message
    assert not re.search(r"0x[0-9a-f]{4}", message)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_values_that_are_not_finite_get_a_verdict(value):
    found = verdict(lambda y, p: np.full(len(y), value))
    assert not found
    assert "\n    given    = [" in found.message or found.mistake


def test_a_changed_input_is_noticed():
    def answer(y, p):
        p -= y
        return 2 * p / len(y)

    found = verdict(answer)
    assert found.mistake == "changes its input"
    assert "`y_pred`" in found.message


def test_memory_between_calls_is_noticed():
    calls = []

    def answer(y, p):
        calls.append(1)
        return grad(y, p) + (len(calls) > 48)

    assert verdict(answer).mistake == "remembers earlier calls"


def test_not_implemented_counts_as_not_attempted():
    assert verdict(raises(NotImplementedError("later"))).status == "open"


# --- endless ---


def endless(y, p):
    while True:
        pass


def endless_and_talking(y, p):
    while True:
        print("still here")


def endless_and_stubborn(y, p):
    while True:
        try:
            while True:
                pass
        except Exception:
            pass


def endless_on_a_larger_batch(y, p):
    while len(y) > 1:
        pass
    return grad(y, p)


@pytest.mark.parametrize(
    "answer", [endless, endless_and_talking, endless_and_stubborn, endless_on_a_larger_batch]
)
def test_an_endless_loop_is_stopped_and_leaves_no_thread(answer, capsys):
    before = threading.active_count()
    start = time.monotonic()
    found = verdict(answer, seconds=LIMIT)
    assert time.monotonic() - start < 3
    assert found.mistake == "no end"
    assert "background" not in found.message
    assert threading.active_count() == before
    assert "still here" not in capsys.readouterr().out


def test_a_loop_that_swallows_everything_is_left_behind():
    release = threading.Event()

    def answer(y, p):
        while not release.is_set():
            try:
                release.wait(30)
            except BaseException:
                continue

    found = verdict(answer, seconds=LIMIT)
    release.set()
    assert found.mistake == "no end"
    assert "goes on in the background" in found.message


def test_slow_is_not_wrong_when_there_is_time():
    def answer(y, p):
        time.sleep(0.001)
        return grad(y, p)

    assert verdict(answer)


def test_a_stop_from_the_keyboard_reaches_the_caller():
    """Pressing "stop" while a check runs must stop the check, not become a verdict."""

    def answer(y, p):
        _thread.interrupt_main()
        while True:
            pass

    before = threading.active_count()
    # A process started in the background ignores the signal: listen to it here.
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            verdict(answer)
    finally:
        signal.signal(signal.SIGINT, previous)
    assert threading.active_count() == before
