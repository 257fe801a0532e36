"""Schedules: functions from the number of steps already taken to the learning rate.

Any callable ``step -> lr`` is a schedule; those here also print well and check their
arguments.  They are written in lower case because they read as functions.  Steps are
*updates*, not epochs, counted from 0: the first update uses ``schedule(0)``.
"""

from .cycles import cosine, one_cycle, warmup
from .decays import constant, exponential_decay, inverse_time, polynomial, step_decay
from .plateau import reduce_on_plateau

__all__ = [
    "constant",
    "cosine",
    "exponential_decay",
    "inverse_time",
    "one_cycle",
    "polynomial",
    "reduce_on_plateau",
    "step_decay",
    "warmup",
]
