"""The loss of a list that is judged by NDCG: pairs weighed by what their exchange would do."""

import itertools
from dataclasses import dataclass

import numpy as np

from ..numerics.compensated import two_product, two_sum
from .gains import GRADE, discount_lost, gains, ideal_gain, is_places, ranks
from .ranking import logistic
from .ranking_lists import ListLoss

__all__ = ["LambdaRank"]

CHAPTER = "losses/embeddings-and-ranking"


@dataclass(frozen=True)
class LambdaRank(ListLoss):
    r"""LambdaRank: pairs of a list, each weighed by what exchanging the two would do to NDCG.

    .. math:: \ell(y, s) = \sum_{y_i > y_j} |\Delta_{ij}|\,
              \log\bigl(1 + e^{-\sigma (s_i - s_j)}\bigr), \qquad
              \Delta_{ij} = \frac{2^{y_i} - 2^{y_j}}{\text{IDCG}}
              \Bigl(\frac{1}{\log_2(1 + \rho_i)} - \frac{1}{\log_2(1 + \rho_j)}\Bigr)

    where :math:`\rho_i` is the place of item i by score.  NDCG changes in jumps, so it has no
    gradient to follow; this has one, and it pulls hardest where the list would gain most.

    Parameters
    ----------
    sigma : float
        Steepness σ, over the units of the scores; positive.
    k : int, optional
        Only the first k places count, as in NDCG@k.

    Raises
    ------
    ValueError
        If `sigma` is not positive, `k` not 1 or more, a relevance outside 0 … 1000, or the shapes
        differ.

    Notes
    -----
    Δ depends on the places alone, which no small step changes: wherever no two scores are equal
    the gradient is that of the loss, exactly.  Where two places are exchanged the loss jumps.
    Items of equal score stand in the order of their columns, so that they are pulled apart at
    the start, when all scores are 0.  A list whose items are all equally relevant costs 0.  Memory
    grows with K².

    References
    ----------
    Burges, Ragno and Le (2006), *Learning to Rank with Nonsmooth Cost Functions*, NIPS.  Burges
    (2010), *From RankNet to LambdaRank to LambdaMART: An Overview*, MSR-TR-2010-82.

    Examples
    --------
    >>> LambdaRank().pointwise([[0, 1]], [[0.0, 0.0]]).round(6).tolist()
    [0.25582]
    >>> LambdaRank().pointwise_grad([[0, 1]], [[0.0, 0.0]]).round(6).tolist()
    [[0.184535, -0.184535]]
    """

    latex = (
        r"\sum_{y_i > y_j} \left|\Delta\mathrm{NDCG}_{ij}\right| "
        r"\log\left(1 + e^{-\sigma (s_i - s_j)}\right)"
    )

    truth = GRADE
    sigma: float = 1.0
    k: int | None = None

    def __post_init__(self):
        self._require_positive("sigma")
        self._require("k", is_places, "a number of places, 1 or more, or None")

    def _value_and_grad(self, y, s):
        y, s = y.astype(np.float64, copy=False), s.astype(np.float64, copy=False)
        stakes = self._stakes(y, s)
        gap, lost = two_sum(s[:, :, None], -s[:, None, :])
        lead, rest = two_product(self.sigma, gap)
        value, push = logistic(lead, rest + self.sigma * lost)
        pulls = self.sigma * stakes * push
        return (stakes * value).sum(axis=(1, 2)), pulls.sum(axis=1) - pulls.sum(axis=2)

    def _stakes(self, y, s):
        """Return what exchanging two items would do to NDCG, 0 unless the first is better."""
        place, gain = ranks(s), gains(y)
        best = ideal_gain(y, self.k)
        more = np.maximum(gain[:, :, None] - gain[:, None, :], 0)
        moved = discount_lost(place[:, :, None], place[:, None, :], self.k)
        return more * moved / np.where(best > 0, best, 1)[:, None, None]

    @staticmethod
    def _formula(sp, y, s, sigma, k):
        gain, items = [2**grade - 1 for grade in y], range(len(y))
        total = 0
        for i, j in itertools.permutations(items, 2):
            moved = sp.Abs(_discount(sp, s, i, k) - _discount(sp, s, j, k))
            costs = (gain[i] - gain[j]) * moved * sp.log(1 + sp.exp(-sigma * (s[i] - s[j])))
            total += sp.Piecewise((costs, y[i] > y[j]), (0, True))
        return total / sum(gain[i] * _discount(sp, y, i, k) for i in items)

    def _facts(self):
        return {
            "estimates": "scores in the order of the relevance, the top first",
            "convex": False,
            "aliases": ("LambdaMART objective", "NDCG-weighted pairwise logistic loss"),
            "choose": "the list is judged by NDCG: search results, recommendations",
            "avoid": "every place counts alike: PairwiseLogistic on all pairs is convex",
            "chapter": CHAPTER,
        }


def _discount(sp, values, i, k):
    """Return the discount of item i where `values` give the order, ties in that of the columns."""
    before = [earlier >= values[i] for earlier in values[:i]]
    before += [later > values[i] for later in values[i + 1 :]]
    place = 1 + sum(sp.Piecewise((1, stands), (0, True)) for stands in before)
    found = sp.log(2) / sp.log(1 + place)
    return found if k is None else sp.Piecewise((found, place <= k), (0, True))
