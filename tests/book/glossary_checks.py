"""Where a page uses a word of the glossary for the first time, the word is a link to it."""

import re
from bisect import bisect
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from typing import NamedTuple

# Words that are everyday English or of programs too: only a reader can tell what is meant.
EVERYDAY = set(
    re.findall(
        r"\w+",
        """
        accuracy blank breakdown calibrated cluster collapse consistent coverage density efficiency
        fold frame generator leverage link margin mask mean mode noise norm partition path precision
        prior proper rank recall reduction risk saturation schedule singular smooth smoother support
        task temperature truth
        """,
    )
)

_TERM = re.compile(r"\{term\}`([^`<]+?)(?:\s*<([^`>]+)>)?`")
# What is no prose, in the order in which it is taken out.
_NO_PROSE = [
    re.compile(pattern, re.M | re.S)
    for pattern in (
        r"^`{3,}\{(exercise|solution)-start\}.*?^`{3,}\{\1-end\}.*?^`{3,}",
        r"^(`{3,})(?!\{(?:note|tip|warning|admonition|important)).*?^\1`*\s*?$",
        r"^(?:`{3,}|:{3,}).*?$",
        r"^:[\w-]+:.*?$",
        r"^#+ .*?$",
        r"^\([\w-]+\)=$",
        r"^\s*%.*?$",
        r"\$\$.*?\$\$",
        r"(?<!\\)\$(?:(?!\n\n).)+?(?<!\\)\$",
        r"\{[\w:]+\}`[^`]*`",
        r"(`+)[^`].*?\1",
        r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\([^()\s]*\)",
        r"<[^<>\n]+>",
        r"(?<!\*)\*[A-Z][^*\n]*\*(?!\*)|\"[A-Z][^\"\n]*\"",  # titles
    )
]


class Use(NamedTuple):
    """One use of a term: where its text stands, and the term it is linked to, if it is."""

    cell: int
    start: int
    end: int
    term: str
    linked: bool


def terms(glossary: str) -> dict[str, str]:
    """Return each term of the glossary, in lower case, with the first of those defined with it."""
    blocks = re.findall(r"^```\{glossary\}\n(.*?)^```", glossary, re.M | re.S)
    groups = [re.findall(r"(?:^\S.*\n)+", block, re.M) for block in blocks]
    together = [group.lower().splitlines() for block in groups for group in block]
    return {term: names[0] for names in together for term in names}


def links(text: str) -> list[tuple[re.Match, str]]:
    """Return the links to the glossary, each with the term it leads to, in lower case."""
    return [(m, _words(m[2] or m[1])) for m in _TERM.finditer(text)]


def prose(text: str) -> str:
    """Return a text of the same length in which all but its prose is blank."""
    for pattern in _NO_PROSE:
        text = pattern.sub(lambda m: re.sub(r"\S", " ", m[0]), text)
    return text


def forms(known: Iterable[str], pages: Iterable[list[str]]) -> dict[str, str]:
    """Return the forms of terms, with the term of each: plurals, and what the pages have linked.

    A form begins as its term does, as in "standardised"; other words that lead to a term somewhere
    may mean something else elsewhere.
    """
    shown = [(_words(m[1]), term) for page in pages for text in page for m, term in links(text)]
    found = {form: term for form, term in shown if form[:5] == term[:5] and term in known}
    found |= {form: term for term in known for form in (_plural(term), term)}
    return {form: term for form, term in found.items() if not {form, term} & EVERYDAY}


def _words(text: str) -> str:
    return " ".join(text.split()).lower()


def _plural(term: str) -> str:
    if re.search(r"[^aeiou]y$", term):
        return term[:-1] + "ies"
    return term + ("es" if re.search(r"(s|x|sh|ch)$", term) else "s")


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern:
    longest = sorted(words, key=len, reverse=True)
    some = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest)
    return re.compile(rf"(?<![\w-])(?:{some})(?![\w-])", re.I)


def uses(page: list[str], known: dict[str, str]) -> list[Use]:
    """Return the uses of terms on a page, in their order; `known` are forms and their terms."""
    text = "\n\n".join(page)  # an exercise begins in one cell and ends in another
    starts = list(accumulate((len(cell) + 2 for cell in page), initial=0))
    found = [(m, term, True) for m, term in links(text)]
    pattern = _any_of(tuple(known))
    found += [(m, known[_words(m[0])], False) for m in pattern.finditer(prose(text))]

    def placed(m: re.Match, term: str, linked: bool) -> Use:
        cell = bisect(starts, m.start()) - 1
        return Use(cell, m.start() - starts[cell], m.end() - starts[cell], term, linked)

    return sorted(placed(*each) for each in found)


def not_linked(page: list[str], known: dict[str, str], same: dict[str, str]) -> list[Use]:
    """Return the first use of each term, where it is no link; `same` joins synonyms."""
    first: dict[str, Use] = {}
    for use in uses(page, known):
        first.setdefault(same.get(use.term, use.term), use)
    return [use for use in first.values() if not use.linked]
