"""Tilted and tube losses: quantiles, expectiles, and errors below a tolerance."""

import math
from dataclasses import dataclass

import numpy as np

from .kinds import HasHess, HasProx, ResidualLoss

CHAPTER = "losses/quantiles-and-counts"

__all__ = ["EpsilonInsensitive", "Expectile", "Quantile"]


@dataclass(frozen=True)
class Quantile(HasProx, ResidualLoss):
    r"""Quantile loss, tilted so that its minimiser is the q-quantile.

    .. math:: \ell(y, \hat y) = \max\bigl((1-q)\,r,\; -q\,r\bigr), \qquad r = \hat y - y

    Predicting too low costs q a unit, too high costs 1 − q.  At q = ½ it is half
    the absolute error.

    Parameters
    ----------
    q : float
        The quantile, strictly between 0 and 1.

    Raises
    ------
    ValueError
        If `q` is not strictly between 0 and 1.

    Notes
    -----
    At the kink r = 0 the subgradient is −q.

    References
    ----------
    Koenker and Bassett (1978), *Regression Quantiles*, Econometrica 46, 33–50.

    Examples
    --------
    >>> Quantile(0.9).pointwise([0.0, 0.0], [-1.0, 1.0]).round(3).tolist()
    [0.9, 0.1]
    """

    q: float = 0.5

    def __post_init__(self):
        self._require("q", lambda q: 0 < q < 1, "strictly between 0 and 1")

    def _value(self, r):
        return np.maximum((1 - self.q) * r, -self.q * r)

    def _grad(self, r):
        return (r > 0) - r.dtype.type(self.q)

    def _value_and_grad(self, r):
        slope = self._grad(r)
        return slope * r, slope

    def _prox(self, r, step):
        return np.maximum(r - step * (1 - self.q), 0) + np.minimum(r + step * self.q, 0)

    @staticmethod
    def _formula(sp, r, q):
        return sp.Piecewise(((1 - q) * r, r > 0), (-q * r, True), evaluate=False)

    def _facts(self):
        return {
            "estimates": f"the {self.q:g}-quantile",
            "estimate": lambda y: np.quantile(y, self.q, method="inverted_cdf"),
            "convex": True,
            "lipschitz": max(self.q, 1 - self.q),
            "kinks": (0.0,),
            "aliases": ("pinball loss", "check loss", "tilted absolute error"),
            "choose": "you aim at a bound with a stated share below it; check it on new data",
            "avoid": "you need the mean; and quantiles fitted one by one can cross",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class Expectile(HasHess, HasProx, ResidualLoss):
    r"""Tilted squared error, whose minimiser is the q-expectile.

    .. math:: \ell(y, \hat y) = \begin{cases} (1-q)\, r^2 & r > 0 \\ q\, r^2 & r \le 0
              \end{cases}, \qquad r = \hat y - y

    To the mean what the quantile is to the median: at q = ½ half the squared error.

    Parameters
    ----------
    q : float
        Weight of predicting too low, strictly between 0 and 1.

    Raises
    ------
    ValueError
        If `q` is not strictly between 0 and 1.

    Notes
    -----
    Both pieces meet at r = 0 with value and slope 0: there is no kink.

    References
    ----------
    Newey and Powell (1987), *Asymmetric Least Squares Estimation and Testing*, Econometrica 55,
    819–847.

    Examples
    --------
    >>> Expectile(0.9).pointwise([0.0, 0.0], [-1.0, 1.0]).round(3).tolist()
    [0.9, 0.1]
    """

    q: float = 0.5

    def __post_init__(self):
        self._require("q", lambda q: 0 < q < 1, "strictly between 0 and 1")

    def _weight(self, r):
        q, number = self.q, r.dtype.type
        return (r > 0) * number(1 - q) + (r <= 0) * number(q)  # quicker than to branch

    def _value(self, r):
        return self._weight(r) * r * r

    def _grad(self, r):
        return 2 * self._weight(r) * r

    def _value_and_grad(self, r):
        pull = self._weight(r) * r
        return pull * r, 2 * pull

    def _hess(self, r):
        return 2 * self._weight(r)

    def _prox(self, r, step):
        return r / (1 + 2 * step * self._weight(r))

    @staticmethod
    def _formula(sp, r, q):
        return sp.Piecewise(((1 - q) * r**2, r > 0), (q * r**2, True), evaluate=False)

    def _facts(self):
        return {
            "estimates": f"the {self.q:g}-expectile",
            "convex": True,
            "smoothness": 2 * max(self.q, 1 - self.q),
            "aliases": ("asymmetric least squares",),
            "choose": "too low and too high cost differently and large errors matter most",
            "avoid": "you need a probability statement: use Quantile",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class EpsilonInsensitive(HasProx, ResidualLoss):
    r"""Absolute error beyond a tube of half-width ε, nothing inside it.

    .. math:: \ell(y, \hat y) = \max(|\hat y - y| - \varepsilon,\; 0)

    Parameters
    ----------
    epsilon : float
        Error that costs nothing, in the units of the target; not negative.

    Raises
    ------
    ValueError
        If `epsilon` is negative or not finite.

    Notes
    -----
    The loss of support vector regression.  At the kinks the subgradient is 0.

    References
    ----------
    Vapnik (1995), *The Nature of Statistical Learning Theory*, Springer.

    Examples
    --------
    >>> EpsilonInsensitive(0.5).pointwise([0.0, 0.0], [0.4, 2.0]).tolist()
    [0.0, 1.5]
    """

    epsilon: float = 0.1

    def __post_init__(self):
        self._require("epsilon", lambda e: 0 <= e < math.inf, "finite and not negative")

    def _value(self, r):
        return np.maximum(np.abs(r) - self.epsilon, 0)

    def _grad(self, r):
        return np.sign(r) * (np.abs(r) > self.epsilon)

    def _value_and_grad(self, r):
        size = np.abs(r)
        outside = size > self.epsilon
        return (size - self.epsilon) * outside, np.sign(r) * outside

    def _prox(self, r, step):
        outside = np.maximum(np.abs(r) - self.epsilon, 0)
        return r - np.sign(r) * np.minimum(outside, step)

    @staticmethod
    def _formula(sp, r, epsilon):
        return sp.Piecewise((sp.Abs(r) - epsilon, sp.Abs(r) > epsilon), (0, True), evaluate=False)

    def _facts(self):
        return {
            "estimates": "a centre: the median as ε → 0",
            "convex": True,
            "lipschitz": 1.0,
            "kinks": (-self.epsilon, self.epsilon),
            "aliases": ("SVR loss", "tube loss"),
            "choose": "errors below a tolerance do not matter at all",
            "avoid": "there is no such tolerance: AbsoluteError is the same without one",
            "chapter": CHAPTER,
        }
