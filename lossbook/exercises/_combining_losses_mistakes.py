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
    of_result(
        "product below",
        "You divide by a₁ a₂. Divide by the sum of the weights.",
        lambda result, y1, y2, a1, a2: result * (a1 + a2) / (a1 * a2),
    ),
    of_arguments(
        "roots of the weights",
        "You weigh by √a. The roots belong to least squares on stacked rows, which squares them "
        "again; in the mean stand the weights themselves.",
        lambda y1, y2, a1, a2: (y1, y2, np.sqrt(a1), np.sqrt(a2)),
    ),
    instead(
        "minus in place of plus",
        "You take a₂ y₂ away. In a₁ (ŷ − y₁) + a₂ (ŷ − y₂) = 0 both targets have the same sign.",
        lambda y1, y2, a1, a2: (a1 * y1 - a2 * y2) / (a1 + a2),
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
    instead(
        "half of the losses",
        "You return half of each loss. `1 / 2 * losses` divides first; 1/(2v) is "
        "`1 / (2 * losses)`.",
        lambda losses: losses / 2,
    ),
    instead(
        "a floor of ½",
        "You keep the variances at ½ or above. That was the repair; asked for are the weights "
        "without a floor.",
        lambda losses: 1 / (2 * np.maximum(losses, 0.5)),
    ),
    of_result(
        "divided by the number of tasks",
        "You divide by the number of tasks. The objective is a sum, and each weight is 1/(2v) "
        "however many there are.",
        lambda result, losses: result / len(losses),
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
