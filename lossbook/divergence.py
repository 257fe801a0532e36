"""Notice that a loss runs away, and say why and what to try."""

import math
from collections import deque
from collections.abc import Callable

import numpy as np

from .hyperparameters import require_count

__all__ = ["DivergenceError", "Watch", "largest_curvature"]

EXPLOSION = 1e6  # times the best value so far


class DivergenceError(ArithmeticError):
    """The loss became infinite, NaN, or a million times its best value.

    Attributes
    ----------
    step : int
        Number of steps taken.
    value : float
        The objective that gave the alarm.
    last_values : list of float
        The last finite values before it.
    lr : float
        Learning rate of the last step; NaN if there was none.
    history : History or Result
        Everything up to then.

    Examples
    --------
    >>> import lossbook as lb
    >>> bowl = lambda w: (float(w @ w), 2 * w)
    >>> try:
    ...     lb.minimize(bowl, [1.0], lb.GradientDescent(2.0), steps=100)
    ... except DivergenceError as error:
    ...     print(f"after {error.step} steps of {error.lr}: {error.value:.0e}")
    after 7 steps of 2.0: 5e+06
    """

    def __init__(
        self, message, *, step=0, value=math.nan, last_values=(), lr=math.nan, history=None
    ):
        super().__init__(message)
        self.step, self.value, self.last_values = step, value, last_values
        self.lr, self.history = lr, history


def largest_curvature(f: Callable, w: np.ndarray, iterations: int = 20) -> float:
    r"""Estimate the largest curvature of an objective: the top eigenvalue of its Hessian.

    .. math:: v \leftarrow \frac{H v}{\lVert H v \rVert}, \qquad
              H v \approx \frac{\nabla f(w + h v) - \nabla f(w - h v)}{2h}

    Parameters
    ----------
    f : callable
        ``f(w) -> (value, gradient)``.
    w : ndarray, shape (p,)
        Where to measure.
    iterations : int, default 20
        Steps of the power iteration; each costs two gradients.

    Returns
    -------
    float
        The size of the largest eigenvalue, approached from below; 0 where there is no curvature.

    Raises
    ------
    ValueError
        If `iterations` is not a positive integer.

    Notes
    -----
    Gradient descent with a learning rate η is stable only for η < 2/λ, so this one number
    tells whether a learning rate can work, without ever forming the Hessian.

    Where the gradient jumps, as with ReLU or the absolute error, there is no such number at the
    jump itself: a difference that steps across one reports the jump divided by 2h, far too much.
    Measure at a few points near `w`, and believe the middle one.

    Examples
    --------
    >>> bowl = lambda w: (w[0] ** 2 + 5 * w[1] ** 2, np.array([2 * w[0], 10 * w[1]]))
    >>> round(largest_curvature(bowl, np.array([1.0, 1.0])), 4)
    10.0
    """
    require_count("iterations", iterations)
    w = np.asarray(w, dtype=np.float64)
    h = 1e-5 * (1 + float(np.abs(w).max()))
    v = np.asarray(f(w)[1], dtype=np.float64)
    curvature = float(np.linalg.norm(v))
    if not 0 < curvature < math.inf:
        v, curvature = np.ones_like(w), math.sqrt(w.size)
    for _ in range(iterations):
        v = v / curvature
        v = (f(w + h * v)[1] - f(w - h * v)[1]) / (2 * h)
        curvature = float(np.linalg.norm(v))
        if not 0 < curvature < math.inf:
            return 0.0
    return curvature


class Watch:
    """Follow the values of an objective, remember the best parameters, spot a runaway.

    Parameters
    ----------
    f : callable
        The objective on all data, asked again only to explain a divergence.
    optimizer : Optimizer
        Whose learning rate is on trial.
    history : History or callable
        What to attach to the error; a callable is called to make it.
    """

    def __init__(self, f, optimizer, history):
        self.f, self.optimizer, self.history = f, optimizer, history
        self.best, self.best_w, self.lr = math.inf, None, math.nan
        self.floor = 1.0
        self.last_values = deque(maxlen=3)

    def see(self, value: float, w: np.ndarray, norm: float = 0.0) -> None:
        """Take note of the objective at `w`.

        Values below the first one, or below 1, never count as an explosion, however small
        the best: a loss that has reached 1e-20 may wobble.

        Raises
        ------
        DivergenceError
            If value or gradient is not finite, or the value has exploded.
        """
        self.require_finite(value, norm)
        if self.best_w is None:
            self.floor, self.best_w = max(1.0, abs(value)), np.empty_like(w)
        if value > max(EXPLOSION * abs(self.best), self.floor):
            raise self.error(value)
        self.last_values.append(float(value))
        if value < self.best:
            self.best = float(value)
            np.copyto(self.best_w, w)

    def state(self) -> dict:
        """Return what it remembers besides the best parameters; `restore` takes it back."""
        kept = {name: getattr(self, name) for name in ("best", "lr", "floor")}
        return kept | {"last_values": list(self.last_values)}

    def restore(self, state: dict, best_w: np.ndarray) -> None:
        """Remember what `state` holds."""
        self.best, self.lr, self.floor = state["best"], state["lr"], state["floor"]
        self.last_values.extend(state["last_values"])
        self.best_w = best_w

    def require_finite(self, value: float, norm: float) -> None:
        """Refuse a value or a gradient that is infinite or NaN."""
        if not (math.isfinite(value) and math.isfinite(norm)):
            raise self.error(value)

    def error(self, value: float) -> DivergenceError:
        """Return the error that explains what happened."""
        step, lr = self.optimizer.steps, self.lr
        return DivergenceError(
            self._message(step, value),
            step=step,
            value=float(value),
            last_values=list(self.last_values),
            lr=lr,
            history=self.history() if callable(self.history) else self.history,
        )

    def _message(self, step, value):
        what = f"the objective is {value:.3g}"
        if math.isfinite(value) and value <= EXPLOSION * abs(self.best):
            what = f"the gradient is not finite (objective {value:.3g})"
        if self.best_w is None:
            return f"{what} before the first full measurement, after {step} steps: {self._start()}"
        last = ", ".join(f"{v:.3g}" for v in self.last_values)
        cures = "".join(f"\n  * {cure}" for cure in self._cures())
        return (
            f"diverged at step {step}: {what}; the last values were {last}, the best "
            f"{self.best:.3g}, the learning rate {self.lr:.3g} ({self.optimizer!r}).  "
            f"What to try:{cures}"
        )

    def _start(self):
        """Return what to look at when the first value already is not finite."""
        loss = getattr(self.f, "loss", None)
        if loss is None or loss.prediction.inside is None:
            return "look at the starting parameters and at the scale of the data"
        return f"{type(loss).__name__} takes {loss.prediction.name}: {loss.prediction.cure}"

    def _cures(self):
        with np.errstate(all="ignore"):
            curvature = largest_curvature(self.f, self.best_w)
        limit = self.optimizer.max_stable_lr(curvature)
        if limit is not None and self.lr > limit:
            yield (
                f"use a learning rate below {limit:.4g}, for example {limit / 2:.2g}: the largest "
                f"curvature at the best parameters is about {curvature:.4g}, and "
                f"{type(self.optimizer).__name__} is stable only up to {limit:.4g}"
            )
        else:
            yield "divide the learning rate by 10"
        spread = _spread(getattr(self.f, "X", None))
        if spread is not None:
            yield (
                "standardise the features (lossbook.data.standardise): their standard "
                f"deviations range from {spread[0]:.2g} to {spread[1]:.2g}"
            )
        yield "limit the length of the gradient (fit has clip_norm), or use a loss that is robust"


def _spread(X):
    """Return smallest and largest standard deviation of the features, where they are a problem."""
    if X is None:
        return None
    deviations = np.std(X, axis=0)
    deviations = deviations[deviations > 0]
    if not deviations.size or deviations.max() < min(10, 10 * deviations.min()):
        return None
    return deviations.min(), deviations.max()
