"""Losses of a whole list: relevance of each of K items against a score for each.

The scores of a list are compared with each other, never with another list's, so that adding
the same number to all of them changes nothing.
"""

from dataclasses import dataclass

import numpy as np

from ..numerics import softmax
from ..numerics.masked_softmax import cross_entropies
from .gains import RELEVANCE
from .kinds import RowLoss

__all__ = ["ListMLE", "ListSoftmax"]

CHAPTER = "losses/embeddings-and-ranking"


class ListLoss(RowLoss):
    """What losses of a list share: a relevance and a score for each item."""

    truth = RELEVANCE
    arguments = ("y", "s")
    shapes = ((3,), (3,))
    layout = ("n K", "n K")
    hides_infinity = True

    def _example(self, rng, n):
        y = self.truth.sample(rng, (n, 3))
        return y, _scores(rng, y)

    def _value(self, y, s):
        return self._value_and_grad(y, s)[0]

    def _grad(self, y, s):
        return self._value_and_grad(y, s)[1]


def _scores(rng, y):
    """Draw scores of a model that has learned most of the lists, and is wrong about some."""
    wrong = rng.choice([0.3, 3.0], (len(y), 1), p=[0.85, 0.15])
    return 2 * y - 2 + wrong * rng.standard_normal(y.shape)


@dataclass(frozen=True)
class ListSoftmax(ListLoss):
    r"""ListNet: cross-entropy of who comes first, by relevance and by score.

    .. math:: \ell(y, s) = -\sum_i t_i \log\frac{e^{s_i}}{\sum_j e^{s_j}}

    The softmax of the scores is the model's chance of each item to stand at the top.  The target
    t is such a chance made of the relevance: its softmax, or its share of the sum.

    Parameters
    ----------
    target : str
        What the relevance becomes: ``"softmax"`` as in the paper, or ``"share"``, y over its
        sum, so that an item of relevance 0 has no chance.

    Raises
    ------
    ValueError
        If `target` is neither, a relevance is negative, the shapes differ, or, for
        ``"share"``, a row of relevance is all zeros.

    Notes
    -----
    Its least value is the entropy of t, which is 0 only if t is all on one item.
    ``optax.losses.ranking_softmax_loss`` and the softmax loss of TensorFlow Ranking take the
    relevance itself as t, without dividing by its sum: lists with more relevant items then count
    more, here all count alike.

    References
    ----------
    Cao, Qin, Liu, Tsai and Li (2007), *Learning to Rank: From Pairwise Approach to Listwise
    Approach*, ICML.

    Examples
    --------
    >>> ListSoftmax("share").pointwise([[1, 1, 0]], [[0.0, 0.0, 0.0]]).round(6).tolist()
    [1.098612]
    """

    latex = r"-\sum_i t_i \log \frac{e^{s_i}}{\sum_j e^{s_j}}"

    target: str = "softmax"

    def __post_init__(self):
        self._require("target", lambda t: t in ("softmax", "share"), "'softmax' or 'share'")

    def _read(self, y_true, y_pred, sample_weight=None):
        y, s, weights = super()._read(y_true, y_pred, sample_weight)
        zero = ~y.any(axis=1)
        if self.target == "share" and zero.any():
            raise ValueError(
                f"y_true[{int(np.argmax(zero))}] is a row of zeros, but ListSoftmax('share') "
                "divides each row by its sum: leave out lists without a relevant item, or use "
                "ListSoftmax('softmax')"
            )
        return y, s, weights

    def _value_and_grad(self, y, s):
        y, s = y.astype(np.float64, copy=False), s.astype(np.float64, copy=False)
        t = softmax(y) if self.target == "softmax" else y / y.sum(axis=1, keepdims=True)
        return cross_entropies((s, np.zeros_like(s)), t, np.ones(s.shape, bool))

    @staticmethod
    def _formula(sp, y, s, target):
        parts = [sp.exp(grade) for grade in y] if target == "softmax" else y
        spread = sp.log(sum(sp.exp(score) for score in s))
        terms = [part * (spread - score) for part, score in zip(parts, s, strict=True)]
        return sum(terms) / sum(parts)

    def _facts(self):
        return {
            "estimates": "the logarithm of the target, up to a constant for each list",
            "convex": True,
            "lipschitz": float(np.sqrt(2)),
            "link": "chance to stand at the top = softmax(scores)",
            "aliases": ("ListNet loss", "top-one cross-entropy"),
            "choose": "lists with grades, and what stands at the top matters most",
            "avoid": "you need the whole order: ListMLE; or NDCG itself: LambdaRank",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class ListMLE(ListLoss):
    r"""ListMLE: −log of the chance that the right order is drawn, item by item.

    .. math:: \ell(y, s) = \sum_{k=1}^{K} \Bigl( \log \sum_{j \ge k} e^{s_{\pi_j}} - s_{\pi_k}
              \Bigr)

    where π is the order of falling relevance.  It is the model of Plackett and Luce: draw the
    first item by the softmax of the scores, the second from what is left, and so on.

    Raises
    ------
    ValueError
        If a relevance is negative or the shapes differ.

    Notes
    -----
    Only the order of the relevance counts.  Items of equal relevance stand in the order of their
    columns, which the loss then takes for the right one: with many ties shuffle the columns
    between epochs, or use `ListSoftmax`.

    References
    ----------
    Xia, Liu, Wang, Zhang and Li (2008), *Listwise Approach to Learning to Rank: Theory and
    Algorithm*, doi:10.1145/1390156.1390306.

    Examples
    --------
    >>> ListMLE().pointwise([[2, 1, 0]], [[0.0, 0.0, 0.0]]).round(6).tolist()
    [1.791759]
    """

    latex = (
        r"\sum_{k=1}^{K} \left( \log \sum_{j \ge k} e^{s_{\pi_j}} - s_{\pi_k} \right), "
        r"\quad y_{\pi_1} \ge y_{\pi_2} \ge \dots"
    )

    def _example(self, rng, n):
        orders = rng.permuted(np.tile([0.0, 1.0, 3.0], (n, 1)), axis=1)
        y = np.where(rng.random((n, 1)) < 0.9, orders, self.truth.sample(rng, (n, 3)))
        return y, _scores(rng, y)

    def _value_and_grad(self, y, s):
        order = np.argsort(-y, axis=1, kind="stable")
        n, size = s.shape
        ordered = np.take_along_axis(s.astype(np.float64), order, axis=1)
        draws = np.broadcast_to(ordered[:, None, :], (n, size, size))
        left = np.broadcast_to(np.triu(np.ones((size, size), bool)), draws.shape)
        value, pull = cross_entropies((draws, np.zeros(draws.shape)), np.eye(size), left)
        grad = np.empty_like(ordered)
        np.put_along_axis(grad, order, pull.sum(axis=1), axis=1)
        return value.sum(axis=1), grad

    @staticmethod
    def _formula(sp, y, s):
        def left(j, k):
            """Tell whether item j is still to be drawn when item k is."""
            after = y[j] <= y[k] if j > k else y[j] < y[k]
            return 1 if j == k else sp.Piecewise((1, after), (0, True))

        draws = range(len(s))
        return sum(sp.log(sum(left(j, k) * sp.exp(s[j]) for j in draws)) - s[k] for k in draws)

    def _facts(self):
        return {
            "estimates": "scores in the order of the relevance",
            "convex": True,
            "lipschitz": lambda items: float(np.sqrt(items * (items - 1))),
            "aliases": ("Plackett–Luce likelihood", "listwise likelihood"),
            "choose": "the truth is an order, and all of it matters",
            "avoid": "many items are equally relevant: it learns the order of their columns",
            "chapter": CHAPTER,
        }
