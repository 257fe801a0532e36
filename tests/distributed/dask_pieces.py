"""Data in pieces, and the objectives that the tests of `lossbook.distributed` share."""

from itertools import pairwise

import dask
import dask.bag
import numpy as np
import pytest

import lossbook as lb

N = 60
RNG = np.random.default_rng(7)
X = RNG.standard_normal((N, 3)) * [1.0, 10.0, 0.1]
LABELS = RNG.integers(0, 3, N)
WEIGHTS = RNG.uniform(0.1, 5, N)
CUTS = [(60,), (20, 20, 20), (1, 58, 1), (7, 0, 30, 23, 0), (3,) * 20]
MODEL = lb.LinearModel(3)
Y = X @ [1.0, -0.2, 3.0] + RNG.standard_normal(N)

CASES = {
    "squared error": (MODEL, lb.mse, Y, None),
    "Huber, L2": (MODEL, lb.Huber(0.5), Y, lb.L2(0.1)),
    "absolute error, L1": (MODEL, lb.mae, Y, lb.L1(0.1)),
    "two outputs": (lb.SoftmaxModel(3, 2), lb.mse, np.stack([Y, -Y], axis=1), None),
    "softmax": (lb.SoftmaxModel(3, 3), lb.SoftmaxCrossEntropy(), LABELS, None),
    "weighted classes, one ignored": (
        lb.SoftmaxModel(3, 3),
        lb.SoftmaxCrossEntropy(class_weight=(0.5, 2.0, 1.0), ignore_index=1),
        LABELS,
        lb.L2(0.01),
    ),
    "network": (lb.MLP(3, (4,)), lb.SigmoidCrossEntropy(), (Y > 0).astype(float), lb.L2(0.1)),
}


def start(model):
    return 0.3 * np.random.default_rng(1).standard_normal(model.n_params)


def pieces(array, cut):
    ends = np.cumsum((0, *cut))
    return [array[a:b] for a, b in pairwise(ends)]


def bag(cut, *columns):
    return dask.bag.from_delayed(
        [dask.delayed([chunk]) for chunk in zip(*(pieces(c, cut) for c in columns), strict=True)]
    )


def assert_same(found, expected):
    """Compare value and gradient: to rounding, measured by the largest entry of the gradient."""
    assert found[0] == pytest.approx(expected[0], rel=1e-14)
    np.testing.assert_allclose(
        found[1], expected[1], rtol=1e-13, atol=1e-14 * np.abs(expected[1]).max()
    )
