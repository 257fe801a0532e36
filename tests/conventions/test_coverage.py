"""Nothing in a library's own list of losses is neither compared with ours nor excused."""

import inspect
import re

import pytest
from agreement import PACKAGES, installed, load

from lossbook.conventions import MISSING, RECORDS


def losses_of_scikit_learn():
    """Return name ↦ what a call may name instead."""
    metrics = load("sklearn.metrics")
    regression = load("sklearn.metrics._regression").__ALL__
    names = {n for n in metrics.__all__ if re.search("loss|error|deviance", n)} | {*regression}
    functions = load("sklearn.linear_model").SGDClassifier.loss_functions
    # Some of them are those of sklearn._loss, written in C.
    sgd = {repr(name): made[0].__name__.removeprefix("Cy") for name, made in functions.items()}
    return {n: n for n in names | {*load("sklearn._loss").__all__}} | sgd


def losses_of_scipy():
    module = load("scipy.optimize._lsq.least_squares")
    functions = module.__globals__ if inspect.isfunction(module) else vars(module)
    return {repr(name): name for name in functions["IMPLEMENTED_LOSSES"]}


def losses_of_statsmodels():
    norms, families = load("statsmodels.robust.norms"), load("statsmodels.genmod.families.family")
    classes = [*subclasses(norms, norms.RobustNorm), *subclasses(families, families.Family)]
    return {name: name for name in classes}


def losses_of_pytorch():
    """Return every module of the name, with the function that it calls."""
    nn, functional = load("torch.nn"), {}
    for name in dir(nn):
        if name.endswith("Loss"):
            source = inspect.getsource(getattr(nn, name).forward)
            called = re.search(r"return F\.(\w+)\(", source)
            functional[name] = called[1] if called else name
    return functional


def losses_of_keras():
    losses = load("keras.losses")
    return {name: name for name in subclasses(losses, losses.Loss)}


def losses_of_optax():
    losses = load("optax.losses")
    return {n: n for n, thing in vars(losses).items() if n[0] != "_" and inspect.isfunction(thing)}


def subclasses(module, base):
    return [
        name
        for name, thing in vars(module).items()
        if inspect.isclass(thing) and issubclass(thing, base) and thing is not base
    ]


LISTS = {
    "scikit-learn": losses_of_scikit_learn,
    "SciPy": losses_of_scipy,
    "statsmodels": losses_of_statsmodels,
    "PyTorch": losses_of_pytorch,
    "Keras": losses_of_keras,
    "optax": losses_of_optax,
}


@pytest.mark.parametrize("library", [name for name in LISTS if installed(PACKAGES[name])])
def test_every_loss_is_compared_or_excused(library):
    calls = "\n".join(record.call for record in RECORDS if record.library == library)
    listed, excused = LISTS[library](), MISSING[library]
    assert len(listed) > 4

    def named(name):
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", calls) is not None

    compared = {name for name, other in listed.items() if named(name) or named(other)}
    names = {name.strip("'") for name in excused}
    assert {n for n in listed if n not in compared and n.strip("'") not in names} == set()
    assert names <= {name.strip("'") for name in listed}, "excuses for what the library has not"
    assert not names & {name.strip("'") for name in compared}, "excuses for what is compared"
    assert all(excused.values())
