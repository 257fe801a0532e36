"""Exercises of the chapter *Combining losses, and writing your own*."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lossbook.custom import ResidualLoss
from lossbook.exercises import Exercise, register
from lossbook.exercises._combining_losses_examined import examined
from lossbook.exercises._combining_losses_gradient_mistakes import FIRST_ORDER, PROJECT
from lossbook.exercises._combining_losses_mistakes import COMPROMISE, OWN_LOSS, WEIGHTS
from lossbook.exercises.kinds import Kind, choice, number

# --- units and weights ---


def weight_of_centimetres():
    """Return the weight that a squared error in centimetres needs to count as in metres."""
    return 1 / 100**2


register(
    Exercise(
        "combining.unit",
        kind=number,
        reference=weight_of_centimetres,
        title="The weight of a squared error whose target changes from metres to centimetres",
        hints=(
            "How many centimetres is a residual of one metre? And its square?",
            "The loss becomes c² times as large, with c = 100. The weight must undo that.",
        ),
        mistakes={
            0.01: "That undoes the factor 100 of a residual. The loss is its square.",
            10000.0: "That is how much larger the loss becomes. The weight must undo it.",
            100.0: "That is by how much a residual grows. The loss grows by its square, and the "
            "weight must undo that.",
            1.0: "With the weight left as it is, this task counts 10000 times as much as before.",
        },
    )
)


def _pairs(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield two targets of each sample, and their weights."""
    yield np.array([0.0]), np.array([1.0]), 1.0, 3.0
    yield np.array([2.0, 5.0]), np.array([4.0, 5.0]), 0.5, 2.0
    for n in np.linspace(1, 30, 12).astype(int):
        weights = rng.uniform(0.1, 4, 2).round(2)
        yield *(3 * rng.standard_normal((2, n))), *map(float, weights)


compromise_of_two = Kind(
    "compromise of two targets",
    ("y1", "y2", "a1", "a2"),
    "one number per sample",
    _pairs,
    "pairs of targets of 1 to 30 samples, with weights from 0.1 to 4",
    "the minimiser",
)


def compromise(y1, y2, a1, a2):
    """Return the predictions of least weighted sum of squared errors of both targets."""
    return (a1 * y1 + a2 * y2) / (a1 + a2)


register(
    Exercise(
        "combining.compromise",
        kind=compromise_of_two,
        reference=compromise,
        title="The prediction that minimises a₁ (ŷ − y₁)² + a₂ (ŷ − y₂)² for each sample",
        hints=(
            "Differentiate by ŷ and set the slope to zero.",
            "a₁ (ŷ − y₁) + a₂ (ŷ − y₂) = 0. Collect what stands before ŷ.",
        ),
        mistakes=COMPROMISE,
    )
)


def _losses(rng: np.random.Generator) -> Iterator[tuple]:
    yield (np.array([2.0]),)
    yield (np.array([4.0, 0.25]),)
    for k in (2, 3, 4, 5, 3, 2):
        yield (10 ** rng.uniform(-4, 4, k),)


weights_of_tasks = Kind(
    "weights of the tasks",
    ("losses",),
    "one number per task",
    _losses,
    "arrays of 1 to 5 mean squared errors from 0.0001 to 10000",
    "the minimiser over the variances",
)


def best_weights(losses):
    """Return the weights that the best variances give to each task's mean squared error."""
    return 1 / (2 * losses)


register(
    Exercise(
        "combining.weights",
        kind=weights_of_tasks,
        reference=best_weights,
        title="The weight of each task when its variance is learned",
        level=2,
        hints=(
            "One task at a time: which v = σ² makes L/(2v) + ½ log v least?",
            "The best v is L itself. What stands before L in L/(2v)?",
        ),
        mistakes=WEIGHTS,
    )
)

# --- gradients ---


def _gradients(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield two gradients: in conflict, at a right angle, and in agreement."""
    yield np.array([1.0]), np.array([-2.0])
    yield np.array([1.0, 0.0]), np.array([-1.0, 1.0])
    yield np.array([3.0, 0.0]), np.array([0.0, 2.0])
    yield np.array([2.0, 1.0]), np.array([1.0, 2.0])
    yield np.array([3.0, 1.0]), np.array([1.0, -1.0])  # they agree, their second entries do not
    yield np.array([1.0, -3.0]), np.array([1.0, 1.0])  # and the other way round
    for d in (2, 3, 4, 6, 8, 10):
        first, second = rng.standard_normal((2, d))
        yield first, second * float(rng.choice([0.2, 1.0, 5.0]))
        yield first, -first + rng.standard_normal(d) / 2


def _steps(rng: np.random.Generator) -> Iterator[tuple]:
    for first, second in _gradients(rng):
        yield first, second, round(float(rng.uniform(0.01, 0.5)), 2)


change_of_both = Kind(
    "first-order change of two losses",
    ("g1", "g2", "lr"),
    "two numbers: the change of the first loss and that of the second",
    _steps,
    "pairs of gradients of 1 to 10 parameters, at angles below and above 90°",
    "the first-order model",
)


def first_order(g1, g2, lr):
    """Return the change of each loss, to first order, by a step of -lr times the sum."""
    step = -lr * (g1 + g2)
    return np.array([g1 @ step, g2 @ step])


register(
    Exercise(
        "combining.first_order",
        kind=change_of_both,
        reference=first_order,
        title="How much each loss changes, to first order, by a step against the sum of gradients",
        level=2,
        hints=(
            "By a step s a loss with gradient g changes by about g · s.",
            "The step is the same for both: −lr (g₁ + g₂). Only the gradient before it differs.",
        ),
        mistakes=FIRST_ORDER,
    )
)

direction = Kind(
    "direction without conflict",
    ("g1", "g2"),
    "an array of the shape of g1",
    _gradients,
    "pairs of gradients of 1 to 10 parameters, at angles below and above 90°",
    "the projection",
)


def project(g1, g2):
    """Return the sum of two gradients; in conflict, each without its part along the other."""
    if g1 @ g2 >= 0:
        return g1 + g2
    along = g1 @ g2
    return g1 - along / (g2 @ g2) * g2 + g2 - along / (g1 @ g1) * g1


register(
    Exercise(
        "combining.project",
        kind=direction,
        reference=project,
        title="The sum of two gradients after each has lost what works against the other",
        level=3,
        hints=(
            "First ask whether there is a conflict: the sign of g₁ · g₂.",
            "The part of g₁ along g₂ is (g₁ · g₂) / (g₂ · g₂) times g₂.",
            "Both projections start from the gradients as they came in.",
        ),
        mistakes=PROJECT,
    )
)


def cure():
    """Return what a fall of one task after a change of its unit calls for."""
    return "divide by the variance"


register(
    Exercise(
        "combining.cure",
        kind=choice,
        reference=cure,
        options=("project the gradients", "divide by the variance", "learning rate", "self-paced"),
        title="What to do when a task is neglected since its unit was changed",
        level=2,
        hints=(
            "What did the change of the unit do to the loss of that task? Undo just that.",
            "One remedy makes the loss of each task a pure number, whatever the unit.",
        ),
        mistakes={
            "project the gradients": "The first steps lose less, but the run stops wherever it "
            "meets the front, and where that is depends on the unit still.",
            "learning rate": "Another step size walks the same path to the same minimum, in which "
            "this task hardly counts.",
            "self-paced": "That chooses between samples. Here a whole task has lost its weight.",
        },
    )
)

# --- a loss of the reader's own ---


def _costs(rng: np.random.Generator) -> Iterator[tuple[float, float]]:
    yield 4.0, 1.0
    yield 1.0, 3.0
    yield 0.5, 2.5


loss_of_ones_own = Kind(
    "loss of one's own",
    ("short", "over"),
    "a loss with these two costs, which keeps the contract and whose claims hold",
    _costs,
    "pairs of costs",
    "the definition, and with what check_loss examines",
    read=examined,
    part_names=("value", "slope", "formula"),
)


@dataclass(frozen=True)
class MyBill(ResidualLoss):
    """Cost `short` a unit too low and `over` a unit too high."""

    short: float
    over: float

    def _value(self, r):
        return np.maximum(self.over * r, -self.short * r)

    def _grad(self, r):
        return np.where(r > 0, self.over, -self.short)

    @staticmethod
    def _formula(sp, r, short, over):
        return sp.Max(over * r, -short * r)

    def _facts(self):
        steepest = max(self.short, self.over)
        return {"convex": True, "lipschitz": steepest, "kinks": (0.0,)}


register(
    Exercise(
        "combining.own_loss",
        kind=loss_of_ones_own,
        reference=MyBill,
        imports="from dataclasses import dataclass\n\nfrom lossbook.custom import ResidualLoss",
        title="A class that charges `short` a unit too low and `over` a unit too high",
        level=3,
        hints=(
            "The residual is prediction minus truth: positive means too high, so `over`.",
            "`np.maximum(over * r, -short * r)` is the loss; its slope is `over` or `-short`.",
            'The claims are `{"convex": True, "lipschitz": …, "kinks": (0.0,)}`: kinks is a tuple '
            "of places, here of one. How steep is the loss at most?",
        ),
        mistakes=OWN_LOSS,
        seconds=30.0,
    )
)
