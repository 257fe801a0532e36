"""Penalties that keep or drop parameters by groups."""

from dataclasses import dataclass, field

import numpy as np

from .base import Penalty, require_step, require_strength

__all__ = ["GroupLasso"]


@dataclass(frozen=True)
class GroupLasso(Penalty):
    r"""Sum of the lengths of groups: a whole group is kept, or all of it is zero.

    .. math:: \lambda \sum_G \sqrt{|G|}\; \lVert w_G \rVert_2

    Parameters
    ----------
    strength : float
        :math:`\lambda \ge 0`.
    groups : sequence of int, one for every penalised parameter
        Parameters with the same number belong together, such as the columns that code one
        category.

    Raises
    ------
    ValueError
        If `strength` is negative or not finite, `groups` does not hold integers, or the
        parameters are not as many as the groups name.

    Notes
    -----
    The length has its kink only where the whole group is zero, so groups go together.  The root
    of the size makes large groups pay for the room they have to fit noise.  With groups of one it
    is `L1`.

    References
    ----------
    M. Yuan and Y. Lin, "Model selection and estimation in regression with grouped variables",
    JRSS B 68, 2006.

    Examples
    --------
    >>> penalty = GroupLasso(1.0, groups=[0, 0, 1])
    >>> w = np.array([3.0, 4.0, 0.5])
    >>> round(penalty.value(w), 4)
    7.5711
    >>> penalty.prox(w, step=1.0).round(4).tolist()
    [2.1515, 2.8686, 0.0]
    """

    strength: float
    groups: tuple[int, ...] = field()

    def __post_init__(self):
        """Check the arguments."""
        require_strength(self)
        groups = np.asarray(self.groups)
        if groups.ndim != 1 or groups.size == 0 or groups.dtype.kind not in "iu":
            raise ValueError(
                f"GroupLasso: groups must hold one integer for every parameter, got {self.groups!r}"
            )
        object.__setattr__(self, "groups", tuple(groups.tolist()))
        _, places, sizes = np.unique(groups, return_inverse=True, return_counts=True)
        object.__setattr__(self, "_places", places)
        object.__setattr__(self, "_roots", np.sqrt(sizes))

    def _lengths(self, w):
        """Return the length of each group."""
        if w.shape != (len(self.groups),):
            raise ValueError(
                f"w has shape {w.shape} but groups names {len(self.groups)} parameters: "
                "give every penalised parameter its group"
            )
        scale = float(np.abs(w).max()) or 1.0
        squares = np.bincount(self._places, np.square(w / scale), len(self._roots))
        return scale * np.sqrt(squares)

    def value(self, w: np.ndarray) -> float:
        """Return λ Σ √size · length."""
        return self.strength * float(self._roots @ self._lengths(w))

    def grad(self, w: np.ndarray) -> np.ndarray:
        """Return λ √size · w/length; for a group of zeros the subgradient chosen is 0."""
        lengths = self._lengths(w)
        lengths[lengths == 0] = np.inf
        return (self.strength * (self._roots / lengths)[self._places] * w).astype(w.dtype)

    def prox(self, w: np.ndarray, step: float) -> np.ndarray:
        """Return every group shortened by step·λ·√size, and stopped at zero."""
        require_step(step)
        lengths = self._lengths(w)
        lengths[lengths == 0] = np.inf
        kept = np.maximum(1 - step * self.strength * self._roots / lengths, 0)
        return (kept[self._places] * w).astype(w.dtype)
