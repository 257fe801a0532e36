"""Evaluate both sides of a convention: value and gradient, ours and the library's."""

import functools
import importlib.util
import re
import warnings

import numpy as np

import lossbook as lb

__all__ = ["AUTO", "BACKENDS", "PACKAGES", "installed", "load", "our_gradient", "our_value"]

PACKAGES = {
    "scikit-learn": "sklearn",
    "SciPy": "scipy",
    "statsmodels": "statsmodels",
    "PyTorch": "torch",
    "Keras": "keras",
    "optax": "optax",
    "JAX": "jax",
}
AUTO = ("PyTorch", "Keras", "optax", "JAX")  # they differentiate by themselves


def installed(package):
    wanted = ("tensorflow", package) if package == "keras" else (package,)
    return all(importlib.util.find_spec(name) for name in wanted)


# --- Ours -----------------------------------------------------------------------------------


def our_value(record, data):
    return eval(record.ours, {"lb": lb, "np": np, **data})


def our_gradient(record, data):
    """Return the gradient by p of the sum of what our expression returns.

    The expression is linear in the loss, so it is evaluated with slopes in the losses' place.
    """
    return eval(record.ours, {"lb": _SlopesOfLosses, "np": np, **data}).grad


class _Slope:
    """The gradient of a value, which has the shape `shape`; constants beside it have none."""

    def __init__(self, grad, shape):
        self.grad, self.shape = grad, shape

    def __mul__(self, factor):
        return _Slope(self.grad * factor, self.shape)

    def __truediv__(self, divisor):
        """Divide all, or each sample's by its own divisor."""
        per_sample = np.reshape(divisor, np.shape(divisor) + (1,) * (self.grad.ndim - 1))
        return _Slope(self.grad / (per_sample if np.ndim(divisor) else divisor), self.shape)

    def __add__(self, constant):
        return self

    __rmul__, __radd__, __sub__ = __mul__, __add__, __add__

    def __rsub__(self, constant):
        return self * -1

    def __neg__(self):
        return self * -1

    def sum(self, axis=None):
        shape = () if axis is None else self.shape[:axis]
        return _Slope(self.grad, shape)

    def mean(self, axis=None):
        count = np.prod(self.shape) if axis is None else self.shape[axis]
        return self.sum(axis) / count


class _Sloped:
    """A loss that returns slopes in place of values."""

    def __init__(self, loss):
        self._loss = loss

    def __call__(self, y, p):
        return _Slope(self._loss.grad(y, p), ())

    def pointwise(self, y, p):
        return _Slope(self._loss.pointwise_grad(y, p), self._loss.pointwise(y, p).shape)


class _SlopesMeta(type):
    def __getattr__(cls, name):
        return lambda *args, **kwargs: _Sloped(getattr(lb, name)(*args, **kwargs))


class _SlopesOfLosses(metaclass=_SlopesMeta):
    """Stands in for the package: its losses are `_Sloped`."""


# --- Theirs ---------------------------------------------------------------------------------


@functools.cache
def load(name):
    """Import a module, whatever its import warns of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(name)


def namespace(call):
    """Import the modules that a call names, and return the packages."""
    for path in re.findall(r"[a-z_]+(?:\.\w+)+", call):
        parts = path.split(".")
        if parts[0] not in PACKAGES.values():
            continue
        for end in range(1, len(parts)):
            try:
                load(".".join(parts[:end]))
            except ModuleNotFoundError:
                break
    found = {name: load(name) for name in PACKAGES.values() if re.search(rf"\b{name}\.", call)}
    return {"np": np, **found}


def plain_value(call, data):
    return eval(call, namespace(call) | {name: array.copy() for name, array in data.items()})


def plain_gradient(record, data):
    return plain_value(record.gradient, data)


def torch_value(call, data):
    return _in_torch(call, data)[0].detach().numpy()


def torch_gradient(record, data):
    value, p = _in_torch(record.call, data)
    return load("torch").autograd.grad(value.sum(), p)[0].numpy()


def _in_torch(call, data):
    torch = load("torch")
    tensors = {name: torch.tensor(array) for name, array in data.items()}
    p = tensors["p"].requires_grad_()
    return eval(call, namespace(call) | tensors), p


def jax_value(call, data):
    compiled, arrays = _in_jax(call, data)
    return np.asarray(compiled(arrays)[0])


def jax_gradient(record, data):
    compiled, arrays = _in_jax(record.call, data)
    return np.asarray(compiled(arrays)[1])


@functools.cache
def _compiled_by_jax(call):
    """Return a function of the data that gives value and gradient, compiled as one."""
    jax, names = load("jax"), namespace(call)

    def value(p, data):
        return eval(call, names | {"jnp": jax.numpy} | data | {"p": p})

    def both(data):
        slope = jax.grad(lambda p: value(p, data).sum())
        return value(data["p"], data), slope(data["p"])

    return jax.jit(both)


def _in_jax(call, data):
    jax = load("jax")
    jax.config.update("jax_enable_x64", True)
    return _compiled_by_jax(call), {name: jax.numpy.asarray(a) for name, a in data.items()}


def keras_value(call, data):
    return _in_keras(call, data)[0].numpy()


def keras_gradient(record, data):
    value, p, tape = _in_keras(record.call, data)
    return tape.gradient(value, p).numpy()


def _in_keras(call, data):
    tf, keras = load("tensorflow"), load("keras")
    keras.config.set_floatx("float64")
    tensors = {name: tf.constant(array) for name, array in data.items()}
    with tf.GradientTape() as tape:
        tape.watch(tensors["p"])
        value = eval(call, namespace(call) | {"tf": tf} | tensors)
    return value, tensors["p"], tape


_plain = (plain_value, plain_gradient)
BACKENDS = {
    "scikit-learn": _plain,
    "SciPy": _plain,
    "statsmodels": _plain,
    "PyTorch": (torch_value, torch_gradient),
    "Keras": (keras_value, keras_gradient),
    "optax": (jax_value, jax_gradient),
    "JAX": (jax_value, jax_gradient),
}
