r"""scikit-learn's interface: losses, penalties and optimizers behind ``fit`` and ``predict``.

`LossRegressor` and `LossClassifier` go wherever scikit-learn wants an estimator: into a
``Pipeline``, a ``GridSearchCV``, ``cross_val_score``.  ``import lossbook`` does not load this
module, since it needs scikit-learn; ``lossbook.LossRegressor`` does.

What ``optimizer="auto"`` chooses depends on the kinks of the problem:

================================  ==============================================================
the problem                       the method
================================  ==============================================================
smooth, with no penalty or `L2`   L-BFGS, `lossbook.lbfgs`
`L1` or `ElasticNet`              the method of multipliers: a few smooth problems, each solved
\                                 by Newton's method; zeros are exact
a convex loss with kinks          the same
any other penalty                 the proximal gradient method, accelerated
any other loss with kinks         steps along subgradients that get shorter, and a warning,
\                                 since these come near a minimum and do not reach it
================================  ==============================================================

Networks, and models of very many parameters, have L-BFGS in the place of Newton's method.

The columns of X are centred and scaled for the fit; the parameters are reported for the columns as
given.  This moves no minimum, for the penalty is scaled along; it only makes the way there short.
An `Optimizer` of your own sees the columns as they are.
"""

try:
    import sklearn  # noqa: F401
except ImportError as error:
    raise ImportError(
        "LossRegressor and LossClassifier are estimators of scikit-learn: pip install scikit-learn"
    ) from error

from .classifier import LossClassifier
from .regressor import LossRegressor

__all__ = ["LossClassifier", "LossRegressor"]
