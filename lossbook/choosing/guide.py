"""The guide: from what you know of your problem to a loss, as one tree of questions.

>>> from lossbook.choosing import GUIDE
>>> GUIDE[GUIDE.start].text
'What do you predict?'
>>> print(GUIDE["huber"].loss)
lb.Huber(delta=1.345 * s)
"""

from ._amounts import AMOUNTS
from ._classes import CLASSES
from ._numbers import NUMBERS
from ._structure import STRUCTURE
from ._two import TWO
from ._vectors import VECTORS
from .tree import Answer, Question, Tree

__all__ = ["GUIDE", "LEFT_OUT"]


def _ask(key, text, why, *answers):
    return Question(key, text, why, tuple(Answer(*answer) for answer in answers))


QUESTIONS = (
    _ask(
        "target",
        "What do you predict?",
        "The kind of target decides the family.",
        ("A number, such as a temperature or a time", "number"),
        ("A positive amount, such as a price or a claim", "amount"),
        ("A count of events", "count"),
        ("A share or rate between 0 and 1", "rate"),
        ("One of two classes", "two"),
        ("One of several classes, or several labels", "classes"),
        ("A ranking", "ranking"),
        ("A sequence", "sequence"),
        ("A mask: a class for every pixel", "masks"),
        ("A distribution", "distribution"),
        ("Vectors for finding what is alike", "vectors"),
        ("Several of these at once", "several"),
        ("None of these, or there is no target", "own"),
    ),
    _ask(
        "number",
        "Which number is wanted?",
        "A target has many values for the same features; the loss says which of them you get.",
        ("The mean: totals and averages have to be right", "outliers"),
        ("A typical value, half of the targets above it", "median"),
        ("A bound or a band with a stated share", "quantile"),
        ("The number, and how sure it is", "spread"),
        ("It depends on what an error costs", "price"),
        ("I do not know", "outliers"),
    ),
    _ask(
        "outliers",
        "Are there targets far from all others?",
        "They decide how hard a sample may pull.",
        ("No, or hardly", "mean"),
        ("Yes, and they are real", "signal"),
        ("Yes, and they are errors", "gross"),
        ("Yes, and I cannot tell", "undecided"),
    ),
    _ask(
        "gross",
        "How surely can an error be told?",
        "A loss that ignores samples must be certain which.",
        ("Only that it is suspicious: it may pull, but not hard", "huber"),
        ("Beyond a known distance it is certainly wrong", "redescending"),
    ),
    _ask(
        "price",
        "What does an error cost?",
        "The cheapest loss to be judged by is the one you pay.",
        ("In proportion to its size, and both sides alike", "median"),
        ("In proportion to its size, one side more", "quantile"),
        ("Large errors far more, both sides alike", "mean"),
        ("Large errors far more, one side most", "expectile"),
        ("Nothing below a tolerance", "tolerance"),
        ("In proportion to the truth, in per cent", "percent"),
        ("None of these", "own"),
    ),
    _ask(
        "amount",
        "Are there zeros, and what matters?",
        "Amounts scatter in proportion to their size, and a zero has no logarithm.",
        ("All are above zero, and the mean matters", "gamma"),
        ("Many are exactly zero, and the mean matters", "tweedie"),
        ("They span orders of magnitude, and ratios matter", "ratios"),
        ("The report is in per cent", "percent"),
        ("A typical amount, half of them above it", "median"),
        ("Too much and too little cost differently", "quantile"),
        ("Some are mistyped", "gross"),
    ),
    _ask(
        "count",
        "Does the spread of the counts matter, or only their mean?",
        "Poisson's mean is right even where its spread is not.",
        ("Only the mean", "poisson"),
        ("The spread too, and it is about the mean", "poisson"),
        ("The spread too, and it is wider", "overdispersed"),
        ("A bound with a stated share", "quantile"),
    ),
    _ask(
        "two",
        "What is done with the prediction?",
        "Probabilities serve every later decision; a class serves one.",
        ("A probability is read, or used further", "trust"),
        ("A decision, and errors cost differently", "costs"),
        ("A decision, and both errors cost alike", "hard"),
        ("One class is rare, and that worries me", "scarce"),
        ("Nothing: forecasts are given and to be scored", "score"),
    ),
    _ask(
        "trust",
        "Can the labels be trusted?",
        "A proper loss believes every label.",
        ("Yes, or nearly", "probability"),
        ("No, some are wrong", "noisy_probability"),
    ),
    _ask(
        "hard",
        "Can the labels be trusted?",
        "A convex loss lets a wrong label pull for ever.",
        ("Yes, and the class is all I need", "margin"),
        ("Yes, but a probability would do no harm", "probability"),
        ("No, some are wrong", "wrong_labels"),
    ),
    _ask(
        "scarce",
        "What goes wrong because it is rare?",
        "Rarity alone is no fault of the loss.",
        ("Nothing is ever predicted to be of it", "rare"),
        ("Missing one is dear", "costs"),
        ("Most samples are easy and drown the rest", "easy"),
        ("I only expect trouble", "rare"),
    ),
    _ask(
        "classes",
        "How do the classes relate?",
        "Exclusive, ordered or free of each other: each has its own likelihood.",
        ("Exactly one is right, and labels can be trusted", "softmax"),
        ("Exactly one is right, and some labels are wrong", "wrong_classes"),
        ("They have an order", "ordered"),
        ("A sample may have several", "labels"),
        ("One is rare, or mistakes cost differently", "costs_classes"),
        ("Most samples are easy and drown the rest", "easy_classes"),
        ("Forecasts are given and to be scored", "score_classes"),
    ),
    _ask(
        "ranking",
        "What is known, and what is judged?",
        "Pairs are what people say; lists are what they see.",
        ("Which of two is better", "pairs"),
        ("Grades, and the top of the list is judged", "lists"),
        ("What was used; silence is no answer", "pairs"),
    ),
    _ask(
        "sequence",
        "Is it known which part of the input an output belongs to?",
        "If not, the loss has to add up all the ways.",
        ("No, but their order is the same", "ctc"),
        ("Yes, or it is the next token that is predicted", "tokens"),
        ("No, and the order may differ", "tokens"),
    ),
    _ask(
        "masks",
        "How large is the object, and what is worse?",
        "A small object hardly moves a mean over pixels.",
        ("Large, or every pixel counts alike", "pixels"),
        ("Small, and the overlap is judged", "mask"),
        ("Small, and missing it is worse", "missed"),
    ),
    _ask(
        "distribution",
        "How is the distribution given?",
        "A row of shares, places on a line, or samples only.",
        ("As shares of classes without an order", "shares"),
        ("As shares of ordered bins or places", "bins"),
        ("As samples, and new ones are wanted", "samples"),
        ("As one number for each sample, and its spread is wanted", "spread"),
    ),
    _ask(
        "vectors",
        "What is known of the samples?",
        "It decides what is pulled together and what pushed apart.",
        ("Pairs that belong together", "twins"),
        ("A class of each", "kinds"),
        ("Which of two is more like a third", "triplets"),
    ),
)

GUIDE = Tree("target", QUESTIONS, (*NUMBERS, *AMOUNTS, *TWO, *CLASSES, *STRUCTURE, *VECTORS))

# Losses that no path names, and why.
LEFT_OUT = {
    "HingeCritic": "the critic's half of HingeGAN",
    "SaturatingGenerator": "the weaker twin of the non-saturating generator",
}
