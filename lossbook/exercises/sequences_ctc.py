"""Exercises of the chapter *Sequences: CTC*."""

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._ctc_lattice_mistakes import GRADIENT, PROBABILITY, STEP
from lossbook.exercises._sequences_ctc_kinds import (
    gradient_by_logits,
    longer_tables,
    next_frame,
    path_of_classes,
    probabilities_and_labels,
    truth_and_reading,
)
from lossbook.exercises._sequences_ctc_mistakes import COLLAPSE, EDIT, LOSS
from lossbook.exercises.kinds import number

# --- paths ---


def collapse(path):
    """Return the labels of a path: repeats merged, then blanks dropped."""
    new = np.append(True, path[1:] != path[:-1])
    return path[new & (path != 0)]


register(
    Exercise(
        "ctc.collapse",
        kind=path_of_classes,
        reference=collapse,
        title="The labels that a path collapses to, with the blank 0",
        hints=(
            "Two steps, and their order matters: which one first, so that 1 0 1 keeps both?",
            "A frame begins something new if it differs from the frame before; the first always "
            "does.",
            "Of the frames that begin something new, keep those that are not 0.",
        ),
        mistakes=COLLAPSE,
    )
)


def count():
    """Return how many paths of six frames collapse to the four letters of "door"."""
    letters, blanks, spare = 4, 5, 6 - 4 - 1
    return (letters + blanks) * spare


register(
    Exercise(
        "ctc.count",
        kind=number,
        reference=count,
        title="How many paths of six frames read door",
        hints=(
            "Each of the four letters needs a frame. Does anything else need one?",
            "Five frames are spoken for. The sixth can lengthen any of the nine states.",
        ),
        mistakes={
            45: "That would be right for four letters of which no neighbours are equal. The two o "
            "need a blank between them.",
            15: "You choose the four frames of the letters among six, and let the rest be blank. A "
            "letter may also last, and the two o need a blank between them.",
            5: "You choose where the spare blank goes. The sixth frame may also lengthen a letter.",
            126: "You choose U among T + U − D. There are 2U + 1 states to lengthen, so choose 2U.",
            8: "The sixth frame can lengthen any of the states: 4 letters and 5 blanks, the first "
            "and the last among them.",
            15625: "Those are all paths of six frames over four letters and a blank, whatever they "
            "read. (And door has only three different letters.)",
            4096: "Those are all paths of six frames over three letters and a blank, whatever they "
            "read.",
        },
    )
)


def loss(p, labels):
    """Return minus the logarithm of the probability of all paths that read the labels."""
    from itertools import groupby, product

    total = 0
    for path in product(range(p.shape[1]), repeat=len(p)):
        if [k for k, _ in groupby(path) if k != 0] == list(labels):
            total += np.prod(p[np.arange(len(p)), path])
    return -np.log(total)


register(
    Exercise(
        "ctc.loss",
        kind=probabilities_and_labels,
        reference=loss,
        title="The CTC loss of a short sequence, from the list of all paths",
        hints=(
            "`itertools.product(range(K), repeat=T)` lists all paths; which of them fit? (Compare "
            "lists, `read == list(labels)`: `==` on an array answers entry by entry.)",
            "The probability of a path is the product of one entry of each row of `p`.",
            "Add up the probabilities of the paths that fit, and take minus the logarithm of the "
            "sum, once.",
        ),
        level=2,
        mistakes=LOSS,
    )
)

# --- the lattice ---


def forward_step(alpha, p, states):
    """Return the forward sums one frame later."""
    ways = alpha.copy()
    ways[1:] += alpha[:-1]
    ways[2:] += (states[2:] != states[:-2]) * alpha[:-2]
    return ways * p


register(
    Exercise(
        "ctc.forward_step",
        kind=next_frame,
        reference=forward_step,
        title="The forward sums of all states, one frame later",
        hints=(
            "Three ways lead to a state: from itself, from the one before, and sometimes from two "
            "before.",
            "A skip needs another class two states further: `states[2:] != states[:-2]`.",
            "Begin with a copy of `alpha`, or you add to what you still need. Multiply by `p` "
            "last.",
        ),
        level=2,
        mistakes=STEP,
    )
)


def probability(p, labels):
    """Return the probability of the labels by the forward recursion."""
    states = np.zeros(2 * len(labels) + 1, dtype=int)
    states[1::2] = labels
    p = p[:, states]
    alpha = np.zeros(len(states))
    alpha[:2] = p[0, :2]
    for frame in p[1:]:
        ways = alpha.copy()
        ways[1:] += alpha[:-1]
        ways[2:] += (states[2:] != states[:-2]) * alpha[:-2]
        alpha = ways * frame
    return alpha[-2:].sum()


register(
    Exercise(
        "ctc.probability",
        kind=probabilities_and_labels,
        reference=probability,
        title="The probability of labels, by the forward recursion",
        cases=longer_tables,
        inputs="tables of 1 to 30 frames and 2 to 4 classes, with labels that fit, or none",
        hints=(
            "Put zeros around the labels, and take the columns of these classes: `p[:, states]`.",
            "In the first frame a path is in one of the first two states. Then one forward step "
            "for each frame.",
            "A path that has written all labels is in one of the last two states. (Without labels "
            "there is one state: slices such as `alpha[-2:]` manage that by themselves.)",
        ),
        level=3,
        mistakes=PROBABILITY,
    )
)


def gradient(p, alpha, beta, states):
    """Return probability minus share, for each frame and class."""
    flow = alpha * beta
    share = flow / flow.sum(axis=1, keepdims=True)
    return p - share @ np.eye(p.shape[1])[states]


register(
    Exercise(
        "ctc.gradient",
        kind=gradient_by_logits,
        reference=gradient,
        title="The gradient of the CTC loss by the logits, from the two messages",
        hints=(
            "Probability minus share, and the share of a state is alpha · beta over its sum in "
            "the frame.",
            "Several states stand for one class: their shares add up. `np.add.at`, a loop over the "
            "states, or a product with one-hot rows does that.",
            "`np.eye(K)[states]` has a row for each state, with a 1 in the column of its class.",
        ),
        level=3,
        mistakes=GRADIENT,
    )
)

# --- what was read ---


def edit_distance(truth, read):
    """Return the least number of insertions, deletions and replacements."""
    table = np.zeros((len(truth) + 1, len(read) + 1), dtype=int)
    table[:, 0], table[0] = np.arange(len(truth) + 1), np.arange(len(read) + 1)
    for i in range(len(truth)):
        for j in range(len(read)):
            replaced = table[i, j] + (truth[i] != read[j])
            table[i + 1, j + 1] = min(replaced, table[i, j + 1] + 1, table[i + 1, j] + 1)
    return table[-1, -1]


register(
    Exercise(
        "ctc.edit_distance",
        kind=truth_and_reading,
        reference=edit_distance,
        title="The edit distance between a truth and a reading",
        hints=(
            "Fill a table: entry (i, j) is the distance between the first i and the first j "
            "symbols. What are the entries of the first row and column?",
            "Each further entry is the least of three: from above and from the left it costs 1, "
            "along the diagonal 1 if the two symbols differ.",
        ),
        level=2,
        mistakes=EDIT,
    )
)
