"""Mistakes typical of the exercises of *Rare classes*."""

import numpy as np

from lossbook.exercises._mistake import clipped, instead, of_arguments, of_result


def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def _miss(y, z):
    """Return the probability of the wrong label."""
    return _sigmoid((1 - 2 * y) * z)


DECIDE = (
    instead(
        "one half",
        "You cut at one half, whatever the errors cost. Compare the expected costs.",
        lambda p, alarm, miss: np.where(p > 0.5, 1, 0),
    ),
    of_arguments(
        "costs exchanged",
        "You have exchanged the two costs: an alarm costs something where the case is of class 0, "
        "silence where it is of class 1.",
        lambda p, alarm, miss: (p, miss, alarm),
    ),
    of_result(
        "decisions reversed",
        "You raise the alarm exactly where silence is cheaper. Turn the inequality round.",
        lambda result, *args: 1 - result,
    ),
    instead(
        "decisions reversed",
        "You raise the alarm exactly where silence is cheaper. Turn the inequality round.",
        lambda p, alarm, miss: np.where(p * miss < (1 - p) * alarm, 1, 0),
    ),
    instead(
        "odds for the probability",
        "You compare p with the ratio of the costs. It is the *odds* p / (1 − p) that equal it at "
        "the threshold; p itself is alarm / (alarm + miss).",
        lambda p, alarm, miss: np.where(p > alarm / miss, 1, 0),
    ),
    instead(
        "tie",
        "Right, but for a tie: where both cost the same on average, the alarm does not cost less. "
        "Compare with `>`.",
        lambda p, alarm, miss: np.where(p * miss >= (1 - p) * alarm, 1, 0),
    ),
    instead(
        "p and 1 − p exchanged",
        "You have exchanged p and 1 − p: silence costs something with probability p, an alarm with "
        "probability 1 − p.",
        lambda p, alarm, miss: np.where((1 - p) * miss > p * alarm, 1, 0),
    ),
    instead(
        "threshold returned",
        "You return the threshold. For each probability a decision is due, 0 or 1.",
        lambda p, alarm, miss: np.full_like(p, alarm / (alarm + miss)),
    ),
)

UNDO_WEIGHT = (
    instead(
        "weight applied again",
        "You multiply the odds by a. That is what the training did; undoing it divides them.",
        lambda p, a: a * p / (a * p + 1 - p),
    ),
    instead(
        "probability divided",
        "You divide the probability by a. It is the odds p / (1 − p) that are a times too high.",
        lambda p, a: p / a,
    ),
    instead(
        "odds returned",
        "These are the corrected odds. The probability is odds / (1 + odds).",
        lambda p, a: p / (a * (1 - p)),
    ),
    instead(
        "corrected logit",
        "That is the corrected logit. Take the sigmoid of it.",
        lambda p, a: np.log(p / (1 - p)) - np.log(a),
    ),
    instead(
        "a instead of log a",
        "You subtract a from the logit. The weight multiplied the odds by a, so it added log a.",
        lambda p, a: _sigmoid(np.log(p / (1 - p)) - a),
    ),
    instead(
        "log a subtracted from the probability",
        "You subtract log a from the probability. It is the logit that was shifted.",
        lambda p, a: p - np.log(a),
    ),
    instead(
        "logit divided",
        "You divide the logit by a. The odds are divided by a, so the logit loses log a.",
        lambda p, a: _sigmoid(np.log(p / (1 - p)) / a),
    ),
)


def _focal(y, p, alpha, gamma):
    right = np.where(y == 1, p, 1 - p)
    return -np.where(y == 1, alpha, 1 - alpha) * (1 - right) ** gamma * np.log(right)


FOCAL_VALUE = (
    instead(
        "factor forgotten",
        "That is the weighted log loss. The factor, the probability of the wrong label to the "
        "power γ, is missing.",
        lambda y, p, alpha, gamma: _focal(y, p, alpha, 0.0),
    ),
    of_arguments(
        "α and γ exchanged",
        "You take γ for the weight and α for the exponent. In the call α comes before γ.",
        lambda y, p, alpha, gamma: (y, p, gamma, alpha),
    ),
    instead(
        "sigmoid of a probability",
        "You apply a sigmoid to `p`, which is a probability already.",
        lambda y, p, alpha, gamma: _focal(y, _sigmoid(p), alpha, gamma),
    ),
    *clipped(1e-8, 1e-7, 1e-6, 1e-3),
    instead(
        "plus before the second term",
        "For label 0 your loss is negative. Both terms have a minus sign, for a logarithm of a "
        "probability is negative.",
        lambda y, p, alpha, gamma: np.where(y == 1, 1, -1) * _focal(y, p, alpha, gamma),
    ),
    instead(
        "α for both classes",
        "You weigh both classes by α. Label 0 weighs 1 − α.",
        lambda y, p, alpha, gamma: (
            _focal(y, p, alpha, gamma) * np.where(y == 1, 1, alpha / (1 - alpha))
        ),
    ),
    instead(
        "class 0 not weighted",
        "Label 1 is weighed by α, and that is right; label 0 weighs 1 − α, not 1.",
        lambda y, p, alpha, gamma: _focal(y, p, alpha, gamma) / np.where(y == 1, 1, 1 - alpha),
    ),
    instead(
        "α forgotten",
        "The weights of the classes are missing: α for label 1, 1 − α for label 0.",
        lambda y, p, alpha, gamma: _focal(y, p, alpha, gamma) / np.where(y == 1, alpha, 1 - alpha),
    ),
    instead(
        "α and 1 − α exchanged",
        "You weigh label 0 by α and label 1 by 1 − α. It is the other way round.",
        lambda y, p, alpha, gamma: _focal(y, p, 1 - alpha, gamma),
    ),
    instead(
        "factor turned round",
        "Your factor is largest where the sample is already right. It must be the probability of "
        "the *wrong* label, to the power γ.",
        lambda y, p, alpha, gamma: (
            -np.where(y == 1, alpha * p**gamma, (1 - alpha) * (1 - p) ** gamma)
            * np.log(np.where(y == 1, p, 1 - p))
        ),
    ),
    instead(
        "the same factor for both labels",
        "You use (1 − p) to the power γ for both labels. For label 0 the wrong label has "
        "probability p, so the factor is p to the power γ.",
        lambda y, p, alpha, gamma: (
            -np.where(y == 1, alpha, 1 - alpha)
            * (1 - p) ** gamma
            * np.log(np.where(y == 1, p, 1 - p))
        ),
    ),
    instead(
        "γ as a factor",
        "You multiply by γ. It is an exponent.",
        lambda y, p, alpha, gamma: gamma * _focal(y, p, alpha, 0.0) * np.where(y == 1, 1 - p, p),
    ),
    instead(
        "class 0 forgotten",
        "Where the label is 0 you return 0. Such a sample costs something too.",
        lambda y, p, alpha, gamma: y * _focal(y, p, alpha, gamma),
    ),
)

FOCAL_GRAD = (
    instead(
        "factor not differentiated",
        "You multiply the slope of the cross-entropy by the factor. The factor depends on z too: "
        "the product rule brings a second term.",
        lambda y, z, gamma: (1 - 2 * y) * _miss(y, z) ** (gamma + 1),
    ),
    instead(
        "gradient of the cross-entropy",
        "You return p − y, the slope for γ = 0. The factor is missing.",
        lambda y, z, gamma: (1 - 2 * y) * _miss(y, z),
    ),
    instead(
        "second term with the wrong sign",
        "Both parts pull the same way: as the sample gets better the log loss falls, and so does "
        "its factor. Add them.",
        lambda y, z, gamma: (
            (1 - 2 * y)
            * _miss(y, z) ** gamma
            * (_miss(y, z) - gamma * _miss(1 - y, z) * np.logaddexp(0, (1 - 2 * y) * z))
        ),
    ),
    instead(
        "1 − m forgotten",
        "In the second term 1 − m is missing: the slope of m by z is m (1 − m) in size.",
        lambda y, z, gamma: (
            (1 - 2 * y)
            * _miss(y, z) ** gamma
            * (_miss(y, z) + gamma * np.logaddexp(0, (1 - 2 * y) * z))
        ),
    ),
    instead(
        "sign of the label forgotten",
        "Your slope is positive for both labels. For label 1 the loss falls as z grows.",
        lambda y, z, gamma: (
            _miss(y, z) ** gamma
            * (_miss(y, z) + gamma * _miss(1 - y, z) * np.logaddexp(0, (1 - 2 * y) * z))
        ),
    ),
    instead(
        "value instead of derivative",
        "That is the focal loss itself. Its derivative is asked for.",
        lambda y, z, gamma: _miss(y, z) ** gamma * np.logaddexp(0, (1 - 2 * y) * z),
    ),
    *(
        of_result(
            "α left in",
            "You weigh the classes by α and 1 − α. Here there is no α: both classes weigh 1.",
            lambda result, y, z, gamma, alpha=alpha: result * np.where(y == 1, alpha, 1 - alpha),
        )
        for alpha in (0.25, 0.75)
    ),
)
