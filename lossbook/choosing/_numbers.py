"""Proposals for a target that is a number."""

from .tree import Proposal

__all__ = ["NUMBERS"]

NUMBERS = (
    Proposal(
        "mean",
        "Ordinary noise, and totals or averages matter",
        "lb.SquaredError()",
        "",
        "It estimates the mean: the only value whose errors add up to zero, so sums and budgets "
        "come out right.",
        "One mistyped target pulls as hard as it is far away.",
        "losses/squared-and-absolute",
        "Where the point comes to rest",
        """
data = lb.data.diabetes()
model = lb.LossRegressor(lb.SquaredError()).fit(data.X, data.y)
error = model.predict(data.X) - data.y
print(f"errors add up to {abs(error.mean()):.2f}")
""",
        also=(("lb.HalfSquaredError()", "the gradient should be the plain residual"),),
    ),
    Proposal(
        "signal",
        "Rare, huge targets that are real and must be paid for",
        "lb.SquaredError()",
        "",
        "The mean is what a sum of such targets is made of, and only a loss of the mean keeps the "
        "rare ones in it; a robust loss would leave out what costs most.",
        "The mean of few heavy-tailed samples is uncertain: say by how much, with a bootstrap.  "
        "Where the mean does not exist (Cauchy noise) no amount of data helps.",
        "applications/regression-with-outliers",
        "What an error costs",
        """
rng = np.random.default_rng(0)
claims = rng.lognormal(0, 1.5, size=2000)
x = np.zeros((2000, 1))
mean = lb.LossRegressor(lb.SquaredError()).fit(x, claims).intercept_
bulk = lb.LossRegressor(lb.Huber(0.5)).fit(x, claims).intercept_
print(f"of the total, the mean pays {mean / claims.mean():.0%}, Huber {bulk / claims.mean():.0%}")
""",
    ),
    Proposal(
        "undecided",
        "Outliers, and you cannot tell errors from rare truths",
        "lb.Huber(delta=1.345 * s)",
        "s: the median absolute residual of a first robust fit, times 1.4826.",
        "Nothing in the numbers says which they are.  Fit a robust loss to find the rows that "
        "disagree, look at them one by one, and decide then.",
        "Do not decide by which loss fits better: each is best when judged by itself.",
        "applications/regression-with-outliers",
        "Who was mistyped?",
        """
data = lb.data.stackloss()
median = lb.LossRegressor(lb.AbsoluteError()).fit(data.X, data.y)
s = 1.4826 * np.median(np.abs(data.y - median.predict(data.X)))
model = lb.LossRegressor(lb.Huber(delta=1.345 * s)).fit(data.X, data.y)
far = np.abs(data.y - model.predict(data.X)) > 3 * s
print("look at the days", *(np.flatnonzero(far) + 1))
""",
        also=(("lb.GeneralRobust(alpha, c)", "one number should run from mean to mode"),),
    ),
    Proposal(
        "huber",
        "Some targets are wrong: mistyped, misread, mixed up",
        "lb.Huber(delta=1.345 * s)",
        "s: the spread of good residuals, 1.4826 times their median absolute size; 1.345 keeps "
        "95 % of the efficiency if the noise is normal after all.",
        "It estimates a centre, the median as δ → 0 and the mean as δ → ∞: errors beyond δ pull, "
        "but no harder than δ.  It is convex, so the start does not matter.",
        "δ has the target's unit.  Wrong features, far out in x, still move it.",
        "losses/robust",
        "Where to put the threshold",
        """
data = lb.data.line_with_outliers(np.random.default_rng(0), n=200)
s = 1.0  # the spread of the good samples
model = lb.LossRegressor(lb.Huber(delta=1.345 * s)).fit(data.X, data.y)
square = lb.LossRegressor(lb.SquaredError()).fit(data.X, data.y)
print(f"constant 3: Huber {model.intercept_:.1f}, squared {square.intercept_:.1f}")
""",
        also=(
            ("lb.PseudoHuber(delta)", "the method needs a smooth second derivative"),
            ("lb.LogCosh()", "the noise has about size 1 and you want no parameter"),
            ("lb.SmoothL1(beta)", "a library has it; it is Huber over β"),
            ("lb.Fair(c)", "the curvature should never jump"),
        ),
    ),
    Proposal(
        "redescending",
        "Gross errors that must not count at all",
        "lb.Tukey(c=4.685 * s)",
        "s as for Huber; beyond c a sample has no pull at all.",
        "It estimates the centre of the bulk: what is far from it is taken for an error and "
        "ignored.",
        "It is not convex: start from a Huber fit, or it may settle on the outliers.",
        "losses/robust",
        "Tukey from a bad start",
        """
data = lb.data.line_with_outliers(np.random.default_rng(0), n=200, fraction=0.3)
model, s = lb.LinearModel(1), 1.0
start = lb.lbfgs(lb.objective(model, lb.Huber(1.345 * s), data.X, data.y), model.init())
best = lb.lbfgs(lb.objective(model, lb.Tukey(4.685 * s), data.X, data.y), start.w)
print(f"constant 3: from Huber {start.w[1]:.1f}, then Tukey {best.w[1]:.1f}")
""",
        also=(
            ("lb.Cauchy(c)", "far samples should still pull a little"),
            ("lb.Welsch(c)", "the pull should fade smoothly"),
            ("lb.GemanMcClure(c)", "as in computer vision: the mode as c → 0"),
            ("lb.Hampel(a, b, c)", "you can say where doubt begins and where it is certain"),
            ("lb.Andrews(c)", "the influence should be a sine"),
        ),
    ),
    Proposal(
        "median",
        "Skewed targets, and a typical value is wanted",
        "lb.AbsoluteError()",
        "",
        "It estimates the median: as many targets above as below, however far the largest are.",
        "Medians do not add up: a budget of medians of skewed costs is too small.",
        "losses/squared-and-absolute",
        "Where the point comes to rest",
        """
data = lb.data.engel()
model = lb.LossRegressor(lb.AbsoluteError()).fit(data.X, data.y)
above = (data.y > model.predict(data.X)).mean()
print(f"{above:.0%} of the households lie above the line")
""",
    ),
    Proposal(
        "quantile",
        "Too much and too little cost differently, or a bound is wanted",
        "lb.Quantile(q=c_low / (c_low + c_high))",
        "c_low: the cost of each unit predicted too low; c_high: too high.  For a bound, q is the "
        "share that should lie below; a band takes two, such as 0.05 and 0.95.",
        "It estimates the q-quantile, the cheapest decision when each unit of error has its price.",
        "Check the share on new data, and mind that lines for several q can cross.",
        "losses/quantiles-and-counts",
        "Does the band hold?",
        """
data = lb.data.engel()
c_low, c_high = 9, 1  # a unit short costs nine times a unit over
model = lb.LossRegressor(lb.Quantile(c_low / (c_low + c_high))).fit(data.X, data.y)
print(f"{(data.y <= model.predict(data.X)).mean():.0%} of the households lie below")
""",
    ),
    Proposal(
        "expectile",
        "One side is worse, and large errors are worst",
        "lb.Expectile(q)",
        "q: the weight of squares above the prediction, 1 − q of those below; 0.5 is the mean.",
        "It estimates the q-expectile: squared errors, with another price on each side.",
        "An expectile says nothing of shares: for those take the quantile.",
        "losses/quantiles-and-counts",
        "Expectiles: how far, not how many",
        """
data = lb.data.diabetes()
high = lb.LossRegressor(lb.Expectile(0.9)).fit(data.X, data.y).predict(data.X)
mean = lb.LossRegressor(lb.Expectile(0.5)).fit(data.X, data.y).predict(data.X)
print(f"the 0.9-expectile lies {np.mean(high - mean):.0f} above the mean")
""",
        also=(("lb.Linex(a)", "errors of one side are a disaster, growing exponentially"),),
    ),
    Proposal(
        "tolerance",
        "Errors below a tolerance cost nothing",
        "lb.EpsilonInsensitive(epsilon)",
        "ε: the largest error that costs nothing, in the target's unit.",
        "It estimates a centre, the median as ε → 0, and leaves alone what is within the tube.",
        "With a wide tube many fits are equally good: add a penalty, as a support vector machine "
        "does.",
        "losses/quantiles-and-counts",
        "A tube in which errors are free",
        """
data = lb.data.noisy_line(np.random.default_rng(0), n=200, noise=1.0)
tube = lb.EpsilonInsensitive(epsilon=1.0)
model = lb.LossRegressor(tube, penalty=lb.L2(0.001)).fit(data.X, data.y)
inside = np.abs(model.predict(data.X) - data.y) <= 1.0
print(f"{inside.mean():.0%} of the samples are within the tube")
""",
        also=(("lb.SquaredEpsilonInsensitive(epsilon)", "errors outside should count squared"),),
    ),
    Proposal(
        "spread",
        "Each prediction should say how sure it is",
        "lb.GaussianNLL()",
        "",
        "It estimates mean and variance of each sample, in two columns: the prediction and its "
        "logarithm of the variance.",
        "With few samples or outliers it grows sure of itself too soon: judge it held out.",
        "concepts/where-losses-come-from",
        "When the constants matter",
        """
rng = np.random.default_rng(0)
x = rng.uniform(0, 1, size=(2000, 1))
y = 3 * x[:, 0] + np.exp(2 * x[:, 0] - 2) * rng.normal(size=2000)
model = lb.SoftmaxModel(1, 2)  # two linear outputs: mean and log-variance
w = lb.lbfgs(lb.objective(model, lb.GaussianNLL(), x, y), model.init()).w
spread = np.exp(model.predict(w, np.array([[0.0], [1.0]]))[:, 1] / 2)
print(f"noise at 0: {spread[0]:.1f}, at 1: {spread[1]:.1f}")
""",
        also=(
            ("lb.LaplaceNLL()", "the noise has heavy tails"),
            ("lb.GaussianCRPS()", "outliers should not rule the spread"),
        ),
    ),
)
