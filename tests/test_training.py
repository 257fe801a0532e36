"""Training: the two loops do what they say, keep a true record, and fail with advice."""

import subprocess
import sys

import numpy as np
import pytest

from lossbook import data
from lossbook.divergence import DivergenceError, largest_curvature
from lossbook.history import History
from lossbook.losses.binary import BinaryCrossEntropy, SigmoidCrossEntropy
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

CURVATURES = np.array([1.0, 4.0, 10.0])


def bowl(w):
    return float(0.5 * w @ (CURVATURES * w)), CURVATURES * w


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture
def line(rng):
    return data.noisy_line(rng, n=53)


def least_squares(part):
    return np.linalg.lstsq(np.column_stack([part.X, np.ones(len(part))]), part.y)[0]


# minimize ------------------------------------------------------------------------------


@pytest.mark.parametrize("opt", [GradientDescent(0.15), Momentum(0.05), Adam(0.1)], ids=repr)
def test_minimize_finds_the_bottom_and_stops_there(opt):
    result = minimize(bowl, [1.0, -2.0, 3.0], opt, steps=2000, tol=1e-6)
    assert result.converged
    assert result.grad_norms[-1] <= 1e-6 < result.grad_norms[-2]
    assert np.abs(result.w).max() < 1e-5
    assert result.steps < 2000
    assert len(result.values) == len(result.grad_norms) == result.steps + 1


def test_minimize_is_the_bare_loop():
    result = minimize(bowl, np.ones(3), GradientDescent(0.1), steps=7, keep_path=True)
    expected = (1 - 0.1 * CURVATURES) ** np.arange(8)[:, None]
    np.testing.assert_allclose(result.path, expected, atol=1e-15)
    np.testing.assert_allclose(result.values, [bowl(w)[0] for w in result.path])
    np.testing.assert_allclose(result.grad_norms, np.linalg.norm(CURVATURES * expected, axis=1))
    assert result.value == result.values[-1]
    assert not result.converged


def test_minimize_leaves_the_start_alone_and_takes_integers():
    w0 = np.array([1, -2, 3])
    assert minimize(bowl, w0, GradientDescent(0.1), steps=3).w.dtype == np.float64
    assert w0.tolist() == [1, -2, 3]


def test_minimize_starts_with_a_fresh_optimizer():
    opt = Adam(0.1)
    first = minimize(bowl, np.ones(3), opt, steps=9)
    np.testing.assert_array_equal(minimize(bowl, np.ones(3), opt, steps=9).w, first.w)


def test_minimize_evaluates_the_function_once_a_step():
    calls = []
    minimize(lambda w: (calls.append(1), bowl(w))[1], np.ones(3), GradientDescent(0.1), steps=5)
    assert len(calls) == 6


def test_the_callback_sees_every_step_and_may_stop():
    seen = []

    def callback(step, w, value):
        seen.append((step, value, bowl(w)[0]))
        return step == 3

    result = minimize(bowl, np.ones(3), GradientDescent(0.1), steps=10, callback=callback)
    assert [step for step, *_ in seen] == [0, 1, 2, 3]
    assert all(value == at_w for _, value, at_w in seen)
    assert result.steps == 3


def test_the_same_objective_serves_minimize_and_scipy(line):
    from scipy.optimize import minimize as scipy_minimize

    f = objective(LinearModel(1), SquaredError(), line.X, line.y)
    ours = minimize(f, np.zeros(2), GradientDescent(0.2), steps=500, tol=1e-10).w
    theirs = scipy_minimize(f, np.zeros(2), jac=True, tol=1e-10).x
    np.testing.assert_allclose(ours, theirs, rtol=1e-6)


@pytest.mark.parametrize(
    ("f", "error", "message"),
    [
        (lambda w: 1.0, TypeError, r"must return \(value, gradient\).*got float"),
        (lambda w: (w, w), TypeError, r"must return \(value, gradient\)"),
        (lambda w: (1.0, w[:2]), ValueError, r"gradient of shape \(2,\), but w has shape \(3,\)"),
    ],
)
def test_functions_that_cannot_be_minimised_are_refused(f, error, message):
    with pytest.raises(error, match=message):
        minimize(f, np.ones(3), GradientDescent(0.1), steps=1)


def test_bad_arguments_of_minimize_are_refused():
    with pytest.raises(ValueError, match="steps must be a positive integer, got 0"):
        minimize(bowl, np.ones(3), GradientDescent(0.1), steps=0)
    with pytest.raises(ValueError, match=r"use w0.ravel\(\)"):
        minimize(bowl, np.ones((3, 1)), GradientDescent(0.1), steps=1)


# Divergence ----------------------------------------------------------------------------


def test_power_iteration_finds_the_largest_curvature():
    assert largest_curvature(bowl, np.array([1.0, -2.0, 3.0])) == pytest.approx(10, rel=1e-4)
    assert largest_curvature(bowl, np.zeros(3)) == pytest.approx(10, rel=1e-4)
    assert largest_curvature(lambda w: (w.sum(), np.ones(3)), np.ones(3)) == 0


@pytest.mark.parametrize(("opt", "limit"), [(GradientDescent(1.0), 0.2), (Momentum(2.0), 0.38)])
def test_divergence_says_where_and_what_to_try(opt, limit):
    with pytest.raises(DivergenceError) as caught:
        minimize(bowl, np.ones(3), opt, steps=1000)
    error = caught.value
    assert f"diverged at step {error.step}" in str(error)
    assert f"use a learning rate below {limit:.4g}, for example {limit / 2:.2g}" in str(error)
    assert f"{type(opt).__name__} is stable only up to {limit:.4g}" in str(error)
    assert error.lr == opt.lr
    assert error.value > 1e6 * min(error.history.values)
    assert error.last_values == error.history.values[-3:].tolist()
    assert error.history.steps == error.step - 1


def test_the_advice_cures():
    with pytest.raises(DivergenceError) as caught:
        minimize(bowl, np.ones(3), GradientDescent(1.0), steps=1000)
    limit = float(str(caught.value).split("stable only up to ")[1].split()[0])
    assert minimize(bowl, np.ones(3), GradientDescent(0.9 * limit), 1000, tol=1e-8).converged


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_value_that_is_not_finite_stops_the_run(bad):
    def f(w):
        return (bad, w) if w[0] < 0.5 else (w[0], np.ones(1))

    with pytest.raises(DivergenceError, match="diverged at step 6") as caught:
        minimize(f, np.ones(1), GradientDescent(0.1), steps=100)
    assert len(caught.value.history.values) == 6


def test_a_gradient_that_is_not_finite_stops_the_run():
    def root(w):
        return np.sqrt(w[0]), np.array([np.inf if w[0] == 0 else 0.5 / np.sqrt(w[0])])

    with pytest.raises(DivergenceError, match="before the first full measurement"):
        minimize(root, np.zeros(1), GradientDescent(0.1), steps=10)
    with pytest.raises(DivergenceError, match="the gradient is not finite"):
        minimize(root, np.ones(1), GradientDescent(2.0), steps=10)


def test_a_tiny_loss_may_wobble():
    values = iter([1.0, 1e-30, 1e-12, 1e-20])
    result = minimize(
        lambda w: (next(values), np.zeros(1)), np.ones(1), GradientDescent(0.1), steps=3
    )
    assert result.value == 1e-20


def test_fit_on_raw_features_diverges_and_says_to_standardise():
    patients = data.diabetes()
    with pytest.raises(DivergenceError) as caught:
        fit(LinearModel(10), SquaredError(), patients, GradientDescent(0.1), epochs=50)
    message, history = str(caught.value), caught.value.history
    assert "standardise the features" in message
    assert "GradientDescent is stable only up to" in message
    assert len(history.train_loss) == len(history.lr) == caught.value.step
    assert np.isfinite(history.best_w).all()
    scaled = data.standardise(patients)
    assert (
        fit(LinearModel(10), SquaredError(), scaled, GradientDescent(0.1), epochs=50).epochs == 50
    )


def test_mini_batches_that_overflow_are_reported_too(line, rng):
    opt = GradientDescent(1e150)
    with pytest.raises(DivergenceError, match="use a learning rate below"):
        fit(LinearModel(1), SquaredError(), line, opt, epochs=9, batch_size=5, rng=rng)


# fit -----------------------------------------------------------------------------------


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
    ],
)
def test_arguments_that_do_not_fit_are_named(line, arguments, error, message):
    given = {"data": line, "epochs": 1} | arguments
    with pytest.raises(error, match=message):
        fit(LinearModel(1), SquaredError(), optimizer=GradientDescent(0.1), **given)


# History -------------------------------------------------------------------------------


@pytest.fixture
def history(rng):
    train, validation = data.noisy_line(rng, n=40).split(0.4, rng)
    return fit(
        LinearModel(1),
        SquaredError(),
        train,
        GradientDescent(0.1),
        epochs=25,
        validation=validation,
    )


def test_history_prints_a_short_table(history):
    lines = repr(history).splitlines()
    assert lines[0].split() == ["epoch", "train_loss", "val_loss", "lr", "grad_norm"]
    assert lines[1].split()[-2:] == ["–", "–"]
    assert lines[-2].split()[0] == "25"
    assert lines[-1] == f"25 epochs, best: {history.best_epoch}"
    assert len(lines) == 12
    assert len({len(line) for line in lines[:-1]}) == 1


def test_history_becomes_a_frame(history):
    frame = history.to_frame()
    assert frame.index.name == "epoch"
    assert frame.shape == (26, 4)
    assert frame["val_loss"].tolist() == history.val_loss


def test_history_plots_itself(history):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    ax = history.plot()
    assert [curve.get_label() for curve in ax.lines] == ["training", "validation", "best"]
    assert ax.lines[0].get_ydata().tolist() == history.train_loss
    assert history.plot(ax) is ax
    plt.close(ax.figure)


@pytest.mark.parametrize(("package", "use"), [("pandas", "to_frame"), ("matplotlib", "plot")])
def test_missing_packages_are_named(monkeypatch, history, package, use):
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setitem(sys.modules, f"{package}.pyplot", None)
    with pytest.raises(ImportError, match=f"pip install {package}"):
        getattr(history, use)()


def test_an_empty_history_prints():
    assert repr(History()).startswith("epoch")


def test_progress_goes_to_stderr_only_if_asked():
    program = (
        "import numpy as np; from lossbook.training import fit; "
        "from lossbook.models import LinearModel; from lossbook.optimizers import Adam; "
        "from lossbook.losses.regression import SquaredError; "
        "fit(LinearModel(1), SquaredError(), (np.ones((3, 1)), np.ones(3)), Adam(), epochs=2, "
        "progress={})"
    )
    for asked in (False, True):
        run = [sys.executable, "-c", program.format(asked)]
        out = subprocess.run(run, capture_output=True, text=True, check=True)
        assert out.stdout == ""
        assert ("epochs" in out.stderr) == asked


def test_a_loss_of_probabilities_on_scores_is_what_the_error_names():
    X, y = np.array([[1.0], [-1.0]]), np.array([1.0, 0.0])
    with pytest.raises(DivergenceError, match=r"takes a probability in \[0, 1\].*logits"):
        fit(LinearModel(1), BinaryCrossEntropy(), (X, y), GradientDescent(0.1), epochs=2)


# The range test ------------------------------------------------------------------------


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


def test_the_range_test_refuses_an_empty_range(line, rng):
    with pytest.raises(ValueError, match="lowest and highest must grow"):
        lr_range_test(LinearModel(1), SquaredError(), line, Adam(), lowest=1, highest=1, rng=rng)
