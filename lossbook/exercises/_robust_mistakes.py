"""Mistakes typical of the exercises of *Robust losses*."""

import numpy as np

from lossbook.exercises.mistakes import MEAN_UNASKED, instead, of_result

HUBER_GRAD = (
    instead(
        "zero beyond the threshold",
        "Beyond δ your slope is 0: the outlier has let go altogether. Huber's keeps "
        "pulling with the constant force δ.",
        lambda y, p, delta: np.where(np.abs(p - y) <= delta, p - y, 0),
    ),
    instead(
        "slope 1 beyond the threshold",
        "Beyond δ you return the sign of the residual, so the slope jumps at δ. It must "
        "arrive there with the value δ: δ times the sign.",
        lambda y, p, delta: np.where(np.abs(p - y) <= delta, p - y, np.sign(p - y)),
    ),
    instead(
        "divided by the threshold",
        "This is the slope of the smooth L1 loss, which is at most 1. Huber's is δ times that.",
        lambda y, p, delta: np.clip((p - y) / delta, -1, 1),
    ),
    instead(
        "δ without its sign",
        "Beyond δ you return +δ on both sides. A prediction that is too small pulls the "
        "other way: −δ.",
        lambda y, p, delta: np.where(np.abs(p - y) <= delta, p - y, delta),
    ),
    instead(
        "cut on one side only",
        "You cut large positive residuals, and let large negative ones through.",
        lambda y, p, delta: np.minimum(p - y, delta),
    ),
    instead(
        "2 r inside",
        "Inside δ you return 2r. Huber's parabola is r²/2, and its slope is r.",
        lambda y, p, delta: np.where(np.abs(p - y) <= delta, 2 * (p - y), delta * np.sign(p - y)),
    ),
    instead(
        "value instead of derivative",
        "That is the loss. Its derivative is asked for.",
        lambda y, p, delta: np.where(
            np.abs(p - y) <= delta, (p - y) ** 2 / 2, delta * (np.abs(p - y) - delta / 2)
        ),
    ),
)


SMOOTH_L1 = (
    of_result(
        "Huber instead of smooth L1",
        "This is Huber's loss, β times the smooth L1 loss. At β = 1 nobody notices; at "
        "any other β all steps of your training are longer or shorter.",
        lambda result, y, p, beta: beta * result,
    ),
    instead(
        "larger of the two pieces",
        "You take the larger of the two pieces. That is the parabola, everywhere: it "
        "never lies below the line. The residual has to decide, not the larger value.",
        lambda y, p, beta: np.maximum((p - y) ** 2 / (2 * beta), np.abs(p - y) - beta / 2),
    ),
    instead(
        "smaller of the two pieces",
        "You take the smaller of the two pieces. That is the line, everywhere, and it is below 0 "
        "near r = 0. The residual has to decide, not the smaller value.",
        lambda y, p, beta: np.minimum((p - y) ** 2 / (2 * beta), np.abs(p - y) - beta / 2),
    ),
    instead(
        "β/2 not subtracted",
        "Your line |r| does not meet the parabola at β: the loss jumps there. Subtract β/2.",
        lambda y, p, beta: np.where(np.abs(p - y) < beta, (p - y) ** 2 / (2 * beta), np.abs(p - y)),
    ),
    instead(
        "parabola not divided by β",
        "Your parabola is r²/2. With this line it meets only if β is 1; divide it by β.",
        lambda y, p, beta: np.where(
            np.abs(p - y) < beta, (p - y) ** 2 / 2, np.abs(p - y) - beta / 2
        ),
    ),
    instead(
        "parabola multiplied by β",
        "You multiply the parabola by β instead of dividing it. `r**2 / 2 * beta` is read "
        "from left to right; write `r**2 / (2 * beta)`.",
        lambda y, p, beta: np.where(
            np.abs(p - y) < beta, (p - y) ** 2 / 2 * beta, np.abs(p - y) - beta / 2
        ),
    ),
    instead(
        "½ in place of β/2",
        "You subtract ½ on the line. That is for β = 1; in general it is β/2.",
        lambda y, p, beta: np.where(
            np.abs(p - y) < beta, (p - y) ** 2 / (2 * beta), np.abs(p - y) - 0.5
        ),
    ),
)


SCALE = (
    of_result(
        "1.48 for 1.4826",
        "You take 1.48 for the factor. It is 1.4826: give it with four digits at least.",
        lambda result, *args: result * 1.48 / 1.4826,
    ),
    of_result(
        "0.6745 on the wrong side",
        "You multiply by 0.6745. Half of normal noise lies within 0.6745 standard "
        "deviations: divide by it.",
        lambda result, *args: result * 0.6745 / 1.4826,
    ),
    instead(
        "absolute value after the median",
        "You take the absolute value of the median residual: residuals in opposite "
        "directions have already cancelled. Take the absolute value of each first.",
        lambda y, p: 1.4826 * np.abs(np.median(p - y)),
    ),
    instead(
        "absolute value forgotten, r negated",
        "You take the median of the residuals with their signs, which says where they "
        "lie and not how far they spread. Take the absolute values first.",
        lambda y, p: 1.4826 * np.median(y - p),
    ),
    instead(
        "1.4826 forgotten",
        "This is the median size of a residual. Half of normal noise lies within 0.6745 "
        "standard deviations, so multiply by 1/0.6745 = 1.4826.",
        lambda y, p: np.median(np.abs(p - y)),
    ),
    instead(
        "absolute value forgotten",
        "You take the median of the residuals with their signs, which says where they "
        "lie and not how far they spread. Take the absolute values first.",
        lambda y, p: 1.4826 * np.median(p - y),
    ),
    instead(
        "mean instead of median",
        "You take the mean size. One huge residual makes it huge; the median stays.",
        lambda y, p: 1.4826 * np.mean(np.abs(p - y)),
    ),
    instead(
        "standard deviation",
        "This is the standard deviation, which the outliers themselves inflate. Use the "
        "median of the absolute residuals.",
        lambda y, p: np.std(p - y),
    ),
    instead(
        "deviations from the median residual",
        "You subtract the median residual first. The residuals of a fit are measured "
        "from 0, where they should be.",
        lambda y, p: 1.4826 * np.median(np.abs((p - y) - np.median(p - y))),
    ),
)


TUKEY_WEIGHT = (
    instead(
        "no end at c",
        "Inside c you are right. Outside, the formula grows again, and the worst outlier "
        "gets the largest weight; there the weight is 0.",
        lambda y, p, c: (1 - ((p - y) / c) ** 2) ** 2,
    ),
    instead(
        "not squared",
        "You return 1 − (r/c)². The derivative of a cube leaves a square.",
        lambda y, p, c: np.maximum(1 - ((p - y) / c) ** 2, 0),
    ),
    of_result(
        "pull instead of weight",
        "This is the slope ψ(r), the pull of a sample. The weight is the slope divided "
        "by the residual.",
        lambda result, y, p, c: result * (p - y),
    ),
    of_result(
        "0 at a residual of 0",
        "Right, except where a residual is exactly 0. There you have 0/0, and then 0; the "
        "weight of a perfect prediction is the largest of all, 1.",
        lambda result, y, p, c: np.where(p == y, 0, result),
    ),
    instead(
        "r/c not squared",
        "You take (1 − |r|/c)². Square r/c before you subtract it from 1, too.",
        lambda y, p, c: np.maximum(1 - np.abs(p - y) / c, 0) ** 2,
    ),
    of_result(
        "squared once too often",
        "Inside c you take a third power. That is in the loss; its derivative has a square.",
        lambda result, *args: result**1.5,
    ),
    MEAN_UNASKED,
)


def _solve(weight, X, y):
    return np.linalg.solve(X.T @ (weight[:, None] * X), X.T @ (weight * y))


def _one_over(r, delta):
    return np.where(np.abs(r) <= delta, 1, 1 / np.abs(r))


def _huber_weights(w, X, y, delta):
    return delta / np.maximum(np.abs(X @ w - y), delta)


def _to_the_end(w, X, y, delta):
    for _ in range(100):
        w = _solve(_huber_weights(w, X, y, delta), X, y)
    return w


IRLS_STEP = (
    instead(
        "weights not used",
        "This is the ordinary least-squares fit: every sample counts the same. Multiply "
        "each by its weight, on both sides of the normal equations.",
        lambda w, X, y, delta: _solve(np.ones(len(y)), X, y),
    ),
    instead(
        "weights squared",
        "You weight X and y before forming the normal equations, so each weight enters "
        "twice. Use the square root of the weights there, or the weights once.",
        lambda w, X, y, delta: _solve(_huber_weights(w, X, y, delta) ** 2, X, y),
    ),
    instead(
        "weights on one side only",
        "You weight XᵀX but not Xᵀy. Every sample needs the same weight on both sides.",
        lambda w, X, y, delta: np.linalg.solve(
            X.T @ (_huber_weights(w, X, y, delta)[:, None] * X), X.T @ y
        ),
    ),
    instead(
        "0/0 at a perfect fit",
        "You divide the clipped residual by the residual. Where a sample is fitted "
        "exactly that is 0/0; its weight is 1.",
        lambda w, X, y, delta: _solve(np.clip(X @ w - y, -delta, delta) / (X @ w - y), X, y),
    ),
    instead(
        "δ/|r| everywhere",
        "Your weight is δ/|r| for small residuals too: it exceeds 1, and is infinite where "
        "a sample is fitted exactly. Inside δ the weight is 1.",
        lambda w, X, y, delta: _solve(delta / np.abs(X @ w - y), X, y),
    ),
    instead(
        "1/|r| beyond the threshold",
        "Beyond δ your weight is 1/|r|, and jumps at δ. It is δ/|r|, which is 1 there.",
        lambda w, X, y, delta: _solve(_one_over(X @ w - y, delta), X, y),
    ),
    instead(
        "absolute value forgotten",
        "You compare r itself with δ, so that large negative residuals keep the weight 1. "
        "Compare |r|.",
        lambda w, X, y, delta: _solve(delta / np.maximum(X @ w - y, delta), X, y),
    ),
    instead(
        "absolute value forgotten, r negated",
        "You compare y − X w itself with δ, so that large negative values keep the weight "
        "1. Compare |r|.",
        lambda w, X, y, delta: _solve(delta / np.maximum(y - X @ w, delta), X, y),
    ),
    instead(
        "more than one round",
        "You repeat the round until nothing changes. One round is asked for: take the weights "
        "once, from the parameters given.",
        _to_the_end,
    ),
    instead(
        "weights against the truth only",
        "You weight Xᵀy but not XᵀX. Every sample needs the same weight on both sides.",
        lambda w, X, y, delta: np.linalg.solve(X.T @ X, X.T @ (_huber_weights(w, X, y, delta) * y)),
    ),
)
