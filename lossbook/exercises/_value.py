"""What is said about a wrong number or word that no known mistake explains."""

import re
from collections.abc import Sequence

import numpy as np

from lossbook.exercises import _wording
from lossbook.exercises._compare import close, plain
from lossbook.exercises._exercise import Exercise
from lossbook.exercises._trial import Trial


def wrong_value(exercise: Exercise, trial: Trial) -> str:
    """Return what can be said without giving the answer away."""
    given, expected = trial.given[0], trial.expected[0]
    if exercise.options:
        return _wrong_word(exercise.options, " ".join(given.ravel().tolist()))
    if given.shape != expected.shape:
        due = "One number" if expected.ndim == 0 else f"An answer of shape {expected.shape}"
        return f"{due} is due; yours has shape {given.shape}."
    if given.ndim == 0 and np.isnan(given):
        return "Your value is NaN, not a number: it comes of something undefined, such as 0/0."
    if given.ndim == 0 and abs(expected) < 1 and close(given, 100 * expected, exercise.tolerance):
        return "Too large by a factor of 100. Is it in per cent? The number itself is due."
    if given.ndim == 0:
        way = "large" if given > expected else "small"
        return f"{_wording.value(given)} is too {way}."
    return f'Not that. `lb.hint("{exercise.name}")` helps on.'


def _wrong_word(options: Sequence[str], given: str) -> str:
    """Return how to write what seems to be meant, or that one is to be chosen, and of which."""
    listed = ", ".join(options)
    if given in map(plain, options):
        return f"Not that one. Choose among: {listed}."
    meant = [o for o in options if re.search(rf"\b{re.escape(plain(o))}\b", given)]
    begun = [o for o in options if len(given) > 2 and plain(o).startswith(given)]
    if not meant and len(begun) == 1:  # the beginning of one option only, e.g. "clip"
        meant = begun
    longest = max(meant, key=len, default="")
    if meant and all(o in longest for o in meant):
        return f'If you mean "{longest}", write just that.'
    letters = set(given) <= set("".join(map(plain, options))) and max(map(len, options)) == 1
    if len(meant) > 1 or letters or re.search(r"\b(all|any|both|each|every|none)\b", given):
        return f"Exactly one of them is asked for, as it stands: {listed}."
    return f"Write one of these, as it stands: {listed}."
