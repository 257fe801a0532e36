"""Mistakes typical of the exercises of *Where losses come from*."""

import math

import numpy as np

from lossbook.exercises.mistakes import instead, of_arguments, of_result

GAUSSIAN = (
    of_result(
        "log σ dropped",
        "The term log σ is missing. It may be dropped from a loss, where σ is a constant; "
        "the likelihood has it, and without it a larger σ always looks better.",
        lambda result, y, p, sigma: result - np.log(sigma),
    ),
    of_result(
        "2π dropped",
        "The constant ½ log 2π is missing. No minimum depends on it, but the likelihood "
        "has it, and asks for it here.",
        lambda result, *args: result - np.log(2 * np.pi) / 2,
    ),
    instead(  # from its definition: from the result, small residuals would drown
        "both constants dropped",
        "You return r² / 2σ² alone, the part that a loss keeps. The likelihood has two "
        "terms more: log σ and ½ log 2π.",
        lambda y, p, sigma: np.mean((p - y) ** 2) / (2 * sigma**2),
    ),
    of_result(
        "log σ² without its ½",
        "You add log σ² = 2 log σ. The root of 2πσ² gives ½ log σ², and that is log σ.",
        lambda result, y, p, sigma: result + np.log(sigma),
    ),
    of_result(
        "log 2π without its ½",
        "You add log 2π. The root of 2πσ² gives ½ log 2π.",
        lambda result, *args: result + np.log(2 * np.pi) / 2,
    ),
    of_result(
        "½ of the logarithm forgotten",
        "You add log 2πσ². The root of 2πσ² gives ½ log 2πσ².",
        lambda result, y, p, sigma: result + np.log(sigma) + np.log(2 * np.pi) / 2,
    ),
    of_result(
        "log σ subtracted",
        "You subtract log σ. A wide bell is low, and the loss is minus the logarithm of "
        "its height: log σ is added.",
        lambda result, y, p, sigma: result - 2 * np.log(sigma),
    ),
    instead(
        "multiplied by σ²",
        "You multiply by σ² instead of dividing by it. `r**2 / 2 * sigma**2` is read from "
        "left to right; write `r**2 / (2 * sigma**2)`.",
        lambda y, p, sigma: (
            np.mean((p - y) ** 2) / 2 * sigma**2 + np.log(sigma) + np.log(2 * np.pi) / 2
        ),
    ),
    instead(
        "σ not squared",
        "You divide r² by 2σ. The exponent of the bell has the variance, σ².",
        lambda y, p, sigma: (
            np.mean((p - y) ** 2) / (2 * sigma) + np.log(sigma) + np.log(2 * np.pi) / 2
        ),
    ),
    instead(
        "log σ halved",
        "You add ½ log σ. The root of 2πσ² gives ½ log σ², and that is log σ.",
        lambda y, p, sigma: np.mean((p - y) ** 2) / (2 * sigma**2) + np.log(2 * np.pi * sigma) / 2,
    ),
    instead(
        "sigma taken for the variance",
        "You take sigma for the variance: the right answer for √sigma. It is the width; the "
        "variance is its square.",
        lambda y, p, sigma: np.mean((p - y) ** 2) / (2 * sigma) + np.log(2 * np.pi * sigma) / 2,
    ),
    instead(
        "½ in the exponent forgotten",
        "You take r² / σ². The bell is exp(−r² / 2σ²): the residual's term has a ½.",
        lambda y, p, sigma: (
            np.mean((p - y) ** 2) / sigma**2 + np.log(sigma) + np.log(2 * np.pi) / 2
        ),
    ),
)


def _bernoulli_in_two_terms(y, p):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


BERNOULLI = (
    instead(
        "0 · log 0",
        "Right until the model is certain. There one of your two terms is 0 · log 0, which "
        "NumPy makes 0 · (−∞) = NaN, although the model is perfectly right. Take the "
        "logarithm of the probability of what happened, and of nothing else.",
        _bernoulli_in_two_terms,
    ),
    instead(
        "NaN left out",
        "You leave out the samples that come out NaN. They cost 0, and they count in n.",
        lambda y, p: -np.nanmean(y * np.log(p) + (1 - y) * np.log(1 - p)),
    ),
    instead(
        "labels exchanged",
        "You take 1 − p where the label is 1. p is the probability of a 1.",
        lambda y, p: -np.mean(np.log(np.where(y == 1, 1 - p, p))),
    ),
    of_arguments(
        "clipped",
        "You keep p away from 0 and 1 by 1e-7. No NaN any more, but no truth either: a "
        "label of probability 1e-9 costs 20.7, not 16.1, and certainty costs something.",
        lambda y, p: (y, np.clip(p, 1e-7, 1 - 1e-7)),
    ),
    instead(
        "class 0 forgotten",
        "You count the samples of class 1 only. A label 0 has the probability 1 − p, and "
        "it costs −log(1 − p).",
        lambda y, p: -np.mean(np.where(y == 1, np.log(p), 0)),
    ),
    of_result(
        "base 2",
        "You measure in bits: a logarithm to the base 2. Here the natural logarithm is meant.",
        lambda result, *args: result / np.log(2),
    ),
    of_result(
        "base 10",
        "You took the logarithm to the base 10. Here the natural logarithm is meant.",
        lambda result, *args: result / np.log(10),
    ),
    instead(
        "logarithm forgotten",
        "You average 1 minus the probability of what happened. Take minus its logarithm.",
        lambda y, p: np.mean(np.where(y == 1, 1 - p, p)),
    ),
)


def _best_poisson(y):
    """Return the loss of each count when the prediction is perfect; 0 log 0 is 0."""
    return y - y * np.log(np.maximum(y, 1))


POISSON = (
    instead(
        "link forgotten",
        "You take z for the mean itself. It is the logarithm of the mean: μ = exp(z), and "
        "log μ = z.",
        lambda y, z: np.mean(z - y * np.log(z)),
    ),
    instead(
        "exponential forgotten",
        "Your first term is z where it should be the mean, exp(z).",
        lambda y, z: np.mean(z - y * z),
    ),
    instead(
        "logarithm taken twice",
        "Your second term has log z. But z is the logarithm of the mean already.",
        lambda y, z: np.mean(np.exp(z) - y * np.log(z)),
    ),
    instead(
        "plus instead of minus",
        "Your two terms are added. The logarithm of μ^y is y z, and the loss is minus the "
        "log-likelihood: exp(z) − y z.",
        lambda y, z: np.mean(np.exp(z) + y * z),
    ),
    of_result(
        "log y! kept",
        "Your loss has the term log y!. It contains no prediction; the exercise drops it.",
        lambda result, y, z: result + np.mean([math.lgamma(k + 1) for k in y]),
    ),
    of_result(
        "deviance",
        "That is the deviance: twice what the prediction costs more than a perfect one. "
        "Here exp(z) − y z is asked for.",
        lambda result, y, z: 2 * (result - np.mean(_best_poisson(y))),
    ),
    instead(
        "product of two means",
        "You multiply the mean of y by the mean of z. Multiply sample by sample, and take "
        "the mean of the products.",
        lambda y, z: np.mean(np.exp(z)) - np.mean(y) * np.mean(z),
    ),
)


POISSON_GRAD = (
    instead(
        "link forgotten",
        "You subtract the truth from z. The prediction is the mean, exp(z): subtract the "
        "truth from that.",
        lambda y, z: z - y,
    ),
    instead(
        "derivative with respect to the mean",
        "That is 1 − y/μ, the derivative with respect to the mean μ. With respect to "
        "z = log μ the chain rule multiplies it by μ.",
        lambda y, z: 1 - y / np.exp(z),
    ),
    instead(
        "value instead of derivative",
        "That is the loss, exp(z) − y z. Its derivative is asked for.",
        lambda y, z: np.exp(z) - y * z,
    ),
    instead(
        "first term only",
        "The derivative of y z with respect to z is y, and it is missing.",
        lambda y, z: np.exp(z),
    ),
    of_result(
        "sign reversed",
        "Your derivative has the right size and the wrong sign: it is prediction minus "
        "truth, exp(z) − y. A step against yours would climb.",
        lambda result, *args: -result,
    ),
)


def _overflowing_grad(y, z):
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return (p - np.eye(z.shape[1])[y]) / len(z)


def _softmax(z, axis):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


SOFTMAX_GRAD = (
    instead(
        "overflow",
        "Right for small logits. But exp(1000) is infinite, and infinity divided by "
        "infinity is NaN. Subtract the largest logit of each row first: "
        "`z - z.max(axis=1, keepdims=True)`.",
        _overflowing_grad,
    ),
    of_result(
        "truth forgotten",
        "You return the probabilities, divided by n. The truth is still to be subtracted: "
        "1 at the class that happened.",
        lambda result, y, z: result + np.eye(z.shape[1])[y] / len(z),
    ),
    instead(
        "softmax over the wrong axis",
        "Your probabilities sum to 1 over the samples of a class. They should over the "
        "classes of a sample: `axis=1`.",
        lambda y, z: (_softmax(z, 0) - np.eye(z.shape[1])[y]) / len(z),
    ),
    instead(
        "softmax forgotten",
        "You subtract the truth from the logits. Turn them into probabilities first.",
        lambda y, z: (z - np.eye(z.shape[1])[y]) / len(z),
    ),
    of_result(
        "sign reversed",
        "Your gradient has the right size and the wrong sign: it is probability minus "
        "truth. A step against yours would climb.",
        lambda result, *args: -result,
    ),
    instead(
        "sigmoid instead of softmax",
        "You squeeze each logit by itself, and a row does not sum to 1. The softmax "
        "divides exp(z) by the sum of its row.",
        lambda y, z: (1 / (1 + np.exp(-z)) - np.eye(z.shape[1])[y]) / len(z),
    ),
    instead(
        "softmax over the whole table",
        "All your probabilities together sum to 1. Each row should: `axis=1`.",
        lambda y, z: (_softmax(z, None) - np.eye(z.shape[1])[y]) / len(z),
    ),
    instead(
        "classes counted from 1",
        "You subtract the 1 one column too far to the left. Labels count from 0, as columns do.",
        lambda y, z: (_softmax(z, 1) - np.eye(z.shape[1])[y - 1]) / len(z),
    ),
    instead(
        "label subtracted",
        "You subtract the number of the class from every probability of its row. Subtract "
        "1 at the class that happened.",
        lambda y, z: (_softmax(z, 1) - y[:, None]) / len(z),
    ),
)
