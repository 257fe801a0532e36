"""The losses whose digits are counted, and who competes."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import lossbook as lb

from . import extremes, textbook
from .rivals import Rival, jax_grad, ours, plain, scikit_learn, torch

__all__ = ["CONTESTS", "Contest"]

FOCUS = (2.0, 0.5)


@dataclass(frozen=True)
class Contest:
    """A loss whose formula says what is exact, the points, and the rivals."""

    name: str
    loss: lb.Loss
    points: Callable
    rivals: list[Rival]


CROSS_ENTROPY = Contest(
    "sigmoid cross-entropy",
    lb.SigmoidCrossEntropy(),
    extremes.logits,
    [
        ours(lb.SigmoidCrossEntropy()),
        torch(
            "binary_cross_entropy_with_logits",
            lambda torch, z, y: torch.nn.functional.binary_cross_entropy_with_logits(
                z, y, reduction="none"
            ),
        ),
        torch(
            "BCELoss(sigmoid(z))",
            lambda torch, z, y: torch.nn.functional.binary_cross_entropy(
                torch.sigmoid(z), y, reduction="none"
            ),
        ),
        jax_grad(
            "optax",
            "sigmoid_binary_cross_entropy",
            lambda optax, z, y: optax.sigmoid_binary_cross_entropy(z, y),
        ),
        jax_grad("JAX", "softplus(z) - y z", lambda jax, z, y: jax.nn.softplus(z) - y * z),
        scikit_learn("HalfBinomialLoss", "HalfBinomialLoss"),
        plain("scikit-learn", "metrics.log_loss(expit(z))", textbook.metrics_log_loss),
        plain("SciPy", "log_expit, expit(z) - y", textbook.scipy_entropy),
        plain("textbook", "-y log p - (1-y) log(1-p)", textbook.entropy),
    ],
)

SOFTPLUS = Contest(
    "softplus",
    lb.SigmoidCrossEntropy(),
    extremes.negatives,
    [
        plain(
            "lossbook",
            "numerics.softplus, numerics.sigmoid",
            lambda y, z: (lb.numerics.softplus(z), lb.numerics.sigmoid(z)),
        ),
        torch("softplus", lambda torch, z, y: torch.nn.functional.softplus(z)),
        jax_grad("JAX", "softplus", lambda jax, z, y: jax.nn.softplus(z)),
        plain("SciPy", "-log_expit(-z), expit(z)", textbook.scipy_softplus),
        plain("NumPy", "logaddexp(0, z)", lambda y, z: (np.logaddexp(0, z), None)),
        plain("textbook", "log(1 + exp(z))", textbook.softplus),
    ],
)


def _focal_contest(gamma):
    loss = lb.FocalLoss(alpha=0.25, gamma=gamma)
    return Contest(
        f"focal, gamma = {gamma:g}",
        loss,
        extremes.logits,
        [
            ours(loss),
            torch(
                "torchvision's sigmoid_focal_loss, written out", textbook.torchvision_focal(gamma)
            ),
            jax_grad(
                "optax",
                "sigmoid_focal_loss",
                lambda optax, z, y: optax.sigmoid_focal_loss(z, y, alpha=0.25, gamma=gamma),
            ),
            plain("textbook", "-a (1-p)^g log p", textbook.focal(gamma)),
        ],
    )


LOG_COSH = Contest(
    "log-cosh",
    lb.LogCosh(),
    extremes.residuals,
    [
        ours(lb.LogCosh()),
        torch(
            "r + softplus(-2 r) - log 2",
            lambda torch, r, y: r + torch.nn.functional.softplus(-2 * r) - math.log(2),
        ),
        jax_grad("optax", "log_cosh", lambda optax, r, y: optax.log_cosh(r, y)),
        jax_grad(
            "JAX",
            "logaddexp(r, -r) - log 2",
            lambda jax, r, y: jax.numpy.logaddexp(r, -r) - math.log(2),
        ),
        plain("textbook", "log(cosh(r)), tanh(r)", lambda y, r: (np.log(np.cosh(r)), np.tanh(r))),
    ],
)


HUBER = Contest(
    "Huber",
    lb.Huber(1.0),
    extremes.residuals,
    [
        ours(lb.Huber(1.0)),
        torch(
            "huber_loss",
            lambda torch, r, y: torch.nn.functional.huber_loss(r, y, reduction="none"),
        ),
        jax_grad("optax", "huber_loss", lambda optax, r, y: optax.huber_loss(r, y)),
        scikit_learn(
            "HuberLoss", "HuberLoss", set_up=lambda loss: setattr(loss.closs, "delta", 1.0)
        ),
        plain("SciPy", "huber, clip(r)", textbook.scipy_huber),
        plain("textbook", "two branches", textbook.huber),
    ],
)

PSEUDO_HUBER = Contest(
    "pseudo-Huber",
    lb.PseudoHuber(1.0),
    extremes.residuals,
    [
        ours(lb.PseudoHuber(1.0)),
        torch("sqrt(1 + r^2) - 1", lambda torch, r, y: torch.sqrt(1 + r**2) - 1),
        jax_grad("JAX", "sqrt(1 + r^2) - 1", lambda jax, r, y: jax.numpy.sqrt(1 + r**2) - 1),
        plain("SciPy", "pseudo_huber", textbook.scipy_pseudo_huber),
        plain("textbook", "sqrt(1 + r^2) - 1", textbook.pseudo_huber),
    ],
)

DIVERGENCE = Contest(
    "Kullback-Leibler divergence",
    lb.KLDivergence(),
    extremes.distributions,
    [
        ours(lb.KLDivergence()),
        plain("SciPy", "kl_div, 1 - p/q", textbook.scipy_kl_div),
        plain("SciPy", "rel_entr, -p/q", textbook.scipy_rel_entr, textbook.first_sum),
        torch(
            "kl_div(log q, p)",
            lambda torch, q, p: torch.nn.functional.kl_div(q.log(), p, reduction="none").sum(1),
            textbook.first_sum,
        ),
        jax_grad(
            "JAX",
            "rel_entr",
            lambda jax, q, p: jax.scipy.special.rel_entr(p, q).sum(1),
            textbook.first_sum,
        ),
        jax_grad(
            "optax",
            "kl_divergence(log q, p)",
            lambda optax, q, p: optax.losses.kl_divergence(_jax_log(q), p),
            textbook.first_sum,
        ),
        plain("textbook", "p log(p/q)", textbook.kl, textbook.first_sum),
    ],
)


def _jax_log(q):
    import jax

    return jax.numpy.log(q)


SOFTMAX = Contest(
    "softmax cross-entropy",
    lb.SoftmaxCrossEntropy(),
    extremes.rows,
    [
        ours(lb.SoftmaxCrossEntropy()),
        torch(
            "cross_entropy",
            lambda torch, z, y: torch.nn.functional.cross_entropy(z, y, reduction="none"),
        ),
        jax_grad(
            "optax",
            "softmax_cross_entropy_with_integer_labels",
            lambda optax, z, y: optax.softmax_cross_entropy_with_integer_labels(z, y),
        ),
        jax_grad(
            "JAX",
            "log_softmax",
            lambda jax, z, y: (
                -jax.numpy.take_along_axis(jax.nn.log_softmax(z), y[:, None], 1)[:, 0]
            ),
        ),
        scikit_learn("HalfMultinomialLoss", "HalfMultinomialLoss", n_classes=3),
        plain("SciPy", "log_softmax", textbook.scipy_softmax),
        plain("textbook", "-log(exp z / sum)", textbook.softmax),
    ],
)

CONTESTS = [
    CROSS_ENTROPY,
    SOFTPLUS,
    *map(_focal_contest, FOCUS),
    LOG_COSH,
    HUBER,
    PSEUDO_HUBER,
    DIVERGENCE,
    SOFTMAX,
]
