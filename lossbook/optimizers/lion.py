"""Lion: steps of one length, whose signs alone the gradients decide."""

from dataclasses import dataclass

import numpy as np

from ..hyperparameters import is_fraction, is_non_negative, require_number
from .base import LearningRate, Optimizer

__all__ = ["Lion"]


@dataclass(eq=False)
class Lion(Optimizer):
    r"""Lion: every parameter moves by the same distance, against the sign of a smoothed gradient.

    .. math::
        w \leftarrow w
        - \eta \left(\operatorname{sign}(\beta_1 m + (1 - \beta_1) g) + \lambda w\right), \quad
        m \leftarrow \beta_2 m + (1 - \beta_2) g

    Parameters
    ----------
    lr : float or callable, default 0.0001
        Learning rate η: the distance itself; take a third to a tenth of Adam's.
    beta1 : float, default 0.9
        In [0, 1): the memory that decides the sign.
    beta2 : float, default 0.99
        In [0, 1): the memory that is kept.
    weight_decay : float, default 0
        λ ≥ 0, decoupled as in `AdamW`; under `lossbook.fit` it spares the intercepts.

    Notes
    -----
    Without a falling schedule it never comes to rest: near the minimum it steps to and fro by η.
    The form is the paper's and optax's.

    References
    ----------
    X. Chen et al., "Symbolic discovery of optimization algorithms", NeurIPS 2023,
    arXiv 2302.06675.

    Examples
    --------
    >>> import numpy as np
    >>> Lion(lr=0.1).step(np.zeros(3), np.array([1e-3, -1e3, 0.0])).round(5).tolist()
    [-0.1, 0.1, 0.0]
    """

    lr: LearningRate = 1e-4
    beta1: float = 0.9
    beta2: float = 0.99
    weight_decay: float = 0.0
    memory = ("mean",)

    def __post_init__(self):
        """Check the arguments."""
        super().__post_init__()
        require_number(self, "beta1", is_fraction, "in [0, 1)")
        require_number(self, "beta2", is_fraction, "in [0, 1)")
        require_number(self, "weight_decay", is_non_negative, "non-negative and finite")

    def _update(self, w, g, lr):
        m, s = self.mean, self._scratch
        w[self.part] *= 1 - lr * self.weight_decay
        np.multiply(m, self.beta1, out=s)
        s += (1 - self.beta1) * g
        np.sign(s, out=s)
        s *= lr
        w -= s
        m *= self.beta2
        m += np.multiply(g, 1 - self.beta2, out=s)  # m ← β₂ m + (1 − β₂) g
