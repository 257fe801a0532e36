"""The contract of a loss, kept once for all of them.

A subclass says what the loss *is*: its formula in SymPy, its value and derivative
in NumPy, its card.  `Loss` does the rest: shapes, dtypes, weights, the mean, and the walk
over long inputs in blocks.

Threads pay only where there is much to do, so they have to be asked for: with the environment
variable ``LOSSBOOK_THREADS=2``, two threads share the blocks of inputs of a million numbers or
more.  It is read at every call, and changes no result, not even its last bit.
"""

import math
from typing import ClassVar

import numpy as np

from .blocks import column, cut, leave_out, sum_of_blocks, walk, weighted_sum
from .card import Card
from .domains import REAL, Domain
from .inputs import as_floats, as_weights, in_dtype, require_finite
from .layouts import require_same_shape
from .settings import HasSettings

__all__ = ["Loss"]


class Loss(HasSettings):
    r"""A loss: a number for every pair of truth and prediction, and its mean.

    .. math:: L(y, \hat y) = \frac{\sum_i s_i\, \ell(y_i, \hat y_i)}{\sum_i s_i}

    Subclasses are frozen dataclasses.  They define ``_value`` and ``_grad`` on
    arrays (and ``_hess``, see `lossbook.HasHess`), the static method ``_formula`` in SymPy,
    and ``_facts``, the claims of their card.

    Examples
    --------
    >>> import lossbook as lb
    >>> isinstance(lb.mse, Loss), lb.mse([0.0, 0.0], [1.0, 3.0], sample_weight=[3.0, 1.0])
    (True, 3.0)
    """

    truth: ClassVar[Domain] = REAL
    prediction: ClassVar[Domain] = REAL
    arguments: ClassVar[tuple[str, ...]] = ("y", "yhat")
    # The shape of each argument in the formula of one sample: () is a number.
    shapes: ClassVar[tuple[tuple[int, ...], ...]] = ((), ())
    # The card's LaTeX where the formula is of a whole row, which SymPy would write out.
    latex: ClassVar[str | None] = None
    # The largest predictions for which value and gradient are promised to be finite.
    reach: ClassVar[float] = 1e4
    # True where an infinite prediction still gives a finite loss, so that
    # looking at the result would not reveal it.
    hides_infinity: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs):
        """Let an overridden value or gradient win over an inherited method that has both."""
        super().__init_subclass__(**kwargs)
        if {"_value", "_grad"} & vars(cls).keys() and "_value_and_grad" not in vars(cls):
            cls._value_and_grad = Loss._value_and_grad

    # What a subclass says ---------------------------------------------------------

    def _value(self, y, p):
        raise NotImplementedError(f"{type(self).__name__} does not define _value")

    def _grad(self, y, p):
        raise NotImplementedError(f"{type(self).__name__} does not define _grad")

    def _value_and_grad(self, *args):
        """Return both; override where they share work."""
        return self._value(*args), self._grad(*args)

    def _args(self, y, p):
        """Return what ``_value`` and ``_grad`` are functions of."""
        return y, p

    def _chain(self, grad, y):
        """Turn a derivative with respect to the last of ``_args`` into one by y_pred."""
        return grad

    def _numbers(self, y, p):
        """Return the numbers of one sample that the formula's arguments stand for."""
        return self._args(np.asarray(y, float), np.asarray(p, float))

    def _weigh(self, y, weights):
        """Return the weights of the rows, None for equal ones; a loss may add its own."""
        return weights

    # What everybody calls ---------------------------------------------------------

    def __call__(self, y_true, y_pred, sample_weight=None) -> float:
        """Return the (weighted) mean loss.

        Parameters
        ----------
        y_true : array_like, shape (n,) or (n, k)
            The truth; its domain stands on the card.
        y_pred : array_like, the shape of `y_true`
            The prediction.  Its precision, float32 or float64, is that of all results.
        sample_weight : array_like, shape (n,), optional
            Non-negative weights s of the rows.

        Returns
        -------
        float
            Sum of weight times loss over the sum of weights.

        Raises
        ------
        ValueError
            If shapes differ, a value is outside its domain, NaN or infinite, or
            no weight is positive.
        TypeError
            If the input is not numeric.
        """
        y, p, weights = self._read(y_true, y_pred, sample_weight)

        def visit(rows):
            values = self._value(*self._checked_args(y, p, rows))
            return weighted_sum(values, None if weights is None else weights[rows])

        with np.errstate(**_quiet(p)):
            total = math.fsum(walk(visit, self._blocks(p), p.size))
        return self._mean(total, self._measure(p, weights), y, p)

    def value_and_grad(self, y_true, y_pred, sample_weight=None):
        """Return the mean loss and its gradient with respect to `y_pred`.

        Parameters and errors are those of calling the loss.

        Returns
        -------
        float, ndarray
            The mean loss, and an array of the shape of `y_pred`.
        """
        y, p, weights = self._read(y_true, y_pred, sample_weight)
        measure, grad = self._measure(p, weights), np.empty(p.shape, p.dtype)

        def visit(rows):
            values, slopes = self._value_and_grad(*self._checked_args(y, p, rows))
            slopes = self._chain(slopes, y[rows])
            if weights is None:
                weight, share = None, 1 / measure
            else:
                weight = weights[rows]
                slopes = leave_out(slopes, weight)
                share = column(weight / measure, slopes)
            np.multiply(slopes, share, out=grad[rows], casting="same_kind")
            return weighted_sum(values, weight)

        with np.errstate(**_quiet(p)):
            total = math.fsum(walk(visit, self._blocks(p), p.size))
        return self._mean(total, measure, y, p), grad

    def grad(self, y_true, y_pred, sample_weight=None):
        """Return the gradient of the mean loss with respect to `y_pred`."""
        return self.value_and_grad(y_true, y_pred, sample_weight)[1]

    def pointwise(self, y_true, y_pred):
        """Return the loss of each sample, before weights and mean."""
        y, p, _ = self._read(y_true, y_pred)
        return self._pointwise(self._value, y, p, self._shape_of_values(p))

    def pointwise_grad(self, y_true, y_pred):
        """Return the derivative of each sample's loss by its prediction, the shape of `y_pred`."""
        y, p, _ = self._read(y_true, y_pred)
        return self._pointwise(self._grad, y, p, p.shape, chain=True)

    def card(self) -> Card:
        """Return what the loss knows of itself: formula, properties, when to use it."""
        from ..symbolic import latex

        return Card(
            name=repr(self),
            formula=latex(self),
            truth=self._on_card(self.truth, 0),
            prediction=self._on_card(self.prediction, 1),
            slope_norm=float(getattr(self, "slope_norm", 2)),
            loss=self,
            **self._claims(),
        )

    # The machinery ----------------------------------------------------------------

    def _read(self, y_true, y_pred, sample_weight=None):
        """Return the arguments as float arrays of one dtype and checked shapes, and the weights."""
        y, p = self._read_truth(y_true), as_floats(y_pred, "y_pred")
        if y.dtype != p.dtype and y.dtype.kind == "f":
            y = in_dtype(p.dtype, y, "y_true")
        self._require_shapes(y, p)
        weights = None if sample_weight is None else as_weights(sample_weight, p)
        return y, p, self._weigh(y, weights)

    def _read_truth(self, y_true):
        return as_floats(y_true, "y_true")

    def _require_shapes(self, y, p):
        require_same_shape(y, p)

    def _checked_args(self, y, p, rows=...):
        """Check the domains of one block, and return the arguments of the formula."""
        truth, prediction = y[rows], p[rows]
        if not (self.truth.contains(truth) and self.prediction.contains(prediction)):
            self._reject(y, p)
        if self.hides_infinity and not self._sums_are_finite(truth, prediction):
            require_finite(p, "y_pred")
            require_finite(y, "y_true")
        return self._args(truth, prediction)

    def _sums_are_finite(self, truth, prediction):
        certain = self.truth.finite or truth.dtype.kind != "f"
        return math.isfinite(prediction.sum() + (0 if certain else truth.sum()))

    def _reject(self, y, p):
        require_finite(y, "y_true")
        require_finite(p, "y_pred")
        hint = "; or are the two exchanged? The truth comes first" if self._takes(p, y) else ""
        self.truth.require(y, "y_true", type(self).__name__, hint)
        self.prediction.require(p, "y_pred", type(self).__name__, hint)

    def _takes(self, y, p):
        """Tell whether this would be good input, its truth of labels or counts."""
        whole = y.shape == p.shape and bool((y == np.rint(y)).all())
        return whole and self.truth.contains(y) and self.prediction.contains(p)

    _blocks = staticmethod(cut)

    def _measure(self, p, weights):
        """Return the denominator of the mean: Σw, times the number of outputs."""
        size = math.prod(self._shape_of_values(p))
        if weights is None:
            return size
        # A loss may ignore every row of a batch: then value and gradient are 0, not 0/0.
        return sum_of_blocks(weights) * (size // len(weights)) or 1.0

    def _shape_of_values(self, p):
        return p.shape

    def _mean(self, total, measure, y, p):
        """Divide, and look for NaN and infinity only when the result has one."""
        if not math.isfinite(total):
            self._explain(total, y, p)
        return total / measure

    def _explain(self, result, y, p):
        """Refuse what is no number: because the input is none, or so large that it overflows."""
        require_finite(y, "y_true")
        require_finite(p, "y_pred")
        size, name = max((float(np.abs(a).max()), n) for a, n in ((y, "y_true"), (p, "y_pred")))
        if math.isnan(result) and size > min(self.reach, float(np.finfo(p.dtype).max) ** 0.25):
            raise ValueError(
                f"{type(self).__name__} is no number: {name} reaches {size:g}, so far that what is "
                f"computed from it overflows {p.dtype}; scale the values, and if predictions blew "
                "up make the learning rate smaller"
            )

    def _pointwise(self, function, y, p, shape, chain=False):
        require_finite(p, "y_pred")  # a slope may be finite where the prediction is not
        require_finite(y, "y_true")
        out = np.empty(shape, p.dtype)

        def visit(rows):
            values = function(*self._checked_args(y, p, rows))
            out[rows] = self._chain(values, y[rows]) if chain else values

        walk(visit, self._blocks(p), p.size)
        if math.isnan(np.minimum.reduce(out, axis=None)):
            self._explain(math.nan, y, p)
        return out if out.ndim else out[()]

    def _example(self, rng, n):
        """Return `n` pairs of truth and prediction that exercise both domains."""
        return self.truth.sample(rng, n), self.prediction.sample(rng, n)

    def _facts(self):
        return {}

    def _unless_stated(self):
        """Return what is claimed, and tested, of a loss of this kind that does not say it."""
        return {"lipschitz": math.inf}

    def _on_card(self, domain, side):
        """Return how the card names the domain of the truth (side 0) or the prediction (1)."""
        return domain.name

    def _claims(self):
        """Return the facts, those left out filled in; a kink has no bounded curvature."""
        facts = self._facts()
        if not facts:  # a loss that says nothing of itself claims nothing
            return {"range": None}
        claims = self._unless_stated() | facts
        return {"smoothness": math.inf} | claims if claims.get("kinks") else claims


def _quiet(p):
    """Return the warnings not to give: NaN in the input is named, too large a float32 is inf."""
    narrow = {"over": "ignore"} if p.dtype == np.float32 else {}
    return {"invalid": "ignore", **narrow}
