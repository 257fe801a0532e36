"""Optimal transport between rows of probabilities, made smooth by a share of chance."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from .divergences import Divergence

__all__ = ["Sinkhorn"]

STEPS = 20_000


@dataclass(frozen=True)
class Sinkhorn(Divergence):
    r"""Entropic optimal transport: the cheapest plan that leaves something to chance.

    .. math:: \ell(p, q) = \min_{\pi}\; \sum_{ij} \pi_{ij}\,|x_i - x_j|^r
              + \varepsilon \sum_{ij} \pi_{ij} \log\frac{\pi_{ij}}{p_i q_j}, \qquad
              \sum_j \pi_{ij} = p_i, \quad \sum_i \pi_{ij} = q_j

    The classes lie at equal distances from 0 to 1.  As ε → 0 it is the cost of transport alone,
    with r = 1 `Wasserstein1D`.  With ε > 0 the plan has the form
    :math:`\pi_{ij} = p_i q_j \exp((f_i + g_j - |x_i - x_j|^r)/\varepsilon)`, found by fitting rows
    and columns in turn, and the potential g is the gradient: what mass costs at each place.

    Parameters
    ----------
    epsilon : float
        Price of determination, from 0.01 to 1000, where the largest cost is 1.  The smaller it
        is, the more steps are taken.
    power : float
        The exponent r of the distance, from 0.1 to 4.

    Raises
    ------
    ValueError
        If a parameter is out of its range, or a row has a negative entry or does not sum to 1.
    RuntimeError
        If the potentials have not settled after 20,000 steps; take a larger `epsilon`.

    Notes
    -----
    The entropy of the plan is taken relative to p q, so the loss is not negative.  Others add
    :math:`\varepsilon \sum \pi \log \pi`: their value is less by ε times the sum of the entropies
    of p and q.  At p = q the loss is not 0 and not least: the *Sinkhorn divergence* of Feydy et
    al. takes off half of ℓ(p, p) + ℓ(q, q).  Both rows are divided by their sums first, and the
    gradient is centred: :math:`\sum_j q_j g_j = 0`.

    References
    ----------
    Cuturi (2013), *Sinkhorn Distances: Lightspeed Computation of Optimal Transport*, Advances
    in Neural Information Processing Systems 26, arXiv:1306.0895.

    Examples
    --------
    >>> p = [[0.5, 0.0, 0.5]]
    >>> [Sinkhorn(epsilon).pointwise(p, p).round(4).tolist() for epsilon in (1.0, 0.5, 0.05)]
    [[0.3799], [0.2831], [0.0347]]
    """

    epsilon: float = 0.5
    power: float = 1.0
    shapes: ClassVar[tuple[tuple[int, ...], ...]] = ((2,), (2,))
    slope_norm: ClassVar[float] = np.inf
    latex: ClassVar[str] = (
        r"\min_{\pi} \sum_{ij} \pi_{ij} |x_i - x_j|^r + \varepsilon"
        r" \sum_{ij} \pi_{ij} \log\frac{\pi_{ij}}{p_i q_j}"
    )

    def __post_init__(self):
        self._require("epsilon", lambda e: 0.01 <= e <= 1000, "from 0.01 to 1000")
        self._require("power", lambda r: 0.1 <= r <= 4, "from 0.1 to 4")

    def _value(self, p, q):
        return self._value_and_grad(p, q)[0]

    def _grad(self, p, q):
        return self._value_and_grad(p, q)[1]

    def _value_and_grad(self, p, q):
        dtype, total = q.dtype, q.sum(axis=1, keepdims=True, dtype=np.float64)
        p = p / p.sum(axis=1, keepdims=True, dtype=np.float64)
        q = q / total
        f, g = self._potentials(p, q)
        of_q = (q * g).sum(axis=1)
        grad = (g - of_q[:, None]) / total
        return ((p * f).sum(axis=1) + of_q).astype(dtype), grad.astype(dtype)

    def _potentials(self, p, q):
        """Fit the rows and the columns of the plan in turn until both fit."""
        places = np.linspace(0, 1, p.shape[1])
        cost = np.abs(places[:, None] - places) ** self.power / self.epsilon
        with np.errstate(divide="ignore"):
            log_p, log_q = np.log(p), np.log(q)
        f = g = np.zeros_like(p)
        for _ in range(STEPS):
            before, f = f, -_log_sum_exp((log_q + g)[:, None, :] - cost)
            g = -_log_sum_exp((log_p + f)[:, None, :] - cost)
            if np.abs(f - before).max() <= 1e-15 * (1 + np.abs(f).max()):
                return self.epsilon * f, self.epsilon * g
        raise RuntimeError(
            f"Sinkhorn: the potentials have not settled after {STEPS} steps: take an epsilon "
            f"larger than {self.epsilon:g}"
        )

    @staticmethod
    def _formula(sp, p, q, epsilon, power):
        """Return the loss of two classes, whose plan is the root of a quadratic equation."""
        (p1, p2), (q1, q2) = ([x / sum(row) for x in row] for row in (p, q))
        odds = sp.exp(2 / epsilon) - 1
        half = 1 + odds * (p1 + q1)
        stay = (half - sp.sqrt(half**2 - 4 * (odds + 1) * odds * p1 * q1)) / (2 * odds)
        plan = ((stay, p1, q1), (p1 - stay, p1, q2), (q1 - stay, p2, q1), (p2 - q1 + stay, p2, q2))
        chance = sum(share * sp.log(share / (a * b)) for share, a, b in plan)
        return p1 + q1 - 2 * stay + epsilon * chance

    def _formula_example(self, rng):
        y, p = self._example(rng, 12)
        return tuple(row[:, :2] / row[:, :2].sum(axis=1, keepdims=True) for row in (y, p))

    def _facts(self):
        return {
            "estimates": "the truth drawn together, the more so the larger ε",
            "range": (0.0, 1.0),
            "convex": True,
            "lipschitz": 1.0,
            "proper": False,
            "aliases": ("entropic optimal transport", "regularised Wasserstein distance"),
            "choose": "places have distances and the gradient must be smooth",
            "avoid": "classes lie on a line and exactness matters: Wasserstein1D is exact and "
            "cheaper",
            "chapter": "losses/divergences",
        }


def _log_sum_exp(z):
    """Return the logarithm of the sum of exponentials over the last axis; entries may be −∞."""
    top = z.max(axis=-1, keepdims=True)
    return np.log(np.exp(z - top).sum(axis=-1)) + top[..., 0]
