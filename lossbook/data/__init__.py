"""Data: real sets that come with installed packages, and seeded synthetic ones.

Nothing is ever downloaded.  The real sets are part of scikit-learn and statsmodels; the
synthetic ones serve where the truth must be known, and take an explicit generator.
"""

from .dataset import Dataset, standardise
from .installed import breast_cancer, diabetes, digits, engel, stackloss
from .synthetic import blobs, line_with_outliers, noisy_line

__all__ = [
    "Dataset",
    "blobs",
    "breast_cancer",
    "diabetes",
    "digits",
    "engel",
    "line_with_outliers",
    "noisy_line",
    "stackloss",
    "standardise",
]
