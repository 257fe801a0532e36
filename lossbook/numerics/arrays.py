"""Read what a numerical function is given."""

import numpy as np

__all__ = ["floating"]


def floating(x):
    """Return `x` as an array of floats; integers become float64."""
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(np.float64)
