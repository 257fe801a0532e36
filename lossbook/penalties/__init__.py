r"""Penalties: what is added to the mean loss so that simpler parameters win.

A penalty is a small frozen record with three methods, ``value(w)``, ``grad(w)`` and
``prox(w, step)``; those of single parameters also know their ``curvature(w)``.  It never
decides *what* is penalised: the model names that part of its parameters
(`Model.penalised`), and the intercept is not in it, since shrinking an intercept would make
the fit depend on where zero lies on the scale of the target.

The objective is **mean loss + penalty**.  Other libraries scale it differently; with
`n` samples and a strength :math:`\lambda`:

======================================  =======================================================
elsewhere                               the same as ours
======================================  =======================================================
scikit-learn ``Ridge(alpha)``           ``SquaredError``, ``L2(2 * alpha / n)``
scikit-learn ``Lasso(alpha)``           ``HalfSquaredError``, ``L1(alpha)``
scikit-learn ``ElasticNet(…)``          ``HalfSquaredError``, ``ElasticNet(alpha, l1_ratio)``
scikit-learn ``LogisticRegression(C)``  cross-entropy, ``L2(1 / (C * n))``
PyTorch ``SGD(weight_decay)``           any mean loss, ``L2(weight_decay)``, intercept included
======================================  =======================================================
"""

from .base import Penalty
from .elementwise import L1, L2, ElasticNet
from .groups import GroupLasso
from .matrices import NuclearNorm

__all__ = ["L1", "L2", "ElasticNet", "GroupLasso", "NuclearNorm", "Penalty"]
