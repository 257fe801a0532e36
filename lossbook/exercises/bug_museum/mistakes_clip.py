"""The piece of room 7 of *The bug museum*, and repairs that do not last."""

import numpy as np

from lossbook.exercises._mistake import instead


def _probability(z):
    return 1 / (1 + np.exp(-z))


def _two_terms(y, p, q=None):
    return np.mean(-(y * np.log(p) + (1 - y) * np.log(1 - p if q is None else q)))


def _loss(y, z):
    return np.mean(np.logaddexp(0, z) - y * z)


def _pull(y, z):
    return (_probability(z) - y) / len(z)


def _cut_loss(y, z, eps):
    return _two_terms(y, np.clip(_probability(z), eps, 1 - eps))


def _cut_pull(y, z, eps):
    p = _probability(z)
    inside = (p > eps) & (p < 1 - eps)
    return np.where(inside, p - y, 0) / len(z)


_OTHERS = (1e-3, 1e-6, 1e-8, 1e-10, 1e-12, 1e-15, 1e-16)

CLIP = (
    instead(
        "the museum's piece",
        "That is still the museum's piece: the samples that are most wrong pull at nothing.",
        lambda y, z: (_cut_loss(y, z, 1e-7), _cut_pull(y, z, 1e-7)),
    ),
    *(
        instead(
            f"clipped at {eps:g}",
            f"You clip at {eps:g} instead. That moves the place from which on a sample pulls at "
            "nothing; it is still there.",
            lambda y, z, eps=eps: (_cut_loss(y, z, eps), _cut_pull(y, z, eps)),
        )
        for eps in _OTHERS
    ),
    *(
        instead(
            f"loss still clipped at {eps:g}",
            f"The pull is right everywhere. The loss is still clipped at {eps:g}: it stands still "
            "where its gradient does not, and does not tell how wrong a sample is.",
            lambda y, z, eps=eps: (_cut_loss(y, z, eps), _pull(y, z)),
        )
        for eps in (1e-7, *_OTHERS)
    ),
    instead(
        "pull still clipped",
        "The loss is right everywhere. The pull is still 0 where the probability was clipped, and "
        "the optimizer sees the pull only.",
        lambda y, z: (_loss(y, z), _cut_pull(y, z, 1e-7)),
    ),
    instead(
        "logarithm of 0",
        "The clip is gone, and what it was for is back: for a large logit the probability is "
        "exactly 0 or 1, its logarithm infinite, and 0 · ∞ is NaN. Do not form the probability "
        "before the logarithm.",
        lambda y, z: (_two_terms(y, _probability(z)), _pull(y, z)),
    ),
    instead(
        "infinite where wrong",
        "No NaN any more where the model is sure and right. Where it is sure and wrong, the loss "
        "is infinite: −log of a probability that has been rounded to 0. Do not form the "
        "probability before the logarithm.",
        lambda y, z: (
            np.mean(-np.log(np.where(y == 1, _probability(z), 1 - _probability(z)))),
            _pull(y, z),
        ),
    ),
    *(
        instead(
            f"{eps:g} added inside the logarithms",
            f"You add {eps:g} inside the logarithms. That is a clip with round corners: however "
            "wrong a sample is, it costs no more than a fixed number.",
            lambda y, z, eps=eps: (
                _two_terms(y, _probability(z) + eps, 1 - _probability(z) + eps),
                _pull(y, z),
            ),
        )
        for eps in (1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)
    ),
    *(
        instead(
            f"logits clipped at ±{limit:g}",
            f"You clip the logits at ±{limit:g} instead of the probability. Beyond it the loss is "
            "a constant again.",
            lambda y, z, limit=limit: (
                _loss(y, np.clip(z, -limit, limit)),
                np.where(np.abs(z) < limit, _pull(y, z), 0),
            ),
        )
        for limit in (10, 20, 30, 50, 100)
    ),
    *(
        instead(
            f"loss of logits clipped at ±{limit:g}",
            f"The pull is right. For the loss you clip the logits at ±{limit:g}: beyond it the "
            "loss stands still, and does not tell how wrong a sample is.",
            lambda y, z, limit=limit: (_loss(y, np.clip(z, -limit, limit)), _pull(y, z)),
        )
        for limit in (10, 20, 30, 50, 100, 500)
    ),
    instead(
        "pull not divided by n",
        "The loss is right. It is a mean, so its gradient has the 1/n as well.",
        lambda y, z: (_loss(y, z), _probability(z) - y),
    ),
    instead(
        "pull reversed",
        "The loss is right. The pull has the wrong sign: it is σ(z) − y.",
        lambda y, z: (_loss(y, z), -_pull(y, z)),
    ),
    instead(
        "loss of each sample",
        "The pull is right. You return the loss of each sample; their mean is due.",
        lambda y, z: (np.logaddexp(0, z) - y * z, _pull(y, z)),
    ),
    instead(
        "sum instead of mean",
        "The pull is right. You return the sum of the losses; their mean is due.",
        lambda y, z: (len(z) * _loss(y, z), _pull(y, z)),
    ),
)
