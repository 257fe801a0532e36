"""Proposals for positive amounts and for counts."""

from .tree import Proposal

__all__ = ["AMOUNTS"]

AMOUNTS = (
    Proposal(
        "gamma",
        "Positive amounts whose spread grows with their size",
        "lb.Gamma()",
        "",
        "It estimates the mean, through a logarithm, and counts errors in proportion: 1 against 2 "
        "as much as 100 against 200.",
        "A target of exactly 0 is refused.",
        "losses/quantiles-and-counts",
        "One step to amounts",
        """
rng = np.random.default_rng(0)
x = rng.uniform(0, 1, size=(2000, 1))
y = np.exp(1 + 2 * x[:, 0]) * rng.gamma(4, 1 / 4, size=2000)
model = lb.LossRegressor(lb.Gamma()).fit(x, y)
print(f"a unit of x multiplies the amount by {np.exp(model.coef_[0]):.1f}, in truth 7.4")
""",
        also=(("lb.ItakuraSaito()", "the prediction is the amount itself, as of spectra"),),
    ),
    Proposal(
        "tweedie",
        "Many targets are exactly 0, the others are amounts",
        "lb.Tweedie(power)",
        "power: between 1, a count, and 2, an amount; how the variance grows with the mean.  "
        "Validate it.",
        "It estimates the mean of a sum of a random number of amounts, so zeros are natural.",
        "If zeros have a cause of their own, take two models: whether, and how much.",
        "losses/quantiles-and-counts",
        "One step to amounts",
        """
rng = np.random.default_rng(0)
x = rng.uniform(0, 1, size=(4000, 1))
claims = rng.poisson(np.exp(x[:, 0] - 1))
y = np.array([rng.gamma(2, 1, size=k).sum() for k in claims])
model = lb.LossRegressor(lb.Tweedie(1.5)).fit(x, y)
print(f"zeros: {(y == 0).mean():.0%}; a unit of x multiplies by {np.exp(model.coef_[0]):.1f}")
""",
    ),
    Proposal(
        "rate",
        "A share or rate between 0 and 1",
        "lb.SigmoidCrossEntropy()",
        "",
        "It estimates the mean share, through a sigmoid that keeps it between 0 and 1; a truth of "
        "0.3 is as welcome as one of 0 or 1.",
        "Shares of few trials scatter more: weigh each by its number of trials.",
        "losses/binary-cross-entropy",
        "From a number to a probability",
        """
rng = np.random.default_rng(0)
x = rng.normal(size=(2000, 1))
share = rng.binomial(10, 1 / (1 + np.exp(-x[:, 0]))) / 10
model = lb.LossRegressor(lb.SigmoidCrossEntropy()).fit(x, share)
print(f"log-odds a unit of x: {model.coef_[0]:.1f}, in truth 1.0")
""",
    ),
    Proposal(
        "ratios",
        "Targets span orders of magnitude, and ratios matter",
        "lb.SquaredLogError()",
        "",
        "It estimates the geometric mean of 1 + y, less 1: where y is far above 1, being wrong by "
        "a factor costs the same at any size.",
        "That is below the mean, so totals come out too small.  Below 1 it is nearly the squared "
        "error: change the unit, or take the squared error of log y.",
        "losses/quantiles-and-counts",
        "The mean of logarithms",
        """
y = np.random.default_rng(0).lognormal(5, 2, size=5000)
grid = np.linspace(1, 2000, 2000)
loss = lb.SquaredLogError()
best = min(grid, key=lambda constant: loss(y, np.full(5000, constant)))
print(f"best constant {best:.0f}, mean {y.mean():.0f}")
""",
    ),
    Proposal(
        "percent",
        "The report is in per cent of the truth",
        "lb.AbsolutePercentageError()",
        "",
        "It estimates a median in which a target weighs 1/y: what is best in mean per cent.",
        "It is below the median, since too low can cost 100 % at most, and near 0 it explodes.",
        "losses/quantiles-and-counts",
        "Errors in per cent",
        """
y = np.random.default_rng(0).lognormal(3, 1, size=2000)
x = np.zeros((2000, 1))
low = lb.LossRegressor(lb.AbsolutePercentageError()).fit(x, y).intercept_
print(f"best in per cent {low:.0f}, median {np.median(y):.0f}")
""",
        also=(("lb.SymmetricPercentageError()", "a report asks for it; never to train"),),
    ),
    Proposal(
        "poisson",
        "Counts of events",
        "lb.Poisson()",
        "",
        "It estimates the mean, through a logarithm, and trusts small counts more than large ones, "
        "as their variance is the mean.",
        "The mean is right even where counts scatter more; what it says of the spread is not.",
        "losses/quantiles-and-counts",
        "Counts",
        """
rng = np.random.default_rng(0)
x = rng.uniform(0, 2, size=(2000, 1))
y = rng.poisson(np.exp(x[:, 0] - 1))
model = lb.LossRegressor(lb.Poisson()).fit(x, y)
print(f"a unit of x multiplies the count by {np.exp(model.coef_[0]):.1f}, in truth 2.7")
""",
        also=(("lb.GeneralizedKL()", "the prediction is the mean itself, as of intensities"),),
    ),
    Proposal(
        "overdispersed",
        "Counts that scatter more than Poisson's, and the spread matters",
        "lb.NegativeBinomial(dispersion=a)",
        "a: so that the variance μ + a μ² fits; (variance − mean) / mean² of samples with equal x.",
        "It estimates the mean too, and weighs each sample by a variance that fits.",
        "That the variance fits makes neither zeros nor quantiles fit: compare them.  If only the "
        "mean matters, Poisson is simpler and as right.",
        "losses/quantiles-and-counts",
        "When counts scatter more than they should",
        """
rng = np.random.default_rng(0)
y = rng.negative_binomial(2, 0.2, size=5000)
a = (y.var() - y.mean()) / y.mean() ** 2
model = lb.LossRegressor(lb.NegativeBinomial(a)).fit(np.zeros((5000, 1)), y)
print(f"mean {np.exp(model.intercept_):.1f}, dispersion {a:.2f}, in truth 8.0 and 0.50")
""",
    ),
)
