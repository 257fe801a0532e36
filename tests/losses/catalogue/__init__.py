"""The losses that every test of the contract walks, one module for each family.

A module holds

* `LOSSES`: instances, one line for each worth testing;
* `KNOWN`: loss, truth, prediction, value, derivative of one sample, worked out with pen and paper;
* `BAD`, if the family has errors of its own: loss, truth, prediction, what the message says;
* `BAD_FIELDS`, likewise: a class and the hyper-parameters that it has to refuse;
* `POINTS`, if the grids of test_accuracy.py do not fit: class ↦ function of a loss and a dtype,
  which returns truth and prediction;
* `LOOSE`, if four units of the last place are not reached: class ↦ (how many are, and why).
"""

import importlib
import pkgutil

_families = [
    importlib.import_module(f"{__name__}.{module.name}")
    for module in pkgutil.iter_modules(__path__)
]


def _lists(name):
    return [entry for family in _families for entry in getattr(family, name, [])]


def _maps(name):
    return {k: v for family in _families for k, v in getattr(family, name, {}).items()}


LOSSES = _lists("LOSSES")
KNOWN = _lists("KNOWN")
BAD = _lists("BAD")
BAD_FIELDS = _lists("BAD_FIELDS")
POINTS = _maps("POINTS")
LOOSE = _maps("LOOSE")
