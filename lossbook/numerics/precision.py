"""Arithmetic of float64 for formulas that float32 would overflow or cancel in."""

from functools import wraps

import numpy as np

__all__ = ["in_double"]


def in_double(method):
    """Let a method of y and ŷ compute in float64, and round its results once to their dtype.

    A result too large a number becomes infinite, without a warning.
    """

    @wraps(method)
    def narrow(self, *args):
        with np.errstate(over="ignore"):
            result = method(self, *(a.astype(np.float64, copy=False) for a in args))
            results = result if isinstance(result, tuple) else (result,)
            rounded = [np.asarray(r).astype(args[-1].dtype, copy=False) for r in results]
            return tuple(rounded) if isinstance(result, tuple) else rounded[0]

    return narrow
