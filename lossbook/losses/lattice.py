"""The lattice of connectionist temporal classification: states, and what flows through them."""

import numpy as np

from ..numerics import logsumexp

__all__ = ["Lattice"]

NEVER = -1e30  # log-probability of what cannot happen: sums of it stay finite


class Lattice:
    """The states of a batch, blanks around the labels, and what flows through them in time."""

    def __init__(self, y, log_p, blank):
        frames, labels = y[:, 0], y[:, 1:]
        n, steps, self.n_classes = log_p.shape
        self.states = np.full((n, 2 * labels.shape[1] + 1), blank)
        self.states[:, 1::2] = np.where(labels < 0, blank, labels)
        self.log_p = np.take_along_axis(log_p, self.states[:, None, :], axis=2)
        # From label to label without a blank between: only if they differ.
        self.leap = np.where(self.states[:, 2:] != self.states[:, :-2], 0, NEVER)
        self.leap[:, 0::2] = NEVER
        self.last = 2 * (labels >= 0).sum(axis=1)  # the state of the blank after the last label
        self.end = np.where(self._is_final(), 0.0, NEVER)
        self.inside = np.arange(steps) < frames[:, None]
        self.final_step = frames - 1

    def _is_final(self):
        state = np.arange(self.states.shape[1])
        return (state == self.last[:, None]) | (state == self.last[:, None] - 1)

    def forward(self):
        """Return log-probabilities of being in a state after a frame, (n, T, S)."""
        forward = np.full(self.log_p.shape, NEVER)
        forward[:, 0, :2] = self.log_p[:, 0, :2]
        for t in range(1, forward.shape[1]):
            before = forward[:, t - 1]
            ways = np.full((3, *before.shape), NEVER)
            ways[0], ways[1, :, 1:] = before, before[:, :-1]
            ways[2, :, 2:] = before[:, :-2] + self.leap
            forward[:, t] = self.log_p[:, t] + logsumexp(ways, axis=0)
        return forward

    def log_likelihood(self, forward):
        """Return log-probabilities of the labels, (n,)."""
        rows = np.arange(len(forward))
        return logsumexp(forward[rows, self.final_step] + self.end, axis=1)

    def occupancy(self, forward):
        """Return the share of each class in the paths that fit, for each frame, (n, T, K)."""
        n, steps, _ = forward.shape
        share = np.zeros(n * steps * self.n_classes)
        later = self.end
        for t in reversed(range(steps)):
            later = np.where((t == self.final_step)[:, None], self.end, later)
            flow = forward[:, t] + later
            flow = np.exp(flow - flow.max(axis=1, keepdims=True))
            flow /= flow.sum(axis=1, keepdims=True)
            cell = (np.arange(n)[:, None] * steps + t) * self.n_classes + self.states
            share += np.bincount(cell.ravel(), flow.ravel(), len(share))
            later = self._step_back(later + self.log_p[:, t])
        return share.reshape(n, steps, self.n_classes)

    def _step_back(self, after):
        ways = np.full((3, *after.shape), NEVER)
        ways[0], ways[1, :, :-1] = after, after[:, 1:]
        ways[2, :, :-2] = after[:, 2:] + self.leap
        return logsumexp(ways, axis=0)
