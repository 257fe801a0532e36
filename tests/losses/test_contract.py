"""Every loss keeps the contract, and equals the values worked out by hand."""

import inspect

import numpy as np
import pytest
from catalogue import BAD, KNOWN, LOSSES

import lossbook as lb
from lossbook.losses import blocks


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
def test_keeps_every_property_it_claims(loss):
    report = lb.check_loss(loss)
    assert report, f"\n{report!r}"


def test_every_exported_loss_is_in_the_catalogue():
    kinds = {lb.Loss, lb.ResidualLoss, lb.MarginLoss, lb.BinaryLoss, lb.RowLoss, lb.BatchLoss}
    exported = {
        thing
        for name, thing in vars(lb).items()
        if inspect.isclass(thing) and issubclass(thing, lb.Loss) and thing not in kinds
    }
    assert exported == {type(loss) for loss in LOSSES}
    assert exported == {type(row[0]) for row in KNOWN}


@pytest.mark.parametrize(("loss", "y", "p", "value", "slope"), KNOWN)
def test_known_values(loss, y, p, value, slope):
    np.testing.assert_allclose(loss.pointwise([y], [p]), [value], rtol=1e-14)
    np.testing.assert_allclose(loss.pointwise_grad([y], [p]), [slope], rtol=1e-14)


@pytest.mark.parametrize(
    "loss", [loss for loss in LOSSES if not isinstance(loss, lb.BatchLoss)], ids=repr
)
def test_blocks_give_the_same_as_one_pass(loss, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_BYTES", 2048)
    rng = np.random.default_rng(3)
    n = 3 * blocks.BLOCK_BYTES // 8 + 17
    y, p = loss._example(rng, n)
    weights = rng.uniform(0, 2, n)
    value, grad = loss.value_and_grad(y, p, weights)
    each, slopes = loss.pointwise(y, p), loss.pointwise_grad(y, p)
    full = weights if loss._weigh(y, None) is None else weights * loss._weigh(y, None)
    np.testing.assert_allclose(value, np.average(each, weights=full), rtol=1e-12)
    np.testing.assert_allclose(grad, (slopes.T * full).T / full.sum(), rtol=1e-12, atol=1e-300)
    pieces = np.array_split(np.arange(n), 7)
    total = sum(loss(y[i], p[i], weights[i]) * full[i].sum() for i in pieces) / full.sum()
    np.testing.assert_allclose(value, total, rtol=1e-12)


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
def test_order_of_samples_does_not_matter(loss):
    rng = np.random.default_rng(4)
    y, p = loss._example(rng, 50)
    order = rng.permutation(50)
    np.testing.assert_allclose(loss(y, p), loss(y[order], p[order]), rtol=1e-13)


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
def test_card_is_complete(loss):
    card = loss.card()
    assert card.name == repr(loss)
    assert card.formula
    assert card.chapter.count("/") == 1
    text = str(card)
    for row in ("formula", "estimates", "convex", "choose it when", "avoid it when"):
        assert row in text
    assert "<table" in card._repr_html_()


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
def test_equal_losses_are_equal_and_repr_rebuilds(loss):
    rebuilt = eval(repr(loss), {**vars(lb), "inf": np.inf})
    assert rebuilt == loss
    assert hash(rebuilt) == hash(loss)


def test_several_outputs_weigh_per_row():
    y, p = np.zeros((2, 2)), np.array([[1.0, 3.0], [2.0, 2.0]])
    value, grad = lb.mse.value_and_grad(y, p, [1, 3])
    assert value == ((1 + 9) * 1 + (4 + 4) * 3) / (4 * 2)
    np.testing.assert_allclose(grad, 2 * p * np.array([[1], [3]]) / 8)


def test_numbers_are_samples_too():
    assert lb.mse(1.0, 3.0) == 4.0
    assert lb.mse.grad(1.0, 3.0) == 4.0


def test_integers_become_float64_and_labels_follow_the_logits():
    assert lb.mse.grad([1, 2], [3, 4]).dtype == np.float64
    assert lb.hinge.grad(np.array([1, -1]), np.zeros(2, np.float32)).dtype == np.float32


def test_ignored_rows_count_for_nothing():
    loss = lb.SoftmaxCrossEntropy(ignore_index=-100)
    z = np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 0.0]])
    value, grad = loss.value_and_grad([0, -100, 1], z)
    kept, kept_grad = lb.cross_entropy.value_and_grad([0, 1], z[[0, 2]])
    assert value == kept
    np.testing.assert_array_equal(grad[[0, 2]], kept_grad)
    np.testing.assert_array_equal(grad[1], 0)


def test_a_batch_of_ignored_rows_has_value_and_gradient_zero():
    value, grad = lb.SoftmaxCrossEntropy(ignore_index=9).value_and_grad([9, 9], np.ones((2, 3)))
    assert value == 0
    assert not grad.any()


def test_class_weights_stand_in_the_denominator():
    loss = lb.SoftmaxCrossEntropy(class_weight=(1.0, 3.0))
    z = np.array([[0.3, -0.2], [1.0, 0.5]])
    each = lb.cross_entropy.pointwise([0, 1], z)
    np.testing.assert_allclose(loss([0, 1], z), (each[0] + 3 * each[1]) / 4, rtol=1e-14)


def test_one_hot_rows_are_labels():
    z = np.random.default_rng(0).normal(size=(6, 3))
    labels = np.array([0, 1, 2, 2, 1, 0])
    np.testing.assert_allclose(
        lb.cross_entropy.grad(np.eye(3)[labels], z), lb.cross_entropy.grad(labels, z), atol=1e-15
    )


def test_a_weight_of_zero_leaves_out_even_an_infinite_loss():
    assert lb.log_loss([1, 1], [0.5, 0.0], [1, 0]) == pytest.approx(np.log(2))


def test_a_weight_of_zero_leaves_out_even_an_infinite_slope():
    grad = lb.log_loss.grad([1, 0], [0.0, 0.5], [0, 1])
    np.testing.assert_array_equal(grad, [0, 2])


def test_an_overridden_gradient_wins_over_an_inherited_fused_one():
    class Unclipped(lb.Huber):
        def _grad(self, r):
            return r

    np.testing.assert_array_equal(Unclipped().grad([0.0], [5.0]), [5.0])


def test_probability_zero_for_what_happened_costs_infinitely_much():
    assert lb.log_loss([1.0], [0.0]) == np.inf


@pytest.mark.parametrize(("loss", "y", "p", "says"), BAD)
def test_bad_input_of_a_family_is_named(loss, y, p, says):
    with pytest.raises(ValueError, match=says):
        loss(y, p)


def test_the_wrong_number_of_class_weights_is_named():
    with pytest.raises(ValueError, match="one weight a class"):
        lb.SoftmaxCrossEntropy(class_weight=(1.0, 2.0))([0], [[0.0, 0.0, 0.0]])
