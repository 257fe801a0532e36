"""Synthetic data, for where the truth must be known; every function takes a generator."""

from dataclasses import replace

import numpy as np

from ..hyperparameters import require_count, require_generator
from .dataset import Dataset

__all__ = ["blobs", "line_with_outliers", "noisy_line"]


def noisy_line(
    rng: np.random.Generator,
    n: int = 100,
    slope: float = 2.0,
    intercept: float = 3.0,
    noise: float = 1.0,
) -> Dataset:
    r"""Return points around a straight line, x uniform in [−2, 2], Gaussian noise.

    .. math:: y = \text{slope} \cdot x + \text{intercept} + \text{noise} \cdot \varepsilon,
              \qquad \varepsilon \sim N(0, 1)

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the points.
    n : int, default 100
        How many.
    slope : float, default 2
        The true slope.
    intercept : float, default 3
        The true height at x = 0.
    noise : float, default 1
        Standard deviation around the line.

    Examples
    --------
    >>> noisy_line(np.random.default_rng(0), n=50)
    Dataset(50 samples, 1 feature → y)
    """
    require_generator(rng)
    require_count("n", n)
    x = rng.uniform(-2, 2, n)
    y = slope * x + intercept + noise * rng.standard_normal(n)
    return Dataset(
        X=x[:, None],
        y=y,
        feature_names=("x",),
        target_name="y",
        source="synthetic",
        description=f"y = {slope:g} x + {intercept:g} + {noise:g} · Gaussian noise",
    )


def line_with_outliers(
    rng: np.random.Generator,
    n: int = 100,
    slope: float = 2.0,
    intercept: float = 3.0,
    noise: float = 1.0,
    fraction: float = 0.1,
    shift: float = 20.0,
) -> Dataset:
    """Return a noisy line of which some points have been lifted off.

    The **last** ``round(fraction * n)`` samples are the outliers, so that a picture can mark
    them; their x is drawn like that of the others.

    Parameters
    ----------
    rng, n, slope, intercept, noise
        As for `noisy_line`.
    fraction : float, default 0.1
        Share of outliers, in [0, 1].
    shift : float, default 20
        What is added to their y.

    Examples
    --------
    >>> data = line_with_outliers(np.random.default_rng(0), n=20)
    >>> int((data.y > 15).sum())
    2
    """
    if not 0 <= fraction <= 1:
        raise ValueError(f"fraction must be in [0, 1], got {fraction!r}")
    line = noisy_line(rng, n, slope, intercept, noise)
    outliers = round(fraction * n)
    y = line.y.copy()
    y[n - outliers :] += shift
    description = f"{line.description}; {shift:g} added to the last {outliers} samples"
    return replace(line, y=y, description=description)


def blobs(
    rng: np.random.Generator,
    n: int = 150,
    n_classes: int = 3,
    radius: float = 3.0,
    spread: float = 1.0,
) -> Dataset:
    """Return Gaussian clouds in the plane, one a class, their centres evenly on a circle.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the points.
    n : int, default 150
        Samples in all; the classes take turns, so that they are as even as can be.
    n_classes : int, default 3
        Number of clouds.
    radius : float, default 3
        Distance of the centres from the origin.
    spread : float, default 1
        Standard deviation of each cloud; the larger, the more they overlap.

    Examples
    --------
    >>> data = blobs(np.random.default_rng(0), n=9)
    >>> data.y.tolist()
    [0, 1, 2, 0, 1, 2, 0, 1, 2]
    """
    require_generator(rng)
    require_count("n", n)
    require_count("n_classes", n_classes)
    if not 2 <= n_classes <= n:
        raise ValueError(
            f"n_classes must be from 2 to n, {n}, got {n_classes}: a sample each at least"
        )
    y = np.arange(n) % n_classes
    angle = 2 * np.pi * y / n_classes
    centres = radius * np.column_stack([np.cos(angle), np.sin(angle)])
    return Dataset(
        X=centres + spread * rng.standard_normal((n, 2)),
        y=y,
        feature_names=("x1", "x2"),
        target_name="class",
        source="synthetic",
        description=f"{n_classes} Gaussian clouds of spread {spread:g} on a circle of {radius:g}",
        classes=tuple(str(k) for k in range(n_classes)),
    )
