"""Optimizers: one short class per method, each a single line of mathematics.

``opt.step(w, grad)`` moves the parameters `w` **in place** and returns them.  An
optimizer keeps what it remembers (velocities, moments, the number of steps) itself;
``reset()`` makes it forget.  A working array is kept between steps, so that those of gradient
descent, momentum, AdaGrad, RMSProp, Adam and AdamW allocate nothing.
"""

from .adam import Adam, AdamW, NAdam
from .adaptive import AdaDelta, AdaGrad, RMSProp
from .base import Optimizer
from .descent import GradientDescent, Momentum, Nesterov
from .least_squares import GaussNewton, LevenbergMarquardt
from .lion import Lion
from .proximal import ProximalGradient
from .searching import LineSearch, Newton

__all__ = [
    "AdaDelta",
    "AdaGrad",
    "Adam",
    "AdamW",
    "GaussNewton",
    "GradientDescent",
    "LevenbergMarquardt",
    "LineSearch",
    "Lion",
    "Momentum",
    "NAdam",
    "Nesterov",
    "Newton",
    "Optimizer",
    "ProximalGradient",
    "RMSProp",
]
