r"""Losses of a whole predicted distribution: a centre and the logarithm of a scale.

The prediction has two columns.  Being logarithms, the second may be any number, and the scale
is positive without a constraint.
"""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..numerics.compensated import two_sum
from ..numerics.log_gap import log_gap
from ..numerics.precision import in_double
from .kinds import RowLoss

CHAPTER = "losses/quantiles-and-counts"
GAP_OF_NO_SLOPE = -math.log(math.log(2)) / 2  # −log |ω| where the CRPS does not ask for another σ

__all__ = ["GaussianCRPS", "GaussianNLL", "LaplaceNLL"]


class DensityLoss(RowLoss):
    """A loss of a number and the two parameters of its predicted distribution."""

    layout: ClassVar[tuple[str, str]] = ("n", "n 2")
    shapes: ClassVar[tuple[tuple[int, ...], ...]] = ((), (2,))
    arguments: ClassVar[tuple[str, ...]] = ("y", "z")
    reach: ClassVar[float] = 300.0  # the square of a slope is a number, too
    hides_infinity = True

    def _example(self, rng, n):
        y, p = super()._example(rng, n)
        y[::8] = p[::8, 0] = 0  # hit exactly: a narrow density has no upper bound there
        return y, p


def _error(y, p):
    """Return the centre less the truth, and what rounding took from it."""
    return two_sum(p[:, 0], -y)


def _log_gap_of_error(scale, error, rest):
    """Return the predicted logarithm less that of the error's size; an error of 0 counts as 1."""
    size = np.abs(error)
    ratio = np.divide(rest, error, out=np.zeros_like(error), where=size > 0)
    return log_gap(scale, np.where(size > 0, size, 1)) - ratio


def _over(error, scale):
    """Return an error over e^scale; an error of 0 stays 0 however small the scale."""
    return error * np.exp(np.where(error == 0, 0, -scale))


def _one_minus(error, plain, exponent):
    """Return 1 − q, where q = e^x is exact as `plain` far from 1 and in its exponent x near."""
    near = np.where(np.abs(exponent) < 1, -np.expm1(np.clip(exponent, -1, 1)), 1 - plain)
    return np.where(error == 0, 1.0, near)


@dataclass(frozen=True)
class GaussianNLL(DensityLoss):
    r"""Negative log-likelihood of a normal distribution whose variance is predicted too.

    .. math:: \ell(y, z) = \tfrac12 \bigl( z_2 + (y - z_1)^2\, e^{-z_2} \bigr)

    The columns are the mean :math:`z_1` and the logarithm :math:`z_2` of the variance.  A model
    that is sure of itself pays dearly for an error, and one that never is pays for that.

    Parameters
    ----------
    full : bool
        Whether to add the constant :math:`\tfrac12 \log 2\pi`, so that the loss is the
        negative logarithm of the density.

    Raises
    ------
    ValueError
        If `full` is neither True nor False, or `y_pred` not of shape (n, 2).

    Notes
    -----
    A density may be larger than 1, so the loss may be negative, and it has no lower bound: a
    sample hit exactly drives the variance to 0.  PyTorch's ``GaussianNLLLoss`` takes the
    variance itself, and ``eps`` in the place of a smaller one.  Where the loss passes through 0
    its two terms cancel, and relative digits are lost.

    References
    ----------
    Nix and Weigend (1994), *Estimating the mean and variance of the target probability
    distribution*.

    Examples
    --------
    >>> GaussianNLL().pointwise([0.0, 2.0], [[0.0, -2.0], [0.0, 0.0]]).tolist()
    [-1.0, 2.0]
    """

    full: bool = False

    def __post_init__(self):
        self._require("full", lambda value: value in (True, False), "True or False")

    def _square(self, y, p):
        """Return the error, and its square over the variance."""
        error, rest = _error(y, p)
        return error, rest, _over(error, p[:, 1]) * error

    @in_double
    def _value(self, y, p):
        constant = math.log(2 * math.pi) if self.full else 0.0
        return (p[:, 1] + self._square(y, p)[2] + constant) / 2

    @in_double
    def _grad(self, y, p):
        error, rest, square = self._square(y, p)
        exponent = -2 * _log_gap_of_error(p[:, 1] / 2, error, rest)
        slope = _one_minus(error, square, exponent) / 2
        return np.stack([_over(error, p[:, 1]), slope], axis=1)

    @staticmethod
    def _formula(sp, y, z, full):
        own = (z[1] + (y - z[0]) ** 2 * sp.exp(-z[1])) / 2
        return own + sp.log(2 * sp.pi) / 2 if full is True else own

    def _facts(self):
        return {
            "estimates": "the mean, and the logarithm of the variance",
            "convex": False,
            "range": (-math.inf, math.inf),
            "link": "mean = first column, variance = exp(second column)",
            "aliases": ("Gaussian NLL", "heteroscedastic regression loss"),
            "choose": "the spread differs from sample to sample and you want to predict it",
            "avoid": "there are outliers, or few samples: it grows sure of itself too soon",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class LaplaceNLL(DensityLoss):
    r"""Negative log-likelihood of a Laplace distribution whose scale is predicted too.

    .. math:: \ell(y, z) = z_2 + |y - z_1|\, e^{-z_2}

    The columns are the median :math:`z_1` and the logarithm :math:`z_2` of the scale, the mean
    absolute deviation.  To `GaussianNLL` what absolute error is to squared error.

    Parameters
    ----------
    full : bool
        Whether to add the constant :math:`\log 2`, so that the loss is the negative logarithm
        of the density.

    Raises
    ------
    ValueError
        If `full` is neither True nor False, or `y_pred` not of shape (n, 2).

    Notes
    -----
    It may be negative, and has no lower bound.  At the kink :math:`z_1 = y` the subgradient by
    :math:`z_1` is 0.  Where the loss passes through 0 its two terms cancel, and relative digits
    are lost.

    Examples
    --------
    >>> LaplaceNLL().pointwise([0.0, 2.0], [[0.0, -2.0], [0.0, 0.0]]).tolist()
    [-2.0, 2.0]
    """

    full: bool = False

    def __post_init__(self):
        self._require("full", lambda value: value in (True, False), "True or False")

    @in_double
    def _value(self, y, p):
        constant = math.log(2) if self.full else 0.0
        return p[:, 1] + _over(np.abs(y - p[:, 0]), p[:, 1]) + constant

    @in_double
    def _grad(self, y, p):
        error, rest = _error(y, p)
        exponent = -_log_gap_of_error(p[:, 1], error, rest)
        slope = _one_minus(error, _over(np.abs(error), p[:, 1]), exponent)
        return np.stack([_over(np.sign(error), p[:, 1]), slope], axis=1)

    @staticmethod
    def _formula(sp, y, z, full):
        own = z[1] + sp.Abs(y - z[0]) * sp.exp(-z[1])
        return own + sp.log(2) if full is True else own

    def _facts(self):
        return {
            "estimates": "the median, and the logarithm of the mean absolute deviation from it",
            "convex": False,
            "smoothness": math.inf,
            "range": (-math.inf, math.inf),
            "link": "median = first column, scale = exp(second column)",
            "aliases": ("Laplace NLL",),
            "choose": "the spread differs from sample to sample and the noise has heavy tails",
            "avoid": "the mean and the variance are what you need",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class GaussianCRPS(DensityLoss):
    r"""Continuous ranked probability score of a predicted normal distribution.

    .. math:: \ell(y, z) = \sigma \left( \omega\, \operatorname{erf}\frac{\omega}{\sqrt2}
              + \sqrt{\tfrac2\pi}\, e^{-\omega^2/2} - \frac1{\sqrt\pi} \right), \qquad
              \omega = \frac{y - z_1}{\sigma}, \quad \sigma = e^{z_2}

    The columns are the mean :math:`z_1` and the logarithm :math:`z_2` of the standard
    deviation.  The squared distance of the predicted distribution function from the step at
    the truth, summed over all thresholds: absolute error for a distribution, in the units of
    the target, and the absolute error itself as σ → 0.

    Raises
    ------
    ValueError
        If `y_pred` is not of shape (n, 2).
    ImportError
        If SciPy, which has the error function, is not installed.

    Notes
    -----
    A strictly proper score, like `GaussianNLL`, but an error costs in proportion to its size
    rather than to its square.  The slope by :math:`z_2` passes through 0 at
    :math:`\omega^2 = \log 2`.

    References
    ----------
    Gneiting, Raftery, Westveld and Goldman (2005), *Calibrated Probabilistic Forecasting Using
    Ensemble Model Output Statistics and Minimum CRPS Estimation*, doi:10.1175/MWR2904.1.

    Gneiting and Raftery (2007), *Strictly Proper Scoring Rules, Prediction, and Estimation*,
    doi:10.1198/016214506000001437.

    Examples
    --------
    >>> GaussianCRPS().pointwise([0.0, 3.0], [[0.0, 0.0], [0.0, -9.0]]).round(5).tolist()
    [0.23369, 2.99993]
    """

    @in_double
    def _value(self, y, p):
        erf, sigma = _erf(), np.exp(p[:, 1])
        size, omega = self._omega(y, p)
        flat = math.sqrt(2) * np.expm1(-omega * omega / 2) + (math.sqrt(2) - 1)
        return size * erf(omega / math.sqrt(2)) + sigma * (flat / math.sqrt(math.pi))

    @in_double
    def _grad(self, y, p):
        erf, sigma = _erf(), np.exp(p[:, 1])
        size, omega = self._omega(y, p)
        first = np.sign(p[:, 0] - y) * erf(omega / math.sqrt(2))
        above = _log_gap_of_error(p[:, 1], *_error(y, p)) - GAP_OF_NO_SLOPE
        near = -math.log(2) / 2 * np.expm1(-2 * np.clip(above, -1, 1))
        bend = np.where((np.abs(above) < 1) & (size > 0), near, (math.log(2) - omega * omega) / 2)
        rise = np.expm1(bend)
        return np.stack([first, sigma * (rise / math.sqrt(math.pi))], axis=1)

    def _omega(self, y, p):
        """Return the size of the error, and the same over σ."""
        size = np.abs(y - p[:, 0])
        return size, _over(size, p[:, 1])

    @staticmethod
    def _formula(sp, y, z):
        sigma = sp.exp(z[1])
        omega = (y - z[0]) / sigma
        bell = sp.sqrt(2 / sp.pi) * sp.exp(-(omega**2) / 2)
        return sigma * (omega * sp.erf(omega / sp.sqrt(2)) + bell - 1 / sp.sqrt(sp.pi))

    def _facts(self):
        return {
            "estimates": "the normal distribution nearest to the truth in mean square of the "
            "distribution functions: if the truth is normal, its mean and log standard deviation",
            "convex": False,
            "link": "mean = first column, standard deviation = exp(second column)",
            "aliases": ("CRPS of a normal distribution",),
            "choose": "you predict a distribution and outliers should not rule its spread",
            "avoid": "what happens in the tails matters most: it hardly looks there",
            "chapter": CHAPTER,
        }


def _erf():
    try:
        from scipy.special import erf
    except ImportError as error:
        raise ImportError(
            "GaussianCRPS needs the error function of SciPy: install scipy, or use GaussianNLL"
        ) from error
    return erf
