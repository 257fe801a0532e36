"""Whose digits are counted: the calls of other libraries, and the formulas of textbooks.

A rival takes truth and prediction, arrays of float64, and returns the loss of each sample and
its slopes, or None where the library has none to give.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

__all__ = ["Rival", "jax_grad", "ours", "plain", "scikit_learn", "torch"]


@dataclass(frozen=True)
class Rival:
    """A library and one of its calls; `exact` if its definition is not that of our loss."""

    library: str
    call: str
    run: Callable
    exact: Callable | None = None


def ours(loss) -> Rival:
    """Return one of our losses."""
    return Rival(
        "lossbook", repr(loss), lambda y, p: (loss.pointwise(y, p), loss.pointwise_grad(y, p))
    )


def plain(library: str, call: str, formula: Callable, exact=None) -> Rival:
    """Return a formula in NumPy, or with the functions of `scipy.special`."""

    def run(y, p):
        with np.errstate(all="ignore"):
            return formula(y, p)

    return Rival(library, call, run, exact)


def torch(call: str, formula: Callable, exact=None) -> Rival:
    """Return the loss of each sample in PyTorch, `formula(torch, p, y)`, and autograd."""

    def run(y, p):
        torch = importlib.import_module("torch")
        truth, prediction = torch.from_numpy(y), torch.from_numpy(p).requires_grad_()
        values = formula(torch, prediction, truth)
        slopes = torch.autograd.grad(values.sum(), prediction)[0]
        return values.detach().numpy(), slopes.numpy()

    return Rival("PyTorch", call, run, exact)


def jax_grad(library: str, call: str, formula: Callable, exact=None) -> Rival:
    """Return the loss of each sample in JAX, `formula(library, p, y)`, and its gradient."""

    def run(y, p):
        jax = importlib.import_module("jax")
        jax.config.update("jax_enable_x64", True)
        module = importlib.import_module(library.lower())
        truth, prediction = jax.numpy.asarray(y), jax.numpy.asarray(p)
        slopes = jax.grad(lambda p: formula(module, p, truth).sum())(prediction)
        return np.asarray(formula(module, prediction, truth)), np.asarray(slopes)

    return Rival(library, call, run, exact)


def scikit_learn(name: str, call: str, set_up=None, **options) -> Rival:
    """Return a loss of `sklearn._loss`."""

    def run(y, p):
        loss = getattr(importlib.import_module("sklearn._loss"), name)(**options)
        if set_up:
            set_up(loss)
        return loss.loss_gradient(np.asarray(y, float), p)

    return Rival("scikit-learn", call, run)
