"""`fit` does what it says, keeps a true record, and fails with advice."""

import numpy as np
import pytest

from lossbook import data
from lossbook.divergence import DivergenceError, largest_curvature
from lossbook.losses.binary import SigmoidCrossEntropy
from lossbook.losses.multiclass import SoftmaxCrossEntropy
from lossbook.losses.regression import SquaredError
from lossbook.models import LinearModel, SoftmaxModel
from lossbook.objectives import objective
from lossbook.optimizers import Adam, GradientDescent, Momentum
from lossbook.penalties import L2
from lossbook.range_test import lr_range_test
from lossbook.runs import batches
from lossbook.schedules import exponential_decay
from lossbook.training import fit, minimize


def least_squares(part):
    return np.linalg.lstsq(np.column_stack([part.X, np.ones(len(part))]), part.y)[0]


def test_full_batches_are_plain_gradient_descent(line):
    f = objective(LinearModel(1), SquaredError(), line.X, line.y, L2(0.1))
    path = minimize(f, np.zeros(2), GradientDescent(0.1), steps=20)
    history = fit(
        LinearModel(1), SquaredError(), line, GradientDescent(0.1), epochs=20, penalty=L2(0.1)
    )
    np.testing.assert_array_equal(history.w, path.w)
    np.testing.assert_allclose(np.add(history.train_loss, history.penalty), path.values)
    np.testing.assert_allclose(history.grad_norm[1:], path.grad_norms[:-1])


@pytest.mark.parametrize("batch_size", [None, 1, 8, 53])
def test_fit_finds_least_squares(line, rng, batch_size):
    history = fit(
        LinearModel(1),
        SquaredError(),
        (line.X, line.y),
        GradientDescent(exponential_decay(0.1, 0.97, every=53 // (batch_size or 53))),
        epochs=150,
        batch_size=batch_size,
        rng=rng,
    )
    np.testing.assert_allclose(history.w, least_squares(line), atol=0.02)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("batch_size", [1, 7, 8, 30])
def test_an_epoch_of_batches_adds_up_to_the_full_gradient(rng, batch_size, weighted):
    X, y, w = rng.normal(size=(30, 2)), rng.normal(size=30), rng.normal(size=3)
    weights = rng.integers(0, 3, 30).astype(float) if weighted else None
    f = objective(LinearModel(2), SquaredError(), X, y, L2(0.3), weights)
    total = sum(share * part(w)[1] for part, share in batches(f, batch_size, rng))
    np.testing.assert_allclose(total, 30 / batch_size * f(w)[1])


def test_every_epoch_uses_every_sample_once_in_a_new_order(rng):
    X = np.arange(11.0)[:, None]
    f = objective(LinearModel(1), SquaredError(), X, X[:, 0])
    epochs = [[part.X.ravel().tolist() for part, _ in batches(f, 4, rng)] for _ in range(2)]
    for parts in epochs:
        assert [len(part) for part in parts] == [4, 4, 3]
        assert sorted(x for part in parts for x in part) == list(range(11))
    assert epochs[0] != epochs[1]


def test_weight_zero_is_the_same_as_absent(line, rng):
    kept = rng.random(53) < 0.6
    run = {"optimizer": Momentum(0.02), "epochs": 30}
    args = LinearModel(1), SquaredError()
    weighted = fit(*args, line, **run, sample_weight=kept.astype(float))
    without = fit(*args, line.rows(kept), **run)
    np.testing.assert_allclose(weighted.w, without.w, rtol=1e-10)


def test_a_seed_makes_a_run_repeatable(line):
    def run(seed):
        rng = np.random.default_rng(seed)
        return fit(
            LinearModel(1), SquaredError(), line, Adam(0.1), epochs=3, batch_size=8, rng=rng
        ).w

    np.testing.assert_array_equal(run(5), run(5))
    assert not np.array_equal(run(5), run(6))


def test_the_caller_chooses_the_start(line):
    w0 = np.array([5.0, 5.0])
    history = fit(LinearModel(1), SquaredError(), line, GradientDescent(0.01), epochs=1, w0=w0)
    assert history.train_loss[0] == SquaredError()(line.y, 5 * line.X[:, 0] + 5)
    assert w0.tolist() == [5, 5]


@pytest.mark.parametrize("clip", [0.5, 1e9])
def test_clipping_shortens_the_gradient_and_keeps_its_direction(line, clip):
    args = LinearModel(1), SquaredError(), line, GradientDescent(0.1)
    plain = fit(*args, epochs=1)
    clipped = fit(*args, epochs=1, clip_norm=clip)
    factor = min(1, clip / plain.grad_norm[1])
    np.testing.assert_allclose(clipped.w, factor * plain.w)
    assert clipped.grad_norm[1] == plain.grad_norm[1]  # recorded before clipping


def test_clipping_saves_a_run_that_would_diverge(line):
    args = LinearModel(1), SquaredError(), line, GradientDescent(5.0)
    with pytest.raises(DivergenceError):
        fit(*args, epochs=30)
    assert np.isfinite(fit(*args, epochs=30, clip_norm=0.1).w).all()


def noisy_classes(rng):
    X = rng.normal(size=(60, 25))
    y = (X[:, 0] + rng.normal(size=60) > 0).astype(int)
    return (X[:25], y[:25]), (X[25:], y[25:])


def test_patience_stops_and_returns_the_best(rng):
    train, validation = noisy_classes(rng)
    history = fit(
        LinearModel(25),
        SigmoidCrossEntropy(),
        train,
        GradientDescent(0.5),
        epochs=500,
        validation=validation,
        patience=10,
    )
    assert history.stopped_early
    assert history.epochs == history.best_epoch + 10
    assert history.val_loss[history.best_epoch] == min(history.val_loss)
    assert history.w is history.best_w
    prediction = LinearModel(25).predict(history.w, validation[0])
    assert SigmoidCrossEntropy()(validation[1], prediction) == min(history.val_loss)


def test_without_patience_the_last_parameters_are_returned(rng):
    train, validation = noisy_classes(rng)
    args = LinearModel(25), SigmoidCrossEntropy(), train, GradientDescent(0.5)
    history = fit(*args, epochs=50, validation=validation)
    assert history.w is history.final_w
    assert not history.stopped_early
    assert not np.array_equal(history.best_w, history.final_w)


@pytest.mark.parametrize("batch_size", [None, 8])
def test_a_row_is_measured_at_one_moment(line, rng, batch_size):
    history = fit(
        LinearModel(1),
        SquaredError(),
        line,
        GradientDescent(exponential_decay(0.1, 0.9)),
        epochs=4,
        batch_size=batch_size,
        rng=rng,
        validation=line,
        penalty=L2(0.1),
        metrics={"mae": lambda y, p: np.abs(y - p).mean()},
    )
    assert history.val_loss == history.train_loss
    prediction = LinearModel(1).predict(history.w, line.X)
    assert history.train_loss[-1] == pytest.approx(np.mean((line.y - prediction) ** 2))
    assert history.metrics["mae"][-1] == pytest.approx(np.abs(line.y - prediction).mean())
    assert history.penalty[-1] == L2(0.1).value(history.w[:1])
    steps = [1, 2, 3, 4] if batch_size is None else [7, 14, 21, 28]
    np.testing.assert_allclose(history.lr[1:], [0.1 * 0.9 ** (s - 1) for s in steps])
    assert {len(column) for column in history.columns().values()} == {5}


def test_softmax_regression_learns_the_digits(rng):
    train, test = data.digits().split(0.3, rng)

    def accuracy(y, logits):
        return (logits.argmax(axis=1) == y).mean()

    history = fit(
        SoftmaxModel(64, 10),
        SoftmaxCrossEntropy(),
        (train.X / 16, train.y),
        Adam(0.02),
        epochs=15,
        batch_size=64,
        rng=rng,
        penalty=L2(1e-3),
        validation=(test.X / 16, test.y),
        metrics={"accuracy": accuracy},
    )
    assert history.train_loss[0] == pytest.approx(np.log(10))
    assert history.metrics["accuracy"][-1] > 0.93


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"epochs": 0}, ValueError, "epochs must be a positive integer"),
        ({"batch_size": 8}, ValueError, r"pass rng=np.random.default_rng\(seed\)"),
        ({"batch_size": 8, "rng": 0}, TypeError, r"use np.random.default_rng\(0\)"),
        ({"batch_size": 54}, ValueError, "batch_size is 54 but there are 53 samples"),
        ({"batch_size": 2.5}, ValueError, "batch_size must be a positive integer"),
        ({"patience": 3}, ValueError, "patience watches the validation loss"),
        ({"clip_norm": 0}, ValueError, "clip_norm must be positive"),
        ({"data": np.ones(3)}, TypeError, r"must be a pair \(X, y\) or a Dataset"),
        ({"sample_weight": np.ones(3)}, ValueError, "give one weight for each row"),
        ({"w0": np.ones(3)}, ValueError, "has 2 parameters"),
        (
            {"model": LinearModel},
            TypeError,
            r"model must be a Model .*: make one, LinearModel\(…\)",
        ),
        ({"loss": "mse"}, TypeError, r"loss must be a Loss such as SquaredError\(\), got 'mse'"),
        ({"penalty": "l2"}, TypeError, r"penalty must be a Penalty such as L2\(0.1\), got 'l2'"),
        ({"optimizer": "adam"}, TypeError, "optimizer must be an Optimizer .* got 'adam'"),
        ({"metrics": {"name": lambda y, p: "x"}}, TypeError, r"metrics\['name'\] returned 'x'"),
    ],
)
def test_arguments_that_do_not_fit_are_named(line, arguments, error, message):
    parts = {"model": LinearModel(1), "loss": SquaredError(), "optimizer": GradientDescent(0.1)}
    given = parts | {"data": line, "epochs": 1} | arguments
    with pytest.raises(error, match=message):
        fit(**given)


# --- The range test ------------------------------------------------------------------------


def test_the_range_test_brackets_the_stable_learning_rate(line, rng):
    f = objective(LinearModel(1), SquaredError(), line.X, line.y)
    limit = 2 / largest_curvature(f, np.zeros(2))
    opt = GradientDescent(0.123)
    seen = lr_range_test(LinearModel(1), SquaredError(), line, opt, rng=rng, batch_size=53)
    assert seen.steepest < limit
    assert limit / 5 < seen.largest < 2 * limit
    assert seen.lr[-1] < 10  # it ended when the loss exploded
    assert opt.lr == 0.123
    assert opt.steps == 0


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"lowest": 1, "highest": 1}, ValueError, "lowest must be positive, and highest larger"),
        ({"steps": 0}, ValueError, "steps must be a positive integer, got 0"),
        ({"batch_size": 0}, ValueError, "batch_size must be a positive integer, got 0"),
        ({"rng": 0}, TypeError, r"use np.random.default_rng\(0\)"),
        ({"optimizer": Adam}, TypeError, r"make one, Adam\(…\)"),
    ],
)
def test_the_range_test_names_what_does_not_fit(line, rng, arguments, error, message):
    given = {"data": line, "optimizer": Adam(), "rng": rng} | arguments
    with pytest.raises(error, match=message):
        lr_range_test(LinearModel(1), SquaredError(), **given)


def test_the_range_test_takes_a_pair_as_fit_does(line):
    both = [
        lr_range_test(LinearModel(1), SquaredError(), d, Adam(), rng=np.random.default_rng(0))
        for d in (line, (line.X, line.y))
    ]
    assert both[0].loss.tolist() == both[1].loss.tolist()
