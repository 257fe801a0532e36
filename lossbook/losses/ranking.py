"""Losses of two scores, of which one is to be the higher: pairwise ranking.

Both are functions of the lead m = y (s₁ − s₂), with y = +1 where the first of the two is to
rank higher and −1 where the second is.
"""

from dataclasses import dataclass

import numpy as np

from ..numerics.compensated import add, exp_of_sum, two_sum
from .domains import SIGNS
from .kinds import HasHess, RowLoss

__all__ = ["PairwiseHinge", "PairwiseLogistic"]

CHAPTER = "losses/embeddings-and-ranking"


def _tail(lead, rest):
    """Return e^(−|lead|) of a lead that is the sum of two."""
    return exp_of_sum(-np.abs(lead), np.where(lead < 0, rest, -rest))


def logistic(lead, rest):
    """Return log(1 + e^(−lead)) and minus its slope, of a lead that is the sum of two."""
    behind, e = lead < 0, _tail(lead, rest)
    value = np.where(behind, -lead, 0) + (np.log1p(e) - np.where(behind, rest, 0))
    return value, np.where(behind, 1, e) / (1 + e)


class _PairLoss(RowLoss):
    """What losses of two scores share: the lead, and a gradient that moves both alike."""

    truth = SIGNS
    arguments = ("y", "s")
    shapes = ((), (2,))
    layout = ("n", "n 2")
    hides_infinity = True

    def _value(self, y, s):
        return self._value_and_grad(y, s)[0]

    def _grad(self, y, s):
        return self._value_and_grad(y, s)[1]

    def _lead(self, y, s):
        """Return y (s₁ − s₂) as a sum of two numbers, in double precision."""
        s = y[:, None].astype(np.float64) * s
        return two_sum(s[:, 0], -s[:, 1])


@dataclass(frozen=True)
class PairwiseHinge(_PairLoss):
    r"""Hinge loss of a pair of scores: what the better one lacks of a lead of `margin`.

    .. math:: \ell(y, s) = \max\bigl(0,\; m - y\,(s_1 - s_2)\bigr)

    Only the difference of the two scores counts: what is learned is an order, no amount.

    Parameters
    ----------
    margin : float
        Lead m that is enough, in the units of the scores; not negative.

    Raises
    ------
    ValueError
        If `margin` is negative, `y_true` not −1 or +1, or `y_pred` not of shape (n, 2).

    Notes
    -----
    The truth is +1 where the first score is to be the higher, −1 where the second is.  It is
    the loss of the ranking SVM, and ``torch.nn.MarginRankingLoss``, whose margin is 0 unless
    given: all scores equal then cost nothing.  `MarginRanking` is another name for this class.
    At the kink the gradient is that of the rising side.

    References
    ----------
    Herbrich, Graepel and Obermayer (2000), *Large margin rank boundaries for ordinal
    regression*, in Advances in Large Margin Classifiers.

    Examples
    --------
    >>> PairwiseHinge().pointwise([1, -1], [[2.0, 0.5], [2.0, 0.5]]).tolist()
    [0.0, 2.5]
    """

    latex = r"\max\left(0, m - y (s_1 - s_2)\right)"

    margin: float = 1.0

    def __post_init__(self):
        self._require("margin", lambda m: 0 <= m <= 1e150, "from 0 to 1e150")

    def _value_and_grad(self, y, s):
        lead, rest = self._lead(y, s)
        lack = add(self.margin, -lead, -rest)
        push = y * (lack >= 0)
        return np.maximum(lack, 0), np.stack([-push, push], axis=1)

    @staticmethod
    def _formula(sp, y, s, margin):
        lack = margin - y * (s[0] - s[1])
        return sp.Piecewise((lack, lack >= 0), (0, True), evaluate=False)

    def _facts(self):
        return {
            "estimates": "which of two ranks higher",
            "convex": True,
            "lipschitz": float(np.sqrt(2)),
            "aliases": ("MarginRanking", "margin ranking loss", "ranking SVM loss"),
            "choose": "you know which of two is better, and a clear lead is enough",
            "avoid": "you want the chance that one is better: PairwiseLogistic has it",
            "chapter": CHAPTER,
        }


@dataclass(frozen=True)
class PairwiseLogistic(HasHess, _PairLoss):
    r"""Logistic loss of a pair of scores: −log of the chance that the better one wins.

    .. math:: \ell(y, s) = \log\bigl(1 + e^{-y (s_1 - s_2)}\bigr)

    The chance that the first is better is taken to be :math:`\sigma(s_1 - s_2)`, the model of
    Bradley and Terry, so that this is the cross-entropy of who won.

    Raises
    ------
    ValueError
        If `y_true` is not −1 or +1, or `y_pred` not of shape (n, 2).

    Notes
    -----
    The truth is +1 where the first score is to be the higher, −1 where the second is.  RankNet
    has a factor on the difference, here 1, and allows any chance as truth; BPR is this loss of
    an item a user chose and one drawn at random, and `BPR` another name for this class.  DPO is
    this loss of two answers, each scored by β times the log of how much likelier it has become.

    References
    ----------
    Burges et al. (2005), *Learning to Rank using Gradient Descent*,
    doi:10.1145/1102351.1102363.  Rendle, Freudenthaler, Gantner and Schmidt-Thieme (2009), *BPR:
    Bayesian Personalized Ranking from Implicit Feedback*, UAI.  Rafailov et al. (2023), *Direct
    Preference Optimization: Your Language Model is Secretly a Reward Model*, arXiv:2305.18290.

    Examples
    --------
    >>> PairwiseLogistic().pointwise([1, -1], [[0.0, 0.0], [1000.0, 0.0]]).round(6).tolist()
    [0.693147, 1000.0]
    """

    latex = r"\log\left(1 + e^{-y (s_1 - s_2)}\right)"

    def _value_and_grad(self, y, s):
        value, push = logistic(*self._lead(y, s))
        return value, np.stack([-y * push, y * push], axis=1)

    def _hess(self, y, s):
        e = _tail(*self._lead(y, s))
        return (e / (1 + e) ** 2)[:, None, None] * np.array([[1, -1], [-1, 1]])

    def _shape_of_hess(self, p):
        return (*p.shape, 2)

    @staticmethod
    def _formula(sp, y, s):
        return sp.log(1 + sp.exp(-y * (s[0] - s[1])))

    def _facts(self):
        return {
            "estimates": "the log-odds that the first ranks higher, as difference of the scores",
            "convex": True,
            "lipschitz": float(np.sqrt(2)),
            "smoothness": 0.5,
            "link": "chance that the first is better = sigmoid(s₁ − s₂)",
            "aliases": ("RankNet loss", "BPR", "Bradley–Terry loss", "DPO, of its rewards"),
            "choose": "you know which of two was preferred: clicks, duels, judgements",
            "avoid": "only the top of a list matters: LambdaRank weighs pairs by their place",
            "chapter": CHAPTER,
        }
