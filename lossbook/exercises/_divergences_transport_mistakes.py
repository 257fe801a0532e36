"""Mistakes typical of the distance on a line in the exercises of *Divergences*."""

import numpy as np

from lossbook.exercises._mistake import instead, of_result, scaled


def _surplus(p, q):
    return np.cumsum(q - p)[:-1]


TRANSPORT = (
    instead(
        "positions ignored",
        "You count one step for each gap. Multiply what crosses a gap by its width, `np.diff(x)`.",
        lambda x, p, q: np.sum(np.abs(_surplus(p, q))),
    ),
    instead(
        "positions not handed over",
        "You give every gap the same width, a share of a line of length 1, as `Wasserstein1D()` "
        "does unless it is told the places. They are `x`: each gap counts with its own width.",
        lambda x, p, q: np.mean(np.abs(_surplus(p, q))),
    ),
    instead(
        "surplus not added up",
        "You weigh the differences of single places. What crosses a gap is all that is too much on "
        "the left of it: add up with `np.cumsum` first.",
        lambda x, p, q: np.sum(np.abs(q - p)[:-1] * np.diff(x)),
    ),
    instead(
        "absolute value after the sum",
        "You take the absolute value of the whole sum. That is the distance of the two *means*: "
        "what is carried to the right pays for what is carried to the left. Each gap pays for "
        "itself.",
        lambda x, p, q: np.abs(np.sum(_surplus(p, q) * np.diff(x))),
    ),
    instead(
        "absolute value forgotten",
        "You have not taken the absolute value: what is carried to the left counts as negative.",
        lambda x, p, q: np.sum(_surplus(p, q) * np.diff(x)),
    ),
    instead(
        "gaps shifted",
        "Your gaps are shifted by one: what has piled up as far as place k crosses the gap "
        "*behind* it, from k to k + 1.",
        lambda x, p, q: np.sum(np.abs(np.cumsum(q - p))[1:] * np.diff(x)),
    ),
    instead(
        "absolute value before the sum",
        "You take the absolute value before you add up. A surplus may be filled into the next "
        "hole: add up with signs, then take the absolute value.",
        lambda x, p, q: np.sum(np.cumsum(np.abs(q - p))[:-1] * np.diff(x)),
    ),
    instead(
        "positions instead of gaps",
        "You multiply by the positions themselves, so that a shift of all places would change the "
        "distance. Multiply by the widths of the gaps, `np.diff(x)`.",
        lambda x, p, q: np.sum(np.abs(np.cumsum(q - p)) * x),
    ),
    instead(
        "trapezoids",
        "You join the sums by slanting lines, as a trapezoid rule does. Between two places nothing "
        "is added, so the sum stays what it was at the *left* one for the whole gap.",
        lambda x, p, q: np.trapezoid(np.abs(np.cumsum(q - p)), x),
    ),
    *(
        instead(
            "a gap before the first place",
            "You count a gap in front of the first place, and so each width one place too late. "
            "There are K − 1 gaps: `np.diff(x)`, and the sums without the last.",
            lambda x, p, q, start=start: np.sum(np.abs(np.cumsum(q - p)) * start(x)),
        )
        for start in (
            lambda x: np.diff(x, prepend=0),
            lambda x: np.diff(x, prepend=x[0]),
        )
    ),
    instead(
        "probabilities taken for places",
        "You hand over p and q as *samples*, so that their entries count as places. The places are "
        "`x`; p and q are weights: `wasserstein_distance(x, x, p, q)`.",
        lambda x, p, q: np.mean(np.abs(np.sort(q) - np.sort(p))),
    ),
    instead(
        "differences times positions",
        "You multiply the difference at each place by its position, so that a shift of all places "
        "would change the distance. Add the differences up, and multiply by the gaps.",
        lambda x, p, q: np.sum(np.abs(q - p) * x),
    ),
    instead(
        "squares",
        "You square the surplus: that is Cramér's distance. Here it is the absolute value.",
        lambda x, p, q: np.sum(_surplus(p, q) ** 2 * np.diff(x)),
    ),
    instead(
        "mean distance of two draws",
        "That is the mean distance of one draw from p and one from q that know nothing of each "
        "other, and is not 0 for p = q. The cheapest plan carries no more than it must.",
        lambda x, p, q: p @ np.abs(x[:, None] - x) @ q,
    ),
    instead(
        "total variation",
        "That is how much has to be carried, whatever the distance. Here each unit pays for its "
        "way.",
        lambda x, p, q: np.sum(np.abs(q - p)) / 2,
    ),
    of_result(
        "mean over the gaps",
        "You take the mean over the gaps. The distance is their sum.",
        lambda result, x, p, q: result / (len(x) - 1),
    ),
    of_result(
        "mean over the places",
        "You divide by the number of places. The distance is a sum.",
        lambda result, x, p, q: result / len(x),
    ),
    of_result(
        "divided by the length of the line",
        "You divide by the distance between the outermost places. Here the answer keeps the unit "
        "of the positions.",
        lambda result, x, p, q: result / (x[-1] - x[0]),
    ),
    scaled(
        "half as large", "Your answer is half the right one everywhere: no ½ belongs here.", 0.5
    ),
    scaled(
        "twice as large",
        "Your answer is twice the right one everywhere: what is carried leaves one place and "
        "arrives at another, and is paid for once.",
        2,
    ),
)
