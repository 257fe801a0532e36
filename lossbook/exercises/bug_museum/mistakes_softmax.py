"""The pieces of rooms 6 and 8 of *The bug museum*, and repairs that do not last."""

import numpy as np

from lossbook.exercises._mistake import instead


def _softmax(z, axis=1):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def _true(y, table):
    return table[np.arange(len(y)), y]


def _entropy(y, z):
    return np.mean(_log_sum(z) - _true(y, z))


def _log_sum(z):
    return np.log(np.exp(z).sum(axis=1))


_TINY = (1e-3, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)

TWICE = (
    instead(
        "the museum's piece",
        "That is still the museum's piece: answers that are surely right cost "
        "log(1 + (K − 1)/e) still.",
        lambda y, z: _entropy(y, _softmax(z)),
    ),
    instead(
        "floor subtracted",
        "You subtract the value that cannot be undercut. The loss now comes near 0, and its "
        "gradient is as weak as before: subtracting a constant changes no step.",
        lambda y, z: _entropy(y, _softmax(z)) - np.log(1 + (z.shape[1] - 1) / np.e),
    ),
    *(
        instead(
            f"probabilities times {factor:g}",
            f"You multiply the probabilities by {factor:g} before the second softmax. The floor "
            "sinks, but the gradient still passes through two softmaxes: take one out.",
            lambda y, z, factor=factor: _entropy(y, factor * _softmax(z)),
        )
        for factor in (10.0, 100.0)
    ),
    instead(
        "three times",
        "Now there are three softmaxes. One is due.",
        lambda y, z: _entropy(y, _softmax(_softmax(z))),
    ),
    instead(
        "logarithm lost",
        "One softmax is left, but the logarithm went with the other: the loss of a sample is "
        "−log p of its class, not −p.",
        lambda y, z: -np.mean(_true(y, _softmax(z))),
    ),
    instead(
        "share of the others",
        "One softmax is left, but the logarithm went with the other: the loss of a sample is "
        "−log p of its class, not 1 − p.",
        lambda y, z: 1 - np.mean(_true(y, _softmax(z))),
    ),
    instead(
        "no softmax left",
        "You have taken out both. Minus the logit of the true class has no lowest value, and the "
        "other classes no longer count: keep one softmax.",
        lambda y, z: -np.mean(_true(y, z)),
    ),
    instead(
        "softmax over the batch",
        "One softmax, over the wrong axis: the samples compete, not the classes. Each *row* sums "
        "to 1, `axis=1`.",
        lambda y, z: -np.mean(np.log(_true(y, _softmax(z, axis=0)))),
    ),
    instead(
        "only the sum mended",
        "The logarithm of the sum takes the logits now. What is subtracted from it is still a "
        "probability; the logit of the true class is due.",
        lambda y, z: np.mean(_log_sum(z) - _true(y, _softmax(z))),
    ),
    instead(
        "only the true class mended",
        "The logit of the true class is subtracted now. The logarithm of the sum still takes "
        "probabilities for logits.",
        lambda y, z: np.mean(_log_sum(_softmax(z)) - _true(y, z)),
    ),
    instead(
        "every row with every label",
        "`[:, y_true]` takes the classes of all samples from every row, n × n numbers. Each row "
        "has its own label: `[np.arange(n), y_true]`.",
        lambda y, z: -np.mean(np.log(_softmax(z))[:, y]),
    ),
    *(
        instead(
            f"clipped at {eps:g}",
            f"One softmax, right. But you clip its probabilities at {eps:g}, and beyond it a "
            "sample costs the same however wrong it is.",
            lambda y, z, eps=eps, top=top: (
                -np.mean(np.log(np.clip(_true(y, _softmax(z)), eps, 1 - top * eps)))
            ),
        )
        for eps in _TINY
        for top in (0, 1)
    ),
    *(
        instead(
            f"{eps:g} added inside the logarithm",
            f"One softmax, right. But you add {eps:g} inside the logarithm, so that a sample that "
            "is surely wrong costs no more than a fixed number.",
            lambda y, z, eps=eps: -np.mean(np.log(_true(y, _softmax(z)) + eps)),
        )
        for eps in _TINY
    ),
)


def _columns(y, *columns):
    return _entropy(y.astype(int), np.column_stack(columns) - np.max(columns, axis=0)[:, None])


ONE_UNIT = (
    instead(
        "the museum's piece",
        "That is still the museum's piece: the loss is 0, whatever the model says.",
        lambda y, z: np.mean(0 * y),
    ),
    instead(
        "softmax over the batch",
        "Your softmax runs over the batch, `axis=0`: the samples compete for a share, and a "
        "sample of class 0 pays only by taking some. The two *classes* have to compete.",
        lambda y, z: -np.mean(y * (z[:, 0] - np.max(z) - np.log(np.exp(z - np.max(z)).sum()))),
    ),
    instead(
        "class 1 alone pays",
        "You have the sigmoid, and still the categorical sum over one column: a sample of class 0 "
        "costs nothing. It needs its own term, (1 − y) log(1 − p).",
        lambda y, z: np.mean(y * np.logaddexp(0, -z[:, 0])),
    ),
    instead(
        "two equal columns",
        "Both classes have the same logit: each gets one half, always, and the loss is log 2. If "
        "the line `z = z - z.max(axis=1, keepdims=True)` is still there, it makes a single column "
        "0; subtract the maximum once both columns stand. The logit of class 0 is 0.",
        lambda y, z: np.log(2) + 0 * np.mean(y),
    ),
    instead(
        "columns −z and z",
        "Two columns, −z and z, differ by 2 z: the forecasts are twice as sure as the output says. "
        "Class 0 keeps the logit 0.",
        lambda y, z: _columns(y, -z[:, 0], z[:, 0]),
    ),
    instead(
        "columns 1 − z and z",
        "You made a second column of 1 − z, as if z were a probability. It is a logit; the logit "
        "of class 0 is 0.",
        lambda y, z: _columns(y, 1 - z[:, 0], z[:, 0]),
    ),
    instead(
        "classes exchanged",
        "The two classes compete, but the output belongs to class 0: in your table the column of "
        "class 1 comes first, or the sign is turned.",
        lambda y, z: _columns(y, z[:, 0], 0 * y),
    ),
    instead(
        "squared error of the probability",
        "One output and a sigmoid, right; but this is the squared error. A sample that is surely "
        "wrong then pulls at almost nothing: take the logarithm.",
        lambda y, z: np.mean((np.exp(-np.logaddexp(0, -z[:, 0])) - y) ** 2),
    ),
)
