"""Proposals for a target that is a class."""

from .tree import Proposal

__all__ = ["CLASSES"]

CLASSES = (
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
            ("lb.SigmoidSquaredError()", "some labels are wrong, and you start near the answer"),
            ("lb.PolyCrossEntropy(epsilon)", "one more number may be tuned, and p need not hold"),
        ),
    ),
    Proposal(
        "rare",
        "One class is rare",
        "lb.SigmoidCrossEntropy()",
        "",
        "Rarity needs no other loss: the probabilities come out about right.  What has to change "
        "is the threshold, from a half to the price of a false alarm.",
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
        "Act where p > c_alarm / (c_alarm + c_miss), a threshold for each sample if costs differ.",
        "Costs belong into the decision: probabilities stay valid when a price changes, and no "
        "training is repeated.",
        "If the model is too poor for its probabilities to be trusted, weights by cost may do "
        "better: compare in money, held out.",
        "losses/imbalance",
        "What a decision costs",
        """
data = lb.data.breast_cancer()
sick, c_alarm, c_miss = 1 - data.y, 1, 20
model = lb.LossClassifier(lb.SigmoidCrossEntropy(), lb.L2(0.01)).fit(data.X, sick)
p = model.predict_proba(data.X)[:, 1]
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
        "Two classes, and some labels are wrong",
        "lb.SigmoidLoss()",
        "",
        "It estimates the more frequent class, and its bounded value lets go of a sample that is "
        "badly wrong.",
        "It is not convex: start from a logistic fit.  For probabilities, estimate the rates of "
        "wrong labels instead.",
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
            ("lb.Savage()", "you boost, and want probabilities"),
            ("lb.Tangent()", "you boost, and scores must not run away"),
        ),
    ),
    Proposal(
        "easy",
        "Thousands of easy samples drown the few that are hard",
        "lb.FocalLoss(alpha, gamma)",
        "γ: how much easy samples are turned down, 2 as a start; α: the weight of class 1.  "
        "Validate both.",
        "It estimates the probability of class 1, drawn towards a half: the order stays, and hard "
        "samples pull more.",
        "Its probabilities are too cautious: undo them before a threshold is a price.",
        "losses/imbalance",
        "What it does to a probability",
        """
payments = lb.data.card_payments(np.random.default_rng(0), n=20_000)
X, y = lb.data.standardise(payments.X), payments.y
model = lb.LossClassifier(lb.FocalLoss(alpha=0.5, gamma=2.0)).fit(X, y)
score = model.predict_proba(X)[:, 1]
print(f"frauds {y.mean():.1%}, mean focal score {score.mean():.1%}")
""",
        also=(("lb.SoftmaxFocalLoss()", "there are several classes"),),
    ),
    Proposal(
        "score",
        "Forecasts are given, and are to be compared",
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
            ("lb.CategoricalCrossEntropy()", "there are several classes"),
            ("lb.MulticlassBrier()", "several classes, and a bounded score"),
            ("lb.MulticlassSphericalScore()", "several classes, as above"),
            ("lb.ZeroOne()", "decisions are compared, not forecasts"),
        ),
    ),
    Proposal(
        "softmax",
        "One of several classes",
        "lb.SoftmaxCrossEntropy()",
        "",
        "It estimates the probabilities of the classes, as logits; a network needs one output for "
        "each class.",
        "It takes logits: a softmax before it is one too many.",
        "losses/softmax-cross-entropy",
        "Why the gradient is p − y",
        """
data = lb.data.digits()
model = lb.LossClassifier(lb.SoftmaxCrossEntropy(), lb.L2(0.01)).fit(data.X[:1200], data.y[:1200])
right = (model.predict(data.X[1200:]) == data.y[1200:]).mean()
print(f"right on digits it has not seen: {right:.0%}")
""",
        also=(
            ("lb.MulticlassHinge()", "the class alone is wanted, and one is nearly certain"),
            ("lb.MultiMargin()", "every class that comes near is a danger"),
            ("lb.SoftmaxPolyCrossEntropy(epsilon)", "one more number may be tuned"),
        ),
    ),
    Proposal(
        "labels",
        "A sample may have several labels at once",
        "lb.SigmoidCrossEntropy()",
        "",
        "Each label is a question of its own, with its own probability; a softmax would make them "
        "compete.",
        "Labels that depend on one another are still forecast one by one.",
        "losses/binary-cross-entropy",
        "From a number to a probability",
        """
rng = np.random.default_rng(0)
X = rng.normal(size=(500, 2))
Y = (X + rng.normal(size=(500, 2)) > [0, 1]).astype(float)  # label by label
models = [lb.LossClassifier(lb.SigmoidCrossEntropy()).fit(X, y) for y in Y.T]
p = np.stack([model.predict_proba(X)[:, 1] for model in models], axis=1)
print("forecast", p.mean(axis=0).round(2), "in truth", Y.mean(axis=0).round(2))
""",
    ),
    Proposal(
        "wrong_classes",
        "Several classes, and some labels are wrong",
        "lb.GeneralizedCrossEntropy(q)",
        "q: 0 is the cross-entropy, 1 the bounded loss; validate it on labels you trust.",
        "It lets go of samples that are badly wrong, the more the larger q.",
        "Its probabilities are too sharp, and it learns slowly from what it gets badly wrong.",
        "applications/image-classification",
        "Labels that are wrong",
        """
rng, data = np.random.default_rng(0), lb.data.digits()
X, y = data.X / 16, data.y
given = np.where(rng.random(1200) < 0.3, rng.integers(0, 10, 1200), y[:1200])
model = lb.LossClassifier(lb.GeneralizedCrossEntropy(0.7), lb.L2(1e-4)).fit(X[:1200], given)
print(f"right, three labels in ten drawn at random: {model.score(X[1200:], y[1200:]):.0%}")
""",
        also=(("lb.SymmetricCrossEntropy()", "you want to weigh two directions"),),
    ),
    Proposal(
        "ordered",
        "Classes that have an order",
        "lb.OrdinalLogistic()",
        "",
        "It estimates the log-odds of being above each threshold, so being off by two is worse "
        "than by one.",
        "Classes that are not in order make it worse than a softmax.",
        "losses/softmax-cross-entropy",
        "Which one?",
        """
rng = np.random.default_rng(0)
x = rng.normal(size=(1000, 1))
y = np.digitize(2 * x[:, 0] + rng.logistic(size=1000), [-2, 0, 2])  # grades 0 to 3
model = lb.SoftmaxModel(1, 3)  # one logit for each of three thresholds
w = lb.lbfgs(lb.objective(model, lb.OrdinalLogistic(), x, y), model.init()).w
grade = (model.predict(w, x) > 0).sum(axis=1)
print(f"off by more than one grade: {(np.abs(grade - y) > 1).mean():.0%}")
""",
        also=(("lb.RankedProbability()", "forecasts of ordered classes are to be scored"),),
    ),
)
