"""Typical mistakes of half a cosine with warm-up: (step, lr, warm, steps)."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments


def _half(share, lr):
    return lr * (1 + np.cos(np.pi * share)) / 2


def _schedule(climb=None, fall=None):
    """Return the schedule with another climb, or another way down."""
    climb = climb or (lambda step, lr, warm: lr * (step + 1) / (warm + 1))
    fall = fall or (lambda step, lr, warm, steps: _half(min((step - warm) / (steps - warm), 1), lr))
    return lambda step, lr, warm, steps: (
        climb(step, lr, warm) if step < warm else fall(step, lr, warm, steps)
    )


def _share(step, warm, steps):
    return min((step - warm) / (steps - warm), 1)


_RIGHT = _schedule()

WARM_COSINE = (
    instead(
        "degrees for radians",
        "You give the cosine degrees. `np.cos` takes radians: half a turn is π, not 180.",
        _schedule(fall=lambda s, lr, w, n: lr * (1 + np.cos(180 * _share(s, w, n))) / 2),
    ),
    instead(
        "π forgotten",
        "The π is missing: your rate falls to about 0.77 of `lr` only. Half a wave is cos(π · "
        "share).",
        _schedule(fall=lambda s, lr, w, n: lr * (1 + np.cos(_share(s, w, n))) / 2),
    ),
    instead(
        "a whole wave",
        "Your rate goes down and up again: a whole wave, 2π. Half of one is π.",
        _schedule(fall=lambda s, lr, w, n: lr * (1 + np.cos(2 * np.pi * _share(s, w, n))) / 2),
    ),
    instead(
        "a quarter wave",
        "Your rate falls along a quarter of a wave, steepest at the end. Half a wave, "
        "(1 + cos(π · share)) / 2, is level at both ends.",
        _schedule(fall=lambda s, lr, w, n: lr * np.cos(np.pi / 2 * _share(s, w, n))),
    ),
    instead(
        "not lifted",
        "Your rate becomes negative: a cosine goes from 1 to −1. Add 1 and halve.",
        _schedule(fall=lambda s, lr, w, n: lr * np.cos(np.pi * _share(s, w, n))),
    ),
    instead(
        "half forgotten",
        "On the way down your rate is twice as large as it should be: 1 + cos goes from 2 to 0.",
        _schedule(fall=lambda s, lr, w, n: 2 * _half(_share(s, w, n), lr)),
    ),
    instead(
        "never reaches the end",
        "Your half wave takes `steps` steps from the end of the climb on, so that it has not ended "
        "at step `steps`. Only `steps - warm` are left for it.",
        _schedule(fall=lambda s, lr, w, n: _half(min((s - w) / n, 1), lr)),
    ),
    instead(
        "warm-up not subtracted",
        "Your wave has begun at step 0, so that the rate falls suddenly where the climb ends. It "
        "begins at step `warm`: subtract it from `step`, and from `steps`.",
        _schedule(fall=lambda s, lr, w, n: _half(min(s / n, 1), lr)),
    ),
    instead(
        "warm-up not subtracted, and up again",
        "Your wave has begun at step 0, and climbs again after its end. It begins at step `warm`: "
        "subtract it from `step` and from `steps`. Then let the share be at most 1.",
        _schedule(fall=lambda s, lr, w, n: _half(s / n, lr)),
    ),
    instead(
        "up again after the end",
        "After the end your rate climbs again, as cosines do. It stays at 0: let the share be at "
        "most 1.",
        _schedule(fall=lambda s, lr, w, n: _half((s - w) / (n - w), lr)),
    ),
    instead(
        "end one step early",
        "Your wave ends at step `steps - 1`. It ends at step `steps`: no 1 is to be subtracted.",
        _schedule(fall=lambda s, lr, w, n: _half(min((s - w) / (n - w - 1), 1), lr)),
    ),
    instead(
        "wave one step ahead",
        "On the way down you count one step too many: at step `warm` the rate is still `lr`.",
        _schedule(fall=lambda s, lr, w, n: _half(min((s - w + 1) / (n - w), 1), lr)),
    ),
    instead(
        "warm-up starts at 0",
        "Your climb starts at 0, which wastes the first step. It is `lr / (warm + 1)` at step 0: "
        "multiply by `step + 1`, and divide by `warm + 1`.",
        _schedule(climb=lambda s, lr, w: lr * s / w),
    ),
    instead(
        "warm-up starts at 0, and divides by one more",
        "Your climb starts at 0, which wastes the first step: multiply by `step + 1`.",
        _schedule(climb=lambda s, lr, w: lr * s / (w + 1)),
    ),
    instead(
        "climb one step early",
        "Your climb arrives at `lr` one step early, so that two steps have the full rate: divide "
        "by `warm + 1`.",
        _schedule(climb=lambda s, lr, w: lr * (s + 1) / w),
    ),
    instead(
        "no warm-up",
        "You have the full rate from the first step on. For the first `warm` steps it climbs.",
        _schedule(climb=lambda s, lr, w: lr),
    ),
    instead(
        "a line instead of a wave",
        "You go down along a line. Half a cosine is asked for.",
        _schedule(fall=lambda s, lr, w, n: lr * (1 - _share(s, w, n))),
    ),
    instead(
        "stays at lr after the end",
        "After the end your rate is `lr` again. It stays at 0.",
        _schedule(fall=lambda s, lr, w, n: lr if s > n else _half(min((s - w) / (n - w), 1), lr)),
    ),
    instead(
        "the whole schedule",
        "You return the rates of all steps. The rate of this one is asked for: use `step`.",
        lambda step, lr, warm, steps: [_RIGHT(s, lr, warm, steps) for s in range(steps)],
    ),
    instead(
        "the whole schedule, end included",
        "You return the rates of all steps. The rate of this one is asked for: use `step`.",
        lambda step, lr, warm, steps: [_RIGHT(s, lr, warm, steps) for s in range(steps + 1)],
    ),
    of_arguments(
        "lr ignored",
        "Your rates are right for `lr` = 1. Multiply by `lr`.",
        lambda step, lr, warm, steps: (step, 1.0, warm, steps),
    ),
)
