"""Ranking: names of one loss, pairs as margins and lists, and NDCG beside scikit-learn's."""

import numpy as np
import pytest
from grids import points
from test_accuracy import TIGHT, error_in_eps

import lossbook as lb
from lossbook import symbolic


@pytest.fixture
def rng():
    return np.random.default_rng(5)


def test_two_names_are_one_class():
    assert lb.BPR is lb.PairwiseLogistic
    assert lb.MarginRanking is lb.PairwiseHinge


def test_a_pair_of_scores_is_a_margin(rng):
    y, s = lb.BPR()._example(rng, 40)
    lead = s[:, 0] - s[:, 1]
    np.testing.assert_allclose(
        lb.PairwiseLogistic().pointwise(y, s),
        lb.SigmoidCrossEntropy().pointwise((y + 1) / 2, lead),
        rtol=1e-13,
    )
    np.testing.assert_allclose(
        lb.PairwiseHinge().pointwise(y, s), lb.Hinge().pointwise(y, lead), rtol=1e-13
    )


def test_lists_of_two_are_pairs(rng):
    s = 5 * rng.standard_normal((40, 2))
    y = rng.permuted(np.tile([0.0, 1.0], (40, 1)), axis=1)
    pair = lb.PairwiseLogistic().pointwise(np.sign(y[:, 0] - y[:, 1]), s)
    stake = 1 - 1 / np.log2(3)
    np.testing.assert_allclose(lb.ListMLE().pointwise(y, s), pair, rtol=1e-13)
    np.testing.assert_allclose(lb.LambdaRank().pointwise(y, s), stake * pair, rtol=1e-13)
    np.testing.assert_allclose(lb.ListSoftmax("share").pointwise(y, s), pair, rtol=1e-13)


@pytest.mark.parametrize("target", ["share", "softmax"])
def test_list_softmax_is_cross_entropy_of_its_target(rng, target):
    y, s = lb.ListSoftmax()._example(rng, 30)
    t = y / y.sum(axis=1, keepdims=True) if target == "share" else lb.numerics.softmax(y)
    loss = lb.ListSoftmax(target)
    np.testing.assert_allclose(
        loss.pointwise(y, s), lb.cross_entropy.pointwise(t, s), rtol=1e-12, atol=1e-14
    )


def test_list_mle_is_minus_log_of_drawing_the_order_without_replacement(rng):
    s = rng.standard_normal((1, 4))
    y = np.array([[3.0, 0.0, 2.0, 1.0]])
    left, chance = np.exp(s[0]), 1.0
    for item in (0, 2, 3, 1):
        chance *= left[item] / left.sum()
        left[item] = 0
    np.testing.assert_allclose(lb.ListMLE()(y, s), -np.log(chance), rtol=1e-13)


@pytest.mark.parametrize("loss", [lb.ListSoftmax(), lb.ListMLE(), lb.LambdaRank(k=3)], ids=repr)
def test_only_differences_of_scores_count(rng, loss):
    y, s = rng.integers(0, 4, (20, 6)), rng.standard_normal((20, 6))
    np.testing.assert_allclose(loss.pointwise(y, s), loss.pointwise(y, s + 7), rtol=1e-12)
    np.testing.assert_allclose(loss.pointwise_grad(y, s).sum(axis=1), 0, atol=1e-13)


@pytest.mark.parametrize("k", [None, 2, 4])
def test_lambda_rank_weighs_a_pair_by_what_its_exchange_does_to_ndcg(rng, k):
    y = rng.integers(0, 4, (1, 6))
    s = rng.permutation(np.arange(6.0))[None]
    total = 0.0
    for i in range(6):
        for j in range(6):
            if y[0, i] > y[0, j]:
                exchanged = s.copy()
                exchanged[0, [i, j]] = s[0, [j, i]]
                stake = abs(lb.ndcg(y, exchanged, k) - lb.ndcg(y, s, k))[0]
                total += stake * np.log1p(np.exp(-2 * (s[0, i] - s[0, j])))
    np.testing.assert_allclose(lb.LambdaRank(sigma=2.0, k=k)(y, s), total, rtol=1e-12)


@pytest.mark.parametrize("k", [None, 1, 3, 20])
def test_ndcg_is_that_of_scikit_learn_on_the_gains_ties_included(rng, k):
    metrics = pytest.importorskip("sklearn.metrics")
    y = rng.integers(0, 4, (50, 9))
    y[0] = 0
    for scores in (rng.standard_normal(y.shape), rng.integers(0, 3, y.shape), np.zeros(y.shape)):
        each = [metrics.ndcg_score([2**a - 1], [b], k=k) for a, b in zip(y, scores, strict=True)]
        np.testing.assert_allclose(lb.ndcg(y, scores, k), each, rtol=1e-12)


@pytest.mark.parametrize(
    ("y", "s", "k", "says"),
    [
        ([[1, 0]], [[1, 0]], 0, "k must be a number of places, 1 or more"),
        ([[1, -1]], [[1, 0]], None, r"y_true\[0, 1\] is -1.*grades start at 0"),
        ([[1, 0]], [[1, np.nan]], None, r"y_pred\[0, 1\] is nan"),
        ([1, 0], [1, 0], None, r"y_true has shape \(2,\).*\(n, K\)"),
    ],
)
def test_ndcg_names_what_is_wrong(y, s, k, says):
    with pytest.raises(ValueError, match=says):
        lb.ndcg(y, s, k)


@pytest.mark.parametrize(
    "loss",
    [lb.ListSoftmax(), lb.ListSoftmax("share"), lb.ListMLE(), lb.LambdaRank(2.0, k=2)],
    ids=repr,
)
def test_values_are_right_to_the_last_digits_where_slopes_cancel(loss):
    y, p = points(loss, np.float64)
    exact = symbolic.to_function(loss)
    found = loss.pointwise(y, p)
    for value, a, b in zip(found, y, p, strict=True):
        assert error_in_eps(value, exact(*loss._numbers(a, b)), np.float64) <= TIGHT
