"""Tables of ratios: printed for who measures, and written for the book."""

import datetime
import importlib.metadata
import json
import platform
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from .libraries import LIBRARIES

__all__ = ["machine", "processor", "table", "versions", "write"]

Rows = dict[str, dict[str, float]]


def table(title: str, columns: list[str], rows: Rows) -> Iterator[str]:
    """Yield the lines of a table; what is missing is a dash."""
    left = max(map(len, rows)) + 2
    yield f"\n{title}\n"
    yield " " * left + "".join(f"{column:>17}" for column in columns)
    for name, found in rows.items():
        cells = (f"{found[c]:.2f}" if c in found else "–" for c in columns)
        yield f"{name:<{left}}" + "".join(f"{cell:>17}" for cell in cells)


def processor() -> str:
    """Return the class of the processor: what it does with eight numbers at once."""
    features = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    wide = any("AVX512" in feature or feature == "X86_V4" for feature in features)
    return f"{platform.machine()}, NumPy {'with' if wide else 'without'} AVX-512"


def versions(libraries: dict[str, str]) -> dict[str, str]:
    """Return who was measured, and in which version."""
    own = {"lossbook": importlib.metadata.version("lossbook"), "NumPy": np.__version__}
    return {**own, **libraries}


def machine(libraries: dict[str, str]) -> Iterator[str]:
    """Yield what the ratios depend on: the processor's class and the versions."""
    yield f"processor: {processor()}"
    yield ", ".join(f"{name} {version}" for name, version in versions(libraries).items())
    missing = [name for name in LIBRARIES if name not in libraries]
    if missing:
        yield f"not installed: {', '.join(missing)}"


def write(path: Path, libraries: dict[str, str], tables: list[dict]) -> None:
    """Write the tables, with what they depend on, as JSON."""
    for one in tables:
        for found in one["rows"].values():
            found.update({name: float(f"{number:.3g}") for name, number in found.items()})
    head = {
        "measured": datetime.date.today().isoformat(),
        "processor": processor(),
        "versions": versions(libraries),
    }
    text = json.dumps({**head, "tables": tables}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
