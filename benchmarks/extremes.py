"""The points at which digits are counted, about a thousand for each loss, out to the extremes."""

import numpy as np

__all__ = ["distributions", "logits", "negatives", "residuals", "rows"]


def logits(rng):
    """Return labels and logits: of every size, many where the exponential matters."""
    z = np.concatenate(
        [
            rng.uniform(-40, 40, 500),
            rng.normal(size=190),
            10.0 ** rng.uniform(-30, 0, 200) * rng.choice([-1, 1], 200),
            rng.uniform(-700, 700, 100),
            rng.uniform(-1e4, 1e4, 10),
        ]
    )
    return rng.integers(0, 2, len(z)).astype(float), z


def negatives(rng):
    """Return logits, all of class 0, whose cross-entropy is softplus."""
    _, z = logits(rng)
    return np.zeros_like(z), z


def residuals(rng):
    """Return truths of 0 and residuals of all sizes."""
    size = np.concatenate(
        [
            10.0 ** rng.uniform(-150, 150, 300),
            10.0 ** rng.uniform(-3, 3, 400),
            rng.uniform(0, 30, 300),
        ]
    )
    r = size * rng.choice([-1, 1], len(size))
    return np.zeros_like(r), r


def rows(rng):
    """Return labels, and rows of three logits of small, middling and large spread."""
    z = np.concatenate([s * rng.normal(size=(333, 3)) for s in (1.0, 30.0, 300.0)])
    return rng.integers(0, 3, len(z)), z


def distributions(rng):
    """Return rows of three probabilities, and others near and far; one truth in six is 0."""
    p, other = (rng.gamma(0.7, size=(1000, 3)) + 1e-3 for _ in range(2))
    p[np.arange(500), rng.integers(0, 3, 500)] = 0
    near = 10.0 ** np.where(
        np.arange(1000) % 2, rng.uniform(-12, -1, 1000), rng.uniform(-1, 0, 1000)
    )
    p /= p.sum(axis=1, keepdims=True)
    near = near[:, None]
    q = (1 - near) * np.maximum(p, 1e-3) + near * other
    return p, q / q.sum(axis=1, keepdims=True)
