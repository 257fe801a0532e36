"""Embeddings: what moving, turning and stretching leaves alone, and batches worked out by hand."""

import math

import mpmath
import numpy as np
import pytest
from grids import points
from test_accuracy import TIGHT, error_in_eps

import lossbook as lb
from lossbook import symbolic
from lossbook.numerics.compensated import two_product
from lossbook.numerics.vectors import directions, inner, split

TURN = np.array([[0.6, -0.8], [0.8, 0.6]])


@pytest.fixture
def rng():
    return np.random.default_rng(6)


@pytest.mark.parametrize(
    "loss", [lb.Contrastive(), lb.Triplet(), lb.Triplet(squared=False)], ids=repr
)
def test_distances_do_not_change_when_all_is_moved_or_turned(rng, loss):
    y, x = loss._example(rng, 30)
    np.testing.assert_allclose(loss.pointwise(y, x), loss.pointwise(y, x @ TURN + 3), rtol=1e-10)


@pytest.mark.parametrize(
    "loss", [lb.CosineEmbedding(), lb.InfoNCE(), lb.SupervisedContrastive()], ids=repr
)
def test_cosines_do_not_change_when_vectors_are_stretched(rng, loss):
    y, x = loss._example(rng, 10)
    longer = x * np.exp(rng.standard_normal((*x.shape[:-1], 1)))
    np.testing.assert_allclose(loss.pointwise(y, x), loss.pointwise(y, longer), rtol=1e-11)
    along = (loss.pointwise_grad(y, x) * x).sum(axis=-1)
    np.testing.assert_allclose(along, 0, atol=1e-11)


def test_exchanging_the_candidates_is_turning_the_label_of_a_triplet(rng):
    y, x = lb.Triplet()._example(rng, 30)
    exchanged = x[:, [0, 2, 1]]
    np.testing.assert_array_equal(
        lb.Triplet().pointwise(y, x), lb.Triplet().pointwise(-y, exchanged)
    )


def test_cosine_of_nearly_parallel_vectors_keeps_its_digits():
    x = np.array([[[1.0, 0.0], [1.0, 1e-6]]])
    exact = symbolic.to_function(lb.CosineEmbedding())
    loss = lb.CosineEmbedding().pointwise([1], x)[0]
    assert abs(loss / float(exact(1, x[0])) - 1) < 1e-15


def test_a_distance_next_to_the_margin_keeps_its_digits():
    x = np.array([[[0.1, 0.7], [0.8, 1.3]]])
    margin = math.hypot(0.8 - 0.1, 1.3 - 0.7) * (1 + 1e-8)
    loss = lb.Contrastive(margin)
    exact = symbolic.to_function(loss)
    assert abs(loss.pointwise([0], x)[0] / float(exact(0, x[0])) - 1) < 1e-15


def test_info_nce_of_a_batch_worked_out_by_hand():
    # Cosines [[1, 0], [0, 1]]: each query has one key at 1 and one at 0.
    batch = np.array([[[1.0, 0.0], [2.0, 0.0]], [[0.0, 1.0], [0.0, 5.0]]])
    value, grad = lb.InfoNCE(temperature=0.5).value_and_grad([0, 1], batch)
    wrong = 1 / (1 + math.e**2)
    np.testing.assert_allclose(value, math.log1p(math.e**-2), rtol=1e-14)
    # A query is pushed from the other's key by wrong / τ; the mean halves it.
    np.testing.assert_allclose(grad[0, 0], [0, wrong], rtol=1e-14)
    np.testing.assert_allclose(grad[0, 1], [0, wrong / 2], rtol=1e-14)


def test_several_keys_of_one_identity_are_averaged():
    batch = np.array([[[1.0, 0.0], [1.0, 0.0]], [[1.0, 0.0], [0.0, 1.0]]])
    np.testing.assert_allclose(
        lb.InfoNCE(temperature=1.0).pointwise([4, 4], batch),
        [math.log1p(math.exp(-1)) + 0.5] * 2,
        rtol=1e-14,
    )


def test_supervised_contrastive_of_a_batch_worked_out_by_hand():
    # The two of class 7 are parallel, the third is at a right angle and alone.
    x = np.array([[1.0, 0.0], [2.0, 0.0], [0.0, 1.0]])
    loss = lb.SupervisedContrastive(temperature=0.5)
    near = math.log1p(math.e**-2)
    np.testing.assert_allclose(loss.pointwise([7, 7, 3], x), [near, near, 0], rtol=1e-14)
    np.testing.assert_allclose(loss([7, 7, 3], x), 2 * near / 3, rtol=1e-14)


def test_nt_xent_is_cross_entropy_of_finding_the_other_view(rng):
    z = rng.standard_normal((8, 5))
    unit = z / np.linalg.norm(z, axis=1, keepdims=True)
    logits = unit @ unit.T / 0.2
    others = np.array([[j for j in range(8) if j != i] for i in range(8)])
    partner = np.arange(8) ^ 1
    label = (others == partner[:, None]).argmax(axis=1)
    np.testing.assert_allclose(
        lb.SupervisedContrastive(0.2).pointwise(np.arange(8) // 2, z),
        lb.cross_entropy.pointwise(label, np.take_along_axis(logits, others, axis=1)),
        rtol=1e-12,
    )


def test_logits_of_ten_thousand_keep_the_digits_of_what_is_left():
    # τ = 1e-4: the right key is ahead by a gap of 20 in logits of 10 000.
    angle = math.acos(1 - 20e-4)
    own, other = [1.0, 0.0], [math.cos(angle), math.sin(angle)]
    batch = np.array([[own, own], [other, other]])
    loss = lb.InfoNCE(temperature=1e-4)
    value, grad = loss.value_and_grad([0, 1], batch)
    with mpmath.workdps(60):
        a, b = (mpmath.matrix([mpmath.mpf(t) for t in v]) for v in (own, other))
        length = mpmath.sqrt(b[0] ** 2 + b[1] ** 2)
        gap = (1 - (a.T * b)[0] / length) / mpmath.mpf(1e-4)
        exact = mpmath.log1p(mpmath.exp(-gap))
        assert abs(value / exact - 1) < 1e-15
        push = mpmath.exp(-gap) / (1 + mpmath.exp(-gap)) / mpmath.mpf(1e-4) / 2
        assert abs(grad[0, 0, 1] / (push * b[1] / length) - 1) < 1e-15


def test_one_logit_far_ahead_costs_what_the_others_are_worth_and_far_behind_the_gap():
    batch = np.array([[[1.0, 0.0], [1.0, 0.0]], [[-1.0, 0.0], [-1.0, 0.0]]])
    right, wrong = (
        lb.InfoNCE(temperature=2e-4).value_and_grad([0, 1], b)
        for b in (batch, batch * np.array([[[1], [-1]]]))
    )
    assert right[0] == 0.0
    assert wrong[0] == pytest.approx(1e4, rel=1e-15)
    assert np.isfinite(right[1]).all()
    assert np.isfinite(wrong[1]).all()


def test_inner_products_of_all_pairs_have_twice_the_digits(rng):
    a, b = rng.standard_normal((2, 5, 40))
    b[0] -= (a[0] @ b[0]) / (a[0] @ a[0]) * a[0]  # nearly orthogonal
    high, low = inner(split(a), split(b), product=lambda x, y: x @ y.T)
    with mpmath.workdps(60):
        for i in range(5):
            for j in range(5):
                exact = mpmath.fdot(map(float, a[i]), map(float, b[j]))
                assert abs(mpmath.mpf(high[i, j]) + mpmath.mpf(low[i, j]) - exact) < 1e-21


def test_directions_are_unit_vectors_to_twice_the_digits(rng):
    x = rng.standard_normal((6, 7)) * 10.0 ** rng.integers(-140, 140, (6, 1))
    (high, low), (length, rest) = directions(x)
    with mpmath.workdps(60):
        for i in range(6):
            exact = mpmath.sqrt(mpmath.fsum(mpmath.mpf(t) ** 2 for t in x[i].tolist()))
            assert abs((mpmath.mpf(length[i]) + mpmath.mpf(rest[i])) / exact - 1) < 1e-21
            first = mpmath.mpf(high[i, 0]) + mpmath.mpf(low[i, 0])
            assert abs(first * exact / mpmath.mpf(x[i, 0]) - 1) < 1e-21


def test_the_rounding_error_of_a_product_is_exact(rng):
    a, b = rng.standard_normal((2, 100))
    with mpmath.workdps(60):
        for x, y, product, rest in zip(a, b, *two_product(a, b), strict=True):
            assert mpmath.mpf(x) * mpmath.mpf(y) == mpmath.mpf(product) + mpmath.mpf(rest)


@pytest.mark.parametrize(
    "loss",
    [lb.InfoNCE(), lb.InfoNCE(0.5, normalise=False), lb.SupervisedContrastive(0.0625)],
    ids=repr,
)
def test_values_are_right_to_the_last_digits_where_slopes_cancel(loss):
    y, p = points(loss, np.float64)
    exact = symbolic.to_function(loss)
    found = [loss(a, b) for a, b in zip(y, p, strict=True)]
    for value, a, b in zip(found, y, p, strict=True):
        assert error_in_eps(value, exact(*loss._numbers(a, b)), np.float64) <= TIGHT
