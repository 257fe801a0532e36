"""What a loss claims on its card has to be true: its shape, and what it estimates."""

import math

import numpy as np

from ..losses.kinds import BatchLoss, HasHess, HasProx, MarginLoss, ResidualLoss, RowLoss
from .examples import N, jumps, kinks_of, wide_example


def convexity(loss, rng):
    """Test a claim of convexity by midpoints, and a claim of none by a counter-example."""
    claimed = loss._claims().get("convex")
    if claimed is None:
        return None
    chord, middle = (
        _chords_of_batches(loss, rng) if isinstance(loss, BatchLoss) else _chords(loss, rng)
    )
    above = middle - chord > 1e-9 * (1 + np.abs(chord))
    if claimed:
        return not above.any(), (
            f"a chord lies below the curve at {int(above.sum())} of {len(above)} pairs"
            + _unless_rounded(middle - chord, chord)
            if above.any()
            else f"no chord below the curve among {len(above)}"
        )
    return bool(above.any()), (
        f"not convex, as it says: {int(above.sum())} of {len(above)} chords lie below the curve"
        if above.any()
        else "claims not to be convex, but no chord below the curve was found"
    )


def _unless_rounded(gaps, chord):
    """Return that gaps as small as these are no sign of the shape, nothing if they are larger."""
    tiny = (gaps < 1e-6 * (1 + np.abs(chord))).all()
    return ", by less than a millionth: is the value rounded, as in float32?" if tiny else ""


def _chords(loss, rng):
    y, p = loss._example(rng, 4000)
    share = rng.random((len(p),) + (1,) * (p.ndim - 1)) ** 3
    if loss.prediction.inside is None and p.ndim == 1:
        q = p + 0.01 + 10 * share
    else:  # between two examples, so that what is inside a convex domain stays inside
        q = p + share * (loss._example(rng, 4000)[1] - p)
    chord = (loss.pointwise(y, p) + loss.pointwise(y, q)) / 2
    return chord, loss.pointwise(y, (p + q) / 2)


def _chords_of_batches(loss, rng):
    pairs = []
    for share in rng.random(300) ** 3:
        y, p = loss._example(rng, 6)
        q = p + share * (loss._example(rng, 6)[1] - p)
        pairs.append(((loss(y, p) + loss(y, q)) / 2, loss(y, (p + q) / 2)))
    return map(np.array, zip(*pairs, strict=True))


def lipschitz(loss, rng):
    """Test the steepest slope: never exceeded, nearly reached; or grows without bound."""
    bound = loss._claims().get("lipschitz")
    if bound is None:
        return None
    y, p = _sizes_example(loss, rng)
    slopes = loss.pointwise_grad(y, p)
    if isinstance(loss, RowLoss):
        sizes = np.linalg.norm(slopes.reshape(len(p), -1), loss.slope_norm, axis=1)
    else:
        sizes = np.append(np.abs(slopes), _chords_across_kinks(loss))
    return _bounded(sizes, bound(p.shape[-1]) if callable(bound) else bound, "slope")


def _chords_across_kinks(loss, width=1e-6):
    """Return how steep a loss is across each kink: without bound where its value jumps."""
    kinks = np.array(loss._claims().get("kinks") or (), float)
    if not len(kinks) or not isinstance(loss, (ResidualLoss, MarginLoss)):
        return []
    return np.abs(loss._value(kinks + width) - loss._value(kinks - width)) / (2 * width)


def _sizes_example(loss, rng):
    if isinstance(loss, BatchLoss):
        return loss._example(rng, N)
    return wide_example(loss, rng)


def smoothness(loss, rng):
    """Test the strongest curvature in the same way, by differences where there is no Hessian."""
    bound, kinks = loss._claims().get("smoothness"), kinks_of(loss)
    if bound is None:
        return None
    if len(kinks) and not math.isinf(bound):
        return False, (
            f"claims curvature ≤ {bound:.6g}, but at a kink, here at {_at(np.round(kinks, 9))}, "
            "there is no bound: leave smoothness out"
        )
    if not isinstance(loss, HasHess) and isinstance(loss, RowLoss):
        return "there is no _hess whose norm could be looked at"
    y, p = loss._example(rng, 4000)
    if loss.prediction.inside is None and p.ndim == 1:
        p = p * np.exp(rng.uniform(-6, 1, p.shape))
    if not isinstance(loss, HasHess):
        if math.isinf(bound):  # where there are kinks that is what they mean
            return None if len(kinks) else "without a _hess only a bound can be"
        return _bounded(_curvatures(loss, y, p), bound, "curvature")
    hess = loss.pointwise_hess(y, p)
    sizes = np.linalg.norm(hess, 2, axis=(1, 2)) if hess.ndim == 3 else np.abs(hess)
    return _bounded(sizes, bound, "curvature")


def _curvatures(loss, y, p, h=1e-4):
    """Return how fast the slope changes from each prediction to one close by."""
    return np.abs(loss.pointwise_grad(y, p + h) - loss.pointwise_grad(y, p)) / h


def _bounded(sizes, bound, what):
    if np.isnan(sizes).any():
        return False, f"the {what} of {int(np.isnan(sizes).sum())} of {sizes.size} samples is NaN"
    largest = float(sizes.max())
    if math.isinf(bound):
        steep = largest > 0 and largest > min(50, 20 * float(np.median(sizes[sizes > 0])))
        return steep, f"the largest {what} seen is {largest:.3g}, " + (
            "no bound claimed" if steep else "so a bound could be claimed"
        )
    if largest > bound * (1 + 1e-9):
        return False, f"claims {what} ≤ {bound:.6g}, but {largest:.6g} was seen"
    if largest < 0.8 * bound:
        return False, f"claims {what} ≤ {bound:.6g}, but no more than {largest:.6g} was seen"
    return True, f"{what} up to {largest:.4g}, within the bound {bound:.4g}"


def value_range(loss, rng):
    """Test the range: no value outside it, some near each end, and large ones if unbounded."""
    ends = loss._claims().get("range", (0.0, math.inf))
    if ends is None:
        return None
    if isinstance(loss, BatchLoss):
        return _range_of_batches(loss, rng, *ends)
    low, high = ends
    values = _values_far_and_perfect(loss, rng)
    least, few, median, most = (float(q) for q in np.quantile(values, [0, 0.05, 0.5, 1]))
    for end, seen in ((low, least), (high, most)):
        outside = seen < low if end == low else seen > high
        if outside and abs(seen - end) > 1e-9 * (1 + abs(end)):
            return False, f"claims values from {low:.6g} to {high:.6g}, but {seen:.6g} was seen"
    for end, seen, typical in ((low, least, few), (high, most, median)):
        if math.isinf(end):
            near = seen * np.sign(end) > min(20, 10 * abs(median))
        else:  # of a row few are at an end of the range
            loose = 0.5 * abs(end - typical) if isinstance(loss, RowLoss) else 0
            near = abs(seen - end) <= max(5e-3 * (1 + abs(end)), loose)
        if not near:
            side = "down" if end == low else "up"
            return False, f"claims values {side} to {end:.6g}, but {seen:.6g} is the nearest seen"
    ends = " to ".join(f"{end:.4g}".replace("inf", "∞") for end in (low, high))
    return True, f"values from {least:.4g} to {most:.4g}, in the range {ends}"


def _values_far_and_perfect(loss, rng):
    """Return values of ordinary predictions, of some far out, and of some that are the truth."""
    y, p = _sizes_example(loss, rng)
    values = [loss.pointwise(y, p)]
    if y.shape == p.shape and loss.prediction.contains(y):
        values.append(loss.pointwise(y[:N], y[:N].astype(float)))
    if loss.prediction.inside is None:
        y, p = loss._example(rng, N)
        values.append(loss.pointwise(y, np.clip(p * loss.reach, -loss.reach, loss.reach)))
    return np.concatenate([value.ravel() for value in values])


def _range_of_batches(loss, rng, low, high):
    """Test that the loss of no batch is outside its range: ends take batches made for them."""
    sizes, stretches = rng.integers(1, 9, 200), np.exp(rng.uniform(-3, 6, 200))
    batches = [(loss._example(rng, n), s) for n, s in zip(sizes, stretches, strict=True)]
    values = np.array([loss(y, p * s) for (y, p), s in batches])
    good = (values >= low - 1e-9).all() and (values <= high + 1e-9).all()
    return bool(good), (
        f"batches from {values.min():.4g} to {values.max():.4g}, range {low:.4g} to {high:.4g}"
    )


def kinks(loss, rng):
    """Test that slope or value jumps at each kink and nowhere else, and what the slope is there."""
    if not isinstance(loss, (ResidualLoss, MarginLoss)):
        return None
    claimed = loss._claims().get("kinks")
    if claimed is None:
        return None
    found = np.union1d(jumps(loss._grad).round(9), jumps(loss._value).round(9))
    if len(found) != len(claimed) or not np.allclose(found, np.sort(claimed), atol=1e-6):
        return False, f"claims kinks at {_at(claimed)}, but the slope jumps at {_at(found)}"
    for kink in claimed:
        left, here, right = (float(loss._grad(np.array([kink + s]))[0]) for s in (-1e-9, 0, 1e-9))
        if not min(left, right) - 1e-6 <= here <= max(left, right) + 1e-6:
            return (
                False,
                f"at the kink {kink:g} its slope is {here:g}, not from {left:g} to {right:g}",
            )
    if not len(claimed):
        return True, "neither slope nor value jumps anywhere"
    return True, f"slope or value jumps at {_at(claimed)} and nowhere else"


def _at(places):
    return ", ".join(f"{place + 0.0:.6g}" for place in places) or "no place"


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
