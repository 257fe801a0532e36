"""Models: predictions from parameters that live in ONE flat vector.

A model holds no parameters.  It is a function of them, ``model.predict(w, X)``, and
knows which part of `w` means what, ``model.view(w)``.  With every parameter in one
vector, an objective is a plain function ``f(w) -> (value, gradient)``, and any method
that minimises such functions, ours, SciPy's or a cluster's, can fit any model.

A model defines one thing, ``forward(w, X) -> (prediction, pullback)``; the pullback
carries the derivative of the loss from the predictions back to the parameters.
"""

from .base import Model
from .linear import LinearModel, LinearView, SoftmaxModel
from .mlp import MLP, MLPView

__all__ = ["MLP", "LinearModel", "LinearView", "MLPView", "Model", "SoftmaxModel"]
