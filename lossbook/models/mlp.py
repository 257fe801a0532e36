"""The multilayer perceptron, with its backpropagation written out."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..hyperparameters import is_fraction, is_natural, require_number
from .activations import ACTIVATIONS, GAINS
from .base import Model, Pullback

__all__ = ["MLP", "MLPView"]

SCHEMES = ("he", "glorot", "lecun", "orthogonal")


class MLPView(NamedTuple):
    """The named parts of a network's parameters, layer by layer: views, to be written to.

    Attributes
    ----------
    weights : list of ndarray
        The matrix of each layer.
    biases : list of ndarray
        The constants of each layer.

    Examples
    --------
    >>> model = MLP(n_features=1, hidden=(2,), n_outputs=1)
    >>> w = np.zeros(model.n_params)
    >>> model.view(w).biases[-1][:] = 5.0
    >>> model.predict(w, np.ones((1, 1))).tolist()
    [5.0]
    """

    weights: list[np.ndarray]
    biases: list[np.ndarray]


@dataclass(frozen=True)
class MLP(Model):
    r"""Weighted sums and activations in turn: a multilayer perceptron.

    .. math:: A_0 = X, \qquad A_l = \phi(A_{l-1} W_l + \mathbf 1 b_l^\top), \qquad
              \hat Y = A_{L-1} W_L + \mathbf 1 b_L^\top

    Parameters
    ----------
    n_features : int
        Number of columns of `X`.
    hidden : sequence of int
        How many units each hidden layer has, from the input on; empty for none.
    n_outputs : int, default 1
        1 gives predictions of shape (n,), K gives (n, K): the logits of K classes.
    activation : {"relu", "tanh", "gelu", "sigmoid", "identity"}, default "relu"
        φ.
    dropout : float, default 0
        In [0, 1): the share of hidden units left out at random in each step of training; the
        others are scaled up, so that nothing need be done when predicting.

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    The last layer is linear: its outputs go into a loss that knows its link, such as
    ``SoftmaxCrossEntropy``.  All weights come first in the flat vector, then all biases, so
    `penalised` is one slice.  See `init` for where to start: at zero all units of a layer would
    remain copies of each other.

    Examples
    --------
    >>> model = MLP(n_features=2, hidden=(3,), n_outputs=2)
    >>> model.n_params
    17
    >>> w = model.init(np.random.default_rng(0))
    >>> [part.shape for part in model.view(w).weights]
    [(2, 3), (3, 2)]
    >>> model.predict(w, np.ones((4, 2))).shape
    (4, 2)
    """

    n_features: int
    hidden: tuple[int, ...]
    n_outputs: int = 1
    activation: str = "relu"
    dropout: float = 0.0

    def __post_init__(self):
        """Check the arguments."""
        require_number(self, "n_features", is_natural, "a positive integer")
        require_number(self, "n_outputs", is_natural, "a positive integer")
        require_number(self, "dropout", is_fraction, "in [0, 1)")
        hidden = (self.hidden,) if isinstance(self.hidden, int) else tuple(self.hidden)
        if not all(not isinstance(size, bool | str) and is_natural(size) for size in hidden):
            raise ValueError(
                "MLP: hidden must name a positive number of units for every hidden layer, such as "
                f"(64, 32), got {self.hidden!r}"
            )
        object.__setattr__(self, "hidden", tuple(int(size) for size in hidden))
        if self.activation not in ACTIVATIONS:
            raise ValueError(
                f"MLP: activation must be one of {', '.join(ACTIVATIONS)}, got {self.activation!r}"
            )

    @property
    def sizes(self) -> tuple[int, ...]:
        """How wide each layer is, from the features to the outputs."""
        return (self.n_features, *self.hidden, self.n_outputs)

    @property
    def _n_weights(self):
        return sum(a * b for a, b in zip(self.sizes, self.sizes[1:], strict=False))

    @property
    def n_params(self) -> int:
        """One for every connection, and one for every unit."""
        return self._n_weights + sum(self.sizes[1:])

    @property
    def penalised(self) -> slice:
        """The weights, without the biases."""
        return slice(0, self._n_weights)

    @property
    def random(self) -> bool:
        """Whether units are left out in training."""
        return self.dropout > 0

    def view(self, w: np.ndarray) -> MLPView:
        """Return the weights, (inputs, units) each, and the biases, (units,) each, as views."""
        weights, biases, start, bias = [], [], 0, self._n_weights
        for inputs, units in zip(self.sizes, self.sizes[1:], strict=False):
            weights.append(w[start : start + inputs * units].reshape(inputs, units))
            biases.append(w[bias : bias + units])
            start, bias = start + inputs * units, bias + units
        return MLPView(weights, biases)

    def init(
        self, rng: np.random.Generator | None = None, scale: float | str | None = None
    ) -> np.ndarray:
        r"""Return parameters to start from: random weights, biases zero.

        Parameters
        ----------
        rng : numpy.random.Generator
            Draws the weights.
        scale : str or float, optional
            ``"he"``, normal of variance 2/inputs; ``"glorot"``, 2/(inputs + units); ``"lecun"``,
            1/inputs; ``"orthogonal"``, directions at right angles; a number, that standard
            deviation.  By default He's for ReLU and GELU, LeCun's for the others.

        Returns
        -------
        ndarray, shape (n_params,)

        Raises
        ------
        ValueError
            If there is no `rng`, or no such scheme.

        Notes
        -----
        The variance is chosen so that signals keep their size from layer to layer, forwards or
        backwards.

        References
        ----------
        K. He, X. Zhang, S. Ren and J. Sun, "Delving deep into rectifiers", ICCV 2015.  X. Glorot
        and Y. Bengio, "Understanding the difficulty of training deep feedforward neural
        networks", AISTATS 2010.
        """
        if rng is None:
            raise ValueError(
                "the hidden units of a network must start unlike each other: "
                "pass rng=np.random.default_rng(seed)"
            )
        if isinstance(scale, str) and scale not in SCHEMES:
            raise ValueError(
                f"scale must be a number or one of {', '.join(SCHEMES)}, got {scale!r}"
            )
        w = np.zeros(self.n_params)
        for part in self.view(w).weights:
            if scale == "orthogonal":
                part[:] = math.sqrt(GAINS[self.activation]) * _orthogonal(part.shape, rng)
            else:
                part[:] = self._spread(part.shape, scale) * rng.standard_normal(part.shape)
        return w

    def _spread(self, shape, scale):
        """Return the standard deviation of the weights of one layer."""
        inputs, units = shape
        named = {
            "he": 2 / inputs,
            "glorot": 2 / (inputs + units),
            "lecun": 1 / inputs,
            None: GAINS[self.activation] / inputs,
        }
        return math.sqrt(named[scale]) if scale in named else scale

    def layers(self, w: np.ndarray, X: np.ndarray) -> list[np.ndarray]:
        """Return what each hidden layer passes on, shape (n, units) each."""
        return self._hidden(w, X, None)[0][1:]

    def _hidden(self, w, X, rng):
        """Return the inputs of every layer, and the slopes of the hidden ones."""
        self._check(w, X)
        weights, biases = self.view(w)
        inputs, slopes = [X], []
        for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
            a, slope = ACTIVATIONS[self.activation](inputs[-1] @ weight + bias)
            if rng is not None and self.dropout:
                kept = (rng.random(a.shape) >= self.dropout) / (1 - self.dropout)
                a, slope = a * kept, slope * kept
            inputs.append(a)
            slopes.append(slope)
        return inputs, slopes

    def forward(self, w, X, rng=None) -> tuple[np.ndarray, Pullback]:
        """Return the outputs of the last layer, and backpropagation from them to `w`."""
        inputs, slopes = self._hidden(w, X, rng)
        weights, biases = self.view(w)
        output = inputs[-1] @ weights[-1] + biases[-1]

        def pullback(d):
            d = d.reshape(output.shape)
            grad = np.empty_like(w)
            d_weights, d_biases = self.view(grad)
            for layer in reversed(range(len(weights))):
                np.matmul(inputs[layer].T, d, out=d_weights[layer])  # ∂L/∂W = Aᵀ D
                d.sum(axis=0, out=d_biases[layer])  # ∂L/∂b = Σ rows of D
                if layer:
                    d = (d @ weights[layer].T) * slopes[layer - 1]  # through W, then through φ
            return grad

        return output[:, 0] if self.n_outputs == 1 else output, pullback


def _orthogonal(shape, rng):
    """Return a random matrix whose shorter side's vectors are at right angles and of length 1."""
    tall = rng.standard_normal((max(shape), min(shape)))
    q, r = np.linalg.qr(tall)
    q *= np.sign(np.diag(r))  # so that every direction is equally likely
    return q if shape[0] >= shape[1] else q.T
