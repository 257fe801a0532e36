"""A loss that the package does not know."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Own:
    """A loss of the reader's own."""

    power: float = 2.0

    def pointwise(self, y_true, y_pred):
        return np.abs(y_pred - y_true) ** self.power

    def pointwise_grad(self, y_true, y_pred):
        r = y_pred - y_true
        return self.power * np.sign(r) * np.abs(r) ** (self.power - 1)
