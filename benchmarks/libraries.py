"""How a library is called: in the form that it recommends itself.

scikit-learn writes into arrays made beforehand, PyTorch differentiates by autograd, JAX and optax
are compiled.  Data are handed over before the clock starts, and every library has one thread
unless `use_threads` says otherwise.

Each function here returns a *prepare*: of truth, prediction, and whether the gradient is
wanted, it makes the run to be timed, which returns value and gradient (or None).
"""

import importlib
import os
from collections.abc import Callable

import numpy as np

__all__ = [
    "LIBRARIES",
    "Prepare",
    "installed",
    "jax",
    "lossbook",
    "optax",
    "scipy",
    "sklearn",
    "sklearn_huber",
    "torch",
    "use_threads",
]

Run = Callable[[], tuple[float, np.ndarray | None]]
Prepare = Callable[..., Run]

LIBRARIES = {
    "scikit-learn": "sklearn",
    "SciPy": "scipy",
    "PyTorch": "torch",
    "JAX": "jax",
    "optax": "optax",
}


def installed() -> dict[str, str]:
    """Return the version of every library that can be imported."""
    os.environ.setdefault(
        "XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    )
    found = {}
    for name, module in LIBRARIES.items():
        try:
            found[name] = importlib.import_module(module).__version__
        except ImportError:
            continue
    use_threads(1, found)
    return found


def use_threads(count: int, libraries) -> None:
    """Give us and PyTorch that many threads."""
    os.environ["LOSSBOOK_THREADS"] = str(count)
    if "PyTorch" in libraries:
        importlib.import_module("torch").set_num_threads(count)


def lossbook(loss) -> Prepare:
    """Call one of our losses."""
    return lambda y, p, slopes=True: (
        (lambda: loss.value_and_grad(y, p)) if slopes else (lambda: (loss(y, p), None))
    )


def sklearn(name: str, scale: float = 1.0, set_up=None, **options) -> Prepare:
    """Call a loss of `sklearn._loss`; `scale` is what its value lacks of ours."""

    def prepare(y, p, slopes=True):
        loss = getattr(importlib.import_module("sklearn._loss"), name)(**options)
        if set_up:
            set_up(loss)
        truth = np.asarray(y, p.dtype)
        out, slopes_out = np.empty(len(y), p.dtype), np.empty_like(p)

        def both():
            values, grad = loss.loss_gradient(truth, p, loss_out=out, gradient_out=slopes_out)
            return scale * values.mean(), np.multiply(grad, scale / len(y), out=grad)

        return both if slopes else lambda: (scale * loss.loss(truth, p, loss_out=out).mean(), None)

    return prepare


def sklearn_huber() -> Prepare:
    """scikit-learn takes the threshold as a quantile, and sets it afterwards."""
    return sklearn("HuberLoss", set_up=lambda loss: setattr(loss.closs, "delta", 1.0))


def scipy(formula) -> Prepare:
    """Use the functions of `scipy.special`; `formula` returns values and slopes."""

    def prepare(y, p, slopes=True):
        special = importlib.import_module("scipy.special")

        def run():
            values, slopes = formula(special, y, p)
            return values.mean(), slopes / len(y)

        return run if slopes else None

    return prepare


def torch(formula) -> Prepare:
    """Differentiate the mean loss, `formula(torch, p, y)`, by autograd."""

    def prepare(y, p, slopes=True):
        torch = importlib.import_module("torch")
        truth, prediction = torch.from_numpy(y), torch.from_numpy(p).requires_grad_(slopes)

        def both():
            value = formula(torch, prediction, truth)
            return value.item(), torch.autograd.grad(value, prediction)[0].numpy()

        return both if slopes else lambda: (formula(torch, prediction, truth).item(), None)

    return prepare


def jax(formula) -> Prepare:
    """Compile value and gradient of the mean loss, `formula(jax, p, y)`."""
    return _compiled("jax", formula)


def optax(formula) -> Prepare:
    """Compile value and gradient of the mean loss, `formula(optax, p, y)`."""
    return _compiled("optax", formula)


def _compiled(module: str, formula) -> Prepare:
    def prepare(y, p, slopes=True):
        jax, library = importlib.import_module("jax"), importlib.import_module(module)
        jax.config.update("jax_enable_x64", True)
        truth, prediction = jax.numpy.asarray(y), jax.numpy.asarray(p)

        def mean(p, y):
            return formula(library, p, y)

        both, value = jax.jit(jax.value_and_grad(mean)), jax.jit(mean)

        def run():
            value, grad = both(prediction, truth)
            return float(value), np.asarray(grad)

        return run if slopes else lambda: (float(value(prediction, truth)), None)

    return prepare
