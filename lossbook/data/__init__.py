"""Data: real sets that come with installed packages, and seeded synthetic ones.

Nothing is ever downloaded.  The real sets are part of scikit-learn and statsmodels; the
synthetic ones serve where the truth must be known, and take an explicit generator.
"""

from .calls import FunctionCalls, function_calls
from .dataset import Dataset, standardise
from .docstrings import Docstring, Docstrings, docstrings
from .installed import breast_cancer, diabetes, digits, engel, stackloss
from .morse import MORSE, MorseClip, morse_code, morse_seconds
from .payments import Payments, card_payments
from .synthetic import blobs, line_with_outliers, noisy_line

__all__ = [
    "MORSE",
    "Dataset",
    "Docstring",
    "Docstrings",
    "FunctionCalls",
    "MorseClip",
    "Payments",
    "blobs",
    "breast_cancer",
    "card_payments",
    "diabetes",
    "digits",
    "docstrings",
    "engel",
    "function_calls",
    "line_with_outliers",
    "morse_code",
    "morse_seconds",
    "noisy_line",
    "stackloss",
    "standardise",
]
