"""Mistakes typical of the derivatives of the softmax and of its cross-entropy."""

import numpy as np

from lossbook.exercises._mistake import instead
from lossbook.exercises._softmax_cross_entropy_mistakes import OVERFLOW, _careless, _softmax


def _p(z):
    return _softmax(z, 0)


def _without_shift(z):
    p = np.exp(z) / np.exp(z).sum()
    return np.diag(p) - np.outer(p, p)


JACOBIAN = (
    instead("overflow", OVERFLOW, _without_shift),
    instead(
        "diagonal only",
        "Off the diagonal you have 0. But when one logit grows, all other shares shrink: −p_i p_k.",
        lambda z: np.diag(_p(z) * (1 - _p(z))),
    ),
    instead(
        "sign reversed",
        "Your Jacobian has the right size and the wrong sign: a share *grows* with its own logit, "
        "so the diagonal is positive.",
        lambda z: np.outer(_p(z), _p(z)) - np.diag(_p(z)),
    ),
    instead(
        "outer product added",
        "You add p pᵀ. Each row of the Jacobian sums to 0, since the shares always sum to 1: "
        "subtract it.",
        lambda z: np.diag(_p(z)) + np.outer(_p(z), _p(z)),
    ),
    instead(
        "outer product forgotten",
        "You return diag(p): as if each share depended on its own logit alone. Subtract p pᵀ.",
        lambda z: np.diag(_p(z)),
    ),
    instead(
        "p times p, sample by sample",
        "`p * p` is a vector, and is taken from every row of the table. The table of all products "
        "p_i p_k is an *outer* product.",
        lambda z: np.diag(_p(z)) - _p(z) * _p(z),
    ),
    instead(
        "inner product",
        "`p @ p` is one number, taken from every entry. The table of all products p_i p_k is an "
        "*outer* product.",
        lambda z: np.diag(_p(z)) - _p(z) @ _p(z),
    ),
    instead(
        "a vector instead of a table",
        "You return one number per class, p (1 − p). That is the diagonal of a table of shape "
        "(K, K).",
        lambda z: _p(z) * (1 - _p(z)),
    ),
    instead(
        "I − p pᵀ",
        "Your diagonal has 1 where p_i belongs: it is diag(p) − p pᵀ.",
        lambda z: np.eye(len(z)) - np.outer(_p(z), _p(z)),
    ),
    instead(
        "softmax forgotten",
        "You use the logits as if they were shares. Make them shares first.",
        lambda z: np.diag(z) - np.outer(z, z),
    ),
)


def _one_hot(y, z):
    return np.eye(z.shape[1])[y]


def _pulled_to(truth, z):
    return (_softmax(z, 1) - truth) / len(z)


SMOOTHED_GRAD = (
    instead(
        "softmax forgotten",
        "You subtract the truth from the logits. Make shares of them first.",
        lambda y, z, s: (z - (1 - s) * _one_hot(y, z) - s / z.shape[1]) / len(z),
    ),
    instead(
        "softmax over the wrong axis",
        "Your softmax runs down the columns, over the samples. The shares of a *row* sum to 1: "
        "`axis=1`.",
        lambda y, z, s: (_softmax(z, 0) - (1 - s) * _one_hot(y, z) - s / z.shape[1]) / len(z),
    ),
    instead(
        "s/K forgotten",
        "Your truth is (1 − s) at the true class and 0 elsewhere: it does not sum to 1. Add s/K "
        "to every entry.",
        lambda y, z, s: _pulled_to((1 - s) * _one_hot(y, z), z),
    ),
    instead(
        "s added whole",
        "You add s to every entry. It is spread over the K classes: s/K each.",
        lambda y, z, s: _pulled_to((1 - s) * _one_hot(y, z) + s, z),
    ),
    instead(
        "s spread over the other classes only",
        "You give s/(K − 1) to each wrong class and nothing of it to the true one. Here, as in "
        "the libraries, all K classes get s/K.",
        lambda y, z, s: _pulled_to(
            (1 - s) * _one_hot(y, z) + s * (1 - _one_hot(y, z)) / (z.shape[1] - 1), z
        ),
    ),
    instead(
        "divided by n instead of K",
        "You spread s over the *samples*. It is spread over the K classes, the columns.",
        lambda y, z, s: _pulled_to((1 - s) * _one_hot(y, z) + s / len(z), z),
    ),
    instead(
        "not smoothed",
        "That is the gradient without smoothing, right only at s = 0.",
        lambda y, z, s: _pulled_to(_one_hot(y, z), z),
    ),
    instead(
        "s and 1 − s exchanged",
        "The true class gets s and the spread 1 − s. It is the other way round.",
        lambda y, z, s: _pulled_to(s * _one_hot(y, z) + (1 - s) / z.shape[1], z),
    ),
    instead(
        "overflow",
        OVERFLOW,
        lambda y, z, s: (_careless(z) - (1 - s) * _one_hot(y, z) - s / z.shape[1]) / len(z),
    ),
)
