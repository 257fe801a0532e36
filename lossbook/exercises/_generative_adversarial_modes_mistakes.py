"""Mistakes typical of counting the modes that a generator covers."""

import numpy as np

from lossbook.exercises._mistake import instead


def _gaps(fakes, centres):
    return np.linalg.norm(fakes[:, None] - centres, axis=2)


def _nearest(fakes, centres):
    gaps = _gaps(fakes, centres)
    return gaps == gaps.min(axis=1, keepdims=True)


def _count(fakes, centres, radius, share):
    gaps = _gaps(fakes, centres)
    near = gaps.argmin(axis=1)[gaps.min(axis=1) <= radius]
    return np.bincount(near, minlength=len(centres)) / len(fakes), share


MODES = (
    instead(
        "one fake is enough",
        "You count a mode with any fake near it. A mode counts from `share` of all fakes on.",
        lambda *args: np.sum(_count(*args)[0] > 0),
    ),
    instead(
        "every centre within reach",
        "You count a fake for every centre within `radius` of it. It belongs to one centre, its "
        "nearest.",
        lambda fakes, centres, radius, share: np.sum(
            np.mean(_gaps(fakes, centres) <= radius, axis=0) >= share
        ),
    ),
    instead(
        "last of the nearest",
        "Right but for a tie: a fake between two equally near centres belongs to the first of "
        "them.",
        lambda fakes, centres, radius, share: np.sum(
            _count(fakes, centres[::-1], radius, share)[0] >= share
        ),
    ),
    instead(
        "both of the nearest",
        "Right but for a tie: you count a fake between two equally near centres for both. It "
        "belongs to the first of them alone.",
        lambda fakes, centres, radius, share: np.sum(
            np.mean(_nearest(fakes, centres) & (_gaps(fakes, centres) <= radius), axis=0) >= share
        ),
    ),
    instead(
        "edge left out",
        "Right but for the edge: a fake whose distance is exactly `radius` belongs to the centre.",
        lambda fakes, centres, radius, share: np.sum(
            _count(fakes, centres, np.nextafter(radius, 0), share)[0] >= share
        ),
    ),
    instead(
        "radius ignored",
        "You count fakes however far they are from the centre. Only those within `radius` count.",
        lambda fakes, centres, radius, share: np.sum(
            _count(fakes, centres, np.inf, share)[0] >= share
        ),
    ),
    instead(
        "share of the good ones",
        "You divide by the number of fakes that lie near some centre. The share is one of *all* "
        "fakes.",
        lambda *args: (
            np.sum(_count(*args)[0] >= args[3] * np.maximum(_count(*args)[0].sum(), 1e-12))
            if _count(*args)[0].sum() > 0
            else 0
        ),
    ),
    instead(
        "share of the centres",
        "You divide by the number of centres. The share is one of all *fakes*.",
        lambda fakes, centres, radius, share: np.sum(
            _count(fakes, centres, radius, share)[0] * len(fakes) / len(centres) >= share
        ),
    ),
    instead(
        "strictly more",
        "Right but for the edge: a mode with exactly `share` of the fakes is covered.",
        lambda *args: np.sum(_count(*args)[0] > args[3]),
    ),
    instead(
        "shares returned",
        "These are the shares of the modes. Their *number* from `share` on is due.",
        lambda *args: _count(*args)[0],
    ),
    instead(
        "share of the modes",
        "That is the share of the modes that is covered. Their number is due.",
        lambda *args: np.mean(_count(*args)[0] >= args[3]),
    ),
    instead(
        "missing modes",
        "You count the modes that are missed.",
        lambda *args: np.sum(_count(*args)[0] < args[3]),
    ),
    instead(
        "good fakes",
        "You count the fakes that lie near some centre. Count the centres.",
        lambda fakes, centres, radius, share: np.sum(_gaps(fakes, centres).min(axis=1) <= radius),
    ),
    instead(
        "squared distance",
        "You compare the squared distance with `radius`. Take the root.",
        lambda fakes, centres, radius, share: np.sum(
            _count(fakes, centres, np.sqrt(radius), share)[0] >= share
        ),
    ),
)
