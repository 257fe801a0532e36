"""Penalties of parameters that are a matrix."""

import math
from dataclasses import dataclass

import numpy as np

from .base import Penalty, require_step, require_strength

__all__ = ["NuclearNorm"]


@dataclass(frozen=True)
class NuclearNorm(Penalty):
    r"""Sum of singular values: the matrix of parameters gets a low rank.

    .. math:: \lambda \lVert W \rVert_* = \lambda \sum_k \sigma_k(W)

    Parameters
    ----------
    strength : float
        :math:`\lambda \ge 0`.
    shape : tuple of two int
        The shape of W; the penalised parameters are its rows, one after the other.

    Raises
    ------
    ValueError
        If `strength` is negative or not finite, `shape` is not that of a matrix, or the
        parameters are not as many as its entries.

    Notes
    -----
    What `L1` does to the entries, this does to the singular values: small ones become exactly
    zero, so the outputs come to share few directions of the features.

    References
    ----------
    J.-F. Cai, E. J. Candès and Z. Shen, "A singular value thresholding algorithm for matrix
    completion", SIAM Journal on Optimization 20, 2010.

    Examples
    --------
    >>> penalty, w = NuclearNorm(1.0, shape=(2, 2)), np.array([3.0, 0.0, 0.0, 0.5])
    >>> penalty.value(w)
    3.5
    >>> penalty.prox(w, step=1.0).tolist()
    [2.0, 0.0, 0.0, 0.0]
    """

    strength: float
    shape: tuple[int, int]

    def __post_init__(self):
        """Check the arguments."""
        require_strength(self)
        try:
            shape = tuple(int(length) for length in self.shape)
            good = len(shape) == 2 and min(shape) >= 1 and shape == tuple(self.shape)
        except (TypeError, ValueError):
            good = False
        if not good:
            raise ValueError(
                "NuclearNorm: shape must be the two lengths of a matrix, such as (n_features, "
                f"n_classes), got {self.shape!r}"
            )
        object.__setattr__(self, "shape", shape)

    def _matrix(self, w):
        if w.shape != (math.prod(self.shape),):
            raise ValueError(
                f"w has shape {w.shape} but a matrix of shape {self.shape} has "
                f"{math.prod(self.shape)} entries: give the shape of the penalised parameters"
            )
        return w.reshape(self.shape)

    def value(self, w: np.ndarray) -> float:
        """Return λ Σ σₖ."""
        return self.strength * float(np.linalg.svd(self._matrix(w), compute_uv=False).sum())

    def grad(self, w: np.ndarray) -> np.ndarray:
        """Return λ U Vᵀ over the singular values that are not zero, a subgradient."""
        u, s, vt = np.linalg.svd(self._matrix(w), full_matrices=False)
        rank = int(np.count_nonzero(s > s[0] * np.finfo(w.dtype).eps * max(self.shape)))
        return self.strength * (u[:, :rank] @ vt[:rank]).ravel()

    def prox(self, w: np.ndarray, step: float) -> np.ndarray:
        """Return W with every singular value moved towards zero by step·λ, and stopped there."""
        require_step(step)
        u, s, vt = np.linalg.svd(self._matrix(w), full_matrices=False)
        s = np.maximum(s - step * self.strength, 0).astype(w.dtype)
        return ((u * s) @ vt).ravel()
