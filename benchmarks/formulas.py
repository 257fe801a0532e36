"""The same functions in other libraries, where they have them; else as one would write them."""

import math

import numpy as np

__all__ = [
    "functional",
    "jax_focal",
    "jax_huber",
    "jax_log_cosh",
    "jax_softmax",
    "optax_kl",
    "scipy_huber",
    "scipy_kl",
    "scipy_pseudo_huber",
    "scipy_sigmoid",
    "scipy_softmax",
    "torch_focal",
    "torch_kl",
    "torch_log_cosh",
]


def functional(name, **options):
    """Return the loss of that name in `torch.nn.functional`."""
    return lambda torch, p, y: getattr(torch.nn.functional, name)(p, y, **options)


def torch_log_cosh(torch, p, y):
    r = p - y
    return (r + torch.nn.functional.softplus(-2 * r) - math.log(2)).mean()


def torch_focal(torch, z, y):
    """Return torchvision's ``sigmoid_focal_loss``, written out."""
    p = torch.sigmoid(z)
    entropy = torch.nn.functional.binary_cross_entropy_with_logits(z, y, reduction="none")
    p_true = p * y + (1 - p) * (1 - y)
    return ((0.25 * y + 0.75 * (1 - y)) * entropy * (1 - p_true) ** 2).mean()


def torch_kl(torch, q, p):
    return torch.nn.functional.kl_div(q.log(), p, reduction="batchmean")


def jax_huber(jax, p, y):
    r = p - y
    c = jax.numpy.clip(r, -1, 1)
    return (c * (r - c / 2)).mean()


def jax_log_cosh(jax, p, y):
    r = p - y
    return (jax.numpy.logaddexp(r, -r) - math.log(2)).mean()


def jax_focal(jax, z, y):
    p = jax.nn.sigmoid(z)
    entropy = jax.nn.softplus(z) - y * z
    p_true = p * y + (1 - p) * (1 - y)
    return ((0.25 * y + 0.75 * (1 - y)) * entropy * (1 - p_true) ** 2).mean()


def jax_softmax(jax, z, y):
    return -jax.numpy.take_along_axis(jax.nn.log_softmax(z), y[:, None], axis=1).mean()


def optax_kl(optax, q, p):
    import jax

    return optax.losses.kl_divergence(jax.numpy.log(q), p).mean()


def scipy_huber(special, y, p):
    r = p - y
    return special.huber(1.0, r), np.clip(r, -1, 1)


def scipy_pseudo_huber(special, y, p):
    r = p - y
    return special.pseudo_huber(1.0, r), r / np.sqrt(1 + r * r)


def scipy_sigmoid(special, y, z):
    return -y * special.log_expit(z) - (1 - y) * special.log_expit(-z), special.expit(z) - y


def scipy_softmax(special, y, z):
    rows, log_p = np.arange(len(y)), special.log_softmax(z, axis=1)
    slopes = np.exp(log_p)
    slopes[rows, y] -= 1
    return -log_p[rows, y], slopes


def scipy_kl(special, p, q):
    return special.rel_entr(p, q).sum(axis=1), -p / q
