"""What is compared: a loss, its data, and the same function in other libraries."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import lossbook as lb

from . import data, formulas
from .libraries import Prepare, jax, lossbook, optax, scipy, sklearn, sklearn_huber, torch

__all__ = ["CASES", "WIDE", "Case"]

CLASSES = 10


@dataclass(frozen=True)
class Case:
    """A loss, data of a given size, and its peers: library ↦ what makes the run.

    `meaning` is what a gradient means, where not every part of it does.
    """

    name: str
    loss: lb.Loss
    data: Callable
    peers: dict[str, Prepare]
    meaning: Callable = np.asarray

    @property
    def ours(self) -> Prepare:
        """What makes our run."""
        return lossbook(self.loss)


REGRESSION = [
    Case(
        "half squared error",
        lb.HalfSquaredError(),
        data.reals,
        {
            "scikit-learn": sklearn("HalfSquaredError"),
            "PyTorch": torch(lambda torch, p, y: torch.nn.functional.mse_loss(p, y) / 2),
            "JAX": jax(lambda jax, p, y: ((p - y) ** 2).mean() / 2),
            "optax": optax(lambda optax, p, y: optax.l2_loss(p, y).mean()),
        },
    ),
    Case(
        "absolute error",
        lb.AbsoluteError(),
        data.reals,
        {
            "scikit-learn": sklearn("AbsoluteError"),
            "PyTorch": torch(formulas.functional("l1_loss")),
            "JAX": jax(lambda jax, p, y: jax.numpy.abs(p - y).mean()),
        },
    ),
    Case(
        "Huber",
        lb.Huber(1.0),
        data.reals,
        {
            "scikit-learn": sklearn_huber(),
            "SciPy": scipy(formulas.scipy_huber),
            "PyTorch": torch(formulas.functional("huber_loss")),
            "JAX": jax(formulas.jax_huber),
            "optax": optax(lambda optax, p, y: optax.huber_loss(p, y).mean()),
        },
    ),
    Case(
        "pseudo-Huber",
        lb.PseudoHuber(1.0),
        data.reals,
        {
            "SciPy": scipy(formulas.scipy_pseudo_huber),
            "PyTorch": torch(lambda torch, p, y: (torch.sqrt(1 + (p - y) ** 2) - 1).mean()),
            "JAX": jax(lambda jax, p, y: (jax.numpy.sqrt(1 + (p - y) ** 2) - 1).mean()),
        },
    ),
    Case(
        "log-cosh",
        lb.LogCosh(),
        data.reals,
        {
            "PyTorch": torch(formulas.torch_log_cosh),
            "JAX": jax(formulas.jax_log_cosh),
            "optax": optax(lambda optax, p, y: optax.log_cosh(p, y).mean()),
        },
    ),
    Case(
        "quantile",
        lb.Quantile(0.9),
        data.reals,
        {
            "scikit-learn": sklearn("PinballLoss", quantile=0.9),
            "PyTorch": torch(
                lambda torch, p, y: torch.maximum(0.9 * (y - p), 0.1 * (p - y)).mean()
            ),
            "JAX": jax(lambda jax, p, y: jax.numpy.maximum(0.9 * (y - p), 0.1 * (p - y)).mean()),
        },
    ),
]

TWO_CLASSES = [
    Case(
        "sigmoid cross-entropy",
        lb.SigmoidCrossEntropy(),
        data.binary,
        {
            "scikit-learn": sklearn("HalfBinomialLoss"),
            "SciPy": scipy(formulas.scipy_sigmoid),
            "PyTorch": torch(formulas.functional("binary_cross_entropy_with_logits")),
            "JAX": jax(lambda jax, z, y: (jax.nn.softplus(z) - y * z).mean()),
            "optax": optax(lambda optax, z, y: optax.sigmoid_binary_cross_entropy(z, y).mean()),
        },
    ),
    Case(
        "hinge",
        lb.Hinge(),
        data.signs,
        {
            "PyTorch": torch(lambda torch, z, y: torch.relu(1 - y * z).mean()),
            "JAX": jax(lambda jax, z, y: jax.nn.relu(1 - y * z).mean()),
            "optax": optax(lambda optax, z, y: optax.hinge_loss(z, y).mean()),
        },
    ),
    Case(
        "focal",
        lb.FocalLoss(alpha=0.25, gamma=2.0),
        data.binary,
        {
            "PyTorch": torch(formulas.torch_focal),
            "JAX": jax(formulas.jax_focal),
            "optax": optax(
                lambda optax, z, y: optax.sigmoid_focal_loss(z, y, alpha=0.25, gamma=2.0).mean()
            ),
        },
    ),
]


def _softmax(n_classes: int) -> Case:
    return Case(
        f"softmax cross-entropy, {n_classes} classes",
        lb.SoftmaxCrossEntropy(),
        data.classes(n_classes),
        {
            "scikit-learn": sklearn("HalfMultinomialLoss", n_classes=n_classes),
            "SciPy": scipy(formulas.scipy_softmax),
            "PyTorch": torch(formulas.functional("cross_entropy")),
            "JAX": jax(formulas.jax_softmax),
            "optax": optax(
                lambda optax, z, y: optax.softmax_cross_entropy_with_integer_labels(z, y).mean()
            ),
        },
    )


MANY_CLASSES = [
    _softmax(CLASSES),
    Case(
        f"Kullback–Leibler divergence, {CLASSES} classes",
        lb.KLDivergence(),
        data.distributions(CLASSES),
        {
            "SciPy": scipy(formulas.scipy_kl),
            "PyTorch": torch(formulas.torch_kl),
            "JAX": jax(lambda jax, q, p: jax.scipy.special.rel_entr(p, q).sum(axis=1).mean()),
            "optax": optax(formulas.optax_kl),
        },
        # Rows of probabilities sum to 1: a constant added to the slopes of a row is no change.
        meaning=lambda grad: grad - grad.mean(axis=1, keepdims=True),
    ),
]


CASES = [*REGRESSION, *TWO_CLASSES, *MANY_CLASSES]
WIDE = _softmax(1000)  # measured on 4096 rows
