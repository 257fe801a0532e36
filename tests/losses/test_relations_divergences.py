"""What divergences are to each other, and to the functions of other libraries."""

import numpy as np
import pytest
from scipy import special, stats
from scipy.spatial.distance import jensenshannon

import lossbook as lb
from lossbook import symbolic

RNG = np.random.default_rng(8)
P = RNG.dirichlet(np.full(5, 0.7), 60)
Q = RNG.dirichlet(np.full(5, 0.7), 60)
PLACES = (0.0, 0.5, 2.0, 3.0, 7.0)


def each(loss, p=P, q=Q):
    return loss.pointwise(p, q)


def test_kl_is_the_cross_entropy_less_the_entropy():
    entropy = -(P * np.log(P)).sum(axis=1)
    np.testing.assert_allclose(
        each(lb.kl_divergence), lb.cross_entropy.pointwise(P, np.log(Q)) - entropy, rtol=1e-12
    )
    np.testing.assert_allclose(
        each(lb.kl_divergence), lb.CategoricalCrossEntropy().pointwise(P, Q) - entropy, rtol=1e-12
    )


def test_through_a_softmax_the_gradient_of_kl_is_prediction_less_truth():
    for constant in (0, -1):  # of the sum with −p + q, and of that without
        slope = lb.kl_divergence.pointwise_grad(P, Q) + constant
        by_scores = Q * (slope - (Q * slope).sum(axis=1, keepdims=True))
        np.testing.assert_allclose(by_scores, Q - P, atol=1e-15)


def test_kl_near_its_minimum_keeps_its_digits():
    p = np.array([[0.5, 0.25, 0.25]])
    q = p + 2.0**-30 * np.array([[1, -1, 0]])
    assert each(lb.kl_divergence, p, q)[0] == pytest.approx(2.0**-60 * 3, rel=1e-8)
    naive = (p * np.log(p / q)).sum()
    assert abs(naive - 2.0**-60 * 3) > 2.0**-60


@pytest.mark.parametrize("loss", [lb.KLDivergence(), lb.JensenShannon(), lb.Renyi(0.5)])
def test_rows_that_rounding_leaves_short_of_1_cost_nothing_less_than_0(loss):
    p = RNG.dirichlet(np.ones(7), 500)
    q = p * (1 + 1e-16 * RNG.normal(size=p.shape))
    assert each(loss, p, q).min() >= 0


def test_reverse_kl_is_kl_with_its_arguments_exchanged():
    np.testing.assert_array_equal(each(lb.ReverseKL()), each(lb.KLDivergence(), Q, P))


def test_kl_is_the_generalised_one_summed_over_a_row():
    np.testing.assert_allclose(
        each(lb.KLDivergence()), lb.GeneralizedKL().pointwise(P, Q).sum(axis=1), rtol=1e-14
    )


@pytest.mark.parametrize(
    "loss", [lb.JensenShannon(), lb.Hellinger(), lb.TotalVariation(), lb.Wasserstein1D()], ids=repr
)
def test_symmetric(loss):
    np.testing.assert_allclose(each(loss), each(loss, Q, P), rtol=1e-14)


def test_inequalities_between_divergences():
    tv, h, kl = each(lb.TotalVariation()), each(lb.Hellinger()), each(lb.KLDivergence())
    chi, js = each(lb.ChiSquared()), each(lb.JensenShannon())
    assert (2 * tv**2 <= kl).all()  # Pinsker
    assert (h <= tv).all()
    assert (tv <= np.sqrt(h * (2 - h))).all()
    assert (2 * h <= kl).all()
    assert (kl <= np.log1p(chi)).all()
    assert (js <= np.log(2) * tv).all()


def test_renyi_grows_with_its_order_and_has_its_special_cases():
    orders = [0.1, 0.5, 0.9, 1.1, 2.0, 5.0]
    values = np.array([each(lb.Renyi(order)) for order in orders])
    assert (np.diff(values, axis=0) > 0).all()
    np.testing.assert_allclose(values[1], -2 * np.log1p(-each(lb.Hellinger())), rtol=1e-12)
    np.testing.assert_allclose(values[4], np.log1p(each(lb.ChiSquared())), rtol=1e-12)


def test_renyi_comes_near_kl_as_fast_as_its_order_comes_near_1():
    kl, slope = each(lb.KLDivergence()), lb.KLDivergence().pointwise_grad(P, Q)
    for order in (1 - 1e-9, 1 + 1e-9):
        np.testing.assert_allclose(each(lb.Renyi(order)), kl, rtol=1e-7)
        np.testing.assert_allclose(lb.Renyi(order).pointwise_grad(P, Q), slope, rtol=1e-6)


def test_renyi_of_a_label_is_the_log_loss_of_it_at_every_order():
    for order in (0.3, 3.0):
        np.testing.assert_allclose(
            each(lb.Renyi(order), np.eye(5), Q[:5]), -np.log(np.diag(Q[:5])), rtol=1e-13
        )


def test_a_ratio_beyond_the_largest_number_still_has_a_finite_renyi_divergence():
    p, q = np.array([[0.5, 0.5]]), np.array([[1e-200, 1.0]])
    expected = (4 * np.log(0.5) + 3 * 200 * np.log(10)) / 3
    np.testing.assert_allclose(each(lb.Renyi(4.0), p, q), expected, rtol=1e-13)
    assert np.isfinite(lb.Renyi(4.0).pointwise_grad(p, q)).all()


def test_two_points_are_as_far_apart_as_they_lie():
    eye = np.eye(5)
    for i, j in np.ndindex(5, 5):
        distance = each(lb.Wasserstein1D(PLACES), eye[[i]], eye[[j]])
        assert distance == abs(PLACES[i] - PLACES[j])
        assert each(lb.Cramer(PLACES), eye[[i]], eye[[j]]) == distance


def test_the_same_as_scipy():
    np.testing.assert_allclose(each(lb.KLDivergence()), special.kl_div(P, Q).sum(1), rtol=1e-12)
    np.testing.assert_allclose(each(lb.KLDivergence()), special.rel_entr(P, Q).sum(1), rtol=1e-12)
    np.testing.assert_allclose(each(lb.JensenShannon()), jensenshannon(P.T, Q.T) ** 2, rtol=1e-12)
    for p, q, w, c in zip(
        P, Q, each(lb.Wasserstein1D(PLACES)), each(lb.Cramer(PLACES)), strict=True
    ):
        assert w == pytest.approx(stats.wasserstein_distance(PLACES, PLACES, p, q), rel=1e-12)
        assert 2 * c == pytest.approx(stats.energy_distance(PLACES, PLACES, p, q) ** 2, rel=1e-12)


def test_sinkhorn_lies_between_transport_alone_and_transport_by_chance():
    places = np.linspace(0, 1, 5)
    by_chance = np.einsum("ni,ij,nj->n", P, np.abs(places[:, None] - places), Q)
    costs = [each(lb.Wasserstein1D()), *(each(lb.Sinkhorn(e)) for e in (0.05, 0.2, 1.0)), by_chance]
    assert (np.diff(costs, axis=0) > 0).all()
    np.testing.assert_allclose(each(lb.Sinkhorn(1000.0)), by_chance, atol=1e-3)


def test_sinkhorn_loses_no_more_than_some_units_of_the_largest_cost():
    loss = lb.Sinkhorn()
    y, p = loss._formula_example(np.random.default_rng(2))
    for order, found in ((0, loss.pointwise(y, p)), (1, loss.pointwise_grad(y, p))):
        function = symbolic.to_function(loss, order)
        exact = [np.array(function(a, b), float).ravel() for a, b in zip(y, p, strict=True)]
        np.testing.assert_allclose(found, np.reshape(exact, found.shape), rtol=0, atol=4e-15)


def test_sinkhorn_says_when_it_has_not_settled(monkeypatch):
    monkeypatch.setattr("lossbook.losses.sinkhorn.STEPS", 5)
    with pytest.raises(RuntimeError, match=r"after 5 steps: take an epsilon larger than 0\.01"):
        lb.Sinkhorn(0.01)(P, Q)


def test_cramer_of_a_label_is_the_ranked_probability_score():
    labels = RNG.integers(0, 5, 60)
    np.testing.assert_allclose(
        each(lb.Cramer(), np.eye(5)[labels]),
        lb.RankedProbability().pointwise(labels, Q),
        rtol=1e-12,
    )


def test_the_losses_of_counts_and_amounts_with_the_mean_as_prediction():
    y, p = RNG.gamma(2.0, size=40), RNG.gamma(2.0, size=40)
    pairs = ((lb.GeneralizedKL(), lb.Poisson()), (lb.ItakuraSaito(), lb.Gamma()))
    for divergence, deviance in pairs:
        np.testing.assert_allclose(
            divergence.pointwise(y, p), deviance.pointwise(y, np.log(p)), rtol=1e-12
        )


def test_generalised_divergences_are_invariant_or_scale_as_they_say():
    y, p = RNG.gamma(2.0, size=40), RNG.gamma(2.0, size=40)
    np.testing.assert_allclose(
        lb.GeneralizedKL().pointwise(8 * y, 8 * p), 8 * lb.GeneralizedKL().pointwise(y, p)
    )
    np.testing.assert_allclose(
        lb.ItakuraSaito().pointwise(8 * y, 8 * p), lb.ItakuraSaito().pointwise(y, p)
    )
