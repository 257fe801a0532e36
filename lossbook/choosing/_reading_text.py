"""What labels of text might mean besides classes."""

import re

import numpy as np

__all__ = ["text_doubts"]

_MISSING = {"", "-", "?", "n/a", "na", "nan", "none", "null", "missing", "unknown"}
_UNITS = re.compile(r"[\s%€$£¥,]")


def text_doubts(names, kind):
    """Return what speaks against labels of text; `kind` is None where nobody said what they are."""
    texts = [name for name in names.tolist() if isinstance(name, str)]
    plain = [text.strip().casefold() for text in texts]
    doubts = []
    if kind is None and texts and all(map(_reads_as_number, texts)):
        doubts.append(
            "Whether the text means numbers: then give it as numbers, np.asarray(y, float), "
            "without signs such as % or € and commas between thousands."
        )
    missing = [text for text, bare in zip(texts, plain, strict=True) if bare in _MISSING]
    if missing:
        doubts.append(
            f"Whether {missing[0]!r} is a class or stands for what is missing: then say None."
        )
    alike = [i for i, bare in enumerate(plain) if bare in plain[:i]]
    if alike:
        one, other = texts[plain.index(plain[alike[0]])], texts[alike[0]]
        doubts.append(f"Whether {one!r} and {other!r} are one class: then write them alike.")
    return tuple(doubts)


def _reads_as_number(text):
    try:
        return bool(np.isfinite(float(_UNITS.sub("", text))))
    except ValueError:
        return False
