"""Exercises of the chapter *Fraud detection*."""

from collections.abc import Iterator

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._fraud_detection_interval_mistakes import INTERVAL
from lossbook.exercises._fraud_detection_mistakes import COST, DECIDE, PRIOR
from lossbook.exercises.kinds import Kind, number

# --- the threshold of one payment ---


def cut():
    """Return the probability from which a payment of 469 is worth a call."""
    amount, fee, call, blocked = 469, 25, 4, 6
    return (call + blocked) / (amount + fee + blocked)


register(
    Exercise(
        "fraud_detection.cut",
        kind=number,
        reference=cut,
        title="The probability of fraud from which a payment of 469 euros is worth a call",
        hints=(
            "At the threshold p, calling and letting pass have the same expected cost.",
            "Letting pass costs p (469 + 25); calling costs 4 + 6 (1 − p). Solve for p.",
        ),
        mistakes={
            4 / 494: "You set the loss against the call alone. An honest customer who is held up "
            "costs 6 more, with probability 1 − p.",
            10 / 494: "You charge the 6 euros in full. They are lost only where the customer is "
            "honest, with probability 1 − p.",
            10 / 475: "The fee is missing: a fraud that is let pass costs 469 + 25.",
            10 / 469: "You divide by the amount alone. Set the two expected costs equal, and solve "
            "for p.",
            0.5: "One half is right only where both errors cost the same.",
            2.0: "Right, in per cent. As a probability it is 0.02.",
            50.0: "That is one over the probability: how many such payments you would check for "
            "each fraud among them.",
        },
    )
)

# --- the decision for each payment ---


def _forecasts(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([0.25]), np.array([12.0])  # with the first costs a tie
    yield np.array([0.02]), np.array([1900.0])
    yield np.array([0.2, 0.001]), np.array([12.0, 3000.0])
    for n in np.linspace(1, 50, 30).astype(int):
        p = 1 / (1 + np.exp(-rng.normal(-2.5, 1.5, n)))
        yield p, np.exp(rng.normal(3.4, 1.2, n)).round(2)


_decision = Kind(
    "decision for each payment",
    ("p", "amount"),
    "0 or 1 for each payment",
    _forecasts,
    "batches of 1 to 50 payments from 1 to 3,000 euros",
    "the cheaper of the two decisions",
)


def decide(p, amount, fee, call, blocked):
    """Return 1 where a call is expected to cost less than letting the payment pass, else 0."""
    let_pass = p * (amount + fee)
    calling = call + (1 - p) * blocked
    return np.where(let_pass > calling, 1, 0)


register(
    Exercise(
        "fraud_detection.decide",
        kind=_decision,
        reference=decide,
        title="1 where a call is expected to be cheaper than letting the payment pass, else 0",
        params={"fee": (15.0, 0.0, 40.0), "call": (3.0, 12.0), "blocked": (5.0, 0.0)},
        hints=(
            "What does each of the two decisions cost on average, if the payment is a fraud with "
            "probability p?",
            "Letting pass: p (amount + fee). Calling: call, and with probability 1 − p also "
            "blocked.",
            "`np.where(..., 1, 0)` takes a comparison of the two.",
        ),
        level=2,
        mistakes=DECIDE,
    )
)

# --- the bill ---


def _days(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([True]), np.array([0]), np.array([50.0])
    yield np.array([True, False]), np.array([1, 1]), np.array([20.0, 100.0])
    yield np.array([False, False]), np.array([0, 1]), np.array([50.0, 10.0])
    for n in np.linspace(3, 60, 30).astype(int):
        called, y = rng.random(n) < 0.4, (rng.random(n) < 0.4).astype(int)
        yield called, y, np.exp(rng.normal(3.4, 1.2, n)).round(2)


_bill = Kind(
    "cost of decisions",
    ("called", "y", "amount"),
    "one number",
    _days,
    "days of 1 to 60 payments",
    "the costs added up one by one",
)


def bill(called, y, amount, fee, call, blocked):
    """Return what decisions have cost, in euros per 1,000 payments."""
    costs = np.where(called, call + blocked * (y == 0), (amount + fee) * (y == 1))
    return 1000 * np.mean(costs)


register(
    Exercise(
        "fraud_detection.bill",
        kind=_bill,
        reference=bill,
        title="What decisions have cost, in euros per 1,000 payments",
        params={"fee": (15.0, 40.0), "call": (3.0, 12.0), "blocked": (5.0, 1.0)},
        hints=(
            "There are four cases: called or not, fraud or not. What does each of them cost?",
            "Called: call, and blocked on top if y is 0. Not called: amount + fee if y is 1, "
            "nothing otherwise.",
            "`np.where(called, …, …)` gives the cost of each payment; the mean times 1,000 is due.",
        ),
        level=2,
        mistakes=COST,
    )
)

# --- its interval ---


def _drawn(rng: np.random.Generator) -> Iterator[tuple]:
    yield np.array([0.0, 10.0]), np.array([[0, 0], [0, 1], [1, 1], [1, 0]])
    for n in np.linspace(4, 60, 16).astype(int):
        costs = np.where(rng.random(n) < 0.4, np.exp(rng.normal(3, 1, n)), 0).round(2)
        yield costs, rng.integers(n, size=(int(rng.integers(20, 80)), n))


_interval = Kind(
    "bootstrap interval",
    ("costs", "draws"),
    "a tuple (low, high)",
    _drawn,
    "sets of the costs of 2 to 60 payments, with up to 79 draws",
    "the quantiles of the means",
).parts("low", "high")


def interval(costs, draws):
    """Return between which mean costs 95 % of the draws lie."""
    means = costs[draws].mean(axis=1)
    return np.quantile(means, 0.025), np.quantile(means, 0.975)


register(
    Exercise(
        "fraud_detection.interval",
        kind=_interval,
        reference=interval,
        title="Between which mean costs 95 of 100 bootstrap draws lie",
        hints=(
            "Each row of `draws` says which payments a draw holds. What did that draw cost?",
            "`costs[draws]` has a row for each draw. Take the mean of each row, then two "
            "quantiles of these means.",
            "`np.quantile(means, 0.025)` is the lower end.",
        ),
        level=2,
        mistakes=INTERVAL,
    )
)

# --- another share of frauds ---


def _probabilities(rng: np.random.Generator) -> Iterator[tuple]:
    yield (np.array([0.5]),)
    yield (np.array([0.01, 0.2]),)
    yield (np.array([0.99, 0.9]),)
    for n in np.linspace(1, 50, 24).astype(int):
        yield (1 / (1 + np.exp(-rng.normal(-1, 2, n))),)


_correction = Kind(
    "corrected probability",
    ("p",),
    "one probability per forecast",
    _probabilities,
    "batches of 1 to 50 probabilities",
    "the exact correction",
)


def prior(p, before, now):
    """Return probabilities where the share of frauds is `now`, learnt where it was `before`."""
    fraud, honest = p * now / before, (1 - p) * (1 - now) / (1 - before)
    return fraud / (fraud + honest)


register(
    Exercise(
        "fraud_detection.prior",
        kind=_correction,
        reference=prior,
        title="The probability where the share of frauds is `now`, learnt where it was `before`",
        params={"before": (0.5, 0.01, 0.2), "now": (0.01, 0.04, 0.3)},
        hints=(
            "Frauds have become now / before times as frequent. And honest payments?",
            "Honest ones (1 − now) / (1 − before) times. So weigh p and 1 − p by these two.",
            "Divide the first product by the sum of both. On the logit it is a shift.",
        ),
        level=3,
        mistakes=PRIOR,
    )
)
