"""CTC against the definition, path by path; and the decoders against both."""

import itertools

import mpmath
import numpy as np
import pytest

import lossbook as lb
from lossbook import symbolic
from lossbook.numerics import log_softmax, logsumexp


def by_enumeration(z, labels, blank):
    """Return value and gradient of one sequence, from a list of all paths that fit."""
    log_p = log_softmax(z)
    frames = np.arange(len(z))
    paths = np.array(list(lb.ctc_alignments(labels, len(z), blank)))
    scores = log_p[frames, paths].sum(axis=1)
    value = -logsumexp(scores)
    share = np.zeros_like(z)
    np.add.at(share, (frames, paths), np.exp(scores + value)[:, None])
    return value, np.exp(log_p) - share


def collapse(path, blank):
    return tuple(k for k, _ in itertools.groupby(path) if k != blank)


def sequences(n=200, classes=(2, 4)):
    """Return logits, labels and blank of small sequences, some with no frame to spare."""
    rng = np.random.default_rng(2)
    found = []
    while len(found) < n:
        n_classes = int(rng.integers(*classes, endpoint=True))
        blank = int(rng.integers(n_classes))
        labels = rng.choice(np.delete(np.arange(n_classes), blank), rng.integers(0, 4))
        needed = len(labels) + (labels[1:] == labels[:-1]).sum()
        frames = max(1, needed + rng.integers(0, 3))
        found.append((3 * rng.standard_normal((frames, n_classes)), labels, blank))
    return found


def test_the_sequences_cover_what_is_special():
    kinds = sequences()
    assert any(len(labels) == 0 for _, labels, _ in kinds)
    assert any((labels[1:] == labels[:-1]).any() for _, labels, _ in kinds)
    assert any(len(z) == len(labels) for z, labels, _ in kinds)


def test_alignments_are_all_the_paths_that_collapse_to_the_labels():
    for labels, frames, blank in [((1, 2), 4, 0), ((1, 1), 4, 0), ((), 3, 1), ((0, 2, 0), 4, 1)]:
        every = itertools.product(range(3), repeat=frames)
        wanted = [path for path in every if collapse(path, blank) == labels]
        assert list(lb.ctc_alignments(labels, frames, blank)) == wanted


def test_value_and_gradient_are_those_of_the_definition():
    for z, labels, blank in sequences():
        loss = lb.CTC(blank)
        value, grad = by_enumeration(z, labels, blank)
        np.testing.assert_allclose(loss.pointwise([labels], [z])[0], value, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(loss.pointwise_grad([labels], [z])[0], grad, atol=1e-14)


def test_probabilities_of_all_labellings_sum_to_1():
    z = np.random.default_rng(3).standard_normal((4, 3))
    labellings = {collapse(path, 0) for path in itertools.product(range(3), repeat=4)}
    total = sum(np.exp(-lb.CTC().pointwise([labels], [z])[0]) for labels in labellings)
    assert total == pytest.approx(1, rel=1e-13)


def batch():
    rng = np.random.default_rng(4)
    labels = [[1, 1], [], [2, 1, 2], [1]]
    return labels, [2 * rng.standard_normal((frames, 3)) for frames in (5, 2, 4, 1)]


def test_a_list_is_its_sequences_one_by_one():
    labels, logits = batch()
    loss, weights = lb.CTC(), [1.0, 2.0, 0.5, 3.0]
    value, grad = loss.value_and_grad(labels, logits, weights)
    singles = [loss.value_and_grad([y], [z]) for y, z in zip(labels, logits, strict=True)]
    np.testing.assert_allclose(value, np.average([v for v, _ in singles], weights=weights))
    for found, z, (_, (one,)), w in zip(grad, logits, singles, weights, strict=True):
        assert found.shape == z.shape
        np.testing.assert_allclose(found, w * one / sum(weights), rtol=1e-12, atol=1e-16)


def test_a_list_of_equal_lengths_is_the_array():
    rng = np.random.default_rng(5)
    z = rng.standard_normal((3, 4, 3))
    y = np.array([[1, 2], [2, -1], [-1, -1]])
    value, grad = lb.CTC().value_and_grad(y, z)
    listed, grads = lb.CTC().value_and_grad([[1, 2], [2], []], list(z))
    assert value == listed
    assert isinstance(grads, list)
    np.testing.assert_array_equal(grad, grads)
    assert lb.CTC()([[1, 2], [2], []], z.tolist()) == value


def test_more_padding_changes_nothing():
    labels, logits = batch()
    padded = np.full((4, 6), -1)
    for row, y in zip(padded, labels, strict=True):
        row[: len(y)] = y
    assert lb.CTC()(padded, logits) == lb.CTC()(labels, logits)


def test_float32_lists_stay_float32():
    labels, logits = batch()
    grads = lb.CTC().grad(labels, [z.astype(np.float32) for z in logits])
    assert {grad.dtype for grad in grads} == {np.dtype(np.float32)}


def test_a_constant_added_to_a_frame_changes_nothing():
    for z, labels, blank in sequences(30):
        moved = z + np.arange(len(z))[:, None]
        loss = lb.CTC(blank)
        np.testing.assert_allclose(loss([labels], [moved]), loss([labels], [z]), rtol=1e-12)


def test_gradients_of_a_frame_sum_to_0():
    for z, labels, blank in sequences(30):
        for frame in lb.CTC(blank).grad([labels], [z])[0]:
            assert abs(frame.sum()) <= 1e-16


@pytest.mark.parametrize("spread", [1.0, 30.0, 1e3])
def test_errors_are_units_of_the_probabilities(spread):
    """A slope is the difference of two probabilities: the bound is in units of these."""
    loss = lb.CTC()
    y, z = loss._formula_example(np.random.default_rng(6), 10)
    z *= spread
    value, slope = (symbolic.to_function(loss, order) for order in (0, 1))
    bound = 8 * np.finfo(float).eps * (1 + spread)
    values, slopes = loss.pointwise(y, z), loss.pointwise_grad(y, z)
    for one, found, slope_found, p in zip(z, values, slopes, np.exp(log_softmax(z)), strict=True):
        assert abs(found - value(one)) <= bound
        exact = slope(one)
        for a, b, p_k in zip(slope_found.ravel().tolist(), exact, p.ravel().tolist(), strict=True):
            share = abs(p_k - b)
            assert abs(mpmath.mpf(a) - b) <= bound * (p_k + share) + 1e-307


def test_scores_of_1e4_over_many_frames_stay_finite_and_without_warning():
    rng = np.random.default_rng(7)
    z = np.clip(1e4 * rng.standard_normal((2, 300, 5)), -1e4, 1e4)
    y = rng.integers(1, 5, (2, 40))
    for dtype in (np.float64, np.float32):
        value, grad = lb.CTC().value_and_grad(y, z.astype(dtype))
        assert np.isfinite(value)
        assert np.isfinite(grad).all()


def test_a_wide_beam_finds_the_likeliest_labelling_and_its_probability():
    for z, _, blank in sequences(40, (2, 3)):
        found = lb.ctc_beam_search(z, 10**6, blank)
        scores = {
            labels: -lb.CTC(blank).pointwise([labels], [z])[0]
            for labels in {
                collapse(path, blank)
                for path in itertools.product(range(z.shape[1]), repeat=len(z))
            }
        }
        assert found[0][0] == max(scores, key=scores.get)
        for labels, score in found:
            np.testing.assert_allclose(score, scores[labels], rtol=1e-10, atol=1e-13)


def test_a_narrow_beam_never_overstates():
    for z, _, blank in sequences(20, (3, 4)):
        for labels, score in lb.ctc_beam_search(z, 2, blank):
            assert score <= -lb.CTC(blank).pointwise([labels], [z])[0] + 1e-12


def test_greedy_collapses_the_likeliest_path():
    for z, _, blank in sequences(40):
        assert tuple(lb.ctc_greedy(z, blank)) == collapse(z.argmax(axis=1), blank)


def test_descending_the_loss_makes_the_labels_readable():
    z, labels = np.zeros((8, 4)), [3, 3, 1]
    for _ in range(200):
        z -= lb.CTC().grad([labels], [z])[0]
    assert lb.ctc_greedy(z) == labels


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: lb.CTC(-1), "blank must be a class"),
        (lambda: lb.CTC(0.5), "blank must be a class"),
        (lambda: lb.ctc_greedy(np.zeros((2, 3, 4))), r"\(2, 3, 4\).*one by one"),
        (lambda: lb.ctc_greedy([[0.0, np.nan]]), r"logits\[0, 1\] is nan"),
        (lambda: lb.ctc_beam_search([[0.0, 1.0]], 0), "width must be a whole number from 1, got 0"),
        (
            lambda: lb.ctc_beam_search([[0.0, 1.0]], 1.5),
            "width must be a whole number from 1, got 1.5",
        ),
        (lambda: lb.ctc_beam_search([[0.0, 1.0]], 5, 2), "blank is 2.*0 to 1"),
        (lambda: lb.ctc_greedy([[0.0, 1.0]], 0.5), "blank is 0.5.*0 to 1"),
        (lambda: lb.ctc_alignments([1, 0], 3), r"labels\[1\] is 0: .* without the blank"),
        (lambda: lb.ctc_alignments([1, -1], 3), r"labels\[1\] is -1: .* without padding"),
        (lambda: lb.ctc_alignments([1], 2.5), "frames must be a whole number from 0, got 2.5"),
    ],
)
def test_bad_arguments_are_named(call, says):
    with pytest.raises(ValueError, match=says):
        call()
