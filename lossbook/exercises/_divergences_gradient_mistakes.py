"""Mistakes typical of the gradients in the exercises of *Divergences*."""

import numpy as np

from lossbook.exercises._mistake import instead


def _softmax(z, axis=1):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def _careless(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def _over_all(z):
    return _softmax(z, None)


def _divided_by_columns(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=0)


OVER_ALL = (
    "Your softmax is taken over *all* entries, so that the whole table sums to 1. The "
    "probabilities of a row do: `axis=1`."
)
BY_COLUMNS = (
    "You divide by the sums of the columns. The probabilities of a row sum to 1: "
    "`e.sum(axis=1, keepdims=True)`."
)
AVERAGED = (
    "You have added up over the rows: one number per class is left. The gradient has an entry for "
    "every logit, so divide by n and add up nothing."
)

OVERFLOW = (
    "Right for ordinary logits. But exp(1000) is infinite, and infinity divided by infinity is "
    "NaN. Subtract the largest logit of each row first."
)

LOGIT_GRAD = (
    instead("overflow", OVERFLOW, lambda p, z: (_careless(z) - p) / len(z)),
    instead(
        "derivative by q",
        "That is the gradient by the *probabilities* q, 1 − p/q. By the logits the chain rule "
        "brings the Jacobian of the softmax, and the fraction goes.",
        lambda p, z: (1 - p / _softmax(z)) / len(z),
    ),
    instead(
        "derivative by q, without the 1",
        "That is −p/q, a gradient by the *probabilities*. By the logits the chain rule brings the "
        "Jacobian of the softmax, and the fraction goes.",
        lambda p, z: -p / _softmax(z) / len(z),
    ),
    instead(
        "softmax forgotten",
        "You subtract p from the logits. Make probabilities of them first.",
        lambda p, z: (z - p) / len(z),
    ),
    instead(
        "softmax over the wrong axis",
        "Your softmax runs down the columns, over the samples. The probabilities of a *row* sum "
        "to 1: `axis=1`.",
        lambda p, z: (_softmax(z, 0) - p) / len(z),
    ),
    instead("softmax over all", OVER_ALL, lambda p, z: (_over_all(z) - p) / len(z)),
    instead("sums of columns", BY_COLUMNS, lambda p, z: (_divided_by_columns(z) - p) / len(z)),
    instead("mean over the rows", AVERAGED, lambda p, z: (_softmax(z) - p).mean(axis=0)),
    instead(
        "softmax of p as well",
        "You apply a softmax to p too. Those are probabilities already.",
        lambda p, z: (_softmax(z) - _softmax(p)) / len(z),
    ),
    instead(
        "one-hot truth",
        "You make the likeliest class of p the only truth. Take p as it is: its other entries are "
        "what a teacher has to say.",
        lambda p, z: (_softmax(z) - np.eye(p.shape[1])[p.argmax(axis=1)]) / len(z),
    ),
    instead(
        "a diagonal Jacobian",
        "You multiply each derivative by q (1 − q), as for a sigmoid. With a softmax each logit "
        "moves *all* probabilities.",
        lambda p, z: (1 - p / _softmax(z)) * _softmax(z) * (1 - _softmax(z)) / len(z),
    ),
)


def _pull(q, p, n):
    return (q - p) / n


DISTIL = (
    instead(
        "T² forgotten",
        "Your gradient lacks the factor T²: it shrinks with the square of the temperature, which "
        "the factor is there to undo.",
        lambda t, z, T: _pull(_softmax(z / T), _softmax(t / T), len(z)) / T,
    ),
    instead(
        "chain rule forgotten",
        "The loss sees z/T, so the chain rule brings a factor 1/T. With T² in front, T remains, "
        "not T².",
        lambda t, z, T: _pull(_softmax(z / T), _softmax(t / T), len(z)) * T**2,
    ),
    instead(
        "T² and chain rule forgotten",
        "Softmax minus softmax, both at T, is right. The factors are missing: T² in front of the "
        "loss, and 1/T from the chain rule.",
        lambda t, z, T: _pull(_softmax(z / T), _softmax(t / T), len(z)),
    ),
    instead(
        "teacher not tempered",
        "You divide only the student's logits by T. The teacher's too: both must be as hot, or the "
        "student learns to be surer than the teacher.",
        lambda t, z, T: _pull(_softmax(z / T), _softmax(t), len(z)) * T,
    ),
    instead(
        "student not tempered",
        "You divide only the teacher's logits by T. The student's too, or he learns the teacher's "
        "tempered modesty as if it were his own.",
        lambda t, z, T: _pull(_softmax(z), _softmax(t / T), len(z)) * T,
    ),
    instead(
        "student not tempered, no factor",
        "You divide only the teacher's logits by T. The student's too: then the chain rule brings "
        "1/T, and T² in front leaves a factor T.",
        lambda t, z, T: _pull(_softmax(z), _softmax(t / T), len(z)),
    ),
    instead(
        "temperature multiplied",
        "You multiply the logits by T. A temperature *divides* them: the hotter, the more level.",
        lambda t, z, T: _pull(_softmax(z * T), _softmax(t * T), len(z)) * T,
    ),
    instead(
        "temperature forgotten inside",
        "The factor T is right. But both softmaxes are those of the plain logits: they belong to "
        "t/T and z/T.",
        lambda t, z, T: _pull(_softmax(z), _softmax(t), len(z)) * T,
    ),
    instead(
        "probabilities divided",
        "You divide the probabilities by T. The temperature divides the *logits*, before the "
        "softmax.",
        lambda t, z, T: _pull(_softmax(z), _softmax(t), len(z)),
    ),
    instead(
        "logits matched",
        "That is the limit for a hot T, a difference of logits. Here the softmax is still to be "
        "taken.",
        lambda t, z, T: _pull(z, t, len(z)),
    ),
    instead(
        "softmax over the wrong axis",
        "Your softmax runs down the columns, over the samples: `axis=1`.",
        lambda t, z, T: _pull(_softmax(z / T, 0), _softmax(t / T, 0), len(z)) * T,
    ),
    instead(
        "softmax over all",
        OVER_ALL,
        lambda t, z, T: _pull(_over_all(z / T), _over_all(t / T), len(z)) * T,
    ),
    instead(
        "sums of columns",
        BY_COLUMNS,
        lambda t, z, T: _pull(_divided_by_columns(z / T), _divided_by_columns(t / T), len(z)) * T,
    ),
    instead(
        "mean over the rows",
        AVERAGED,
        lambda t, z, T: T * (_softmax(z / T) - _softmax(t / T)).mean(axis=0),
    ),
    *(
        instead(
            "derivative by the probabilities",
            "That is a gradient by the student's *probabilities*, with the fraction 1 − p/q. By "
            "his logits the Jacobian of the softmax takes the fraction away.",
            lambda t, z, T, power=power: (
                T**power * (1 - _softmax(t / T) / _softmax(z / T)) / len(z)
            ),
        )
        for power in (1, 2, 0)
    ),
)
