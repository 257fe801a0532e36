"""Mistakes typical of the exercises about the lattice of *Sequences: CTC*."""

import numpy as np

from lossbook.exercises.mistakes import instead, of_arguments, of_result


def _moved(alpha, p, states, stay=1, step=1, skip=None):
    ways = stay * alpha
    ways[1:] += step * alpha[:-1]
    gate = states[2:] != states[:-2] if skip is None else skip(states)
    ways[2:] += gate * alpha[:-2]
    return ways * p


STEP = (
    instead(
        "skip forgotten",
        "You stay and step. Between two labels that differ a path may also skip the blank, from "
        "two states before.",
        lambda alpha, p, states: _moved(alpha, p, states, skip=lambda s: 0),
    ),
    instead(
        "skip between equal labels",
        "You let every label be reached from the label before. Where the two are equal, they "
        "would merge: there the blank between them must not be skipped.",
        lambda alpha, p, states: _moved(alpha, p, states, skip=lambda s: s[2:] != 0),
    ),
    instead(
        "skip everywhere",
        "You let every state be reached from two states before. From blank to blank that leaves "
        "out a label, and between equal labels it leaves out the blank they need.",
        lambda alpha, p, states: _moved(alpha, p, states, skip=lambda s: 1),
    ),
    instead(
        "skip between blanks",
        "You skip from blank to blank, or between equal labels, and not between labels that "
        "differ: it is the other way round.",
        lambda alpha, p, states: _moved(alpha, p, states, skip=lambda s: s[2:] == s[:-2]),
    ),
    instead(
        "stay forgotten",
        "A path may also stay in its state: add alpha itself.",
        lambda alpha, p, states: _moved(alpha, p, states, stay=0),
    ),
    instead(
        "step forgotten",
        "A path may also come from the state just before: add alpha, moved by one.",
        lambda alpha, p, states: _moved(alpha, p, states, step=0),
    ),
    instead(
        "probability of the frame forgotten",
        "You add up the ways to get there. Multiply by `p`, the probability in the new frame of "
        "the class that each state stands for.",
        lambda alpha, p, states: _moved(alpha, np.ones_like(p), states),
    ),
    instead(
        "sums changed before they are used",
        "You add the step into the old sums, and then take the skip from what you have changed. "
        "Keep the old sums: begin with `alpha.copy()`.",
        lambda alpha, p, states: _changed(alpha.copy(), states) * p,
    ),
    instead(
        "sums overwritten state by state",
        "You go up through the states and write over sums that the next states still need. Keep "
        "the old sums and write into a new array, or go through the states from the last.",
        lambda alpha, p, states: _climbed(alpha.copy(), p, states),
    ),
    instead(
        "sums overwritten, then times p",
        "You go up through the states and add to what you have changed already. Keep the old sums "
        "and write into a new array.",
        lambda alpha, p, states: _climbed(alpha.copy(), np.ones_like(p), states) * p,
    ),
    instead(
        "wrapped around",
        "The first states get something from the last: `np.roll` goes round, and so do the "
        "positions −1 and −2. Nothing stands before the first state.",
        lambda alpha, p, states: _wrapped(alpha, states, skip=True) * p,
    ),
    instead(
        "step wrapped around",
        "The first state gets what the last one had: `np.roll` goes round, and so does the "
        "position −1. Nothing stands before the first state.",
        lambda alpha, p, states: _wrapped(alpha, states, skip=False) * p,
    ),
    of_arguments(
        "alpha and p exchanged",
        "You move `p` along and multiply by `alpha`. The old sums move; `p` belongs to the new "
        "frame.",
        lambda alpha, p, states: (p, alpha, states),
    ),
    instead(
        "likeliest way only",
        "You take the likeliest of the ways to get there. All of them count: add them up.",
        lambda alpha, p, states: p * _largest(alpha, states),
    ),
)


def _changed(alpha, states):
    alpha[1:] += alpha[:-1]
    alpha[2:] += (states[2:] != states[:-2]) * alpha[:-2]
    return alpha


def _climbed(alpha, p, states):
    for s in range(len(alpha)):
        skips = s > 1 and states[s] != states[s - 2]
        alpha[s] = p[s] * (alpha[s] + alpha[s - 1] * (s > 0) + alpha[s - 2] * skips)
    return alpha


def _wrapped(alpha, states, skip):
    gate = states != np.roll(states, 2)
    gate[:2] &= skip
    return alpha + np.roll(alpha, 1) + gate * np.roll(alpha, 2)


def _largest(alpha, states):
    one = np.append(0, alpha[:-1])
    two = np.append([0, 0], alpha[:-2] * (states[2:] != states[:-2]))
    return np.maximum(alpha, np.maximum(one, two[: len(alpha)]))


def _run(p, labels, start=2, skip=None, move=_moved):
    """Return the forward sums after the last frame."""
    states = np.zeros(2 * len(labels) + 1, dtype=int)
    states[1::2] = labels
    p = p[:, states]
    alpha = np.zeros(len(states))
    alpha[:start] = p[0, :start]
    for frame in p[1:]:
        alpha = move(alpha, frame, states, skip=skip)
    return alpha


def _likeliest(alpha, p, states, skip):
    return p * _largest(alpha, states)


PROBABILITY = (
    instead(
        "start in the blank only",
        "You let every path begin in the blank. It may begin in the first label as well.",
        lambda p, labels: _run(p, labels, start=1)[-2:].sum(),
    ),
    instead(
        "start in the label only",
        "You let every path begin in the first label. It may begin in the blank as well.",
        lambda p, labels: (_run(p, labels) - _run(p, labels, start=1))[-2:].sum(),
    ),
    instead(
        "last state only",
        "You read the last state, the blank after the last label. A path may also end in the last "
        "label itself: add the last two.",
        lambda p, labels: _run(p, labels)[-1],
    ),
    instead(
        "last label only",
        "You read the last label. A path may also end in the blank after it: add the last two "
        "states.",
        lambda p, labels: _run(p, labels)[-2:][0],
    ),
    instead(
        "all states at the end",
        "You add up all states after the last frame. Only the last two have written every label.",
        lambda p, labels: _run(p, labels).sum(),
    ),
    instead(
        "skip forgotten",
        "You never skip the blank between two labels that differ.",
        lambda p, labels: _run(p, labels, skip=lambda s: 0)[-2:].sum(),
    ),
    instead(
        "skip between equal labels",
        "You skip the blank between equal labels too, where they would merge.",
        lambda p, labels: _run(p, labels, skip=lambda s: s[2:] != 0)[-2:].sum(),
    ),
    instead(
        "skip everywhere",
        "You skip from blank to blank as well, which leaves out a label.",
        lambda p, labels: _run(p, labels, skip=lambda s: 1)[-2:].sum(),
    ),
    instead(
        "likeliest path only",
        "That is the probability of the likeliest path: you take the largest of the ways to get to "
        "a state. All paths count: add them up.",
        lambda p, labels: _run(p, labels, move=_likeliest)[-2:].max(),
    ),
    of_result(
        "logarithm of the probability",
        "This is the logarithm of the probability. The probability itself is asked for.",
        lambda result, *args: np.log(result),
    ),
    of_result(
        "loss instead of probability",
        "This is the loss. The probability itself is asked for.",
        lambda result, *args: -np.log(result),
    ),
)


def _of_states(alpha, beta):
    flow = alpha * beta
    return flow / flow.sum(axis=1, keepdims=True)


def _shares(p, alpha, beta, states):
    return _of_states(alpha, beta) @ np.eye(p.shape[1])[states]


def _last_written(p, alpha, beta, states):
    """Return the gradient of a reader who assigns to a class once for each of its states."""
    share = np.zeros_like(p)
    share[:, states] = _of_states(alpha, beta)
    return p - share


GRADIENT = (
    of_result(
        "sign reversed",
        "The right size and the wrong sign: share minus probability is the step downhill. The "
        "gradient points uphill: probability minus share.",
        lambda result, *args: -result,
    ),
    instead(
        "shares instead of gradient",
        "These are the shares of the paths. The gradient is the probability of the class minus its "
        "share.",
        _shares,
    ),
    instead(
        "not divided by the probability",
        "You subtract alpha · beta as it is. Divide by its sum over the states of a frame, so that "
        "it becomes a share.",
        lambda p, alpha, beta, states: p - (alpha * beta) @ np.eye(p.shape[1])[states],
    ),
    instead(
        "states of a class not added up",
        "Several states stand for one class, all blanks for example, and of these only the last "
        "counts with you. Indexing with `=`, and also with `+=`, writes once. Add them up.",
        _last_written,
    ),
    instead(
        "one column a state",
        "You return a column for each state. One for each class is due: add up the shares of the "
        "states that stand for it, and subtract them from its probability.",
        lambda p, alpha, beta, states: p[:, states] - _of_states(alpha, beta),
    ),
    instead(
        "forward sums only",
        "You take the share of alpha alone: what led to the state, and not whether it can be "
        "finished from there. Multiply by beta.",
        lambda p, alpha, beta, states: p - _shares(p, alpha, np.ones_like(beta), states),
    ),
    instead(
        "backward sums only",
        "You take the share of beta alone: how a path can go on, and not how it got there. "
        "Multiply by alpha.",
        lambda p, alpha, beta, states: p - _shares(p, np.ones_like(alpha), beta, states),
    ),
    instead(
        "frame counted twice",
        "You multiply by the probability of frame t although alpha has it already. It is left out "
        "of beta so that alpha · beta counts it once.",
        lambda p, alpha, beta, states: p - _shares(p, alpha * p[:, states], beta, states),
    ),
    instead(
        "frame divided out",
        "You divide alpha · beta by the probability of frame t, as is right where both have it. "
        "Here beta is without frame t, and alpha · beta counts it once.",
        lambda p, alpha, beta, states: p - _shares(p, alpha / p[:, states], beta, states),
    ),
    instead(
        "divided by the number of frames",
        "You divide by the number of frames. The loss of one sequence has no mean in it.",
        lambda p, alpha, beta, states: (p - _shares(p, alpha, beta, states)) / len(p),
    ),
    instead(
        "by probabilities instead of logits",
        "You divide minus the shares by the probabilities: that is the gradient by the "
        "probabilities. By the logits, the softmax makes it probability minus share.",
        lambda p, alpha, beta, states: -_shares(p, alpha, beta, states) / p,
    ),
)
