"""The same objective on a Dask cluster: a loss is a sum, so it can be cut over machines too.

The base class of the losses cuts a long input into blocks that fit a cache; here the blocks are
the partitions of a Dask collection, and those who compute them are the workers of a cluster.  What
travels is small: the parameters to the workers, and one gradient back from each partition.

`distributed_objective` is `lossbook.objective` on Dask data, a function
``f(w) -> (value, gradient)`` of one flat vector, so that `lossbook.minimize`, `lossbook.lbfgs` and
SciPy take it as it is.  `synchronous_sgd` and `local_sgd` spare computation or messages where all
the data in every step are too much.  `CostModel` tells when a cluster pays.

Nothing here needs Dask before it is called.
"""

from .costs import CostModel
from .objective import DistributedObjective, distributed_objective
from .stochastic import local_sgd, synchronous_sgd

__all__ = [
    "CostModel",
    "DistributedObjective",
    "distributed_objective",
    "local_sgd",
    "synchronous_sgd",
]
