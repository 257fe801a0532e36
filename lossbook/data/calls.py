"""Who uses what: the NumPy functions that the source files of installed libraries call."""

import re
from collections import Counter
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np

__all__ = ["FunctionCalls", "function_calls"]

LIBRARIES = ("matplotlib", "scipy", "sklearn", "statsmodels")
# Folders that hold tests, or copies of other people's code.
PASSED_OVER = {"tests", "testing", "_lib", "externals", "_external", "_build_utils"}
# Below these a file or a function says too little to learn from.
FEWEST_FUNCTIONS, FEWEST_FILES = 5, 10

_DISTRIBUTIONS = {"sklearn": "scikit-learn"}
_CALL = re.compile(r"\bnp\.([A-Za-z_]\w*)\(")


@dataclass(frozen=True, eq=False, repr=False)
class FunctionCalls:
    """A table of files and functions, with a one where the file calls the function.

    Attributes
    ----------
    used : ndarray of bool, shape (files, functions)
        Whether the file calls the function; read-only.
    files : tuple of str
        Such as ``"scipy/stats/_mannwhitneyu.py"``, in alphabetical order.
    functions : tuple of str
        Such as ``"sqrt"``, in alphabetical order.
    packages : tuple of str
        The folder of each file, such as ``"scipy/stats"``: the first two parts of its path.
    versions : dict of str to str
        Which version of each library was read.

    Examples
    --------
    >>> used = np.array([[True, False], [True, True]])
    >>> files = ("scipy/stats/a.py", "scipy/stats/b.py")
    >>> calls = FunctionCalls(used, files, ("exp", "sqrt"), ("scipy/stats",) * 2, {})
    >>> dict(zip(calls.functions, calls.used.sum(axis=0).tolist(), strict=True))
    {'exp': 2, 'sqrt': 1}
    """

    used: np.ndarray
    files: tuple[str, ...]
    functions: tuple[str, ...]
    packages: tuple[str, ...]
    versions: dict[str, str]

    def __post_init__(self):
        """Make the table read-only."""
        self.used.flags.writeable = False

    def __repr__(self):
        """Say how large the table is, and of which versions."""
        n, k = self.used.shape
        libraries = ", ".join(f"{name} {number}" for name, number in self.versions.items())
        return f"FunctionCalls({n} files, {k} functions, {self.used.sum()} ones, from {libraries})"


def function_calls() -> FunctionCalls:
    """Return which files of four installed libraries call which functions of NumPy.

    Returns
    -------
    FunctionCalls

    Raises
    ------
    ImportError
        If matplotlib, SciPy, scikit-learn or statsmodels is not installed.

    Notes
    -----
    The Python sources are searched for ``np.name(``, and neither imported nor run, so that the
    table is the same on every processor.  It changes with the versions of the libraries, which it
    names.  What stands in a comment or in an example of a docstring counts too, and ``np.linalg``
    is no function.  Tests and bundled copies of other projects are passed over.  A function is kept
    if ten files call it, and a file if it calls five of these functions.  Whether it calls one once
    or fifty times makes no difference.

    Files of one package resemble each other: `packages` serves to keep them together in a split.

    Examples
    --------
    >>> calls = function_calls()
    >>> "sqrt" in calls.functions, calls.used.dtype
    (True, dtype('bool'))
    """
    found = {file: names for library in LIBRARIES for file, names in _library(library)}
    counts = Counter(name for names in found.values() for name in names)
    functions = sorted(name for name, count in counts.items() if count >= FEWEST_FILES)
    kept = {file: names.intersection(functions) for file, names in found.items()}
    files = sorted(file for file, names in kept.items() if len(names) >= FEWEST_FUNCTIONS)
    return FunctionCalls(
        used=np.array([[name in kept[file] for name in functions] for file in files]),
        files=tuple(files),
        functions=tuple(functions),
        packages=tuple("/".join(file.split("/")[:-1][:2]) for file in files),
        versions={name: version(_DISTRIBUTIONS.get(name, name)) for name in LIBRARIES},
    )


def _library(library):
    """Yield path and functions of every file of a library, without importing it."""
    spec = find_spec(library)
    if spec is None:
        name = _DISTRIBUTIONS.get(library, library)
        raise ImportError(f"the sources of {name} are not here: pip install {name}")
    root = Path(spec.origin).parent
    for file in root.rglob("*.py"):
        path = file.relative_to(root.parent)
        if PASSED_OVER.isdisjoint(path.parts):
            yield path.as_posix(), set(_CALL.findall(file.read_text(encoding="utf-8")))
