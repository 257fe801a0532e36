"""Exercises of the chapter *Rare classes*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._imbalance_mistakes import (
    DECIDE,
    FOCAL_GRAD,
    FOCAL_VALUE,
    UNDO_WEIGHT,
)
from lossbook.exercises.domains import LOGITS, PROBABILITIES
from lossbook.exercises.kinds import Kind, choice, number, pointwise_gradient, pointwise_value

# --- decisions ---


def cut():
    """Return the probability from which an alarm is worth its cost."""
    alarm, miss = 3, 57
    return alarm / (alarm + miss)


register(
    Exercise(
        "imbalance.cut",
        kind=number,
        reference=cut,
        title="The threshold when a false alarm costs 3 and a miss costs 57",
        hints=(
            "At the threshold p, an alarm and silence have the same expected cost.",
            "An alarm costs 3 (1 − p), silence 57 p. Solve for p.",
        ),
        mistakes={
            57
            / 60: "You have taken the cost of the miss for that of the alarm. The dearer a miss, "
            "the *sooner* you should raise the alarm.",
            3 / 57: "That is the ratio of the costs, and at the threshold the *odds* p / (1 − p) "
            "equal it. The probability is asked for.",
            0.5: "One half is right only where both errors cost the same.",
            19.0: "That is how many alarms one miss is worth. The threshold is a probability.",
        },
    )
)


def _probabilities(rng: np.random.Generator) -> Iterator[tuple]:
    yield (np.array([0.3]),)
    yield (np.array([0.2]),)  # with the costs 1 and 4: a tie
    yield (np.array([0.01, 0.6]),)
    for n in np.linspace(1, 50, 30).astype(int):
        yield (1 / (1 + np.exp(-rng.normal(-1.5, 2, n))),)


_FORECASTS = "batches of 1 to 50 probabilities, most of them small"

decision = Kind(
    "decision on a forecast",
    ("p",),
    "0 or 1 for each probability",
    _probabilities,
    _FORECASTS,
    "the cheaper of the two decisions",
)


def decide(p, alarm, miss):
    """Return 1 where an alarm is expected to cost less than silence, 0 elsewhere."""
    return np.where(p * miss > (1 - p) * alarm, 1, 0)


register(
    Exercise(
        "imbalance.decide",
        kind=decision,
        reference=decide,
        title="1 where an alarm is expected to be cheaper than silence, 0 elsewhere",
        params={"alarm": (1.0, 3.0), "miss": (20.0, 4.0, 0.5)},
        hints=(
            "What does silence cost on average, if the case is of class 1 with probability p?",
            "Silence costs p · miss, an alarm (1 − p) · alarm. Raise it where that is less.",
            "`np.where(..., 1, 0)` takes a comparison.",
        ),
        mistakes=DECIDE,
    )
)

# --- undo what training has done to the prior ---

correction = Kind(
    "corrected probability",
    ("p",),
    "one probability per forecast",
    _probabilities,
    _FORECASTS,
    "the exact correction",
)


def undo_weight(p, a):
    """Return the probabilities of a model trained with weight `a` on class 1, without it."""
    return p / (p + a * (1 - p))


register(
    Exercise(
        "imbalance.undo_weight",
        kind=correction,
        reference=undo_weight,
        title="The honest probability, from a model that was trained with weight a on class 1",
        params={"a": (30.0, 4.0, 0.5)},
        hints=(
            "What did the weight do to the logit of every forecast?",
            "It added log a. In other words, it multiplied the odds p / (1 − p) by a.",
            "The odds are p / (a (1 − p)). And a probability is odds / (1 + odds).",
        ),
        level=2,
        mistakes=UNDO_WEIGHT,
    )
)


def kept():
    """Return the probability behind the logit 0.5 when one in twenty of class 0 was kept."""
    z = 0.5
    return 1 / (1 + np.exp(-(z - np.log(20))))


register(
    Exercise(
        "imbalance.kept",
        kind=number,
        reference=kept,
        title="The probability behind a logit of 0.5, if one in twenty of class 0 was kept",
        hints=(
            "Dropping most of class 0 made class 1 twenty times as frequent, relative to it.",
            "So every logit is too high by log 20. Subtract it, then take the sigmoid.",
        ),
        level=2,
        mistakes={
            1 / (1 + np.exp(-0.5)): "That is σ(0.5), the probability in the thinned-out data. "
            "There class 1 is far more frequent than in life.",
            1 / (1 + np.exp(-(0.5 + np.log(20)))): "Wrong direction: class 1 is rarer in life than "
            "in the thinned-out data, so the logit must fall.",
            1 / (20 * (1 + np.exp(-0.5))): "You divide the *probability* by 20. It is the odds "
            "that are twenty times too high.",
            np.exp(0.5) / 20: "These are the corrected odds. The probability is odds / (1 + odds).",
            0.5 - np.log(20): "That is the corrected logit. Its sigmoid is asked for.",
            1 / (1 + np.exp(-0.5 + np.log10(20))): "You took the logarithm to the base 10. The "
            "sigmoid goes with the natural one.",
            1 / (1 + np.exp(-0.5 / 20)): "You divide the logit by 20. The odds are divided by 20, "
            "so their logarithm, the logit, loses log 20.",
        },
    )
)

# --- the focal loss ---


def focal_value(y_true, p, alpha, gamma):
    """Return the focal loss of each probability."""
    right = np.where(y_true == 1, p, 1 - p)
    weight = np.where(y_true == 1, alpha, 1 - alpha)
    return -weight * (1 - right) ** gamma * np.log(right)


register(
    Exercise(
        "imbalance.focal_value",
        kind=pointwise_value.over(PROBABILITIES),
        reference=focal_value,
        title="The focal loss of each probability",
        params={"alpha": (0.25, 0.5, 0.8), "gamma": (2.0, 0.0, 1.0)},
        hints=(
            "First the probability that was given to the *true* label: p or 1 − p.",
            "Call it q. The log loss is −log q, and its factor (1 − q) to the power γ.",
            "And the class weighs α for label 1, and 1 − α for label 0.",
        ),
        level=2,
        mistakes=FOCAL_VALUE,
    )
)


def focal_grad(y_true, z, gamma):
    """Return the derivative of each focal loss without α with respect to its logit."""
    sign = 1 - 2 * y_true
    miss = 1 / (1 + np.exp(-np.clip(sign * z, -700, None)))
    log_loss = np.logaddexp(0, sign * z)
    return sign * miss**gamma * (miss + gamma * (1 - miss) * log_loss)


register(
    Exercise(
        "imbalance.focal_grad",
        kind=pointwise_gradient.over(LOGITS),
        reference=focal_grad,
        title="The derivative of each focal loss (without α) with respect to its logit",
        params={"gamma": (2.0, 0.0, 1.0)},
        hints=(
            "A product: the factor mᵞ, where m is the probability of the wrong label, and the log "
            "loss −log(1 − m). Both depend on z.",
            "For label 1: the slope of the log loss by z is −m, and that of m is −m (1 − m).",
            "Together −mᵞ (m + γ (1 − m) · log loss) for label 1, and with a plus for label 0, "
            "where m is σ(z).",
        ),
        level=3,
        mistakes=FOCAL_GRAD,
    )
)

# --- diagnosis ---


def remedy():
    """Return what helps a model whose ranking is good and whose forecasts are too high."""
    return "invert the link"


register(
    Exercise(
        "imbalance.remedy",
        kind=choice,
        reference=remedy,
        title="Focal loss, forecasts of 21 % on average where 3 % come, ranking as before",
        options=("invert the link", "raise gamma", "oversample", "train longer"),
        hints=(
            "Is it that the model has learnt too little, or that its numbers mean something else?",
            "The focal loss is not proper, and at its minimum the sigmoid is not the probability. "
            "But from it the probability can be computed.",
        ),
        level=2,
        mistakes={
            "raise gamma": "The larger γ, the nearer the forecasts are drawn to one half. They are "
            "too high already.",
            "oversample": "That would push the forecasts higher still.",
            "train longer": "At the very minimum of the focal loss the forecasts are wrong in this "
            "way. It is not a matter of steps.",
        },
    )
)
