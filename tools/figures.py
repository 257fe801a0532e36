"""Compare two figures as drawings: what a reader would see, not which bytes were written.

The bytes of an SVG depend on the last digits a processor computes, so two runs of one chapter
on two machines differ although nobody could tell the pictures apart.  Two drawings are the same
here if they have the same elements in the same order, with the same attributes and the same
text, every coordinate within 0.01 pt and every colour channel within one level.  Identifiers
(clip paths, markers) are hashes of the content: they must correspond one to one, not be equal.

A path that is computed, such as a contour line, may be drawn through other points on another
processor; where that is asked, two lines are the same that nowhere run 1 pt apart.
"""

import base64
import binascii
import io
import re
from collections.abc import Iterator
from itertools import zip_longest
from xml.etree import ElementTree as ET

import numpy as np
from PIL import Image

POINT_TOLERANCE = 0.01  # pt: far below what an eye or a printer resolves
EYE_TOLERANCE = 1.0  # pt: what nobody sees in a line, whichever points it is drawn through
EXACT_TOLERANCE = 1e-6  # for scales, widths and opacities, which no computation should move
PIXEL_LEVELS, PIXEL_SHARE = 16, 0.001  # a raster may differ at the edges of a few dots

_COORDINATES = {
    *("d", "points", "transform", "x", "y", "x1", "x2", "y1", "y2"),
    *("cx", "cy", "r", "rx", "ry", "width", "height", "viewBox"),
}
_TOKEN = re.compile(
    r"url\(#[^)]*\)|#[0-9a-fA-F]{6}\b"  # references and colours, before their digits are numbers
    r"|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
    r"|[A-Za-z_]+|[^\s,]"
)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def differences(old: str, new: str, shapes: bool = False) -> list[str]:
    """Say where two SVG figures differ as drawings; an empty list means they are the same.

    Parameters
    ----------
    old, new : str
        The text of two SVG documents.
    shapes : bool
        Let a line be drawn through other points if it is the same line to the eye, as contour
        lines and paths are on another processor.

    Returns
    -------
    list of str
        One line for each difference: where it is, what was there, what is there now.
    """
    if old == new:
        return []
    try:
        trees = ET.fromstring(old), ET.fromstring(new)
    except ET.ParseError as error:
        return [f"not an SVG document: {error}"]
    return list(_elements(*trees, _local(trees[0].tag), _Names(shapes)))


def png_differences(old: str, new: str) -> list[str]:
    """Say how two base64-encoded rasters differ: in size, or in more than a few edge pixels."""
    if old == new:
        return []
    try:
        a, b = (_pixels(text) for text in (old, new))
    except (binascii.Error, OSError) as error:
        return [f"not an image: {error}"]
    if a.shape != b.shape:
        return [f"raster of {a.shape[1]}×{a.shape[0]} became {b.shape[1]}×{b.shape[0]} pixels"]
    share = float((np.abs(a - b).max(axis=2) > PIXEL_LEVELS).mean())
    return [f"{share:.1%} of the raster's pixels changed"] if share > PIXEL_SHARE else []


class _Names:
    """A one-to-one correspondence between the identifiers of two drawings; how to compare lines."""

    def __init__(self, shapes: bool) -> None:
        self.shapes = shapes
        self._forward: dict[str, str] = {}
        self._back: dict[str, str] = {}

    def match(self, old: str, new: str) -> bool:
        return self._forward.setdefault(old, new) == new and self._back.setdefault(new, old) == old


def _elements(old: ET.Element, new: ET.Element, where: str, names: _Names) -> Iterator[str]:
    for key in sorted({*old.attrib, *new.attrib}):
        problem = _attribute(_local(key), old.get(key), new.get(key), names)
        if problem:
            yield f"{where} @{_local(key)}: {problem}"
    for kind in ("text", "tail"):
        a, b = ((getattr(e, kind) or "").strip() for e in (old, new))
        if a != b:
            yield f"{where} {kind}: {_short(a)} became {_short(b)}"
    pairs = zip_longest(_children(old), _children(new))
    for i, (a, b) in enumerate(pairs, start=1):
        if a is None or b is None:
            change = "is new" if a is None else "is missing"
            yield f"{where}/{_local((a if b is None else b).tag)}[{i}] {change}"
        elif a.tag != b.tag:
            yield f"{where}[{i}]: <{_local(a.tag)}> became <{_local(b.tag)}>"
        else:
            yield from _elements(a, b, f"{where}/{_local(a.tag)}[{i}]", names)


def _attribute(name: str, old: str | None, new: str | None, names: _Names) -> str:
    """Say how one attribute differs, or nothing."""
    if old is None or new is None:
        return f"{_short(old)} became {_short(new)}"
    if name == "id" or (name == "href" and old.startswith("#")):
        same = names.match(old.lstrip("#"), new.lstrip("#"))
        return "" if same else f"{old} and {new} do not correspond"
    if name == "href" and old.startswith("data:image/png;base64,") and "," in new:
        return "; ".join(png_differences(old.split(",", 1)[1], new.split(",", 1)[1]))
    if old == new or (name == "d" and names.shapes and _same_line(old, new)):
        return ""
    return _tokens(name, old, new, names)


def _same_line(old: str, new: str) -> bool:
    """Say whether each of two lines runs within the eye's tolerance of the other."""
    a, b = _corners(old), _corners(new)
    return bool(a.size and b.size) and max(_farthest(a, b), _farthest(b, a)) <= EYE_TOLERANCE


def _corners(path: str) -> np.ndarray:
    """Return the corners of the pieces of a path: two points each, shape (pieces, 2, 2)."""
    pieces, at, start = [], None, None
    for command, numbers in re.findall(r"([MLQCz])([^MLQCz]*)", path):
        points = np.array([float(x) for x in _NUMBER.findall(numbers)]).reshape(-1, 2)
        if command == "M":
            start = at = points[-1]
            continue
        for point in points if command != "z" else [start]:  # a curve by its control points
            pieces.append((at, point))
            at = point
    return np.array(pieces)


def _farthest(a: np.ndarray, b: np.ndarray) -> float:
    """Return how far a corner of `a` can be from the pieces of `b`."""
    corners, start, along = a.reshape(-1, 1, 2), b[:, 0], b[:, 1] - b[:, 0]
    length = np.maximum((along**2).sum(axis=-1), 1e-12)
    share = np.clip(((corners - start) * along).sum(axis=-1) / length, 0, 1)
    gap = corners - start - share[..., None] * along
    return float(np.sqrt((gap**2).sum(axis=-1)).min(axis=1).max())


def _tokens(name: str, old: str, new: str, names: _Names) -> str:
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(a) != len(b):
        return f"{_short(old)} became {_short(new)}"
    word = ""
    for s, t in zip(a, b, strict=True):
        loose = name in _COORDINATES and word != "scale"
        if not _same_token(s, t, POINT_TOLERANCE if loose else EXACT_TOLERANCE, names):
            return f"{_short(s)} became {_short(t)}"
        word = s if s.isalpha() else word
    return ""


def _same_token(old: str, new: str, tolerance: float, names: _Names) -> bool:
    if old.startswith("url(") and new.startswith("url("):
        return names.match(old[5:-1], new[5:-1])
    if _NUMBER.fullmatch(old) and _NUMBER.fullmatch(new):
        return abs(float(old) - float(new)) <= tolerance + 1e-12
    if _COLOUR.fullmatch(old) and _COLOUR.fullmatch(new):
        channels = zip(bytes.fromhex(old[1:]), bytes.fromhex(new[1:]), strict=True)
        return all(abs(p - q) <= 1 for p, q in channels)
    return old == new


def _children(element: ET.Element) -> list[ET.Element]:
    """Return what is drawn: the metadata (date, creator) are not."""
    return [child for child in element if _local(child.tag) != "metadata"]


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _short(text: str | None) -> str:
    return "nothing" if not text else repr(text if len(text) <= 40 else text[:37] + "…")


def _pixels(text: str) -> np.ndarray:
    with Image.open(io.BytesIO(base64.b64decode(text))) as image:
        return np.asarray(image.convert("RGBA"), dtype=np.int16)
