"""What is said about a wrong number or word that no known mistake explains."""

import re

import numpy as np

from lossbook.exercises import _wording
from lossbook.exercises._compare import close, plain
from lossbook.exercises._exercise import Exercise
from lossbook.exercises._trial import Trial


def wrong_value(exercise: Exercise, trial: Trial) -> str:
    """Return what can be said without giving the answer away."""
    given, expected = trial.given[0], trial.expected[0]
    if exercise.options:
        return _wrong_word(exercise, str(given.ravel()[0]) if given.size == 1 else "")
    if given.shape != expected.shape:
        due = "One number" if expected.ndim == 0 else f"An answer of shape {expected.shape}"
        return f"{due} is due; yours has shape {given.shape}."
    if given.ndim == 0 and np.isnan(given):
        return "Your value is NaN, not a number: it comes of something undefined, such as 0/0."
    if given.ndim == 0 and abs(expected) < 1 and close(given, 100 * expected, exercise.tolerance):
        return "In per cent that is right. A number between 0 and 1 is asked for."
    if given.ndim == 0:
        way = "large" if given > expected else "small"
        return f"{_wording.value(given)} is too {way}."
    return f'Not that. `lb.hint("{exercise.name}")` helps on.'


def _wrong_word(exercise: Exercise, given: str) -> str:
    """Return the options; or, for an option with words around it, how to write it."""
    meant = [o for o in exercise.options if re.search(rf"\b{re.escape(plain(o))}\b", given)]
    if not meant and len(given) > 2:  # the beginning of one option only, e.g. "clip"
        meant = [option for option in exercise.options if plain(option).startswith(given)]
    longest = max(meant, key=len, default="")
    if meant and all(option in longest for option in meant):
        return f'If you mean "{longest}", write just that.'
    return f"Not that one. Choose among: {', '.join(exercise.options)}."
