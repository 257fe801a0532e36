"""Figures show the values they are given, and names that do not hide them."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import numpy as np
import pytest
from own_loss import Own

import lossbook
from lossbook.plotting import (
    colour_of,
    label_ends,
    plot_contours,
    plot_fit,
    plot_history,
    plot_influence,
    plot_losses,
)
from lossbook.plotting.labels import spread

mpl = pytest.importorskip("matplotlib")


def texts(ax) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_curves_hold_the_values_of_the_losses():
    losses = [lossbook.SquaredError(), lossbook.Huber()]
    x = np.linspace(-2, 2, 9)
    ax = plot_losses(losses, x)
    for loss, line in zip(losses, ax.lines, strict=True):
        np.testing.assert_array_equal(line.get_ydata(), loss.pointwise(np.zeros(9), x))
        assert line.get_color() == colour_of(loss)
    assert texts(ax) == ["Huber(delta=1.0)", "SquaredError"]


def test_derivatives_and_margins():
    ax = plot_losses(Own(), against="margin", what="grad", labels=["mine"])
    x = ax.lines[0].get_xdata()
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), Own().pointwise_grad(1.0, x))
    assert ax.get_xlabel() == "margin m = y z"
    assert ax.get_ylabel() == "derivative dℓ/dm"
    assert texts(ax) == ["mine"]


def test_two_numbers_are_the_ends_of_a_range():
    ax = plot_losses(Own(), (-1, 4))
    assert ax.get_xlim() == (-1, 4)
    assert ax.lines[0].get_xdata().size > 100


def test_the_same_loss_twice_differs_in_its_line():
    ax = plot_losses([lossbook.Huber(0.5), lossbook.Huber(1.0), lossbook.Huber(2.0)])
    assert len({line.get_color() for line in ax.lines}) == 1
    assert len({line.get_linestyle() for line in ax.lines}) == 3


def test_a_curve_that_leaves_through_the_top_is_named_above():
    ax = plot_losses([Own(), lossbook.Huber()], ylim=(0, 4))
    heights = {text.get_text(): text.xy for text in ax.texts}
    assert heights["Own(power=2.0)"][1] == 1.0
    assert heights["Huber(delta=1.0)"] == (1.0, pytest.approx(2.5 / 4))


def test_influence_of_the_squared_error_is_a_line_and_of_hubers_is_bounded():
    ax = plot_influence([lossbook.HalfSquaredError(), lossbook.Huber(1.5)])
    squared, huber = (line.get_ydata() for line in ax.lines[:2])
    np.testing.assert_array_equal(squared, ax.lines[0].get_xdata())
    assert np.abs(huber).max() == 1.5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"against": "residuum"}, "against='residuum' is not known: choose one of residual"),
        ({"what": "hess"}, "what='hess' is not known: choose one of value, grad"),
        ({"labels": ["a", "b"]}, "labels holds 2 names, but losses 1: give"),
        ({"x": [[1.0, 2.0]]}, r"x has shape \(1, 2\)"),
    ],
)
def test_wrong_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        plot_losses(Own(), **arguments)


# ── labels ────────────────────────────────────────────────────────────────────


def test_spread_leaves_what_does_not_collide():
    assert spread([0.0, 2.0, 7.5], [1.0, 1.0, 2.0]) == [0.0, 2.0, 7.5]
    assert spread([], []) == []


def test_spread_moves_as_little_as_needed():
    rng = np.random.default_rng(3)
    for _ in range(50):
        wishes = np.sort(rng.normal(size=6))
        sizes = rng.uniform(0.1, 1.0, 6)
        got = spread(wishes.tolist(), sizes.tolist())
        gaps = np.diff(got) - [(a + b) / 2 for a, b in itertools.pairwise(sizes)]
        assert gaps.min() > -1e-6
        # Optimal: blocks that touch sit at the mean of their wishes.
        block = np.concatenate([[0], np.cumsum(gaps > 1e-6)])
        for k in set(block):
            assert np.mean((got - wishes)[block == k]) == pytest.approx(0, abs=1e-6)


def test_names_do_not_overlap():
    losses = [lossbook.Huber(d) for d in (1.0, 1.01, 1.02, 1.03)]
    ax = plot_losses(losses)
    ax.figure.canvas.draw()
    boxes = sorted((text.get_window_extent() for text in ax.texts), key=lambda box: box.y0)
    assert all(low.y0 + 0.8 * low.height <= high.y0 for low, high in itertools.pairwise(boxes))


def test_names_lie_inside_the_figure():
    ax = plot_losses([lossbook.AbsoluteError(), lossbook.Huber()], labels=["a long name " * 2, "b"])
    ax.figure.canvas.draw()
    assert all(text.get_window_extent().x1 <= ax.figure.bbox.x1 for text in ax.texts)


def test_a_curve_outside_the_limits_cannot_be_named():
    ax = mpl.figure.Figure().subplots()
    ax.plot([0, 1], [5, 6], label="far")
    ax.set_ylim(0, 1)
    with pytest.raises(ValueError, match="'far' lies outside the limits"):
        label_ends(ax)


# ── fits, landscapes, runs ────────────────────────────────────────────────────


def test_fit_draws_lines_functions_and_outliers():
    x = np.arange(5.0)
    outliers = x > 3
    ax = plot_fit(x, 2 * x + 1, {Own(): (2, 1), "curve": np.square}, outliers=outliers)
    good, bad, line, curve = ax.lines
    assert (good.get_xdata().size, bad.get_xdata().size) == (4, 1)
    np.testing.assert_allclose(line.get_ydata(), 2 * line.get_xdata() + 1)
    np.testing.assert_allclose(curve.get_ydata(), curve.get_xdata() ** 2)
    assert line.get_color() == colour_of(Own())


@pytest.mark.parametrize("returns_gradient", [False, True])
def test_contours_take_both_forms_of_an_objective(returns_gradient):
    def bowl(w):
        return (w @ w, 2 * w) if returns_gradient else w @ w

    path = np.array([[-2.0, 1.0], [-1.0, 0.5], [0.0, 0.0]])
    ax = plot_contours(bowl, {"descent": path}, minimum=(0, 0))
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), path)
    assert ax.get_xlim()[0] < -2.0
    assert ax.get_xlim()[1] > 0.0
    assert [t.get_text() for t in ax.figure.legends[0].get_texts()] == ["descent"]


def test_contours_need_something_to_frame_and_something_to_draw():
    with pytest.raises(ValueError, match="give bounds"):
        plot_contours(lambda w: w @ w)
    with pytest.raises(ValueError, match="f is 1 everywhere"):
        plot_contours(lambda w: 1.0, bounds=((0, 1), (0, 1)))


def test_history_draws_training_and_validation():
    run = SimpleNamespace(train_loss=[3.0, 2.0, 1.0], val_loss=[3.0, 2.5, 2.4])
    ax = plot_history({"adam": run})
    assert [line.get_label() for line in ax.lines] == ["adam", "adam validation"]
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), run.val_loss)


@pytest.mark.parametrize(
    "run", [[2.0, 1.0], SimpleNamespace(values=[2.0, 1.0]), SimpleNamespace(train_loss=[2.0, 1.0])]
)
def test_history_takes_numbers_results_and_histories(run):
    (line,) = plot_history(run).lines
    np.testing.assert_array_equal(line.get_xydata(), [[0, 2], [1, 1]])


def test_history_on_a_logarithmic_axis_has_plain_powers():
    ax = plot_history({"a": 0.5 ** np.arange(40), "b": 0.8 ** np.arange(40)}, log=True)
    assert {"1", "10⁻⁸"} <= {label.get_text() for label in ax.get_yticklabels()}
