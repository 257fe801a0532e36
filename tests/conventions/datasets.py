"""Small data sets, one for each kind of input: truth `y`, prediction `p`, and what else is needed.

The first axis of every array is the samples, so that a data set can be taken twice.
"""

import numpy as np

__all__ = ["DATASETS", "twice"]


def _reals(rng):
    return {"y": 3 * rng.standard_normal(12), "p": 3 * rng.standard_normal(12)}


def _matrices(rng):
    return {"y": 2 * rng.standard_normal((6, 4)), "p": 2 * rng.standard_normal((6, 4))}


def _over_zero(rng):
    return {"y": rng.gamma(2.0, size=12) + 0.1, "p": rng.gamma(2.0, size=12) + 0.1}


def _counts(rng):
    return {"y": rng.poisson(2.0, 12).astype(float), "p": rng.gamma(2.0, size=12) + 0.1}


def _rows_of_counts(rng):
    return {"y": rng.poisson(2.0, (6, 4)) + 1.0, "p": rng.gamma(2.0, size=(6, 4)) + 0.1}


def _log_means_of_counts(rng):
    return {"y": rng.poisson(2.0, 12).astype(float), "p": rng.standard_normal(12)}


def _log_means(rng):
    return {"y": rng.gamma(2.0, size=12) + 0.1, "p": rng.standard_normal(12)}


def _mean_and_log_variance(rng):
    return {"y": rng.standard_normal(12), "p": rng.standard_normal((12, 2))}


def _binary(rng):
    return {"y": rng.integers(0, 2, 12).astype(float), "p": 2 * rng.standard_normal(12)}


def _probabilities(rng):
    return {"y": rng.integers(0, 2, 12).astype(float), "p": rng.uniform(0.05, 0.95, 12)}


def _signs(rng):
    return {"y": rng.choice([-1.0, 1.0], 12), "p": 2 * rng.standard_normal(12)}


def _classes(rng):
    return {"y": np.arange(12) % 4, "p": 2 * rng.standard_normal((12, 4))}


def _ignored(rng):
    return {"y": np.where(np.arange(12) % 3, np.arange(12) % 4, -100), "p": _classes(rng)["p"]}


def _soft_labels(rng):
    return {"y": rng.dirichlet(np.ones(4), 8), "p": 2 * rng.standard_normal((8, 4))}


def _one_hot(rng):
    return {"y": np.eye(4)[np.arange(8) % 4], "p": 2 * rng.standard_normal((8, 4))}


def _class_probabilities(rng):
    return {"y": np.arange(8) % 4, "p": rng.dirichlet(np.full(4, 3.0), 8)}


def _distributions(rng):
    return {"y": rng.dirichlet(np.full(4, 3.0), 8), "p": rng.dirichlet(np.full(4, 3.0), 8)}


def _positive_scores(rng):
    return {"y": np.arange(12) % 4, "p": rng.uniform(0.0, 3.0, (12, 4))}


def _several_labels(rng):
    return {"y": rng.integers(0, 2, (6, 4)).astype(float), "p": 2 * rng.standard_normal((6, 4))}


def _pairs(rng):
    return {"y": np.resize([1.0, -1.0], 12), "p": rng.standard_normal((12, 2, 3))}


def _scores_of_pairs(rng):
    return {"y": np.resize([1.0, -1.0], 12), "p": rng.standard_normal((12, 2))}


def _triplets(rng):
    return {"y": np.ones(12), "p": rng.standard_normal((12, 3, 3))}


def _views(rng):
    return {"y": np.repeat(np.arange(4), 2), "p": rng.standard_normal((8, 3))}


def _masks(rng):
    return {"y": rng.integers(0, 2, (5, 20)).astype(float), "p": rng.uniform(0.05, 0.95, (5, 20))}


def _sequences(rng):
    """Rows of labels, padded with −1, a repeat among them, for six frames of four classes."""
    y = np.array([[1, 2, 3], [2, 2, -1], [3, 1, -1], [1, -1, -1]])
    frames, labels = np.full(4, 6), (y >= 0).sum(axis=1)
    return {"y": y, "p": rng.standard_normal((4, 6, 4)), "frames": frames, "labels": labels}


_KINDS = {
    "reals": _reals,
    "matrices": _matrices,
    "positive": _over_zero,
    "counts": _counts,
    "rows of counts": _rows_of_counts,
    "log means of counts": _log_means_of_counts,
    "log means": _log_means,
    "mean and log variance": _mean_and_log_variance,
    "binary": _binary,
    "probabilities": _probabilities,
    "signs": _signs,
    "classes": _classes,
    "ignored": _ignored,
    "soft labels": _soft_labels,
    "one-hot": _one_hot,
    "class probabilities": _class_probabilities,
    "distributions": _distributions,
    "positive scores": _positive_scores,
    "several labels": _several_labels,
    "pairs": _pairs,
    "scores of pairs": _scores_of_pairs,
    "triplets": _triplets,
    "views": _views,
    "masks": _masks,
    "sequences": _sequences,
}
DATASETS = {name: make(np.random.default_rng(8)) for name, make in _KINDS.items()}


def twice(data):
    """Return the data set with every sample in it twice."""
    return {name: np.concatenate([array, array]) for name, array in data.items()}
