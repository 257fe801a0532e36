"""From a problem to its minimum: the choice of the method, and the way to the tolerance."""

import math
from dataclasses import dataclass, replace

import numpy as np

from ..history import Result
from ..lbfgs import lbfgs
from ..objectives import Objective
from ..optimizers import Adam, Newton
from ..penalties import L1, ElasticNet, GroupLasso, NuclearNorm
from ..training import minimize
from .constants import Constant, best_constant
from .coordinates import Coordinates, Stretched, has_kinks
from .envelopes import LossEnvelope, PenaltyEnvelope
from .multipliers import multipliers
from .names import is_separable_and_convex, is_smooth
from .proximal import accelerated

__all__ = ["METHODS", "solve"]

KINKED = L1, ElasticNet, GroupLasso, NuclearNorm
METHODS = ("auto", "lbfgs", "newton")
STALLED = 2  # Newton's steps without a lower value after which rounding is all that is left
GAP = 1e-4  # the objective is that much closer, for it is flat about its minimum
LARGEST = 500  # parameters for which a matrix of second derivatives pays


def solve(f: Objective, method: str, w0: np.ndarray | None, init, steps: int, tol: float) -> Result:
    """Minimise mean loss plus penalty to gradients that are small beside the slopes of the start.

    Parameters
    ----------
    f : Objective
    method : {"auto", "lbfgs", "newton"}
    w0 : ndarray, optional
        Where to start; by default at the best constant prediction.
    init : callable
        Returns parameters that predict nothing yet, ``init()``.
    steps : int
        The largest number of steps.
    tol : float
        The largest entry of the gradient, over the mean absolute slope of the loss at the best
        constant prediction.

    Returns
    -------
    Result
    """
    if method != "auto":
        _require_smooth(f, method)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        free = getattr(f.model, "intercept", True)
        start = best_constant(f.loss, f.y, outputs(f.model), f.sample_weight, free)
        change = Coordinates(f.model, f.X, f._shares(), f.penalty, start.curvature)
        inside = Objective(
            f.model, f.loss, change.columns(f.X), f.y, change.penalty_inside(), f.sample_weight
        )
        u0 = _at(f.model, init(), start) if w0 is None else change.inside(w0)
        result = _Search(inside, start, tol).run(method, u0, steps)
        return replace(result, w=change.outside(result.w))


def _require_smooth(f, method):
    """Refuse a method that would not see the kinks, or not find the curvature."""
    kinked = f.penalty if isinstance(f.penalty, KINKED) else None
    if f.loss._claims().get("kinks"):
        kinked = f.loss
    if kinked is not None:
        raise ValueError(
            f"{kinked!r} has kinks, at which optimizer={method!r} gets stuck: take 'auto'"
        )
    if method == "newton":
        for part, needed in ((f.loss, "pointwise_hess"), (f.model, "hessian")):
            if not hasattr(part, needed):
                raise ValueError(
                    f"optimizer='newton' needs second derivatives, and {part!r} has none: take "
                    "'auto' or 'lbfgs'"
                )


def outputs(model):
    """Return how many numbers the model predicts for a sample, None for one without an axis."""
    k = getattr(model, "n_classes", getattr(model, "n_outputs", 1))
    return None if k == 1 else k


def _at(model, w, start):
    """Return the parameters with a constant that predicts as `start` does."""
    view = model.view(w)
    constant = view.biases[-1] if hasattr(view, "biases") else view.intercept
    if constant is not None:
        constant[...] = start.prediction
    return w


@dataclass(eq=False)
class _Damped(Newton):
    """Newton's method that is as careful as the gradient is long.

    Envelopes have flat places, where the matrix is singular and its inverse a matter of rounding.
    """

    firmness: float = 0.0

    def _update(self, w, g, lr):
        self.damping = self.firmness * float(np.abs(g).max())
        super()._update(w, g, lr)


@dataclass
class _Search:
    """The search for the minimum of `f`, to the tolerance `tol` on the scale of the start."""

    f: Objective
    start: Constant
    tol: float

    def run(self, method, u0, steps):
        """Return the result of a method."""
        f = self.f
        if method == "newton":
            return self.newton(f, u0, steps, Newton())
        if method == "lbfgs":
            return lbfgs(f, u0, steps, tol=self.tol * self.start.slope)
        widths = self.widths()
        if any(widths):
            tol = GAP * self.tol * self.start.reach * self.start.slope
            return multipliers(f, u0, widths, self.smooth, steps, tol)
        result = self.smooth(f, u0, steps)
        if result.converged or is_smooth(f.loss) or result.steps >= steps:
            return result
        return self.subgradient(result, steps)

    def widths(self):
        """Return how wide the envelopes of loss and penalty are at first, None for no envelope."""
        loss, penalty, start = self.f.loss, self.f.penalty, self.start
        smooth = is_smooth(loss)
        for_loss = None if smooth or not is_separable_and_convex(loss) else 1 / start.curvature
        if not has_kinks(penalty) or not isinstance(penalty, Stretched) or not self.newtonian():
            return for_loss, None
        return for_loss, start.reach / float(penalty.lasso.max())

    def newtonian(self):
        """Tell whether the matrix of second derivatives is there and small."""
        f = self.f
        known = hasattr(f.loss, "pointwise_hess") or (
            is_separable_and_convex(f.loss) and not is_smooth(f.loss)  # an envelope has one
        )
        return known and hasattr(f.model, "hessian") and f.model.n_params <= LARGEST

    def smooth(self, f, u0, steps):
        """Minimise a smooth loss, with any penalty."""
        tol = self.tol * self.start.slope
        if has_kinks(f.penalty):
            curvature = self.start.curvature * float((f._shares() @ f.X**2).max())
            return accelerated(f, u0, steps, tol, 2 / curvature if curvature else 1.0)
        around = isinstance(f.loss, LossEnvelope)
        if self.newtonian() and (around or isinstance(f.penalty, PenaltyEnvelope)):
            curvature = 1 / f.loss.width if around else self.start.curvature
            return self.newton(
                f, u0, steps, _Damped(firmness=curvature / (self.start.slope or 1.0))
            )
        return lbfgs(f, u0, steps, tol=tol)

    def newton(self, f, u0, steps, optimizer):
        """Minimise by Newton's method, which stops where rounding hides what is lower."""
        values = []

        def stalled(step, w, value):
            values.append(value)
            return len(values) > STALLED and min(values[-STALLED:]) >= values[-STALLED - 1]

        tol = self.tol * self.start.slope
        return minimize(f, u0, optimizer, steps, tol=tol, callback=stalled)

    def subgradient(self, result, steps):
        """Go on with steps that fall like 1/√t, and keep the best parameters."""
        best = [result.value, result.w]

        def keep(step, w, value):
            if value < best[0]:
                best[:] = value, w.copy()

        optimizer = Adam(lambda t: 0.1 * self.start.reach / math.sqrt(1 + t), amsgrad=True)
        rest = minimize(self.f, result.w, optimizer, steps - result.steps, callback=keep)
        return replace(rest, w=best[1], value=best[0], steps=steps)
