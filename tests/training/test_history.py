"""The record of a run prints, plots, and becomes a frame; progress is shown only if asked."""

import subprocess
import sys

import numpy as np
import pytest

from lossbook import data
from lossbook.divergence import DivergenceError
from lossbook.history import History
from lossbook.losses.binary import BinaryCrossEntropy
from lossbook.losses.regression import SquaredError
from lossbook.models import LinearModel
from lossbook.optimizers import GradientDescent
from lossbook.training import fit


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
