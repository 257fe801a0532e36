"""Dask collections as a list of partitions, each the Delayed parts of one piece of data."""

import math

import numpy as np

__all__ = ["list_of_one", "partitions_of", "require_dask"]


def require_dask():
    """Return the module `dask`.

    Raises
    ------
    ImportError
        If Dask is not installed.
    """
    try:
        import dask
    except ImportError as error:
        raise ImportError(
            "distributed objectives need Dask: pip install 'dask[array,dataframe,distributed]'"
        ) from error
    return dask


def partitions_of(X, y, sample_weight) -> tuple[list[tuple], bool]:
    """Return the partitions, and whether each is a list of pairs (X, y).

    Raises
    ------
    TypeError
        If `X` is no Dask collection.
    ValueError
        If the collections are not cut alike and cannot be.
    """
    dask = require_dask()
    if y is None:
        return _pairs(X, sample_weight, dask), True
    if not dask.is_dask_collection(X) or not (hasattr(X, "chunks") or hasattr(X, "divisions")):
        raise TypeError(
            f"X is {_kind(X)}, no Dask array or DataFrame: cut it, as dask.array.from_array(X, "
            "chunks=(10_000, -1)) does, or take lossbook.objective where it fits into memory"
        )
    columns = {"X": X, "y": y} | ({} if sample_weight is None else {"sample_weight": sample_weight})
    X = columns["X"] = _whole_rows(X)
    return list(zip(*(_column(X, v, name) for name, v in columns.items()), strict=True)), False


def _kind(X):
    return f"a {type(X).__module__.partition('.')[0]} {type(X).__name__}"


def _pairs(X, sample_weight, dask):
    """Return the partitions of a bag of pairs, or of a list of Delayed lists of pairs."""
    bag = dask.is_dask_collection(X) and hasattr(X, "npartitions") and hasattr(X, "map_partitions")
    if bag and not hasattr(X, "divisions") and not hasattr(X, "chunks"):
        parts = X.to_delayed()
    elif isinstance(X, list | tuple) and X and all(hasattr(part, "dask") for part in X):
        parts = [dask.delayed(_listed)(part) for part in X]
    else:
        raise TypeError(
            f"X is {_kind(X)} and there is no y: give y too, or a Dask bag of pairs (X, y), or a "
            "list of Delayed pairs"
        )
    if sample_weight is not None:
        raise TypeError("sample_weight goes into the bag: make its items triples (X, y, weights)")
    return [(part,) for part in parts]


def _listed(pair):
    return [pair]


def list_of_one(*pair):
    """Return a partition of one pair as the list of pairs that a partition of a bag is."""
    return [pair]


def _column(X, values, name):
    """Return the Delayed pieces of `values`, cut like the rows of `X`."""
    collection = values if hasattr(values, "divisions") else _cut_like(X, values, name)
    # Optimised, each column would make for itself what they have in common, such as a file read.
    pieces = np.ravel(collection.to_delayed(optimize_graph=False)).tolist()
    count = X.numblocks[0] if hasattr(X, "chunks") else X.npartitions
    if len(pieces) != count:
        raise ValueError(
            f"{name} has {len(pieces)} partitions but X has {count}, of unknown lengths: take both "
            "from one collection, or let X.compute_chunk_sizes() count them"
        )
    return pieces


def _cut_like(X, values, name):
    """Return `values` as a Dask array cut like `X`, where the lengths are known."""
    import dask.array as da

    if not hasattr(values, "chunks"):
        values = np.asarray(values)
        if not _known(X):
            raise ValueError(
                f"{name} is an array in memory but the partitions of X have unknown lengths: let "
                f"X.compute_chunk_sizes() count them, or give {name} as a Dask collection"
            )
        values = da.from_array(values, chunks=-1)
    if not values.ndim or (_known(X) and _known(values) and X.shape[0] != values.shape[0]):
        raise ValueError(
            f"X has shape {X.shape} but {name} has shape {values.shape}: "
            f"give one row of X for every entry of {name}"
        )
    values = _whole_rows(values)
    same = not (_known(X) and _known(values)) or X.chunks[0] == values.chunks[0]
    return values if same else values.rechunk({0: X.chunks[0]})


def _known(array):
    """Tell whether the lengths of the partitions are known, as those of a DataFrame never are."""
    return hasattr(array, "chunks") and not any(math.isnan(n) for n in array.chunks[0])


def _whole_rows(array):
    """Return the array cut along its rows alone."""
    if not hasattr(array, "chunks") or all(blocks == 1 for blocks in array.numblocks[1:]):
        return array
    return array.rechunk(dict.fromkeys(range(1, array.ndim), -1))
