"""Activations: what makes a network more than one weighted sum.  Each gives value and slope."""

import numpy as np

from ..numerics import sigmoid

__all__ = ["ACTIVATIONS", "GAINS"]


def _identity(z):
    return z.copy(), np.ones_like(z)


def _tanh(z):
    a = np.tanh(z)
    return a, 1 - a * a


def _sigmoid(z):
    a = sigmoid(z)
    return a, a * sigmoid(-z)


def _relu(z):
    return np.maximum(z, 0), (z > 0).astype(z.dtype)  # the slope at the kink is 0


def _gelu(z):
    try:
        from scipy.special import erfc
    except ImportError as error:
        raise ImportError("the activation gelu needs SciPy: pip install scipy") from error
    below = erfc(-z / np.sqrt(z.dtype.type(2))) / 2  # Φ(z): the share of a normal below z
    density = np.exp(-np.minimum(z * z / 2, 700)) / np.sqrt(z.dtype.type(2 * np.pi))
    return z * below, below + z * density


ACTIVATIONS = {
    "gelu": _gelu,
    "identity": _identity,
    "relu": _relu,
    "sigmoid": _sigmoid,
    "tanh": _tanh,
}

# What the variance of a layer's weights, times the number of inputs, has to be so that signals
# keep their size: those of He for activations that halve, of LeCun for the others.
GAINS = {"gelu": 2.0, "identity": 1.0, "relu": 2.0, "sigmoid": 1.0, "tanh": 1.0}
