"""The losses of `lossbook.losses.counts`, and their values worked out by hand."""

import math

import numpy as np

import lossbook as lb

LOSSES = [
    lb.Poisson(),
    lb.Gamma(),
    lb.Tweedie(),
    lb.Tweedie(0.0),
    lb.Tweedie(1.0),
    lb.Tweedie(1.01),
    lb.Tweedie(1.9),
    lb.Tweedie(2.0),
    lb.Tweedie(2.5),
    lb.Tweedie(3.0),
    lb.NegativeBinomial(),
    lb.NegativeBinomial(0.01),
    lb.NegativeBinomial(7.5),
]

LOG2, LOG4 = math.log(2), math.log(4)

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.Poisson(), 2.0, LOG4, 2 - 2 * LOG2, 2.0),
    (lb.Poisson(), 1.0, 0.0, 0.0, 0.0),
    (lb.Poisson(), 0.0, LOG2, 2.0, 2.0),
    (lb.Gamma(), 1.0, LOG2, LOG2 - 0.5, 0.5),
    (lb.Gamma(), 1.0, -LOG2, 1 - LOG2, -1.0),
    (lb.Tweedie(1.5), 4.0, 0.0, 2.0, -3.0),
    (lb.Tweedie(1.5), 0.0, LOG4, 4.0, 2.0),
    (lb.Tweedie(1.5), 1.0, 0.0, 0.0, 0.0),
    (lb.Tweedie(0.0), -1.0, LOG2, 4.5, 6.0),
    (lb.Tweedie(1.0), 2.0, LOG4, 2 - 2 * LOG2, 2.0),
    (lb.Tweedie(2.0), 1.0, LOG2, LOG2 - 0.5, 0.5),
    (lb.Tweedie(3.0), 2.0, 0.0, 0.25, -1.0),
    (lb.NegativeBinomial(1.0), 0.0, math.log(3), LOG4, 0.75),
    (lb.NegativeBinomial(1.0), 1.0, math.log(3), LOG4 - math.log(3), 0.5),
    (lb.NegativeBinomial(0.5), 2.0, 0.0, 4 * math.log(0.75) + 2 * LOG2, -2 / 3),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.Poisson(), [1.0, -1.0], [0.0, 0.0], r"y_true\[1\] is -1.*not negative"),
    (lb.Gamma(), [1.0, 0.0], [0.0, 0.0], r"y_true\[1\] is 0.*Tweedie"),
    (lb.Tweedie(1.5), [-1.0], [0.0], r"y_true\[0\] is -1"),
    (lb.Tweedie(2.5), [0.0], [0.0], r"y_true\[0\] is 0"),
    (lb.NegativeBinomial(), [-2.0], [0.0], r"y_true\[0\] is -2"),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.Tweedie, {"power": 0.5}),
    (lb.Tweedie, {"power": 3.1}),
    (lb.Tweedie, {"power": "two"}),
    (lb.NegativeBinomial, {"dispersion": 0.0}),
]


def truths_and_logarithms(loss, dtype):
    """Return truths of all sizes against logarithms far from theirs, near, and all but equal."""
    rng = np.random.default_rng(5)
    y = np.concatenate([loss.truth.sample(rng, 25), 10.0 ** rng.uniform(-6, 2, 14), [1e6]]).astype(
        dtype
    )
    z = np.clip(rng.uniform(-40, 40, y.size), -loss.reach, loss.reach)
    z[:4] = rng.uniform(-loss.reach, loss.reach, 4)
    log = np.log(np.where(y > 0, y, 1))
    near = log + rng.normal(size=y.size) * 10.0 ** rng.uniform(-9, 1, y.size)
    y, z = np.concatenate([y, y, y]), np.concatenate([z, near, log]).astype(dtype)
    return y[z != 0], z[z != 0]  # where the loss is exactly 0, 50 digits leave a remainder


POINTS = dict.fromkeys(
    (lb.Poisson, lb.Gamma, lb.Tweedie, lb.NegativeBinomial), truths_and_logarithms
)
