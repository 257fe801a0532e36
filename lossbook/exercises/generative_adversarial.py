"""Exercises of the chapter *Generative adversarial networks*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._generative_adversarial_mistakes import DUEL, LINE, SLOPES
from lossbook.exercises._generative_adversarial_modes_mistakes import MODES
from lossbook.exercises.kinds import Kind, number

# --- the best critic ---


def best():
    """Return what the best critic says of the point 1, real N(0, 1) and fake N(3, 1)."""
    real, fake = np.exp(-0.5 * 1**2), np.exp(-0.5 * (1 - 3) ** 2)
    return real / (real + fake)


_LOGIT = 1.5

register(
    Exercise(
        "generative_adversarial.best",
        kind=number,
        reference=best,
        title="The probability of *real* that the best critic gives the point 1",
        hints=(
            "The best critic is p / (p + q), with the two densities at the point.",
            "Both bells have the same factor in front, so it cancels: p is exp(−½), q is "
            "exp(−½ · 2²).",
        ),
        mistakes={
            float(1 - best()): "That is the probability of *fake*. The real density stands above.",
            _LOGIT: "That is the logit, log p − log q. Take the sigmoid of it.",
            float(np.exp(_LOGIT)): "That is the ratio p / q. The probability is p / (p + q).",
            float(np.exp(-0.5)): "That is the height of the real bell alone, without its factor. "
            "Compare it with the fake one.",
            float(np.exp(-0.5) / np.sqrt(2 * np.pi)): "That is the real density. Divide by the sum "
            "of both.",
            0.5: "One half would be right in the middle, at 1.5. The point 1 is nearer to the "
            "real centre.",
            float(1 / (1 + np.exp(-3.0))): "You forgot the ½ in the exponent of the bell.",
            2 / 3: "You compared the distances to the centres. Compare the densities.",
            float(100 * best()): "Right, in per cent. As a probability it is a hundredth of that.",
        },
    )
)

# --- slopes ---


def _scores(rng: np.random.Generator) -> Iterator[tuple]:
    yield (np.array([0.0]),)
    yield (np.array([-2.0, 1.0]),)
    for n in np.linspace(1, 40, 20).astype(int):
        yield (rng.normal(0, 4, n),)
    yield (np.array([-30.0, 30.0]),)
    yield (np.array([-700.0, 0.5, 700.0]),)
    yield (np.array([-1000.0, 1000.0]),)


_slopes = Kind(
    "slopes of two losses by the score",
    ("z",),
    "a tuple (minimax, non_saturating)",
    _scores,
    "batches of 1 to 40 scores, up to ±1000",
    "the exact derivatives",
).parts("minimax", "non_saturating")


def slopes(z):
    """Return the derivatives of log(1 − σ(z)) and of −log σ(z) by z."""
    real = np.exp(-np.logaddexp(0, -z))  # σ(z), without an overflow
    fake = np.exp(-np.logaddexp(0, z))  # 1 − σ(z), which is σ(−z)
    return -real, -fake


register(
    Exercise(
        "generative_adversarial.slopes",
        kind=_slopes,
        reference=slopes,
        title="The derivatives of the two generators' losses by the score",
        hints=(
            "The derivative of σ(z) is σ(z) (1 − σ(z)). What does the logarithm's chain rule leave "
            "of it?",
            "−σ(z) for log(1 − σ(z)), and −(1 − σ(z)) for −log σ(z).",
            "If NumPy warns of an overflow: 1 − σ(z) is σ(−z), and σ(z) is exp(−log(1 + exp(−z))), "
            "for which `np.logaddexp(0, -z)` does not overflow.",
        ),
        level=2,
        mistakes=SLOPES,
    )
)

# --- the smallest game ---


def _games(rng: np.random.Generator) -> Iterator[tuple]:
    yield 1.0, 0.0, 0.5, 1, 0.0
    yield 1.0, 0.0, 0.5, 2, 0.0
    yield 1.0, 1.0, 0.5, 2, 0.5
    for rounds in (1, 2, 3, 5, 8, 13, 21, 34):
        for damping in (0.0, 0.5, 1.5):
            x, psi = rng.normal(size=2).round(2)
            yield float(x), float(psi), round(float(rng.uniform(0.1, 0.6)), 2), rounds, damping


_duel = Kind(
    "two players in turn",
    ("x", "psi", "lr", "rounds", "damping"),
    "a tuple (x, psi)",
    _games,
    "games of 1 to 34 rounds, damped or not",
    "the same game",
).parts("x", "psi")


def duel(x, psi, lr, rounds, damping):
    """Return fake and slope after so many rounds, in which the critic moves first."""
    for _ in range(rounds):
        psi = psi - lr * (x + damping * psi)
        x = x + lr * psi
    return x, psi


register(
    Exercise(
        "generative_adversarial.duel",
        kind=_duel,
        reference=duel,
        title="The smallest game, played in turn and damped",
        hints=(
            "Two derivatives: that of psi · x + damping · psi² / 2 by psi, and that of −psi · x "
            "by x.",
            "They are x + damping · psi, and −psi. Each player steps against his own.",
            "In each round set psi first; then x, with the new psi.",
        ),
        level=2,
        mistakes=DUEL,
    )
)

# --- modes ---


def _clouds(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([[0.5]]), np.array([[0.0]]), 0.5, 1.0  # just within reach
    two = np.array([[0.0, 0.0], [4.0, 0.0]])
    yield np.array([[2.0, 0.0], [4.0, 0.0]]), two, 2.5, 0.5  # the first in the middle, a tie
    yield np.array([[2.0, 0.0], [4.0, 0.0]]), two, 2.5, 0.6
    yield np.array([[1.0, 0.0], [4.0, 0.0]]), two, 3.5, 0.6  # the first within reach of both
    yield np.array([[0.1, 0.0], [4.0, 0.2]]), two, 0.5, 0.5
    yield np.array([[0.1, 0.0], [0.2, 0.0], [0.0, 0.1], [4.0, 0.2]]), two, 0.5, 0.3
    yield np.array([[2.0, 0.0], [1.9, 0.0], [0.0, 0.1], [9.0, 0.0]]), two, 0.5, 0.2
    yield np.array([[9.0, 0.0], [0.0, 9.0]]), two, 0.5, 0.1
    for n in np.linspace(10, 80, 30).astype(int):
        k, d = int(rng.integers(2, 7)), int(rng.integers(1, 4))
        centres = rng.normal(0, 3, (k, d))
        weights = rng.dirichlet(np.full(k, 0.6))
        spread = rng.uniform(0.2, 0.8)
        fakes = centres[rng.choice(k, n, p=weights)] + spread * rng.standard_normal((n, d))
        radius = round(float(rng.uniform(0.4, 2.5)), 2)
        yield fakes, centres, radius, float(rng.choice([0.05, 0.1, 0.2]))


_modes = Kind(
    "number of modes covered",
    ("fakes", "centres", "radius", "share"),
    "one number",
    _clouds,
    "clouds of 1 to 80 fakes around 1 to 6 centres, with 1 to 3 coordinates",
    "the definition",
)


def modes(fakes, centres, radius, share):
    """Return how many centres have at least this share of the fakes near them."""
    gaps = np.linalg.norm(fakes[:, None] - centres, axis=2)
    near = gaps.argmin(axis=1)[gaps.min(axis=1) <= radius]
    counts = np.bincount(near, minlength=len(centres))
    return np.sum(counts / len(fakes) >= share)


register(
    Exercise(
        "generative_adversarial.modes",
        kind=_modes,
        reference=modes,
        title="How many modes a generator covers",
        hints=(
            "`fakes[:, None] - centres` has shape (n, K, d). What is its norm along the last axis?",
            "Each fake belongs to its nearest centre, `argmin` along axis 1, if that one is no "
            "farther than `radius`.",
            "`np.bincount(nearest[near_enough], minlength=K)` counts them; divide by the number of "
            "all fakes.",
        ),
        level=3,
        mistakes=MODES,
    )
)

# --- transport on a line ---


def _samples(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([0.0]), np.array([3.0])
    yield np.array([0.0, 1.0]), np.array([1.0, 0.0])
    yield np.array([0.0, 4.0]), np.array([3.0, 1.0])
    yield np.array([5.0, 0.0, 1.0]), np.array([2.0, 2.0, 9.0])
    for n in np.linspace(2, 40, 24).astype(int):
        yield rng.normal(0, 2, n), rng.normal(rng.normal(), 1, n)


_line = Kind(
    "distance of two samples on a line",
    ("x", "y"),
    "one number",
    _samples,
    "pairs of samples with 1 to 40 points each",
    "the cheapest plan",
)


def line(x, y):
    """Return the Wasserstein-1 distance of two samples of equally many numbers."""
    return np.mean(np.abs(np.sort(x) - np.sort(y)))


register(
    Exercise(
        "generative_adversarial.line",
        kind=_line,
        reference=line,
        title="What the best critic of slope 1 would report, for two samples on a line",
        hints=(
            "The critic's best value is the least mean distance over which the fakes must be "
            "carried. Which plan is cheapest on a line?",
            "The leftmost fake goes to the leftmost real point, and so on: no two paths need "
            "cross.",
            "`np.sort` both, and average the sizes of the differences.",
        ),
        level=3,
        mistakes=LINE,
    )
)
