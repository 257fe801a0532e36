"""Proposals for a target that is one of several classes, or several labels."""

from .tree import Proposal

__all__ = ["CLASSES"]

CLASSES = (
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
        "q: towards 0 it is the cross-entropy, at 1 one minus the label's probability; validate it "
        "on labels you trust.",
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
        "costs_classes",
        "Several classes, and mistakes cost differently or one class is rare",
        "lb.SoftmaxCrossEntropy()",
        "C: a row for each class that may be true, a column for each answer.  Take the answer with "
        "the least of p @ C.",
        "Neither rarity nor costs need another loss: they belong in the decision, and "
        "probabilities stay valid when a price changes.",
        "If the model is too poor for its probabilities to be trusted, weights by cost may do "
        "better: compare in money, held out.",
        "losses/imbalance",
        "What a decision costs",
        """
data, C = lb.data.digits(), 1.0 - np.eye(10)
X, y = data.X / 16, data.y
C[8] *= 20  # an 8 that is taken for another digit costs twenty times as much
model = lb.LossClassifier(lb.SoftmaxCrossEntropy(), lb.L2(1e-4)).fit(X[:1200], y[:1200])
p = model.predict_proba(X[1200:])  # held out
cost = [C[y[1200:], answer].sum() for answer in (p.argmax(axis=1), (p @ C).argmin(axis=1))]
print(f"cost of the likeliest class: {cost[0]:.0f}, of the least expected cost: {cost[1]:.0f}")
""",
    ),
    Proposal(
        "easy_classes",
        "Several classes, and easy samples drown the few that are hard",
        "lb.SoftmaxFocalLoss(gamma=gamma)",
        "γ: how much easy samples are turned down, 2 as a start; validate it.",
        "It estimates the probabilities of the classes, but bends them: their order stays, and "
        "hard samples pull more.",
        "A likely class comes out too cautious: calibrate on data held out before its probability "
        "is read.",
        "losses/imbalance",
        "The focal loss",
        """
data = lb.data.digits()
X, y = data.X / 16, data.y
model = lb.LossClassifier(lb.SoftmaxFocalLoss(gamma=2.0), lb.L2(0.01)).fit(X[:1200], y[:1200])
sure = model.predict_proba(X[1200:]).max(axis=1).mean()
print(f"right {model.score(X[1200:], y[1200:]):.0%}, forecast {sure:.0%}")
""",
    ),
    Proposal(
        "score_classes",
        "Forecasts of several classes are given, and are to be compared",
        "lb.CategoricalCrossEntropy()",
        "",
        "A proper score: whoever forecasts the true probabilities has the least on average.",
        "One forecast of 0 that comes true costs infinitely much: then take Brier.",
        "losses/softmax-cross-entropy",
        "Which one?",
        """
y = np.array([0, 1, 2])
bold = np.array([[0.98, 0.01, 0.01], [0.01, 0.98, 0.01], [0.01, 0.98, 0.01]])
meek = np.array([[0.6, 0.2, 0.2], [0.2, 0.6, 0.2], [0.2, 0.4, 0.4]])
log, brier = lb.CategoricalCrossEntropy(), lb.MulticlassBrier()
both = [f"{score(y, bold):.2f}, {score(y, meek):.2f}" for score in (log, brier)]
print("bold and meek: log", both[0], "Brier", both[1])
""",
        also=(
            ("lb.MulticlassBrier()", "one sure and wrong forecast must not decide"),
            ("lb.MulticlassSphericalScore()", "you want neither the one nor the other"),
            ("lb.RankedProbability()", "the classes have an order"),
        ),
    ),
    Proposal(
        "ordered",
        "Classes that have an order",
        "lb.OrdinalLogistic()",
        "Labels are 0 … K − 1: of stars subtract 1.  K classes need K − 1 columns, one for each "
        "threshold.",
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
