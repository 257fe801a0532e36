r"""Smooth stand-ins for what has kinks: the Moreau envelope, tilted.

.. math:: \ell_\mu(z) = \min_u\; \ell(u) + a\,(z - u) + \frac{(z - u)^2}{2\mu}

It touches ℓ from below, is as smooth as 1/μ says, and its slope at z is one of ℓ at the u of the
minimum.  With a the slope of ℓ where it is minimal, both are minimal at the same place.
"""

import numpy as np

from ..losses import Loss
from ..penalties import Penalty

__all__ = ["LossEnvelope", "PenaltyEnvelope"]

HALVINGS = 60


class _Envelope:
    """The part that is the same for losses and penalties.

    Parameters
    ----------
    kinked : Loss or Penalty
        What is smoothed.
    width : float
        μ: how far around a kink the slope is smoothed, over the jump.
    tilt : float or ndarray
        a, one for every sample or parameter.
    """

    def __init__(self, kinked, width, tilt=0.0):
        self.kinked, self.width, self.tilt = kinked, width, tilt

    def _tangent(self, z, prox):
        """Return u, the slope there, and what the value is above that at u."""
        moved = z + self.width * self.tilt
        u = prox(moved)
        slope = (moved - u) / self.width
        return u, slope, self.width / 2 * (slope**2 - self.tilt**2)

    def _curvature(self, z, prox):
        """Return how the slope changes: exact where it is a straight line."""
        h = 1e-6 * self.width
        return (self._tangent(z + h, prox)[1] - self._tangent(z - h, prox)[1]) / (2 * h)


class LossEnvelope(_Envelope):
    """The envelope of a loss; for an `Objective` it is a loss."""

    def _prox(self, y):
        if hasattr(self.kinked, "prox"):
            return lambda z: self.kinked.prox(y, z, self.width)
        return lambda z: nearest(self.kinked, y, z, self.width)

    def value_and_grad(self, y, z, sample_weight=None):
        """Return the weighted mean of the envelope, and its gradient."""
        u, slope, above = self._tangent(z, self._prox(y))
        share = _shares(z, sample_weight)
        return float((share * (self.kinked.pointwise(y, u) + above)).sum()), share * slope

    def __call__(self, y, z, sample_weight=None):
        """Return the weighted mean of the envelope."""
        return self.value_and_grad(y, z, sample_weight)[0]

    def pointwise_hess(self, y, z):
        """Return the second derivative of each sample, several outputs as a matrix."""
        curvature = self._curvature(z, self._prox(y))
        return curvature

    def gap(self, y, z, sample_weight=None):
        """Return how far the mean loss at `z` is above that of the tangents at u."""
        u, slope, _ = self._tangent(z, self._prox(y))
        over = self.kinked.pointwise(y, z) - self.kinked.pointwise(y, u) - slope * (z - u)
        return float((_shares(z, sample_weight) * over).sum())

    def next(self, y, z, width):
        """Return the envelope tilted by the slopes of this one, of another width."""
        return LossEnvelope(self.kinked, width, self._tangent(z, self._prox(y))[1])


class PenaltyEnvelope(_Envelope, Penalty):
    """The envelope of a penalty of single parameters."""

    def _prox(self, w):
        return self.kinked.prox(w, self.width)

    def value(self, w):
        """Return the envelope."""
        v, _, above = self._tangent(w, self._prox)
        return self.kinked.value(v) + float(above.sum())

    def grad(self, w):
        """Return its gradient."""
        return self._tangent(w, self._prox)[1]

    def curvature(self, w):
        """Return its second derivatives."""
        return self._curvature(w, self._prox)

    def prox(self, w, step):
        """Refuse: nobody needs the envelope of an envelope."""
        raise NotImplementedError("the envelope of a penalty is smooth: it needs no proximal step")

    def nearest(self, w):
        """Return u, in which the zeros are exact."""
        return self._tangent(w, self._prox)[0]

    def gap(self, w):
        """Return how far the penalty at `w` is above the tangent at u."""
        v, slope, _ = self._tangent(w, self._prox)
        return self.kinked.value(w) - self.kinked.value(v) - float(slope @ (w - v))

    def next(self, w, width):
        """Return the envelope tilted by the slopes of this one, of another width."""
        return PenaltyEnvelope(self.kinked, width, self._tangent(w, self._prox)[1])


def nearest(loss: Loss, y: np.ndarray, z: np.ndarray, step: float) -> np.ndarray:
    """Return the proximal points of a convex loss of single predictions, by bisection.

    They are where u + step·ℓ′(u) passes z, and on the side of z to which ℓ falls.
    """
    near = z
    far = z - 2 * step * loss.pointwise_grad(y, z)
    low, high = np.minimum(near, far), np.maximum(near, far)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        above = middle + step * loss.pointwise_grad(y, middle) > z
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return (low + high) / 2


def _shares(z, weights):
    """Return what every entry counts in the mean."""
    if weights is None:
        return np.full(z.shape, 1 / z.size)
    share = weights / (weights.sum() * (z.size // len(z)))
    return share if z.ndim == 1 else share[:, None]
