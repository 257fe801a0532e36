"""Minimise a function, train a model: the two loops of the course.

`minimize` is gradient descent in its naked form, on any ``f(w) -> (value, gradient)``.
`fit` is the same loop with what training needs: epochs and mini-batches, validation and
early stopping, clipping, and a record of it all.
"""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path

import numpy as np

from .data.dataset import pair_of
from .divergence import Watch
from .history import History, Result, Trace
from .hyperparameters import require_count, require_generator
from .models import Model
from .objectives import Objective, as_start, require_value_and_grad
from .optimizers import Optimizer
from .optimizers.base import require_optimizer
from .penalties import Penalty
from .runs import Run

__all__ = ["fit", "minimize"]


def minimize(
    f: Callable[[np.ndarray], tuple[float, np.ndarray]],
    w0: np.ndarray,
    optimizer: Optimizer,
    steps: int,
    *,
    tol: float | None = None,
    callback: Callable[[int, np.ndarray, float], object] | None = None,
    keep_path: bool = False,
) -> Result:
    """Minimise a function by following its gradient.

    Parameters
    ----------
    f : callable
        ``f(w) -> (value, gradient)``; the callable `scipy.optimize.minimize` takes with
        ``jac=True``.
    w0 : array_like, shape (p,)
        Where to start; left as it is.
    optimizer : Optimizer
        The method; it is reset first.
    steps : int
        The largest number of steps.
    tol : float, optional
        Stop as soon as the Euclidean norm of the gradient is at most `tol`.
    callback : callable, optional
        ``callback(step, w, value)`` at the start and after every step; `w` is the working
        array, to be copied if kept.  A true return value stops the run.
    keep_path : bool, default False
        Whether to keep the parameters of every step, for a picture.

    Returns
    -------
    Result

    Raises
    ------
    DivergenceError
        If the objective becomes infinite, NaN or a million times its best value; the error
        says what to try and carries the result up to then.
    ValueError
        If `w0` is no flat vector of finite numbers, `steps` no positive integer, or the gradient of
        another shape.
    TypeError
        If `f` does not return value and gradient, or `optimizer` is no `Optimizer`.

    Examples
    --------
    >>> from lossbook.optimizers import GradientDescent
    >>> bowl = lambda w: (float(w @ w), 2 * w)
    >>> result = minimize(bowl, [1.0, -2.0], GradientDescent(0.1), steps=100, tol=1e-6)
    >>> result.converged, result.steps, result.w.round(4).tolist()
    (True, 69, [0.0, -0.0])
    """
    w = as_start(w0)
    require_count("steps", steps)
    require_optimizer(optimizer)
    optimizer.reset()
    optimizer.bind(f)
    trace = Trace(keep_path)
    watch = Watch(f, optimizer, lambda: trace.result(w))
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(steps + 1):
            value, grad = optimizer.evaluate(f, w) if step else _first(optimizer, f, w)
            norm = optimizer.stationarity(w, grad)
            watch.see(value, w, norm)
            trace.add(value, norm, w)
            converged = tol is not None and norm <= tol
            if converged or (callback and callback(step, w, value)) or step == steps:
                break
            watch.lr = optimizer.current_lr
            optimizer.step(w, grad)
    return trace.result(w, converged)


def _first(optimizer, f, w):
    """Evaluate `f` for the first time, and refuse what cannot be minimised."""
    return require_value_and_grad(optimizer.evaluate(f, w), w)


def fit(
    model: Model,
    loss,
    data,
    optimizer: Optimizer,
    *,
    epochs: int,
    batch_size: int | None = None,
    rng: np.random.Generator | None = None,
    w0: np.ndarray | None = None,
    penalty: Penalty | None = None,
    validation=None,
    patience: int | None = None,
    clip_norm: float | None = None,
    sample_weight: np.ndarray | None = None,
    metrics: Mapping[str, Callable] | None = None,
    checkpoint: str | Path | None = None,
    keep_path: bool = False,
    progress: bool = False,
) -> History:
    """Train a model: choose parameters that make the mean loss plus penalty small.

    Parameters
    ----------
    model : Model
        What predicts.
    loss : Loss
        What is minimised.
    data : (X, y) or Dataset
        The training data.
    optimizer : Optimizer
        The method; it is reset first.
    epochs : int
        How often every sample is used.
    batch_size : int, optional
        Samples in a mini-batch; by default all, so that an epoch is one step.  Every epoch
        shuffles anew and uses every sample once.  The last batch may be smaller, and its
        gradient is scaled by its share, so that no sample counts for more than another
        (elsewhere those in a small last batch do).
    rng : numpy.random.Generator, optional
        Shuffles; required with `batch_size`.
    w0 : array_like, optional
        Where to start; by default ``model.init(rng)``.
    penalty : Penalty, optional
        Added to the mean loss, on ``w[model.penalised]``.
    validation : (X, y) or Dataset, optional
        Data to measure the loss on after each epoch, never trained on.
    patience : int, optional
        Stop when the validation loss has not fallen for so many epochs, and return the best
        parameters.
    clip_norm : float, optional
        Shorten longer gradients to this norm, keeping their direction.
    sample_weight : array_like, shape (n,), optional
        Weights of the training samples.
    metrics : mapping of str to callable, optional
        ``metric(y_true, y_pred) -> float`` by name, measured after each epoch.
    checkpoint : path, optional
        A file to save the training to after every epoch.  If it exists already, the training goes
        on from it, and ends as if it had never stopped: the same call again takes up a run that
        was cut short, and a larger `epochs` prolongs it.  What the file does not belong to is
        refused.
    keep_path : bool, default False
        Whether to keep the parameters of every step, in ``history.path``.
    progress : bool, default False
        Show a bar with the losses on stderr; needs tqdm.

    Returns
    -------
    History
        The record of the run; ``history.w`` are the parameters to use.

    Raises
    ------
    DivergenceError
        If the loss becomes infinite, NaN or a million times its best value.
    ValueError
        If arguments do not fit together; the message says which.
    TypeError
        If `data` is no pair and no Dataset, `rng` no Generator, or a part is not what it should
        be.

    Examples
    --------
    >>> from lossbook.data import noisy_line
    >>> from lossbook.losses.regression import SquaredError
    >>> from lossbook.models import LinearModel
    >>> from lossbook.optimizers import GradientDescent
    >>> line = noisy_line(np.random.default_rng(0), n=50, slope=2.0, intercept=3.0, noise=0.1)
    >>> history = fit(LinearModel(1), SquaredError(), line, GradientDescent(0.1), epochs=200)
    >>> history.w.round(1).tolist()
    [2.0, 3.0]
    """
    f = Objective(model, loss, *pair_of(data), penalty, sample_weight)
    _require_sense(epochs, batch_size, rng, validation, patience, clip_norm, len(f.X))
    _require_fit(optimizer, model, batch_size, rng)
    held_out = None if validation is None else Objective(model, loss, *pair_of(validation))
    w = model.init(rng) if w0 is None else as_start(w0)
    optimizer.reset()
    optimizer.bind(f)
    run = Run(f, held_out, optimizer, w, metrics or {}, batch_size, rng, clip_norm)
    run.history.path = [w.copy()] if keep_path else None
    file = None if checkpoint is None else Path(checkpoint)
    with np.errstate(over="ignore", invalid="ignore"), _bar(epochs, progress) as bar:
        if file is not None and file.exists():
            run.resume(file)
            bar.update(run.history.epochs)
        else:
            run.record()
        run.history.restore_best = patience is not None
        _train(run, epochs, patience, file, bar)
    return run.history


def _train(run, epochs, patience, file, bar):
    """Run the epochs that are left."""
    history = run.history
    while history.epochs < epochs and not run.tired(patience):
        run.epoch()
        run.record()
        if file is not None:
            run.save(file)
        bar.set_postfix(history.latest(), refresh=False)
        bar.update()
    history.stopped_early = run.tired(patience)


def _require_sense(epochs, batch_size, rng, validation, patience, clip_norm, n):
    """Refuse arguments of `fit` that do not fit together."""
    counts = {"epochs": epochs, "batch_size": batch_size, "patience": patience}
    for name, value in counts.items():
        if value is not None:
            require_count(name, value)
    if batch_size is not None and batch_size > n:
        raise ValueError(
            f"batch_size is {batch_size} but there are {n} samples: leave it out to use all"
        )
    if batch_size is not None and rng is None:
        raise ValueError(
            f"batch_size={batch_size} shuffles the data: pass rng=np.random.default_rng(seed), "
            "so that the run can be repeated"
        )
    if rng is not None:
        require_generator(rng)
    if patience is not None and validation is None:
        raise ValueError(
            "patience watches the validation loss: pass validation=(X_val, y_val) as well"
        )
    if clip_norm is not None and not clip_norm > 0:
        raise ValueError(f"clip_norm must be positive, got {clip_norm!r}")


def _require_fit(optimizer, model, batch_size, rng):
    """Refuse a method or a model that wants what it is not given."""
    require_optimizer(optimizer)
    if optimizer.whole and (batch_size is not None or model.random):
        cause = f"batch_size={batch_size}" if batch_size is not None else f"the dropout of {model}"
        raise ValueError(
            f"{type(optimizer).__name__} compares values of one objective, and {cause} makes it "
            "another in every step: leave that out, or take a method that follows gradients alone"
        )
    if model.random and rng is None:
        raise ValueError(
            f"{model!r} draws at random in training: pass rng=np.random.default_rng(seed), so that "
            "the run can be repeated"
        )


class _NoBar:
    """Where no progress is shown."""

    def update(self, n=1):
        """Show nothing."""

    def set_postfix(self, values, refresh):
        """Show nothing."""


def _bar(epochs, progress):
    if not progress:
        return nullcontext(_NoBar())
    try:
        from tqdm import tqdm
    except ImportError as error:
        raise ImportError("progress=True needs tqdm: pip install tqdm") from error
    return tqdm(total=epochs, desc="epochs")
