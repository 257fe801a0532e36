"""Card payments with a little fraud among them, drawn from a known truth."""

from dataclasses import dataclass, field, replace

import numpy as np

from ..hyperparameters import is_positive, require_count, require_generator
from ..numerics import sigmoid
from .dataset import Dataset

__all__ = ["Payments", "card_payments"]

DAYS = 90.0
_UNITS = {"amount": "euros", "hour": "hours after midnight", "distance": "kilometres"}


@dataclass(frozen=True, eq=False, repr=False)
class Payments(Dataset):
    """A `Dataset` of payments that knows, besides, what no bank knows.

    Attributes
    ----------
    amount : ndarray, shape (n,)
        Euros: the first column of `X`, which stays in euros when `X` is standardised.
    day : ndarray, shape (n,)
        When the payment was made, in days from 0 to 90; the rows are in order of time.
    p : ndarray, shape (n,)
        The true probability of fraud, given the features and the day.

    Examples
    --------
    >>> payments = card_payments(np.random.default_rng(0), n=1000)
    >>> bool((payments.amount == payments.X[:, 0]).all()), payments.p.shape
    (True, (1000,))
    """

    amount: np.ndarray = field(kw_only=True)
    day: np.ndarray = field(kw_only=True)
    p: np.ndarray = field(kw_only=True)

    def __post_init__(self):
        """Make the arrays read-only."""
        super().__post_init__()
        for name in ("amount", "day", "p"):
            array = np.array(getattr(self, name))
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    def rows(self, index) -> "Payments":
        """Return the payments that `index` (positions, mask or slice) selects."""
        own = {name: getattr(self, name)[index] for name in ("amount", "day", "p")}
        return replace(self, X=self.X[index], y=self.y[index], **own)


def card_payments(rng: np.random.Generator, n: int = 20_000, drift: float = 1.0) -> Payments:
    r"""Return synthetic card payments, about one in a hundred of them a fraud.

    Three kinds of fraud add up to the odds of a payment:

    .. math::
        \frac{p}{1 - p} &= \text{drift}^{\,t - 1/2} \left( e^{s_1} + e^{s_2} + e^{s_3} \right) \\
        s_1 &= -7.1 + 0.9\, a + 0.6\, d + 1.3 \cos \tfrac{2 \pi (h - 3)}{24} \\
        s_2 &= -8.5 - 0.9\, a + 1.3\, c + 1.8\, m \\
        s_3 &= -6.7 + a + 3\, f + 2\, m

    The first is a stolen card: at night, far away.  The second is a number being tried out: small
    amounts, in a row.  The third is copied data: abroad, at a new merchant.  In the formulas stand
    :math:`a = \log(\text{amount} / 30)`, :math:`d = \log(\text{distance} / 6)`, the hour
    *h*, *c* payments in the hour before, *m* = 1 for a new merchant, *f* = 1 where the country
    does not match, and the time *t* from 0 to 1.

    Parameters
    ----------
    rng : numpy.random.Generator
        Draws the payments.
    n : int, default 20_000
        How many.
    drift : float, default 1
        Positive: by how much the odds of every payment grow from the first day to the last.  In
        the middle, after 45 days, they are what they are without drift.

    Returns
    -------
    Payments
        In order of time; class 1 is fraud, and `p` is the true probability of it.

    Raises
    ------
    TypeError
        If `rng` is no Generator.
    ValueError
        If `n` is not a positive integer or `drift` not positive and finite.

    Notes
    -----
    Nobody's payments: every number is drawn.  Amounts are log-normal with a median of 30 euros,
    those of the first and the third kind of fraud larger, and those of the second smaller.  The
    logarithm of a sum of exponentials is no weighted sum of the features, so a linear model comes
    close and is not exact.  The chapter *Fraud detection* uses the set, because it takes the true
    probabilities to see whether a forecast is right.

    Examples
    --------
    >>> payments = card_payments(np.random.default_rng(0), n=50_000)
    >>> payments
    Dataset(50000 samples, 6 features → fraud, 2 classes)
    >>> print(f"{payments.p.mean():.1%}")
    1.0%
    """
    require_generator(rng)
    require_count("n", n)
    if isinstance(drift, bool | str) or not is_positive(drift):
        raise ValueError(f"drift must be positive and finite, got {drift!r}: 1 means no drift")
    day = np.sort(rng.uniform(0, DAYS, n))
    X = _draw_features(rng, n)
    p = sigmoid(_log_odds(X) + np.log(drift) * (day / DAYS - 0.5))
    return Payments(
        X=X,
        y=(rng.random(n) < p).astype(int),
        feature_names=("amount", "hour", "distance", "new merchant", "country matches", "recent"),
        target_name="fraud",
        source="synthetic",
        description=(
            "Card payments: amount, hour of the day, distance from home, whether the merchant is "
            "new to the card and the country that of its owner, payments in the hour before."
        ),
        units=_UNITS,
        classes=("honest", "fraud"),
        amount=X[:, 0],
        day=day,
        p=p,
    )


def _draw_features(rng, n):
    """Return the columns of X, of honest payments and frauds alike."""
    amount = np.maximum(np.exp(rng.normal(np.log(30), 1.1, n)).round(2), 0.01)
    by_day = rng.random(n) < 0.85
    hour = np.where(by_day, rng.normal(15, 4, n), rng.uniform(0, 24, n)) % 24
    log_distance = rng.normal(np.log(6), 1.7, n)
    new = rng.random(n) < 0.2
    abroad = rng.random(n) < sigmoid(1.5 * (log_distance - np.log(400)))
    recent = rng.poisson(rng.gamma(0.6, 0.5, n))
    return np.column_stack([amount, hour, np.exp(log_distance), new, ~abroad, recent])


def _log_odds(X):
    """Return the true log-odds of fraud, without drift."""
    amount, hour, distance, new, at_home, recent = X.T
    a, d, night = np.log(amount / 30), np.log(distance / 6), np.cos(2 * np.pi * (hour - 3) / 24)
    stolen = -7.1 + 0.9 * a + 0.6 * d + 1.3 * night
    tested = -8.5 - 0.9 * a + 1.3 * recent + 1.8 * new
    copied = -6.7 + a + 3 * (1 - at_home) + 2 * new
    return np.logaddexp(np.logaddexp(stolen, tested), copied)
