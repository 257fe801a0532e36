"""Exercises of the chapter *Divergences*."""

from dataclasses import replace

import numpy as np

from lossbook.exercises import Exercise, _compare, register
from lossbook.exercises._divergences_bells_mistakes import GAUSSIANS
from lossbook.exercises._divergences_cases import (
    ROWS,
    ROWS_AND_LOGITS,
    TEACHER_AND_STUDENT,
    places,
    two_bells,
)
from lossbook.exercises._divergences_gradient_mistakes import DISTIL, LOGIT_GRAD
from lossbook.exercises._divergences_mistakes import KL
from lossbook.exercises._divergences_transport_mistakes import TRANSPORT
from lossbook.exercises.kinds import Kind, choice, gradient_of_mean, number

# --- numbers and choices ---


def belief():
    """Return what it costs a toss to believe a fair coin bent."""
    p, q = np.array([0.5, 0.5]), np.array([0.25, 0.75])
    return np.sum(p * np.log(p / q))


_P, _Q = np.array([0.5, 0.5]), np.array([0.25, 0.75])

register(
    Exercise(
        "divergence.belief",
        kind=number,
        reference=belief,
        title="What it costs a toss to believe that a fair coin shows heads one time in four",
        hints=(
            "What comes is the fair coin, so p = (½, ½). What is believed is q = (¼, ¾).",
            "Heads: ½ log(½ / ¼). Tails: ½ log(½ / ¾). Their sum.",
        ),
        mistakes={
            float(np.sum(_Q * np.log(_Q / _P))): "That is KL(q‖p), as if the bent coin came and "
            "the fair one were believed. Here the fair one comes.",
            float(np.sum(_P * np.log2(_P / _Q))): "That is in bits. Take the natural logarithm.",
            float(np.sum(_P * np.log10(_P / _Q))): "You took the logarithm to the base 10. Here it "
            "is the natural one.",
            float(-np.sum(_P * np.log(_Q))): "That is the cross-entropy, all that a toss costs "
            "under the wrong belief. Take off what it would cost anyway, log 2.",
            float(np.log(2)): "That is the entropy of the fair coin, what a toss costs under the "
            "right belief. How much *more* is it under the wrong one?",
            float(np.sum(_P * np.log(_Q / _P))): "The sign is reversed: a wrong belief never saves "
            "anything.",
            float(np.sum(np.log(_P / _Q))): "You add the two logarithms. Each counts with its "
            "probability, ½.",
            float(np.mean(_P * np.log(_P / _Q))): "You divide by the number of outcomes. The "
            "divergence is the sum over them.",
            float(
                -np.sum(_Q * np.log(_Q))
            ): "That is the entropy of the bent coin. But the fair one "
            "is tossed: its p stands in front of each logarithm.",
            float(np.sum(_Q * np.log(_P / _Q))): "That is minus KL(q‖p). Here the fair coin comes: "
            "p stands in front of the logarithm, and above in the ratio.",
            float(0.5 * np.log(2)): "That is the term of heads alone. Tails has one too, and it is "
            "negative.",
            float(100 * belief()): "That is a hundred times the right answer. Nats are no shares, "
            "so there are no per cent of them: give the number as it is.",
            0.25: "That is the difference of the probabilities. Take the logarithm of their ratio, "
            "and its mean under p.",
        },
    )
)


_NAMES = {"forward": "KL(p‖q)", "reverse": "KL(q‖p)"}


def _formula_or_name(value):
    """Read a direction written as a formula or called by its name, e.g. "reverse KL"."""
    (given,) = _compare.words(value)
    meant = [formula for name, formula in _NAMES.items() if given.size == 1 and name in given[0]]
    return _compare.words(meant[0]) if len(meant) == 1 else (given,)


def direction():
    """Return the direction that settles on one of two ways."""
    return "KL(q‖p)"


register(
    Exercise(
        "divergence.direction",
        kind=replace(choice, read=_formula_or_name),
        reference=direction,
        title="The divergence that makes a robot pass a post on one side",
        options=("KL(p‖q)", "KL(q‖p)", "either"),
        hints=(
            "The robot must not drive where p is nearly 0, and need not use both ways.",
            "In which of the two is the mean taken over the places where the *plan* drives?",
        ),
        mistakes={
            "KL(p‖q)": "It covers all that p can do. One bell over both ways is highest between "
            "them, at the post.",
            "either": "They agree if q can be p. One bell cannot be two, and then they part.",
        },
    )
)

# --- rows of probabilities ---


of_rows = Kind(
    "divergence of each row",
    ROWS.arguments,
    "one number per row, an array of shape (n,)",
    ROWS.cases,
    f"batches of 1 to 50 rows ({ROWS.text})",
    "the definition",
)


def kl(p, q):
    """Return the Kullback–Leibler divergence of each row."""
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = p * np.log(p / q)
    return np.where(p > 0, terms, 0).sum(axis=1)


register(
    Exercise(
        "divergence.kl",
        kind=of_rows,
        reference=kl,
        title="The Kullback–Leibler divergence of each row, with zeros in p and in q",
        hints=(
            "The sum of p log(p/q) over the classes: `axis=1`. Which of the zeros is harmless?",
            "Where p is 0 the term is 0, whatever q is. Where only q is 0, NumPy's infinity is "
            "right.",
            "`np.where(p > 0, terms, 0)` replaces the NaN after it has come.",
        ),
        level=2,
        mistakes=KL,
    )
)


def logit_grad(p, z):
    """Return the gradient of the mean KL divergence of p and softmax(z) by the logits z."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    q = e / e.sum(axis=1, keepdims=True)
    return (q - p) / len(z)


register(
    Exercise(
        "divergence.logit_grad",
        kind=gradient_of_mean.over(ROWS_AND_LOGITS),
        reference=logit_grad,
        title="The gradient of the mean of KL(p‖softmax(z)) by the logits z",
        hints=(
            "The entropy of p does not depend on z. So whose gradient is it?",
            "That of the cross-entropy: softmax minus truth. And the mean?",
            "Subtract the largest logit of each row before the exponential.",
        ),
        level=2,
        mistakes=LOGIT_GRAD,
    )
)

# --- bells and places ---


of_two_bells = Kind(
    "divergence of two Gaussians",
    ("m_p", "s_p", "m_q", "s_q"),
    "one number",
    two_bells,
    "pairs of bells, near and far, narrow and wide",
    "the closed form",
)


def gaussians(m_p, s_p, m_q, s_q):
    """Return KL(p‖q) of two Gaussians with these means and standard deviations."""
    return np.log(s_q / s_p) + (s_p**2 + (m_p - m_q) ** 2) / (2 * s_q**2) - 0.5


register(
    Exercise(
        "divergence.gaussians",
        kind=of_two_bells,
        reference=gaussians,
        title="KL(p‖q) of two Gaussians, from their means and standard deviations",
        hints=(
            "Cross-entropy minus entropy. The cross-entropy needs the mean of (x − m_q)² under p.",
            "That mean is the variance of p plus the square of the gap between the means.",
            "The logarithm of a ratio of widths, a fraction with 2 σ_q² below, and minus ½. Test "
            "it on two equal bells.",
        ),
        level=2,
        mistakes=GAUSSIANS,
    )
)


on_a_line = Kind(
    "distance of two distributions on a line",
    ("x", "p", "q"),
    "one number",
    places,
    "lines with 2 to 12 places at unequal distances",
    "the definition",
)


def transport(x, p, q):
    """Return the Wasserstein-1 distance of p and q, which lie at the places x."""
    return np.sum(np.abs(np.cumsum(q - p)[:-1]) * np.diff(x))


register(
    Exercise(
        "divergence.transport",
        kind=on_a_line,
        reference=transport,
        title="How much has to be carried how far: Wasserstein-1 for places at unequal distances",
        hints=(
            "Look at one gap between neighbours. How much has to cross it, at least?",
            "The surplus of q over p on the left of it, in size: `np.cumsum(q - p)`, without the "
            "last, which is 0.",
            "Times the width of the gap, `np.diff(x)`, and the sum over the gaps.",
        ),
        level=3,
        mistakes=TRANSPORT,
    )
)

# --- distillation ---


def distil(t, z, T):
    """Return the gradient of the mean of T² KL(softmax(t/T)‖softmax(z/T)) by z."""
    p, q = np.exp(t / T), np.exp(z / T)
    p, q = p / p.sum(axis=1, keepdims=True), q / q.sum(axis=1, keepdims=True)
    return T * (q - p) / len(z)


register(
    Exercise(
        "divergence.distil",
        kind=gradient_of_mean.over(TEACHER_AND_STUDENT),
        reference=distil,
        title="The gradient of the distillation loss by the student's logits",
        params={"T": (2.0, 1.0, 4.0)},
        hints=(
            "Write u = z/T. By u, the gradient of the divergence is softmax minus softmax.",
            "The chain rule brings du/dz = 1/T, and T² stands in front.",
            "T times the difference of the two softmaxes at T, divided by n.",
        ),
        level=3,
        mistakes=DISTIL,
    )
)
