"""Loss functions that can prove what they say.

Losses read like functions and know their gradients::

    >>> import lossbook as lb
    >>> loss = lb.Huber(delta=1.0)
    >>> loss([0.0, 0.0], [0.5, 3.0])
    1.3125
    >>> loss.grad([0.0, 0.0], [0.5, 3.0]).tolist()
    [0.25, 0.5]

The book in ``book/`` derives each of them; the tests hold both to their word.
"""

from importlib.util import find_spec

from . import custom, data, losses, numerics, penalties, plotting, schedules, symbolic
from .cards import all_losses, cards
from .choosing import recommend
from .conventions import conventions
from .distributed import (
    CostModel,
    DistributedObjective,
    distributed_objective,
    local_sgd,
    synchronous_sgd,
)
from .divergence import DivergenceError, largest_curvature
from .exercises import check, hint, progress, solution
from .gradcheck import check_loss, derivative, gradient
from .interactive import interactive
from .lbfgs import lbfgs
from .losses import *  # noqa: F403
from .losses import __all__ as _losses
from .models import *  # noqa: F403
from .models import __all__ as _models
from .objectives import LeastSquares, objective
from .optimizers import *  # noqa: F403
from .optimizers import __all__ as _optimizers
from .penalties import *  # noqa: F403
from .penalties import __all__ as _penalties
from .range_test import lr_range_test
from .schedules import *  # noqa: F403
from .schedules import __all__ as _schedules
from .show import show
from .training import History, fit, minimize

__version__ = "0.1.0"
# Loaded when they are asked for, and no part of `import *` where scikit-learn is not there.
_ESTIMATORS = ("LossClassifier", "LossRegressor")
__all__ = [
    "CostModel",
    "DistributedObjective",
    "DivergenceError",
    "History",
    "LeastSquares",
    "all_losses",
    "cards",
    "check",
    "check_loss",
    "conventions",
    "custom",
    "data",
    "derivative",
    "distributed_objective",
    "fit",
    "gradient",
    "hint",
    "interactive",
    "largest_curvature",
    "lbfgs",
    "local_sgd",
    "losses",
    "lr_range_test",
    "minimize",
    "numerics",
    "objective",
    "penalties",
    "plotting",
    "progress",
    "recommend",
    "schedules",
    "show",
    "solution",
    "symbolic",
    "synchronous_sgd",
    *(_ESTIMATORS if find_spec("sklearn") else ()),
    *_losses,
    *_models,
    *_optimizers,
    *_penalties,
    *_schedules,
]


def __getattr__(name):
    """Load scikit-learn only for those who want its interface."""
    if name in _ESTIMATORS:
        from . import estimators

        return getattr(estimators, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *_ESTIMATORS})
