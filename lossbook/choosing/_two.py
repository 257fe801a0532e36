"""Proposals for a target that is one of two classes."""

from .tree import Proposal

__all__ = ["TWO"]

TWO = (
    Proposal(
        "probability",
        "Two classes, and probabilities are wanted",
        "lb.SigmoidCrossEntropy()",
        "",
        "It estimates the probability of class 1, as a logit: a proper score, so the true "
        "probability is the best forecast.",
        "It takes logits: put no sigmoid before it.",
        "losses/binary-cross-entropy",
        "From a number to a probability",
        """
data = lb.data.breast_cancer()
model = lb.LossClassifier(lb.SigmoidCrossEntropy(), lb.L2(0.01)).fit(data.X, data.y)
p = model.predict_proba(data.X)[:, 1]
print(f"forecast on average {p.mean():.2f}, in truth {data.y.mean():.2f}")
""",
        also=(
            ("lb.Logistic()", "the labels are −1 and +1"),
            ("lb.PolyCrossEntropy(epsilon)", "one more number may be tuned, and p need not hold"),
        ),
    ),
    Proposal(
        "rare",
        "One class is rare",
        "lb.SigmoidCrossEntropy()",
        "",
        "Rarity needs no other loss: the probabilities come out about right.  What has to change "
        "is the threshold, from a half to c_alarm / (c_alarm + c_miss), by what the errors cost.",
        "Do not judge by accuracy.  A class weight shifts every probability: take it out again.",
        "losses/imbalance",
        "The probabilities are about right",
        """
payments = lb.data.card_payments(np.random.default_rng(0), n=20_000)
X, y = lb.data.standardise(payments.X), payments.y
p = lb.LossClassifier(lb.SigmoidCrossEntropy()).fit(X, y).predict_proba(X)[:, 1]
caught = [y[p > t].sum() / y.sum() for t in (0.5, 0.05)]
print(f"caught above a half: {caught[0]:.0%}, above a twentieth: {caught[1]:.0%}")
""",
    ),
    Proposal(
        "costs",
        "Two classes, and a miss and a false alarm cost differently",
        "lb.SigmoidCrossEntropy()",
        "Act where p > c_alarm / (c_alarm + c_miss).  c_alarm: what a false alarm costs more than "
        "a right silence; c_miss: what a miss costs more than a right alarm.  Each sample may have "
        "costs of its own.",
        "Costs belong in the decision: probabilities stay valid when a price changes, and no "
        "training is repeated.",
        "If the model is too poor for its probabilities to be trusted, weights by cost may do "
        "better: compare in money, held out.",
        "losses/imbalance",
        "What a decision costs",
        """
data = lb.data.breast_cancer()
X, sick, c_alarm, c_miss = data.X, 1 - data.y, 1, 20
model = lb.LossClassifier(lb.SigmoidCrossEntropy(), lb.L2(0.01)).fit(X[::2], sick[::2])
p, sick = model.predict_proba(X[1::2])[:, 1], sick[1::2]  # held out
cost = [(c_alarm * (p > t)[sick == 0].sum() + c_miss * (p <= t)[sick == 1].sum())
        for t in (0.5, c_alarm / (c_alarm + c_miss))]
print(f"cost at a half: {cost[0]}, at the price: {cost[1]}")
""",
    ),
    Proposal(
        "margin",
        "Two classes, and the class alone is wanted",
        "lb.Hinge()",
        "",
        "It estimates the more frequent class, and only samples near the border or beyond it pull.",
        "Its score is no probability, and a wrong label pulls for ever.",
        "losses/margin",
        "Room to spare",
        """
data = lb.data.breast_cancer()
X = lb.data.standardise(data.X)
model = lb.LossClassifier(lb.Hinge(), lb.L2(0.01)).fit(X, data.y)
margin = np.where(data.y == 1, 1, -1) * model.decision_function(X)
print(f"{(margin < 1).mean():.0%} of the samples pull")
""",
        also=(
            ("lb.SquaredHinge()", "the slope should have no jump"),
            ("lb.SmoothHinge(gamma)", "the method needs a smooth slope"),
            ("lb.ModifiedHuber()", "probabilities are wanted too"),
            ("lb.Exponential()", "you boost, and the labels are clean"),
            ("lb.Perceptron()", "you want the perceptron's rule"),
        ),
    ),
    Proposal(
        "wrong_labels",
        "Two classes, some labels are wrong, and the class alone is wanted",
        "lb.SigmoidLoss()",
        "",
        "A ramp without corners: it estimates the more frequent class, and its bounded value lets "
        "go of a sample that is badly wrong.",
        "It is not convex: start from a logistic fit.  It gives no probability.",
        "losses/margin",
        "Labels that are wrong",
        """
rng = np.random.default_rng(0)
truth = np.repeat([-1, 1], 200)
x = truth + 0.5 * rng.normal(size=400)
given = np.where((x > 1.2) & (rng.random(400) < 0.5), -1, truth)  # wrong where it is sure
model, X = lb.LinearModel(1), x[:, None]
w = lb.lbfgs(lb.objective(model, lb.Logistic(), X, given), model.init()).w
best = lb.lbfgs(lb.objective(model, lb.SigmoidLoss(), X, given, lb.L2(0.01)), w).w
right = [(np.sign(model.predict(v, X)) == truth).mean() for v in (w, best)]
print(f"right: logistic {right[0]:.0%}, from there sigmoid {right[1]:.0%}")
""",
        also=(
            ("lb.Ramp()", "as the hinge, cut off"),
            ("lb.Tangent()", "you boost, and scores must not run away"),
        ),
    ),
    Proposal(
        "noisy_probability",
        "Two classes, some labels are wrong, and probabilities are wanted",
        "lb.SigmoidCrossEntropy()",
        "a: the share of zeros given as 1, b: of ones given as 0; count them on labels you trust.  "
        "Then p = (forecast − a) / (1 − a − b).",
        "It estimates the probability of the label that is given, a + (1 − a − b) p, and the rates "
        "of wrong labels lead back to p.",
        "It holds where the chance of a wrong label depends on nothing but the class.",
        "losses/margin",
        "Labels that are wrong",
        """
rng, (a, b) = np.random.default_rng(0), (0.05, 0.3)
x = rng.normal(size=(5000, 1))
truth = rng.random(5000) < 1 / (1 + np.exp(-2 * x[:, 0]))
given = np.where(truth, rng.random(5000) > b, rng.random(5000) < a)
model = lb.LossClassifier(lb.SigmoidCrossEntropy()).fit(x, given)
forecast = model.predict_proba(x)[:, 1]
p = np.clip((forecast - a) / (1 - a - b), 0, 1)
print(f"forecast {forecast.mean():.2f}, led back {p.mean():.2f}, in truth {truth.mean():.2f}")
""",
        also=(
            ("lb.Savage()", "you boost, and what is badly wrong should not pull"),
            ("lb.SigmoidSquaredError()", "the same, and you start near the answer"),
        ),
    ),
    Proposal(
        "easy",
        "Thousands of easy samples drown the few that are hard",
        "lb.FocalLoss(alpha, gamma)",
        "γ: how much easy samples are turned down, 2 as a start; α: the weight of class 1.  "
        "Validate both.",
        "It estimates the probability of class 1 after α has weighted the classes, drawn towards a "
        "half: the order stays, and hard samples pull more.",
        "Its probabilities are weighted by α and too cautious: undo both before a threshold is a "
        "price.",
        "losses/imbalance",
        "What it does to a probability",
        """
payments = lb.data.card_payments(np.random.default_rng(0), n=20_000)
X, y = lb.data.standardise(payments.X), payments.y
model = lb.LossClassifier(lb.FocalLoss(alpha=0.5, gamma=2.0)).fit(X, y)
score = model.predict_proba(X)[:, 1]
print(f"frauds {y.mean():.1%}, mean focal score {score.mean():.1%}")
""",
    ),
    Proposal(
        "score",
        "Forecasts of two classes are given, and are to be compared",
        "lb.BinaryCrossEntropy()",
        "",
        "A proper score: whoever forecasts the true probabilities has the least on average.",
        "One forecast of 0 that comes true costs infinitely much: then take Brier.",
        "losses/binary-cross-entropy",
        "Two honest scores",
        """
y = np.array([1, 0, 0, 1, 0])
bold, meek = np.array([0.99, 0.1, 0.1, 0.1, 0.1]), np.array([0.6, 0.3, 0.3, 0.6, 0.3])
log, brier = lb.BinaryCrossEntropy(), lb.Brier()
both = [f"{score(y, bold):.2f}, {score(y, meek):.2f}" for score in (log, brier)]
print("bold and meek: log", both[0], "Brier", both[1])
""",
        also=(
            ("lb.Brier()", "one sure and wrong forecast must not decide"),
            ("lb.SphericalScore()", "you want neither the one nor the other"),
            ("lb.ZeroOne()", "decisions are compared, not forecasts"),
        ),
    ),
)
