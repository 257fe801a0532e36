"""Mistakes typical of the exercises of *Fraud detection*."""

import numpy as np

from lossbook.exercises._mistake import instead, of_arguments, of_result


def _rule(p, amount, fee, call, blocked):
    return np.where(p * (amount + fee) > call + (1 - p) * blocked, 1, 0)


DECIDE = (
    instead(
        "one half",
        "You call from a probability of one half on, whatever the payment and the costs.",
        lambda p, amount, fee, call, blocked: np.where(p > 0.5, 1, 0),
    ),
    instead(
        "blocked customer forgotten",
        "You set the loss against the call alone. With probability 1 − p the customer is honest, "
        "and holding up the payment costs `blocked` on top.",
        lambda p, amount, fee, call, blocked: _rule(p, amount, fee, call, 0),
    ),
    instead(
        "1 − p forgotten",
        "You charge `blocked` in full. It is lost only where the customer is honest, with "
        "probability 1 − p.",
        lambda p, amount, fee, call, blocked: np.where(p * (amount + fee) > call + blocked, 1, 0),
    ),
    instead(
        "p in place of 1 − p",
        "You charge `blocked` with probability p. It is the *honest* customer who is annoyed, and "
        "that one has probability 1 − p.",
        lambda p, amount, fee, call, blocked: np.where(
            p * (amount + fee) > call + p * blocked, 1, 0
        ),
    ),
    instead(
        "call paid by the honest only",
        "You pay for the call only where the customer is honest. A call costs `call`, whoever "
        "answers.",
        lambda p, amount, fee, call, blocked: np.where(
            p * (amount + fee) > (1 - p) * (call + blocked), 1, 0
        ),
    ),
    instead(
        "fee forgotten",
        "You leave out the fee: a fraud that is let pass costs its amount *and* `fee`.",
        lambda p, amount, fee, call, blocked: _rule(p, amount, 0, call, blocked),
    ),
    instead(
        "fee paid for sure",
        "You pay the fee for every payment that is let pass. It is due only if it was a fraud, "
        "with probability p.",
        lambda p, amount, fee, call, blocked: np.where(
            p * amount + fee > call + (1 - p) * blocked, 1, 0
        ),
    ),
    instead(
        "one amount for all",
        "You use the mean amount for every payment. Each is decided by its own amount.",
        lambda p, amount, fee, call, blocked: _rule(p, np.mean(amount), fee, call, blocked),
    ),
    of_result(
        "decisions reversed",
        "You call exactly where letting pass is cheaper.",
        lambda result, *args: 1 - result,
    ),
    instead(
        "decisions reversed",
        "You call exactly where letting pass is cheaper.",
        lambda p, amount, fee, call, blocked: np.where(
            call + (1 - p) * blocked > p * (amount + fee), 1, 0
        ),
    ),
    instead(
        "positions returned",
        "You return the positions of the payments to call about. A decision is due for each "
        "payment, 0 or 1.",
        lambda *args: np.flatnonzero(_rule(*args)),
    ),
    instead(
        "tie",
        "Right, but for a tie: where both cost the same, let the payment pass. Compare with `>`.",
        lambda p, amount, fee, call, blocked: np.where(
            p * (amount + fee) >= call + (1 - p) * blocked, 1, 0
        ),
    ),
    instead(
        "threshold returned",
        "You return the threshold of each payment. A decision is due, 0 or 1.",
        lambda p, amount, fee, call, blocked: (call + blocked) / (amount + fee + blocked),
    ),
    instead(
        "saving returned",
        "You return what a call is expected to save. A decision is due: 1 where that is positive.",
        lambda p, amount, fee, call, blocked: p * (amount + fee) - call - (1 - p) * blocked,
    ),
)


def _costs(called, y, amount, fee, call, blocked):
    return np.where(called, call + blocked * (1 - y), y * (amount + fee))


COST = (
    instead(
        "per payment",
        "That is the cost per payment. Per 1,000 payments it is a thousand times as much.",
        lambda *args: np.mean(_costs(*args)),
    ),
    instead(
        "sum",
        "That is the sum over all payments. Divide by their number and multiply by 1,000, so that "
        "days with different numbers of payments can be compared.",
        lambda *args: np.sum(_costs(*args)),
    ),
    instead(
        "one cost per payment",
        "These costs of the single payments are right. Their mean, times 1,000, is due.",
        _costs,
    ),
    instead(
        "false alarm without its call",
        "An honest customer who is called costs `call` as well as `blocked`.",
        lambda called, y, amount, fee, call, blocked: (
            1000 * np.mean(np.where(called, np.where(y == 1, call, blocked), y * (amount + fee)))
        ),
    ),
    instead(
        "fraud annoyed too",
        "You charge `blocked` for every call. A caught fraud is no annoyed customer: it costs the "
        "call alone.",
        lambda called, y, amount, fee, call, blocked: (
            1000 * np.mean(np.where(called, call + blocked, y * (amount + fee)))
        ),
    ),
    instead(
        "blocked customer forgotten",
        "A call costs more than `call` where the customer is honest: add `blocked` there.",
        lambda called, y, amount, fee, call, blocked: (
            1000 * np.mean(np.where(called, call, y * (amount + fee)))
        ),
    ),
    instead(
        "call for nothing",
        "A call to a fraud costs nothing in your answer. It costs `call`, like any other.",
        lambda called, y, amount, fee, call, blocked: (
            1000 * np.mean(np.where(called, (1 - y) * (call + blocked), y * (amount + fee)))
        ),
    ),
    instead(
        "fraud paid in spite of the call",
        "You charge the amount of every fraud, called or not. A call stops the payment.",
        lambda called, y, amount, fee, call, blocked: (
            1000 * np.mean(np.where(called, call + blocked * (1 - y), 0) + y * (amount + fee))
        ),
    ),
    instead(
        "fee paid in spite of the call",
        "You charge `fee` for a caught fraud too. A call stops the payment: then only `call` is "
        "due.",
        lambda called, y, amount, fee, call, blocked: (
            1000 * np.mean(np.where(called, call + blocked * (1 - y), y * amount) + y * fee)
        ),
    ),
    instead(
        "blocked without a call",
        "You charge `blocked` for every honest payment. Only those that you call about are held "
        "up.",
        lambda called, y, amount, fee, call, blocked: (
            1000 * np.mean(np.where(called, call, y * (amount + fee)) + blocked * (1 - y))
        ),
    ),
    instead(
        "honest payments lost",
        "You lose the amount of every payment that is let pass. Only a fraud is lost.",
        lambda called, y, amount, fee, call, blocked: (
            1000 * np.mean(np.where(called, call + blocked * (1 - y), amount + fee))
        ),
    ),
    instead(
        "fee forgotten",
        "A fraud that is let pass costs its amount and `fee`.",
        lambda called, y, amount, fee, call, blocked: (
            1000 * np.mean(_costs(called, y, amount, 0, call, blocked))
        ),
    ),
    instead(
        "fee for the honest",
        "You charge `fee` for every payment that is let pass. It is due for frauds only.",
        lambda called, y, amount, fee, call, blocked: (
            1000 * np.mean(np.where(called, call + blocked * (1 - y), y * amount + fee))
        ),
    ),
    of_arguments(
        "called and let pass exchanged",
        "You charge for calls where nobody was called, and lose frauds where somebody was.",
        lambda called, y, amount, fee, call, blocked: (~called, y, amount, fee, call, blocked),
    ),
    of_arguments(
        "honest and fraud exchanged",
        "You have exchanged honest payments and frauds: y is 1 for a fraud.",
        lambda called, y, amount, fee, call, blocked: (called, 1 - y, amount, fee, call, blocked),
    ),
)


def _odds(p):
    return p / (1 - p)


PRIOR = (
    of_arguments(
        "wrong direction",
        "Wrong direction: you go from the share `now` to the share `before`.",
        lambda p, before, now: (p, now, before),
    ),
    instead(
        "probability scaled",
        "You multiply the *probability* by now / before. That can exceed 1; it is the odds that "
        "are multiplied.",
        lambda p, before, now: p * now / before,
    ),
    instead(
        "probability scaled and cut off",
        "You multiply the *probability* by now / before, and cut off what exceeds 1. It is the "
        "odds that are multiplied; then nothing exceeds 1.",
        lambda p, before, now: np.minimum(p * now / before, 1),
    ),
    instead(
        "odds returned",
        "These are the corrected odds. The probability is odds / (1 + odds).",
        lambda p, before, now: _odds(p) * _odds(now) / _odds(before),
    ),
    instead(
        "logit returned",
        "That is the corrected logit. Take the sigmoid of it.",
        lambda p, before, now: np.log(_odds(p) * _odds(now) / _odds(before)),
    ),
    instead(
        "shares in place of odds",
        "You multiply the odds by now / before. The factor is the ratio of the *odds* of the two "
        "shares: the honest payments have changed their share too.",
        lambda p, before, now: _odds(p) * now / before / (1 + _odds(p) * now / before),
    ),
    instead(
        "not divided by the sum",
        "You reweigh the probability of fraud and forget that of honesty: divide by the sum of "
        "both.",
        lambda p, before, now: p * _odds(now) / _odds(before),
    ),
    instead(
        "difference of the shares",
        "You add the difference of the shares to the probability. A payment that was certain "
        "would exceed 1; add the difference of the *logits* to the logit.",
        lambda p, before, now: p + now - before,
    ),
)
