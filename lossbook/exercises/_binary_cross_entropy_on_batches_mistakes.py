"""Mistakes typical of the mean cross-entropy on logits and of its gradient in the parameters."""

import numpy as np

from lossbook.exercises._binary_cross_entropy_mistakes import _pull, _sigmoid
from lossbook.exercises._mistake import instead, of_result


def _two_terms(y, z, eps):
    p = np.clip(_sigmoid(z), eps, 1 - eps)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def _two_terms_plus(y, z, eps):
    p = _sigmoid(z)
    return -np.mean(y * np.log(p + eps) + (1 - y) * np.log(1 - p + eps))


def _value(y, z):
    return np.mean(np.logaddexp(0, z) - y * z)


def _chosen(y, z):
    p = _sigmoid(z)
    return -np.mean(np.log(np.where(y == 1, p, 1 - p)))


VALUE_ON_LOGITS = (
    instead(
        "0 · ∞",
        "Right for ordinary logits. At ±1000 one of your two terms is infinite, and the label "
        "multiplies it by 0: NumPy calls 0 · ∞ NaN. Do not form p, and do not weigh two terms: "
        "simplify to log(1 + exp(z)) − y z, and take the large part out of that.",
        lambda y, z: _two_terms(y, z, 0),
    ),
    instead(
        "infinite where it is finite",
        "No NaN, but at z = −1000 and label 1 the loss is 1000, and yours is infinite: the "
        "sigmoid has become exactly 0. Do not form p: work on the logit.",
        _chosen,
    ),
    *(
        instead(
            f"clipped at {eps:g}",
            f"You keep p away from 0 and 1 by {eps:g}. A sample of label 1 at z = −1000 costs "
            f"1000; with the cut it costs {-np.log(eps):.1f}, and its gradient is 0. Work on the "
            "logit.",
            lambda y, z, eps=eps: _two_terms(y, z, eps),
        )
        for eps in (1e-7, 1e-8, 1e-10, 1e-12, 1e-15)
    ),
    *(
        instead(
            f"{eps:g} added",
            f"You add {eps:g} inside the logarithms. Then every loss is slightly wrong, and a "
            f"sample of label 1 at z = −1000 costs {-np.log(eps):.1f} instead of 1000. Work on "
            "the logit.",
            lambda y, z, eps=eps: _two_terms_plus(y, z, eps),
        )
        for eps in (1e-7, 1e-8, 1e-9)
    ),
    instead(
        "overflow",
        "Right for ordinary logits. But exp(1000) is infinite. Take the large part out: "
        "log(1 + exp(z)) = max(z, 0) + log(1 + exp(−|z|)).",
        lambda y, z: np.mean(np.log(1 + np.exp(z)) - y * z),
    ),
    of_result(
        "y z forgotten",
        "You return the mean of log(1 + exp(z)), which is the loss of label 0. Subtract y z.",
        lambda result, y, z: result + np.mean(y * z),
    ),
    of_result(
        "base 2",
        "You measure in bits: a logarithm to the base 2. Here the natural logarithm is meant.",
        lambda result, *args: result / np.log(2),
    ),
    instead(
        "labels exchanged",
        "You charge each sample for the other label. z is the logit of label 1.",
        lambda y, z: np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - (1 - y) * z),
    ),
    instead(
        "class 0 forgotten",
        "You count the samples of label 1 only. A label 0 costs log(1 + exp(z)).",
        lambda y, z: np.mean(y * (np.maximum(-z, 0) + np.log1p(np.exp(-np.abs(z))))),
    ),
    instead(
        "sigmoid twice",
        "You apply the sigmoid twice: the loss takes the logits as they are.",
        lambda y, z: _value(y, _sigmoid(z)),
    ),
    instead(
        "labels −1 and 1",
        "That is log(1 + exp(−y z)), for labels −1 and 1. Here they are 0 and 1.",
        lambda y, z: np.mean(np.logaddexp(0, -y * z)),
    ),
    instead(
        "squared error",
        "That is the mean of (σ(z) − y)². The cross-entropy is asked for.",
        lambda y, z: np.mean((_sigmoid(z) - y) ** 2),
    ),
)


def _mean_grad(w, X, y):
    return X.T @ (_sigmoid(X @ w) - y) / len(y)


PARAM_GRAD = (
    of_result(
        "sign reversed",
        "Your gradient has the right size and the wrong sign: it is probability minus truth. A "
        "step against yours would climb.",
        lambda result, *args: -result,
    ),
    instead(
        "penalty forgotten",
        "That is the gradient of the mean cross-entropy alone. Add that of the penalty, λ w.",
        lambda w, X, y, lam: _mean_grad(w, X, y),
    ),
    instead(
        "penalty divided by n",
        "You divide the penalty by the number of samples. Only the loss is a mean; λ w is added "
        "whole.",
        lambda w, X, y, lam: _mean_grad(w, X, y) + lam * w / len(y),
    ),
    instead(
        "½ of the penalty forgotten",
        "You add 2 λ w. The penalty has a ½, which cancels the 2: its gradient is λ w.",
        lambda w, X, y, lam: _mean_grad(w, X, y) + 2 * lam * w,
    ),
    instead(
        "sum instead of mean",
        "You add up the samples. Their *mean* is asked for: divide Xᵀ (p − y) by n, and leave λ w.",
        lambda w, X, y, lam: len(y) * _mean_grad(w, X, y) + lam * w,
    ),
    instead(
        "sigmoid forgotten",
        "You use the logits X w where the probabilities belong: that is the gradient of a squared "
        "error. Put the sigmoid around X w first.",
        lambda w, X, y, lam: X.T @ (X @ w - y) / len(y) + lam * w,
    ),
    instead(
        "slope of the sigmoid not cancelled",
        "You multiply p − y by p (1 − p). For the cross-entropy that factor cancels.",
        lambda w, X, y, lam: X.T @ (_pull(X @ w, y) / 2) / len(y) + lam * w,
    ),
    instead(
        "squared error behind the sigmoid",
        "That is the gradient of the mean of (p − y)². For the cross-entropy the factor "
        "2 p (1 − p) is not there.",
        lambda w, X, y, lam: X.T @ _pull(X @ w, y) / len(y) + lam * w,
    ),
)
