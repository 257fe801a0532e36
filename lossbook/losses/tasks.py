"""Several tasks, one number: how much the loss of each counts when they share a model.

Each rule turns the tasks' losses into weights; what is minimised is the weighted sum, and its
gradient by the model is the weighted sum of the tasks' gradients.
"""

import math
from dataclasses import dataclass

import numpy as np

from ..hyperparameters import is_positive, require_generator, require_number
from ..numerics import softmax
from .inputs import as_floats, require_finite

__all__ = ["DynamicWeights", "RandomWeights", "UncertaintyWeighting", "project_conflicting"]

FACTORS = {"regression": 0.5, "classification": 1.0}


@dataclass(frozen=True)
class UncertaintyWeighting:
    r"""Weights that are learned: each task's loss over its noise, which is learned with it.

    .. math:: L = \sum_k c_k\, e^{-s_k} L_k + \tfrac12 s_k, \qquad s_k = \log \sigma_k^2

    For a regression with Gaussian noise of variance σ² and the squared error for its loss this is
    the negative log-likelihood, :math:`c = \tfrac12`; for a classification the softmax of logits
    over σ², approximately, :math:`c = 1`.  A task that is hard or measured in large units gets a
    large variance and a small weight; ½ s keeps the variance from growing for free.

    Parameters
    ----------
    tasks : sequence of str
        ``"regression"`` or ``"classification"`` for each task.

    Raises
    ------
    ValueError
        If there is no task, or one of another name.

    Notes
    -----
    The best variances make the weight of every task 1/(2 L_k), and L a constant plus the sum of
    ½ log L_k: another unit for a loss shifts L and moves neither its minimum nor the weighted
    gradients.  L has no lower bound if a loss comes near 0.

    References
    ----------
    Kendall, Gal and Cipolla (2018), *Multi-Task Learning Using Uncertainty to Weigh Losses for
    Scene Geometry and Semantics*, arXiv:1705.07115.

    Examples
    --------
    >>> weighting = UncertaintyWeighting(("regression", "classification"))
    >>> value, weights, by_s = weighting.value_and_grad([4.0, 0.5], [0.0, 0.0])
    >>> value, weights.tolist(), by_s.tolist()
    (2.5, [0.5, 1.0], [-1.5, 0.0])
    >>> weighting.weights([4.0, 0.5]).tolist()
    [0.125, 1.0]
    """

    tasks: tuple[str, ...] = ("regression", "regression")

    def __post_init__(self):
        given = self.tasks
        object.__setattr__(self, "tasks", tuple(given))
        if not self.tasks or not FACTORS.keys() >= {*self.tasks}:
            raise ValueError(
                "UncertaintyWeighting: tasks must be 'regression' or 'classification' for each, "
                f"such as ('regression', 'classification'), got {given!r}"
            )

    @property
    def _factors(self):
        return np.array([FACTORS[task] for task in self.tasks])

    def value_and_grad(self, losses, log_variances):
        """Return the value, its gradient by the losses (their weights), and by the log-variances.

        Parameters
        ----------
        losses : array_like, shape (K,)
            The mean loss of each task.
        log_variances : array_like, shape (K,)
            The logarithm s of each task's variance.

        Returns
        -------
        float, ndarray, ndarray
        """
        losses = _losses(losses, len(self.tasks))
        s = as_floats(log_variances, "log_variances").astype(np.float64)
        if s.shape != losses.shape:
            raise ValueError(
                f"log_variances has shape {s.shape} but there are {len(self.tasks)} tasks: give "
                "one for each"
            )
        require_finite(s, "log_variances")
        weights = self._factors * np.exp(-s)
        terms = weights * losses
        return math.fsum([*terms, *s / 2]), weights, 0.5 - terms

    def best_log_variances(self, losses):
        r"""Return the log-variances of the least value, :math:`s_k = \log 2 c_k L_k`."""
        losses = _losses(losses, len(self.tasks))
        _require_positive(losses)
        return np.log(2 * self._factors * losses)

    def weights(self, losses):
        """Return the weights that the best log-variances give, 1/(2 L_k)."""
        losses = _losses(losses, len(self.tasks))
        _require_positive(losses)
        return 1 / (2 * losses)


@dataclass(frozen=True)
class RandomWeights:
    """Weights drawn anew at each step: the softmax of independent standard normal numbers.

    The baseline that any cleverer rule has to beat; on average all tasks count alike.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.

    Raises
    ------
    TypeError
        If `rng` is no Generator.

    References
    ----------
    Lin, Ye, Zhang and Tsang (2022), *Reasonable Effectiveness of Random Weighting: A Litmus Test
    for Multi-Task Learning*, Transactions on Machine Learning Research, arXiv:2111.10603.

    Examples
    --------
    >>> weights = RandomWeights(np.random.default_rng(0)).weights([4.0, 0.5])
    >>> bool((weights > 0).all()), float(weights.sum().round(12))
    (True, 1.0)
    """

    rng: np.random.Generator

    def __post_init__(self):
        require_generator(self.rng)

    def weights(self, losses):
        """Return a weight for each of the losses; their sum is 1."""
        return softmax(self.rng.standard_normal(len(_losses(losses))))


@dataclass(frozen=True)
class DynamicWeights:
    r"""Dynamic weight average: a task whose loss falls more slowly than others' counts for more.

    .. math:: w_k = K \frac{e^{r_k/T}}{\sum_j e^{r_j/T}}, \qquad
              r_k = \frac{L_k(t-1)}{L_k(t-2)}

    Parameters
    ----------
    temperature : float
        T, positive; the larger, the more equal the weights.

    Raises
    ------
    ValueError
        If `temperature` is not positive and finite.

    References
    ----------
    Liu, Johns and Davison (2019), *End-to-End Multi-Task Learning with Attention*, CVPR,
    arXiv:1803.10704.

    Examples
    --------
    The first loss has halved, the second stood still:

    >>> DynamicWeights(temperature=2.0).weights([[8.0, 1.0], [4.0, 1.0]]).round(4).tolist()
    [0.8756, 1.1244]
    >>> DynamicWeights().weights([[8.0, 1.0]]).tolist()
    [1.0, 1.0]
    """

    temperature: float = 2.0

    def __post_init__(self):
        require_number(self, "temperature", is_positive, "positive and finite")

    def weights(self, history):
        """Return a weight for each task, with sum K; ones until there are two epochs.

        Parameters
        ----------
        history : array_like, shape (epochs, K)
            The tasks' mean losses, a row for each epoch so far; the last two count.
        """
        history = as_floats(history, "history").astype(np.float64)
        if history.ndim != 2 or history.shape[1] == 0:
            raise ValueError(
                f"history has shape {history.shape} but must be (epochs, tasks): one row of losses "
                "for each epoch"
            )
        require_finite(history, "history")
        if len(history) < 2:
            return np.ones(history.shape[1])
        _require_positive(history[-2], "history[-2]")
        return history.shape[1] * softmax(history[-1] / history[-2] / self.temperature)


def project_conflicting(gradients, rng=None):
    """Take from each task's gradient what works against another task.

    Where two gradients point apart, each loses its part along the other.  With two tasks a small
    step against what is left of one no longer raises the other's loss; with more, a later
    projection may bring an earlier conflict back.  The step is along the sum of what is left.

    Parameters
    ----------
    gradients : array_like, shape (K, d)
        One gradient for each task.
    rng : numpy.random.Generator, optional
        Draws the order in which each gradient meets the others, as in the paper; without it,
        they meet in the order given.

    Returns
    -------
    ndarray, shape (K, d)

    Raises
    ------
    ValueError
        If `gradients` is not of shape (K, d), or a number is NaN or infinite.
    TypeError
        If `rng` is no Generator.

    References
    ----------
    Yu, Kumar, Gupta, Levine, Hausman and Finn (2020), *Gradient Surgery for Multi-Task Learning*,
    arXiv:2001.06782.

    Examples
    --------
    >>> project_conflicting([[1.0, 0.0], [-1.0, 1.0]]).tolist()
    [[0.5, 0.5], [0.0, 1.0]]
    """
    gradients = as_floats(gradients, "gradients")
    if gradients.ndim != 2 or gradients.size == 0:
        raise ValueError(
            f"gradients has shape {gradients.shape} but must be (tasks, parameters): flatten each "
            "task's gradient to one row"
        )
    require_finite(gradients, "gradients")
    if rng is not None:
        require_generator(rng)
    left = gradients.copy()
    for i, row in enumerate(left):
        others = np.delete(np.arange(len(left)), i)
        for j in others if rng is None else rng.permutation(others):
            against = row @ gradients[j]
            if against < 0:
                row -= against / (gradients[j] @ gradients[j]) * gradients[j]
    return left


def _losses(losses, n_tasks=None):
    """Return the tasks' losses as float64, one for each."""
    losses = as_floats(losses, "losses").astype(np.float64)
    if losses.ndim != 1 or len(losses) == 0 or n_tasks not in (None, len(losses)):
        raise ValueError(
            f"losses has shape {losses.shape} but must hold one number, the mean loss, for each "
            + ("task" if n_tasks is None else f"of {n_tasks} tasks")
        )
    require_finite(losses, "losses")
    return losses


def _require_positive(losses, name="losses"):
    if losses.min() <= 0:
        k = int(np.argmin(losses > 0))
        raise ValueError(
            f"{name}[{k}] is {losses[k]}, but a weight relative to it needs a positive loss: leave "
            "out a task that is solved, or fix its weight"
        )
