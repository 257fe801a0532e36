"""What a run leaves behind: `Result` of a minimisation, `History` of a training."""

import math
from dataclasses import dataclass, field

import numpy as np

__all__ = ["History", "Result", "Trace"]

SHOWN = 10  # rows of a printed history


@dataclass(frozen=True, eq=False)
class Result:
    """The outcome of a minimisation, as by `lossbook.minimize` or `lossbook.lbfgs`.

    Attributes
    ----------
    w : ndarray, shape (p,)
        The parameters after the last step.
    value : float
        The objective there.
    steps : int
        How many steps were taken.
    converged : bool
        Whether the gradient became as small as the tolerance asks.
    values : ndarray, shape (steps + 1,)
        The objective, from the start on.
    grad_norms : ndarray, shape (steps + 1,)
        The norm of its gradient, from the start on.
    path : ndarray, shape (steps + 1, p), or None
        The parameters from the start on, if they were asked for.
    """

    w: np.ndarray
    value: float
    steps: int
    converged: bool
    values: np.ndarray = field(repr=False)
    grad_norms: np.ndarray = field(repr=False)
    path: np.ndarray | None = field(default=None, repr=False)


class Trace:
    """What a minimisation keeps of its way."""

    def __init__(self, keep_path):
        self.values, self.norms, self.path = [], [], [] if keep_path else None

    def add(self, value, norm, w):
        """Keep one more step."""
        self.values.append(float(value))
        self.norms.append(norm)
        if self.path is not None:
            self.path.append(w.copy())

    def result(self, w, converged=False):
        """Return the outcome so far."""
        return Result(
            w=w,
            value=self.values[-1] if self.values else math.nan,
            steps=max(len(self.values) - 1, 0),
            converged=converged,
            values=np.array(self.values),
            grad_norms=np.array(self.norms),
            path=None if self.path is None else np.array(self.path),
        )


@dataclass(repr=False, eq=False)
class History:
    """What happened in each epoch of a training; prints as a table, plots, becomes a frame.

    Row 0 is the state before the first step, row `e` the state after epoch `e`: all losses
    of a row are measured with the same parameters.  (Keras prints the average over an epoch
    *while the parameters move*, which lags half an epoch behind the validation loss.)

    Attributes
    ----------
    train_loss : list of float
        Mean loss on the training data, without the penalty.
    penalty : list of float
        The penalty; empty without one.
    val_loss : list of float
        Mean loss on the validation data; empty without them.
    lr : list of float
        Learning rate of the last step of the epoch; NaN in row 0.
    grad_norm : list of float
        Norm of the gradient before clipping, averaged over the steps of the epoch; NaN in row 0.
    metrics : dict of str to list of float
        The metrics, on the validation data if there are any, else on the training data.
    final_w : ndarray
        Parameters after the last epoch.
    best_w : ndarray
        Parameters after the best epoch.
    best_epoch : int
        The epoch of lowest validation loss; without validation, of lowest objective.
    stopped_early : bool
        Whether patience ran out.
    restore_best : bool
        Whether `w` is `best_w`: with `patience`.
    path : list of ndarray, or None
        The parameters from the start on, one entry for every step, if they were asked for.
    w : ndarray
        The parameters to use: `best_w` if training watched the validation loss with
        `patience`, else `final_w`.

    Examples
    --------
    >>> import lossbook as lb
    >>> X = np.linspace(-1, 1, 9)[:, None]
    >>> lb.fit(lb.LinearModel(1), lb.mse, (X, 2 * X[:, 0]), lb.GradientDescent(0.5), epochs=2)
    epoch  train_loss   lr  grad_norm
        0       1.667    –          –
        1      0.5671  0.5      1.667
        2       0.193  0.5     0.9722
    2 epochs, best: 2
    """

    train_loss: list[float] = field(default_factory=list)
    penalty: list[float] = field(default_factory=list)
    val_loss: list[float] = field(default_factory=list)
    lr: list[float] = field(default_factory=list)
    grad_norm: list[float] = field(default_factory=list)
    metrics: dict[str, list[float]] = field(default_factory=dict)
    final_w: np.ndarray | None = None
    best_w: np.ndarray | None = None
    best_epoch: int = 0
    stopped_early: bool = False
    restore_best: bool = False
    path: list[np.ndarray] | None = None

    @property
    def w(self) -> np.ndarray:
        """The parameters to use."""
        return self.best_w if self.restore_best else self.final_w

    @property
    def epochs(self) -> int:
        """How many epochs were run."""
        return max(len(self.train_loss) - 1, 0)

    def columns(self) -> dict[str, list[float]]:
        """Return the columns of the table that hold anything, by name."""
        named = {
            "train_loss": self.train_loss,
            "penalty": self.penalty,
            "val_loss": self.val_loss,
            **self.metrics,
            "lr": self.lr,
            "grad_norm": self.grad_norm,
        }
        return {name: values for name, values in named.items() if values}

    def latest(self) -> dict[str, str]:
        """Return the last row of the table, as short texts by name."""
        return {name: _short(values[-1]) for name, values in self.columns().items()}

    def __repr__(self):
        """Return a table of at most ten epochs, evenly chosen."""
        columns = self.columns()
        rows = sorted({round(r) for r in np.linspace(0, self.epochs, SHOWN)})
        lines = [["epoch", *columns]]
        lines += [[str(r), *(_short(c[r]) for c in columns.values())] for r in rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        table = ["  ".join(map(str.rjust, line, widths)) for line in lines]
        end = " (stopped early)" if self.stopped_early else ""
        return "\n".join([*table, f"{self.epochs} epochs{end}, best: {self.best_epoch}"])

    def to_frame(self):
        """Return the table as a pandas DataFrame, indexed by epoch.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise ImportError(
                "to_frame() needs pandas: pip install pandas, or use columns(), a plain dict"
            ) from error
        frame = pd.DataFrame(self.columns())
        return frame.rename_axis("epoch")

    def plot(self, ax=None):
        """Draw the losses against the epoch, and return the axes.

        Parameters
        ----------
        ax : matplotlib axes, optional
            Where to draw; by default in a new figure.

        Raises
        ------
        ImportError
            If matplotlib is not installed.
        """
        if ax is None:
            try:
                import matplotlib.pyplot as plt
            except ImportError as error:
                raise ImportError("plot() needs matplotlib: pip install matplotlib") from error
            ax = plt.subplots()[1]
        curves = {"training": self.train_loss, "validation": self.val_loss}
        for name, values in curves.items():
            if values:
                ax.plot(values, label=name)
        if self.val_loss:
            ax.plot(self.best_epoch, self.val_loss[self.best_epoch], "o", color="0.3", label="best")
        drawn = self.train_loss + self.val_loss
        if min(drawn) > 0 and max(drawn) > 100 * min(drawn):
            ax.set_yscale("log")
        ax.set(xlabel="epoch", ylabel="mean loss")
        ax.legend()
        return ax


def _short(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.4g}"
