"""The figures that draw losses compute what the package computes."""

import shutil
from itertools import product
from pathlib import Path

import numpy as np
import pytest

import lossbook as lb

STATIC = Path(__file__).parents[2] / "book/_static/interactive"
RESIDUALS = [-6.0, -2.5, -1.0, -0.3, 0.0, 1e-9, 0.4, 1.0, 3.7, 6.0]

SHAPES = {
    "huber": (lambda p: lb.Huber(p), 0.0, [0.1, 1.0, 1.35, 4.0]),
    "quantile": (lambda p: lb.Quantile(p), 0.0, [0.02, 0.5, 0.8, 0.98]),
    "focal": (lambda p: lb.FocalLoss(alpha=None, gamma=p), 1.0, [0.0, 0.5, 2.0, 5.0]),
    "general": (lambda p: lb.GeneralRobust(p), 0.0, [-10.0, -2.0, 0.0, 0.1, 1.0, 1.9, 2.0]),
}


def close(found, exact):
    """Equal to 12 digits."""
    np.testing.assert_allclose(np.array(found, dtype=float), exact, rtol=1e-12)


@pytest.mark.parametrize("family", SHAPES)
def test_a_shape_and_its_gradient(maths, family):
    make, truth, parameters = SHAPES[family]
    rows = list(product(RESIDUALS, parameters))
    losses = [(make(p), r) for r, p in rows]
    close(
        maths("loss-shape", f"{family}.value", rows),
        [loss.pointwise([truth], [r])[0] for loss, r in losses],
    )
    close(
        maths("loss-shape", f"{family}.slope", rows),
        [loss.grad([truth], [r])[0] for loss, r in losses],
    )


@pytest.mark.parametrize(
    "name",
    [
        *("ZeroOne", "Hinge", "Logistic", "SquaredHinge"),
        *("Exponential", "ModifiedHuber", "Ramp", "Perceptron"),
    ],
)
def test_a_loss_of_the_margin(maths, name):
    loss, margins = getattr(lb, name)(), [*RESIDUALS, 30.0, -30.0]
    rows, ones = [(m,) for m in margins], np.ones(len(margins))
    close(maths("margins", f"losses.{name}.value", rows), loss.pointwise(ones, margins))
    close(
        maths("margins", f"losses.{name}.slope", rows),
        [loss.grad([1.0], [m])[0] for m in margins],
    )


def test_a_planted_rounding_error_is_found(maths_of, tmp_path):
    scripts = shutil.copytree(STATIC, tmp_path / "interactive")
    core = (scripts / "core.js").read_text(encoding="utf-8")
    worse = core.replace("Math.log1p(Math.exp", "Math.log(1 + Math.exp")
    assert worse != core
    (scripts / "core.js").write_text(worse, encoding="utf-8")
    with pytest.raises(AssertionError, match="Not equal to tolerance"):
        test_a_loss_of_the_margin(maths_of(scripts), "Logistic")


@pytest.mark.parametrize("truth", [0, 1])
def test_three_gradients(maths, truth):
    logits = np.array([-6.0, -2.3, -0.1, 0.0, 0.7, 3.0, 6.0])
    p, rows = lb.numerics.sigmoid(logits), [(z, truth) for z in logits]
    close(
        maths("three-gradients", "byProbability", rows),
        [lb.BinaryCrossEntropy().grad([truth], [x])[0] for x in p],
    )
    close(
        maths("three-gradients", "byLogit", rows),
        [lb.SigmoidCrossEntropy().grad([truth], [z])[0] for z in logits],
    )
    slope = p * lb.numerics.sigmoid(-logits)
    close(
        maths("three-gradients", "squaredByLogit", rows),
        [lb.SquaredError().grad([truth], [x])[0] * s for x, s in zip(p, slope, strict=True)],
    )
    close(maths("three-gradients", "sigmoid", [(z,) for z in logits]), p)


LOGITS = [[1.0, 2.5, -0.5, 0.5], [5.0, -5.0, 5.0, 0.0], [0.0, 0.0, 0.0, 0.0], [-5, 5, 5, 4.9]]


@pytest.mark.parametrize("temperature", [0.1, 1.0, 10.0])
def test_softmax_its_loss_and_its_gradient(maths, temperature):
    loss, scaled = lb.SoftmaxCrossEntropy(), [np.array(z) / temperature for z in LOGITS]
    close(
        maths("softmax", "softmax", [(z, temperature) for z in LOGITS]),
        [lb.numerics.softmax(z) for z in scaled],
    )
    rows = list(product(range(len(LOGITS)), range(4)))
    arguments = [(LOGITS[i], k, temperature) for i, k in rows]
    close(
        maths("softmax", "crossEntropy", arguments),
        [loss.pointwise([k], [scaled[i]])[0] for i, k in rows],
    )
    close(
        maths("softmax", "gradient", arguments),
        [loss.grad([k], [scaled[i]])[0] for i, k in rows],
    )
