"""The Huber family: quadratic for small residuals, linear for large ones, convex.

All are functions of the residual r = ŷ − y.  All but `SmoothL1`, which keeps its
author's scaling, behave like r²/2 near 0.
"""

from dataclasses import dataclass

import numpy as np

from ..numerics import log_cosh, sqrt1p_square
from .kinds import HasHess, HasProx, ResidualLoss

__all__ = [
    "Huber",
    "LogCosh",
    "PseudoHuber",
    "SmoothL1",
]

CHAPTER = "losses/robust"


@dataclass(frozen=True)
class Huber(HasHess, HasProx, ResidualLoss):
    r"""Huber loss: squared near zero, absolute in the tails.

    .. math:: \ell(r) = \begin{cases} \tfrac12 r^2 & |r| \le \delta \\
              \delta\,(|r| - \tfrac12\delta) & |r| > \delta \end{cases}

    Its derivative by the prediction is the residual clipped to [−δ, δ].  To clip the gradient by
    a model's parameters, as is usual in training, is another thing.

    Parameters
    ----------
    delta : float
        Residual at which the parabola becomes a line, in the units of the target.

    Raises
    ------
    ValueError
        If `delta` is not positive and finite.

    Notes
    -----
    With δ = 1.345 standard deviations it keeps 95 % of the efficiency of least
    squares on Gaussian noise.  Chapter *Robust losses*.

    References
    ----------
    Huber (1964), *Robust estimation of a location parameter*, doi:10.1214/aoms/1177703732.

    Examples
    --------
    >>> Huber(delta=1.0).pointwise([0.0, 0.0], [0.5, 3.0]).tolist()
    [0.125, 2.5]
    """

    delta: float = 1.0

    __post_init__ = ResidualLoss._require_positive

    def _value(self, r):
        c = r.clip(-self.delta, self.delta)
        return c * (r - c * 0.5)

    def _grad(self, r):
        return r.clip(-self.delta, self.delta)

    def _value_and_grad(self, r):
        c = r.clip(-self.delta, self.delta)
        return c * (r - c * 0.5), c

    def _hess(self, r):
        return (np.abs(r) < self.delta).astype(r.dtype)

    def _prox(self, r, step):
        near = np.abs(r) <= self.delta * (1 + step)
        return np.where(near, r / (1 + step), r - step * self.delta * np.sign(r))

    @staticmethod
    def _formula(sp, r, delta):
        return sp.Piecewise(
            (r**2 / 2, sp.Abs(r) < delta),
            (delta * (sp.Abs(r) - delta / 2), True),
            evaluate=False,
        )

    def _facts(self):
        return {
            "estimates": "a centre: the median as δ → 0, the mean as δ → ∞",
            "convex": True,
            "lipschitz": self.delta,
            "smoothness": 1.0,
            "choose": "most noise is ordinary and some samples are outliers",
            "avoid": "outliers must have no influence at all, or the scale is unknown",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class SmoothL1(HasHess, HasProx, ResidualLoss):
    r"""Smooth L1 loss: absolute error with its kink rounded off.

    .. math:: \ell(r) = \begin{cases} r^2 / (2\beta) & |r| < \beta \\
              |r| - \tfrac12\beta & |r| \ge \beta \end{cases}

    It is ``Huber(beta)`` divided by β, so its slope is at most 1 whatever β, and
    as β → 0 it becomes the absolute error.

    Parameters
    ----------
    beta : float
        Residual at which the parabola becomes a line, in the units of the target.

    Raises
    ------
    ValueError
        If `beta` is not positive and finite.

    Notes
    -----
    PyTorch's ``SmoothL1Loss``, default ``beta=1``.  Chapter *Robust losses*.

    References
    ----------
    Girshick (2015), *Fast R-CNN*, arXiv:1504.08083, with β = 1.

    Examples
    --------
    >>> SmoothL1(beta=0.5).pointwise([0.0, 0.0], [0.25, 3.0]).tolist()
    [0.0625, 2.75]
    """

    beta: float = 1.0

    __post_init__ = ResidualLoss._require_positive

    def _value(self, r):
        c = r.clip(-self.beta, self.beta) / self.beta
        return c * (r - c * (self.beta / 2))

    def _grad(self, r):
        return r.clip(-self.beta, self.beta) / self.beta

    def _value_and_grad(self, r):
        c = r.clip(-self.beta, self.beta) / self.beta
        return c * (r - c * (self.beta / 2)), c

    def _hess(self, r):
        return (np.abs(r) < self.beta) / r.dtype.type(self.beta)

    def _prox(self, r, step):
        near = np.abs(r) <= self.beta + step
        return np.where(near, r * (self.beta / (self.beta + step)), r - step * np.sign(r))

    @staticmethod
    def _formula(sp, r, beta):
        return sp.Piecewise(
            (r**2 / (2 * beta), sp.Abs(r) < beta),
            (sp.Abs(r) - beta / 2, True),
            evaluate=False,
        )

    def _facts(self):
        return {
            "estimates": "a centre: the median as β → 0, the mean as β → ∞",
            "convex": True,
            "lipschitz": 1.0,
            "smoothness": 1 / self.beta,
            "aliases": ("Huber divided by its threshold",),
            "choose": "you want the absolute error without its kink",
            "avoid": "you compare with a Huber loss: the two differ by the factor β",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class PseudoHuber(HasHess, ResidualLoss):
    r"""Pseudo-Huber loss: a Huber loss with every derivative.

    .. math:: \ell(r) = \delta^2 \left( \sqrt{1 + (r/\delta)^2} - 1 \right)

    Parameters
    ----------
    delta : float
        Scale and largest slope, in the units of the target.

    Raises
    ------
    ValueError
        If `delta` is not positive and finite.

    Notes
    -----
    The root minus 1 cancels for small residuals; it is written r²/(1 + root)
    instead.  Chapter *Robust losses*.

    References
    ----------
    Charbonnier et al. (1997), *Deterministic edge-preserving regularization in computed imaging*,
    doi:10.1109/83.551699.

    Examples
    --------
    >>> PseudoHuber(delta=1.0).pointwise([0.0], [3.0]).round(6).tolist()
    [2.162278]
    """

    delta: float = 1.0

    __post_init__ = ResidualLoss._require_positive

    def _value(self, r):
        return r * (r / (1 + sqrt1p_square(r / self.delta)))

    def _grad(self, r):
        return r / sqrt1p_square(r / self.delta)

    def _value_and_grad(self, r):
        root = sqrt1p_square(r / self.delta)
        return r * (r / (1 + root)), r / root

    def _hess(self, r):
        root = sqrt1p_square(r / self.delta)
        return 1 / root / root / root

    @staticmethod
    def _formula(sp, r, delta):
        return delta**2 * (sp.sqrt(1 + (r / delta) ** 2) - 1)

    def _facts(self):
        return {
            "estimates": "a centre: the median as δ → 0, the mean as δ → ∞",
            "convex": True,
            "lipschitz": self.delta,
            "smoothness": 1.0,
            "aliases": ("Charbonnier loss", "L1–L2 loss"),
            "choose": "you want Huber's behaviour and a smooth second derivative",
            "avoid": "residuals below δ should count exactly as squares",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class LogCosh(HasHess, ResidualLoss):
    r"""Logarithm of the hyperbolic cosine: a smooth absolute error with no parameter.

    .. math:: \ell(r) = \log\cosh r

    Near 0 it is r²/2, far out \|r\| − log 2.  It has no scale parameter: whether a
    residual is large depends on the unit of the target.

    Notes
    -----
    cosh overflows beyond 710, and near 0 its logarithm loses digits; `lossbook.numerics.log_cosh`
    does neither.  Chapter *Robust losses*.

    Examples
    --------
    >>> LogCosh().pointwise([0.0, 0.0], [1.0, 1000.0]).round(4).tolist()
    [0.4338, 999.3069]
    """

    def _value(self, r):
        return log_cosh(r)

    def _grad(self, r):
        return np.tanh(r)

    def _hess(self, r):
        e = np.exp(-2 * np.abs(r))
        return 4 * e / (1 + e) ** 2

    @staticmethod
    def _formula(sp, r):
        return sp.log(sp.cosh(r))

    def _facts(self):
        return {
            "estimates": "a centre: the mean of small residuals, the median of large ones",
            "convex": True,
            "lipschitz": 1.0,
            "smoothness": 1.0,
            "choose": "the target is scaled so that noise is about 1 and you want no parameter",
            "avoid": "the unit of the target is arbitrary: its scale is fixed at 1",
            "chapter": CHAPTER,
        }
