"""Show the source of a definition in a chapter: what is read is what runs."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any


@dataclass(frozen=True)
class Source:
    """A piece of source code that displays itself, highlighted where HTML can be shown.

    Parameters
    ----------
    caption : str
        Where the code lives and what it is, such as ``lossbook/losses/robust.py · Huber``.
    code : str
        The code.
    """

    caption: str
    code: str

    def __repr__(self) -> str:
        """Return the code under a comment that says where it lives."""
        return f"# {self.caption}\n{self.code}"

    def _repr_html_(self) -> str:
        """Return the code as HTML with Pygments' classes, which the page colours."""
        from pygments import highlight
        from pygments.formatters import HtmlFormatter
        from pygments.lexers import PythonLexer

        code = highlight(self.code, PythonLexer(), HtmlFormatter(wrapcode=True))
        caption = f'<p class="source-caption"><code>{escape(self.caption)}</code></p>'
        return f'<div class="source">{caption}{code.strip()}</div>'


def show(obj: Any, only: str | Iterable[str] = (), *, docstring: bool = False) -> None:
    """Show the source of a class, function, method, module or object.

    Parameters
    ----------
    obj : class, function, method, module or object
        What to show; of an object that is none of these, its class.
    only : str or iterable of str
        Names of methods or fields of a class: only these are shown, also inherited ones.
    docstring : bool, default False
        Whether docstrings are shown.  They are left out by default, so that a class shows
        its formulas.

    Raises
    ------
    TypeError
        If `obj` is written in C and has no Python source.
    ValueError
        If the class has no member of a name in `only`.

    Examples
    --------
    >>> show(Source, only=["caption", "code"])
    # lossbook/show.py · Source.caption, .code
    caption: str
    <BLANKLINE>
    code: str
    """
    source = source_of(obj, only, docstring=docstring)
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        ipython.display.display(source)
    else:
        print(source)


def source_of(obj: Any, only: str | Iterable[str] = (), *, docstring: bool = False) -> Source:
    """Return what `show` displays.

    Parameters
    ----------
    obj, only, docstring
        See `show`.

    Returns
    -------
    Source
        Caption and code.

    Examples
    --------
    >>> import bisect
    >>> source_of(bisect).caption
    'bisect.py'
    """
    obj = _definition(obj)
    names = [only] if isinstance(only, str) else list(only)
    if not names:
        return Source(_caption(obj), _code(obj, docstring))
    if not isinstance(obj, type):
        raise TypeError(f"only={names} chooses members of a class, but {_title(obj)} is no class")
    owners = {name: _owner(obj, name) for name in names}
    code = "\n\n".join(_member(owner, name, docstring) for name, owner in owners.items())
    first, *rest = owners.values()
    owner = first if all(other is first for other in rest) else obj
    return Source(f"{_caption(owner)}.{', .'.join(names)}", code)


def _definition(obj: Any) -> Any:
    """Return what has source: an object's class, a property's getter, a wrapper's inside."""
    if isinstance(obj, property):
        obj = obj.fget
    if inspect.ismethod(obj):
        obj = obj.__func__
    if inspect.isroutine(obj) or inspect.ismodule(obj) or isinstance(obj, type):
        return inspect.unwrap(obj) if inspect.isroutine(obj) else obj
    return type(obj)


def _title(obj: Any) -> str:
    return getattr(obj, "__qualname__", None) or obj.__name__


def _caption(obj: Any) -> str:
    """Return the file as seen from the package's parent folder, and the name."""
    module = obj if inspect.ismodule(obj) else inspect.getmodule(obj)
    name = getattr(module, "__name__", "__main__")
    path = "this notebook" if name == "__main__" else name.replace(".", "/") + ".py"
    if hasattr(module, "__path__"):
        path = path.removesuffix(".py") + "/__init__.py"
    return path if inspect.ismodule(obj) else f"{path} · {_title(obj)}"


def _raw(obj: Any) -> str:
    """Return the source text of `obj`, moved to the left margin."""
    try:
        return textwrap.dedent(inspect.getsource(obj))
    except (TypeError, OSError) as error:
        raise TypeError(
            f"{_title(obj)} has no Python source to show: it is built in, compiled, or was "
            "defined in an interactive session; show a class or function from a .py file"
        ) from error


def _code(obj: Any, docstring: bool) -> str:
    text = _raw(obj)
    lines = text.splitlines()
    return _cut(lines, ast.parse(text), 1, len(lines), docstring)


def _member(owner: type, name: str, docstring: bool) -> str:
    """Return the lines of one method or field of a class."""
    text = _raw(owner)
    tree = ast.parse(text)
    nodes = [node for node in tree.body[0].body if name in _names(node)]
    # A property's setter has the name of its getter: both belong to the answer.
    parts = [_cut(text.splitlines(), tree, _first(n), n.end_lineno, docstring) for n in nodes]
    return "\n\n".join(parts)


def _owner(cls: type, name: str) -> type:
    """Return the class, `cls` or one it inherits from, whose body defines `name`."""
    known = {owner: _defined(owner) for owner in cls.__mro__}
    for owner, names in known.items():
        if name in names:
            return owner
    raise ValueError(
        f"{cls.__name__} has no member {name!r} with source; it defines "
        f"{', '.join(known[cls]) or 'none'}"
    )


def _defined(cls: type) -> list[str]:
    """Return the names defined in the body of a class; none if it is not written in Python."""
    try:
        body = ast.parse(_raw(cls)).body[0].body
    except TypeError:
        return []
    return list(dict.fromkeys(name for node in body for name in sorted(_names(node))))


def _names(node: ast.stmt) -> set[str]:
    """Return the names that a statement in the body of a class defines."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
    return {t.id for t in targets if isinstance(t, ast.Name)}


def _first(node: ast.stmt) -> int:
    """Return the first line of a statement, its decorators included."""
    return min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])


def _cut(lines: list[str], tree: ast.AST, first: int, last: int, docstring: bool) -> str:
    """Return lines `first` to `last`, without docstrings unless these are wanted."""
    gone = set() if docstring else _docstring_lines(lines, tree)
    kept = [lines[i - 1] for i in range(first, last + 1) if i not in gone]
    return textwrap.dedent("\n".join(kept)).strip("\n")


def _docstring_lines(lines: list[str], tree: ast.AST) -> set[int]:
    """Return the lines of all docstrings and of the empty lines that follow them."""
    gone: set[int] = set()
    for node in ast.walk(tree):
        documented = isinstance(
            node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        )
        # A body of nothing but its docstring would be no valid code without it.
        if documented and len(node.body) > 1 and ast.get_docstring(node) is not None:
            last = node.body[0].end_lineno
            while not lines[last].strip():
                last += 1
            gone.update(range(node.body[0].lineno, last + 1))
    return gone
