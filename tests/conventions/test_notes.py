"""What a note says of a default is what the library's signature says."""

import functools
import inspect
import re

import pytest
from agreement import PACKAGES, installed, namespace

from lossbook.conventions import RECORDS

VALUE = r"(\w+) = (−?\d[\d.]*(?:e-\d+)?|None)"
DEFAULTS = re.compile(rf"{VALUE}(?: and {VALUE})*(?= by default)")


def claims():
    for record in RECORDS:
        if installed(PACKAGES[record.library]):
            for said in DEFAULTS.finditer(record.note):
                for name, value in re.findall(VALUE, said[0]):
                    yield pytest.param(record, name, value, id=f"{record.call}-{name}")


def function_called(call):
    """Return the first function or class of a library that a call names."""
    path = next(p for p in re.findall(r"[a-z]+(?:\.\w+)+", call) if "." in p)
    package, *names = path.split(".")
    names = names[: next((i + 1 for i, n in enumerate(names) if n[0].isupper()), len(names))]
    return functools.reduce(getattr, names, namespace(call)[package])


@pytest.mark.parametrize(("record", "name", "value"), [*claims()])
def test_default(record, name, value):
    default = inspect.signature(function_called(record.call)).parameters[name].default
    assert default == (None if value == "None" else float(value.replace("−", "-")))


def test_there_are_such_claims():
    assert len([*claims()]) >= 4
