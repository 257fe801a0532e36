"""What readers answered to the exercises on CTC and on overlap, and what each must be told."""

from itertools import groupby, product

import numpy as np
import pytest
from verdicts import assert_told, verdict

import lossbook as lb
from lossbook.exercises import _wording
from lossbook.exercises._registry import find


def read(path):
    return [k for k, _ in groupby(path) if k != 0]


def added_up(p, labels, fits=lambda path, labels: read(path) == list(labels)):
    paths = [path for path in product(range(p.shape[1]), repeat=len(p)) if fits(path, labels)]
    return sum(np.prod(p[np.arange(len(p)), path]) for path in paths)


def by_recursion(truth, read):
    """Return the edit distance without a table: slow, but these inputs are short."""
    if len(truth) == 0 or len(read) == 0:
        return len(truth) + len(read)
    replaced = by_recursion(truth[1:], read[1:]) + (truth[0] != read[0])
    lost, added = by_recursion(truth[1:], read), by_recursion(truth, read[1:])
    return min(replaced, lost + 1, added + 1)


def table_of(truth, read):
    return np.array(
        [
            [by_recursion(truth[:i], read[:j]) for j in range(len(read) + 1)]
            for i in range(len(truth) + 1)
        ]
    )


def by_the_package(p, labels):
    return np.exp(-lb.CTC()([labels], [np.log(p)]))


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("ctc.collapse", read),
        ("ctc.edit_distance", by_recursion),
        ("ctc.loss", lambda p, labels: -np.log(added_up(p, labels))),
        ("ctc.probability", by_the_package),
        ("overlap.readout", "crossentropy"),
        ("overlap.readout", "Cross-Entropy"),
        ("overlap.missed", 0.583),
    ],
)
def test_a_right_answer_passes(name, answer):
    found = verdict(name, answer)
    assert found, found


def best(q):
    return find("overlap.best_mask").reference(q)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("ctc.edit_distance", lambda a, b: by_recursion(a, b) if len(a) else 0),
        ("ctc.loss", lambda p, y: -np.log(added_up(p, y)) if len(y) else 0.0),
        ("ctc.loss", lambda p, y: -np.log(added_up(p[:, :3], y))),
        ("ctc.probability", lambda p, y: by_the_package(p, y) if len(y) else 1.0),
        ("overlap.best_mask", lambda q: best(q) if (q > 0.05).any() else np.zeros(len(q))),
        ("overlap.missed", 0.636),
    ],
)
def test_a_wrong_answer_is_not_accepted(name, answer):
    assert not verdict(name, answer)


def some_nothing(path):
    out = read(path)
    if out:
        return out


def in_pairs(path):
    out, i = [], 0
    while i < len(path):
        out.append(path[i])
        i += 2 if path[i : i + 2].tolist() == [path[i]] * 2 else 1
    return [k for k in out if k != 0]


def every_mask(q):
    masks = [np.array(mask) for mask in product((0, 1), repeat=len(q)) if any(mask)]
    return max(masks, key=lambda mask: mask @ q / (q.sum() + mask.sum()))


def of_the_package_on_probabilities(p, labels):
    return lb.CTC()([labels], [p])


def lists_against_arrays(p, labels):
    return -np.log(added_up(p, labels, lambda path, labels: bool(read(path) == labels)))


def by_roll(alpha, p, states):
    gate = states != np.roll(states, 2)
    return p * (alpha + np.roll(alpha, 1) + gate * np.roll(alpha, 2))


def both_count_the_frame(p, alpha, beta, states):
    flow = alpha * beta * p[:, states]
    return p - flow / flow.sum(axis=1, keepdims=True) @ np.eye(p.shape[1])[states]


WRONG = [  # exercise, answer, what the verdict says
    ("ctc.collapse", some_nothing, "yours is None"),
    ("ctc.collapse", in_pairs, "three frames is counted twice"),
    ("ctc.edit_distance", table_of, "`…[-1, -1]`"),
    ("ctc.edit_distance", lambda a, b: table_of(a, b)[-1], "`…[-1]`"),
    ("ctc.loss", lambda p, y: -np.log2(added_up(p, y)), "base 2"),
    ("ctc.loss", lambda p, y: -np.log10(added_up(p, y)), "base 10"),
    ("ctc.loss", of_the_package_on_probabilities, "np.log(p)"),
    ("ctc.loss", lists_against_arrays, "list(labels)"),
    ("ctc.probability", lambda p, y: np.log(by_the_package(p, y)), "This is the logarithm"),
    ("ctc.forward_step", by_roll, "Nothing stands before the first state"),
    ("ctc.gradient", both_count_the_frame, "alpha has it already"),
    ("overlap.best_mask", lambda q: best(q).sum(), "how many pixels"),
    ("overlap.best_mask", lambda q: np.argsort(-q) < best(q).sum(), "mask[order[:k]] = 1"),
    ("overlap.missed", True, "yours is a bool"),
    ("overlap.missed", 0.4667, "answered 0.4667"),
]


@pytest.mark.parametrize(("name", "answer", "says"), WRONG)
def test_a_wrong_answer_is_told_what_is_so(name, answer, says):
    assert_told(name, answer, says)


def test_the_step_downhill_is_not_called_a_step_uphill():
    right = find("ctc.gradient").reference
    found = verdict("ctc.gradient", lambda *args: -right(*args))
    assert found.mistake == "sign reversed"
    assert "is the step downhill" in found.message


def test_nothing_at_all_is_still_not_attempted():
    for answer in (lambda path: None, lambda path: ...):
        assert not verdict("ctc.collapse", answer).attempted


@pytest.mark.parametrize("seconds", [0.3, 0.6])
def test_trying_everything_is_told_that_no_wait_is_long_enough(seconds):
    found = verdict("overlap.best_mask", every_mask, seconds=seconds)
    assert "no wait is long enough" in found.message
    assert 'lb.hint("overlap.best_mask")' in found.message


def test_two_entries_that_look_alike_are_shown_with_the_digits_that_differ():
    expected = np.linspace(1, 2, 12)
    where, text = _wording.pair(expected + 1e-8 * (expected == 2), expected)[-1]
    assert where == "at [11]"
    assert text == "2 expected, 2.00000001 given"
