"""Mistakes typical of the exercises of *Binary cross-entropy*."""

import numpy as np

from lossbook.exercises.mistakes import instead, of_result


def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


GRAD_P = (
    instead(
        "derivative by the logit",
        "You return p − y, the derivative by the *logit*. By the probability it is divided by "
        "the slope of the sigmoid, p (1 − p).",
        lambda y, p: p - y,
    ),
    instead(
        "inner derivative of 1 − p forgotten",
        "Where the label is 0 your sign is wrong. The derivative of log(1 − p) is −1/(1 − p), so "
        "that of −log(1 − p) is positive.",
        lambda y, p: -y / p - (1 - y) / (1 - p),
    ),
    instead(
        "class 0 forgotten",
        "Where the label is 0 you return 0. Such a sample costs −log(1 − p), and pulls too.",
        lambda y, p: -y / p,
    ),
    instead(
        "class 1 forgotten",
        "Where the label is 1 you return 0. Such a sample costs −log p, and pulls too.",
        lambda y, p: (1 - y) / (1 - p),
    ),
    instead(
        "value instead of derivative",
        "That is the log loss. Its derivative is asked for.",
        lambda y, p: -np.log(np.where(y == 1, p, 1 - p)),
    ),
    instead(
        "missing brackets",
        "`(p - y) / p * (1 - p)` is read from left to right, so you multiply by 1 − p. Write "
        "`(p - y) / (p * (1 - p))`.",
        lambda y, p: (p - y) / p * (1 - p),
    ),
    instead(
        "multiplied by the slope",
        "You multiply by p (1 − p). By the probability it is a division; multiplying by it leads "
        "from p on to the logit.",
        lambda y, p: (p - y) * p * (1 - p),
    ),
    instead(
        "derivative of the Brier score",
        "That is 2 (p − y), the derivative of the squared error. The log loss is asked for.",
        lambda y, p: 2 * (p - y),
    ),
    instead(
        "labels exchanged",
        "You take the probability of the other label. p is the probability of label 1.",
        lambda y, p: (1 - y) * -1 / p + y / (1 - p),
    ),
)


def _overflowing(z):
    return np.exp(z) / (1 + np.exp(z))


GRAD_Z = (
    instead(
        "overflow",
        "Right for ordinary logits. But exp(1000) is infinite, and infinity divided by infinity "
        "is NaN. Write the sigmoid as 1 / (1 + exp(−z)), or better with exp(−|z|).",
        lambda y, z: _overflowing(z) - y,
    ),
    instead(
        "sigmoid forgotten",
        "You subtract the truth from the logit itself. Make it a probability first.",
        lambda y, z: z - y,
    ),
    instead(
        "derivative of the squared error",
        "That is 2 (p − y) p (1 − p): the squared error behind a sigmoid, the gradient that "
        "saturates. For the cross-entropy the factor p (1 − p) cancels.",
        lambda y, z: 2 * (_sigmoid(z) - y) * _sigmoid(z) * _sigmoid(-z),
    ),
    instead(
        "slope of the sigmoid not cancelled",
        "You multiply by p (1 − p). The derivative by p has the same factor in its denominator: "
        "the two cancel, and p − y is left.",
        lambda y, z: (_sigmoid(z) - y) * _sigmoid(z) * _sigmoid(-z),
    ),
    instead(
        "truth forgotten",
        "You return the probability. The truth is still to be subtracted.",
        lambda y, z: _sigmoid(z),
    ),
    instead(
        "derivative by the probability",
        "You divide by p (1 − p): that is the derivative by the *probability*. By the logit the "
        "slope of the sigmoid takes it back.",
        lambda y, z: (_sigmoid(z) - y) / (_sigmoid(z) * _sigmoid(-z)),
    ),
    instead(
        "slope of the sigmoid",
        "You return p (1 − p), the slope of the sigmoid. It is one link of the chain; the other "
        "is the derivative of the loss by p.",
        lambda y, z: _sigmoid(z) * _sigmoid(-z),
    ),
    instead(
        "sigmoid of −z",
        "Your sigmoid falls where it should rise. It is 1 / (1 + exp(−z)), with a minus.",
        lambda y, z: _sigmoid(-z) - y,
    ),
)


SQUARED_GRAD = (
    instead(
        "sigmoid not differentiated",
        "You return 2 (p − y), the derivative by p. The chain goes on to the logit: multiply by "
        "the slope of the sigmoid, p (1 − p).",
        lambda y, z: 2 * (_sigmoid(z) - y),
    ),
    instead(
        "gradient of the cross-entropy",
        "You return p − y. That is the cross-entropy, where the slope of the sigmoid cancels; "
        "behind the square nothing cancels.",
        lambda y, z: _sigmoid(z) - y,
    ),
    instead(
        "sigmoid forgotten",
        "That is the derivative of (z − y)². The sigmoid stands inside the square.",
        lambda y, z: 2 * (z - y),
    ),
    instead(
        "slope of the sigmoid only",
        "You return p (1 − p), the slope of the sigmoid. The square brings a factor 2 (p − y).",
        lambda y, z: _sigmoid(z) * _sigmoid(-z),
    ),
    instead(
        "1 − p forgotten",
        "The slope of the sigmoid is p (1 − p); you have p alone.",
        lambda y, z: 2 * (_sigmoid(z) - y) * _sigmoid(z),
    ),
    instead(
        "divided by the slope",
        "You divide by p (1 − p). The chain rule multiplies.",
        lambda y, z: 2 * (_sigmoid(z) - y) / (_sigmoid(z) * _sigmoid(-z)),
    ),
    instead(
        "overflow",
        "Right for ordinary logits. But exp(1000) is infinite, and infinity divided by infinity "
        "is NaN. Write the sigmoid as 1 / (1 + exp(−z)), or better with exp(−|z|).",
        lambda y, z: 2 * (_overflowing(z) - y) * _overflowing(z) * (1 - _overflowing(z)),
    ),
    instead(
        "value instead of derivative",
        "That is the squared error itself. Its derivative is asked for.",
        lambda y, z: (_sigmoid(z) - y) ** 2,
    ),
)


def _two_terms(y, z, eps):
    p = np.clip(_sigmoid(z), eps, 1 - eps)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def _two_terms_plus(y, z, eps):
    p = _sigmoid(z)
    return -np.mean(y * np.log(p + eps) + (1 - y) * np.log(1 - p + eps))


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
        "squared error",
        "That is the mean of (σ(z) − y)². The cross-entropy is asked for.",
        lambda y, z: np.mean((_sigmoid(z) - y) ** 2),
    ),
)


PARAM_GRAD = (
    instead(
        "sigmoid forgotten",
        "You use the logits X w where the probabilities belong: that is the gradient of a squared "
        "error. Put the sigmoid around X w first.",
        lambda w, X, y: X.T @ (X @ w - y) / len(y),
    ),
    instead(
        "slope of the sigmoid not cancelled",
        "You multiply p − y by p (1 − p). For the cross-entropy that factor cancels.",
        lambda w, X, y: X.T @ ((_sigmoid(X @ w) - y) * _sigmoid(X @ w) * _sigmoid(-X @ w)) / len(y),
    ),
    instead(
        "squared error behind the sigmoid",
        "That is the gradient of the mean of (p − y)². For the cross-entropy the factor "
        "2 p (1 − p) is not there.",
        lambda w, X, y: (
            2 * X.T @ ((_sigmoid(X @ w) - y) * _sigmoid(X @ w) * _sigmoid(-X @ w)) / len(y)
        ),
    ),
    instead(
        "truth forgotten",
        "You average the features weighted with p. The truth is still to be subtracted: p − y.",
        lambda w, X, y: X.T @ _sigmoid(X @ w) / len(y),
    ),
    instead(
        "sigmoid of −z",
        "Your sigmoid falls where it should rise. It is 1 / (1 + exp(−z)), with a minus.",
        lambda w, X, y: X.T @ (_sigmoid(-X @ w) - y) / len(y),
    ),
)
