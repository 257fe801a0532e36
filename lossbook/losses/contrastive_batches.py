"""Contrastive losses of a batch: each sample is to find its own among all the others.

The other samples of the batch are the wrong answers, so what a sample costs depends on them,
and a larger batch is a harder question: losses of batches of different sizes do not compare.
"""

from dataclasses import dataclass

import numpy as np

from ..numerics.compensated import quotient
from ..numerics.masked_softmax import cross_entropies, cross_entropy_formula
from ..numerics.vectors import (
    cosine_formula,
    directions,
    inner,
    pull_along_sphere,
    require_directions,
    split,
)
from .domains import Domain
from .inputs import as_labels
from .kinds import BatchLoss

__all__ = ["InfoNCE", "SupervisedContrastive"]

CHAPTER = "losses/embeddings-and-ranking"
IDENTITIES = Domain(
    "an integer that says what a sample is of, equal for those that belong together",
    "",
    None,
    lambda rng, size: rng.integers(0, 4, size),
)


class _BatchOfVectors(BatchLoss):
    """What contrastive losses of a batch share: identities, cosines, a cross-entropy of each row.

    A subclass says which vectors ask, which answer, and how a gradient by the logits becomes one
    by the vectors.
    """

    truth = IDENTITIES
    arguments = ("y", "x")
    hides_infinity = True

    def _read_truth(self, y_true):
        return as_labels(y_true, "y_true")

    def _entropies(self, y, queries, keys, allowed):
        """Return the loss of each row, and its gradient by the inner products."""
        pairs = inner(split(*queries), split(*keys), product=lambda a, b: a @ b.T)
        logits = quotient(pairs, (self.temperature, 0.0))
        match = (y[:, None] == y[None, :]) & allowed
        target = match / np.maximum(match.sum(axis=1, keepdims=True), 1)
        value, pull = cross_entropies(logits, target, allowed)
        return value, pull / self.temperature

    def _value(self, y, x):
        return self._value_and_pull(y, x)[0]

    def _pull(self, y, x, weights):
        return self._value_and_pull(y, x)[1](weights)

    def _value_and_pull(self, y, x):
        values, by_vectors = self._value_and_slopes(y, x)

        def pull(weights):
            largest = weights.max()  # equal weights are then 1, and add no rounding of their own
            return largest * by_vectors(weights / largest)

        return values, pull


@dataclass(frozen=True)
class InfoNCE(_BatchOfVectors):
    r"""InfoNCE: each query is to find its own key among the keys of the whole batch.

    .. math:: \ell_i = -\frac{1}{|P_i|} \sum_{p \in P_i}
              \log \frac{e^{\cos(q_i, k_p)/\tau}}{\sum_j e^{\cos(q_i, k_j)/\tau}},
              \qquad P_i = \{p : y_p = y_i\}

    It is the cross-entropy of a classification whose classes are the keys of the batch.

    Parameters
    ----------
    temperature : float
        What cosines are divided by, τ; positive.  The smaller it is, the more the hardest wrong
        keys count.
    normalise : bool
        Whether only directions count (cosines), or plain inner products are compared, which at
        temperature 1 is the N-pairs loss without its penalty on lengths.

    Raises
    ------
    ValueError
        If `temperature` is not positive, an identity is no whole number, `y_pred` is not of shape
        (n, 2, d), or, with `normalise`, a vector is all zeros.

    Notes
    -----
    `y_pred` holds query and key of each sample, `y_true` whole numbers: keys of equal number are
    right answers.  Usually each sample is of its own, ``np.arange(n)``, and the batch gives n − 1
    wrong keys for nothing.  Queries are not compared with queries.  The symmetric loss of CLIP is
    the mean of this loss and the same with query and key exchanged, ``y_pred[:, ::-1]``.

    Rounding a cosine would cost 1/τ units of the last place; inner products are therefore
    computed with twice the digits, at three times the price.

    References
    ----------
    van den Oord, Li and Vinyals (2018), *Representation Learning with Contrastive Predictive
    Coding*, arXiv:1807.03748, of bilinear scores.  CLIP: Radford et al. (2021), arXiv:2103.00020.

    Examples
    --------
    >>> batch = [[[1.0, 0.0], [2.0, 0.0]], [[0.0, 1.0], [0.0, 5.0]]]
    >>> round(InfoNCE(temperature=1.0)([0, 1], batch), 6)
    0.313262
    """

    shapes = ((3,), (3, 2, 2))
    layout = ("n", "n 2 d")
    temperature: float = 0.1
    normalise: bool = True

    def __post_init__(self):
        self._require_positive("temperature")
        self._require("normalise", lambda b: b in (True, False), "True or False")

    @property
    def latex(self):
        """The card's formula."""
        own, other = (
            (rf"\cos(q_i, k_{v})" if self.normalise else rf"q_i \cdot k_{v}") for v in "pj"
        )
        return (
            rf"-\frac{{1}}{{n}} \sum_i \frac{{1}}{{|P_i|}} \sum_{{p \in P_i}} \log "
            rf"\frac{{e^{{{own}/\tau}}}}{{\sum_j e^{{{other}/\tau}}}}"
        )

    def _read(self, y_true, y_pred, sample_weight=None):
        y, x, weights = super()._read(y_true, y_pred, sample_weight)
        if self.normalise:
            require_directions(x, "InfoNCE")
        return y, x, weights

    def _example(self, rng, n):
        return np.arange(n), _views(rng, n)

    def _formula_example(self, rng):
        y = np.array([[0, 1, 2], [0, 1, 0], [4, 4, 4], [2, 1, 1], [0, 1, 2]])
        return y, rng.standard_normal((5, 3, 2, 2))

    def _value_and_slopes(self, y, x):
        x = x.astype(np.float64, copy=False)
        rows = [directions(v) if self.normalise else ((v, 0.0), None) for v in (x[:, 0], x[:, 1])]
        (queries, q_length), (keys, k_length) = rows
        allowed = np.ones((len(y), len(y)), bool)
        value, pull = self._entropies(y, queries, keys, allowed)

        def by_vectors(weights):
            weighted = weights[:, None] * pull
            if self.normalise:
                by_query = pull_along_sphere(weighted, keys, queries, q_length[0])
                by_key = pull_along_sphere(weighted.T, queries, keys, k_length[0])
            else:
                by_query, by_key = weighted @ keys[0], weighted.T @ queries[0]
            return np.stack([by_query, by_key], axis=1)

        return value, by_vectors

    @staticmethod
    def _formula(sp, y, x, temperature, normalise):
        def logit(i, j):
            return cosine_formula(sp, x[i][0], x[j][1], normalise) / temperature

        return cross_entropy_formula(sp, y, logit, lambda i, j: True)

    def _facts(self):
        return {
            "estimates": "vectors: each query nearer in angle to its own key than to any other"
            if self.normalise
            else "vectors whose inner products rank the right key first",
            "convex": False,
            "aliases": ("CLIP loss (one way)", "multiple negatives loss", "N-pairs loss (nearly)"),
            "choose": "pairs that belong together, and nothing else is known",
            "avoid": "batches are small, or hold right answers that you cannot name",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class SupervisedContrastive(_BatchOfVectors):
    r"""Supervised contrastive loss: each sample is to find those of its class in the batch.

    .. math:: \ell_i = -\frac{1}{|P_i|} \sum_{p \in P_i}
              \log \frac{e^{\cos(x_i, x_p)/\tau}}{\sum_{j \ne i} e^{\cos(x_i, x_j)/\tau}},
              \qquad P_i = \{p \ne i : y_p = y_i\}

    The class is used without a classifier: what is learned are directions, one bundle for each
    class.

    Parameters
    ----------
    temperature : float
        What cosines are divided by, τ; positive.

    Raises
    ------
    ValueError
        If `temperature` is not positive, a label is no whole number, `y_pred` is not of shape
        (n, d), or a vector is all zeros.

    Notes
    -----
    A sample without a partner of its class costs 0 and still counts in the mean, so that a batch
    with many of them looks better than it is; it takes part as a wrong answer for the others.
    Where each label occurs twice, for two views of one sample, this is NT-Xent, the loss of
    SimCLR.  It is the form of the paper with the mean outside of the logarithm; the code published
    with it multiplies by τ over a base temperature, 1 unless they differ.

    References
    ----------
    Khosla et al. (2020), *Supervised Contrastive Learning*, arXiv:2004.11362.  SimCLR: Chen,
    Kornblith, Norouzi and Hinton (2020), arXiv:2002.05709.

    Examples
    --------
    >>> x = [[1.0, 0.0], [2.0, 0.0], [0.0, 1.0]]
    >>> SupervisedContrastive(temperature=1.0).pointwise([7, 7, 3], x).round(6).tolist()
    [0.313262, 0.313262, 0.0]
    """

    shapes = ((3,), (3, 2))
    layout = ("n", "n d")
    latex = (
        r"-\frac{1}{n} \sum_i \frac{1}{|P_i|} \sum_{p \in P_i} \log "
        r"\frac{e^{\cos(x_i, x_p)/\tau}}{\sum_{j \ne i} e^{\cos(x_i, x_j)/\tau}}"
    )

    temperature: float = 0.1

    __post_init__ = BatchLoss._require_positive

    def _read(self, y_true, y_pred, sample_weight=None):
        y, x, weights = super()._read(y_true, y_pred, sample_weight)
        require_directions(x, "SupervisedContrastive")
        return y, x, weights

    def _example(self, rng, n):
        x = _views(rng, (n + 1) // 2)
        y = np.where(rng.random(n) < 0.1, n, 0) + np.arange(n) // 2  # some lose their partner
        return y, x.reshape(-1, x.shape[-1])[:n]

    def _formula_example(self, rng):
        y = np.array([[0, 1, 0], [0, 0, 1], [5, 5, 5], [0, 1, 2], [2, 1, 1]])
        return y, rng.standard_normal((5, 3, 2))

    def _value_and_slopes(self, y, x):
        rows, (length, _) = directions(x.astype(np.float64, copy=False))
        value, pull = self._entropies(y, rows, rows, ~np.eye(len(y), dtype=bool))

        def by_vectors(weights):
            weighted = weights[:, None] * pull
            return pull_along_sphere(weighted + weighted.T, rows, rows, length)

        return value, by_vectors

    @staticmethod
    def _formula(sp, y, x, temperature):
        def logit(i, j):
            return cosine_formula(sp, x[i], x[j]) / temperature

        return cross_entropy_formula(sp, y, logit, lambda i, j: i != j)

    def _facts(self):
        return {
            "estimates": "directions: those of one class together, classes apart",
            "convex": False,
            "aliases": ("SupCon", "NT-Xent", "SimCLR loss"),
            "choose": "labels, and vectors that are to be used again: retrieval, few samples",
            "avoid": "batches are small or hold few of each class: then SoftmaxCrossEntropy",
            "chapter": CHAPTER,
        }


def _views(rng, n):
    """Draw two views of each of n samples: most near each other, some not, a few opposite."""
    d = 4 if n < 20 else 32  # so many that a large batch has room for as many directions
    first = rng.standard_normal((n, d))
    noise = rng.choice([0.1, 0.5, 3.0], (n, 1), p=[0.3, 0.45, 0.25]) * rng.standard_normal((n, d))
    sign = rng.choice([1, -1], (n, 1), p=[0.95, 0.05])
    views = np.stack([first, sign * (first + noise)], axis=1)
    return views * np.exp(1.5 * rng.standard_normal((n, 2, 1))) / np.sqrt(d)
