"""Formulas as textbooks print them, and as one writes them with the functions of SciPy.

Each takes truth and prediction, and returns the loss of each sample and its slopes, or None.
"""

import numpy as np

__all__ = [
    "entropy",
    "first_sum",
    "focal",
    "huber",
    "kl",
    "metrics_log_loss",
    "pseudo_huber",
    "scipy_entropy",
    "scipy_huber",
    "scipy_kl_div",
    "scipy_pseudo_huber",
    "scipy_rel_entr",
    "scipy_softmax",
    "scipy_softplus",
    "sigmoid",
    "softmax",
    "softplus",
    "torchvision_focal",
]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def entropy(y, z):
    p = sigmoid(z)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)), p - y


def softplus(y, z):
    return np.log(1 + np.exp(z)), sigmoid(z)


def scipy_entropy(y, z):
    from scipy.special import expit, log_expit

    return -y * log_expit(z) - (1 - y) * log_expit(-z), expit(z) - y


def metrics_log_loss(y, z):
    from scipy.special import expit
    from sklearn.metrics import log_loss

    p = expit(z)
    return np.array(
        [log_loss([a], [[1 - b, b]], labels=[0, 1]) for a, b in zip(y, p, strict=True)]
    ), None


def scipy_softplus(y, z):
    from scipy.special import expit, log_expit

    return -log_expit(-z), expit(z)


def focal(gamma):
    def formula(y, z):
        p = sigmoid(z)
        p_true = np.where(y == 1, p, 1 - p)
        weight = np.where(y == 1, 0.25, 0.75)
        return -weight * (1 - p_true) ** gamma * np.log(p_true), None

    return formula


def torchvision_focal(gamma):
    def formula(torch, z, y):
        p = torch.sigmoid(z)
        entropy = torch.nn.functional.binary_cross_entropy_with_logits(z, y, reduction="none")
        p_true = p * y + (1 - p) * (1 - y)
        return (0.25 * y + 0.75 * (1 - y)) * entropy * (1 - p_true) ** gamma

    return formula


def huber(y, r):
    size = np.abs(r)
    return np.where(size <= 1, r**2 / 2, size - 0.5), np.where(size <= 1, r, np.sign(r))


def scipy_huber(y, r):
    from scipy.special import huber

    return huber(1.0, r), np.clip(r, -1, 1)


def pseudo_huber(y, r):
    root = np.sqrt(1 + r**2)
    return root - 1, r / root


def scipy_pseudo_huber(y, r):
    from scipy.special import pseudo_huber

    return pseudo_huber(1.0, r), r / np.sqrt(1 + r**2)


def softmax(y, z):
    p = np.exp(z)
    p /= p.sum(axis=1, keepdims=True)
    hot = np.eye(z.shape[1])[y]
    return -np.log((p * hot).sum(axis=1)), p - hot


def scipy_softmax(y, z):
    from scipy.special import log_softmax

    log_p, hot = log_softmax(z, axis=1), np.eye(z.shape[1])[y]
    return -log_p[hot == 1], np.exp(log_p) - hot


def kl(p, q):
    return (p * np.log(p / q)).sum(axis=1), -p / q


def scipy_rel_entr(p, q):
    from scipy.special import rel_entr

    return rel_entr(p, q).sum(axis=1), -p / q


def scipy_kl_div(p, q):
    from scipy.special import kl_div

    return kl_div(p, q).sum(axis=1), 1 - p / q


def first_sum(mpmath, p, q):
    """Return Σ p log(p/q), without − p + q: as other libraries define the divergence."""
    return sum(a * mpmath.log(a / b) for a, b in zip(p, q, strict=True) if a), [
        -a / b for a, b in zip(p, q, strict=True)
    ]
