"""A training in progress: the steps of an epoch, and what is recorded after it."""

import math
from dataclasses import asdict
from functools import cached_property

import numpy as np

from . import checkpoints
from .divergence import Watch
from .history import History
from .losses.inputs import shown

__all__ = ["Run", "batches"]


class Run:
    """One training in progress: the parameters, and what is known of them."""

    def __init__(self, f, held_out, optimizer, w, metrics, batch_size, rng, clip_norm):
        self.f, self.held_out, self.optimizer, self.w = f, held_out, optimizer, w
        self.metrics, self.batch_size, self.rng = metrics, batch_size, rng
        self.clip_norm = math.inf if clip_norm is None else clip_norm
        self.history = History(metrics={name: [] for name in metrics}, final_w=w)
        self.watch = Watch(f, optimizer, self.history)
        self.best_score = math.inf
        self.norms = []

    def epoch(self):
        """Take the steps of one epoch."""
        self.norms = []
        for value, grad in self.gradients():
            norm = math.sqrt(np.vdot(grad, grad))
            self.watch.require_finite(value, norm)
            self.norms.append(norm)
            if norm > self.clip_norm:
                grad = grad * (self.clip_norm / norm)
            self.watch.lr = self.optimizer.current_lr
            self.optimizer.step(self.w, grad)
            if self.history.path is not None:
                self.history.path.append(self.w.copy())

    def gradients(self):
        """Yield value and gradient of each batch, at the parameters of that moment."""
        draws = self.rng if self.f.model.random else None
        if self.batch_size is None and draws is None:
            yield self.value, self.grad  # measured by the last `record`
            return
        for batch, share in batches(self.f, self.batch_size, self.rng):
            loss, penalty, grad = batch.parts(self.w, self.optimizer.smooth, draws)
            if share != 1:
                grad *= share
            yield loss + penalty, grad

    def record(self):
        """Measure everything after an epoch, all of it at the same parameters."""
        history = self.history
        loss, penalty = self.measure_objective()
        score = loss + penalty
        self.watch.see(score, self.w)
        history.train_loss.append(loss)
        if self.f.penalty is not None:
            history.penalty.append(penalty)
        if self.held_out is not None:
            score = self.held_out.values(self.w)[0]
            history.val_loss.append(score)
        self.measure()
        history.lr.append(self.watch.lr)
        history.grad_norm.append(
            math.fsum(self.norms) / len(self.norms) if self.norms else math.nan
        )
        if history.epochs and hasattr(self.optimizer.lr, "see"):
            self.optimizer.lr.see(score)
        if score < self.best_score:
            self.best_score, history.best_epoch = score, history.epochs
            history.best_w = self.w.copy()

    def measure_objective(self):
        """Return mean loss and penalty; keep the gradient where the next step will want it."""
        if self.batch_size is None:
            loss, penalty, self.grad = self.f.parts(self.w, self.optimizer.smooth)
        else:
            loss, penalty = self.f.values(self.w)
        self.value = loss + penalty
        return loss, penalty

    def measure(self):
        """Ask every metric."""
        if self.metrics:
            f = self.held_out or self.f
            prediction = f.model.predict(self.w, f.X)
            for name, metric in self.metrics.items():
                self.history.metrics[name].append(_number(name, metric(f.y, prediction)))

    def tired(self, patience):
        """Tell whether the best epoch is so long ago that training should stop."""
        waited = self.history.epochs - self.history.best_epoch
        return patience is not None and waited >= patience

    # Checkpoints -----------------------------------------------------------------------

    @cached_property
    def identity(self):
        """What tells this training from another: data do not change, so they are read once."""
        held_out = self.held_out or self.f
        return checkpoints.fingerprint(
            ("model", self.f.model),
            ("loss", self.f.loss),
            ("penalty", self.f.penalty),
            ("optimizer", self.optimizer),
            ("batch_size", self.batch_size),
            ("clip_norm", self.clip_norm),
            ("metrics", sorted(self.metrics)),
            ("rng", None if self.rng is None else type(self.rng.bit_generator).__name__),
            ("X", self.f.X),
            ("y", self.f.y),
            ("sample_weight", self.f.sample_weight),
            ("validation X", held_out.X),
            ("validation y", held_out.y),
        )

    def save(self, path):
        """Write all that the rest of the training depends on."""
        history = asdict(self.history)
        arrays = {
            "w": self.w,
            "best_w": history.pop("best_w"),
            "watch.best_w": self.watch.best_w,
            **{f"optimizer.{name}": part for name, part in self.optimizer.state().items()},
        }
        del history["final_w"]
        if history.pop("path") is not None:
            arrays["path"] = np.array(self.history.path)
        facts = {
            "identity": self.identity,
            "history": history,
            "best_score": self.best_score,
            "watch": self.watch.state(),
            "rng": None if self.rng is None else self.rng.bit_generator.state,
        }
        checkpoints.save(path, arrays, facts)

    def resume(self, path):
        """Take up the training that `save` wrote, as if it had never stopped.

        Raises
        ------
        ValueError
            If the file is no checkpoint, or one of another training.
        """
        arrays, facts = checkpoints.load(path)
        mine, theirs = self.identity, facts["identity"]
        for name in mine:
            if mine[name] != theirs.get(name):
                raise ValueError(
                    f"{path} is of another training: there {name} was {theirs.get(name)}, here it "
                    f"is {mine[name]}.  Name another file, or move this one away"
                )
        self.w[:] = arrays["w"]
        path_kept = [*arrays["path"]] if "path" in arrays else None
        self.history.__dict__.update(facts["history"], best_w=arrays["best_w"], path=path_kept)
        self.best_score = facts["best_score"]
        self.watch.restore(facts["watch"], arrays["watch.best_w"])
        if self.rng is not None:
            self.rng.bit_generator.state = _with_arrays(facts["rng"])
        state = {k[10:]: part for k, part in arrays.items() if k.startswith("optimizer.")}
        self.optimizer.restore(state, self.w)
        self.measure_objective()


def batches(f, batch_size, rng):
    """Yield every sample once, in random order, with the share each batch has of a full one.

    Summed over an epoch, share times gradient is an exact multiple of the full gradient,
    also where samples are weighted or the last batch is smaller.
    """
    if batch_size is None:
        yield f, 1
        return
    order, weight = rng.permutation(len(f.X)), f.sample_weight
    full = batch_size if weight is None else batch_size * weight.mean()
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        share = (len(rows) if weight is None else weight[rows].sum()) / full
        if share > 0:
            yield f.batch(rows), share


def _number(name, measured):
    """Return what a metric measured as a float, or say that it is none."""
    try:
        return float(measured)
    except (TypeError, ValueError) as error:
        raise TypeError(
            f"metrics[{name!r}] returned {shown(measured)}: a metric returns one number"
        ) from error


def _with_arrays(state):
    """Return the state of a bit generator with its lists as arrays, as NumPy wants them."""
    if isinstance(state, dict):
        return {name: _with_arrays(part) for name, part in state.items()}
    return np.array(state, dtype=np.uint64) if isinstance(state, list) else state
