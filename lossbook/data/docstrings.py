"""A corpus of text that is already here: the docstrings of installed libraries."""

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

__all__ = ["Docstring", "Docstrings", "docstrings"]

# The folders that are read, without the folders inside them: tests are in folders of their own.
FOLDERS = {
    "matplotlib": (".", "_api", "axes", "projections", "style", "tri"),
    "numpy": ("fft", "lib", "linalg", "ma"),
    "sympy": (
        *("calculus", "concrete", "diffgeom", "discrete", "geometry", "liealgebras"),
        *("logic", "ntheory", "series", "sets", "stats", "vector"),
    ),
}
# Characters of a module, the code included.  Longer ones take long to read, and a handful of them
# would make up most of a library.
LONGEST = 50_000

_DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


class Docstring(NamedTuple):
    """One docstring, and where it stands.

    Attributes
    ----------
    library : str
        Such as ``"numpy"``.
    module : str
        Such as ``"numpy.lib.scimath"``.
    name : str
        Such as ``"sqrt"`` or ``"Path.clip_to_bbox"``; empty for that of the module itself.
    text : str
        The docstring, without its indentation.

    Examples
    --------
    >>> root = Docstring("numpy", "numpy.lib.scimath", "sqrt", "Compute the square root of x.")
    >>> root.name, len(root.text)
    ('sqrt', 29)
    """

    library: str
    module: str
    name: str
    text: str


@dataclass(frozen=True, repr=False)
class Docstrings:
    """The docstrings of libraries, in a fixed order; to be walked through and counted.

    Attributes
    ----------
    records : tuple of Docstring
        By library, by module, and in the order of the source.
    versions : dict of str to str
        Which version of each library was read.

    Examples
    --------
    >>> root = Docstring("numpy", "numpy.lib.scimath", "sqrt", "Compute the square root of x.")
    >>> corpus = Docstrings((root,), {"numpy": "2.4"})
    >>> len(corpus), [each.name for each in corpus]
    (1, ['sqrt'])
    """

    records: tuple[Docstring, ...]
    versions: dict[str, str]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.records)

    def __iter__(self) -> Iterator[Docstring]:
        """Walk through them."""
        return iter(self.records)

    def __getitem__(self, index: int) -> Docstring:
        """Return one of them."""
        return self.records[index]

    def __repr__(self):
        """Say how many there are, and of which versions."""
        libraries = ", ".join(f"{name} {number}" for name, number in self.versions.items())
        return f"Docstrings({len(self)} from {libraries})"


def docstrings(*libraries: str) -> Docstrings:
    """Return docstrings of installed libraries, read from their sources.

    Parameters
    ----------
    *libraries : {"matplotlib", "numpy", "sympy"}
        Which; by default all three.

    Returns
    -------
    Docstrings

    Raises
    ------
    ValueError
        If a library is not one of the three.
    ImportError
        If one is not installed.

    Notes
    -----
    The sources are parsed and not imported, so that the text is the same on every version of
    Python and every processor.  What a library puts in when it is imported is not there:
    matplotlib's placeholders, such as ``%(Patch:kwdoc)s``, stand as they are.  Of each library some
    folders are read, and in them the modules of at most 50,000 characters.  For a fair test, keep
    the docstrings of a module on one side of a split: they repeat each other.

    Examples
    --------
    >>> corpus = docstrings("numpy")
    >>> next(d for d in corpus if d.name == "histogram").text[:35]
    'Compute the histogram of a dataset.'
    """
    unknown = [name for name in libraries if name not in FOLDERS]
    if unknown:
        raise ValueError(f"library {unknown[0]!r} is not known: choose from {', '.join(FOLDERS)}")
    chosen = dict.fromkeys(libraries or FOLDERS)
    roots = {name: _root(name) for name in chosen}
    records = tuple(record for name, root in roots.items() for record in _library(name, root))
    return Docstrings(records, {name: version(name) for name in chosen})


def _root(library):
    """Return the folder of a library, without importing it."""
    spec = find_spec(library)
    if spec is None:
        raise ImportError(f"the sources of {library} are not here: pip install {library}")
    return Path(spec.origin).parent


def _library(library, root):
    """Return the docstrings of the chosen folders of one library."""
    files = (file for folder in FOLDERS[library] for file in (root / folder).glob("*.py"))
    named = {".".join(f.relative_to(root.parent).with_suffix("").parts): f for f in files}
    for module in sorted(named):
        source = named[module].read_text(encoding="utf-8")
        if len(source) <= LONGEST:
            module = module.removesuffix(".__init__")
            yield from (Docstring(library, module, *found) for found in _of_source(source))


def _of_source(source):
    """Return name and text of every docstring: of the module, its classes, their functions."""
    with warnings.catch_warnings():
        # Python 3.12 warns of "\\d" in the source of others; the warning is not ours to give.
        warnings.simplefilter("ignore")
        tree = ast.parse(source)
    return _inside(tree, "")


def _inside(node, name):
    text = ast.get_docstring(node)
    if text and text.strip():
        yield name, text
    for child in node.body:
        # What is defined inside a function is nobody's documentation.
        if isinstance(child, _DEFINITIONS) and isinstance(node, ast.Module | ast.ClassDef):
            yield from _inside(child, f"{name}.{child.name}".removeprefix("."))
