"""From a problem, or from data, to a loss."""

from .advice import Advice, Suggestion
from .chooser import chooser
from .guide import GUIDE, LEFT_OUT
from .recommend import recommend
from .table import table
from .tree import Answer, Proposal, Question, Tree

__all__ = [
    "GUIDE",
    "LEFT_OUT",
    "Advice",
    "Answer",
    "Proposal",
    "Question",
    "Suggestion",
    "Tree",
    "chooser",
    "recommend",
    "table",
]
