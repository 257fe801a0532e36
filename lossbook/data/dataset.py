"""The record of a data set, and what is done to it before training."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from ..hyperparameters import require_generator
from ..losses.inputs import as_floats

__all__ = ["Dataset", "pair_of", "standardise"]


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Features, target, and where they come from.

    `fit` takes it as it is.  The arrays are read-only, so that no cell of a notebook can
    change the data of the next; copy before you contaminate.

    Attributes
    ----------
    X : ndarray, shape (n, p)
        Features, one row for every sample.
    y : ndarray, shape (n,)
        Target: floats for regression, integers for classes.
    feature_names : tuple of str
        Names of the columns.
    target_name : str
        Name of the target.
    source : str
        Citation.
    description : str
        What the rows and numbers are.
    units : mapping of str to str
        Unit by name of feature or target, as far as the source states it.
    classes : tuple of str
        Names of the classes 0, 1, …; empty for regression.
    """

    X: np.ndarray
    y: np.ndarray
    feature_names: tuple[str, ...]
    target_name: str
    source: str
    description: str
    units: Mapping[str, str] = field(default_factory=dict)
    classes: tuple[str, ...] = ()

    def __post_init__(self):
        """Make the arrays read-only."""
        for name in ("X", "y"):
            array = np.array(getattr(self, name))  # a copy of our own
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    def __len__(self):
        """Return the number of samples."""
        return len(self.y)

    def __repr__(self):
        """Name the data and their shape."""
        n, p = self.X.shape
        kind = f", {len(self.classes)} classes" if self.classes else ""
        plural = "s" if p > 1 else ""
        return f"Dataset({n} samples, {p} feature{plural} → {self.target_name}{kind})"

    def rows(self, index) -> "Dataset":
        """Return the samples that `index` (positions, mask or slice) selects."""
        return replace(self, X=self.X[index], y=self.y[index])

    def split(self, fraction: float, rng: np.random.Generator) -> tuple["Dataset", "Dataset"]:
        """Return two disjoint random parts: one to train on, one held out.

        Parameters
        ----------
        fraction : float
            Share held out, in (0, 1); at least one sample goes to each side.
        rng : numpy.random.Generator
            Decides which.

        Returns
        -------
        (Dataset, Dataset)
            Training part and held-out part.

        Raises
        ------
        ValueError
            If `fraction` is outside (0, 1), or there are fewer than two samples.
        TypeError
            If `rng` is no Generator.

        Examples
        --------
        >>> from lossbook.data import noisy_line
        >>> rng = np.random.default_rng(0)
        >>> train, test = noisy_line(rng, n=10).split(0.3, rng)
        >>> len(train), len(test)
        (7, 3)
        """
        require_generator(rng)
        if not 0 < fraction < 1:
            raise ValueError(f"fraction must be in (0, 1), got {fraction!r}: the share held out")
        if len(self) < 2:
            raise ValueError(f"{self} has too few samples to split: each side needs one at least")
        held_out = min(max(round(fraction * len(self)), 1), len(self) - 1)
        order = rng.permutation(len(self))
        return self.rows(order[held_out:]), self.rows(order[:held_out])


def pair_of(data):
    """Return X and y of a pair or of a `Dataset`."""
    if hasattr(data, "X") and hasattr(data, "y"):
        return data.X, data.y
    if isinstance(data, tuple | list) and len(data) == 2:
        return tuple(data)
    raise TypeError(f"data must be a pair (X, y) or a Dataset, got {type(data).__name__}")


def standardise(train, *others):
    r"""Centre and scale every feature, by the mean and deviation of the **training** part alone.

    .. math:: x_{ij} \leftarrow (x_{ij} - \mu_j) / \sigma_j

    Parameters
    ----------
    train : Dataset or array_like, shape (n, p)
        Where μ and σ are measured.
    *others : Dataset or array_like, shape (m, p)
        Transformed with the same μ and σ.

    Returns
    -------
    Dataset or ndarray, or a tuple of them if there are others
        In the order given; of a Dataset only `X` changes.

    Raises
    ------
    ValueError
        If features are not of shape (n, p), or another part has other columns than `train`.

    Notes
    -----
    Statistics that had seen the test part would leak it into the training.  A feature that is
    constant in the training part is centred and not scaled.  Descent profits because all
    columns then have the same curvature: it needs one learning rate, not one a column.

    Examples
    --------
    >>> train, test = standardise(np.array([[1.0], [3.0]]), np.array([[5.0]]))
    >>> train.tolist(), test.tolist()
    ([[-1.0], [1.0]], [[3.0]])
    """
    X = _features(train)
    if X.ndim != 2:
        raise ValueError(f"features must have shape (n, p), got {X.shape}: use X.reshape(-1, 1)")
    mean, deviation = X.mean(axis=0), X.std(axis=0)
    # A constant column may keep a deviation of rounding size: never divide by that.
    deviation[np.ptp(X, axis=0) == 0] = 1.0
    scaled = []
    for i, part in enumerate((train, *others)):
        if _features(part).shape[1:] != X.shape[1:]:
            raise ValueError(
                f"train has shape {X.shape} but others[{i - 1}] has shape {_features(part).shape}: "
                "give every part the same columns"
            )
        values = (_features(part) - mean) / deviation
        is_set = isinstance(part, Dataset)
        scaled.append(replace(part, X=values, units={}) if is_set else values)
    return tuple(scaled) if others else scaled[0]


def _features(part):
    return as_floats(part.X if isinstance(part, Dataset) else part, "features")
