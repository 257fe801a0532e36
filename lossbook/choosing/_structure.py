"""Proposals for targets with a structure: orders, sequences, masks, distributions."""

from .tree import Proposal

__all__ = ["STRUCTURE"]

STRUCTURE = (
    Proposal(
        "pairs",
        "It is known which of two is better",
        "lb.PairwiseLogistic()",
        "",
        "It estimates the log-odds that one is preferred, as a difference of scores: clicks, "
        "duels, judgements.",
        "Every pair counts alike, those at the bottom of a list too.",
        "losses/embeddings-and-ranking",
        "An order, not an amount",
        """
rng = np.random.default_rng(0)
skill, pair = np.array([0.0, 1.0, 2.0]), rng.integers(0, 3, size=(2000, 2))
pair = pair[pair[:, 0] != pair[:, 1]]
won = rng.random(len(pair)) < 1 / (1 + np.exp(skill[pair[:, 1]] - skill[pair[:, 0]]))
X = np.eye(3)[pair[:, 0]] - np.eye(3)[pair[:, 1]]
found = lb.LossClassifier(lb.Logistic(), lb.L2(1e-4), fit_intercept=False).fit(X, won).coef_[0]
score, won = found[pair], np.where(won, 1, -1)
print("order", found.argsort(), f"loss {lb.PairwiseLogistic()(won, score):.2f}")
""",
        also=(
            ("lb.PairwiseHinge(margin)", "a clear lead is enough"),
            ("lb.BPR()", "used or not is all you know: another name of it"),
        ),
    ),
    Proposal(
        "lists",
        "Lists that are judged by what stands at the top",
        "lb.LambdaRank()",
        "k: how many places the judge looks at; None for all.",
        "It weighs each pair by what exchanging the two would change in NDCG.",
        "Its value hangs on the present order: compare models by NDCG, not by it.",
        "losses/embeddings-and-ranking",
        "Pairs that know what is at stake",
        """
rng = np.random.default_rng(0)
x = rng.normal(size=(200, 8, 3))
grade = np.clip(np.round(x[..., 0] + 0.5 * rng.normal(size=(200, 8)) + 1), 0, 4)
w = np.array([0.0, 1.0, 0.0])  # begins with a feature that says nothing
before = lb.ndcg(grade, x @ w).mean()
for _ in range(200):
    w -= 0.5 * np.einsum("nk,nkd->d", lb.LambdaRank().grad(grade, x @ w), x)
print(f"NDCG before {before:.2f}, after {lb.ndcg(grade, x @ w).mean():.2f}")
""",
        also=(
            ("lb.ListSoftmax()", "the top matters, and a convex loss is wanted"),
            ("lb.ListMLE()", "the whole order matters"),
        ),
    ),
    Proposal(
        "ctc",
        "A sequence without marks of when",
        "lb.CTC(blank=0)",
        "blank: the class that stands for nothing.",
        "It adds up all ways to place the labels among the frames, in their order.",
        "There must be a frame for each label, and one more between two that are equal.",
        "losses/sequences-ctc",
        "Three frames, one letter",
        """
labels, logits = [[1, 2]], np.zeros((1, 6, 3))  # six frames, classes blank, a, b
for _ in range(200):
    logits -= 1.0 * lb.CTC().grad(labels, logits)
print("read:", lb.ctc_greedy(logits[0]), f"loss {lb.CTC()(labels, logits):.2f}")
""",
    ),
    Proposal(
        "tokens",
        "A sequence with one class at every place, or the next word",
        "lb.SoftmaxCrossEntropy()",
        "",
        "Each place is a classification; by the chain rule the losses add up to the "
        "log-probability of the whole sequence.",
        "If the order of input and output may differ, as in translation, the loss stays and the "
        "model has to look back: the loss does not align.",
        "applications/text-and-language",
        "A loss is a length",
        """
text = np.array([ord(c) % 32 for c in "the cat and the hat and the bat " * 9])
now, after = np.eye(32)[text[:-1]], text[1:]
model = lb.SoftmaxModel(32, 32)
w = lb.lbfgs(lb.objective(model, lb.SoftmaxCrossEntropy(), now, after, lb.L2(1e-4)), model.init()).w
bits = lb.SoftmaxCrossEntropy()(after, model.predict(w, now)) / np.log(2)
print(f"{bits:.1f} bits a letter, of {np.log2(32):.0f}")
""",
    ),
    Proposal(
        "mask",
        "A mask, and the object is small",
        "lb.WeightedRowSum((lb.Dice(), lb.BinaryCrossEntropy()), (1, 1))",
        "The weights: equal as a start; validate them by the overlap you report.",
        "Dice rewards the overlap itself, which the empty background does not dilute; the "
        "cross-entropy keeps the start smooth and the probabilities sane.",
        "First try a cross-entropy cut where its overlap is best on masks held out.  An empty mask "
        "has no overlap: the setting smooth decides what it costs.",
        "losses/overlap",
        "From counts to a loss",
        """
truth = np.zeros((1, 8, 8))
truth[0, 2:4, 2:4] = 1
nothing, found = np.full((1, 8, 8), 0.05), np.where(truth == 1, 0.7, 0.05)
loss = lb.WeightedRowSum((lb.Dice(), lb.BinaryCrossEntropy()), (1, 1))
print(f"background everywhere {loss(truth, nothing):.2f}, object found {loss(truth, found):.2f}")
""",
        also=(("lb.Jaccard()", "the score is the intersection over union"),),
    ),
    Proposal(
        "missed",
        "A mask, and missing is worse than finding too much",
        "lb.Tversky(alpha, beta)",
        "α: the price of a pixel too many, β: of one missed; 0.5 and 0.5 is Dice.",
        "It is the overlap with another price for each kind of error.",
        "A lower threshold on a plain cross-entropy may do the same: compare.",
        "losses/overlap",
        "Two weights, or one threshold",
        """
truth = np.array([[1, 1, 1, 1, 0, 0, 0, 0]])
missed, extra = np.array([[1.0, 1, 0, 0, 0, 0, 0, 0]]), np.array([[1.0, 1, 1, 1, 1, 1, 0, 0]])
loss = lb.Tversky(alpha=0.3, beta=0.7)
print(f"two missed {loss(truth, missed):.2f}, two too many {loss(truth, extra):.2f}")
""",
        also=(("lb.FocalTversky(alpha, beta)", "small objects are still missed"),),
    ),
    Proposal(
        "pixels",
        "A mask of large objects, or a class for each pixel",
        "lb.SigmoidCrossEntropy()",
        "",
        "Each pixel is a classification, and its probability comes out right.",
        "If the report is an overlap, choose the threshold by it; for small objects try a loss of "
        "overlap too, and compare.",
        "losses/overlap",
        "Probabilities for pixels",
        """
rng = np.random.default_rng(0)
mask = np.zeros((16, 16))
mask[4:12, 4:12] = 1
image = mask + 0.5 * rng.normal(size=(16, 16))
model = lb.LossClassifier(lb.SigmoidCrossEntropy()).fit(image.reshape(-1, 1), mask.ravel())
print(f"pixels right: {model.score(image.reshape(-1, 1), mask.ravel()):.0%}")
""",
        also=(("lb.SoftmaxCrossEntropy()", "there are several classes"),),
    ),
    Proposal(
        "shares",
        "The target is itself a row of probabilities",
        "lb.SoftmaxCrossEntropy()",
        "",
        "With soft truths it is the Kullback–Leibler divergence plus a constant: it estimates the "
        "mean of the truths, and covers all they cover.",
        "Given probabilities instead of logits, take the divergence itself, and mind its zeros.",
        "losses/divergences",
        "What a teacher knows",
        """
teacher = np.array([[0.7, 0.2, 0.1]])
loss, z = lb.SoftmaxCrossEntropy(), np.zeros((1, 3))
for _ in range(300):
    z -= loss.grad(teacher, z)
p = np.exp(z) / np.exp(z).sum()
print("found", p.round(2)[0], f"divergence {lb.KLDivergence()(teacher, p):.3f}")
""",
        also=(
            ("lb.KLDivergence()", "the prediction is a row of probabilities"),
            ("lb.ReverseKL()", "one mode is better than a blur of all"),
            ("lb.JensenShannon()", "either row may have zeros"),
            ("lb.Hellinger()", "bounded, and gentle to rare classes"),
            ("lb.TotalVariation()", "by how much can the chance of an event be wrong?"),
            ("lb.ChiSquared()", "shares against expected ones"),
            ("lb.Renyi(alpha)", "you set how much the worst class counts"),
        ),
    ),
    Proposal(
        "bins",
        "A distribution over ordered bins or places",
        "lb.Cramer()",
        "positions: where the bins lie, if not at equal steps.",
        "It compares the distribution functions, so mass in the next bin is nearly right, and of "
        "several truths it estimates the mean.",
        "Bins without an order: take the Kullback–Leibler divergence.",
        "losses/divergences",
        "How much has to be carried how far",
        """
truth = np.array([[0, 1.0, 0, 0, 0]])
near, far = np.array([[0, 0, 1.0, 0, 0]]), np.array([[0, 0, 0, 0, 1.0]])
for loss in (lb.Cramer(), lb.TotalVariation()):
    rows = [loss(truth, near), loss(truth, far)]
    print(type(loss).__name__, f"next bin {rows[0]:.1f}, far bin {rows[1]:.1f}", end="; ")
print("only one sees the distance")
""",
        also=(
            ("lb.Wasserstein1D()", "the cost is mass times way"),
            ("lb.Sinkhorn(epsilon)", "a plane or a graph, and a smooth gradient"),
        ),
    ),
    Proposal(
        "samples",
        "New samples should look like the data",
        "lb.NonSaturatingGAN()",
        "",
        "A critic learns to tell real from fake, and the generator learns from its slope.",
        "Two losses at war tell nothing of quality: look at samples, and measure on data held out.",
        "applications/generative-adversarial",
        "What the generator is told",
        """
pair = lb.NonSaturatingGAN()
_, slope = pair.generate([-6.0])  # a fake that is seen through
_, saturated = lb.MinimaxGAN().generate([-6.0])
print(f"pull {slope[0]:.2f}, of the minimax loss {saturated[0]:.3f}")
""",
        also=(
            ("lb.WassersteinGAN()", "a distance should guide it; bound the critic's slope"),
            ("lb.WassersteinCritic()", "the critic's half of it"),
            ("lb.GradientPenalty()", "that bound"),
            ("lb.HingeGAN()", "the critic should look at hard samples"),
            ("lb.MMD(bandwidth)", "few dimensions, and no critic is wanted"),
        ),
    ),
    Proposal(
        "several",
        "Several targets at once, from one model",
        "lb.SquaredError()(y, p) / c + lb.SigmoidCrossEntropy()(t, z) / d",
        "y, t: a number and a class; p, z: their predictions; c, d: what each loss costs at its "
        "best constant, such as the variance of y.  Weigh the terms by what the targets are worth "
        "to you, or validate the weights.",
        "The unit of a loss is a hidden weight.  Divided by a cost in that unit, each is a pure "
        "number, and no unit decides.",
        "It estimates a compromise.  Which one is right, no rule for weights knows.",
        "losses/combining-losses",
        "The unit is a weight",
        """
rng = np.random.default_rng(0)
y, t = rng.normal(3000, 1000, size=500), rng.random(500) < 0.2  # metres; late or not
p, z = y + rng.normal(0, 500, size=500), np.where(t, 0.5, -2.0)
square, cross = lb.SquaredError(), lb.SigmoidCrossEntropy()
d = cross(t, np.full(500, np.log(t.mean() / (1 - t.mean()))))
sums = [square(y / u, p / u) / np.var(y / u) + cross(t, z) / d for u in (1, 1000)]
print(f"the sum in metres {sums[0]:.2f}, in kilometres {sums[1]:.2f}")
""",
        also=(
            (
                "lb.UncertaintyWeighting(tasks)",
                "some targets are much noisier; set a floor, or a target solved exactly takes all "
                "the weight",
            ),
            ("lb.WeightedSum(losses, weights)", "the losses are of one and the same target"),
            ("lb.DynamicWeights()", "tasks should learn at one pace"),
            ("lb.RandomWeights(rng)", "the baseline to beat"),
            ("lb.project_conflicting(gradients)", "their gradients point against each other"),
            ("lb.WeightedRowSum(losses, weights)", "the same, of losses of rows"),
        ),
    ),
    Proposal(
        "own",
        "None of these",
        "lb.custom.ResidualLoss",
        "",
        "Write down what an error costs you: that is a loss, and lb.check_loss says in words "
        "what does not fit.",
        "Without a target (groups, anomalies) this guide has nothing to say: none of its losses "
        "knows what you want.",
        "losses/combining-losses",
        "A loss of your own",
        """
@dataclass(frozen=True)
class Late(lb.custom.ResidualLoss):  # too late (r > 0) costs three times as much
    def _value(self, r):
        return np.where(r > 0, 3 * r**2, r**2)
    def _grad(self, r):
        return np.where(r > 0, 6 * r, 2 * r)
    @staticmethod
    def _formula(sp, r):
        return sp.Piecewise((3 * r**2, r > 0), (r**2, True))
print("all holds:", bool(lb.check_loss(Late())))
""",
    ),
)
