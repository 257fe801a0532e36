"""Mistakes typical of the exercises of *Softmax cross-entropy*."""

import numpy as np

from lossbook.exercises.mistakes import instead, of_result


def _softmax(z, axis):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


OVERFLOW = (
    "Right for ordinary logits. But exp(1000) is infinite, and infinity divided by infinity is "
    "NaN. Subtract the largest logit of each row first."
)


def _careless(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


SHARES = (
    instead("overflow", OVERFLOW, _careless),
    instead(
        "softmax over the wrong axis",
        "Your columns sum to 1, over the samples of a class. The rows should, over the classes of "
        "a sample: `axis=1`.",
        lambda z: _softmax(z, 0),
    ),
    instead(
        "softmax over the whole table",
        "All your shares together sum to 1. Each row should: `axis=1`.",
        lambda z: _softmax(z, None),
    ),
    instead(
        "one shift for the whole table",
        "You subtract the largest logit of the whole table. A row that lies far below it "
        "underflows to 0/0. Every row needs its own: `z.max(axis=1, keepdims=True)`.",
        lambda z: _careless(z - z.max()),
    ),
    instead(
        "sigmoid instead of softmax",
        "You squeeze each logit by itself, and a row does not sum to 1. Divide the exponentials "
        "by the sum of their row.",
        _sigmoid,
    ),
    instead(
        "exponential forgotten",
        "You divide the logits themselves by their sum. Take the exponential first: logits may be "
        "negative, shares may not.",
        lambda z: z / z.sum(axis=1, keepdims=True),
    ),
    instead(
        "logarithm taken",
        "These are the logarithms of the shares. The shares are asked for.",
        lambda z: (
            z
            - z.max(axis=1, keepdims=True)
            - np.log(np.exp(z - z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))
        ),
    ),
    instead(
        "softmax twice",
        "You apply the softmax to the shares again. They come out nearly level.",
        lambda z: _softmax(_softmax(z, 1), 1),
    ),
)


def _came(y, p):
    return p[np.arange(len(p)), y]


PERPLEXITY = (
    instead(
        "exponential forgotten",
        "That is the mean log loss. Its exponential is the perplexity.",
        lambda y, p: -np.mean(np.log(_came(y, p))),
    ),
    instead(
        "mean of the inverse probabilities",
        "You average 1/p. Average the logarithms first, and take the exponential of the mean: one "
        "tiny p would otherwise decide alone.",
        lambda y, p: np.mean(1 / _came(y, p)),
    ),
    instead(
        "inverse of the mean probability",
        "You average the probabilities and invert. Average their logarithms instead.",
        lambda y, p: 1 / np.mean(_came(y, p)),
    ),
    instead(
        "minus forgotten",
        "You return the geometric mean of the probabilities, which is below 1. The perplexity is "
        "one over it: a minus is missing in the exponent.",
        lambda y, p: np.exp(np.mean(np.log(_came(y, p)))),
    ),
    instead(
        "sum instead of mean in the exponent",
        "You take the exponential of the *sum* of the losses, which grows with every sample. Take "
        "the mean first.",
        lambda y, p: np.exp(-np.sum(np.log(_came(y, p)))),
    ),
    instead(
        "base 2 and e mixed",
        "Your loss is in bits and your exponential to the base e. Either 2 to the bits, or e to "
        "the nats.",
        lambda y, p: np.exp(-np.mean(np.log2(_came(y, p)))),
    ),
    instead(
        "2 to the nats",
        "Your loss is in nats and your power to the base 2. Take e to the nats, or 2 to the bits.",
        lambda y, p: 2 ** -np.mean(np.log(_came(y, p))),
    ),
    instead(
        "perplexity of the forecast itself",
        "That is the exponential of the forecast's own entropy: it does not look at what came.",
        lambda y, p: np.exp(-np.mean((p * np.log(p)).sum(axis=1))),
    ),
    instead(
        "mean over all classes",
        "You average the logarithms of all entries. Only the entry of the class that came counts.",
        lambda y, p: np.exp(-np.mean(np.log(p))),
    ),
)


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


def _own(y, z):
    return z[np.arange(len(z)), y]


def _lse(z):
    top = z.max(axis=1)
    return top + np.log(np.exp(z - top[:, None]).sum(axis=1))


VALUE = (
    instead(
        "overflow",
        "Right for ordinary logits. But exp(1000) is infinite, and exp(−1000) is 0. Take the "
        "largest logit m of the row out: m + log of the sum of exp(z − m).",
        lambda y, z: np.mean(np.log(np.exp(z).sum(axis=1)) - _own(y, z)),
    ),
    instead(
        "logarithm of a share that is 0",
        "The shares are right now, but that of a hopeless class is exactly 0, and its logarithm "
        "infinite where the loss is 1000. Do not form the share: log-sum-exp minus logit.",
        lambda y, z: -np.mean(np.log(_own(y, _softmax(z, 1)))),
    ),
    *(
        instead(
            f"clipped at {eps:g}",
            f"You keep the shares away from 0 by {eps:g}: no sample costs more than "
            f"{-np.log(eps):.1f}, and beyond that its gradient is 0. Do not form the share: "
            "log-sum-exp minus logit.",
            lambda y, z, eps=eps: -np.mean(np.log(np.clip(_own(y, _softmax(z, 1)), eps, 1))),
        )
        for eps in (1e-7, 1e-10, 1e-12, 1e-15)
    ),
    of_result(
        "true logit forgotten",
        "You return the mean log-sum-exp. Subtract the logit of the true class.",
        lambda result, y, z: result + np.mean(_own(y, z)),
    ),
    instead(
        "logit of the leader",
        "You subtract the largest logit, whichever class it belongs to. Subtract that of the "
        "*true* class.",
        lambda y, z: np.mean(_lse(z) - z.max(axis=1)),
    ),
    instead(
        "maximum instead of log-sum-exp",
        "You take the maximum for the log-sum-exp. It is close, and smaller by up to log K.",
        lambda y, z: np.mean(z.max(axis=1) - _own(y, z)),
    ),
    instead(
        "softmax twice",
        "You apply the softmax to the logits and then once more inside the loss. The loss cannot "
        "fall below log(1 + (K − 1)/e) that way.",
        lambda y, z: np.mean(_lse(_softmax(z, 1)) - _own(y, _softmax(z, 1))),
    ),
    instead(
        "classes counted from 1",
        "You take the logit one column too far to the left. Labels count from 0, as columns do.",
        lambda y, z: np.mean(_lse(z) - _own(y - 1, z)),
    ),
    of_result(
        "base 2",
        "You measure in bits: a logarithm to the base 2. Here the natural logarithm is meant.",
        lambda result, *args: result / np.log(2),
    ),
)


def _one_hot(y, z):
    return np.eye(z.shape[1])[y]


def _pulled_to(truth, z):
    return (_softmax(z, 1) - truth) / len(z)


SMOOTHED_GRAD = (
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
