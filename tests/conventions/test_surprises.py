"""What the notes warn of is so: kinks, ends of the range, labels, small numbers added inside."""

import math

import numpy as np
import pytest
from agreement import PACKAGES, installed, namespace

F = "torch.nn.functional"
SURPRISES = [
    ("scikit-learn", "sklearn._loss.AbsoluteError().gradient(np.zeros(1), np.zeros(1))", -1),
    ("scikit-learn", "sklearn.metrics.mean_absolute_percentage_error([0.0], [1.0])", 2.0**52),
    ("scikit-learn", "sklearn.metrics.log_loss([1, 0], [0.0, 0.0])", 26 * math.log(2)),
    ("scikit-learn", "sklearn.metrics.brier_score_loss([1, 0], [0.0, 0.0])", 0.5),
    (
        "scikit-learn",
        "sklearn.metrics.brier_score_loss([1, 0], [0.0, 0.0], scale_by_half=False)",
        1.0,
    ),
    ("scikit-learn", "sklearn.metrics.hinge_loss([3, 7], [0.5, 0.5])", 1.0),
    ("PyTorch", f"{F}.smooth_l1_loss(torch.zeros(1), torch.tensor([3.0]), beta=0.0)", 3),
    ("PyTorch", f"{F}.binary_cross_entropy(torch.zeros(1), torch.ones(1))", 100),
    ("PyTorch", f"{F}.soft_margin_loss(torch.tensor([-710.0]).double(), torch.ones(1))", math.inf),
    ("PyTorch", f"{F}.cross_entropy(torch.zeros(2, 3), torch.tensor([-100, -100]))", math.nan),
    ("PyTorch", f"{F}.cross_entropy(torch.zeros(1, 2), torch.ones(1, 2))", 2 * math.log(2)),
    (
        "PyTorch",
        f"{F}.cross_entropy(torch.zeros(1, 2), torch.tensor([[1.0, 0.0]]), "
        "weight=torch.tensor([5.0, 1.0]))",
        5 * math.log(2),
    ),
    ("PyTorch", f"{F}.margin_ranking_loss(*torch.zeros(2, 1), torch.ones(1))", 0),
    (
        "PyTorch",
        f"{F}.gaussian_nll_loss(torch.zeros(1), torch.zeros(1), torch.tensor([1e-9]))",
        math.log(1e-6) / 2,
    ),
    ("Keras", "keras.losses.MeanAbsolutePercentageError()([0.0], [1.0])", 1e9),
    ("Keras", "keras.losses.BinaryCrossentropy()([1.0], [0.0])", -math.log(1e-7)),
    ("Keras", "keras.losses.Hinge()([0.0, 0.0], [0.5, 0.5])", 1.5),
    ("Keras", "keras.losses.CategoricalHinge()([[1.0, 0.0]], [[0.0, -5.0]])", 1),
    ("Keras", "keras.losses.CosineSimilarity()([[1.0, 0.0]], [[2.0, 0.0]])", -1),
    (
        "Keras",
        "keras.losses.CategoricalCrossentropy()([[1.0, 0.0]], [[2.0, 2.0]])",
        math.log(2),
    ),
    (
        "optax",
        "optax.losses.safe_softmax_cross_entropy("
        "jax.numpy.array([0.0, -np.inf]), jax.numpy.array([1.0, 0.0]))",
        0,
    ),
]


@pytest.mark.parametrize(
    ("library", "call", "value"), [s for s in SURPRISES if installed(PACKAGES[s[0]])]
)
def test_what_surprises(library, call, value):
    theirs = np.asarray(eval(call, namespace(call)), float)
    np.testing.assert_allclose(theirs, value, rtol=1e-5)
