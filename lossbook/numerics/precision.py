"""Arithmetic of float64 for formulas that float32 would overflow or cancel in."""

from functools import wraps

import numpy as np

__all__ = ["in_double"]


def in_double(method):
    """Let a method of y and ŷ compute in float64, and round its result once to their dtype.

    A result too large a number becomes infinite, without a warning.
    """

    @wraps(method)
    def rounded(self, *args):
        with np.errstate(over="ignore"):
            result = method(self, *(a.astype(np.float64, copy=False) for a in args))
            return np.asarray(result).astype(args[-1].dtype, copy=False)

    return rounded
