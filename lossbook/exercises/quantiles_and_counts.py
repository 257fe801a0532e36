"""Exercises of the chapter *Quantiles and counts*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._quantiles_and_counts_mistakes import (
    CONSTANT,
    COVERAGE,
    POISSON_GRADIENT,
    TWEEDIE,
    VALUE,
)
from lossbook.exercises.domains import COUNTS
from lossbook.exercises.kinds import Kind, mean_value, number, pointwise_gradient

# --- quantiles ---


def above_the_line():
    """Return how many of 160 samples can lie above a line fitted with q = 0.95."""
    return 160 - 0.95 * 160


register(
    Exercise(
        "quantile.above",
        kind=number,
        reference=above_the_line,
        title="How many of 160 training samples can lie above the line for q = 0.95",
        hints=(
            "Below the line lie at most q n samples. How many lie below or on it, at least?",
            "At least q n lie below or on it, so at most n − q n lie above.",
        ),
        mistakes={
            152.0: "That is q n, the most that can lie *below* the line. Above is the rest.",
            6.0: "You have taken off two samples that lie on the line. How many lie below or *on* "
            "it is the count that has a lower bound, so they are in it already.",
            0.05: "That is the share. The number of samples is asked for.",
            4.0: "That would be a share of 0.025 above. The line for 0.95 leaves 0.05.",
        },
    )
)


def quantile_value(y_true, y_pred, q):
    """Return the mean quantile loss."""
    r = y_pred - y_true
    return np.mean(np.where(r > 0, (1 - q) * r, -q * r))


register(
    Exercise(
        "quantile.value",
        kind=mean_value,
        reference=quantile_value,
        title="The mean quantile loss of a batch",
        params={"q": (0.9, 0.5, 0.2)},
        hints=(
            "For q = 0.9: which residuals are expensive, the positive or the negative ones?",
            "A unit too low (r < 0) costs q, a unit too high (r > 0) costs 1 − q.",
            "`np.where(r > 0, …, …)`; both pieces must come out positive. Then the mean.",
        ),
        mistakes=VALUE,
    )
)


def _bands(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield truths with the lower and upper ends of their bands; some on an edge, some crossed."""
    yield np.array([1.0]), np.array([0.0]), np.array([2.0])
    yield np.array([1.0, 3.0]), np.array([1.0, 0.0]), np.array([2.0, 2.0])
    yield np.array([1.0, 2.0, 3.0]), np.array([0.0, 2.5, 1.0]), np.array([1.0, 1.5, 2.0])
    for n in np.linspace(3, 50, 25).astype(int):
        y = rng.integers(0, 9, n).astype(float)
        lower = rng.integers(0, 6, n).astype(float)
        yield y, lower, lower + rng.integers(-2, 6, n)


share_inside = Kind(
    "coverage of a band",
    ("y", "lower", "upper"),
    "one number",
    _bands,
    "batches of 1 to 50 truths, some of them on an edge, some between ends that have crossed",
    "the definition",
)


def coverage(y, lower, upper):
    """Return the share of the truths inside their bands."""
    return np.mean((lower <= y) & (y <= upper))


register(
    Exercise(
        "quantile.coverage",
        kind=share_inside,
        reference=coverage,
        title="The share of the truths inside a band",
        hints=(
            "Compare twice, and require both.",
            "NumPy's *and* for arrays is `&`, with parentheses around each comparison. The mean of "
            "an array of true and false is a share.",
        ),
        level=2,
        mistakes=COVERAGE,
    )
)

# --- counts and amounts ---


def _counts_of_a_model(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield parameters, design matrices and counts, smallest first."""
    yield np.array([0.0]), np.array([[1.0]]), np.array([3.0])
    yield np.array([1.0]), np.array([[1.0], [2.0]]), np.array([0.0, 9.0])
    yield np.array([0.5, -1.0]), np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([2.0, 0.0])
    for n in np.linspace(3, 50, 25).astype(int):
        X = np.column_stack([rng.standard_normal((n, int(rng.integers(1, 4)))), np.ones(n)])
        yield 0.5 * rng.standard_normal(X.shape[1]), X, rng.poisson(3, n).astype(float)


log_linear_gradient = Kind(
    "gradient with respect to the parameters of a model with a log link",
    ("w", "X", "y"),
    "an array of the shape of w",
    _counts_of_a_model,
    "models with 1 to 50 counts and 1 to 4 parameters",
    "the exact derivative",
)


def poisson_gradient(w, X, y):
    """Return the gradient of the mean Poisson loss in the parameters."""
    return X.T @ (np.exp(X @ w) - y) / len(y)


register(
    Exercise(
        "counts.gradient",
        kind=log_linear_gradient,
        reference=poisson_gradient,
        title="The gradient of the mean Poisson loss in the parameters, with a log link",
        hints=(
            "By z the derivative is predicted mean minus truth. What is z here, and how does it "
            "depend on w?",
            "z = X w, so the chain rule brings Xᵀ, as for least squares. And the 1/n?",
        ),
        level=2,
        mistakes=POISSON_GRADIENT,
    )
)


def tweedie_grad(y_true, z, power):
    """Return the derivative of each Tweedie loss with respect to z."""
    return np.exp((1 - power) * z) * (np.exp(z) - y_true)


register(
    Exercise(
        "counts.tweedie_grad",
        kind=pointwise_gradient.over(COUNTS),
        reference=tweedie_grad,
        title="The derivative of each Tweedie loss with respect to z = log μ",
        params={"power": (1.5, 1.0, 1.8)},
        hints=(
            "By the mean the derivative is (μ − y) / V(μ), and V(μ) is μ to the power p.",
            "The chain rule multiplies it by dμ/dz, which for μ = exp(z) is μ itself.",
            "One power of μ cancels: μ^(1 − p) (μ − y).",
        ),
        level=3,
        mistakes=TWEEDIE,
    )
)

# --- percentages ---


def constant_of_the_shops():
    """Return the constant of least mean absolute percentage error for five shops."""
    units = np.array([2, 3, 4, 6, 60])
    weight_so_far = np.cumsum(1 / units)
    return units[np.argmax(weight_so_far >= weight_so_far[-1] / 2)]


register(
    Exercise(
        "percent.shops",
        kind=number,
        reference=constant_of_the_shops,
        title="The constant that predicts 2, 3, 4, 6, 60 with the least MAPE",
        hints=(
            "Which weight does each truth have in a percentage error?",
            "The weights are ½, ⅓, ¼, ⅙ and 1/60, in all 1.27. Where is half of that reached?",
        ),
        level=2,
        mistakes={
            4.0: "That is the median, with equal weights. Here the shop with 2 units weighs thirty "
            "times as much as the one with 60.",
            15.0: "That is the mean, the answer to the squared error.",
            75 / 19: "That is the harmonic mean: weights of 1/y, but the *mean* under them. A "
            "percentage error is absolute, so take the median under them.",
            2.0: "The shop with 2 units has a weight of 0.5 of 1.27, less than half.",
        },
    )
)


def _positive_samples(rng: np.random.Generator) -> Iterator[tuple]:
    """Yield positive truths in any order, the smallest samples first."""
    yield (np.array([4.0]),)
    yield (np.array([9.0, 2.0]),)
    yield (np.array([1.0, 2.0, 2.0]),)  # half of the weight exactly: every constant in [1, 2]
    yield (np.array([60.0, 2.0, 6.0, 3.0, 4.0]),)
    for n in np.linspace(3, 40, 24).astype(int):
        yield (rng.lognormal(1.0, 1.0, n),)


best_positive_constant = Kind(
    "best constant",
    ("y",),
    "one number",
    _positive_samples,
    "samples of 1 to 40 positive values",
    "the definition",
)


def mape_constant(y):
    """Return the constant of least mean absolute percentage error."""
    y = np.sort(y)
    weight_so_far = np.cumsum(1 / y)
    return y[np.searchsorted(weight_so_far, weight_so_far[-1] / 2)]


register(
    Exercise(
        "percent.constant",
        kind=best_positive_constant,
        reference=mape_constant,
        title="The constant of least mean absolute percentage error for positive truths",
        hints=(
            "It is one of the truths, where half of the weight is reached. Which weight?",
            "Sort the truths, add up the weights 1/y in that order, and find the first sum that is "
            "at least half of the total.",
            "`np.cumsum` adds up, `np.searchsorted` finds the place. Or try every truth and keep "
            "the best.",
        ),
        level=3,
        mistakes=CONSTANT,
    )
)
