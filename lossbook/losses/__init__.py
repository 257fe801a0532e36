"""The losses, a module for each family; this list is the table of contents."""

from .adversarial import GradientPenalty, HingeCritic, SaturatingGenerator, WassersteinCritic
from .asymmetric import Linex, SquaredEpsilonInsensitive
from .base import Loss
from .binary import BinaryCrossEntropy, SigmoidCrossEntropy
from .card import Card
from .combine import WeightedSum
from .combine_rows import WeightedRowSum
from .contrastive_batches import InfoNCE, SupervisedContrastive
from .cosine import CosineDistance
from .counts import Gamma, NegativeBinomial, Poisson
from .decoding import ctc_alignments, ctc_beam_search, ctc_greedy
from .densities import GaussianCRPS, GaussianNLL, LaplaceNLL
from .divergences import JensenShannon, KLDivergence, ReverseKL
from .embeddings import Contrastive, CosineEmbedding
from .f_divergences import ChiSquared, Hellinger, TotalVariation
from .focal import FocalLoss
from .gains import ndcg
from .general_robust import GeneralRobust
from .kernels import MMD
from .kinds import (
    BatchLoss,
    BinaryLoss,
    HasHess,
    HasProx,
    MarginLoss,
    ResidualLoss,
    RowLoss,
)
from .lambdarank import LambdaRank
from .m_estimators import Andrews, Fair, Hampel
from .margin import Hinge, Perceptron
from .margin_bounded import Ramp, Savage, SigmoidLoss, Tangent
from .margin_smooth import ModifiedHuber, SmoothHinge, SquaredHinge
from .measures import GeneralizedKL, ItakuraSaito
from .multiclass import GeneralizedCrossEntropy, SoftmaxCrossEntropy
from .multiclass_focal import SoftmaxFocalLoss
from .multiclass_margin import MulticlassHinge, MultiMargin
from .multiclass_probabilities import (
    CategoricalCrossEntropy,
    MulticlassBrier,
    MulticlassSphericalScore,
)
from .multiclass_softmax import SoftmaxPolyCrossEntropy, SymmetricCrossEntropy
from .ordinal import OrdinalLogistic, RankedProbability
from .overlap import Dice, FocalTversky, Jaccard, Tversky
from .percentage import AbsolutePercentageError, SymmetricPercentageError
from .players import (
    AdversarialPair,
    HingeGAN,
    LeastSquaresGAN,
    MinimaxGAN,
    NonSaturatingGAN,
    WassersteinGAN,
)
from .poly import PolyCrossEntropy
from .quantile import EpsilonInsensitive, Expectile, Quantile
from .ranking import PairwiseHinge, PairwiseLogistic
from .ranking_lists import ListMLE, ListSoftmax
from .redescending import Cauchy, GemanMcClure, Tukey, Welsch
from .regression import AbsoluteError, HalfSquaredError, SquaredError, SquaredLogError
from .renyi import Renyi
from .robust import Huber, LogCosh, PseudoHuber, SmoothL1
from .scores import Brier, SigmoidSquaredError, SphericalScore
from .sequences import CTC
from .sinkhorn import Sinkhorn
from .surrogates import Exponential, Logistic, ZeroOne
from .tasks import DynamicWeights, RandomWeights, UncertaintyWeighting, project_conflicting
from .transport import Cramer, Wasserstein1D
from .triplets import Triplet
from .tweedie import Tweedie

# Other names of one class.
BPR = PairwiseLogistic
MarginRanking = PairwiseHinge

# Ready-made instances read like functions, and still have .grad.
mse = SquaredError()
mae = AbsoluteError()
huber = Huber()
log_loss = binary_cross_entropy = BinaryCrossEntropy()
cross_entropy = SoftmaxCrossEntropy()
categorical_cross_entropy = CategoricalCrossEntropy()
hinge = Hinge()
focal = FocalLoss()
kl_divergence = KLDivergence()

__all__ = [
    "BPR",
    "CTC",
    "MMD",
    "AbsoluteError",
    "AbsolutePercentageError",
    "AdversarialPair",
    "Andrews",
    "BatchLoss",
    "BinaryCrossEntropy",
    "BinaryLoss",
    "Brier",
    "Card",
    "CategoricalCrossEntropy",
    "Cauchy",
    "ChiSquared",
    "Contrastive",
    "CosineDistance",
    "CosineEmbedding",
    "Cramer",
    "Dice",
    "DynamicWeights",
    "EpsilonInsensitive",
    "Expectile",
    "Exponential",
    "Fair",
    "FocalLoss",
    "FocalTversky",
    "Gamma",
    "GaussianCRPS",
    "GaussianNLL",
    "GemanMcClure",
    "GeneralRobust",
    "GeneralizedCrossEntropy",
    "GeneralizedKL",
    "GradientPenalty",
    "HalfSquaredError",
    "Hampel",
    "HasHess",
    "HasProx",
    "Hellinger",
    "Hinge",
    "HingeCritic",
    "HingeGAN",
    "Huber",
    "InfoNCE",
    "ItakuraSaito",
    "Jaccard",
    "JensenShannon",
    "KLDivergence",
    "LambdaRank",
    "LaplaceNLL",
    "LeastSquaresGAN",
    "Linex",
    "ListMLE",
    "ListSoftmax",
    "LogCosh",
    "Logistic",
    "Loss",
    "MarginLoss",
    "MarginRanking",
    "MinimaxGAN",
    "ModifiedHuber",
    "MultiMargin",
    "MulticlassBrier",
    "MulticlassHinge",
    "MulticlassSphericalScore",
    "NegativeBinomial",
    "NonSaturatingGAN",
    "OrdinalLogistic",
    "PairwiseHinge",
    "PairwiseLogistic",
    "Perceptron",
    "Poisson",
    "PolyCrossEntropy",
    "PseudoHuber",
    "Quantile",
    "Ramp",
    "RandomWeights",
    "RankedProbability",
    "Renyi",
    "ResidualLoss",
    "ReverseKL",
    "RowLoss",
    "SaturatingGenerator",
    "Savage",
    "SigmoidCrossEntropy",
    "SigmoidLoss",
    "SigmoidSquaredError",
    "Sinkhorn",
    "SmoothHinge",
    "SmoothL1",
    "SoftmaxCrossEntropy",
    "SoftmaxFocalLoss",
    "SoftmaxPolyCrossEntropy",
    "SphericalScore",
    "SquaredEpsilonInsensitive",
    "SquaredError",
    "SquaredHinge",
    "SquaredLogError",
    "SupervisedContrastive",
    "SymmetricCrossEntropy",
    "SymmetricPercentageError",
    "Tangent",
    "TotalVariation",
    "Triplet",
    "Tukey",
    "Tversky",
    "Tweedie",
    "UncertaintyWeighting",
    "Wasserstein1D",
    "WassersteinCritic",
    "WassersteinGAN",
    "WeightedRowSum",
    "WeightedSum",
    "Welsch",
    "ZeroOne",
    "binary_cross_entropy",
    "categorical_cross_entropy",
    "cross_entropy",
    "ctc_alignments",
    "ctc_beam_search",
    "ctc_greedy",
    "focal",
    "hinge",
    "huber",
    "kl_divergence",
    "log_loss",
    "mae",
    "mse",
    "ndcg",
    "project_conflicting",
]
