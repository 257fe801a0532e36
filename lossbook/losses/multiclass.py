"""Losses of K classes: integer labels or rows of probabilities against rows of scores."""

from dataclasses import dataclass

import numpy as np

from ..numerics import exp_of_gap, row_exponentials, row_sums, softmax
from .classes import ClassLoss, LabelLoss
from .kinds import HasHess

__all__ = ["GeneralizedCrossEntropy", "SoftmaxCrossEntropy"]


@dataclass(frozen=True)
class SoftmaxCrossEntropy(HasHess, ClassLoss):
    r"""Cross-entropy of K classes on logits: softmax and log loss in one exact step.

    .. math:: \ell(y, z) = \log \sum_k e^{z_k} - z_y, \qquad
              \frac{\partial\ell}{\partial z_k} = p_k - [k = y]

    With rows of probabilities t as truth, :math:`\log\sum_k e^{z_k} - \sum_k t_k z_k`.

    Parameters
    ----------
    class_weight : sequence of float, optional
        One weight a class; multiplies the sample's weight, in the denominator too.
    label_smoothing : float
        Share s in [0, 1): each truth becomes (1 − s) times itself plus s/K.
    ignore_index : int, optional
        Rows with this label count for nothing; if none is left, value and
        gradient are 0.

    Raises
    ------
    ValueError
        If a label is not one of the K columns, a row of probabilities does not
        sum to 1, a shape is wrong, or a parameter is outside its range.

    Notes
    -----
    Hand it logits: it applies the softmax itself.  Where the truth t is a row of probabilities, or
    smoothed, the gradient near the optimum is a difference p − t of nearly equal numbers: right to
    the rounding of t, without its relative digits.

    References
    ----------
    Bridle (1990), *Probabilistic Interpretation of Feedforward Classification Network Outputs*,
    doi:10.1007/978-3-642-76153-9_28.

    Examples
    --------
    >>> SoftmaxCrossEntropy().pointwise([0, 1], [[0.0, 0.0], [1000.0, 0.0]]).round(4).tolist()
    [0.6931, 1000.0]
    >>> SoftmaxCrossEntropy().pointwise_grad([0], [[0.0, 0.0]]).tolist()
    [[-0.5, 0.5]]
    """

    class_weight: tuple[float, ...] | None = None
    label_smoothing: float = 0.0
    ignore_index: int | None = None

    __repr__ = ClassLoss._repr_of_options

    def __post_init__(self):
        self._as_class_weights("class_weight")
        self._require("ignore_index", lambda i: i is None or i == int(i), "a whole number or None")
        self._require("label_smoothing", lambda s: 0 <= s < 1, "at least 0 and below 1")

    def _value(self, y, z):
        return self._value_and_grad(y, z)[0]

    def _grad(self, y, z):
        return self._value_and_grad(y, z)[1]

    def _value_and_grad(self, y, z):
        if y.ndim == 2 or self.label_smoothing:
            return self._with_probabilities(*self._rows_of_truth(y, z), z)
        y, kept = self._kept(y)
        rows, e = np.arange(len(y)), row_exponentials(z)
        # A sum over "all but one" class leaves that class out rather than subtract it.
        own, others = _take_out(e, rows, y)
        e[rows, y] = -others
        e *= (kept / (own + others))[:, None]
        if own.min() > (1e-290 if z.dtype == np.float64 else 1e-30):
            value = np.log1p(others / own)
        else:  # measured from the largest logit, lest the ratio overflow
            top = z.argmax(axis=1)
            largest, others = _take_out(row_exponentials(z), rows, top)
            value = np.log1p(others / largest) + (z[rows, top] - z[rows, y])
        return value * kept, e

    def _with_probabilities(self, y, kept, z):
        s, uniform = self.label_smoothing, z.dtype.type(self.label_smoothing / z.shape[1])
        t = (1 - s) * y + uniform
        rows, top = np.arange(len(z)), z.argmax(axis=1)
        e = row_exponentials(z)
        largest, others = _take_out(e, rows, top)
        highest = z[rows, top]
        value = np.log1p(others / largest) + (t * (highest[:, None] - z)).sum(axis=1)
        e[rows, top] = largest
        total = largest + others
        slope = e / total[:, None] - t
        # Near 1 both p and t have lost their distance to 1, so there it is (1 − t) − (1 − p).
        far = (1 - s) * (1 - y[rows, top]) + (s - uniform) - others / total
        slope[rows, top] = np.where(t[rows, top] > 0.5, far, slope[rows, top])
        return value * kept, slope * _as_column(kept)

    def _rows_of_truth(self, y, z):
        """Return the truth as rows of probabilities, before smoothing, and which rows count."""
        if y.ndim == 2:
            return y, True
        y, kept = self._kept(y)
        return np.eye(z.shape[1], dtype=z.dtype)[y], kept

    def _shape_of_hess(self, p):
        return (*p.shape, p.shape[1])

    def _hess(self, y, z):
        kept = self._kept(y)[1] if y.ndim == 1 else True
        e, others, total = _exponentials_and_others(z)
        hess = -e[:, :, None] * e[:, None, :]
        _diagonal(hess)[:] = e * others
        return hess / (total**2)[:, None, None] * _as_column(_as_column(kept))

    @staticmethod
    def _formula(sp, y, z, class_weight, label_smoothing, ignore_index):
        t = [(1 - label_smoothing) * one + label_smoothing / len(z) for one in y]
        spread = sp.log(sum(sp.exp(score) for score in z))
        return spread - sum(a * b for a, b in zip(t, z, strict=True))

    def _facts(self):
        plain = self.class_weight is None and self.label_smoothing == 0
        return {
            "estimates": "the log-probabilities of the classes, up to a constant"
            + ("" if plain else ", after smoothing and weighting the labels"),
            "convex": True,
            # A smoothed label has an entropy, more the more classes there are.
            "range": None if self.label_smoothing else (0.0, np.inf),
            "lipschitz": float(np.sqrt(2)),
            "smoothness": 0.5,
            "link": "probabilities = softmax(prediction)",
            "inverse_link": softmax,
            "proper": plain,
            "calibrated": self.class_weight is None,
            "aliases": ("categorical cross-entropy on logits", "multinomial log loss", "NLL loss"),
            "choose": "K exclusive classes, and you want probabilities",
            "avoid": "a sample may have several labels: use one SigmoidCrossEntropy for each",
            "chapter": "losses/softmax-cross-entropy",
        }


def _take_out(e, rows, columns):
    """Set one entry of each row to 0; return the entries, and the sums of what is left."""
    entries = e[rows, columns]
    e[rows, columns] = 0
    return entries, row_sums(e)


def _as_column(kept):
    return kept[..., None] if isinstance(kept, np.ndarray) else kept


def _exponentials_and_others(z):
    """Return exponentials, for each the sum of the others in its row, and the sum of all."""
    e = row_exponentials(z.astype(np.float64, copy=False))
    n_classes = e.shape[1]
    return e, e @ (1 - np.eye(n_classes)), e.sum(axis=1)


def _diagonal(matrices):
    """Return a view of the diagonal of each matrix of a stack."""
    return np.einsum("nkk->nk", matrices)


@dataclass(frozen=True)
class GeneralizedCrossEntropy(HasHess, LabelLoss):
    r"""Cross-entropy that does not insist: bounded, so that a wrong label cannot cost much.

    .. math:: \ell(y, z) = \frac{1 - p_y^q}{q}, \qquad
              \frac{\partial\ell}{\partial z_k} = p_y^q\,(p_k - [k = y]), \qquad
              p = \operatorname{softmax}(z)

    The gradient is that of the cross-entropy times :math:`p_y^q`: the less the model believes
    a label, the less it learns from it.  As q → 0 it is the cross-entropy, at q = 1 the mean
    absolute error :math:`1 - p_y`, half the sum of :math:`|p_k - [k = y]|`.

    Parameters
    ----------
    q : float
        In (0, 1]; the larger, the more wrong labels it bears and the slower it learns.

    Raises
    ------
    ValueError
        If `q` is outside (0, 1], or the truth is not one label a sample: the loss is defined
        for labels, and does not say what a row of probabilities would mean.

    Notes
    -----
    Hand it logits.  The softmax of the best prediction is sharper than the truth t:
    proportional to :math:`t_k^{1/(1-q)}`, and at q = 1 all of it on the most frequent class.
    Summed over all labels the loss stays between :math:`(K - K^{1-q})/q` and
    :math:`(K - 1)/q`: the closer these, the less labels that are wrong at random can move the
    minimum, and at q = 1 they are equal.

    References
    ----------
    Zhang and Sabuncu (2018), *Generalized Cross Entropy Loss for Training Deep Neural Networks
    with Noisy Labels*, arXiv:1805.07836.

    Examples
    --------
    >>> loss = GeneralizedCrossEntropy(q=0.5)
    >>> loss.pointwise([0, 1], [[0.0, 0.0], [1000.0, 0.0]]).round(4).tolist()
    [0.5858, 2.0]
    >>> GeneralizedCrossEntropy(q=1.0).pointwise_grad([0], [[0.0, 0.0]]).tolist()
    [[-0.25, 0.25]]
    """

    q: float = 0.7

    def __post_init__(self):
        self._require("q", lambda q: 0 < q <= 1, "above 0 and at most 1")

    def _value(self, y, z):
        return self._bounded(SoftmaxCrossEntropy()._value(y, z))

    def _grad(self, y, z):
        return self._value_and_grad(y, z)[1]

    def _value_and_grad(self, y, z):
        entropy, slope = SoftmaxCrossEntropy()._value_and_grad(y, z)
        return self._bounded(entropy), self._belief(y, z)[:, None] * slope

    def _bounded(self, entropy):
        u = np.maximum(self.q * entropy, np.finfo(entropy.dtype).tiny)  # never 0/0
        return entropy * (-np.expm1(-u) / u)

    def _belief(self, y, z):
        """Return :math:`p_y^q`, of which q times the cross-entropy would lose the last digits."""
        z = z.astype(np.float64, copy=False)
        rows, top = np.arange(len(y)), z.argmax(axis=1)
        largest, others = _take_out(row_exponentials(z), rows, top)
        rest = np.log1p(others / largest)
        return exp_of_gap(self.q, z[rows, y], z[rows, top], rest)

    _shape_of_hess = SoftmaxCrossEntropy._shape_of_hess

    def _hess(self, y, z):
        e, others, total = _exponentials_and_others(z)
        p, rest = e / total[:, None], others / total[:, None]
        rows = np.arange(len(y))
        gap = p[rows, y] - self.q * rest[rows, y]
        hess = -(1 + self.q) * p[:, :, None] * p[:, None, :]
        _diagonal(hess)[:] = p * (rest - self.q * p)
        hess[rows, y] = hess[rows, :, y] = -p * gap[:, None]
        hess[rows, y, y] = rest[rows, y] * gap
        return hess * self._belief(y, z)[:, None, None]

    @staticmethod
    def _formula(sp, y, z, q):
        exps = [sp.exp(score) for score in z]
        return (1 - (sum(a * b for a, b in zip(y, exps, strict=True)) / sum(exps)) ** q) / q

    def _facts(self):
        q = self.q
        # With two classes the curvature is 2 p^q (1 − p) |p − q (1 − p)|, steepest at this p.
        a = (1 + q) * (2 * q + 1)
        p = (a + np.sqrt(a * a - 4 * (1 + q) * (q + 2) * q * q)) / (2 * (1 + q) * (q + 2))
        return {
            "estimates": "the log-probabilities of the classes over 1 − q, up to a constant"
            if q < 1
            else "the most frequent class",
            "range": (0.0, 1 / q),
            "convex": False,
            "lipschitz": float(np.sqrt(2) * q**q / (1 + q) ** (1 + q)),
            "smoothness": float(2 * p**q * (1 - p) * (p - q * (1 - p))),
            "link": "softmax(prediction), sharper than the probabilities",
            "inverse_link": softmax,
            "proper": False,
            "calibrated": True,
            "aliases": ("GCE", "L_q loss"),
            "choose": "K exclusive classes, and some labels are wrong",
            "avoid": "labels are clean, or the probabilities matter: it sharpens them, and "
            "learns slowly from what it gets badly wrong",
            "chapter": "losses/softmax-cross-entropy",
        }
