"""What readers answered to the last applications, and what each must be told."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from scipy.special import expit, logsumexp
from verdicts import assert_told, verdict


def sizes(fakes, centres):
    return cdist(fakes, centres)


def owned(fakes, centres, radius, share, owner=lambda d: d.argmin(1), near=np.less_equal):
    d = sizes(fakes, centres)
    return np.bincount(owner(d)[near(d.min(1), radius)], minlength=len(centres))


def modes(**other):
    return lambda f, c, r, s: np.sum(owned(f, c, r, s, **other) / len(f) >= s)


def of_all_nearest(fakes, centres, radius, share):
    d = sizes(fakes, centres)
    return np.sum(((d == d.min(1, keepdims=True)) & (d <= radius)).mean(0) >= share)


def of_the_plane(fakes, centres, radius, share):
    d = np.hypot(fakes[:, None, 0] - centres[:, 0], fakes[:, None, 1] - centres[:, 1])
    return np.sum(np.bincount(d.argmin(1)[d.min(1) <= radius]) / len(fakes) >= share)


def game(rounds_more=0, half=1.0):
    def answer(x, psi, lr, rounds, damping):
        for _ in range(rounds + rounds_more):
            psi = psi - lr * (x + half * damping * psi)
            x = x + lr * psi
        return x, psi

    return answer


def sorted_in_place(x, y):
    x.sort()
    y.sort()
    return np.abs(x - y).mean()


def one_sorted_in_place(x, y):
    y.sort()
    return np.abs(np.sort(x) - y).mean()


def cut_from_a_padded_sheet(images, down, right):
    h, v = images.shape[1:]
    sheet = np.pad(images, ((0, 0), (h, h), (v, v)))
    return sheet[:, h - down : 2 * h - down, v - right : 2 * v - right]


def cut_from_a_wide_sheet(images, down, right):
    h, v = images.shape[1:]
    sheet = np.pad(images, ((0, 0), (2, 2), (2, 2)))
    return sheet[:, 2 - down : 2 - down + h, 2 - right : 2 - right + v]


def loss(z):
    return np.mean(logsumexp(z, axis=1) - np.diag(z))


def rank_without_guard(E):
    s = np.linalg.svd(E - E.mean(axis=0), compute_uv=False)
    p = s / s.sum()
    return np.exp(-np.sum(p * np.log(p)))


def chance_of_being_right(p, used, other):
    g = 1 / (1 + np.exp(-p @ (used - other)))
    return g * (used - other), g * p, -g * p


def film_first(p, q, y, rest, lr, anew=False):
    r = rest + p @ q - y
    q = q - lr * 2 * r * p
    r = rest + p @ q - y if anew else r
    return p - lr * 2 * r * q, q


def film_alone(p, q, y, rest, lr):
    return p, q - lr * 2 * (rest + p @ q - y) * p


def mean_of_the_lists(lists, n_items):
    return np.mean([len(set(r.tolist())) / n_items for r in lists])


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("generative_adversarial.modes", modes()),
        ("generative_adversarial.slopes", lambda z: (-expit(z), -expit(-z))),
        ("self_supervised.shifted", cut_from_a_wide_sheet),
        ("self_supervised.bound", lambda z: np.log(len(z)) - loss(z)),
        ("self_supervised.leak", "c"),
        ("recommendation.tied", 0.96),
    ],
)
def test_a_right_answer_passes(name, answer):
    found = verdict(name, answer)
    assert found, found


BOTH, PARTS = "Two things", "part"
WRONG = [  # exercise, answer, what the verdict says, what it must not say
    (
        "generative_adversarial.modes",
        lambda f, c, r, s: int(((sizes(f, c) <= r).mean(0) >= s).sum()),
        "one centre, its nearest",
        BOTH,
    ),
    (
        "generative_adversarial.modes",
        modes(owner=lambda d: d.shape[1] - 1 - d[:, ::-1].argmin(1)),
        "belongs to the first of them.",
        BOTH,
    ),
    ("generative_adversarial.modes", of_all_nearest, "for both", BOTH),
    ("generative_adversarial.modes", modes(near=np.less), "exactly `radius`", BOTH),
    ("generative_adversarial.modes", of_the_plane, "IndexError", "radius`"),
    (
        "generative_adversarial.modes",
        lambda f, c, r, s: np.sum(owned(f, c, r, s) / len(c) >= s),
        "number of centres",
        "any fake",
    ),
    ("generative_adversarial.duel", game(rounds_more=1), "one round too many", BOTH),
    ("generative_adversarial.duel", game(half=0.5), "half as strong", BOTH),
    (
        "generative_adversarial.slopes",
        lambda z: (-expit(z) * expit(-z),) * 2,
        "−σ′(z) for both",
        "signs",
    ),
    ("generative_adversarial.slopes", lambda z: (expit(z) * expit(-z),) * 2, "signs", "−σ′"),
    ("generative_adversarial.slopes", lambda z: (expit(z), -expit(-z)), "The first has", PARTS),
    ("generative_adversarial.slopes", lambda z: (-expit(z), expit(-z)), "The second has", PARTS),
    ("generative_adversarial.line", sorted_in_place, "arguments `x` and `y`", "belongs"),
    ("generative_adversarial.line", sorted_in_place, "`x.sort()` does not", "belongs"),
    ("generative_adversarial.line", one_sorted_in_place, "argument `y`, which belongs", "`x` and"),
    ("self_supervised.shifted", cut_from_a_padded_sheet, "(2, 1, 3) expected", "right shape"),
    ("self_supervised.bound", lambda z: -loss(z), "minus the loss", BOTH),
    ("self_supervised.assumption", 1, "one of the letters A, B, C, D", "a word"),
    ("self_supervised.leak", 1, "one of the letters A, B, C, D", "a word"),
    ("self_supervised.effective_rank", rank_without_guard, "infinite on 1 other,", "on others"),
    ("recommendation.tied", 1, "whole discount of place 2", "columns"),
    ("recommendation.tied", 1.5 / (1 + 1 / np.log2(3)), "discount of place 3", "against"),
    ("recommendation.coverage", mean_of_the_lists, "each list on its own", BOTH),
    ("recommendation.bpr", chance_of_being_right, "Or your factor is σ(x)", BOTH),
    ("recommendation.step", film_first, "keep the old q", "keep the old p"),
    ("recommendation.step", lambda *a: film_first(*a, anew=True), "You move q, compute", BOTH),
    ("recommendation.step", film_alone, "Only q has moved", "Only p"),
]


@pytest.mark.parametrize(("name", "answer", "says", "silent"), WRONG)
def test_a_wrong_answer_is_told_what_is_so(name, answer, says, silent):
    assert_told(name, answer, says, silent)


def test_what_numpy_noticed_is_said_once():
    found = verdict("self_supervised.effective_rank", rank_without_guard)
    assert "divide by zero" in found.message
    assert "invalid value" in found.message
    assert found.message.count("NumPy noticed") == 1


@pytest.mark.parametrize(
    ("name", "answer", "counted"),
    [
        ("self_supervised.shifted", cut_from_a_wide_sheet, "batches of 1 to 20 images of 1 to 8"),
        (
            "recommendation.coverage",
            lambda lists, n: len(np.unique(lists)) / n,
            "tables of 1 to 40 lists",
        ),
        ("recommendation.mean_of_all", lambda s, c: np.average(s, weights=1 / c), "sets of 1 to"),
    ],
)
def test_the_success_line_counts_what_was_tested(name, answer, counted):
    found = verdict(name, answer)
    assert found
    assert f" {counted}" in found.message
