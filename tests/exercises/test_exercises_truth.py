"""Verdicts are true of the answer: right ones pass, wrong ones are told nothing that is not so."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import kl_div, rel_entr
from scipy.stats import entropy
from verdicts import assert_told, verdict

from lossbook import SoftmaxCrossEntropy
from lossbook.exercises import _wording
from lossbook.exercises._check import judge
from lossbook.exercises._registry import find
from lossbook.numerics import softmax


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -700, None)))


def by_position(y, p):
    other = np.stack([1 - p, p], axis=1)[np.arange(len(p)), y]
    return np.where(y == 1, -1, 1) / other


def filled(y, p):
    slopes = np.zeros_like(y)
    slopes[y == 1] = -1 / p[y == 1]
    slopes[y == 0] = 1 / (1 - p[y == 0])
    return slopes


def every_truth(y):
    return y[np.argmin([np.sum(np.abs(c - y) / y) for c in y])]


def cosines(queries, keys):
    a, b = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in (queries, keys))
    return a @ b.T


def infonce_by_classes(queries, keys, temperature):
    return SoftmaxCrossEntropy()(np.arange(len(keys)), cosines(queries, keys) / temperature)


def infonce_in_single_precision(queries, keys, temperature):
    z = cosines(np.float32(queries), np.float32(keys)) / np.float32(temperature)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - np.diag(z))


def table_gradient_by_classes(S, temperature):
    return SoftmaxCrossEntropy().grad(np.arange(len(S)), S / temperature) / temperature


def weighted_by_probabilities(eps):
    def answer(y, z, weight):
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p = (p / p.sum(axis=1, keepdims=True))[np.arange(len(y)), y]
        with np.errstate(divide="ignore"):
            return np.sum(weight[y] * -np.log(p + eps)) / np.sum(weight[y])

    return answer


def accuracy_by_loops(y, s):
    pairs = [(i, j) for i in range(len(y)) for j in range(len(y)) if y[i] > y[j]]
    return sum(1 if s[i] > s[j] else 0.5 if s[i] == s[j] else 0 for i, j in pairs) / len(pairs)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("bce.grad_p", by_position),
        ("bce.grad_p", filled),
        ("bce.grad_p", lambda y, p: np.choose(y, [1 / (1 - p), -1 / p])),
        ("bce.surprise", 4.61),
        ("softmax.at_start", 1.39),
        ("softmax.at_start", np.array([np.log(4)])),
        ("imbalance.kept", 0.0762),
        ("estimates.total", "squared_error"),
        ("estimates.total", " 'Squared-Error'. "),
        ("softmax.symptom", "softmax-twice"),
        ("shape.lipschitz", "squared-hinge"),
        ("percent.constant", every_truth),
        ("embeddings.collapse", np.array(["B"])),
        ("combining.cure", "Divide by variance"),
        ("combining.cure", "the variance"),
        ("divergence.direction", "q || p"),
        ("divergence.direction", "reverse KL"),
        ("divergence.kl", lambda p, q: rel_entr(p, q).sum(axis=1)),
        ("divergence.kl", lambda p, q: np.nansum(p * np.log(p / q), axis=1)),
        ("embeddings.infonce", infonce_by_classes),
        ("embeddings.infonce", infonce_in_single_precision),
        ("embeddings.similarity_grad", table_gradient_by_classes),
        ("embeddings.pair_accuracy", accuracy_by_loops),
        ("outliers.half_width", lambda s, w: conformal_by_quantile("inverted_cdf")(s, w)),
        ("outliers.suspects", lambda y, p, k: np.abs(y - p) / 1.4826 > k * np.median(abs(y - p))),
    ],
)
def test_a_right_answer_passes(name, answer):
    found = verdict(name, answer)
    assert found, found


def upper_end(y):
    y = np.sort(y)
    so_far = np.cumsum(1 / y)
    return y[np.searchsorted(so_far, so_far[-1] / 2, side="right")]


def three_rounds(y, q):
    c = np.mean(y)
    for _ in range(3):
        weight = np.where(y > c, q, 1 - q)
        c = np.sum(weight * y) / np.sum(weight)
    return c


def every_pair(y, s):
    return np.mean((s[:, None] > s) + 0.5 * (s[:, None] == s))


def infonce_in_bits(queries, keys, temperature):
    return infonce_by_classes(queries, keys, temperature) / np.log(2)


def with_both_vectors(same, a, b, margin):
    distance = np.linalg.norm(a - b, axis=1)
    far = np.where(distance > 0, distance, 1)
    push = -2 * (np.maximum(margin - distance, 0) / far)[:, None] * (a - b)
    by_first = np.where(same[:, None] == 1, 2 * (a - b), push)
    return by_first, -by_first


def swapped(z, y):
    return z.max(axis=1)


def without_parentheses(y, lower, upper):
    return np.mean(y >= lower & y <= upper)


def bells_in_another_order(m_p, m_q, s_p, s_q):
    return np.log(s_q / s_p) + (s_p**2 + (m_p - m_q) ** 2) / (2 * s_q**2) - 0.5


def kl_of_what_is_not_small(p, q):
    return np.where(np.isclose(p, 0), 0, p * np.log(p / q)).sum(axis=1)


def largest_share(rates, losses):
    least = np.argmin(losses)
    return rates[np.argmin(np.diff(np.log(losses[: least + 1])))], rates[least - 1]


def cosine_of_all(lr, warm, steps):
    climb = lr * np.arange(1, warm + 1) / (warm + 1)
    share = np.arange(steps - warm) / (steps - warm)
    return np.append(climb, lr * (1 + np.cos(np.pi * share)) / 2)


def line_cut_down(X, y, lr, batch_size, orders):
    w = np.zeros(X.shape[1])
    batches = orders.reshape(-1, batch_size)
    for t, i in enumerate(batches):
        w = w - lr * (1 - t // len(batches)) * 2 * X[i].T @ (X[i] @ w - y[i]) / batch_size
    return w


def counts_of_one_class_more(y, k, K):
    table = np.zeros((K + 1, K + 1))
    np.add.at(table, (y, k), 1)
    return table


def every_step(X, y, K, lr, batches):
    steps = [np.zeros((X.shape[1], K))]
    for i in batches:
        slope = X[i].T @ (softmax(X[i] @ steps[-1]) - np.eye(K)[y[i]]) / len(i)
        steps.append(steps[-1] - lr * slope)
    return np.array(steps[1:])


def conformal_by_quantile(method):
    def answer(sizes, wanted):
        share = np.ceil((len(sizes) + 1) * wanted) / len(sizes)
        return np.quantile(sizes, share, method=method) if share <= 1 else np.inf

    return answer


def flagged(r, k, beyond):
    return beyond(np.abs(r), k * 1.4826 * np.median(np.abs(r)))


def band(inside, times=1):
    def answer(y, low, high):
        share = np.mean(inside(y, low, high))
        return times * share, np.sqrt(share * (1 - share) / len(y)), np.mean(high - low)

    return answer


WRONG = [  # exercise, answer, what the verdict says, what it must not say
    ("percent.constant", upper_end, "lower end", "Two things"),
    ("estimates.expectile", three_rounds, "Repeat until", "Two things"),
    (
        "imbalance.decide",
        lambda p, a, m: np.where((1 - p) * a <= p * m, 1, 0),
        "but for a tie",
        "Two things",
    ),
    ("embeddings.pair_accuracy", every_pair, "larger truth", "Does your function"),
    ("embeddings.pair_accuracy", lambda y, s: (s[:, None] > s).mean(axis=1), "`y_true`", "round"),
    ("embeddings.infonce", infonce_in_bits, "base 2", "times"),
    ("embeddings.infonce", lambda q, k, t: infonce_by_classes(k, q, t), "exchanged", "Two things"),
    ("embeddings.contrastive_grad", with_both_vectors, "return it alone", "Two things"),
    ("rates.range_test", largest_share, "differences", "Two things"),
    ("rates.largest", lambda rates, k: rates[rates < 2 / k.max()], "all candidates", "column"),
    ("rates.warm_cosine", lambda t, lr, m, n: cosine_of_all(lr, m, n), "of all steps", "column"),
    ("rates.loop", line_cut_down, "`//`", "Two things"),
    # numbers and words
    ("softmax.at_start", 1.38, "too small", "round"),
    ("bce.surprise", 4.6, "three significant digits", "print"),
    ("imbalance.cut", "0.05", "leave out the quotes", "Traceback"),
    ("imbalance.cut", 5, "per cent", "times"),
    ("imbalance.cut", 0.1, "too large", "times"),
    ("imbalance.cut", [0.5, 0.05], "One number is due", "last row"),
    ("estimates.bakery", 0.8, "too large", "round"),
    ("estimates.root", 0.0, "too small", "round"),
    ("quantile.above", 6, "below or *on*", "n − q n"),
    ("bce.symptom", "clip", 'If you mean "clipping"', "Not that one"),
    ("estimates.total", "MSE", 'If you mean "squared error"', "Not that one"),
    ("divergence.belief", 14.38, "Nats are no shares", "between 0 and 1"),
    ("divergence.direction", "forward KL", "covers", "Choose among"),
    ("divergence.kl", kl_of_what_is_not_small, "`p > 0`", "0.0001"),
    ("divergence.kl", lambda p, q: kl_div(p, q), "not added up", "parameter"),
    ("divergence.kl", lambda p, q: entropy(p, q), "the *columns*", "given"),
    ("divergence.gaussians", bells_in_another_order, "another order", "ZeroDivision"),
    ("divergence.gaussians", lambda *bells: [bells[0]], "(1,) given", "sample, column"),
    (
        "divergence.transport",
        lambda x, p, q: np.mean(np.abs(np.cumsum(q - p)[:-1])),
        "not handed over",
        "Two things",
    ),
    # patterns
    ("bce.squared_grad", lambda y, z: 0 * z, "return 0", "round"),
    ("bce.grad_z", lambda y, z: [], "empty list", "NaN"),
    ("shape.shift", lambda y, v: v, "equals `v`", "You return"),
    ("shape.safe_step", lambda X, s: np.linalg.eigvalsh(X.T @ X), "One number is due", "gradient"),
    ("softmax.value", swapped, "`y_true` has 1, `z` has 2", "Without"),
    ("quantile.coverage", without_parentheses, "bind tighter", "dtype=int"),
    ("softmax.perplexity", lambda y, p: np.exp(-np.mean(np.log(p[:, y]))), "np.arange", "minus"),
    ("margin.crammer_singer", lambda y, z: z[:, y], "np.arange", "against a row"),
    # of losses that are not of a residual
    ("bce.grad_z", lambda y, z: y - sigmoid(z), "would climb", "ŷ − y"),
    ("margin.hinge_grad", lambda y, z: np.where(y * z < 1, y, 0), "would climb", "ŷ − y"),
    ("bce.grad_z", lambda y, z: (sigmoid(z) - y) / 2, "half the right one", "r²"),
    # one mistake, not two
    (
        "quantile.value",
        lambda y, p, q: np.mean(np.where(y > p, q * (y - p), (1 - q) * (y - p))),
        "right sides",
        "Two things",
    ),
    ("bce.grad_p", lambda y, p: np.where(y == 1, 1 / p, 1 / (1 - p)), "label is 1", "Two things"),
    ("bce.squared_grad", lambda y, z: 2 * sigmoid(z) * sigmoid(-z), "p − y is missing", "½"),
    (
        "shape.safe_step",
        lambda X, s: 1 / np.linalg.eigvalsh(X.T @ X / len(X)).max(),
        "`smoothness`",
        "Two things",
    ),
    ("softmax.perplexity", lambda y, p: 1 / p[np.arange(len(p)), y], "1/p", "Two things"),
    ("margin.hinge_grad", lambda y, z: np.where(y * z < 1, 1, 0), "return 1", "return −1"),
    ("margin.hinge_grad", lambda y, z: np.where(y * z < 1, -z, 0), "by the label", "Two things"),
    (
        "imbalance.decide",
        lambda p, a, m: np.where((1 - p) * m > p * a, 1, 0),
        "exchanged p and 1 − p",
        "Two things",
    ),
    (
        "fraud_detection.decide",
        lambda p, a, f, c, b: np.where(c + (1 - p) * b > p * (a + f), 1, 0),
        "exactly where letting pass is cheaper",
        "Two things",
    ),
    (
        "fraud_detection.decide",
        lambda p, a, f, c, b: np.flatnonzero(p * (a + f) > c + (1 - p) * b),
        "the positions",
        "Two things",
    ),
    (
        "fraud_detection.bill",
        lambda k, y, a, f, c, b: 1000 * np.mean(np.where(k, c + b - b * y, y * a) + y * f),
        "caught fraud",
        "Two things",
    ),
    (
        "fraud_detection.bill",
        lambda k, y, a, f, c, b: 1000 * np.mean(np.where(k, c, y * (a + f)) + b * (1 - y)),
        "every honest payment",
        "Two things",
    ),
    ("fraud_detection.prior", lambda p, b, n: np.minimum(p * n / b, 1), "the odds", "Two things"),
    # two chapters of applications
    ("images.cut", 10 / 260, "paid either way", "odds"),
    (
        "images.cooling",
        lambda y, z, T: np.mean(softmax(z / T) - np.eye(z.shape[1])[y]),
        "adds up to 0",
        "use its arguments",
    ),
    ("images.confusion", counts_of_one_class_more, "count from 0", "given"),
    (
        "images.answer",
        lambda p, e, h, s: np.where((1 - p.max(axis=1)) * e < h + s * e, p.argmax(axis=1) + 1, -1),
        "count from 0",
        "Two things",
    ),
    (
        "images.answer",
        lambda p, e, h, s: np.where((1 - p.max(axis=1)) * e > h + s * e, p.argmax(axis=1), -1),
        "exactly where the clerk is cheaper",
        "Two things",
    ),
    ("images.train", every_step, "Your last weights", "row"),
    ("outliers.half_width", conformal_by_quantile("linear"), "interpolates", "Two things"),
    ("outliers.half_width", conformal_by_quantile("higher"), "one after the k-th", "Two things"),
    (
        "outliers.suspects",
        lambda y, p, k: flagged(y - p, k, np.greater_equal),
        "*More*",
        "Two things",
    ),
    (
        "outliers.suspects",
        lambda y, p, k: flagged(y - p - np.median(y - p), k, np.greater),
        "subtract the median",
        "Two things",
    ),
    ("outliers.band", band(lambda y, low, high: y <= high), "upper end only", "edge"),
    ("outliers.band", band(lambda y, low, high: (low <= y) & (y < high)), "upper edge", "only"),
    ("outliers.band", band(lambda *b: (b[1] <= b[0]) & (b[0] <= b[2]), 100), "per cent", "edge"),
    (
        "outliers.delta",
        lambda y, p, aside, deltas: deltas[np.argmin((p - y)[:, ~aside].mean(axis=1))],
        "with their signs",
        "Two things",
    ),
    (
        "outliers.delta",
        lambda y, p, aside, deltas: deltas[np.argmin(np.median(np.abs(p - y)[:, ~aside], axis=1))],
        "*median* size",
        "Two things",
    ),
    ("frameworks.weighted", weighted_by_probabilities(0), "infinite", "Two things"),
    ("frameworks.weighted", weighted_by_probabilities(1e-12), "by 1e-12", "Two things"),
    ("frameworks.inverse_strength", 0.05, "half of the right one", "twice"),
    ("frameworks.inverse_strength", 0.2, "twice the right one", "half"),
]


@pytest.mark.parametrize(("name", "answer", "says", "silent"), WRONG)
def test_a_wrong_answer_is_told_what_is_so(name, answer, says, silent):
    assert_told(name, answer, says, silent)


def test_minus_a_wrong_function_is_not_called_two_mistakes():
    found = verdict("bce.grad_p", lambda y, p: (y - p) / p * (1 - p))
    assert "Two things" not in found.message


def test_single_precision_is_not_called_rounding():
    def all_found(rng):
        for size in (1.0, 2.0, 3.0):
            yield np.array([[1.0, 0.0], [-1.0, 0.0]]), size * np.array([[1.0, 0.0], [-1.0, 0.0]])

    def stable(queries, keys, temperature):
        z = cosines(np.float32(queries), np.float32(keys)) / np.float32(temperature)
        return np.mean(np.log(np.exp(z - z.max()).sum(axis=1)) - np.diag(z) + z.max())

    exercise = replace(find("embeddings.infonce"), cases=all_found, inputs="easy batches")
    found = judge(exercise, stable, 5)
    assert "low precision" in found.message
    assert "decimal places" not in found.message


def test_a_long_array_shows_the_entry_that_tells_most():
    expected = np.linspace(1, 2, 12)
    given = expected.copy()
    given[3] += 1e-5
    given[7] = -given[7]
    assert _wording.pair(given, expected)[-1][0] == "at [7]"
    given[9] = np.nan
    assert _wording.pair(given, expected)[-1][0] == "at [9]"
