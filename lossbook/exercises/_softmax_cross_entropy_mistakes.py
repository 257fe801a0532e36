"""Mistakes typical of the exercises of *Softmax cross-entropy*."""

import numpy as np

from lossbook.exercises._mistake import clipped, instead, of_result


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


def _of_all_labels(y, p):
    return p[:, y]


COLUMNS_OF_ALL = (
    "The `:` takes, in every row, the columns of *all* labels: an n × n table. For one entry of "
    "each row write `np.arange(n)` in its place."
)

PERPLEXITY = (
    instead(
        "every row with all labels",
        COLUMNS_OF_ALL,
        lambda y, p: np.exp(-np.mean(np.log(_of_all_labels(y, p)))),
    ),
    instead(
        "one over each probability",
        "You return 1/p of each sample. The perplexity is one number: the exponential of the mean "
        "log loss.",
        lambda y, p: 1 / _came(y, p),
    ),
    instead(
        "softmax of probabilities",
        "You apply a softmax, but the forecasts are probabilities already.",
        lambda y, p: np.exp(-np.mean(np.log(_came(y, _softmax(p, 1))))),
    ),
    *clipped(1e-8, 1e-7, 1e-6, 1e-3),
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


def _own(y, z):
    return z[np.arange(len(z)), y]


def _lse(z):
    top = z.max(axis=1)
    return top + np.log(np.exp(z - top[:, None]).sum(axis=1))


VALUE = (
    instead(
        "every row with all labels",
        COLUMNS_OF_ALL,
        lambda y, z: np.mean(_lse(z)[:, None] - _of_all_labels(y, z)),
    ),
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
        for eps in (1e-3, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)
    ),
    *(
        instead(
            f"{eps:g} added",
            f"You add {eps:g} inside the logarithm. Then every loss is slightly wrong, and none "
            f"exceeds {-np.log(eps):.1f}. Do not form the share: log-sum-exp minus logit.",
            lambda y, z, eps=eps: -np.mean(np.log(_own(y, _softmax(z, 1)) + eps)),
        )
        for eps in (1e-7, 1e-8, 1e-9)
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
