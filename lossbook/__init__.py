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

from . import losses, numerics
from .gradcheck import check_loss, derivative, gradient
from .losses import *  # noqa: F403
from .losses import __all__ as _losses

__version__ = "0.1.0"
__all__ = ["check_loss", "derivative", "gradient", "losses", "numerics", *_losses]
