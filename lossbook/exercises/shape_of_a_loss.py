"""Exercises of the chapter *The shape of a loss*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._shape_mistakes import CHAIN, CHORD, PULLERS, SAFE_STEP, SHIFT
from lossbook.exercises.domains import MARGINS
from lossbook.exercises.kinds import Kind, choice, number

# --- convex ---


def _heights(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield heights of curves at the left, in the middle and at the right of a chord."""
    yield np.array([1.0]), np.array([2.0]), np.array([1.0])
    yield np.array([4.0, 0.0]), np.array([1.0, 0.5]), np.array([0.0, 2.0])
    for n in np.linspace(1, 30, 20).astype(int):
        yield tuple(rng.normal(0, 3, (3, n)))


heights_of_chords = Kind(
    "gap between curve and chord",
    ("left", "middle", "right"),
    "one number per chord",
    _heights,
    "heights of 1 to 30 curves at three places, the middle one half-way",
    "the definition",
)


def gap(left, middle, right):
    """Return how far each curve rises above its chord half-way."""
    return middle - (left + right) / 2


register(
    Exercise(
        "shape.chord",
        kind=heights_of_chords,
        reference=gap,
        title="How far a curve rises above its chord",
        hints=(
            "How high is a straight line half-way between its ends?",
            "The chord is at (left + right) / 2. Above it is positive.",
        ),
        mistakes=CHORD,
    )
)

# --- Lipschitz ---


def the_unbounded_one():
    """Return the loss whose slope has no bound."""
    return "squared hinge"


register(
    Exercise(
        "shape.lipschitz",
        kind=choice,
        reference=the_unbounded_one,
        title="Which loss is not Lipschitz",
        hints=(
            "Look at each far out on its bad side: a straight line, or steeper and steeper?",
            "Three of the four become straight lines. The fourth is a square there.",
        ),
        options=("hinge", "squared hinge", "logistic", "pseudo-Huber"),
        mistakes={
            "hinge": "It has a kink, and so no bound on its curvature. But its slope is −1 or 0.",
            "logistic": "Its slope is minus a sigmoid, and a sigmoid is below 1.",
            "pseudo-Huber": "It grows without bound, but as a line: its slope stays below δ.",
        },
    )
)

# --- smooth ---


def _designs(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield design matrices, the smallest first."""
    yield (np.array([[2.0]]),)
    yield (np.array([[1.0], [3.0]]),)
    yield (np.array([[1.0, 0.0], [0.0, 3.0], [1.0, 1.0]]),)
    for n in np.linspace(4, 40, 20).astype(int):
        yield (rng.normal(0, 2, (n, int(rng.integers(1, 6)))),)


step_of_design = Kind(
    "safe step size",
    ("X",),
    "one number",
    _designs,
    "design matrices of 1 to 40 samples and 1 to 5 columns",
    "the definition",
)


def safe_step(X, smoothness):
    """Return 1/β for the mean of a loss with this strongest curvature, of a linear model."""
    return 1 / (smoothness * np.linalg.eigvalsh(X.T @ X / len(X)).max())


register(
    Exercise(
        "shape.safe_step",
        kind=step_of_design,
        reference=safe_step,
        title="The step 1/β of a linear model, from the card of its loss",
        params={"smoothness": (2.0, 1.0, 0.25)},
        hints=(
            "β is the curvature of the loss times the largest eigenvalue of a matrix. Which?",
            "The matrix is XᵀX / n; `np.linalg.eigvalsh` gives its eigenvalues.",
            "1 / (smoothness * largest).",
        ),
        level=2,
        mistakes=SAFE_STEP,
    )
)

# --- robust ---


def _samples_and_newcomers(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([2.0]), 4.0
    yield np.array([1.0, 3.0]), 8.0
    for n in np.linspace(1, 50, 25).astype(int):
        yield rng.normal(5, 3, n), round(float(rng.normal(0, 30)), 1)


shift_of_estimate = Kind(
    "shift of an estimate",
    ("y", "v"),
    "one number",
    _samples_and_newcomers,
    "samples of 1 to 50 values and one value more, near and far",
    "the definition",
)


def shift(y, v):
    """Return how far the mean moves when one more value joins."""
    return (v - np.mean(y)) / (len(y) + 1)


register(
    Exercise(
        "shape.shift",
        kind=shift_of_estimate,
        reference=shift,
        title="How far one more value moves the mean",
        hints=(
            "The mean of n + 1 values minus the mean of n.",
            "`np.append(y, v)` is the sample with the newcomer in it. Compare the two means.",
        ),
        mistakes=SHIFT,
    )
)

# --- margin ---

count_of_samples = Kind(
    "count of samples",
    MARGINS.arguments,
    "one number",
    MARGINS.cases,
    f"batches of 1 to 50 samples ({MARGINS.text})",
    "the definition",
)


def pullers(y_true, z):
    """Return how many samples pull under the hinge loss."""
    return np.sum(y_true * z < 1)


register(
    Exercise(
        "shape.pullers",
        kind=count_of_samples,
        reference=pullers,
        title="How many samples pull under the hinge loss",
        hints=(
            "A sample pulls where the loss has a slope. From which margin on is the hinge flat?",
            "The margin is label times score, and the hinge is flat beyond 1.",
        ),
        level=2,
        mistakes=PULLERS,
    )
)

# --- a penalty, and a chain ---


def condition_with_penalty():
    """Return the condition number when L2 has been added."""
    curvatures, strength = np.array([0.5, 8.0]), 2
    return (curvatures.max() + strength) / (curvatures.min() + strength)


register(
    Exercise(
        "shape.penalty",
        kind=number,
        reference=condition_with_penalty,
        title="The condition number beside an L2 penalty",
        hints=(
            "What does (λ/2) w² add to a second derivative?",
            "Both curvatures grow by 2. Then divide the larger by the smaller.",
        ),
        level=2,
        mistakes={
            16.0: "That is without the penalty: 8 / 0.5. It adds its strength to both curvatures.",
            9 / 1.5: "You add half the strength. The second derivative of (λ/2) w² is λ.",
            12 / 4.5: "You add twice the strength. The second derivative of (λ/2) w² is λ.",
            0.25: "Upside down: the larger curvature over the smaller one.",
            20.0: "You add 2 to the larger curvature only. L2 bends every direction.",
            3.2: "You add 2 to the smaller curvature only. L2 bends every direction.",
        },
    )
)


def _chains(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield inputs and weights of chains, the shortest first."""
    yield 0.0, np.array([1.0])
    yield 1.0, np.array([2.0])
    yield 0.5, np.array([1.0, -3.0])
    for depth in (2, 3, 3, 4, 5, 5, 6, 8, 10, 12):
        yield round(float(rng.normal()), 2), rng.normal(0, 3, depth).round(2)


slope_of_chain = Kind(
    "slope of a chain",
    ("x", "w"),
    "one number",
    _chains,
    "chains of 1 to 12 sigmoids with weights of both signs",
    "the chain rule",
)


def chain(x, w):
    """Return the derivative of the last output of a chain of sigmoids by its input."""
    slope = 1.0
    for weight in w:
        x = 1 / (1 + np.exp(-weight * x))
        slope = slope * weight * x * (1 - x)
    return slope


register(
    Exercise(
        "shape.chain",
        kind=slope_of_chain,
        reference=chain,
        title="The slope of a chain of sigmoids",
        hints=(
            "Each link a ← σ(w a) multiplies the slope by its own. What is the slope of one link?",
            "By the chain rule w σ(1 − σ), where σ is the output of this link.",
            "Loop over the weights: first the new `x`, then `slope * weight * x * (1 - x)`.",
        ),
        level=3,
        mistakes=CHAIN,
    )
)
