"""The conventions of every library in one table."""

from . import jax, keras, optax, pytorch, scikit_learn, scipy, statsmodels

__all__ = ["LIBRARIES", "MISSING", "RECORDS", "conventions"]

_modules = {
    "scikit-learn": scikit_learn,
    "SciPy": scipy,
    "statsmodels": statsmodels,
    "PyTorch": pytorch,
    "Keras": keras,
    "optax": optax,
    "JAX": jax,
}
LIBRARIES = tuple(_modules)
RECORDS = tuple(record for module in _modules.values() for record in module.CONVENTIONS)
MISSING = {library: module.MISSING for library, module in _modules.items()}

_COLUMNS = ("loss", "library", "call", "order", "scale", "reduction", "takes", "note")


def conventions(library=None, loss=None):
    """Return what other libraries call our losses, and what changes on the way.

    Parameters
    ----------
    library : str, optional
        Only this library, in capital or small letters: ``"PyTorch"``.
    loss : str, class or Loss, optional
        Only this loss, whatever its hyper-parameters: ``"Huber"``, ``lb.Huber`` or
        ``lb.Huber(2.0)``.

    Returns
    -------
    pandas.DataFrame
        One row a function.  The columns `call` and `loss` are the same function of truth ``y`` and
        prediction ``p`` up to `scale`, what times our value is theirs, and `reduction`, what they
        return; `order` says which argument they take first, `takes` what they mean by a
        prediction, and `note` what surprises.

    Raises
    ------
    ImportError
        If pandas is not installed.
    ValueError
        If no library of this name is known, or none has the loss.

    Examples
    --------
    >>> table = conventions(loss="Huber")
    >>> table.loc[table.library == "PyTorch", "call"].item()
    'torch.nn.functional.huber_loss(p, y, delta=2.0)'
    >>> conventions("statsmodels", "Huber")["order"].item()
    'residual'
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise ImportError(
            "conventions() returns a pandas DataFrame, and pandas is not installed: install it, "
            "or read the records in lossbook.conventions.RECORDS"
        ) from error

    found = _of_loss(_of_library(RECORDS, library), loss)
    return pd.DataFrame(
        [[getattr(record, name) for name in _COLUMNS] for record in found], columns=list(_COLUMNS)
    )


def _of_library(records, library):
    if library is None:
        return records
    known = {name.lower(): name for name in LIBRARIES}
    name = known.get(str(library).lower())
    if name is None:
        raise ValueError(f"library is {library!r}, but must be one of {', '.join(LIBRARIES)}")
    return [record for record in records if record.library == name]


def _of_loss(records, loss):
    if loss is None:
        return records
    name = loss if isinstance(loss, str) else getattr(loss, "__name__", type(loss).__name__)
    name = name.partition("(")[0]
    found = [record for record in records if record.name == name]
    if not found:
        known = sorted({record.name for record in records})
        raise ValueError(
            f"loss is {name!r}, which none of these libraries has; they have {', '.join(known)}"
        )
    return found
