"""Checkpoints: a training written to a file, so that it can go on where it stopped.

A checkpoint is a NumPy ``.npz`` of plain arrays and one text of JSON; nothing in it is code.  It is
written beside its place and then moved there in one step, so that a crash while writing leaves the
last one whole.
"""

import hashlib
import io
import json
import os
import re
import tempfile
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

__all__ = ["fingerprint", "load", "save"]

FORMAT = 1


def save(path: Path, arrays: dict[str, np.ndarray], facts: dict) -> None:
    """Write arrays and facts (what JSON can hold) to `path`, all or nothing."""
    content = io.BytesIO()
    text = json.dumps({"format": FORMAT, **facts}, default=np.ndarray.tolist)
    np.savez(content, **{f"array.{name}": a for name, a in arrays.items()}, facts=np.array(text))
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.getbuffer())
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def load(path: Path) -> tuple[dict[str, np.ndarray], dict]:
    """Return the arrays and the facts that `save` wrote.

    Raises
    ------
    ValueError
        If the file is no checkpoint, or one of another version.
    """
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
            arrays = {name[6:]: file[name] for name in file.files if name.startswith("array.")}
            facts = json.loads(str(file["facts"]))
    except (BadZipFile, KeyError, ValueError, EOFError) as error:
        raise ValueError(
            f"{path} is not a checkpoint of lossbook: name another file, or move this one away"
        ) from error
    if facts.get("format") != FORMAT:
        raise ValueError(
            f"{path} has format {facts.get('format')!r}, and this lossbook reads {FORMAT}: "
            "finish the run with the version that began it"
        )
    return arrays, facts


def fingerprint(*parts: object) -> dict[str, str]:
    """Return what tells one training from another: the names of its parts, a digest of its data."""
    named = {}
    for name, part in parts:
        if isinstance(part, np.ndarray):
            digest = hashlib.sha256(np.ascontiguousarray(part).data)
            named[name] = f"{part.dtype} {part.shape} {digest.hexdigest()[:16]}"
        else:
            named[name] = re.sub(r" at 0x[0-9a-fA-F]+", "", repr(part))
    return named
