"""Exercises of the chapter *Speech recognition*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._speech_recognition_mistakes import ASK, FRAMES, MARKS, NOISE, RATE
from lossbook.exercises.kinds import Kind

# --- sound ---


def _ratios(rng: np.random.Generator) -> Iterator[tuple[float, float]]:
    yield 1.0, 0.0
    yield 1.0, 10.0
    yield 4.0, 20.0
    yield 0.5, -10.0
    for _ in range(20):
        yield round(float(rng.uniform(0.1, 9)), 2), round(float(rng.uniform(-20, 30)), 1)


def noise(power, snr):
    """Return the standard deviation of white noise that makes a given ratio."""
    return np.sqrt(power * 10 ** (-snr / 10))


register(
    Exercise(
        "speech.noise",
        kind=Kind(
            "standard deviation of a noise",
            ("power", "snr"),
            "one number",
            _ratios,
            "powers from 0.1 to 9 and ratios from −20 to 30 dB",
            "the definition",
        ),
        reference=noise,
        title="The standard deviation of noise of a given signal-to-noise ratio",
        hints=(
            "Solve snr = 10 log₁₀(power / variance) for the variance.",
            "The variance is the power of the signal, divided by 10^(snr / 10). Which of its "
            "functions multiplies samples?",
        ),
        mistakes=NOISE,
    )
)


def _recordings(rng: np.random.Generator) -> Iterator[tuple[int, int, int]]:
    yield 10, 4, 2
    yield 11, 4, 2
    yield 4, 4, 3
    yield 9, 4, 4
    yield 12000, 160, 80
    for _ in range(20):
        width = int(rng.integers(5, 200))
        yield int(rng.integers(width, 5000)), width, int(rng.integers(1, 150))


def frames(n, width, hop):
    """Return how many whole frames a recording holds."""
    return 1 + (n - width) // hop


register(
    Exercise(
        "speech.frames",
        kind=Kind(
            "number of frames",
            ("n", "width", "hop"),
            "one whole number",
            _recordings,
            "recordings of 4 to 12000 samples, with steps shorter and longer than a frame",
            "counting",
            whole=True,
        ),
        reference=frames,
        title="How many whole frames a recording holds",
        hints=(
            "Draw ten samples and frames of four, a new one every two samples. How many are there?",
            "After the first frame n − width samples are left. How many steps fit in there?",
        ),
        mistakes=FRAMES,
    )
)

# --- what was read ---


def _counts(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    small = (([1], [4]), ([0, 2], [8, 2]), ([5, 0], [3, 7]), ([0, 0], [1, 2]), ([5, 4], [3, 2]))
    for errors, lengths in small:
        yield np.array(errors), np.array(lengths)
    for n in np.linspace(2, 50, 20).astype(int):
        yield rng.integers(0, 4, n), rng.integers(1, 9, n)


def error_rate(errors, lengths):
    """Return the symbol error rate of a whole test."""
    return np.sum(errors) / np.sum(lengths)


register(
    Exercise(
        "speech.error_rate",
        kind=Kind(
            "error rate of a test",
            ("errors", "lengths"),
            "one number",
            _counts,
            "tests of 1 to 50 clips",
            "the definition",
        ),
        reference=error_rate,
        title="The symbol error rate of a test of many clips",
        hints=(
            "Two clips: one of 8 symbols without an error, one of 2 with two. How many of the ten "
            "symbols are wrong?",
            "Add up the errors, add up the lengths, and divide once.",
        ),
        mistakes=RATE,
    )
)


def _lengths(rng: np.random.Generator) -> Iterator[tuple[np.ndarray]]:
    yield (np.array([0.1, 0.3]),)
    yield (np.array([0.3, 0.1, 0.11]),)
    yield (np.array([0.2, 0.6, 0.58, 0.22]),)
    yield (np.array([0.04, 0.12, 0.13, 0.045]),)
    for extreme in ([1.15, 2.55], [0.85, 1.15, 3], [0.85, 2.55, 3.45], [0.85, 1, 2.55, 3.45]):
        yield (0.1 * np.array(extreme),)
    yield (np.append(0.06 * np.linspace(0.88, 1.14, 30), 0.17),)
    for n in np.linspace(2, 40, 20).astype(int):
        dash = rng.random(n) < rng.uniform(0.1, 0.9)
        dash[:2] = True, False
        yield (1.2 / rng.uniform(5, 40) * (1 + 2 * dash) * rng.uniform(0.88, 1.14, n),)


def marks(lengths):
    """Return 1 for each dash and 0 for each dot, whatever the speed."""
    return (lengths > np.sqrt(lengths.min() * lengths.max())).astype(int)


register(
    Exercise(
        "speech.marks",
        kind=Kind(
            "dots and dashes",
            ("lengths",),
            "an array of the shape of lengths, with 1 for a dash and 0 for a dot",
            _lengths,
            "sets of 2 to 40 marks sent at 5 to 40 words a minute",
            "what was sent",
        ),
        reference=marks,
        title="Dots and dashes from the lengths of marks, at an unknown speed",
        hints=(
            "No time in seconds will do: a dash of one operator is shorter than a dot of another.",
            "There is a dot and a dash among them. So what are the shortest and the longest?",
            "Between the shortest and the longest lies a threshold. Their geometric mean, for "
            "example: the longest is as many times that as that is times the shortest.",
        ),
        level=2,
        mistakes=MARKS,
    )
)


def _scores(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, float, float]]:
    yield np.log([0.8]), 2.0, 1.0
    yield np.log([0.5, 0.9]), 4.0, 1.0
    yield np.log([0.95, 0.3, 0.6]), 30.0, 2.0
    for n in np.linspace(1, 30, 20).astype(int):
        error, repeat = round(float(rng.uniform(1, 30)), 1), round(float(rng.uniform(0.5, 5)), 1)
        yield np.log(rng.uniform(0.01, 0.99, n)), error, repeat


def ask_again(score, error, repeat):
    """Return for which clips the expected cost of an error exceeds that of a repetition."""
    return (1 - np.exp(score)) * error > repeat


register(
    Exercise(
        "speech.ask",
        kind=Kind(
            "decision for each clip",
            ("score", "error", "repeat"),
            "an array of the shape of score, True where you ask",
            _scores,
            "sets of 1 to 30 clips, an error at 1 to 30 and a repetition at 0.5 to 5",
            "the expected costs",
        ),
        reference=ask_again,
        title="When to ask that a message be sent again",
        hints=(
            "What does it cost on average to accept a reading that is right with the probability "
            "p?",
            "With the probability 1 − p it is wrong. And `score` is the logarithm of p.",
        ),
        level=2,
        mistakes=ASK,
    )
)
