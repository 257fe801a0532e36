"""Mistakes typical of the exercises of *Generative adversarial networks*."""

import numpy as np

from lossbook.exercises._mistake import instead, of_result


def _sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


SLOPES = (
    of_result(
        "signs reversed",
        "Both have the right size and the wrong sign. A higher score is what the generator wants, "
        "so both losses fall with z.",
        lambda result, *_: -result,
    ),
    instead(
        "exchanged",
        "You have exchanged the two. The minimax loss, log(1 − σ(z)), is the one that is flat "
        "where the critic is sure of a fake.",
        lambda z: (-_sigmoid(-z), -_sigmoid(z)),
    ),
    instead(
        "values",
        "These are the losses. Their derivatives by z are due.",
        lambda z: (-np.logaddexp(0, z), np.logaddexp(0, -z)),
    ),
    instead(
        "by the probability",
        "You differentiate by D = σ(z). By z it is that times σ′(z) = σ(z) (1 − σ(z)).",
        lambda z: (-1 / _sigmoid(-z), -1 / _sigmoid(z)),
    ),
    instead(
        "chain rule forgotten twice",
        "You return −σ′(z) for both. Divide by what stood in the logarithm: the derivative of "
        "log f is f′ / f.",
        lambda z: (-_sigmoid(z) * _sigmoid(-z), -_sigmoid(z) * _sigmoid(-z)),
    ),
    instead(
        "derivative of the sigmoid",
        "You return σ′(z) for both. Divide by what stood in the logarithm, and mind the signs: the "
        "derivative of log f is f′ / f.",
        lambda z: (_sigmoid(z) * _sigmoid(-z), _sigmoid(z) * _sigmoid(-z)),
    ),
    instead(
        "critic's sign in the first",
        "The first has the critic's sign. The generator minimises log(1 − σ(z)), which falls with "
        "z.",
        lambda z: (_sigmoid(z), -_sigmoid(-z)),
    ),
    instead(
        "critic's sign in the second",
        "The second has the critic's sign. The generator minimises −log σ(z), which falls with z.",
        lambda z: (-_sigmoid(z), _sigmoid(-z)),
    ),
    instead(
        "mean unasked",
        "You divide by the number of scores. The derivative of each score's own loss is due.",
        lambda z: (-_sigmoid(z) / len(z), -_sigmoid(-z) / len(z)),
    ),
)


def _play(x, psi, lr, rounds, damping, order="critic first", tilt=1.0):
    for _ in range(rounds):
        before = x, psi
        if order == "generator first":
            x = x + lr * psi
            psi = psi - lr * (x + tilt * damping * psi)
            continue
        psi = psi - lr * (x + tilt * damping * psi)
        x = x + lr * (before[1] if order == "at once" else psi)
    return x, psi


def _penalty_on_both(x, psi, lr, rounds, damping):
    for _ in range(rounds):
        psi = psi - lr * (x + damping * psi)
        x = x + lr * (psi - damping * x)
    return x, psi


DUEL = (
    instead(
        "at once",
        "You move both at once. Here the critic moves first, and the fake answers the *new* slope.",
        lambda *args: _play(*args, order="at once"),
    ),
    instead(
        "generator first",
        "You move the fake first. In each round the critic moves first.",
        lambda *args: _play(*args, order="generator first"),
    ),
    instead(
        "damping forgotten",
        "The damping is missing. The critic's loss has the term damping · psi² / 2 too, and its "
        "derivative by psi is damping · psi.",
        lambda *args: _play(*args, tilt=0.0),
    ),
    instead(
        "damping doubled",
        "Your damping is twice as strong: the derivative of psi² / 2 is psi, not 2 psi.",
        lambda *args: _play(*args, tilt=2.0),
    ),
    instead(
        "damping halved",
        "Your damping is half as strong: the derivative of psi² / 2 is psi, not psi / 2.",
        lambda *args: _play(*args, tilt=0.5),
    ),
    instead(
        "damping upwards",
        "Your penalty drives psi away from 0. Its gradient is + damping · psi, and a step goes "
        "against the gradient.",
        lambda *args: _play(*args, tilt=-1.0),
    ),
    instead(
        "penalty on both",
        "You damp the fake as well. The penalty is part of the critic's loss alone.",
        _penalty_on_both,
    ),
    instead(
        "one round",
        "You play a single round. Repeat it `rounds` times.",
        lambda x, psi, lr, rounds, damping: _play(x, psi, lr, 1, damping),
    ),
    instead(
        "one round too few",
        "You play one round too few.",
        lambda x, psi, lr, rounds, damping: _play(x, psi, lr, rounds - 1, damping),
    ),
    instead(
        "one round too many",
        "You play one round too many.",
        lambda x, psi, lr, rounds, damping: _play(x, psi, lr, rounds + 1, damping),
    ),
    instead(
        "critic uphill",
        "Your critic climbs its loss. It wants psi · x to be small: against the gradient.",
        lambda x, psi, lr, rounds, damping: _uphill(x, psi, lr, rounds, damping),
    ),
    instead(
        "generator uphill",
        "Your fake climbs its loss −psi · x. A step against the gradient adds lr · psi to x.",
        lambda x, psi, lr, rounds, damping: _downhill(x, psi, lr, rounds, damping),
    ),
    instead(
        "order of the results",
        "Right, but x is due first, then psi.",
        lambda *args: _play(*args)[::-1],
    ),
)


def _uphill(x, psi, lr, rounds, damping):
    for _ in range(rounds):
        psi = psi + lr * (x + damping * psi)
        x = x + lr * psi
    return x, psi


def _downhill(x, psi, lr, rounds, damping):
    for _ in range(rounds):
        psi = psi - lr * (x + damping * psi)
        x = x - lr * psi
    return x, psi


LINE = (
    instead(
        "not sorted",
        "You pair the points as they come. The cheapest plan carries the leftmost to the "
        "leftmost: sort both.",
        lambda x, y: np.mean(np.abs(x - y)),
    ),
    instead(
        "difference of the means",
        "That is the distance of the means. Two samples with the same mean can be far apart.",
        lambda x, y: np.abs(np.mean(x) - np.mean(y)),
    ),
    instead(
        "sign kept",
        "You add differences with their signs, and what is carried left cancels what is carried "
        "right. Take their sizes.",
        lambda x, y: np.mean(np.sort(x) - np.sort(y)),
    ),
    instead(
        "sum",
        "You take the sum. Each point has the mass 1/n: the mean is due.",
        lambda x, y: np.sum(np.abs(np.sort(x) - np.sort(y))),
    ),
    instead(
        "squared",
        "You average squared distances. For the Wasserstein-1 distance the distance counts as it "
        "is.",
        lambda x, y: np.mean((np.sort(x) - np.sort(y)) ** 2),
    ),
    instead(
        "root mean square",
        "That is the Wasserstein-2 distance. For Wasserstein-1 average the sizes.",
        lambda x, y: np.sqrt(np.mean((np.sort(x) - np.sort(y)) ** 2)),
    ),
    instead(
        "all pairs",
        "You average over all pairs. Each point is carried to one other: pair them in order.",
        lambda x, y: np.mean(np.abs(x[:, None] - y)),
    ),
    instead(
        "nearest",
        "You carry each point to its nearest. Then several may land on the same place, which has "
        "room for one.",
        lambda x, y: np.mean(np.abs(x[:, None] - y).min(axis=1)),
    ),
    instead(
        "one distance per point",
        "These are the distances of the single points. Their mean is due.",
        lambda x, y: np.abs(np.sort(x) - np.sort(y)),
    ),
)
