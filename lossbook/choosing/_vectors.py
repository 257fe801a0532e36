"""Proposals for vectors that are to be compared."""

from .tree import Proposal

__all__ = ["VECTORS"]

VECTORS = (
    Proposal(
        "twins",
        "Vectors: pairs that belong together, and nothing else",
        "lb.InfoNCE(temperature=0.1)",
        "temperature: the lower, the more the nearest wrong one counts; validate it.",
        "Each vector shall be nearer to its partner than to any other in the batch.",
        "Small batches hold few others, and a right answer among them counts as wrong.",
        "losses/embeddings-and-ranking",
        "One against a whole batch",
        """
rng = np.random.default_rng(0)
key = rng.normal(size=(16, 4))
pairs = np.stack([key + 0.1 * rng.normal(size=(16, 4)), key], axis=1)
mixed = np.stack([pairs[:, 0], key[::-1]], axis=1)
loss = lb.InfoNCE(temperature=0.1)
print(f"partners {loss(np.arange(16), pairs):.2f}, strangers {loss(np.arange(16), mixed):.2f}")
""",
        also=(
            ("lb.Contrastive(margin)", "it is known of each pair whether it belongs together"),
            ("lb.CosineEmbedding(margin)", "the same, and lengths mean nothing"),
            ("lb.CosineDistance()", "a target vector is given, and directions matter"),
        ),
    ),
    Proposal(
        "kinds",
        "Vectors: samples with a class, to be found again",
        "lb.SupervisedContrastive(temperature=0.1)",
        "temperature: as of InfoNCE.",
        "Directions of one class together, classes apart; new classes can be found by neighbours.",
        "If only these classes are ever asked for, a softmax is simpler.",
        "losses/embeddings-and-ranking",
        "Which one?",
        """
rng = np.random.default_rng(0)
kind = np.arange(30) % 3
apart = np.eye(3)[kind] + 0.1 * rng.normal(size=(30, 3))
loss = lb.SupervisedContrastive(temperature=0.1)
print(f"apart {loss(kind, apart):.1f}, mixed {loss(kind, apart[rng.permutation(30)]):.1f}")
""",
        also=(("lb.SoftmaxCrossEntropy()", "only the classes of the training are asked for"),),
    ),
    Proposal(
        "triplets",
        "Vectors: which of two is more like a third",
        "lb.Triplet(margin=1.0)",
        "margin: how much nearer, in squared distance; fix the lengths, or it means nothing.",
        "It asks for an order of distances, and for nothing once the lead is the margin.",
        "Most triplets soon cost nothing: choose hard ones.",
        "losses/embeddings-and-ranking",
        "Which of two is nearer",
        """
rng = np.random.default_rng(0)
x = rng.normal(size=(50, 3, 2))  # anchor, the like, the unlike
for _ in range(200):
    x -= 5.0 * lb.Triplet(margin=1.0).grad(np.ones(50), x)
print(f"triplets that still cost: {(lb.Triplet(1.0).pointwise(np.ones(50), x) > 1e-6).mean():.0%}")
""",
    ),
)
