'''All that a loss of your own is made of, in one place.

A loss is a frozen dataclass of one of the kinds below.  It says its value, its derivative and its
formula; shapes, weights, means, long inputs and errors are the base class's business, and
`lossbook.check_loss` says in words what does not fit::

    >>> from dataclasses import dataclass
    >>> import numpy as np
    >>> import lossbook as lb
    >>> from lossbook.custom import PROBABILITY, BinaryLoss
    >>> @dataclass(frozen=True)
    ... class Distance(BinaryLoss):
    ...     """Distance of a probability from its label."""
    ...
    ...     prediction = PROBABILITY
    ...
    ...     def _value(self, y, p):
    ...         return np.abs(p - y)
    ...
    ...     def _grad(self, y, p):
    ...         return np.sign(p - y)
    ...
    ...     @staticmethod
    ...     def _formula(sp, y, yhat):
    ...         return sp.Abs(yhat - y)
    >>> Distance()([1, 0], [0.75, 0.5])
    0.375
    >>> bool(lb.check_loss(Distance()))
    True

It claims nothing, so its card says *not stated*.  Claims are the keys of ``_facts``, the fields of
a `Card` from ``estimates`` on; every one that is not prose is examined::

    >>> class Claims(Distance):
    ...     def _facts(self):
    ...         return {"convex": True, "lipschitz": 1.0, "range": (0.0, 1.0), "proper": True}
    >>> print(*lb.check_loss(Claims()).failures)
    FAIL proper: claims to be proper, but the best forecast of [0.6, 0.4] is 0.0

``kinks`` is a tuple of the residuals or margins where the slope jumps: ``(0.0,)`` of the absolute
error, ``()`` if there are none.  There the curvature has no bound, so ``smoothness`` is left out.

What the functions take, besides ``self``, depends on the kind:

=================  ===================================  ==========================================
kind               ``_value``, ``_grad``, ``_hess``     ``_formula``, after ``sp``, before fields
=================  ===================================  ==========================================
``ResidualLoss``   ``r``, the residual ŷ − y            ``r``
``MarginLoss``     ``m``, the margin y ŷ                ``m``
``BinaryLoss``     ``y, p``: labels 0/1, predictions    ``y, yhat``
``Loss``           ``y, p``: numbers against numbers    ``y, yhat``
``RowLoss``        ``y, p``: rows (n, K)                ``y, yhat``: tuples of three
``ClassLoss``      ``y, z``: labels (n,) or             ``y, z``: one-hot and scores, of three
                   probabilities (n, K), scores (n, K)
``LabelLoss``      ``y, z``: labels (n,) alone          ``y, z``: one-hot and scores, of three
``BatchLoss``      ``y, p``: the samples of a batch     ``y, yhat``: see ``_formula_example``
=================  ===================================  ==========================================

``_grad`` is the derivative by the last of them.  What else a loss may say:

``_hess``, with `HasHess`
    The second derivative by the last argument, of its shape; of a row the matrices (n, K, K), and
    then ``_shape_of_hess(self, p)`` says their shape.
``_prox(self, r, step)``, with `HasProx`
    The residual, or margin, of the proximal point: where step · ℓ(u) + (u − r)²/2 is least.
``_pull(self, y, p, weights)``
    Of a `BatchLoss`, in the place of ``_grad``: the gradient of the sum of weight times value.
``_value_and_grad``
    Both at once, where they share work.
``__post_init__``
    Checks the fields: ``self._require("delta", lambda d: d > 0, "positive")``.
``truth``, ``prediction``
    The domains of the two: one of ``REAL``, ``POSITIVE``, ``NOT_NEGATIVE``, ``NONZERO``,
    ``OVER_MINUS_ONE``, ``PROBABILITY``, ``BINARY`` (0 or 1), ``SIGNS`` (−1 or +1), ``CLASSES``,
    ``DISTRIBUTION`` (rows of probabilities), or a ``Domain`` of your own.
``hides_infinity = True``
    Where the loss of an infinite prediction is a finite number, as that of a hinge is, nobody would
    look at the input: this has it looked at always.
``reach``
    The largest prediction for which value and gradient are finite, 10⁴ or, of residuals, 10¹⁵⁰.
``layout``, ``shapes``, ``latex``, ``slope_norm``
    Of a `RowLoss` of other axes than (n, K) against (n, K): the axes, those of one sample in the
    formula, the card's formula, and the norm in which its steepest slope is meant.
``_formula_example(self, rng)``
    Samples for the formula, where the truth is fixed inside it.

The losses of the package are written in just this way: ``lb.show(lb.Huber)``.
'''

from .losses import domains, kinds
from .losses.base import Loss
from .losses.classes import ClassLoss, LabelLoss
from .losses.domains import *  # noqa: F403
from .losses.kinds import *  # noqa: F403

__all__ = ["ClassLoss", "LabelLoss", "Loss", *domains.__all__, *kinds.__all__]
