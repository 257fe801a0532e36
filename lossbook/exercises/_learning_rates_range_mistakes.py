"""Typical mistakes of reading a range test: (rates, losses)."""

import numpy as np

from lossbook.exercises._mistake import instead


def _reading(steepest, largest):
    def wrong(rates, losses):
        least = int(np.argmin(losses))
        falls = -np.diff(losses[: least + 1])
        return rates[steepest(falls, losses, least)], rates[largest(least, len(rates))]

    return wrong


def _right_fall(falls, losses, least):
    return int(np.argmax(falls))


def _indices(rates, losses):
    least = int(np.argmin(losses))
    return int(np.argmax(-np.diff(losses[: least + 1]))), least - 1


def _relative(rates, losses):
    least = int(np.argmin(losses))
    falls = -np.diff(losses[: least + 1]) / losses[:least]
    return rates[int(np.argmax(falls))], rates[least - 1]


def _late(rates, losses):
    return rates[int(np.argmin(np.diff(losses)))], rates[int(np.argmin(losses)) - 1]


def _swapped(rates, losses):
    first, second = _reading(_right_fall, lambda least, k: least - 1)(rates, losses)
    return second, first


def _losses(rates, losses):
    least = int(np.argmin(losses))
    return losses[int(np.argmax(-np.diff(losses[: least + 1]))) + 1], losses[least]


RANGE = (
    instead(
        "largest one step too far",
        "Your largest rate is that of the step *after* the least loss, which made it worse. "
        "`losses` has one entry more than `rates`: `losses[j]` was led to by `rates[j - 1]`.",
        _reading(_right_fall, lambda least, k: least),
    ),
    instead(
        "largest rise",
        "Your steepest rate is that of the largest *rise*: `np.diff` is negative where the loss "
        "falls.",
        _reading(
            lambda falls, losses, least: int(np.argmax(np.diff(losses))), lambda least, k: least - 1
        ),
    ),
    instead(
        "largest change",
        "Your steepest rate is that of the largest change, up or down. Only falls count.",
        _reading(
            lambda falls, losses, least: int(np.argmax(np.abs(falls))), lambda least, k: least - 1
        ),
    ),
    instead(
        "steepest one step late",
        "Your steepest rate is that of the step after the largest fall. The change from "
        "`losses[j]` to `losses[j + 1]` is the work of `rates[j]`.",
        _reading(
            lambda falls, losses, least: int(np.argmax(falls)) + 1,
            lambda least, k: least - 1,
        ),
    ),
    instead(
        "both one step late",
        "Both rates belong to the step after the right one: the loss after a step has an index one "
        "higher than the rate of that step.",
        _reading(
            lambda falls, losses, least: int(np.argmax(falls)) + 1,
            lambda least, k: least,
        ),
    ),
    instead(
        "a fall after the least loss",
        "You look for the largest fall in the whole test. After the least loss the run jumps up "
        "and down: only the steps up to it count.",
        _late,
    ),
    instead(
        "a late fall, and one step too far",
        "Two things. Only the steps up to the least loss count for the steepest. And `losses[j]` "
        "was led to by `rates[j - 1]`.",
        lambda rates, losses: (rates[np.argmin(np.diff(losses))], rates[np.argmin(losses)]),
    ),
    instead(
        "largest share",
        "Your steepest rate is that of the step that took the largest *share* of the loss off. The "
        "largest fall is asked for: compare differences, not quotients or logarithms.",
        _relative,
    ),
    instead(
        "indices instead of rates",
        "You return the positions. The rates that stand there are asked for.",
        _indices,
    ),
    instead(
        "losses instead of rates",
        "You return losses. The rates that led to them are asked for.",
        _losses,
    ),
    instead(
        "in the wrong order",
        "You have both, in the wrong order: first the steepest, then the largest.",
        _swapped,
    ),
    instead(
        "the last rate of all",
        "Your largest rate is the last that was tried. The one that led to the least loss is asked "
        "for.",
        _reading(_right_fall, lambda least, k: k - 1),
    ),
)
