"""The step of an optimizer beside the same step in PyTorch, in each of its variants, and optax."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import lossbook as lb

__all__ = ["STEPS", "Step"]

LR = 1e-3
VARIANTS = {
    "PyTorch": {"foreach": False, "fused": False},
    "PyTorch foreach": {"foreach": True},
    "PyTorch fused": {"fused": True},
}


@dataclass(frozen=True)
class Step:
    """An optimizer: ours, that of `torch.optim`, and that of optax (None where it has none)."""

    name: str
    ours: Callable
    torch: Callable | None
    optax: Callable | None

    def run(self, n: int):
        """Return our step on `n` parameters."""
        w, g = _parameters(n)
        optimizer = self.ours()
        return lambda: optimizer.step(w, g)

    def peers(self, n: int, libraries) -> dict[str, Callable]:
        """Return the steps of the libraries that there are."""
        found = {}
        if self.torch and "PyTorch" in libraries:
            found |= {name: self._torch(n, **options) for name, options in VARIANTS.items()}
        if self.optax and "optax" in libraries:
            found["optax"] = self._optax(n)
        return found

    def _torch(self, n, **options):
        torch = importlib.import_module("torch")
        w, g = _parameters(n)
        parameter = torch.nn.Parameter(torch.from_numpy(w))
        parameter.grad = torch.from_numpy(g)
        return self.torch(torch.optim, [parameter], **options).step

    def _optax(self, n):
        jax, optax = importlib.import_module("jax"), importlib.import_module("optax")
        jax.config.update("jax_enable_x64", True)
        optimizer = self.optax(optax)
        w, g = map(jax.numpy.asarray, _parameters(n))
        now = {"w": w, "state": optimizer.init(w)}

        @jax.jit
        def step(w, state, g):
            change, state = optimizer.update(g, state, w)
            return optax.apply_updates(w, change), state

        def run():
            now["w"], now["state"] = step(now["w"], now["state"], g)
            now["w"].block_until_ready()

        return run


def _parameters(n):
    rng = np.random.default_rng(0)
    return rng.standard_normal(n), rng.standard_normal(n)


STEPS = [
    Step(
        "gradient descent",
        lambda: lb.GradientDescent(LR),
        lambda optim, w, **options: optim.SGD(w, LR, **options),
        lambda optax: optax.sgd(LR),
    ),
    Step(
        "momentum",
        lambda: lb.Momentum(LR),
        lambda optim, w, **options: optim.SGD(w, LR, momentum=0.9, **options),
        lambda optax: optax.sgd(LR, momentum=0.9),
    ),
    Step(
        "Adam",
        lambda: lb.Adam(LR),
        lambda optim, w, **options: optim.Adam(w, LR, **options),
        lambda optax: optax.adam(LR),
    ),
    Step(
        "Nesterov",
        lambda: lb.Nesterov(LR),
        lambda optim, w, **options: optim.SGD(w, LR, momentum=0.9, nesterov=True, **options),
        lambda optax: optax.sgd(LR, momentum=0.9, nesterov=True),
    ),
    Step(
        "AdaGrad",
        lambda: lb.AdaGrad(LR),
        lambda optim, w, **options: optim.Adagrad(w, LR, **options),
        lambda optax: optax.adagrad(LR),
    ),
    Step(
        "RMSProp",
        lambda: lb.RMSProp(LR),
        # RMSprop, Adadelta and NAdam of PyTorch have no fused form.
        lambda optim, w, fused=False, **options: optim.RMSprop(w, LR, **options),
        lambda optax: optax.rmsprop(LR, 0.99),
    ),
    Step(
        "AdaDelta",
        lambda: lb.AdaDelta(),
        lambda optim, w, fused=False, **options: optim.Adadelta(w, **options),
        lambda optax: optax.adadelta(1.0),
    ),
    Step(
        "AdamW",
        lambda: lb.AdamW(LR),
        lambda optim, w, **options: optim.AdamW(w, LR, **options),
        lambda optax: optax.adamw(LR, weight_decay=0.01),
    ),
    Step(
        "NAdam",
        lambda: lb.NAdam(LR),
        lambda optim, w, fused=False, **options: optim.NAdam(w, LR, **options),
        lambda optax: optax.nadam(LR),
    ),
    Step(
        "Lion",
        lambda: lb.Lion(LR),
        None,
        lambda optax: optax.lion(LR),
    ),
]
