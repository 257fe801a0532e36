"""One training in progress: the steps of an epoch, and what is recorded after it."""

import math

import numpy as np

from .divergence import Watch
from .history import History

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
                grad *= self.clip_norm / norm
            self.watch.lr = self.optimizer.current_lr
            self.optimizer.step(self.w, grad)

    def gradients(self):
        """Yield value and gradient of each batch, at the parameters of that moment."""
        if self.batch_size is None:
            yield self.value, self.grad  # measured by the last `record`
            return
        for batch, share in batches(self.f, self.batch_size, self.rng):
            value, grad = batch(self.w)
            if share != 1:
                grad *= share
            yield value, grad

    def record(self):
        """Measure everything after an epoch, all of it at the same parameters."""
        history = self.history
        if self.batch_size is None:
            loss, penalty, self.grad = self.f.parts(self.w)
        else:
            loss, penalty = self.f.values(self.w)
        self.value = score = loss + penalty
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
        if score < self.best_score:
            self.best_score, history.best_epoch = score, history.epochs
            history.best_w = self.w.copy()

    def measure(self):
        """Ask every metric."""
        if self.metrics:
            shown = self.held_out or self.f
            prediction = shown.model.predict(self.w, shown.X)
            for name, metric in self.metrics.items():
                self.history.metrics[name].append(float(metric(shown.y, prediction)))

    @property
    def epochs_without_progress(self) -> int:
        """How long ago the best epoch was."""
        return self.history.epochs - self.history.best_epoch


def batches(f, batch_size, rng):
    """Yield every sample once, in random order, with the share each batch has of a full one.

    Summed over an epoch, share times gradient is an exact multiple of the full gradient,
    also where samples are weighted or the last batch is smaller.
    """
    order, weight = rng.permutation(len(f.X)), f.sample_weight
    full = batch_size if weight is None else batch_size * weight.mean()
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        share = (len(rows) if weight is None else weight[rows].sum()) / full
        if share > 0:
            yield f.batch(rows), share


def _mean(values):
    return math.fsum(values) / len(values) if values else math.nan
