"""What is compared: a loss, its data, and the same function in other libraries.

Every peer computes what ours does, the mean loss and its gradient by the predictions, in the
form that its library recommends: scikit-learn into arrays made beforehand, PyTorch by autograd,
JAX compiled.  Data are handed over before the clock starts, and every library has one thread.
"""

import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import lossbook as lb

__all__ = ["CASES", "LIBRARIES", "Case", "installed", "prepare_ours"]

Arrays = tuple[np.ndarray, np.ndarray]
Run = Callable[[], tuple[float, np.ndarray]]
Prepare = Callable[[np.ndarray, np.ndarray], Run]

LIBRARIES = {"scikit-learn": "sklearn", "SciPy": "scipy", "PyTorch": "torch", "JAX": "jax"}
CLASSES = 10


@dataclass(frozen=True)
class Case:
    """A loss, data of a given size, and its peers: library ↦ what makes the run."""

    name: str
    loss: lb.Loss
    data: Callable[[np.random.Generator, int], Arrays]
    peers: dict[str, Prepare]


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
    return found


def prepare_ours(case: Case) -> Prepare:
    """Return what makes our run of a case."""
    return lambda y, p: lambda: case.loss.value_and_grad(y, p)


# --- How a library is called ----------------------------------------------------------------


def _sklearn(name: str, scale: float = 1.0, **options) -> Prepare:
    """Call a loss of `sklearn._loss`; `scale` is what its value lacks of ours."""

    def prepare(y, p):
        loss = getattr(importlib.import_module("sklearn._loss"), name)(**options)
        n, out = len(y), {"loss_out": np.empty(len(y)), "gradient_out": np.empty_like(p)}
        truth = np.asarray(y, p.dtype)

        def run():
            values, slopes = loss.loss_gradient(truth, p, **out)
            return scale * values.mean(), np.multiply(slopes, scale / n, out=slopes)

        return run

    return prepare


def _sklearn_huber() -> Prepare:
    """scikit-learn takes the threshold as a quantile, and sets it afterwards."""

    def prepare(y, p):
        loss = importlib.import_module("sklearn._loss").HuberLoss()
        loss.closs.delta = 1.0
        n, out = len(y), {"loss_out": np.empty(len(y)), "gradient_out": np.empty_like(p)}

        def run():
            values, slopes = loss.loss_gradient(y, p, **out)
            return values.mean(), np.divide(slopes, n, out=slopes)

        return run

    return prepare


def _scipy(formula) -> Prepare:
    """Use the functions of `scipy.special`; `formula` returns values and slopes."""

    def prepare(y, p):
        special = importlib.import_module("scipy.special")

        def run():
            values, slopes = formula(special, y, p)
            return values.mean(), slopes / len(y)

        return run

    return prepare


def _torch(formula) -> Prepare:
    """Differentiate the mean loss, `formula(torch, p, y)`, by autograd."""

    def prepare(y, p):
        torch = importlib.import_module("torch")
        torch.set_num_threads(1)
        truth, prediction = torch.from_numpy(y), torch.from_numpy(p).requires_grad_()

        def run():
            value = formula(torch, prediction, truth)
            return value.item(), torch.autograd.grad(value, prediction)[0].numpy()

        return run

    return prepare


def _jax(formula) -> Prepare:
    """Compile value and gradient of the mean loss, `formula(jax, p, y)`."""

    def prepare(y, p):
        jax = importlib.import_module("jax")
        jax.config.update("jax_enable_x64", True)
        both = jax.jit(jax.value_and_grad(lambda p, y: formula(jax, p, y)))
        truth, prediction = jax.numpy.asarray(y), jax.numpy.asarray(p)

        def run():
            value, slopes = both(prediction, truth)
            return float(value), np.asarray(slopes)

        return run

    return prepare


# --- The data -------------------------------------------------------------------------------


def _reals(rng, n):
    return rng.standard_normal(n), 2 * rng.standard_normal(n)


def _binary(rng, n):
    return rng.integers(0, 2, n).astype(float), 3 * rng.standard_normal(n)


def _signs(rng, n):
    return rng.choice([-1.0, 1.0], n), 2 * rng.standard_normal(n)


def _classes(rng, n):
    rows = max(1, n // CLASSES)
    return rng.integers(0, CLASSES, rows), 3 * rng.standard_normal((rows, CLASSES))


# --- The same functions elsewhere -----------------------------------------------------------


def _scipy_huber(special, y, p):
    r = p - y
    return special.huber(1.0, r), np.clip(r, -1, 1)


def _scipy_pseudo_huber(special, y, p):
    r = p - y
    return special.pseudo_huber(1.0, r), r / np.sqrt(1 + r * r)


def _scipy_sigmoid(special, y, z):
    return -y * special.log_expit(z) - (1 - y) * special.log_expit(-z), special.expit(z) - y


def _scipy_softmax(special, y, z):
    rows, log_p = np.arange(len(y)), special.log_softmax(z, axis=1)
    slopes = np.exp(log_p)
    slopes[rows, y] -= 1
    return -log_p[rows, y], slopes


def _functional(name, **options):
    """Return the loss of that name in `torch.nn.functional`."""
    return lambda torch, p, y: getattr(torch.nn.functional, name)(p, y, **options)


def _jax_huber(jax, p, y):
    r = p - y
    c = jax.numpy.clip(r, -1, 1)
    return (c * (r - c / 2)).mean()


def _jax_softmax(jax, z, y):
    return -jax.numpy.take_along_axis(jax.nn.log_softmax(z), y[:, None], axis=1).mean()


CASES = [
    Case(
        "half squared error",
        lb.HalfSquaredError(),
        _reals,
        {
            "scikit-learn": _sklearn("HalfSquaredError"),
            "PyTorch": _torch(lambda torch, p, y: torch.nn.functional.mse_loss(p, y) / 2),
            "JAX": _jax(lambda jax, p, y: ((p - y) ** 2).mean() / 2),
        },
    ),
    Case(
        "absolute error",
        lb.AbsoluteError(),
        _reals,
        {
            "scikit-learn": _sklearn("AbsoluteError"),
            "PyTorch": _torch(_functional("l1_loss")),
            "JAX": _jax(lambda jax, p, y: jax.numpy.abs(p - y).mean()),
        },
    ),
    Case(
        "Huber",
        lb.Huber(1.0),
        _reals,
        {
            "scikit-learn": _sklearn_huber(),
            "SciPy": _scipy(_scipy_huber),
            "PyTorch": _torch(_functional("huber_loss")),
            "JAX": _jax(_jax_huber),
        },
    ),
    Case(
        "pseudo-Huber",
        lb.PseudoHuber(1.0),
        _reals,
        {
            "SciPy": _scipy(_scipy_pseudo_huber),
            "PyTorch": _torch(lambda torch, p, y: (torch.sqrt(1 + (p - y) ** 2) - 1).mean()),
            "JAX": _jax(lambda jax, p, y: (jax.numpy.sqrt(1 + (p - y) ** 2) - 1).mean()),
        },
    ),
    Case(
        "quantile",
        lb.Quantile(0.9),
        _reals,
        {
            "scikit-learn": _sklearn("PinballLoss", quantile=0.9),
            "PyTorch": _torch(
                lambda torch, p, y: torch.maximum(0.9 * (y - p), 0.1 * (p - y)).mean()
            ),
            "JAX": _jax(lambda jax, p, y: jax.numpy.maximum(0.9 * (y - p), 0.1 * (p - y)).mean()),
        },
    ),
    Case(
        "sigmoid cross-entropy",
        lb.SigmoidCrossEntropy(),
        _binary,
        {
            "scikit-learn": _sklearn("HalfBinomialLoss"),
            "SciPy": _scipy(_scipy_sigmoid),
            "PyTorch": _torch(_functional("binary_cross_entropy_with_logits")),
            "JAX": _jax(lambda jax, z, y: (jax.nn.softplus(z) - y * z).mean()),
        },
    ),
    Case(
        "hinge",
        lb.Hinge(),
        _signs,
        {
            "PyTorch": _torch(lambda torch, z, y: torch.relu(1 - y * z).mean()),
            "JAX": _jax(lambda jax, z, y: jax.nn.relu(1 - y * z).mean()),
        },
    ),
    Case(
        f"softmax cross-entropy, {CLASSES} classes",
        lb.SoftmaxCrossEntropy(),
        _classes,
        {
            "scikit-learn": _sklearn("HalfMultinomialLoss", n_classes=CLASSES),
            "SciPy": _scipy(_scipy_softmax),
            "PyTorch": _torch(_functional("cross_entropy")),
            "JAX": _jax(_jax_softmax),
        },
    ),
]
