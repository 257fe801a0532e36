"""A Sphinx extension: a search for a name that a loss goes by finds its chapter first.

The names and the chapter are those of the losses' cards; what is searched for besides is below.
They become entries of the index, which the search ranks above the words of a text; and
search_scorer.js ranks a page by its headings, to which the result then leads.  Loaded by
``local_extensions`` in _config.yml.
"""

from functools import cache
from pathlib import Path

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

import lossbook as lb

BESIDES = {
    "concepts/what-a-loss-is": ["risk", "objective", "metric", "loss landscape"],
    "concepts/where-losses-come-from": ["maximum likelihood", "likelihood", "MAP", "prior"],
    "concepts/what-a-loss-estimates": ["proper scoring rule", "elicitable", "minimiser"],
    "concepts/shape-of-a-loss": ["convex", "Lipschitz", "influence function", "smoothness"],
    "losses/squared-and-absolute": ["RMSE", "root mean squared error", "mean absolute error"],
    "losses/robust": ["M-estimator", "outlier", "Tukey biweight", "Charbonnier"],
    "losses/quantiles-and-counts": ["quantile regression", "quantile loss", "count data"],
    "losses/binary-cross-entropy": ["log loss", "logit", "sigmoid", "logistic regression"],
    "losses/softmax-cross-entropy": ["softmax", "label smoothing", "perplexity", "log-sum-exp"],
    "losses/margin": ["SVM", "support vector", "0-1 loss", "zero-one loss", "exponential loss"],
    "losses/imbalance": ["focal loss", "class weights", "imbalanced data", "prior correction"],
    "losses/divergences": [
        "KL divergence",
        "Kullback–Leibler divergence",
        "Jensen-Shannon divergence",
        "Wasserstein distance",
        "earth mover's distance",
        "distillation",
        "entropy",
    ],
    "losses/embeddings-and-ranking": [
        "contrastive loss",
        "triplet loss",
        "NDCG",
        "learning to rank",
        "collapse",
        "SimCLR",
        "RankNet",
    ],
    "losses/sequences-ctc": ["CTC loss", "alignment", "beam search", "blank"],
    "losses/overlap": ["IoU", "F1", "Dice loss", "segmentation", "Jaccard index"],
    "losses/combining-losses": [
        "multi-task learning",
        "uncertainty weighting",
        "PCGrad",
        "gradient conflict",
        "custom loss",
    ],
    "optimization/gradient-descent": ["learning rate", "step size", "condition number"],
    "optimization/stochastic-gradient-descent": ["SGD", "mini-batch", "batch size", "epoch"],
    "optimization/momentum": ["momentum", "heavy ball", "Nesterov", "accelerated gradient"],
    "optimization/adaptive-methods": ["Adam", "AdamW", "RMSProp", "AdaGrad", "bias correction"],
    "optimization/learning-rates": [
        "learning rate schedule",
        "warm-up",
        "cosine schedule",
        "one-cycle",
        "range test",
        "GridSearchCV",
    ],
    "optimization/second-order": [
        "Newton's method",
        "IRLS",
        "Gauss-Newton",
        "Levenberg-Marquardt",
        "L-BFGS",
        "Hessian",
    ],
    "optimization/regularization": [
        "overfitting",
        "lasso",
        "ridge",
        "weight decay",
        "elastic net",
        "early stopping",
        "dropout",
        "proximal gradient",
    ],
    "optimization/backpropagation": [
        "neural network",
        "vanishing gradient",
        "exploding gradient",
        "initialisation",
        "gradient clipping",
        "MLP",
    ],
    "optimization/distributed": ["Dask", "data parallel", "local SGD", "cluster", "straggler"],
    "applications/regression-with-outliers": [
        "prediction interval",
        "conformal prediction",
        "contaminated labels",
        "leverage",
    ],
    "applications/image-classification": [
        "confusion matrix",
        "MNIST",
        "reject option",
        "temperature scaling",
        "label noise",
    ],
    "applications/fraud-detection": [
        "cost matrix",
        "cost-sensitive learning",
        "expected cost",
        "ROC curve",
        "calibration",
        "concept drift",
    ],
    "applications/text-and-language": [
        "language model",
        "bits per character",
        "n-gram",
        "naive Bayes",
        "BLEU",
        "text classification",
    ],
    "applications/speech-recognition": ["Morse code", "spectrogram", "word error rate", "audio"],
    "applications/recommendation": [
        "recommender system",
        "matrix factorisation",
        "collaborative filtering",
        "implicit feedback",
        "cold start",
    ],
    "applications/generative-adversarial": [
        "GAN",
        "generator",
        "discriminator",
        "mode collapse",
        "WGAN",
        "minimax",
    ],
    "applications/self-supervised": [
        "contrastive learning",
        "augmentation",
        "linear probe",
        "dimensional collapse",
        "pretraining",
    ],
    "applications/frameworks": [
        "PyTorch",
        "Keras",
        "TensorFlow",
        "JAX",
        "optax",
        "scikit-learn",
        "BCEWithLogitsLoss",
        "from_logits",
        "batchmean",
    ],
    "reference/choosing": [
        "which loss",
        "choose a loss",
        "recommend",
        "skewed target",
        "ordered classes",
        "ordinal",
    ],
    "reference/faq": [
        "FAQ",
        "question",
        "negative loss",
        "negative R2",
        "training loss higher than validation loss",
        "loss does not decrease",
        "initial loss",
        "argument order",
        "multi-label",
    ],
    "reference/claims-checked": ["myth", "misconception", "true or false", "verdict"],
    "reference/bug-museum": [
        "bug",
        "debugging",
        "loss increases",
        "loss is NaN",
        "softmax twice",
        "broadcasting",
        "data leakage",
        "ignore_index",
        "does not learn",
        "checklist",
    ],
    "reference/formula-sheet": ["cheat sheet", "update rule", "list of formulas"],
    "reference/indexes": ["list of losses", "list of exercises", "list of optimizers"],
    "reference/outlook": ["learned loss", "meta-learning", "future"],
    "reference/resources": ["books", "courses", "further reading", "survey"],
    "start/paths": ["syllabus", "curriculum", "reading order", "course", "where to start"],
}


@cache
def _cards() -> tuple:
    return tuple((type(loss).__name__, loss.card()) for loss in lb.all_losses())


def names(chapter: str, text: str) -> list[str]:
    """Return the names that lead to a chapter: of the losses it speaks of, and besides."""
    found = set(BESIDES.get(chapter, ()))
    for name, card in _cards():
        if card.chapter == chapter and name in text:
            found |= {name, *card.aliases}
    return sorted(found)


class NamesOfLosses(SphinxTransform):
    """Put the names of a chapter's losses into the index."""

    default_priority = 840  # before the domains read the index

    def apply(self, **kwargs) -> None:
        """Add one node with an entry for each name."""
        chapter = self.env.docname.removeprefix("book/")
        found = names(chapter, self.document.astext())
        if found:
            entries = [("single", name, "", "main", None) for name in found]
            self.document.children[0].insert(1, addnodes.index(entries=entries))  # after the title


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the transform and the ranking."""
    app.add_transform(NamesOfLosses)
    app.config.html_search_scorer = str(Path(__file__).with_name("search_scorer.js"))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
