"""Mistakes typical of two bells in the exercises of *Divergences*."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments, of_result, scaled


def _gap(m_p, m_q):
    return (m_p - m_q) ** 2


GAUSSIANS = (
    of_arguments(
        "directions exchanged",
        "That is KL(q‖p). In KL(p‖q) the expectation is under p, and the variance of q divides.",
        lambda m_p, s_p, m_q, s_q: (m_q, s_q, m_p, s_p),
    ),
    of_arguments(
        "another order of the arguments",
        "Your formula is right, and your arguments come in another order. They are handed over by "
        "position: mean and standard deviation of p, then those of q.",
        lambda m_p, s_p, m_q, s_q: (m_p, m_q, s_p, s_q),
    ),
    of_arguments(
        "variances in place of deviations",
        "You take `s_p` and `s_q` for variances. They are standard deviations: square them.",
        lambda m_p, s_p, m_q, s_q: (m_p, np.sqrt(s_p), m_q, np.sqrt(s_q)),
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
        "half of the logarithm",
        "There is a ½ too many before your logarithm. It belongs to the logarithm of the "
        "*variances*, ½ log(σ_q²/σ_p²), which is log(σ_q/σ_p).",
        lambda m_p, s_p, m_q, s_q: (
            np.log(s_q / s_p) / 2 + (s_p**2 + _gap(m_p, m_q)) / (2 * s_q**2) - 0.5
        ),
    ),
    instead(
        "logarithm to the base 2",
        "Your logarithm has the base 2. Here it is the natural one, `np.log`.",
        lambda m_p, s_p, m_q, s_q: (
            np.log2(s_q / s_p) + (s_p**2 + _gap(m_p, m_q)) / (2 * s_q**2) - 0.5
        ),
    ),
    of_result(
        "bits in place of nats",
        "You return bits, as with logarithms to the base 2. Here the answer is in nats, with "
        "natural logarithms.",
        lambda result, *args: result / np.log(2),
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
        "gap of the means left out",
        "You compare the widths alone. The square of the gap between the means adds to the "
        "variance of p.",
        lambda m_p, s_p, m_q, s_q: np.log(s_q / s_p) + s_p**2 / (2 * s_q**2) - 0.5,
    ),
    instead(
        "variance of p divides",
        "You divide by the variance of p. In −log q(x) it is q's own variance that divides: σ_q².",
        lambda m_p, s_p, m_q, s_q: (
            np.log(s_q / s_p) + (s_p**2 + _gap(m_p, m_q)) / (2 * s_p**2) - 0.5
        ),
    ),
    instead(
        "variances exchanged",
        "You have exchanged the variances in the fraction. That of p stands above, and that of q "
        "divides.",
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
