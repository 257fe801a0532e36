"""Mistakes typical of the exercises of *Divergences*."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments, scaled


def _kl(p, q):
    return np.where(p > 0, p * np.log(p / q), 0).sum(axis=1)


def _naive(p, q):
    return (p * np.log(p / q)).sum(axis=1)


def _entropy(p):
    return -np.where(p > 0, p * np.log(p), 0).sum(axis=1)


KL = (
    instead(
        "0 log 0 is NaN",
        "Right where no entry of p is 0. There, 0 times minus infinity is NaN, but such a class "
        "counts as 0: it never comes. `np.where(p > 0, …, 0)` puts the 0 in its place.",
        _naive,
    ),
    instead(
        "classes not added up",
        "You return the term of every class. Add them up along each row: `axis=1`.",
        lambda p, q: np.where(p > 0, p * np.log(p / q), 0),
    ),
    instead(
        "sum over the wrong axis",
        "You add up down the columns, over the rows. The sum is over the classes of a row: "
        "`axis=1`.",
        lambda p, q: np.where(p > 0, p * np.log(p / q), 0).sum(axis=0),
    ),
    instead(
        "mean over the rows",
        "You return the mean of the rows. The divergence of each row is due, of shape (n,).",
        lambda p, q: np.mean(_kl(p, q)),
    ),
    instead(
        "directions exchanged",
        "That is KL(q‖p), an expectation under q. Here the classes come with the probabilities p: "
        "p stands in front of the logarithm, and above in the ratio.",
        lambda p, q: _kl(q, p),
    ),
    instead(
        "ratio upside down",
        "Your ratio is upside down, and the sign with it: the logarithm is that of p/q.",
        lambda p, q: -_kl(p, q),
    ),
    instead(
        "excluded classes left out",
        "Right, but where q is 0 and p is not: there you count nothing, as if such a class were "
        "free. It comes although q had excluded it, and costs infinitely much.",
        lambda p, q: np.where((p > 0) & (q > 0), p * np.log(p / q), 0).sum(axis=1),
    ),
    instead(
        "NaN and infinity made numbers",
        "You make infinities large numbers. Where q excludes a class that comes, the divergence is "
        "`np.inf`.",
        lambda p, q: np.nan_to_num(p * np.log(p / q)).sum(axis=1),
    ),
    instead(
        "logarithm to the base 2",
        "You return bits. Here it is the natural logarithm: `np.log`.",
        lambda p, q: _kl(p, q) / np.log(2),
    ),
    instead(
        "logarithm to the base 10",
        "You take the logarithm to the base 10. Here it is the natural logarithm: `np.log`.",
        lambda p, q: _kl(p, q) / np.log(10),
    ),
    instead(
        "mean over the classes",
        "You divide by the number of classes. The divergence is the *sum* over the classes: p is "
        "the weight already.",
        lambda p, q: _kl(p, q) / p.shape[1],
    ),
    instead(
        "cross-entropy",
        "That is the cross-entropy of p and q. Take the entropy of p off.",
        lambda p, q: _kl(p, q) + _entropy(p),
    ),
    instead(
        "entropy",
        "That is the entropy of p, which does not look at q.",
        lambda p, q: _entropy(p),
    ),
    instead(
        "weight forgotten",
        "You add up the logarithms with equal weights. Each counts with its probability p.",
        lambda p, q: np.log(p / q).sum(axis=1),
    ),
    instead(
        "q as the weight",
        "The ratio is right and the weight is not: the classes come with the probabilities p, not "
        "q.",
        lambda p, q: (q * np.log(p / q)).sum(axis=1),
    ),
    instead(
        "absolute terms",
        "You take the absolute value of each term. A term is negative where q is larger than p, "
        "and only the sum is never below 0.",
        lambda p, q: np.abs(np.where(p > 0, p * np.log(p / q), 0)).sum(axis=1),
    ),
    instead(
        "negative terms dropped",
        "You drop the negative terms. They belong to the sum: where q is larger than p, a class "
        "costs less than it could.",
        lambda p, q: np.maximum(np.where(p > 0, p * np.log(p / q), 0), 0).sum(axis=1),
    ),
    instead(
        "q forgotten at p = 0",
        "Your terms are p log(p/q) − p + q, of which none is negative. But where p is 0 such a "
        "term is q, not 0.",
        lambda p, q: np.where(p > 0, p * np.log(p / q) - p + q, 0).sum(axis=1),
    ),
    instead(
        "both directions added",
        "You add KL(p‖q) and KL(q‖p). Only the first is asked for.",
        lambda p, q: _kl(p, q) + _kl(q, p),
    ),
    instead(
        "Jensen–Shannon",
        "That is the Jensen–Shannon divergence: you compare with the average of p and q. Here p is "
        "compared with q itself.",
        lambda p, q: (_kl(p, (p + q) / 2) + _kl(q, (p + q) / 2)) / 2,
    ),
    *(
        instead(
            f"q kept away from 0 by {eps:g}",
            f"You keep q away from 0 by {eps:g}, so that nothing is infinite. But that is another "
            "q; where it excludes a class that comes, the divergence is `np.inf`.",
            lambda p, q, eps=eps: _kl(p, np.maximum(q, eps)),
        )
        for eps in (1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16)
    ),
    *(
        instead(
            f"{eps:g} added",
            f"You add {eps:g} to the probabilities. That changes every number slightly, and makes "
            "finite what is infinite. Only p = 0 needs care, and `np.where` takes it.",
            lambda p, q, eps=eps: (p * np.log((p + eps) / (q + eps))).sum(axis=1),
        )
        for eps in (1e-6, 1e-8, 1e-9, 1e-10, 1e-12)
    ),
)

# --- two bells ---


def _gap(m_p, m_q):
    return (m_p - m_q) ** 2


GAUSSIANS = (
    of_arguments(
        "directions exchanged",
        "That is KL(q‖p). In KL(p‖q) the expectation is under p, and the variance of q divides.",
        lambda m_p, s_p, m_q, s_q: (m_q, s_q, m_p, s_p),
    ),
    instead(
        "standard deviations not squared",
        "You use the standard deviations where variances belong: square them in the fraction.",
        lambda m_p, s_p, m_q, s_q: np.log(s_q / s_p) + (s_p + _gap(m_p, m_q)) / (2 * s_q) - 0.5,
    ),
    instead(
        "logarithm of variances",
        "Your logarithm is that of the *variances*, twice what it should be: log(σ_q/σ_p), or half "
        "of log(σ_q²/σ_p²).",
        lambda m_p, s_p, m_q, s_q: (
            2 * np.log(s_q / s_p) + (s_p**2 + _gap(m_p, m_q)) / (2 * s_q**2) - 0.5
        ),
    ),
    instead(
        "logarithm upside down",
        "Your logarithm has the ratio upside down: a q wider than p has to pay log(σ_q/σ_p).",
        lambda m_p, s_p, m_q, s_q: (
            np.log(s_p / s_q) + (s_p**2 + _gap(m_p, m_q)) / (2 * s_q**2) - 0.5
        ),
    ),
    instead(
        "½ not taken off",
        "Your answer is ½ too large: for p = q it must be 0. What has to be taken off is the same "
        "term of p itself.",
        lambda m_p, s_p, m_q, s_q: np.log(s_q / s_p) + (s_p**2 + _gap(m_p, m_q)) / (2 * s_q**2),
    ),
    instead(
        "½ of the square forgotten",
        "The exponent of a bell has a ½. In your fraction it is missing.",
        lambda m_p, s_p, m_q, s_q: np.log(s_q / s_p) + (s_p**2 + _gap(m_p, m_q)) / s_q**2 - 0.5,
    ),
    instead(
        "½ of the square forgotten, 1 taken off",
        "The exponent of a bell has a ½. In your fraction it is missing, and so is it in the "
        "constant: that is ½ too.",
        lambda m_p, s_p, m_q, s_q: np.log(s_q / s_p) + (s_p**2 + _gap(m_p, m_q)) / s_q**2 - 1,
    ),
    instead(
        "gap of the means not squared",
        "You have not squared the gap between the means, so its sign counts: your answer would "
        "fall if q moved to the right. Square it.",
        lambda m_p, s_p, m_q, s_q: np.log(s_q / s_p) + (s_p**2 + m_p - m_q) / (2 * s_q**2) - 0.5,
    ),
    instead(
        "variance of p divides",
        "You divide by the variance of p. It is q that has to explain the square: divide by σ_q².",
        lambda m_p, s_p, m_q, s_q: (
            np.log(s_q / s_p) + (s_q**2 + _gap(m_p, m_q)) / (2 * s_p**2) - 0.5
        ),
    ),
    instead(
        "cross-entropy",
        "That is the cross-entropy of p and q. Take the entropy of p off, and the 2π goes with it.",
        lambda m_p, s_p, m_q, s_q: (
            np.log(s_q * np.sqrt(2 * np.pi)) + (s_p**2 + _gap(m_p, m_q)) / (2 * s_q**2)
        ),
    ),
    instead(
        "spread of p forgotten",
        "You measure the gap of the means alone. Draws from p scatter, and their variance adds to "
        "the square of the gap.",
        lambda m_p, s_p, m_q, s_q: np.log(s_q / s_p) + _gap(m_p, m_q) / (2 * s_q**2) - 0.5,
    ),
    instead(
        "equal widths assumed",
        "That is right for two bells of the same width. Here they differ.",
        lambda m_p, s_p, m_q, s_q: _gap(m_p, m_q) / (2 * s_q**2),
    ),
    scaled("sign reversed", "Your divergence has the right size and the wrong sign.", -1),
    scaled("twice as large", "Your answer is twice the right one everywhere: a ½ is missing.", 2),
)
