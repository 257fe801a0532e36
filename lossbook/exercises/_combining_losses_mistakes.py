"""Mistakes typical of the exercises of *Combining losses, and writing your own*."""

from collections.abc import Callable

import numpy as np

from lossbook.exercises._mistake import Mistake
from lossbook.exercises.mistakes import instead, of_arguments, of_result

COMPROMISE = (
    instead(
        "weights ignored",
        "This is the plain mean of the two targets. The one with the larger weight pulls harder.",
        lambda y1, y2, a1, a2: (y1 + y2) / 2,
    ),
    of_arguments(
        "weights exchanged",
        "You weigh the first target by a₂ and the second by a₁. Each keeps its own.",
        lambda y1, y2, a1, a2: (y1, y2, a2, a1),
    ),
    of_result(
        "not divided by the sum of the weights",
        "You do not divide by a₁ + a₂. Where both targets agree, the prediction must be what they "
        "agree on.",
        lambda result, y1, y2, a1, a2: result * (a1 + a2),
    ),
    of_result(
        "divided by 2",
        "You divide by 2, the number of targets. Divide by the sum of the weights.",
        lambda result, y1, y2, a1, a2: result * (a1 + a2) / 2,
    ),
    of_arguments(
        "weights squared",
        "You square the weights. That is right for (a (ŷ − y))²; here the weight stands outside "
        "the square.",
        lambda y1, y2, a1, a2: (y1, y2, a1**2, a2**2),
    ),
    instead(
        "the heavier target",
        "You return the target with the larger weight. That is how the sum of two *absolute* "
        "errors decides; squared ones share.",
        lambda y1, y2, a1, a2: y1 if a1 >= a2 else y2,
    ),
)

WEIGHTS = (
    of_result(
        "½ forgotten",
        "The variance is right. But in L/(2v) a 2 stands beside it: 1/(2v) is asked for.",
        lambda result, losses: 2 * result,
    ),
    instead(
        "the variance instead of the weight",
        "You return the best variance, L. The weight is what stands before L: 1/(2v).",
        lambda losses: 1.0 * losses,
    ),
    instead(
        "squared twice",
        "You take L² for the best variance. A mean squared error is a square already: v = L.",
        lambda losses: 1 / (2 * losses**2),
    ),
    instead(
        "deviation instead of variance",
        "You divide by the standard deviation, √L. In the likelihood stands the variance.",
        lambda losses: 1 / (2 * np.sqrt(losses)),
    ),
    of_result(
        "scaled to sum 1",
        "You scale the weights to a sum of 1. The direction of the step is the same; the weights "
        "asked for are 1/(2v).",
        lambda result, losses: result / result.sum(),
    ),
    instead(
        "½ log L",
        "That is what is left of the objective, up to a constant. Asked for is what stands "
        "before L.",
        lambda losses: np.log(losses) / 2,
    ),
)

FIRST_ORDER = (
    of_result(
        "sign reversed",
        "Right size, wrong sign. The step goes *against* the sum, so a loss whose gradient agrees "
        "with the sum falls.",
        lambda result, g1, g2, lr: -result,
    ),
    instead(
        "own gradient only",
        "You let each loss take a step against its own gradient. The step is one for both, "
        "against the sum: what the other gradient adds is missing.",
        lambda g1, g2, lr: -lr * np.array([g1 @ g1, g2 @ g2]),
    ),
    instead(
        "the other gradient only",
        "You count what the other gradient does. The own one is in the sum too.",
        lambda g1, g2, lr: -lr * (g1 @ g2) * np.ones(2),
    ),
    instead(
        "learning rate forgotten",
        "The length of the step is missing: it is `lr` times the sum of the gradients.",
        lambda g1, g2, lr: -np.array([g1 @ (g1 + g2), g2 @ (g1 + g2)]),
    ),
    of_result(
        "exchanged",
        "You return the two the wrong way round: the change of the first loss comes first.",
        lambda result, g1, g2, lr: result[::-1],
    ),
    of_result(
        "the sum of both",
        "You return the change of the sum of the losses. Asked for are two numbers, one a loss.",
        lambda result, g1, g2, lr: result.sum(),
    ),
    instead(
        "gradients of length 1",
        "You scale the gradients to length 1. Their lengths count: a longer one outvotes the "
        "other.",
        lambda g1, g2, lr: -lr * (1 + _cosine(g1, g2)) * np.ones(2),
    ),
)


def _cosine(g1: np.ndarray, g2: np.ndarray) -> float:
    return g1 @ g2 / np.sqrt((g1 @ g1) * (g2 @ g2))


def _without(g: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return what is left of `g` when its part along `other` is taken away."""
    return g - (g @ other) / (other @ other) * other


def _in_conflict(change: Callable) -> Callable:
    """Return a wrong answer that is the plain sum where there is no conflict."""
    return lambda g1, g2: g1 + g2 if g1 @ g2 >= 0 else change(g1, g2)


PROJECT = (
    instead(
        "not projected",
        "This is the plain sum. Where the gradients are in conflict, take from each its part "
        "along the other first.",
        lambda g1, g2: g1 + g2,
    ),
    instead(
        "projected without a conflict",
        "You project always. Where the gradients agree, the part along the other helps both: "
        "leave it.",
        lambda g1, g2: _without(g1, g2) + _without(g2, g1),
    ),
    instead(
        "one of them only",
        "You project g₁ and leave g₂ as it is: it still works against the first loss. (Or you "
        "project g₂ on what is left of g₁, which is at a right angle to it: use g₁ as it came in.)",
        _in_conflict(lambda g1, g2: _without(g1, g2) + g2),
    ),
    instead(
        "the other only",
        "You project g₂ and leave g₁ as it is. What is left of g₁ still works against the second "
        "loss.",
        _in_conflict(lambda g1, g2: g1 + _without(g2, g1)),
    ),
    instead(
        "divided by the length",
        "You divide g₁ · g₂ by the length of the other gradient. Divide by the square of its "
        "length, g · g.",
        _in_conflict(
            lambda g1, g2: g1 + g2 - (g1 @ g2) * (g2 / np.sqrt(g2 @ g2) + g1 / np.sqrt(g1 @ g1))
        ),
    ),
    instead(
        "own length instead of the other's",
        "You divide by the square of the gradient's own length. The part along the other needs "
        "the other's.",
        _in_conflict(lambda g1, g2: g1 + g2 - (g1 @ g2) * (g2 / (g1 @ g1) + g1 / (g2 @ g2))),
    ),
    instead(
        "part added instead of taken away",
        "You add the part along the other instead of taking it away: the dot product is negative "
        "in a conflict, and minus a negative number is what is wanted.",
        _in_conflict(lambda g1, g2: g1 + g2 + (g1 @ g2) * (g2 / (g2 @ g2) + g1 / (g1 @ g1))),
    ),
    instead(
        "mean instead of sum",
        "You return the mean of the two. The sum is asked for.",
        lambda g1, g2: (g1 + g2 if g1 @ g2 >= 0 else _without(g1, g2) + _without(g2, g1)) / 2,
    ),
)


def _loss(below: Callable, above: Callable, slope: Callable | None = None) -> Callable:
    """Return a loss of straight lines, or one whose slope is not that of its lines."""

    def wrong(short, over):
        from dataclasses import dataclass

        from lossbook.custom import ResidualLoss

        low, high = below(short, over), above(short, over)

        @dataclass(frozen=True)
        class Bill(ResidualLoss):
            short: float
            over: float

            def _value(self, r):
                return np.where(r > 0, high * r, low * r)

            def _grad(self, r):
                right = np.where(r > 0, high, low)
                return right if slope is None else slope(right, r)

            @staticmethod
            def _formula(sp, r, short, over):
                return sp.Piecewise((sp.Rational(high) * r, r > 0), (sp.Rational(low) * r, True))

            def _facts(self):
                steepest = max(abs(low), abs(high))
                return {"convex": True, "lipschitz": steepest, "kinks": (0.0,)}

        return Bill(short, over)

    return wrong


def _short(short, over):
    return -short


def _over(short, over):
    return over


OWN_LOSS: tuple[Mistake, ...] = (
    instead(
        "sides exchanged",
        "You charge `short` for a prediction that is too high. The residual is prediction minus "
        "truth, so a positive one is too high. Everything else agrees with itself: "
        "only you can know which side was meant.",
        _loss(lambda short, over: -over, lambda short, over: short),
    ),
    instead(
        "sign of the gradient reversed",
        "Value and formula are right, and your gradient has the right size and the wrong sign. "
        "Too high must have a positive slope.",
        _loss(_short, _over, lambda right, r: -right),
    ),
    instead(
        "slope without its sign below",
        "Value and formula are right. Below zero your slope is +short: the loss falls there as "
        "the prediction rises, so it is −short.",
        _loss(_short, _over, lambda right, r: np.abs(right)),
    ),
    instead(
        "value in place of the slope",
        "Value and formula are right. `_grad` returns the loss; its derivative is asked for.",
        _loss(_short, _over, lambda right, r: right * r),
    ),
    instead(
        "slope of the absolute error",
        "Value and formula are right. Your slope is −1 or 1: the costs are missing.",
        _loss(_short, _over, lambda right, r: np.sign(right)),
    ),
    instead(
        "slope of the other side",
        "Value and formula are right. Your slope has the costs on the wrong sides: above zero it "
        "is `over`, below zero −`short`.",
        _loss(_short, _over, lambda right, r: right[::-1]),
    ),
    instead(
        "half of each cost",
        "Your loss is half of what is asked for everywhere: too low costs `short` a unit, not "
        "half of it.",
        _loss(lambda short, over: -short / 2, lambda short, over: over / 2),
    ),
    instead(
        "costs scaled to sum 1",
        "This is the quantile loss: your costs are divided by their sum. The minimum is the same; "
        "the bill is not.",
        _loss(
            lambda short, over: -short / (short + over), lambda short, over: over / (short + over)
        ),
    ),
)
