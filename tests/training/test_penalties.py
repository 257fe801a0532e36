"""Penalties: convex, with the stated value, a true (sub)gradient and a true proximal point."""

import numpy as np
import pytest

from lossbook.losses.regression import HalfSquaredError, SquaredError
from lossbook.models import LinearModel
from lossbook.objectives import objective
from lossbook.penalties import L1, L2, ElasticNet, GroupLasso, NuclearNorm

PENALTIES = [
    L1(0.7),
    L2(0.7),
    L1(0.0),
    L2(0.0),
    ElasticNet(0.7, 0.3),
    ElasticNet(0.7, 0.0),
    ElasticNet(0.7, 1.0),
    GroupLasso(0.7, [0, 0, 1, 2, 2, 2]),
    GroupLasso(0.7, [5, 3, 5, 3, 5, 3]),
    NuclearNorm(0.7, (2, 3)),
    NuclearNorm(0.7, (6, 1)),
    NuclearNorm(0.0, (3, 2)),
]
POINTS = np.random.default_rng(0).normal(size=(20, 6))
POINTS[::4, 2] = 0.0  # on the kink of L1, and of a group of one
POINTS[1] = 0.0
POINTS[2, 3:] = -2 * POINTS[2, :3]  # a matrix of rank one

each_penalty = pytest.mark.parametrize("penalty", PENALTIES, ids=repr)


def test_values_are_the_textbook_ones():
    w = np.array([3.0, -4.0])
    assert L1(2.0).value(w) == 14.0
    assert L2(2.0).value(w) == 25.0


@each_penalty
def test_gradient_is_a_subgradient(penalty):
    for w in POINTS:
        for u in POINTS:
            tangent = penalty.value(w) + penalty.grad(w) @ (u - w)
            assert penalty.value(u) >= tangent - 1e-12


@each_penalty
def test_gradient_is_the_derivative_off_the_kink(penalty):
    w, h = np.array([0.5, -2.0, 1.5, 0.3, -1.0, 2.0]), 1e-6
    steps = h * np.eye(6)
    slope = [(penalty.value(w + e) - penalty.value(w - e)) / (2 * h) for e in steps]
    np.testing.assert_allclose(penalty.grad(w), slope, atol=1e-8)


def test_subgradient_of_l1_at_zero_is_zero():
    assert L1(3.0).grad(np.zeros(2)).tolist() == [0.0, 0.0]


@each_penalty
@pytest.mark.parametrize("step", [0.0, 0.3, 5.0])
def test_prox_minimises_its_objective(penalty, step):
    def prox_objective(u, w):
        return step * penalty.value(u) + 0.5 * np.sum((u - w) ** 2)

    rng = np.random.default_rng(1)
    for w in POINTS:
        best = penalty.prox(w, step)
        nearby = best + 0.1 * rng.normal(size=(50, w.size))
        assert prox_objective(best, w) <= min(prox_objective(u, w) for u in nearby)


@pytest.mark.parametrize("penalty", [p for p in PENALTIES if hasattr(p, "curvature")], ids=repr)
def test_curvature_is_the_derivative_of_the_gradient(penalty):
    w, h = np.array([0.5, -2.0, 1.5]), 1e-6
    np.testing.assert_allclose(
        penalty.curvature(w), (penalty.grad(w + h) - penalty.grad(w - h)) / (2 * h), atol=1e-9
    )


def test_relations_between_penalties():
    for w in POINTS:
        for other, l_one in (
            (ElasticNet(0.7, 1.0), L1(0.7)),
            (GroupLasso(0.7, range(6)), L1(0.7)),
            (ElasticNet(0.7, 0.0), L2(0.7)),
        ):
            assert other.value(w) == pytest.approx(l_one.value(w))
            np.testing.assert_allclose(other.grad(w), l_one.grad(w), atol=1e-15)
            np.testing.assert_allclose(other.prox(w, 0.4), l_one.prox(w, 0.4), atol=1e-15)
        one_group, one_column = GroupLasso(0.7, [0] * 6), NuclearNorm(0.7, (6, 1))
        assert one_group.value(w) == pytest.approx(np.sqrt(6) * one_column.value(w))


def test_a_group_goes_to_zero_together():
    w = np.array([0.3, -0.3, 2.0, 0.1])
    assert GroupLasso(0.5, [0, 0, 1, 1]).prox(w, 1.0).tolist()[:2] == [0.0, 0.0]
    assert (GroupLasso(0.5, [0, 0, 1, 1]).prox(w, 1.0)[2:] != 0).all()


def test_the_nuclear_norm_lowers_the_rank():
    W = np.diag([3.0, 0.9, 0.1])
    moved = NuclearNorm(1.0, (3, 3)).prox(W.ravel(), 1.0).reshape(3, 3)
    assert np.linalg.matrix_rank(moved) == 1
    np.testing.assert_allclose(moved, np.diag([2.0, 0, 0]), atol=1e-15)


def test_prox_of_l1_lands_exactly_on_zero():
    assert L1(1.0).prox(np.array([0.9, -1.0, 2.0]), step=1.0).tolist() == [0.0, 0.0, 1.0]


@each_penalty
def test_input_is_left_alone_and_float32_stays(penalty):
    w = POINTS[0].astype(np.float32)
    before = w.copy()
    assert penalty.grad(w).dtype == penalty.prox(w, 0.1).dtype == np.float32
    assert isinstance(penalty.value(w), float)
    np.testing.assert_array_equal(w, before)


@pytest.mark.parametrize("penalty", [L1, L2, ElasticNet])
@pytest.mark.parametrize("strength", [-1.0, np.nan, np.inf, "1", None, True])
def test_bad_strength_is_named(penalty, strength):
    with pytest.raises(ValueError, match=f"{penalty.__name__}: strength must be non-negative"):
        penalty(strength)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: GroupLasso(-1, [0]), "GroupLasso: strength must be non-negative"),
        (lambda: GroupLasso(1, [0.5]), "groups must hold one integer for every parameter"),
        (lambda: GroupLasso(1, []), "groups must hold one integer"),
        (lambda: GroupLasso(1, [0, 1]).value(np.ones(3)), r"w has shape \(3,\) but groups names 2"),
        (lambda: NuclearNorm(np.nan, (1, 1)), "NuclearNorm: strength must be non-negative"),
        (lambda: NuclearNorm(1, 3), "shape must be the two lengths of a matrix"),
        (lambda: NuclearNorm(1, (2, 0)), "shape must be the two lengths"),
        (
            lambda: NuclearNorm(1, (2, 2)).grad(np.ones(3)),
            r"of shape \(2, 2\) has 4 entries",
        ),
        (lambda: ElasticNet(1, 1.5), r"ElasticNet: l1_ratio must be in \[0, 1\]"),
    ],
)
def test_bad_arguments_are_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@each_penalty
@pytest.mark.parametrize("step", [-0.1, np.nan, np.inf])
def test_bad_step_is_refused(penalty, step):
    with pytest.raises(ValueError, match="step must be non-negative"):
        penalty.prox(np.ones(6), step)


@pytest.fixture
def regression():
    rng = np.random.default_rng(2)
    X = rng.normal(size=(40, 3))
    return X, X @ [1.0, 0.0, -2.0] + 5 + rng.normal(size=40)


def test_table_of_conventions_ridge(regression):
    from sklearn.linear_model import Ridge

    X, y = regression
    theirs = Ridge(alpha=3.0).fit(X, y)
    w = np.append(theirs.coef_, theirs.intercept_)
    f = objective(LinearModel(3), SquaredError(), X, y, penalty=L2(2 * 3.0 / len(y)))
    np.testing.assert_allclose(f(w)[1], 0, atol=1e-12)


def test_table_of_conventions_lasso(regression):
    from sklearn.linear_model import Lasso

    X, y = regression
    theirs = Lasso(alpha=0.5, tol=1e-12).fit(X, y)
    penalty, w = L1(0.5), np.append(theirs.coef_, theirs.intercept_)
    f = objective(LinearModel(3), HalfSquaredError(), X, y)
    moved = penalty.prox(w[:3] - 0.1 * f(w)[1][:3], step=0.1)
    assert (theirs.coef_ == 0).any()
    np.testing.assert_allclose(moved, w[:3], atol=1e-6)  # a fixed point of proximal descent


def test_table_of_conventions_elastic_net(regression):
    from sklearn.linear_model import ElasticNet as Theirs

    X, y = regression
    theirs = Theirs(alpha=0.5, l1_ratio=0.3, tol=1e-12).fit(X, y)
    penalty, w = ElasticNet(0.5, 0.3), np.append(theirs.coef_, theirs.intercept_)
    f = objective(LinearModel(3), HalfSquaredError(), X, y)
    moved = penalty.prox(w[:3] - 0.1 * f(w)[1][:3], step=0.1)
    np.testing.assert_allclose(moved, w[:3], atol=1e-6)
