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

from . import custom, data, losses, numerics, penalties, plotting, schedules, symbolic
from .cards import all_losses, cards
from .conventions import conventions
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
from .schedules import *  # noqa: F403
from .schedules import __all__ as _schedules
from .show import show
from .training import History, fit, minimize

__version__ = "0.1.0"
__all__ = [
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
    "fit",
    "gradient",
    "hint",
    "interactive",
    "largest_curvature",
    "lbfgs",
    "losses",
    "minimize",
    "numerics",
    "objective",
    "penalties",
    "plotting",
    "progress",
    "schedules",
    "show",
    "solution",
    "symbolic",
    *_losses,
    *_models,
    *_optimizers,
    *_penalties,
    *_schedules,
]
