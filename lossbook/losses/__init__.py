"""The losses, a module for each family; this list is the table of contents."""

from .base import Loss
from .binary import BinaryCrossEntropy, SigmoidCrossEntropy
from .card import Card
from .general_robust import GeneralRobust
from .kinds import (
    BatchLoss,
    BinaryLoss,
    HasHess,
    HasProx,
    MarginLoss,
    ResidualLoss,
    RowLoss,
)
from .margin import Hinge
from .multiclass import GeneralizedCrossEntropy, SoftmaxCrossEntropy
from .quantile import EpsilonInsensitive, Expectile, Quantile
from .redescending import Cauchy, GemanMcClure, Tukey, Welsch
from .regression import (
    AbsoluteError,
    AbsolutePercentageError,
    HalfSquaredError,
    SquaredError,
    SquaredLogError,
)
from .robust import Huber, LogCosh, PseudoHuber, SmoothL1

# Ready-made instances read like functions, and still have .grad.
mse = SquaredError()
mae = AbsoluteError()
huber = Huber()
log_loss = binary_cross_entropy = BinaryCrossEntropy()
cross_entropy = SoftmaxCrossEntropy()
hinge = Hinge()

__all__ = [
    "AbsoluteError",
    "AbsolutePercentageError",
    "BatchLoss",
    "BinaryCrossEntropy",
    "BinaryLoss",
    "Card",
    "Cauchy",
    "EpsilonInsensitive",
    "Expectile",
    "GemanMcClure",
    "GeneralRobust",
    "GeneralizedCrossEntropy",
    "HalfSquaredError",
    "HasHess",
    "HasProx",
    "Hinge",
    "Huber",
    "LogCosh",
    "Loss",
    "MarginLoss",
    "PseudoHuber",
    "Quantile",
    "ResidualLoss",
    "RowLoss",
    "SigmoidCrossEntropy",
    "SmoothL1",
    "SoftmaxCrossEntropy",
    "SquaredError",
    "SquaredLogError",
    "Tukey",
    "Welsch",
    "binary_cross_entropy",
    "cross_entropy",
    "hinge",
    "huber",
    "log_loss",
    "mae",
    "mse",
]
