"""The list of all exercises.

Modules of this package whose names do not begin with an underscore are imported at the first
question; each registers its own exercises.  Adding a file is enough.
"""

import difflib
import functools
import importlib
import pkgutil

from lossbook.exercises._exercise import Exercise

# The order of the course; a chapter that is not listed comes last.
_COURSE = (
    "what_a_loss_is",
    "where_losses_come_from",
    "what_a_loss_estimates",
    "shape_of_a_loss",
    "squared_and_absolute",
    "robust",
    "quantiles_and_counts",
    "binary_cross_entropy",
    "softmax_cross_entropy",
    "margin",
    "imbalance",
    "divergences",
    "embeddings_and_ranking",
    "sequences_ctc",
    "overlap",
    "combining_losses",
    "gradient_descent",
    "stochastic_gradient_descent",
    "momentum",
    "adaptive_methods",
    "learning_rates",
    "second_order",
    "regularization",
    "backpropagation",
    "distributed",
    "regression_with_outliers",
    "image_classification",
    "fraud_detection",
    "text_and_language",
    "speech_recognition",
    "recommendation",
    "generative_adversarial",
    "self_supervised",
    "frameworks",
    "choosing",
    "faq",
    "claims_checked",
    "bug_museum",
)

_exercises: dict[str, Exercise] = {}


def register(exercise: Exercise) -> Exercise:
    """Add an exercise to the list, and return it.

    Registering again from the same chapter replaces: a module may be reloaded.

    Raises
    ------
    ValueError
        If another chapter has an exercise of that name.

    Examples
    --------
    >>> known = find("squared.best_constant")
    >>> register(known) is known
    True
    """
    known = _exercises.get(exercise.name)
    if known is not None and known.chapter != exercise.chapter:
        raise ValueError(
            f"exercise {exercise.name!r} of chapter {exercise.chapter!r} exists already in "
            f"chapter {known.chapter!r}: choose another name"
        )
    _exercises[exercise.name] = exercise
    return exercise


@functools.cache
def _discover() -> None:
    package = __name__.rpartition(".")[0]
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
        if not module.name.startswith("_"):
            importlib.import_module(f"{package}.{module.name}")


def exercises(chapter: str | None = None) -> list[str]:
    """Return the names of all exercises, or of a chapter's, in the order of the course.

    Examples
    --------
    >>> exercises("squared_and_absolute")[:2]
    ['squared.value', 'squared.grad']
    """
    return [e.name for e in every() if chapter in (None, e.chapter)]


def every() -> list[Exercise]:
    """Return all exercises in the order of the course."""
    _discover()
    return sorted(_exercises.values(), key=lambda exercise: _place(exercise.chapter))


def _place(chapter: str) -> tuple[int, str]:
    return (_COURSE.index(chapter) if chapter in _COURSE else len(_COURSE), chapter)


def find(name: str) -> Exercise:
    """Return the exercise of that name.

    Raises
    ------
    ValueError
        If there is none; the message suggests the nearest name.
    """
    _discover()
    if not isinstance(name, str):
        raise ValueError(
            f"the name of the exercise comes first, in quotes; this is an object of type "
            f"{type(name).__name__}. lb.progress() lists all names."
        )
    if name in _exercises:
        return _exercises[name]
    near = difflib.get_close_matches(name, _exercises, n=1)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    raise ValueError(f"there is no exercise {name!r}.{guess} lb.progress() lists them all.")
