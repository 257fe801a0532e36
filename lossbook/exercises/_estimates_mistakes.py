"""Mistakes typical of the exercises of *What a loss estimates*."""

import numpy as np

from lossbook.exercises._mistake import clipped, instead, of_arguments, of_result

SLOPE = (
    of_result(
        "sign reversed",
        "Your slope has the right size and the wrong sign. A constant above all values is too "
        "high, and the loss must rise there: 1 − q, not q − 1.",
        lambda result, *args: -result,
    ),
    instead(
        "q and 1 − q exchanged",
        "You have exchanged the two sides. The quantile loss charges q a unit where the prediction "
        "is too low, and 1 − q where it is too high.",
        lambda y, c, q: np.mean(y < c) - (1 - q),
    ),
    instead(
        "values equal to c counted as below",
        "Right wherever c lies between the values. At a kink the exercise takes the slope −q: a "
        "value that equals c is not below it.",
        lambda y, c, q: np.mean(y <= c) - q,
    ),
    of_result(
        "sum instead of mean",
        "You add the slopes of all values. Divide by their number: the *mean* loss is asked for.",
        lambda result, y, *args: result * len(y),
    ),
    instead(
        "slope 0 at the kink",
        "Right wherever c lies between the values. Where c equals a value, 0 is a subgradient too, "
        "but the exercise asks for −q there.",
        lambda y, c, q: np.mean((y < c) * (1 - q) - (y > c) * q),
    ),
    instead(
        "count not divided",
        "You count the values below c. The slope needs their share: divide by their number, "
        "before you subtract q.",
        lambda y, c, q: np.sum(y < c) - q,
    ),
    instead(
        "share above",
        "You count the values above c. Those are the ones that pull c up, with a slope of −q.",
        lambda y, c, q: np.mean(y > c) - q,
    ),
    instead(
        "q not subtracted",
        "You return the share below c. The slope is 0 where that share reaches q: subtract q.",
        lambda y, c, q: np.mean(y < c),
    ),
    instead(
        "slope of the absolute error",
        "You take +1 and −1 for the two sides. Here they are 1 − q and −q.",
        lambda y, c, q: np.mean(np.sign(c - y)),
    ),
    instead(
        "value instead of slope",
        "That is the mean loss itself. Its slope is asked for.",
        lambda y, c, q: np.mean(np.maximum((1 - q) * (c - y), q * (y - c))),
    ),
)


def _rounds(number, weigh):
    """Return reweighted means after so many rounds, with weights of our choice."""

    def wrong(y, q):
        c = np.mean(y)
        for _ in range(number):
            weight = weigh(y, c, q)
            c = np.sum(weight * y) / np.sum(weight)
        return c

    return wrong


EXPECTILE = (
    instead(
        "weights exchanged",
        "You weigh the values *below* c with q. It is the other way round: for q = 0.9 those above "
        "count more, and the expectile lies above the mean.",
        _rounds(100, lambda y, c, q: np.where(y > c, 1 - q, q)),
    ),
    instead(
        "one round only",
        "You weigh once, by the sides of the mean. The new constant has other sides: weigh again, "
        "until nothing moves.",
        _rounds(1, lambda y, c, q: np.where(y > c, q, 1 - q)),
    ),
    *(
        instead(
            f"{rounds} rounds only",
            f"You weigh {rounds} times, and then the sides of the constant still change for some "
            "sample. Repeat until nothing moves; a hundred rounds are plenty.",
            _rounds(rounds, lambda y, c, q: np.where(y > c, q, 1 - q)),
        )
        for rounds in (2, 3)
    ),
    instead(
        "weights squared",
        "Your weights are squared. In the derivative of q · r² the weight stands as it is.",
        _rounds(100, lambda y, c, q: np.where(y > c, q, 1 - q) ** 2),
    ),
    instead(
        "quantile instead",
        "That is the q-quantile, which counts the values on either side. The expectile also asks "
        "how far away they are.",
        lambda y, q: np.quantile(y, q),
    ),
    instead(
        "quantile instead, a value of the sample",
        "That is the q-quantile, which counts the values on either side. The expectile also asks "
        "how far away they are.",
        lambda y, q: np.quantile(y, q, method="inverted_cdf"),
    ),
    instead(
        "mean instead",
        "That is the mean, the ½-expectile. Values above the constant weigh q, the others 1 − q.",
        lambda y, q: np.mean(y),
    ),
    instead(
        "not divided by the weights",
        "You divide by n. A weighted mean is divided by the sum of its weights.",
        lambda y, q: np.mean(np.where(y > np.mean(y), q, 1 - q) * y),
    ),
)


EXPECTED = (
    of_result(
        "sign reversed",
        "Your answer has the right size and the wrong sign. The logarithm of a probability is "
        "negative, and a loss is minus it.",
        lambda result, *args: -result,
    ),
    of_arguments(
        "chance and p exchanged",
        "You take the logarithm of the chance and weigh with the statement. The chance says how "
        "often; the statement is what is paid for.",
        lambda chance, p: (p, chance),
    ),
    of_arguments(
        "events exchanged",
        "You charge −log(1 − p) when the event happens. It costs −log p.",
        lambda chance, p: (1 - chance, p),
    ),
    instead(
        "second term forgotten",
        "You count the event only. With the chance 1 − chance it does not happen, and costs "
        "−log(1 − p).",
        lambda chance, p: -chance * np.log(p),
    ),
    instead(
        "expectation of p",
        "You take the log loss of the mean, not the mean of the log losses. Weigh the two costs, "
        "not the two probabilities.",
        lambda chance, p: -np.log(chance * p + (1 - chance) * (1 - p)),
    ),
    of_result(
        "base 2",
        "You measure in bits: a logarithm to the base 2. Here the natural logarithm is meant.",
        lambda result, *args: result / np.log(2),
    ),
    *clipped(1e-5, 1e-4, 1e-3, 1e-2),
    instead(
        "excess over the honest forecast",
        "That is how much more it costs than the honest statement. Do not subtract that one.",
        lambda chance, p: (
            chance * np.log(np.maximum(chance, 1e-300) / p)
            + (1 - chance) * np.log(np.maximum(1 - chance, 1e-300) / (1 - p))
        ),
    ),
)


def _given(y, p):
    return np.where(y == 1, p, 1 - p)


SPHERICAL = (
    instead(
        "1 and ratio in one fraction",
        "You divide the whole of 1 minus the probability by the length. Divide the probability "
        "alone, and subtract the ratio from 1.",
        lambda y, p: (1 - _given(y, p)) / np.sqrt(p**2 + (1 - p) ** 2),
    ),
    instead(
        "1 forgotten",
        "You return minus the score. The loss is 1 minus it, so that it is 0 at best.",
        lambda y, p: -_given(y, p) / np.sqrt(p**2 + (1 - p) ** 2),
    ),
    instead(
        "1 − forgotten",
        "That is the score, which is the larger the better. The loss is 1 minus it.",
        lambda y, p: _given(y, p) / np.sqrt(p**2 + (1 - p) ** 2),
    ),
    instead(
        "root forgotten",
        "You divide by the squared length. The length of a vector is the root of the sum of the "
        "squares.",
        lambda y, p: 1 - _given(y, p) / (p**2 + (1 - p) ** 2),
    ),
    instead(
        "length of the whole batch",
        "You divide by the length of all forecasts together. Each forecast is a vector of its own, "
        "with its own length.",
        lambda y, p: 1 - _given(y, p) / np.sqrt(np.sum(p**2 + (1 - p) ** 2)),
    ),
    instead(
        "not divided",
        "You do not divide by the length of the forecast. What is left is the absolute error, "
        "which is not proper.",
        lambda y, p: 1 - _given(y, p),
    ),
    instead(
        "events exchanged",
        "You take 1 − p where the label is 1. p is the probability of a 1.",
        lambda y, p: 1 - _given(1 - y, p) / np.sqrt(p**2 + (1 - p) ** 2),
    ),
    instead(
        "class 0 forgotten",
        "You use p whatever the label. Where the label is 0, what happened had the probability "
        "1 − p.",
        lambda y, p: 1 - p / np.sqrt(p**2 + (1 - p) ** 2),
    ),
)
