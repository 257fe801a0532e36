"""Mistakes typical of the exercises of *Speech recognition*."""

import numpy as np

from lossbook.exercises.mistakes import instead, of_result

NOISE = (
    instead(
        "decibels of an amplitude",
        "You divide by 20. That is right for a ratio of amplitudes; the ratio here is one of "
        "powers: divide by 10, and take the root at the end.",
        lambda power, snr: np.sqrt(power) * 10 ** (-snr / 40),
    ),
    of_result(
        "variance instead of deviation",
        "This is the power of the noise, its variance. You scale samples by its square root.",
        lambda result, power, snr: result**2,
    ),
    instead(
        "sign reversed",
        "With you the noise grows when the signal-to-noise ratio does. More decibels mean less "
        "noise: the exponent is −snr / 10.",
        lambda power, snr: np.sqrt(power * 10 ** (snr / 10)),
    ),
    instead(
        "power of the signal left out",
        "Your noise is the same for a weak signal as for a strong one. The ratio is that of the "
        "two powers, so the noise goes with the power of the signal.",
        lambda power, snr: 10 ** (-snr / 20),
    ),
    instead(
        "e instead of 10",
        "You raise e to the power −snr / 10. Decibels are tenths of a power of 10.",
        lambda power, snr: np.sqrt(power * np.exp(-snr / 10)),
    ),
    instead(
        "root of the power left out",
        "You multiply the power of the signal, and not its root, by the root of the ratio. Divide "
        "the powers first, and take one square root of the result.",
        lambda power, snr: power * 10 ** (-snr / 20),
    ),
    instead(
        "root of the ratio left out",
        "You take the root of the power of the signal, but not of the ratio of the powers. Divide "
        "first, and take one square root of the result.",
        lambda power, snr: np.sqrt(power) * 10 ** (-snr / 10),
    ),
)

FRAMES = (
    of_result(
        "one frame too few",
        "The first frame needs no step: count the steps that fit, and one more.",
        lambda result, *args: result - 1,
    ),
    instead(
        "width ignored",
        "You divide the whole length by the step. The last frame must end inside the recording: "
        "the steps that fit are those into what the first frame leaves over.",
        lambda n, width, hop: n // hop,
    ),
    instead(
        "cut into blocks",
        "You cut the recording into blocks that do not overlap. A new frame begins every `hop` "
        "samples, whether the one before has ended or not.",
        lambda n, width, hop: n // width,
    ),
    instead(
        "last frame runs over the end",
        "You round up: your last frame needs samples that are not there. Only whole frames count.",
        lambda n, width, hop: 1 + -(-(n - width) // hop),
    ),
    instead(
        "last frame lost when it fits exactly",
        "The last frame may end exactly at the end: `range` leaves its stop out, and rounding up "
        "does not count the first frame when the steps come out even.",
        lambda n, width, hop: -(-(n - width) // hop),
    ),
    instead(
        "not a whole number",
        "Frames come whole: round the number of steps down (`//`).",
        lambda n, width, hop: 1 + (n - width) / hop,
    ),
)

RATE = (
    instead(
        "mean of the rates",
        "You take the mean of the rates of the clips, so that an error in a short clip weighs more "
        "than one in a long clip. Add up first, then divide once.",
        lambda errors, lengths: np.mean(errors / lengths),
    ),
    instead(
        "share of clips with an error",
        "You count clips that are not perfect. Count symbols: a clip of ten with one error is "
        "better than one with nine.",
        lambda errors, lengths: np.mean(errors > 0),
    ),
    instead(
        "errors counted as symbols too",
        "You divide by the sum of errors and symbols. The denominator is the number of symbols "
        "sent; the rate may exceed 1, when more is invented than was sent.",
        lambda errors, lengths: errors.sum() / (errors.sum() + lengths.sum()),
    ),
    of_result(
        "share read correctly",
        "This is 1 minus the rate. The rate of errors is asked for.",
        lambda result, *args: 1 - result,
    ),
    instead(
        "capped at 1",
        "You cut the rate at 1. When more is invented than was sent, it exceeds 1.",
        lambda errors, lengths: min(errors.sum() / lengths.sum(), 1),
    ),
    instead(
        "decimals cut off",
        "You divide with `//`, or cut the result off with `int`: the decimals are lost.",
        lambda errors, lengths: errors.sum() // lengths.sum(),
    ),
    instead(
        "errors per clip",
        "You divide by the number of clips. Divide by the number of symbols that were sent.",
        lambda errors, lengths: np.mean(errors),
    ),
    of_result(
        "percent",
        "This is the rate in per cent. A plain ratio is asked for.",
        lambda result, *args: 100 * result,
    ),
)

_ONE_LENGTH = (
    "You take a multiple of the shortest, or of the longest, that is right for an even hand. That "
    "mark is uneven too: a long dot and a short dash are only 2.2 times apart."
)
_RULES = {
    "shortest, rounded": lambda lengths: np.round(lengths / lengths.min()) >= 3,
    "three times the shortest": lambda lengths: lengths >= 3 * lengths.min(),
    "three quarters of the longest": lambda lengths: lengths > 0.75 * lengths.max(),
    "1.3 of the shortest": lambda lengths: lengths > 1.3 * lengths.min(),
}

MARKS = (
    *(instead(name, _ONE_LENGTH, rule) for name, rule in _RULES.items()),
    instead(
        "the mean as threshold",
        "You compare with the mean of the lengths. It moves with how many dots and dashes there "
        "happen to be: among many dots and one dash it lies within the dots. Use the shortest and "
        "the longest only.",
        lambda lengths: lengths > lengths.mean(),
    ),
    instead(
        "the median as threshold",
        "You compare with the median. It makes half of the marks dashes, whatever was sent.",
        lambda lengths: lengths > np.median(lengths),
    ),
    instead(
        "fixed threshold",
        "You compare with a fixed time. That is right at one speed: at half the speed every dot is "
        "as long as a dash was. Take the threshold from the lengths themselves.",
        lambda lengths: lengths > 0.12,
    ),
    of_result(
        "dots and dashes exchanged",
        "Your dots are dashes, and the other way round: 1 stands for the long ones.",
        lambda result, *args: 1 - result,
    ),
    instead(
        "only the longest is a dash",
        "You call only the longest mark a dash. Hands are uneven: a dash a little shorter is a "
        "dash too.",
        lambda lengths: lengths >= lengths.max(),
    ),
    instead(
        "only the shortest is a dot",
        "You call only the shortest mark a dot. Hands are uneven: a dot a little longer is a dot "
        "too.",
        lambda lengths: lengths > lengths.min(),
    ),
)

ASK = (
    instead(
        "expected saving",
        "You return what asking saves on average. The decision is asked for: where is it above 0?",
        lambda score, error, repeat: (1 - np.exp(score)) * error - repeat,
    ),
    instead(
        "expected cost",
        "You return what accepting costs on average. The decision is asked for: where is that more "
        "than a repetition?",
        lambda score, error, repeat: (1 - np.exp(score)) * error,
    ),
    instead(
        "positions",
        "You return the positions of the clips. Return True or False for every clip.",
        lambda score, error, repeat: np.flatnonzero((1 - np.exp(score)) * error > repeat),
    ),
    instead(
        "logarithm taken for a probability",
        "You use the score as if it were a probability. It is the logarithm of one: take `np.exp` "
        "of it first.",
        lambda score, error, repeat: (1 - score) * error > repeat,
    ),
    instead(
        "right instead of wrong",
        "You multiply the cost of an error by the probability that the reading is right. The error "
        "comes with the rest, 1 minus that.",
        lambda score, error, repeat: np.exp(score) * error > repeat,
    ),
    of_result(
        "decision reversed",
        "You ask where you should not, and do not where you should: ask when the error is "
        "expected to cost more than the repetition.",
        lambda result, *args: 1 - result,
    ),
    instead(
        "ask below one half",
        "You ask whenever the reading is more likely wrong than right, whatever the two costs. "
        "Where an error is dear, a chance of a tenth may be too much.",
        lambda score, error, repeat: np.exp(score) < 0.5,
    ),
    instead(
        "threshold for the right reading",
        "You compare the probability of being right with repeat / error. It is the probability of "
        "being wrong that must exceed that ratio.",
        lambda score, error, repeat: np.exp(score) < repeat / error,
    ),
)
