"""What a loss claims on its card has to be true: convex, bounded, what it estimates."""

import math

import numpy as np

from ..losses.kinds import HasHess, HasProx, RowLoss
from .examples import N, wide_example


def convexity(loss, rng):
    """Test a claim of convexity by midpoints, and a claim of none by a counter-example."""
    y, p = loss._example(rng, 4000)
    q = p + (0.01 + 10 * rng.random(len(p)) ** 3).reshape((-1,) + (1,) * (p.ndim - 1))
    keep = np.ones(len(p), bool) if isinstance(loss, RowLoss) else loss.prediction.mask(q)
    y, p, q = y[keep], p[keep], q[keep]
    if isinstance(loss, RowLoss):
        q = p + rng.standard_normal(p.shape)
    chord = (loss.pointwise(y, p) + loss.pointwise(y, q)) / 2
    middle = loss.pointwise(y, (p + q) / 2)
    above = middle - chord > 1e-9 * (1 + np.abs(chord))
    claimed = loss._facts()["convex"]
    if claimed:
        return not above.any(), (
            f"a chord lies below the curve at {int(above.sum())} of {len(above)} pairs"
            if above.any()
            else f"no chord below the curve among {len(above)}"
        )
    return bool(above.any()), (
        f"not convex, as it says: {int(above.sum())} of {len(above)} chords lie below the curve"
        if above.any()
        else "claims not to be convex, but no chord below the curve was found"
    )


def _slope_sizes(loss, rng):
    y, p = wide_example(loss, rng)
    slopes = loss.pointwise_grad(y, p)
    return np.linalg.norm(slopes, axis=-1) if isinstance(loss, RowLoss) else np.abs(slopes)


def lipschitz(loss, rng):
    """Test the steepest slope: never exceeded, nearly reached; or grows without bound."""
    bound = loss._facts().get("lipschitz", math.inf)
    return _bounded(_slope_sizes(loss, rng), bound, "slope")


def smoothness(loss, rng):
    """Test the strongest curvature in the same way."""
    bound = loss._facts().get("smoothness", math.inf)
    if not isinstance(loss, HasHess) or math.isinf(bound):
        return None
    y, p = loss._example(rng, 4000)
    if loss.prediction.inside is None and p.ndim == 1:
        p = p * np.exp(rng.uniform(-6, 1, p.shape))
    hess = loss.pointwise_hess(y, p)
    sizes = np.linalg.norm(hess, 2, axis=(1, 2)) if hess.ndim == 3 else np.abs(hess)
    return _bounded(sizes, bound, "curvature")


def _bounded(sizes, bound, what):
    largest = float(sizes.max())
    if math.isinf(bound):
        steep = largest > 20 * float(np.median(sizes)) or largest > 50
        return steep, f"the largest {what} seen is {largest:.3g}, " + (
            "no bound claimed" if steep else "so a bound could be claimed"
        )
    if largest > bound * (1 + 1e-9):
        return False, f"claims {what} ≤ {bound:.6g}, but {largest:.6g} was seen"
    if largest < 0.8 * bound:
        return False, f"claims {what} ≤ {bound:.6g}, but no more than {largest:.6g} was seen"
    return True, f"{what} up to {largest:.4g}, within the bound {bound:.4g}"


def estimate(loss, rng):
    """Test what the best constant is: minimise over a fine grid and compare."""
    wanted = loss._facts().get("estimate")
    if wanted is None:
        return None
    y = loss.truth.sample(rng, 301)
    best = float(wanted(y))
    value = lambda p: loss(y, np.full_like(y, p))  # noqa: E731
    here = value(best)
    near = best + np.concatenate([-np.geomspace(1e-3, 1, 12), np.geomspace(1e-3, 1, 12)])
    near = near[loss.prediction.mask(near)]
    lower = [p for p in near if value(p) < here - 1e-12 * (1 + abs(here))]
    if lower:
        return False, f"{best:.6g} should be the best constant, but {lower[0]:.6g} has less loss"
    return True, f"{best:.4g}, {loss._facts()['estimates']} of the sample, has the least loss"


def proximal(loss, rng):
    """Check that the proximal point is better than its neighbours."""
    if not isinstance(loss, HasProx):
        return None
    y, p = loss._example(rng, N)
    step = 0.7
    best = loss.prox(y, p, step)

    def objective(u):
        return step * loss.pointwise(y, u) + (u - p) ** 2 / 2

    for move in (-1.0, -0.01, 0.01, 1.0):
        if (objective(best + move) < objective(best) - 1e-12).any():
            return False, f"moving the proximal point by {move} lowers the objective"
    return True, "no neighbour of the proximal point does better"
