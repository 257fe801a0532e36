"""Exercises that answer: ``check`` runs your function and says what is wrong with it.

>>> from lossbook.exercises import check, exercises, hint, progress, solution
>>> import numpy as np
>>> def my_gradient(y_true, y_pred):
...     return 2 * (y_true - y_pred) / len(y_true)
>>> verdict = check("squared.grad", my_gradient, record=False)
✗ squared.grad · Not yet: sign reversed
Your gradient has the right size and the wrong sign. Differentiate with respect to the prediction, not the truth: the derivative of ŷ − y with respect to ŷ is +1. A step against your gradient would climb.

In Jupyter the verdict is the value of the cell: end the cell with ``check(...)``.  In a plain
script, where nothing displays it, ``check`` prints it too.

How to add an exercise
----------------------
1. Open the module of the chapter, ``lossbook/exercises/<chapter>.py`` (underscores for
   hyphens), or create it: every module here whose name has no leading underscore is found by
   itself.
2. Write the reference, which is also the solution that readers see: a plain function that needs
   nothing but ``import numpy as np``.
3. Register it with a kind from ``kinds.py``::

       import numpy as np

       from lossbook.exercises import Exercise, register
       from lossbook.exercises.kinds import pointwise_gradient


       def huber_grad(y_true, y_pred, delta):
           return np.clip(y_pred - y_true, -delta, delta)


       register(
           Exercise(
               "robust.huber_grad",
               kind=pointwise_gradient,
               reference=huber_grad,
               title="The derivative of the Huber loss with respect to each prediction",
               params={"delta": (1.0, 0.5, 3.0)},
               hints=("What is it for a small residual?", "It is the residual, clipped."),
               level=2,
           )
       )

   This exercise now recognises the reversed sign, the forgotten ½, an unasked 1/n, swapped
   arguments, a ``delta`` that is ignored, a constant factor or offset, an n × n table, an input
   that is written into, …, each alone and two together.
4. Run ``pytest tests/exercises``: it walks the list of exercises and proves that the
   reference passes, that the printed solution runs and passes, that every typical mistake is
   caught and named, and that the placeholder counts as not attempted.

The kinds, and what the reader's function is called with:

* ``pointwise_value``, ``mean_value``, ``pointwise_gradient``, ``gradient_of_mean``:
  ``(y_true, y_pred)``, on real numbers, or on other data with e.g. ``mean_value.over(LOGITS)``
  (``domains.py``);
* ``gradient_in_parameters``: ``(w, X, y)``; ``descent_step``: ``(w, X, y, lr)``, for a linear
  model;
* ``update_step``: ``(w, grad, lr)``; ``training_loop``: ``(X, y, lr, steps)``;
* ``number``, ``whole_number``, ``numbers``, ``choice``: a value.  The reference is a function
  without arguments that computes it, and ``mistakes={22.0: "That is the mean …"}`` explains wrong
  values.

Further arguments are ``params``; other inputs are ``cases`` (and ``inputs``, the same in words);
``kind.parts("w", "velocity")`` is for functions that return a tuple.  Mistakes of one exercise
only go into ``mistakes``: take them from ``mistakes.py`` and ``step_mistakes.py``, or write one
with ``of_result``, ``of_arguments`` or ``instead``.  A chapter with many keeps them in a module of
its own, such as ``_robust_mistakes.py``.

In the chapter, the placeholder ends in ``check("robust.huber_grad", huber_grad)`` and the folded
solution in ``check("robust.huber_grad", huber_grad, record=False)``.
"""  # noqa: E501 (a verdict's paragraph is one line)

from lossbook.exercises._check import check
from lossbook.exercises._exercise import Exercise
from lossbook.exercises._help import hint, solution
from lossbook.exercises._progress import progress
from lossbook.exercises._registry import exercises, register
from lossbook.exercises._verdict import Verdict

__all__ = [
    "Exercise",
    "Verdict",
    "check",
    "exercises",
    "hint",
    "progress",
    "register",
    "solution",
]
