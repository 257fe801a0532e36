"""The outputs of an answer on all inputs, in the forms that the patterns ask for."""

from collections.abc import Callable, Sequence

import numpy as np

from lossbook.exercises._compare import close
from lossbook.exercises._exercise import Exercise
from lossbook.exercises._trial import Trial, silence


class Data:
    """The outputs in the forms that the patterns ask for."""

    def __init__(self, exercise: Exercise, trials: Sequence[Trial]) -> None:
        self.exercise, self.trials = exercise, trials
        self.rtol = exercise.tolerance
        self.given = [trial.given[0] for trial in trials]
        self.expected = [trial.expected[0] for trial in trials]
        self.same_shapes = all(
            a.shape == b.shape for a, b in zip(self.given, self.expected, strict=True)
        )
        if self.same_shapes:
            self.flat_given = np.concatenate([a.ravel() for a in self.given]).astype(float)
            self.flat_expected = np.concatenate([a.ravel() for a in self.expected]).astype(float)

    def all(self, change_given: Callable, change_expected: Callable | None = None) -> bool:
        """Whether the changed outputs are right everywhere."""
        change_expected = change_expected or (lambda a: a)
        with silence():
            return all(
                close(np.asarray(change_given(a)), np.asarray(change_expected(b)), self.rtol)
                for a, b in zip(self.given, self.expected, strict=True)
            )
