"""The conventions of every library in one table."""

from difflib import get_close_matches

from .. import losses
from ..cards import all_losses
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

_SHORT = {"torch": "PyTorch", "sklearn": "scikit-learn", "tf": "Keras", "tensorflow": "Keras"}
_COLUMNS = ("loss", "library", "call", "order", "scale", "reduction", "takes", "note")


def conventions(library=None, loss=None):
    """Return what other libraries call our losses, and what changes on the way.

    Parameters
    ----------
    library : str, optional
        Only this library, in capital or small letters, or as it is imported: ``"PyTorch"``,
        ``"torch"``, ``"sklearn"``, ``"tf"``.
    loss : str, class or Loss, optional
        Only this loss, whatever its hyper-parameters: ``"Huber"``, ``lb.Huber`` or
        ``lb.Huber(2.0)``; or by another of its names, in capital or small letters: ``"mse"``,
        ``"pinball loss"``.

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
    >>> conventions("sklearn", "pinball loss")["loss"].unique().tolist()
    ['Quantile(0.9)']
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
    known = {_plain(name): name for name in LIBRARIES} | _SHORT
    name = known.get(_plain(str(library)))
    if name is None:
        raise ValueError(
            f"library is {library!r}, but must be one of {', '.join(LIBRARIES)}"
            f"{_did_you_mean(str(library), known)}"
        )
    return [record for record in records if record.library == name]


def _of_loss(records, loss):
    if loss is None:
        return records
    name = loss if isinstance(loss, str) else getattr(loss, "__name__", type(loss).__name__)
    names = _names_of_losses()
    name = name if _plain(name) in names else name.partition("(")[0].strip()
    meant = names.get(_plain(name), {name})
    found = [record for record in records if record.name in meant]
    if not found:
        known = ", ".join(sorted({record.name for record in records}))
        hint = "" if _plain(name) in names else _did_you_mean(name, names)
        raise ValueError(
            f"loss is {name!r}, which none of these libraries has; they have {known}{hint}"
        )
    return found


def _names_of_losses():
    """Return every name of a loss, in plain letters ↦ its classes: a name may stand for two."""
    names = {}
    for loss in all_losses():
        for alias in (type(loss).__name__, *loss._claims().get("aliases", ())):
            names.setdefault(_plain(alias), set()).add(type(loss).__name__)
    for name, thing in vars(losses).items():
        if isinstance(thing, losses.Loss):
            names[_plain(name)] = {type(thing).__name__, name}
        elif isinstance(thing, type) and issubclass(thing, losses.Loss):
            names.setdefault(_plain(name), set()).update({thing.__name__, name})
    return names


def _plain(name):
    """Return a name in small letters, without what people spell in different ways."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _did_you_mean(name, known):
    """Return the name most like it, as a question; nothing if none is."""
    spelt = {_plain(known_name): known_name for known_name in known}
    close = get_close_matches(_plain(name), spelt, 1)
    values = known[spelt[close[0]]] if close else ()
    classes = (value for value in values if value[0].isupper())
    meant = values if isinstance(values, str) else " or ".join(sorted(classes))
    return f": did you mean {meant}?" if meant else ""
