"""All losses with a card in one table, to search, sort and filter on a page with its script."""

import re
import unicodedata
from html import escape

import numpy as np

from ..cards import all_losses
from .shown import Shown

__all__ = ["table", "target_of"]

# What is predicted, the page of the reference that holds the modules, and the modules: a new
# module of losses is added here.
_FAMILIES = (
    (
        "numbers",
        "numbers",
        "regression percentage robust redescending m_estimators general_robust quantile "
        "asymmetric densities",
    ),
    ("counts, amounts", "numbers", "counts tweedie"),
    ("counts, amounts", "structure", "measures"),
    (
        "two classes",
        "classes",
        "binary focal scores poly margin margin_smooth margin_bounded surrogates",
    ),
    (
        "several classes",
        "classes",
        "multiclass multiclass_softmax multiclass_focal multiclass_probabilities multiclass_margin",
    ),
    ("ordered classes", "classes", "ordinal"),
    ("distributions", "structure", "divergences f_divergences renyi transport sinkhorn kernels"),
    ("rankings", "structure", "ranking ranking_lists lambdarank"),
    ("sequences", "structure", "sequences"),
    ("masks", "structure", "overlap"),
    ("vectors", "numbers", "cosine"),
    ("vectors", "structure", "embeddings triplets contrastive_batches"),
    ("real or fake", "structure", "adversarial"),
    ("sums of losses", "structure", "combine combine_rows"),
)
_PLACES = {
    module: (target, page) for target, page, modules in _FAMILIES for module in modules.split()
}
_ORDER = list(dict.fromkeys(target for target, _, _ in _FAMILIES))

_HEADS = ("loss", "target", "estimates", "convex", "steepest slope", "proper")
_CLAIMS = {True: ("yes", 0), False: ("no", 1), None: ("not stated", "")}

# Names in everyday use that are too loose for a card.
_EVERYDAY = {
    "AbsoluteError": "mean absolute error; LAD; outliers",
    "AbsolutePercentageError": "mean absolute percentage error",
    "BinaryCrossEntropy": "negative log-likelihood",
    "CategoricalCrossEntropy": "negative log-likelihood",
    "Contrastive": "metric learning",
    "Dice": "Sorensen",
    "EpsilonInsensitive": "outliers",
    "Expectile": "ALS; asymmetric",
    "InfoNCE": "NT-Xent; contrastive loss",
    "KLDivergence": "Kullback–Leibler divergence",
    "LambdaRank": "learning to rank",
    "LaplaceNLL": "outliers",
    "Linex": "asymmetric",
    "Logistic": "logistic regression",
    "Quantile": "quantile regression; asymmetric; outliers",
    "SigmoidCrossEntropy": "logistic regression; BCEWithLogitsLoss",
    "SoftmaxCrossEntropy": "CrossEntropyLoss; softmax loss; perplexity",
    "SquaredError": "mean squared error; root mean squared error; ordinary least squares; OLS",
    "SquaredLogError": "root mean squared logarithmic error; RMSLE",
    "ZeroOne": "0–1 loss; zero-one loss; accuracy",
}


_ROBUST = ("robust", "redescending", "m_estimators", "general_robust")


def target_of(loss) -> str:
    """Return what a loss is for, in the words of the table.

    Examples
    --------
    >>> from lossbook import Hinge
    >>> target_of(Hinge())
    'two classes'
    """
    return _PLACES[_module(loss)][0]


def table() -> Shown:
    """Return the cards of all losses, one row a loss, with its default hyper-parameters.

    Examples
    --------
    >>> print(repr(table()).splitlines()[1])
    AbsoluteError             numbers          the median
    """
    losses = sorted(all_losses(), key=lambda one: (_ORDER.index(target_of(one)), _name(one)))
    lines = [f"{_name(o):25} {target_of(o):16} {o.card().estimates}" for o in losses]
    head = "".join(f'<th scope="col">{word}</th>' for word in _HEADS)
    body = "".join(_row(loss, loss.card()) for loss in losses)
    return Shown(
        "\n".join([f"{len(losses)} losses", *lines]),
        '<div class="choosing loss-table"><div class="scroll" role="region" tabindex="0" '
        f'aria-label="All losses"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div></div>",
    )


def _row(loss, card):
    name, (target, page) = _name(loss), _PLACES[_module(loss)]
    address = f"api/losses-of-{page}.html#{type(loss).__module__}.{name}"
    parts = _spaced(name).replace(" ", "<wbr>")  # where a narrow column may break it
    more = "".join(f"<dt>{key}</dt><dd>{value}</dd>" for key, value in _more(card))
    cells = "".join(f'<td data-value="{value}">{text}</td>' for text, value in _claims(card))
    return (
        f'<tr data-find="{_find(loss, target, card)}">'
        f'<th scope="row"><a href="{address}"><code>{parts}</code></a></th><td>{target}</td>'
        f"<td><details><summary>{escape(card.estimates)}</summary><dl>{more}</dl></details></td>"
        f"{cells}</tr>"
    )


def _more(card):
    """Return what unfolds: pairs of plain words and HTML."""
    yield "choose it when", escape(card.choose)
    yield "avoid it when", escape(card.avoid)
    if card.link != "identity":
        yield "read off", escape(card.link)
    if card.calibrated is not None:
        yield "calibrated", _CLAIMS[card.calibrated][0]
    if card.aliases:
        yield "also called", escape(", ".join(card.aliases))
    yield "chapter", f'<a href="../{card.chapter}.html">{_chapter(card)}</a>'


def _claims(card):
    """Return text and rank of the columns that are sorted by value, nothing stated coming last."""
    return (
        _CLAIMS[card.convex],
        _slope(card.facts()["lipschitz"]),
        ("", "") if card.proper is None else _CLAIMS[card.proper],
    )


def _slope(bound):
    if np.isinf(bound):
        return "no bound", "Infinity"
    return _CLAIMS[None] if np.isnan(bound) else (f"{bound:.3g}", f"{bound:.4g}")


def _find(loss, target, card):
    """Return the beginnings by which a search finds the row."""
    words = [card.estimates, card.choose, target, _chapter(card), "loss"]
    words += ["robust outliers"] * (_module(loss) in _ROBUST)
    name = _name(loss)
    found = [word for text in words for word in _words(text)]
    for phrase in (_spaced(name), *card.aliases, *_EVERYDAY.get(name, "").split("; ")):
        parts = _words(phrase)  # "log loss" is found by log, loss, logloss and log-loss
        found += ["".join(parts[i:]) for i in range(len(parts))] + parts
    return " ".join(dict.fromkeys(found))


def _spaced(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)


def _words(text):
    plain = unicodedata.normalize("NFKD", text).lower().replace("'", "").replace("’", "")
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", letters)


def _chapter(card):
    name = card.chapter.rpartition("/")[2].replace("-", " ")
    return name.replace("cross entropy", "cross-entropy").replace("sequences ctc", "CTC")


def _module(loss):
    return type(loss).__module__.rpartition(".")[2]


def _name(loss):
    return type(loss).__name__
