"""Typical mistakes with limits, scales and inverse time of the learning rate."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments, of_result

# --- the largest rate that works: (candidates, curvatures) --------------------------------------


def _below(limit, candidates):
    stable = candidates[candidates < limit]
    return stable.max() if len(stable) else 0.0


def _at_most(candidates, curvatures):
    stable = candidates[candidates <= 2 / curvatures.max()]
    return stable.max() if len(stable) else 0.0


def _first(candidates, curvatures):
    stable = candidates[candidates < 2 / curvatures.max()]
    return stable[0] if len(stable) else 0.0


def _all_stable(candidates, curvatures):
    return candidates[candidates < 2 / curvatures.max()]


def _smallest(candidates, curvatures):
    stable = candidates[candidates < 2 / curvatures.max()]
    return stable.min() if len(stable) else 0.0


LARGEST = (
    instead(
        "1/λ for 2/λ",
        "You take 1/λ for the limit. There a step arrives in one go; up to 2/λ it overshoots and "
        "still converges.",
        lambda candidates, curvatures: _below(1 / curvatures.max(), candidates),
    ),
    instead(
        "smallest curvature",
        "You take the smallest curvature, or let a rate pass that is stable in *some* direction. "
        "The steepest explodes first: take the largest curvature.",
        lambda candidates, curvatures: _below(2 / curvatures.min(), candidates),
    ),
    instead(
        "mean curvature",
        "You take the mean of the curvatures. One direction that explodes is enough: take the "
        "largest.",
        lambda candidates, curvatures: _below(2 / curvatures.mean(), candidates),
    ),
    instead(
        "sum of curvatures",
        "You add the curvatures up. The largest alone decides.",
        lambda candidates, curvatures: _below(2 / curvatures.sum(), candidates),
    ),
    instead(
        "best fixed step",
        "2/(λmin + λmax) is the best fixed step of all. The largest stable one is longer: "
        "anything below 2/λmax.",
        lambda candidates, curvatures: _below(
            2 / (curvatures.min() + curvatures.max()), candidates
        ),
    ),
    instead(
        "limit included",
        "You let the limit itself pass. There the error changes its sign for ever and never "
        "shrinks: use `<`.",
        _at_most,
    ),
    instead(
        "largest of all candidates",
        "You return the largest candidate, stable or not.",
        lambda candidates, curvatures: candidates.max(),
    ),
    instead(
        "limit instead of a candidate",
        "You return the limit. One of the candidates is asked for, the largest below it.",
        lambda candidates, curvatures: 2 / curvatures.max(),
    ),
    instead(
        "first that works",
        "You return the first candidate that works. They are in no order: take the largest.",
        _first,
    ),
    instead(
        "all that work",
        "You return all candidates that are stable. Return the largest of them, one number, and "
        "0.0 where there is none.",
        _all_stable,
    ),
    instead(
        "smallest that works",
        "You return the smallest candidate that works, which is the slowest.",
        _smallest,
    ),
)

# --- a rate moves: (lr, n, c) -------------------------------------------------------------------

MOVED = (
    instead(
        "nothing changed",
        "You keep the rate. Gradient descent knows nothing of units: other gradients need another "
        "rate.",
        lambda lr, n, c: lr,
    ),
    of_arguments(
        "sum forgotten",
        "You do not divide by n. A sum over the batch has a gradient n times as long.",
        lambda lr, n, c: (lr, 1, c),
    ),
    of_arguments(
        "multiplied by n",
        "You multiply by n. The gradient of the sum is n times as long, so the rate must be n "
        "times as small.",
        lambda lr, n, c: (lr, 1 / n, c),
    ),
    of_arguments(
        "root of n",
        "You divide by the root of n. That is how the noise of a mean shrinks; the length of the "
        "gradient grows with n itself.",
        lambda lr, n, c: (lr, n**0.5, c),
    ),
    of_arguments(
        "n twice",
        "You divide by n twice. The sum is n times the mean.",
        lambda lr, n, c: (lr, n**2, c),
    ),
    of_arguments(
        "features forgotten",
        "The features make no difference to your rate. Larger ones make the ground steeper.",
        lambda lr, n, c: (lr, n, 1.0),
    ),
    of_arguments(
        "c once",
        "You divide by c once. The gradient is c times as long, and the weights that it is "
        "subtracted from are c times as small: c².",
        lambda lr, n, c: (lr, n, c**0.5),
    ),
    of_arguments(
        "multiplied by c²",
        "You multiply by c². Larger features make the ground steeper, so the rate must shrink.",
        lambda lr, n, c: (lr, n, 1 / c),
    ),
    of_arguments(
        "multiplied by c",
        "You multiply by c. Larger features make the ground steeper, so the rate must shrink, and "
        "by c².",
        lambda lr, n, c: (lr, n, c**-0.5),
    ),
)

# --- inverse time: (lr, curvature, steps) -------------------------------------------------------

INVERSE = (
    instead(
        "starts one step late",
        "Your first rate is already the second. The list begins with `lr`: count from 0.",
        lambda lr, curvature, steps: 1 / (1 / lr + curvature * np.arange(1, steps + 1)),
    ),
    instead(
        "reciprocals",
        "You return the reciprocals of the rates.",
        lambda lr, curvature, steps: 1 / lr + curvature * np.arange(steps),
    ),
    instead(
        "lr forgotten in the denominator",
        "You divide `lr` by 1 + λt. The reciprocal 1/lr grows by λ: put over `lr`, the denominator "
        "is 1 + lr·λ·t.",
        lambda lr, curvature, steps: lr / (1 + curvature * np.arange(steps)),
    ),
    instead(
        "divided by the curvature",
        "You divide the time by the curvature. Multiply: a steeper parabola is known sooner, and "
        "its rate falls faster.",
        lambda lr, curvature, steps: 1 / (1 / lr + np.arange(steps) / curvature),
    ),
    instead(
        "curvature ignored",
        "Your reciprocals grow by 1 in every step. They grow by the curvature.",
        lambda lr, curvature, steps: 1 / (1 / lr + np.arange(steps)),
    ),
    instead(
        "rates fall by the curvature",
        "You subtract from the rate. It is its reciprocal to which something is added.",
        lambda lr, curvature, steps: lr - curvature * np.arange(steps),
    ),
    instead(
        "shrunk again and again",
        "You overwrite `lr` and divide the smaller one by 1 + lr·λ·t in the next turn: it falls "
        "much too fast. Compute each rate from the first.",
        lambda lr, curvature, steps: lr / np.cumprod(1 + lr * curvature * np.arange(steps)),
    ),
    instead(
        "exponential",
        "You divide by the same factor in every step: exponential decay. The reciprocal grows by "
        "the same amount.",
        lambda lr, curvature, steps: lr / (1 + lr * curvature) ** np.arange(steps),
    ),
    of_arguments(
        "one rate too many",
        "You return one rate too many. `np.arange(steps)` counts from 0 to `steps - 1`.",
        lambda lr, curvature, steps: (lr, curvature, steps + 1),
    ),
    of_result(
        "in reverse order",
        "Your rates are in reverse order. They begin with `lr` and fall.",
        lambda result, *args: result[::-1],
    ),
)
