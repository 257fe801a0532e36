"""A Sphinx extension: the fields of a named tuple are told of once, by its docstring.

autodoc would list each of them again, as "Alias for field number 0".  Loaded by
``local_extensions`` in _config.yml.
"""

from sphinx.application import Sphinx


def skip(app: Sphinx, what: str, name: str, member: object, skipped: bool, options) -> bool | None:
    """Leave out a member whose text is Python's own; None leaves the question to others."""
    return True if str(member.__doc__).startswith("Alias for field number") else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to autodoc."""
    app.connect("autodoc-skip-member", skip)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
