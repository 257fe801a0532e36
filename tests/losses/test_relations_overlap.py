"""Overlap losses that are one another, and what they are of masks of 0 and 1."""

import numpy as np
import pytest

import lossbook as lb

RNG = np.random.default_rng(0)
Y = (RNG.random((20, 4, 5)) < RNG.random((20, 1, 1))).astype(float)
P = RNG.random((20, 4, 5))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (lb.Dice(2.0), lb.Tversky(0.5, 0.5, 1.0)),
        (lb.Jaccard(0.5), lb.Tversky(1.0, 1.0, 0.5)),
        (lb.FocalTversky(0.2, 0.8, 1.0, 0.5), lb.Tversky(0.2, 0.8, 0.5)),
    ],
)
def test_same_function(one, other):
    np.testing.assert_allclose(one.pointwise(Y, P), other.pointwise(Y, P), rtol=1e-14)
    np.testing.assert_allclose(one.pointwise_grad(Y, P), other.pointwise_grad(Y, P), rtol=1e-13)


def test_of_hard_masks_dice_with_and_without_squares_agree():
    hard = np.rint(P)
    np.testing.assert_allclose(
        lb.Dice().pointwise(Y, hard), lb.Dice(squared=True).pointwise(Y, hard), rtol=1e-14
    )


def test_of_hard_masks_they_are_the_scores_of_counts():
    hard = np.rint(P)
    both, either = (Y * hard).sum(axis=(1, 2)), np.maximum(Y, hard).sum(axis=(1, 2))
    np.testing.assert_allclose(lb.Jaccard(1e-12).pointwise(Y, hard), 1 - both / either, atol=1e-9)


def test_background_counts_for_nothing():
    wide = [np.concatenate([a, np.zeros((20, 4, 50))], axis=2) for a in (Y, P)]
    for loss in (lb.Dice(), lb.Jaccard(), lb.Tversky(), lb.Dice(squared=True)):
        np.testing.assert_allclose(loss.pointwise(*wide), loss.pointwise(Y, P), rtol=1e-13)


def test_a_perfect_mask_costs_nothing_and_a_nearly_perfect_one_keeps_its_digits():
    y, p = np.array([[1.0, 1.0, 0.0]]), np.array([[1.0, 1.0, 1e-200]])
    for loss, missed in ((lb.Dice(), 1e-200 / 5), (lb.Jaccard(), 1e-200 / 3)):
        assert loss(y, y) == 0
        assert loss(y, p) == pytest.approx(missed, rel=1e-15)


@pytest.mark.parametrize("smooth", [0.0625, 0.5, 2.0, 12.0])
def test_the_steepest_slopes_are_reached(smooth):
    empty, missed = np.zeros((1, 3)), np.array([[1.0, 0, 0]])
    for loss in (lb.Jaccard(smooth), lb.Dice(smooth), lb.Tversky(0.75, 0.25, smooth)):
        slopes = [np.abs(loss.pointwise_grad(y, empty)).max() for y in (empty, missed)]
        assert max(slopes) == pytest.approx(loss.card().lipschitz, rel=1e-12)
    squared = lb.Dice(smooth, squared=True)
    faint = np.array([[min(smooth / 3, 1) ** 0.5, 0, 0]])
    slopes = [
        np.abs(squared.pointwise_grad(y, p)).max() for y, p in ((empty, faint), (missed, empty))
    ]
    assert max(slopes) == pytest.approx(squared.card().lipschitz, rel=1e-12)


def test_a_heavier_weight_of_misses_prefers_to_find_too_much():
    y = np.array([[1.0, 1.0, 0, 0]])
    too_much, too_little = np.array([[1.0, 1, 1, 0]]), np.array([[1.0, 0, 0, 0]])
    recall, precision = lb.Tversky(0.3, 0.7), lb.Tversky(0.7, 0.3)
    assert recall(y, too_much) < recall(y, too_little)
    assert precision(y, too_much) > precision(y, too_little)


@pytest.mark.parametrize(
    "make",
    [lambda: lb.Dice(0), lambda: lb.Tversky(alpha=-1), lambda: lb.FocalTversky(gamma=0.75)],
)
def test_bad_parameters_are_named(make):
    with pytest.raises(ValueError, match=r"must be .*got"):
        make()
