"""The losses of `lossbook.losses.binary`, and their values worked out by hand."""

import math

import lossbook as lb

LOSSES = [
    lb.BinaryCrossEntropy(),
    lb.SigmoidCrossEntropy(),
    lb.SigmoidCrossEntropy(pos_weight=3.0, label_smoothing=0.1),
]

# Loss, truth, prediction, value, derivative: one sample each.
KNOWN = [
    (lb.BinaryCrossEntropy(), 1.0, 0.25, math.log(4), -4.0),
    (lb.BinaryCrossEntropy(), 0.0, 0.75, math.log(4), 4.0),
    (lb.BinaryCrossEntropy(), 1.0, 0.0, math.inf, -math.inf),
    (lb.SigmoidCrossEntropy(), 1.0, 0.0, math.log(2), -0.5),
    (lb.SigmoidCrossEntropy(), 0.0, math.log(3), math.log(4), 0.75),
    (lb.SigmoidCrossEntropy(pos_weight=2.0), 1.0, 0.0, 2 * math.log(2), -1.0),
]

# Loss, truth, prediction, what the ValueError says.
BAD = [
    (lb.SigmoidCrossEntropy(), [-1, 1], [0.5, 0.5], r"\(y \+ 1\) / 2"),
    (lb.log_loss, [0, 1], [0.5, 2.0], r"y_pred\[1\] is 2.*logits"),
    (lb.log_loss, [0, 1], [0.5, 1.0000001], r"y_pred\[1\] is 1\.0000001"),
]

# Class, and hyper-parameters it refuses.
BAD_FIELDS = [
    (lb.SigmoidCrossEntropy, {"pos_weight": 0}),
    (lb.SigmoidCrossEntropy, {"label_smoothing": 1.0}),
]

LOOSE = {
    lb.SigmoidCrossEntropy(pos_weight=3.0, label_smoothing=0.1): (
        16.0,
        "smoothed, both classes pull: their slopes cancel where the logit fits the label, and the "
        "last place of each is magnified there",
    ),
}
