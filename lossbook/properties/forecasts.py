"""What the least loss is attained by: the constant of a sample, the forecast of a chance."""

import numpy as np

from ..losses.classes import ClassLoss
from ..losses.domains import DISTRIBUTION, PROBABILITY
from ..losses.kinds import BinaryLoss, MarginLoss

CHANCES = (0.15, 0.4, 0.62, 0.9)
MIXTURES = ((0.45, 0.3, 0.25), (0.48, 0.36, 0.16), (0.2, 0.55, 0.25), (0.1, 0.1, 0.8))
CLOSE = 5e-3  # of a forecast to a chance
NO_CLASSES = "it can be of a BinaryLoss, MarginLoss or ClassLoss alone"
WORSE = 1e-3  # by which the best wrong decision has to lose


def estimate(loss, rng):
    """Test what the best constant is: minimise numerically, apply the inverse link, compare."""
    facts = loss._facts()
    wanted, inverse = facts.get("estimate"), facts.get("inverse_link")
    if wanted is None:
        return None
    y = loss.truth.sample(rng, 301)
    right = float(wanted(y))
    if inverse is not None:
        found = float(inverse(_best_constant(loss, y)))
        return bool(np.isclose(found, right, rtol=1e-4, atol=1e-6)), (
            f"the best constant stands for {found:.6g}, {facts['estimates']} is {right:.6g}"
        )
    near = right + np.concatenate([-np.geomspace(1e-3, 1, 12), np.geomspace(1e-3, 1, 12)])
    here = loss(y, np.full_like(y, right))
    for p in near[loss.prediction.mask(near)]:
        if loss(y, np.full_like(y, p)) < here - 1e-12 * (1 + abs(here)):
            return False, f"{right:.6g} should be the best constant, but {p:.6g} has less loss"
    return True, f"{right:.4g}, {facts['estimates']} of the sample, has the least loss"


def _best_constant(loss, y, low=-12.0, high=12.0):
    """Minimise over constants, on a grid that closes in."""
    for _ in range(16):
        grid = np.linspace(low, high, 61)
        best = int(np.argmin([loss(y, np.full_like(y, p)) for p in grid]))
        low, high = grid[max(best - 1, 0)], grid[min(best + 1, 60)]
    return (low + high) / 2


def proper(loss, rng):
    """Test whether the forecast with the least expected loss is the true probability."""
    facts = loss._facts()
    claimed, inverse = facts.get("proper"), facts.get("inverse_link")
    if claimed is None:
        return None
    if not _has_classes(loss):
        return NO_CLASSES
    if inverse is None and _takes_scores(loss):
        return "there is no inverse_link that makes probabilities of the scores"
    worst, at = 0.0, None
    for chances in _truths(loss):
        forecast, _ = _least(loss, chances, rng)
        stated = np.asarray(forecast if inverse is None else inverse(forecast), float)
        gap = float(np.abs(stated - (chances[1] if np.ndim(forecast) == 0 else chances)).max())
        if gap > worst or at is None:
            worst, at = gap, (chances, stated)
    truth, stated = (np.round(x, 3).tolist() for x in at)
    seen = f"the best forecast of {truth} is {stated}"
    return (worst <= CLOSE) == claimed, seen if claimed == (worst <= CLOSE) else (
        f"claims {'' if claimed else 'not '}to be proper, but {seen}"
    )


def calibrated(loss, rng):
    """Test whether a wrong decision always costs more, in expectation, than the best one."""
    claimed = loss._facts().get("calibrated")
    if claimed is None:
        return None
    if not _has_classes(loss):
        return NO_CLASSES
    gaps = {}
    for chances in _truths(loss):
        right = int(np.argmax(chances))
        _, best = _least(loss, chances, rng)
        _, wrong = _least(loss, chances, rng, lambda p, right=right: _decision(loss, p) != right)
        gaps[tuple(chances)] = wrong - best
    chances, gap = min(gaps.items(), key=lambda item: item[1])
    found = gap > WORSE
    seen = f"with chances {chances} the best wrong decision costs {gap:.3g} more"
    return found == claimed, seen if found == claimed else (
        f"claims {'' if claimed else 'not '}to be calibrated, but {seen}"
    )


def _has_classes(loss):
    two = isinstance(loss, (BinaryLoss, MarginLoss))
    return two or isinstance(loss, ClassLoss) or loss.truth is DISTRIBUTION


def _takes_scores(loss):
    return loss.prediction.inside is None


def _truths(loss):
    if isinstance(loss, (BinaryLoss, MarginLoss)):
        return [(1 - t, t) for t in CHANCES]
    return MIXTURES


def _expected(loss, chances, p):
    """Return the expected loss of each prediction in `p` when class k has chance `chances[k]`."""
    if p.ndim == 1:
        labels = (-1.0, 1.0) if isinstance(loss, MarginLoss) else (0.0, 1.0)
        truths = [np.full(len(p), label) for label in labels]
    elif isinstance(loss, ClassLoss):
        truths = [np.full(len(p), k) for k in range(3)]
    else:
        truths = [np.tile(row, (len(p), 1)) for row in np.eye(3)]
    terms = []
    for chance, y in zip(chances, truths, strict=True):
        weights = loss._weigh(y, None)  # a loss of weighted classes costs its weight too
        terms.append(chance * loss.pointwise(y, p) * (1 if weights is None else weights))
    return sum(terms)


def _decision(loss, p):
    """Return the class each prediction stands for; a tie stands for none (−1)."""
    if p.ndim == 1:
        middle = 0.5 if loss.prediction is PROBABILITY else 0.0
        return np.where(p == middle, -1, (p > middle).astype(int))
    return np.argmax(p, axis=1)


def _least(loss, chances, rng, allowed=None):
    """Return the prediction of least expected loss and that loss: a search that closes in."""
    spread, best = 1.0, None
    for round_ in range(60):
        p = _candidates(loss, rng, best, spread)
        if allowed is not None:
            p = p[allowed(p)]
        if len(p):
            costs = _expected(loss, chances, p)
            least = int(np.argmin(costs))
            if best is None or costs[least] < best[1]:
                best = (p[least], float(costs[least]))
        spread *= 1.0 if round_ < 3 else 0.85
    return best


def _candidates(loss, rng, best, spread, n=400):
    """Draw predictions: everywhere at first, then around the best one."""
    if isinstance(loss, (BinaryLoss, MarginLoss)):
        if best is None or spread == 1:
            inside = loss.prediction is PROBABILITY
            return rng.uniform(0.001, 0.999, n) if inside else rng.standard_cauchy(n).clip(-30, 30)
        p = best[0] + spread * rng.standard_normal(n)
        return p[loss.prediction.mask(p)]
    if loss.prediction.inside is not None:
        if best is None or spread == 1:
            return rng.dirichlet(np.ones(3), n)
        p = np.abs(best[0] + spread * rng.standard_normal((n, 3))) + 1e-9
        return p / p.sum(axis=1, keepdims=True)
    if best is None or spread == 1:
        return 2 * rng.standard_normal((n, 3))
    return best[0] + spread * rng.standard_normal((n, 3))
